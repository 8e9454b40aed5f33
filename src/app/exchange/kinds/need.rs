//! Needs in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need},
        kinds::{Exchanged, Named, Thing, coded, named},
        value::{Figures, Line, Name, Prose, Trimmed, whole},
        words::word,
    },
    domain::{
        classification::Scheme,
        register::{KeptNeed, NeedState},
    },
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
        named("partnership", Some(Thing::Partnership(&self.partnership)))
            .into_iter()
            .chain(sources.filter_map(|source| named("sources", source)))
            .chain(coded("soc", Scheme::Soc, &self.soc))
            .chain(coded("sic", Scheme::Sic, &self.sic))
            .collect()
    }
}
