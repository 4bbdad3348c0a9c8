//! What kind of file a text is, by the keys that only such files have.

/// Keys at the head of a file that only experiments and files of claims have.
pub(crate) const MARKS: [&str; 5] = ["scenario", "knobs", "design", "method", "claims"];

/// Parts that no other file has a table of: scenarios have a section that is called `bombardment`.
pub(crate) const STUDY_MARKS: [&str; 6] = ["library", "map", "break_even", "flip", "importance", "facts"];
