//! Needs in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Figures, Line, Name, PlaceName, Prose, Trimmed, whole},
        words::word,
    },
    domain::register::{KeptNeed, NeedState},
};

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
