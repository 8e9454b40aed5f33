//! Openings in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Flag, Line, Name, Prose, Trimmed, whole},
        words::word,
    },
    domain::register::{Opening, Pay},
};

fields! {
    Opening {
        "organisation" organisation: Need(Name);
        "title" title: Need(Line(200));
        "description" description: May(Prose(4000));
        "work_type" work_type: Need(word());
        "site" site: May(Line(120));
        "national" national: Else(Flag, false);
        "patterns" patterns: Many(word(), 11);
        "hours" hours: May(word());
        "contract" contract: May(word());
        "base" base: May(word());
        "pay" pay: May(part::<Pay>());
        "dbs_level" dbs_level: May(word());
        "licences" licences: Many(Trimmed(120), 20);
        "essentials" essentials: May(Prose(2000));
        "cohorts" cohorts: Many(Name, 20);
        "starts_on" starts_on: May(Day);
        "closes_on" closes_on: May(Day);
        "places" places: May(whole(0, 10_000));
    }
}

fields! {
    Pay {
        "from_pence" from_pence: Need(whole(0, 1_000_000_000));
        "to_pence" to_pence: May(whole(0, 1_000_000_000));
        "period" period: Need(word());
    }
}

impl Exchanged for Opening {
    fn names(&self) -> Vec<Named<'_>> {
        let owner = Thing::Organisation(&self.organisation);
        let site = self.site.as_deref().map(|label| Thing::Site(&self.organisation, label));
        [named("organisation", Some(owner)), named("site", site)].into_iter().flatten().collect()
    }
}
