//! Signatures of the charter in files.

use crate::{
    app::exchange::{
        form::{May, Need},
        kinds::{Exchanged, Named, Thing},
        value::{Day, Line, Name},
    },
    domain::register::Signature,
};

fields! {
    Signature {
        "organisation" organisation: Need(Name);
        "charter" charter: Need(Name);
        "charter_version" charter_version: Need(Line(80));
        "starts_on" starts_on: Need(Day);
        "ends_on" ends_on: Need(Day);
        "agreed_on" agreed_on: May(Day);
        "signed_on" signed_on: May(Day);
        "published_on" published_on: May(Day);
        "approval_route" approval_route: May(Line(200));
    }
}

impl Exchanged for Signature {
    // Two years of one organisation that share a day may stand in one file.
    const MANY_AT_A_TIME: bool = false;

    fn names(&self) -> Vec<Named<'_>> {
        vec![
            Named { field: "organisation", thing: Thing::Organisation(&self.organisation) },
            Named { field: "charter", thing: Thing::Charter(&self.charter) },
            Named { field: "charter_version", thing: Thing::CharterVersion(&self.charter_version) },
        ]
    }
}
