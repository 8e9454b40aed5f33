//! Organisations: what is sent and answered.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::AppError,
    domain::register::{
        ContactRoute, Draft, Organisation, Publication, Recognition, Record, Site, rules,
    },
    web::api::register::{
        form::RecordForm,
        text::{line, number, prose, scheme, unique, web_address},
        wire::{
            Alias, AliasText, AudienceWord, ChannelWord, CheckResultWord, Day, Name,
            OrganisationKindWord, Postcode, PostcodeText, PublicationWord, SicCode, SicText,
            SizeBandWord, Wire, every, list, optional,
        },
    },
};

record_form! {
    /// An organisation: what it is, where it is, how it is reached, what it holds.
    OrganisationForm {
        /// Name as it is written.
        #[validate(
            length(min = 1, max = 200),
            custom(function = "line")
        )]
        #[schema(min_length = 1, max_length = 200)]
        pub name: String,
        /// Other names it is known by.
        #[validate(
            length(max = 20),
            custom(function = "unique"),
            nested
        )]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub aliases: Vec<AliasText>,
        /// What kind it is.
        #[validate(nested)]
        pub kind: OrganisationKindWord,
        /// The sector it reports under; a value of `sectors` in the vocabulary.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sector: Option<Name>,
        /// SIC 2007 codes.
        #[validate(
            length(max = 10),
            custom(function = "unique"),
            nested
        )]
        #[schema(max_items = 10)]
        #[serde(default)]
        pub sic: Vec<SicText>,
        /// How many people it employs.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub size_band: Option<SizeBandWord>,
        /// Whether it is one of the county's anchor organisations; absent is not known.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub anchor: Option<bool>,
        /// What it does, in its words.
        #[validate(
            length(min = 1, max = 4000),
            custom(function = "prose")
        )]
        #[schema(min_length = 1, max_length = 4000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// Its own site.
        #[validate(
            length(min = 1, max = 500),
            custom(function = "web_address")
        )]
        #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub website: Option<String>,
        /// Whether it is shown; a draft unless said. For coordinators.
        #[validate(nested)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub publication: Option<PublicationWord>,
        /// It asked not to be contacted: its contacts are shown to nobody else.
        #[serde(default)]
        pub do_not_contact: bool,
        /// Its numbers in public registers; no two organisations have the same.
        #[validate(length(max = 20), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub identifiers: Vec<IdentifierForm>,
        /// Where it works.
        #[validate(length(max = 100), nested)]
        #[schema(max_items = 100)]
        #[serde(default)]
        pub sites: Vec<SiteForm>,
        /// How it is reached.
        #[validate(length(max = 20), nested)]
        #[schema(max_items = 20)]
        #[serde(default)]
        pub contacts: Vec<ContactForm>,
        /// What it holds from others' schemes.
        #[validate(length(max = 50), nested)]
        #[schema(max_items = 50)]
        #[serde(default)]
        pub recognitions: Vec<RecognitionForm>,
        /// That the sender knows of organisations with a similar name, and means
        /// another. Only heeded on creation, and never answered.
        #[serde(default, skip_serializing)]
        #[schema(write_only)]
        pub confirm_new: bool,
    }
}

/// A number in a public register.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentifierForm {
    /// The register, by its org-id code, such as `GB-COH`.
    #[validate(length(min = 1, max = 20), custom(function = "scheme"))]
    #[schema(min_length = 1, max_length = 20, pattern = "^[A-Za-z0-9-]+$", example = "GB-COH")]
    pub scheme: String,
    /// The number there.
    #[validate(length(min = 1, max = 40), custom(function = "number"))]
    #[schema(
        min_length = 1,
        max_length = 40,
        pattern = "^[A-Za-z0-9./ -]*[A-Za-z0-9][A-Za-z0-9./ -]*$",
        example = "01234567"
    )]
    pub id: String,
}

/// A place where it works.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteForm {
    /// Name within the organisation.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    pub label: String,
    /// Street and house, as far as public.
    #[validate(length(min = 1, max = 500), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 500)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Postcode of the premises, or its outward code.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<PostcodeText>,
    /// Town.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub town: Option<String>,
    /// Local authority district.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// How to get there, and when one cannot.
    #[validate(length(min = 1, max = 1000), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport_note: Option<String>,
}

/// How to reach it, by role.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    /// Who may see it.
    #[validate(nested)]
    pub audience: AudienceWord,
    /// The role that answers, such as `Recruitment desk`; never a person's name.
    #[validate(length(min = 1, max = 120), custom(function = "line"))]
    #[schema(min_length = 1, max_length = 120)]
    pub role_title: String,
    /// The way.
    #[validate(nested)]
    pub channel: ChannelWord,
    /// The address or number.
    #[validate(length(min = 1, max = 500), custom(function = "prose"))]
    #[schema(min_length = 1, max_length = 500)]
    pub value: String,
    /// The day it was last tried.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_on: Option<Day>,
    /// How many days that holds.
    #[validate(range(min = 1, max = 3650))]
    #[schema(minimum = 1, maximum = 3650)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_after_days: Option<i32>,
}

/// A badge, award or accreditation it holds.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecognitionForm {
    /// The scheme, of those under `/schemes`.
    #[validate(nested)]
    pub scheme: Name,
    /// The level, where the scheme has levels.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Name>,
    /// The day it was given.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_on: Option<Day>,
    /// The last day it holds.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Day>,
    /// Where it can be seen.
    #[validate(length(min = 1, max = 500), custom(function = "web_address"))]
    #[schema(min_length = 1, max_length = 500, pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_url: Option<String>,
    /// The day somebody looked it up in the scheme's own list.
    #[validate(nested)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_checked_on: Option<Day>,
    /// What was found.
    #[validate(nested)]
    pub check: CheckResultWord,
}

impl RecordForm for OrganisationForm {
    type Body = Organisation;

    fn draft(self) -> Result<Draft<Organisation>, AppError> {
        let head = self.head()?;
        let numbers = self.identifiers.iter();
        let body = Organisation {
            name: self.name.trim().to_owned(),
            aliases: every(self.aliases)?.into_iter().map(|alias| alias.0).collect(),
            kind: self.kind.value()?,
            sector: optional(self.sector)?,
            sic: every(self.sic)?.into_iter().map(|code| code.0).collect(),
            size_band: optional(self.size_band)?,
            anchor: self.anchor,
            description: self.description,
            website: self.website,
            publication: optional(self.publication)?.unwrap_or(Publication::Draft),
            do_not_contact: self.do_not_contact,
            identifiers: numbers.map(|one| rules::identifier(&one.scheme, &one.id)).collect(),
            sites: self.sites.into_iter().map(SiteForm::value).collect::<Result<_, _>>()?,
            contacts: self
                .contacts
                .into_iter()
                .map(ContactForm::value)
                .collect::<Result<_, _>>()?,
            recognitions: self
                .recognitions
                .into_iter()
                .map(RecognitionForm::value)
                .collect::<Result<_, _>>()?,
        };
        Ok(head.with(body))
    }

    fn of(record: &Record<Organisation>) -> Self {
        let body = &record.body;
        let numbers = body.identifiers.iter();
        Self {
            name: body.name.clone(),
            aliases: body.aliases.iter().cloned().map(|name| Wire::Read(Alias(name))).collect(),
            kind: body.kind.into(),
            sector: body.sector.clone().map(Into::into),
            sic: list(&body.sic.iter().cloned().map(SicCode).collect::<Vec<_>>()),
            size_band: body.size_band.map(Into::into),
            anchor: body.anchor,
            description: body.description.clone(),
            website: body.website.clone(),
            publication: Some(body.publication.into()),
            do_not_contact: body.do_not_contact,
            identifiers: numbers
                .map(|one| IdentifierForm { scheme: one.scheme.clone(), id: one.id.clone() })
                .collect(),
            sites: body.sites.iter().map(SiteForm::of).collect(),
            contacts: body.contacts.iter().map(ContactForm::of).collect(),
            recognitions: body.recognitions.iter().map(RecognitionForm::of).collect(),
            ..Self::headed(record)
        }
    }

    asked_slug!();

    fn example() -> Value {
        json!({
            "voice": "organisation", "stated_by": "HR manager", "stated_on": "2026-10-01",
            "slug": "brook-bakery", "name": "Brook Bakery (fictional)", "kind": "employer", "sector": "hospitality",
            "size_band": "small", "publication": "published", "fictional": true,
            "identifiers": [{"scheme": "GB-COH", "id": "01234567"}],
            "sites": [{"label": "Bakery", "postcode": "OX16 5QA", "town": "Banbury",
                "district": "Cherwell"}],
            "contacts": [{"audience": "public", "role_title": "Recruitment desk",
                "channel": "email", "value": "jobs@brook-bakery.example"}],
            "recognitions": [{"scheme": "disability-confident", "level": "1",
                "check": "unchecked"}]
        })
    }

    fn inherit(&mut self, old: &Record<Organisation>) {
        self.publication = self.publication.take().or(Some(old.body.publication.into()));
    }

    fn confirms_new(&self) -> bool {
        self.confirm_new
    }
}

impl SiteForm {
    fn value(self) -> Result<Site, AppError> {
        Ok(Site {
            label: self.label.trim().to_owned(),
            address: self.address,
            postcode: optional(self.postcode)?.map(|code| code.0),
            town: self.town,
            district: self.district,
            transport_note: self.transport_note,
        })
    }

    fn of(site: &Site) -> Self {
        Self {
            label: site.label.clone(),
            address: site.address.clone(),
            postcode: site.postcode.clone().map(|code| Postcode(code).into()),
            town: site.town.clone(),
            district: site.district.clone(),
            transport_note: site.transport_note.clone(),
        }
    }
}

impl ContactForm {
    fn value(self) -> Result<ContactRoute, AppError> {
        Ok(ContactRoute {
            audience: self.audience.value()?,
            role_title: self.role_title,
            channel: self.channel.value()?,
            value: self.value,
            verified_on: optional(self.verified_on)?,
            expires_after_days: self.expires_after_days,
        })
    }

    fn of(contact: &ContactRoute) -> Self {
        Self {
            audience: contact.audience.into(),
            role_title: contact.role_title.clone(),
            channel: contact.channel.into(),
            value: contact.value.clone(),
            verified_on: contact.verified_on.map(Into::into),
            expires_after_days: contact.expires_after_days,
        }
    }
}

impl RecognitionForm {
    fn value(self) -> Result<Recognition, AppError> {
        Ok(Recognition {
            scheme: self.scheme.value()?,
            level: optional(self.level)?,
            awarded_on: optional(self.awarded_on)?,
            expires_on: optional(self.expires_on)?,
            evidence_url: self.evidence_url,
            last_checked_on: optional(self.last_checked_on)?,
            check: self.check.value()?,
        })
    }

    fn of(held: &Recognition) -> Self {
        Self {
            scheme: held.scheme.clone().into(),
            level: held.level.clone().map(Into::into),
            awarded_on: held.awarded_on.map(Into::into),
            expires_on: held.expires_on.map(Into::into),
            evidence_url: held.evidence_url.clone(),
            last_checked_on: held.last_checked_on.map(Into::into),
            check: held.check.into(),
        }
    }
}
