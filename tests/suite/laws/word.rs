//! Word of mouth and standing: who hears, what it does, and what selling costs against the organic fork.

use introsim::engine::batch::total_weeks;
use introsim::engine::{Arm, History, burn_in, continue_from, live_fork, run_batch};
use introsim::ids::IntroducerId;
use introsim::scenario::Scenario;
use introsim::week::pipeline::Meeting;
use introsim::week::tally::Channel;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::life::{Life, changed, small, small_paid};

/// Sellers who sell to everybody whom they get.
fn busy(settings: &[&str]) -> Scenario {
    let base = ["buyers.consider_rate=30%", "workers.initial_unemployed=20%", "contract.upfront=$200"];
    changed(&changed(&small_paid(), &base), settings)
}

fn history_of(scenario: &Scenario) -> History {
    let opening = burn_in(scenario, 0, &|| {}).unwrap();
    continue_from(scenario, opening.world, &|| {}).unwrap()
}

/// Everything of a history but for one key of the scenario, which is no part of it.
fn everything(history: &History) -> String {
    format!("{:?}{:?}{}{:?}", history.weeks, history.record, history.world.hash(), history.world.market)
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// Everybody is told (a chance above 1 is certain), and told counts like seen. Then each open tie of an introducer moves by
/// what all his paid meetings of the week did, whoever held them: by hand g' = clamp(g + 0.05 passed − 0.08 failed, 0, 1),
/// organic meetings through the tie itself added; requests cost nothing, nothing recovers. Each is a look of precision
/// 1/(within_source_variance + match_sd² + 1/interview_precision) into trust in paying people. A blocked tie stays as it is.
#[test]
fn with_everybody_told_at_full_weight_one_failure_moves_all_open_ties_of_the_introducer() {
    let scenario = busy(&[
        "word.listeners=1000",
        "word.hearsay=1",
        "introducers.hears_of_vacancy=1",
        "goodwill.per_request=0",
        "goodwill.recovery=0",
        "goodwill.forgiven=0",
        "goodwill.rebuild_success=0%",
        "goodwill.good=0.05",
        "goodwill.bad=0.08",
        "beliefs.trust_fade=0",
    ]);
    let d = &scenario.decision_makers;
    let spread = scenario.beliefs.within_source_variance + scenario.jobs.match_sd.powi(2);
    let look = 1.0 / (spread + 1.0 / d.interview_precision);
    let mut life = Life::opened(&scenario);
    // One tie of each introducer is blocked from the first.
    for row in 0..scenario.introducers.count as usize {
        let tie = life.world.ties.of(IntroducerId::new(row))[0].at();
        life.world.ties.set_goodwill(tie, 0.1);
        life.world.ties.block(tie, life.world.week);
    }
    life.world.refresh(&scenario);
    let (mut one_failure, mut blocked) = (0, 0);
    for week in 1..=400 {
        let ties = &life.world.ties;
        let before: Vec<f64> = (0..ties.len()).map(|tie| ties.goodwill(tie)).collect();
        let open: Vec<bool> = (0..ties.len()).map(|tie| ties.blocked_since(tie) == u32::MAX).collect();
        let sure: Vec<f64> = (0..ties.len()).map(|tie| ties.paid_trust(tie).precision).collect();
        life.weeks(1);
        let ties = &life.world.ties;
        for tie in 0..ties.len() {
            let told = |m: &&Meeting| {
                let request = m.request;
                let his = request.tie.is_some() && ties.introducer[request.tie.at()] == ties.introducer[tie];
                let own = request.tie.is_some() && request.tie.at() == tie;
                his && (request.channel == Channel::Paid || own)
            };
            let told: Vec<&Meeting> = life.pipeline.meetings.iter().filter(told).collect();
            let passed = told.iter().filter(|m| m.passed()).count();
            let failed = told.len() - passed;
            let moved = (before[tie] + 0.05 * count(passed) - 0.08 * count(failed)).clamp(0.0, 1.0);
            let expected = if open[tie] { moved } else { before[tie] };
            assert!((ties.goodwill(tie) - expected).abs() < 1e-12, "week {week}, tie {tie}");
            let paid = told.iter().filter(|m| m.request.channel == Channel::Paid).count();
            let looks = if open[tie] { count(paid) } else { 0.0 };
            let expected = sure[tie] + looks * look;
            assert!((ties.paid_trust(tie).precision - expected).abs() < 1e-9, "week {week}, tie {tie}");
            let elsewhere = told.iter().all(|m| m.request.tie.at() != tie);
            one_failure += u32::from(open[tie] && failed == 1 && passed == 0 && elsewhere);
            blocked += u32::from(!open[tie] && !told.is_empty());
        }
    }
    assert!(one_failure > 50 && blocked > 10, "{one_failure}, {blocked}: the test shows little");
}

/// The others who hear: two of eleven on average of one who passed, three of one who failed. Each is a draw of its own, so
/// n meetings have a variance of 11 p (1 − p) n; critical value 4.42 (1e-5, two-sided). No tie is ever blocked.
#[test]
fn as_many_hear_as_the_scenario_says_and_more_of_bad_news() {
    let scenario = busy(&[
        "goodwill.block_below=0",
        "workers.count=900",
        "run.weeks=400",
        "introducers.hears_of_vacancy=1",
        "sellers.share=100%",
    ]);
    let history = history_of(&scenario);
    let paid = Channel::Paid as usize;
    for (which, mean) in [(0, 2.0), (1, 3.0)] {
        let meetings = |week: &introsim::week::tally::Tally| {
            if which == 0 { week.passed[paid] } else { week.met[paid] - week.passed[paid] }
        };
        let n = f64::from(history.weeks.iter().map(meetings).sum::<u32>());
        let heard = f64::from(history.weeks.iter().map(|week| week.heard[which]).sum::<u32>());
        let p = mean / 11.0;
        let z = (heard - mean * n) / (11.0 * p * (1.0 - p) * n).sqrt();
        assert!(n > 500.0 && z.abs() < 4.42, "{n} meetings, {heard} heard, z = {z}");
    }
}

/// Where nobody listens, how loud or how bad the news is makes no difference to the last bit, and nobody hears any; where
/// somebody does, it makes one.
#[test]
fn where_nobody_listens_there_is_no_word() {
    let live = |settings: &[&str]| history_of(&busy(settings));
    let silent = live(&["word.listeners=0"]);
    assert!(silent.weeks.iter().all(|week| week.heard == [0, 0]));
    for setting in ["word.hearsay=1", "word.hearsay=0", "word.bad_news=2"] {
        assert!(everything(&live(&["word.listeners=0", setting])) == everything(&silent), "{setting}");
    }
    assert!(everything(&live(&[])) != everything(&silent));
}

/// Sellers of whom nobody buys, and who rebuild nothing, live in the organic fork: they spend nothing, and livelihood has
/// nothing to fall with. With buyers it has.
#[test]
fn without_paid_requests_nothing_is_spent_and_livelihood_moves_nothing() {
    let idle = ["buyers.consider_rate=0", "goodwill.rebuild_success=0%"];
    let live = |settings: &[&str], livelihood: &str| {
        history_of(&busy(&[settings, &[&format!("sellers.livelihood={livelihood}")]].concat()))
    };
    let (without, with) = (live(&idle, "0"), live(&idle, "0.5"));
    assert!(without.weeks.iter().any(|week| week.requests[Channel::Organic as usize] > 0));
    for week in &with.weeks {
        let flows = &week.sellers.flows;
        for nothing in [flows.social_capital, flows.social_capital_gross, week.sellers.livelihood] {
            assert_eq!(nothing.to_bits(), 0.0_f64.to_bits());
        }
    }
    assert!(everything(&without) == everything(&with));
    assert!(everything(&live(&[], "0")) != everything(&live(&[], "0.5")));
}

/// What an hour costs is charged at the wage of the organic fork, whatever livelihood does: hours are the same where
/// nobody decides by them, and the column says what of that is lost.
#[test]
fn accounts_charge_the_wage_of_the_organic_fork() {
    let scenario = busy(&["sellers.livelihood=0.5", "sellers.hours=168h"]);
    let history = history_of(&scenario);
    let market = history.world.market.as_ref().unwrap();
    let last = history.weeks.last().unwrap();
    let active = || market.sellers.iter().filter(|seller| seller.active);
    assert!(
        active().all(|seller| (seller.wage - seller.organic_wage).abs() > 1e-6),
        "selling moved nobody's ties"
    );
    let fork = history.world.organic.as_ref().unwrap();
    let ties = &history.world.ties;
    for (row, seller) in market.sellers.iter().enumerate().filter(|(_, seller)| seller.active) {
        let own = (0..ties.len()).filter(|&tie| ties.introducer[tie].at() == row);
        let open: f64 = own.filter(|&t| ties.blocked_since(t) == u32::MAX).map(|t| ties.goodwill(t)).sum();
        let share = (open / fork.at(history.world.week, row).open).sqrt();
        assert!((seller.wage / seller.organic_wage - share).abs() < 1e-9, "seller {row}");
    }
    assert!(last.sellers.time > 0.0 && last.sellers.livelihood < last.sellers.time);
}

/// What is kept of the fork is what adding up the ties of an organic life gives, in every week.
#[test]
fn the_fork_is_the_life_of_the_labour_market_alone() {
    let scenario = busy(&[]);
    let mut world = burn_in(&scenario, 0, &|| {}).unwrap().world;
    live_fork([&scenario], &mut world, &|| {}).unwrap();
    let fork = world.organic.clone().unwrap();
    assert!(fork.lasts(scenario.run.weeks) && !fork.lasts(scenario.run.weeks + 1));
    let nobody_sells = scenario.without_institutions();
    let mut life = Life::from_world(&nobody_sells, world);
    life.open();
    for week in 1..=scenario.run.weeks {
        life.weeks(1);
        let ties = &life.world.ties;
        for row in 0..scenario.introducers.count as usize {
            let own = || (0..ties.len()).filter(|&tie| ties.introducer[tie].at() == row);
            let all: f64 = own().map(|tie| ties.goodwill(tie)).sum();
            let open = own().filter(|&tie| ties.blocked_since(tie) == u32::MAX);
            let open: f64 = open.map(|tie| ties.goodwill(tie)).sum();
            let kept = fork.at(life.world.week, row);
            assert!(
                (kept.all - all).abs() + (kept.open - open).abs() < 1e-9,
                "week {week}, introducer {row}"
            );
        }
    }
}

/// The organic fork is lived once for all arms of a labour market, by an arm itself where one is organic and long enough;
/// every arm lives as it would alone, and progress counts every week that is lived.
#[test]
fn arms_that_share_a_fork_live_as_they_would_alone() {
    let organic = |weeks: &str| changed(&small(), &[&format!("run.weeks={weeks}")]);
    let paid = |weeks: &str| busy(&[&format!("run.weeks={weeks}"), "workers.initial_unemployed=7%"]);
    let plain = changed(&small(), &["workers.initial_unemployed=7%"]);
    let alike = |scenario: Scenario| changed(&scenario, &["workers.initial_unemployed=7%"]);
    assert_eq!(plain.labour_market(), paid("20").labour_market());
    let cases = [
        (vec![paid("20")], 20 + 20),
        (vec![organic("20")], 20),
        (vec![paid("20"), paid("30")], 30 + 20 + 30),
        (vec![paid("20"), alike(organic("30")), paid("30")], 20 + 30 + 30),
        (vec![alike(organic("10")), paid("20")], 20 + 10 + 20),
    ];
    for (scenarios, after_the_opening) in cases {
        let arm = |(number, scenario): (usize, &Scenario)| Arm {
            name: number.to_string(),
            scenario: scenario.clone(),
        };
        let arms: Vec<Arm> = scenarios.iter().enumerate().map(arm).collect();
        let lived = AtomicU64::new(0);
        let week_done = || {
            lived.fetch_add(1, Ordering::Relaxed);
        };
        let together = run_batch(&arms, &week_done, |_, _, histories| {
            histories.into_iter().map(|history| everything(&history.unwrap())).collect::<Vec<_>>()
        });
        assert_eq!(lived.into_inner(), total_weeks(&arms));
        assert_eq!(total_weeks(&arms), 26 + after_the_opening);
        let alone: Vec<String> = scenarios.iter().map(|scenario| everything(&history_of(scenario))).collect();
        assert!(together == [alone], "an arm lives otherwise beside others");
    }
}
