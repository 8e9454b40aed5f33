//! One need against one run: every criterion, its sentence, and the sum.

use chrono::{Days, NaiveDate};

use crate::domain::{
    coverage::{
        Asked, Cover, CoverageCriterion, Covers, Known, Offer, Part, RunSeen, asked::Deadline,
        place::place, skills::skills,
    },
    matching::Verdict,
    register::Delivery,
};

/// How one criterion turned out.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    verdict: Verdict,
    share: Share,
    text: String,
    would_change: Option<String>,
}

/// How much of its weight a criterion earns.
#[derive(Debug, Clone, Copy)]
enum Share {
    Nothing,
    Related,
    Partly,
    All,
}

impl Finding {
    fn of(verdict: Verdict, share: Share, text: impl Into<String>) -> Self {
        Self { verdict, share, text: text.into(), would_change: None }
    }

    pub(super) fn met(text: impl Into<String>) -> Self {
        Self::of(Verdict::Met, Share::All, text)
    }

    pub(super) fn partly(text: impl Into<String>) -> Self {
        Self::of(Verdict::Partly, Share::Partly, text)
    }

    /// Partly met, by a weaker sign.
    pub(super) fn related(text: impl Into<String>) -> Self {
        Self::of(Verdict::Partly, Share::Related, text)
    }

    pub(super) fn unmet(text: impl Into<String>) -> Self {
        Self::of(Verdict::Unmet, Share::Nothing, text)
    }

    pub(super) fn unknown(text: impl Into<String>) -> Self {
        Self::of(Verdict::Unknown, Share::Nothing, text)
    }

    /// The same with what would make it met.
    #[must_use]
    pub(super) fn changed_by(self, text: impl Into<String>) -> Self {
        Self { would_change: Some(text.into()), ..self }
    }

    /// Whether it rules the run out.
    pub(super) fn is_unmet(&self) -> bool {
        self.verdict == Verdict::Unmet
    }
}

/// How far a run meets a need, and why.
pub fn judge(asked: &Asked<'_>, offer: &Offer<'_>, known: Known<'_>) -> Cover {
    let skill = skills(asked, offer, known);
    rest(asked, offer, known, &skill)
}

/// Every offer whose course teaches something like what was asked for, judged; offers of one
/// course stand together, and its skill is judged once.
pub(super) fn judge_akin(asked: &Asked<'_>, offers: &[Offer<'_>], known: Known<'_>) -> Vec<Cover> {
    let mut covers = Vec::new();
    for of_course in offers.chunk_by(|one, other| std::ptr::eq(one.course, other.course)) {
        let Some(first) = of_course.first() else { continue };
        let skill = skills(asked, first, known);
        if !skill.is_unmet() {
            covers.extend(of_course.iter().map(|offer| rest(asked, offer, known, &skill)));
        }
    }
    covers
}

fn rest(asked: &Asked<'_>, offer: &Offer<'_>, known: Known<'_>, skill: &Finding) -> Cover {
    let (there, miles) = place(asked, offer, known);
    let parts = known.policy.list.criteria().iter().map(|weighing| {
        let found = match weighing.criterion {
            CoverageCriterion::Skills => skill.clone(),
            CoverageCriterion::Level => level(asked, offer),
            CoverageCriterion::Place => there.clone(),
            CoverageCriterion::StartBy => start_by(asked, offer, known),
            CoverageCriterion::Mode => mode(asked, offer),
            CoverageCriterion::Cohort => cohort(asked, offer, known),
            CoverageCriterion::Places => places(asked, offer),
        };
        let scale = known.policy.scale;
        let thousandths = match found.share {
            Share::Nothing => 0,
            Share::Related => scale.related,
            Share::Partly => scale.partly,
            Share::All => 1000,
        };
        Part {
            criterion: weighing.criterion,
            weight: weighing.weight,
            points: weighing.weight * thousandths / 100,
            verdict: found.verdict,
            text: found.text,
            would_change: found.would_change,
        }
    });
    let parts: Vec<Part> = parts.collect();
    let any = |verdict| parts.iter().any(|part| part.verdict == verdict);
    let covers = if any(Verdict::Unmet) {
        Covers::None
    } else if any(Verdict::Partly) || any(Verdict::Unknown) {
        Covers::Partial
    } else {
        Covers::Full
    };
    let fit = parts.iter().map(|part| part.points).sum();
    Cover { run: RunSeen::from(offer), covers, fit, parts, miles }
}

fn level(asked: &Asked<'_>, offer: &Offer<'_>) -> Finding {
    let span = |from: Option<i32>, to: Option<i32>| from.or(to).zip(to.or(from));
    let Some((from, to)) = span(asked.need.level_from, asked.need.level_to) else {
        return Finding::met("The need asks for no level.");
    };
    let Some((low, high)) = span(offer.course.level_from, offer.course.level_to) else {
        let change = format!("Ask {} for its level.", offer.provider.name);
        return Finding::unknown("Its level is not recorded.").changed_by(change);
    };
    let (wanted, taught) = (levels(from, to), levels(low, high));
    if low <= to && from <= high {
        Finding::met(format!("It is taught at {taught}; {wanted} is asked for."))
    } else {
        Finding::unmet(format!("It is taught at {taught}, but {wanted} is asked for."))
            .changed_by(format!("A course at {wanted}."))
    }
}

fn levels(from: i32, to: i32) -> String {
    let name = |level: i32| if level == 0 { "entry".to_owned() } else { level.to_string() };
    match (from, to) {
        (0, 0) => "entry level".to_owned(),
        (from, to) if from == to => format!("level {from}"),
        (from, to) => format!("levels {} to {}", name(from), name(to)),
    }
}

fn start_by(asked: &Asked<'_>, offer: &Offer<'_>, known: Known<'_>) -> Finding {
    let wanted = match asked.deadline {
        None => "A run to come.".to_owned(),
        Some(Deadline { day, .. }) => format!("A run that starts by {}.", in_words(day)),
    };
    let Some((_, run)) = offer.run else {
        return Finding::unmet("No run of it is planned, as far as is recorded.")
            .changed_by(wanted);
    };
    if !run.is_to_come(known.today) {
        let over = run.ends_on.filter(|last| *last < known.today);
        let text = match (over, run.starts_on) {
            (Some(last), _) => format!("It ended on {}.", in_words(last)),
            (None, Some(first)) => format!("It began on {}.", in_words(first)),
            (None, None) => "It is over.".to_owned(),
        };
        return Finding::unmet(text).changed_by(wanted);
    }
    let Some(first) = run.starts_on else {
        return Finding::met("It starts whenever a learner likes.");
    };
    let Some(Deadline { day, named }) = asked.deadline else {
        return Finding::met(format!("It starts on {}; the need names no day.", in_words(first)));
    };
    let by = if named { "the day asked for" } else { "the end of the time asked for" };
    let text =
        |how: &str| format!("It starts on {}, {how} {by}, {}.", in_words(first), in_words(day));
    let late = Days::new(u64::from(known.policy.scale.late_days));
    if first <= day {
        Finding::met(text("by"))
    } else if day.checked_add_days(late).is_some_and(|last| first <= last) {
        Finding::partly(text("a little after")).changed_by(wanted)
    } else {
        Finding::unmet(text("after")).changed_by(wanted)
    }
}

/// A day as it is written in a sentence.
pub(super) fn in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn mode(asked: &Asked<'_>, offer: &Offer<'_>) -> Finding {
    let wanted = &asked.need.details.modes;
    if wanted.is_empty() {
        return Finding::met("Any way of teaching is accepted.");
    }
    let mut names: Vec<String> = wanted.iter().map(|one| one.label().to_lowercase()).collect();
    names.sort();
    let names = names.join(" or ");
    let Some(taught) = offer.mode() else {
        let change = format!("Ask {} how it is taught.", offer.provider.name);
        return Finding::unknown("How it is taught is not recorded.").changed_by(change);
    };
    let label = taught.label().to_lowercase();
    if wanted.contains(&taught) {
        return Finding::met(format!("It is taught as asked for: {label}."));
    }
    let text = format!("It is taught {label}; asked for is {names}.");
    let halves = [Delivery::Classroom, Delivery::Online];
    let half = taught == Delivery::Blended && wanted.iter().any(|one| halves.contains(one));
    let found = if half { Finding::partly(text) } else { Finding::unmet(text) };
    found.changed_by(format!("Teaching {names}."))
}

fn cohort(asked: &Asked<'_>, offer: &Offer<'_>, known: Known<'_>) -> Finding {
    let (wanted, made_for) = (&asked.need.details.cohorts, &offer.course.cohorts);
    if made_for.is_empty() {
        return Finding::met("It is for everybody.");
    }
    let mut labels: Vec<&str> =
        made_for.iter().map(|one| known.vocabulary.cohort_label(one)).collect();
    labels.sort_unstable();
    let labels = labels.join(", ");
    if wanted.is_empty() {
        let text = format!("It is made for {labels} alone; the need is for everybody.");
        return Finding::partly(text).changed_by("A course for everybody.");
    }
    if wanted.iter().any(|one| made_for.contains(one)) {
        return Finding::met(format!("It is made for {labels}, whom the need is about."));
    }
    let text = format!("It is made for {labels}, and the need is about others.");
    Finding::unmet(text).changed_by("A course for everybody, or for the groups the need names.")
}

fn places(asked: &Asked<'_>, offer: &Offer<'_>) -> Finding {
    let wanted = asked.wanted();
    let enough = match asked.need.details.headcount {
        Some(_) => format!("A run with {} or more.", counted(wanted)),
        None => "A run with places.".to_owned(),
    };
    let Some((_, run)) = offer.run else {
        return Finding::unmet("Without a run there are no places.").changed_by(enough);
    };
    match run.places {
        None => Finding::unknown("How many places it has is not recorded.")
            .changed_by(format!("Ask {} how many places there are.", offer.provider.name)),
        Some(0) => Finding::unmet("It has no places left.").changed_by(enough),
        Some(places) if asked.need.details.headcount.is_none() => Finding::met(format!(
            "It has {}; the need does not say for how many people.",
            counted(places)
        )),
        Some(places) if places >= wanted => {
            Finding::met(format!("It has {}, which is enough.", counted(places)))
        }
        Some(places) => {
            let text = format!("It has {}; {wanted} are needed.", counted(places));
            Finding::partly(text).changed_by(enough)
        }
    }
}

/// A number of places in words.
pub(super) fn counted(places: i32) -> String {
    if places == 1 { "1 place".to_owned() } else { format!("{places} places") }
}
