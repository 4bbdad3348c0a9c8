//! Buying and cheating: who applies at a price, and who stages a sham, where the rule has a closed form.

use introsim::maths::{exp, ln, normal_below, normal_density};
use introsim::scenario::Scenario;

use crate::life::{Life, assert_within_4_errors, changed, mean_and_error, nothing_happens};

const SEEKERS: u32 = 20_000;

/// Everybody out of work since the week before, everybody considers, sellers know nobody who hires.
fn market(settings: &[&str]) -> Scenario {
    let base = [
        "workers.initial_unemployed=100%",
        "introducers.count=1",
        "sellers.entry=closed",
        "sellers.open_hours=0h",
        "sellers.outside_wage_log_sd=0",
        "sellers.share=100%",
        "sellers.hours=0h",
        "buyers.consider_rate=1",
        "screening.stages=[{ hours = 1, accept_above = 0 }]",
    ];
    changed(&changed(&nothing_happens(SEEKERS), &base), settings)
}

/// Who applied in week `week`, as 0 or 1 by worker: with no hours to screen they all wait.
fn applied(scenario: &Scenario, before_opening: u32) -> (Life, Vec<f64>) {
    let mut life = Life::new(scenario);
    life.weeks(before_opening);
    life.open();
    life.weeks(1);
    let yes =
        (0..SEEKERS as usize).map(|w| f64::from(u8::from(life.world.workers.seller[w].is_some()))).collect();
    (life, yes)
}

/// A success fee F costs rating · F and brings rating · 0.6 S/52 · (D − 4) with D = (30 + weeks)/(3 − 1): whatever the
/// rating, those buy whose salary is above S* = 52 F/(0.6 (D − 4)). Salaries are log-normal,
/// ln S ~ N(ln 100,000 − 0.25 · 0.3, 0.25² + 0.37²), and correlate with ability by 0.25 over that spread.
#[test]
fn those_apply_whose_wages_lost_exceed_the_fee_and_more_do_so_as_weeks_go_by() {
    let spread = (0.25_f64 * 0.25 + 0.37 * 0.37).sqrt();
    for (fee, weeks_before) in [(12_000.0, 0), (20_000.0, 0), (20_000.0, 19), (60_000.0, 51)] {
        let mut scenario = market(&[]);
        scenario.contract.success_fee = fee;
        // Weeks spent by the week of the opening: those before it and that week itself.
        let spent = f64::from(weeks_before) + 1.0;
        let left = (30.0 + spent) / 2.0 - 4.0;
        let z = (ln(52.0 * fee / (0.6 * left)) - ln(100_000.0) + 0.25 * 0.3) / spread;
        let (life, yes) = applied(&scenario, weeks_before);
        let label = format!("fee {fee} after {spent} weeks");
        assert_within_4_errors(&format!("{label}: apply"), mean_and_error(&yes), normal_below(-z));
        let ability: Vec<f64> = (0..SEEKERS as usize)
            .filter(|&w| yes[w] > 0.5)
            .map(|w| life.world.workers.true_ability[w])
            .collect();
        let expected = 0.25 / spread * normal_density(z) / normal_below(-z);
        assert_within_4_errors(
            &format!("{label}: ability of applicants"),
            mean_and_error(&ability),
            expected,
        );
    }
}

/// A share s of salary costs rating · s S and brings rating · 0.6 S/52 · (D − 4): salary drops out, and all buy or none.
/// At D = 15.5 the turning point is s = 0.6 · 11.5/52 = 13.27 %.
#[test]
fn at_a_share_of_salary_all_the_unemployed_of_one_duration_apply_or_none_does() {
    for (share, everybody) in [("13.2%", true), ("13.3%", false)] {
        let (_, yes) = applied(&market(&[&format!("contract.share_of_salary={share}")]), 0);
        assert!(yes.iter().all(|y| (*y > 0.5) == everybody), "at {share}");
    }
}

/// Money due at signing must be at hand: of those who would pay $1,000 (nearly all: a rating of 0.5 on $13,000 or so),
/// the ones with savings of that much, which are log-normal around $5,000 with a spread of 1.
#[test]
fn savings_decide_who_can_pay_at_signing() {
    let spread = (0.25_f64 * 0.25 + 0.37 * 0.37).sqrt();
    for price in [1_000.0, 4_000.0, 9_000.0] {
        let mut scenario = market(&[]);
        scenario.contract.upfront = price;
        let wants = (ln(52.0 * price / (0.5 * 0.6 * 11.5)) - ln(100_000.0) + 0.25 * 0.3) / spread;
        let can = ln(price / 5_000.0);
        let (_, yes) = applied(&scenario, 0);
        // Savings are drawn apart from salaries.
        let expected = normal_below(-wants) * normal_below(-can);
        assert_within_4_errors(&format!("{price} at signing"), mean_and_error(&yes), expected);
    }
}

/// Without anybody to introduce to, a sham brings pay − cost − hours · value and is staged by those whose integrity,
/// exponential with mean m, is below that: a share 1 − exp(−gain/m) of sellers.
#[test]
fn shams_are_staged_by_those_whose_integrity_costs_less_than_they_bring() {
    let sellers = 4_000;
    for (pay, mean) in [(400.0, 300.0), (1_000.0, 300.0), (99.0, 1.0)] {
        let mut scenario = market(&[
            "buyers.holdout=0%",
            "sellers.hours=168h",
            "sellers.contact_hours=0h",
            "sellers.pitch_hours=0.5h",
            "sham.found_out=0%",
            "workers.savings_median=$1,000,000",
            "screening.stages=[]",
        ]);
        scenario.introducers.count = sellers;
        // A price per introduction that hardly anybody declines: what is wanted here is that sellers have clients.
        scenario.contract.per_introduction = pay;
        scenario.workers.salary_reference = 10_000_000.0;
        scenario.sellers.integrity_mean = mean;
        let mut life = Life::opened(&scenario);
        life.weeks(3);
        let market = life.world.market.as_ref().unwrap();
        let served: Vec<usize> = (0..sellers as usize)
            .filter(|&row| market.cohort.iter().any(|m| m.seller as usize == row))
            .collect();
        assert!(served.len() > 3_000, "only {} sellers have clients", served.len());
        let staged: Vec<f64> = served
            .iter()
            .map(|&row| {
                let mut his = market.cohort.iter().filter(|m| m.seller as usize == row);
                f64::from(u8::from(his.any(|m| m.introductions_held > 0)))
            })
            .collect();
        let gain: f64 = pay - 50.0 - 0.5 * 100.0;
        let expected = if gain > 0.0 { 1.0 - exp(-gain / mean) } else { 0.0 };
        if expected > 0.0 {
            assert_within_4_errors(
                &format!("shams at {pay}, integrity {mean}"),
                mean_and_error(&staged),
                expected,
            );
        } else {
            assert!(staged.iter().all(|s| *s < 0.5), "a sham that loses money is staged by nobody");
        }
    }
}
