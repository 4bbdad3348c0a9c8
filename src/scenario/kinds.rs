//! What kind of file a text is, by the keys that only such files have.

use toml::de::DeTable;

use super::keys::SECTIONS;

/// Keys at the head of a file that only experiments and files of claims have.
pub(crate) const MARKS: [&str; 5] = ["scenario", "knobs", "design", "method", "claims"];

/// Parts that no other file has a table of: scenarios have a section that is called `bombardment`.
pub(crate) const STUDY_MARKS: [&str; 8] =
    ["library", "map", "healing", "break_even", "flip", "importance", "facts", "validation"];

/// What a file is that is no scenario, and the command that takes it; none of a scenario, or of what cannot be told.
pub(crate) fn not_a_scenario(table: &DeTable<'_>) -> Option<(&'static str, &'static str)> {
    let says = |name: &str| table.contains_key(name);
    if STUDY_MARKS.iter().any(|part| says(part)) {
        return Some(("a study", "introsim study"));
    }
    if says("extends") || SECTIONS.iter().any(|section| says(section.name)) {
        return None;
    }
    if says("claims") {
        Some(("a file of claims", "introsim flip"))
    } else if says("method") {
        Some(("an experiment", "introsim sensitivity"))
    } else if says("design") {
        Some(("an experiment", "introsim sweep"))
    } else {
        says("knobs").then_some(("an experiment", "introsim sweep"))
    }
}
