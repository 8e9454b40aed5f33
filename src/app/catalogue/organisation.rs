//! An organisation as a document, with what belongs to it.

use chrono::{Months, NaiveDate};

use crate::{
    app::catalogue::{
        Catalogue, PLACES, at_level, facet, first_sentence, kind,
        names::other_spellings,
        plain,
        register::{Turning, Whole, of_district, turns},
    },
    domain::{
        freshness::{Dated, Freshness},
        guidance::Passage,
        place::Point,
        places::{Ledger, Places},
        register::{
            Opening, OpeningState, Organisation, Pledge, PledgeFacts, Posture, Publication, Record,
            Signature, Site, Stance,
        },
        search::{Document, Facet, FacetValue, Kind},
    },
};

impl Catalogue<'_> {
    /// The document of an organisation; `None` if it is not shown.
    pub fn organisation(&self, whole: &Whole) -> Option<Turning> {
        let record = &whole.organisation;
        let body = &record.body;
        if body.publication != Publication::Published || self.is_over(record) {
            return None;
        }
        let live = self.live_pledges(whole);
        let postures: Vec<&Record<Posture>> = whole
            .postures
            .iter()
            .filter(|posture| posture.body.public && posture.counts_on(self.today))
            .collect();
        let openings: Vec<&Record<Opening>> =
            whole.openings.iter().filter(|o| self.is_open(o)).collect();
        let mut facets = self.own_facets(record);
        facets.extend(self.pledge_facets(&live));
        let welcome = postures.iter().filter(|posture| welcomes(posture.body.stance));
        let groups = welcome.map(|posture| &posture.body.cohort);
        let groups = groups.chain(openings.iter().flat_map(|opening| &opening.body.cohorts));
        facets.extend(groups.map(|cohort| self.cohort(cohort)));
        facets.extend(self.places(whole, &openings));
        facets.sort();
        facets.dedup();
        let mut passages = vec![plain(about(body))];
        passages.extend(self.pledge_passage(&live));
        passages.extend(self.posture_passage(&postures));
        passages.extend(opening_passage(&openings));
        passages.extend(self.recognition_passage(body));
        let document = Document {
            kind: Kind::Organisation,
            id: record.slug.to_string(),
            title: body.name.clone(),
            url: format!("/organisations/{}", record.slug),
            summary: self.summary(body),
            passages,
            vocabulary: self.names(body),
            facets,
            dates: record.last_stood_by().and_then(a_year_from),
            legal: false,
            companion: false,
            fictional: record.fictional,
            points: self.points(body),
        };
        Some((document, self.next_turn(whole)))
    }

    /// The pledges that count today, with where they stand.
    fn live_pledges<'a>(&self, whole: &'a Whole) -> Vec<(&'a Pledge, PledgeFacts)> {
        let pairs = whole.pledges.iter().filter_map(|pledge| {
            let facts = facts(pledge, &whole.signatures)?;
            facts.live(self.today).then_some((&pledge.body, facts))
        });
        pairs.collect()
    }

    fn is_open(&self, opening: &Record<Opening>) -> bool {
        let state = opening.body.state(opening.ended.as_ref(), self.today);
        state == OpeningState::Open && opening.counts_on(self.today)
    }

    fn own_facets(&self, record: &Record<Organisation>) -> Vec<FacetValue> {
        let body = &record.body;
        let freshness = record.freshness(self.today);
        let mut facets = vec![
            kind(Kind::Organisation),
            facet(Facet::Freshness, freshness.as_str(), freshness.label()),
        ];
        let sector = body.sector.as_deref();
        facets.extend(sector.map(|slug| facet(Facet::Sector, slug, self.words.sector_label(slug))));
        facets.extend(body.size_band.map(|band| facet(Facet::Size, band.as_str(), band.label())));
        for site in &body.sites {
            let by_code = || site.postcode.as_deref().and_then(|code| self.gazetteer.find(code));
            let district = site.district.clone().or_else(|| by_code()?.district);
            facets.extend(district.as_deref().map(of_district));
        }
        for held in body.recognitions.iter().filter(|held| held.held_on(self.today)) {
            let Some(scheme) = self.reference.scheme(&held.scheme) else {
                continue;
            };
            facets.push(facet(Facet::Recognition, &scheme.slug, &scheme.name));
            let level = held.level.as_ref();
            let level = level.and_then(|slug| scheme.levels.iter().find(|one| one.slug == *slug));
            facets.extend(level.map(|level| {
                let (value, label) = at_level(scheme, level);
                facet(Facet::Recognition, &value, &label)
            }));
        }
        facets
    }

    fn pledge_facets(&self, live: &[(&Pledge, PledgeFacts)]) -> Vec<FacetValue> {
        let mut facets = Vec::new();
        for (pledge, facts) in live {
            facets.push(facet(Facet::Stance, &pledge.stance, self.stance_label(&pledge.stance)));
            let state = facts.state(self.today);
            facets.extend(state.map(|s| facet(Facet::PledgeState, s.as_str(), s.label())));
            let action = pledge.action.as_deref().and_then(|code| self.reference.action(code));
            facets.extend(action.map(|action| facet(Facet::Action, &action.code, &action.label)));
        }
        facets
    }

    fn stance_label<'a>(&'a self, slug: &'a str) -> &'a str {
        let mut stances = self.reference.charter.iter().flat_map(|charter| &charter.stances);
        stances.find(|(own, ..)| **own == *slug).map_or(slug, |(_, label, _)| label)
    }

    /// Whether it has places now.
    fn places(&self, whole: &Whole, openings: &[&Record<Opening>]) -> Option<FacetValue> {
        let [yes, not_stated] = PLACES;
        let places: Vec<Option<i32>> =
            openings.iter().map(|opening| self.left(whole, opening)).collect();
        let (value, label) = if places.iter().flatten().any(|places| *places > 0) {
            yes
        } else if places.contains(&None) {
            not_stated
        } else {
            return None;
        };
        Some(facet(Facet::HasPlaces, value, label))
    }

    /// How many places of an opening are left, by its ledger; `None` if that is not known.
    fn left(&self, whole: &Whole, opening: &Record<Opening>) -> Option<i32> {
        let untouched = Ledger::new(opening.body.places, Vec::new());
        let ledger = whole.ledgers.get(&opening.slug).unwrap_or(&untouched);
        Places::of(opening, ledger, self.today).left
    }

    fn summary(&self, body: &Organisation) -> String {
        if let Some(description) = body.description.as_deref().filter(|d| !d.trim().is_empty()) {
            return first_sentence(description);
        }
        let mut said = vec![body.kind.label().to_owned()];
        said.extend(body.sector.as_deref().map(|slug| self.words.sector_label(slug).to_owned()));
        said.extend(towns(body).into_iter().next());
        said.join(", ")
    }

    fn pledge_passage(&self, live: &[(&Pledge, PledgeFacts)]) -> Option<Passage> {
        let sentence = |(pledge, _): &(&Pledge, PledgeFacts)| {
            let action = pledge.action.as_deref().and_then(|code| self.reference.action(code));
            let action = action.map(|action| format!(" ({}: {})", action.code, action.label));
            format!("{}: {}{}", pledge.commitment.label(), pledge.text, action.unwrap_or_default())
        };
        under("Pledges", "pledges", &live.iter().map(sentence).collect::<Vec<_>>())
    }

    fn posture_passage(&self, postures: &[&Record<Posture>]) -> Option<Passage> {
        let line = |posture: &&Record<Posture>| {
            let body = &posture.body;
            let mut said =
                vec![format!("{}: {}", self.words.cohort_label(&body.cohort), body.stance.label())];
            said.extend(body.conditions.clone());
            said.extend(body.offers.iter().map(|offer| offer.label().to_owned()));
            sentences(&said)
        };
        under("Who it hires", "postures", &postures.iter().map(line).collect::<Vec<_>>())
    }

    fn recognition_passage(&self, body: &Organisation) -> Option<Passage> {
        let held = body.recognitions.iter().filter(|held| held.held_on(self.today));
        let lines = held.filter_map(|held| {
            let scheme = self.reference.scheme(&held.scheme)?;
            let level = held.level.as_ref();
            let level = level.and_then(|slug| scheme.levels.iter().find(|one| one.slug == *slug));
            let level = level.map(|level| format!(", {}", level.label));
            Some(format!("{}{}", scheme.name, level.unwrap_or_default()))
        });
        under("Recognition", "recognitions", &lines.collect::<Vec<_>>())
    }

    /// Words by which it should be found: other names, numbers, forms of its name.
    fn names(&self, body: &Organisation) -> Vec<String> {
        let mut names: Vec<String> = body.aliases.clone();
        for name in body.aliases.iter().chain([&body.name]) {
            names.extend(other_spellings(name));
        }
        names.extend(body.identifiers.iter().map(|one| format!("{} {}", one.scheme, one.id)));
        names.push(body.kind.label().to_owned());
        names.extend(self.sector_words(body.sector.as_slice()));
        names
    }

    /// Where a site is, as far as known.
    pub(super) fn site_point(&self, site: &Site) -> Option<Point> {
        let by_code = site.postcode.as_deref().and_then(|code| self.point(code));
        by_code.or_else(|| self.point(site.town.as_deref()?))
    }

    fn points(&self, body: &Organisation) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for point in body.sites.iter().filter_map(|site| self.site_point(site)) {
            if !points.contains(&point) {
                points.push(point);
            }
        }
        points
    }

    /// The next day on which anything shown of an organisation may be another.
    fn next_turn(&self, whole: &Whole) -> Option<NaiveDate> {
        let own = &whole.organisation;
        let mut days: Vec<NaiveDate> = turns(own).collect();
        days.extend(Freshness::next_turn(own.last_stood_by(), self.today));
        for held in &own.body.recognitions {
            days.extend(held.awarded_on);
            days.extend(held.expires_on.and_then(|last| last.succ_opt()));
        }
        for pledge in &whole.pledges {
            let facts = facts(pledge, &whole.signatures);
            days.extend(facts.and_then(|facts| facts.next_turn(self.today)));
        }
        days.extend(whole.postures.iter().flat_map(turns));
        for opening in &whole.openings {
            days.extend(turns(opening));
            days.extend(opening.body.closes_on.and_then(|last| last.succ_opt()));
            // Places hold as long as a confirmation counts as recent.
            days.extend(Freshness::next_turn(opening.last_stood_by(), self.today));
            let ledger = whole.ledgers.get(&opening.slug);
            days.extend(ledger.and_then(|ledger| ledger.next_turn(self.today)));
        }
        self.earliest(days.into_iter())
    }
}

/// The dates from which a pledge's state follows; `None` without its year.
pub(super) fn facts(pledge: &Record<Pledge>, years: &[Record<Signature>]) -> Option<PledgeFacts> {
    let year = years.iter().find(|year| year.slug == pledge.body.signature)?;
    let ended = [&pledge.ended, &year.ended].into_iter().flatten().map(|ending| ending.on);
    Some(PledgeFacts {
        declared_on: pledge.said.on,
        starts_on: year.body.starts_on,
        ends_on: year.body.ends_on,
        confirmed_on: pledge.body.confirmed_on,
        evidenced_on: pledge.body.evidenced_on,
        outcomes_on: pledge.body.outcomes_on(),
        withdrawn_on: ended.min(),
    })
}

/// Whether an employer with that stance may be found under the group.
const fn welcomes(stance: Stance) -> bool {
    matches!(stance, Stance::ActivelyRecruits | Stance::Open | Stance::CaseByCase)
}

/// What somebody stood by counts as fresh for a year.
fn a_year_from(day: NaiveDate) -> Option<Dated> {
    let review_by = day.checked_add_months(Months::new(12))?;
    Some(Dated { as_of: day, review_by })
}

fn towns(body: &Organisation) -> Vec<String> {
    let mut towns: Vec<String> = Vec::new();
    for town in body.sites.iter().filter_map(|site| site.town.clone()) {
        if !towns.contains(&town) {
            towns.push(town);
        }
    }
    towns
}

fn about(body: &Organisation) -> String {
    let mut lines: Vec<String> = body.description.iter().cloned().collect();
    let towns = towns(body);
    if !towns.is_empty() {
        lines.push(format!("Works in {}.", towns.join(", ")));
    }
    lines.join("\n")
}

/// Lines as sentences: each ends with one full stop, whoever wrote it.
fn sentences(lines: &[String]) -> String {
    lines.iter().map(|line| line.trim_end_matches(['.', ' '])).collect::<Vec<_>>().join(". ")
}

fn under(heading: &str, anchor: &str, lines: &[String]) -> Option<Passage> {
    (!lines.is_empty()).then(|| Passage {
        heading: Some(heading.to_owned()),
        anchor: anchor.to_owned(),
        text: lines.join("\n"),
    })
}

fn opening_passage(openings: &[&Record<Opening>]) -> Option<Passage> {
    let line = |opening: &&Record<Opening>| {
        let body = &opening.body;
        let mut said = vec![body.title.clone(), body.work_type.label().to_owned()];
        said.extend(body.description.clone());
        sentences(&said)
    };
    under("Openings", "openings", &openings.iter().map(line).collect::<Vec<_>>())
}
