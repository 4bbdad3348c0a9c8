//! Flip points: how dear a burnt relationship must be for a claim to be true.
//!
//! Nobody has measured that cost, `introducers.goodwill_value`: what a unit of goodwill on a tie is worth to the one who
//! loses it. So a claim is judged over the whole believable range, and the answer is the cost at which it turns. The
//! cost guides those who help for nothing too; it belongs to the labour market, and every value has a burn-in of its
//! own.

use std::collections::BTreeMap;

use super::breakeven::{Begin, Caution, Criterion, setting_text};
use super::crossing::{self, Crossing, Curve, Found, search};
use super::keep::{Keep, Missing};
use super::outcomes;
use super::tries::{Column, Row, outcomes_of};
use crate::engine::{Arm, batch};
use crate::scenario::Scenario;
use crate::scenario::experiment::{Claim, Claims, Holds};

/// Names that a claim's metric may have: every outcome, and what `breakeven` averages per hour.
#[must_use]
pub fn metrics() -> Vec<&'static str> {
    let outcomes = outcomes::columns().into_iter().map(|(name, ..)| name);
    outcomes.chain(HOURS.iter().map(|(name, _)| *name)).collect()
}

/// Profit per hour, which exists wherever somebody may sell: an hour without use earns nothing.
const HOURS: [(&str, Criterion); 2] =
    [("profit_per_hour", Criterion::HourPays), ("profit_per_hour_all_weeks", Criterion::HourPaysAllWeeks)];

/// The metric of one replication; none where nothing happened.
#[must_use]
pub fn metric_of(name: &str, row: &[Option<f64>]) -> Option<f64> {
    match HOURS.iter().find(|(hour, _)| *hour == name) {
        Some((_, criterion)) => criterion.margin(row),
        None => Column::of(name)?.read(row),
    }
}

/// What became of the claims.
#[derive(Clone, Debug)]
pub struct Flips {
    /// By claim.
    pub claims: Vec<Flip>,
    /// What not to believe.
    pub cautions: Vec<Caution>,
}

/// What became of one claim.
#[derive(Clone, Debug)]
pub struct Flip {
    /// Costs tried, ascending.
    pub points: Vec<Judged>,
    /// Where it turns; none if no replication has its number at every cost.
    pub found: Option<Found>,
    /// For each of its crossings what it means in dollars.
    pub turns: Vec<Turn>,
}

/// A claim at one cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Dollars per unit of goodwill.
    pub cost: f64,
    /// Dollars that one bad introduction costs: the goodwill that it takes, its request included.
    pub per_bad: f64,
    /// Round in which it was tried; 0 is the coarse grid.
    pub round: usize,
    /// By replication: why there is no number, or the metric, that of the other scenario, and by how much the claim holds.
    pub rows: Vec<Result<Numbers, String>>,
    place: f64,
}

/// Numbers of one replication at one cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// The metric in the claim's scenario.
    pub metric: Option<f64>,
    /// The same in the scenario that it is held against.
    pub against: Option<f64>,
    /// By how much the claim holds, in the metric's unit; negative where it does not.
    pub margin: Option<f64>,
}

/// A crossing in dollars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Dollars per unit of goodwill.
    pub cost: f64,
    /// Lower and upper end of the interval.
    pub interval: Option<(f64, f64)>,
    /// Goodwill that a bad introduction takes, its request included: dollars of one are that times the cost.
    pub goodwill: f64,
    /// The crossing itself.
    pub crossing: Crossing,
}

/// The work: which scenarios are run at which cost, each once however many claims need it.
struct Work<'a> {
    claims: &'a Claims,
    scenarios: Vec<Scenario>,
    /// Scenario and counterpart of each claim, by their numbers.
    of_claims: Vec<(usize, Option<usize>)>,
    /// By scenario and cost (its bits, which sort like the positive number that they are).
    rows: BTreeMap<(usize, u64), Vec<Row>>,
    cautions: Vec<Caution>,
}

/// Finds where claims turn.
///
/// - `points`: of the coarse grid
/// - `begin`: called with the weeks of each round; gives what is called after each of them, from any thread
///
/// # Errors
/// [`Missing`] if others have not run theirs: the next round needs all of this one.
pub fn flips(
    claims: &Claims,
    points: usize,
    begin: &mut Begin<'_>,
    kept: &dyn Keep,
) -> Result<Flips, Missing> {
    let mut work = Work::new(claims);
    let last = points.saturating_sub(1).max(1) as f64;
    let grid: Vec<f64> = (0..points).map(|i| i as f64 / last).collect();
    let mut try_points = |points: &[(usize, f64)]| {
        work.run(points, begin, kept)?;
        Ok(points.iter().map(|&(claim, place)| vec![work.margins(claim, place)]).collect())
    };
    let seed = claims.claims.first().map_or(0, |claim| claim.scenario.scenario.run.seed);
    let tried = search(claims.claims.len(), &grid, seed, &|_, place| Some(place), &mut try_points)?;
    let mut judged = Vec::new();
    for (claim, tried) in tried.iter().enumerate() {
        let mut points: Vec<Judged> =
            tried.iter().map(|tried| work.judged(claim, tried.place, tried.round)).collect();
        points.sort_by(|one, other| one.place.total_cmp(&other.place));
        let (flip, cautions) = work.flip(claim, points, crossing::search::curve(tried, 0), seed);
        work.cautions.extend(cautions);
        judged.push(flip);
    }
    Ok(Flips { claims: judged, cautions: work.cautions })
}

impl<'a> Work<'a> {
    fn new(claims: &'a Claims) -> Self {
        let mut scenarios: Vec<Scenario> = Vec::new();
        let mut number = |scenario: &Scenario| match scenarios.iter().position(|known| known == scenario) {
            Some(number) => number,
            None => {
                scenarios.push(scenario.clone());
                scenarios.len() - 1
            }
        };
        let of_claim = |claim: &Claim| {
            let own = number(&claim.scenario.scenario);
            (own, claim.against.as_ref().map(|other| number(&other.scenario)))
        };
        let of_claims = claims.claims.iter().map(of_claim).collect();
        Self { claims, scenarios, of_claims, rows: BTreeMap::new(), cautions: Vec::new() }
    }

    fn cost(&self, place: f64) -> f64 {
        self.claims.knob.at(place).number().unwrap_or(f64::NAN)
    }

    fn turned(&self, scenario: usize, place: f64) -> Scenario {
        let mut turned = self.scenarios[scenario].clone();
        self.claims.knob.turn(&mut turned, &self.claims.knob.at(place));
        turned
    }

    /// Runs whatever the points need and has not been run.
    fn run(
        &mut self,
        points: &[(usize, f64)],
        begin: &mut Begin<'_>,
        kept: &dyn Keep,
    ) -> Result<(), Missing> {
        let mut needed: BTreeMap<(usize, u64), f64> = BTreeMap::new();
        for &(claim, place) in points {
            let (own, other) = self.of_claims[claim];
            for scenario in std::iter::once(own).chain(other) {
                let key = (scenario, self.cost(place).to_bits());
                if !self.rows.contains_key(&key) {
                    needed.insert(key, place);
                }
            }
        }
        let arm = |(&(scenario, _), &place): (&(usize, u64), &f64)| Arm {
            name: format!("{scenario} / {}", self.cost(place)),
            scenario: self.turned(scenario, place),
        };
        let arms: Vec<Arm> = needed.iter().map(arm).collect();
        let week_done = begin(batch::total_weeks(&arms));
        let tries = outcomes_of(&arms, &*week_done, kept)?;
        let is_first = self.rows.is_empty();
        let places: Vec<f64> = needed.values().copied().collect();
        for (arm, warning) in tries.warnings.into_iter().filter(|_| is_first) {
            let at = Some(setting_text(&self.claims.knob, places[arm]));
            self.cautions.push(Caution::Market { at, warning });
        }
        self.rows.extend(needed.into_keys().zip(tries.rows));
        Ok(())
    }

    /// Rows of a scenario at a cost that was run.
    fn rows_of(&self, scenario: usize, place: f64) -> &[Row] {
        self.rows.get(&(scenario, self.cost(place).to_bits())).map_or(&[], Vec::as_slice)
    }

    fn judged(&self, claim: usize, place: f64, round: usize) -> Judged {
        let said = &self.claims.claims[claim];
        let (own, other) = self.of_claims[claim];
        let rows = self.rows_of(own, place);
        let others = other.map(|other| self.rows_of(other, place));
        let turned = self.turned(own, place);
        let row = |(replication, row): (usize, &Row)| {
            let row = row.as_ref().map_err(ToString::to_string)?;
            let metric = metric_of(said.metric, row);
            let against = match others {
                None => None,
                Some(rows) => {
                    let row = rows.get(replication).ok_or("the other scenario has no such replication")?;
                    let row = row.as_ref().map_err(ToString::to_string)?;
                    metric_of(said.metric, row)
                }
            };
            let number = if others.is_some() { metric.zip(against).map(|(a, b)| a - b) } else { metric };
            let margin = number.map(|number| match said.holds {
                Holds::Above => number - said.threshold,
                Holds::Below => said.threshold - number,
            });
            Ok(Numbers { metric, against, margin })
        };
        let goodwill = &turned.goodwill;
        Judged {
            cost: self.cost(place),
            per_bad: self.cost(place) * (goodwill.per_request + goodwill.bad),
            round,
            rows: rows.iter().enumerate().map(row).collect(),
            place,
        }
    }

    fn margins(&self, claim: usize, place: f64) -> Vec<Option<f64>> {
        let margin = |row: &Result<Numbers, String>| row.as_ref().ok().and_then(|numbers| numbers.margin);
        self.judged(claim, place, 0).rows.iter().map(margin).collect()
    }

    fn flip(
        &self,
        claim: usize,
        points: Vec<Judged>,
        curve: Option<Curve>,
        seed: u64,
    ) -> (Flip, Vec<Caution>) {
        let said = &self.claims.claims[claim];
        let scenario = &self.scenarios[self.of_claims[claim].0];
        let found = curve.map(|curve| crossing::find(&curve, seed));
        let along = |place: f64| self.claims.knob.along(place).unwrap_or(f64::NAN);
        let turn = |crossing: &Crossing| Turn {
            cost: along(crossing.place),
            interval: crossing.interval.map(|(low, high)| (along(low), along(high))),
            goodwill: scenario.goodwill.per_request + scenario.goodwill.bad,
            crossing: *crossing,
        };
        let turns = found.iter().flat_map(|found| &found.crossings).map(turn).collect();
        let replications = points.iter().map(|point| point.rows.len()).max().unwrap_or(0);
        let whole = found.as_ref().map_or(0, |found| found.replications);
        let mut cautions = Vec::new();
        if whole < replications {
            let replications = replications - whole;
            cautions.push(Caution::LeftOut { level: said.name.clone(), replications });
        }
        if points.len() > 1 && points.windows(2).all(|pair| pair[0].rows == pair[1].rows) {
            cautions.push(Caution::Still { knob: self.claims.knob.key.path, level: said.name.clone() });
        }
        (Flip { points, found, turns }, cautions)
    }
}
