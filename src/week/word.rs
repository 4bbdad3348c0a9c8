//! Word of mouth: who met somebody's client tells others whom he knows.
//!
//! Who acts: every decision-maker who met on a paid request. Reads: what the meeting showed, ties of the introducer.
//! Writes: trust of those who hear, what the week does to their goodwill.
//! Draws: `Word` by (decision-maker, worker), a number for each wait until the next who hears.
//! Keeps: no echo: who hears passes nothing on; blocked ties hear nothing; sellers hear nothing of it.
//! Source: our assumption for the numbers. That third parties pass on such news, bad news more than good: Burt and Knez
//! (1995), *Rationality and Society* 7(3); that trade rests on it: McMillan and Woodruff (1999), *Quarterly Journal of
//! Economics* 114(4); Greif (1993), *American Economic Review* 83(3); why it needs forgiveness beside it: Ali and Miller
//! (2016), *American Economic Review* 106(8).

use super::Step;
use super::appraisal::is_apart;
use super::diary::{Event, Who};
use super::pipeline::Meeting;
use super::tally::Channel;
use crate::ids::{DecisionMakerId, TieId};
use crate::streams::Purpose;

pub(super) fn run(step: &mut Step<'_>) {
    for position in 0..step.pipeline.meetings.len() {
        let meeting = step.pipeline.meetings[position];
        if meeting.request.channel == Channel::Paid {
            tell(step, &meeting);
        }
    }
}

/// One decision-maker tells others who are tied to the same introducer how his client did with her.
fn tell(step: &mut Step<'_>, meeting: &Meeting) {
    let tie = meeting.request.tie;
    let introducer = step.world.ties.introducer[tie.at()];
    let (teller, worker) = (meeting.request.decision_maker, meeting.request.worker);
    let luck = step.world.draws.at(Purpose::Word, step.world.week, teller, worker);
    let passed = meeting.passed();
    let others = step.world.ties.per_introducer - 1;
    let own = step.world.ties.place(tie.at());
    for lane in step.rules.word[usize::from(!passed)].yes(others, |position| luck.sub(position)) {
        let place = if lane < own { lane } else { lane + 1 };
        let hearer = step.world.ties.of(introducer)[place];
        if step.world.ties.is_open(hearer) {
            hear(step, hearer, meeting);
            let who =
                Who::decision_maker(step.world.ties.decision_maker[hearer.at()].at()).through(introducer);
            let teller = DecisionMakerId(teller);
            step.record.emit(step.world.week, who, Event::Hears { teller, passed });
        }
    }
}

/// What she hears counts as a share of what she would have seen.
fn hear(step: &mut Step<'_>, tie: TieId, meeting: &Meeting) {
    let (tie, passed) = (tie.at(), meeting.passed());
    let apart = is_apart(step.scenario, meeting.request.channel);
    let ties = &mut step.world.ties;
    ties.trust_mut(tie, apart).learn(meeting.shown, step.scenario.word.hearsay * step.rules.source_look);
    let traffic = ties.stir(tie);
    traffic.heard_good += u32::from(passed);
    traffic.heard_bad += u32::from(!passed);
    step.tally.heard[usize::from(!passed)] += 1;
}
