//! A market that a test can live through week by week and look into: scenarios by settings, lives, errors of means.

use introsim::scenario::Scenario;
use introsim::week::pipeline::Pipeline;
use introsim::week::record::Record;
use introsim::week::rules::Rules;
use introsim::week::tally::Tally;
use introsim::week::{Step, run_week};
use introsim::world::World;
use introsim::world::requirements::Breach;

/// The defaults with some keys set, each `key=value` as in `contract.share_of_salary=15%`.
pub(crate) fn with(settings: &[&str]) -> Scenario {
    changed(&Scenario::default(), settings)
}

/// A scenario with some keys set.
pub(crate) fn changed(base: &Scenario, settings: &[&str]) -> Scenario {
    let mut scenario = base.clone();
    for setting in settings {
        let (key, value) = setting.split_once('=').unwrap();
        scenario.set(key, value).unwrap_or_else(|problem| panic!("{setting}: {problem:?}"));
    }
    scenario
}

/// A small market in which everything happens: 300 workers, 40 decision-makers, 12 introducers.
pub(crate) fn small() -> Scenario {
    with(&[
        "workers.count=300",
        "decision_makers.count=40",
        "introducers.count=12",
        "introducers.ties=12",
        "run.burn_in=26",
        "run.weeks=40",
        "run.spells_sample=100%",
        "run.replications=1",
    ])
}

/// The small market with a seller in four, who live off a tenth of a salary.
pub(crate) fn small_paid() -> Scenario {
    changed(
        &small(),
        &[
            "sellers.entry=closed",
            "sellers.share=25%",
            "contract.share_of_salary=10%",
            "sellers.open_hours=0h",
            "sellers.pitch_hours=0.5h",
            "sellers.contact_hours=0.25h",
        ],
    )
}

/// A market in which no two people meet: no vacancies, no introducers, nobody looks, leaves or hears of a job.
pub(crate) fn nothing_happens(workers: u32) -> Scenario {
    let mut scenario = with(&[
        "introducers.count=0",
        "introducers.ties=0",
        // Introducers see and hear everything, and decision-makers read it all.
        "introducers.bar_noise=0",
        "introducers.hears_of_vacancy=1",
        "decision_makers.reads=1000000",
        "decision_makers.count=1",
        "decision_makers.vacancy_rate=0",
        "decision_makers.initial_vacancies=0",
        "jobs.look_rate=0",
        "jobs.separation=0",
        "workers.leave_unemployed=0",
        "workers.leave_employed=0",
        "friends.mean_degree=0",
        "friends.lead_rate=0",
        "run.replications=1",
    ]);
    scenario.workers.count = workers;
    scenario
}

/// A world that moves, and everything a week needs beside it.
pub(crate) struct Life {
    pub(crate) scenario: Scenario,
    pub(crate) rules: Rules,
    pub(crate) world: World,
    pub(crate) pipeline: Pipeline,
    pub(crate) tally: Tally,
    pub(crate) record: Record,
}

impl Life {
    /// A world at the start of its burn-in.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        Self::from_world(scenario, World::build(scenario, 0))
    }

    /// A world taken over from elsewhere.
    pub(crate) fn from_world(scenario: &Scenario, world: World) -> Self {
        Self {
            scenario: scenario.clone(),
            rules: Rules::new(scenario),
            world,
            pipeline: Pipeline::default(),
            tally: Tally::default(),
            record: Record::default(),
        }
    }

    /// A world in which the paid market opens at once.
    pub(crate) fn opened(scenario: &Scenario) -> Self {
        let mut life = Self::new(scenario);
        life.open();
        life
    }

    /// Opens the paid market; single lives are recorded from here.
    pub(crate) fn open(&mut self) {
        self.world.open_market(&self.scenario);
        self.record.on = true;
        self.record.followed = vec![true; self.scenario.introducers.count as usize];
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

    /// One week.
    pub(crate) fn week(&mut self) -> Result<(), Breach> {
        run_week(&mut self.now())
    }

    /// Several weeks; a broken law fails the test.
    pub(crate) fn weeks(&mut self, n: u32) {
        for _ in 0..n {
            self.week().unwrap();
        }
    }
}

/// Mean of independent values and its standard error.
pub(crate) fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = f64::from(u32::try_from(values.len()).unwrap());
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (square / n).sqrt())
}

/// Mean of a ratio of sums over independent cases (y of x), and its standard error by the delta method.
pub(crate) fn ratio_and_error(cases: &[(f64, f64)]) -> (f64, f64) {
    let (y, x) = cases.iter().fold((0.0, 0.0), |(y, x), case| (y + case.0, x + case.1));
    let ratio = y / x;
    let square: f64 = cases.iter().map(|(y, x)| (y - ratio * x) * (y - ratio * x)).sum();
    (ratio, square.sqrt() / x)
}

/// Fails unless the value is within four standard errors of what it should be: a chance of 6e-5 for a right model.
pub(crate) fn assert_within_4_errors(name: &str, (value, error): (f64, f64), expected: f64) {
    println!(
        "{name}: exact {expected:.6}, model {value:.6} ± {error:.6}, z = {:.2}",
        (value - expected) / error
    );
    assert!(error > 0.0 && error.is_finite(), "{name}: no standard error");
    assert!(
        (value - expected).abs() <= 4.0 * error,
        "{name}: expected {expected}, found {value} ± {error}: {:.1} standard errors away",
        (value - expected) / error
    );
}
