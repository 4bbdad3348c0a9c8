//! Relative importance: how much each knob moves each outcome, the strongest first, with bootstrap intervals.

use super::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::page::title_fits;
use super::scale::{percent, plain};
use super::source::Source;
use super::style::{INK, Rgb, SOFT};
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{capital, counted, percent_fixed, quoted, rounded, three, with_interval};

pub(super) const NAME: &str = "relative-importance";

/// Outcomes beyond these are left out.
const MOST_METRICS: usize = 6;
const COLOUR: Rgb = Rgb(0x00, 0x72, 0xb2);
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

/// The chart, from sensitivity.csv.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let (metrics, not_finite) = read(source)?;
    let (title, footer) = (title(&metrics), footer(source, not_finite));
    let (subtitle, shown) = (subtitle(&metrics), &metrics[..metrics.len().min(MOST_METRICS)]);
    if !shown.iter().flat_map(|metric| &metric.bars).any(|bar| bar.value.is_some()) {
        let why = "No index could be told: sensitivity.csv has no rows with a value.";
        return Ok(Some(Figure::nothing(title, &subtitle, footer, why)));
    }
    let row = |metrics: &[Metric]| Row { name: None, panels: metrics.iter().map(panel).collect() };
    let rows = shown.chunks(2).map(row).collect();
    Ok(Some(Figure { title, subtitle, footer, rows, ..Figure::default() }))
}

/// One outcome: a line for each knob.
fn panel(metric: &Metric) -> Panel {
    let is_share = metric.index == "ST";
    let write: fn(f64) -> String = if is_share { |x| percent_fixed(x, 0) } else { three };
    let name = |bar: &Bar| Name::plain(&bar.label, if bar.is_detected() { INK } else { SOFT });
    let point = |(place, bar): (usize, &Bar)| match bar.value {
        Some(value) => {
            let point = Point::of(place as f64, &value).saying(write(value.value));
            Point { is_open: bar.clear != Some(true), ..point }
        }
        None => Point::without(place as f64, "not measured"),
    };
    let points = metric.bars.iter().enumerate().map(point).collect();
    let heading = capital(&spoken(metric));
    let unit = if is_share { "share of its variance, %" } else { metric.unit.as_str() };
    let x = Axis::linear(if is_share { percent } else { plain });
    let dots = Layer::new(&metric.index, Shape::Dot { has_caps: false }, COLOUR, points);
    let panel = Panel::new(&heading, unit, x, Axis::names(metric.bars.iter().map(name).collect()));
    Panel { height: Some(28.0), ..panel.with([dots]) }
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
    metric
        .name
        .replace("per_10000", "per 10,000")
        .replace("_judged", " at the end")
        .replace("_dollars", "")
        .replace('_', " ")
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
        format!("{}\u{a0}% of its variance", with_interval(&value.scaled(100.0), rounded))
    } else {
        let unit = if metric.unit.is_empty() { String::new() } else { format!(" {}", metric.unit) };
        format!("a mean change of {}{unit}", with_interval(&value, three))
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

fn footer(source: &Source, not_finite: usize) -> String {
    let manifest = source.manifest.as_ref();
    let name = manifest.and_then(|m| m["scenarios"].as_object()?.keys().next().cloned());
    let number = |key: &str| manifest.and_then(|m| m[key].as_u64());
    let mut parts = vec![
        name.map_or_else(|| "Scenario not recorded".to_owned(), |name| format!("Scenario {}", quoted(&name))),
        number("replications").map_or_else(
            || "replications not recorded".to_owned(),
            |n| format!("{} of each point", counted(usize::try_from(n).unwrap_or(usize::MAX), "replication")),
        ),
        number("seed").map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")),
        "bars: 95\u{a0}% bootstrap intervals".to_owned(),
    ];
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    format!("{}.", parts.join(" · "))
}
