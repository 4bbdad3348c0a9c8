//! Who is tied to whom, in both orders, and which ties lead to a vacancy.

use std::sync::Arc;

use super::Ties;
use super::sums::Own;
use crate::ids::{self, DecisionMakerId, IntroducerId, TieId};
use crate::scenario::Scenario;
use crate::streams::{self, Draw, Draws, Gate, Purpose};
use crate::world::bits::{Bits, members};

/// Weeks over which the flow of news is averaged.
const NEWS_WEEKS: f64 = 52.0;

impl Ties {
    /// Draws who is tied to whom, and makes both orders: by decision-maker and by introducer.
    pub(super) fn connect(&mut self, scenario: &Scenario, draws: &Draws, levels: &[f64]) {
        let n_introducers = scenario.introducers.count as usize;
        let per = self.per_introducer;
        let bound = ids::row(levels.len());
        // By introducer first, then a counting sort by decision-maker, which keeps the order of introducers.
        let mut target: Vec<u32> = Vec::with_capacity(n_introducers * per);
        let mut known = Bits::new(levels.len());
        for introducer in 0..ids::row(n_introducers) {
            let from = target.len();
            distinct(draws, introducer, scenario.introducers.ties, bound, &mut known, &mut target);
            let level = |&row: &u32| levels[row as usize];
            target[from..].sort_unstable_by(|a, b| level(a).total_cmp(&level(b)).then(a.cmp(b)));
        }
        let mut first = vec![0_u32; levels.len() + 1];
        for &row in &target {
            first[row as usize + 1] += 1;
        }
        for row in 1..first.len() {
            first[row] += first[row - 1];
        }
        let mut next = first.clone();
        let mut introducer = vec![IntroducerId::NONE; target.len()];
        let mut decision_maker = vec![DecisionMakerId::NONE; target.len()];
        let mut slot = vec![0; target.len()];
        let mut by_introducer = Vec::with_capacity(target.len());
        for (position, &row) in target.iter().enumerate() {
            let tie = next[row as usize] as usize;
            next[row as usize] += 1;
            introducer[tie] = IntroducerId::new(position / per);
            decision_maker[tie] = DecisionMakerId(row);
            slot[tie] = ids::row(position % per);
            by_introducer.push(TieId::new(tie));
        }
        self.first = Arc::new(first);
        self.introducer = Arc::new(introducer);
        self.decision_maker = Arc::new(decision_maker);
        self.by_introducer = Arc::new(by_introducer);
        self.levels = Arc::new(target.iter().map(|&row| levels[row as usize]).collect());
        self.slot = Arc::new(slot);
    }

    pub(super) fn set_seat(&mut self, tie: usize, free: bool) {
        let (word, bit) = self.bit_of(tie);
        set(&mut self.seats[word], bit, free);
    }

    pub(super) fn set_blocked(&mut self, tie: usize, blocked: bool) {
        self.blocked.set(tie, blocked);
        let (word, bit) = self.bit_of(tie);
        set(&mut self.shut[word], bit, blocked);
    }

    /// Where the bit of a tie is among those of its introducer: the word, and the bit in it.
    fn bit_of(&self, tie: usize) -> (usize, u64) {
        let at = self.slot[tie] as usize;
        (self.introducer[tie].at() * self.words + at / 64, 1 << (at % 64))
    }

    /// Blocked ties of an introducer, by level of the job.
    pub fn shut(&self, introducer: IntroducerId) -> impl Iterator<Item = TieId> + '_ {
        self.marked(&self.shut, introducer)
    }

    fn marked<'a>(&'a self, bits: &'a [u64], introducer: IntroducerId) -> impl Iterator<Item = TieId> + 'a {
        let ties = self.of(introducer);
        let words = &bits[introducer.at() * self.words..(introducer.at() + 1) * self.words];
        std::iter::successors(first_from(words, 0), |&at| first_from(words, at + 1)).map(move |at| ties[at])
    }

    /// Place of a tie among those of its introducer.
    #[must_use]
    pub fn place(&self, tie: usize) -> usize {
        self.slot[tie] as usize
    }

    /// Whether the tie is open and leads to a vacancy of which the introducer has heard.
    #[must_use]
    #[inline]
    pub fn has_seat(&self, tie: usize) -> bool {
        let at = self.slot[tie] as usize;
        self.seats[self.introducer[tie].at() * self.words + at / 64] >> (at % 64) & 1 == 1
    }

    /// A decision-maker's vacancy opens or closes. Nobody has heard of one that opens.
    pub(in crate::world) fn set_vacancy(&mut self, row: usize, open: bool) {
        let ties = self.of_decision_maker(row);
        for word in ties.start / 64..ties.end.div_ceil(64) {
            let (from, to) = (ties.start.max(word * 64), ties.end.min(word * 64 + 64));
            let hers = Bits::run(from % 64, to - from);
            // Nobody has a seat who has not heard of it.
            for lane in members(self.heard.word(word) & hers) {
                self.set_seat(word * 64 + lane, false);
            }
            self.heard.put(word, hers, false);
            self.unheard.put(word, hers, open);
        }
    }

    /// A week's news: each introducer hears of each vacancy behind his ties with the gate's chance, and remembers it until
    /// it closes.
    pub fn hear_news(&mut self, head: Draw, hears: Gate) {
        let mut n = 0;
        for word in 0..self.unheard.n_words() {
            let unheard = self.unheard.word(word);
            if unheard != 0 {
                for lane in members(head.gates_among(ids::row(word), hears, unheard)) {
                    self.hear(word * 64 + lane);
                    n += 1;
                }
            }
        }
        if !self.is_empty() {
            let share = f64::from(n) / f64::from(ids::row(self.len()));
            self.news += (share - self.news) / NEWS_WEEKS;
        }
    }

    /// An introducer hears of the vacancy behind a tie.
    pub fn hear(&mut self, tie: usize) {
        self.unheard.set(tie, false);
        self.heard.set(tie, true);
        self.set_seat(tie, self.state[tie].is_open());
    }

    /// Whether the introducer has heard of the vacancy behind a tie, and whether there is one of which he has not.
    #[must_use]
    pub fn news_of(&self, tie: usize) -> (bool, bool) {
        (self.heard.has(tie), self.unheard.has(tie))
    }

    /// Running share of ties through which news of a vacancy comes in a week.
    #[must_use]
    pub const fn news(&self) -> f64 {
        self.news
    }

    /// Looks at what is kept of some introducers' ties before it is needed, as
    /// [`Rows::touch`](crate::world::contacts::Rows::touch) does.
    pub fn touch(&self, introducers: impl Iterator<Item = IntroducerId>) {
        // One in eight levels and sixteen ties: one in each line of memory.
        let sum = introducers.fold(0, |sum, introducer| {
            let from = introducer.at() * self.per_introducer;
            let rows = from..from + self.per_introducer;
            let levels = self.levels[rows.clone()].iter().step_by(8).fold(sum, |sum, x| sum ^ x.to_bits());
            let ties =
                self.by_introducer[rows].iter().step_by(16).fold(levels, |sum, x| sum ^ u64::from(x.0));
            ties ^ self.seats.get(introducer.at() * self.words).copied().unwrap_or(0)
        });
        std::hint::black_box(sum);
    }

    /// Looks at all that is kept of some ties before it is needed.
    pub fn touch_ties(&self, ties: impl Iterator<Item = TieId>) {
        let sum = ties.fold(0, |sum, tie| {
            let tie = tie.at();
            let state = &self.state[tie];
            let own = self.own.get(self.introducer[tie].at()).map_or(0, Own::first_bits);
            let paid = self.paid.first_bits(self.paid_place(tie));
            sum ^ u64::from(state.as_of) ^ u64::from(self.life[tie].requests) ^ own ^ paid
        });
        std::hint::black_box(sum);
    }

    /// Before the first of each batch of stirred ties is dealt with, looks at all of the batch; few lie in the processor's
    /// caches anyway.
    pub(super) fn touch_stirred(&self, position: usize) {
        const BATCH: usize = 128;
        if self.stirred.len() >= 32 * BATCH && position.is_multiple_of(BATCH) {
            let batch = self.stirred[position..].iter().take(BATCH);
            self.touch_ties(batch.map(|stirred| stirred.tie));
        }
    }

    /// Open ties of an introducer with a vacancy of which he has heard, by level of the job.
    pub fn seats(&self, introducer: IntroducerId) -> impl Iterator<Item = TieId> + '_ {
        self.marked(&self.seats, introducer)
    }

    /// Open ties of an introducer with a vacancy of which he has heard, outwards from a level, the nearer one first, of two equally near ones
    /// the lower; none farther than `window`.
    #[inline]
    pub fn seats_near(
        &self,
        introducer: IntroducerId,
        level: f64,
        window: f64,
    ) -> impl Iterator<Item = TieId> + '_ {
        let from = introducer.at() * self.per_introducer;
        let levels = &self.levels[from..from + self.per_introducer];
        let words = &self.seats[introducer.at() * self.words..(introducer.at() + 1) * self.words];
        let start = levels.partition_point(|&x| x < level);
        let (mut below, mut above) = (last_before(words, start), first_from(words, start));
        std::iter::from_fn(move || {
            let down = below.map_or(f64::INFINITY, |at| level - levels[at]);
            let up = above.map_or(f64::INFINITY, |at| levels[at] - level);
            let nearest = if down <= up { below } else { above };
            let at = nearest.filter(|_| down.min(up) <= window)?;
            if down <= up {
                below = last_before(words, at);
            } else {
                above = first_from(words, at + 1);
            }
            Some(self.by_introducer[from + at])
        })
    }
}

fn set(word: &mut u64, bit: u64, value: bool) {
    *word = if value { *word | bit } else { *word & !bit };
}

/// The last bit set before a position.
fn last_before(words: &[u64], position: usize) -> Option<usize> {
    let (mut at, rest) = (position / 64, position % 64);
    let mut bits = if rest > 0 { words[at] & ((1 << rest) - 1) } else { 0 };
    while bits == 0 {
        at = at.checked_sub(1)?;
        bits = words[at];
    }
    Some(at * 64 + 63 - bits.leading_zeros() as usize)
}

/// The first bit set from a position on.
fn first_from(words: &[u64], position: usize) -> Option<usize> {
    let mut at = position / 64;
    let mut bits = words.get(at)? & (u64::MAX << (position % 64));
    while bits == 0 {
        at += 1;
        bits = *words.get(at)?;
    }
    Some(at * 64 + bits.trailing_zeros() as usize)
}

/// `count` distinct numbers below `bound`, in the order drawn: a repeated one is drawn again. `known` is empty before
/// and after.
fn distinct(draws: &Draws, introducer: u32, count: u32, bound: u32, known: &mut Bits, chosen: &mut Vec<u32>) {
    let draw = draws.at(Purpose::Tie, 0, introducer, 0);
    let (from, mut position) = (chosen.len(), 0);
    while chosen.len() - from < count as usize {
        let candidate = streams::below(draw.sub(position), bound);
        position += 1;
        if !known.has(candidate as usize) {
            known.set(candidate as usize, true);
            chosen.push(candidate);
        }
    }
    for &row in &chosen[from..] {
        known.set(row as usize, false);
    }
}
