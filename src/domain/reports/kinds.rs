//! The reports that the partnership can ask for: what each counts, and for whom.

use crate::domain::register::{Audience, RecordKind};

words! {
    /// A report.
    Report {
        /// Who signed the charter, month by month.
        Signatories = "signatories", "Signatories over time";
        /// What was pledged, by focus area, stance, district and state.
        Pledges = "pledges", "Pledges by focus area, stance, district and state";
        /// What counts today, as the annual report has it.
        PledgesByTheme = "pledges-by-theme-and-district", "Pledges by theme and district";
        /// What the anchors committed to.
        Anchors = "anchors", "Anchors’ commitments side by side";
        /// What organisations say about each group, and how fresh it is.
        Cohorts = "cohorts", "Groups covered by what organisations say";
        /// What is on offer.
        Openings = "openings", "Openings and places";
        /// What partnerships need.
        Annex = "skills-plan-annex", "Annex to the skills plan";
        /// What partnerships need and nothing meets.
        Gaps = "gaps", "Gaps";
        /// How that changed.
        GapChanges = "gap-changes", "Gaps opened and closed";
        /// Which needs are paired with which courses.
        Pairings = "pairings", "Pairings";
        /// What came of bringing people together.
        Introductions = "introductions", "Introductions and what came of them";
    }
}

/// Which time a report is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// As of a day.
    Day,
    /// As of a day, over a period before it.
    Period,
}

impl Report {
    /// What it counts, in sentences.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Signatories => {
                "For each month: how many signatures of the charter were dated, how many years \
                 under it began, ran out or were taken back, and how many were in force at its \
                 end. An organisation has one year at a time."
            }
            Self::Pledges => {
                "How many pledges there are, whatever has become of them, by the focus area of \
                 the charter’s action, the stance it is made from, the district of the \
                 organisation and the state on the day."
            }
            Self::PledgesByTheme => {
                "How many pledges count on the day, their year running and nobody having taken \
                 them back, by focus area and by the district of the organisation."
            }
            Self::Anchors => {
                "For each action of the charter and each anchor organisation: how far the \
                 anchor’s pledge of it has come, where one counts on the day."
            }
            Self::Cohorts => {
                "For each group: how many organisations say how they stand towards hiring from \
                 it, and how long ago somebody who knows stood by that."
            }
            Self::Openings => {
                "For each kind of work: how many openings can be applied for on the day, and how \
                 many places are left where the number is known."
            }
            Self::Annex => {
                "The skills and problems that workforce development partnerships named: coded to \
                 occupations (SOC 2020) and industries (SIC 2007), with level, horizon, \
                 headcount, priority, state, and what the partnership agreed to do."
            }
            Self::Gaps => {
                "The needs of workforce development partnerships that no course run meets, or too \
                 few places do, by the published weights, with what comes nearest and what would \
                 close the gap."
            }
            Self::GapChanges => {
                "For each month: how many needs became a gap, how many are none any more, and how \
                 many gaps were open at its end, by what was recorded on its last day."
            }
            Self::Pairings => {
                "What the partnerships’ pairing plans pair, those put away left out: people of each \
                 need with the course runs that they are to go to, how well each fits, and why."
            }
            Self::Introductions => {
                "How many introductions there are by state and by group, and how many people \
                 were interviewed, offered something, started and were still there after 13 \
                 weeks. Counts from 1 to 4 are left out, and others with them."
            }
        }
    }

    /// Who may read it.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Gaps | Self::GapChanges | Self::Pairings | Self::Introductions => {
                Audience::Coordinator
            }
            _ => Audience::Public,
        }
    }

    /// Which time it is asked for.
    pub const fn time(self) -> Time {
        match self {
            Self::Signatories | Self::GapChanges => Time::Period,
            _ => Time::Day,
        }
    }

    /// Whether it can be asked for a partnership.
    pub const fn by_partnership(self) -> bool {
        matches!(self, Self::Annex | Self::Gaps | Self::GapChanges | Self::Pairings)
    }

    /// The kinds of record that it is made from, beside the organisations.
    pub const fn made_from(self) -> &'static [RecordKind] {
        match self {
            Self::Signatories => &[RecordKind::Signature],
            Self::Pledges | Self::PledgesByTheme | Self::Anchors => {
                &[RecordKind::Signature, RecordKind::Pledge]
            }
            Self::Cohorts => &[RecordKind::Posture],
            Self::Openings => &[RecordKind::Opening],
            Self::Annex => &[RecordKind::Need],
            // These rest on needs and courses as everybody is shown them, and on plans.
            Self::Gaps | Self::GapChanges | Self::Pairings => &[],
            Self::Introductions => &[RecordKind::Introduction],
        }
    }
}
