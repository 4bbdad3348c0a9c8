//! Real markets on the same luck: what pairing saves, what equal scenarios give, and what other seeds do to it.

use introsim::engine::Arm;
use introsim::experiments::contrast::{Luck, Pairing, Verdict};
use introsim::experiments::paired::{Baseline, Comparison, compare, warnings};
use introsim::experiments::run::{Run, run};
use introsim::experiments::warning::Warning;
use introsim::scenario::Scenario;

use crate::life::{changed, mean_and_error, small, small_paid};

/// Runs scenarios for 16 replications and compares them with the first.
fn compared(scenarios: &[&Scenario]) -> (Run, Vec<Comparison>, Vec<Warning>) {
    let arm = |(number, scenario): (usize, &&Scenario)| {
        let mut scenario = (*scenario).clone();
        scenario.run.replications = 16;
        Arm { name: format!("arm-{number}"), scenario }
    };
    let arms: Vec<Arm> = scenarios.iter().enumerate().map(arm).collect();
    let finished = run(&arms, &|| {});
    let comparisons = compare(&arms, &finished.replications, Baseline::Asked(0));
    let warned = warnings(&arms, Baseline::Asked(0), &comparisons);
    (finished, comparisons, warned)
}

/// Values of an outcome in all replications of an arm.
fn values(run: &Run, arm: usize, metric: &str) -> Vec<f64> {
    let columns = introsim::experiments::outcomes::columns();
    let position = columns.iter().position(|column| column.0 == metric).unwrap();
    let own = run.replications.iter().filter(|r| r.arm == arm);
    own.map(|r| r.result.as_ref().unwrap().outcomes[position].unwrap()).collect()
}

#[test]
fn the_same_luck_narrows_what_two_institutions_do_to_one_labour_market() {
    let (run, comparisons, warned) = compared(&[&small(), &small_paid()]);
    assert_eq!((comparisons[0].luck, warned.len()), (Luck::SameOpening, 0));
    for metric in ["unemployment_share", "requests_cold", "pool_ability"] {
        let found = &comparisons[0].of(metric).unwrap().contrast;
        // The error of a difference of two independent runs, by hand.
        let (one, other) =
            (mean_and_error(&values(&run, 0, metric)), mean_and_error(&values(&run, 1, metric)));
        let apart = one.1.hypot(other.1);
        let (low, high) = found.estimate.unwrap().interval.unwrap();
        // Student's t of 15 degrees of freedom, from the printed table.
        let paired = (high - low) / 2.0 / 2.131_45;
        let saved = 1.0 - paired * paired / (apart * apart);
        println!("{metric}: saved {saved:.3}");
        assert!((found.variance_saved.unwrap() - saved).abs() < 1e-4, "{metric}: {found:?}, {saved}");
        assert!((found.estimate.unwrap().value - (other.0 - one.0)).abs() < 1e-12 * one.0.abs().max(1.0));
        assert!(saved > 0.5, "{metric}: the common luck saved {saved}");
        assert_eq!(found.pairing, Some(Pairing::Paired), "{metric}");
    }
}

#[test]
fn equal_scenarios_under_two_names_differ_in_nothing() {
    let (_, comparisons, _) = compared(&[&small_paid(), &small_paid()]);
    let mut seen = 0;
    for difference in &comparisons[0].differences {
        let found = &difference.contrast;
        let Some(estimate) = found.estimate else { continue };
        seen += 1;
        assert_eq!(Some(estimate.value), Some(0.0), "{}", difference.metric);
        assert!(!estimate.excludes(0.0), "{}", difference.metric);
        if estimate.n > 1 {
            assert_eq!(found.verdict, Some(Verdict::NoneDetectable), "{}", difference.metric);
            assert!([None, Some(1.0)].contains(&found.variance_saved), "{}", difference.metric);
            assert_ne!(found.pairing, Some(Pairing::NotPaired), "{}", difference.metric);
        }
    }
    assert!(seen > 100, "only {seen} outcomes exist: the test shows little");
}

#[test]
fn other_seeds_are_told_and_never_pass_for_paired() {
    let other = changed(&small(), &["run.seed=2"]);
    let (_, comparisons, warned) = compared(&[&small(), &other]);
    assert_eq!(comparisons[0].luck, Luck::OtherSeed);
    let flags = || comparisons[0].differences.iter().map(|d| d.contrast.pairing);
    assert!(flags().all(|pairing| pairing != Some(Pairing::Paired)));
    assert!(flags().filter(|pairing| *pairing == Some(Pairing::NotPaired)).count() > 50);
    let words = warned.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(
        words.starts_with(
            "arm-1 and arm-0 have different seeds, 2 and 1, so their differences are not paired"
        )
    );
    assert!(words.ends_with("--seed gives all the same luck"), "{words}");
}

#[test]
fn another_labour_market_on_the_same_seed_is_told_and_judged_by_what_its_luck_saves() {
    let other =
        changed(&small(), &["introducers.goodwill_value=$9,000", "run.burn_in=20", "run.spells_sample=50%"]);
    let (_, comparisons, warned) = compared(&[&small(), &other]);
    assert_eq!(comparisons[0].luck, Luck::SameSeed);
    let words = warned.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let keys = "they differ in run.burn_in, run.spells_sample, introducers.goodwill_value;";
    assert!(
        words.starts_with("arm-1 and arm-0 have burn-ins of their own") && words.contains(keys),
        "{words}"
    );
    // The same people live in both, so their ability is the same luck.
    assert_eq!(comparisons[0].of("pool_ability").unwrap().contrast.pairing, Some(Pairing::Paired));
}

#[test]
fn spans_of_other_lengths_are_not_compared() {
    let (_, comparisons, warned) = compared(&[&small(), &changed(&small(), &["run.weeks=39"])]);
    assert_eq!(comparisons[0].luck, Luck::OtherWeeks);
    assert!(comparisons[0].differences.iter().all(|d| d.contrast.n() == 0 && d.contrast.verdict.is_none()));
    assert_eq!(
        warned.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["arm-1 runs for 39 weeks and arm-0 for 40: they are not compared; --weeks gives all the same"]
    );
}

#[test]
fn the_difference_of_clients_gains_is_that_of_the_summaries() {
    let paid = changed(&small_paid(), &["run.weeks=80", "buyers.holdout=40%", "buyers.consider_rate=1"]);
    let dear = changed(&paid, &["contract.upfront=$300"]);
    let (run, comparisons, _) = compared(&[&paid, &dear]);
    let gain = |arm: usize| run.summaries[arm].of("clients_gain").unwrap().value;
    let found = &comparisons[0].of("clients_gain").unwrap().contrast;
    println!("{found:?}");
    assert_eq!(found.n(), 16);
    assert!((found.estimate.unwrap().value - (gain(1) - gain(0))).abs() < 1e-12);
    assert!((found.means.unwrap().0 - gain(1)).abs() < 1e-12 && found.verdict.is_some());
    // Against a market in which nobody sells there is no gain to compare.
    let (_, comparisons, _) = compared(&[&small(), &paid]);
    assert_eq!(comparisons[0].of("clients_gain").unwrap().contrast.n(), 0);
}
