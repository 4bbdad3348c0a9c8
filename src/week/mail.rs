//! Mail: which of too many requests a decision-maker reads. Part of phase 9.
//!
//! Who acts: a decision-maker with more requests than she reads in a week: applications, forms and introductions alike.
//! Draws: `Read` by (decision-maker, worker): all that is about one person lies in one place of the heap.
//! Keeps: what she asked for herself is read first; no more than `decision_makers.reads`.
//! Source: our assumption, after Van Zandt (2004), *RAND Journal of Economics* 35(3), on attention as a commons.

use super::desk::{Desk, Request};
use super::tally::Channel;
use crate::streams::Draw;

/// A request on the heap, by the order in which it would be read.
type Letter = (bool, u64, u8, u32, u32);

/// What one decision-maker reads, in the order in which it lies on her desk.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    heap: Vec<Letter>,
    /// Applications that she reads.
    pub cold: Vec<(f64, u32)>,
    /// Other requests that she reads.
    pub others: Vec<Request>,
}

impl Mail {
    /// Sorts what came for a decision-maker into what she reads and what she leaves; says how much she leaves.
    ///
    /// - `row`: the decision-maker; `head`: the week's draws
    /// - `most`: requests that she reads
    pub(super) fn sort(
        &mut self,
        desk: &Desk,
        cold: &[(f64, u32)],
        row: usize,
        head: Draw,
        most: u32,
    ) -> u32 {
        let others = desk.of(row);
        let (n, most) = (cold.len() + others.len(), most as usize);
        self.cold.clear();
        self.others.clear();
        let luck = head.branch(crate::ids::row(row));
        let position = |at: usize| crate::ids::row(at);
        self.heap.clear();
        self.heap.extend(cold.iter().enumerate().map(|(at, &(_, worker))| {
            (true, luck.sub(worker), Channel::Cold.precedence(), u32::MAX, position(at))
        }));
        self.heap.extend(others.iter().enumerate().map(|(at, request)| {
            let asked_for = request.channel == Channel::Submitted;
            let precedence = request.channel.precedence();
            (!asked_for, luck.sub(request.worker), precedence, request.tie.0, position(cold.len() + at))
        }));
        if most < n {
            if most > 0 {
                self.heap.select_nth_unstable(most - 1);
            }
            self.heap.truncate(most);
            self.heap.sort_unstable_by_key(|letter| letter.4);
        }
        for &(.., at) in &self.heap {
            match cold.get(at as usize) {
                Some(&application) => self.cold.push(application),
                None => self.others.push(others[at as usize - cold.len()]),
            }
        }
        crate::ids::row(n - self.heap.len())
    }
}
