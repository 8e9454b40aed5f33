//! Case studies in files.

use crate::{
    app::exchange::{
        form::{Many, May, Need},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Line, Name, Prose, WebAddress},
        words::word,
    },
    domain::register::CaseStudy,
};

fields! {
    CaseStudy {
        "title" title: Need(Line(200));
        "organisation" organisation: May(Name);
        "summary" summary: Need(Prose(8000));
        "cohorts" cohorts: Many(Name, 20);
        "action" action: May(Line(80));
        "link" url: May(WebAddress);
        "published_on" published_on: May(Day);
        "permission" permission: Need(word());
    }
}

impl Exchanged for CaseStudy {
    fn names(&self) -> Vec<Named<'_>> {
        let about = self.organisation.as_ref().map(Thing::Organisation);
        let action = self.action.as_deref().map(Thing::Action);
        [named("organisation", about), named("action", action)].into_iter().flatten().collect()
    }
}
