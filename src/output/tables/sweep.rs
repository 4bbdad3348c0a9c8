//! The tables of a sweep, beside whose columns the knobs stand.

use super::run::{Finished, finished};
use crate::experiments::rest::Rest;
use crate::experiments::sweep::Says;
use crate::experiments::verdict::Verdict;
use crate::output::Cell;
use crate::output::row::{Added, Field, YesNo, table};

table! {
    /// cells.csv: a replication of a cell; after the number of the cell stand its knobs, after the row its outcomes.
    CellReplication: "cells" {
        cell: usize, "", "number of the cell, from 0: one setting of the knobs";
        replication;
        weeks: Added<Option<u32>>, "weeks", "that it was to run from the opening on";
        status: String, "", "ok, or why the replication did not finish; then all other cells are empty";
        opening_hash: Added<Option<String>>, "",
            "BLAKE3 of the labour market at the opening; equal where luck and market are";
    }
}

table! {
    /// map.csv: a cell; after its number stand its knobs, after the row the means of its outcomes.
    CellJudged: "map" {
        cell: usize, "", "number of the cell, from 0: one setting of the knobs";
        replications: usize, "replications", "replications that finished";
        failed: Added<usize>, "replications", "replications that did not; cells.csv says why";
        verdict: Option<Verdict>, "",
            "lasts: the 95 % interval of placements_per_10000 lies above 5, and neither those who begin to sell nor those who \
             hire through sellers are shown to lose; lives on newcomers' losses, or at employers' cost: they are; dies: it lies \
             below; cannot be told: it holds 5, or there is none; empty where nobody may sell";
        provisional: Added<Option<YesNo>>, "",
            "yes where a run has fewer than 312 weeks, too few for more than a guess at the verdict; else no; empty where nobody \
             may sell";
        lives: Added<Option<usize>>, "replications",
            "in which sellers place anybody in the judged weeks; empty where nobody may sell";
        weeks: Added<Option<u32>>, "weeks", "that it ran from the opening on";
        rest: Added<Option<Rest>>, "",
            "moves: placements_per_10000 is shown to differ from the 104 weeks before by more than a tenth and than 5; at rest: a \
             difference of that kind is excluded; cannot be told: neither; empty where nobody may sell, and in runs of fewer than \
             312 weeks";
        change: Added<Option<f64>>, "placements",
            "placements_per_10000 less those of the 104 weeks before, mean over replications; empty as rest";
        change_low: Added<Option<f64>>, "placements",
            "lower end of its t interval, of a coverage by which the intervals of all cells and horizons hold together 95 times \
             in 100; empty below two replications";
        change_high: Added<Option<f64>>, "placements", "upper end of it";
    }
}

table! {
    /// library.csv: a scenario of a file that lies among the settings, before its setting of each knob.
    LibraryPoint: "library" {
        scenario: String, "", "a scenario file beside the base that differs from it in nothing but the knobs";
        short: Added<String>, "", "what charts call it";
    }
}

table! {
    /// contrasts.csv: a cell beside the one that differs from it in one knob alone; after its number stand its knobs.
    CellContrast: "contrasts" {
        cell: usize, "", "number of the cell, from 0: one setting of the knobs";
        knob: String, "", "the knob in which the other cell differs";
        with: usize, "", "number of the other cell, which has the scenario's value of this knob";
        pairs: usize, "replications", "that finished in both";
        difference: Added<Option<f64>>, "placements",
            "placements_per_10000 of the cell less those of the other, mean over pairs; empty where nobody may sell";
        difference_low: Added<Option<f64>>, "placements",
            "lower end of its t interval, of a coverage by which those of all looks hold together 95 times in 100; empty below two \
             pairs";
        difference_high: Added<Option<f64>>, "placements", "upper end of it";
        says: Added<Option<Says>>, "",
            "about as many: a difference of more than a tenth of the other, or of more than 5, is excluded; else more or fewer where \
             the interval leaves out 0, and cannot be told where it does not";
    }
}

impl Field for Says {
    const EXPECTED: &'static str = "more, fewer, about as many or cannot be told";

    fn cell(self) -> Cell {
        self.name().into()
    }

    fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|says| says.name() == text)
    }
}

impl Finished for CellReplication {
    fn replication(&self) -> i64 {
        self.replication
    }

    fn finished(&self) -> Result<&str, &str> {
        finished(Some(&self.status), self.opening_hash.0.as_ref().and_then(Option::as_deref))
    }
}

impl Field for Rest {
    const EXPECTED: &'static str = "at rest, cannot be told or moves";

    fn cell(self) -> Cell {
        self.name().into()
    }

    fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rest| rest.name() == text)
    }
}

impl Field for Verdict {
    const EXPECTED: &'static str = "a verdict";

    fn cell(self) -> Cell {
        self.name().into()
    }

    fn of_text(text: &str) -> Option<Self> {
        Self::named(text)
    }
}
