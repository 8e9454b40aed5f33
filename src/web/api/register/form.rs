//! What every form of a record has: the fields that say who said it and when, and its
//! way into a draft and back.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};
use validator::Validate;

use crate::{
    app::{
        AppError, Snapshot,
        register::{Found, Subject},
    },
    domain::register::{Draft, Record, Statement},
    domain::slug::Slug,
    web::api::register::{answer::Shape, documents::Schemas},
};

/// The JSON form of a kind of record: what is sent to write one, and, with what is
/// read-only beside it, what is answered.
pub trait RecordForm:
    DeserializeOwned + Serialize + Validate + ToSchema + Clone + Send + 'static
{
    /// The kind's body.
    type Body: Subject;

    /// The draft that is meant.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] for a form that was not validated before.
    fn draft(self) -> Result<Draft<Self::Body>, AppError>;

    /// The form that would write this record.
    fn of(record: &Record<Self::Body>) -> Self;

    /// The public name it asks for.
    fn slug(&self) -> Option<&Slug>;

    /// A form that could be sent, for the documentation.
    fn example() -> Value;

    /// What answers of this kind have beside what all have: field, shape, meaning.
    const WORKED_OUT: &'static [(&'static str, Shape, &'static str)] = &[];

    /// Adds what is worked out from the facts and the day.
    fn work_out(_found: &Found<Self::Body>, _object: &mut Map<String, Value>) {}

    /// Adds what a snapshot has beside the record where it stands in a list.
    fn in_list(_: &Snapshot, _: &Found<Self::Body>, _: &mut Map<String, Value>) {}

    /// Adds what a snapshot has beside the record where it is shown alone.
    fn beside(_: &Snapshot, _: &Found<Self::Body>, _: &mut Map<String, Value>) {}

    /// The schemas of what stands beside the record.
    fn schemas_beside(_all: &mut Schemas) {}

    /// Takes over from the record as it is what only coordinators say, and what a sender
    /// who is none left out.
    fn inherit(&mut self, _old: &Record<Self::Body>) {}

    /// The names of its fields.
    fn field_names() -> Vec<String> {
        let RefOr::T(Schema::Object(object)) = Self::schema() else { return Vec::new() };
        object.properties.into_keys().filter(|name| name != "confirm_new").collect()
    }

    /// Whether the sender knows of similar records and means a new one.
    fn confirms_new(&self) -> bool {
        false
    }
}

/// The part of a draft that all kinds share.
#[derive(Debug)]
pub struct Head {
    /// Public name.
    pub slug: Option<Slug>,
    /// Who says it.
    pub said: Statement,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
}

impl Head {
    /// A draft with this head.
    pub fn with<T>(self, body: T) -> Draft<T> {
        Draft { slug: self.slug, said: self.said, fictional: self.fictional, body }
    }
}

/// Declares the form of a kind: its own fields, and the fields of all.
macro_rules! record_form {
    ($(#[$about:meta])* $form:ident { $($fields:tt)* }) => {
        $(#[$about])*
        #[derive(
            Debug, Clone, Default, serde::Serialize, serde::Deserialize, validator::Validate,
            utoipa::ToSchema,
        )]
        #[serde(deny_unknown_fields)]
        pub struct $form {
            /// Public name, the key in addresses; made from the record if there is none.
            /// It cannot be changed later.
            #[validate(nested)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub slug: Option<$crate::web::api::register::wire::Name>,
            /// On whose word it rests.
            #[validate(nested)]
            pub voice: $crate::web::api::register::wire::VoiceWord,
            /// The role of who said it, such as `HR manager`; never a person's name.
            #[validate(
                length(min = 1, max = 120),
                custom(function = "crate::web::api::register::text::line")
            )]
            #[schema(min_length = 1, max_length = 120)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub stated_by: Option<String>,
            /// The day it was said.
            #[validate(nested)]
            pub stated_on: $crate::web::api::register::wire::Day,
            /// The last day it counts, where that is known.
            #[validate(nested)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub until: Option<$crate::web::api::register::wire::Day>,
            /// Where it can be read: an address, or a sentence.
            #[validate(
                length(min = 1, max = 500),
                custom(function = "crate::web::api::register::text::line")
            )]
            #[schema(min_length = 1, max_length = 500)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub source: Option<String>,
            /// Present, and true, only for what was invented for a demonstration.
            #[serde(default, skip_serializing_if = "crate::web::api::search_body::is_false")]
            pub fictional: bool,
            $($fields)*
        }

        impl $form {
            /// The part of the draft that all kinds share.
            fn head(&self) -> Result<$crate::web::api::register::form::Head, crate::app::AppError> {
                use $crate::web::api::register::wire;
                Ok($crate::web::api::register::form::Head {
                    slug: wire::optional(self.slug.clone())?,
                    said: crate::domain::register::Statement {
                        voice: self.voice.clone().value()?,
                        by: self.stated_by.clone(),
                        on: self.stated_on.clone().value()?,
                        until: wire::optional(self.until.clone())?,
                        source: self.source.clone(),
                    },
                    fictional: self.fictional,
                })
            }

            /// A form with the head of a record, and nothing else yet.
            fn headed<T>(record: &crate::domain::register::Record<T>) -> Self {
                Self {
                    slug: Some(record.slug.clone().into()),
                    voice: record.said.voice.into(),
                    stated_by: record.said.by.clone(),
                    stated_on: record.said.on.into(),
                    until: record.said.until.map(Into::into),
                    source: record.said.source.clone(),
                    fictional: record.fictional,
                    ..Self::default()
                }
            }
        }
    };
}

/// The public name that a form of [`record_form!`] asks for.
macro_rules! asked_slug {
    () => {
        fn slug(&self) -> Option<&crate::domain::slug::Slug> {
            match &self.slug {
                Some($crate::web::api::register::wire::Wire::Read(slug)) => Some(slug),
                _ => None,
            }
        }
    };
}
