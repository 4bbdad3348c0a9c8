//! Screening and pitching in the twin's week, where the seeker pays.

use introsim::ids::row;
use introsim::scenario::{AcceptAbove, Targeting};
use introsim::streams::Purpose;

use super::birth::{cents, dollars};
use super::world::{Applicant, Client, Member, PAID, Request, Search, Twin};

/// A target, and what a pitch at it may bring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prospect {
    pub(super) tie: usize,
    pub(super) boss: usize,
    pub(super) met: f64,
    pub(super) success: f64,
    pub(super) pay: f64,
    pub(super) goodwill: f64,
    pub(super) gain: f64,
}

impl Twin {
    pub(super) fn on_placement(&self, salary: f64) -> f64 {
        self.s.contract.share_of_salary * salary + self.s.contract.success_fee
    }

    /// What a representation is expected to cost one side and bring the other.
    pub(super) fn expected_price(&self, placed: f64, salary: f64, weeks: f64, introductions: f64) -> f64 {
        let c = &self.s.contract;
        let before = c.upfront + c.per_introduction * introductions + c.retainer_per_week * weeks;
        let kept = if c.guarantee_weeks > 0 { placed * before } else { before };
        kept + placed * self.on_placement(salary)
    }

    pub(super) fn screening(&mut self) {
        let Some(shop) = &self.shop else { return };
        if self.employers_pay() {
            return;
        }
        for seller in 0..shop.sellers.len() {
            self.screen(seller);
        }
    }

    fn screen(&mut self, seller: usize) {
        let waiting = {
            let sellers = &mut self.shop.as_mut().expect("open").sellers;
            sellers[seller].hours = 0.0;
            std::mem::take(&mut sellers[seller].applicants)
        };
        let mut waiting: Vec<Applicant> = waiting.into_iter().filter(|a| self.goes_on(a.search)).collect();
        let rank = |a: &Applicant| self.head(Purpose::Queue).branch(row(seller)).sub(row(a.search.0));
        // Those with whom he has begun a stage come first; of the others, where he weighs his hours, the dearest hour.
        waiting.sort_by_key(rank);
        waiting.sort_by(|one, other| {
            let begun = |a: &Applicant| a.spent == 0.0;
            let dollars = |a: &Applicant| self.dollars_an_hour(seller, a).unwrap_or(0.0);
            let by_dollars = dollars(other).partial_cmp(&dollars(one)).expect("numbers");
            begun(one).cmp(&begun(other)).then(by_dollars)
        });
        let s = self.s.sellers.clone();
        let per_client = s.contact_hours + f64::from(s.pitches_per_week) * s.pitch_hours;
        let n_clients = self.shop.as_ref().expect("open").sellers[seller].clients.len();
        let mut left = (s.hours - s.open_hours - per_client * f64::from(row(n_clients))).max(0.0);
        for (position, mut applicant) in waiting.clone().into_iter().enumerate() {
            let (worker, _) = applicant.search;
            let one = &self.shop.as_ref().expect("open").sellers[seller];
            // Stages begun with others are promised.
            let others = one.applicants.iter().chain(&waiting[position + 1..]).filter(|a| a.spent > 0.0);
            let promised: f64 = others.map(|a| self.s.screening.stages[a.stage].hours - a.spent).sum();
            let room =
                per_client * f64::from(row(one.clients.len() + 1)) <= s.hours - s.open_hours - promised;
            let mut turned_down = false;
            let mut waits = false;
            while applicant.stage < self.s.screening.stages.len() {
                if applicant.stage < self.stages_seen(seller, worker) {
                    self.fired.known_stages += 1;
                } else {
                    if applicant.spent == 0.0 && !room {
                        break;
                    }
                    let hours = self.s.screening.stages[applicant.stage].hours - applicant.spent;
                    let one = &mut self.shop.as_mut().expect("open").sellers[seller];
                    if hours > left {
                        waits = true;
                        one.hours += left;
                        applicant.spent += left;
                        self.fired.stages_cut += u32::from(left > 0.0);
                        left = 0.0;
                        break;
                    }
                    left -= hours;
                    one.hours += hours;
                    applicant.spent = 0.0;
                    self.has_seen(seller, worker, applicant.stage + 1);
                }
                if !self.passes_stage(seller, worker, applicant.stage) {
                    turned_down = true;
                    break;
                }
                applicant.stage += 1;
            }
            if !room && !waits && !turned_down {
                self.fired.no_room += 1;
                waits = true;
            }
            if waits {
                self.fired.waits += 1;
                if self.week - applicant.since >= 4 {
                    self.fired.gave_up_waiting += 1;
                    self.people[worker].seller = None;
                } else {
                    self.shop.as_mut().expect("open").sellers[seller].applicants.push(applicant);
                }
            } else if turned_down {
                self.fired.turned_down += 1;
                self.people[worker].seller = None;
                self.shop.as_mut().expect("open").sellers[seller].turned_down.push(applicant.search);
            } else {
                self.accept(seller, applicant.search);
            }
        }
        let undone = self.leaves_undone(seller);
        self.shop.as_mut().expect("open").sellers[seller].undone = undone;
    }

    /// Belief after all stages up to and with `stages` of them.
    pub(super) fn screened(&self, seller: usize, worker: usize, stages: usize) -> (f64, f64) {
        let hours: f64 = self.s.screening.stages[..stages].iter().map(|stage| stage.hours).sum();
        let s = &self.s.screening;
        let precision = if hours > 0.0 { s.most_precision * hours / (hours + s.half_hours) } else { 0.0 };
        let belief = self.introducers_belief(worker, seller, precision);
        if s.salary_history { self.after_salary(worker, belief) } else { belief }
    }

    /// Stages through which a seller has seen a person, in this search or in others.
    pub(super) fn stages_seen(&self, seller: usize, worker: usize) -> usize {
        let generation = self.people[worker].generation;
        let all = self.shop.as_ref().expect("open").sellers[seller].screened.iter();
        let same = all.filter(|(row, life, _)| (*row, *life) == (worker, generation));
        same.map(|(.., stages)| *stages).max().unwrap_or(0)
    }

    pub(super) fn has_seen(&mut self, seller: usize, worker: usize, stages: usize) {
        let generation = self.people[worker].generation;
        let one = &mut self.shop.as_mut().expect("open").sellers[seller];
        one.screened.retain(|(row, life, _)| *row != worker || *life == generation);
        one.screened.push((worker, generation, stages));
    }

    fn passes_stage(&self, seller: usize, worker: usize, stage: usize) -> bool {
        let seen = self.stages_seen(seller, worker);
        let belief = self.screened(seller, worker, seen);
        let to_come: f64 = self.s.screening.stages[seen..].iter().map(|stage| stage.hours).sum();
        match self.s.screening.stages[stage].accept_above {
            AcceptAbove::Score(score) => belief.0 > score,
            AcceptAbove::Profit => self.pays(seller, worker, belief, to_come),
        }
    }

    fn wage(&self, seller: usize) -> f64 {
        self.shop.as_ref().expect("open").sellers[seller].wage
    }

    fn accept(&mut self, seller: usize, search: Search) {
        let (worker, _) = search;
        // Sight unseen: not even the résumé is read.
        let stages = self.s.screening.stages.len();
        let (mean, variance) = if stages == 0 { (0.0, 1.0) } else { self.screened(seller, worker, stages) };
        let luck = self.draws.at(Purpose::Holdout, self.week, row(seller), row(worker));
        let treated = !luck.yes(self.s.buyers.holdout);
        let week = self.week;
        let person = &mut self.people[worker];
        let shop = self.shop.as_mut().expect("open");
        shop.cohort.push(Member {
            search,
            generation: person.generation,
            seller,
            week,
            treated,
            usual: person.usual,
            paid_before: person.paid,
            settled: !treated || self.s.contract.guarantee_weeks == 0,
            ..Member::default()
        });
        if treated {
            person.bought = true;
            shop.sellers[seller].clients.push(Client {
                search,
                signed: week,
                mean,
                variance,
                member: shop.cohort.len() - 1,
                placed: false,
                out_of_money: false,
                pitched: Vec::new(),
            });
            self.counts.new_clients += 1;
        } else {
            person.held_out = true;
            person.seller = None;
            self.counts.held_out += 1;
        }
    }

    pub(super) fn pitching(&mut self) {
        let Some(shop) = &self.shop else { return };
        if self.employers_pay() {
            return;
        }
        for seller in 0..shop.sellers.len() {
            self.pitch(seller);
        }
    }

    fn pitch(&mut self, seller: usize) {
        let s = self.s.sellers.clone();
        let clients = self.shop.as_ref().expect("open").sellers[seller].clients.clone();
        let mut left = s.hours - s.open_hours - self.shop.as_ref().expect("open").sellers[seller].hours;
        let searching = clients.iter().filter(|client| self.goes_on(client.search)).count();
        let contact = (s.contact_hours * f64::from(row(searching))).min(left);
        left -= contact;
        self.shop.as_mut().expect("open").sellers[seller].hours += contact;
        let c = &self.s.contract;
        let weekly = c.retainer_per_week + c.per_introduction * f64::from(s.pitches_per_week);
        let weeks: u32 =
            clients.iter().map(|client| (client.signed + s.representation).saturating_sub(self.week)).sum();
        let still_due = weekly * f64::from(weeks);
        for (position, client) in clients.iter().enumerate() {
            if !self.goes_on(client.search) {
                continue;
            }
            let mut pitched = client.pitched.clone();
            for _ in 0..s.pitches_per_week {
                let real = self
                    .target(seller, client, &pitched)
                    .filter(|prospect| self.worth_a_pitch(seller, prospect.gain));
                let hours = if self.stages_sham(seller, real, still_due) && self.s.sham.hours <= left {
                    self.sham(seller, client.member);
                    self.s.sham.hours
                } else if let Some(prospect) = real.filter(|_| s.pitch_hours <= left) {
                    pitched.push((prospect.boss, self.bosses[prospect.boss].episode));
                    let (worker, tie) = (client.search.0, Some(prospect.tie));
                    self.requests.push(Request {
                        boss: prospect.boss,
                        worker,
                        channel: PAID,
                        tie,
                        insider: None,
                    });
                    self.counts.requests[PAID] += 1;
                    s.pitch_hours
                } else {
                    self.shop.as_mut().expect("open").sellers[seller].undone |= real.is_some();
                    break;
                };
                left -= hours;
                self.shop.as_mut().expect("open").sellers[seller].hours += hours;
            }
            self.shop.as_mut().expect("open").sellers[seller].clients[position].pitched = pitched;
        }
    }

    fn stages_sham(&self, seller: usize, real: Option<Prospect>, still_due: f64) -> bool {
        let pay = self.s.contract.per_introduction;
        if pay <= 0.0 {
            return false;
        }
        let (sham, hour) = (&self.s.sham, self.wage(seller));
        let staged = pay - sham.cost - sham.hours * hour - sham.found_out * still_due;
        let ahead = self.s.sellers.foresight * self.s.introducers.goodwill_value;
        let honest = real.map_or(0.0, |p| p.pay - self.s.sellers.pitch_hours * hour + ahead * p.goodwill);
        staged - honest > self.shop.as_ref().expect("open").sellers[seller].integrity
    }

    fn sham(&mut self, seller: usize, member: usize) {
        let nth = self.shams.iter().filter(|(by, _)| *by == seller).count();
        let luck = self.draws.at(Purpose::FoundOut, self.week, row(seller), row(nth));
        let found_out = luck.yes(self.s.sham.found_out);
        self.shams.push((seller, member));
        self.counts.shams += 1;
        self.counts.found_out += u32::from(found_out);
        let shop = self.shop.as_mut().expect("open");
        let cost = cents(self.s.sham.cost);
        shop.sellers[seller].exposed |= found_out;
        shop.sellers[seller].costs += dollars(cost);
        shop.sellers[seller].account -= cost;
        shop.outside += cost;
    }

    fn target(&self, seller: usize, client: &Client, pitched: &[(usize, u32)]) -> Option<Prospect> {
        let worker = client.search.0;
        let belief = (client.mean, client.variance);
        match self.s.sellers.targeting {
            Targeting::BestFit => self.best_fit(seller, worker, belief, pitched),
            Targeting::Random => {
                let rank = |&tie: &usize| {
                    let boss = row(self.ties[tie].boss);
                    self.draws.at(Purpose::Target, self.week, row(worker), boss).rank()
                };
                let ties = self.possible(seller, worker, pitched);
                ties.into_iter().min_by_key(rank).map(|tie| self.prospect(seller, worker, belief, tie, false))
            }
            Targeting::StatedLevel => {
                let stated = self.level_sought(&self.people[worker]) + self.s.search.level_reach;
                let mut best: Option<(f64, usize)> = None;
                for tie in self.possible(seller, worker, pitched) {
                    let boss = &self.bosses[self.ties[tie].boss];
                    let far = (boss.level - stated).abs();
                    if self.has_heard(tie) && far <= self.s.sellers.near && best.is_none_or(|(d, _)| far < d)
                    {
                        best = Some((far, tie));
                    }
                }
                best.map(|(_, tie)| self.prospect(seller, worker, belief, tie, false))
            }
        }
    }

    /// Ties through which a seller may ask for a client, in rising order.
    fn possible(&self, seller: usize, worker: usize, pitched: &[(usize, u32)]) -> Vec<usize> {
        let lowest = self.reservation(&self.people[worker]);
        let mut list = Vec::new();
        for (id, tie) in self.ties.iter().enumerate() {
            let boss = &self.bosses[tie.boss];
            if tie.introducer == seller
                && tie.blocked.is_none()
                && !self.has_met(tie.boss, worker)
                && !pitched.contains(&(tie.boss, boss.episode))
                && !(self.has_heard(id) && boss.salary < lowest)
            {
                list.push(id);
            }
        }
        list
    }

    pub(super) fn prospect(
        &self,
        seller: usize,
        worker: usize,
        belief: (f64, f64),
        tie: usize,
        as_if_open: bool,
    ) -> Prospect {
        let boss = &self.bosses[self.ties[tie].boss];
        let bar = self.seen_bar(seller, self.ties[tie].boss, boss.episode);
        let pass = self.chance_to_pass_seen(belief.0 - bar, belief.1);
        let met = self.chance_to_be_met(seller, self.by_resume(worker).0 - bar);
        let conversion = self.shop.as_ref().expect("open").sellers[seller].conversion;
        let success = if self.has_heard(tie) || as_if_open { met * pass * conversion } else { 0.0 };
        let pay = success * self.on_placement(boss.salary) + met * self.s.contract.per_introduction;
        let goodwill = self.expected_goodwill(met, pass);
        let gain = pay + self.s.sellers.foresight * self.s.introducers.goodwill_value * goodwill;
        Prospect { tie, boss: self.ties[tie].boss, met, success, pay, goodwill, gain }
    }

    fn best_fit(
        &self,
        seller: usize,
        worker: usize,
        belief: (f64, f64),
        pitched: &[(usize, u32)],
    ) -> Option<Prospect> {
        let mut best: Option<Prospect> = None;
        for tie in self.possible(seller, worker, pitched) {
            if !self.has_heard(tie) && self.s.contract.per_introduction <= 0.0 {
                continue;
            }
            let one = self.prospect(seller, worker, belief, tie, false);
            let better = |b: Prospect| one.gain > b.gain || (one.gain >= b.gain && one.success > b.success);
            if best.is_none_or(better) {
                best = Some(one);
            }
        }
        best
    }
}
