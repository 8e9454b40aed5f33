//! How many people an organisation employs, in the four usual bands.

use std::fmt;

/// A band of headcount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SizeBand {
    /// 1 to 9 people.
    Micro,
    /// 10 to 49 people.
    Small,
    /// 50 to 249 people.
    Medium,
    /// 250 people or more.
    Large,
}

impl SizeBand {
    /// Every band, smallest first.
    pub const ALL: [Self; 4] = [Self::Micro, Self::Small, Self::Medium, Self::Large];

    /// The name used in files, addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The band in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Micro => "1 to 9 people",
            Self::Small => "10 to 49 people",
            Self::Medium => "50 to 249 people",
            Self::Large => "250 people or more",
        }
    }

    /// The band of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.as_str() == text)
    }
}

impl fmt::Display for SizeBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
