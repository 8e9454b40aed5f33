//! Courses in files, with their venues and runs.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Figures, Flag, Line, Name, Postcode, Prose, Trimmed, WebAddress, whole},
        words::word,
    },
    domain::register::{CourseRun, CourseVenue, KeptCourse},
};

fields! {
    KeptCourse {
        "provider" provider: Need(Name);
        "title" title: Need(Line(200));
        "course_type" course_type: Need(Name);
        "summary" summary: Need(Prose(4000));
        "delivery" delivery: May(word());
        "sectors" sectors: Many(Name, 20);
        "soc" soc: Many(Figures(4, 4, "SOC 2020"), 20);
        "coding" coding: May(Line(200));
        "level_from" level_from: May(whole(0, 8));
        "level_to" level_to: May(whole(0, 8));
        "cohorts" cohorts: Many(Name, 20);
        "entry_requirements" entry_requirements: May(Prose(2000));
        "link" url: May(WebAddress);
        "venues" venues: Many(part::<CourseVenue>(), 50);
        "runs" runs: Many(part::<CourseRun>(), 200);
        "asked" asked: Many(Trimmed(120), 50);
        "sources" sources: Many(Trimmed(20), 20);
        "note" note: May(Prose(1000));
    }
}

fields! {
    CourseVenue {
        "label" label: Need(Line(120));
        "postcode" postcode: May(Postcode);
        "town" town: May(Line(120));
    }
}

fields! {
    CourseRun {
        "starts_on" starts_on: May(Day);
        "flexible_start" flexible_start: Else(Flag, false);
        "ends_on" ends_on: May(Day);
        "venue" venue: May(Line(120));
        "mode" mode: May(word());
        "study_pattern" study_pattern: May(word());
        "attendance" attendance: May(word());
        "cost_pence" cost_pence: May(whole(0, 100_000_000));
        "funding" funding: May(Line(200));
        "places" places: May(whole(1, 10_000));
    }
}

impl Exchanged for KeptCourse {
    fn names(&self) -> Vec<Named<'_>> {
        let own = [
            named("provider", Some(Thing::Provider(&self.provider))),
            named("course_type", Some(Thing::CourseType(&self.course_type))),
        ];
        let sources = self.sources.iter().map(|id| Some(Thing::Source(id)));
        let sources = sources.filter_map(|source| named("sources", source));
        own.into_iter().flatten().chain(sources).collect()
    }
}
