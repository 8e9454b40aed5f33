//! Needs in files.

use serde_json::Value;

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need},
        kinds::{Exchanged, Named, Thing, named},
        value::{Codec, Day, Figures, Line, Name, Prose, Read, Trimmed, refused, text, whole},
        words::word,
    },
    domain::{
        place::place_name,
        register::{KeptNeed, NeedState},
    },
};

/// A place no finer than an outward code: a postcode is cut, a town or district kept.
struct PlaceName;

impl Codec for PlaceName {
    type Value = String;

    fn read(&self, value: &Value) -> Read<String> {
        let reason = "a place is an outward code such as OX16, a town or a district";
        place_name(text(value)?).map_or_else(|| refused(value, reason), Ok)
    }

    fn write(&self, value: &String) -> Value {
        Value::String(value.clone())
    }
}

fields! {
    KeptNeed {
        "partnership" partnership: Need(Name);
        "title" title: Need(Line(200));
        "description" description: May(Prose(4000));
        "soc" soc: Many(Figures(4, 4, "SOC 2020"), 20);
        "sic" sic: Many(Figures(2, 5, "SIC 2007"), 20);
        "level_from" level_from: May(whole(0, 8));
        "level_to" level_to: May(whole(0, 8));
        "horizon" horizon: May(word());
        "headcount" headcount: May(whole(1, 100_000));
        "priority" priority: May(word());
        "state" state: Else(word(), NeedState::Open);
        "organisation" organisation: May(Name);
        "place" place: May(PlaceName);
        "travel_miles" travel_miles: May(whole(5, 50));
        "start_by" start_by: May(Day);
        "modes" modes: Many(word(), 4);
        "cohorts" cohorts: Many(Name, 20);
        "evidence" evidence: May(Prose(2000));
        "raised_on" raised_on: May(Line(80));
        "coding" coding: May(Line(200));
        "sources" sources: Many(Trimmed(20), 20);
        "note" note: May(Prose(1000));
    }
}

impl Exchanged for KeptNeed {
    fn names(&self) -> Vec<Named<'_>> {
        let sources = self.sources.iter().map(|id| Some(Thing::Source(id)));
        let voice = self.organisation.as_ref().map(Thing::Organisation);
        named("partnership", Some(Thing::Partnership(&self.partnership)))
            .into_iter()
            .chain(named("organisation", voice))
            .chain(sources.filter_map(|source| named("sources", source)))
            .collect()
    }
}
