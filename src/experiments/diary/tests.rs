//! What is told of a few events, written down by hand.

use super::{Dull, decision_maker, interesting, introducer, side_by_side, worker};
use crate::ids::{DecisionMakerId, WorkerId};
use crate::scenario::Scenario;
use crate::week::diary::{Entry, Event, Review, Verdict, Who};
use crate::week::tally::Channel;

fn entry(worker: u32, decision_maker: u32, what: Event) -> Entry {
    let who =
        Who { worker: WorkerId(worker), decision_maker: DecisionMakerId(decision_maker), ..Who::NOBODY };
    Entry { week: 1, who, what }
}

fn letter(verdict: Verdict) -> Event {
    Event::Request(Review {
        channel: Channel::Cold,
        verdict,
        value: 0.0,
        with_vacancy: 0.0,
        with_goodwill: 0.0,
        vacant: true,
        trust: 0.0,
        expected: 0.0,
    })
}

#[test]
fn letters_of_a_week_are_told_once_by_both_sides() {
    let scenario = Scenario::default();
    let some = [entry(3, 8, letter(Verdict::NotWorthIt)), entry(4, 9, letter(Verdict::Meets))];
    let (lines, dull) = decision_maker::week(&scenario, &some);
    assert_eq!((lines, dull), (vec!["2 people write to her; she meets worker 4.".to_owned()], None));
    let (lines, dull) = worker::week(&scenario, &some);
    let told = "He writes to 2 decision-makers; decision-maker 9 meets him.";
    assert_eq!((lines, dull), (vec![told.to_owned()], None));
    let both = [entry(3, 8, letter(Verdict::Meets)), entry(3, 9, letter(Verdict::Meets))];
    let (lines, _) = worker::week(&scenario, &both);
    assert_eq!(lines, ["He writes to 2 decision-makers; decision-makers 8 and 9 meet him."]);
    let vain = [entry(3, 8, letter(Verdict::NotWorthIt))];
    assert_eq!(worker::week(&scenario, &vain).1, Some(Dull::Written(1)));
    assert_eq!(decision_maker::week(&scenario, &vain).1, Some(Dull::Received(1)));
    // Beside something else that happens, nothing is dull.
    let beside = [vain[0], entry(3, u32::MAX, Event::LosesJob)];
    let told = ["He writes to 1 decision-maker, who does not answer.", "He loses his job."];
    assert_eq!(worker::week(&scenario, &beside).0, told);
    let three = [vain[0], vain[0], beside[1]];
    assert_eq!(
        worker::week(&scenario, &three).0,
        ["He writes to 2 decision-makers; none answers.", "He loses his job."]
    );
    assert_eq!(
        worker::week(&scenario, &[entry(3, 8, Event::LosesJob)]).0,
        ["He loses his job with decision-maker 8."]
    );
}

#[test]
fn introducers_tell_whom_they_refuse_what_they_stage_and_who_comes_back() {
    let scenario = Scenario::default();
    let week = |entries: &[Entry]| introducer::week(&scenario, entries).0;
    let asks = |worker| entry(worker, 8, Event::Asks(crate::week::diary::Answer::NotWorthIt));
    assert_eq!(week(&[asks(3), asks(5)]), ["Workers 3 and 5 ask in vain: he fears for his name."]);
    let sham = |found_out| entry(3, 8, Event::Sham { found_out });
    assert_eq!(week(&[asks(3)]), ["Worker 3 asks in vain: he fears for his name."]);
    assert_eq!(week(&[sham(false)]), ["He stages 1 meeting with an actor."]);
    assert_eq!(
        week(&[sham(false), sham(true)]),
        ["He stages 2 meetings with an actor; 1 of them is found out."]
    );
    assert_eq!(
        week(&[sham(true), sham(true)]),
        ["He stages 2 meetings with an actor; 2 of them are found out."]
    );
    let reopens = |rebuilt| entry(3, 8, Event::Reopens { rebuilt });
    assert_eq!(week(&[reopens(true)]), ["He wins decision-maker 8 back."]);
    assert_eq!(week(&[reopens(false)]), ["Decision-maker 8 forgives him."]);
}

#[test]
fn what_makes_a_life_worth_reading_is_counted_in_words() {
    assert_eq!(interesting::in_words_decision_maker([1, 2, 0]), "1 tie blocked, 2 hires, 0 meetings");
}

/// Neighbouring dull weeks of two lives become one, and weeks in which something happens do not.
#[test]
fn lives_side_by_side_join_dull_weeks_alone() {
    let day = |week: u32, dull: Option<Dull>| super::Day {
        first: week,
        last: week,
        lines: vec![dull.map_or_else(|| format!("week {week}"), Dull::sentence)],
        dull,
    };
    let dull = [day(1, Some(Dull::Written(2))), day(2, Some(Dull::Written(3)))];
    let pairs = side_by_side(&dull, &dull);
    assert_eq!((pairs.len(), pairs[0].last), (1, 2));
    let told = pairs[0].sides[0].as_ref().map(|day| day.lines.clone());
    assert_eq!(told, Some(vec!["He writes to 5 decision-makers; none answers.".to_owned()]));
    let eventful = [day(1, None), day(2, None)];
    assert_eq!(side_by_side(&eventful, &eventful).len(), 2);
}
