//! Variants of a scenario, beside which facts put it: where the difference is planted, the figure is what was planted.

use introsim::engine::Arm;
use introsim::experiments::facts::{Comparison, FACTS, Figure, Verdict, compare};
use introsim::experiments::run::{Run, run};
use introsim::experiments::variants::{Contrast, How, figure, with_variants};
use introsim::scenario::Scenario;

use crate::life::{changed, small};

fn contrast(name: &'static str, metric: &'static str, how: How) -> Contrast {
    Contrast { name, variant: Scenario::clone, metric, how }
}

/// Runs a scenario, then variants of it under names of contrasts.
fn beside(scenario: &Scenario, variants: &[(&str, Scenario)]) -> (Vec<Arm>, Run) {
    let own = Arm { name: "market".to_owned(), scenario: scenario.clone() };
    let others = variants
        .iter()
        .map(|(name, variant)| Arm { name: format!("market / {name}"), scenario: variant.clone() });
    let arms: Vec<Arm> = std::iter::once(own).chain(others).collect();
    let run = run(&arms, &|| {});
    assert!(run.replications.iter().all(|r| r.result.is_ok()));
    (arms, run)
}

fn market(settings: &[&str]) -> Scenario {
    let base = [
        "run.replications=4",
        "run.weeks=60",
        "sellers.entry=closed",
        "sellers.share=25%",
        "workers.initial_unemployed=20%",
    ];
    changed(&changed(&small(), &base), settings)
}

/// A variant that is the scenario itself lives the same lives: every difference and relative change is exactly 0, and a
/// sign cannot be told from it.
#[test]
fn a_variant_that_changes_nothing_makes_no_difference_at_all() {
    let scenario = market(&[
        "contract.share_of_salary=10%",
        "referral.employee_bonus=$2,000",
        "referral.stranger_price=$30",
        "introducers.gratitude=$20",
        "introducers.goodwill_value=$500",
        "contacts.ask_rate=0.3",
    ]);
    let (arms, run) = beside(&scenario, &[("itself", scenario.clone())]);
    let mut told = 0;
    for (metric, how) in [
        ("requests_referred", How::RelativeChange),
        ("friend_form_ability", How::Difference),
        ("acceptance_free", How::RelativeChange),
        ("unemployment_share", How::Difference),
        ("fees_dollars", How::RelativeChange),
    ] {
        let estimate = figure(&arms, &run, 0, &contrast("itself", metric, how)).unwrap();
        assert_eq!((estimate.n, estimate.value, estimate.interval), (4, 0.0, Some((0.0, 0.0))), "{metric}");
    }
    let itself = |of: &Contrast| figure(&arms, &run, 0, &Contrast { name: "itself", ..*of });
    for Comparison { fact, figure, verdict } in compare(&scenario, &run.summaries[0], &itself) {
        let Figure::Contrast(of) = fact.figure else { continue };
        let is_sign = fact.range.0.is_infinite() || fact.range.1.is_infinite();
        assert_eq!(figure.map(|f| f.value), Some(0.0), "{}, {}", fact.what, of.metric);
        assert_eq!(verdict, if is_sign { Verdict::Undecided } else { Verdict::Miss }, "{}", fact.what);
        told += u32::from(is_sign);
    }
    assert!(told >= 3, "only {told} signs: the test shows little");
}

/// A fee of two dollars in place of one changes nobody's choice and doubles what is paid: the variant less the scenario
/// is the scenario's own fees, and the relative change 1. The other way round it is a loss of half.
#[test]
fn a_variant_that_doubles_a_price_nobody_feels_doubles_what_is_paid() {
    let (one, two) = (market(&["contract.success_fee=$1"]), market(&["contract.success_fee=$2"]));
    let (arms, run) = beside(&one, &[("two dollars", two.clone())]);
    let fees = |how| figure(&arms, &run, 0, &contrast("two dollars", "fees_dollars", how)).unwrap();
    let own = run.summaries[0].of("fees_dollars").unwrap();
    assert!(own.value > 5.0, "{} dollars of fees: the test shows little", own.value);
    let difference = fees(How::Difference);
    assert!((difference.value - own.value).abs() < 1e-9);
    let (low, high) = (difference.interval.unwrap(), own.interval.unwrap());
    assert!(
        low.0 < difference.value && (low.1 - high.1).abs() < 1e-9,
        "paired: as wide as the fees themselves"
    );
    let change = fees(How::RelativeChange);
    assert_eq!((change.value, change.interval), (1.0, Some((1.0, 1.0))));
    let (arms, run) = beside(&two, &[("one dollar", one)]);
    let less = figure(&arms, &run, 0, &contrast("one dollar", "fees_dollars", How::RelativeChange)).unwrap();
    assert_eq!((less.value, less.interval), (-0.5, Some((-0.5, -0.5))));
}

/// A sign is told by the whole interval: planted figures on either side of 0 hit or miss it, and one around it tells
/// nothing.
#[test]
fn a_sign_is_hit_or_missed_by_the_whole_interval() {
    let scenario = market(&["referral.employee_bonus=$2,000"]);
    let (_, run) = beside(&scenario, &[]);
    for (low, high, of_more, of_less) in [
        (0.1, 0.3, Verdict::Hit, Verdict::Miss),
        (-0.3, -0.1, Verdict::Miss, Verdict::Hit),
        (-0.1, 0.3, Verdict::Undecided, Verdict::Undecided),
    ] {
        let planted =
            introsim::stats::Estimate { n: 4, value: (low + high) / 2.0, interval: Some((low, high)) };
        let compared = compare(&scenario, &run.summaries[0], &|_| Some(planted));
        let verdict = |number: u8, more: bool| {
            let fits = |c: &&Comparison| c.fact.number == number && (c.fact.range.1 > 0.0) == more;
            compared.iter().find(fits).unwrap().verdict
        };
        assert_eq!((verdict(8, true), verdict(8, false)), (of_more, of_less), "{low} to {high}");
    }
}

/// A scenario gets the variants that its facts need, once each, in the same labour market and with the name under which
/// their figures are looked up; without one there is no figure.
#[test]
fn every_contrast_of_a_scenario_finds_its_variant() {
    let scenario = market(&["contract.share_of_salary=10%", "referral.employee_bonus=$2,000"]);
    let arms = with_variants(&[Arm { name: "market".to_owned(), scenario: scenario.clone() }]);
    let names: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
    assert_eq!(names, ["market", "market / twice the bonus", "market / fixed fee", "market / nobody sells"]);
    assert!(arms.iter().all(|arm| arm.scenario.labour_market() == scenario.labour_market()));
    assert!((arms[1].scenario.referral.employee_bonus - 4_000.0).abs() < 1e-9);
    assert_eq!(arms[2].scenario.differences(&scenario).len(), 2, "a fixed fee is paid in place of the share");
    assert!(arms[3].scenario.sellers.share.abs() < 1e-12);
    let run = run(&arms, &|| {});
    for fact in FACTS.iter().filter(|fact| (fact.about)(&scenario)) {
        if let Figure::Contrast(of) = fact.figure {
            let paired = figure(&arms, &run, 0, &of).map(|estimate| estimate.n);
            assert_eq!(paired, Some(4), "{}", fact.what);
        }
    }
    let unknown = contrast("a name that no variant has", "fees_dollars", How::Difference);
    assert_eq!(figure(&arms, &run, 0, &unknown), None);
}
