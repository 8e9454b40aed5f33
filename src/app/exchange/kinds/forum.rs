//! Partnerships, their meetings and what they agreed, in files.

use chrono::NaiveTime;
use serde_json::Value;

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, charter::cited, named},
        value::{
            Codec, Day, Flag, Line, Name, Postcode, Prose, Read, Trimmed, WebAddress, refused, text,
        },
        words::word,
    },
    domain::register::{
        AgendaItem, KeptAgreedAction, KeptMeeting, KeptMember, KeptPartnership, forum,
    },
};

/// A time of day, `09:30`.
pub struct Clock;

impl Codec for Clock {
    type Value = NaiveTime;

    fn read(&self, value: &Value) -> Read<NaiveTime> {
        let time = forum::time_of_day(text(value)?.trim());
        time.map_or_else(|| refused(value, "a time of day is written as 09:30"), Ok)
    }

    fn write(&self, value: &NaiveTime) -> Value {
        Value::String(value.format("%H:%M").to_string())
    }
}

fields! {
    KeptPartnership {
        "name" name: Need(Line(200));
        "sectors" sectors: Many(Name, 20);
        "area" area: Many(Trimmed(80), 20);
        "facilitator" facilitator: May(Line(200));
        "champion" champion: May(Trimmed(200));
        "cadence" cadence: May(Prose(1000));
        "summary" summary: Need(Prose(4000));
        "members" members: Many(part::<KeptMember>(), 500);
        "asked" asked: Many(Trimmed(120), 50);
        "sources" sources: Many(Trimmed(20), 50);
        "note" note: May(Prose(2000));
    }
}

fields! {
    KeptMember {
        "organisation" organisation: Need(Trimmed(120));
        "capacity" capacity: Need(word());
        "from" from: May(Day);
        "to" to: May(Day);
        "sources" sources: Many(Trimmed(20), 20);
        "as_of" as_of: May(Day);
        "note" note: May(Prose(1000));
        "fictional" fictional: Else(Flag, false);
    }
}

fields! {
    KeptMeeting {
        "partnership" partnership: Need(Name);
        "held_on" held_on: Need(Trimmed(80));
        "starts" starts: May(Clock);
        "ends" ends: May(Clock);
        "host" host: May(Line(200));
        "place" place: May(Line(200));
        "postcode" postcode: May(Postcode);
        "summary" summary: May(Prose(4000));
        "agenda" agenda: Many(part::<AgendaItem>(), 50);
        "link" link: May(WebAddress);
        "sources" sources: Many(Trimmed(20), 20);
    }
}

fields! {
    AgendaItem {
        "topic" topic: Need(Line(200));
        "cohort" cohort: May(Name);
    }
}

fields! {
    KeptAgreedAction {
        "partnership" partnership: Need(Name);
        "text" text: Need(Prose(1000));
        "owner" owner: May(Name);
        "role" role: May(Line(120));
        "due_on" due_on: May(Day);
        "state" state: May(word());
        "done_on" done_on: May(Day);
        "status_note" status_note: May(Prose(1000));
        "need" need: May(Name);
        "meeting" meeting: May(Name);
        "sources" sources: Many(Trimmed(20), 20);
    }
}

impl Exchanged for KeptPartnership {
    /// Whether an organisation is in the register is for the store to say of each.
    const MANY_AT_A_TIME: bool = false;

    fn names(&self) -> Vec<Named<'_>> {
        let members = self.members.iter().flat_map(|member| &member.sources);
        let of_members = members.filter_map(|id| named("members", Some(Thing::Source(id))));
        cited(&self.sources).into_iter().chain(of_members).collect()
    }
}

impl Exchanged for KeptMeeting {
    fn names(&self) -> Vec<Named<'_>> {
        let own = named("partnership", Some(Thing::Partnership(&self.partnership)));
        own.into_iter().chain(cited(&self.sources)).collect()
    }
}

impl Exchanged for KeptAgreedAction {
    /// Its need and its meeting are looked up for each.
    const MANY_AT_A_TIME: bool = false;

    fn names(&self) -> Vec<Named<'_>> {
        let own = [
            named("partnership", Some(Thing::Partnership(&self.partnership))),
            named("owner", self.owner.as_ref().map(Thing::Organisation)),
        ];
        own.into_iter().flatten().chain(cited(&self.sources)).collect()
    }
}
