//! The exact Markov chains of Calvó-Armengol and Jackson (2004) on a network of friends.
//!
//! A period: each worker hears of a job with chance a; one out of work takes it, one in work passes it to a friend who
//! was out of work at the end of the last period, chosen uniformly; doubles are lost; then each job, new ones included,
//! ends with chance b. A state is recorded at the end of a period, as the market records its own after jobs have ended.
//!
//! Any network of n workers has 2ⁿ states ([`solve`]); where all are friends of all, the number out of work is state
//! enough ([`solve_complete`]). Nothing here knows of the engine.

use super::graphs::Graph;

/// Periods out of work, at least, after which the chance to be back at work is given.
pub const DURATIONS: [usize; 3] = [1, 2, 10];

/// Change between two periods at which the state counts as stationary.
const STILL: f64 = 1e-15;

/// Periods for which spells out of work are followed.
const PERIODS: usize = 300;

/// What is known of a network in its stationary state.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// Share of periods out of work, by worker.
    pub unemployed: Vec<f64>,
    /// Correlation of employment, by pair (i < j) in the order (0, 1), (0, 2), …
    pub correlations: Vec<f64>,
    /// Chance to have work at the end of the next period, of those out of work for at least 1, 2 and 10 periods, over
    /// all workers.
    pub hazards: [f64; DURATIONS.len()],
    /// The same after so many periods that it stands still.
    pub last_hazard: f64,
    /// Share of workers out of work for at least 1, 2 and 10 periods.
    pub so_long: [f64; DURATIONS.len()],
}

impl Solution {
    /// Mean over the workers of the share out of work.
    #[must_use]
    pub fn mean_unemployed(&self) -> f64 {
        self.unemployed.iter().sum::<f64>() / super::errors::count(self.unemployed.len())
    }
}

/// The chain of one network.
struct Chain {
    n: usize,
    b: f64,
    /// For each set of workers out of work: who is left out of work after this period's leads, with the chance.
    leads: Vec<Vec<(usize, f64)>>,
}

impl Chain {
    fn new(graph: &Graph, a: f64, b: f64) -> Self {
        let n = graph.n as usize;
        let friends: Vec<usize> =
            (0..graph.n).map(|i| graph.friends(i).fold(0, |set, j| set | 1 << j)).collect();
        let leads = (0..1_usize << n).map(|out| leads(&friends, out, a)).collect();
        Self { n, b, leads }
    }

    /// Chances of all states a period later.
    fn step(&self, now: &[f64]) -> Vec<f64> {
        let mut next = vec![0.0; now.len()];
        for (chance, targets) in now.iter().zip(&self.leads) {
            targets.iter().for_each(|(left, p)| next[*left] += chance * p);
        }
        // Each worker who has a job loses it with chance b, one worker after the other.
        for worker in 0..self.n {
            let bit = 1 << worker;
            for state in (0..next.len()).filter(|state| state & bit == 0) {
                let lost = self.b * next[state];
                next[state] -= lost;
                next[state | bit] += lost;
            }
        }
        next
    }

    fn stationary(&self) -> Vec<f64> {
        let mut now = vec![1.0 / super::errors::count(1 << self.n); 1 << self.n];
        loop {
            let next = self.step(&now);
            let change: f64 = next.iter().zip(&now).map(|(x, y)| (x - y).abs()).sum();
            now = next;
            if change < STILL * 100.0 {
                return now;
            }
        }
    }

    /// Chances that a worker has been out of work for d + 1 periods in a row, d = 0, 1, … The chance that he stays so
    /// settles within [`PERIODS`].
    fn spells(&self, stationary: &[f64], worker: usize) -> Vec<f64> {
        let still_out = |state: usize| state >> worker & 1 == 1;
        let keep = |chances: &mut Vec<f64>| {
            chances
                .iter_mut()
                .enumerate()
                .filter(|(state, _)| !still_out(*state))
                .for_each(|(_, p)| *p = 0.0);
        };
        let mut now = stationary.to_vec();
        keep(&mut now);
        let mut masses = vec![now.iter().sum::<f64>()];
        for _ in 0..PERIODS {
            now = self.step(&now);
            keep(&mut now);
            masses.push(now.iter().sum());
        }
        masses
    }
}

/// Who is left out of work after the leads of one period, of those who are `out`: one hearer after the other.
fn leads(friends: &[usize], out: usize, a: f64) -> Vec<(usize, f64)> {
    let mut left: Vec<(usize, f64)> = vec![(out, 1.0)];
    for (hearer, of_his) in friends.iter().enumerate() {
        let takers = if out >> hearer & 1 == 1 { 1 << hearer } else { of_his & out };
        if takers == 0 {
            continue;
        }
        let each = a / f64::from(takers.count_ones());
        let mut next: Vec<(usize, f64)> = left.iter().map(|&(set, p)| (set, p * (1.0 - a))).collect();
        for worker in (0..friends.len()).filter(|worker| takers >> worker & 1 == 1) {
            next.extend(left.iter().map(|&(set, p)| (set & !(1 << worker), p * each)));
        }
        next.sort_unstable_by_key(|(set, _)| *set);
        next.dedup_by(|(set, p), (kept, sum)| {
            let same = set == kept;
            if same {
                *sum += *p;
            }
            same
        });
        left = next;
    }
    left
}

/// Solves the chain of a network by power iteration on its 2ⁿ states.
#[must_use]
pub fn solve(graph: &Graph, a: f64, b: f64) -> Solution {
    let chain = Chain::new(graph, a, b);
    let chances = chain.stationary();
    let n = chain.n;
    let chance_of =
        |set: usize| chances.iter().enumerate().filter(|(s, _)| s & set == set).map(|(_, p)| p).sum::<f64>();
    let unemployed: Vec<f64> = (0..n).map(|i| chance_of(1 << i)).collect();
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let correlations =
        pairs.map(|(i, j)| correlation(chance_of(1 << i | 1 << j), unemployed[i], unemployed[j])).collect();
    let spells: Vec<Vec<f64>> = (0..n).map(|worker| chain.spells(&chances, worker)).collect();
    let total = |d: usize| spells.iter().map(|masses| masses[d]).sum::<f64>();
    let last = spells[0].len() - 1;
    Solution {
        unemployed,
        correlations,
        hazards: DURATIONS.map(|d| 1.0 - total(d) / total(d - 1)),
        last_hazard: 1.0 - total(last) / total(last - 1),
        so_long: DURATIONS.map(|d| total(d - 1) / super::errors::count(n)),
    }
}

/// Correlation of two workers' employment from the chances that both, the one and the other are out of work.
#[must_use]
pub fn correlation(both: f64, one: f64, other: f64) -> f64 {
    (both - one * other) / (one * (1.0 - one) * other * (1.0 - other)).sqrt()
}

/// Solves the chain where all are friends of all: the number k out of work is a Markov chain of n + 1 states.
///
/// Those out of work hear for themselves; the leads of those in work fall on the k like balls into urns.
#[must_use]
pub fn solve_complete(n: u32, a: f64, b: f64) -> Solution {
    let workers = n as usize;
    let binomials = |p: f64| (0..=workers).map(|m| binomial(m, p)).collect::<Vec<_>>();
    let (heard, lost) = (binomials(a), binomials(b));
    let reached: Vec<Vec<f64>> = (0..=workers).map(|k| reached(k, workers, &heard)).collect();
    // From k out of work: c of them are reached, and of those in work then m lose their jobs. `stays(k, c, m)` is the
    // part of the chance that is followed.
    let step = |now: &[f64], stays: &dyn Fn(usize, usize, usize) -> f64| {
        let mut next = vec![0.0; workers + 1];
        for (k, chance) in now.iter().enumerate() {
            for (c, p) in reached[k].iter().enumerate() {
                for (m, q) in lost[workers - k + c].iter().enumerate() {
                    next[k - c + m] += chance * p * stays(k, c, m) * q;
                }
            }
        }
        next
    };
    let float = super::errors::count;
    let mut now = vec![1.0 / float(workers + 1); workers + 1];
    loop {
        let next = step(&now, &|_, _, _| 1.0);
        let change: f64 = next.iter().zip(&now).map(|(x, y)| (x - y).abs()).sum();
        now = next;
        if change < STILL * 100.0 {
            break;
        }
    }
    let moment = |of: &dyn Fn(f64) -> f64| now.iter().enumerate().map(|(k, p)| p * of(float(k))).sum::<f64>();
    let size = f64::from(n);
    let u = moment(&|k| k / size);
    let both = moment(&|k| k * (k - 1.0) / (size * (size - 1.0)));
    // One of the k is followed as long as he is out of work at the end of each period: c of k are reached, he among them
    // with chance c/k, and if he is, he may be among the m who lose their jobs at once.
    let stays = |k: usize, c: usize, m: usize| {
        if k == 0 {
            return 0.0;
        }
        let reached = float(c) / float(k);
        let lost = if c == 0 { 0.0 } else { float(m) / float(workers - k + c) };
        1.0 - reached + reached * lost
    };
    let mut followed: Vec<f64> = now.iter().enumerate().map(|(k, p)| p * float(k) / size).collect();
    let mut masses = vec![u];
    for _ in 0..PERIODS {
        followed = step(&followed, &stays);
        masses.push(followed.iter().sum());
    }
    let last = masses.len() - 1;
    Solution {
        unemployed: vec![u; workers],
        correlations: vec![correlation(both, u, u); workers * (workers - 1) / 2],
        hazards: DURATIONS.map(|d| 1.0 - masses[d] / masses[d - 1]),
        last_hazard: 1.0 - masses[last] / masses[last - 1],
        so_long: DURATIONS.map(|d| masses[d - 1]),
    }
}

/// Chances that 0 … k of the k out of work are reached by a lead: those who hear for themselves, then one after the other
/// the leads of those in work, each of whom falls on any of the k.
fn reached(k: usize, n: usize, heard: &[Vec<f64>]) -> Vec<f64> {
    let mut total = vec![0.0; k + 1];
    if k == 0 {
        total[0] = 1.0;
        return total;
    }
    // Chances by number reached, after so many leads have been passed on.
    let mut now = heard[k].clone();
    let float = super::errors::count;
    for weight in &heard[n - k] {
        now.iter().zip(&mut total).for_each(|(p, sum)| *sum += weight * p);
        let mut next = vec![0.0; k + 1];
        for (c, p) in now.iter().enumerate() {
            next[c] += p * float(c) / float(k);
            if c < k {
                next[c + 1] += p * float(k - c) / float(k);
            }
        }
        now = next;
    }
    total
}

/// Chances of 0 … m successes in m tries of chance p.
fn binomial(m: usize, p: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for _ in 0..m {
        let mut next = vec![0.0; chances.len() + 1];
        for (k, chance) in chances.iter().enumerate() {
            next[k] += chance * (1.0 - p);
            next[k + 1] += chance * p;
        }
        chances = next;
    }
    chances
}
