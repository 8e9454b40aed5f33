//! Organisations in files.

use crate::{
    app::exchange::{
        form::{Else, Field, Given, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, coded, friendly},
        value::{Day, Flag, Line, Name, Postcode, Prose, Sic, Trimmed, WebAddress, Wrong, whole},
        words::word,
    },
    domain::classification::Scheme,
    domain::register::{
        ContactRoute, Identifier, Organisation, Publication, Recognition, Record, Site,
    },
    store::{Conn, StoreError, records},
};

fields! {
    Organisation {
        "name" name: Need(Line(200));
        "aliases" aliases: Many(Trimmed(200), 20);
        "kind" kind: Need(word());
        "sector" sector: May(Name);
        "sic" sic: Many(Sic, 10);
        "size_band" size_band: May(word());
        "anchor" anchor: May(Flag);
        "description" description: May(Prose(4000));
        "website" website: May(WebAddress);
        "publication" publication: Else(word(), Publication::Draft);
        "do_not_contact" do_not_contact: Else(Flag, false);
        "identifiers" identifiers: Many(part::<Identifier>(), 20);
        "sites" sites: Many(part::<Site>(), 100);
        "contacts" contacts: Many(part::<ContactRoute>(), 20);
        "recognitions" recognitions: Many(part::<Recognition>(), 50);
    }
}

fields! {
    Identifier {
        "scheme" scheme: Need(Line(20));
        "id" id: Need(Line(40));
    }
}

fields! {
    Site {
        "label" label: Need(Line(120));
        "address" address: May(Prose(500));
        "postcode" postcode: May(Postcode);
        "town" town: May(Line(120));
        "district" district: May(Line(120));
        "transport_note" transport_note: May(Prose(1000));
    }
}

fields! {
    ContactRoute {
        "audience" audience: Need(word());
        "role_title" role_title: Need(Line(120));
        "channel" channel: Need(word());
        "value" value: Need(Prose(500));
        "verified_on" verified_on: May(Day);
        "expires_after_days" expires_after_days: May(whole(1, 3650));
    }
}

fields! {
    Recognition {
        "scheme" scheme: Need(Name);
        "level" level: May(Name);
        "awarded_on" awarded_on: May(Day);
        "expires_on" expires_on: May(Day);
        "evidence_url" evidence_url: May(WebAddress);
        "last_checked_on" last_checked_on: May(Day);
        "check" check: Need(word());
    }
}

impl Exchanged for Organisation {
    fn friendly() -> &'static [(&'static str, &'static str)] {
        friendly::COLUMNS
    }

    fn settle(fields: &mut Given) -> Vec<Wrong> {
        friendly::settle(fields)
    }

    fn names(&self) -> Vec<Named<'_>> {
        let held = self.recognitions.iter();
        let things = held.map(|one| Thing::Scheme(&one.scheme, one.level.as_ref()));
        let held = things.map(|thing| Named { field: "recognitions", thing });
        held.chain(coded("sic", Scheme::Sic, &self.sic)).collect()
    }

    fn numbers(fields: &Given) -> Vec<Identifier> {
        let numbers = Many(part::<Identifier>(), 20).read(fields.get("identifiers"));
        numbers.unwrap_or_default()
    }

    fn left_behind(conn: &mut Conn, record: &Record<Self>) -> Result<bool, StoreError> {
        // Whoever is merged away is withdrawn and has no number left: only those are
        // looked up, one by one.
        let body = &record.body;
        if body.publication != Publication::Withdrawn || !body.identifiers.is_empty() {
            return Ok(false);
        }
        Ok(records::merged_into(conn, &record.slug)?.is_some())
    }
}
