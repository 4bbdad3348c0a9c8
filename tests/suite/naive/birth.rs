//! How the twin's world comes about: people, decision-makers, ties, contacts, and the opening of the market.

use introsim::ids::row;
use introsim::maths::{exp, ln};
use introsim::scenario::{Entry, Payer, Scenario};
use introsim::streams::{Draws, Gate, Purpose, below};
use introsim::world::START;

use super::luck::poisson;
use super::world::{Boss, Contact, Counts, Fired, Forms, Person, Seller, Shop, Tie, Traffic, Twin};

pub(super) fn cents(dollars: f64) -> i64 {
    introsim::world::ledger::cents(dollars)
}

pub(super) fn dollars(cents: i64) -> f64 {
    introsim::world::ledger::dollars(cents)
}

/// A length of time as whole weeks.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths of these tests are small"
)]
fn whole(weeks: f64) -> u32 {
    weeks as u32
}

impl Twin {
    /// The world before the first week; friends are those of the world given, which the week never changes.
    pub(super) fn build(s: &Scenario, replication: u32, friends: Vec<Vec<usize>>) -> Self {
        let draws = Draws::new(s.run.seed, replication);
        let mut twin = Self {
            s: s.clone(),
            draws,
            week: START,
            people: vec![Person::default(); s.workers.count as usize],
            bosses: Vec::new(),
            ties: Vec::new(),
            friends,
            acceptance: vec![s.introducers.opening_acceptance; s.introducers.count as usize],
            common: (s.beliefs.applicants_mean, s.beliefs.applicants_variance),
            news: s.decision_makers.vacancy_rate,
            uplifts: Vec::new(),
            shop: None,
            requests: Vec::new(),
            meetings: Vec::new(),
            shams: Vec::new(),
            counts: Counts::default(),
            fired: Fired::default(),
            sums: [0.0; 8],
            fork: None,
        };
        for worker in 0..twin.people.len() {
            twin.draw_person(worker);
            let gate = Gate::new(s.workers.initial_unemployed);
            let together = draws.head(Purpose::InitialState, 0).gates(row(worker / 64), gate);
            let out = together >> (worker % 64) & 1 == 1;
            let person = &mut twin.people[worker];
            person.ends = s.jobs.separation;
            person.out = out;
            person.out_since = START;
            person.search_since = START;
            person.searches = u32::from(out);
            twin.first_contacts(worker);
        }
        for boss in 0..s.decision_makers.count {
            twin.bosses.push(twin.draw_boss(boss));
        }
        twin.draw_ties();
        twin
    }

    pub(super) fn draw_person(&mut self, worker: usize) {
        let s = &self.s.workers;
        let generation = self.people[worker].generation;
        let born = self.draws.at(Purpose::Ability, generation, row(worker), 0);
        let outlook = self.draws.at(Purpose::Outlook, generation, row(worker), 0);
        let paper = self.draws.at(Purpose::Paper, generation, row(worker), 0);
        let person = &mut self.people[worker];
        person.ability = born.normal();
        let rho = s.networking_ability_correlation;
        let social = rho * person.ability + (1.0 - rho * rho).sqrt() * born.second_normal();
        person.networking = exp(s.networking_log_sd * social);
        person.felt = person.ability + s.overconfidence_mean + s.overconfidence_sd * outlook.normal();
        let log = s.salary_slope * (person.ability - s.salary_ability_offset)
            + s.salary_log_sd * outlook.second_normal();
        person.usual = s.salary_reference * exp(log);
        person.salary = person.usual;
        person.level = ln(person.salary / s.salary_reference) / s.salary_slope;
        person.own_savings = cents(s.savings_median * exp(s.savings_log_sd * paper.normal()));
        person.savings = person.own_savings;
        self.print_resume(worker);
    }

    /// What the résumé says: the same noise at any precision; without precision the same of everybody.
    pub(super) fn print_resume(&mut self, worker: usize) {
        let precision = self.resume_precision(worker);
        let generation = self.people[worker].generation;
        let paper = self.draws.at(Purpose::Paper, generation, row(worker), 0);
        let person = &mut self.people[worker];
        person.resume = 0.0;
        if precision > 0.0 {
            person.resume = person.ability + paper.second_normal() / precision.sqrt();
        }
    }

    /// Week in which a contact fades that has all its life before it.
    pub(super) fn contact_until(&self, from: u32, luck: f64) -> u32 {
        let half_lives = -ln(luck) / std::f64::consts::LN_2;
        from + whole(1.0 + half_lives * self.s.contacts.half_life)
    }

    fn first_contacts(&mut self, worker: usize) {
        let s = &self.s.contacts;
        let draw = self.draws.at(Purpose::InitialContact, 0, row(worker), 0);
        let mean = s.start_mean * self.people[worker].networking;
        let n = poisson(mean, draw.uniform());
        let wanted = n.min(s.most).min(self.s.introducers.count) as usize;
        let met = START - whole(s.start_familiarity);
        for nth in 0..wanted {
            let strangers = self.strangers(worker);
            let introducer = strangers[below(draw.branch(0).sub(row(nth)), row(strangers.len())) as usize];
            let luck = self.draws.at(Purpose::Fade, met, row(worker), row(introducer)).uniform();
            let until = self.contact_until(START, luck);
            self.people[worker].contacts.push(Contact { introducer, since: met, until });
        }
    }

    /// Introducers whom a worker does not know, in order.
    pub(super) fn strangers(&self, worker: usize) -> Vec<usize> {
        let known = &self.people[worker].contacts;
        let all = 0..self.s.introducers.count as usize;
        all.filter(|&id| known.iter().all(|contact| contact.introducer != id)).collect()
    }

    fn draw_boss(&self, boss: u32) -> Boss {
        let s = &self.s.decision_makers;
        let draw = self.draws.at(Purpose::DecisionMaker, 0, boss, 0);
        let bar = s.bar_mean + s.bar_sd * draw.normal();
        let slope = self.s.workers.salary_slope;
        let log = slope * bar + s.salary_log_sd * draw.second_normal();
        let open = self.draws.at(Purpose::InitialVacancy, 0, boss, 0).yes(s.initial_vacancies);
        Boss {
            bar,
            salary: self.s.workers.salary_reference * exp(log),
            level: log / slope,
            value_per_sd: s.value_per_sd * exp(log),
            open,
            open_since: START,
            reopening: false,
            episode: u32::from(open),
            met: Vec::new(),
            forms: [(0.0, 1.0); 2],
            disabused: false,
        }
    }

    fn draw_ties(&mut self) {
        let (introducers, bosses) = (self.s.introducers.count, self.s.decision_makers.count);
        for introducer in 0..introducers {
            let draw = self.draws.at(Purpose::Tie, 0, introducer, 0);
            let mut known: Vec<u32> = Vec::new();
            let mut position = 0;
            while known.len() < self.s.introducers.ties as usize {
                let boss = below(draw.sub(position), bosses);
                position += 1;
                if !known.contains(&boss) {
                    known.push(boss);
                }
            }
            let trust = (self.s.beliefs.trust_mean, self.s.beliefs.trust_precision);
            for boss in known {
                self.ties.push(Tie {
                    introducer: introducer as usize,
                    boss: boss as usize,
                    goodwill: self.s.goodwill.start,
                    trust,
                    paid_trust: trust,
                    blocked: None,
                    heard: None,
                    all: Traffic::default(),
                });
            }
        }
        self.ties.sort_by_key(|tie| (tie.boss, tie.introducer));
    }

    /// Everybody who may ever sell, in a market that opens.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    fn who_may_sell(&self, scenario: &Scenario, uplift: f64) -> Vec<Seller> {
        let n = (scenario.sellers.share * f64::from(scenario.introducers.count)).round() as usize;
        let never =
            scenario.sellers.entry == Entry::None || scenario.sellers.entry == Entry::Closed && n == 0;
        let all = if never { 0 } else { scenario.introducers.count };
        // Log-normal wages with the mean of an hour, and purses; those with the lowest wages open.
        let wages_and_purses: Vec<(f64, f64)> = (0..all)
            .map(|id| {
                let draw = self.draws.at(Purpose::Wage, 0, id, 0);
                let (spread, s) = (scenario.sellers.outside_wage_log_sd, &scenario.sellers);
                let wage = exp(draw.normal() * spread - spread * spread / 2.0);
                let purse = exp(draw.second_normal() * s.purse_log_sd);
                (wage * scenario.introducers.hour_value, purse * s.purse_median)
            })
            .collect();
        let mut sellers = Vec::new();
        for seller in 0..all as usize {
            let wage = wages_and_purses[seller].0;
            let cheaper = (0..all as usize).filter(|&other| {
                let theirs = wages_and_purses[other].0;
                theirs < wage || (theirs <= wage && other < seller)
            });
            let opens = cheaper.count() < n;
            let luck = self.draws.at(Purpose::Integrity, 0, row(seller), 0).uniform();
            sellers.push(Seller {
                active: opens,
                sold: opens,
                wage,
                own_wage: wage,
                gap: 0.0,
                hour: wage,
                bands: [(0.0, 0.0); 4],
                undone: false,
                purse: wages_and_purses[seller].1,
                own: [0.0; 3],
                weeks_sold: 0,
                cash: 0.0,
                peak: 0.0,
                acceptance: scenario.sellers.opening_acceptance,
                conversion: scenario.sellers.opening_conversion,
                rating: scenario.buyers.opening_rating,
                uplift,
                integrity: -ln(luck) * scenario.sellers.integrity_mean,
                lifetime: 0.0,
                since: self.week,
                liability: 0.0,
                liability_before: 0.0,
                bond: cents(scenario.sellers.bond),
                account: 0,
                applicants: Vec::new(),
                clients: Vec::new(),
                turned_down: Vec::new(),
                screened: Vec::new(),
                mandates: Vec::new(),
                hired: Vec::new(),
                placed: Vec::new(),
                hours: 0.0,
                fees: 0.0,
                refunds: 0.0,
                costs: 0.0,
                social: 0.0,
                exposed: false,
            });
        }
        sellers
    }

    /// Opens the paid market of a scenario.
    pub(super) fn open_market(&mut self, scenario: &Scenario) {
        if scenario.sellers.entry != Entry::None {
            let mut fork = Box::new(self.clone());
            fork.open_market(&scenario.without_institutions());
            self.fork = Some(fork);
        }
        self.s = scenario.clone();
        for tie in &mut self.ties {
            tie.paid_trust = match scenario.contract.payer {
                Payer::Seeker => (self.common.0, scenario.beliefs.trust_precision),
                Payer::Employer => tie.trust,
            };
        }
        for boss in &mut self.bosses {
            let b = &scenario.beliefs;
            boss.forms = [(b.trust_mean, b.trust_precision), (self.common.0, b.trust_precision)];
        }
        // The 52 weeks that end with this one.
        let year: Vec<f64> =
            self.uplifts.iter().filter(|(week, _)| week + 52 > self.week).map(|u| u.1).collect();
        let uplift =
            if year.is_empty() { 0.0 } else { year.iter().sum::<f64>() / f64::from(row(year.len())) };
        let sellers = self.who_may_sell(scenario, uplift);
        let most = scenario.sellers.pitches_per_week * scenario.sellers.representation;
        self.shop = Some(Shop {
            opened: self.week,
            sellers,
            known: {
                let s = &scenario.sellers;
                let earned = (20.0 + s.open_hours) * scenario.introducers.hour_value * (1.0 + s.optimism);
                [52.0 * earned, 52.0 * 20.0, 52.0]
            },
            cohort: Vec::new(),
            clients_account: 0,
            outside: 0,
            employers_account: 0,
            insiders_account: 0,
            coaches_account: 0,
            uplift,
            introductions: f64::from(most) * scenario.sellers.opening_acceptance,
            worked: [1.0, 1.0 - scenario.buyers.opening_rating],
            pupils: Vec::new(),
            enrolled: Vec::new(),
            forms: Forms {
                acceptance: [scenario.sellers.opening_acceptance; 2],
                conversion: [scenario.sellers.opening_conversion; 2],
                rating: scenario.buyers.opening_rating,
                owed: Vec::new(),
            },
        });
    }
}
