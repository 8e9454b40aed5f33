//! The nine stages of hiring, in the order an employer meets them.

use std::fmt;

/// Where in the work of hiring a passage or a step belongs.
///
/// The order of the variants is the order of the work, so sorting by stage
/// gives hiring order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Why do it: evidence for a sceptical colleague.
    MakeTheCase,
    /// What to decide and write down first.
    Policy,
    /// Adverts, outreach and partners.
    Attract,
    /// Application, shortlisting and interview.
    Select,
    /// Checks that the law or the role asks for.
    Check,
    /// Offer, contract and the first weeks.
    OfferAndOnboard,
    /// Day-to-day support.
    SupportAndKeep,
    /// Training and promotion.
    Progress,
    /// Knowing whether it works.
    Measure,
}

impl Stage {
    /// Every stage, in hiring order.
    pub const ALL: [Self; 9] = [
        Self::MakeTheCase,
        Self::Policy,
        Self::Attract,
        Self::Select,
        Self::Check,
        Self::OfferAndOnboard,
        Self::SupportAndKeep,
        Self::Progress,
        Self::Measure,
    ];

    /// The name used in files, addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MakeTheCase => "make-the-case",
            Self::Policy => "policy",
            Self::Attract => "attract",
            Self::Select => "select",
            Self::Check => "check",
            Self::OfferAndOnboard => "offer-and-onboard",
            Self::SupportAndKeep => "support-and-keep",
            Self::Progress => "progress",
            Self::Measure => "measure",
        }
    }

    /// The name shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MakeTheCase => "Make the case",
            Self::Policy => "Policy",
            Self::Attract => "Attract",
            Self::Select => "Select",
            Self::Check => "Check",
            Self::OfferAndOnboard => "Offer and onboard",
            Self::SupportAndKeep => "Support and keep",
            Self::Progress => "Progress",
            Self::Measure => "Measure",
        }
    }

    /// The stage of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_found_by_its_own_name_and_they_stand_in_order() {
        for stage in Stage::ALL {
            assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        }
        assert!(Stage::ALL.is_sorted());
        assert_eq!(Stage::parse("Check"), None);
    }
}
