//! Employers who pay, in the twin: whom they engage, how he searches for them, what he earns.

use introsim::ids::row;
use introsim::scenario::{AcceptAbove, Among};
use introsim::streams::{Purpose, below};

use super::after::{mean_into, share};
use super::birth::{cents, dollars};
use super::world::{Mandate, Request, Round, SUBMITTED, Shop, Twin};

impl Twin {
    /// Whether somebody is engaged for the present vacancy of a decision-maker.
    fn is_engaged(&self, boss: usize) -> bool {
        let shop = self.shop.as_ref().expect("open");
        let mut all = shop.sellers.iter().flat_map(|seller| &seller.mandates);
        all.any(|mandate| mandate.boss == boss && mandate.episode == self.bosses[boss].episode)
    }

    /// Pitching: decision-makers whose vacancies have stayed open engage somebody.
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
            let possible = self.ties.iter().filter(|tie| tie.boss == boss && tie.blocked.is_none());
            let sells = |id: usize| shop.sellers.get(id).is_some_and(|seller| seller.active);
            let possible: Vec<(f64, usize)> = possible
                .filter(|tie| sells(tie.introducer))
                .map(|tie| (tie.paid_trust.0, tie.introducer))
                .collect();
            // Of those whom she trusts equally, but for what is rounded, the first.
            let most = possible.iter().map(|(trust, _)| *trust).fold(f64::NEG_INFINITY, f64::max);
            let equals = possible.iter().filter(|(trust, _)| *trust >= most - 1e-9);
            if let Some(seller) = equals.map(|(_, id)| *id).min() {
                self.fired.engaged += 1;
                self.counts.engaged += 1;
                let episode = self.bosses[boss].episode;
                let mandate = Mandate { boss, episode, since: week, round: None };
                let told = self.ties.iter_mut().filter(|tie| tie.boss == boss && tie.introducer == seller);
                told.for_each(|tie| tie.heard = Some(episode));
                self.shop.as_mut().expect("open").sellers[seller].mandates.push(mandate);
            }
        }
    }

    /// Pitching: those engaged search.
    pub(super) fn searching(&mut self) {
        if self.shop.is_none() || !self.employers_pay() {
            return;
        }
        for seller in 0..self.shop.as_ref().expect("open").sellers.len() {
            let bosses = &self.bosses;
            let one = &mut self.shop.as_mut().expect("open").sellers[seller];
            one.hours = 0.0;
            one.mandates.retain(|m| bosses[m.boss].open && bosses[m.boss].episode == m.episode);
            one.mandates.sort_by_key(|mandate| (mandate.since, mandate.boss));
            if !one.active {
                continue;
            }
            let mut left = self.s.sellers.hours - self.s.sellers.open_hours;
            for position in 0..self.shop.as_ref().expect("open").sellers[seller].mandates.len() {
                let mandate = self.shop.as_ref().expect("open").sellers[seller].mandates[position].clone();
                let mut ties = self.ties.iter();
                let tie = ties.position(|tie| tie.introducer == seller && tie.boss == mandate.boss);
                let tie = tie.expect("who is engaged has a tie");
                if self.ties[tie].blocked.is_some() {
                    continue;
                }
                let round = mandate.round.unwrap_or_else(|| self.new_round(seller, mandate.boss));
                let rest = self.go_on(seller, mandate.boss, tie, round, &mut left);
                let cut = rest.is_some();
                let one = &mut self.shop.as_mut().expect("open").sellers[seller];
                one.mandates[position].round = rest;
                if cut {
                    self.fired.rounds_cut += 1;
                    one.undone = true;
                    break;
                }
            }
            let all = self.s.sellers.hours - self.s.sellers.open_hours;
            self.shop.as_mut().expect("open").sellers[seller].hours = all - left;
        }
    }

    /// Whom he will screen, and the hours that finding them takes.
    fn new_round(&mut self, seller: usize, boss: usize) -> Round {
        let e = self.s.employer.clone();
        let (known, found) = self.find(seller, boss);
        let finding = e.find_hours * f64::from(row(found.len()));
        let mut all: Vec<(f64, usize, u32)> = known
            .into_iter()
            .chain(found)
            .map(|worker| (self.estimate(seller, worker), worker, self.people[worker].generation))
            .collect();
        best_first(&mut all);
        all.truncate(e.screened as usize);
        Round { finding, to_screen: all, stage: 0, spent: 0.0, passed: Vec::new() }
    }

    fn estimate(&self, seller: usize, worker: usize) -> f64 {
        let seen = self.stages_seen(seller, worker);
        if seen == 0 { self.by_resume(worker).0 } else { self.screened(seller, worker, seen).0 }
    }

    /// Works on a round as long as hours are left; what is left of it.
    fn go_on(
        &mut self,
        seller: usize,
        boss: usize,
        tie: usize,
        mut round: Round,
        left: &mut f64,
    ) -> Option<Round> {
        if round.finding > *left {
            round.finding -= *left;
            *left = 0.0;
            return Some(round);
        }
        *left -= round.finding;
        round.finding = 0.0;
        while let Some(&(estimate, worker, generation)) = round.to_screen.first() {
            if self.still_suits(seller, boss, worker, generation) {
                match self.screen_for(seller, boss, worker, (&mut round.stage, &mut round.spent), left) {
                    None => return Some(round),
                    Some(None) => self.fired.dropped_in_search += 1,
                    // Without stages the résumé decides alone.
                    Some(Some(_)) if self.s.screening.stages.is_empty() => {
                        round.passed.push((estimate, worker, generation));
                    }
                    Some(Some(mean)) => round.passed.push((mean, worker, generation)),
                }
            }
            round.to_screen.remove(0);
            (round.stage, round.spent) = (0, 0.0);
        }
        let mut passed = round.passed;
        passed.retain(|&(_, w, generation)| self.still_suits(seller, boss, w, generation));
        best_first(&mut passed);
        passed.truncate(self.s.employer.submits as usize);
        for (_, worker, _) in passed {
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
        None
    }

    /// Whom he knows already without looking, and whom he finds, in the order in which he finds them.
    fn find(&mut self, seller: usize, boss: usize) -> (Vec<usize>, Vec<usize>) {
        let most = self.s.employer.found as usize;
        let fitting: Vec<usize> = (0..self.people.len()).filter(|&w| self.suits(boss, w)).collect();
        let known = |w: &usize| self.stages_seen(seller, *w) > 0;
        match self.s.employer.among {
            Among::All => {
                let known: Vec<usize> = fitting.iter().copied().filter(known).collect();
                let luck = self.draws.at(Purpose::Find, self.week, row(boss), row(seller));
                let mut found: Vec<usize> = Vec::new();
                for k in 0..100 * self.s.employer.found {
                    let worker = below(luck.sub(k), row(self.people.len())) as usize;
                    let new = fitting.contains(&worker) && !found.contains(&worker);
                    if found.len() < most && new && !known.contains(&worker) {
                        found.push(worker);
                    }
                }
                self.fired.found_among_all += row(found.len());
                self.fired.known_in_search += row(known.len());
                (known, found)
            }
            Among::Askers => {
                let shop = self.shop.as_ref().expect("open");
                let on_list = shop.sellers[seller].applicants.iter().filter(|a| self.goes_on(a.search));
                let rank = |w: usize| self.head(Purpose::Queue).branch(row(seller)).sub(row(w));
                let mut list: Vec<(u64, usize)> = on_list.map(|a| (rank(a.search.0), a.search.0)).collect();
                list.sort_unstable();
                let suiting = list.into_iter().map(|(_, worker)| worker).filter(|w| fitting.contains(w));
                let all: Vec<usize> = suiting.take(most).collect();
                let (known, found): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|w| known(w));
                self.fired.found_among_askers += row(found.len());
                self.fired.known_in_search += row(known.len());
                (known, found)
            }
        }
    }

    /// The same person, who suits as before, and asks where those who ask are searched.
    fn still_suits(&self, seller: usize, boss: usize, worker: usize, generation: u32) -> bool {
        let search = self.search_of(worker);
        let list = &self.shop.as_ref().expect("open").sellers[seller].applicants;
        let asks = self.goes_on(search) && list.iter().any(|asker| asker.search == search);
        self.people[worker].generation == generation
            && self.suits(boss, worker)
            && (asks || matches!(self.s.employer.among, Among::All))
    }

    fn suits(&self, boss: usize, worker: usize) -> bool {
        let (person, table) = (&self.people[worker], &self.bosses[boss]);
        person.employer != Some(boss)
            && !self.has_met(boss, worker)
            && (person.level - table.level).abs() <= self.s.sellers.near
            && self.reservation(person) <= table.salary
    }

    /// The posterior mean of one who passes all stages; `None` inside if he does not, outside if the hours are gone.
    fn screen_for(
        &mut self,
        seller: usize,
        boss: usize,
        worker: usize,
        (stage, spent): (&mut usize, &mut f64),
        left: &mut f64,
    ) -> Option<Option<f64>> {
        let stages = self.s.screening.stages.clone();
        while *stage < stages.len() {
            if *stage >= self.stages_seen(seller, worker) {
                let hours = stages[*stage].hours - *spent;
                if hours > *left {
                    *spent += *left;
                    *left = 0.0;
                    return None;
                }
                *left -= hours;
                *spent = 0.0;
                self.has_seen(seller, worker, *stage + 1);
            }
            let seen = self.stages_seen(seller, worker);
            let belief = self.screened(seller, worker, seen);
            let to_come: f64 = stages[seen..].iter().map(|stage| stage.hours).sum();
            let (one, table) = (&self.shop.as_ref().expect("open").sellers[seller], &self.bosses[boss]);
            let goes_on = match stages[*stage].accept_above {
                AcceptAbove::Score(score) => belief.0 > score,
                AcceptAbove::Profit => {
                    let pass = self.chance_to_pass(belief.0 - table.bar, belief.1);
                    self.on_placement(table.salary) * one.acceptance * pass * one.conversion
                        >= to_come * one.hour
                }
            };
            if !goes_on {
                return Some(None);
            }
            *stage += 1;
        }
        Some(Some(if stages.is_empty() { 0.0 } else { self.screened(seller, worker, stages.len()).0 }))
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

    /// Paying: fees for those hired on a submission.
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

    /// Learning: times on lists that end are cases of the rating; all who were hired on a submission, of the uplift.
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
fn best_first(list: &mut [(f64, usize, u32)]) {
    list.sort_by(|a, b| b.0.partial_cmp(&a.0).expect("beliefs are numbers").then(a.1.cmp(&b.1)));
}
