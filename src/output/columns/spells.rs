//! spells.csv: searches of a sample of workers.

use super::{Column, REPLICATION, SCENARIO};

/// Columns of spells.csv, one row for each search, out of work or from a job, of a sampled worker that touches the weeks after the
/// opening.
pub const SPELLS: &[Column] = &[
    SCENARIO,
    REPLICATION,
    Column::new("worker", "", "identifier of the worker, the same in all scenarios"),
    Column::new(
        "spell",
        "",
        "number of the search in this row of workers, from 1; one who leaves the labour force hands it on to an entrant",
    ),
    Column::new("kind", "", "the state in which the search began: unemployed or employed"),
    Column::new("start_week", "weeks", "week of the start; at most 0 if before the opening"),
    Column::new("end_week", "weeks", "week of the end; empty if still going on at the end of the run"),
    Column::new(
        "ended",
        "",
        "how it ended: cold, lead, organic or paid (a job through that channel), stopped (looking, while employed), left (the labour force), open (still going on)",
    ),
    Column::new("weeks", "weeks", "length; of an open spell the length so far"),
    Column::new("ability", "sd", "true ability of the worker, in standard deviations of the workforce"),
    Column::new("networking", "factor", "how readily the worker meets people; 1 is the median"),
    Column::new("contacts_at_start", "people", "introducers known at the start"),
    Column::new("bought", "0 or 1", "1 if the worker became a seller's client during the spell"),
    Column::new(
        "salary_before",
        "dollars a year",
        "salary of the present or last job before; of an entrant the usual salary",
    ),
    Column::new(
        "salary_after",
        "dollars a year",
        "salary of the job that ended the spell; empty without one",
    ),
];
