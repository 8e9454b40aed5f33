//! What counts how much: every number of search that can be tuned, in one place.
//!
//! The defaults were chosen on the tuning half of the judged questions, by search
//! along each number; where several did equally well, the middle of the flat range
//! was taken. Nothing here says how the numbers are used.

/// What a field counts and how much its length does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FieldWeight {
    /// What one occurrence counts, against 1 in the body.
    pub weight: f32,
    /// 0: a long field counts like a short one; 1: an occurrence counts by share.
    pub length: f32,
}

/// Every number of search that can be tuned.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The fields, in the order of their names: title, heading, summary,
    /// vocabulary, body.
    pub fields: [FieldWeight; 5],
    /// Saturation of repeated occurrences (the `k1` of BM25).
    pub saturation: f32,
    /// What a group counts that repeats words with groups of their own.
    pub term: f32,
    /// What a word counts that says little about what is asked.
    pub light: f32,
    /// How telling a word of everyday English can be at most, as a share of how telling
    /// a word is that one document has: it is rare in our texts by chance.
    pub everyday: f32,
    /// How telling any word can be at most, as such a share.
    pub rarest: f32,
    /// Weight of the preferred term for one of its other names.
    pub preferred: f32,
    /// Weight of another name of the same term.
    pub variant: f32,
    /// Weight of a narrower term's preferred name.
    pub narrower: f32,
    /// Weight of a related term's preferred name.
    pub related: f32,
    /// How much of a score a document loses that has none of the question.
    pub missing: f32,
    /// How fast that loss grows with what is missing.
    pub missing_power: f32,
    /// What a question earns that is just like a line the document answers.
    pub like: f32,
    /// How fast that falls where it is less like it.
    pub like_power: f32,
    /// What it counts that the question is in the line, against the line being in the question.
    pub like_asked: f32,
    /// What nearness of neighbouring words of the question is worth.
    pub near: f32,
    /// Words further apart than this are not near.
    pub reach: usize,
    /// Points for being about the people whom the question names.
    pub about: f32,
    /// Share that a form or checklist loses.
    pub companion: f32,
}

impl Default for Weights {
    fn default() -> Self {
        let field = |weight, length| FieldWeight { weight, length };
        Self {
            fields: [
                field(4.0, 0.2),
                field(1.6, 0.4),
                field(2.0, 0.4),
                field(1.0, 0.3),
                field(1.0, 0.7),
            ],
            saturation: 2.2,
            term: 0.6,
            light: 0.3,
            everyday: 0.725,
            rarest: 0.83,
            preferred: 0.8,
            variant: 0.65,
            narrower: 0.35,
            related: 0.15,
            missing: 0.25,
            missing_power: 1.0,
            like: 1.0,
            like_power: 1.75,
            like_asked: 1.25,
            near: 0.55,
            reach: 6,
            about: 2.0,
            companion: 0.08,
        }
    }
}
