//! Vacancies: they open and lapse, those left by movers open again, and introducers hear of them.
//!
//! Who acts: every decision-maker. Reads: her vacancy. Writes: vacancies, episodes, who has heard.
//! Draws: `Open`, `Lapse` by 64 decision-makers at once, `Hear` by 64 ties.
//! Keeps: at most one vacancy each; one that opens does not lapse in the same week; nobody hears of what is not open.
//! Source: our assumption.

use super::Now;
use super::diary::{What, Who};
use crate::ids;
use crate::streams::Purpose;
use crate::world::bits::members;

pub(super) fn run(now: &mut Now<'_>) {
    let (rules, week, draws) = (now.rules, now.world.week, now.world.draws);
    let (opens, lapses) = (draws.head(Purpose::Open, week), draws.head(Purpose::Lapse, week));
    for word in 0..now.world.decision_makers.open.n_words() {
        let table = &now.world.decision_makers;
        let id = ids::row(word);
        let open = table.open.word(word);
        let closed = table.open.valid(word) & !open;
        let opening = closed & (table.reopening.word(word) | rules.vacancy.of(opens, id));
        let lapsing = if open == 0 { 0 } else { open & rules.lapse.of(lapses, id) };
        for lane in members(opening) {
            now.world.set_vacancy(word * 64 + lane, true);
            now.record.tell(week, Who::decision_maker(word * 64 + lane), What::Opens);
        }
        for lane in members(lapsing) {
            now.world.set_vacancy(word * 64 + lane, false);
            now.record.tell(week, Who::decision_maker(word * 64 + lane), What::Lapses);
        }
    }
    now.world.decision_makers.reopening.clear();
    now.world.ties.hear_news(draws.head(Purpose::Hear, week), rules.hear);
    now.desk.vacancies.list(&now.world.decision_makers);
    now.tally.vacancies = ids::row(now.desk.vacancies.len());
}
