//! Pledges in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Figure, Flag, Line, Name, Prose, WebAddress},
        words::word,
    },
    domain::register::{Pledge, Update},
};

fields! {
    Pledge {
        "signature" signature: Need(Name);
        "organisation" organisation: Need(Name);
        "action" action: May(Line(80));
        "stance" stance: Need(Name);
        "commitment" commitment: Need(word());
        "text" text: Need(Prose(2000));
        "target" target: May(Figure);
        "baseline" baseline: May(Figure);
        "unit" unit: May(Line(80));
        "owner_role" owner_role: May(Line(120));
        "pledge_confirmed_on" confirmed_on: May(Day);
        "evidenced_on" evidenced_on: May(Day);
        "evidence_url" evidence_url: May(WebAddress);
        "updates" updates: Many(part::<Update>(), 100);
    }
}

fields! {
    Update {
        "on" on: Need(Day);
        "progress" progress: Need(word());
        "value" value: May(Figure);
        "narrative" narrative: May(Prose(2000));
        "evidence_url" evidence_url: May(WebAddress);
        "published" published: Else(Flag, false);
    }
}

impl Exchanged for Pledge {
    fn names(&self) -> Vec<Named<'_>> {
        let owner = Thing::Organisation(&self.organisation);
        let year = Thing::Signature(&self.signature, &self.organisation);
        let action = self.action.as_deref().map(Thing::Action);
        [
            named("organisation", Some(owner)),
            named("signature", Some(year)),
            named("action", action),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
