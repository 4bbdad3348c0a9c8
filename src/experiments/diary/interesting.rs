//! Which lives are worth reading, by rules that can be said in a sentence each.

use super::Subject;
use crate::scenario::Scenario;
use crate::week::diary::{Decision, Entry, Event, Screened, Thought};

/// How lives of workers, introducers and decision-makers are chosen, in words.
pub const RULES: [&str; 3] = [
    "workers with the most events around buying (applications to sellers, their decisions, payments, coaching, forms), \
     then with the most meetings",
    "introducers who stopped selling or began again most often, then with the most clients, then with the most \
     requests for others",
    "decision-makers who blocked the most ties, then with the most hires, then with the most meetings",
];

/// A life and what makes it worth reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub subject: Subject,
    /// What was counted, first things first.
    pub score: [u32; 3],
    /// The same in words.
    pub why: String,
}

/// The lives with the highest scores of each kind, at most so many each; of equal ones the lower ids. Nobody without a
/// first or second score is worth reading.
///
/// `entries`: of [`Watch::Highlights`](crate::week::diary::Watch::Highlights) or everybody.
#[must_use]
pub fn most_interesting(scenario: &Scenario, entries: &[Entry], most: usize) -> [Vec<Found>; 3] {
    let mut scores = [
        vec![[0; 3]; scenario.workers.count as usize],
        vec![[0; 3]; scenario.introducers.count as usize],
        vec![[0; 3]; scenario.decision_makers.count as usize],
    ];
    for entry in entries {
        let who = [entry.who.worker.0, entry.who.introducer.0, entry.who.decision_maker.0];
        let counts = [for_worker(&entry.what), for_introducer(&entry.what), for_decision_maker(&entry.what)];
        for ((table, row), place) in scores.iter_mut().zip(who).zip(counts) {
            if let (Some(score), Some(place)) = (table.get_mut(row as usize), place) {
                score[place] += 1;
            }
        }
    }
    let of = [Subject::Worker, Subject::Introducer, Subject::DecisionMaker];
    let words = [in_words_worker, in_words_introducer, in_words_decision_maker];
    std::array::from_fn(|kind| {
        let mut rows: Vec<(u32, [u32; 3])> =
            scores[kind].iter().enumerate().map(|(row, &score)| (super::phrases::row(row), score)).collect();
        rows.retain(|(_, score)| score[0] + score[1] > 0);
        rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.truncate(most);
        rows.iter()
            .map(|&(row, score)| Found { subject: of[kind](row), score, why: words[kind](score) })
            .collect()
    })
}

fn for_worker(what: &Event) -> Option<usize> {
    match what {
        Event::Considers(Thought::Applies { .. })
        | Event::Screened(_)
        | Event::Sham { .. }
        | Event::Pays { .. }
        | Event::Transfer { .. }
        | Event::LosesRefund { .. }
        | Event::Coached { .. }
        | Event::AsksForForm { .. }
        | Event::Ends(_) => Some(0),
        Event::Interview(_) => Some(1),
        _ => None,
    }
}

fn for_introducer(what: &Event) -> Option<usize> {
    match what {
        Event::StopsSelling(_) | Event::BeginsSelling(_) => Some(0),
        Event::Screened(Screened { decision: Decision::Signed, .. }) | Event::Engages => Some(1),
        Event::Request(_) => Some(2),
        _ => None,
    }
}

fn for_decision_maker(what: &Event) -> Option<usize> {
    match what {
        Event::Blocks { .. } => Some(0),
        Event::Hired { .. } => Some(1),
        Event::Interview(_) => Some(2),
        _ => None,
    }
}

fn in_words_worker([bought, met, _]: [u32; 3]) -> String {
    format!("{} around buying, {}", counted(bought, "event"), counted(met, "meeting"))
}

fn in_words_introducer([stops, clients, requests]: [u32; 3]) -> String {
    let stops = match stops {
        0 => "never stopped selling or began again".to_owned(),
        1 => "stopped selling".to_owned(),
        n => format!("stopped selling or began again {n} times"),
    };
    format!("{stops}; {}, {}", counted(clients, "client"), counted(requests, "request"))
}

pub(super) fn in_words_decision_maker([blocks, hires, met]: [u32; 3]) -> String {
    let ties = counted(blocks, "tie");
    format!("{ties} blocked, {}, {}", counted(hires, "hire"), counted(met, "meeting"))
}

fn counted(n: u32, noun: &str) -> String {
    crate::text::counted(n as usize, noun)
}
