//! Matching: what fits an employer, with reasons that add up.

/// How matches are judged.
#[derive(Debug, Clone, Default)]
pub struct Policy;
