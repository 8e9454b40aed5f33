//! Events in files.

use crate::{
    app::exchange::{
        form::{Many, May, Need},
        kinds::{Exchanged, Named, Thing, named},
        value::{Line, Moment, Name, Postcode, Prose, WebAddress},
        words::word,
    },
    domain::register::Event,
};

fields! {
    Event {
        "title" title: Need(Line(200));
        "kind" kind: Need(word());
        "starts_at" starts_at: Need(Moment);
        "ends_at" ends_at: May(Moment);
        "place" place: May(Line(200));
        "postcode" postcode: May(Postcode);
        "host" host: May(Line(200));
        "organisation" organisation: May(Name);
        "cohorts" cohorts: Many(Name, 20);
        "summary" summary: Need(Prose(4000));
        "link" url: May(WebAddress);
    }
}

impl Exchanged for Event {
    fn names(&self) -> Vec<Named<'_>> {
        named("organisation", self.organisation.as_ref().map(Thing::Organisation))
            .into_iter()
            .collect()
    }
}
