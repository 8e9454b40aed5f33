//! What the reference data published, united with what is kept beside it: the register
//! as everybody is shown it on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::{
    register::{Draft, KeptCourse, KeptNeed, Record, Reference, Venue},
    slug::Slug,
};

/// Records of what can be published as well, whatever has become of them, in the order in
/// which they came to the register.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Needs of partnerships.
    pub needs: Vec<Record<KeptNeed>>,
    /// Courses of providers.
    pub courses: Vec<Record<KeptCourse>>,
}

/// What the reference data publishes, as records.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Needs of partnerships.
    pub needs: Vec<Draft<KeptNeed>>,
    /// Courses of providers.
    pub courses: Vec<Draft<KeptCourse>>,
}

impl Published {
    /// Everything of the reference data that can be kept.
    pub fn of(reference: &Reference) -> Self {
        let mut published = Self::default();
        for forum in &reference.partnerships {
            let needs = forum.needs.iter();
            published.needs.extend(needs.map(|need| KeptNeed::published(need, &forum.slug)));
        }
        let courses = reference.courses();
        published.courses = courses.map(|(by, one)| KeptCourse::published(one, by)).collect();
        published
    }
}

impl Reference {
    /// The same with what is kept in place of what was published, as it is on a day: what
    /// has ended, or is met, is left out. A kind of which nothing was ever kept stays as
    /// it was published.
    #[must_use]
    pub fn united(mut self, kept: &Kept, today: NaiveDate) -> Self {
        if !kept.needs.is_empty() {
            self.unite_needs(&kept.needs, today);
        }
        if !kept.courses.is_empty() {
            self.unite_courses(&kept.courses, today);
        }
        self
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
    /// Whether it has neither ended nor run out on a day.
    pub fn lasts(&self, day: NaiveDate) -> bool {
        self.said.until.is_none_or(|last| day <= last)
            && self.ended.as_ref().is_none_or(|ending| day < ending.on)
    }
}
