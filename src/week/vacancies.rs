//! Vacancies: they open and lapse, those left by movers open again, and introducers hear of them.
//!
//! Who acts: every decision-maker. Reads: her vacancy. Writes: vacancies, episodes, who has heard.
//! Draws: `Open`, `Lapse` by 64 decision-makers at once, `Hear` by 64 ties.
//! Keeps: at most one vacancy each; one that opens does not lapse in the same week; nobody hears of what is not open.
//! Source: our assumption.

use super::Step;
use super::diary::{Event, Who};
use crate::ids;
use crate::streams::Purpose;
use crate::world::bits::members;

pub(super) fn run(step: &mut Step<'_>) {
    let (rules, week, draws) = (step.rules, step.world.week, step.world.draws);
    let (opens, lapses) = (draws.head(Purpose::Open, week), draws.head(Purpose::Lapse, week));
    for word in 0..step.world.decision_makers.open.n_words() {
        let table = &step.world.decision_makers;
        let id = ids::row(word);
        let open = table.open.word(word);
        let closed = table.open.valid(word) & !open;
        let opening = closed & (table.reopening.word(word) | rules.vacancy.of(opens, id));
        let lapsing = if open == 0 { 0 } else { open & rules.lapse.of(lapses, id) };
        for lane in members(opening) {
            step.world.set_vacancy(word * 64 + lane, true);
            step.record.emit(week, Who::decision_maker(word * 64 + lane), Event::Opens);
        }
        for lane in members(lapsing) {
            step.world.set_vacancy(word * 64 + lane, false);
            step.record.emit(week, Who::decision_maker(word * 64 + lane), Event::Lapses);
        }
    }
    step.world.decision_makers.reopening.clear();
    step.world.ties.hear_news(draws.head(Purpose::Hear, week), rules.hear);
    step.pipeline.vacancies.list(&step.world.decision_makers);
    step.tally.vacancies = ids::row(step.pipeline.vacancies.len());
}
