//! How the words of a question stand together in a document: near each other, and
//! in one line that it can be asked by.

use crate::search::{
    highlight::{Mark, Marker},
    postings::as_f32,
    text::{Text, Texts},
    weights::Weights,
};

impl Marker {
    /// Points for neighbouring words of the question that stand near each other, in
    /// the body or the title.
    pub fn nearness(&self, texts: &Texts, weights: &Weights) -> f32 {
        self.together(&texts.body, weights).max(self.together(&texts.title, weights))
    }

    /// Each pair of words counts once, where it stands closest.
    fn together(&self, text: &Text, weights: &Weights) -> f32 {
        let marks: Vec<Mark> = self.marks(text);
        let mut pairs: Vec<(usize, f32)> = Vec::new();
        for (at, right) in marks.iter().enumerate() {
            let before = marks.iter().take(at).rev();
            let near = before.take_while(|left| right.from - left.from <= weights.reach);
            for left in near.filter(|left| left.from < right.from) {
                let Some(first) = self.neighbours(left, right) else { continue };
                let apart = right.from.saturating_sub(left.from + left.length - 1).max(1);
                let rarer = self.worth(left.group).min(self.worth(right.group));
                let points = weights.near * rarer / as_f32(apart);
                match pairs.iter_mut().find(|(pair, _)| *pair == first) {
                    Some((_, best)) => *best = best.max(points),
                    None => pairs.push((first, points)),
                }
            }
        }
        pairs.iter().map(|(_, points)| points).sum()
    }

    /// The first of two neighbouring words of the question; `None` where two marks
    /// stand for others.
    fn neighbours(&self, left: &Mark, right: &Mark) -> Option<usize> {
        let place = |group: usize| self.row.iter().position(|one| *one == group);
        let (a, b) = (place(left.group)?, place(right.group)?);
        (a.abs_diff(b) == 1).then(|| a.min(b))
    }

    /// Points for being like the most similar of some lines: how much of the question
    /// is in the line, and how much of the line in the question.
    ///
    /// A line is sorted stems, each once.
    pub fn likeness(&self, lines: &[Vec<u32>], weights: &Weights) -> f32 {
        let all = self.telling();
        let like = |line: &Vec<u32>| {
            let (asked, said) = self.shared(line);
            let asked = asked / all.max(0.001);
            let part = 1.0 + weights.like_asked;
            let both = asked + weights.like_asked * said;
            if both > 0.0 { part * asked * said / both } else { 0.0 }
        };
        let best = lines.iter().map(like).fold(0.0, f32::max);
        weights.like * all * best.powf(weights.like_power)
    }

    /// How telling the question's words in a line are, and which share of the line
    /// they are.
    fn shared(&self, line: &[u32]) -> (f32, f32) {
        let has = |stem: &u32| line.binary_search(stem).is_ok();
        let (mut words, mut said) = (0_u64, Vec::new());
        for stem in line {
            for way in self.beginning(*stem) {
                if way.rest.iter().all(has) {
                    words |= self.covers.get(way.group).copied().unwrap_or(0);
                    said.push(*stem);
                    said.extend(&way.rest);
                }
            }
        }
        said.sort_unstable();
        said.dedup();
        let in_line =
            |group: &&usize| self.covers.get(**group).is_some_and(|bits| bits & words != 0);
        let asked = self.row.iter().filter(in_line).map(|group| self.worth(*group)).sum::<f32>();
        (asked, as_f32(said.len()) / as_f32(line.len().max(1)))
    }
}
