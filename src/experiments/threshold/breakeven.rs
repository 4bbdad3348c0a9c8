//! Break-even: at which value of a knob a seller's hour pays, and at which the market lasts.
//!
//! *The hour pays* where an hour of selling earns what it is worth elsewhere: fees less refunds (paid and newly
//! expected), costs and social capital spent, less all hours worked and open at what each seller's are worth elsewhere,
//! per hour worked or open, as an average over replications of 0 or more. Over the judged weeks, and over all weeks, which
//! count what those lost who gave up. In a market in which sellers hold under 100 hours an hour finds no use: it counts
//! as one that earns nothing and costs what it is worth to the introducer who would sell first.
//!
//! *The last gains*, in a market in which nobody enters or leaves, where a week of selling leaves 0 or more to the seller
//! whose hour is worth most elsewhere. Along the number of sellers this is the curve whose falling root is the size of a market
//! that anybody may enter: with fewer another one enters, with more the last one leaves. A rising root parts two such sizes.
//!
//! *The market is alive* where on average over replications sellers place more people than
//! [`verdict::ALIVE_ABOVE`].

use super::crossing::Crossing;
use super::{Answered, Finding, Point, Subject, nearest};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict;
use crate::scenario::{Entry, Scenario};

/// What may turn from not holding to holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// A seller's hour pays in the judged weeks.
    HourPays,
    /// A seller's hour pays over all weeks from the opening on.
    HourPaysAllWeeks,
    /// Sellers place enough people in the judged weeks.
    Alive,
    /// Of a number of sellers that stays as it is, the last gains in the judged weeks.
    LastGains,
}

impl Criterion {
    /// Every criterion, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::HourPays, Self::HourPaysAllWeeks, Self::Alive, Self::LastGains];

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HourPays => "hour_pays",
            Self::HourPaysAllWeeks => "hour_pays_all_weeks",
            Self::Alive => "alive",
            Self::LastGains => "last_gains",
        }
    }

    /// The number of one replication that is averaged: the criterion holds where the average is 0 or more. None where
    /// nobody may sell, and of the last seller where sellers come and go.
    #[must_use]
    pub fn margin(self, row: &[Option<f64>]) -> Option<f64> {
        match self {
            Self::HourPays => {
                let [profit, worked] = metric!["sellers_profit_dollars_judged", "hours_judged"];
                profit_per_hour(row, [profit, worked, metric!("hours_open_judged")])
            }
            Self::HourPaysAllWeeks => {
                let [profit, worked] = metric!["sellers_profit_dollars", "hours"];
                profit_per_hour(row, [profit, worked, metric!("hours_open")])
            }
            Self::LastGains => metric!("last_seller_net").read(row),
            Self::Alive => Some(metric!(verdict::MEASURE).read(row)? - verdict::ALIVE_ABOVE),
        }
    }

    /// Fees, hours and placements of the weeks that it speaks of.
    fn sums(self, row: &[Option<f64>]) -> [f64; 3] {
        let read = |metrics: &[Metric]| metrics.iter().map(|metric| metric.read(row).unwrap_or(0.0)).sum();
        match self {
            Self::HourPaysAllWeeks => {
                let placements = metric!["hires_paid", "hires_submitted"];
                [read(&[metric!("fees_dollars")]), read(&[metric!("hours")]), read(&placements)]
            }
            Self::HourPays | Self::Alive | Self::LastGains => {
                let placements = metric!["hires_paid_judged", "hires_submitted_judged"];
                [read(&[metric!("fees_dollars_judged")]), read(&[metric!("hours_judged")]), read(&placements)]
            }
        }
    }
}

/// Hours that all sellers hold below which an hour finds no use.
const NO_MARKET_BELOW_HOURS: f64 = 100.0;

/// Profit per hour worked or open; minus what an hour is worth to the one who would sell first where too few are held
/// to speak of a market.
fn profit_per_hour(row: &[Option<f64>], [profit, worked, open]: [Metric; 3]) -> Option<f64> {
    let held = worked.read(row)? + open.read(row)?;
    if held < NO_MARKET_BELOW_HOURS {
        return Some(-metric!("least_wage").read(row)?);
    }
    Some(profit.read(row)? / held)
}

/// A scenario in which the knob is turned.
#[derive(Clone, Debug)]
pub struct Level {
    /// Name used in tables, unique.
    pub name: String,
    /// The scenario.
    pub scenario: Scenario,
}

impl Level {
    /// The criteria that are asked about, with what was found: of the last seller only where their number stays as it is.
    pub fn asked<'a>(
        &self,
        found: &'a Answered<Self>,
    ) -> impl Iterator<Item = (Criterion, &'a Finding<<Self as Subject>::Meaning>)> {
        let is_closed = self.scenario.sellers.entry == Entry::Closed;
        let all = Criterion::ALL.into_iter().zip(&found.findings);
        all.filter(move |(criterion, _)| is_closed || *criterion != Criterion::LastGains)
    }
}

/// What was so in the runs at a crossing, or nearest to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtCrossing {
    /// Value of the knob in these runs, in the unit of its key.
    pub value: f64,
    /// Fees of a placement, dollars; `None` without placements.
    pub fee: Option<f64>,
    /// Sellers' hours for a placement; `None` without placements.
    pub hours: Option<f64>,
    /// Placements per 10,000 workers and year in the judged weeks, mean over replications.
    pub placements: Option<f64>,
}

impl Subject for Level {
    /// All outcomes, by [`outcomes::columns`](crate::experiments::outcomes::columns).
    type Reading = Vec<Option<f64>>;
    type Meaning = Option<AtCrossing>;
    const CRITERIA: usize = Criterion::ALL.len();
    const SAYS_WHAT_LACKS_A_NUMBER: bool = false;

    fn name(&self) -> &str {
        &self.name
    }

    fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn reading(&self, own: &[Option<f64>], _: Option<&[Option<f64>]>) -> Self::Reading {
        own.to_vec()
    }

    fn margin(&self, criterion: usize, reading: &Self::Reading) -> Option<f64> {
        Criterion::ALL[criterion].margin(reading)
    }

    fn meaning(
        &self,
        criterion: usize,
        crossing: &Crossing,
        points: &[Point<Self::Reading>],
    ) -> Option<AtCrossing> {
        let criterion = Criterion::ALL[criterion];
        let point = nearest(points, crossing)?;
        let rows = || point.rows.iter().filter_map(|row| row.as_ref().ok());
        let sum = |number: usize| rows().map(|row| criterion.sums(row)[number]).sum::<f64>();
        let placements = Some(sum(2)).filter(|&placements| placements > 0.0);
        let per_placement = |number: usize| Some(sum(number) / placements?);
        let sizes: Option<Vec<f64>> = rows().map(|row| metric!(verdict::MEASURE).read(row)).collect();
        let size = sizes.filter(|sizes| !sizes.is_empty());
        Some(AtCrossing {
            value: point.value,
            fee: per_placement(0),
            hours: per_placement(1),
            placements: size.map(|sizes| sizes.iter().sum::<f64>() / sizes.len() as f64),
        })
    }
}
