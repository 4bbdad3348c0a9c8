//! Knobs: every key of a scenario is wired. For each key a small market in which its mechanism is on, a changed value,
//! and the demand that people then do something else: a sweep over a dead key would draw a beautiful flat line.

mod idle;
mod table;

use std::collections::BTreeMap;

use introsim::engine::batch::plan;
use introsim::engine::{Arm, burn_in, continue_from};
use introsim::scenario::{Scenario, keys};
use introsim::week::tally::Tally;

use crate::life::{changed, small};
use table::{KNOBS, WITNESSES};

/// What people did in a week: counts of decisions and events, hours and dollars that changed hands. Stocks that repeat
/// a key (ratings, trust, goodwill) and worth in dollars are left out: a key must move somebody.
fn deeds(week: &Tally) -> String {
    let people = (week.unemployed, week.looking, week.vacancies, week.contacts, week.separations);
    let funnel = (week.requests, week.met, week.passed, week.offers, week.hires, week.asks, week.helped);
    let trade = (week.applicants.n, week.new_clients.n, week.held_out, week.shams, week.shams_found_out);
    let sellers = (week.sellers.active, week.sellers.hours, week.ties.blocked);
    let others = (week.mandates, week.coached, week.form_asks, week.transfers);
    let money = (week.sellers.flows.fees, week.sellers.flows.refunds, week.refunds_lost, others);
    format!("{people:?}\n{funnel:?}\n{trade:?}\n{sellers:?}\n{money:?}\n")
}

/// All deeds of a burn-in and a history, and the single lives written down.
fn history(name: &str, scenario: &Scenario) -> String {
    scenario.check().unwrap_or_else(|problems| panic!("{name}: {problems}"));
    let opening = burn_in(scenario, 0, &|| {}).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let history = continue_from(scenario, opening.world.clone(), &|| {});
    let history = history.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let weeks: String = opening.weeks.iter().chain(&history.weeks).map(deeds).collect();
    let ends = |s: &introsim::week::record::Spell| (s.worker, s.start, s.end, s.ending);
    let spells: Vec<_> = history.record.spells.iter().map(ends).collect();
    format!("{weeks}{spells:?}")
}

fn witness(name: &str) -> Scenario {
    let base = changed(
        &small(),
        &["run.burn_in=12", "run.weeks=60", "workers.initial_unemployed=20%", "buyers.consider_rate=30%"],
    );
    let settings = WITNESSES.iter().find(|(witness, _)| *witness == name);
    changed(&base, settings.unwrap_or_else(|| panic!("no witness {name}")).1)
}

#[test]
fn the_table_names_every_key_once() {
    let mut named: Vec<&str> =
        KNOBS.iter().map(|(key, _, _)| *key).chain(ELSEWHERE.iter().copied()).collect();
    let mut all: Vec<&str> = keys().iter().map(|key| key.path).collect();
    named.sort_unstable();
    all.sort_unstable();
    assert_eq!(named, all, "keys that are not in the table, or in it twice, or gone");
}

/// Keys tested by tests of their own below.
const ELSEWHERE: &[&str] = &["run.replications", "friends.edges"];

#[test]
fn every_knob_moves_somebody() {
    let mut before: BTreeMap<&str, String> = BTreeMap::new();
    let mut dead = Vec::new();
    for (key, name, value) in KNOBS {
        let base = witness(name);
        let scenario = changed(&base, &[&format!("{key}={value}")]);
        assert_eq!(
            base.differences(&scenario),
            [*key],
            "{key}: the value {value} is that of the witness {name}"
        );
        let still = before.entry(name).or_insert_with(|| history(name, &base));
        if *still == history(key, &scenario) {
            dead.push(format!("{key} = {value} in {name}"));
        }
    }
    assert!(dead.is_empty(), "these moved nobody:\n{}", dead.join("\n"));
}

#[test]
fn equal_scenarios_have_equal_histories_and_a_title_moves_nobody() {
    let base = witness("everything");
    let mut titled = base.clone();
    titled.title = "Another".to_owned();
    titled.question = Some("Q7".to_owned());
    assert_eq!(history("base", &base), history("titled", &titled));
}

#[test]
fn more_replications_are_more_jobs_of_a_batch() {
    let jobs = |n: &str| plan(&[Arm { name: "a".to_owned(), scenario: changed(&small(), &[n]) }]).len();
    assert_eq!((jobs("run.replications=1"), jobs("run.replications=7")), (1, 7));
}

#[test]
fn a_given_graph_of_friends_moves_somebody() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("graph.csv"), "0,1\n1,2\n2,3\n").unwrap();
    let path = folder.path().join("scenario.toml");
    std::fs::write(&path, "title = \"t\"\n[friends]\nedges = \"graph.csv\"\n").unwrap();
    let given = introsim::scenario::load(&path).unwrap().scenario.friends.edges;
    assert!(given.is_some());
    let base = witness("leads");
    let mut scenario = base.clone();
    scenario.friends.edges = given;
    assert_ne!(history("leads", &base), history("edges", &scenario));
}
