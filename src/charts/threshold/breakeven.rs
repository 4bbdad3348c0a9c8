//! Break-even: the value of a knob from which a seller's hour pays, for each level, beside the fees that are asked today.

use crate::experiments::threshold::crossing::Curve;
use crate::output::tables::{self, BreakevenPoint};
use crate::output::{Added, OutputError, Row as _};
use crate::scenario::key;
use crate::stats::mean_interval;
use crate::text::counted;
use crate::units::Unit;

use super::fees::{self, Fee};
use super::turning::{Measure, Turning};
use super::{Line, axis, footer, panel, sentence};
use crate::charts::data::{FEWEST_TO_RESAMPLE, LEVEL};
use crate::charts::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape, said};
use crate::charts::rules::Rules;
use crate::charts::scale::whole_dollars;
use crate::charts::screens;
use crate::charts::source::Source;
use crate::charts::style::{GREY, Rgb, SCREENS};

pub(in crate::charts) const NAME: &str = "break-even";

/// Criteria in the order of the table, each with what is said of it.
pub(super) const CRITERIA: [(&str, &str, &str); 4] = [
    ("hour_pays", "A seller’s hour pays", "A seller’s hour pays, at the end"),
    ("hour_pays_all_weeks", "A seller’s hour pays, all weeks together,", "A seller’s hour pays, all weeks"),
    (
        "alive",
        "Sellers place 5 or more per 10,000 workers and year",
        "5 placements per 10,000 workers and year",
    ),
    ("last_gains", "A week of the last who sells pays", "A week pays the last who sells"),
];

/// Of them: whether there is a market.
const ALIVE: usize = 2;

/// One setting that the knob was turned in.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) name: String,
    /// By criterion.
    pub(super) turnings: [Option<Turning>; 4],
    /// Mean profit per hour at each value at which sellers work.
    pub(super) means: Vec<Point>,
    /// The same smoothed, with a band where there are replications enough.
    pub(super) curve: Vec<Point>,
}

/// All that the tables say.
pub(super) struct Answer {
    pub(super) knob: String,
    pub(super) measure: Measure,
    pub(super) range: (f64, f64),
    /// Whether the range was walked through by ratios.
    pub(super) is_log: bool,
    pub(super) levels: Vec<Level>,
    /// By what rule screens take, in a sentence.
    pub(super) bars: Option<String>,
    pub(super) fees: Vec<Fee>,
    pub(super) replications: usize,
    pub(super) not_finite: usize,
}

/// The chart, from breakeven.csv and curve.csv.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let answer = read(source)?;
    let (found, footer) = (sentence::title(&answer), footer_of(source, &answer));
    let title = sentence::headline(&answer);
    if answer.levels.is_empty() {
        return Ok(Some(Figure::nothing(found, SUBTITLE, footer, "breakeven.csv has no rows.")));
    }
    let mut panels = vec![curves_of(&answer)];
    panels.extend((0..CRITERIA.len()).filter_map(|criterion| criterion_of(&answer, criterion)));
    panels.extend((!answer.fees.is_empty()).then(|| fees_of(&answer)));
    let rows = panels.into_iter().map(|panel| Row { name: None, panels: vec![panel] }).collect();
    let bars = answer.bars.as_ref().map_or_else(String::new, |said| format!(" {said}"));
    Ok(Some(Figure {
        title,
        found,
        subtitle: format!("{SUBTITLE}{bars}"),
        footer,
        rows,
        ..Figure::default()
    }))
}

/// The knob, the same axis in all panels.
fn knob_axis(answer: &Answer) -> Axis {
    axis(sentence::axis(answer), answer.measure, answer.range, answer.is_log)
}

fn colours(answer: &Answer) -> Vec<Rgb> {
    (0..answer.levels.len()).map(|level| SCREENS[level % SCREENS.len()]).collect()
}

/// Profit per hour along the knob: means as rings, and through them the line off which crossings are read.
fn curves_of(answer: &Answer) -> Panel {
    let unit = "$ an hour worked or open at the end; rings: means over markets, line: smoothed";
    let panel = Panel::new("Profit per hour", unit, knob_axis(answer), Axis::linear(whole_dollars));
    let lines = answer.levels.iter().zip(colours(answer)).flat_map(|(level, colour)| {
        let rings = Layer::new(&level.name, Shape::Dot { has_caps: false }, colour, level.means.clone());
        [rings, Layer::line(&level.name, &level.name, colour, level.curve.clone())]
    });
    let absent = "Nowhere did sellers work enough for an hour to be drawn".to_owned();
    let is_empty = answer.levels.iter().all(|level| level.means.is_empty());
    Panel { height: Some(if is_empty { 40.0 } else { 230.0 }), absent, ..panel.with(lines) }
}

/// Where a criterion holds, a line for each level that it was asked of.
fn criterion_of(answer: &Answer, criterion: usize) -> Option<Panel> {
    let levels = answer.levels.iter().zip(colours(answer));
    let asked =
        levels.filter_map(|(level, colour)| Some((level, level.turnings[criterion].as_ref()?, colour)));
    let lines: Vec<Line> = asked
        .map(|(level, turning, colour)| Line {
            name: Name::plain(&level.name, colour),
            turning,
            colours: (colour, None),
            says: said(turning.words(answer.measure, answer.range)),
        })
        .collect();
    let heading = CRITERIA[criterion].2;
    (!lines.is_empty()).then(|| panel(heading, knob_axis(answer), answer.range, 30.0, lines))
}

/// What is asked today: a bar for a range, a dot for one fee, where it lies on the axis.
fn fees_of(answer: &Answer) -> Panel {
    let names = answer.fees.iter().map(|fee| Name::plain(fee.name, GREY)).collect();
    let is_seen = |fee: &Fee| fee.high >= answer.range.0 && fee.low <= answer.range.1;
    let seen = || answer.fees.iter().enumerate().filter(|(_, fee)| is_seen(fee));
    let one = |fee: &Fee| fee.high - fee.low < 1e-9;
    let ranges = seen().filter(|(_, fee)| !one(fee));
    let ranges = ranges.map(|(place, fee)| Point::over(place as f64, (fee.low, fee.high))).collect();
    let dots =
        seen().filter(|(_, fee)| one(fee)).map(|(place, fee)| Point::at(place as f64, fee.low)).collect();
    let words = |fee: &Fee| {
        let text = |value: f64| answer.measure.text(value);
        said(if one(fee) {
            text(fee.low)
        } else {
            text(fee.low).replace("\u{a0}%", "") + "–" + &text(fee.high)
        })
    };
    let panel = Panel::new("Fees asked today", "", knob_axis(answer), Axis::names(names)).with([
        Layer::new("fee", Shape::Bar { half: 4.0, alpha: 0.75 }, GREY, ranges),
        Layer::new("fee", Shape::Dot { has_caps: false }, GREY, dots),
    ]);
    Panel { height: Some(30.0), says: answer.fees.iter().map(words).collect(), ..panel }
}

const SUBTITLE: &str = "What an hour of a seller earns along the knob, less what it is worth to him elsewhere and social \
                        capital; below, in pale colour, where it pays and where 5 people per 10,000 workers and year \
                        are placed, with the value at which it turns.";

fn read(source: &Source) -> Result<Answer, OutputError> {
    let rows: Vec<tables::Breakeven> = source.rows()?;
    let mut levels: Vec<Level> = Vec::new();
    for row in &rows {
        let place = place(&mut levels, &row.level);
        if let Some(which) = CRITERIA.iter().position(|(name, ..)| *name == row.criterion) {
            Turning::add(&mut levels[place].turnings[which], &row.told());
        }
    }
    let (mut is_log, mut not_finite) = (false, rows.iter().map(tables::Breakeven::not_finite).sum());
    if source.has("curve.csv") {
        let points = source.rows()?;
        is_log = walked_by_ratios(&points);
        not_finite += curves(&points, &mut levels, is_log);
    }
    let range = rows.iter().find_map(|row| row.told().range).unwrap_or((0.0, 1.0));
    for level in &mut levels {
        let alive = level.turnings[ALIVE].clone().map(Turning::without_guesses);
        for (criterion, turning) in level.turnings.iter_mut().enumerate() {
            *turning = turning.take().map(Turning::without_guesses).map(|turning| match &alive {
                Some(alive) if criterion != ALIVE => turning.within(alive, range),
                _ => turning,
            });
        }
    }
    let names = short_names(levels.iter().map(|level| level.name.as_str()));
    let long: Vec<String> = levels.iter().map(|level| level.name.clone()).collect();
    let bars = screens::said(screens::HERE, names.iter().cloned().zip(long.iter().map(String::as_str)));
    levels.iter_mut().zip(names).for_each(|(level, name)| level.name = name);
    let knob = rows.first().map_or_else(String::new, |row| row.knob.clone());
    let turnings = || levels.iter().flat_map(|level| level.turnings.iter().flatten());
    let rules = Rules::of(source.manifest.as_ref());
    let salary = rules.all().next().map(|(_, scenario)| scenario.workers.salary_reference);
    Ok(Answer {
        measure: measure(&knob),
        range,
        is_log,
        fees: fees::along(&knob, salary),
        replications: turnings().map(|turning| turning.replications).max().unwrap_or(0),
        knob,
        levels,
        bars,
        not_finite,
    })
}

fn place(levels: &mut Vec<Level>, name: &str) -> usize {
    levels.iter().position(|level| level.name == name).unwrap_or_else(|| {
        let name = name.to_owned();
        levels.push(Level { name, turnings: [None, None, None, None], means: Vec::new(), curve: Vec::new() });
        levels.len() - 1
    })
}

/// The measure of a key; of one that this program does not know a plain number.
fn measure(knob: &str) -> Measure {
    match key(knob).map(|key| key.unit) {
        Some(Unit::Share | Unit::Rate) => Measure::Share,
        Some(Unit::Dollars) => Measure::Dollars,
        Some(Unit::Sd) => Measure::Plain("sd"),
        Some(unit @ (Unit::Hours | Unit::Weeks | Unit::Years)) => Measure::Plain(unit.name()),
        None if knob == "screening.hours" => Measure::Plain("hours"),
        _ => Measure::Plain(""),
    }
}

/// Profit per hour of every replication at one value, and hours worked by all sellers of all of them.
struct Tried {
    value: f64,
    profits: Vec<Option<f64>>,
    hours: f64,
}

/// Hours that sellers must work at a value for what an hour brings to be drawn: half a year of one of them.
const FEWEST_HOURS: f64 = 1_040.0;
/// Places at which a smoothed curve is drawn.
const MESH: u32 = 80;

/// Adds profit per hour at each value tried, by level; gives how many numbers are not finite.
fn curves(points: &[BreakevenPoint], levels: &mut [Level], is_log: bool) -> usize {
    let mut not_finite = 0;
    let mut found: Vec<Vec<Tried>> = levels.iter().map(|_| Vec::new()).collect();
    for point in points {
        let Some(place) = levels.iter().position(|level| level.name == point.level) else { continue };
        let (x, y) = (point.value, point.profit_per_hour);
        if !x.is_finite() || y.is_some_and(|y| !y.is_finite()) {
            not_finite += 1;
            continue;
        }
        let Added(hours) = point.hours_judged;
        let worked = hours.unwrap_or(Some(FEWEST_HOURS)).unwrap_or(0.0);
        match found[place].iter_mut().find(|tried| tried.value.total_cmp(&x).is_eq()) {
            Some(tried) => {
                tried.profits.push(y);
                tried.hours += worked;
            }
            None => found[place].push(Tried { value: x, profits: vec![y], hours: worked }),
        }
    }
    for (level, mut tried) in levels.iter_mut().zip(found) {
        tried.sort_by(|a, b| a.value.total_cmp(&b.value));
        level.curve = smoothed(&tried, is_log);
        let worked = tried.iter().filter(|tried| tried.hours >= FEWEST_HOURS);
        level.means = worked
            .filter_map(|tried| {
                let values: Vec<f64> = tried.profits.iter().flatten().copied().collect();
                let mean = mean_interval(&values, LEVEL)?;
                Some(Point { ends: None, is_open: true, ..Point::of(tried.value, &mean) })
            })
            .collect();
    }
    not_finite
}

/// The local lines off which crossings are read, where sellers work.
fn smoothed(tried: &[Tried], is_log: bool) -> Vec<Point> {
    let (Some(first), Some(last)) = (tried.first(), tried.last()) else { return Vec::new() };
    let place = |x: f64| {
        let way = |x: f64| if is_log { crate::maths::ln(x) } else { x };
        (way(x) - way(first.value)) / (way(last.value) - way(first.value))
    };
    let along = |part: f64| {
        if is_log {
            first.value * crate::maths::pow(last.value / first.value, part)
        } else {
            first.value + (last.value - first.value) * part
        }
    };
    let replications = tried.iter().map(|tried| tried.profits.len()).min().unwrap_or(0);
    let one = |r: usize| {
        let points = tried.iter().map(|tried| (place(tried.value), std::slice::from_ref(&tried.profits[r])));
        Curve::new(points.collect())
    };
    let curves: Vec<Curve> = (0..replications).filter_map(one).collect();
    if tried.len() < 2 || curves.is_empty() {
        return Vec::new();
    }
    let works = |x: f64| {
        let near = tried.iter().min_by(|a, b| {
            let far = |tried: &Tried| (place(tried.value) - place(x)).abs();
            far(a).total_cmp(&far(b))
        });
        near.is_some_and(|tried| tried.hours >= FEWEST_HOURS)
    };
    let point = |step: u32| {
        let part = f64::from(step) / f64::from(MESH);
        let at = along(part);
        let values: Vec<f64> = curves.iter().map(|curve| curve.at(part)).collect();
        let Some(mean) = mean_interval(&values, LEVEL).filter(|_| works(at)) else {
            return Point { at, ..Point::default() };
        };
        let ends = mean.interval.filter(|_| values.len() >= FEWEST_TO_RESAMPLE);
        Point { ends, ..Point::of(at, &mean) }
    };
    (0..=MESH).map(point).collect()
}

/// Whether the values of the coarse grid stand in equal ratios.
fn walked_by_ratios(points: &[BreakevenPoint]) -> bool {
    let coarse = points.iter().filter(|point| point.round == 0).map(|point| point.value);
    let mut values: Vec<f64> = coarse.filter(|x| x.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let [first, second, .., last] = values.as_slice() else { return false };
    let step = (last - first) / (values.len() - 1) as f64;
    *first > 0.0 && second - first < 0.9 * step
}

/// Screens by their hours and other settings by their last word, where all remain apart.
fn short_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let long: Vec<String> = names.map(str::to_owned).collect();
    let short: Vec<String> = long.iter().map(|name| short_name(name)).collect();
    let mut apart = short.clone();
    apart.sort();
    apart.dedup();
    if apart.len() == short.len() { short } else { long }
}

fn short_name(name: &str) -> String {
    let Some((path, value)) = name.split_once(" = ") else { return name.to_owned() };
    if path != "screening.stages" {
        let last = path.rsplit('.').next().unwrap_or(path);
        return format!("{}: {}", last.replace('_', " "), value.replace('%', "\u{a0}%"));
    }
    if screens::hours(value).is_some_and(|hours| hours.is_empty()) {
        return "no screen".to_owned();
    }
    screens::name(value)
}

fn footer_of(source: &Source, answer: &Answer) -> String {
    let settings = |n: Option<usize>| {
        n.map_or_else(
            || "Scenario not recorded".to_owned(),
            |n| format!("{} of one scenario", counted(n, "setting")),
        )
    };
    let intervals = if answer.replications < FEWEST_TO_RESAMPLE {
        format!("no intervals: fewer than {FEWEST_TO_RESAMPLE} replications to resample")
    } else {
        "dots and brackets: 95\u{a0}% bootstrap over replications; bands: 95\u{a0}% t intervals".to_owned()
    };
    let fees = (!answer.fees.is_empty())
        .then(|| "fees asked today: trade press, not checked against contracts".to_owned());
    let more = std::iter::once(intervals).chain(fees);
    footer(source, settings, answer.replications, more, answer.not_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screens_are_named_by_their_hours_unless_two_would_be_alike() {
        let none = "screening.stages = []";
        let [one, other] = ["profit", "0.4"]
            .map(|bar| format!("screening.stages = [{{ hours = 1.0h, accept_above = {bar} }}]"));
        let names = |names: &[&str]| short_names(names.iter().copied());
        assert_eq!(names(&[none, &one]), ["no screen", "a screen of 1 hour"]);
        assert_eq!(names(&[none, &one, &other]), [none, &one, &other]);
        assert_eq!(names(&["contract.share_of_salary = 20%"]), ["share of salary: 20\u{a0}%"]);
        assert_eq!(names(&["contingency"]), ["contingency"]);
    }
}
