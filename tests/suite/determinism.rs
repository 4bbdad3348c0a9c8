//! Determinism: the same history for any number of threads, along any way to it, and no other luck than the address says.

use introsim::engine::{Arm, BurnIn, Failure, History, burn_in, continue_from, run_batch};
use introsim::ids;
use introsim::scenario::{Scenario, load};
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;

use crate::life::{Life, changed, small, small_paid};

/// Everything that a history holds, as text: two equal texts are two equal histories to the last bit.
fn everything(history: &History) -> String {
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{}\n{:?}",
        history.opening_hash,
        history.opening,
        history.weeks,
        history.record,
        history.world.hash(),
        history.world.market
    )
}

/// Burn-in and history of a scenario.
fn whole(scenario: &Scenario, replication: u32) -> (BurnIn, History) {
    let opening = burn_in(scenario, replication, &|| {}).unwrap();
    let history = continue_from(scenario, opening.world.clone(), &|| {}).unwrap();
    (opening, history)
}

fn in_pool<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> R {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

/// Every institution that moves money, screens or shams: what most could depend on order.
fn busy() -> Scenario {
    changed(
        &small_paid(),
        &[
            "contract.per_introduction=$200",
            "contract.upfront=$300",
            "contract.guarantee_weeks=8",
            "sellers.integrity_mean=$50",
            "screening.stages=[{ hours = 1, accept_above = -0.5 }]",
        ],
    )
}

#[test]
fn threads_do_not_change_a_history() {
    let mut arms = vec![Arm { name: "busy".to_owned(), scenario: changed(&busy(), &["run.replications=2"]) }];
    arms.push(Arm { name: "plain".to_owned(), scenario: changed(&small_paid(), &["run.replications=2"]) });
    let texts = |threads| {
        in_pool(threads, || {
            run_batch(&arms, &|| {}, |job, opening, histories| {
                let weeks = opening.map(|weeks| format!("{weeks:?}")).unwrap();
                let histories: Vec<History> = histories.into_iter().map(Result::unwrap).collect();
                let hires: u32 = histories.iter().flat_map(|h| &h.weeks).map(|week| week.hires[3]).sum();
                assert!(hires > 0, "nobody was placed: the test shows nothing");
                (job.clone(), weeks, histories.iter().map(everything).collect::<Vec<_>>())
            })
        })
    };
    let one = texts(1);
    assert_eq!(one.len(), 2);
    for threads in [2, 7] {
        assert!(one == texts(threads), "another history with {threads} threads");
    }
}

/// 50,000 workers, the size from which a week is spread over threads, with more than the 4,096 meetings a week from
/// which interviews are too.
#[test]
fn threads_do_not_change_a_market_so_large_that_one_week_is_spread_over_them() {
    let large = changed(
        &busy(),
        &[
            "workers.count=50000",
            "decision_makers.count=3000",
            "decision_makers.initial_vacancies=60%",
            "introducers.count=40",
            "run.burn_in=2",
            "run.weeks=3",
            "run.spells_sample=5%",
        ],
    );
    assert!(Rules::new(&large).parallel, "the market is too small to be spread over threads");
    let text = |threads| {
        in_pool(threads, || {
            let (opening, history) = whole(&large, 0);
            let met = |week: &Tally| week.met.iter().sum::<u32>();
            assert!(opening.weeks.iter().chain(&history.weeks).any(|week| met(week) >= 4096));
            (format!("{:?}", opening.weeks), everything(&history))
        })
    };
    let one = text(1);
    for threads in [2, 7] {
        assert!(one == text(threads), "another history with {threads} threads");
    }
}

#[test]
fn spreading_a_week_over_threads_changes_nothing() {
    let scenario = changed(&busy(), &["workers.count=9000"]);
    let live = |parallel: bool| {
        let mut life = Life::opened(&scenario);
        life.rules.parallel = parallel;
        let mut weeks = Vec::new();
        for _ in 0..8 {
            life.week().unwrap();
            weeks.push((
                life.tally.clone(),
                life.pipeline.all_requests().collect::<Vec<_>>(),
                life.pipeline.meetings.clone(),
            ));
        }
        (weeks, life.record, life.world.hash(), life.world.market)
    };
    assert!(!Rules::new(&scenario).parallel);
    assert!(in_pool(7, || live(true)) == live(false));
}

#[test]
fn a_fork_at_the_opening_is_the_same_as_no_fork() {
    let (paid, plain) = (busy(), small());
    let shared = burn_in(&plain, 3, &|| {}).unwrap();
    // Both scenarios from one world, and each from a burn-in of its own.
    for scenario in [&paid, &plain, &paid] {
        let forked = continue_from(scenario, shared.world.clone(), &|| {}).unwrap();
        let (opening, alone) = whole(scenario, 3);
        assert!(opening.weeks == shared.weeks, "the burn-in saw an institution");
        assert!(everything(&forked) == everything(&alone));
    }
}

#[test]
fn a_fork_does_not_touch_the_world_it_came_from() {
    let shared = burn_in(&small(), 0, &|| {}).unwrap();
    let before = shared.world.hash();
    let first = continue_from(&small_paid(), shared.world.clone(), &|| {}).unwrap();
    assert_eq!(shared.world.hash(), before);
    let second = continue_from(&busy(), shared.world.clone(), &|| {}).unwrap();
    assert_ne!(first.world.hash(), second.world.hash(), "the two markets must live apart");
    let again = continue_from(&small_paid(), shared.world.clone(), &|| {}).unwrap();
    assert!(everything(&first) == everything(&again));
}

#[test]
fn shipped_scenarios_of_one_labour_market_open_on_the_same_world() {
    let mut markets: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let mut scenario = load(&path).unwrap().scenario;
        (scenario.run.burn_in, scenario.run.weeks) = (3, 1);
        let (_, history) = whole(&scenario, 0);
        markets.push((scenario.labour_market(), history.opening_hash));
    }
    assert!(markets.len() >= 6);
    for (market, hash) in &markets {
        for (other, other_hash) in &markets {
            assert_eq!(
                market == other,
                hash == other_hash,
                "one labour market, one opening; another, another"
            );
        }
    }
    assert_eq!(markets[0].0, markets[1].0, "at least two shipped scenarios share a labour market");
}

/// Every institution set as far from its default as it goes, but nobody sells.
#[test]
fn a_market_without_sellers_is_the_organic_one_whatever_its_institutions_say() {
    let organic = whole(&small(), 1).1;
    let idle = changed(
        &busy(),
        &[
            "sellers.entry=none",
            "sellers.share=0%",
            "sellers.targeting=random",
            "sellers.foresight=1",
            "sellers.reconsider_rate=1",
            "sellers.trials=1000",
            "disclosure.payment_known=false",
            "buyers.consider_rate=1",
            "buyers.holdout=100%",
            "bombardment.requests_per_week=5",
            "screening.salary_history=true",
            "contract.retainer_per_week=$900",
            "sham.found_out=100%",
        ],
    );
    let history = whole(&idle, 1).1;
    assert_eq!(history.opening, organic.opening);
    for (idle, organic) in history.weeks.iter().zip(&organic.weeks) {
        assert_eq!(idle, organic);
    }
    assert_eq!(history.record, organic.record);
    assert_eq!(history.world.hash(), organic.world.hash());
}

#[test]
fn seeds_and_replications_are_other_lives_in_other_worlds() {
    let hash = |seed: &str, replication| {
        let scenario = changed(&small(), &[seed, "run.burn_in=1"]);
        burn_in(&scenario, replication, &|| {}).unwrap().world.hash()
    };
    let mut hashes = Vec::new();
    for seed in ["run.seed=0", "run.seed=1", "run.seed=2", "run.seed=18446744073709551615"] {
        for replication in [0, 1, 2, 1_000_000] {
            hashes.push(hash(seed, replication));
        }
    }
    assert_eq!(hashes[0], hash("run.seed=0", 0), "the same seed and replication are the same world");
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 16);
}

#[test]
fn a_failed_replication_fails_alone() {
    // No file can say this: the reader refuses goodwill beyond 1. A scenario that comes past the reader stops here.
    let mut broken = small();
    broken.goodwill.start = 1.5;
    let arms = [
        Arm { name: "broken".to_owned(), scenario: broken },
        Arm { name: "sound".to_owned(), scenario: changed(&small(), &["run.burn_in=2", "run.weeks=2"]) },
    ];
    let results = run_batch(&arms, &|| {}, |job, opening, _| (job.arms[0], opening.err().cloned()));
    let failed = &results.iter().find(|(arm, _)| *arm == 0).unwrap().1;
    let Some(Failure::Breach(breach)) = failed else { panic!("{failed:?}") };
    assert_eq!((breach.week, breach.phase), (1, "jobs and people"));
    assert_eq!(results.iter().find(|(arm, _)| *arm == 1).unwrap().1, None);
    assert_eq!(ids::row(results.len()), 2);
}
