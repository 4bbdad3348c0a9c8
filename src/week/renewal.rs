//! Renewal: goodwill is used up and recovers, ties are blocked and forgiven, trust fades, sellers rebuild.
//!
//! Who acts: nobody but sellers with hours left, who rebuild. Reads: the week's traffic. Writes: goodwill, blocks,
//! trust.
//! Draws: `Forgive` and `Rebuild` by (decision-maker, introducer).
//! Keeps: 0 ≤ g ≤ 1; a blocked tie stays as it is until it is forgiven or rebuilt.
//! Source: our assumption; a steady r unmet requests a week block a tie from g = 0.8 in week 23, 10, 4, 2 for r = 1,
//! 2, 5, 10 at the defaults.

use super::Step;
use super::diary::{Event, Who};
use crate::ids::{DecisionMakerId, IntroducerId, TieId};
use crate::scenario::{Payer, Scenario};
use crate::streams::{Draw, Gate, Purpose};
use crate::world::market::Market;

pub(super) fn run(step: &mut Step<'_>) {
    let mut market = step.world.market.take();
    // Those whom somebody submits whom she engaged are not strangers who pay.
    let paid_rest = match step.scenario.contract.payer {
        Payer::Employer => step.scenario.beliefs.trust_mean,
        Payer::Seeker => step.world.applicants.mean,
    };
    let (rule, hearsay) = (&step.scenario.goodwill, step.scenario.word.hearsay);
    step.world.ties.end_week(step.world.week, rule, hearsay, market.is_some().then_some(paid_rest));
    block_and_forgive(step, market.as_ref());
    if let Some(market) = &mut market {
        for row in 0..market.sellers.len() {
            if market.sellers[row].active {
                rebuild(step, market, row);
            }
        }
    }
    step.world.ties.settle();
    step.world.market = market;
}

/// Ties whose goodwill has fallen too low are blocked; blocked ones may be forgiven.
fn block_and_forgive(step: &mut Step<'_>, market: Option<&Market>) {
    let (s, week) = (&step.scenario.goodwill, step.world.week);
    let head = step.world.draws.head(Purpose::Forgive, week);
    let sold = |introducer: IntroducerId| market.is_some_and(|market| market.has_sold(introducer.at()));
    step.pipeline.blocked.clear();
    step.pipeline.blocked.extend(step.world.ties.blocked().map(TieId::new));
    for position in 0..step.world.ties.stirred().len() {
        let tie = step.world.ties.stirred()[position].tie;
        let goodwill = step.world.ties.goodwill(tie.at());
        if step.world.ties.is_open(tie) && goodwill < s.block_below {
            let introducer = step.world.ties.introducer[tie.at()];
            step.record.end_tie_life(step.world, sold(introducer), tie.at(), true);
            step.world.ties.block(tie.at(), week);
            let who = Who::decision_maker(step.world.ties.decision_maker[tie.at()].at()).through(introducer);
            step.record.emit(week, who, Event::Blocks { goodwill });
        }
    }
    for position in 0..step.pipeline.blocked.len() {
        let tie = step.pipeline.blocked[position].at();
        if is_forgiven(step.scenario, head, tie) {
            let goodwill = step.world.ties.goodwill(tie).max(s.rebuild_to);
            reopen(step, tie, goodwill, false);
        }
    }
}

fn is_forgiven(scenario: &Scenario, head: Draw, tie: usize) -> bool {
    Gate::new(scenario.goodwill.forgiven).passes(head.sub(crate::ids::row(tie)))
}

/// Opens a blocked tie again: a new life.
fn reopen(step: &mut Step<'_>, tie: usize, goodwill: f64, rebuilt: bool) {
    let row = step.world.ties.decision_maker[tie].at();
    step.world.ties.reopen(tie, step.world.week, goodwill);
    let who = Who::decision_maker(row).through(step.world.ties.introducer[tie]);
    step.record.emit(step.world.week, who, Event::Reopens { rebuilt });
}

/// A seller with hours left rebuilds his longest blocked ties, one after the other, where that pays.
fn rebuild(step: &mut Step<'_>, market: &mut Market, row: usize) {
    let (g, i) = (&step.scenario.goodwill, &step.scenario.introducers);
    let worth = i.goodwill_value * g.rebuild_to * g.rebuild_success;
    if g.rebuild_success <= 0.0 || worth < g.rebuild_hours * market.sellers[row].wage {
        return;
    }
    let introducer = IntroducerId(crate::ids::row(row));
    let mut left = step.scenario.sellers.work_hours() - market.sellers[row].hours.total();
    let ties = &step.world.ties;
    step.pipeline.blocked.clear();
    step.pipeline.blocked.extend(ties.shut(introducer));
    step.pipeline.blocked.sort_unstable_by_key(|tie| (ties.blocked_since(tie.at()), *tie));
    for position in 0..step.pipeline.blocked.len() {
        if left < g.rebuild_hours {
            break;
        }
        left -= g.rebuild_hours;
        market.sellers[row].hours.rebuilding += g.rebuild_hours;
        let tie = step.pipeline.blocked[position];
        try_to_rebuild(step, introducer, tie);
    }
}

fn try_to_rebuild(step: &mut Step<'_>, introducer: IntroducerId, tie: TieId) {
    let g = &step.scenario.goodwill;
    let DecisionMakerId(decision_maker) = step.world.ties.decision_maker[tie.at()];
    let luck = step.world.draws.at(Purpose::Rebuild, step.world.week, decision_maker, introducer.0);
    if luck.yes(g.rebuild_success) {
        let before = step.world.ties.goodwill(tie.at());
        reopen(step, tie.at(), before.max(g.rebuild_to), true);
    }
}
