//! Paired differences: each scenario against a baseline, replication by replication.
//!
//! Replications of equal number share their luck, so what is common to both sides cancels in their difference. Each
//! outcome is judged by itself, from the replications that both sides finished and in which both have it.

use std::collections::{BTreeMap, BTreeSet};

use super::contrast::{Contrast, Kind, Luck};
use super::gain::{self, Arms};
use super::outcomes;
use super::run::{Replication, Rows};
use super::warning::Warning;
use crate::engine::Arm;
use crate::scenario::{Key, Scenario, key};
use crate::stats;

/// What is shown of differences if nobody asks for anything else: outcome, words, and what its numbers are multiplied by.
pub const HEADLINES: [(&str, &str, f64); 10] = [
    ("unemployment_share", "out of work, % points", 100.0),
    ("median_weeks_out", "weeks out of work, median", 1.0),
    ("hires_paid", "hires: placed by sellers", 1.0),
    ("hires_organic", "hires: introduced for nothing", 1.0),
    ("acceptance_organic", "met of free introductions, % points", 100.0),
    ("goodwill", "goodwill of the ties", 1.0),
    ("welfare_workers", "welfare of workers, $ a head and year", 1.0),
    ("welfare_decision_makers", "welfare of decision-makers, $ a head and year", 1.0),
    ("welfare_sellers", "welfare of sellers, $ a head and year", 1.0),
    ("welfare_sum", "welfare, sum, $ a head and year", 1.0),
];

/// One outcome of one scenario against the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The outcome, named as in [`metrics`].
    pub metric: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What kind of number it is.
    pub kind: Kind,
    /// What the pairs say.
    pub contrast: Contrast,
}

/// All outcomes of one scenario against the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Name of the scenario.
    pub scenario: String,
    /// Name of the baseline.
    pub baseline: String,
    /// What they have in common.
    pub luck: Luck,
    /// Differences, in the order of [`metrics`].
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// The difference in an outcome.
    #[must_use]
    pub fn of(&self, metric: &str) -> Option<&Difference> {
        self.differences.iter().find(|difference| difference.metric == metric)
    }
}

/// Sums of outcomes that are compared too: name, unit, meaning, the outcomes added.
pub const SUMS: [(&str, &str, &str, [&str; 3]); 2] = [
    (
        "welfare_sum",
        "dollars a worker and year",
        "welfare of workers, decision-makers and sellers together; fees cancel",
        ["welfare_workers", "welfare_decision_makers", "welfare_sellers"],
    ),
    (
        "welfare_sum_judged",
        "dollars a worker and year",
        "welfare of workers, decision-makers and sellers together; fees cancel; last 104 weeks, or the second \
         half of a run of fewer than 208",
        ["welfare_workers_judged", "welfare_decision_makers_judged", "welfare_sellers_judged"],
    ),
];

/// Name, unit and meaning of everything that is compared: all outcomes, then [`SUMS`].
#[must_use]
pub fn metrics() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut metrics = outcomes::columns();
    metrics.extend(SUMS.iter().map(|&(name, unit, meaning, _)| (name, unit, meaning)));
    metrics
}

/// What scenarios are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// This arm, whatever the two have in common: it was asked for.
    Asked(usize),
    /// Each against the market that opens as it does and in which nobody sells, if one was run. The arm is the first in
    /// which nobody sells.
    Organic(usize),
}

impl Baseline {
    /// The arm that is shown beside all others.
    #[must_use]
    pub fn first(self) -> usize {
        let (Self::Asked(arm) | Self::Organic(arm)) = self;
        arm
    }

    /// What each arm is held against; `None` for what others are held against, and where there is nothing to hold it
    /// against.
    #[must_use]
    pub fn of_each(self, arms: &[Arm]) -> Vec<Option<usize>> {
        let other = |arm: usize| match self {
            Self::Asked(baseline) => Some(baseline),
            Self::Organic(_) => organic_beside(arms, arm),
        };
        (0..arms.len()).map(|arm| other(arm).filter(|&baseline| baseline != arm)).collect()
    }

    /// Scenarios that are held against nothing, and nothing against them, since no other opens as they do.
    #[must_use]
    pub fn left_out(self, arms: &[Arm]) -> Vec<usize> {
        let each = self.of_each(arms);
        let is_out =
            |arm: &usize| each[*arm].is_none() && *arm != self.first() && !each.contains(&Some(*arm));
        (0..arms.len()).filter(is_out).collect()
    }
}

/// The market that opens as an arm does and in which nobody sells: the first that lasts as long, else the first.
fn organic_beside(arms: &[Arm], arm: usize) -> Option<usize> {
    let own = &arms[arm].scenario;
    let opening = own.labour_market();
    let is_beside = |other: &Scenario| sells_nothing(other) && other.labour_market() == opening;
    let beside: Vec<usize> = (0..arms.len()).filter(|&other| is_beside(&arms[other].scenario)).collect();
    let as_long = beside.iter().find(|&&other| arms[other].scenario.run.weeks == own.run.weeks);
    as_long.or_else(|| beside.first()).copied()
}

/// Compares every scenario with what it is held against, in the order of the arms.
///
/// - `replications`: of all arms, those that failed too
#[must_use]
pub fn compare(arms: &[Arm], replications: &[Replication], baseline: Baseline) -> Vec<Comparison> {
    let each = baseline.of_each(arms);
    let pairs = each.iter().enumerate().filter_map(|(arm, other)| Some((arm, (*other)?)));
    pairs.map(|(arm, other)| against(arms, replications, arm, other)).collect()
}

fn against(arms: &[Arm], replications: &[Replication], arm: usize, baseline: usize) -> Comparison {
    let mut pairs = pairs(replications, arm, baseline);
    let luck = luck_of(&arms[arm].scenario, &arms[baseline].scenario, &pairs);
    if luck == Luck::OtherWeeks {
        pairs.clear();
    }
    let columns = outcomes::columns();
    let values = |rows: &Rows| with_sums(&columns, &rows.outcomes);
    let sides: Vec<_> = pairs.iter().map(|(one, other)| (values(one), values(other))).collect();
    let one = |(position, &(metric, unit, _)): (usize, &(&'static str, &'static str, &'static str))| {
        let (kind, numbers) = if gain::POOLED.contains(&metric) {
            (Kind::Pooled, gains(&pairs, position))
        } else {
            let both = sides.iter().filter_map(|(one, other)| one[position].zip(other[position]));
            (Kind::Number, both.collect())
        };
        Difference { metric, unit, kind, contrast: Contrast::of(&numbers, luck) }
    };
    Comparison {
        scenario: arms[arm].name.clone(),
        baseline: arms[baseline].name.clone(),
        luck,
        differences: metrics().iter().enumerate().map(one).collect(),
    }
}

/// What two scenarios have in common; the worlds at the opening are believed, not the files alone.
fn luck_of(scenario: &Scenario, baseline: &Scenario, pairs: &[(&Rows, &Rows)]) -> Luck {
    let opens_alike = |(one, other): &(&Rows, &Rows)| one.opening_hash == other.opening_hash;
    if scenario.run.weeks != baseline.run.weeks {
        Luck::OtherWeeks
    } else if scenario.run.seed != baseline.run.seed {
        Luck::OtherSeed
    } else if scenario.labour_market() == baseline.labour_market() && pairs.iter().all(opens_alike) {
        Luck::SameOpening
    } else {
        Luck::SameSeed
    }
}

/// Replications of equal number that both arms finished.
fn pairs(replications: &[Replication], arm: usize, baseline: usize) -> Vec<(&Rows, &Rows)> {
    let finished = |wanted: usize| {
        let own = replications.iter().filter(move |r| r.arm == wanted);
        own.filter_map(|r| Some((r.number, r.result.as_ref().ok()?)))
    };
    let partners: BTreeMap<u32, &Rows> = finished(baseline).collect();
    finished(arm).filter_map(|(number, rows)| Some((rows, *partners.get(&number)?))).collect()
}

/// Outcomes of one replication, then their sums; a sum of which a part is missing is missing.
fn with_sums(columns: &[(&str, &str, &str)], outcomes: &[Option<f64>]) -> Vec<Option<f64>> {
    let of = |name: &str| outcomes[columns.iter().position(|column| column.0 == name)?];
    let sum = |parts: &[&str; 3]| parts.iter().map(|part| of(part)).sum::<Option<f64>>();
    outcomes.iter().copied().chain(SUMS.iter().map(|(.., parts)| sum(parts))).collect()
}

/// A gain of both sides as pseudo-values, over the replications in which anybody was followed.
fn gains(pairs: &[(&Rows, &Rows)], column: usize) -> Vec<(f64, f64)> {
    let arms = |rows: &Rows| Arms::behind(&rows.outcomes, column);
    let says_something = |rows: &Rows| arms(rows).treated.1 > 0.0 || arms(rows).held_out.1 > 0.0;
    let speaking = || pairs.iter().filter(|(one, other)| says_something(one) || says_something(other));
    let side = |rows: &Rows| (arms(rows).treated, arms(rows).held_out);
    let scenario = stats::pseudo_values(&speaking().map(|(one, _)| side(one)).collect::<Vec<_>>());
    let baseline = stats::pseudo_values(&speaking().map(|(_, other)| side(other)).collect::<Vec<_>>());
    match scenario.zip(baseline) {
        Some((scenario, baseline)) => scenario.into_iter().zip(baseline).collect(),
        None => Vec::new(),
    }
}

/// The first arm in which nobody sells anything: no sellers, no coaching, no forms for money.
#[must_use]
pub fn organic(arms: &[Arm]) -> Option<usize> {
    arms.iter().position(|arm| sells_nothing(&arm.scenario))
}

/// Whether nobody sells anything there: no sellers, no coaching, no forms for money.
#[must_use]
pub fn sells_nothing(s: &Scenario) -> bool {
    let priced = [s.coaching.price, s.referral.employee_bonus, s.referral.stranger_price];
    !s.may_sell() && priced.iter().all(|&price| price <= 0.0)
}

/// What not to believe of comparisons, because of what the scenarios do not have in common.
#[must_use]
pub fn warnings(arms: &[Arm], baseline: Baseline, comparisons: &[Comparison]) -> Vec<Warning> {
    let each = baseline.of_each(arms);
    let pairs = each.iter().enumerate().filter_map(|(arm, other)| Some((&arms[arm], &arms[(*other)?])));
    let mut found: Vec<Warning> = pairs
        .zip(comparisons)
        .filter_map(|((arm, other), comparison)| unlike(arm, other, comparison))
        .collect();
    found.extend(apart(arms, baseline));
    found
}

/// What not to believe of one comparison.
fn unlike(arm: &Arm, base: &Arm, comparison: &Comparison) -> Option<Warning> {
    let base = &base.scenario;
    let names = || (comparison.scenario.clone(), comparison.baseline.clone());
    match comparison.luck {
        Luck::SameOpening => None,
        Luck::SameSeed => {
            let keys = opening_differences(&arm.scenario, base);
            Some(Warning::OtherOpening { scenarios: names(), keys })
        }
        Luck::OtherSeed => {
            let seeds = (arm.scenario.run.seed, base.run.seed);
            Some(Warning::OtherSeed { scenarios: names(), seeds })
        }
        Luck::OtherWeeks => {
            let weeks = (arm.scenario.run.weeks, base.run.weeks);
            Some(Warning::OtherWeeks { scenarios: names(), weeks })
        }
    }
}

/// Scenarios that are held against nothing, since nothing was run that opens as they do and in which nobody sells.
fn apart(arms: &[Arm], baseline: Baseline) -> Option<Warning> {
    let out = baseline.left_out(arms);
    let base = &arms[baseline.first()];
    let differ = |&arm: &usize| opening_differences(&arms[arm].scenario, &base.scenario);
    let keys: BTreeSet<&'static str> = out.iter().flat_map(differ).collect();
    (!out.is_empty()).then(|| Warning::NoOrganic {
        scenarios: out.iter().map(|&arm| arms[arm].name.clone()).collect(),
        baseline: base.name.clone(),
        keys: keys.into_iter().collect(),
    })
}

/// Keys of the labour market and of the opening in which two scenarios differ, in the order of a file.
fn opening_differences(scenario: &Scenario, baseline: &Scenario) -> Vec<&'static str> {
    let decides = |path: &&'static str| key(path).is_some_and(Key::decides_opening);
    scenario.differences(baseline).into_iter().filter(decides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::run::{Detail, Tables};

    /// Sum and number of those treated and of those held out, and their gain behind them.
    fn rows(numbers: [f64; 4]) -> Rows {
        let densities = std::array::from_fn(|_| Default::default());
        let tables = Tables { weekly: Vec::new(), spells: Vec::new(), tie_lives: Vec::new(), densities };
        Rows {
            opening_hash: String::new(),
            outcomes: numbers.iter().map(|&x| Some(x)).chain([None]).collect(),
            opened: 0,
            detail: Detail::Here(Box::new(tables)),
        }
    }

    /// A replication counts if anybody was followed on either side of it; one without anybody says nothing.
    #[test]
    fn a_pair_counts_in_a_gain_where_anybody_was_followed_on_one_of_its_sides() {
        let nobody = rows([0.0; 4]);
        let (one, two, base) =
            (rows([2.0, 4.0, 1.0, 4.0]), rows([6.0, 4.0, 1.0, 4.0]), rows([3.0, 2.0, 1.0, 2.0]));
        let found = gains(&[(&one, &nobody), (&two, &base), (&nobody, &nobody)], 4);
        assert_eq!(found.len(), 2);
        // Pooled, (2 + 6)/8 less (1 + 1)/8, and 3/2 less 1/2: the means of the pseudo-values.
        let mean = |side: fn(&(f64, f64)) -> f64| found.iter().map(side).sum::<f64>() / 2.0;
        assert!((mean(|pair| pair.0) - 0.75).abs() < 1e-9, "{found:?}");
        assert!((mean(|pair| pair.1) - 1.0).abs() < 1e-9, "{found:?}");
    }
}
