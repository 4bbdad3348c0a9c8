//! The record: what is kept of single lives for the tables of spells, ties and densities.

use super::diary::{Diary, Event, Who};
use super::tally::Channel;
use crate::world::World;
pub use crate::world::totals::{ABILITY_BINS, CONTACT_BINS};
use crate::world::totals::{ability_bin, contact_bin};

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With a job, by this channel.
    Hired(Channel),
    /// The employed worker stopped looking.
    Stopped,
    /// The person left the labour force.
    Left,
    /// Not before the last week.
    Open,
}

impl Ending {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hired(channel) => channel.name(),
            Self::Stopped => "stopped",
            Self::Left => "left",
            Self::Open => "open",
        }
    }
}

/// One search of a sampled worker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// The worker's row.
    pub worker: u32,
    /// Number of the search in that row.
    pub number: u32,
    /// It began while employed.
    pub from_job: bool,
    /// First week.
    pub start: u32,
    /// Last week.
    pub end: u32,
    /// How it ended.
    pub ending: Ending,
    /// True ability, sd.
    pub ability: f64,
    /// Networking, relative to the median.
    pub networking: f64,
    /// Contacts at the start.
    pub contacts: u8,
    /// Became a client.
    pub bought: bool,
    /// Last salary before, dollars a year.
    pub salary_before: f64,
    /// Salary found.
    pub salary_after: Option<f64>,
}

/// One life of a tie, from its opening to a block or to the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieLife {
    /// Introducer.
    pub introducer: u32,
    /// Decision-maker.
    pub decision_maker: u32,
    /// How often it had been opened again before.
    pub life: u32,
    /// The introducer has ever sold.
    pub seller: bool,
    /// Last week before it.
    pub start: u32,
    /// Last week.
    pub end: u32,
    /// It ended with a block.
    pub blocked: bool,
    /// Requests in it.
    pub requests: u32,
    /// Goodwill at its end.
    pub goodwill: f64,
}

/// Groups of people whose densities are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Crowd {
    /// All seekers, once a week.
    Pool = 0,
    /// New applicants to sellers.
    Applicants = 1,
    /// New clients.
    Payers = 2,
    /// Those introduced for nothing.
    Organic = 3,
    /// Those placed by sellers.
    Placed = 4,
}

impl Crowd {
    /// All groups with their names in tables.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Pool, "pool"),
        (Self::Applicants, "applicants"),
        (Self::Payers, "payers"),
        (Self::Organic, "organic"),
        (Self::Placed, "placed"),
    ];
}

/// Bins of weeks out of work: 0–3, 4–7, … ; the last one takes all from 104.
pub const WEEKS_BINS: usize = 27;

/// Histograms of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Densities {
    /// By true ability.
    pub ability: [u64; ABILITY_BINS],
    /// By contacts.
    pub contacts: [u64; CONTACT_BINS],
    /// By weeks out of work, of those out of work.
    pub weeks_out: [u64; WEEKS_BINS],
}

impl Default for Densities {
    fn default() -> Self {
        Self { ability: [0; ABILITY_BINS], contacts: [0; CONTACT_BINS], weeks_out: [0; WEEKS_BINS] }
    }
}

/// What is kept of single lives; nothing during the burn-in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Whether anything is kept.
    pub on: bool,
    /// Finished searches of sampled workers.
    pub spells: Vec<Spell>,
    /// Finished lives of the ties that are followed.
    pub tie_lives: Vec<TieLife>,
    /// Introducers whose ties are followed.
    pub followed: Vec<bool>,
    /// Histograms by [`Crowd`].
    pub densities: [Densities; 5],
    /// True ability of each new client, with the week of signing.
    pub clients: Vec<(u32, f64)>,
    /// What is told of single lives, if anybody reads along.
    pub diary: Option<Box<Diary>>,
}

impl Record {
    /// Tells the diary what happens, if anybody reads along.
    pub(super) fn emit(&mut self, week: u32, who: Who, event: Event) {
        if let Some(diary) = &mut self.diary {
            diary.add(week, who, event);
        }
    }

    /// Whether anybody reads along who wants to know of these.
    pub(super) fn sees(&self, who: Who) -> bool {
        self.diary.as_ref().is_some_and(|diary| diary.sees(who))
    }

    /// Counts a person into the densities of a group.
    pub fn count(&mut self, crowd: Crowd, world: &World, worker: usize) {
        if !self.on {
            return;
        }
        let group = &mut self.densities[crowd as usize];
        group.ability[ability_bin(world.workers.true_ability[worker])] += 1;
        group.contacts[contact_bin(world.contacts.count(worker))] += 1;
        if world.workers.unemployed.has(worker) {
            group.weeks_out[weeks_bin(world.workers.weeks_out(worker, world.week))] += 1;
        }
    }

    /// Counts all seekers into the densities of the pool.
    pub fn count_pool(&mut self, world: &World) {
        if !self.on {
            return;
        }
        let (group, totals) = (&mut self.densities[Crowd::Pool as usize], &world.totals);
        let add = |bins: &mut [u64], step: &[u32]| {
            bins.iter_mut().zip(step).for_each(|(bin, &n)| *bin += u64::from(n));
        };
        add(&mut group.ability, &totals.by_ability);
        add(&mut group.contacts, &totals.by_contacts);
        for (weeks, n) in totals.by_weeks_out(world.week) {
            group.weeks_out[weeks_bin(weeks)] += u64::from(n);
        }
    }

    /// Writes down the search of a worker that ends this week, if the worker is sampled and searches: one whom
    /// somebody found may not have looked.
    pub fn end_search(&mut self, world: &World, worker: usize, ending: Ending, salary_after: Option<f64>) {
        let workers = &world.workers;
        if !self.on || !workers.sampled.has(worker) || !workers.is_seeking(worker) {
            return;
        }
        self.spells.push(Spell {
            worker: crate::ids::row(worker),
            number: workers.searches[worker],
            from_job: workers.searched_from_job.has(worker),
            start: workers.search_since[worker],
            end: world.week,
            ending,
            ability: workers.true_ability[worker],
            networking: workers.networking[worker],
            contacts: workers.search_contacts[worker],
            bought: workers.bought.has(worker),
            salary_before: workers.salary[worker],
            salary_after,
        });
    }

    /// Writes down the present life of a tie that ends this week, if its introducer is followed.
    ///
    /// `sold`: the introducer has ever sold.
    pub fn end_tie_life(&mut self, world: &World, sold: bool, tie: usize, blocked: bool) {
        let ties = &world.ties;
        let introducer = ties.introducer[tie].0;
        if !self.on || !self.followed.get(introducer as usize).is_some_and(|&followed| followed) {
            return;
        }
        self.tie_lives.push(TieLife {
            introducer,
            decision_maker: ties.decision_maker[tie].0,
            life: ties.life[tie].reopened.into(),
            seller: sold,
            start: ties.life[tie].since.into(),
            end: world.week,
            blocked,
            requests: ties.life[tie].requests,
            goodwill: ties.goodwill(tie),
        });
    }

    /// Writes down what is still open at the end of the last week.
    pub fn close(&mut self, world: &World) {
        for worker in 0..world.workers.len() {
            if world.workers.is_seeking(worker) {
                self.end_search(world, worker, Ending::Open, None);
            }
        }
        for tie in 0..world.ties.len() {
            if world.ties.is_open(crate::ids::TieId::new(tie)) {
                let sold = world.has_sold(world.ties.introducer[tie].at());
                self.end_tie_life(world, sold, tie, false);
            }
        }
    }
}

/// Bin of a number of weeks out of work.
fn weeks_bin(weeks: u32) -> usize {
    (weeks as usize / 4).min(WEEKS_BINS - 1)
}
