//! Introductions in files.

use crate::{
    app::exchange::{
        form::{May, Need, perhaps},
        kinds::{Exchanged, Named, Thing, named},
        value::{Line, Name, whole},
        words::word,
    },
    domain::register::{Introduction, Outcomes},
};

fields! {
    Introduction {
        "kind" kind: Need(word());
        "organisation" organisation: Need(Name);
        "other" other: May(Name);
        "partnership" partnership: May(Name);
        "cohort" cohort: May(Name);
        "reference" reference: May(Line(40));
        "state" state: Need(word());
        "outcomes" outcomes: perhaps::<Outcomes>();
    }
}

fields! {
    Outcomes {
        "interviewed" interviewed: May(whole(0, 10_000));
        "offered" offered: May(whole(0, 10_000));
        "started" started: May(whole(0, 10_000));
        "kept_13_weeks" kept_13_weeks: May(whole(0, 10_000));
    }
}

impl Exchanged for Introduction {
    fn names(&self) -> Vec<Named<'_>> {
        let partnership = self.partnership.as_ref().map(Thing::Partnership);
        [
            named("organisation", Some(Thing::Organisation(&self.organisation))),
            named("other", self.other.as_ref().map(Thing::Organisation)),
            named("partnership", partnership),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
