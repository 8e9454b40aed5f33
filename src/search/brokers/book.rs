//! Numbers for what many employers share: groups, sectors, places.

use std::collections::HashMap;

use crate::domain::{place::Point, slug::Slug};

/// Numbers for names and places; what once has a number keeps it.
#[derive(Debug, Clone, Default)]
pub(super) struct Book {
    names: HashMap<Slug, u16>,
    points: Vec<Point>,
    numbers: HashMap<(u64, u64), u32>,
}

impl Book {
    /// The number of a name.
    pub(super) fn name(&self, name: &Slug) -> Option<u16> {
        self.names.get(name).copied()
    }

    /// The number of a name, given to it if it has none; `None` when there are no more.
    pub(super) fn enter(&mut self, name: &Slug) -> Option<u16> {
        if let Some(number) = self.names.get(name) {
            return Some(*number);
        }
        let number = u16::try_from(self.names.len()).ok()?;
        self.names.insert(name.clone(), number);
        Some(number)
    }

    /// The number of a place, given to it if it has none.
    pub(super) fn place(&mut self, point: Point) -> u32 {
        let next = u32::try_from(self.points.len()).unwrap_or(u32::MAX);
        let key = (point.lat.to_bits(), point.lon.to_bits());
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.points.push(point);
        }
        number
    }

    /// All places, by number.
    pub(super) fn points(&self) -> &[Point] {
        &self.points
    }
}
