//! Taking out of a record what a caller may not see.
//!
//! Which fields those are is said by [`access::shows`](crate::domain::access::shows) alone; here is only how each is
//! taken out. A field that is always there has no way out and is on the public's list.

use crate::{
    domain::{
        access::{Caller, shows},
        register::{
            Audience, CaseStudy, Event, Opening, Organisation, Pledge, Posture, Record, Signature,
        },
        slug::Slug,
    },
    store::records::Topic,
};

/// A kind of record that has its way out of the house.
pub trait Shade: Topic {
    /// Takes out every field that `hidden` names.
    fn shade(&mut self, hidden: &dyn Fn(&str) -> bool);

    /// Takes out the ways to reach it that are not for everybody.
    fn unroute(&mut self) {}
}

/// The record as a caller may see it, who may see it at all.
pub(super) fn shaded<T: Shade>(
    caller: &Caller,
    owner: Option<&Slug>,
    mut record: Record<T>,
) -> Record<T> {
    let hidden = |field: &str| !shows(caller, T::KIND, owner, field);
    if hidden("stated_by") {
        record.said.by = None;
    }
    if hidden("end_reason")
        && let Some(ending) = &mut record.ended
    {
        ending.reason = None;
    }
    record.body.shade(&hidden);
    record
}

/// The record as everybody may see it, who may see it at all: without what is told to
/// fewer.
pub(in crate::app) fn as_everybody_sees<T: Shade>(record: Record<T>) -> Record<T> {
    let owner = record.body.owner().cloned();
    let mut record = shaded(&Caller::PUBLIC, owner.as_ref(), record);
    record.body.unroute();
    record
}

impl Shade for Organisation {
    /// Contacts are told apart by their audience, not here.
    fn shade(&mut self, _hidden: &dyn Fn(&str) -> bool) {}

    fn unroute(&mut self) {
        self.contacts.retain(|route| route.audience == Audience::Public && !self.do_not_contact);
    }
}

impl Shade for Signature {
    fn shade(&mut self, hidden: &dyn Fn(&str) -> bool) {
        self.agreed_on = self.agreed_on.filter(|_| !hidden("agreed_on"));
        if hidden("approval_route") {
            self.approval_route = None;
        }
    }
}

impl Shade for Pledge {
    /// A report that is not published is seen by those who also see who answers for it.
    fn shade(&mut self, hidden: &dyn Fn(&str) -> bool) {
        if hidden("owner_role") {
            self.owner_role = None;
            self.updates.retain(|update| update.published);
        }
    }
}

impl Shade for Posture {
    fn shade(&mut self, hidden: &dyn Fn(&str) -> bool) {
        if hidden("offences") {
            self.offences = None;
        }
        if hidden("disclosure") {
            self.disclosure = None;
        }
        if hidden("broker_note") {
            self.broker_note = None;
        }
    }
}

impl Shade for Opening {
    fn shade(&mut self, _hidden: &dyn Fn(&str) -> bool) {}
}

impl Shade for Event {
    fn shade(&mut self, _hidden: &dyn Fn(&str) -> bool) {}
}

impl Shade for CaseStudy {
    fn shade(&mut self, _hidden: &dyn Fn(&str) -> bool) {}
}
