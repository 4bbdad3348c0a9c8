//! Renewal: goodwill is used up and recovers, ties are blocked and forgiven, trust fades, sellers rebuild.
//!
//! Who acts: nobody but sellers with hours left, who rebuild. Reads: the week's traffic. Writes: goodwill, blocks,
//! trust, social capital, outside wages.
//! Draws: `Forgive` and `Rebuild` by (decision-maker, introducer); `Bombard`, `Stranger` in the experiment that
//! bombards.
//! Keeps: 0 ≤ g ≤ 1; a blocked tie stays as it is until it is forgiven or rebuilt.
//! Source: our assumption; a steady r unmet requests a week block a tie from g = 0.8 in week 23, 10, 4, 2 for r = 1,
//! 2, 5, 10 at the defaults.

use super::diary::{What, Who};
use super::{Now, standing};
use crate::ids::{DecisionMakerId, IntroducerId, TieId};
use crate::scenario::{Payer, Scenario};
use crate::streams::{Draw, Gate, Purpose};
use crate::world::market::Market;

pub(super) fn run(now: &mut Now<'_>) {
    super::bombardment::run(now);
    let mut market = now.world.market.take();
    // Those whom somebody submits whom she engaged are not strangers who pay.
    let paid_rest = match now.scenario.contract.payer {
        Payer::Employer => now.scenario.beliefs.trust_mean,
        Payer::Seeker => now.world.applicants.mean,
    };
    let (rule, hearsay) = (&now.scenario.goodwill, now.scenario.word.hearsay);
    now.world.ties.end_week(now.world.week, rule, hearsay, market.is_some().then_some(paid_rest));
    block_and_forgive(now, market.as_ref());
    if let Some(market) = &mut market {
        super::forms::fade(now, &mut market.forms);
        for row in 0..market.sellers.len() {
            if market.sellers[row].active {
                rebuild(now, market, row);
            }
        }
    }
    now.world.ties.settle();
    if let Some(market) = &mut market {
        standing::charge(now, market);
    }
    now.world.market = market;
}

/// Ties whose goodwill has fallen too low are blocked; blocked ones may be forgiven.
fn block_and_forgive(now: &mut Now<'_>, market: Option<&Market>) {
    let (s, week) = (&now.scenario.goodwill, now.world.week);
    let head = now.world.draws.head(Purpose::Forgive, week);
    let sold = |introducer: IntroducerId| market.is_some_and(|market| market.has_sold(introducer.at()));
    now.desk.blocked.clear();
    now.desk.blocked.extend(now.world.ties.blocked().map(TieId::new));
    for position in 0..now.world.ties.stirred().len() {
        let tie = now.world.ties.stirred()[position].tie;
        let goodwill = now.world.ties.goodwill(tie.at());
        if now.world.ties.is_open(tie) && goodwill < s.block_below {
            let introducer = now.world.ties.introducer[tie.at()];
            now.record.end_tie_life(now.world, sold(introducer), tie.at(), true);
            now.world.ties.block(tie.at(), week);
            let who = Who::decision_maker(now.world.ties.decision_maker[tie.at()].at()).through(introducer);
            now.record.tell(week, who, What::Blocks { goodwill });
        }
    }
    for position in 0..now.desk.blocked.len() {
        let tie = now.desk.blocked[position].at();
        if is_forgiven(now.scenario, head, tie) {
            let goodwill = now.world.ties.goodwill(tie).max(s.rebuild_to);
            reopen(now, tie, goodwill, false);
        }
    }
}

fn is_forgiven(scenario: &Scenario, head: Draw, tie: usize) -> bool {
    Gate::new(scenario.goodwill.forgiven).passes(head.sub(crate::ids::row(tie)))
}

/// Opens a blocked tie again: a new life.
fn reopen(now: &mut Now<'_>, tie: usize, goodwill: f64, rebuilt: bool) {
    let row = now.world.ties.decision_maker[tie].at();
    now.world.ties.reopen(tie, now.world.week, goodwill);
    let who = Who::decision_maker(row).through(now.world.ties.introducer[tie]);
    now.record.tell(now.world.week, who, What::Reopens { rebuilt });
}

/// A seller with hours left rebuilds his longest blocked ties, one after the other, where that pays.
fn rebuild(now: &mut Now<'_>, market: &mut Market, row: usize) {
    let (g, i) = (&now.scenario.goodwill, &now.scenario.introducers);
    let worth = i.goodwill_value * g.rebuild_to * g.rebuild_success;
    if g.rebuild_success <= 0.0 || worth < g.rebuild_hours * market.sellers[row].wage {
        return;
    }
    let introducer = IntroducerId(crate::ids::row(row));
    let mut left = now.scenario.sellers.work_hours() - market.sellers[row].hours.total();
    let ties = &now.world.ties;
    now.desk.blocked.clear();
    now.desk.blocked.extend(ties.shut(introducer));
    now.desk.blocked.sort_unstable_by_key(|tie| (ties.blocked_since[tie.at()], *tie));
    for position in 0..now.desk.blocked.len() {
        if left < g.rebuild_hours {
            break;
        }
        left -= g.rebuild_hours;
        market.sellers[row].hours.rebuilding += g.rebuild_hours;
        let tie = now.desk.blocked[position];
        try_to_rebuild(now, introducer, tie);
    }
}

fn try_to_rebuild(now: &mut Now<'_>, introducer: IntroducerId, tie: TieId) {
    let g = &now.scenario.goodwill;
    let DecisionMakerId(decision_maker) = now.world.ties.decision_maker[tie.at()];
    let luck = now.world.draws.at(Purpose::Rebuild, now.world.week, decision_maker, introducer.0);
    if luck.yes(g.rebuild_success) {
        let before = now.world.ties.goodwill(tie.at());
        reopen(now, tie.at(), before.max(g.rebuild_to), true);
    }
}
