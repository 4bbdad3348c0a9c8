//! summary.csv: each outcome over the replications of a scenario.

use super::{Column, SCENARIO};

/// Columns of summary.csv, one row for each scenario and outcome.
pub const SUMMARY: &[Column] = &[
    SCENARIO,
    Column::new("metric", "", "the outcome, named as in outcomes.csv"),
    Column::new("unit", "", "unit of the outcome"),
    Column::new("n", "replications", "replications in which the outcome exists"),
    Column::new("mean", "as unit", "mean, or share, over those replications; empty if n is 0"),
    Column::new("low", "as unit", "lower end of the 95 % interval; empty below two replications"),
    Column::new("high", "as unit", "upper end of the 95 % interval; empty below two replications"),
    Column::new(
        "assumed_low",
        "as unit",
        "2.5th percentile over the assumed constants, one replication a point; empty unless --assumptions was given",
    ),
    Column::new("assumed_median", "as unit", "median over the same points"),
    Column::new("assumed_high", "as unit", "97.5th percentile over the same points"),
    Column::new("method", "", "how the interval was made: t or clustered"),
];
