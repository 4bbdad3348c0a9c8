//! Diaries in words: what the week told of one life, in whole sentences, week by week, and which lives are worth reading.

mod decision_maker;
mod interesting;
mod introducer;
mod pair;
mod phrases;
#[cfg(test)]
mod tests;
mod worker;

use std::collections::BTreeMap;

use crate::ids::{DecisionMakerId, IntroducerId, WorkerId};
use crate::scenario::Scenario;
use crate::text::counted;
use crate::week::diary::{Entry, Watch};

pub use interesting::{Found, RULES, most_interesting};
pub use pair::{Pair, side_by_side};
pub use phrases::about;

/// Whose life it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A worker, by row.
    Worker(u32),
    /// An introducer.
    Introducer(u32),
    /// A decision-maker.
    DecisionMaker(u32),
}

impl Subject {
    /// In words, as in "worker 12".
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Worker(row) => format!("worker {row}"),
            Self::Introducer(row) => format!("introducer {row}"),
            Self::DecisionMaker(row) => format!("decision-maker {row}"),
        }
    }

    /// What must be written down to tell this life.
    #[must_use]
    pub fn watch(self) -> Watch {
        let (mut workers, mut introducers, mut decision_makers) = (Vec::new(), Vec::new(), Vec::new());
        match self {
            Self::Worker(row) => workers.push(row),
            Self::Introducer(row) => introducers.push(row),
            Self::DecisionMaker(row) => decision_makers.push(row),
        }
        Watch::Lives { workers, introducers, decision_makers }
    }

    /// Whether this one takes part.
    #[must_use]
    pub fn is_in(self, entry: &Entry) -> bool {
        match self {
            Self::Worker(row) => entry.who.worker == WorkerId(row),
            Self::Introducer(row) => entry.who.introducer == IntroducerId(row),
            Self::DecisionMaker(row) => entry.who.decision_maker == DecisionMakerId(row),
        }
    }
}

/// A week, or a few weeks in which the same dull thing happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// First week, counted from the opening.
    pub first: u32,
    /// Last one.
    pub last: u32,
    /// Sentences.
    pub lines: Vec<String>,
    /// What happens if it is so dull that neighbouring weeks of the kind make one.
    dull: Option<Dull>,
}

/// What neighbouring weeks are made one of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Dull {
    /// A worker writes to so many decision-makers, and nobody answers.
    Written(usize),
    /// A decision-maker gets so many letters and answers none.
    Received(usize),
    /// A seller works so many hours for nothing; and so many dollars of profit.
    Kept(f64, f64),
}

impl Dull {
    fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Written(a), Self::Written(b)) => Some(Self::Written(a + b)),
            (Self::Received(a), Self::Received(b)) => Some(Self::Received(a + b)),
            (Self::Kept(a, p), Self::Kept(b, q)) => Some(Self::Kept(a + b, p + q)),
            _ => None,
        }
    }

    fn sentence(self) -> String {
        match self {
            Self::Written(n) => {
                let nobody = if n == 1 { ", who does not answer" } else { "; none answers" };
                format!("He writes to {}{nobody}.", counted(n, "decision-maker"))
            }
            Self::Received(1) => "1 person writes to her; she does not answer.".to_owned(),
            Self::Received(n) => format!("{n} people write to her; she answers none."),
            Self::Kept(hours, profit) => {
                let hours = crate::text::hours(hours);
                format!("{hours} of work bring nothing: {}.", phrases::result(profit))
            }
        }
    }
}

/// The life of one subject, a day for every week in which something happens; `opened`: the last week before the opening,
/// as the world counts.
#[must_use]
pub fn days(scenario: &Scenario, subject: Subject, opened: u32, entries: &[Entry]) -> Vec<Day> {
    let mut weeks: BTreeMap<u32, Vec<Entry>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| subject.is_in(entry)) {
        weeks.entry(entry.week.saturating_sub(opened)).or_default().push(*entry);
    }
    let day = |(week, entries): (u32, Vec<Entry>)| {
        let (mut lines, dull) = match subject {
            Subject::Worker(_) => worker::week(scenario, &entries),
            Subject::Introducer(_) => introducer::week(scenario, &entries),
            Subject::DecisionMaker(_) => decision_maker::week(scenario, &entries),
        };
        lines.extend(dull.map(Dull::sentence));
        Day { first: week, last: week, lines, dull }
    };
    weeks.into_iter().map(day).filter(|day| !day.lines.is_empty()).collect()
}

/// The same life with neighbouring dull weeks made one; weeks in between in which nothing happens at all are no
/// hindrance.
#[must_use]
pub fn shortened(days: &[Day]) -> Vec<Day> {
    let mut short: Vec<Day> = Vec::new();
    for day in days {
        let joined = short.last().and_then(|last| last.dull?.with(day.dull?));
        match (joined, short.last_mut()) {
            (Some(dull), Some(last)) => {
                last.last = day.last;
                last.lines = vec![dull.sentence()];
                last.dull = Some(dull);
            }
            _ => short.push(day.clone()),
        }
    }
    short
}
