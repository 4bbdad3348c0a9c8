//! ties.csv: the lives of relationships between introducers and decision-makers.

use super::{Column, REPLICATION, SCENARIO};

/// Columns of ties.csv, one row for each life of a tie after the opening.
pub const TIES: &[Column] = &[
    SCENARIO,
    REPLICATION,
    Column::new("introducer", "", "identifier of the introducer, the same in all scenarios"),
    Column::new("decision_maker", "", "identifier of the decision-maker, the same in all scenarios"),
    Column::new(
        "life",
        "",
        "lives of this tie, from 0; a blocked tie that is forgiven or rebuilt begins a new one",
    ),
    Column::new("seller", "0 or 1", "1 if the introducer opened as a seller"),
    Column::new("start_week", "weeks", "week of the start; 0 is the opening"),
    Column::new("end_week", "weeks", "week in which it was blocked; empty if open at the end of the run"),
    Column::new("ended", "", "blocked, or open at the end of the run"),
    Column::new("weeks", "weeks", "length; of an open tie the length so far"),
    Column::new("requests", "requests", "requests of all kinds through the tie in this life"),
    Column::new("requests_per_week", "requests a week", "requests divided by weeks"),
    Column::new("goodwill_end", "share", "goodwill at the end, from 0 to 1"),
];
