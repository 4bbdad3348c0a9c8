//! Contrasts: whether a setting places more or fewer than the one that differs from it in one knob alone.
//!
//! Both lived through the same luck, so they are compared replication by replication. What differs by less than nobody
//! would care about, as changes over time do ([`rest`](crate::experiments::rest)), is told too; what is neither is *open*,
//! and gets more replications as an open verdict does.

use super::plan::Sweep;
use crate::experiments::rest::Bounds;
use crate::experiments::verdict::{self, Condition};
use crate::stats::Estimate;

/// A knob along which settings are compared, and the value of it that they are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrasted {
    /// Number of the knob.
    pub axis: usize,
    /// A value of it, as cells have them.
    pub with: String,
}

/// Two settings that differ in one knob alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Number of the knob.
    pub axis: usize,
    /// The cell that is compared.
    pub cell: usize,
    /// The cell that it is compared with.
    pub with: usize,
}

/// What is said of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// More is placed.
    More,
    /// Less is placed.
    Fewer,
    /// A difference is excluded that matters.
    Alike,
    /// None of these.
    CannotBeTold,
}

impl Says {
    /// Everything that can be said.
    pub const ALL: [Self; 4] = [Self::More, Self::Fewer, Self::Alike, Self::CannotBeTold];

    /// Name used in tables and sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::Fewer => "fewer",
            Self::Alike => "about as many",
            Self::CannotBeTold => "cannot be told",
        }
    }
}

/// By how much a setting differs from another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Placements per 10,000 workers and year.
    pub by: Estimate,
    /// What that says.
    pub says: Says,
}

impl Difference {
    /// Compares two settings; `None` without a replication that both have.
    ///
    /// - `placed`: placements of the setting in its replications, and of the one that it is compared with
    /// - `level`: coverage of each interval
    #[must_use]
    pub fn of(placed: [&[Option<f64>]; 2], level: f64) -> Option<Self> {
        let [own, with] = placed;
        let pairs: Vec<(f64, f64)> = with.iter().zip(own).filter_map(|(&with, &own)| with.zip(own)).collect();
        let (by, bounds) = Bounds::of(&pairs, level)?;
        let side =
            if verdict::is_too_few_alike(&by, level) { Condition::Open } else { Condition::above(0.0, &by) };
        let says = match side {
            // No difference at all is one that does not matter.
            _ if bounds.is_within() => Says::Alike,
            Condition::Met => Says::More,
            Condition::Failed => Says::Fewer,
            Condition::Open => Says::CannotBeTold,
        };
        Some(Self { by, says })
    }
}

impl Sweep {
    /// The pairs of settings that are compared, knob by knob.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let number: std::collections::BTreeMap<&[String], usize> =
            self.cells.iter().enumerate().map(|(number, cell)| (cell.as_slice(), number)).collect();
        let along = |contrasted: &Contrasted| -> Vec<Pair> {
            let pair = |(cell, values): (usize, &Vec<String>)| {
                let mut other = values.clone();
                other[contrasted.axis].clone_from(&contrasted.with);
                let with = *number.get(other.as_slice())?;
                (with != cell).then_some(Pair { axis: contrasted.axis, cell, with })
            };
            self.cells.iter().enumerate().filter_map(pair).collect()
        };
        self.contrasts.iter().flat_map(along).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::looks::tests::sweep;
    use super::*;

    fn said(own: &[f64], with: &[f64]) -> Option<Says> {
        let some = |placed: &[f64]| placed.iter().copied().map(Some).collect::<Vec<_>>();
        Difference::of([&some(own), &some(with)], 0.95).map(|difference| difference.says)
    }

    #[test]
    fn what_is_said_follows_from_pairs_and_from_what_matters() {
        // Differences of 10 ± 1 beside 20: t with 3 degrees of freedom is 3.182, of scatter 1.155 over two: ± 1.84.
        assert_eq!(said(&[29.0, 31.0, 29.0, 31.0], &[20.0; 4]), Some(Says::More));
        assert_eq!(said(&[9.0, 11.0, 9.0, 11.0], &[20.0; 4]), Some(Says::Fewer));
        // 2 ± 1.84 is more, and less than 5: nobody would care.
        assert_eq!(said(&[21.0, 23.0, 21.0, 23.0], &[20.0; 4]), Some(Says::Alike));
        // 4 ± 1.84 is more, and may be more than 5.
        assert_eq!(said(&[23.0, 25.0, 23.0, 25.0], &[20.0; 4]), Some(Says::More));
        // Less than a tenth of 200, though more than 5.
        assert_eq!(said(&[209.0, 211.0, 209.0, 211.0], &[200.0; 4]), Some(Says::Alike));
        // 0 ± 18.4.
        assert_eq!(said(&[10.0, 30.0, 10.0, 30.0], &[20.0; 4]), Some(Says::CannotBeTold));
        // Pairs that are alike four times may differ one time in four (0.75^4 is 0.32).
        assert_eq!(said(&[0.0; 4], &[0.0; 4]), Some(Says::CannotBeTold));
        assert_eq!(said(&[0.0; 16], &[0.0; 16]), Some(Says::Alike));
        assert_eq!(said(&[], &[]), None);
    }

    #[test]
    fn a_replication_that_failed_on_one_side_is_left_out_on_both() {
        let own = [Some(29.0), None, Some(31.0), Some(30.0)];
        let with = [Some(20.0), Some(20.0), None, Some(21.0)];
        let by = Difference::of([&own, &with], 0.95).map(|difference| difference.by);
        assert_eq!(by.map(|by| (by.n, by.value)), Some((2, 9.0)));
    }

    #[test]
    fn pairs_differ_in_the_knob_that_is_compared_and_in_nothing_else() {
        let mut sweep = sweep(1, 2, 1);
        let axis = sweep.axes[0].clone();
        sweep.axes.push(axis);
        sweep.cells = [["1", "a"], ["1", "b"], ["1", "c"], ["2", "a"], ["2", "b"], ["2", "c"]]
            .map(|cell| cell.map(str::to_owned).to_vec())
            .to_vec();
        assert_eq!(sweep.pairs(), []);
        sweep.contrasts = vec![Contrasted { axis: 1, with: "b".to_owned() }];
        let pairs: Vec<(usize, usize)> = sweep.pairs().iter().map(|pair| (pair.cell, pair.with)).collect();
        assert_eq!(pairs, [(0, 1), (2, 1), (3, 4), (5, 4)]);
        sweep.contrasts.push(Contrasted { axis: 0, with: "1".to_owned() });
        let more: Vec<(usize, usize)> =
            sweep.pairs()[4..].iter().map(|pair| (pair.cell, pair.with)).collect();
        assert_eq!(more, [(3, 0), (4, 1), (5, 2)]);
    }
}
