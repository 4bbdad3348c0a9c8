//! Bombardment: how long ties last under more or fewer requests a week.

mod lives;
mod title;

use super::data::{FEWEST_FOR_BANDS, Facts};
use super::figure::{Axis, Entry, Figure, Kind, Layer, Name, Panel, Point, Row, Shape};
use super::scale::{percent, plain};
use super::source::Source;
use super::style::{GREY, INK, Rgb};
use crate::experiments::goodwill::for_ever_over_ranges;
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{count, fixed};
use lives::Group;
use title::over_assumed;

pub(super) const NAME: &str = "bombardment";

/// Height of the plots.
const HIGH: f64 = 290.0;

/// The chart, from ties.csv, with the lasting rate from the manifest's scenarios where they agree on it.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let ties = source.whole("ties.csv")?.rows()?;
    let (facts, owners) = Facts::of(source, &ties)?;
    let (groups, is_streamed) = lives::groups(&ties, &facts, &owners);
    let lasting = facts.rules.lasting_rate(&facts.scenarios);
    let lasting = lasting.map(|value| Estimate { n: 0, value, interval: for_ever_over_ranges() });
    // What a sentence says rests on cases enough; drawn are all.
    let told: Vec<Group> = groups.iter().filter(|group| group.curve.n() >= title::FEWEST).cloned().collect();
    let found = if told.is_empty() && !groups.is_empty() {
        String::new()
    } else {
        title::with_lasting(title::title(&told), lasting.as_ref())
    };
    let title = title::headline(&groups);
    let footer = footer(&facts, &groups, lasting.is_some());
    if groups.is_empty() {
        let why =
            if ties.is_empty() { "ties.csv has no rows." } else { "ties.csv has no finite numbers to draw." };
        let subtitle = "Share of ties still open, by weeks and by requests a week";
        return Ok(Some(Figure::nothing(found, subtitle, footer, why)));
    }
    let is_stacked = is_stacked(&groups);
    let rows = vec![
        Row { name: None, panels: vec![survival(&groups, is_stacked), medians(&groups, lasting.as_ref())] },
        Row { name: None, panels: vec![watched(&groups)] },
    ];
    let subtitle = subtitle(&groups, is_streamed, lasting.as_ref());
    let line = |group: &Group| Entry::Line(colour(group), group.label.clone());
    let key = if is_stacked { groups.iter().map(line).collect() } else { Vec::new() };
    Ok(Some(Figure { title, found, subtitle, footer, key, rows, ..Figure::default() }))
}

/// Whether several lines end at the foot, where their labels would stand in a heap beside none of them.
fn is_stacked(groups: &[Group]) -> bool {
    let at_foot = |group: &&Group| group.curve.steps.last().is_some_and(|step| step.survival < 0.05);
    groups.iter().filter(at_foot).count() > 1
}

fn subtitle(groups: &[Group], is_streamed: bool, lasting: Option<&Estimate>) -> String {
    let ties: usize = groups.iter().map(|group| group.curve.n()).sum();
    let ties = count(ties);
    let who = if is_streamed {
        format!(
            "{ties} ties of sellers, one of each, by the requests a week that an experiment sends through it."
        )
    } else {
        format!(
            "{ties} lives of ties between introducers and decision-makers, all scenarios together, grouped by requests \
             a week over each tie’s own life, so that one that is blocked early counts few."
        )
    };
    let text = format!(
        "{who} A tie ends when the decision-maker blocks it; ties open at the end count as far as they were watched. \
         Right: the week by which half of a group’s ties are blocked; an arrow where the data set no upper end."
    );
    let rule = lasting.map(|_| {
        " Dashed: the most that a tie bears for ever if requests are evenly spread and never met = recovery·(1\u{a0}−\u{a0}block_below) \
         / (per_request·(1\u{a0}−\u{a0}recovery))."
    });
    text + rule.unwrap_or_default()
}

/// - `has_rate`: whether the lasting rate is drawn
fn footer(facts: &Facts, groups: &[Group], has_rate: bool) -> String {
    let bands = match facts.replications.len() {
        FEWEST_FOR_BANDS.. => "bands and bars: 95\u{a0}% over replications (robust, log–log)",
        _ => {
            "bands and bars: 95\u{a0}% as if ties were independent (Greenwood, log–log); too few replications to tell \
             how they move together"
        }
    };
    let mut footer = facts.footer(bands);
    if !groups.is_empty() {
        footer.push_str(" The rules of goodwill are assumed; bands and bars do not cover other rules.");
        if has_rate {
            footer.push_str(
                " Pale strip, and the range of the lasting rate, which is arithmetic: the middle 95\u{a0}% over the \
                 believable ranges of recovery, block_below and per_request.",
            );
        }
    }
    if facts.replications.len() == 1 {
        footer = footer.replace("no band: one market alone cannot tell its own uncertainty", bands);
    }
    footer
}

/// From dark to bright with the requests, stopping before the yellow that white paper swallows; none is grey.
fn colour(group: &Group) -> Rgb {
    let Some(part) = group.part else { return GREY };
    let colour = colorous::PLASMA.eval_continuous(0.05 + 0.75 * part);
    Rgb(colour.r, colour.g, colour.b)
}

/// The longest time that any tie was watched.
fn last(groups: &[Group]) -> f64 {
    groups.iter().map(|group| group.curve.last_time()).fold(1.0, f64::max)
}

/// - `is_stacked`: whether the key names the lines, and not their ends
fn survival(groups: &[Group], is_stacked: bool) -> Panel {
    let line = |group: &Group| {
        let mut points =
            vec![Point { ends: Some((1.0, 1.0)), n: Some(group.curve.n()), ..Point::at(0.0, 1.0) }];
        points.extend(group.curve.steps.iter().map(|step| Point {
            ends: Some((step.low, step.high)),
            n: Some(step.at_risk),
            ..Point::at(step.time, step.survival)
        }));
        let end = points.last().cloned().map(|point| Point { at: group.curve.last_time(), ..point });
        points.extend(end);
        let line = Layer::new(&group.label, Shape::Stairs, colour(group), points);
        Layer { label: if is_stacked { String::new() } else { group.label.clone() }, ..line }
    };
    let y = Axis::linear(percent).between(0.0, 1.0);
    let panel = Panel::new("Ties still open", "% of ties, by requests", Axis::weeks(last(groups)), y);
    Panel { height: Some(HIGH), ..panel.with(groups.iter().map(line)) }
}

/// Weeks to a block against requests a week, and the rate that lasts for ever.
fn medians(groups: &[Group], lasting: Option<&Estimate>) -> Panel {
    let asked: Vec<&Group> = groups.iter().filter(|group| group.mean_rate > 0.0).collect();
    let rates = asked.iter().map(|group| group.mean_rate).chain(lasting.map(|rate| rate.value));
    let (low, high) = rates.fold((0.05, 2.0), |(low, high), rate| (rate.min(low), rate.max(high)));
    let is_open = asked.iter().any(|group| group.median().value.is_none());
    let unit = if is_open { "log scales; ↑ more than half still open" } else { "log scales" };
    let log = |low: f64, high: f64| Axis { kind: Kind::Log, ..Axis::linear(plain).between(low, high) };
    let x = Axis { title: "requests a week".to_owned(), ..log(low * 0.7, high * 1.4) };
    let mut layers: Vec<Layer> = Vec::new();
    if let Some(rate) = lasting {
        let strip = rate.interval.map(|ends| Point::over(0.0, ends)).into_iter().collect();
        layers.push(Layer::new(
            "lasts for ever, over what is assumed of goodwill",
            Shape::Shade,
            GREY,
            strip,
        ));
        let words = format!("{} a week, never met, lasts for ever", over_assumed(rate));
        let point = Point { n: None, ..Point::of(0.0, rate) }.saying(words);
        layers.push(Layer::new("lasts for ever", Shape::Upright { is_dashed: true }, INK, vec![point]));
    }
    layers.extend(asked.iter().map(|group| {
        let median = group.median();
        let low = median.low.unwrap_or(group.curve.last_time()).max(1.0);
        let point = Point {
            at: group.mean_rate,
            value: median.value.map(|value| value.max(1.0)),
            ends: Some((low, median.high.map_or(f64::INFINITY, |high| high.max(1.0)))),
            n: Some(group.curve.n()),
            words: median.value.map_or_else(String::new, |value| fixed(value, 0)),
            ..Point::default()
        };
        Layer::new(&group.label, Shape::Dot { has_caps: true }, colour(group), vec![point])
    }));
    let absent = "No tie had a request".to_owned();
    let panel = Panel::new("Weeks until half are blocked", unit, x, log(1.0, 1.5 * last(groups).max(2.0)));
    Panel { height: Some(HIGH), absent, ..panel.with(layers) }
}

/// How many ties of each group were still watched in some weeks.
fn watched(groups: &[Group]) -> Panel {
    let names = groups.iter().map(|group| Name::plain(&group.label, colour(group))).collect();
    let weeks = last(groups);
    let x = Axis { kind: Kind::Bare, ..Axis::default().between(0.0, weeks) };
    let times = super::scale::Scale::linear(0.0, weeks, 0.0, 320.0).week_ticks(46.0);
    let words = groups.iter().enumerate().map(|(place, group)| {
        let number = |at: f64| Point::at(place as f64, at).saying(count(group.curve.at_risk(at)));
        let points = times.iter().map(|tick| number(tick.at)).collect();
        Layer::new("", Shape::Word, colour(group), points)
    });
    let panel = Panel::new("Ties watched", "", x, Axis::names(names)).with(words);
    Panel { height: Some(16.0), ..panel }
}
