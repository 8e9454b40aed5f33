//! What an employer said, and the three ways to answer.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::{
        Snapshot,
        upkeep::{Answer, Change, Said},
    },
    domain::register::{English, EnglishLevel, Posture, SelectionOffer, Stance},
    web::{
        pages::{
            fields::problems,
            layout::{Area, Page},
            parts::day,
            upkeep::said,
        },
        problem::Problem,
        query::Query,
    },
};

/// What is wrong, and with which field.
pub(super) type Fault = (String, String);

/// Conditions have at most so many characters.
const MOST_CONDITIONS: usize = 2_000;

/// Stances that an employer can choose.
const STANCES: [(Stance, &str); 4] = [
    (Stance::ActivelyRecruits, "We look for people from this group."),
    (Stance::Open, "We welcome people from this group."),
    (Stance::CaseByCase, "We look at each case."),
    (Stance::NotCurrently, "We do not hire from this group at present."),
];

const SKILLS: [(&str, &str); 3] =
    [("speaking", "Speaking and listening"), ("reading", "Reading"), ("writing", "Writing")];

/// The form as it was sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    action: Option<String>,
    stance: Option<String>,
    conditions: Option<String>,
    offers: Vec<String>,
    english: [Option<String>; 3],
}

impl Sent {
    /// Reads a form's body.
    pub fn read(body: &str) -> Result<Self, Problem> {
        let mut query = Query::read(body)?;
        Ok(Self {
            action: query.once("action"),
            stance: query.once("stance"),
            conditions: query.once("conditions"),
            offers: query.every("offers"),
            english: [query.once("speaking"), query.once("reading"), query.once("writing")],
        })
    }

    /// What was said already, as if it had been sent.
    fn of(body: &Posture) -> Self {
        let level = |level: Option<EnglishLevel>| level.map(|one| one.as_str().to_owned());
        let English { speaking, reading, writing } = body.english;
        Self {
            action: None,
            stance: Some(body.stance.as_str().to_owned()),
            conditions: body.conditions.clone(),
            offers: body.offers.iter().map(|offer| offer.as_str().to_owned()).collect(),
            english: [level(speaking), level(reading), level(writing)],
        }
    }

    /// The answer that is meant, or what is wrong.
    pub fn answer(&self) -> Result<Answer, Vec<Fault>> {
        match self.action.as_deref() {
            Some("confirm") => Ok(Answer::Confirm),
            Some("withdraw") => Ok(Answer::Withdraw),
            Some("change") => self.change().map(|change| Answer::Change(Box::new(change))),
            _ => Err(vec![("answer".to_owned(), "Choose one of the answers.".to_owned())]),
        }
    }

    fn change(&self) -> Result<Change, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault =
            |field: &str, message: &str| faults.push((field.to_owned(), message.to_owned()));
        let chosen = self.stance.as_deref().and_then(Stance::parse);
        let stance = chosen.filter(|one| STANCES.iter().any(|(known, _)| known == one));
        if stance.is_none() {
            fault("stance", "Choose where you stand.");
        }
        let text = self.conditions.as_deref().map(|text| text.trim().replace("\r\n", "\n"));
        let conditions = text.filter(|text| !text.is_empty());
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        if conditions
            .as_ref()
            .is_some_and(|text| text.chars().count() > MOST_CONDITIONS || text.contains(odd))
        {
            fault("conditions", "Write your conditions in at most 2,000 characters.");
        }
        let offers: Vec<SelectionOffer> =
            self.offers.iter().filter_map(|text| SelectionOffer::parse(text)).collect();
        if offers.len() < self.offers.len() {
            fault("offers", "Choose from the list of offers.");
        }
        let mut levels = [None; 3];
        for ((level, sent), (name, _)) in levels.iter_mut().zip(&self.english).zip(SKILLS) {
            *level = sent.as_deref().and_then(EnglishLevel::parse);
            if level.is_none() && sent.is_some() {
                fault(name, "Choose a level from the list.");
            }
        }
        let [speaking, reading, writing] = levels;
        match stance {
            Some(stance) if faults.is_empty() => {
                let english = English { speaking, reading, writing };
                Ok(Change { stance, conditions, offers, english })
            }
            _ => Err(faults),
        }
    }
}

/// The page: what was said, and how to answer.
pub(super) fn page(
    snapshot: &Snapshot,
    secret: &str,
    (open, today): (&Said, NaiveDate),
    sent: Option<(&Sent, &[Fault])>,
) -> Markup {
    let body = &open.posture.body;
    let cohort = snapshot.vocabulary().cohort_label(&body.cohort);
    let faults = sent.map_or(&[][..], |(_, faults)| faults);
    let filled = sent.filter(|(sent, _)| sent.action.as_deref() == Some("change"));
    let values = filled.map_or_else(|| Sent::of(body), |(sent, _)| sent.clone());
    let action = format!("/upkeep/{secret}");
    let heading = "Is this still right?";
    let content = html! {
        div.wrap {
            (problems(faults))
            h1 { (heading) }
            p.lead { "This is what " strong { (open.organisation) } " said about hiring: " strong { (cohort) } ". Caseworkers rely on it. One answer keeps it right." }
            (said::posture(snapshot, &open.posture, today))
            section #field_answer aria-labelledby="answer" {
                h2 id="answer" { "Your answer" }
                form action=(action) method="post" {
                    p { "Nothing has changed: we note that you stand by it today." }
                    button.button type="submit" name="action" value="confirm" { "Still right" }
                }
                details.answer open[filled.is_some()] {
                    summary { "Something has changed" }
                    form action=(action) method="post" novalidate {
                        (stances(&values))
                        (conditions(&values))
                        (offers(&values))
                        (english(&values))
                        button.button type="submit" name="action" value="change" { "Save the change" }
                    }
                }
                details.answer {
                    summary { "We no longer want to say this" }
                    form action=(action) method="post" {
                        p { "It is taken off the register. What was said stays in its history, as withdrawn by you." }
                        button.button.quiet type="submit" name="action" value="withdraw" { "Withdraw" }
                    }
                }
            }
            p.soft { "This link is yours alone, works once, and until " (day(open.expires_at.date())) ". What you told verified caseworkers about offences and disclosure is not shown here and stays as it is. Please do not write anything about a person." }
        }
    };
    let title = if faults.is_empty() { heading.to_owned() } else { format!("Error: {heading}") };
    Page::new(title, Area::Elsewhere)
        .without_seek()
        .fiction(open.posture.fictional)
        .render(&content)
}

fn stances(sent: &Sent) -> Markup {
    html! {
        fieldset.field #field_stance {
            legend { "Where do you stand?" }
            div.choices {
                @for (stance, meaning) in STANCES {
                    @let on = sent.stance.as_deref() == Some(stance.as_str());
                    div.choice {
                        input type="radio" id={ "stance_" (stance) } name="stance" value=(stance) checked[on];
                        label for={ "stance_" (stance) } { (stance.label()) span.hint { (meaning) } }
                    }
                }
            }
        }
    }
}

fn conditions(sent: &Sent) -> Markup {
    html! {
        div.field #field_conditions {
            label for="conditions" { "Are there conditions?" }
            p.hint id="conditions__hint" { "In your words. Leave it empty if there are none. Never about a person." }
            textarea id="conditions" name="conditions" rows="4" maxlength=(MOST_CONDITIONS) aria-describedby="conditions__hint" {
                (sent.conditions.as_deref().unwrap_or_default())
            }
        }
    }
}

fn offers(sent: &Sent) -> Markup {
    html! {
        fieldset.field #field_offers {
            legend { "What do you offer in choosing people?" }
            div.choices {
                @for offer in SelectionOffer::ALL {
                    @let on = sent.offers.iter().any(|one| one == offer.as_str());
                    div.choice {
                        input type="checkbox" id={ "offers_" (offer) } name="offers" value=(offer) checked[on];
                        label for={ "offers_" (offer) } { (offer.label()) }
                    }
                }
            }
        }
    }
}

fn english(sent: &Sent) -> Markup {
    html! {
        fieldset.field {
            legend { "How much English does the work really need?" }
            @for ((name, label), chosen) in SKILLS.into_iter().zip(&sent.english) {
                div.field id={ "field_" (name) } {
                    label for=(name) { (label) }
                    select id=(name) name=(name) {
                        option value="" { "Not stated" }
                        @for level in EnglishLevel::ALL {
                            option value=(level) selected[chosen.as_deref() == Some(level.as_str())] { (level.label()) }
                        }
                    }
                }
            }
        }
    }
}
