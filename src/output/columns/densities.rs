//! densities.csv: how ability, contacts and weeks out of work are spread among those who seek, pay and are placed.

use super::{Column, REPLICATION, SCENARIO};

/// Columns of densities.csv, histograms that count over all weeks after the opening.
pub const DENSITIES: &[Column] = &[
    SCENARIO,
    REPLICATION,
    Column::new(
        "group",
        "",
        "pool (all seekers, each week), applicants (to sellers), payers (new clients), organic (introduced free of charge), placed (by sellers)",
    ),
    Column::new("variable", "", "ability, contacts or weeks_out"),
    Column::new("bin_low", "sd, people or weeks", "lower end of the bin, included"),
    Column::new(
        "bin_high",
        "sd, people or weeks",
        "upper end of the bin, excluded; beyond the last bin the last one counts",
    ),
    Column::new("count", "people", "people of the group in the bin, over all weeks after the opening"),
];
