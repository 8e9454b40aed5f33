//! An organisation of the register as a candidate for a caseworker's need.
//!
//! What employers told brokers is in here: it goes to the columns that brokers are
//! answered from, never into a document of the index.

use chrono::NaiveDate;

use crate::{
    app::catalogue::{Catalogue, first_sentence, organisation::facts, register::Whole},
    domain::{
        matching::need::{
            At, Candidate, OpeningAt, PlacesLeft, PledgeMade, SiteAt, Told, fingerprint,
        },
        places::{HoldState, Ledger},
        register::{
            Audience, Opening, Organisation, OrganisationKind, Pledge, Publication, Record,
            Signature,
        },
    },
    search::analysis,
};

impl Catalogue<'_> {
    /// The candidate of an organisation; `None` for a draft, which only coordinators see, and
    /// for one that is there to teach, help or speak for others and never said anything as an
    /// employer.
    pub fn candidate(&self, whole: Whole) -> Option<Candidate> {
        let Whole { organisation, signatures, pledges, postures, openings, ledgers } = whole;
        let Record { slug, ended, fictional, body, .. } = organisation;
        let withdrawn_on = match body.publication {
            Publication::Draft => return None,
            Publication::Published => ended.map(|ending| ending.on),
            Publication::Withdrawn => Some(ended.map_or(NaiveDate::MIN, |ending| ending.on)),
        };
        let hires = matches!(body.kind, OrganisationKind::Employer | OrganisationKind::PublicBody);
        let pledges: Vec<PledgeMade> =
            pledges.iter().filter_map(|pledge| self.pledge_made(pledge, &signatures)).collect();
        if !hires && postures.is_empty() && openings.is_empty() && pledges.is_empty() {
            return None;
        }
        let sites: Vec<SiteAt> = body
            .sites
            .iter()
            .map(|site| {
                let (label, town) = (site.label.clone(), site.town.clone());
                SiteAt { label, town, point: self.site_point(site) }
            })
            .collect();
        let openings = openings.into_iter().map(|opening| {
            let places = self.places_left(&opening, ledgers.get(&opening.slug));
            opening_at(opening, &sites, places)
        });
        let contacts = body.contacts.iter();
        let contacts = contacts.filter(|route| route.audience != Audience::Coordinator);
        Some(Candidate {
            words: words_of(&body),
            about: body.description.as_deref().map(first_sentence),
            contacts: contacts.cloned().collect(),
            postures: postures.into_iter().map(Told::of).collect(),
            pledges,
            openings: openings.collect(),
            sites,
            slug,
            name: body.name,
            fictional,
            withdrawn_on,
            do_not_contact: body.do_not_contact,
            sector: body.sector,
            size: body.size_band,
        })
    }

    /// How many places of an opening are left by its ledger, and until when that counts.
    fn places_left(
        &self,
        opening: &Record<Opening>,
        ledger: Option<&Ledger>,
    ) -> Option<PlacesLeft> {
        let untouched = Ledger::new(opening.body.places, Vec::new());
        let ledger = ledger.unwrap_or(&untouched);
        let confirmed_on = opening.last_stood_by()?;
        let until = Opening::places_until(Some(confirmed_on))?;
        let left = ledger.balance(self.today).left()?;
        let holds = ledger.holds(self.today);
        let held = holds.iter().filter(|hold| hold.current && hold.state == HoldState::Held);
        let freed = held.filter_map(|hold| hold.expires_on?.succ_opt()).collect();
        Some(PlacesLeft { left, freed, confirmed_on, until })
    }

    /// A pledge made as an employer, with the days between which it is live.
    fn pledge_made(
        &self,
        pledge: &Record<Pledge>,
        years: &[Record<Signature>],
    ) -> Option<PledgeMade> {
        let facts = facts(pledge, years).filter(|_| *pledge.body.stance == *"employer")?;
        let from = facts.declared_on.max(facts.starts_on);
        let withdrawn = facts.withdrawn_on.and_then(|on| on.pred_opt());
        let to = withdrawn.map_or(facts.ends_on, |last| last.min(facts.ends_on));
        let action = pledge.body.action.as_deref().and_then(|code| self.reference.action(code));
        (from <= to).then(|| PledgeMade {
            slug: pledge.slug.clone(),
            action: pledge.body.action.clone(),
            text: pledge.body.text.clone(),
            cohorts: action.map(|action| action.cohorts.clone()).unwrap_or_default(),
            from,
            to,
        })
    }
}

fn opening_at(opening: Record<Opening>, sites: &[SiteAt], places: Option<PlacesLeft>) -> OpeningAt {
    let at = match &opening.body.site {
        None => At::Nearest,
        Some(label) => {
            let site = sites.iter().find(|site| site.label == *label);
            site.and_then(|site| site.point).map_or(At::Unknown, At::Site)
        }
    };
    let body = &opening.body;
    let mut texts = vec![body.title.as_str(), body.work_type.label()];
    texts.extend(body.description.as_deref());
    texts.extend(body.patterns.iter().map(|pattern| pattern.label()));
    let words = fingerprints(texts);
    OpeningAt { told: Told::of(opening), at, places, words }
}

fn words_of(body: &Organisation) -> Vec<u32> {
    fingerprints([body.name.as_str()].into_iter().chain(body.description.as_deref()))
}

/// The fingerprints of the words of some texts, sorted, each once; small words are left out.
pub fn fingerprints<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<u32> {
    let words = texts.into_iter().flat_map(analysis::words);
    let words = words.filter(|word| !analysis::is_stop_word(&word.surface));
    let mut prints: Vec<u32> = words.map(|word| fingerprint(&word.stem)).collect();
    prints.sort_unstable();
    prints.dedup();
    prints
}
