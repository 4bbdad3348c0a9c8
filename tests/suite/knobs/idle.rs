//! Keys that are called idle: they move nobody, and none that moves somebody is called so.

use introsim::scenario::{Loaded, Scenario, idle, load_with};

use super::table::KNOBS;
use super::{changed, history, witness};

/// The scenario as if one of its keys had been set on the command line.
fn loaded(scenario: Scenario, path: &'static str) -> Loaded {
    Loaded {
        scenario,
        base: Scenario::default(),
        name: "test".to_owned(),
        chain: Vec::new(),
        graph: None,
        overridden: vec![path],
    }
}

#[test]
fn no_key_is_called_idle_in_a_market_where_it_moves_somebody() {
    for (path, name, value) in KNOBS {
        let scenario = changed(&witness(name), &[&format!("{path}={value}")]);
        assert_eq!(idle(&loaded(scenario, path)), [], "{path} in {name}");
    }
}

#[test]
fn a_key_that_is_called_idle_moves_nobody() {
    let cases: [(&str, &str, &str, &str); 19] = [
        ("contingency", "employer.found", "3", "`contract.payer` is seeker"),
        ("contingency", "employer.among", "askers", "`contract.payer` is seeker"),
        ("contingency", "employer.fee_felt", "100%", "`contract.payer` is seeker"),
        ("contingency", "sham.cost", "$1", "`contract.per_introduction` is $0"),
        ("contingency", "sellers.near", "2", "`sellers.targeting` is best_fit"),
        ("contingency", "sellers.trials", "5", "`sellers.entry` is closed"),
        ("contingency", "screening.most_precision", "5", "`screening.stages` is empty"),
        ("contingency", "screening.half_hours", "200h", "`screening.stages` is empty"),
        ("contingency", "coaching.networking_gain", "50%", "`coaching.price` is $0"),
        ("contingency", "bombardment.met", "false", "`bombardment.requests_per_week` is 0.0"),
        ("organic", "sellers.hours", "10h", "`sellers.entry` is none"),
        ("organic", "contract.upfront", "$5", "`sellers.entry` is none"),
        ("organic", "screening.salary_history", "true", "`sellers.entry` is none"),
        ("organic", "sham.found_out", "50%", "`sellers.entry` is none"),
        ("organic", "word.hearsay", "1", "`sellers.entry` is none"),
        ("headhunter", "word.listeners", "5", "`contract.payer` is employer"),
        ("organic", "bombardment.requests_per_week", "5", "`sellers.entry` is none"),
        ("organic", "disclosure.payment_known", "false", "`sellers.entry` is none"),
        ("organic", "buyers.consider_rate", "90%", "`sellers.entry` is none"),
    ];
    for (name, path, value, because) in cases {
        let base = witness(name);
        let scenario = changed(&base, &[&format!("{path}={value}")]);
        assert_eq!(base.differences(&scenario), [path], "{path}: {value} changes it");
        assert_eq!(history(name, &base), history(path, &scenario), "{path} in {name}");
        let found = idle(&loaded(scenario, path));
        let said: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(said, [format!("`{path}` is set and does nothing, as {because}")]);
    }
}

#[test]
fn no_shipped_scenario_sets_a_key_that_does_nothing() {
    for entry in std::fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let loaded = load_with(&path, &[]).unwrap();
            assert_eq!(idle(&loaded), [], "{}", path.display());
        }
    }
}
