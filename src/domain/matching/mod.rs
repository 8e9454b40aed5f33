//! Matching: what fits an employer, with reasons that add up.
