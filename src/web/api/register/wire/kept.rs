//! Values of the forms of what a partnership keeps.

use chrono::NaiveTime;
use utoipa::openapi::ObjectBuilder;

use super::{Refused, Wire, Written, short, unknown};
use crate::domain::register::{
    ActionState, Attendance, Capacity, Delivery, Horizon, NeedState, Priority, SchemeKind,
    StudyPattern, forum,
};

words_of_forms! {
    Horizon as HorizonWord, "horizon";
    Priority as PriorityWord, "priority";
    NeedState as NeedStateWord, "state of a need";
    Delivery as DeliveryWord, "way of teaching";
    StudyPattern as StudyPatternWord, "study pattern";
    Attendance as AttendanceWord, "attendance";
    SchemeKind as SchemeKindWord, "kind of scheme";
    Capacity as CapacityWord, "capacity";
    ActionState as ActionStateWord, "state of an action";
}

/// A time of day in a form, UK time.
pub type TimeOfDay = Wire<NaiveTime>;

impl Written for NaiveTime {
    const NAME: &'static str = "TimeOfDay";

    fn read(text: &str) -> Result<Self, Refused> {
        let message = "A time of day is written as 09:30.".to_owned();
        forum::time_of_day(text).ok_or(Refused { code: "time", message })
    }

    fn write(&self) -> String {
        self.format("%H:%M").to_string()
    }

    fn shape() -> ObjectBuilder {
        ObjectBuilder::new().pattern(Some("^([01][0-9]|2[0-3]):[0-5][0-9]$")).examples(["09:30"])
    }
}

fn figures(text: &str, least: usize, most: usize) -> Option<String> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

written_text!(
    /// A SOC 2020 unit group.
    SocCode as SocText, "pattern", "A SOC 2020 code has four digits, such as \"5434\".",
    |text| figures(text, 4, 4),
    ObjectBuilder::new().pattern(Some("^[0-9]{4}$")).examples(["5434"])
);

written_text!(
    /// A SIC 2007 code of any depth.
    Industry as IndustryText, "pattern",
    "A SIC 2007 code has two digits (a division) to five (a subclass), such as \"56\".",
    |text| figures(text, 2, 5),
    ObjectBuilder::new().pattern(Some("^[0-9]{2,5}$")).examples(["56"])
);

written_text!(
    /// The identifier of a source under `/sources`.
    SourceId as SourceText, "length", "A source's identifier has 1 to 20 characters.",
    |text| short(text, 20),
    ObjectBuilder::new().min_length(Some(1)).max_length(Some(20)).examples(["S12"])
);

written_text!(
    /// Words by which people ask for something.
    Asked as AskedText, "length", "Words asked for have 1 to 120 characters, in one line.",
    |text| short(text, 120),
    ObjectBuilder::new().min_length(Some(1)).max_length(Some(120)).examples(["kitchen work"])
);

written_text!(
    /// A county that is covered.
    Area as AreaText, "length", "An area has 1 to 80 characters, in one line.",
    |text| short(text, 80),
    ObjectBuilder::new().min_length(Some(1)).max_length(Some(80)).examples(["Oxfordshire"])
);
