//! Postures in files.

use crate::{
    app::exchange::{
        form::{Else, Many, May, Need, part, perhaps},
        kinds::{Exchanged, Named, Thing},
        value::{Day, Flag, Line, Name, Prose, whole},
        words::word,
    },
    domain::register::{DayRelease, Disclosure, English, OffencePosture, Posture},
};

fields! {
    Posture {
        "organisation" organisation: Need(Name);
        "cohort" cohort: Need(Name);
        "stance" stance: Need(word());
        "conditions" conditions: May(Prose(2000));
        "public" public: Else(Flag, false);
        "offers" offers: Many(word(), 8);
        "english" english: perhaps::<English>();
        "day_release" day_release: May(part::<DayRelease>());
        "review_by" review_by: May(Day);
        "offences" offences: May(part::<OffencePosture>());
        "disclosure" disclosure: May(part::<Disclosure>());
        "broker_note" broker_note: May(Prose(2000));
    }
}

fields! {
    English {
        "speaking" speaking: May(word());
        "reading" reading: May(word());
        "writing" writing: May(word());
    }
}

fields! {
    DayRelease {
        "accepts" accepts: Need(Flag);
        "has_agreement" has_agreement: May(Flag);
        "lead_time_weeks" lead_time_weeks: May(whole(0, 104));
        "travel_limit_miles" travel_limit_miles: May(whole(0, 500));
    }
}

fields! {
    OffencePosture {
        "stance" stance: Need(word());
        "groups" groups: Many(word(), 6);
        "note" note: May(Prose(1000));
    }
}

fields! {
    Disclosure {
        "timing" timing: May(word());
        "letter_needed" letter_needed: May(Flag);
        "unspent_only" unspent_only: May(Flag);
        "talk_to_role" talk_to_role: May(Line(120));
    }
}

impl Exchanged for Posture {
    fn names(&self) -> Vec<Named<'_>> {
        vec![Named { field: "organisation", thing: Thing::Organisation(&self.organisation) }]
    }
}
