//! The words of what a partnership keeps.

use crate::{
    app::register::subject::{Subject, Words},
    domain::{
        register::{KeptCourse, KeptNeed, RecordKind},
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
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
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
