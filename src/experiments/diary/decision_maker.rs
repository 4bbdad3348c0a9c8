//! A decision-maker's week in sentences: vacancies, requests, meetings, hires, and ties that she blocks.

use super::Dull;
use super::phrases::{cents, impression, reason};
use crate::scenario::Scenario;
use crate::text::{cash, counted, fixed, numbered};
use crate::week::diary::{Entry, Event, Offer, Review, Verdict};
use crate::week::tally::Channel;
use crate::world::ledger::Reason;

/// Sentences of one week, and what happened where nobody but strangers wrote, in vain.
pub(super) fn week(scenario: &Scenario, entries: &[Entry]) -> (Vec<String>, Option<Dull>) {
    let is_cold =
        |entry: &&Entry| matches!(entry.what, Event::Request(Review { channel: Channel::Cold, .. }));
    let letters: Vec<&Entry> = entries.iter().filter(is_cold).collect();
    let met = |entry: &&&Entry| matches!(entry.what, Event::Request(Review { verdict: Verdict::Meets, .. }));
    let answered: Vec<u32> = letters.iter().filter(met).map(|e| e.who.worker.0).collect();
    if letters.len() == entries.len() && answered.is_empty() {
        return (Vec::new(), Some(Dull::Received(letters.len())));
    }
    let mut lines = Vec::new();
    let mut told = false;
    for entry in entries {
        if !told && !letters.is_empty() && matches!(entry.what, Event::Request(_)) {
            lines.push(applications(letters.len(), &answered));
            told = true;
        }
        if !is_cold(&entry) {
            lines.extend(sentence(scenario, entry));
        }
    }
    (lines, None)
}

fn applications(n: usize, answered: &[u32]) -> String {
    let people = if n == 1 { "1 person writes".to_owned() } else { format!("{n} people write") };
    if answered.is_empty() {
        format!("{people} to her; she answers none.")
    } else {
        format!("{people} to her; she meets {}.", numbered("worker", answered))
    }
}

fn sentence(scenario: &Scenario, entry: &Entry) -> Option<String> {
    let (worker, introducer) = (entry.who.worker.0, entry.who.introducer.0);
    let line = match &entry.what {
        Event::Opens => "Her vacancy opens.".to_owned(),
        Event::Lapses => "Her vacancy lapses.".to_owned(),
        Event::LosesJob => format!("The job of worker {worker} with her ends."),
        Event::Engages => format!("She engages introducer {introducer} to fill her vacancy."),
        Event::Request(review) => request(scenario, review, worker, introducer),
        Event::Interview(interview) => {
            let verdict = if interview.passed() { "passes" } else { "fails" };
            format!("Worker {worker} {verdict}: she {}.", impression(interview))
        }
        Event::Hears { teller, passed } => {
            let how = if *passed { "did well" } else { "failed" };
            format!("Decision-maker {} tells her that a client of introducer {introducer} {how}.", teller.0)
        }
        Event::Offer(offer) => offers(offer, worker),
        Event::Transfer { reason: Reason::Fee, cents: amount, .. } => {
            format!("Her firm pays {} to introducer {introducer}.", cents(*amount))
        }
        Event::Transfer { reason: Reason::Bonus, cents: amount, insider } => {
            let insider = insider.unwrap_or_default();
            format!("Her firm pays worker {insider} a bonus of {} for the form.", cents(*amount))
        }
        Event::Blocks { goodwill } => {
            format!("She blocks introducer {introducer}: goodwill is down to {}.", fixed(*goodwill, 2))
        }
        Event::Reopens { rebuilt: true } => format!("Introducer {introducer} wins her back."),
        Event::Reopens { rebuilt: false } => format!("She forgives introducer {introducer}."),
        Event::Bombarded { requests } => {
            format!("Introducer {introducer} sends her {}.", counted(*requests as usize, "stranger"))
        }
        _ => return None,
    };
    Some(line)
}

fn request(scenario: &Scenario, review: &Review, worker: u32, introducer: u32) -> String {
    let way = match review.channel {
        Channel::Organic => format!("Introducer {introducer} sends her worker {worker}, for nothing"),
        Channel::Paid => format!("Introducer {introducer} sends her worker {worker}, his client"),
        Channel::Submitted => format!("Introducer {introducer} submits worker {worker}"),
        Channel::Referred => format!("A friend's form brings worker {worker}"),
        Channel::Stranger => format!("A form brings worker {worker}"),
        Channel::Cold | Channel::Lead => format!("Worker {worker} writes to her"),
    };
    match review.verdict {
        Verdict::Meets => format!("{way}; she meets him."),
        Verdict::MeetsOtherwise => format!("{way}; {}.", reason(scenario, review)),
        _ => format!("{way}; she declines: {}.", reason(scenario, review)),
    }
}

fn offers(offer: &Offer, worker: u32) -> String {
    let told = format!("She offers the job to worker {worker} at {} a year", cash(offer.salary.round()));
    if offer.is_taken() {
        format!("{told}, who takes it.")
    } else if offer.outbid {
        format!("{told}, who has a better offer.")
    } else {
        format!("{told}, who accepts nothing below {}.", cash(offer.lowest.round()))
    }
}
