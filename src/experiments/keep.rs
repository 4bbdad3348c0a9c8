//! Pieces of long work that are kept as they are finished, so that work that was stopped goes on.
//!
//! A piece is one replication of the scenarios that share a labour market. Its name is a hash of all that it depends on;
//! its bytes give every number back to the last bit. What failed is not kept: it is cheap to fail again.
//!
//! Work can be shared out: whoever keeps the pieces then says which are made here ([`Keep::share`]), and work that needs
//! one that others have not made yet ends with [`Missing`]. Work in rounds goes on by one round each time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::stationarity::Blocks;
use crate::engine::{Arm, Job};
use crate::scenario::Scenario;

/// Where finished pieces are kept.
pub trait Keep: Sync {
    /// The bytes of a piece that was finished before.
    fn recall(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps the bytes of a piece that is finished.
    fn keep(&self, name: &str, bytes: Vec<u8>);

    /// Whether the bytes can be read again until the work ends, so that they need not stay in memory.
    fn lends(&self) -> bool {
        false
    }

    /// Hears that a piece failed.
    fn fail(&self, _name: &str) {}

    /// Which of these pieces are made here, where they are not kept; all, where nobody shares the work.
    fn share(&self, asked: &[Asked]) -> Vec<bool> {
        vec![true; asked.len()]
    }
}

/// A piece that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What it is thought to cost, to be held against others of the same work.
    pub cost: u64,
}

impl Asked {
    /// - `scenarios`: those that share its labour market
    pub(super) fn new<'a>(name: String, scenarios: impl IntoIterator<Item = &'a Scenario>) -> Self {
        let (mut weeks, mut workers) = (0_u64, 0_u64);
        for scenario in scenarios {
            let burn_in = if weeks == 0 { u64::from(scenario.run.burn_in) } else { 0 };
            weeks += burn_in + u64::from(scenario.run.weeks);
            workers = workers.max(u64::from(scenario.workers.count));
        }
        Self { name, cost: weeks * workers }
    }
}

/// Pieces that others are to make and have not made yet: what comes after them cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} of {} pieces are missing", left.len(), asked.len())]
pub struct Missing {
    /// All pieces of the round.
    pub asked: Vec<Asked>,
    /// Which of them are missing, in ascending order.
    pub left: Vec<usize>,
}

/// Deals work of known costs out to so many, so that all get about as much: the dearest first, each to the one who has
/// least so far. Gives to whom each goes.
#[must_use]
pub fn deal(costs: &[u64], of: u64) -> Vec<u64> {
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|&number| Reverse(costs[number]));
    let mut loads: BinaryHeap<Reverse<(u64, u64)>> = (0..of).map(|hand| Reverse((0, hand))).collect();
    let mut hands = vec![0; costs.len()];
    for number in order {
        let Some(Reverse((load, hand))) = loads.pop() else { break };
        hands[number] = hand;
        // What costs nothing still takes its turn.
        loads.push(Reverse((load.saturating_add(costs[number].max(1)), hand)));
    }
    hands
}

/// Nothing is kept: all is done from the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Keep for Nothing {
    fn recall(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep(&self, _: &str, _: Vec<u8>) {}
}

/// The name of a piece: BLAKE3 of what kind it is, of the texts of its scenarios, and of its replication.
#[must_use]
pub fn name_of<'a>(kind: &'a str, texts: impl Iterator<Item = &'a str>, replication: u32) -> String {
    let mut hasher = blake3::Hasher::new();
    for text in [kind].into_iter().chain(texts) {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&replication.to_le_bytes());
    hasher.finalize().to_hex().to_string()
}

/// The canonical texts of arms, from which the names of their pieces are made.
pub(super) fn texts(arms: &[Arm]) -> Vec<String> {
    arms.iter().map(|arm| format!("{}\n{}", arm.name, arm.scenario.canonical())).collect()
}

/// The name of the piece of a job.
pub(super) fn name_of_job(kind: &str, texts: &[String], job: &Job) -> String {
    name_of(kind, job.arms.iter().map(|&arm| texts[arm].as_str()), job.replication)
}

/// The piece of a job.
pub(super) fn asked(arms: &[Arm], job: &Job, name: String) -> Asked {
    Asked::new(name, job.arms.iter().map(|&arm| &arms[arm].scenario))
}

/// Does what is not kept of some jobs and is to be done here, keeps it, and gives all in the order of the jobs.
///
/// - `asked`: the piece of each job
/// - `back`: what its bytes say of a job; `None` if they are not what was kept
/// - `live`: does the jobs that it is given
///
/// # Errors
/// [`Missing`] if others have not done theirs; what is to be done here is done by then.
pub(super) fn woven<J: Clone, R>(
    jobs: &[J],
    asked: Vec<Asked>,
    kept: &dyn Keep,
    back: impl Fn(&J, &[u8]) -> Option<R>,
    live: impl FnOnce(&[J]) -> Vec<R>,
) -> Result<Vec<R>, Missing> {
    let recall = |(job, asked): (&J, &Asked)| back(job, &kept.recall(&asked.name)?);
    let recalled: Vec<Option<R>> = jobs.iter().zip(&asked).map(recall).collect();
    let own = kept.share(&asked);
    let unknown: Vec<usize> = (0..jobs.len()).filter(|&number| recalled[number].is_none()).collect();
    let (todo, left): (Vec<usize>, Vec<usize>) = unknown.into_iter().partition(|&number| own[number]);
    let todo: Vec<J> = todo.into_iter().map(|number| jobs[number].clone()).collect();
    let mut lived = live(&todo).into_iter();
    if !left.is_empty() {
        return Err(Missing { asked, left });
    }
    Ok(recalled.into_iter().filter_map(|known| known.or_else(|| lived.next())).collect())
}

/// Keeps what a piece came to; of one that failed, that it did.
pub(super) fn put(kept: &dyn Keep, name: &str, bytes: Option<Vec<u8>>) {
    match bytes {
        Some(bytes) => kept.keep(name, bytes),
        None => kept.fail(name),
    }
}

/// Numbers on their way out.
#[derive(Default)]
pub(super) struct Out(Vec<u8>);

impl Out {
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> usize {
        self.0.len()
    }

    pub(super) fn whole(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    pub(super) fn size(&mut self, number: usize) {
        self.whole(number as u64);
    }

    pub(super) fn number(&mut self, number: f64) {
        self.whole(number.to_bits());
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.size(text.len());
        self.0.extend(text.as_bytes());
    }

    pub(super) fn maybe<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            put(self, value);
        }
    }

    pub(super) fn list<T>(&mut self, values: &[T], put: impl Fn(&mut Self, &T)) {
        self.size(values.len());
        for value in values {
            put(self, value);
        }
    }

    pub(super) fn values(&mut self, values: &[Option<f64>]) {
        self.list(values, |out, &value| out.maybe(value, Self::number));
    }

    pub(super) fn blocks(&mut self, blocks: Option<&Option<Blocks>>) {
        self.maybe(blocks, |out, blocks| {
            out.maybe(blocks.as_ref(), |out, blocks| {
                out.list(&blocks.values, |out, &value| {
                    out.maybe(value, |out, (one, other, error)| {
                        [one, other, error].into_iter().for_each(|x| out.number(x));
                    });
                });
            });
        });
    }
}

/// Numbers on their way back; `None` from bytes that are not what was kept.
pub(super) struct Back<'a>(&'a [u8]);

impl<'a> Back<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Bytes not read yet.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }

    /// Whether all bytes have been read.
    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn whole(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.whole()?).ok()
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.whole()?).ok()
    }

    pub(super) fn number(&mut self) -> Option<f64> {
        Some(f64::from_bits(self.whole()?))
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        match self.take(1)? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }

    pub(super) fn text(&mut self) -> Option<String> {
        let length = self.size()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    pub(super) fn maybe<T>(&mut self, get: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { get(self).map(Some) } else { Some(None) }
    }

    pub(super) fn list<T>(&mut self, get: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.size()?;
        // Nothing is that long that has not a byte for each.
        if length > self.0.len() {
            return None;
        }
        (0..length).map(|_| get(self)).collect()
    }

    pub(super) fn values(&mut self) -> Option<Vec<Option<f64>>> {
        self.list(|back| back.maybe(Self::number))
    }

    pub(super) fn blocks(&mut self) -> Option<Option<Option<Blocks>>> {
        let triple = |back: &mut Self| Some((back.number()?, back.number()?, back.number()?));
        self.maybe(|back| back.maybe(|back| Some(Blocks { values: back.list(|back| back.maybe(triple))? })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_piece_tells_texts_apart_wherever_they_are_cut() {
        let name = |texts: &[&str], replication| name_of("run", texts.iter().copied(), replication);
        assert_ne!(name(&["ab", "c"], 0), name(&["a", "bc"], 0));
        assert_ne!(name(&["a"], 0), name(&["a"], 1));
        assert_ne!(name(&["a"], 0), name_of("tries", ["a"].into_iter(), 0));
        assert_eq!(name(&["a"], 0), name(&["a"], 0));
    }

    #[test]
    fn work_is_dealt_out_so_that_all_have_about_as_much() {
        // Equal work goes round.
        assert_eq!(deal(&[5; 7], 3), [0, 1, 2, 0, 1, 2, 0]);
        assert_eq!(deal(&[0; 4], 2), [0, 1, 0, 1]);
        assert_eq!(deal(&[1, 2], 4), [1, 0]);
        assert!(deal(&[], 3).is_empty());
        // Costs that grow along an axis whose length is the number of shards: by turns the last would have all that is dear.
        let costs: Vec<u64> = (0..64).map(|piece| 1 << (piece % 8)).collect();
        let mut loads = [0; 8];
        for (hand, cost) in deal(&costs, 8).into_iter().zip(&costs) {
            loads[usize::try_from(hand).unwrap()] += cost;
        }
        assert_eq!(loads, [255; 8]);
    }
}
