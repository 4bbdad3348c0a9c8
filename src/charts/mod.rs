//! Charts of a run, drawn from its tables alone, so that any old folder can be drawn again.
//!
//! Each chart is an SVG, a PNG of twice the pixels and a CSV with its numbers. Titles are computed: they state what
//! these numbers show, with an interval, or that they show nothing.

mod bombardment;
mod canvas;
mod contracts;
mod data;
mod disclosure;
mod dots;
mod font;
mod job_search;
mod market_life;
mod marks;
mod meetings;
mod money;
mod outcomes;
mod page;
mod panel;
mod rows;
mod rules;
mod scale;
mod style;
mod validation;
mod weeks;
mod welfare;
mod who_pays;
mod words;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::output::{Column, OutputError, Table, TableWriter, write_whole};

use page::Page;

/// A chart that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// File stem under `charts/`.
    pub name: &'static str,
    /// What it found.
    pub title: String,
    /// The files written: SVG, PNG, CSV.
    pub files: Vec<PathBuf>,
}

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// A table could not be read or a chart not written.
    #[error(transparent)]
    Files(#[from] OutputError),
    /// The folder has none of the tables that charts are drawn from.
    #[error("{}: no table to draw; charts need {}", path.display(), needed())]
    NothingToDraw {
        /// The folder.
        path: PathBuf,
    },
    /// The drawing itself failed.
    #[error("cannot draw {name}: {message}")]
    Drawing {
        /// File stem of the chart.
        name: &'static str,
        /// What went wrong.
        message: String,
    },
}

/// Draws into `dir/charts/` every chart for which the folder has the tables, and which has something to say of its
/// scenarios.
///
/// # Errors
/// If the folder has no table to draw, a table is malformed (with file, line and column), or a file cannot be
/// written. Data that are empty, constant or not finite are no error: the chart says so.
pub fn draw_all(dir: &Path) -> Result<Vec<Drawn>, ChartError> {
    let present = |chart: &&Chart| chart.tables.iter().all(|table| dir.join(table).is_file());
    let charts: Vec<&Chart> = CHARTS.iter().filter(present).collect();
    if charts.is_empty() {
        return Err(ChartError::NothingToDraw { path: dir.to_path_buf() });
    }
    // Side by side: a page of many scenarios takes a second or more.
    let drawn: Vec<_> = charts.into_par_iter().map(|chart| draw(dir, chart)).collect();
    drawn.into_iter().filter_map(Result::transpose).collect()
}

/// The tables from which charts are drawn, in words.
fn needed() -> String {
    let mut tables: Vec<String> = CHARTS.iter().map(|chart| chart.tables.join(" with ")).collect();
    tables.sort();
    tables.dedup();
    let last = tables.pop().unwrap_or_default();
    format!("{} or {last}", tables.join(", "))
}

/// The tables of numbers behind the charts of a run, for the dictionary: path under the run folder without ending,
/// columns.
#[must_use]
pub fn tables() -> Vec<(String, &'static [Column])> {
    let of_runs = CHARTS.iter().filter(|chart| chart.name != validation::NAME);
    of_runs.map(|chart| (format!("charts/{}", chart.name), chart.columns)).collect()
}

/// The same of the charts that are drawn from one table.
#[must_use]
pub fn tables_of(table: &str) -> Vec<(String, &'static [Column])> {
    let own = CHARTS.iter().filter(|chart| chart.tables.contains(&table));
    own.map(|chart| (format!("charts/{}", chart.name), chart.columns)).collect()
}

/// One chart: what it is called, the tables that it needs, and how it is drawn; `None` where it would say nothing of
/// the scenarios of a folder.
struct Chart {
    name: &'static str,
    tables: &'static [&'static str],
    columns: &'static [Column],
    draw: fn(&Path) -> Result<Option<Picture>, OutputError>,
}

/// A finished page and the numbers in it.
struct Picture {
    page: Page,
    numbers: Table,
}

const CHARTS: &[Chart] = &[
    Chart {
        name: market_life::NAME,
        tables: &["weekly.csv"],
        columns: market_life::COLUMNS,
        draw: market_life::picture,
    },
    Chart {
        name: who_pays::NAME,
        tables: &["densities.csv"],
        columns: who_pays::COLUMNS,
        draw: who_pays::picture,
    },
    Chart {
        name: bombardment::NAME,
        tables: &["ties.csv"],
        columns: bombardment::COLUMNS,
        draw: bombardment::picture,
    },
    Chart {
        name: meetings::NAME,
        tables: &["weekly.csv"],
        columns: meetings::COLUMNS,
        draw: meetings::picture,
    },
    Chart {
        name: contracts::NAME,
        tables: &["outcomes.csv"],
        columns: contracts::COLUMNS,
        draw: contracts::picture,
    },
    Chart { name: money::NAME, tables: &["outcomes.csv"], columns: money::COLUMNS, draw: money::picture },
    Chart {
        name: welfare::NAME,
        tables: &["outcomes.csv"],
        columns: welfare::COLUMNS,
        draw: welfare::picture,
    },
    Chart {
        name: job_search::NAME,
        tables: &["spells.csv"],
        columns: job_search::COLUMNS,
        draw: job_search::picture,
    },
    Chart {
        name: disclosure::NAME,
        tables: &["weekly.csv"],
        columns: disclosure::COLUMNS,
        draw: disclosure::picture,
    },
    Chart {
        name: validation::NAME,
        tables: &["validation.csv"],
        columns: validation::COLUMNS,
        draw: validation::picture,
    },
];

fn draw(dir: &Path, chart: &Chart) -> Result<Option<Drawn>, ChartError> {
    let name = chart.name;
    let Some(Picture { page, numbers }) = (chart.draw)(dir)? else { return Ok(None) };
    let failed = |message| ChartError::Drawing { name, message };
    let folder = dir.join("charts");
    std::fs::create_dir_all(&folder).map_err(OutputError::io("create", &folder))?;
    let [svg, png, csv] = ["svg", "png", "csv"].map(|ending| folder.join(format!("{name}.{ending}")));
    let mut writer = TableWriter::create(&csv, name, &numbers.columns)?;
    for row in &numbers.rows {
        writer.row(row)?;
    }
    writer.finish()?;
    let text = page.canvas.svg(&page.title).map_err(failed)?;
    write_whole(&svg, text.as_bytes())?;
    write_whole(&png, &canvas::png(&text).map_err(failed)?)?;
    Ok(Some(Drawn { name, title: page.title, files: vec![svg, png, csv] }))
}
