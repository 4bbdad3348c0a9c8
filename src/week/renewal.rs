//! Phase 13: goodwill is used up and recovers, ties are blocked and forgiven, trust fades, sellers rebuild.
//!
//! Who acts: nobody but sellers with hours left, who rebuild. Reads: the week's traffic. Writes: goodwill, blocks,
//! trust, social capital.
//! Draws: `Forgive` and `Rebuild` by (decision-maker, introducer); `Bombard`, `Stranger` in the experiment that
//! bombards.
//! Keeps: 0 ≤ g ≤ 1; a blocked tie stays as it is until it is forgiven or rebuilt.
//! Source: our assumption; a steady r unmet requests a week block a tie from g = 0.8 in week 23, 10, 4, 2 for r = 1,
//! 2, 5, 10 at the defaults.

use super::Now;
use super::diary::{What, Who};
use crate::ids::{DecisionMakerId, IntroducerId, TieId};
use crate::scenario::{Goodwill, Payer};
use crate::streams::Purpose;
use crate::world::market::Market;
use crate::world::ties::{Ties, Traffic, Trust};

pub(super) fn run(now: &mut Now<'_>) {
    super::bombardment::run(now);
    fade_trust(now);
    let mut market = now.world.market.take();
    for tie in 0..now.world.ties.len() {
        renew(now, tie, market.as_mut());
    }
    if let Some(market) = &mut market {
        super::forms::fade(now, &mut market.forms);
        for row in 0..market.sellers.len() {
            if market.sellers[row].active {
                rebuild(now, market, row);
            }
        }
    }
    now.world.market = market;
}

/// Goodwill after a week: what the traffic did, then recovery of a share of what is missing.
#[must_use]
pub(crate) fn after_week(s: &Goodwill, goodwill: f64, traffic: Traffic) -> f64 {
    let used = s.per_request * f64::from(traffic.requests) + s.bad * f64::from(traffic.failed);
    let after = (goodwill - used + s.good * f64::from(traffic.passed)).clamp(0.0, 1.0);
    after + s.recovery * (1.0 - after)
}

fn renew(now: &mut Now<'_>, tie: usize, market: Option<&mut Market>) {
    let s = &now.scenario.goodwill;
    let introducer = now.world.ties.introducer[tie];
    let traffic = std::mem::take(&mut now.world.ties.traffic[tie]);
    let organic = std::mem::take(&mut now.world.ties.organic_traffic[tie]);
    let (before, shadow) = (now.world.ties.goodwill[tie], now.world.ties.organic_goodwill[tie]);
    let open = now.world.ties.blocked_since[tie] == Ties::OPEN;
    let shadow_open = shadow >= s.block_below;
    let forgiven = !(open && shadow_open) && is_forgiven(now, tie);
    let next = |open: bool, goodwill: f64, traffic: Traffic| match (open, forgiven) {
        (true, _) => after_week(s, goodwill, traffic),
        (false, true) => goodwill.max(s.rebuild_to),
        (false, false) => goodwill,
    };
    let after = next(open, before, traffic);
    let sold = market.as_ref().is_some_and(|m| m.has_sold(introducer.at()));
    if let Some(seller) = market.and_then(|m| m.sellers.get_mut(introducer.at())) {
        // What the tie would be with his organic requests alone; blocked and forgiven by the same rule and luck.
        let shadow_after = next(shadow_open, shadow, organic);
        now.world.ties.organic_goodwill[tie] = shadow_after;
        let spent = now.scenario.introducers.goodwill_value * ((shadow_after - after) - (shadow - before));
        seller.flows.social_capital += spent;
        seller.flows.social_capital_gross += spent.max(0.0);
    }
    now.world.ties.goodwill[tie] = after;
    if open && after < s.block_below {
        now.record.end_tie_life(now.world, sold, tie, true);
        now.world.ties.blocked_since[tie] = now.world.week;
        let who = Who::decision_maker(now.world.ties.decision_maker[tie].at()).through(introducer);
        now.record.tell(now.world.week, who, What::Blocks { goodwill: after });
    } else if !open && forgiven {
        reopen(now, tie, false);
    }
}

fn is_forgiven(now: &Now<'_>, tie: usize) -> bool {
    let (ties, week) = (&now.world.ties, now.world.week);
    let luck = now.world.draws.at(Purpose::Forgive, week, ties.decision_maker[tie].0, ties.introducer[tie].0);
    luck.yes(now.scenario.goodwill.forgiven)
}

/// Opens a blocked tie again: a new life.
fn reopen(now: &mut Now<'_>, tie: usize, rebuilt: bool) {
    let ties = &mut now.world.ties;
    ties.blocked_since[tie] = Ties::OPEN;
    ties.life[tie] += 1;
    ties.life_since[tie] = now.world.week;
    ties.life_requests[tie] = 0;
    let who = Who::decision_maker(ties.decision_maker[tie].at()).through(ties.introducer[tie]);
    now.record.tell(now.world.week, who, What::Reopens { rebuilt });
}

/// Trust fades towards what decision-makers believe of people they know nothing about.
fn fade_trust(now: &mut Now<'_>) {
    let s = &now.scenario.beliefs;
    let rest = Trust { mean: s.trust_mean, precision: s.trust_precision };
    // Those whom somebody submits whom she engaged are not strangers who pay.
    let paid_rest = match now.scenario.contract.payer {
        Payer::Employer => rest,
        Payer::Seeker => Trust { mean: now.world.applicants.mean, precision: s.trust_precision },
    };
    for trust in &mut now.world.ties.trust {
        trust.fade(rest, s.trust_fade);
    }
    if now.world.market.is_some() {
        for trust in &mut now.world.ties.paid_trust {
            trust.fade(paid_rest, s.trust_fade);
        }
    }
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
    now.desk.blocked.extend(ties.of(introducer).iter().copied().filter(|&tie| !ties.is_open(tie)));
    now.desk.blocked.sort_unstable_by_key(|tie| (ties.blocked_since[tie.at()], *tie));
    for position in 0..now.desk.blocked.len() {
        if left < g.rebuild_hours {
            break;
        }
        left -= g.rebuild_hours;
        market.sellers[row].hours.rebuilding += g.rebuild_hours;
        let tie = now.desk.blocked[position];
        try_to_rebuild(now, market, introducer, tie);
    }
}

fn try_to_rebuild(now: &mut Now<'_>, market: &mut Market, introducer: IntroducerId, tie: TieId) {
    let g = &now.scenario.goodwill;
    let DecisionMakerId(decision_maker) = now.world.ties.decision_maker[tie.at()];
    let luck = now.world.draws.at(Purpose::Rebuild, now.world.week, decision_maker, introducer.0);
    if luck.yes(g.rebuild_success) {
        let before = now.world.ties.goodwill[tie.at()];
        let after = before.max(g.rebuild_to);
        now.world.ties.goodwill[tie.at()] = after;
        let regained = now.scenario.introducers.goodwill_value * (after - before);
        market.sellers[introducer.at()].flows.social_capital -= regained;
        reopen(now, tie.at(), true);
    }
}
