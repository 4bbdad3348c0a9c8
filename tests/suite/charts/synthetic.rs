//! Run folders made up for tests: the shapes of a real run's tables with numbers whose truth is known.

#[path = "more.rs"]
mod more;

use std::path::Path;

use introsim::output::tables::{Density, Spell, Tie, weekly_table};
use introsim::output::{Cell, Folder, Manifest, Scenario, Table};
use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution, Exp, Normal, Poisson};

/// One scenario.
#[derive(Clone)]
pub(super) struct Market {
    pub(super) name: String,
    /// Chance of each seller to leave, a week; `None` where nobody sells.
    leave: Option<f64>,
    /// Mean ability of payers minus that of the pool, in sd.
    gap: f64,
    /// Whether payers have the contacts and the time out of work of all seekers.
    alike: bool,
    /// Spread of the mean ability of a whole market, in sd.
    luck: f64,
    pub(super) ties_break: bool,
    /// Share of sellers' requests that are met; `None` follows goodwill.
    pub(super) acceptance: Option<f64>,
    /// What clients gain, years' salary; shams a client; what a placement leaves its seller, dollars.
    pub(super) gain: f64,
    pub(super) shams: f64,
    pub(super) profit: f64,
    /// What it is worth to workers against no scenario at all, dollars a worker and year.
    pub(super) worth: f64,
    /// How much faster the able find a job, log rate per sd.
    pub(super) ability_slope: f64,
    pub(super) hidden: bool,
}

/// A whole run.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) markets: Vec<Market>,
    pub(super) replications: i64,
    pub(super) weeks: i64,
}

impl Market {
    pub(super) fn paid(name: &str, leave: f64) -> Self {
        Self {
            name: name.to_owned(),
            leave: Some(leave),
            gap: -0.2,
            alike: false,
            luck: 0.03,
            ties_break: true,
            acceptance: None,
            gain: 0.04,
            shams: 0.0,
            profit: 3000.0,
            worth: 0.0,
            ability_slope: 0.5,
            hidden: false,
        }
    }

    pub(super) fn organic(name: &str) -> Self {
        Self { leave: None, gap: 0.0, ..Self::paid(name, 0.0) }
    }

    pub(super) fn with_ability_gap(mut self, gap: f64) -> Self {
        self.gap = gap;
        self
    }
}

impl Market {
    pub(super) fn like_all_seekers(mut self) -> Self {
        (self.gap, self.alike) = (0.0, true);
        self
    }

    pub(super) fn with_luck(mut self, luck: f64) -> Self {
        self.luck = luck;
        self
    }
}

impl Run {
    pub(super) fn of(markets: Vec<Market>) -> Self {
        Self { markets, replications: 8, weeks: 260 }
    }

    /// Writes the tables of a run and the manifest into a folder that is empty or holds such a run.
    pub(super) fn write(&self, dir: &Path) {
        let mut folder = Folder::create(dir).unwrap();
        let mut weekly = weekly_table();
        let mut densities = Table::of::<Density>([]);
        let mut ties = Table::of::<Tie>([]);
        let mut outcomes = Table::new("outcomes", more::OUTCOMES);
        let mut spells = Table::of::<Spell>([]);
        for (number, market) in self.markets.iter().enumerate() {
            for replication in 0..self.replications {
                let seed = 1000 * number as u64 + replication.unsigned_abs();
                let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
                self.weekly(market, replication, &mut random, &mut weekly);
                histograms(market, replication, &mut random, &mut densities);
                self.ties(market, replication, &mut random, &mut ties);
                outcomes.push(more::outcomes(market, replication));
                more::spells(market, replication, self.weeks, &mut random, &mut spells);
            }
        }
        for table in [&weekly, &densities, &ties, &outcomes, &spells] {
            folder.write(table).unwrap();
        }
        folder.write_dictionary(&[]).unwrap();
        let scenario = |market: &Market| Scenario { name: market.name.clone(), text: more::rules(market) };
        let manifest = Manifest {
            program_version: "0.1.0".to_owned(),
            seed: 1,
            replications: u32::try_from(self.replications).unwrap(),
            scenarios: self.markets.iter().map(scenario).collect(),
            inputs: Vec::new(),
        };
        folder.write_manifest(&manifest, serde_json::Map::new()).unwrap();
    }

    fn weekly(&self, market: &Market, replication: i64, random: &mut impl Rng, table: &mut Table) {
        let mut sellers = if market.leave.is_some() { 10_u32 } else { 0 };
        let mut goodwill: f64 = 0.8;
        for week in 0..=self.weeks {
            let mut row = vec![Cell::Empty; table.columns.len()];
            let mut set = |name: &str, cell: Cell| {
                row[table.columns.iter().position(|column| column.name == name).unwrap()] = cell;
            };
            set("scenario", market.name.as_str().into());
            set("replication", replication.into());
            set("week", week.into());
            if week > 0 {
                let leave = market.leave.unwrap_or(0.0) * if week < 8 { 0.2 } else { 1.0 };
                sellers -= (0..sellers).filter(|_| random.random_bool(leave)).count() as u32;
                let requests = poisson(3.0 * f64::from(sellers), random);
                let acceptance = market.acceptance.unwrap_or(0.2 + 0.4 * goodwill);
                let met = (0..requests).filter(|_| random.random_bool(acceptance)).count() as i64;
                let hired = (0..met).filter(|_| random.random_bool(0.1)).count() as i64;
                goodwill +=
                    0.02 * (0.8 - goodwill) - 0.0012 * f64::from(sellers) * (1.2 - acceptance) * goodwill;
                set("requests_paid", requests.into());
                set("met_paid", met.into());
                set("hires_paid", hired.into());
                set("passed_paid", (met / 3).into());
                more::free_requests(random, &mut set);
            }
            set("active_sellers", Cell::Int(sellers.into()));
            set("trust_organic", Cell::Num(0.1 + random.random_range(-0.03..0.03)));
            if market.leave.is_some() && !market.hidden {
                set("trust_paid", Cell::Num(-0.2 + random.random_range(-0.03..0.03)));
            }
            set("goodwill", Cell::Num(goodwill + random.random_range(-0.03..0.03)));
            table.push(row);
        }
    }

    fn ties(&self, market: &Market, replication: i64, random: &mut impl Rng, table: &mut Table) {
        let end = self.weeks as f64;
        for tie in 0..160_i64 {
            let seller = market.leave.is_some() && tie < 100;
            let rate =
                if seller { Exp::new(1.0).unwrap().sample(random) } else { f64::from(tie % 3 != 0) * 0.08 };
            let lives = Exp::new(0.0002 + 0.012 * rate * rate).unwrap().sample(random).ceil();
            let blocked = lives <= end && market.ties_break;
            let weeks = if blocked { lives } else { end };
            let requests = poisson(rate * weeks, random);
            table.push(vec![
                market.name.as_str().into(),
                replication.into(),
                (tie / 10).into(),
                (tie % 10).into(),
                Cell::Int(0),
                seller.into(),
                Cell::Int(0),
                if blocked { weeks.into() } else { Cell::Empty },
                if blocked { "blocked" } else { "open" }.into(),
                weeks.into(),
                requests.into(),
                (requests as f64 / weeks).into(),
                0.4.into(),
            ]);
        }
    }
}

fn histograms(market: &Market, replication: i64, random: &mut impl Rng, table: &mut Table) {
    let payers = if market.alike { (2.0, 18.0) } else { (1.4, 40.0) };
    let groups = [("pool", 4000, 0.0, 2.0, 18.0), ("payers", 300, market.gap, payers.0, payers.1)];
    let more = [("organic", 900, 0.25, 4.0, 14.0), ("placed", 60, market.gap + 0.3, 1.6, 26.0)];
    // The luck of a whole market moves all of its people together.
    let luck = Normal::new(0.0, market.luck).unwrap().sample(random);
    for (group, people, ability, contacts, weeks) in groups.into_iter().chain(more) {
        if market.leave.is_none() && (group == "payers" || group == "placed") {
            continue;
        }
        let normal = Normal::new(ability + if group == "pool" { 0.0 } else { luck }, 0.95).unwrap();
        let mut draws = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..people {
            draws[0].push(normal.sample(random));
            draws[1].push(poisson(contacts, random) as f64);
            draws[2].push(Exp::new(1.0 / weeks).unwrap().sample(random));
        }
        let bins = [("ability", -4.0, 0.25, 32), ("contacts", -0.5, 1.0, 17), ("weeks_out", 0.0, 4.0, 40)];
        for ((variable, low, width, n), values) in bins.into_iter().zip(draws) {
            let mut counts = vec![0_i64; n];
            for value in values {
                counts[(((value - low) / width).max(0.0) as usize).min(n - 1)] += 1;
            }
            for (bin, count) in counts.into_iter().enumerate() {
                let start = low + width * bin as f64;
                table.push(vec![
                    market.name.as_str().into(),
                    replication.into(),
                    group.into(),
                    variable.into(),
                    start.into(),
                    (start + width).into(),
                    count.into(),
                ]);
            }
        }
    }
}

fn poisson(mean: f64, random: &mut impl Rng) -> i64 {
    if mean > 0.0 { Poisson::new(mean).unwrap().sample(random) as i64 } else { 0 }
}
