//! Charts of a run, drawn from its tables alone, so that any old folder can be drawn again.
//!
//! A chart is made in three steps: data read from tables, what they show in a sentence, and a figure: panels of layers.
//! One layout makes pages of all figures: an SVG, a PNG of twice the pixels, and a CSV with the layers written out.
//! Titles are computed: they state what these numbers show, with an interval, or that they show nothing.

mod assumed;
mod bombardment;
mod canvas;
mod condense;
mod contracts;
mod dark;
mod data;
mod disclosure;
mod figure;
mod font;
mod importance;
mod job_search;
mod layout;
mod map;
mod market_life;
mod marks;
mod meetings;
mod money;
mod numbers;
mod outcomes;
mod page;
mod rules;
mod scale;
pub(crate) mod screens;
mod source;
mod style;
mod threshold;
mod validation;
mod weeks;
mod welfare;
mod who_pays;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::output::{Column, Manifest, OutputError, Table, TableWriter, Written, write_whole};
use crate::stats::Estimate;
use crate::text::spelt;

use figure::Figure;
use source::Source;

/// A chart that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// File stem under `charts/`.
    pub name: &'static str,
    /// What it found, in a few words.
    pub title: String,
    /// The same with its numbers and intervals.
    pub found: String,
    /// The files written: SVG, PNG, CSV.
    pub files: Vec<Written>,
    /// The same for a page that sets its words itself.
    pub(crate) picture: Picture,
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
    draw_from(dir, &Source::finished(dir)?)
}

/// As [`draw_all`], for a folder whose manifest is not written yet, since it is to bear the hashes of the charts.
///
/// - `more`: what the manifest will say beside what every one says
///
/// # Errors
/// As [`draw_all`].
pub fn draw_before(
    dir: &Path,
    manifest: &Manifest,
    more: &Map<String, Value>,
) -> Result<Vec<Drawn>, ChartError> {
    draw_from(dir, &Source::unfinished(dir, manifest, more))
}

fn draw_from(dir: &Path, source: &Source) -> Result<Vec<Drawn>, ChartError> {
    let present = |chart: &&Chart| chart.tables.iter().all(|table| source.has(table));
    let charts: Vec<&Chart> = CHARTS.iter().filter(present).collect();
    if charts.is_empty() {
        return Err(ChartError::NothingToDraw { path: dir.to_path_buf() });
    }
    // Side by side: a page of many scenarios takes a second or more.
    let drawn: Vec<_> = charts.into_par_iter().map(|chart| draw(dir, source, chart)).collect();
    drawn.into_iter().filter_map(Result::transpose).collect()
}

/// A chart for a page that sets its words itself: title, subtitle and footer apart from the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// What it found.
    pub(crate) title: String,
    /// What it found with its numbers, and what is plotted, in which unit, over which population.
    pub(crate) subtitle: String,
    /// Scenarios, replications, seed, and what the band is.
    pub(crate) footer: String,
    /// The body alone, labelled with the title for those who cannot see it.
    pub(crate) svg: String,
    /// The same for a narrow screen, its panels one under the other.
    pub(crate) narrow: String,
    /// The subtitle of that.
    pub(crate) narrow_subtitle: String,
    /// Its numbers, names of columns first; empty cells are empty texts.
    pub(crate) numbers: Vec<Vec<String>>,
}

pub(crate) use dark::rules as dark_rules;

/// The embedded font, regular and semi-bold, as OpenType.
pub(crate) const FONTS: [&[u8]; 2] = [font::REGULAR, font::SEMIBOLD];

/// The tables that a chart needs, by its name; none for a name that is no chart's.
pub(crate) fn tables_of(name: &str) -> Option<&'static [&'static str]> {
    CHARTS.iter().find(|chart| chart.name == name).map(|chart| chart.tables)
}

/// Draws one chart of a folder without writing it; `None` where the folder lacks its tables, or the chart would say
/// nothing of its scenarios.
///
/// # Errors
/// As of [`draw_all`].
pub(crate) fn picture(dir: &Path, name: &str) -> Result<Option<Picture>, ChartError> {
    let Some(chart) = CHARTS.iter().find(|chart| chart.name == name) else { return Ok(None) };
    let source = Source::finished(dir)?;
    if !chart.tables.iter().all(|table| source.has(table)) {
        return Ok(None);
    }
    let Some(figure) = (chart.figure)(&source)?.map(condense::condensed) else { return Ok(None) };
    let figure = condense::with_narrow(figure);
    let table = numbers::of(chart.name, &figure);
    pictured(chart.name, figure, &table).map(Some)
}

fn pictured(name: &'static str, figure: Figure, table: &Table) -> Result<Picture, ChartError> {
    let failed = |message| ChartError::Drawing { name, message };
    let columns = table.columns.iter().map(|column| column.name.to_owned()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(crate::output::Cell::text).collect());
    let numbers = std::iter::once(columns).chain(rows).collect();
    let body = |figure: &Figure| {
        let page = layout::page(figure);
        let body = page.canvas.part(page.words, page.top - HEADROOM, page.bottom);
        Ok::<_, ChartError>((body.telling_svg(&page.title).map_err(failed)?, page))
    };
    let (svg, page) = body(&figure)?;
    let (narrow, small) = body(&figure.narrowed())?;
    Ok(Picture {
        title: page.title,
        subtitle: page.subtitle,
        footer: page.footer,
        svg,
        narrow,
        narrow_subtitle: small.subtitle,
        numbers,
    })
}

/// Room above a body for labels that stand a little over its edge.
const HEADROOM: f64 = 8.0;

/// The tables from which charts are drawn, in words.
fn needed() -> String {
    let mut tables: Vec<String> = CHARTS.iter().map(|chart| chart.tables.join(" with ")).collect();
    tables.sort();
    tables.dedup();
    let last = tables.pop().unwrap_or_default();
    format!("{} or {last}", tables.join(", "))
}

/// The tables of numbers behind all charts: path under a folder without ending, columns.
#[must_use]
pub fn tables() -> Vec<(String, &'static [Column])> {
    CHARTS.iter().map(|chart| (format!("charts/{}", chart.name), numbers::COLUMNS)).collect()
}

/// The tables of numbers behind the charts for which a folder has the tables, for its dictionary: path under the folder
/// without ending, columns.
#[must_use]
pub fn tables_in(dir: &Path) -> Vec<(String, &'static [Column])> {
    let present = |chart: &&Chart| chart.tables.iter().all(|table| dir.join(table).is_file());
    CHARTS.iter().filter(present).map(|chart| (format!("charts/{}", chart.name), numbers::COLUMNS)).collect()
}

/// One chart: what it is called, the tables that it needs, and how its figure is made; `None` where it would say nothing
/// of the scenarios of a folder.
struct Chart {
    name: &'static str,
    tables: &'static [&'static str],
    figure: fn(&Source) -> Result<Option<Figure>, OutputError>,
}

const CHARTS: &[Chart] = &[
    Chart { name: market_life::NAME, tables: &["weekly.csv"], figure: market_life::figure },
    Chart { name: who_pays::NAME, tables: &["densities.csv"], figure: who_pays::figure },
    Chart { name: bombardment::NAME, tables: &["ties.csv"], figure: bombardment::figure },
    Chart { name: meetings::NAME, tables: &["weekly.csv"], figure: meetings::figure },
    Chart { name: contracts::NAME, tables: &["outcomes.csv"], figure: contracts::figure },
    Chart { name: money::NAME, tables: &["outcomes.csv"], figure: money::figure },
    Chart { name: welfare::NAME, tables: &["outcomes.csv"], figure: welfare::figure },
    Chart { name: job_search::NAME, tables: &["spells.csv"], figure: job_search::figure },
    Chart { name: disclosure::NAME, tables: &["weekly.csv"], figure: disclosure::figure },
    Chart { name: map::size::NAME, tables: &["map.csv"], figure: map::size::figure },
    Chart { name: map::healing::NAME, tables: &["map.csv"], figure: map::healing::figure },
    Chart { name: map::healing::TURNS, tables: &["map.csv"], figure: map::healing::turns },
    Chart { name: importance::NAME, tables: &["sensitivity.csv"], figure: importance::figure },
    Chart {
        name: threshold::breakeven::NAME,
        tables: &["breakeven.csv"],
        figure: threshold::breakeven::figure,
    },
    Chart { name: threshold::flip::NAME, tables: &["flip.csv"], figure: threshold::flip::figure },
    Chart { name: validation::NAME, tables: &["validation.csv"], figure: validation::figure },
];

fn draw(dir: &Path, source: &Source, chart: &Chart) -> Result<Option<Drawn>, ChartError> {
    let name = chart.name;
    let Some(figure) = (chart.figure)(source)?.map(condense::condensed) else { return Ok(None) };
    let (page, table) = (layout::page(&figure), numbers::of(name, &figure));
    let failed = |message| ChartError::Drawing { name, message };
    let folder = dir.join("charts");
    std::fs::create_dir_all(&folder).map_err(OutputError::io("create", &folder))?;
    let [svg, png, csv] = ["svg", "png", "csv"].map(|ending| folder.join(format!("{name}.{ending}")));
    let mut writer = TableWriter::create(&csv, name, &table.columns)?;
    for row in &table.rows {
        writer.row(row)?;
    }
    let csv = writer.finish()?;
    let text = page.canvas.svg(&page.title).map_err(failed)?;
    let svg = write_whole(&svg, text.as_bytes())?;
    let png = write_whole(&png, &canvas::png(&text).map_err(failed)?)?;
    let found = if figure.found.is_empty() { page.title.clone() } else { figure.found.clone() };
    let picture = pictured(name, figure, &table)?;
    Ok(Some(Drawn { name, title: page.title, found, files: vec![svg, png, csv], picture }))
}

/// "two of five markets", "all five markets", "both markets": of how many is said, since a chart may show few of those that
/// there are; of more than ten "most markets" or "some".
fn how_many(n: usize, of: usize, noun: &str) -> String {
    match (n, of) {
        (0, _) => format!("no {noun}"),
        (1, 1) => format!("one {noun}"),
        (2, 2) => format!("both {noun}s"),
        (n, of) if n == of && of <= 10 => format!("all {} {noun}s", spelt(n)),
        (n, of) if n == of => format!("all {noun}s shown"),
        (n, of) if of <= 10 => format!("{} of {} {noun}s", spelt(n), spelt(of)),
        (n, of) if 2 * n > of => format!("most {noun}s"),
        _ => format!("some {noun}s"),
    }
}

/// Whether an estimate has an interval and it holds zero.
fn holds_zero(estimate: &Estimate) -> bool {
    estimate.interval.is_some() && !estimate.excludes(0.0)
}

/// Whether an estimate has an interval and it holds one half.
fn holds_half(estimate: &Estimate) -> bool {
    estimate.interval.is_some() && !estimate.excludes(0.5)
}

/// Whether an estimate is known to be on one side of zero; without an interval nothing is known.
fn clear_of_zero(estimate: &Estimate) -> bool {
    estimate.excludes(0.0)
}

#[cfg(test)]
mod tests {
    use super::how_many;

    #[test]
    fn how_many_of_how_many_is_said_in_words() {
        for (n, of, words) in [
            (0, 7, "no market"),
            (1, 1, "one market"),
            (2, 2, "both markets"),
            (3, 3, "all three markets"),
            (2, 5, "two of five markets"),
            (12, 12, "all markets shown"),
            (7, 12, "most markets"),
            (6, 12, "some markets"),
            (1, 12, "some markets"),
        ] {
            assert_eq!(how_many(n, of, "market"), words, "{n} of {of}");
        }
    }
}
