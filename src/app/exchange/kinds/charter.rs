//! The charter's versions and actions in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part},
        kinds::{Exchanged, Named, Thing, named},
        value::{Day, Flag, Line, Name, Prose, Trimmed},
    },
    domain::register::{CharterStance, FocusArea, KeptAction, KeptCharter},
};

fields! {
    KeptCharter {
        "charter" charter: Need(Name);
        "name" name: Need(Line(200));
        "summary" summary: Need(Prose(4000));
        "charter_version" version: Need(Line(80));
        "launched_on" launched_on: May(Day);
        "focus_areas" focus_areas: Many(part::<FocusArea>(), 50);
        "stances" stances: Many(part::<CharterStance>(), 50);
        "sources" sources: Many(Trimmed(20), 50);
        "note" note: May(Prose(2000));
    }
}

fields! {
    FocusArea {
        "slug" slug: Need(Name);
        "label" label: Need(Line(200));
    }
}

fields! {
    CharterStance {
        "slug" slug: Need(Name);
        "label" label: Need(Line(200));
        "meaning" meaning: Need(Line(1000));
    }
}

fields! {
    KeptAction {
        "code" code: Need(Trimmed(20));
        "stance" stance: Need(Name);
        "focus_area" focus_area: Need(Name);
        "label" label: Need(Line(200));
        "description" description: Need(Prose(4000));
        "help" help: Need(Prose(4000));
        "measurable" measurable: Else(Flag, false);
        "unit" unit: May(Line(80));
        "evidenced" evidenced: Else(Flag, false);
        "cohorts" cohorts: Many(Name, 20);
        "asked" asked: Many(Trimmed(120), 50);
        "sources" sources: Many(Trimmed(20), 50);
        "note" note: May(Prose(2000));
    }
}

impl Exchanged for KeptCharter {
    fn names(&self) -> Vec<Named<'_>> {
        cited(&self.sources)
    }
}

impl Exchanged for KeptAction {
    fn names(&self) -> Vec<Named<'_>> {
        cited(&self.sources)
    }
}

/// The sources that are named.
pub(super) fn cited(sources: &[String]) -> Vec<Named<'_>> {
    sources.iter().filter_map(|id| named("sources", Some(Thing::Source(id)))).collect()
}
