//! Thresholds: from which value of a knob on something holds.
//!
//! A subject is run at values of the knob, all on the same luck; of each replication it has a number that is 0 or more
//! where it holds. A coarse grid first, then rounds of points where the mean over replications goes through zero, and
//! last a point at each crossing, from which is read what else is so there.
//! [`breakeven`] asks when selling pays, [`flip`] how dear a burnt relationship must be for a claim to be true.

pub mod breakeven;
pub mod crossing;
pub mod evaluate;
pub mod flip;

use std::collections::BTreeMap;

use super::keep::{Keep, Missing};
use super::warning::Warning;
use crate::engine::{Arm, batch};
use crate::scenario::Scenario;
use crate::scenario::experiment::Knob;
use crossing::{Crossing, Found, Tried, search};
use evaluate::{Row, outcomes_of};

/// Something that holds at some values of a knob and not at others.
pub trait Subject: Clone + Send + Sync + 'static {
    /// What is kept of a replication at a value.
    type Reading: Clone + std::fmt::Debug + PartialEq + Send + Sync;
    /// What a crossing means beside its value.
    type Meaning: Clone + std::fmt::Debug + Send + Sync;
    /// How many numbers of a reading may go through zero.
    const CRITERIA: usize;
    /// Whether a replication without a number at some value is said to be left out, though it finished.
    const SAYS_WHAT_LACKS_A_NUMBER: bool;

    /// Its name in tables.
    fn name(&self) -> &str;

    /// The scenario in which the knob is turned.
    fn scenario(&self) -> &Scenario;

    /// Another that it is held against, with the knob turned alike.
    fn against(&self) -> Option<&Scenario> {
        None
    }

    /// What a replication says.
    ///
    /// - `own`, `against`: outcomes in the two scenarios
    fn reading(&self, own: &[Option<f64>], against: Option<&[Option<f64>]>) -> Self::Reading;

    /// The number that is averaged: the criterion holds where the average is 0 or more.
    fn margin(&self, criterion: usize, reading: &Self::Reading) -> Option<f64>;

    /// What a crossing of a criterion means.
    ///
    /// - `points`: all that were tried, the one at the crossing among them
    fn meaning(
        &self,
        criterion: usize,
        crossing: &Crossing,
        points: &[Point<Self::Reading>],
    ) -> Self::Meaning;
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<S> {
    /// What is turned.
    pub knob: Knob,
    /// Of what.
    pub subjects: Vec<S>,
    /// Points of the coarse grid.
    pub points: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Answer<S: Subject> {
    /// By subject.
    pub subjects: Vec<Answered<S>>,
    /// What not to believe.
    pub cautions: Vec<Caution>,
}

/// What was found of one subject.
#[derive(Clone, Debug)]
pub struct Answered<S: Subject> {
    /// Values tried, ascending.
    pub points: Vec<Point<S::Reading>>,
    /// By criterion.
    pub findings: Vec<Finding<S::Meaning>>,
}

/// A value that was tried.
#[derive(Clone, Debug)]
pub struct Point<R> {
    /// Value of the knob, in the unit of its key.
    pub value: f64,
    /// Round in which it was tried; 0 is the coarse grid.
    pub round: usize,
    /// What each replication says, or why it says nothing.
    pub rows: Vec<Result<R, String>>,
    /// Where on the way through the range, in [0, 1].
    place: f64,
}

/// One criterion of one subject.
#[derive(Clone, Debug)]
pub struct Finding<M> {
    /// What its curve does; `None` if no replication has its number everywhere.
    pub found: Option<Found>,
    /// Its crossings in the units of the market.
    pub turns: Vec<Turn<M>>,
    /// Without a crossing, where it is shown to hold or not to hold, though not in the whole range.
    pub part: Option<Part>,
}

/// Values of the knob between which something is shown to hold, or not to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The lowest.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// Whether it holds.
    pub holds: bool,
}

/// A crossing in the units of the market.
#[derive(Clone, Debug)]
pub struct Turn<M> {
    /// Value of the knob.
    pub value: f64,
    /// Lower and upper end of its interval.
    pub interval: Option<(f64, f64)>,
    /// The crossing itself.
    pub crossing: Crossing,
    /// What it means.
    pub meaning: M,
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
        /// Of what.
        subject: String,
        /// How many.
        replications: usize,
    },
    /// The knob changes nothing at all.
    Inert {
        /// The knob.
        knob: &'static str,
        /// Of what.
        subject: String,
    },
}

impl std::fmt::Display for Caution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Market { at: Some(at), warning } => write!(f, "{at}: {warning}"),
            Self::Market { at: None, warning } => write!(f, "{warning}"),
            Self::LeftOut { subject, replications } => {
                let (plural, verb) = if *replications == 1 { ("", "has") } else { ("s", "have") };
                write!(
                    f,
                    "{subject}: {replications} replication{plural} {verb} no number at some value and count nowhere; \
                     see curve.csv"
                )
            }
            Self::Inert { knob, subject } => {
                write!(f, "{subject}: turning {knob} changes nothing; every value has the same outcomes")
            }
        }
    }
}

/// Called with the weeks of a round; gives what is called after each week, from any thread.
pub type Begin<'a> = dyn FnMut(u64) -> Box<dyn Fn() + Sync> + Send + 'a;

impl<S: Subject> Question<S> {
    /// Places of the coarse grid, in [0, 1].
    #[must_use]
    pub fn grid(&self) -> Vec<f64> {
        let last = self.points.saturating_sub(1).max(1);
        let mut places: Vec<f64> =
            (0..self.points).map(|i| self.knob.place(i as f64 / last as f64)).collect();
        places.dedup_by(|one, other| (*one - *other).abs() < 1e-9);
        places
    }

    /// Weeks of markets that the coarse grid takes.
    #[must_use]
    pub fn coarse_weeks(&self) -> u64 {
        let grid = self.grid();
        let of = |subject: usize| grid.iter().map(move |&place| (subject, place));
        let points: Vec<(usize, f64)> = (0..self.subjects.len()).flat_map(of).collect();
        let work = Work::new(self);
        batch::total_weeks(&work.arms(&work.needed(&points)))
    }

    /// A scenario with the knob turned to a place.
    #[must_use]
    pub fn turned(&self, scenario: &Scenario, place: f64) -> Scenario {
        let mut scenario = scenario.clone();
        self.knob.turn(&mut scenario, &self.knob.at(place));
        scenario
    }

    fn along(&self, place: f64) -> f64 {
        self.knob.along(place).unwrap_or(f64::NAN)
    }

    fn value(&self, place: f64) -> f64 {
        self.knob.at(place).number().unwrap_or(f64::NAN)
    }

    /// Replications of any subject, at least.
    #[must_use]
    pub fn replications(&self) -> u32 {
        let scenarios = self.subjects.iter().flat_map(|s| std::iter::once(s.scenario()).chain(s.against()));
        scenarios.map(|scenario| scenario.run.replications).min().unwrap_or(0)
    }
}

impl<S: Subject> Answer<S> {
    /// Whether a replication failed anywhere.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        let points = self.subjects.iter().flat_map(|answered| &answered.points);
        points.flat_map(|point| &point.rows).any(Result::is_err)
    }
}

/// Answers a question: rounds of runs on the same luck, then the crossings of every subject and criterion.
///
/// - `begin`: called with the weeks of each round; gives what is called after each of them, from any thread
/// - `kept`: what is finished is kept there, and not run again
///
/// # Errors
/// [`Missing`] if others have not run theirs: the next round needs all of this one.
pub fn answer<S: Subject>(
    question: &Question<S>,
    begin: &mut Begin<'_>,
    kept: &dyn Keep,
) -> Result<Answer<S>, Missing> {
    let mut work = Work::new(question);
    let mut try_points = |points: &[(usize, f64)]| {
        work.run(points, begin, kept)?;
        let values = |&(subject, place): &(usize, f64)| {
            let (rows, asked) = (work.readings(subject, place), &question.subjects[subject]);
            (0..S::CRITERIA).map(|criterion| margins(asked, criterion, &rows)).collect()
        };
        Ok(points.iter().map(values).collect())
    };
    let snap = |subject: usize, place: f64| {
        let place = question.knob.place(place);
        question.turned(question.subjects[subject].scenario(), place).check().is_ok().then_some(place)
    };
    let seed = question.subjects.first().map_or(0, |subject| subject.scenario().run.seed);
    let tried = search(question.subjects.len(), &question.grid(), seed, &snap, &mut try_points)?;
    let (mut subjects, mut cautions) = (Vec::new(), std::mem::take(&mut work.cautions));
    for (number, tried) in tried.iter().enumerate() {
        let answered = work.answered(number, tried, seed);
        cautions.extend(cautions_of(question, &question.subjects[number], &answered));
        subjects.push(answered);
    }
    Ok(Answer { subjects, cautions })
}

/// What is averaged, by replication.
fn margins<S: Subject>(
    subject: &S,
    criterion: usize,
    rows: &[Result<S::Reading, String>],
) -> Vec<Option<f64>> {
    rows.iter().map(|row| subject.margin(criterion, row.as_ref().ok()?)).collect()
}

/// The work: which scenarios are run at which place, each once however many subjects need it.
struct Work<'a, S> {
    question: &'a Question<S>,
    scenarios: Vec<&'a Scenario>,
    /// Scenario and counterpart of each subject, by their numbers.
    of_subjects: Vec<(usize, Option<usize>)>,
    /// By scenario and place (its bits, which sort like the positive number that they are).
    rows: BTreeMap<(usize, u64), Vec<Row>>,
    cautions: Vec<Caution>,
}

impl<'a, S: Subject> Work<'a, S> {
    fn new(question: &'a Question<S>) -> Self {
        let mut scenarios: Vec<&Scenario> = Vec::new();
        let mut number = |scenario: &'a Scenario| {
            let known = scenarios.iter().position(|known| *known == scenario);
            known.unwrap_or_else(|| {
                scenarios.push(scenario);
                scenarios.len() - 1
            })
        };
        let mut of_subject =
            |subject: &'a S| (number(subject.scenario()), subject.against().map(&mut number));
        let of_subjects = question.subjects.iter().map(&mut of_subject).collect();
        Self { question, scenarios, of_subjects, rows: BTreeMap::new(), cautions: Vec::new() }
    }

    /// The scenarios and places that the points need and that have not been run.
    fn needed(&self, points: &[(usize, f64)]) -> BTreeMap<(usize, u64), f64> {
        let mut needed = BTreeMap::new();
        for &(subject, place) in points {
            let (own, other) = self.of_subjects[subject];
            let keys = std::iter::once(own).chain(other).map(|scenario| (scenario, place.to_bits()));
            needed.extend(keys.filter(|key| !self.rows.contains_key(key)).map(|key| (key, place)));
        }
        needed
    }

    fn arms(&self, needed: &BTreeMap<(usize, u64), f64>) -> Vec<Arm> {
        let arm = |(&(scenario, _), &place): (&(usize, u64), &f64)| Arm {
            name: format!("{scenario} / {}", self.question.value(place)),
            scenario: self.question.turned(self.scenarios[scenario], place),
        };
        needed.iter().map(arm).collect()
    }

    /// Runs whatever the points need and has not been run.
    fn run(
        &mut self,
        points: &[(usize, f64)],
        begin: &mut Begin<'_>,
        kept: &dyn Keep,
    ) -> Result<(), Missing> {
        let needed = self.needed(points);
        let arms = self.arms(&needed);
        let week_done = begin(batch::total_weeks(&arms));
        let evaluated = outcomes_of(&arms, &*week_done, kept)?;
        // Later rounds find the same labour markets, or such between them.
        if self.rows.is_empty() {
            self.warn(&needed.values().copied().collect::<Vec<_>>(), evaluated.warnings);
        }
        self.rows.extend(needed.into_keys().zip(evaluated.rows));
        Ok(())
    }

    /// Says what is to be said of labour markets, with the value where each value has its own.
    fn warn(&mut self, places: &[f64], warnings: Vec<(usize, Warning)>) {
        let Some(first) = self.scenarios.first() else { return };
        let [low, high] = [0.0, 1.0].map(|place| self.question.turned(first, place));
        let moves = low.labour_market() != high.labour_market();
        for (arm, warning) in warnings {
            let at = moves.then(|| setting_text(&self.question.knob, places[arm]));
            let caution = Caution::Market { at, warning };
            if !self.cautions.contains(&caution) {
                self.cautions.push(caution);
            }
        }
    }

    /// What the replications of a subject say at a place that was run.
    fn readings(&self, subject: usize, place: f64) -> Vec<Result<S::Reading, String>> {
        let (own, other) = self.of_subjects[subject];
        let rows_of =
            |scenario: usize| self.rows.get(&(scenario, place.to_bits())).map_or(&[][..], Vec::as_slice);
        let others = other.map(rows_of);
        let reading = |(replication, row): (usize, &Row)| {
            let own = row.as_ref().map_err(ToString::to_string)?;
            let against = match others {
                None => None,
                Some(rows) => {
                    let row = rows.get(replication).ok_or("the other scenario has no such replication")?;
                    Some(row.as_ref().map_err(ToString::to_string)?.as_slice())
                }
            };
            Ok(self.question.subjects[subject].reading(own, against))
        };
        rows_of(own).iter().enumerate().map(reading).collect()
    }

    fn answered(&self, number: usize, tried: &[Tried], seed: u64) -> Answered<S> {
        let (question, subject) = (self.question, &self.question.subjects[number]);
        let point = |tried: &Tried| Point {
            value: question.value(tried.place),
            round: tried.round,
            rows: self.readings(number, tried.place),
            place: tried.place,
        };
        let mut points: Vec<Point<S::Reading>> = tried.iter().map(point).collect();
        points.sort_by(|one, other| one.place.total_cmp(&other.place));
        let finding = |criterion: usize| {
            let found = search::curve(tried, criterion).map(|curve| crossing::find(&curve, seed));
            let turn = |crossing: &Crossing| Turn {
                value: question.along(crossing.place),
                interval: crossing.interval.map(|(low, high)| (question.along(low), question.along(high))),
                crossing: *crossing,
                meaning: subject.meaning(criterion, crossing, &points),
            };
            let turns = found.iter().flat_map(|found| &found.crossings).map(turn).collect();
            let part = found.as_ref().and_then(|found| found.part).map(|part| Part {
                from: question.along(part.from),
                to: question.along(part.to),
                holds: part.above,
            });
            Finding { found, turns, part }
        };
        Answered { findings: (0..S::CRITERIA).map(finding).collect(), points }
    }
}

/// The point tried that lies nearest to a crossing: the last round puts one there. `None` without points.
fn nearest<'a, R>(points: &'a [Point<R>], crossing: &Crossing) -> Option<&'a Point<R>> {
    let off = |point: &Point<R>| (point.place - crossing.place).abs();
    points.iter().min_by(|one, other| off(one).total_cmp(&off(other)))
}

/// A knob turned to a place, as in "introducers.goodwill_value = $2,000".
fn setting_text(knob: &Knob, place: f64) -> String {
    format!("{} = {}", knob.key.path, knob.text(&knob.at(place)).replace('"', ""))
}

fn cautions_of<S: Subject>(question: &Question<S>, subject: &S, answered: &Answered<S>) -> Vec<Caution> {
    let (points, name) = (&answered.points, || subject.name().to_owned());
    let all = points.iter().map(|point| point.rows.len()).max().unwrap_or(0);
    let fails = |r: &usize| points.iter().any(|point| point.rows[*r].is_err());
    let whole =
        || answered.findings.iter().flat_map(|finding| &finding.found).map(|found| found.replications);
    let left_out = if S::SAYS_WHAT_LACKS_A_NUMBER {
        all.saturating_sub(whole().max().unwrap_or(0))
    } else {
        (0..all).filter(fails).count()
    };
    let mut cautions = Vec::new();
    if left_out > 0 {
        cautions.push(Caution::LeftOut { subject: name(), replications: left_out });
    }
    if points.len() > 1 && points.windows(2).all(|pair| pair[0].rows == pair[1].rows) {
        cautions.push(Caution::Inert { knob: question.knob.key.path, subject: name() });
    }
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_lies_on_either_side_of_a_crossing() {
        let point = |place: f64| Point::<()> { value: place, round: 0, rows: Vec::new(), place };
        let points = [0.1, 0.4, 0.9].map(point);
        let crossing = |place| Crossing { place, rises: true, interval: None, missing: 0.0 };
        let found = |place| nearest(&points, &crossing(place)).map(|point| point.value);
        assert_eq!([0.0, 0.3, 0.5, 0.7].map(found), [Some(0.1), Some(0.4), Some(0.4), Some(0.9)]);
        assert!(nearest::<()>(&[], &crossing(0.5)).is_none());
    }
}
