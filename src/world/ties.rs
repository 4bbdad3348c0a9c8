//! Ties between introducers and decision-makers: what she still owes him, and what she believes of his people.
//!
//! Goodwill and trust recover and fade by a share of what is missing every week. A tie to which nothing else happens is
//! left alone and brought up to date when somebody reads it ([`Ties::goodwill`], [`Ties::trust`]): k weeks of fading
//! are one power. Ties through which something went this week are *stirred*, and renewed at its end.

mod paid;
mod seats;
mod sums;
mod traffic;

use std::sync::Arc;

use super::bits::Bits;
use super::fading::Decay;
pub use super::fading::Trust;
use crate::ids::{self, DecisionMakerId, IntroducerId, TieId};
use crate::scenario::{Goodwill, Scenario};
use crate::streams::Draws;
use paid::{Paid, Place};
pub use sums::{Goodwills, Together};
use sums::{Own, Sums};
pub use traffic::{Stirred, Traffic, after_week};

/// How ties change when nothing goes through them: the same for all and for good.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drift {
    recovery: Decay,
    fading: Decay,
    rest: Option<Trust>,
    block_below: f64,
}

impl Drift {
    fn rest(&self) -> Trust {
        self.rest.unwrap_or(Trust { mean: 0.0, precision: 0.0 })
    }
}

/// Where a tie stands, in half a line of memory.
#[derive(Clone, Copy, Debug)]
struct State {
    goodwill: f64,
    trust: Trust,
    /// Position among the stirred ties; [`Ties::CALM`] if it is none.
    stirred_at: u32,
    /// Week at whose end goodwill and trust stood as they are kept.
    as_of: u16,
    /// Week in which it was blocked; [`State::NEVER`] while it is open.
    blocked_since: u16,
}

impl State {
    const NEVER: u16 = u16::MAX;

    const fn is_open(&self) -> bool {
        self.blocked_since == Self::NEVER
    }
}

/// A life of a tie: it begins when the tie is opened and ends with a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Requests in it.
    pub requests: u32,
    /// Week in which it began.
    pub since: u16,
    /// How often the tie had been opened again by then.
    pub reopened: u16,
}

/// The table of ties, sorted by decision-maker, then introducer, and its index by introducer.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Row of the first tie of each decision-maker, and one past the last.
    pub first: Arc<Vec<u32>>,
    /// Introducer of a tie.
    pub introducer: Arc<Vec<IntroducerId>>,
    /// Decision-maker of a tie.
    pub decision_maker: Arc<Vec<DecisionMakerId>>,
    /// Ties of each introducer, by level of the job, then by decision-maker; `per_introducer` of them each.
    pub by_introducer: Arc<Vec<TieId>>,
    /// Level of the job behind each entry of `by_introducer`.
    levels: Arc<Vec<f64>>,
    /// Position of each tie among those of its introducer.
    slot: Arc<Vec<u32>>,
    /// Ties an introducer has.
    pub per_introducer: usize,
    /// Words of 64 ties an introducer has.
    words: usize,
    /// Bits by introducer and position: the tie is open, and he has heard of her vacancy.
    seats: Vec<u64>,
    /// Bits by introducer and position: the tie is blocked.
    shut: Vec<u64>,
    /// Ties whose introducer has heard of her vacancy.
    heard: Bits,
    /// Ties with a vacancy of which he has not heard.
    unheard: Bits,
    /// Running share of ties through which news of a vacancy comes in a week.
    news: f64,
    drift: Arc<Drift>,
    /// The last week whose end has come.
    now: u32,
    /// Where each tie stands.
    state: Vec<State>,
    /// Trust in those who pay, where payment is known.
    paid: Paid,
    /// Blocked ties.
    blocked: Bits,
    /// Ties through which something went this week.
    stirred: Vec<Stirred>,
    sums: Sums,
    /// Sums of goodwill over the ties of each introducer; empty before the opening.
    own: Vec<Own>,
    /// The present life of each tie.
    pub life: Vec<Life>,
}

impl Ties {
    /// The answer of [`Ties::blocked_since`] for a tie that is not blocked.
    pub const OPEN: u32 = u32::MAX;
    const CALM: u32 = u32::MAX;

    /// Ties of a scenario: each introducer knows distinct decision-makers drawn uniformly.
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws, levels: &[f64], first_week: u32) -> Self {
        let n_introducers = scenario.introducers.count as usize;
        let per = scenario.introducers.ties as usize;
        let b = &scenario.beliefs;
        let rest = Trust { mean: b.trust_mean, precision: b.trust_precision };
        let mut ties = Self {
            per_introducer: per,
            words: per.div_ceil(64),
            seats: vec![0; n_introducers * per.div_ceil(64)],
            shut: vec![0; n_introducers * per.div_ceil(64)],
            drift: Arc::new(Drift {
                recovery: Decay::new(scenario.goodwill.recovery),
                fading: Decay::new(b.trust_fade),
                rest: Some(rest),
                block_below: scenario.goodwill.block_below,
            }),
            now: first_week,
            ..Self::default()
        };
        ties.connect(scenario, draws, levels);
        let n = ties.introducer.len();
        ties.state = vec![
            State {
                goodwill: scenario.goodwill.start,
                trust: rest,
                stirred_at: Self::CALM,
                as_of: short(first_week),
                blocked_since: State::NEVER,
            };
            n
        ];
        ties.blocked = Bits::new(n);
        ties.heard = Bits::new(n);
        ties.unheard = Bits::new(n);
        ties.news = scenario.decision_makers.vacancy_rate;
        ties.life = vec![Life { since: short(first_week), ..Life::default() }; n];
        ties.sums.missing = f64::from(ids::row(n)) * (1.0 - scenario.goodwill.start);
        ties.stir_low();
        ties
    }

    /// Stirs open ties that are below the block before anything went through them: the end of the week must look at
    /// them. Later none is: goodwill that nobody uses only rises.
    fn stir_low(&mut self) {
        for tie in 0..self.len() {
            if self.state[tie].is_open() && self.goodwill(tie) < self.drift.block_below {
                self.stir(tie);
            }
        }
    }

    /// The market opens: trust in those who pay begins, lives of ties are counted from here.
    ///
    /// - `introducers`: how many there are
    /// - `paid`: trust in those who pay; that of all others in the tie where it is `None`
    pub(super) fn open_market(&mut self, introducers: usize, paid: Option<Trust>) {
        let n = self.len();
        for tie in 0..n {
            self.bring(tie);
        }
        let per = self.per_introducer;
        self.paid = match paid {
            Some(trust) => Paid::open(introducers, per, self.now, trust),
            None => Paid::open_each(introducers, per, self.now, self.of_all_introducers()),
        };
        self.own = self.own_afresh(introducers);
        self.life.fill(Life { since: short(self.now), ..Life::default() });
    }

    /// Trust of every tie as it is kept, in the order of introducers.
    fn of_all_introducers(&self) -> impl Iterator<Item = Trust> + '_ {
        self.by_introducer.iter().map(|tie| self.state[tie.at()].trust)
    }

    /// Number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.state.is_empty()
    }

    /// The ties of an introducer, by rising level of the job.
    #[must_use]
    #[inline]
    pub fn of(&self, introducer: IntroducerId) -> &[TieId] {
        let first = introducer.at() * self.per_introducer;
        &self.by_introducer[first..first + self.per_introducer]
    }

    /// The ties of a decision-maker, as rows.
    #[must_use]
    pub fn of_decision_maker(&self, row: usize) -> std::ops::Range<usize> {
        self.first[row] as usize..self.first[row + 1] as usize
    }

    /// Whether a request may go through the tie.
    #[must_use]
    #[inline]
    pub fn is_open(&self, tie: TieId) -> bool {
        self.state[tie.at()].is_open()
    }

    /// Week in which a tie was blocked; [`Ties::OPEN`] while it is open.
    #[must_use]
    pub fn blocked_since(&self, tie: usize) -> u32 {
        let state = &self.state[tie];
        if state.is_open() { Self::OPEN } else { state.blocked_since.into() }
    }

    /// Blocked ties, in rising order.
    pub fn blocked(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocked.iter()
    }

    /// Goodwill g in \[0, 1\].
    #[must_use]
    #[inline]
    pub fn goodwill(&self, tie: usize) -> f64 {
        let state = &self.state[tie];
        if !state.is_open() {
            return state.goodwill;
        }
        1.0 - (1.0 - state.goodwill) * self.drift.recovery.after(self.weeks_since(tie))
    }

    /// Trust in the people who come through the tie; in those who do not pay, where payment is known.
    #[must_use]
    #[inline]
    pub fn trust(&self, tie: usize) -> Trust {
        let share = self.drift.fading.after(self.weeks_since(tie));
        self.state[tie].trust.left(self.drift.rest(), share)
    }

    /// Trust in those who pay, where payment is known.
    #[must_use]
    pub fn paid_trust(&self, tie: usize) -> Trust {
        self.paid.trust(self.paid_place(tie), &self.drift, self.now)
    }

    /// Where a tie stands among those of its introducer, for what is kept of those who pay.
    fn paid_place(&self, tie: usize) -> Place {
        Place { introducer: self.introducer[tie].at(), slot: self.slot[tie] as usize }
    }

    fn weeks_since(&self, tie: usize) -> u32 {
        self.now - u32::from(self.state[tie].as_of)
    }

    /// Writes down where goodwill and trust of a tie stand.
    fn bring(&mut self, tie: usize) {
        if u32::from(self.state[tie].as_of) == self.now {
            return;
        }
        let (goodwill, trust) = (self.goodwill(tie), self.trust(tie));
        self.state[tie] = State { goodwill, trust, as_of: short(self.now), ..self.state[tie] };
    }

    /// Trust of a stirred tie, to be changed: in those who pay, or in all others.
    pub fn trust_mut(&mut self, tie: usize, in_those_who_pay: bool) -> &mut Trust {
        self.stir(tie);
        if !in_those_who_pay {
            return &mut self.state[tie].trust;
        }
        self.paid.trust_mut(self.paid_place(tie), &self.drift, self.now)
    }

    /// Something goes through a tie: what, for this week.
    pub fn stir(&mut self, tie: usize) -> &mut Traffic {
        if self.state[tie].stirred_at == Self::CALM {
            self.bring(tie);
            self.count(tie, -1);
            self.state[tie].stirred_at = ids::row(self.stirred.len());
            self.stirred.push(Stirred { tie: TieId::new(tie), traffic: Traffic::default() });
        }
        &mut self.stirred[self.state[tie].stirred_at as usize].traffic
    }

    /// Ties through which something went this week, in the order in which it began.
    #[must_use]
    pub fn stirred(&self) -> &[Stirred] {
        &self.stirred
    }

    /// What went through a tie this week; nothing if it is not stirred.
    #[must_use]
    pub fn traffic(&self, tie: usize) -> Traffic {
        self.stirred
            .get(self.state[tie].stirred_at as usize)
            .map_or_else(Traffic::default, |stirred| stirred.traffic)
    }

    /// The week ends: everything recovers and fades by a week's share.
    ///
    /// - `rule`: goodwill of a stirred tie after the week's traffic
    /// - `hearsay`: what is heard of somebody counts as this share of what is seen
    /// - `paid_rest`: mean to which trust in those who pay fades
    ///
    /// Stirred ties stay in the list until [`Ties::settle`].
    pub fn end_week(&mut self, week: u32, rule: &Goodwill, hearsay: f64, paid_rest: Option<f64>) {
        self.sums.missing *= 1.0 - self.drift.recovery.rate();
        self.sums.trust *= 1.0 - self.drift.fading.rate();
        self.now = week;
        if let Some(mean) = paid_rest {
            self.paid.end_week(mean, self.drift.fading.rate());
        }
        let (rest, rate) = (self.drift.rest(), self.drift.fading.rate());
        for position in 0..self.stirred.len() {
            self.touch_stirred(position);
            let Stirred { tie, traffic } = self.stirred[position];
            let state = &mut self.state[tie.at()];
            state.as_of = short(week);
            state.trust.fade(rest, rate);
            if state.is_open() {
                state.goodwill = after_week(rule, hearsay, state.goodwill, traffic);
            }
        }
    }

    /// The stirred ties become calm: the next week begins with none.
    pub fn settle(&mut self) {
        for position in 0..self.stirred.len() {
            self.touch_stirred(position);
            let tie = self.stirred[position].tie.at();
            self.state[tie].stirred_at = Self::CALM;
            self.count(tie, 1);
        }
        self.stirred.clear();
    }

    /// Sets goodwill of a stirred tie.
    pub fn set_goodwill(&mut self, tie: usize, goodwill: f64) {
        self.stir(tie);
        self.state[tie].goodwill = goodwill;
    }

    /// Blocks a stirred tie.
    pub fn block(&mut self, tie: usize, week: u32) {
        self.stir(tie);
        self.state[tie].blocked_since = short(week);
        self.set_blocked(tie, true);
        self.set_seat(tie, false);
    }

    /// Opens a blocked tie again with some goodwill: a new life.
    pub fn reopen(&mut self, tie: usize, week: u32, goodwill: f64) {
        self.stir(tie);
        self.state[tie].goodwill = goodwill;
        self.state[tie].blocked_since = State::NEVER;
        self.set_blocked(tie, false);
        self.set_seat(tie, self.heard.has(tie));
        let reopened = self.life[tie].reopened + 1;
        self.life[tie] = Life { requests: 0, since: short(week), reopened };
    }

    /// Number of blocked ties.
    #[must_use]
    pub fn n_blocked(&self) -> u32 {
        self.blocked.count()
    }

    /// Makes what follows from the columns afresh, after somebody changed them by hand: `vacant` tells of a row whether
    /// she has a vacancy; all have heard of it.
    pub fn refresh(&mut self, vacant: impl Fn(usize) -> bool) {
        self.settle();
        self.sums = Sums::default();
        self.own.fill(Own::empty(self.now));
        for tie in 0..self.len() {
            self.bring(tie);
            self.set_blocked(tie, !self.state[tie].is_open());
            self.heard.set(tie, vacant(self.decision_maker[tie].at()));
            self.unheard.set(tie, false);
            self.set_seat(tie, self.state[tie].is_open() && self.heard.has(tie));
            self.count(tie, 1);
        }
        self.stir_low();
    }
}

fn short(week: u32) -> u16 {
    u16::try_from(week).expect("no run has 65,535 weeks, promised by the ranges of run.burn_in and run.weeks")
}
