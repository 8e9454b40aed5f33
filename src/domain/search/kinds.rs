//! What can be found, and by which properties results are filtered and counted.

use std::fmt;

/// What kind of thing a document or a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A section, template or checklist of a toolkit.
    Passage,
    /// Somebody else's guide.
    Library,
    /// An action of the charter.
    Action,
    /// A workforce development partnership.
    Partnership,
    /// A kind of course at a provider.
    Course,
    /// An organisation.
    Organisation,
    /// An event.
    Event,
    /// A case study.
    CaseStudy,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Passage,
        Self::Library,
        Self::Action,
        Self::Partnership,
        Self::Course,
        Self::Organisation,
        Self::Event,
        Self::CaseStudy,
    ];

    /// The name used in addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passage => "passage",
            Self::Library => "library",
            Self::Action => "action",
            Self::Partnership => "partnership",
            Self::Course => "course",
            Self::Organisation => "organisation",
            Self::Event => "event",
            Self::CaseStudy => "case-study",
        }
    }

    /// The words shown, for one or many.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Passage => "Our guidance",
            Self::Library => "Guides by others",
            Self::Action => "Charter actions",
            Self::Partnership => "Workforce partnerships",
            Self::Course => "Courses",
            Self::Organisation => "Organisations",
            Self::Event => "Events",
            Self::CaseStudy => "Case studies",
        }
    }

    /// The kind of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A property by which results are filtered and counted.
///
/// Its name is the name of the parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// What kind of thing it is.
    Kind,
    /// Whom it is about.
    Cohort,
    /// Where in the work of hiring it belongs.
    Stage,
    /// What it is about.
    Topic,
    /// Which toolkit it stands in.
    Toolkit,
    /// Guide, checklist, template …
    Format,
    /// How far it can be relied on.
    Status,
    /// The sector an organisation reports under.
    Sector,
    /// How many people it employs.
    Size,
    /// The local authority district it works in.
    District,
    /// The stance its pledges are made from.
    Stance,
    /// The charter's action it pledged.
    Action,
    /// Where its pledges stand.
    PledgeState,
    /// What it holds from others' schemes.
    Recognition,
    /// How long ago somebody stood by what is said.
    Freshness,
    /// Whether it has places now.
    HasPlaces,
}

impl Facet {
    /// Every facet, in the order shown.
    pub const ALL: [Self; 16] = [
        Self::Kind,
        Self::Cohort,
        Self::Stage,
        Self::Topic,
        Self::Toolkit,
        Self::Format,
        Self::Status,
        Self::Sector,
        Self::Size,
        Self::District,
        Self::Stance,
        Self::Action,
        Self::PledgeState,
        Self::Recognition,
        Self::Freshness,
        Self::HasPlaces,
    ];

    /// The name of the facet and of its parameter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Cohort => "cohort",
            Self::Stage => "stage",
            Self::Topic => "topic",
            Self::Toolkit => "toolkit",
            Self::Format => "format",
            Self::Status => "status",
            Self::Sector => "sector",
            Self::Size => "size",
            Self::District => "district",
            Self::Stance => "stance",
            Self::Action => "action",
            Self::PledgeState => "pledge-state",
            Self::Recognition => "recognition",
            Self::Freshness => "freshness",
            Self::HasPlaces => "has-places",
        }
    }

    /// The words shown above its values.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kind => "What you find",
            Self::Cohort => "Who it is about",
            Self::Stage => "Stage of hiring",
            Self::Topic => "Topic",
            Self::Toolkit => "Toolkit",
            Self::Format => "Format",
            Self::Status => "Status",
            Self::Sector => "Sector",
            Self::Size => "Size",
            Self::District => "District",
            Self::Stance => "Pledges made as",
            Self::Action => "Charter action",
            Self::PledgeState => "Where pledges stand",
            Self::Recognition => "Recognition",
            Self::Freshness => "Last confirmed",
            Self::HasPlaces => "Places now",
        }
    }

    /// Its place in [`Self::ALL`].
    pub const fn place(self) -> usize {
        self as usize
    }

    /// The facet of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == text)
    }
}
