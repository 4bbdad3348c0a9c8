//! Stationarity: whether the burn-in has ended where it was going, checked and not assumed.
//!
//! Over the last two blocks of 104 weeks unemployment, contacts per worker, mean weeks out of work, ability of seekers
//! and the share of hires through introductions must differ by less than 2 % or less than 2 standard errors.

use super::period::Period;
use super::ratio;
use crate::stats::Moments;
use crate::week::tally::{Channel, Tally};

/// Weeks in a block.
const BLOCK: usize = 104;
/// Weeks in a batch, from which one replication alone gets its standard error.
const BATCH: usize = 13;

/// A quantity that must stand still.
type Quantity = (&'static str, fn(&Period) -> Option<f64>);

const QUANTITIES: [Quantity; 5] = [
    ("unemployment", |p| ratio(p.unemployed, p.workers)),
    ("contacts per worker", |p| ratio(p.contacts.0, p.contacts.1)),
    ("mean weeks out of work", |p| ratio(p.pool.weeks_out, p.pool.n_out)),
    ("ability of seekers", |p| ratio(p.pool.ability, p.pool.n)),
    ("share of hires through introductions", |p| {
        ratio(p.hires[Channel::Organic as usize], p.hires.iter().sum())
    }),
];

/// Values of every quantity in the last two blocks of one burn-in, and the standard error of their difference from
/// batches of 13 weeks; none if the burn-in is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocks {
    /// By quantity: earlier value, later value, standard error.
    pub values: Vec<Option<(f64, f64, f64)>>,
}

/// What was found of one quantity over all replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// The quantity.
    pub quantity: &'static str,
    /// Mean of the earlier block.
    pub earlier: f64,
    /// Mean of the later block.
    pub later: f64,
    /// Standard error of the difference.
    pub standard_error: f64,
}

impl Drift {
    /// Whether the blocks differ by less than 2 % or less than 2 standard errors.
    #[must_use]
    pub fn stands_still(&self) -> bool {
        let difference = (self.later - self.earlier).abs();
        difference < 0.02 * self.earlier.abs() || difference < 2.0 * self.standard_error
    }
}

/// Reads the last two blocks of a burn-in.
#[must_use]
pub fn blocks(weeks: &[Tally]) -> Option<Blocks> {
    let start = weeks.len().checked_sub(2 * BLOCK)?;
    let (earlier, later) = weeks[start..].split_at(BLOCK);
    let value = |(_, of): &Quantity| {
        let (a, b) = (of(&Period::of(earlier))?, of(&Period::of(later))?);
        let variance = |weeks: &[Tally]| {
            let batches: Vec<f64> = weeks.chunks(BATCH).filter_map(|batch| of(&Period::of(batch))).collect();
            Moments::of(&batches).standard_error().map(|se| se * se)
        };
        Some((a, b, (variance(earlier)? + variance(later)?).sqrt()))
    };
    Some(Blocks { values: QUANTITIES.iter().map(value).collect() })
}

/// Puts the replications together: with three or more, the standard error is that of their mean difference.
#[must_use]
pub fn drifts(replications: &[Blocks]) -> Vec<Drift> {
    let drift = |(position, (quantity, _)): (usize, &Quantity)| {
        let values: Vec<_> = replications.iter().filter_map(|b| b.values[position]).collect();
        let earlier = Moments::of(&values.iter().map(|v| v.0).collect::<Vec<_>>()).mean()?;
        let later = Moments::of(&values.iter().map(|v| v.1).collect::<Vec<_>>()).mean()?;
        let differences = Moments::of(&values.iter().map(|v| v.1 - v.0).collect::<Vec<_>>());
        let within = values.iter().map(|v| v.2 * v.2).sum::<f64>().sqrt() / values.len() as f64;
        let standard_error =
            if values.len() >= 3 { differences.standard_error().unwrap_or(within) } else { within };
        Some(Drift { quantity, earlier, later, standard_error })
    };
    QUANTITIES.iter().enumerate().filter_map(drift).collect()
}
