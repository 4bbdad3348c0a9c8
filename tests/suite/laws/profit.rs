//! What sellers earn, and what clients gain, from the books that a history leaves behind.

use introsim::engine::{burn_in, continue_from};
use introsim::experiments::gain::Arms;
use introsim::experiments::outcomes::{self, Summary};

use crate::life::{changed, small};

/// Profit = fees − refunds − costs − what is still owed under open guarantees at the end − hours at what they are worth elsewhere −
/// social capital: nothing was owed at the opening, so the change over all weeks is what the sellers' own books hold at the end.
#[test]
fn profit_counts_the_refunds_that_open_guarantees_still_promise_at_the_end() {
    let scenario = changed(
        &small(),
        &[
            "run.weeks=40",
            "sellers.entry=closed",
            "sellers.share=40%",
            "contract.upfront=$500",
            "contract.guarantee_weeks=30",
            "workers.initial_unemployed=20%",
            "buyers.consider_rate=50%",
        ],
    );
    let opening = burn_in(&scenario, 0, &|| {}).unwrap();
    let history = continue_from(&scenario, opening.world, &|| {}).unwrap();
    let owed: f64 =
        history.world.market.as_ref().unwrap().sellers.iter().map(|seller| seller.liability).sum();
    let columns = outcomes::columns();
    let values = Summary::of(&scenario, &history).values();
    let of = |name: &str| values[columns.iter().position(|(column, ..)| *column == name).unwrap()].unwrap();
    let expected = of("fees_dollars")
        - of("refunds_dollars")
        - of("costs_dollars")
        - owed
        - of("time_dollars")
        - of("social_capital_dollars");
    assert!(owed > 100.0 && of("fees_dollars") > 0.0, "guarantees are open: {owed}");
    let found = of("sellers_profit_dollars");
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(owed), "{found}, not {expected}");
}

/// The lottery compares incomes of 52 weeks: one followed for 51 says nothing yet.
#[test]
fn clients_gain_is_counted_over_those_followed_for_a_whole_year() {
    let settings = [
        "run.weeks=60",
        "sellers.entry=closed",
        "sellers.share=40%",
        "contract.upfront=$5",
        "workers.initial_unemployed=20%",
    ];
    let scenario = changed(&small(), &settings);
    let opening = burn_in(&scenario, 0, &|| {}).unwrap();
    let history = continue_from(&scenario, opening.world, &|| {}).unwrap();
    let market = history.world.market.as_ref().unwrap();
    let member = |treated: bool, followed: u32, income: f64| {
        let mut member = market.cohort[0];
        (member.treated, member.followed, member.income) = (treated, followed, income);
        (member.usual_salary, member.paid_followed_cents) = (100.0, 0);
        member
    };
    let cohort = [
        member(true, 52, 50.0),
        member(true, 51, 9_000.0),
        member(true, 40, 9_000.0),
        member(false, 52, 25.0),
        member(false, 0, 9_000.0),
    ];
    let arms = Arms::of(&cohort);
    assert_eq!((arms.treated, arms.held_out), ((0.5, 1.0), (0.25, 1.0)));
    assert_eq!(arms.gain(), Some(0.25));
    // Of a history: those accepted a year before the end or earlier, and nobody for longer than a year.
    let end = history.world.week;
    assert!(market.cohort.iter().all(|member| member.followed == (end - member.week).min(52)));
    let whole = market.cohort.iter().filter(|member| end - member.week >= 52).count();
    let of_history = Arms::of(&market.cohort);
    assert!(whole > 0);
    let counted = of_history.treated.1 + of_history.held_out.1;
    assert!((counted - f64::from(introsim::ids::row(whole))).abs() < 0.5, "{counted} of {whole}");
}
