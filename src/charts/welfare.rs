//! Welfare: what each scenario does to workers, decision-makers and sellers, against the market where nobody sells.
//!
//! Paired differences over replications of equal number, which share their luck.

use std::fmt;

use crate::experiments::contrast::{self, Contrast, Luck, Verdict};
use crate::experiments::outcomes::metric;
use crate::output::OutputError;
use crate::stats::{Estimate, paired_difference};
use crate::text::{capital, counted, dollars, dollars_between, joined, quoted, signed_dollars, spelt};

use super::data::LEVEL;
use super::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::how_many;
use super::outcomes::{Outcomes, total};
use super::scale::whole_dollars;
use super::source::Source;
use super::style::{AMISS, GAIN, GREY, INK, Kind, Rgb};

pub(super) const NAME: &str = "welfare";

/// Sides of the market, and what is counted of each.
const SIDES: [(&str, &str); 4] = [
    ("Workers", "income less fees"),
    ("Decision-makers", "value of hires less costs"),
    ("Sellers", "fees less hours, social capital"),
    ("Together", "sum of the three; fees cancel"),
];
const SUM: usize = 3;

/// One scenario against the baseline.
struct Change {
    name: String,
    sides: [Option<Estimate>; 4],
    /// Sides that are called better or worse, all scenarios judged together.
    called: [bool; 4],
}

impl Change {
    /// Whether a side is better (`1`), worse (`-1`) or neither as far as can be told (`0`).
    fn way(&self, side: usize) -> i8 {
        match self.sides[side] {
            Some(value) if self.called[side] => {
                if value.value > 0.0 {
                    1
                } else {
                    -1
                }
            }
            _ => 0,
        }
    }
}

/// The chart, from outcomes.csv; `None` where there is but one scenario.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let mut outcomes = Outcomes::read(source)?;
    let scenarios = outcomes.facts.scenarios.clone();
    if scenarios.len() == 1 {
        return Ok(None);
    }
    let beside = Beside::of(&mut outcomes)?;
    let changes = changes(&mut outcomes, &beside)?;
    let name = beside.name(&scenarios);
    let (title, found) = (headline(&changes), title(&changes, &name));
    let footer =
        outcomes.facts.footer("bars and brackets: 95\u{a0}% of paired differences over replications");
    if !changes.iter().flat_map(|change| &change.sides).any(Option::is_some) {
        let why = match name {
            _ if outcomes.is_empty() => "outcomes.csv has no rows.",
            Nothing::NotRun => {
                "Run a scenario without sellers, coaching and paid forms beside these, such as organic.toml; the \
                 same luck then tells the difference."
            }
            _ => "No replication has finite numbers in two scenarios that open alike.",
        };
        let subtitle = "Welfare against a market where nobody sells, by side";
        return Ok(Some(Figure::nothing(found, subtitle, footer, why)));
    }
    let names: Vec<Name> = changes.iter().map(|change| Name::bold(&change.name, INK)).collect();
    let panel = |(side, (heading, unit)): (usize, &(&str, &str))| {
        let point = |(place, change): (usize, &Change)| match change.sides[side] {
            Some(value) => {
                let words = signed_dollars(value.value);
                let point = Point::of(place as f64, &value).coloured(sign(change.way(side))).saying(words);
                Point { is_open: value.interval.is_some() && change.way(side) == 0, ..point }
            }
            None => Point::without(place as f64, "no pair"),
        };
        let points = changes.iter().enumerate().map(point).collect();
        let dots = Layer::new(heading, Shape::Dot { has_caps: false }, INK, points);
        Panel::new(heading, unit, Axis::linear(whole_dollars), Axis::names(names.clone())).with([dots])
    };
    let rows = vec![Row { name: None, panels: SIDES.iter().enumerate().map(panel).collect() }];
    let figure = Figure {
        title,
        found,
        subtitle: subtitle(&name, changes.len(), &beside.left_out(&scenarios)),
        footer,
        rows,
        ..Figure::default()
    };
    Ok(Some(Figure { is_common: true, ..figure }))
}

fn subtitle(baseline: &Nothing, markets: usize, left_out: &[&str]) -> String {
    let together = if markets < 2 {
        String::new()
    } else {
        format!(", the {markets} scenarios of a side judged together (Holm’s correction)")
    };
    let apart = match left_out {
        [] => String::new(),
        all => format!(
            " Left out: {}, beside which nothing was run that opens on the same labour market and in which nobody sells.",
            joined(&all.iter().map(|name| quoted(name)).collect::<Vec<_>>())
        ),
    };
    format!(
        "Dollars per worker and year, {baseline} subtracted, replication by replication on the same luck; all weeks after the \
         opening. Hollow dots: no detectable difference{together}.{apart}"
    )
}

/// The market in which nobody sells.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Nothing {
    NotRun,
    /// One for all.
    One(String),
    /// One for each labour market.
    Several,
}

impl fmt::Display for Nothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRun | Self::Several => write!(f, "the market of the same opening in which nobody sells"),
            Self::One(name) => write!(f, "{}", quoted(name)),
        }
    }
}

/// Beside which market each scenario stands: one that opens as it does and in which nobody pays for anything, by the
/// manifest, or by what the outcomes show.
struct Beside {
    /// Of each scenario; `None` where there is none.
    each: Vec<Option<usize>>,
}

impl Beside {
    fn of(outcomes: &mut Outcomes) -> Result<Self, OutputError> {
        let traces = metric!["active_share", "coached", "requests_stranger", "requests_referred"];
        let traces = outcomes.of_each(traces)?;
        let openings = outcomes.openings();
        let facts = &outcomes.facts;
        let is_nothing = |s: &usize| match facts.rules.kind(&facts.scenarios[*s]) {
            Some(kind) => kind == Kind::Organic,
            None => traces.iter().all(|trace| total(&trace[*s]) <= 0.0),
        };
        let organic: Vec<usize> = (0..facts.scenarios.len()).filter(is_nothing).collect();
        let beside = |s: usize| organic.iter().copied().find(|&other| openings.are_alike(s, other));
        Ok(Self { each: (0..facts.scenarios.len()).map(beside).collect() })
    }

    /// Scenarios that are compared, and with which.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.each
            .iter()
            .enumerate()
            .filter_map(|(s, other)| Some((s, (*other)?)))
            .filter(|(s, other)| s != other)
    }

    fn name(&self, scenarios: &[String]) -> Nothing {
        let mut found: Vec<usize> = self.pairs().map(|(_, other)| other).collect();
        found.dedup();
        // Where there are no pairs it is named still.
        match (found.as_slice(), self.each.iter().flatten().next()) {
            ([one], _) | ([], Some(one)) => Nothing::One(scenarios[*one].clone()),
            ([], None) => Nothing::NotRun,
            _ => Nothing::Several,
        }
    }

    /// Scenarios beside which there is none; nothing where there is none at all.
    fn left_out<'a>(&self, scenarios: &'a [String]) -> Vec<&'a str> {
        let alone = self.each.iter().zip(scenarios).filter(|(other, _)| other.is_none());
        alone.map(|(_, name)| name.as_str()).collect()
    }
}

/// All scenarios beside which there is one in which nobody sells, the best sum first.
fn changes(outcomes: &mut Outcomes, beside: &Beside) -> Result<Vec<Change>, OutputError> {
    let mut values =
        outcomes.of_each(metric!["welfare_workers", "welfare_decision_makers", "welfare_sellers"])?;
    let sum = |s: usize, r: usize| values.iter().map(|side| side[s][r]).sum::<Option<f64>>();
    let replications = outcomes.facts.replications.len();
    let scenarios = &outcomes.facts.scenarios;
    values.push((0..scenarios.len()).map(|s| (0..replications).map(|r| sum(s, r)).collect()).collect());
    let mut found = Vec::new();
    let mut contrasts: Vec<[Option<Contrast>; 4]> = Vec::new();
    for (s, baseline) in beside.pairs() {
        let pairs = |side: usize| -> Vec<(f64, f64)> {
            values[side][s].iter().zip(&values[side][baseline]).filter_map(|(a, b)| a.zip(*b)).collect()
        };
        let difference = |side: usize| {
            let (one, other): (Vec<f64>, Vec<f64>) = pairs(side).into_iter().unzip();
            paired_difference(&one, &other, LEVEL)
        };
        let sides = [0, 1, 2, 3].map(difference);
        let of = [0, 1, 2, 3].map(|side| sides[side].map(|_| Contrast::of(&pairs(side), Luck::SameOpening)));
        found.push(Change { name: scenarios[s].clone(), sides, called: [false; 4] });
        contrasts.push(of);
    }
    for side in 0..SIDES.len() {
        let doubtful = contrast::doubtful(contrasts.iter().map(|of| of[side].as_ref()));
        for ((change, of), is_doubtful) in found.iter_mut().zip(&contrasts).zip(doubtful) {
            let verdict = of[side].as_ref().and_then(|contrast| contrast.verdict);
            let is_called = matches!(verdict, Some(Verdict::Higher | Verdict::Lower));
            change.called[side] = is_called && !is_doubtful;
        }
    }
    let sum = |change: &Change| change.sides[SUM].map_or(f64::NEG_INFINITY, |sum| sum.value);
    found.sort_by(|a, b| sum(b).total_cmp(&sum(a)));
    Ok(found)
}

/// What was found in a few words.
fn headline(changes: &[Change]) -> String {
    let count = |way: i8| changes.iter().filter(|change| change.way(SUM) == way).count();
    let (better, worse) = (count(1), count(-1));
    let of = changes.iter().filter(|change| change.sides[SUM].is_some()).count();
    let many = |n: usize| if of == 1 { "this market".to_owned() } else { how_many(n, of, "market") };
    match (better, worse) {
        (0, 0) if of == 0 => "Welfare cannot be compared here".to_owned(),
        (0, 0) => "No difference from selling nothing can be told in sum".to_owned(),
        (better, 0) => {
            format!("{} did better than selling nothing; none shown worse", capital(&many(better)))
        }
        (0, worse) => format!("{} did worse than selling nothing; none shown better", capital(&many(worse))),
        (better, worse) => {
            format!("Against selling nothing, {} did better in sum, {} worse", many(better), spelt(worse))
        }
    }
}

fn title(changes: &[Change], baseline: &Nothing) -> String {
    let known: Vec<(&Change, Estimate)> =
        changes.iter().filter_map(|change| Some((change, change.sides[SUM]?))).collect();
    match known.as_slice() {
        [] if *baseline == Nothing::NotRun => {
            "No scenario here is a market where nobody sells, so there is nothing to compare welfare with"
                .to_owned()
        }
        [] => format!("No replication can be compared with {baseline}, so nothing can be said of welfare"),
        [(change, sum)] => alone(change, sum, baseline),
        known => together(known, baseline),
    }
}

fn alone(change: &Change, sum: &Estimate, baseline: &Nothing) -> String {
    let amount = |estimate: &Estimate| dollars_between(&Estimate { value: estimate.value, ..*estimate });
    let names = format!("{} against {baseline}", quoted(&change.name));
    let sides: Vec<String> = ["workers", "decision-makers", "sellers"]
        .iter()
        .enumerate()
        .filter(|(side, _)| change.way(*side) != 0)
        .filter_map(|(side, name)| Some(format!("{name} {}", dollars_between(change.sides[side].as_ref()?))))
        .collect();
    let more = if sides.is_empty() { String::new() } else { format!("; {}", sides.join(", ")) };
    if sum.interval.is_none() {
        format!("{names}: {} a worker and year in sum, in one pair of markets: no interval", amount(sum))
    } else if change.way(SUM) == 0 {
        format!("{names}: no detectable difference in sum ({} a worker and year){more}", amount(sum))
    } else {
        let word = if sum.value > 0.0 { "gain" } else { "loss" };
        format!("{names}: in sum a {word}, {} a worker and year{more}", amount(sum))
    }
}

fn together(known: &[(&Change, Estimate)], baseline: &Nothing) -> String {
    let count = |way: i8| known.iter().filter(|(change, _)| change.way(SUM) == way).count();
    let (better, worse) = (count(1), count(-1));
    let all = counted(known.len(), "scenario");
    let (Some((best, high)), Some((worst, low))) = (known.first(), known.last()) else {
        return String::new();
    };
    let ends = format!(
        "from {} a worker and year in {} to {} in {}",
        dollars_between(low),
        quoted(&worst.name),
        dollars_between(high),
        quoted(&best.name)
    );
    if known.iter().all(|(_, sum)| sum.interval.is_none()) {
        return format!(
            "Against {baseline} the sum of all sides ran {ends} (one pair of markets each: no interval)"
        );
    }
    if better == 0 && worse == 0 {
        return format!(
            "In none of {all} was there a detectable difference from {baseline} in the sum of all sides: {ends}"
        );
    }
    let mut parts = Vec::new();
    if better > 0 {
        parts.push(format!("better in {better}"));
    }
    if worse > 0 {
        parts.push(format!("worse in {worse}"));
    }
    let none = match known.len() - better - worse {
        0 => String::new(),
        n => format!(", with no detectable difference in {n}"),
    };
    format!(
        "In sum all sides together were {} of {all} than in {baseline}{none}: {ends}{}",
        parts.join(" and "),
        not_excluded(known, better, worse)
    )
}

/// How large what is shown of no market may yet be.
fn not_excluded(known: &[(&Change, Estimate)], better: usize, worse: usize) -> String {
    let ends = known.iter().filter(|(change, _)| change.way(SUM) == 0).filter_map(|(_, sum)| sum.interval);
    let (lows, highs): (Vec<f64>, Vec<f64>) = ends.unzip();
    let most = highs.into_iter().fold(0.0, f64::max);
    let least = lows.into_iter().fold(0.0, f64::min);
    if better == 0 && most > 0.0 {
        format!("; gains up to {} are not excluded", dollars(most))
    } else if worse == 0 && least < 0.0 {
        format!("; losses up to {} are not excluded", dollars(-least))
    } else {
        String::new()
    }
}

/// The colour of a change: what is gained, what is lost, and grey where that cannot be told.
fn sign(way: i8) -> Rgb {
    match way {
        1 => GAIN,
        -1 => AMISS,
        _ => GREY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(sum: f64, is_called: bool) -> Change {
        let sum = Estimate { n: 8, value: sum, interval: Some((sum - 5.0, sum + 5.0)) };
        Change { name: "a market".to_owned(), sides: [None, None, None, Some(sum)], called: [is_called; 4] }
    }

    #[test]
    fn markets_that_did_better_or_worse_are_counted() {
        let said = |all: &[(f64, bool)]| {
            headline(&all.iter().map(|&(sum, is_called)| change(sum, is_called)).collect::<Vec<_>>())
        };
        let better = "One of three markets did better than selling nothing; none shown worse";
        assert_eq!(said(&[(9.0, true), (2.0, false), (-2.0, false)]), better);
        let worse = "One of three markets did worse than selling nothing; none shown better";
        assert_eq!(said(&[(2.0, false), (-2.0, false), (-9.0, true)]), worse);
        assert_eq!(said(&[(2.0, false)]), "No difference from selling nothing can be told in sum");
    }

    #[test]
    fn several_scenarios_are_judged_together_and_one_is_not() {
        let said = |markets| subtitle(&Nothing::One("organic".to_owned()), markets, &[]);
        assert!(said(3).contains("the 3 scenarios of a side judged together"));
        assert!(!said(1).contains("judged together"));
    }

    #[test]
    fn what_is_not_excluded_is_told_on_the_side_where_nothing_is_shown() {
        let told = |changes: &[Change], better, worse| {
            let known: Vec<(&Change, Estimate)> =
                changes.iter().map(|change| (change, change.sides[SUM].unwrap())).collect();
            not_excluded(&known, better, worse)
        };
        let changes = [change(2.0, false), change(-9.0, true)];
        assert_eq!(told(&changes, 0, 1), "; gains up to $7 are not excluded");
        let changes = [change(9.0, true), change(-2.0, false)];
        assert_eq!(told(&changes, 1, 0), "; losses up to $7 are not excluded");
    }
}
