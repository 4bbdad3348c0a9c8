//! Buying in the twin's week, or asking where the employer pays.

use introsim::ids::row;
use introsim::scenario::Payer;
use introsim::streams::{Purpose, below};

use super::birth::cents;
use super::world::{Applicant, Twin};

impl Twin {
    pub(super) fn employers_pay(&self) -> bool {
        self.s.contract.payer == Payer::Employer
    }

    fn n_active(&self) -> usize {
        self.shop.as_ref().map_or(0, |shop| shop.sellers.iter().filter(|seller| seller.active).count())
    }

    pub(super) fn buying(&mut self) {
        if self.n_active() == 0 {
            return;
        }
        for worker in 0..self.people.len() {
            let person = &self.people[worker];
            if !person.seeks() || person.held_out || person.seller.is_some() {
                continue;
            }
            if !self.gate(Purpose::Consider, worker, self.s.buyers.consider_rate) {
                continue;
            }
            let seller = self.best_rated(worker);
            let search = (worker, person.searches);
            let shop = self.shop.as_ref().expect("somebody sells");
            if shop.sellers[seller].turned_down.contains(&search) || !self.wants(worker, seller) {
                continue;
            }
            let applicant = Applicant { search, since: self.week, stage: 0, spent: 0.0 };
            self.shop.as_mut().expect("somebody sells").sellers[seller].applicants.push(applicant);
            self.people[worker].seller = Some(seller);
            self.counts.applicants += 1;
        }
    }

    fn best_rated(&self, worker: usize) -> usize {
        let sellers = &self.shop.as_ref().expect("somebody sells").sellers;
        let luck = self.draws.at(Purpose::Consider, self.week, row(worker), 0);
        let active: Vec<usize> = (0..sellers.len()).filter(|&seller| sellers[seller].active).collect();
        let mut compared = Vec::new();
        for position in 0..self.s.buyers.sellers_compared {
            compared.push(active[below(luck.sub(position), row(active.len())) as usize]);
        }
        compared.sort_unstable();
        let mut best = compared[0];
        for candidate in compared {
            if sellers[candidate].rating > sellers[best].rating {
                best = candidate;
            }
        }
        best
    }

    /// What a job at once is worth to one out of work, against a job when he expects one.
    pub(super) fn worth_of_speed(&self, worker: usize) -> f64 {
        let (person, b) = (&self.people[worker], &self.s.buyers);
        if !person.out {
            return 0.0;
        }
        let left = (b.hazard_weeks + self.weeks_counted(person.search_since)) / (b.hazard_shape - 1.0);
        (1.0 - self.s.workers.benefit_share) * person.usual / 52.0 * (left - b.placement_lag).max(0.0)
    }

    fn wants(&self, worker: usize, seller: usize) -> bool {
        let (shop, person, b) = (self.shop.as_ref().expect("open"), &self.people[worker], &self.s.buyers);
        let seller = &shop.sellers[seller];
        let salary = if person.out { person.usual } else { person.salary };
        let higher = (seller.uplift - shop.uplift) * salary * b.uplift_years;
        let benefit = seller.rating * (self.worth_of_speed(worker) + higher);
        if self.employers_pay() {
            return benefit > 0.0;
        }
        let representation = f64::from(self.s.sellers.representation);
        let weeks = representation * (1.0 - seller.rating / 2.0);
        let price = self.expected_price(seller.rating, salary, weeks, shop.introductions);
        let c = &self.s.contract;
        let due = c.upfront + c.retainer_per_week * representation + c.per_introduction * shop.introductions;
        // Amounts are whole cents.
        benefit > price && person.savings >= cents(due)
    }
}
