//! A file that is read with its lines counted, as an editor counts them.

use std::{
    collections::VecDeque,
    io::{Read, Result},
};

/// Something that is read, with the ends of its lines remembered until they were asked for.
pub struct Counted<R> {
    input: R,
    /// Bytes read so far.
    read: u64,
    /// The line of the next byte, the first is 1.
    line: u64,
    /// Whether the last byte was a carriage return, which a line feed may follow.
    returned: bool,
    breaks: VecDeque<Break>,
}

/// Ends of lines with nothing between them, of which a reader of tables makes one.
struct Break {
    /// Its first byte.
    from: u64,
    /// The first byte after it.
    to: u64,
    /// The line of that byte.
    line: u64,
}

impl<R> Counted<R> {
    /// Begins to read.
    pub const fn of(input: R) -> Self {
        Self { input, read: 0, line: 1, returned: false, breaks: VecDeque::new() }
    }

    /// The line of what begins at a byte, or after the empty lines that do; what is asked
    /// for lies never before what was asked for last.
    pub fn line_of(&mut self, byte: u64) -> u64 {
        while self.breaks.get(1).is_some_and(|next| next.from <= byte) {
            self.breaks.pop_front();
        }
        match self.breaks.front() {
            Some(last) if last.from <= byte => last.line,
            _ => 1,
        }
    }

    fn count(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if matches!(byte, b'\n' | b'\r') {
                if !(*byte == b'\n' && self.returned) {
                    self.line += 1;
                }
                let (from, to, line) = (self.read, self.read + 1, self.line);
                if let Some(last) = self.breaks.back_mut().filter(|last| last.to == from) {
                    (last.to, last.line) = (to, line);
                } else {
                    self.breaks.push_back(Break { from, to, line });
                }
            }
            self.returned = *byte == b'\r';
            self.read += 1;
        }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.input.read(buffer)?;
        self.count(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways_and_empty_ones_count() {
        let text = "a\nb\r\n\r\nc\rd\n\ne";
        let mut counted = Counted::of(text.as_bytes());
        let mut all = String::new();
        counted.read_to_string(&mut all).unwrap();
        let lines = |wanted: &str| u64::try_from(text.find(wanted).unwrap()).unwrap();
        for (wanted, line) in [("a", 1), ("b", 2), ("c", 4), ("d", 5), ("e", 7)] {
            assert_eq!(counted.line_of(lines(wanted)), line, "{wanted}");
        }
    }

    #[test]
    fn what_begins_with_empty_lines_is_on_the_line_after_them() {
        let mut counted = Counted::of("a\n\n\nb\n".as_bytes());
        std::io::copy(&mut counted, &mut std::io::sink()).unwrap();
        assert_eq!((counted.line_of(0), counted.line_of(2)), (1, 4));
    }
}
