//! What people in the twin believe and want, each formula written out where the model states it.

use introsim::ids::row;
use introsim::maths::{exp, ln, normal_below, normal_density, normal_quantile, pow};
use introsim::streams::{Purpose, unit};

use super::world::{Boss, Person, Twin};

/// Belief after a look, in precisions.
pub(super) fn look((mean, variance): (f64, f64), signal: f64, precision: f64) -> (f64, f64) {
    let total = 1.0 / variance + precision;
    ((mean / variance + signal * precision) / total, 1.0 / total)
}

/// Belief after hearing only whether ability plus noise reached a bar: mean and variance of the truncated normal.
pub(super) fn told((mean, variance): (f64, f64), bar: f64, noise: f64, passed: bool) -> (f64, f64) {
    let all = variance + noise;
    if !all.is_finite() {
        return (mean, variance);
    }
    let side = if passed { 1.0 } else { -1.0 };
    let z = side * (mean - bar) / all.sqrt();
    // φ/Φ, and its limit where both vanish.
    let mills = if z < -30.0 { -z - 1.0 / z } else { normal_density(z) / normal_below(z) };
    let shrunk = variance - variance * variance / all * mills * (z + mills);
    (mean + side * variance / all.sqrt() * mills, shrunk.max(1e-9))
}

/// r ← r + (1 − (1 − w)ⁿ)(k/n − r).
pub(super) fn running(rate: f64, weight: f64, n: usize, mean: f64) -> f64 {
    // The same power as the engine's: a rounding would decide which of two equal ratings is the better.
    rate + (1.0 - pow(1.0 - weight, f64::from(row(n)))) * (mean - rate)
}

impl Twin {
    pub(super) fn weeks_counted(&self, since: u32) -> f64 {
        f64::from(self.week - since).min(self.s.workers.weeks_cap)
    }

    /// Level sought, sd.
    pub(super) fn level_sought(&self, person: &Person) -> f64 {
        if person.out {
            person.felt - self.s.search.level_fade * self.weeks_counted(person.out_since)
        } else {
            person.level + self.s.search.level_reach
        }
    }

    /// Reservation salary.
    pub(super) fn reservation(&self, person: &Person) -> f64 {
        let s = &self.s.search;
        if person.out {
            let fade = self.s.workers.salary_slope * s.level_fade * self.weeks_counted(person.out_since);
            s.reservation_unemployed * person.usual * exp(-fade)
        } else {
            s.reservation_employed * person.salary
        }
    }

    pub(super) fn match_variance(&self) -> f64 {
        self.s.jobs.match_sd * self.s.jobs.match_sd
    }

    pub(super) fn noise_variance(&self) -> f64 {
        1.0 / self.s.decision_makers.interview_precision
    }

    /// σ of the posterior mean after the interview.
    pub(super) fn sigma(&self, variance: f64) -> f64 {
        let v = variance + self.match_variance();
        // Endless noise: the posterior mean cannot move.
        if self.noise_variance().is_finite() { (v * v / (v + self.noise_variance())).sqrt() } else { 0.0 }
    }

    /// Φ((M − b)/σ).
    pub(super) fn chance_to_pass(&self, margin: f64, variance: f64) -> f64 {
        let sigma = self.sigma(variance);
        if sigma > 0.0 { normal_below(margin / sigma) } else { f64::from(u8::from(margin >= 0.0)) }
    }

    /// Gain from a meeting with a vacancy: value · σ · ψ((M − b)/σ).
    pub(super) fn gain(&self, boss: &Boss, margin: f64, variance: f64) -> f64 {
        let sigma = self.sigma(variance);
        if sigma <= 0.0 {
            return boss.value_per_sd * margin.max(0.0);
        }
        let z = margin / sigma;
        boss.value_per_sd * sigma * (normal_density(z) + z * normal_below(z)).max(0.0)
    }

    /// E[Δg] of one request at a running acceptance.
    pub(super) fn expected_goodwill(&self, acceptance: f64, pass: f64) -> f64 {
        let g = &self.s.goodwill;
        -g.per_request + acceptance * (g.good * pass - g.bad * (1.0 - pass))
    }

    /// What multiplies the rate of meeting introducers.
    pub(super) fn sociable(&self, person: &Person) -> f64 {
        if person.coached {
            person.networking * (1.0 + self.s.coaching.networking_gain)
        } else {
            person.networking
        }
    }

    /// How clear a person's résumé is.
    pub(super) fn resume_precision(&self, worker: usize) -> f64 {
        let more = if self.people[worker].coached { self.s.coaching.resume_precision_gain } else { 0.0 };
        self.s.workers.resume_precision + more
    }

    /// What anybody believes who knows the résumé alone.
    pub(super) fn by_resume(&self, worker: usize) -> (f64, f64) {
        look((0.0, 1.0), self.people[worker].resume, self.resume_precision(worker))
    }

    /// What an introducer believes about a person after the résumé and looks of his own of this total precision.
    pub(super) fn introducers_belief(&self, worker: usize, introducer: usize, precision: f64) -> (f64, f64) {
        let person = &self.people[worker];
        let read = self.by_resume(worker);
        if precision <= 0.0 {
            return read;
        }
        let draw = self.draws.at(Purpose::IntroducersLook, person.generation, row(worker), row(introducer));
        look(read, person.ability + draw.normal() / precision.sqrt(), precision)
    }

    /// One more look: the usual salary, by the law that it was drawn from.
    pub(super) fn after_salary(&self, worker: usize, belief: (f64, f64)) -> (f64, f64) {
        let s = &self.s.workers;
        let shown = ln(self.people[worker].usual / s.salary_reference) / s.salary_slope;
        let ratio = s.salary_slope / s.salary_log_sd;
        look(belief, shown + s.salary_ability_offset, ratio * ratio)
    }

    /// Match (sd of the workforce) and interview noise of a pair in her present episode.
    pub(super) fn seen_bar(&self, introducer: usize, boss: usize, episode: u32) -> f64 {
        let tie = self.draws.head(Purpose::Aim, 0).branch(row(introducer)).branch(row(boss));
        let noise = normal_quantile(unit(tie.sub(episode)));
        self.bosses[boss].bar + self.s.introducers.bar_noise * noise
    }

    /// Chance to pass a bar that is seen with noise: two independent doubts add up.
    pub(super) fn chance_to_pass_seen(&self, margin: f64, variance: f64) -> f64 {
        let (sigma, noise) = (self.sigma(variance), self.s.introducers.bar_noise);
        let doubt = (sigma * sigma + noise * noise).sqrt();
        if doubt > 0.0 {
            return introsim::maths::normal_below(margin / doubt);
        }
        if margin >= 0.0 { 1.0 } else { 0.0 }
    }

    /// Whether the introducer of a tie knows that she has a vacancy.
    pub(super) fn has_heard(&self, tie: usize) -> bool {
        let boss = &self.bosses[self.ties[tie].boss];
        boss.open && self.ties[tie].heard == Some(boss.episode)
    }

    pub(super) fn interview_luck(&self, boss: usize, worker: usize) -> (f64, f64) {
        let address = self.bosses[boss].episode ^ (self.people[worker].generation << 20);
        let draw = self.draws.at(Purpose::Interview, address, row(boss), row(worker));
        (self.s.jobs.match_sd * draw.normal(), self.noise_variance().sqrt() * draw.second_normal())
    }

    /// The present or last search of whoever holds the row.
    pub(super) fn search_of(&self, worker: usize) -> super::world::Search {
        (worker, self.people[worker].searches)
    }

    /// Whether a search still goes on.
    pub(super) fn goes_on(&self, search: super::world::Search) -> bool {
        let person = &self.people[search.0];
        person.searches == search.1 && person.seeks()
    }

    pub(super) fn has_met(&self, boss: usize, worker: usize) -> bool {
        self.bosses[boss].met.contains(&worker)
    }
}
