//! The words of what a partnership keeps.

use crate::{
    app::{
        classifications::Classifications,
        register::subject::{Subject, Words},
    },
    domain::{
        classification::Scheme,
        register::{
            Body, KeptAction, KeptAgreedAction, KeptCharter, KeptCourse, KeptMeeting, KeptNeed,
            KeptPartnership, KeptScheme, RecordKind, forum,
        },
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
    const BY_WORDS: bool = true;

    fn words(&self, codes: &Classifications) -> String {
        let mut words = vec![self.title.as_str()];
        words.extend(self.description.as_deref());
        let (soc, sic) = (codes.of(Scheme::Soc), codes.of(Scheme::Sic));
        words.extend(self.soc.iter().filter_map(|code| soc.title(code)));
        words.extend(self.sic.iter().filter_map(|code| sic.title(code)));
        words.join("\n")
    }

    fn unknown(&self, words: &mut Words<'_>) {
        words.partnership(&self.partnership);
        words.cohorts(&self.cohorts);
        words.codes("soc", Scheme::Soc, &self.soc);
        words.codes("sic", Scheme::Sic, &self.sic);
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
        words.codes("soc", Scheme::Soc, &self.soc);
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

impl Subject for KeptPartnership {
    fn unknown(&self, words: &mut Words<'_>) {
        words.sectors(&self.sectors);
        words.sources(&self.sources);
        for (nth, member) in self.members.iter().enumerate() {
            let known = words.snapshot.reference.sources.iter().map(|one| one.id.as_str());
            for (at, source) in member.sources.iter().enumerate() {
                let field = format!("members/{nth}/sources/{at}");
                words.check(&field, ("source", source), known.clone());
            }
        }
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }

    fn members(&self) -> Vec<(String, Slug)> {
        let members = self.members.iter().enumerate().filter_map(|(nth, member)| {
            let slug = forum::public_name(&member.organisation)?;
            Some((format!("members/{nth}/organisation"), slug))
        });
        let champion = self.champion.as_deref().and_then(forum::public_name);
        members.chain(champion.map(|slug| ("champion".to_owned(), slug))).collect()
    }
}

impl Subject for KeptMeeting {
    fn unknown(&self, words: &mut Words<'_>) {
        words.partnership(&self.partnership);
        for (nth, item) in self.agenda.iter().enumerate() {
            if let Some(cohort) = &item.cohort {
                words.cohort(&format!("agenda/{nth}/cohort"), cohort);
            }
        }
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        Vec::new()
    }
}

impl Subject for KeptAgreedAction {
    fn unknown(&self, words: &mut Words<'_>) {
        words.partnership(&self.partnership);
        words.sources(&self.sources);
    }

    fn named(&self) -> Vec<(&'static str, RecordKind, &Slug)> {
        let owner = self.owner.iter().map(|slug| ("owner", RecordKind::Organisation, slug));
        let need = self.need.iter().map(|slug| ("need", RecordKind::Need, slug));
        let meeting = self.meeting.iter().map(|slug| ("meeting", RecordKind::Meeting, slug));
        owner.chain(need).chain(meeting).collect()
    }
}
