//! The words of what a partnership keeps.

use crate::{
    app::register::subject::{Subject, Words},
    domain::{
        register::{Body, KeptAction, KeptCharter, KeptCourse, KeptNeed, KeptScheme, RecordKind},
        slug::Slug,
    },
};

impl Words<'_> {
    fn sources(&mut self, sources: &[String]) {
        for (nth, source) in sources.iter().enumerate() {
            let known = self.snapshot.reference.sources.iter().map(|one| one.id.as_str());
            self.check(&format!("sources/{nth}"), ("source", source), known);
        }
    }

    fn sectors(&mut self, sectors: &[Slug]) {
        for (nth, sector) in sectors.iter().enumerate() {
            self.sector(&format!("sectors/{nth}"), sector);
        }
    }
}

impl Subject for KeptNeed {
    fn unknown(&self, words: &mut Words<'_>) {
        words.partnership(&self.partnership);
        words.cohorts(&self.cohorts);
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        let voice = self.organisation.iter();
        voice.map(|slug| ("organisation", RecordKind::Organisation, slug)).collect()
    }
}

impl Subject for KeptCourse {
    fn unknown(&self, words: &mut Words<'_>) {
        let reference = &words.snapshot.reference;
        let known = reference.providers.iter().map(|provider| provider.slug.as_str());
        words.check("provider", ("provider", &self.provider), known);
        let known = reference.course_types.iter().map(|kind| kind.slug.as_str());
        words.check("course_type", ("type of course", &self.course_type), known);
        words.sectors(&self.sectors);
        words.cohorts(&self.cohorts);
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }
}

impl Subject for KeptAction {
    fn unknown(&self, words: &mut Words<'_>) {
        let charter = words.snapshot.reference.charter.as_ref();
        let areas = charter.map(|charter| charter.focus_areas.as_slice()).unwrap_or_default();
        let stances = charter.map(|charter| charter.stances.as_slice()).unwrap_or_default();
        let known = stances.iter().map(|(slug, ..)| slug.as_str());
        words.check("stance", ("stance", &self.stance), known);
        let known = areas.iter().map(|(slug, _)| slug.as_str());
        words.check("focus_area", ("focus area", &self.focus_area), known);
        words.cohorts(&self.cohorts);
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }
}

impl Subject for KeptScheme {
    fn unknown(&self, words: &mut Words<'_>) {
        let own = self.natural_slug();
        for (nth, needed) in self.prerequisites.iter().enumerate() {
            let known = words.snapshot.reference.schemes.iter().map(|one| one.slug.as_str());
            let known = known.chain([own.as_str()]);
            words.check(&format!("prerequisites/{nth}/scheme"), ("scheme", &needed.scheme), known);
        }
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }
}

impl Subject for KeptCharter {
    fn unknown(&self, words: &mut Words<'_>) {
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }
}
