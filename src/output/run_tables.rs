//! The tables of a run: rows of results turned into cells, column by column as the dictionary says.

use std::fmt::Write as _;

use super::blocks::BlockError;
use super::columns::{DENSITIES, DIFFERENCES, REPLICATION, SCENARIO, SPELLS, SUMMARY, TIES, WEEKLY};
use super::{Cell, Column, Folder, Table};
use crate::experiments::outcomes;
use crate::experiments::run::{Detail, Place, Replication, Run, Tables};
use crate::stats::Estimate;
use crate::week::record::{Crowd, Ending};

/// Gives rows from where they were kept.
pub type Fetch<'a> = dyn Fn(&Place) -> Result<Tables, BlockError> + 'a;

/// Writes weekly, outcomes, summary, spells, ties and densities into a folder.
///
/// - `fetch`: gives the rows that are not in memory
///
/// # Errors
/// If a number is not finite, rows are not where they were kept, or the system refuses.
pub fn write_run(
    folder: &mut Folder,
    names: &[String],
    run: &Run,
    fetch: &Fetch<'_>,
) -> Result<(), BlockError> {
    let mut weekly = folder.start("weekly", WEEKLY)?;
    let mut spells = folder.start("spells", SPELLS)?;
    let mut ties = folder.start("ties", TIES)?;
    let mut densities = folder.start("densities", DENSITIES)?;
    for replication in &run.replications {
        let Ok(rows) = &replication.result else { continue };
        let fetched;
        let tables = match &rows.detail {
            Detail::Here(tables) => &**tables,
            Detail::Kept(place) => {
                fetched = fetch(place)?;
                &fetched
            }
        };
        let key = key(names, replication);
        weekly.rows(&key, weekly_rows(tables))?;
        spells.rows(&key, spell_rows(tables, rows.opened))?;
        ties.rows(&key, tie_rows(tables, rows.opened))?;
        densities.rows(&key, density_rows(tables))?;
    }
    let written = [weekly.finish()?, spells.finish()?, ties.finish()?, densities.finish()?];
    folder.claim(&written);
    folder.write(&outcomes_table(names, run))?;
    folder.write(&summary_table(run))?;
    Ok(())
}

/// The tables of a run with their columns, in the order in which a reader meets them.
#[must_use]
pub fn run_columns() -> Vec<(&'static str, Vec<Column>)> {
    vec![
        ("summary", SUMMARY.to_vec()),
        ("differences", DIFFERENCES.to_vec()),
        ("outcomes", outcomes_columns()),
        ("weekly", WEEKLY.to_vec()),
        ("spells", SPELLS.to_vec()),
        ("ties", TIES.to_vec()),
        ("densities", DENSITIES.to_vec()),
    ]
}

const OUTPUTS_HEAD: &str = "\
# Outputs

Every column of every table of `introsim run` and `introsim compare`. Written by `introsim schema --outputs` from the
dictionary that the program writes its tables with; a test holds this page to it. An empty cell means that nothing
happened; it never stands for zero. Every folder has the same of its own tables in `columns.csv`, those of sweeps,
break-evens, analyses and charts too.
";

/// The tables of a run as Markdown.
#[must_use]
pub fn outputs_markdown() -> String {
    let mut text = OUTPUTS_HEAD.to_owned();
    for (name, columns) in run_columns() {
        let _ = write!(text, "\n## `{name}.csv`\n\n| column | unit | meaning |\n|---|---|---|\n");
        for column in columns {
            let meaning = column.meaning.replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {} | {meaning} |", column.name, column.unit);
        }
    }
    text
}

fn key(names: &[String], replication: &Replication) -> Vec<Cell> {
    vec![names[replication.arm].as_str().into(), replication.number.into()]
}

fn weekly_rows(tables: &Tables) -> Vec<Vec<Cell>> {
    let row = |(week, values): (usize, &Vec<Option<f64>>)| {
        let mut cells = vec![Cell::from(week)];
        cells.extend(values.iter().map(|&value| Cell::maybe(value)));
        cells
    };
    tables.weekly.iter().enumerate().map(row).collect()
}

/// Weeks are counted from the opening; what began before it has a negative week.
fn since_opening(opened: u32, week: u32) -> Cell {
    Cell::Int(i64::from(week) - i64::from(opened))
}

fn spell_rows(tables: &Tables, opened: u32) -> Vec<Vec<Cell>> {
    let row = |s: &crate::week::record::Spell| {
        let end = if s.ending == Ending::Open { Cell::Empty } else { since_opening(opened, s.end) };
        vec![
            s.worker.into(),
            s.number.into(),
            if s.from_job { "employed" } else { "unemployed" }.into(),
            since_opening(opened, s.start),
            end,
            s.ending.name().into(),
            (s.end - s.start).into(),
            s.ability.into(),
            s.networking.into(),
            u32::from(s.contacts).into(),
            s.bought.into(),
            s.salary_before.into(),
            Cell::maybe(s.salary_after),
        ]
    };
    tables.spells.iter().map(row).collect()
}

fn tie_rows(tables: &Tables, opened: u32) -> Vec<Vec<Cell>> {
    let row = |t: &crate::week::record::TieLife| {
        let weeks = t.end - t.start;
        vec![
            t.introducer.into(),
            t.decision_maker.into(),
            t.life.into(),
            t.seller.into(),
            since_opening(opened, t.start),
            if t.blocked { since_opening(opened, t.end) } else { Cell::Empty },
            if t.blocked { "blocked" } else { "open" }.into(),
            weeks.into(),
            t.requests.into(),
            Cell::maybe(crate::experiments::ratio(f64::from(t.requests), f64::from(weeks))),
            t.goodwill.into(),
        ]
    };
    tables.tie_lives.iter().map(row).collect()
}

fn density_rows(tables: &Tables) -> Vec<Vec<Cell>> {
    let mut cells = Vec::new();
    for (crowd, group) in Crowd::ALL {
        let histograms = &tables.densities[crowd as usize];
        let mut add = |variable: &str, low: f64, width: f64, counts: &[u64]| {
            let mut low = low;
            for &count in counts {
                cells.push(vec![
                    group.into(),
                    variable.into(),
                    low.into(),
                    (low + width).into(),
                    count.into(),
                ]);
                low += width;
            }
        };
        add("ability", -4.0, 0.25, &histograms.ability);
        add("contacts", 0.0, 1.0, &histograms.contacts);
        add("weeks_out", 0.0, 4.0, &histograms.weeks_out);
    }
    cells
}

fn outcomes_columns() -> Vec<Column> {
    let mut columns = vec![
        SCENARIO,
        REPLICATION,
        Column::new(
            "status",
            "",
            "ok, or why the replication did not finish; then all other cells are empty",
        ),
        Column::new(
            "opening_hash",
            "",
            "BLAKE3 of the labour market at the opening; equal where luck and market are",
        ),
    ];
    columns.extend(
        outcomes::columns().into_iter().map(|(name, unit, meaning)| Column::new(name, unit, meaning)),
    );
    columns
}

fn outcomes_table(names: &[String], run: &Run) -> Table {
    let columns = outcomes_columns();
    let n = columns.len();
    let mut table = Table::new("outcomes", &columns);
    for replication in &run.replications {
        let mut row = key(names, replication);
        match &replication.result {
            Ok(rows) => {
                row.push("ok".into());
                row.push(rows.opening_hash.as_str().into());
                row.extend(rows.outcomes.iter().map(|&value| Cell::maybe(value)));
            }
            Err(failure) => row.push(failure.to_string().into()),
        }
        row.resize(n, Cell::Empty);
        table.push(row);
    }
    table
}

fn summary_table(run: &Run) -> Table {
    let mut table = Table::new("summary", SUMMARY);
    for summary in &run.summaries {
        for line in &summary.lines {
            let estimate = line.estimate.as_ref();
            table.push(vec![
                summary.scenario.as_str().into(),
                line.metric.into(),
                line.unit.into(),
                estimate.map_or(0, |e| e.n).into(),
                Cell::maybe(estimate.map(|e| e.value)),
                Cell::maybe(estimate.and_then(Estimate::low)),
                Cell::maybe(estimate.and_then(Estimate::high)),
                Cell::maybe(line.assumed.map(|over| over.low)),
                Cell::maybe(line.assumed.map(|over| over.median)),
                Cell::maybe(line.assumed.map(|over| over.high)),
                line.method.into(),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::weekly;

    #[test]
    fn the_weekly_columns_are_computed_in_the_order_of_the_dictionary() {
        let declared: Vec<_> = WEEKLY.iter().skip(3).map(|column| column.name).collect();
        let computed: Vec<_> = weekly::COLUMNS.iter().map(|(name, _)| *name).collect();
        assert_eq!(declared, computed);
    }
}
