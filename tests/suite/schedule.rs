//! The story: the week's phases run in the order that is written down, once each, and the module's table says so too.

use introsim::week::SCHEDULE;

use crate::life::{Life, small_paid};

/// The order of the model.
const EXPECTED: [&str; 14] = [
    "jobs and people",
    "vacancies",
    "leads",
    "cold applications",
    "networking",
    "buying",
    "screening",
    "pitching",
    "reviewing",
    "meeting and offers",
    "paying",
    "learning",
    "renewal",
    "entry and exit",
];

/// First cells of the rows of the table in a module's documentation, head and rule left out.
fn first_column(source: &str) -> Vec<String> {
    let rows = source.lines().filter_map(|line| line.strip_prefix("//! |"));
    rows.map(|row| row.split('|').next().unwrap_or_default().trim().to_owned())
        .filter(|cell| cell != "phase" && !cell.starts_with("---"))
        .collect()
}

#[test]
fn the_week_has_fourteen_phases_in_the_order_of_the_model() {
    assert_eq!(SCHEDULE.map(|(name, _)| name), EXPECTED);
}

#[test]
fn the_table_above_the_story_lists_the_same_phases_in_the_same_order() {
    let source = std::fs::read_to_string("src/week/mod.rs").unwrap();
    assert_eq!(first_column(&source), EXPECTED);
    let swapped = "//! | phase | who |\n//! |---|---|\n//! | b | x |\n//! | a | y |\n";
    assert_eq!(first_column(swapped), ["b", "a"], "the reader of tables keeps their order");
}

#[test]
fn a_recorded_week_ran_every_phase_once_in_that_order() {
    let mut life = Life::opened(&small_paid());
    for _ in 0..3 {
        life.tally.trace = Some(Vec::new());
        life.week().unwrap();
        assert_eq!(life.tally.trace.as_deref(), Some(EXPECTED.as_slice()));
    }
    // Without being asked for, no trace is kept.
    life.tally.trace = None;
    life.week().unwrap();
    assert_eq!(life.tally.trace, None);
}
