//! Recognition schemes in files, with their levels.

use crate::{
    app::exchange::{
        form::{Many, May, Need, part},
        kinds::{Exchanged, Named, charter::cited},
        value::{Line, Name, Prose, Trimmed, whole},
        words::word,
    },
    domain::register::{KeptScheme, Prerequisite, SchemeLevel},
};

fields! {
    KeptScheme {
        "name" name: Need(Line(200));
        "kind" kind: Need(word());
        "owner" run_by: Need(Line(200));
        "summary" summary: Need(Prose(4000));
        "levels" levels: Many(part::<SchemeLevel>(), 20);
        "evidence_rule" evidence_rule: Need(Prose(4000));
        "lifetime_months" lifetime_months: May(whole(1, 1_200));
        "lifetime_note" lifetime_note: May(Prose(1000));
        "prerequisites" prerequisites: Many(part::<Prerequisite>(), 20);
        "public_list" public_list: May(Prose(1000));
        "what_it_proves" what_it_proves: Need(Prose(2000));
        "sources" sources: Many(Trimmed(20), 50);
        "note" note: May(Prose(2000));
    }
}

fields! {
    SchemeLevel {
        "slug" slug: Need(Name);
        "label" label: Need(Line(200));
        "order" order: Need(whole(0, 1_000));
        "lifetime_months" lifetime_months: May(whole(1, 1_200));
    }
}

fields! {
    Prerequisite {
        "scheme" scheme: Need(Name);
        "level" level: May(Name);
        "note" note: May(Prose(1000));
    }
}

impl Exchanged for KeptScheme {
    fn names(&self) -> Vec<Named<'_>> {
        cited(&self.sources)
    }
}
