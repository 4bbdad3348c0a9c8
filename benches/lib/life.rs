//! A market that lives week by week, as a replication does.

use std::time::{Duration, Instant};

use introsim::engine::live_fork;
use introsim::engine::replication::followed_introducers;
use introsim::scenario::Scenario;
use introsim::week::pipeline::Pipeline;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::{CHANNELS, Channel, Tally};
use introsim::week::{SCHEDULE, Step, begin_week, run_week};
use introsim::world::World;

/// Weeks before the opening: enough for unemployment to settle.
pub const BURN_IN: u32 = 104;
/// Weeks from the opening on that are not timed: sellers find their clients.
pub const SETTLING: u32 = 52;

/// Weeks of the organic fork that a market is held against: more than any bench lives from the opening on.
const FORKED: u32 = 104;

/// A market, and everything that a week needs beside it.
#[derive(Clone, Debug)]
pub struct Life {
    /// Its scenario.
    pub scenario: Scenario,
    rules: Rules,
    /// The world as it stands.
    pub world: World,
    /// What is on its way in a week.
    pub pipeline: Pipeline,
    /// The week that was last lived.
    pub tally: Tally,
    /// What is kept of single lives.
    pub record: Record,
}

impl Life {
    /// A world at its start.
    #[must_use]
    pub fn build(scenario: Scenario) -> Self {
        let world = World::build(&scenario.without_institutions(), 0);
        let rules = Rules::new(&scenario);
        let (pipeline, tally, record) = (Pipeline::default(), Tally::default(), Record::default());
        Self { scenario, rules, world, pipeline, tally, record }
    }

    /// A market that is in its stride: burnt in, opened, settled.
    #[must_use]
    pub fn steady(scenario: Scenario) -> Self {
        let mut life = Self::build(scenario.without_institutions());
        life.live(BURN_IN);
        life.rules = Rules::new(&scenario);
        life.scenario = scenario;
        life.open();
        life.live(SETTLING);
        life
    }

    /// Opens the market, as a history does: its organic fork, where it needs one, has been lived.
    ///
    /// # Panics
    /// If the fork breaks a law.
    pub fn open(&mut self) {
        let mut as_long = self.scenario.clone();
        as_long.run.weeks = FORKED;
        if let Err(failure) = live_fork([&as_long], &mut self.world, &|| {}) {
            panic!("{failure}");
        }
        let followed = followed_introducers(&self.scenario, &self.world);
        self.record = Record { on: true, followed, ..Record::default() };
        self.world.open_market(&self.scenario);
    }

    /// The same market, ready to be timed: one week further, so that its buffers have grown.
    #[must_use]
    pub fn fork(&self) -> Self {
        let mut fork = self.clone();
        fork.week();
        fork
    }

    /// Lives one week.
    ///
    /// # Panics
    /// If a law is broken.
    pub fn week(&mut self) {
        if let Err(breach) = run_week(&mut self.now()) {
            panic!("{breach}");
        }
    }

    /// Lives some weeks.
    pub fn live(&mut self, weeks: u32) {
        (0..weeks).for_each(|_| self.week());
    }

    /// Lives one week and adds up what each phase took.
    pub fn week_by_phase(&mut self, took: &mut [Duration; SCHEDULE.len()]) {
        let mut now = self.now();
        begin_week(&mut now);
        for (took, phase) in took.iter_mut().zip(SCHEDULE) {
            let start = Instant::now();
            phase.run(&mut now);
            *took += start.elapsed();
        }
    }

    fn now(&mut self) -> Step<'_> {
        Step {
            scenario: &self.scenario,
            rules: &self.rules,
            world: &mut self.world,
            pipeline: &mut self.pipeline,
            tally: &mut self.tally,
            record: &mut self.record,
        }
    }
}

/// What happened in some weeks: means a week.
#[derive(Clone, Copy, Debug, Default)]
pub struct Events {
    /// Workers.
    pub workers: f64,
    /// Seekers.
    pub seekers: f64,
    /// Employed seekers.
    pub looking: f64,
    /// Vacancies.
    pub vacancies: f64,
    /// Cold applications thought of: those not sent paid too little, or would have been a second one.
    pub drawn: f64,
    /// Cold applications sent.
    pub cold: f64,
    /// Requests by any other way.
    pub sponsored: f64,
    /// Askings of introducers.
    pub asks: f64,
    /// Meetings.
    pub met: f64,
    /// Meetings that came through somebody.
    pub met_sponsored: f64,
    /// Jobs taken.
    pub hires: f64,
    /// Jobs that ended.
    pub separations: f64,
}

impl Events {
    /// Counts the next weeks of a market, on a copy of it.
    #[must_use]
    pub fn count(market: &Life, weeks: u32) -> Self {
        let mut life = market.fork();
        let search = &life.scenario.search;
        let mean = [search.applications_unemployed, search.applications_employed];
        let mut events = Self::default();
        let cold = Channel::Cold as usize;
        let all = |counts: &[u32; CHANNELS]| f64::from(counts.iter().sum::<u32>());
        for _ in 0..weeks {
            life.week();
            let tally = &life.tally;
            let (unemployed, looking) = (f64::from(tally.unemployed), f64::from(tally.looking));
            let writes = f64::from(u32::from(tally.vacancies > 0));
            events.workers += f64::from(tally.workers);
            events.seekers += unemployed + looking;
            events.looking += looking;
            events.vacancies += f64::from(tally.vacancies);
            events.drawn += writes * (unemployed * mean[0] + looking * mean[1]);
            events.cold += f64::from(tally.requests[cold]);
            events.sponsored += all(&tally.requests) - f64::from(tally.requests[cold]);
            events.asks += f64::from(tally.asks);
            events.met += all(&tally.met);
            events.met_sponsored += all(&tally.met) - f64::from(tally.met[cold]);
            events.hires += all(&tally.hires);
            events.separations += f64::from(tally.separations);
        }
        events.each(|sum| sum / f64::from(weeks))
    }

    /// Requests of all ways.
    #[must_use]
    pub fn requests(&self) -> f64 {
        self.cold + self.sponsored
    }

    fn each(self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            workers: f(self.workers),
            seekers: f(self.seekers),
            looking: f(self.looking),
            vacancies: f(self.vacancies),
            drawn: f(self.drawn),
            cold: f(self.cold),
            sponsored: f(self.sponsored),
            asks: f(self.asks),
            met: f(self.met),
            met_sponsored: f(self.met_sponsored),
            hires: f(self.hires),
            separations: f(self.separations),
        }
    }
}
