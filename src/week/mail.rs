//! Mail: which of too many requests a decision-maker reads. Part of reviewing.
//!
//! Who acts: a decision-maker with more requests than she reads in a week: applications, forms and introductions alike.
//! Draws: `Read` by (decision-maker, worker): all that is about one person has one lot.
//! Keeps: what she asked for herself is read first; no more than `decision_makers.reads`.
//! Source: our assumption, after Van Zandt (2004), *RAND Journal of Economics* 35(3), on attention as a commons.

use super::request::Request;
use super::tally::Channel;
use crate::streams::Draw;

/// What one decision-maker reads, in the order in which it lies on her desk.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// For each request the lot that decides: the lowest are read.
    lots: Vec<u64>,
    /// The same, the lowest so many first.
    ranked: Vec<u64>,
    /// Requests that have the last lot that is read, where there is no room for all of them.
    tied: Vec<(u8, u32, usize)>,
    /// Applications that she reads.
    pub cold: Vec<(f64, u32)>,
    /// Other requests that she reads.
    pub others: Vec<Request>,
}

impl Mail {
    /// Sorts what came for a decision-maker into what she reads and what she leaves; says how much she leaves.
    ///
    /// - `cold`, `others`: what came
    /// - `luck`: hers of this week
    /// - `most`: requests that she reads
    pub(super) fn sort(&mut self, cold: &[(f64, u32)], others: &[Request], luck: Draw, most: u32) -> u32 {
        let (n, most) = (cold.len() + others.len(), most as usize);
        self.cold.clear();
        self.others.clear();
        if most >= n {
            self.cold.extend_from_slice(cold);
            self.others.extend_from_slice(others);
            return 0;
        }
        let Some(last) = self.draw_lots(cold, others, luck, most) else {
            return crate::ids::row(n);
        };
        for (&application, &lot) in cold.iter().zip(&self.lots) {
            if lot <= last {
                self.cold.push(application);
            }
        }
        for (&request, &lot) in others.iter().zip(&self.lots[cold.len()..]) {
            if lot <= last {
                self.others.push(request);
            }
        }
        crate::ids::row(n - most)
    }

    /// Draws a lot for each request, and gives the highest that is read; `None` where nothing is. What is about one person
    /// has one lot: of those who share the highest some may get one that is not read.
    fn draw_lots(&mut self, cold: &[(f64, u32)], others: &[Request], luck: Draw, most: usize) -> Option<u64> {
        // The first bit says what she did not ask for.
        let lot = |worker: u32, asked_for: bool| luck.sub(worker) >> 1 | u64::from(!asked_for) << 63;
        self.lots.clear();
        self.lots.extend(cold.iter().map(|&(_, worker)| lot(worker, false)));
        self.lots.extend(others.iter().map(|r| lot(r.worker, r.channel == Channel::Submitted)));
        self.ranked.clear();
        self.ranked.extend_from_slice(&self.lots);
        let (lower, &mut last, higher) = self.ranked.select_nth_unstable(most.checked_sub(1)?);
        if higher.contains(&last) {
            let room = 1 + lower.iter().filter(|&&lot| lot == last).count();
            self.part_tied(cold.len(), others, last, room);
        }
        Some(last)
    }

    /// Of requests with the last lot only so many are read: the first by channel, then by tie.
    fn part_tied(&mut self, n_cold: usize, others: &[Request], last: u64, room: usize) {
        self.tied.clear();
        for at in (0..self.lots.len()).filter(|&at| self.lots[at] == last) {
            let other = at.checked_sub(n_cold).map(|position| others[position]);
            let (channel, tie) = other.map_or((Channel::Cold, u32::MAX), |r| (r.channel, r.tie.0));
            self.tied.push((channel.precedence(), tie, at));
        }
        self.tied.sort_unstable();
        for &(.., at) in &self.tied[room..] {
            self.lots[at] = u64::MAX;
        }
    }
}
