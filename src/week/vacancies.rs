//! Phase 2: vacancies open and lapse, and those left by movers open again.
//!
//! Who acts: every decision-maker. Reads: her vacancy. Writes: vacancies, episodes.
//! Draws: `Open`, `Lapse` by 64 decision-makers at once.
//! Keeps: at most one vacancy each; one that opens does not lapse in the same week.
//! Source: our assumption.

use super::Now;
use super::diary::{What, Who};
use crate::ids;
use crate::streams::Purpose;
use crate::world::bits::members;

pub(super) fn run(now: &mut Now<'_>) {
    let (rules, week, draws) = (now.rules, now.world.week, now.world.draws);
    let table = &mut now.world.decision_makers;
    for word in 0..table.open.n_words() {
        let id = ids::row(word);
        let open = table.open.word(word);
        let closed = table.open.valid(word) & !open;
        let opening =
            closed & (table.reopening.word(word) | draws.gates(Purpose::Open, week, id, rules.vacancy));
        let lapsing = if open == 0 { 0 } else { open & draws.gates(Purpose::Lapse, week, id, rules.lapse) };
        for lane in members(opening) {
            table.set_open(word * 64 + lane, true, week);
            now.record.tell(week, Who::decision_maker(word * 64 + lane), What::Opens);
        }
        for lane in members(lapsing) {
            table.set_open(word * 64 + lane, false, week);
            now.record.tell(week, Who::decision_maker(word * 64 + lane), What::Lapses);
        }
    }
    table.reopening.clear();
    now.tally.vacancies = table.open.count();
}
