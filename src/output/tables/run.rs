//! The tables of a run: their rows, and how results are made into them.

use std::fmt::Write as _;

use super::Difference;
use crate::experiments::measures::weekly;
use crate::experiments::run::{Detail, Place, Replication, Run, Tables};
use crate::experiments::summary::ScenarioSummary;
use crate::experiments::{outcomes, ratio};
use crate::output::checkpoint::BlockError;
use crate::output::row::{Added, Row, table, words};
use crate::output::{Cell, Column, Folder, Table};
use crate::stats::Estimate;
use crate::week::record::{self, Crowd, Ending};

table! {
    /// densities.csv: how ability, contacts and weeks out of work are spread among those who seek, pay and are placed, as
    /// histograms that count over all weeks after the opening.
    Density: "densities" {
        scenario;
        replication;
        group: String, "",
            "pool (all seekers, each week), applicants (to sellers), payers (new clients), organic (introduced \
             free of charge), placed (by sellers)";
        variable: String, "", "ability, contacts or weeks_out";
        bin_low: f64, "sd, people or weeks", "lower end of the bin, included";
        bin_high: f64, "sd, people or weeks",
            "upper end of the bin, excluded; beyond the last bin the last one counts";
        count: f64, "people", "people of the group in the bin, over all weeks after the opening";
    }
}

table! {
    /// spells.csv: a search, out of work or from a job, of a sampled worker that touches the weeks after the opening.
    Spell: "spells" {
        scenario;
        replication;
        worker: u32, "", "identifier of the worker, the same in all scenarios";
        spell: u32, "",
            "number of the search in this row of workers, from 1; one who leaves the labour force hands it on \
             to an entrant";
        kind: String, "", "the state in which the search began: unemployed or employed";
        start_week: i64, "weeks", "week of the start; at most 0 if before the opening";
        end_week: Option<i64>, "weeks", "week of the end; empty if still going on at the end of the run";
        ended: String, "",
            "how it ended: cold, lead, organic or paid (a job through that channel), stopped (looking, while \
             employed), left (the labour force), open (still going on)";
        weeks: f64, "weeks", "length; of an open spell the length so far";
        ability: f64, "sd", "true ability of the worker, in standard deviations of the workforce";
        networking: f64, "factor", "how readily the worker meets people; 1 is the median";
        contacts_at_start: u32, "people", "introducers known at the start";
        bought: bool, "0 or 1", "1 if the worker became a seller's client during the spell";
        salary_before: f64, "dollars a year",
            "salary of the present or last job before; of an entrant the usual salary";
        salary_after: Option<f64>, "dollars a year", "salary of the job that ended the spell; empty without one";
    }
}

table! {
    /// ties.csv: a life of a tie between an introducer and a decision-maker after the opening.
    Tie: "ties" {
        scenario;
        replication;
        introducer: u32, "", "identifier of the introducer, the same in all scenarios";
        decision_maker: u32, "", "identifier of the decision-maker, the same in all scenarios";
        life: u32, "", "lives of this tie, from 0; a blocked tie that is forgiven or rebuilt begins a new one";
        seller: bool, "0 or 1", "1 if the introducer opened as a seller";
        start_week: i64, "weeks", "week of the start; 0 is the opening";
        end_week: Option<i64>, "weeks", "week in which it was blocked; empty if open at the end of the run";
        ended: TieEnd, "", "blocked, or open at the end of the run";
        weeks: f64, "weeks", "length; of an open tie the length so far";
        requests: f64, "requests", "requests of all kinds through the tie in this life";
        requests_per_week: Option<f64>, "requests a week", "requests divided by weeks";
        goodwill_end: f64, "share", "goodwill at the end, from 0 to 1";
    }
}

table! {
    /// summary.csv: an outcome over the replications of a scenario.
    Summary: "summary" {
        scenario;
        metric: String, "", "the outcome, named as in outcomes.csv";
        unit: String, "", "unit of the outcome";
        n: usize, "replications", "replications in which the outcome exists";
        mean: Option<f64>, "as unit", "mean, or share, over those replications; empty if n is 0";
        low: Option<f64>, "as unit", "lower end of the 95 % interval; empty below two replications";
        high: Option<f64>, "as unit", "upper end of the 95 % interval; empty below two replications";
        assumed_low: Added<Option<f64>>, "as unit",
            "2.5th percentile over the assumed constants, one replication a point; empty unless --assumptions \
             was given";
        assumed_median: Added<Option<f64>>, "as unit", "median over the same points";
        assumed_high: Added<Option<f64>>, "as unit", "97.5th percentile over the same points";
        method: String, "", "how the interval was made: t or clustered";
    }
}

table! {
    /// weekly.csv: a week of a replication, before the columns of [`weekly`].
    Week: "weekly" {
        scenario;
        replication;
        week: i64, "weeks", "weeks since the opening; 0 is the opening state, and flows of that row are empty";
    }
}

table! {
    /// outcomes.csv: a replication, before its outcomes.
    Outcome: "outcomes" {
        scenario;
        replication;
        status: Added<String>, "", "ok, or why the replication did not finish; then all other cells are empty";
        opening_hash: Added<Option<String>>, "",
            "BLAKE3 of the labour market at the opening; equal where luck and market are";
    }
}

table! {
    /// What tables of replications say alike.
    Status: "outcomes" {
        status: Added<String>, "", "ok, or why the replication did not finish";
    }
}

/// A row of one replication that may not have finished.
pub trait Finished: Row {
    /// Number of the replication.
    fn replication(&self) -> i64;

    /// The hash of its opening, empty where an older program did not write it.
    ///
    /// # Errors
    /// Why it did not finish.
    fn finished(&self) -> Result<&str, &str>;
}

/// From what a row says of itself; older programs did not write either.
pub(super) fn finished<'a>(status: Option<&'a str>, hash: Option<&'a str>) -> Result<&'a str, &'a str> {
    match status {
        None | Some("ok") => Ok(hash.unwrap_or_default()),
        Some(why) => Err(why),
    }
}

impl Finished for Outcome {
    fn replication(&self) -> i64 {
        self.replication
    }

    fn finished(&self) -> Result<&str, &str> {
        finished(self.status.0.as_deref(), self.opening_hash.0.as_ref().and_then(Option::as_deref))
    }
}

words! {
    /// How a life of a tie ended.
    TieEnd {
        /// By a block.
        Blocked = "blocked",
        /// Not before the end of the run.
        Open = "open",
    }
}

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
    let mut start = |table: Table| folder.start(table.name, &table.columns);
    let (mut week, mut spell) = (start(weekly_table())?, start(Table::of::<Spell>([]))?);
    let (mut tie, mut density) = (start(Table::of::<Tie>([]))?, start(Table::of::<Density>([]))?);
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
        let key = Key { opened: rows.opened, ..Key::of(names, replication) };
        week.rows(weeks(&key, tables))?;
        spell.rows(spells(&key, tables))?;
        tie.rows(ties(&key, tables))?;
        density.rows(densities(&key, tables))?;
    }
    let written = [week.finish()?, spell.finish()?, tie.finish()?, density.finish()?];
    folder.claim(&written);
    folder.write(&outcomes_table(names, run))?;
    folder.write(&Table::of(run.summaries.iter().flat_map(summary)))?;
    Ok(())
}

/// The tables of a run with their columns, in the order in which a reader meets them.
#[must_use]
pub fn run_columns() -> Vec<(&'static str, Vec<Column>)> {
    let tables = [
        Table::of::<Summary>([]),
        Table::of::<Difference>([]),
        Table::with::<Outcome>(outcome_columns()),
        weekly_table(),
        Table::of::<Spell>([]),
        Table::of::<Tie>([]),
        Table::of::<Density>([]),
    ];
    tables.map(|table| (table.name, table.columns)).into()
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

/// Whose rows are written.
struct Key<'a> {
    scenario: &'a str,
    replication: i64,
    /// Number of the week before the first.
    opened: u32,
}

impl<'a> Key<'a> {
    fn of(names: &'a [String], replication: &Replication) -> Self {
        Self { scenario: &names[replication.arm], replication: replication.number.into(), opened: 0 }
    }

    /// Weeks are counted from the opening; what began before it has a negative week.
    fn since_opening(&self, week: u32) -> i64 {
        i64::from(week) - i64::from(self.opened)
    }
}

/// weekly.csv without rows.
#[must_use]
pub fn weekly_table() -> Table {
    Table::with::<Week>(weekly().map(|measure| Column::new(measure.name, measure.unit, measure.meaning)))
}

fn weeks<'a>(key: &'a Key<'_>, tables: &'a Tables) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let row = move |(week, values): (i64, &Vec<Option<f64>>)| {
        let Key { scenario, replication, .. } = *key;
        let mut cells = Week { scenario: scenario.to_owned(), replication, week }.cells();
        cells.extend(values.iter().map(|&value| Cell::maybe(value)));
        cells
    };
    (0..).zip(&tables.weekly).map(row)
}

fn spells<'a>(key: &'a Key<'_>, tables: &'a Tables) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let row = move |s: &record::Spell| Spell {
        scenario: key.scenario.to_owned(),
        replication: key.replication,
        worker: s.worker,
        spell: s.number,
        kind: if s.from_job { "employed" } else { "unemployed" }.to_owned(),
        start_week: key.since_opening(s.start),
        end_week: (s.ending != Ending::Open).then(|| key.since_opening(s.end)),
        ended: s.ending.name().to_owned(),
        weeks: f64::from(s.end - s.start),
        ability: s.ability,
        networking: s.networking,
        contacts_at_start: s.contacts.into(),
        bought: s.bought,
        salary_before: s.salary_before,
        salary_after: s.salary_after,
    };
    tables.spells.iter().map(move |spell| row(spell).cells())
}

fn ties<'a>(key: &'a Key<'_>, tables: &'a Tables) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let row = move |t: &record::TieLife| {
        let (weeks, requests) = (f64::from(t.end - t.start), f64::from(t.requests));
        Tie {
            scenario: key.scenario.to_owned(),
            replication: key.replication,
            introducer: t.introducer,
            decision_maker: t.decision_maker,
            life: t.life,
            seller: t.seller,
            start_week: key.since_opening(t.start),
            end_week: t.blocked.then(|| key.since_opening(t.end)),
            ended: if t.blocked { TieEnd::Blocked } else { TieEnd::Open },
            weeks,
            requests,
            requests_per_week: ratio(requests, weeks),
            goodwill_end: t.goodwill,
        }
    };
    tables.tie_lives.iter().map(move |life| row(life).cells())
}

fn densities(key: &Key<'_>, tables: &Tables) -> impl Iterator<Item = Vec<Cell>> + use<> {
    let mut cells = Vec::new();
    for (crowd, group) in Crowd::ALL {
        let histograms = &tables.densities[crowd as usize];
        let mut add = |variable: &str, low: f64, width: f64, counts: &[u64]| {
            let mut low = low;
            for &count in counts {
                let row = Density {
                    scenario: key.scenario.to_owned(),
                    replication: key.replication,
                    group: group.to_owned(),
                    variable: variable.to_owned(),
                    bin_low: low,
                    bin_high: low + width,
                    count: count as f64,
                };
                cells.push(row.cells());
                low += width;
            }
        };
        add("ability", -4.0, 0.25, &histograms.ability);
        add("contacts", 0.0, 1.0, &histograms.contacts);
        add("weeks_out", 0.0, 4.0, &histograms.weeks_out);
    }
    cells.into_iter()
}

/// The columns of outcomes, in every table that has them.
pub(crate) fn outcome_columns() -> impl Iterator<Item = Column> {
    outcomes::columns().into_iter().map(|(name, unit, meaning)| Column::new(name, unit, meaning))
}

fn outcomes_table(names: &[String], run: &Run) -> Table {
    let mut table = Table::with::<Outcome>(outcome_columns());
    for replication in &run.replications {
        let Key { scenario, replication: number, .. } = Key::of(names, replication);
        let row = |status: String, opening_hash: Option<&String>| Outcome {
            scenario: scenario.to_owned(),
            replication: number,
            status: Added(Some(status)),
            opening_hash: Added(Some(opening_hash.cloned())),
        };
        match &replication.result {
            Ok(rows) => table.push_with(
                row("ok".to_owned(), Some(&rows.opening_hash)),
                rows.outcomes.iter().map(|&value| Cell::maybe(value)),
            ),
            Err(failure) => table.push_with(row(failure.to_string(), None), []),
        }
    }
    table
}

fn summary(summary: &ScenarioSummary) -> impl Iterator<Item = Summary> + '_ {
    summary.lines.iter().map(|line| {
        let (estimate, assumed) = (line.estimate.as_ref(), line.assumed.as_ref());
        Summary {
            scenario: summary.scenario.clone(),
            metric: line.metric.to_owned(),
            unit: line.unit.to_owned(),
            n: estimate.map_or(0, |e| e.n),
            mean: estimate.map(|e| e.value),
            low: estimate.and_then(Estimate::low),
            high: estimate.and_then(Estimate::high),
            assumed_low: Added(Some(assumed.map(|over| over.low))),
            assumed_median: Added(Some(assumed.map(|over| over.median))),
            assumed_high: Added(Some(assumed.map(|over| over.high))),
            method: line.method.to_owned(),
        }
    })
}
