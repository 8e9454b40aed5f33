//! Writing for people and for programs: output, complaints, progress.

use std::{
    borrow::Cow,
    io::{ErrorKind, IsTerminal, Write, stderr, stdout},
    time::{Duration, Instant},
};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};

/// How often a plain line tells of progress.
const PLAIN_EVERY: Duration = Duration::from_secs(2);

/// Writes to standard output. Whoever stops reading early has seen enough.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.context("cannot write to standard output"),
    }
}

/// Writes a line to standard error.
pub fn say(line: &str) {
    // There is nobody left to tell that standard error is closed.
    let _ = writeln!(stderr().lock(), "{line}");
}

/// Writes an error to standard error.
pub fn complain(what: &str) {
    say(&format!("pathways: {what}"));
}

/// How text is set off from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emphasis {
    /// Bold, on a terminal that shows it.
    Bold,
    /// Not at all.
    Plain,
}

impl Emphasis {
    /// What standard output shows.
    pub fn of_output() -> Self {
        if stdout().is_terminal() { Self::Bold } else { Self::Plain }
    }

    /// The text, set off.
    pub fn set(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Bold => format!("\u{1b}[1m{text}\u{1b}[0m").into(),
            Self::Plain => text.into(),
        }
    }

    /// The text with some ranges of its characters set off.
    pub fn mark(self, text: &str, ranges: &[(usize, usize)]) -> String {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let byte = |position: usize| starts.get(position).copied().unwrap_or(text.len());
        let mut marked = String::with_capacity(text.len());
        let mut done = 0;
        for (from, to) in ranges {
            let (from, to) = (byte(*from), byte(*to));
            marked.push_str(text.get(done..from).unwrap_or_default());
            marked.push_str(&self.set(text.get(from..to).unwrap_or_default()));
            done = to;
        }
        marked.push_str(text.get(done..).unwrap_or_default());
        marked
    }
}

/// Says how far long work has come: a bar on a terminal, plain lines elsewhere.
pub struct Progress {
    bar: Option<ProgressBar>,
    what: &'static str,
    total: usize,
    done: usize,
    told: Instant,
}

impl Progress {
    /// Work of so many parts.
    pub fn new(what: &'static str, total: usize) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total as u64).with_message(what);
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        });
        Self { bar, what, total, done: 0, told: Instant::now() }
    }

    /// One part more is done.
    pub fn step(&mut self) {
        self.reach(self.done + 1, self.total);
    }

    /// So many parts are done, of so many; 0 while it is not known of how many.
    pub fn reach(&mut self, done: usize, total: usize) {
        (self.done, self.total) = (done, total);
        match &self.bar {
            Some(bar) => {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            }
            None if self.told.elapsed() >= PLAIN_EVERY => {
                self.told = Instant::now();
                let of = if total == 0 { String::new() } else { format!(" of {total}") };
                say(&format!("{}: {done}{of}", self.what));
            }
            None => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `1 toolkit`, `4 toolkits`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_of_characters_not_of_bytes() {
        let marked = Emphasis::Bold.mark("né à Paris", &[(0, 2), (5, 10)]);
        assert_eq!(marked, "\u{1b}[1mné\u{1b}[0m à \u{1b}[1mParis\u{1b}[0m");
    }

    #[test]
    fn ranges_that_meet_or_lead_past_the_end_lose_nothing() {
        let plain = Emphasis::Plain;
        assert_eq!(plain.mark("share code", &[(0, 5), (5, 6), (6, 99)]), "share code");
    }
}
