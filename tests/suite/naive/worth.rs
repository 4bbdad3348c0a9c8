//! What a client, and what an hour, is worth to a seller, in the twin.

use introsim::maths::exp;
use introsim::scenario::AcceptAbove;

use super::market::Prospect;
use super::world::{Applicant, PAID, Shop, Twin};

/// The band of a résumé's estimate less the bar.
fn band(margin: f64) -> usize {
    match margin {
        m if m < -0.75 => 0,
        m if m < 0.0 => 1,
        m if m < 0.75 => 2,
        _ => 3,
    }
}

impl Twin {
    fn weighs_hours(&self) -> bool {
        let stages = &self.s.screening.stages;
        self.s.sellers.foresight > 0.0 || stages.iter().any(|s| matches!(s.accept_above, AcceptAbove::Profit))
    }

    /// The share of requests for such résumés that were met, four cases of his first guess among them; over all
    /// requests where he reads none.
    pub(super) fn chance_to_be_met(&self, seller: usize, margin: f64) -> f64 {
        let one = &self.shop.as_ref().expect("open").sellers[seller];
        if self.s.screening.stages.is_empty() {
            return one.acceptance;
        }
        let (requests, met) = one.bands[band(margin)];
        (met + 4.0 * self.s.sellers.opening_acceptance) / (requests + 4.0)
    }

    pub(super) fn worth_a_pitch(&self, seller: usize, gain: f64) -> bool {
        let hour = self.shop.as_ref().expect("open").sellers[seller].hour;
        !self.weighs_hours() || gain >= hour * self.s.sellers.pitch_hours
    }

    /// The seats that he would pitch a person at in a representation, best first, and how many of each.
    fn worthwhile_seats(&self, seller: usize, worker: usize, belief: (f64, f64)) -> Vec<(f64, Prospect)> {
        let own: Vec<usize> =
            (0..self.ties.len()).filter(|&tie| self.ties[tie].introducer == seller).collect();
        let to_open = self.news * f64::from(self.s.sellers.representation);
        let lowest = self.reservation(&self.people[worker]);
        let hour = self.shop.as_ref().expect("open").sellers[seller].hour;
        let mut seats = Vec::new();
        for tie in own {
            let boss = self.ties[tie].boss;
            let prospect = self.prospect(seller, worker, belief, tie, true);
            let fits = self.ties[tie].blocked.is_none() && self.bosses[boss].salary >= lowest;
            if fits && prospect.gain >= hour * self.s.sellers.pitch_hours {
                let now = if self.has_heard(tie) && !self.has_met(boss, worker) { 1.0 } else { 0.0 };
                seats.push((to_open + now, prospect));
            }
        }
        // Of equals the better chance of a job, then the lower tie, which comes first already.
        let key = |prospect: &Prospect| (prospect.gain, prospect.success);
        seats.sort_by(|(_, one), (_, other)| key(other).partial_cmp(&key(one)).expect("numbers"));
        seats
    }

    /// Whether representing somebody pays for its hours and those still to come.
    pub(super) fn pays(&self, seller: usize, worker: usize, belief: (f64, f64), to_come: f64) -> bool {
        let (gross, hours) = self.gross_and_hours(seller, worker, belief);
        gross >= (hours + to_come) * self.shop.as_ref().expect("open").sellers[seller].hour
    }

    /// What an hour spent on one who waits seems to bring; `None` where he looks at all in random order.
    pub(super) fn dollars_an_hour(&self, seller: usize, applicant: &Applicant) -> Option<f64> {
        if !self.weighs_hours() || self.s.screening.stages.is_empty() {
            return None;
        }
        let (belief, to_come) = self.known_of(seller, applicant);
        let (gross, hours) = self.gross_and_hours(seller, applicant.search.0, belief);
        Some(if hours + to_come > 0.0 { gross / (hours + to_come) } else { gross })
    }

    /// What is believed of one who waits, and hours of screening to come.
    fn known_of(&self, seller: usize, applicant: &Applicant) -> ((f64, f64), f64) {
        let stages = &self.s.screening.stages;
        let worker = applicant.search.0;
        let seen = self.stages_seen(seller, worker);
        let stage = if seen > applicant.stage { seen } else { applicant.stage };
        let belief = if stages.is_empty() { (0.0, 1.0) } else { self.screened(seller, worker, stage) };
        let to_come: f64 = stages[stage..].iter().map(|stage| stage.hours).sum();
        (belief, to_come - applicant.spent)
    }

    fn gross_and_hours(&self, seller: usize, worker: usize, belief: (f64, f64)) -> (f64, f64) {
        let s = &self.s.sellers;
        let pace = f64::from(s.pitches_per_week);
        let weeks = f64::from(s.representation);
        let mut pitched: Vec<(f64, Prospect)> = Vec::new();
        let mut room = pace * weeks;
        for (seats, prospect) in self.worthwhile_seats(seller, worker, belief) {
            let n = if seats < room { seats } else { room };
            room -= n;
            pitched.push((n, prospect));
        }
        let total = |of: &dyn Fn(&Prospect) -> f64| pitched.iter().map(|(n, p)| n * of(p)).sum::<f64>();
        let jobs = total(&|p| p.success);
        let (placed, share, salary) = if jobs > 0.0 {
            let placed = 1.0 - exp(-jobs);
            (placed, placed / jobs, total(&|p| p.success * self.bosses[p.boss].salary) / jobs)
        } else {
            (0.0, 1.0, 0.0)
        };
        let gross = self.expected_price(placed, salary, weeks * share, total(&|p| p.met) * share)
            + s.foresight * self.s.introducers.goodwill_value * total(&|p| p.goodwill) * share;
        let hours = weeks * share * s.contact_hours + total(&|_| 1.0) * share * s.pitch_hours;
        (gross, hours)
    }

    /// Whether one waits for whom going on would pay, by what is known of him.
    pub(super) fn leaves_undone(&self, seller: usize) -> bool {
        self.weighs_hours()
            && self.shop.as_ref().expect("open").sellers[seller].applicants.iter().any(|applicant| {
                let (belief, to_come) = self.known_of(seller, applicant);
                self.pays(seller, applicant.search.0, belief, to_come)
            })
    }

    /// Her episode when requests were made this week: a hire has begun another.
    pub(super) fn episode_asked(&self, boss: usize) -> u32 {
        let hired = self.meetings.iter().any(|m| m.hired && m.request.boss == boss);
        self.bosses[boss].episode - u32::from(hired)
    }

    /// Learning: who was met, by bands.
    pub(super) fn bands_learn(&self, shop: &mut Shop) {
        if self.employers_pay() || self.s.screening.stages.is_empty() {
            return;
        }
        for (row, seller) in shop.sellers.iter_mut().enumerate() {
            for cases in &mut seller.bands {
                *cases = (cases.0 * (1.0 - 1.0 / 104.0), cases.1 * (1.0 - 1.0 / 104.0));
            }
            for request in self.requests.iter().filter(|request| request.channel == PAID) {
                if self.ties[request.tie.expect("paid requests have a tie")].introducer != row {
                    continue;
                }
                let bar = self.seen_bar(row, request.boss, self.episode_asked(request.boss));
                let margin = self.by_resume(request.worker).0 - bar;
                let same = |m: &&super::world::Meeting| {
                    let other = &m.request;
                    other.channel == PAID && other.worker == request.worker && other.boss == request.boss
                };
                let met = self.meetings.iter().any(|m| same(&m) && m.request.tie == request.tie);
                let cases = &mut seller.bands[band(margin)];
                cases.0 += 1.0;
                cases.1 += f64::from(u8::from(met));
            }
        }
    }

    /// Entry and exit: what an hour is worth after the week.
    pub(super) fn hour_after(&mut self, seller: &super::world::Seller) -> f64 {
        if !self.weighs_hours() {
            return seller.wage;
        }
        let can_work = self.s.sellers.hours - self.s.sellers.open_hours;
        let next = if seller.undone {
            self.fired.hours_dearer += 1;
            1.02 * seller.hour
        } else if can_work - seller.hours > 1e-9 {
            self.fired.hours_cheaper += u32::from(seller.hour > seller.wage);
            0.98 * seller.hour
        } else {
            seller.hour
        };
        // As if he had worked 26 weeks at his wage beside all that he has seen.
        let average = (26.0 * can_work * seller.wage + seller.own[0]) / (can_work * (26.0 + seller.own[2]));
        let least = if can_work > 0.0 && average > seller.wage { average } else { seller.wage };
        self.fired.hours_average += u32::from(least > seller.wage && next < least);
        if next > least { next } else { least }
    }
}
