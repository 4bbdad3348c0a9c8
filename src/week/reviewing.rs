//! Reviewing: decision-makers read what lies on their desks, as far as they come, and choose whom to meet.
//!
//! Who acts: every decision-maker with requests; they do not see each other. Reads: requests, résumés, trust,
//! goodwill. Writes: whom she will meet; the traffic on every tie, met or not.
//! Draws: `Read` by (decision-maker, worker) where there is more than she reads.
//! Keeps: meetings ≤ attention; requests read ≤ what she reads; nobody of negative value is met; each person is valued once, at the best request.
//! Source: worth of an interview as the option value of a normal posterior; our assumption for the rest.

use super::Step;
use super::appraisal::{candidate, source_belief};
use super::blocks::for_each;
use super::pipeline::{Chosen, DECISION_MAKERS, Pipeline, PipelineBlock, Request, make_room};
use super::rules::Rules;
use super::tally::Channel;
use crate::beliefs::Belief;
use crate::ids::{self, TieId};
use crate::scenario::Scenario;
use crate::streams::{Draw, Purpose};
use crate::world::World;

pub(super) fn run(step: &mut Step<'_>) {
    let n = step.world.decision_makers.len();
    step.pipeline.sort(n);
    let mut blocks = std::mem::take(&mut step.pipeline.decision_makers);
    let n_blocks = blocks.len();
    let reviewing = Reviewing::of(step);
    for_each(step.rules.parallel, &mut blocks, |i, block| {
        block.sort(i, n_blocks, &reviewing.pipeline.workers);
        block.chosen.clear();
        block.unread = 0;
        let cold = std::mem::take(&mut block.cold);
        for row in i * DECISION_MAKERS..((i + 1) * DECISION_MAKERS).min(n) {
            let (cold, others) = (cold.of(row % DECISION_MAKERS), reviewing.pipeline.of(row));
            if !cold.is_empty() || !others.is_empty() {
                reviewing.review(row, cold, others, block);
            }
        }
        block.cold = cold;
    });
    make_room(&mut step.pipeline.chosen, blocks.iter().map(|block| block.chosen.len()).sum());
    for block in &blocks {
        step.tally.unread += block.unread;
        step.pipeline.chosen.extend_from_slice(&block.chosen);
    }
    step.pipeline.decision_makers = blocks;
    count_traffic(step);
    super::telling::reviews(step);
}

/// Requests whose ties are looked at together.
const BATCH: usize = 128;

fn count_traffic(step: &mut Step<'_>) {
    let ties = &mut step.world.ties;
    for (position, request) in step.pipeline.requests.iter().enumerate() {
        if step.rules.parallel && position.is_multiple_of(BATCH) {
            let batch = step.pipeline.requests[position..].iter().take(BATCH);
            ties.touch_ties(batch.map(|request| request.tie).filter(|tie| tie.is_some()));
        }
        if !request.tie.is_some() {
            continue;
        }
        let tie = request.tie.at();
        // What she asked for costs nothing.
        if request.channel == Channel::Submitted {
            continue;
        }
        let stirred = ties.stir(tie);
        stirred.requests += 1;
        ties.life[tie].requests += 1;
    }
}

/// What reviewing needs.
struct Reviewing<'a> {
    scenario: &'a Scenario,
    rules: &'a Rules,
    world: &'a World,
    pipeline: &'a Pipeline,
    /// What everybody believes about those who apply.
    common: Belief,
    /// The week's draws of who is read.
    head: Draw,
    /// Precision of a plain résumé.
    precision: f64,
    /// Its weight beside the common belief.
    weight: f64,
}

impl<'a> Reviewing<'a> {
    fn of(step: &'a Step<'_>) -> Self {
        let (scenario, world) = (step.scenario, &*step.world);
        let precision = scenario.workers.resume_precision;
        let common = Belief { mean: world.applicants.mean, variance: world.applicants.variance };
        let weight = precision * common.variance / (1.0 + precision * common.variance);
        let head = world.draws.head(Purpose::Read, world.week);
        Self {
            scenario,
            rules: step.rules,
            world,
            pipeline: &*step.pipeline,
            common,
            head,
            precision,
            weight,
        }
    }

    /// One decision-maker's choice: nobody of negative value, each person at the best request, the best first.
    fn review(&self, row: usize, cold: &[(f64, u32)], others: &[Request], block: &mut PipelineBlock) {
        let most = self.scenario.decision_makers.reads;
        if cold.len() + others.len() > most as usize {
            let mut mail = std::mem::take(&mut block.mail);
            block.unread += mail.sort(cold, others, self.head.branch(ids::row(row)), most);
            self.choose(row, &mail.cold, &mail.others, block);
            block.mail = mail;
        } else {
            self.choose(row, cold, others, block);
        }
    }

    /// Whom she meets of those whom she has read of.
    fn choose(&self, row: usize, cold: &[(f64, u32)], requests: &[Request], block: &mut PipelineBlock) {
        let attention = self.scenario.decision_makers.attention as usize;
        if attention == 0 {
            return;
        }
        block.candidates.clear();
        if !cold.is_empty() {
            self.best_cold(row, cold, requests.is_empty(), block);
        }
        let candidates = &mut block.candidates;
        for request in requests {
            let prior = source_belief(self.scenario, self.world, request);
            let one = candidate(self.scenario, self.rules, self.world, prior, *request);
            if one.0 >= 0.0 {
                add(candidates, one);
            }
        }
        // Plain résumés alone are no more than she has attention for, and come best first.
        if candidates.len() > 1 && (!requests.is_empty() || self.scenario.coaching.price > 0.0) {
            candidates.sort_unstable_by(|(va, a), (vb, b)| {
                vb.total_cmp(va).then(a.request.worker.cmp(&b.request.worker))
            });
        }
        block.chosen.extend(candidates.iter().take(attention).map(|(_, chosen)| *chosen));
    }

    /// The cold applicants with the best résumés, as many as she has attention for: all cold applicants share one
    /// prior, and all plain résumés one precision, so the order of values is the order of résumés, and only the best
    /// need a value. Clearer résumés have another precision and are a choice of their own.
    ///
    /// `alone`: nobody else asks. Then a résumé clearly above what is worth a meeting is enough, and stands for the
    /// value.
    fn best_cold(&self, row: usize, cold: &[(f64, u32)], alone: bool, block: &mut PipelineBlock) {
        let attention = self.scenario.decision_makers.attention as usize;
        let coached = &self.world.workers.coached;
        let (lowest, enough) = self.bounds(row);
        let (mut best, mut fit) = (std::mem::take(&mut block.best), std::mem::take(&mut block.fit));
        if fit.len() < cold.len() {
            fit.resize(cold.len(), (0.0, 0));
        }
        let kinds: &[bool] = if self.scenario.coaching.price > 0.0 { &[false, true] } else { &[false] };
        let table = &self.world.decision_makers;
        for &clear in kinds {
            best.clear();
            // First who will do at all, without a branch: that is a coin's toss.
            let mut n = 0;
            for &(resume, worker) in cold {
                let is_clear = kinds.len() > 1 && coached.has(worker as usize);
                fit[n] = (resume, worker);
                n += usize::from((is_clear == clear) & (clear | (resume >= lowest)));
            }
            fit[..n].iter().for_each(|&one| keep_best(&mut best, attention, one));
            for &(resume, worker) in &best {
                let decision_maker = ids::row(row);
                let request = Request { decision_maker, worker, channel: Channel::Cold, tie: TieId::NONE };
                if alone && kinds.len() == 1 && resume >= enough {
                    let belief = self.common.after_look(resume - table.bar[row], self.precision);
                    let chosen = Chosen { request, margin: belief.mean, variance: belief.variance };
                    block.candidates.push((f64::MAX, chosen));
                } else {
                    let one = candidate(self.scenario, self.rules, self.world, self.common, request);
                    if one.0 >= 0.0 {
                        block.candidates.push(one);
                    }
                }
            }
        }
        (block.best, block.fit) = (best, fit);
    }

    /// Below the first a plain résumé is not worth a meeting to her, from the second on it is: floor and ceiling of the
    /// margin, undone of the common belief.
    fn bounds(&self, row: usize) -> (f64, f64) {
        let table = &self.world.decision_makers;
        let (common, weight) = (self.common.mean, self.weight);
        if weight <= 0.0 || !table.open.has(row) {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        let resume = |margin: f64| table.bar[row] + common + (margin - common) / weight;
        let (floor, step) = (table.least_margin[row], table.margin_step);
        if floor.is_infinite() {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        // A hair on either side for rounding.
        (resume(floor - 1e-9), resume(floor + step + 1e-9))
    }
}

/// Adds a candidate; of one person only the best request stays, of equal ones the first by channel, then by introducer.
fn add(candidates: &mut Vec<(f64, Chosen)>, one: (f64, Chosen)) {
    let key = |c: &Chosen| (c.request.channel.precedence(), c.request.tie);
    match candidates.iter_mut().find(|(_, other)| other.request.worker == one.1.request.worker) {
        None => candidates.push(one),
        Some(other) => {
            if one.0.total_cmp(&other.0).then(key(&other.1).cmp(&key(&one.1))).is_gt() {
                *other = one;
            }
        }
    }
}

/// Puts a résumé among the best so many, the best first; of equal ones the first stays before the later.
fn keep_best(best: &mut Vec<(f64, u32)>, most: usize, one: (f64, u32)) {
    if best.len() == most {
        if best[most - 1].0 >= one.0 {
            return;
        }
        best.pop();
    }
    let place = best.iter().rposition(|other| other.0 >= one.0).map_or(0, |last| last + 1);
    best.insert(place, one);
}
