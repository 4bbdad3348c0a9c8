//! Trust in those who pay. Most ties are never asked by anybody who pays, so it is kept for the ties of an introducer from
//! the day on which one of them first learns something.

use super::{Drift, short};
use crate::ids;
use crate::world::fading::Trust;

/// Where a tie stands: its introducer, and its position among his.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) introducer: usize,
    pub(super) slot: usize,
}

/// A trust, and the week at whose end it stood so.
#[derive(Clone, Copy, Debug)]
struct Kept {
    trust: Trust,
    as_of: u16,
}

/// Trust of all ties in those who pay; empty before the opening.
#[derive(Clone, Debug, Default)]
pub(super) struct Paid {
    per_introducer: usize,
    /// Number of each introducer among those of whom something is kept; [`Paid::NOTHING`] for the others.
    number: Vec<u32>,
    /// Trust of their ties, `per_introducer` each.
    kept: Vec<Kept>,
    /// Trust of all other ties, as it stood at the opening.
    opening: Option<Kept>,
    /// Mean in each week from the opening on of a trust that nobody ever taught anything, and that began at 0.
    rest: Vec<f64>,
    from: u32,
}

impl Paid {
    const NOTHING: u32 = u32::MAX;

    /// Trust at the opening, the same in all ties.
    pub(super) fn open(introducers: usize, per_introducer: usize, now: u32, trust: Trust) -> Self {
        Self {
            per_introducer,
            number: vec![Self::NOTHING; introducers],
            kept: Vec::new(),
            opening: Some(Kept { trust, as_of: short(now) }),
            rest: vec![0.0],
            from: now,
        }
    }

    /// Trust at the opening, one for each tie, in the order of introducers.
    pub(super) fn open_each(
        introducers: usize,
        per_introducer: usize,
        now: u32,
        trusts: impl Iterator<Item = Trust>,
    ) -> Self {
        let as_of = short(now);
        Self {
            per_introducer,
            number: (0..ids::row(introducers)).collect(),
            kept: trusts.map(|trust| Kept { trust, as_of }).collect(),
            opening: None,
            rest: vec![0.0],
            from: now,
        }
    }

    /// Mean today of a trust that began at 0 and learned nothing.
    ///
    /// What it fades to moves from week to week, so many weeks of fading are no single power. They are the same for
    /// all trusts, though: two of them differ by what set them apart at first, times that power.
    pub(super) fn rest_now(&self) -> f64 {
        self.rest.last().copied().unwrap_or(0.0)
    }

    /// A week ends in which such a trust fades to `mean`.
    pub(super) fn end_week(&mut self, mean: f64, rate: f64) {
        if let Some(&before) = self.rest.last() {
            self.rest.push(before + rate * (mean - before));
        }
    }

    /// Trust in a tie today.
    pub(super) fn trust(&self, place: Place, drift: &Drift, now: u32) -> Trust {
        let Some(kept) = self.at(place).map_or(self.opening, |at| Some(self.kept[at])) else {
            return drift.rest();
        };
        let as_of = u32::from(kept.as_of);
        let share = drift.fading.after(now - as_of);
        Trust {
            mean: self.rest_now() + share * (kept.trust.mean - self.rest[(as_of - self.from) as usize]),
            precision: kept.trust.left(drift.rest(), share).precision,
        }
    }

    /// What sets the mean of a tie's trust apart from one that learned nothing; 0 before the opening.
    pub(super) fn apart(&self, place: Place, drift: &Drift, now: u32) -> f64 {
        if self.rest.is_empty() { 0.0 } else { self.trust(place, drift, now).mean - self.rest_now() }
    }

    /// Trust in a tie today, to be changed.
    pub(super) fn trust_mut(&mut self, place: Place, drift: &Drift, now: u32) -> &mut Trust {
        let today = Kept { trust: self.trust(place, drift, now), as_of: short(now) };
        let at = self.at(place).unwrap_or_else(|| self.begin(place));
        self.kept[at] = today;
        &mut self.kept[at].trust
    }

    /// Something of what is kept of a tie, to have it fetched.
    pub(super) fn first_bits(&self, place: Place) -> u64 {
        self.at(place).map_or(0, |at| self.kept[at].trust.mean.to_bits())
    }

    /// Where a tie's trust is kept, if it is.
    fn at(&self, place: Place) -> Option<usize> {
        let number = *self.number.get(place.introducer)?;
        (number != Self::NOTHING).then(|| number as usize * self.per_introducer + place.slot)
    }

    /// Begins to keep what the ties of an introducer learn, and says where it is of one of them.
    fn begin(&mut self, place: Place) -> usize {
        let opening = self.opening.expect("nobody pays before the market opens");
        let (first, per) = (self.kept.len(), self.per_introducer);
        if self.kept.capacity() < first + per {
            // A little at a time: what is left over weighs.
            self.kept.reserve_exact(per + first / 8);
        }
        self.number[place.introducer] = ids::row(first / per);
        self.kept.resize(first + per, opening);
        first + place.slot
    }
}
