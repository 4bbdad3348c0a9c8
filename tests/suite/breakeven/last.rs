//! The last of a number of sellers: what a week brings him, and the size that a market comes to.

use introsim::engine::Arm;
use introsim::experiments::keep::Nothing;
use introsim::experiments::outcomes::Metric;
use introsim::experiments::run::run;
use introsim::experiments::threshold::breakeven::{Criterion, Level};
use introsim::experiments::threshold::{Question, answer};
use introsim::scenario::Scenario;
use introsim::scenario::experiment::{Scale, knob_of};

use crate::life::{changed, small};

/// Sellers who do nothing but sign people for money: no hour but those in which they are open, no failure and no refund. Whoever
/// applies is drawn to any of them, so that what all of them take together does not hang on their number.
fn cash() -> Scenario {
    changed(
        &small(),
        &[
            "workers.count=1500",
            "decision_makers.count=100",
            "introducers.count=100",
            "introducers.ties=8",
            "sellers.entry=closed",
            "sellers.share=50%",
            "sellers.open_hours=10h",
            "sellers.outside_wage_log_sd=0",
            "sellers.contact_hours=0h",
            "sellers.pitch_hours=1h",
            "sellers.pitches_per_week=0",
            "sellers.livelihood=0",
            "sellers.foresight=0",
            "buyers.uplift_years=0",
            "buyers.hazard_weeks=5200",
            "buyers.consider_rate=30%",
            "contract.upfront=$500",
            "introducers.hour_value=$10",
            "run.weeks=60",
            "run.replications=8",
        ],
    )
}

fn books(scenario: &Scenario) -> Vec<Vec<Option<f64>>> {
    let arm = Arm { name: "books".into(), scenario: scenario.clone() };
    run(&[arm], &|| {}).replications.into_iter().map(|r| r.result.unwrap().outcomes).collect()
}

fn read(row: &[Option<f64>], name: &str) -> f64 {
    Metric::of(name).unwrap().read(row).unwrap()
}

fn last(rows: &[Vec<Option<f64>>]) -> Vec<f64> {
    rows.iter().map(|row| Criterion::LastGains.margin(row).unwrap()).collect()
}

/// What N sellers share of a week's takings R covers the hours that each is open, at w, up to N = R/(10 h · w).
#[test]
fn the_root_of_a_market_of_a_fixed_purse_is_the_purse_over_what_being_open_costs() {
    let scenario = cash();
    let rows = books(&scenario);
    let weeks = f64::from(scenario.run.weeks) / 2.0;
    let takings =
        rows.iter().map(|row| read(row, "fees_dollars_judged")).sum::<f64>() / rows.len() as f64 / weeks;
    let root = takings / (10.0 * scenario.introducers.hour_value) / f64::from(scenario.introducers.count);
    assert!((0.1..0.9).contains(&root), "{root}");
    assert!(rows.iter().all(|row| read(row, "hours_judged") == 0.0), "nobody works");
    let knob = knob_of("sellers.share", Some("2%..100%"), Some(Scale::Linear)).unwrap();
    let level = Level { name: "cash".into(), scenario };
    let question = Question { knob, subjects: vec![level], points: 8 };
    let answer = answer(&question, &mut |_| Box::new(|| {}), &Nothing).unwrap();
    let [turn] = &answer.subjects[0].findings[3].turns[..] else { panic!("one root: {answer:?}") };
    println!("{root} {turn:?}");
    assert!(!turn.crossing.rises, "with more sellers it pays no longer");
    // The purse differs by a few in a hundred between numbers of sellers, by luck; a seller is a hundredth of the axis.
    assert!((turn.value - root).abs() < 0.05 * root + 0.01, "{} where the books have {root}", turn.value);
}

/// What an hour is worth to the dearest enters with its hours, and nothing else does.
#[test]
fn the_last_of_one_is_the_first_and_a_dearer_one_gains_less() {
    let scenario = changed(&cash(), &["sellers.outside_wage_log_sd=0.4", "run.replications=3"]);
    let alone = books(&changed(&scenario, &["sellers.share=1%"]));
    for row in &alone {
        // One seller for thirty weeks: fees a week, less ten hours of the introducer to whom they are worth least.
        let expected = read(row, "fees_dollars_judged") / 30.0 - 10.0 * read(row, "least_wage");
        assert!((last(std::slice::from_ref(row))[0] - expected).abs() < 1e-6);
    }
    // Of a hundred lognormal wages of mean 1 and σ 0.4 the greatest is 1.9 to 3.6 times the mean in 98 of 100 draws: its median
    // is exp(0.4 · 2.46 − 0.08) = 2.5.
    let all = books(&changed(&scenario, &["sellers.share=100%"]));
    for row in &all {
        let fees = read(row, "fees_dollars_judged") / 30.0 / 100.0;
        let wage = (fees - last(std::slice::from_ref(row))[0]) / 10.0 / scenario.introducers.hour_value;
        assert!((1.9..3.6).contains(&wage), "{wage}");
    }
}

/// Where sellers come and go nobody is the last, and the question is not asked.
#[test]
fn in_a_market_that_anybody_may_enter_nobody_is_the_last() {
    let scenario = changed(&cash(), &["sellers.entry=free", "run.replications=1"]);
    assert!(books(&scenario).iter().all(|row| Criterion::LastGains.margin(row).is_none()));
    let level = Level { name: "free".into(), scenario };
    let knob = knob_of("contract.upfront", Some("$100..$300"), Some(Scale::Linear)).unwrap();
    let question = Question { knob, subjects: vec![level], points: 2 };
    let answer = answer(&question, &mut |_| Box::new(|| {}), &Nothing).unwrap();
    let asked: Vec<Criterion> =
        question.subjects[0].asked(&answer.subjects[0]).map(|(criterion, _)| criterion).collect();
    assert_eq!(asked, Criterion::ALL[..3]);
}
