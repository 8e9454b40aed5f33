//! Values of forms that are more than text: words of closed lists, dates, times, names,
//! postcodes. Each is read once, says what is wrong with it, and has one schema.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat,
        schema::{SchemaType, Type},
    },
};
use validator::{Validate, ValidationError, ValidationErrors};

use crate::{
    app::{AppError, guidance},
    domain::{
        place::place_name,
        queue::QueueAction,
        register::{
            Audience, Base, Channel, CheckResult, Commitment, Contract, DbsLevel, DisclosureTiming,
            EnglishLevel, EventKind, Hours, IntroductionKind, IntroductionState, OffenceGroup,
            OffenceStance, OrganisationKind, Pattern, PayPeriod, Permission, Progress, Publication,
            SelectionOffer, Stance, Voice, WorkType, rules,
        },
        size_band::SizeBand,
        slug::Slug,
        upkeep::ReportReason,
    },
};

/// What a text of a form can be read as.
pub trait Written: Sized + Clone {
    /// Its name among the schemas.
    const NAME: &'static str;

    /// Reads it.
    fn read(text: &str) -> Result<Self, Refused>;

    /// Writes it, so that it can be read again.
    fn write(&self) -> String;

    /// What the text looks like.
    fn shape() -> ObjectBuilder;
}

/// Why a text cannot be read as what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    code: &'static str,
    message: String,
}

/// A value of a form: read, or refused with the reason.
///
/// A form with a refused value does not pass its validation, so that all faults are
/// told at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Wire<T> {
    /// As it is meant.
    Read(T),
    /// Refused.
    Wrong(Refused),
}

impl<T> Wire<T> {
    /// The value.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a refused one: of a form that was not validated.
    pub fn value(self) -> Result<T, AppError> {
        match self {
            Self::Read(value) => Ok(value),
            Self::Wrong(why) => Err(AppError::refused("", why.code, why.message)),
        }
    }
}

/// The value of an optional field.
pub fn optional<T>(field: Option<Wire<T>>) -> Result<Option<T>, AppError> {
    field.map(Wire::value).transpose()
}

/// The values of a list.
pub fn every<T>(list: Vec<Wire<T>>) -> Result<Vec<T>, AppError> {
    list.into_iter().map(Wire::value).collect()
}

/// Values as a list of a form.
pub fn list<T: Clone>(values: &[T]) -> Vec<Wire<T>> {
    values.iter().cloned().map(Wire::Read).collect()
}

impl<T> From<T> for Wire<T> {
    fn from(value: T) -> Self {
        Self::Read(value)
    }
}

impl<T> Default for Wire<T> {
    /// A value that is missing.
    fn default() -> Self {
        Self::Wrong(Refused { code: "missing", message: "A value is missing.".to_owned() })
    }
}

impl<'de, T: Written> Deserialize<'de> for Wire<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(T::read(&text).map_or_else(Self::Wrong, Self::Read))
    }
}

impl<T: Written> Serialize for Wire<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Read(value) => serializer.serialize_str(&value.write()),
            Self::Wrong(_) => serializer.serialize_str(""),
        }
    }
}

impl<T> Validate for Wire<T> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let Self::Wrong(why) = self else { return Ok(()) };
        let mut errors = ValidationErrors::new();
        // The field's own name stands one step above.
        errors.add("", ValidationError::new(why.code).with_message(why.message.clone().into()));
        Err(errors)
    }
}

impl<T: Written> PartialSchema for Wire<T> {
    fn schema() -> RefOr<Schema> {
        let text = T::shape().schema_type(SchemaType::Type(Type::String));
        RefOr::T(Schema::Object(text.build()))
    }
}

impl<T: Written> ToSchema for Wire<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }
}

/// Words of closed lists as values of forms.
macro_rules! words_of_forms {
    ($($list:ident as $field:ident, $noun:literal;)+) => {$(
        #[doc = concat!("A ", $noun, " in a form.")]
        pub type $field = Wire<$list>;

        impl Written for $list {
            const NAME: &'static str = stringify!($list);

            fn read(text: &str) -> Result<Self, Refused> {
                let known = Self::ALL.iter().map(|word| word.as_str());
                Self::parse(text).ok_or_else(|| unknown($noun, text, known))
            }

            fn write(&self) -> String {
                self.as_str().to_owned()
            }

            fn shape() -> ObjectBuilder {
                let words = || Self::ALL.iter();
                let meanings = words().map(|word| format!("`{word}`: {}", word.label()));
                let about = meanings.collect::<Vec<_>>().join("; ");
                ObjectBuilder::new()
                    .enum_values(Some(words().map(|word| word.as_str())))
                    .description(Some(about))
            }
        }
    )+};
}

words_of_forms! {
    OrganisationKind as OrganisationKindWord, "kind of organisation";
    Publication as PublicationWord, "publication state";
    SizeBand as SizeBandWord, "size band";
    Channel as ChannelWord, "channel";
    CheckResult as CheckResultWord, "result of a check";
    Audience as AudienceWord, "audience";
    Voice as VoiceWord, "voice";
    Commitment as CommitmentWord, "commitment";
    Progress as ProgressWord, "progress";
    Stance as StanceWord, "stance";
    SelectionOffer as SelectionOfferWord, "selection offer";
    EnglishLevel as EnglishLevelWord, "level of English";
    DisclosureTiming as DisclosureTimingWord, "time of disclosure";
    OffenceStance as OffenceStanceWord, "stance on offences";
    OffenceGroup as OffenceGroupWord, "group of offences";
    WorkType as WorkTypeWord, "type of work";
    Pattern as PatternWord, "pattern";
    Hours as HoursWord, "value for hours";
    Contract as ContractWord, "contract";
    Base as BaseWord, "base";
    DbsLevel as DbsLevelWord, "level of DBS check";
    PayPeriod as PayPeriodWord, "pay period";
    EventKind as EventKindWord, "kind of event";
    Permission as PermissionWord, "permission";
    IntroductionKind as IntroductionKindWord, "kind of introduction";
    IntroductionState as IntroductionStateWord, "state of an introduction";
    QueueAction as QueueActionWord, "action";
    ReportReason as ReportReasonWord, "reason to report";
}

fn unknown<'a>(noun: &str, text: &str, known: impl Iterator<Item = &'a str>) -> Refused {
    let near = guidance::nearest(text, known);
    let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
    Refused { code: "unknown-value", message: format!("There is no such {noun}.{hint}") }
}

/// A public name in a form.
pub type Name = Wire<Slug>;

impl Written for Slug {
    const NAME: &'static str = "Slug";

    fn read(text: &str) -> Result<Self, Refused> {
        let message = "A name is 1 to 80 characters of a-z, 0-9 and inner hyphens.".to_owned();
        Self::parse(text).map_err(|_not_a_slug| Refused { code: "pattern", message })
    }

    fn write(&self) -> String {
        self.to_string()
    }

    fn shape() -> ObjectBuilder {
        ObjectBuilder::new()
            .min_length(Some(1))
            .max_length(Some(80))
            .pattern(Some("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"))
            .examples(["brook-bakery"])
    }
}

/// A day in a form.
pub type Day = Wire<NaiveDate>;

impl Written for NaiveDate {
    const NAME: &'static str = "Day";

    fn read(text: &str) -> Result<Self, Refused> {
        let whole = text.len() == 10 && text.is_ascii();
        let day = Self::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| whole);
        let message = "A date is written as 2027-03-01, from 1900 to 2199.".to_owned();
        day.filter(|day| within(*day)).ok_or(Refused { code: "date", message })
    }

    fn write(&self) -> String {
        self.to_string()
    }

    fn shape() -> ObjectBuilder {
        ObjectBuilder::new()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .examples(["2026-11-23"])
    }
}

fn within(day: NaiveDate) -> bool {
    (1900..=2199).contains(&chrono::Datelike::year(&day))
}

/// A time in a form, UTC.
pub type Moment = Wire<NaiveDateTime>;

impl Written for NaiveDateTime {
    const NAME: &'static str = "Moment";

    fn read(text: &str) -> Result<Self, Refused> {
        let time = chrono::DateTime::parse_from_rfc3339(text).ok();
        let time = time.map(|time| time.naive_utc().trunc_subsecs(0));
        let message = "A time is written as 2027-03-01T09:30:00Z, from 1900 to 2199.".to_owned();
        time.filter(|time| within(time.date())).ok_or(Refused { code: "time", message })
    }

    fn write(&self) -> String {
        self.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    fn shape() -> ObjectBuilder {
        ObjectBuilder::new()
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .examples(["2026-11-23T09:30:00Z"])
    }
}

/// Declares a text with a written form of its own.
macro_rules! written_text {
    ($(#[$about:meta])* $name:ident as $field:ident, $code:literal, $message:literal,
        |$text:ident| $read:expr, $shape:expr) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub String);

        #[doc = concat!("The same in a form: [`", stringify!($name), "`].")]
        pub type $field = Wire<$name>;

        impl Written for $name {
            const NAME: &'static str = stringify!($name);

            fn read($text: &str) -> Result<Self, Refused> {
                let read: Option<String> = $read;
                let refused = || Refused { code: $code, message: $message.to_owned() };
                read.map(Self).ok_or_else(refused)
            }

            fn write(&self) -> String {
                self.0.clone()
            }

            fn shape() -> ObjectBuilder {
                $shape
            }
        }
    };
}

written_text!(
    /// A postcode or an outward code.
    Postcode as PostcodeText, "pattern",
    "A postcode is written as \"OX16 5QA\", or its first half, \"OX16\".",
    |text| rules::postcode(text),
    ObjectBuilder::new()
        .pattern(Some("^[A-Za-z]{1,2}[0-9][A-Za-z0-9]?( ?[0-9][A-Za-z]{2})?$"))
        .min_length(Some(2))
        .max_length(Some(8))
        .examples(["OX16 5QA"])
);

written_text!(
    /// An outward code, a town or a district; a whole postcode is cut to its outward code.
    PlaceName as PlaceText, "pattern",
    "A place is an outward code such as \"OX16\", a town or a district.",
    |text| place_name(text),
    ObjectBuilder::new()
        .pattern(Some(
            "^ *([A-Za-z]{1,2}[0-9][A-Za-z0-9]?( ?[0-9][A-Za-z]{2})?\
             |[\\p{Alphabetic} '’.&()-]*\\p{Alphabetic}[\\p{Alphabetic} '’.&()-]*) *$",
        ))
        .min_length(Some(1))
        .max_length(Some(80))
        .examples(["OX16"])
);

written_text!(
    /// A SIC 2007 code.
    SicCode as SicText, "pattern", "A SIC 2007 code has five digits, such as \"01110\".",
    |text| (text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned()),
    ObjectBuilder::new().pattern(Some("^[0-9]{5}$")).examples(["56101"])
);

written_text!(
    /// Another name of an organisation.
    Alias as AliasText, "length", "A name has 1 to 200 characters, in one line.",
    |text| short(text, 200),
    ObjectBuilder::new().min_length(Some(1)).max_length(Some(200)).examples(["Brook's"])
);

written_text!(
    /// A licence or card that work needs.
    Licence as LicenceText, "length", "A licence has 1 to 120 characters, in one line.",
    |text| short(text, 120),
    ObjectBuilder::new().min_length(Some(1)).max_length(Some(120)).examples(["CSCS"])
);

fn short(text: &str, most: usize) -> Option<String> {
    let fits = (1..=most).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let text = text.trim();
    (fits && !text.is_empty()).then(|| text.to_owned())
}

// After the macros that it uses.
mod kept;

pub use kept::*;
