//! Healing: how large the market is, over how fast a grudge heals; or over that and how many others hear of it.
//!
//! Drawn of a sweep that turns `goodwill.recovery` with screens, or with listeners.

use super::edge::Turn;
use super::knob::{LISTENERS, RECOVERY, STAGES};
use super::{Map, Panel, size};
use crate::charts::figure::{Axis, Entry, Figure, Kind, Layer, Panel as Plot, Point as Mark, Row, Shape};
use crate::charts::rules::Rules;
use crate::charts::scale::plain;
use crate::charts::screens;
use crate::charts::source::Source;
use crate::charts::style::{AXIS, GREY, INK, SCREENS};
use crate::experiments::assumptions::ASSUMED;
use crate::experiments::healing::{self, half_life, weeks};
use crate::experiments::verdict::{ALIVE_ABOVE, Verdict};
use crate::output::OutputError;
use crate::scenario::Scenario;
use crate::text::{capital, fixed, joined, small_letter};

pub(in crate::charts) const NAME: &str = "healing";
/// The map of healing by listeners.
pub(in crate::charts) const TURNS: &str = "where-it-turns";

/// Screens beyond these would hide one another.
const MOST_LINES: usize = SCREENS.len();

/// Whether a sweep turned the speed of healing with what these charts show beside it.
pub(super) fn is_of(map: &Map) -> bool {
    turns_screens(map) || turns_listeners(map)
}

fn has(map: &Map, path: &str) -> bool {
    map.knobs.iter().any(|knob| knob.path == path && knob.values.len() > 1)
}

fn turns_screens(map: &Map) -> bool {
    let screens = map.knobs.iter().find(|knob| knob.path == STAGES);
    let others = map.knobs.iter().filter(|knob| knob.path != RECOVERY && knob.path != STAGES);
    has(map, RECOVERY)
        && screens.is_some_and(|screens| screens.values.len() <= MOST_LINES)
        && others.clone().all(super::Knob::is_switch)
        && others.count() < 2
}

fn turns_listeners(map: &Map) -> bool {
    has(map, RECOVERY) && has(map, LISTENERS) && map.trouble().is_none()
}

/// The lines, from map.csv; `None` of another sweep.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    if !turns_screens(&map) {
        return Ok(None);
    }
    let today = Some(base());
    let what = map.says_what(", over the weeks in which half of what was burnt has come back");
    let title = title(&map);
    if let Some(trouble) = map.trouble() {
        return Ok(Some(Figure::nothing(title, &what, map.footer.clone(), &trouble)));
    }
    let panels = map.panels.iter().map(|panel| lines(&map, panel, today)).collect();
    let rows = vec![Row { name: None, panels }];
    let subtitle = format!("{}{}{what}{}", map.says_unfinished(), others(&map), alone(source));
    Ok(Some(Figure {
        title,
        subtitle,
        footer: map.footer.clone(),
        key: key_of(&map, today),
        rows,
        is_alike: true,
        ..Figure::default()
    }))
}

/// The map of healing by listeners; `None` of another sweep.
pub(in crate::charts) fn turns(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    Ok(turns_listeners(&map).then(|| size::of(&map)))
}

/// That relationships heal by time alone here, where the scenario that was swept says so: elsewhere people forgive, so that
/// the same pace of healing is another market there.
fn alone(source: &Source) -> &'static str {
    let is_alone = |base: &Scenario| base.goodwill.forgiven <= 0.0 && base.goodwill.rebuild_success <= 0.0;
    let says = " Time alone heals here: nobody forgives, as people do in the other charts.";
    if Rules::of(source.manifest.as_ref()).all().next().is_some_and(|(_, base)| is_alone(base)) {
        says
    } else {
        ""
    }
}

/// The half-life that all other scenarios have.
fn base() -> f64 {
    half_life(Scenario::default().goodwill.recovery)
}

/// Half-lives that are believed, shortest first, if the speed of healing is among what is assumed.
fn believed() -> Option<(f64, f64)> {
    if ASSUMED.contains(&RECOVERY) { healing::believed() } else { None }
}

fn key_of(map: &Map, today: Option<f64>) -> Vec<Entry> {
    let is = |verdict: Verdict| map.spots.iter().any(|spot| spot.verdict == Some(verdict));
    let mut key = Vec::new();
    if is(Verdict::Lasts) {
        key.push(Entry::Dot(GREY, Verdict::Lasts.name().to_owned()));
    }
    if is(Verdict::CannotBeTold) {
        key.push(Entry::Ring(GREY, Verdict::CannotBeTold.name().to_owned()));
    }
    let no = Verdict::ALL.into_iter().filter(|verdict| verdict.is_no());
    let no: Vec<&str> = no.filter(|verdict| is(*verdict)).map(Verdict::name).collect();
    if !no.is_empty() {
        key.push(Entry::Cross(GREY, no.join(", ")));
    }
    key.push(Entry::Line(AXIS, format!("{} above {ALIVE_ABOVE} a year", Verdict::Lasts.name())));
    key.extend(today.map(|today| Entry::Dashes(INK, format!("assumed: {}", weeks(today)))));
    if let Some((low, high)) = believed() {
        let words = format!("believed today: {} to {}", weeks(low), weeks(high));
        key.push(Entry::Swatch(Some(GREY), 0.14, words));
    }
    key
}

/// Lowest foot of the axis of sizes: a tenth of what a market must place to last, and below it nothing is told apart.
const LEAST: f64 = ALIVE_ABOVE / 10.0;
/// Highest foot: the line above which a market lasts is seen.
const FOOT: f64 = ALIVE_ABOVE / 2.0;

/// One panel: a line for each screen over the half-life.
fn lines(map: &Map, panel: &Panel, today: Option<f64>) -> Plot {
    let weeks = &map.knobs[map.x].numbers;
    let (low, high) = (weeks[0] / 1.15, weeks[weeks.len() - 1] * 1.15);
    let title = "half-life of a grudge, weeks (log scale)".to_owned();
    let x = Axis { kind: Kind::Log, title, ..Axis::linear(plain).between(low, high) };
    let heading = if panel.name.is_empty() { "Size of the market".to_owned() } else { capital(&panel.name) };
    let sizes = || map.spots.iter().filter_map(|spot| spot.placements);
    let most = sizes().map(|size| size.value).fold(10.0, f64::max);
    let least = sizes().map(|size| size.low().unwrap_or(size.value)).fold(FOOT, f64::min).max(LEAST);
    let y = Axis { kind: Kind::Log, ..Axis::linear(plain).between(least, 1.6 * most) };
    let mut plot = Plot::new(&heading, "placements a year, log scale", x, y);
    if let Some((from, to)) = believed() {
        let span = (from.max(low), to.min(high));
        let shade = if span.0 < span.1 { vec![Mark::over(0.0, span)] } else { Vec::new() };
        plot.layers.push(Layer::new("believed today", Shape::Shade, GREY, shade));
    }
    let edge = Layer::new("lasts above", Shape::Across, AXIS, vec![Mark::at(low, ALIVE_ABOVE)]);
    plot.layers.push(edge);
    if let Some(today) = today.filter(|weeks| (low..high).contains(weeks)) {
        let point = Mark::at(0.0, today);
        plot.layers.push(Layer::new("assumed", Shape::Upright { is_dashed: true }, INK, vec![point]));
    }
    for row in 0..map.rows() {
        let name = map.y.map_or_else(String::new, |y| screens::name(&map.knobs[y].values[row]));
        let colour = SCREENS[row % SCREENS.len()];
        let spot = |column: usize| Some(&map.spots[panel.places[row * map.columns() + column]?]);
        let known = weeks.iter().enumerate().filter_map(|(column, &at)| {
            let spot = spot(column)?;
            Some((Mark::of(at, &spot.placements?), spot.verdict?))
        });
        let known: Vec<(Mark, Verdict)> = known.collect();
        let bands = known.iter().map(|(point, _)| point.clone()).collect();
        let dots = known.into_iter().map(|(point, verdict)| {
            let words = format!("{}: {}", verdict.name(), fixed(point.value.unwrap_or_default(), 0));
            size::told(Mark { ends: None, ..point }, verdict).noting(words)
        });
        let dots = Layer::new("", Shape::Dot { has_caps: false }, colour, dots.collect());
        plot.layers.extend([Layer::line(&name, &name, colour, bands), dots]);
    }
    Plot { height: Some(300.0), ..plot }
}

/// Where the answer turns: of the offer that was made, and where it does not, of the screen under which it does.
fn title(map: &Map) -> String {
    let Some(panel) = map.first_panel() else { return "Nothing was found out about healing".to_owned() };
    let turn = |row: usize| size::turn_of(map, panel, row);
    let turns = |row: &usize| matches!(turn(*row), Turn::From(..) | Turn::UpTo(..));
    let all = || 0..map.rows();
    if all().all(|row| turn(row) == Turn::Unknown) {
        return "Nothing was found out about healing".to_owned();
    }
    if let Some(row) = all().find(turns) {
        return said_short(map, panel, row);
    }
    let same = |wanted: Turn| all().all(|row| turn(row) == wanted);
    if same(Turn::Nowhere) {
        "However fast grudges heal, no screened or unscreened market lasts".to_owned()
    } else if same(Turn::Everywhere) {
        "However slowly grudges heal, the market lasts".to_owned()
    } else if same(Turn::Open) {
        "Whether healing decides if the market lasts cannot be told".to_owned()
    } else {
        said_short(map, panel, 0)
    }
}

/// "Unscreened, the market lasts if half of a grudge heals in 69 weeks, not if it takes 2.7 years".
fn said(map: &Map, panel: &Panel, row: usize) -> String {
    format!("{} {}", market(map, row), fate(map, panel, row))
}

/// "Unscreened, the market lasts if half a grudge heals in 69 weeks".
fn said_short(map: &Map, panel: &Panel, row: usize) -> String {
    format!("{} {}", market(map, row), size::turn_of(map, panel, row).short(&map.knobs[map.x].say()))
}

/// "Unscreened, the market".
fn market(map: &Map, row: usize) -> String {
    let beginning = |y: usize| format!("{}, the market", map.knobs[y].beginning(row));
    map.y.map_or_else(|| "The market".to_owned(), beginning)
}

/// What comes after "the market".
fn fate(map: &Map, panel: &Panel, row: usize) -> String {
    size::turn_of(map, panel, row).words(&map.knobs[map.x].say())
}

/// The other screens, those that say the same in one sentence, and what the first says in the other panel.
fn others(map: &Map) -> String {
    let (Some(first), Some(y)) = (map.first_panel(), map.y) else { return String::new() };
    let told = title(map);
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for row in (0..map.rows()).filter(|row| said(map, first, *row) != told) {
        let (words, name) = (fate(map, first, row), screens::name(&map.knobs[y].values[row]));
        match groups.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(name),
            None => groups.push((words, vec![name])),
        }
    }
    let mut all: Vec<String> =
        groups.iter().map(|(words, names)| format!("{}: it {words}", capital(&joined(names)))).collect();
    for panel in map.panels.iter().filter(|panel| panel.levels != first.levels) {
        let words = fate(map, panel, 0);
        let name = small_letter(&map.knobs[y].beginning(0));
        all.push(format!("{}: {name} it {words}", capital(&panel.name)));
    }
    all.iter().map(|text| format!("{text}. ")).collect()
}
