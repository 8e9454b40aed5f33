//! The free texts of records, and which of them look as if they were about a person.
//!
//! Not among them: words of lists, web addresses, and what stands in a contact route's
//! value, where a number or an address belongs.

use crate::domain::{
    personal::{Sign, signs},
    register::{
        CaseStudy, Event, Introduction, KeptAction, KeptCharter, KeptCourse, KeptNeed, KeptScheme,
        Opening, Organisation, Pledge, Posture, Record, Signature, Statement,
        rules::is_web_address,
    },
};

/// That a text looks as if it were about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The field; of a part, with its place, as `updates/0/narrative`.
    pub field: String,
    /// What it seems to hold.
    pub sign: Sign,
}

impl Warning {
    /// What is seen, and what to do; never the text itself.
    pub fn message(&self) -> String {
        format!(
            "This looks like {}. Nothing about a person is kept here: if it is one's, take it out.",
            self.sign.label()
        )
    }
}

/// A kind of record with texts that people write freely.
pub trait Worded {
    /// The texts, each with its field.
    fn texts(&self) -> Vec<(String, &str)>;
}

/// What looks like a person's in the free texts of a record.
pub fn warnings<T: Worded>(record: &Record<T>) -> Vec<Warning> {
    let mut found = said(&record.said, &record.body);
    let reason = record.ended.as_ref().and_then(|ending| ending.reason.as_deref());
    found.extend(reason.into_iter().flat_map(|text| of("end_reason", text)));
    found
}

/// What looks like a person's in what somebody says.
pub fn said<T: Worded>(statement: &Statement, body: &T) -> Vec<Warning> {
    let mut texts = body.texts();
    texts.extend(maybe("stated_by", statement.by.as_ref()));
    texts.extend(maybe("source", statement.source.as_ref()));
    texts.into_iter().flat_map(|(field, text)| of(&field, text)).collect()
}

/// What looks like a person's in one text.
pub fn of(field: &str, text: &str) -> Vec<Warning> {
    let found = if is_web_address(text.trim()) { Vec::new() } else { signs(text) };
    found.into_iter().map(|sign| Warning { field: field.to_owned(), sign }).collect()
}

fn maybe<'a>(field: &str, text: Option<&'a String>) -> Option<(String, &'a str)> {
    text.map(|text| (field.to_owned(), text.as_str()))
}

fn some<'a>(fields: &[(&str, Option<&'a String>)]) -> Vec<(String, &'a str)> {
    fields.iter().filter_map(|(field, text)| maybe(field, *text)).collect()
}

impl Worded for Organisation {
    fn texts(&self) -> Vec<(String, &str)> {
        let mut texts =
            some(&[("name", Some(&self.name)), ("description", self.description.as_ref())]);
        for (nth, alias) in self.aliases.iter().enumerate() {
            texts.push((format!("aliases/{nth}"), alias));
        }
        for (nth, site) in self.sites.iter().enumerate() {
            for (field, text) in [
                ("label", Some(&site.label)),
                ("address", site.address.as_ref()),
                ("transport_note", site.transport_note.as_ref()),
            ] {
                texts.extend(maybe(&format!("sites/{nth}/{field}"), text));
            }
        }
        for (nth, contact) in self.contacts.iter().enumerate() {
            texts.push((format!("contacts/{nth}/role_title"), &contact.role_title));
        }
        texts
    }
}

impl Worded for Signature {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[("approval_route", self.approval_route.as_ref())])
    }
}

impl Worded for Pledge {
    fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = some(&[
            ("text", Some(&self.text)),
            ("unit", self.unit.as_ref()),
            ("owner_role", self.owner_role.as_ref()),
        ]);
        for (nth, update) in self.updates.iter().enumerate() {
            let field = format!("updates/{nth}/narrative");
            texts.extend(maybe(&field, update.narrative.as_ref()));
        }
        texts
    }
}

impl Worded for Posture {
    fn texts(&self) -> Vec<(String, &str)> {
        let note = self.offences.as_ref().and_then(|offences| offences.note.as_ref());
        let role = self.disclosure.as_ref().and_then(|one| one.talk_to_role.as_ref());
        some(&[
            ("conditions", self.conditions.as_ref()),
            ("offences/note", note),
            ("disclosure/talk_to_role", role),
            ("broker_note", self.broker_note.as_ref()),
        ])
    }
}

impl Worded for Opening {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("title", Some(&self.title)),
            ("description", self.description.as_ref()),
            ("essentials", self.essentials.as_ref()),
        ])
    }
}

impl Worded for Event {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("title", Some(&self.title)),
            ("place", self.place.as_ref()),
            ("host", self.host.as_ref()),
            ("summary", Some(&self.summary)),
        ])
    }
}

impl Worded for CaseStudy {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[("title", Some(&self.title)), ("summary", Some(&self.summary))])
    }
}

impl Worded for Introduction {
    /// Its reference is no free text: it has to be opaque.
    fn texts(&self) -> Vec<(String, &str)> {
        Vec::new()
    }
}

impl Worded for KeptNeed {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("title", Some(&self.title)),
            ("description", self.description.as_ref()),
            ("place", self.place.as_ref()),
            ("evidence", self.evidence.as_ref()),
            ("coding", self.coding.as_ref()),
            ("note", self.note.as_ref()),
        ])
    }
}

impl Worded for KeptCourse {
    fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = some(&[
            ("title", Some(&self.title)),
            ("summary", Some(&self.summary)),
            ("entry_requirements", self.entry_requirements.as_ref()),
            ("coding", self.coding.as_ref()),
            ("note", self.note.as_ref()),
        ]);
        for (nth, run) in self.runs.iter().enumerate() {
            texts.extend(maybe(&format!("runs/{nth}/funding"), run.funding.as_ref()));
        }
        texts
    }
}

impl Worded for KeptAction {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("label", Some(&self.label)),
            ("description", Some(&self.description)),
            ("help", Some(&self.help)),
            ("note", self.note.as_ref()),
        ])
    }
}

impl Worded for KeptScheme {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("name", Some(&self.name)),
            ("run_by", Some(&self.run_by)),
            ("summary", Some(&self.summary)),
            ("evidence_rule", Some(&self.evidence_rule)),
            ("what_it_proves", Some(&self.what_it_proves)),
            ("note", self.note.as_ref()),
        ])
    }
}

impl Worded for KeptCharter {
    fn texts(&self) -> Vec<(String, &str)> {
        some(&[
            ("name", Some(&self.name)),
            ("summary", Some(&self.summary)),
            ("note", self.note.as_ref()),
        ])
    }
}
