//! Flows: what the weeks say of sellers' money and standing adds up to what the accounts and ties hold at the end.

use introsim::engine::{History, WeekView, burn_in, continue_watched};
use introsim::scenario::Scenario;
use introsim::world::market::openers;
use introsim::world::{World, ledger};

use crate::life::{changed, small};

const INSTITUTIONS: &[(&str, &[&str])] = &[
    ("upfront", &["contract.upfront=$500", "sellers.targeting=random"]),
    ("guarantee", &["contract.upfront=$800", "contract.guarantee_weeks=6 weeks"]),
    (
        "shams",
        &["contract.per_introduction=$400", "sellers.integrity_mean=$0", "contract.guarantee_weeks=9 weeks"],
    ),
    ("contingency", &["contract.share_of_salary=10%", "bombardment.requests_per_week=2"]),
    (
        "rebuilding",
        &["contract.upfront=$200", "goodwill.rebuild_hours=1h", "bombardment.requests_per_week=6"],
    ),
];

/// Goodwill of the ties of each introducer, tie by tie.
fn goodwill(world: &World) -> Vec<f64> {
    let mut sums = vec![0.0; world.introducers.acceptance.len()];
    let ties = &world.ties;
    (0..ties.len()).for_each(|tie| sums[ties.introducer[tie].at()] += ties.goodwill(tie));
    sums
}

/// Goodwill that those who have ever sold have lost against the organic fork since they began, and the history.
fn lost_against_the_fork(scenario: &Scenario) -> (f64, History) {
    let opening = burn_in(scenario, 0, &|| {}).unwrap();
    let mut fork = Vec::new();
    let nobody_sells = scenario.without_institutions();
    let see = &mut |lived: &WeekView<'_>| fork.push(goodwill(lived.world));
    continue_watched(&nobody_sells, opening.world.clone(), see).unwrap();
    let gap = |week: usize, world: &World| -> Vec<f64> {
        fork[week].iter().zip(goodwill(world)).map(|(organic, here)| organic - here).collect()
    };
    // Those who open have lost nothing yet.
    let mut at_first: Vec<Option<f64>> =
        openers(scenario, &opening.world.draws).into_iter().map(|opens| opens.then_some(0.0)).collect();
    let mut week = 0;
    let history = continue_watched(scenario, opening.world, &mut |lived| {
        let gaps = gap(week, lived.world);
        for (row, first) in at_first.iter_mut().enumerate() {
            let begins = first.is_none() && lived.world.has_sold(row);
            *first = if begins { Some(gaps[row]) } else { *first };
        }
        week += 1;
    });
    let history = history.unwrap();
    let gaps = gap(week - 1, &history.world);
    (gaps.iter().zip(&at_first).filter_map(|(end, first)| Some(end - (*first)?)).sum(), history)
}

/// Weeks of fees less refunds are what clients are out of pocket; weeks of costs are what shams cost; weeks of social
/// capital, which are changes of the gap between goodwill in the organic fork and here, are the gap at the end less that
/// at which each began: for those who open there is none.
fn flows_add_up(name: &str, scenario: &Scenario) -> u32 {
    let (gap, history) = lost_against_the_fork(scenario);
    let market = history.world.market.as_ref().unwrap();
    let sum = |of: &dyn Fn(&introsim::world::market::Flows) -> f64| -> f64 {
        history.weeks.iter().map(|week| of(&week.sellers.flows)).sum()
    };
    let (paid, accounts) = (sum(&|f| f.fees - f.refunds), ledger::dollars(-market.ledger.clients_cents));
    assert!(
        (paid - accounts).abs() < 0.005,
        "{name}: the weeks say {paid} was paid, the accounts {accounts}"
    );
    let shams: u32 = history.weeks.iter().map(|week| week.shams).sum();
    let (costs, staged) = (sum(&|f| f.costs), f64::from(shams) * scenario.sham.cost);
    assert!((costs - staged).abs() < 0.005, "{name}: the weeks say {costs}, the shams {staged}");
    assert!(gap.abs() > 0.1, "{name}: nothing was lost: the test shows little");
    let (spent, gap) = (sum(&|f| f.social_capital), gap * scenario.introducers.goodwill_value);
    assert!((spent - gap).abs() < 1e-6 * (1.0 + gap.abs()), "{name}: the weeks say {spent}, the ties {gap}");
    let stopped = market.sellers.iter().filter(|s| s.has_sold && !s.active).count();
    u32::try_from(stopped).unwrap()
}

/// Anybody may begin and stop, and does so soon.
const FREE: &[&str] = &["sellers.entry=free", "sellers.reconsider_rate=0.3", "sellers.trials=2000"];

/// Those who open sell to the end.
const CLOSED: &[&str] = &["sellers.entry=closed"];

fn market(settings: &[&str], entry: &[&str]) -> Scenario {
    let base = [
        "sellers.entry=closed",
        "sellers.share=50%",
        "sellers.contact_hours=0.5h",
        "sellers.pitch_hours=1h",
        "buyers.consider_rate=30%",
        "run.weeks=80",
        "workers.initial_unemployed=20%",
    ];
    let base = changed(&changed(&small(), &base), settings);
    changed(&base, entry)
}

#[test]
fn flows_of_the_weeks_add_up_to_accounts_and_ties() {
    for (name, settings) in INSTITUTIONS {
        assert_eq!(flows_add_up(name, &market(settings, CLOSED)), 0);
    }
}

/// The week in which a seller stops counts like any other: once.
#[test]
fn the_week_in_which_a_seller_stops_is_counted_once() {
    for (name, settings) in INSTITUTIONS {
        let stopped = flows_add_up(name, &market(settings, FREE));
        assert!(stopped > 0, "{name}: nobody stopped: the test shows nothing");
    }
}

/// One seller's lifetime profit is all that the weeks say of him, less what he still expects to pay back; after he has
/// stopped too, when a refund that he had expected is no new loss.
#[test]
fn a_lifetime_profit_is_the_sum_of_its_weeks_also_after_the_last() {
    for entry in [CLOSED, FREE] {
        let terms =
            ["contract.upfront=$800", "contract.guarantee_weeks=10 weeks", "sellers.targeting=random"];
        let one = changed(
            &market(&terms, entry),
            &["introducers.count=1", "sellers.entry=closed", "sellers.share=100%"],
        );
        let (gap, history) = lost_against_the_fork(&one);
        let market = history.world.market.as_ref().unwrap();
        let seller = &market.sellers[0];
        let week = |w: &introsim::week::tally::Tally| {
            let f = &w.sellers.flows;
            let open = 10.0 * f64::from(w.sellers.active);
            f.fees - f.costs - (w.sellers.hours.total() + open) * seller.organic_wage
        };
        let earned: f64 = history.weeks.iter().map(week).sum();
        let refunds: i64 = market.cohort.iter().map(|m| m.refunded_cents).sum();
        let expected =
            earned - ledger::dollars(refunds) - gap * one.introducers.goodwill_value - seller.liability;
        let found = seller.lifetime_profit;
        assert!((found - expected).abs() < 0.01, "{entry:?}: {found}, by hand {expected}");
        assert!(refunds > 0, "nothing was paid back: the test shows little");
    }
}
