//! Employers who pay, in the twin: whom they engage, how he searches for them, what he earns.

use introsim::ids::row;
use introsim::scenario::{AcceptAbove, Among};
use introsim::streams::{Purpose, below};

use super::after::{mean_into, share};
use super::birth::{cents, dollars};
use super::world::{Mandate, Request, SUBMITTED, Shop, Twin};

impl Twin {
    /// Whether somebody is engaged for the present vacancy of a decision-maker.
    fn is_engaged(&self, boss: usize) -> bool {
        let shop = self.shop.as_ref().expect("open");
        let mut all = shop.sellers.iter().flat_map(|seller| &seller.mandates);
        all.any(|mandate| mandate.boss == boss && mandate.episode == self.bosses[boss].episode)
    }

    /// Phase 8: decision-makers whose vacancies have stayed open engage somebody.
    pub(super) fn engaging(&mut self) {
        if self.shop.is_none() || !self.employers_pay() {
            return;
        }
        let week = self.week;
        for boss in 0..self.bosses.len() {
            let waited =
                self.bosses[boss].open && week - self.bosses[boss].open_since >= self.s.employer.after_weeks;
            let luck = self.draws.at(Purpose::Engage, week, row(boss), 0);
            if !waited || self.is_engaged(boss) || !luck.yes(self.s.employer.engages) {
                continue;
            }
            let shop = self.shop.as_ref().expect("open");
            let mut best: Option<(f64, usize)> = None;
            for tie in self.ties.iter().filter(|tie| tie.boss == boss && tie.blocked.is_none()) {
                let sells = shop.sellers.get(tie.introducer).is_some_and(|seller| seller.active);
                let trust = tie.paid_trust.0;
                let better = |(most, id)| trust > most || (trust >= most && tie.introducer < id);
                if sells && best.is_none_or(better) {
                    best = Some((trust, tie.introducer));
                }
            }
            if let Some((_, seller)) = best {
                self.fired.engaged += 1;
                self.counts.engaged += 1;
                let mandate = Mandate { boss, episode: self.bosses[boss].episode, since: week };
                self.shop.as_mut().expect("open").sellers[seller].mandates.push(mandate);
            }
        }
    }

    /// Phase 8: those engaged search.
    pub(super) fn searching(&mut self) {
        if self.shop.is_none() || !self.employers_pay() {
            return;
        }
        let e = self.s.employer.clone();
        let stages: f64 = self.s.screening.stages.iter().map(|stage| stage.hours).sum();
        let full = f64::from(e.found) * e.find_hours + f64::from(e.screened.min(e.found)) * stages;
        for seller in 0..self.shop.as_ref().expect("open").sellers.len() {
            let one = &mut self.shop.as_mut().expect("open").sellers[seller];
            one.hours = 0.0;
            let bosses = &self.bosses;
            one.mandates.retain(|m| bosses[m.boss].open && bosses[m.boss].episode == m.episode);
            if !one.active {
                continue;
            }
            let mut mandates = one.mandates.clone();
            mandates.sort_by_key(|mandate| (mandate.since, mandate.boss));
            for mandate in mandates {
                let all = self.s.sellers.hours - self.s.sellers.open_hours;
                let left = all - self.shop.as_ref().expect("open").sellers[seller].hours;
                let mut ties = self.ties.iter();
                let tie = ties.position(|tie| tie.introducer == seller && tie.boss == mandate.boss);
                let tie = tie.expect("who is engaged has a tie");
                if full > left {
                    self.shop.as_mut().expect("open").sellers[seller].undone = true;
                } else if self.ties[tie].blocked.is_none() {
                    self.search(seller, mandate.boss, tie);
                }
            }
        }
    }

    fn search(&mut self, seller: usize, boss: usize, tie: usize) {
        let e = self.s.employer.clone();
        let found = self.find(seller, boss);
        let mut hours = e.find_hours * f64::from(row(found.len()));
        let mut by_resume: Vec<(f64, usize)> = found.iter().map(|&w| (self.by_resume(w).0, w)).collect();
        best_first(&mut by_resume);
        by_resume.truncate(e.screened as usize);
        let mut passed: Vec<(f64, usize)> = Vec::new();
        for (resume, worker) in by_resume {
            let (spent, mean) = self.screen_for(seller, boss, worker);
            hours += spent;
            match mean {
                // Without stages the résumé decides alone.
                Some(_) if self.s.screening.stages.is_empty() => passed.push((resume, worker)),
                Some(mean) => passed.push((mean, worker)),
                None => self.fired.dropped_in_search += 1,
            }
        }
        best_first(&mut passed);
        passed.truncate(e.submits as usize);
        for (_, worker) in passed {
            self.fired.submitted += 1;
            self.requests.push(Request { boss, worker, channel: SUBMITTED, tie: Some(tie), insider: None });
            self.counts.requests[SUBMITTED] += 1;
            let search = self.search_of(worker);
            let askers = self.shop.as_mut().expect("open").sellers[seller].applicants.iter_mut();
            for asker in askers.filter(|asker| asker.search == search && asker.stage == 0) {
                asker.stage = 1;
                self.counts.askers_helped += 1;
            }
        }
        self.shop.as_mut().expect("open").sellers[seller].hours += hours;
    }

    /// Whom he finds, in the order in which he finds them.
    fn find(&mut self, seller: usize, boss: usize) -> Vec<usize> {
        let most = self.s.employer.found as usize;
        let mut found: Vec<usize> = Vec::new();
        match self.s.employer.among {
            Among::All => {
                let luck = self.draws.at(Purpose::Find, self.week, row(boss), row(seller));
                for k in 0..100 * self.s.employer.found {
                    let worker = below(luck.sub(k), row(self.people.len())) as usize;
                    if found.len() < most && !found.contains(&worker) && self.suits(boss, worker) {
                        found.push(worker);
                    }
                }
                self.fired.found_among_all += row(found.len());
            }
            Among::Askers => {
                let shop = self.shop.as_ref().expect("open");
                let on_list = shop.sellers[seller].applicants.iter().filter(|a| self.goes_on(a.search));
                let rank = |w: usize| self.draws.at(Purpose::Queue, self.week, row(seller), row(w)).rank();
                let mut list: Vec<(u64, usize)> = on_list.map(|a| (rank(a.search.0), a.search.0)).collect();
                list.sort_unstable();
                let suiting = list.into_iter().map(|(_, worker)| worker).filter(|&w| self.suits(boss, w));
                found.extend(suiting.take(most));
                self.fired.found_among_askers += row(found.len());
            }
        }
        found
    }

    fn suits(&self, boss: usize, worker: usize) -> bool {
        let (person, table) = (&self.people[worker], &self.bosses[boss]);
        person.employer != Some(boss)
            && !self.has_met(boss, worker)
            && (person.level - table.level).abs() <= self.s.sellers.near
            && self.reservation(person) <= table.salary
    }

    /// Hours spent on one found, and the posterior mean if he passes all stages.
    fn screen_for(&self, seller: usize, boss: usize, worker: usize) -> (f64, Option<f64>) {
        let stages = &self.s.screening.stages;
        let one = &self.shop.as_ref().expect("open").sellers[seller];
        let table = &self.bosses[boss];
        let (mut spent, mut belief) = (0.0, (0.0, 1.0));
        for (position, stage) in stages.iter().enumerate() {
            spent += stage.hours;
            belief = self.screened(seller, worker, position + 1);
            let to_come: f64 = stages[position + 1..].iter().map(|stage| stage.hours).sum();
            let goes_on = match stage.accept_above {
                AcceptAbove::Score(score) => belief.0 > score,
                AcceptAbove::Profit => {
                    let pass = self.chance_to_pass(belief.0 - table.bar, belief.1);
                    self.on_placement(table.salary) * one.acceptance * pass * one.conversion
                        >= to_come * one.hour
                }
            };
            if !goes_on {
                return (spent, None);
            }
        }
        (spent, Some(belief.0))
    }

    /// Before a worker takes the job for which a seller submitted him.
    pub(super) fn hired_on_submission(&mut self, worker: usize, seller: usize, log_uplift: f64) {
        let search = self.search_of(worker);
        let goes_on = self.goes_on(search);
        self.fired.hired_unasked += u32::from(!self.people[worker].seeks());
        self.counts.hired_unasked += u32::from(!self.people[worker].seeks());
        let seller = &mut self.shop.as_mut().expect("open").sellers[seller];
        seller.hired.push(log_uplift);
        if goes_on && seller.applicants.iter().any(|asker| asker.search == search) {
            self.fired.placed_askers += 1;
            self.counts.askers_placed += 1;
            seller.placed.push(search);
        }
    }

    /// Phase 11: fees for those hired on a submission.
    pub(super) fn employers_pay_fees(&mut self, shop: &mut Shop) {
        for meeting in &self.meetings {
            if let (SUBMITTED, true, Some(tie)) =
                (meeting.request.channel, meeting.hired, meeting.request.tie)
            {
                let fee = cents(self.on_placement(self.bosses[meeting.request.boss].salary));
                let seller = &mut shop.sellers[self.ties[tie].introducer];
                shop.employers_account -= fee;
                self.counts.transfers[0] += fee;
                seller.account += fee;
                seller.fees += dollars(fee);
            }
        }
    }

    /// Phase 12: times on lists that end are cases of the rating; all who were hired on a submission, of the uplift.
    pub(super) fn end_times_on_lists(&mut self, shop: &mut Shop) {
        if !self.employers_pay() {
            return;
        }
        for seller in &mut shop.sellers {
            let (mut n, mut placed) = (0, 0);
            for asker in std::mem::take(&mut seller.applicants) {
                let expired = self.week + 1 >= asker.since + self.s.sellers.representation;
                if !expired && self.goes_on(asker.search) {
                    seller.applicants.push(asker);
                    continue;
                }
                n += 1;
                placed += usize::from(seller.placed.contains(&asker.search));
                self.fired.expired += u32::from(self.goes_on(asker.search));
                if self.people[asker.search.0].searches == asker.search.1 {
                    self.people[asker.search.0].seller = None;
                }
            }
            seller.rating = share(seller.rating, self.s.buyers.rating_weight, n, placed);
            seller.uplift = mean_into(seller.uplift, self.s.buyers.uplift_weight, &seller.hired);
            seller.hired.clear();
            seller.placed.clear();
        }
    }
}

/// The highest first; of equals the lower id.
fn best_first(list: &mut [(f64, usize)]) {
    list.sort_by(|a, b| b.0.partial_cmp(&a.0).expect("beliefs are numbers").then(a.1.cmp(&b.1)));
}
