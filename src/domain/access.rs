//! Who may do what to the register, and who is shown which field: the one place
//! where roles are judged.
//!
//! Invariants:
//! - a field is shown to a role only if a list here names it: a field that nobody
//!   thought of is seen by coordinators alone;
//! - what an employer told brokers about offences, disclosure and whom to ring is
//!   on no list of the public;
//! - who may see a record may see what it was, each version by the same lists;
//! - an employer sees and changes its own records, never what makes them count: the
//!   partnership confirms, publishes and merges.

use crate::domain::{register::RecordKind, slug::Slug};

words! {
    /// What a caller is.
    Role {
        /// Anybody; no token.
        Public = "public", "Public";
        /// Speaks for one organisation.
        Employer = "employer", "Employer";
        /// A verified caseworker.
        Broker = "broker", "Verified broker";
        /// Keeps the register for the partnership.
        Coordinator = "coordinator", "Coordinator";
        /// Runs the service.
        Admin = "admin", "Administrator";
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The role.
    pub role: Role,
    /// The organisation an employer speaks for.
    pub organisation: Option<Slug>,
    /// The identifier of the token; `None` for the public and the command line.
    pub token: Option<i64>,
}

words! {
    /// What is done to a record.
    Act {
        /// Look at it, and find it in lists.
        Read = "read", "Read";
        /// Look at its earlier versions.
        History = "history", "Read the history of";
        /// Write a new one.
        Create = "create", "Create";
        /// Write it anew.
        Change = "change", "Change";
        /// Say that it is still right.
        Confirm = "confirm", "Confirm";
        /// Say that it no longer counts.
        End = "end", "End";
        /// Make two of them one, or undo that.
        Merge = "merge", "Merge";
    }
}

words! {
    /// What is done with a place of an opening.
    PlaceAct {
        /// Keep one free for somebody.
        Hold = "hold", "Hold";
        /// Note that somebody got one.
        Take = "take", "Take";
        /// Give one back.
        GiveBack = "give-back", "Give back";
        /// Say no to a hold.
        Decline = "decline", "Decline";
        /// State how many there are.
        Count = "count", "Count";
    }
}

impl Caller {
    /// Somebody without a token.
    pub const PUBLIC: Self = Self { role: Role::Public, organisation: None, token: None };
    /// The operator at the command line.
    pub const OPERATOR: Self = Self { role: Role::Admin, organisation: None, token: None };

    /// Whether the caller speaks for this organisation.
    pub fn owns(&self, owner: Option<&Slug>) -> bool {
        self.role == Role::Employer && owner.is_some() && self.organisation.as_ref() == owner
    }

    /// Whether the caller keeps the register.
    pub const fn keeps(&self) -> bool {
        matches!(self.role, Role::Coordinator | Role::Admin)
    }

    /// Whether the caller may see what employers told brokers.
    pub const fn brokers(&self) -> bool {
        matches!(self.role, Role::Broker | Role::Coordinator | Role::Admin)
    }

    /// Whether the caller may do this with a place of an opening of `owner`.
    ///
    /// Brokers hold places and give back what they held themselves, which `maker` tells:
    /// the token that made the hold.
    pub fn may_with_places(&self, act: PlaceAct, owner: Option<&Slug>, maker: Option<i64>) -> bool {
        let own = self.token.is_some() && self.token == maker;
        self.keeps()
            || match act {
                PlaceAct::Hold => self.role == Role::Broker,
                PlaceAct::GiveBack => self.owns(owner) || (self.role == Role::Broker && own),
                PlaceAct::Take | PlaceAct::Decline | PlaceAct::Count => self.owns(owner),
            }
    }

    /// Whether the caller may report that a posture or an opening is not as it was found.
    pub const fn may_report(&self) -> bool {
        self.brokers()
    }

    /// Whether the caller may see a hold on a place of an opening of `owner`.
    pub fn sees_hold(&self, owner: Option<&Slug>, maker: Option<i64>) -> bool {
        self.may_with_places(PlaceAct::GiveBack, owner, maker)
    }

    /// Whether the caller may do this to a record of this kind that belongs to `owner`
    /// (of an organisation: itself).
    ///
    /// Whether a single record is hidden from a reader is told by [`Shown`].
    pub fn may(&self, act: Act, kind: RecordKind, owner: Option<&Slug>) -> bool {
        if self.keeps() {
            return true;
        }
        let introduction = kind == RecordKind::Introduction;
        match act {
            Act::Read | Act::History => {
                !introduction || self.role == Role::Broker || self.owns(owner)
            }
            Act::Create => match kind {
                RecordKind::Introduction => self.role == Role::Broker,
                RecordKind::Pledge | RecordKind::Posture | RecordKind::Opening => self.owns(owner),
                RecordKind::Organisation
                | RecordKind::Signature
                | RecordKind::Event
                | RecordKind::CaseStudy
                | RecordKind::Need
                | RecordKind::Course
                | RecordKind::Action
                | RecordKind::Scheme
                | RecordKind::CharterVersion => false,
            },
            Act::Change | Act::End => match kind {
                RecordKind::Introduction => self.role == Role::Broker,
                RecordKind::Pledge | RecordKind::Posture | RecordKind::Opening => self.owns(owner),
                RecordKind::Organisation => act == Act::Change && self.owns(owner),
                RecordKind::Signature
                | RecordKind::Event
                | RecordKind::CaseStudy
                | RecordKind::Need
                | RecordKind::Course
                | RecordKind::Action
                | RecordKind::Scheme
                | RecordKind::CharterVersion => false,
            },
            Act::Confirm => {
                self.owns(owner)
                    && matches!(
                        kind,
                        RecordKind::Organisation | RecordKind::Posture | RecordKind::Opening
                    )
            }
            Act::Merge => false,
        }
    }
}

/// What makes a record visible beside its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Its organisation is published, or it belongs to none.
    pub published: bool,
    /// It says of itself that it may be public: a posture's employer, a case study's
    /// permission. `true` for kinds that do not say.
    pub open: bool,
}

impl Shown {
    /// Whether a caller may see the record.
    ///
    /// Brokers see what employers told them, whether or not it is public; nobody but
    /// coordinators and the organisation itself sees what is not published.
    pub fn to(self, caller: &Caller, owner: Option<&Slug>) -> bool {
        caller.keeps()
            || caller.owns(owner)
            || (self.published && (self.open || caller.role == Role::Broker))
    }
}

/// Fields of every record that everybody sees.
const COMMON: &str = "slug url version stated_on voice until source confirmed_on ended_on \
     fictional freshness counts";

/// Fields of every record for brokers, beside those.
const INSIDE: &str = "stated_by end_reason recorded_at";

/// The fields of a kind that everybody sees.
const fn public(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => {
            "name aliases kind sector sic size_band anchor description website do_not_contact \
             identifiers sites contacts recognitions"
        }
        RecordKind::Signature => {
            "organisation charter charter_version starts_on ends_on signed_on published_on state"
        }
        RecordKind::Pledge => {
            "signature organisation action stance commitment text target baseline unit \
             pledge_confirmed_on evidenced_on evidence_url updates state rung live"
        }
        RecordKind::Posture => {
            "organisation cohort stance conditions public offers english day_release review_by"
        }
        RecordKind::Opening => {
            "organisation title description work_type site national patterns hours contract base \
             pay dbs_level licences essentials cohorts starts_on closes_on places left state"
        }
        RecordKind::Event => {
            "title kind starts_at ends_at place postcode host organisation cohorts summary link"
        }
        RecordKind::CaseStudy => {
            "title organisation summary cohorts action link published_on permission"
        }
        RecordKind::Introduction => "",
        RecordKind::Need => {
            "partnership title description soc sic level_from level_to horizon headcount priority \
             state place travel_miles start_by modes cohorts evidence raised_on coding sources \
             note"
        }
        RecordKind::Course => {
            "provider title course_type summary delivery sectors soc coding level_from level_to \
             cohorts entry_requirements link venues runs asked sources note"
        }
        RecordKind::Action => {
            "code stance focus_area label description help measurable unit evidenced cohorts asked \
             sources note"
        }
        RecordKind::Scheme => {
            "name kind owner summary levels evidence_rule lifetime_months lifetime_note \
             prerequisites public_list what_it_proves sources note"
        }
        RecordKind::CharterVersion => {
            "charter name summary charter_version launched_on focus_areas stances sources note"
        }
    }
}

/// The fields of a kind that brokers see beside those.
const fn for_brokers(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Posture => "offences disclosure broker_note",
        RecordKind::Introduction => {
            "kind organisation other partnership cohort reference state outcomes"
        }
        RecordKind::Organisation
        | RecordKind::Signature
        | RecordKind::Pledge
        | RecordKind::Opening
        | RecordKind::Event
        | RecordKind::CaseStudy
        | RecordKind::Need
        | RecordKind::Course
        | RecordKind::Action
        | RecordKind::Scheme
        | RecordKind::CharterVersion => "",
    }
}

/// Whether a caller is shown a field of a record of this kind that belongs to `owner`.
pub fn shows(caller: &Caller, kind: RecordKind, owner: Option<&Slug>, field: &str) -> bool {
    let named = |list: &str| list.split_ascii_whitespace().any(|name| name == field);
    let inside = caller.role == Role::Broker;
    caller.keeps()
        || caller.owns(owner)
        || named(COMMON)
        || named(public(kind))
        || (inside && (named(INSIDE) || named(for_brokers(kind))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn employer(of: &str) -> Caller {
        let organisation = Slug::parse(of).ok();
        Caller { role: Role::Employer, organisation, token: Some(1) }
    }

    #[test]
    fn an_employer_changes_its_own_and_nobody_elses() {
        let (own, other) = (Slug::parse("own").unwrap(), Slug::parse("other").unwrap());
        let caller = employer("own");
        assert!(caller.may(Act::Change, RecordKind::Posture, Some(&own)));
        assert!(!caller.may(Act::Change, RecordKind::Posture, Some(&other)));
        assert!(!caller.may(Act::Merge, RecordKind::Organisation, Some(&own)));
        assert!(!caller.may(Act::End, RecordKind::Organisation, Some(&own)));
        assert!(!Caller::PUBLIC.may(Act::Create, RecordKind::Event, None));
    }

    #[test]
    fn who_may_see_a_record_may_see_what_it_was() {
        let own = Slug::parse("own").unwrap();
        let broker = Caller { role: Role::Broker, organisation: None, token: Some(2) };
        for caller in [Caller::PUBLIC, employer("own"), employer("other"), broker] {
            for kind in RecordKind::ALL {
                let may = |act| caller.may(act, *kind, Some(&own));
                assert_eq!(may(Act::History), may(Act::Read), "{caller:?} {kind:?}");
            }
        }
    }

    #[test]
    fn everybody_is_told_that_an_organisation_asked_not_to_be_contacted() {
        assert!(shows(&Caller::PUBLIC, RecordKind::Organisation, None, "do_not_contact"));
    }

    #[test]
    fn what_brokers_are_told_is_shown_to_brokers_and_to_who_said_it() {
        let own = Slug::parse("own").unwrap();
        let broker = Caller { role: Role::Broker, organisation: None, token: Some(2) };
        for field in ["offences", "disclosure", "broker_note"] {
            let shown = |caller: &Caller| shows(caller, RecordKind::Posture, Some(&own), field);
            assert!(!shown(&Caller::PUBLIC) && !shown(&employer("other")), "{field}");
            assert!(shown(&broker) && shown(&employer("own")), "{field}");
        }
        assert!(!shows(&Caller::PUBLIC, RecordKind::Organisation, None, "anything-new"));
        let private = Shown { published: true, open: false };
        assert!(!private.to(&Caller::PUBLIC, Some(&own)) && private.to(&broker, Some(&own)));
        let draft = Shown { published: false, open: true };
        assert!(!draft.to(&broker, Some(&own)) && draft.to(&employer("own"), Some(&own)));
    }
}
