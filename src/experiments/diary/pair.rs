//! Two lives of one subject side by side, week by week, on the same luck.

use super::{Day, Dull};

/// A week of both lives, or a few in which nothing but the same dull thing happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// First week, counted from the opening.
    pub first: u32,
    /// Last one.
    pub last: u32,
    /// What is told of each; nothing where nothing happens.
    pub sides: [Option<Day>; 2],
    /// Both are told alike.
    pub same: bool,
}

/// Sets two lives side by side. The first pair that is not the same is where they part.
#[must_use]
pub fn side_by_side(one: &[Day], other: &[Day]) -> Vec<Pair> {
    let mut weeks: Vec<u32> = one.iter().chain(other).map(|day| day.first).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let of = |days: &[Day], week| days.iter().find(|day| day.first == week).cloned();
    let mut pairs: Vec<Pair> = Vec::new();
    for week in weeks {
        let sides = [of(one, week), of(other, week)];
        let same = sides[0] == sides[1];
        let next = Pair { first: week, last: week, sides, same };
        match pairs.last_mut() {
            Some(last) if last.same == next.same && last.is_dull() && next.is_dull() => last.join(next),
            _ => pairs.push(next),
        }
    }
    pairs
}

impl Pair {
    fn is_dull(&self) -> bool {
        self.sides.iter().flatten().all(|day| day.dull.is_some())
    }

    /// Takes in a later pair; both are dull.
    fn join(&mut self, later: Self) {
        self.last = later.last;
        for (side, later) in self.sides.iter_mut().zip(later.sides) {
            let dull = |day: &Option<Day>| day.as_ref().and_then(|day| day.dull);
            let both = match (dull(side), dull(&later)) {
                (Some(a), Some(b)) => a.with(b),
                (a, b) => a.or(b),
            };
            *side = both.map(|dull: Dull| Day {
                first: self.first,
                last: self.last,
                lines: vec![dull.sentence()],
                dull: Some(dull),
            });
        }
    }
}
