//! A second implementation of the week, slow and obvious, that must agree with the engine in every state of every
//! week: written from the description of the model, sharing with the engine only the addresses of luck.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod after;
mod compare;
mod grid;
mod judging;
mod market;
mod meetings;
mod week;
mod world;

use introsim::engine::replication::labour_market_of;
use introsim::scenario::Scenario;
use introsim::week::desk::Desk;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;
use introsim::week::{Now, run_week};
use introsim::world::World;

use compare::{differences, differences_in_counts};
use world::{Fired, Twin};

/// The engine and its twin in one scenario.
struct Pair {
    world: World,
    twin: Twin,
    desk: Desk,
    tally: Tally,
    record: Record,
}

impl Pair {
    fn new(scenario: &Scenario, replication: u32) -> Self {
        let world = World::build(&labour_market_of(scenario), replication);
        let friends = (0..world.workers.len());
        let friends = friends.map(|w| world.friends.of(w).iter().map(|&f| f as usize).collect()).collect();
        let twin = Twin::build(&labour_market_of(scenario), replication, friends);
        let pair = Self {
            world,
            twin,
            desk: Desk::default(),
            tally: Tally::default(),
            record: Record::default(),
        };
        pair.require_same("before the first week");
        pair
    }

    fn require_same(&self, when: &str) {
        let mut found = differences(&self.world, &self.twin);
        if self.tally.week == self.world.week {
            found.extend(differences_in_counts(&self.tally, &self.twin));
        }
        assert!(
            found.is_empty(),
            "{when}, {} differences:\n{}",
            found.len(),
            found[..found.len().min(25)].join("\n")
        );
    }

    fn live(&mut self, scenario: &Scenario, weeks: u32, name: &str) {
        let rules = Rules::new(scenario);
        for week in 1..=weeks {
            let mut now = Now {
                scenario,
                rules: &rules,
                world: &mut self.world,
                desk: &mut self.desk,
                tally: &mut self.tally,
                record: &mut self.record,
            };
            run_week(&mut now).unwrap();
            self.twin.live();
            self.require_same(&format!("{name}, seed {}, week {week}", scenario.run.seed));
        }
    }
}

/// Lives through a scenario side by side and returns how often each mechanism fired.
fn side_by_side(name: &str, scenario: &Scenario) -> Fired {
    let mut pair = Pair::new(scenario, 0);
    pair.live(&labour_market_of(scenario), scenario.run.burn_in, &format!("{name} before the opening"));
    pair.world.open_market(scenario);
    pair.twin.open_market(scenario);
    pair.tally = Tally::default();
    pair.require_same(&format!("{name} at the opening"));
    pair.live(scenario, scenario.run.weeks, name);
    pair.twin.fired
}

fn over_seeds(name: &str, scenario: fn(u64) -> Scenario) -> Fired {
    let mut last = Fired::default();
    for seed in 1..=3 {
        last = side_by_side(name, &scenario(seed));
    }
    last
}

#[test]
fn the_twin_agrees_where_nobody_sells() {
    over_seeds("organic", grid::organic);
}

#[test]
fn the_twin_agrees_on_contingency_without_screening() {
    over_seeds("contingency", grid::contingency);
}
