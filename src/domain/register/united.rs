//! What the reference data published, united with what is kept beside it: the register
//! as everybody is shown it on a day.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;

use crate::domain::{
    register::{
        Draft, KeptAction, KeptAgreedAction, KeptCharter, KeptCourse, KeptMeeting, KeptNeed,
        KeptPartnership, KeptScheme, Partnership, Record, Reference, Scheme, Venue, forum,
    },
    slug::Slug,
};

/// Records of what can be published as well, whatever has become of them, in the order in
/// which they came to the register.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Partnerships.
    pub partnerships: Vec<Record<KeptPartnership>>,
    /// Their meetings.
    pub meetings: Vec<Record<KeptMeeting>>,
    /// What they agreed to do.
    pub agreed: Vec<Record<KeptAgreedAction>>,
    /// Needs of partnerships.
    pub needs: Vec<Record<KeptNeed>>,
    /// Courses of providers.
    pub courses: Vec<Record<KeptCourse>>,
    /// Actions of the charter.
    pub actions: Vec<Record<KeptAction>>,
    /// Recognition schemes.
    pub schemes: Vec<Record<KeptScheme>>,
    /// Versions of the charter.
    pub charters: Vec<Record<KeptCharter>>,
}

/// What the reference data publishes, as records.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Partnerships.
    pub partnerships: Vec<Draft<KeptPartnership>>,
    /// Their meetings.
    pub meetings: Vec<Draft<KeptMeeting>>,
    /// What they agreed to do.
    pub agreed: Vec<Draft<KeptAgreedAction>>,
    /// Needs of partnerships.
    pub needs: Vec<Draft<KeptNeed>>,
    /// Courses of providers.
    pub courses: Vec<Draft<KeptCourse>>,
    /// Actions of the charter.
    pub actions: Vec<Draft<KeptAction>>,
    /// Recognition schemes.
    pub schemes: Vec<Draft<KeptScheme>>,
    /// The charter, in its present version.
    pub charters: Vec<Draft<KeptCharter>>,
}

impl Published {
    /// Everything of the reference data that can be kept.
    pub fn of(reference: &Reference) -> Self {
        let mut published = Self::default();
        for forum in &reference.partnerships {
            let needs = forum.needs.iter();
            published.needs.extend(needs.map(|need| KeptNeed::published(need, &forum.slug)));
            published.partnerships.push(KeptPartnership::published(forum));
            published.meetings.extend(KeptMeeting::published(forum));
            published.agreed.extend(KeptAgreedAction::published(forum));
        }
        published.charters = reference.charter.iter().map(KeptCharter::published).collect();
        published.actions = reference.actions.iter().map(KeptAction::published).collect();
        published.schemes = reference.schemes.iter().map(KeptScheme::published).collect();
        let courses = reference.courses();
        published.courses = courses.map(|(by, one)| KeptCourse::published(one, by)).collect();
        published
    }
}

impl Reference {
    /// Whether the action with exactly that code could be pledged on a day.
    pub fn offers(&self, code: &str, day: NaiveDate) -> bool {
        let past = self.past_actions.iter().filter(|(ended, _)| day < *ended);
        self.actions.iter().chain(past.map(|(_, action)| action)).any(|one| one.code == code)
    }

    /// Public names of organisations that partnerships name.
    pub fn named_by_partnerships(&self) -> BTreeSet<Slug> {
        let forums = self.partnerships.iter();
        let of = |forum: &Partnership| {
            let members = forum.members.iter().filter_map(|member| member.slug.clone());
            let owners = forum.actions.iter().filter_map(|action| action.details.owner.clone());
            let champion = forum.champion.as_deref().and_then(forum::public_name);
            members.chain(owners).chain(champion).collect::<Vec<_>>()
        };
        forums.flat_map(of).collect()
    }

    /// The same with the names of these organisations where partnerships have their public
    /// ones. Whose name is not given is not shown: it is not published, or not any more.
    #[must_use]
    pub fn with_names(mut self, names: &BTreeMap<Slug, String>) -> Self {
        for forum in &mut self.partnerships {
            forum.members.retain_mut(|member| match &member.slug {
                None => true,
                Some(slug) => names.get(slug).is_some_and(|name| {
                    member.organisation.clone_from(name);
                    true
                }),
            });
            if let Some(slug) = forum.champion.as_deref().and_then(forum::public_name) {
                forum.champion = names.get(&slug).cloned();
            }
            for details in forum.actions.iter_mut().map(|action| &mut action.details) {
                let Some(owner) = &details.owner else { continue };
                let Some(name) = names.get(owner) else {
                    details.owner = None;
                    continue;
                };
                let role = details.who.take().map(|role| format!("{role}, {name}"));
                details.who = Some(role.unwrap_or_else(|| name.clone()));
            }
        }
        self
    }

    /// The scheme of that name, also one that has ended.
    pub fn scheme(&self, slug: &str) -> Option<&Scheme> {
        self.schemes.iter().chain(&self.past_schemes).find(|scheme| scheme.slug == *slug)
    }

    /// The versions of the charter that there are.
    pub fn versions(&self) -> impl Iterator<Item = &str> + Clone {
        let published = self.charter.iter().map(|charter| charter.version.as_str());
        let kept = self.charter_versions.iter().map(String::as_str);
        published.chain(kept)
    }

    /// The same with what is kept in place of what was published, as it is on a day: what
    /// has ended, or is met, is left out. A kind of which nothing was ever kept stays as
    /// it was published.
    #[must_use]
    pub fn united(mut self, kept: &Kept, today: NaiveDate) -> Self {
        if !kept.partnerships.is_empty() {
            self.unite_partnerships(&kept.partnerships, today);
        }
        if !kept.needs.is_empty() {
            self.unite_needs(&kept.needs, today);
        }
        if !kept.meetings.is_empty() {
            self.unite_meetings(&kept.meetings, today);
        }
        if !kept.agreed.is_empty() {
            self.unite_agreed(&kept.agreed, today);
        }
        if !kept.courses.is_empty() {
            self.unite_courses(&kept.courses, today);
        }
        if !kept.actions.is_empty() {
            self.unite_actions(&kept.actions, today);
        }
        if !kept.schemes.is_empty() {
            let lasting = |one: &&Record<KeptScheme>| one.lasts(today);
            let (lasting, past): (Vec<_>, Vec<_>) = kept.schemes.iter().partition(lasting);
            self.schemes = lasting.into_iter().map(KeptScheme::scheme).collect();
            self.past_schemes = past.into_iter().map(KeptScheme::scheme).collect();
        }
        if !kept.charters.is_empty() {
            let versions = kept.charters.iter().map(|one| one.body.version.clone());
            self.charter_versions = versions.collect();
            let lasting = kept.charters.iter().filter(|one| one.lasts(today));
            // The one launched last; of versions without a day, the one that came last.
            let launched = |one: &&Record<KeptCharter>| {
                let day = one.body.launched_on.filter(|day| *day <= today);
                (one.body.launched_on.is_none_or(|day| day <= today), day)
            };
            self.charter = lasting.max_by_key(launched).map(KeptCharter::charter);
        }
        self
    }

    fn unite_actions(&mut self, kept: &[Record<KeptAction>], today: NaiveDate) {
        (self.actions, self.past_actions) = (Vec::new(), Vec::new());
        for record in kept {
            let action = KeptAction::action(record);
            match record.ends_on().filter(|ended| *ended <= today) {
                Some(ended) => self.past_actions.push((ended, action)),
                None => self.actions.push(action),
            }
        }
    }

    fn unite_partnerships(&mut self, kept: &[Record<KeptPartnership>], today: NaiveDate) {
        let mut published: BTreeMap<Slug, Partnership> =
            self.partnerships.drain(..).map(|forum| (forum.slug.clone(), forum)).collect();
        let lasting = kept.iter().filter(|one| one.lasts(today));
        let forums =
            lasting.map(|one| KeptPartnership::partnership(one, published.remove(&one.slug)));
        self.partnerships = forums.collect();
    }

    fn unite_meetings(&mut self, kept: &[Record<KeptMeeting>], today: NaiveDate) {
        let mut meetings: BTreeMap<&Slug, Vec<_>> = BTreeMap::new();
        for record in kept.iter().filter(|one| one.lasts(today)) {
            meetings
                .entry(&record.body.partnership)
                .or_default()
                .push(KeptMeeting::meeting(record));
        }
        for forum in &mut self.partnerships {
            forum.meetings = meetings.remove(&forum.slug).unwrap_or_default();
            // Latest first; those of which no day is known stand last.
            forum.meetings.sort_by_key(|meeting| {
                let day = forum::first_day(&meeting.held_on);
                Reverse((day, meeting.details.starts))
            });
        }
    }

    fn unite_agreed(&mut self, kept: &[Record<KeptAgreedAction>], today: NaiveDate) {
        let mut agreed: BTreeMap<&Slug, Vec<_>> = BTreeMap::new();
        for record in kept.iter().filter(|one| one.lasts(today)) {
            let urgency = record.body.urgency(today);
            let action = KeptAgreedAction::action(record);
            agreed.entry(&record.body.partnership).or_default().push((urgency, action));
        }
        for forum in &mut self.partnerships {
            let mut actions = agreed.remove(&forum.slug).unwrap_or_default();
            actions.sort_by_key(|(urgency, _)| *urgency);
            forum.actions = actions.into_iter().map(|(_, action)| action).collect();
        }
    }

    fn unite_needs(&mut self, kept: &[Record<KeptNeed>], today: NaiveDate) {
        let mut needs: BTreeMap<&Slug, Vec<_>> = BTreeMap::new();
        for record in kept.iter().filter(|one| one.lasts(today) && one.body.stands()) {
            needs.entry(&record.body.partnership).or_default().push(KeptNeed::need(record));
        }
        for forum in &mut self.partnerships {
            forum.needs = needs.remove(&forum.slug).unwrap_or_default();
        }
    }

    fn unite_courses(&mut self, kept: &[Record<KeptCourse>], today: NaiveDate) {
        let mut courses: BTreeMap<&Slug, Vec<_>> = BTreeMap::new();
        for record in kept.iter().filter(|one| one.lasts(today)) {
            courses.entry(&record.body.provider).or_default().push(record);
        }
        for provider in &mut self.providers {
            let own = courses.remove(&provider.slug).unwrap_or_default();
            provider.courses = own.iter().map(|record| KeptCourse::course(record)).collect();
            for venue in own.iter().flat_map(|record| &record.body.venues) {
                if provider.venues.iter().all(|known| known.label != venue.label) {
                    provider.venues.push(Venue::from(venue));
                }
            }
        }
    }
}

impl<T> Record<T> {
    /// The first day on which it has ended or run out, if it does.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        let ran_out = self.said.until.and_then(|last| last.succ_opt());
        let ended = self.ended.as_ref().map(|ending| ending.on);
        ran_out.into_iter().chain(ended).min()
    }

    /// Whether it has neither ended nor run out on a day.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        self.ends_on().is_none_or(|end| day < end)
    }
}
