//! Relative importance: how much each knob moves each outcome, the strongest first, with bootstrap intervals.

use super::Picture;
use super::dots::{dot, ticks};
use super::font;
use super::marks::{Anchor, Mark};
use super::page::{Page, title_fits};
use super::scale::{Scale, plain};
use super::source::Source;
use super::style::{GREY, GRID, HEADING, INK, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::words::{counted, minus, quoted, with_interval};
use crate::output::{Cell as Field, Column, OutputError, Table};
use crate::stats::Estimate;

pub(super) const NAME: &str = "relative-importance";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("metric", "", "the outcome"),
    Column::new("rank", "", "place of the knob, 1 for the strongest"),
    Column::new("knob", "", "label of the knob"),
    Column::new(
        "index",
        "",
        "ST: share of the outcome's variance; mu_star: mean size of the change over the range",
    ),
    Column::new("unit", "", "unit of the index"),
    Column::new("value", "as unit", "the index; empty where it cannot be told"),
    Column::new("low", "as unit", "lower end of its 95 % bootstrap interval; empty without one"),
    Column::new("high", "as unit", "upper end of its 95 % bootstrap interval; empty without one"),
    Column::new(
        "detected",
        "",
        "yes where an effect is clear of zero, no where it is not; empty where it cannot be told",
    ),
];

/// Outcomes beyond these are left out.
const MOST_METRICS: usize = 6;
const COLOUR: Rgb = Rgb(0x00, 0x72, 0xb2);
const GAP: f64 = 34.0;
const NAMES: f64 = 138.0;
const HEAD: f64 = 44.0;
/// Least height of a row.
const ROW: f64 = 28.0;
const LINE: f64 = 13.0;
const FOOT: f64 = 40.0;

/// One knob in one outcome.
#[derive(Clone, Debug)]
struct Bar {
    label: String,
    value: Option<Estimate>,
    /// Whether its interval leaves out zero; `None` where that cannot be told.
    clear: Option<bool>,
    /// Whether it does, or that of the mean change with its sign; `None` where neither can be told.
    detected: Option<bool>,
}

impl Bar {
    fn is_detected(&self) -> bool {
        self.detected == Some(true)
    }

    /// Whether there is an index whose difference from zero nobody can tell, as with one replication.
    fn is_untold(&self) -> bool {
        self.value.is_some() && self.detected.is_none()
    }
}

/// One outcome, knobs from the strongest to the weakest.
#[derive(Clone, Debug)]
struct Metric {
    name: String,
    unit: String,
    index: String,
    bars: Vec<Bar>,
}

/// Draws the chart from sensitivity.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let (metrics, not_finite) = read(source)?;
    let (title, numbers, footer) = (title(&metrics), numbers(&metrics), footer(source, not_finite)?);
    let (subtitle, shown) = (subtitle(&metrics), &metrics[..metrics.len().min(MOST_METRICS)]);
    let page = if shown.iter().flat_map(|metric| &metric.bars).any(|bar| bar.value.is_some()) {
        page([&title, &subtitle, &footer], shown)
    } else {
        let why = "No index could be told: sensitivity.csv has no rows with a value.";
        Page::message(&title, &subtitle, &footer, why)
    };
    Ok(Some(Picture { page, numbers }))
}

/// The outcomes of the table in its order, and how many of its numbers are not finite.
fn read(source: &Source) -> Result<(Vec<Metric>, usize), OutputError> {
    let table = source.table("sensitivity.csv")?;
    let [metric, label, index, unit, detected] =
        ["metric", "label", "index", "unit", "detected"].map(|name| table.column(name));
    let (metric, label, index, unit, detected) = (metric?, label?, index?, unit?, detected?);
    let numbers =
        [table.numbers("n")?, table.numbers("value")?, table.numbers("low")?, table.numbers("high")?];
    let mut not_finite = 0;
    let mut metrics: Vec<Metric> = Vec::new();
    for row in 0..table.len() {
        let (name, kind) = (table.text(row, metric), table.text(row, index));
        let told = table.yes_or_no(row, detected)?;
        let found = metrics.iter().position(|metric| metric.name == name);
        if let (Some(place), "mu") = (found, kind) {
            // The mean change may be clear of zero where its size, which has no sign, is not.
            let bars = &mut metrics[place].bars;
            let same = bars.iter_mut().find(|bar| bar.label == table.text(row, label));
            if let Some(bar) = same {
                bar.detected = match (bar.detected, told) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
            }
        }
        if !["mu_star", "ST"].contains(&kind) {
            continue;
        }
        let place = found.unwrap_or_else(|| {
            let (unit, index) = (table.text(row, unit).to_owned(), kind.to_owned());
            metrics.push(Metric { name: name.to_owned(), unit, index, bars: Vec::new() });
            metrics.len() - 1
        });
        not_finite += numbers.iter().filter(|column| column[row].is_some_and(|x| !x.is_finite())).count();
        let [n, value, low, high] = [0, 1, 2, 3].map(|k| numbers[k][row].filter(|x: &f64| x.is_finite()));
        let trials = n.map_or(0, |n| format!("{n:.0}").parse().unwrap_or(0));
        let value = value.map(|value| Estimate { n: trials, value, interval: low.zip(high) });
        metrics[place].bars.push(Bar {
            label: table.text(row, label).to_owned(),
            value,
            clear: told,
            detected: told,
        });
    }
    let size = |bar: &Bar| bar.value.map_or(f64::NEG_INFINITY, |value| value.value);
    metrics.iter_mut().for_each(|metric| metric.bars.sort_by(|a, b| size(b).total_cmp(&size(a))));
    Ok((metrics, not_finite))
}

fn spoken(metric: &Metric) -> String {
    if metric.name == "viable" {
        return "whether the market is viable".to_owned();
    }
    metric.name.replace("_last52", " in the last year").replace("_dollars", "").replace('_', " ")
}

fn number(metric: &Metric) -> fn(f64) -> String {
    if metric.index == "ST" { |x| minus(&format!("{:.0}\u{a0}%", 100.0 * x + 0.0)) } else { short }
}

/// Three digits that say something.
fn short(x: f64) -> String {
    let size = x.abs();
    if size >= 100.0 {
        return super::words::rounded(x);
    }
    let digits = match size {
        s if s >= 10.0 => 1,
        s if (1e-9..1.0).contains(&s) => 3,
        _ => 2,
    };
    minus(&format!("{:.digits$}", x + 0.0))
}

fn title(metrics: &[Metric]) -> String {
    let told = metrics.iter().find(|metric| metric.bars.iter().any(|bar| bar.value.is_some()));
    let Some(metric) = told else { return "Nothing could be told of which knobs matter".to_owned() };
    let detected = metric.bars.iter().filter(|bar| bar.is_detected()).count();
    let untold = metric.bars.iter().filter(|bar| bar.is_untold()).count();
    let (of, name) = (metric.bars.len(), spoken(metric));
    let strongest = metric.bars.iter().find(|bar| bar.is_detected());
    let Some((bar, value)) = strongest.and_then(|bar| Some((bar, bar.value?))) else {
        if untold > 0 {
            return format!(
                "Which of {} matter for {name} cannot be told with one replication",
                counted(of, "knob")
            );
        }
        return format!("None of {} has a detectable effect on {name}", counted(of, "knob"));
    };
    let what = if metric.index == "ST" {
        let percent = |x: f64| minus(&format!("{:.0}", 100.0 * x + 0.0));
        format!("{}\u{a0}% of its variance", with_interval(&value, percent))
    } else {
        let unit = if metric.unit.is_empty() { String::new() } else { format!(" {}", metric.unit) };
        format!("a mean change of {}{unit}", with_interval(&value, short))
    };
    let short = format!("{} matters most for {name}: {what}", quoted(&bar.label));
    let rest = match of - detected - untold {
        0 => "every knob has a detectable effect".to_owned(),
        n => format!("{n} of {} without a detectable effect", counted(of, "knob")),
    };
    let long = format!("{short}; {rest}");
    if title_fits(&long) { long } else { short }
}

fn subtitle(metrics: &[Metric]) -> String {
    let is_share = metrics.first().is_some_and(|metric| metric.index == "ST");
    let what = if is_share {
        "Share of each outcome’s variance owed to the knob, alone and together with others (Sobol’ total index)."
    } else {
        "Mean size of each outcome’s change when the knob alone moves over its whole range (Morris)."
    };
    let left_out = match metrics.len().saturating_sub(MOST_METRICS) {
        0 => String::new(),
        n => format!(" Not shown: {}.", counted(n, "further outcome")),
    };
    let is_untold = metrics.iter().flat_map(|metric| &metric.bars).any(Bar::is_untold);
    let untold = if is_untold { ", or luck cannot be told from effect" } else { "" };
    format!("{what} Hollow dots: the interval holds zero{untold}.{left_out}")
}

fn footer(source: &Source, not_finite: usize) -> Result<String, OutputError> {
    let manifest = source.manifest.as_ref();
    let name = manifest.and_then(|m| m["scenarios"].as_object()?.keys().next().cloned());
    let number = |key: &str| manifest.and_then(|m| m[key].as_u64());
    let mut parts = vec![
        name.map_or_else(|| "Scenario not recorded".to_owned(), |name| format!("Scenario {}", quoted(&name))),
        number("replications").map_or_else(
            || "replications not recorded".to_owned(),
            |n| format!("{n} replication{} of each point", if n == 1 { "" } else { "s" }),
        ),
        number("seed").map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")),
        "bars: 95\u{a0}% bootstrap intervals".to_owned(),
    ];
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    Ok(format!("{}.", parts.join(" · ")))
}

fn page(texts: [&str; 3], metrics: &[Metric]) -> Page {
    let across = metrics.len().clamp(1, 2);
    let each = (WIDTH - 2.0 * MARGIN - GAP * (across - 1) as f64) / across as f64;
    let each_row = row_height(metrics);
    let high = |row: &[Metric]| {
        let most = row.iter().map(|metric| metric.bars.len()).max().unwrap_or(0);
        HEAD + each_row * most as f64 + FOOT
    };
    let body: f64 = metrics.chunks(across).map(high).fold(0.0, |sum, high| sum + high);
    let mut page = Page::new(texts[0], texts[1], texts[2], body - 10.0);
    let mut top = page.top;
    for row in metrics.chunks(across) {
        for (place, metric) in row.iter().enumerate() {
            let left = MARGIN + place as f64 * (each + GAP);
            draw_metric(&mut page, metric, (left, left + each), (top, each_row));
        }
        top += high(row);
    }
    page
}

/// The label of a knob in lines.
fn label(bar: &Bar) -> Vec<String> {
    font::wrap(&bar.label, NAMES - 6.0, SMALL, false, 9)
}

/// Height of a row that holds the longest label.
fn row_height(metrics: &[Metric]) -> f64 {
    let lines = metrics.iter().flat_map(|metric| &metric.bars).map(|bar| label(bar).len()).max();
    ROW.max(LINE * lines.unwrap_or(1) as f64 + 4.0)
}

fn draw_metric(page: &mut Page, metric: &Metric, (left, right): (f64, f64), (top, each): (f64, f64)) {
    let heading = font::cut(&super::words::capital(&spoken(metric)), right - left, HEADING, true);
    page.add(Mark::text((left, top), heading, HEADING, INK).bold());
    let unit = if metric.index == "ST" { "share of its variance, %" } else { metric.unit.as_str() };
    page.add(Mark::text((left, top + 16.0), font::cut(unit, right - left, SMALL, false), SMALL, SOFT));
    let write = number(metric);
    let values = || metric.bars.iter().filter_map(|bar| bar.value);
    let room =
        values().map(|value| font::width(&write(value.value), SMALL, false)).fold(0.0, f64::max) + 12.0;
    let highest = values().map(|value| value.value).fold(0.0, f64::max);
    let ends = values().filter_map(|value| value.interval).map(|ends| ends.1).fold(highest, f64::max);
    let lowest = values().map(|value| value.interval.map_or(value.value, |ends| ends.0)).fold(0.0, f64::min);
    // An interval far beyond all values ends in an arrow.
    let end = if highest > 0.0 { ends.min(2.0 * highest) } else { ends };
    let (low, high) = if end > lowest { (lowest.max(-end.abs()), end) } else { (0.0, 1.0) };
    let x = Scale::linear(low, high, left + NAMES + 5.0, right - room);
    let (first, last) = (top + HEAD, top + HEAD + each * metric.bars.len() as f64);
    let format = if metric.index == "ST" { super::scale::percent } else { plain };
    for tick in ticks(&x, 4.0, format) {
        let at = x.at(tick.at);
        let colour = if tick.at.abs() < 1e-12 { GREY } else { GRID };
        page.add(Mark::line(vec![(at, first), (at, last)], colour, 0.75));
        page.add(Mark::text((at, last + 6.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    for (place, bar) in metric.bars.iter().enumerate() {
        let y = first + each * (place as f64 + 0.5);
        let ink = if bar.is_detected() { INK } else { SOFT };
        let lines = label(bar);
        let start = y - LINE / 2.0 * (lines.len() - 1) as f64;
        for (line, text) in lines.into_iter().enumerate() {
            page.add(Mark::text((left, start + LINE * line as f64), text, SMALL, ink).middle());
        }
        let Some(value) = bar.value else {
            page.add(Mark::text((left + NAMES + 10.0, y), "not measured", SMALL, SOFT).middle());
            continue;
        };
        dot(page, &x, y, (&value, COLOUR, bar.clear != Some(true)));
        let text = write(value.value);
        page.add(Mark::text((right, y), text, SMALL, ink).middle().anchored(Anchor::End));
    }
}

fn numbers(metrics: &[Metric]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for metric in metrics {
        for (rank, bar) in metric.bars.iter().enumerate() {
            table.push(vec![
                metric.name.as_str().into(),
                (rank + 1).into(),
                bar.label.as_str().into(),
                metric.index.as_str().into(),
                metric.unit.as_str().into(),
                Field::maybe(bar.value.map(|value| value.value)),
                Field::maybe(bar.value.as_ref().and_then(Estimate::low)),
                Field::maybe(bar.value.as_ref().and_then(Estimate::high)),
                match bar.detected {
                    Some(true) => "yes".into(),
                    Some(false) => "no".into(),
                    None => Field::Empty,
                },
            ]);
        }
    }
    table
}
