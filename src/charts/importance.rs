//! Relative importance: how much each knob moves each outcome, as one map of knobs by outcomes.
//!
//! A cell is as dark as its knob is strong beside the strongest of that outcome. What luck may explain, and what the
//! design cannot tell, is no shade at all; which knob is the strongest is claimed only where the intervals part.

use super::figure::{Axis, Entry, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::page::title_fits;
use super::source::Source;
use super::style::{INK, PALE, Rgb, SOFT};
use crate::output::tables::Index;
use crate::output::{OutputError, Row as _, YesNo};
use crate::stats::Estimate;
use crate::text::{
    capital, counted, joined, percent_fixed, quoted, rounded, significant, small_letter, three, three_digits,
    with_interval,
};

pub(super) const NAME: &str = "relative-importance";

/// Outcomes beyond these are left out.
const MOST_METRICS: usize = 6;
/// One knob in one outcome.
#[derive(Clone, Debug)]
struct Bar {
    label: String,
    value: Option<Estimate>,
    /// Whether it does, or that of the mean change with its sign; `None` where neither can be told.
    detected: Option<bool>,
    /// Whether the outcome rises with the knob, if that was detected.
    sign: Option<bool>,
}

impl Bar {
    fn is_detected(&self) -> bool {
        // Of older tables a size below zero, from which noise was taken, is none.
        self.detected == Some(true) && self.value.is_some_and(|value| value.value > 0.0)
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
    let (title, footer) = (headline(&metrics), footer(source, not_finite));
    let (subtitle, shown) = (subtitle(&metrics), &metrics[..metrics.len().min(MOST_METRICS)]);
    if !shown.iter().flat_map(|metric| &metric.bars).any(|bar| bar.value.is_some()) {
        let why = "No index could be told: sensitivity.csv has no rows with a value.";
        return Ok(Some(Figure::nothing(title, &subtitle, footer, why)));
    }
    let found = found(&metrics);
    let found = if found == title { String::new() } else { found };
    let figure = Figure { title, found, footer, key: key(shown), ..Figure::default() };
    let heads: Vec<String> = shown.iter().map(|metric| capital(&spoken(metric))).collect();
    // A narrow screen has no room for heads of columns, so that they are numbered.
    let numbers: Vec<String> = (1..=heads.len()).map(|number| number.to_string()).collect();
    let named =
        heads.iter().zip(&numbers).map(|(head, number)| format!("{number}\u{a0}{}", small_letter(head)));
    let columns = format!("{subtitle} Columns: {}.", joined(&named.collect::<Vec<_>>()));
    let of = |subtitle: String, heads: &[String]| Figure {
        subtitle,
        rows: vec![Row { name: None, panels: vec![panel(shown, heads)] }],
        ..figure.clone()
    };
    Ok(Some(Figure { narrow: Some(Box::new(of(columns, &numbers))), ..of(subtitle, &heads) }))
}

fn key(shown: &[Metric]) -> Vec<Entry> {
    let mut key = vec![Entry::Ramp(ramp, ["weak".to_owned(), "strongest of its outcome".to_owned()])];
    let any = |of: fn(&Bar) -> bool| shown.iter().flat_map(|metric| &metric.bars).any(of);
    if any(|bar| bar.value.is_some() && bar.detected == Some(false)) {
        key.push(Entry::Swatch(Some(PALE), 1.0, "no effect detected".to_owned()));
    }
    if any(Bar::is_untold) {
        key.push(Entry::Swatch(None, 1.0, "cannot be told".to_owned()));
    }
    key
}

/// From pale to full blue.
fn ramp(part: f64) -> Rgb {
    let mix = |from: u8, to: u8| {
        let x = f64::from(from) + (f64::from(to) - f64::from(from)) * part.clamp(0.0, 1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mean of two bytes is one"
        )]
        let byte = x.round() as u8;
        byte
    };
    Rgb(mix(0xd9, 0x1f), mix(0xe8, 0x6f), mix(0xf5, 0xb5))
}

/// Knobs by outcomes; the knob first that is strong in most of them.
///
/// - `heads`: of the outcomes
fn panel(shown: &[Metric], heads: &[String]) -> Panel {
    let knobs = knobs(shown);
    let strongest = |metric: &Metric| {
        let sizes = metric.bars.iter().filter(|bar| bar.is_detected()).filter_map(|bar| bar.value);
        sizes.map(|value| value.value).fold(0.0, f64::max)
    };
    let x = Axis::names(heads.iter().map(|head| Name::plain(head.as_str(), SOFT)).collect());
    let y = Axis::names(knobs.iter().map(|knob| Name::plain(*knob, INK)).collect());
    let mut layers = Vec::new();
    for (row, knob) in knobs.iter().enumerate() {
        for (column, metric) in shown.iter().enumerate() {
            let bar = metric.bars.iter().find(|bar| bar.label == *knob);
            let at = column as f64;
            let point = match bar.and_then(|bar| Some((bar, bar.value?))) {
                None => Point::without(at, ""),
                Some((bar, value)) if bar.is_detected() => {
                    let part = value.value / strongest(metric).max(f64::MIN_POSITIVE);
                    Point::of(at, &value).coloured(ramp(part)).saying(words(metric, bar, value.value))
                }
                Some((bar, value)) if bar.is_untold() => Point::of(at, &value).saying("?"),
                Some((_, value)) => Point::of(at, &value).coloured(PALE),
            };
            let series = format!("{} of {}", metric.index, metric.name);
            layers.push(Layer { row, ..Layer::new(&series, Shape::Cell, SOFT, vec![point]) });
        }
    }
    Panel::new("", "", x, y).with(layers)
}

/// The size of an effect in its cell: a share of the variance, at most all of it, or a change with its sign.
fn words(metric: &Metric, bar: &Bar, size: f64) -> String {
    if metric.index == "ST" {
        return percent_fixed(size.clamp(0.0, 1.0), 0);
    }
    let sign = match bar.sign {
        Some(true) => "+",
        Some(false) => "−",
        None => "±",
    };
    let size = if size >= 1e6 { format!("{}m", significant(size / 1e6)) } else { three(three_digits(size)) };
    format!("{sign}{size}")
}

/// All knobs: those first that are detected in the most outcomes, then by how strong they are.
fn knobs(shown: &[Metric]) -> Vec<&str> {
    let mut all: Vec<(&str, usize, f64)> = Vec::new();
    for metric in shown {
        let top = metric.bars.iter().filter_map(|bar| bar.value).map(|value| value.value).fold(0.0, f64::max);
        for bar in &metric.bars {
            let part = bar.value.map_or(0.0, |value| if top > 0.0 { value.value / top } else { 0.0 });
            let n = usize::from(bar.is_detected());
            match all.iter_mut().find(|known| known.0 == bar.label) {
                Some(known) => (known.1, known.2) = (known.1 + n, known.2 + part),
                None => all.push((&bar.label, n, part)),
            }
        }
    }
    all.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)));
    all.into_iter().map(|known| known.0).collect()
}

/// The outcomes of the table in its order, and how many of its numbers are not finite.
fn read(source: &Source) -> Result<(Vec<Metric>, usize), OutputError> {
    let mut not_finite = 0;
    let mut metrics: Vec<Metric> = Vec::new();
    for row in source.rows::<Index>()? {
        let told = row.detected.map(|YesNo(told)| told);
        let found = metrics.iter().position(|metric| metric.name == row.metric);
        if let (Some(place), "mu") = (found, row.index.as_str()) {
            // The mean change may be clear of zero where its size, which has no sign, is not.
            let bars = &mut metrics[place].bars;
            let same = bars.iter_mut().find(|bar| bar.label == row.label);
            if let Some(bar) = same {
                bar.sign = (told == Some(true)).then_some(row.value).flatten().map(|mean| mean > 0.0);
                bar.detected = match (bar.detected, told) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
            }
        }
        if !["mu_star", "ST"].contains(&row.index.as_str()) {
            continue;
        }
        not_finite += row.not_finite();
        let [value, low, high] = [row.value, row.low, row.high].map(|x| x.filter(|x| x.is_finite()));
        let value = value.map(|value| Estimate { n: row.n, value, interval: low.zip(high) });
        let place = found.unwrap_or_else(|| {
            metrics.push(Metric { name: row.metric, unit: row.unit, index: row.index, bars: Vec::new() });
            metrics.len() - 1
        });
        metrics[place].bars.push(Bar { label: row.label, value, sign: None, detected: told });
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

/// What was found in a few words: which knob is the strongest, where the intervals part.
fn headline(metrics: &[Metric]) -> String {
    let told = metrics.iter().find(|metric| metric.bars.iter().any(|bar| bar.value.is_some()));
    let Some(metric) = told else { return "Nothing could be told of which knobs matter".to_owned() };
    let mut detected =
        metric.bars.iter().filter(|bar| bar.is_detected()).filter_map(|bar| Some((bar, bar.value?)));
    let (first, second) = (detected.next(), metric.bars.get(1).and_then(|bar| bar.value));
    let high = |value: &Estimate| value.high().unwrap_or(value.value);
    match first {
        Some((bar, value)) => match second {
            Some(second) if value.low().is_none_or(|low| low <= high(&second)) => {
                "Some knobs matter; which matters most cannot be told".to_owned()
            }
            _ => format!("{} matters most", quoted(&bar.label)),
        },
        None if metric.bars.iter().any(Bar::is_untold) => "Which knobs matter cannot be told".to_owned(),
        None => "No knob has a detectable effect".to_owned(),
    }
}

/// The same with numbers, of the first outcome.
fn found(metrics: &[Metric]) -> String {
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
    let short = format!("{} has the largest estimate for {name}: {what}", quoted(&bar.label));
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
    format!("{what} Blank: not measured.{left_out}")
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
