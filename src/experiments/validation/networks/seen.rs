//! What is counted in the copies of a network, a week at a time, on the bits of those out of work.

use crate::experiments::validation::chains::{self, DURATIONS};
use crate::experiments::validation::errors::count;
use crate::experiments::validation::graphs::{Graph, MOST_WORKERS};
use crate::world::bits::Bits;

/// One who counts.
pub(super) struct Watcher {
    n: usize,
    /// Weeks and copies by state: the set of those out of work, or where there are too many workers their number.
    states: Vec<u64>,
    /// Words of the last weeks, the latest last.
    past: Vec<Vec<u64>>,
    /// Of each duration: how many were out of work so long, and how many of them had work a week later.
    spells: [(u64, u64); DURATIONS.len()],
}

/// What one replication comes to.
pub(super) struct Counts {
    n: usize,
    states: Vec<u64>,
    /// Weeks and copies seen.
    pub(super) weeks: f64,
    /// Of each duration: who found work, of how many.
    pub(super) found: [(f64, f64); DURATIONS.len()],
}

/// Whether states are sets; else numbers.
fn are_sets(n: usize) -> bool {
    n <= MOST_WORKERS as usize
}

impl Watcher {
    pub(super) fn new(graph: &Graph) -> Self {
        let n = graph.n as usize;
        let states = if are_sets(n) { 1 << n } else { n + 1 };
        Self { n, states: vec![0; states], past: Vec::new(), spells: [(0, 0); DURATIONS.len()] }
    }

    /// Counts a week by those who were out of work when it was recorded.
    pub(super) fn see(&mut self, out: &Bits) {
        let words = out.words();
        let bits: usize = (0..out.n_words()).map(|word| out.valid(word).count_ones() as usize).sum();
        let mask = (1_u64 << self.n) - 1;
        for copy in 0..bits / self.n {
            let (word, shift) = (copy * self.n / 64, copy * self.n % 64);
            let mut set = words[word] >> shift;
            if shift + self.n > 64 {
                set |= words[word + 1] << (64 - shift);
            }
            set &= mask;
            let state =
                if are_sets(self.n) { usize::try_from(set).unwrap_or(0) } else { set.count_ones() as usize };
            self.states[state] += 1;
        }
        for (periods, (long, found)) in DURATIONS.iter().zip(&mut self.spells) {
            let Some(first) = self.past.len().checked_sub(*periods) else { continue };
            for (word, now) in words.iter().enumerate() {
                let so_long = self.past[first..].iter().fold(u64::MAX, |set, week| set & week[word]);
                *long += u64::from(so_long.count_ones());
                *found += u64::from((so_long & !now).count_ones());
            }
        }
        if self.past.len() == DURATIONS[DURATIONS.len() - 1] {
            self.past.remove(0);
        }
        self.past.push(words.to_vec());
    }

    pub(super) fn counts(self) -> Counts {
        let weeks = float(self.states.iter().sum());
        let found = self.spells.map(|(long, found)| (float(found), float(long)));
        Counts { n: self.n, states: self.states, weeks, found }
    }
}

/// A count as a float: far below 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "counts of one replication")]
fn float(n: u64) -> f64 {
    n as f64
}

impl Counts {
    /// Weeks and copies in which members were out of work, added up over them.
    pub(super) fn out_of(&self, members: impl IntoIterator<Item = usize>) -> f64 {
        if are_sets(self.n) {
            let set: usize = members.into_iter().fold(0, |set, member| set | 1 << member);
            self.sum(|state| f64::from((state & set).count_ones()))
        } else {
            self.sum(count)
        }
    }

    fn sum(&self, of: impl Fn(usize) -> f64) -> f64 {
        self.states.iter().enumerate().map(|(state, n)| of(state) * float(*n)).sum()
    }

    /// Correlation of the work of two, over pairs that are alike.
    pub(super) fn correlation(&self, pairs: &[(usize, usize)]) -> f64 {
        let n = count(self.n);
        if !are_sets(self.n) {
            let u = self.sum(count) / self.weeks / n;
            let both = self.sum(|k| count(k) * (count(k) - 1.0)) / self.weeks / (n * (n - 1.0));
            return chains::correlation(both, u, u);
        }
        let share = |set: usize| self.sum(|state| if state & set == set { 1.0 } else { 0.0 }) / self.weeks;
        let one = |&(i, j): &(usize, usize)| {
            chains::correlation(share(1 << i | 1 << j), share(1 << i), share(1 << j))
        };
        pairs.iter().map(one).sum::<f64>() / count(pairs.len())
    }
}
