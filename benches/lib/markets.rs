//! Three markets of any size.

use introsim::scenario::{self, Scenario};

/// Which market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `scenarios/organic.toml`: nobody sells.
    Organic,
    /// `scenarios/contingency.toml`: sellers take a tenth of the salary on success.
    Paid,
    /// Job leads alone, as in Calvó-Armengol and Jackson (2004): mean degree 10, a = 0.10, b = 0.015.
    Leads,
}

impl Kind {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Organic, Self::Paid, Self::Leads];

    /// Name in tables and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organic => "organic",
            Self::Paid => "paid",
            Self::Leads => "leads",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The scenario with so many workers, and decision-makers and introducers in proportion.
    #[must_use]
    pub fn scenario(self, workers: u32) -> Scenario {
        let file = match self {
            Self::Organic => "organic.toml",
            Self::Paid => "contingency.toml",
            Self::Leads => "validation/networks.toml",
        };
        let mut scenario = load(file);
        if self == Self::Leads {
            scenario.friends.mean_degree = 10;
            scenario.workers.count = workers;
        } else {
            resize(&mut scenario, workers);
        }
        scenario
    }
}

/// Another number of workers, with decision-makers and introducers in proportion.
pub fn resize(scenario: &mut Scenario, workers: u32) {
    let before = u64::from(scenario.workers.count);
    let scaled = |count: u32| {
        u32::try_from(u64::from(count) * u64::from(workers) / before).expect("fewer than there are workers")
    };
    scenario.decision_makers.count = scaled(scenario.decision_makers.count).max(1);
    scenario.introducers.count = scaled(scenario.introducers.count).max(1);
    scenario.workers.count = workers;
}

/// A shipped scenario.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn load(file: &str) -> Scenario {
    match scenario::load(format!("{}/{file}", folder())) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{problems}"),
    }
}

/// Where the shipped scenarios are.
#[must_use]
pub fn folder() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios")
}
