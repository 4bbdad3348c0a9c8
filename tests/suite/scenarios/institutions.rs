//! The institutions of the library: twins differ in what they are named after, and titles tell the terms.

use introsim::scenario::Scenario;

use super::{library, shipped};

/// Keys in which two shipped scenarios differ.
fn between(one: &str, other: &str) -> Vec<&'static str> {
    shipped(one).differences(&shipped(other))
}

#[test]
fn twins_differ_in_what_they_are_named_after_and_in_nothing_else() {
    let twins: [(&str, &str, &[&str]); 21] = [
        ("contingency", "contingency-20", &["contract.share_of_salary"]),
        ("contingency", "contingency-50", &["contract.share_of_salary"]),
        ("contingency", "contingency-screened", &["screening.stages"]),
        ("contingency", "contingency-hidden", &["disclosure.payment_known"]),
        ("contingency", "flat-screen", &["screening.stages"]),
        ("contingency-50", "screened-50", &["screening.stages"]),
        ("contingency-screened", "screened-50", &["contract.share_of_salary"]),
        ("contingency-screened", "screened-hidden", &["disclosure.payment_known"]),
        ("contingency-screened", "coach-and-seller", &["coaching.price", "coaching.networking_gain"]),
        (
            "coaching",
            "coach-and-seller",
            &["sellers.entry", "sellers.share", "screening.stages", "contract.share_of_salary"],
        ),
        ("cash-upfront", "cash-hidden", &["disclosure.payment_known"]),
        ("cash-upfront", "cash-rational", &["sellers.targeting", "sellers.foresight"]),
        ("cash-upfront", "important-people", &["sellers.targeting"]),
        ("programme", "guarantee", &["contract.guarantee_weeks"]),
        ("actors", "actors-policed", &["sham.found_out"]),
        ("actors", "per-introduction", &["sellers.representation", "sham.found_out"]),
        ("rational", "rational-30", &["contract.share_of_salary"]),
        ("headhunter", "staffing-agency", &["employer.among"]),
        ("headhunter", "headhunter-closed", &["sellers.entry"]),
        ("staffing-agency", "staffing-closed", &["sellers.entry"]),
        ("stranger-bonus", "stranger-hidden", &["disclosure.payment_known"]),
    ];
    for (one, other, keys) in twins {
        assert_eq!(between(one, other), keys, "{one} and {other}");
    }
    assert_eq!(between("stranger-referral", "stranger-bonus"), ["referral.employee_bonus"]);
    assert_eq!(between("referral-bonus", "stranger-bonus"), ["referral.stranger_price"]);
}

#[test]
fn the_screens_of_a_flat_and_a_staged_twin_end_at_the_same_hours_and_threshold() {
    let hours = |scenario: &Scenario| scenario.screening.stages.iter().map(|stage| stage.hours).sum::<f64>();
    let (flat, staged) = (shipped("flat-screen"), shipped("contingency-screened"));
    assert!((hours(&flat) - hours(&staged)).abs() < 1e-12);
    let last = |scenario: &Scenario| scenario.screening.stages.last().unwrap().accept_above.clone();
    assert_eq!(last(&flat), last(&staged));
}

#[test]
fn bombardments_differ_in_their_rate_and_nobody_has_hours_to_sell() {
    for (name, rate) in [("0.25", 0.25), ("0.5", 0.5), ("1", 1.0), ("2", 2.0), ("5", 5.0), ("10", 10.0)] {
        let name = format!("bombardment-{name}");
        let scenario = shipped(&name);
        assert!((scenario.bombardment.requests_per_week - rate).abs() < 1e-12, "{name}");
        assert!(scenario.sellers.hours == 0.0 && !scenario.bombardment.met, "{name}");
        let differ = between("bombardment-1", &name);
        assert!(differ.iter().all(|key| *key == "bombardment.requests_per_week"), "{name}: {differ:?}");
    }
    let met = between("bombardment-1", "bombardment-met");
    assert_eq!(met, ["bombardment.quality_above_bar", "bombardment.met"]);
}

/// Amounts and shares in a text: "$500", "10%".
fn amounts(text: &str) -> Vec<&str> {
    let words = text.split([' ', ':', ';']).map(|word| word.trim_end_matches([',', '.']));
    words.filter(|word| word.starts_with('$') || word.ends_with('%')).collect()
}

#[test]
fn every_amount_in_a_title_is_a_term_of_the_file() {
    assert_eq!(amounts("Rent: $1,500 a month, and 10% of it; 3 weeks"), ["$1,500", "10%"]);
    for (name, loaded) in library() {
        let changed = loaded.base.differences(&loaded.scenario);
        let terms: Vec<String> =
            changed.iter().map(|key| loaded.scenario.text(key).unwrap().replace('"', "")).collect();
        // A month is a twelfth of 52 weeks.
        let monthly = (loaded.scenario.contract.retainer_per_week * 52.0 / 12.0 - 1_500.0).abs() < 1.0;
        for amount in amounts(&loaded.scenario.title) {
            let is_term = terms.iter().any(|term| term == amount) || (monthly && amount == "$1,500");
            assert!(is_term, "{name}: {amount} is none of {terms:?}");
        }
    }
}
