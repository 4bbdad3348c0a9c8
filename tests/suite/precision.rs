//! How sure answers are: replications added until an interval is narrow, and intervals over what nobody has measured.

use std::collections::BTreeMap;
use std::sync::Mutex;

use introsim::engine::Arm;
use introsim::experiments::assumptions::{ASSUMED, explore, is_plausible, over};
use introsim::experiments::keep::{Keep, Nothing};
use introsim::experiments::outcomes::columns;
use introsim::experiments::precision::{BATCH, Reached, Target, metric, reached, relative_half_width};
use introsim::experiments::run::{Detail, Finished, conclude, more, run};
use introsim::maths;
use introsim::scenario::key;
use introsim::stats::mean_interval;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::{Distribution, Normal};

use crate::life::{changed, small};

fn arms(settings: &[&str]) -> Vec<Arm> {
    let one = |name: &str, more: &[&str]| Arm {
        name: name.to_owned(),
        scenario: changed(&changed(&small(), settings), more),
    };
    vec![
        one("organic", &[]),
        one("contingency", &["sellers.entry=closed", "sellers.share=25%", "contract.share_of_salary=10%"]),
    ]
}

#[test]
fn replications_added_in_batches_are_those_of_one_run() {
    let settings = ["run.burn_in=20", "run.weeks=60"];
    let at_once = run(&arms(&[&settings[..], &["run.replications=5"]].concat()), &|| {});
    let mut finished = Finished::default();
    more(&arms(&[&settings[..], &["run.replications=2"]].concat()), 0, &mut finished, &|| {}, &Nothing)
        .unwrap();
    let all = arms(&[&settings[..], &["run.replications=5"]].concat());
    more(&all, 2, &mut finished, &|| {}, &Nothing).unwrap();
    let in_batches = conclude(&all, &finished);
    assert_eq!(in_batches.summaries, at_once.summaries);
    assert_eq!(in_batches.warnings, at_once.warnings);
    let rows = |run: &introsim::experiments::run::Run| {
        let row = |r: &introsim::experiments::run::Replication| {
            (r.arm, r.number, r.result.as_ref().map(|rows| rows.outcomes.clone()).ok())
        };
        run.replications.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(rows(&in_batches), rows(&at_once));
}

/// Keeps pieces in memory, and gives them again.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Keep for Shelf {
    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn keep(&self, name: &str, bytes: Vec<u8>) {
        self.0.lock().unwrap().insert(name.to_owned(), bytes);
    }

    fn lends(&self) -> bool {
        true
    }
}

#[test]
fn rows_that_can_be_read_again_leave_memory_and_come_back_the_same() {
    let all = arms(&["run.burn_in=20", "run.weeks=60", "run.replications=3"]);
    let at_once = run(&all, &|| {});
    let shelf = Shelf::default();
    // WeekView, then recalled.
    for round in ["lived", "recalled"] {
        let mut finished = Finished::default();
        more(&all, 0, &mut finished, &|| {}, &shelf).unwrap();
        let kept = conclude(&all, &finished);
        assert_eq!(kept.replications.len(), at_once.replications.len());
        for (one, other) in kept.replications.iter().zip(&at_once.replications) {
            let (one, other) = (one.result.as_ref().unwrap(), other.result.as_ref().unwrap());
            let Detail::Kept(place) = &one.detail else { panic!("{round}: still in memory") };
            let bytes = &shelf.recall(&place.piece).unwrap()[place.bytes.clone()];
            let there = Detail::Here(Box::new(place.tables(bytes).unwrap()));
            assert_eq!(format!("{there:?}"), format!("{:?}", other.detail), "{round}");
            assert_eq!((&one.opening_hash, &one.outcomes), (&other.opening_hash, &other.outcomes), "{round}");
        }
    }
}

#[test]
fn half_the_width_takes_four_times_the_replications() {
    let known =
        Reached { scenario: "a".to_owned(), metric: "goodwill", half_width: Some(0.10), target: 0.05, n: 20 };
    assert!(!known.is_enough());
    assert_eq!(known.replications_for(0.05), Some(80));
    assert!(Reached { target: 0.10, ..known.clone() }.is_enough());
    let unknown = Reached { half_width: None, ..known };
    assert!(!unknown.is_enough() && unknown.replications_for(0.05).is_none());
}

#[test]
fn the_outcome_watched_is_the_one_named_or_what_the_scenario_is_about() {
    let arms = arms(&["run.burn_in=20", "run.weeks=30", "run.replications=3"]);
    let summaries = run(&arms, &|| {}).summaries;
    let named = Target { metric: metric("goodwill"), half_width: 0.5 };
    let found = reached(&arms, &summaries, &[Target { metric: None, half_width: 0.5 }, named]);
    let watched: Vec<_> = found.iter().map(|r| (r.scenario.as_str(), r.metric)).collect();
    assert_eq!(
        watched,
        [
            ("organic", "hires_organic"),
            ("organic", "goodwill"),
            ("contingency", "hires_paid"),
            ("contingency", "goodwill")
        ]
    );
    assert_eq!(metric("good_will"), None);
}

/// Looking at the data to decide when to stop costs a little of the 95 %. Batches of ten, mean 10, sd 4, asked for
/// 10 %: a single look needs about 62 numbers. Over 4,000 experiments one standard error is √(0.95 · 0.05/4000) =
/// 0.0034; the share found must lie within four of them below 0.95 and no more than 0.02 under that: what the document
/// says the rule may cost.
#[test]
fn stopping_when_the_interval_is_narrow_costs_at_most_two_points_of_coverage() {
    let normal = Normal::new(10.0, 4.0).unwrap();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
    let (mut held, mut numbers) = (0, 0);
    for _ in 0..4_000 {
        let mut values: Vec<f64> = Vec::new();
        let estimate = loop {
            values.extend((0..BATCH).map(|_| normal.sample(&mut random)));
            let estimate = mean_interval(&values, 0.95).unwrap();
            if relative_half_width(&estimate).unwrap() <= 0.10 || values.len() >= 500 {
                break estimate;
            }
        };
        let (low, high) = estimate.interval.unwrap();
        held += u32::from((low..=high).contains(&10.0));
        numbers += values.len();
    }
    let share = f64::from(held) / 4_000.0;
    assert!((0.93 - 4.0 * 0.0034..=0.95 + 4.0 * 0.0034).contains(&share), "{share}");
    let mean = numbers as f64 / 4_000.0;
    assert!((50.0..80.0).contains(&mean), "stopped after {mean} numbers on average");
}

#[test]
fn assumed_constants_are_spread_over_their_believable_ranges_one_in_each_stratum() {
    let arms = arms(&["run.burn_in=4", "run.weeks=4", "workers.count=40"]);
    let points = explore(&arms, &[false, true], 40, &|| {}, &Nothing).unwrap();
    assert_eq!(points.len(), 40, "the one that is asked for at every point");
    assert!(points.iter().all(|p| p.arm == 1 && p.hits && p.outcomes.is_ok()));
    for (position, path) in ASSUMED.iter().enumerate() {
        let range = key(path).unwrap().plausible.unwrap_or_else(|| panic!("{path} has no believable range"));
        let mut values: Vec<f64> = points.iter().map(|p| p.values[position]).collect();
        values.sort_by(f64::total_cmp);
        assert!(values[0] >= range.low && values[39] <= range.high, "{path}: {values:?}");
        let log = range.low > 0.0 && range.high / range.low > 10.0;
        let place = |x: f64| {
            if log {
                maths::ln(x / range.low) / maths::ln(range.high / range.low)
            } else {
                (x - range.low) / (range.high - range.low)
            }
        };
        for (stratum, value) in values.iter().enumerate() {
            let at = place(*value) * 40.0 - stratum as f64;
            assert!((-1e-6..=1.0 + 1e-6).contains(&at), "{path}: {value} is not in stratum {stratum}");
        }
    }
}

/// In so small a market, four weeks after it began, nobody has been out of work for long: it misses the mean of 21 weeks by
/// more than one and a half times 4.5.
#[test]
fn points_at_which_the_labour_market_misses_its_facts_are_put_aside() {
    let arms = arms(&["run.burn_in=4", "run.weeks=4", "workers.count=40"]);
    let points = explore(&arms, &[true, true], 40, &|| {}, &Nothing).unwrap();
    assert_eq!(points.len(), 40, "nothing else is run there");
    assert!(points.iter().all(|p| p.arm == 0 && !p.hits && p.outcomes.is_ok()));
    assert_eq!(over(&points, 0, "hires_cold"), None);
}

/// A row of outcomes that are what the facts say, one of them off by so many halves of its range.
fn row(off: &str, by: f64) -> Vec<Option<f64>> {
    // Targets and halves of the ranges as the documentation has them.
    let facts = [
        ("contact_share", 0.45, 0.15),
        ("referral_ratio", 8.8, 2.5),
        ("median_weeks_out", 9.5, 3.0),
        ("mean_weeks_out", 21.4, 4.5),
        ("offers_per_interview", 0.20, 0.055),
        ("applicants_per_hire", 100.0, 50.0),
    ];
    let value = |name: &str| {
        let (fact, target, half) = facts.into_iter().find(|(fact, ..)| *fact == name)?;
        Some(target + if fact == off { by * half } else { 0.0 })
    };
    columns().into_iter().map(|(name, ..)| value(name)).collect()
}

#[test]
fn one_and_a_half_halves_of_a_range_are_plausible_and_more_is_not() {
    for metric in ["contact_share", "referral_ratio", "median_weeks_out", "mean_weeks_out"] {
        assert!([-1.49, 0.0, 1.49].into_iter().all(|by| is_plausible(&row(metric, by))), "{metric}");
        assert!([-1.51, 1.51].into_iter().all(|by| !is_plausible(&row(metric, by))), "{metric}");
    }
}

#[test]
fn where_nobody_knows_an_introducer_the_assumptions_about_them_change_nothing() {
    let settings = [
        "contacts.start_mean=0",
        "contacts.meet_rate=0",
        "run.burn_in=8",
        "run.weeks=12",
        "run.replications=1",
    ];
    let mut organic = vec![arms(&settings).remove(0)];
    // Nobody sells, but it is not the labour market alone, which would be held against the facts.
    organic[0].scenario.screening.half_hours = 3.0;
    let points = explore(&organic, &[true], 40, &|| {}, &Nothing).unwrap();
    let hires = over(&points, 0, "hires_cold").unwrap();
    assert_eq!(
        (hires.n, hires.low.to_bits(), hires.low.to_bits()),
        (40, hires.high.to_bits(), hires.median.to_bits())
    );
    // Goodwill itself moves: it is what was assumed.
    let goodwill = over(&points, 0, "goodwill").unwrap();
    assert!(goodwill.low < goodwill.high, "{goodwill:?}");
    assert_eq!(over(&points[..39], 0, "hires_cold"), None, "39 points are too few for a percentile");
}
