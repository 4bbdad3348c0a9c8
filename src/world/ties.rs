//! Introducers and their ties: what a decision-maker still owes, and what she believes.

use crate::ids::{self, DecisionMakerId, IntroducerId, TieId};
use crate::scenario::Scenario;
use crate::streams::{self, Draws, Purpose};
use crate::world::bits::Bits;

/// A trust: normal belief of a decision-maker about quality minus bar of the people who come through a tie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// Mean, sd.
    pub mean: f64,
    /// Precision, 1/sd².
    pub precision: f64,
}

impl Trust {
    /// Trust after one more person, whose showing is a look of the given precision.
    pub fn learn(&mut self, shown: f64, precision: f64) {
        let total = self.precision + precision;
        if total > 0.0 {
            self.mean += precision / total * (shown - self.mean);
        }
        self.precision = total;
    }

    /// Trust after a week's fading towards a resting belief.
    pub fn fade(&mut self, rest: Self, rate: f64) {
        self.mean += rate * (rest.mean - self.mean);
        self.precision += rate * (rest.precision - self.precision);
    }
}

/// What went through a tie this week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests that cost goodwill.
    pub requests: u32,
    /// People met through it who passed.
    pub passed: u32,
    /// People met through it who failed.
    pub failed: u32,
}

/// The table of ties, sorted by decision-maker, then introducer, and its index by introducer.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Row of the first tie of each decision-maker, and one past the last.
    pub first: Vec<u32>,
    /// Introducer of a tie.
    pub introducer: Vec<IntroducerId>,
    /// Decision-maker of a tie.
    pub decision_maker: Vec<DecisionMakerId>,
    /// Ties of each introducer, by level of the job, then by decision-maker; `per_introducer` of them each.
    pub by_introducer: Vec<TieId>,
    /// Ties an introducer has.
    pub per_introducer: usize,
    /// Goodwill g in [0, 1].
    pub goodwill: Vec<f64>,
    /// What goodwill would be with the introducer's organic requests alone.
    pub organic_goodwill: Vec<f64>,
    /// Trust in the people who come through the tie; in those who do not pay, where payment is known.
    pub trust: Vec<Trust>,
    /// Trust in those who pay, where payment is known.
    pub paid_trust: Vec<Trust>,
    /// Week in which the tie was blocked; [`Ties::OPEN`] while it is open.
    pub blocked_since: Vec<u32>,
    /// All traffic of this week.
    pub traffic: Vec<Traffic>,
    /// The organic part of it.
    pub organic_traffic: Vec<Traffic>,
    /// How often the tie has been opened again after a block.
    pub life: Vec<u32>,
    /// Week in which the present life began.
    pub life_since: Vec<u32>,
    /// Requests in the present life.
    pub life_requests: Vec<u32>,
}

impl Ties {
    /// In `blocked_since`: not blocked.
    pub const OPEN: u32 = u32::MAX;

    /// Ties of a scenario: each introducer knows distinct decision-makers drawn uniformly.
    #[must_use]
    pub(super) fn build(scenario: &Scenario, draws: &Draws, levels: &[f64], first_week: u32) -> Self {
        let n_introducers = scenario.introducers.count as usize;
        let per = scenario.introducers.ties as usize;
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(n_introducers * per);
        let bound = ids::row(levels.len());
        let mut taken = Bits::new(levels.len());
        for introducer in 0..ids::row(n_introducers) {
            for decision_maker in distinct(draws, introducer, scenario.introducers.ties, bound, &mut taken) {
                pairs.push((decision_maker, introducer));
            }
        }
        pairs.sort_unstable();
        let n = pairs.len();
        let rest = Trust { mean: scenario.beliefs.trust_mean, precision: scenario.beliefs.trust_precision };
        let mut ties = Self {
            first: vec![0; levels.len() + 1],
            introducer: pairs.iter().map(|p| IntroducerId(p.1)).collect(),
            decision_maker: pairs.iter().map(|p| DecisionMakerId(p.0)).collect(),
            by_introducer: Vec::new(),
            per_introducer: per,
            goodwill: vec![scenario.goodwill.start; n],
            organic_goodwill: vec![scenario.goodwill.start; n],
            trust: vec![rest; n],
            paid_trust: vec![rest; n],
            blocked_since: vec![Self::OPEN; n],
            traffic: vec![Traffic::default(); n],
            organic_traffic: vec![Traffic::default(); n],
            life: vec![0; n],
            life_since: vec![first_week; n],
            life_requests: vec![0; n],
        };
        for (row, &(decision_maker, _)) in pairs.iter().enumerate() {
            ties.first[decision_maker as usize + 1] = ids::row(row + 1);
        }
        for row in 1..ties.first.len() {
            ties.first[row] = ties.first[row].max(ties.first[row - 1]);
        }
        ties.by_introducer = ties.index(n_introducers, levels);
        ties
    }

    fn index(&self, n_introducers: usize, levels: &[f64]) -> Vec<TieId> {
        let mut index: Vec<TieId> = (0..self.introducer.len()).map(TieId::new).collect();
        index.sort_by(|&a, &b| {
            let key = |tie: TieId| (self.introducer[tie.at()], levels[self.decision_maker[tie.at()].at()]);
            let ((ia, la), (ib, lb)) = (key(a), key(b));
            ia.cmp(&ib).then(la.total_cmp(&lb)).then(a.cmp(&b))
        });
        debug_assert_eq!(index.len(), n_introducers * self.per_introducer);
        index
    }

    /// Number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.introducer.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.introducer.is_empty()
    }

    /// The ties of an introducer, by rising level of the job.
    #[must_use]
    pub fn of(&self, introducer: IntroducerId) -> &[TieId] {
        let first = introducer.at() * self.per_introducer;
        &self.by_introducer[first..first + self.per_introducer]
    }

    /// Whether a request may go through the tie.
    #[must_use]
    pub fn is_open(&self, tie: TieId) -> bool {
        self.blocked_since[tie.at()] == Self::OPEN
    }
}

/// `count` distinct numbers below `bound`, in the order drawn: a repeated one is drawn again.
///
/// - `taken`: marks for all numbers below the bound, none of them set; left so
fn distinct(draws: &Draws, introducer: u32, count: u32, bound: u32, taken: &mut Bits) -> Vec<u32> {
    let draw = draws.at(Purpose::Tie, 0, introducer, 0);
    let mut chosen: Vec<u32> = Vec::with_capacity(count as usize);
    let mut position = 0;
    while chosen.len() < count as usize {
        let candidate = streams::below(draw.sub(position), bound);
        // All of them are found in bound · ln(bound) draws or so, of 2³².
        position += 1;
        if !taken.has(candidate as usize) {
            taken.set(candidate as usize, true);
            chosen.push(candidate);
        }
    }
    for &one in &chosen {
        taken.set(one as usize, false);
    }
    chosen
}

/// The table of introducers; a seller is an introducer with a low row number.
#[derive(Clone, Debug, Default)]
pub struct Introducers {
    /// Running share of his organic requests that were met.
    pub acceptance: Vec<f64>,
    /// Organic requests he made this week, and how many of them were met.
    pub asked_for: Vec<(u32, u32)>,
}

impl Introducers {
    /// Introducers of a scenario.
    #[must_use]
    pub(super) fn build(scenario: &Scenario) -> Self {
        let n = scenario.introducers.count as usize;
        Self { acceptance: vec![scenario.introducers.opening_acceptance; n], asked_for: vec![(0, 0); n] }
    }

    /// Number of introducers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.acceptance.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.acceptance.is_empty()
    }
}
