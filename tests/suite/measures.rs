//! What outcomes say of who is reached, who begins to sell and which ties are lost, against accounts kept elsewhere.

use introsim::engine::{History, burn_in, continue_from};
use introsim::experiments::newcomers::Newcomers;
use introsim::experiments::outcomes::{Summary, columns};
use introsim::experiments::period::Period;
use introsim::scenario::Scenario;
use introsim::week::record::{Ending, Spell, TieLife};

use crate::life::{changed, small};

fn lived(settings: &[&str]) -> (Scenario, History) {
    let scenario = changed(&small(), settings);
    let opening = burn_in(&scenario, 0, &|| {}).unwrap();
    let history = continue_from(&scenario, opening.world, &|| {}).unwrap();
    (scenario, history)
}

const SELLING: [&str; 6] = [
    "run.burn_in=30",
    "run.weeks=90",
    "run.spells_sample=100%",
    "sellers.entry=free",
    "sellers.share=20%",
    "contract.share_of_salary=10%",
];

/// Thirds of a standard normal end at ±0.4307 (any table of it).
fn third(ability: f64) -> usize {
    if ability < -0.430_727 { 0 } else { 1 + usize::from(ability > 0.430_727) }
}

#[test]
fn searches_and_those_represented_are_the_spells_of_all_workers() {
    let (_, history) = lived(&[&SELLING[..], &["buyers.consider_rate=20%"]].concat());
    let period = Period::of(&history.weeks);
    let (mut begun, mut bought) = ([0.0; 3], [0.0; 3]);
    for spell in &history.record.spells {
        let third = third(spell.ability);
        if spell.start > history.opening.week {
            begun[third] += 1.0;
        }
        if spell.bought {
            bought[third] += 1.0;
        }
    }
    // Whole numbers, so equal to the bit.
    assert_eq!(period.sum.searches.map(f64::to_bits), begun.map(f64::to_bits));
    assert_eq!(period.sum.represented.map(f64::to_bits), bought.map(f64::to_bits));
    assert!(begun.iter().all(|n| *n > 10.0) && bought.iter().sum::<f64>() > 10.0, "{begun:?} {bought:?}");
}

/// Where nobody opens, all that selling brings anybody in the first two years is brought to entrants.
#[test]
fn entrants_have_all_of_what_selling_brought_where_nobody_opened() {
    let settings = ["sellers.share=0%", "buyers.consider_rate=20%", "sellers.foresight=0.5"];
    let (scenario, history) = lived(&[&SELLING[..], &settings].concat());
    let market = history.world.market.as_ref().unwrap();
    let (net, weeks) = market
        .entrants
        .iter()
        .fold((0.0, 0.0), |(net, weeks), one| (net + one.net, weeks + f64::from(one.weeks)));
    let period = Period::of(&history.weeks);
    let sellers = &period.sum.sellers;
    let f = &sellers.flows;
    let all = f.fees
        - f.refunds
        - f.costs
        - sellers.liability
        - sellers.time
        - scenario.sellers.foresight * f.social_capital;
    assert_eq!(weeks.to_bits(), sellers.active.to_bits(), "whole numbers");
    assert!(weeks > 50.0 && (net - all).abs() <= 1e-6 * all.abs().max(1.0), "{net} {all} in {weeks} weeks");
    // Of a run as short as this nobody can be followed for two years.
    assert_eq!(Newcomers::of(&scenario, &history), Newcomers::default());
}

/// The world of sellers to whom nobody comes is the organic fork.
#[test]
fn no_tie_is_lost_where_nobody_buys_and_some_are_where_people_do() {
    let lost = |buys: &str| {
        // Nobody wins a tie back, which sellers with hours left would.
        let harsh = [
            "goodwill.start=0.3",
            "goodwill.block_below=0.25",
            "goodwill.recovery=0.001",
            "goodwill.forgiven=0",
            "goodwill.rebuild_success=0%",
        ];
        let (scenario, history) = lived(&[&SELLING[..], &harsh, &[buys]].concat());
        let place = columns().iter().position(|(name, ..)| *name == "ties_lost_share").unwrap();
        let period = Period::of(&history.weeks);
        (Summary::of(&scenario, &history).values()[place].unwrap(), period.sum.ties.blocked)
    };
    let (none, blocked) = lost("buyers.consider_rate=0");
    assert!(none.abs() < 1e-12 && blocked > 0.0, "{none}, with {blocked} blocked in both");
    let (some, _) = lost("buyers.consider_rate=50%");
    assert!(some > 0.0, "{some}");
}

/// Lives that are made up, so that what is said of them can be counted by hand.
#[test]
fn wages_lives_of_ties_and_searches_are_those_that_were_planted() {
    let closed = ["sellers.entry=closed", "run.burn_in=30", "run.weeks=20", "run.spells_sample=100%"];
    let (scenario, mut history) =
        lived(&[&closed[..], &SELLING[4..], &["buyers.consider_rate=20%"]].concat());
    let life = |introducer, weeks: u32, seller| TieLife {
        introducer,
        decision_maker: 0,
        life: 0,
        seller,
        start: 100,
        end: 100 + weeks,
        blocked: true,
        requests: 5,
        goodwill: 0.2,
    };
    // Of those that sell three are blocked after 10, 20 and 30 weeks: half are gone after 20. Nobody asks for the fourth.
    history.record.tie_lives =
        vec![life(0, 10, true), life(1, 20, true), life(2, 30, true), life(3, 1, false)];
    let market = history.world.market.as_mut().unwrap();
    for (place, seller) in market.sellers.iter_mut().enumerate() {
        seller.active = place == 1 || place == 2;
        (seller.wage, seller.organic_wage) = (90.0, 50.0);
    }
    market.sellers[3].wage = 25.0;
    market.sellers[1].organic_wage = 70.0;
    market.sellers[4].organic_wage = 99.0;
    // The median worker is at rank one half.
    history.record.clients = vec![(1, 0.0)];
    let searched = |weeks: u32, bought, networking| {
        let spell = history.record.spells.iter().find(|one| matches!(one.ending, Ending::Hired(_))).unwrap();
        Spell { start: 7, end: 7 + weeks, bought, networking, ..*spell }
    };
    // Of those who did not buy, he who networks less than the median is left out.
    history.record.spells = vec![
        searched(4, true, 0.5),
        searched(8, true, 2.0),
        searched(5, false, 2.0),
        searched(90, false, 0.5),
    ];
    let summary = Summary::of(&scenario, &history);
    let said = |name: &str| summary.values()[columns().iter().position(|column| column.0 == name).unwrap()];
    for (name, value) in [
        ("tie_half_life", 20.0),
        ("least_wage", 25.0),
        ("clients_rank_p10", 0.5),
        ("weeks_to_job_bought", 6.0),
        ("weeks_to_job_networked", 5.0),
    ] {
        assert!(said(name).is_some_and(|said| (said - value).abs() < 1e-9), "{name}: {:?}", said(name));
    }
    assert_eq!(summary.last_wage, Some(70.0), "the dearest of the two who sell");
    let free = changed(&scenario, &["sellers.entry=free"]);
    assert_eq!(Summary::of(&free, &history).last_wage, None, "where people come and go there is no last");
}
