//! Break-even: at which value of a knob a seller's hour pays, and at which the market lasts.
//!
//! *The hour pays* where an hour of selling earns what it is worth elsewhere: fees less refunds (paid and newly
//! expected), costs and social capital spent, less all hours worked and open at what each seller's are worth elsewhere,
//! per hour worked or open, as an average over replications of 0 or more. Over the judged weeks, and over all weeks, which
//! count what those lost who gave up. In a market in which sellers hold under 100 hours an hour finds no use: it counts
//! as one that earns nothing and costs what it is worth to the introducer who would sell first.
//!
//! *The market is alive* where on average over replications sellers place more people than
//! [`verdict::ALIVE_ABOVE`].

use super::crossing::{self, Crossing, Curve, Found, Tried, search};
use super::keep::{Keep, Missing};
use super::tries::{Column, Row, outcomes_of};
use super::verdict;
use super::warning::Warning;
use crate::engine::{Arm, batch};
use crate::scenario::Scenario;
use crate::scenario::experiment::Knob;

/// What may turn from not holding to holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// A seller's hour pays in the judged weeks.
    HourPays,
    /// A seller's hour pays over all weeks from the opening on.
    HourPaysAllWeeks,
    /// Sellers place enough people in the judged weeks.
    Alive,
}

impl Criterion {
    /// Every criterion, in the order of the tables.
    pub const ALL: [Self; 3] = [Self::HourPays, Self::HourPaysAllWeeks, Self::Alive];

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HourPays => "hour_pays",
            Self::HourPaysAllWeeks => "hour_pays_all_weeks",
            Self::Alive => "alive",
        }
    }

    /// The number of one replication that is averaged: the criterion holds where the average is 0 or more. None where
    /// nobody may sell.
    #[must_use]
    pub fn margin(self, row: &[Option<f64>]) -> Option<f64> {
        match self {
            Self::HourPays => {
                profit_per_hour(row, ["sellers_profit_dollars_judged", "hours_judged", "hours_open_judged"])
            }
            Self::HourPaysAllWeeks => profit_per_hour(row, ["sellers_profit_dollars", "hours", "hours_open"]),
            Self::Alive => Some(Column::known(verdict::MEASURE).read(row)? - verdict::ALIVE_ABOVE),
        }
    }

    /// Fees, hours and placements of the weeks that it speaks of.
    fn sums(self, row: &[Option<f64>]) -> [f64; 3] {
        let read = |names: &[&str]| -> f64 {
            names.iter().map(|name| Column::known(name).read(row).unwrap_or(0.0)).sum()
        };
        match self {
            Self::HourPaysAllWeeks => {
                [read(&["fees_dollars"]), read(&["hours"]), read(&["hires_paid", "hires_submitted"])]
            }
            Self::HourPays | Self::Alive => [
                read(&["fees_dollars_judged"]),
                read(&["hours_judged"]),
                read(&["hires_paid_judged", "hires_submitted_judged"]),
            ],
        }
    }
}

/// Hours that all sellers hold below which an hour finds no use.
const NO_MARKET_BELOW_HOURS: f64 = 100.0;

/// Profit per hour worked or open; minus what an hour is worth to the one who would sell first where too few are held
/// to speak of a market.
fn profit_per_hour(row: &[Option<f64>], [profit, worked, open]: [&str; 3]) -> Option<f64> {
    let read = |name| Column::known(name).read(row);
    let held = read(worked)? + read(open)?;
    if held >= NO_MARKET_BELOW_HOURS { Some(read(profit)? / held) } else { Some(-read("least_wage")?) }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is turned.
    pub knob: Knob,
    /// In which scenarios.
    pub levels: Vec<Level>,
    /// Points of the coarse grid.
    pub points: usize,
}

/// A scenario in which the knob is turned.
#[derive(Clone, Debug)]
pub struct Level {
    /// Name used in tables, unique.
    pub name: String,
    /// The scenario.
    pub scenario: Scenario,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// By level.
    pub levels: Vec<LevelAnswer>,
    /// What not to believe.
    pub cautions: Vec<Caution>,
}

/// What was found at one level.
#[derive(Clone, Debug)]
pub struct LevelAnswer {
    /// Points tried, in order of value.
    pub points: Vec<Point>,
    /// By [`Criterion::ALL`].
    pub findings: Vec<Finding>,
}

/// A value that was tried.
#[derive(Clone, Debug)]
pub struct Point {
    /// Value of the knob, in the unit of its key.
    pub value: f64,
    /// Round in which it was tried; 0 is the coarse grid.
    pub round: usize,
    /// What came out, by replication.
    pub rows: Vec<Row>,
    /// What is averaged, by [`Criterion::ALL`], then by replication; none where it did not finish.
    pub margins: Vec<Vec<Option<f64>>>,
    place: f64,
}

/// One criterion at one level.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The criterion.
    pub criterion: Criterion,
    /// What its curve does; none if no replication finished everywhere.
    pub found: Option<Found>,
    /// For each of its crossings what it means.
    pub breakevens: Vec<Breakeven>,
}

/// A crossing in the units of the market.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breakeven {
    /// Value of the knob, with its interval.
    pub value: f64,
    /// Lower and upper end of the interval.
    pub interval: Option<(f64, f64)>,
    /// The crossing itself.
    pub crossing: Crossing,
    /// Fees per placement there, dollars; none without placements.
    pub fee_per_placement: Option<f64>,
    /// Sellers' hours per placement there.
    pub hours_per_placement: Option<f64>,
}

/// What a reader should not believe.
#[derive(Clone, Debug, PartialEq)]
pub enum Caution {
    /// Something about a labour market, where it differs between points at the value given.
    Market {
        /// Knob and value.
        at: Option<String>,
        /// What.
        warning: Warning,
    },
    /// Replications left out, because they did not finish at some point or have no such number there.
    LeftOut {
        /// The level.
        level: String,
        /// How many.
        replications: usize,
    },
    /// The knob changes nothing at all.
    Still {
        /// The knob.
        knob: &'static str,
        /// The level.
        level: String,
    },
}

impl std::fmt::Display for Caution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Market { at: Some(at), warning } => write!(f, "{at}: {warning}"),
            Self::Market { at: None, warning } => write!(f, "{warning}"),
            Self::LeftOut { level, replications } => {
                let (plural, verb) = if *replications == 1 { ("", "has") } else { ("s", "have") };
                write!(
                    f,
                    "{level}: {replications} replication{plural} {verb} no number at some value and count nowhere; \
                     see curve.csv"
                )
            }
            Self::Still { knob, level } => {
                write!(f, "{level}: turning {knob} changes nothing; every value has the same outcomes")
            }
        }
    }
}

impl Question {
    /// Places of the coarse grid, in [0, 1].
    #[must_use]
    pub fn grid(&self) -> Vec<f64> {
        let last = self.points.saturating_sub(1).max(1);
        let mut places: Vec<f64> =
            (0..self.points).map(|i| self.knob.place(i as f64 / last as f64)).collect();
        places.dedup_by(|one, other| (*one - *other).abs() < 1e-9);
        places
    }

    fn turned(&self, level: usize, place: f64) -> Scenario {
        let mut scenario = self.levels[level].scenario.clone();
        self.knob.turn(&mut scenario, &self.knob.at(place));
        scenario
    }

    fn along(&self, place: f64) -> f64 {
        self.knob.along(place).unwrap_or(f64::NAN)
    }

    fn value(&self, place: f64) -> f64 {
        self.knob.at(place).number().unwrap_or(f64::NAN)
    }
}

/// Answers a question: rounds of runs on the same luck, then the crossings of every level and criterion.
///
/// - `begin`: called with the weeks of each round; gives what is called after each of them, from any thread
/// - `kept`: what is finished is kept there, and not run again
///
/// # Errors
/// [`Missing`] if others have not run theirs: the next round needs all of this one.
pub fn answer(question: &Question, begin: &mut Begin<'_>, kept: &dyn Keep) -> Result<Answer, Missing> {
    let mut rows: Vec<Vec<Vec<Row>>> = vec![Vec::new(); question.levels.len()];
    let mut cautions: Vec<Caution> = Vec::new();
    let mut try_points = |points: &[(usize, f64)]| {
        let arms: Vec<Arm> = points.iter().map(|&(level, place)| question.arm(level, place)).collect();
        let week_done = begin(batch::total_weeks(&arms));
        let tries = outcomes_of(&arms, &*week_done, kept)?;
        // Later rounds find the same labour markets, or such between them.
        if rows.iter().all(Vec::is_empty) {
            cautions.extend(question.of_markets(points, tries.warnings));
        }
        let values = tries.rows.iter().map(|rows| margins(rows)).collect();
        for (&(level, _), of_point) in points.iter().zip(tries.rows) {
            rows[level].push(of_point);
        }
        Ok(values)
    };
    let snap = |level: usize, place: f64| {
        let place = question.knob.place(place);
        question.turned(level, place).check().is_ok().then_some(place)
    };
    let seed = question.levels.first().map_or(0, |level| level.scenario.run.seed);
    let tried = search(question.levels.len(), &question.grid(), seed, &snap, &mut try_points)?;
    let mut levels = Vec::new();
    for ((level, tried), rows) in question.levels.iter().zip(&tried).zip(rows) {
        let points = points_of(question, tried, rows);
        cautions.extend(cautions_of(question, level, &points));
        let finding = |(number, &criterion): (usize, &Criterion)| {
            let curve = crossing::search::curve(tried, number);
            finding(question, criterion, curve, &points, seed)
        };
        let findings = Criterion::ALL.iter().enumerate().map(finding).collect();
        levels.push(LevelAnswer { findings, points });
    }
    Ok(Answer { levels, cautions })
}

/// What is averaged, by criterion, then by replication.
fn margins(rows: &[Row]) -> Vec<Vec<Option<f64>>> {
    let margin = |criterion: Criterion| rows.iter().map(|row| criterion.margin(row.as_ref().ok()?)).collect();
    Criterion::ALL.map(margin).to_vec()
}

/// Called with the weeks of a round; gives what is called after each week.
pub type Begin<'a> = dyn FnMut(u64) -> Box<dyn Fn() + Sync> + Send + 'a;

impl Question {
    /// Whether each value of the knob has a labour market of its own.
    fn moves_labour_market(&self) -> bool {
        self.turned(0, 0.0).labour_market() != self.turned(0, 1.0).labour_market()
    }

    fn arm(&self, level: usize, place: f64) -> Arm {
        let name = format!("{} / {}", self.levels[level].name, self.value(place));
        Arm { name, scenario: self.turned(level, place) }
    }

    /// What is to be said of the labour markets of some points, with the value where each value has its own.
    fn of_markets(&self, points: &[(usize, f64)], warnings: Vec<(usize, Warning)>) -> Vec<Caution> {
        let moves = self.moves_labour_market();
        let mut cautions: Vec<Caution> = Vec::new();
        for (point, warning) in warnings {
            let at = moves.then(|| setting_text(&self.knob, points[point].1));
            let caution = Caution::Market { at, warning };
            if !cautions.contains(&caution) {
                cautions.push(caution);
            }
        }
        cautions
    }
}

/// A knob turned to a place, as in "introducers.goodwill_value = $2,000".
pub(super) fn setting_text(knob: &Knob, place: f64) -> String {
    format!("{} = {}", knob.key.path, knob.text(&knob.at(place)).replace('"', ""))
}

fn points_of(question: &Question, tried: &[Tried], rows: Vec<Vec<Row>>) -> Vec<Point> {
    let point = |(tried, rows): (&Tried, Vec<Row>)| Point {
        value: question.value(tried.place),
        round: tried.round,
        rows,
        margins: tried.values.clone(),
        place: tried.place,
    };
    let mut points: Vec<Point> = tried.iter().zip(rows).map(point).collect();
    points.sort_by(|one, other| one.place.total_cmp(&other.place));
    points
}

fn cautions_of(question: &Question, level: &Level, points: &[Point]) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let replications = points.iter().map(|point| point.rows.len()).max().unwrap_or(0);
    let fails = |r: &usize| points.iter().any(|point| point.rows[*r].is_err());
    let failed = (0..replications).filter(fails).count();
    if failed > 0 {
        cautions.push(Caution::LeftOut { level: level.name.clone(), replications: failed });
    }
    if points.len() > 1 && points.windows(2).all(|pair| pair[0].rows == pair[1].rows) {
        cautions.push(Caution::Still { knob: question.knob.key.path, level: level.name.clone() });
    }
    cautions
}

fn finding(
    question: &Question,
    criterion: Criterion,
    curve: Option<Curve>,
    points: &[Point],
    seed: u64,
) -> Finding {
    let found = curve.map(|curve| crossing::find(&curve, seed));
    let sum = |number: usize| {
        let one = |row: &Row| row.as_ref().ok().map(|row| criterion.sums(row)[number]);
        let of_point = |point: &Point| (point.place, point.rows.iter().map(one).collect::<Vec<_>>());
        let values: Vec<_> = points.iter().map(of_point).collect();
        Curve::new(values.iter().map(|(place, values)| (*place, values.as_slice())).collect())
    };
    let sums = [0, 1, 2].map(sum);
    let breakeven = |crossing: &Crossing| {
        let at = |number: usize| sums[number].as_ref().map(|curve: &Curve| curve.at(crossing.place));
        let placements = at(2).filter(|&placements| placements > 0.0);
        let per_placement = |number: usize| Some(at(number)? / placements?);
        Breakeven {
            value: question.along(crossing.place),
            interval: crossing.interval.map(|(low, high)| (question.along(low), question.along(high))),
            crossing: *crossing,
            fee_per_placement: per_placement(0),
            hours_per_placement: per_placement(1),
        }
    };
    let breakevens = found.iter().flat_map(|found| &found.crossings).map(breakeven).collect();
    Finding { criterion, found, breakevens }
}
