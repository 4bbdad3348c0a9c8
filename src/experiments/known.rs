//! Outcomes that are known: what a replication of a scenario left, kept for whoever asks for the same in this process.
//!
//! The library of a study and its maps hold some of the same markets. The numbers of a scenario, its seed among them, and
//! the number of the replication decide what happens; so it makes no difference to any result whether its outcomes were
//! found here or lived again. What it is called, and how often it is replicated, decide nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::sweep::Values;
use crate::scenario::Scenario;

/// How many there may be; later ones are not kept. Some 20 MB.
const MOST: usize = 4096;

type Name = ([u8; 32], u32);

static KNOWN: Mutex<BTreeMap<Name, Values>> = Mutex::new(BTreeMap::new());

fn name(scenario: &Scenario, replication: u32) -> Name {
    let mut plain = scenario.clone();
    plain.title = String::new();
    (plain.short, plain.question) = (None, None);
    plain.run.replications = 1;
    (*blake3::hash(plain.canonical().as_bytes()).as_bytes(), replication)
}

/// What a replication left, if it was kept.
pub(super) fn find(scenario: &Scenario, replication: u32) -> Option<Values> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(&name(scenario, replication)).cloned()
}

/// Keeps what a replication left.
pub(super) fn keep(scenario: &Scenario, replication: u32, values: &Values) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() < MOST {
        known.entry(name(scenario, replication)).or_insert_with(|| values.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_found_by_numbers_and_luck_and_not_by_names() {
        let values = Values { opening_hash: "a hash".to_owned(), outcomes: vec![Some(1.0), None] };
        let mut one = Scenario::default();
        one.set("run.seed", "4711").unwrap();
        keep(&one, 3, &values);
        let mut renamed = one.clone();
        "another name".clone_into(&mut renamed.title);
        renamed.run.replications += 1;
        assert_eq!(find(&renamed, 3), Some(values));
        assert_eq!(find(&one, 2), None, "other luck");
        for (path, value) in [("run.seed", "4712"), ("run.weeks", "3"), ("contract.share_of_salary", "0.11")]
        {
            let mut other = one.clone();
            other.set(path, value).unwrap();
            assert_eq!(find(&other, 3), None, "{path}");
        }
    }
}
