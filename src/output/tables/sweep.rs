//! The tables of a sweep, beside whose columns the knobs stand.

use crate::output::row::{YesNo, table};

table! {
    /// cells.csv and map.csv: a cell, before its knobs.
    SweepCell: "cells" {
        cell: usize, "", "number of the cell, from 0: one setting of the knobs";
    }
}

table! {
    /// cells.csv: what became of a replication of a cell, between the knobs and the outcomes.
    CellReplication: "cells" {
        replication;
        status: String, "", "ok, or why the replication did not finish; then all other cells are empty";
        opening_hash: Option<String>, "",
            "BLAKE3 of the labour market at the opening; equal where luck and market are";
    }
}

table! {
    /// map.csv: what became of a cell, between the knobs and the means.
    CellJudged: "map" {
        replications: usize, "replications", "replications that finished";
        failed: usize, "replications", "replications that did not; cells.csv says why";
        verdict: Option<String>, "",
            "lasts: the 95 % interval of placements_per_10000 lies above 5; dies: it lies below; cannot be told: it holds 5, or \
             there is none; empty where nobody may sell";
        provisional: Option<YesNo>, "",
            "yes where a run has fewer than 312 weeks, too few for more than a guess at the verdict; else no; empty where nobody \
             may sell";
        lives: Option<usize>, "replications",
            "in which sellers place anybody in the judged weeks; empty where nobody may sell";
    }
}

table! {
    /// library.csv: a scenario of a file that lies among the settings, before its setting of each knob.
    LibraryPoint: "library" {
        scenario: String, "", "a scenario file beside the base that differs from it in nothing but the knobs";
        short: String, "", "what charts call it";
    }
}
