//! Montgomery's residual pool: what is left when the able refer their like.

use super::judge::{Check, Rule};
use super::observe::{ability_of, watch};
use super::{Effort, Stop, errors, not_the_limit};
use crate::experiments::designs::independent;
use crate::maths::exp;
use crate::scenario::{EdgeList, Scenario};
use crate::world::World;

/// Chance that a referral goes to one's own kind, and share out of work: (1 − u)/u times lead_rate is tau.
const CELLS: [(f64, f64); 3] = [(0.8, 0.5), (0.9, 1.0 / 3.0), (0.5, 0.5)];
const SOURCE: &str = "Montgomery 1991: 1/(1 + e^((2α − 1)τ))";

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    if scenario.jobs.separation > 0.0 || scenario.run.weeks != 1 || scenario.run.burn_in != 0 {
        return Err(not_the_limit("jobs.separation and run.burn_in must be 0, run.weeks 1"));
    }
    let replications = if effort == Effort::Quick { 4 } else { scenario.run.replications };
    let mut checks = Vec::new();
    for (own_kind, out) in CELLS {
        let mut market = scenario.clone();
        market.workers.initial_unemployed = out;
        let mut left = Vec::new();
        let (mut hearers, mut seekers) = (0.0, 0.0);
        for replication in 0..replications {
            let people = People::of(&World::build(&market, replication));
            hearers += errors::count(people.referrers.len());
            seekers += errors::count(people.out[0].len());
            let mut tied = market.clone();
            tied.friends.edges = Some(people.referrals(own_kind, u64::from(replication)));
            left.extend(watch(
                &tied,
                replication..replication + 1,
                |_| (),
                |(), _| (),
                |(), world| {
                    let all = world.workers.unemployed.iter();
                    let able =
                        world.workers.unemployed.iter().filter(|&worker| ability_of(world, worker) > 0.0);
                    (errors::count(able.count()), errors::count(all.count()))
                },
            )?);
        }
        // What each able worker out of work is referred by, with the numbers of able workers that there are.
        let tau = market.friends.lead_rate * hearers / seekers;
        let expected = 1.0 / (1.0 + exp((2.0 * own_kind - 1.0) * tau));
        let (able, all) = left.iter().fold((0.0, 0.0), |(a, n), (able, all)| (a + able, n + all));
        let figure = errors::share(able, all, expected);
        let what = format!("α {own_kind}, τ {:.2}: able among those not referred", tau);
        checks.push(Check::new(what, "share", (expected, SOURCE), figure, Rule::errors()));
    }
    Ok(checks)
}

/// Who refers, and who may be referred: the able first.
struct People {
    referrers: Vec<u32>,
    out: [Vec<u32>; 2],
}

impl People {
    fn of(world: &World) -> Self {
        let mut people = Self { referrers: Vec::new(), out: [Vec::new(), Vec::new()] };
        for worker in 0..world.workers.len() {
            let (id, able) = (crate::ids::row(worker), ability_of(world, worker) > 0.0);
            if world.workers.unemployed.has(worker) {
                people.out[usize::from(!able)].push(id);
            } else if able {
                people.referrers.push(id);
            }
        }
        people
    }

    /// One tie of each who refers: to one of his own kind with the chance given, whichever of them.
    fn referrals(&self, own_kind: f64, seed: u64) -> EdgeList {
        let tie = |(place, &referrer): (usize, &u32)| {
            let kind = &self.out[usize::from(independent(seed, place, 0) >= own_kind)];
            let other = kind[nth(independent(seed, place, 1), kind.len())];
            (referrer.min(other), referrer.max(other))
        };
        let mut pairs: Vec<(u32, u32)> = self.referrers.iter().enumerate().map(tie).collect();
        pairs.sort_unstable();
        EdgeList { path: "referrals".to_owned(), pairs }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
fn nth(place: f64, n: usize) -> usize {
    ((place * errors::count(n)) as usize).min(n - 1)
}
