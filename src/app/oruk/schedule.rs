//! Runs of a course as schedules and costs.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::{
    oruk::id,
    register::{Attendance, Course, CourseRun, Delivery, StudyPattern},
};

/// Whether a course can still be begun on a day: where nothing is known of its runs, as far
/// as anybody knows.
pub fn is_open(course: &Course, today: NaiveDate) -> bool {
    let runs = &course.details.runs;
    runs.is_empty() || runs.iter().any(|run| run.is_to_come(today))
}

/// Its runs to come.
pub fn schedules(service: &str, course: &Course, today: NaiveDate) -> Vec<Value> {
    let runs = course.details.runs.iter().enumerate().filter(|(_, run)| run.is_to_come(today));
    let schedule = |(nth, run): (usize, &CourseRun)| {
        let words = [
            run.flexible_start.then_some("Starts at any time"),
            run.study_pattern.map(StudyPattern::label),
            run.attendance.map(Attendance::label),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let weekend = run.attendance == Some(Attendance::Weekend);
        json!({
            "id": id("schedule", &[service, &nth.to_string()]), "service_id": service,
            "dtstart": run.starts_on.map(|day| day.to_string()),
            "valid_from": run.starts_on.map(|day| day.to_string()),
            "valid_to": run.ends_on.map(|day| day.to_string()),
            "freq": weekend.then_some("WEEKLY"),
            "byday": weekend.then_some("SA,SU"),
            "description": words.join(". "),
            "attending_type": run.mode.or(course.details.delivery).map(Delivery::label),
            "notes": run.venue,
        })
    };
    runs.map(schedule).collect()
}

/// What its runs to come cost, one by one and in words.
pub fn costs(service: &str, course: &Course, today: NaiveDate) -> (Vec<Value>, Option<String>) {
    let runs = course.details.runs.iter().enumerate().filter(|(_, run)| run.is_to_come(today));
    let mut words: Vec<String> = Vec::new();
    let mut options = Vec::new();
    for (nth, run) in runs {
        let Some(pence) = run.cost_pence else { continue };
        let word = if pence == 0 { "Free".to_owned() } else { pounds(pence) };
        if !words.contains(&word) {
            words.push(word);
        }
        #[allow(clippy::cast_precision_loss, reason = "a price in pounds, far below 2^53 pence")]
        let amount = pence as f64 / 100.0;
        let option = run.starts_on.map_or("Any start".to_owned(), |day| format!("Start {day}"));
        options.push(json!({
            "id": id("cost_option", &[service, &nth.to_string()]), "service_id": service,
            "option": option, "amount": amount, "amount_description": "What a learner pays",
        }));
    }
    (options, (!words.is_empty()).then(|| words.join(" or ")))
}

/// Who else pays for its runs to come.
pub fn funding(service: &str, course: &Course, today: NaiveDate) -> Vec<Value> {
    let runs = course.details.runs.iter().filter(|run| run.is_to_come(today));
    let mut told: Vec<&str> = runs.filter_map(|run| run.funding.as_deref()).collect();
    told.sort_unstable();
    told.dedup();
    let source = |words: &str| json!({"id": id("funding", &[service, words]), "service_id": service, "source": words});
    told.into_iter().map(source).collect()
}

fn pounds(pence: i64) -> String {
    match pence % 100 {
        0 => format!("£{}", pence / 100),
        rest => format!("£{}.{rest:02}", pence / 100),
    }
}
