//! A job search: the share of those out of work who have a job, by week of search; by how they search, and by ability.
//!
//! Kaplan–Meier curves of searches that began out of work and after the opening.

mod title;

use crate::output::tables::Spell;
use crate::output::{OutputError, Row as _};
use crate::stats::{Duration, KaplanMeier};
use crate::text::count;
use crate::world::workers::third;

use super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};
use super::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::source::Source;
use super::style::{AXIS, ORGANIC, Rgb};

pub(super) const NAME: &str = "a-job-search";

/// A group of searches: its name at a line's end and in a sentence, and its colour.
struct Group {
    label: &'static str,
    words: &'static str,
    colour: Rgb,
}

const CHANNEL: [Group; 3] = [
    Group { label: "bought", words: "those who bought", colour: Rgb(0xd5, 0x5e, 0x00) },
    Group { label: "network more", words: "those who network more than the median", colour: ORGANIC },
    Group { label: "network less", words: "those who network less", colour: Rgb(0x80, 0x80, 0x80) },
];

const ABILITY: [Group; 3] = [
    Group { label: "least able third", words: "the least able third", colour: Rgb(0x7f, 0xb3, 0xd5) },
    Group { label: "middle third", words: "the middle third", colour: Rgb(0x2e, 0x75, 0xb6) },
    Group { label: "most able third", words: "the most able third", colour: Rgb(0x1a, 0x2f, 0x5e) },
];

/// How searches are grouped: heading, unit and groups.
const BY: [(&str, &str, &[Group; 3]); 2] = [
    ("By how they search", "% with a job", &CHANNEL),
    ("By ability", "% with a job, thirds of all workers", &ABILITY),
];

/// The networking of the median worker.
const MEDIAN_NETWORKING: f64 = 1.0;
/// Searches still watched below which a line is not drawn on.
const FEWEST: usize = 20;
/// Last week of search that is drawn.
const MOST_WEEKS: f64 = 52.0;

/// Searches of one scenario, by [`BY`] and group.
type Searches = [[Vec<Duration>; 3]; 2];

/// The chart, from spells.csv.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let spells = source.rows()?;
    let (facts, owners) = Facts::of(source, &spells)?;
    let all = searches(&spells, &facts, &owners);
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let curves: Vec<Curves> = all.iter().map(|searches| curves(searches, few)).collect();
    let (found, footer) = (title::title(&all, few), footer(&facts, few));
    let title = title::headline(&all, few);
    let bought = |name: &str| {
        facts.scenarios.iter().zip(&all).any(|(known, searches)| known == name && !searches[0][0].is_empty())
    };
    let colours = facts.colours(bought);
    let known = |(_, curves): &(&String, &Curves)| curves.iter().flatten().any(Option::is_some);
    let shown: Vec<_> = facts.scenarios.iter().zip(&curves).filter(known).collect();
    if shown.is_empty() {
        let why =
            if spells.is_empty() { "spells.csv has no rows." } else { "There are too few searches to draw." };
        return Ok(Some(Figure::nothing(found, "Share with a job by week of search", footer, why)));
    }
    let lines = shown.iter().flat_map(|(_, curves)| curves.iter().flatten().flatten()).flat_map(line);
    let last = lines.map(|point| point.at).fold(1.0, f64::max);
    let week = title::week(&all);
    let row = |(name, curves): &(&String, &Curves)| Row {
        name: (shown.len() > 1).then(|| Name::bold(name.as_str(), colours[*name])),
        panels: (0..BY.len()).map(|by| panel(by, &curves[by], last, week)).collect(),
    };
    let total: usize = all.iter().flat_map(|searches| &searches[1]).map(Vec::len).sum();
    let searches = format!(
        "of {} searches that began out of work and after the opening. Searches that go on, or end outside the labour force, \
         count as far as they were watched;",
        count(total)
    );
    let weeks = title::weeks(week);
    Ok(Some(Figure {
        title,
        found,
        subtitle: format!(
            "Share with a job by week of search, {searches} lines end where fewer than {FEWEST} are left. Dashes: {weeks}."
        ),
        of_dots: format!(
            "Share with a job after {weeks} of search, {searches} drawn where {FEWEST} or more are still watched then."
        ),
        footer,
        rows: shown.iter().map(row).collect(),
        ..Figure::default()
    }))
}

fn footer(facts: &Facts, few: bool) -> String {
    let bands = if few {
        "bands: 95\u{a0}% as if searches were independent (Greenwood, log–log); too few replications to tell how they \
         move together"
    } else {
        "bands and brackets: 95\u{a0}% over replications (robust, log–log)"
    };
    let footer = facts.footer(bands);
    let footer = footer.replace("no band: one market alone cannot tell its own uncertainty", bands);
    format!(
        "{footer} People buy after weeks of search, so their line begins low whatever buying does; what it does is told \
         by drawing lots among applicants, in the chart of contracts."
    )
}

/// Sorts the rows of spells.csv; a search that began before the opening was seen only if it was long, and is left out.
fn searches(spells: &[Spell], facts: &Facts, owners: &Owners) -> Vec<Searches> {
    let mut all: Vec<Searches> = vec![Default::default(); facts.scenarios.len()];
    for (spell, &(scenario, replication)) in spells.iter().zip(owners) {
        let is_shown = spell.kind == "unemployed" && spell.start_week >= 1;
        if !is_shown || spell.not_finite() > 0 || spell.weeks < 0.0 {
            continue;
        }
        let time = spell.weeks;
        let ended = !matches!(spell.ended.as_str(), "open" | "left" | "stopped");
        // Replications share their luck across scenarios, so they are the clusters.
        let search = Duration { time, ended, cluster: replication };
        let networks = spell.networking > MEDIAN_NETWORKING;
        let channel = if spell.bought {
            0
        } else if networks {
            1
        } else {
            2
        };
        all[scenario][0][channel].push(search);
        all[scenario][1][third(spell.ability)].push(search);
    }
    all
}

/// Curves by [`BY`] and group; `None` where there are too few searches.
type Curves = [[Option<KaplanMeier>; 3]; 2];

fn curves(searches: &Searches, few: bool) -> Curves {
    [0, 1].map(|by| [0, 1, 2].map(|group| curve(&searches[by][group], few)))
}

/// - `few`: whether there are too few replications for a band over them
fn curve(searches: &[Duration], few: bool) -> Option<KaplanMeier> {
    if searches.len() < FEWEST {
        return None;
    }
    if few { KaplanMeier::independent(searches, LEVEL) } else { KaplanMeier::clustered(searches, LEVEL) }
}

/// - `week`: of search, of which the title speaks
fn panel(by: usize, curves: &[Option<KaplanMeier>; 3], last: f64, week: f64) -> Panel {
    let (heading, unit, groups) = BY[by];
    let layer = |(group, curve): (&Group, &Option<KaplanMeier>)| {
        let curve = curve.as_ref()?;
        let whole = if curve.at_risk(week) >= FEWEST { point(curve, week) } else { Point::default() };
        Some(Layer { whole: Some(whole), ..Layer::line(group.label, group.label, group.colour, line(curve)) })
    };
    let panel = Panel::new(heading, unit, Axis::weeks(last), Axis::share());
    let told = Layer::new("", Shape::Upright { is_dashed: true }, AXIS, vec![Point::at(0.0, week)]);
    Panel { absent: "too few searches".to_owned(), ..panel }
        .with([told])
        .with(groups.iter().zip(curves).filter_map(layer))
}

/// The share with a job after some weeks.
fn point(curve: &KaplanMeier, week: f64) -> Point {
    let (survival, low, high) = curve.at(week);
    let (ends, n) = (Some((1.0 - high, 1.0 - low)), Some(curve.at_risk(week)));
    Point { ends, n, ..Point::at(week, 1.0 - survival) }
}

/// The share with a job after each week, as long as enough are still watched.
fn line(curve: &KaplanMeier) -> Vec<Point> {
    let mut points = Vec::new();
    let mut week = 0.0;
    while week <= curve.last_time().min(MOST_WEEKS) && curve.at_risk(week) >= FEWEST {
        points.push(point(curve, week));
        week += 1.0;
    }
    points
}
