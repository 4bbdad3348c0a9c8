//! How the twin reads its luck: at the engine's addresses, each draw as its documentation defines it, one lane at a time.

use introsim::ids::row;
use introsim::maths::exp;
use introsim::streams::{Draw, Gate, Purpose};

use super::world::Twin;

/// From this chance on a yes/no draw of 64 is a gate.
const COMMON: f64 = 1.0 / 16.0;

impl Twin {
    /// Where luck of a purpose is read this week.
    pub(super) fn head(&self, purpose: Purpose) -> Draw {
        self.draws.head(purpose, self.week)
    }

    /// A yes/no draw that 64 neighbours share an address for.
    pub(super) fn gate(&self, purpose: Purpose, who: usize, chance: f64) -> bool {
        let together = self.head(purpose).gates(row(who / 64), Gate::new(chance));
        together >> (who % 64) & 1 == 1
    }

    /// The same where all 64 have one chance that may be small: then waits until the next yes are drawn.
    pub(super) fn rare(&self, purpose: Purpose, who: usize, chance: f64) -> bool {
        if chance >= COMMON {
            return self.gate(purpose, who, chance);
        }
        let luck = self.head(purpose).branch(row(who / 64));
        waits(|position| uniform(luck.sub(position)), 64, chance).contains(&(who % 64))
    }

    /// Chance that a frail job ends in a week: the job of one two sd below its bar.
    pub(super) fn frail_chance(&self) -> f64 {
        let j = &self.s.jobs;
        (j.separation * exp(2.0 * j.separation_match_slope.abs())).min(1.0)
    }

    /// Whether a job ends: a frail one by its own chance; another one where a frail one would, and then with the
    /// share of that chance that it has.
    pub(super) fn job_ends(&self, worker: usize, chance: f64) -> bool {
        let frail = self.frail_chance();
        let own = uniform(self.head(Purpose::Separation).branch(row(worker)).second_bits());
        if chance > frail {
            return own < chance;
        }
        self.rare(Purpose::Separation, worker, frail) && own < chance / frail
    }
}

/// Which of so many lanes say yes: each number, by its position, says how many say no before the next yes.
pub(super) fn waits(numbers: impl Fn(u32) -> f64, lanes: usize, chance: f64) -> Vec<usize> {
    let (mut yes, mut position, mut lane) = (Vec::new(), 0, 0);
    while lane < lanes {
        let number = numbers(position);
        position += 1;
        // The wait is at least k with chance (1 − chance)^k.
        let mut none_so_far = 1.0 - chance;
        while lane < lanes && number < none_so_far {
            none_so_far *= 1.0 - chance;
            lane += 1;
        }
        if lane < lanes {
            yes.push(lane);
        }
        lane += 1;
    }
    yes
}

/// The share of all 64-bit numbers that lie below one.
#[allow(clippy::cast_precision_loss, reason = "the first 53 of 64 digits")]
pub(super) fn uniform(bits: u64) -> f64 {
    bits as f64 / 18_446_744_073_709_551_616.0
}

/// The Poisson count that belongs to a uniform number.
pub(super) fn poisson(mean: f64, luck: f64) -> u32 {
    let (mut chance, mut n) = (exp(-mean), 0);
    let mut sum = chance;
    while sum <= luck && n < 1_000 {
        n += 1;
        chance *= mean / f64::from(n);
        sum += chance;
    }
    n
}
