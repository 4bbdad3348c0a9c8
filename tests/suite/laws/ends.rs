//! Every key at both ends of its range: the laws hold there too, one key at a time, and with everything at its lowest.

use introsim::engine::{burn_in, continue_from};
use introsim::scenario::{Key, Kind, Part, Scenario, keys};

use super::check;
use crate::life::{changed, small};

/// Sizes of the market and its run: their largest values are large work, and `grid` has their smallest.
const SIZES: &[&str] = &[
    "run.weeks",
    "run.burn_in",
    "run.replications",
    "workers.count",
    "decision_makers.count",
    "introducers.count",
    "introducers.ties",
    "friends.mean_degree",
];

/// A market in which every institution is on.
fn everything_on() -> Scenario {
    changed(
        &small(),
        &[
            "run.burn_in=12",
            "run.weeks=24",
            "workers.count=200",
            "sellers.entry=closed",
            "sellers.share=25%",
            "buyers.consider_rate=30%",
            "contract.upfront=$50",
            "contract.per_introduction=$60",
            "contract.share_of_salary=5%",
            "contract.guarantee_weeks=6 weeks",
            "contract.retainer_per_week=$10",
            "sellers.integrity_mean=$20",
            "bombardment.requests_per_week=1",
            "screening.stages=[{ hours = 1, accept_above = -0.5 }, { hours = 1, accept_above = \"profit\" }]",
        ],
    )
}

/// A market in which employers pay and coaches and forms are at work.
fn employers_on() -> Scenario {
    changed(
        &small(),
        &[
            "run.burn_in=12",
            "run.weeks=40",
            "workers.count=200",
            "sellers.entry=closed",
            "sellers.share=25%",
            "buyers.consider_rate=30%",
            "contract.payer=employer",
            "contract.share_of_salary=20%",
            "employer.after_weeks=0",
            "employer.engages=0.5",
            "employer.found=5",
            "coaching.price=$200",
            "coaching.networking_gain=50%",
            "coaching.resume_precision_gain=0.1",
            "referral.employee_bonus=$1,000",
            "referral.stranger_price=$30",
            "introducers.goodwill_value=$500",
            "screening.stages=[{ hours = 1, accept_above = -0.5 }, { hours = 1, accept_above = \"profit\" }]",
        ],
    )
}

/// The lowest and the highest value that a file may give; a hair inside where the end itself does not belong to it.
fn ends(key: &Key) -> Vec<String> {
    let low = key.range.low;
    let high = if key.range.high.is_finite() { key.range.high } else { 1e6 };
    match key.kind {
        Kind::Number => vec![format!("{low}"), format!("{high}")],
        Kind::Count => vec![format!("{:.0}", low.ceil()), format!("{high:.0}")],
        Kind::Seed => vec!["0".to_owned(), u64::MAX.to_string()],
        Kind::Flag => vec!["true".to_owned(), "false".to_owned()],
        Kind::Choice(names) => names.iter().map(|name| (*name).to_owned()).collect(),
        Kind::Stages | Kind::Edges => Vec::new(),
    }
}

fn run(name: &str, scenario: &Scenario) {
    let opening = burn_in(scenario, 0, &|| {}).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let history = continue_from(scenario, opening.world.clone(), &|| {});
    let history = history.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    if scenario.run.spells_sample >= 1.0 {
        check(name, scenario, &opening, &history);
    }
}

/// Runs the keys of some sections at their ends.
fn at_the_ends(of: impl Fn(&Key) -> bool) {
    run_at_the_ends(&everything_on(), of, 40);
}

fn run_at_the_ends(base: &Scenario, of: impl Fn(&Key) -> bool, at_least: u32) {
    let mut ran = 0;
    for key in keys().iter().filter(|key| of(key) && !SIZES.contains(&key.path)) {
        for value in ends(key) {
            let scenario = changed(base, &[&format!("{}={value}", key.path)]);
            // Two keys may not fit each other at an end: a blocked tie must not be rebuilt to be blocked again.
            if scenario.check().is_ok() {
                run(&format!("{} = {value}", key.path), &scenario);
                ran += 1;
            }
        }
    }
    assert!(ran > at_least, "only {ran} ends");
}

fn is_labour_market(key: &Key) -> bool {
    key.part() == Part::LabourMarket
}

#[test]
fn laws_hold_at_both_ends_of_every_key_of_the_labour_market() {
    at_the_ends(is_labour_market);
}

#[test]
fn laws_hold_at_both_ends_of_every_key_of_the_institutions() {
    at_the_ends(|key| !is_labour_market(key));
}

/// The keys of institutions again, where employers pay and coaches and forms are at work.
#[test]
fn laws_hold_at_both_ends_of_every_key_where_employers_pay() {
    let sections = ["sellers", "buyers", "screening", "disclosure", "employer", "coaching", "referral"];
    run_at_the_ends(&employers_on(), |key| sections.contains(&key.section), 60);
}

/// With every number at its lowest, a market of one worker and one decision-maker stands still and breaks nothing.
#[test]
fn laws_hold_with_every_number_at_its_lowest() {
    let mut scenario = everything_on();
    for key in
        keys().iter().filter(|key| key.section != "run" && matches!(key.kind, Kind::Number | Kind::Count))
    {
        let value = &ends(key)[0];
        scenario.set(key.path, value).unwrap_or_else(|problem| panic!("{}: {problem:?}", key.path));
    }
    assert_eq!((scenario.workers.count, scenario.introducers.count), (1, 0));
    scenario.sellers.entry = introsim::scenario::Entry::Closed;
    scenario.sellers.share = 1.0;
    run("everything zero", &scenario);
    // And the same with the sizes of a market.
    (scenario.workers.count, scenario.decision_makers.count) = (100, 10);
    (scenario.introducers.count, scenario.introducers.ties) = (4, 5);
    run("everything zero but sizes", &scenario);
}
