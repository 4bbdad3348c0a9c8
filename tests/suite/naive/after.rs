//! Learning and renewal in the twin's week.

use introsim::ids::row;
use introsim::maths::normal_quantile;
use introsim::streams::{Purpose, unit};

use super::judging::{look, running, told};
use super::luck::uniform;
use super::world::{ORGANIC, PAID, SUBMITTED, Shop, Tie, Traffic, Twin};

impl Twin {
    pub(super) fn learning(&mut self) {
        let errors = self.cold_errors();
        if !errors.is_empty() {
            let n = errors.len();
            let seen = self.common.0 + errors.iter().sum::<f64>() / f64::from(row(n));
            self.common.0 = running(self.common.0, self.s.beliefs.applicants_learning, n, seen);
        }
        for introducer in 0..self.acceptance.len() {
            let (n, met) = self.requests_and_met(introducer, ORGANIC);
            self.acceptance[introducer] =
                share(self.acceptance[introducer], self.s.introducers.experience_weight, n, met);
        }
        if let Some(mut shop) = self.shop.take() {
            self.bands_learn(&mut shop);
            for seller in 0..shop.sellers.len() {
                self.seller_learns(&mut shop, seller);
            }
            let hired: Vec<f64> =
                self.uplifts.iter().filter(|(week, _)| *week == self.week).map(|u| u.1).collect();
            shop.uplift = mean_into(shop.uplift, self.s.buyers.market_uplift_weight, &hired);
            self.end_representations(&mut shop);
            self.end_times_on_lists(&mut shop);
            self.follow_cohort(&mut shop);
            self.coaching_learns(&mut shop);
            self.forms_learn(&mut shop);
            self.shop = Some(shop);
        }
    }

    fn requests_and_met(&self, introducer: usize, channel: usize) -> (usize, usize) {
        let his = |request: &super::world::Request| {
            request.channel == channel
                && request.tie.is_some_and(|tie| self.ties[tie].introducer == introducer)
        };
        let n = self.requests.iter().filter(|request| his(request)).count();
        let met = self.meetings.iter().filter(|meeting| his(&meeting.request)).count();
        (n, met)
    }

    fn seller_learns(&mut self, shop: &mut Shop, row: usize) {
        let weight = self.s.sellers.experience_weight;
        let channel = if self.employers_pay() { SUBMITTED } else { PAID };
        let (n, met) = self.requests_and_met(row, channel);
        let seller = &mut shop.sellers[row];
        seller.acceptance = share(seller.acceptance, weight, n, met);
        let (mut passed, mut hired) = (0, 0);
        for meeting in self.meetings.iter().filter(|meeting| meeting.request.channel == channel) {
            let tie = meeting.request.tie.expect("paid requests have a tie");
            if self.ties[tie].introducer != row {
                continue;
            }
            let pass = meeting.passed();
            passed += usize::from(pass && meeting.at_vacancy);
            hired += usize::from(meeting.hired);
            if channel == SUBMITTED {
                continue;
            }
            let search = (meeting.request.worker, self.people[meeting.request.worker].searches);
            let client = seller.clients.iter_mut().find(|c| c.search == search);
            let client = client.expect("who is met is a client");
            let boss = meeting.request.boss;
            let bar = self.seen_bar(row, boss, self.episode_asked(boss));
            let doubt = self.s.introducers.bar_noise;
            let noise = self.match_variance() + self.noise_variance() + doubt * doubt;
            (client.mean, client.variance) = told((client.mean, client.variance), bar, noise, pass);
        }
        seller.conversion = share(seller.conversion, weight, passed, hired);
    }

    fn end_representations(&mut self, shop: &mut Shop) {
        if self.employers_pay() {
            return;
        }
        let b = self.s.buyers.clone();
        let (mut ended, mut held) = (0, 0);
        for row in 0..shop.sellers.len() {
            let seller = &mut shop.sellers[row];
            let mut uplifts = Vec::new();
            let (mut n, mut placed) = (0, 0);
            for client in std::mem::take(&mut seller.clients) {
                let expired = self.week + 1 >= client.signed + self.s.sellers.representation;
                let over = !self.goes_on(client.search);
                if !(client.placed || client.out_of_money || expired || over || seller.exposed) {
                    seller.clients.push(client);
                    continue;
                }
                self.fired.out_of_money += u32::from(client.out_of_money && !client.placed);
                self.fired.expired += u32::from(expired && !over);
                n += 1;
                placed += usize::from(client.placed);
                ended += 1;
                held += shop.cohort[client.member].held;
                if client.placed {
                    uplifts.push(shop.cohort[client.member].log_uplift);
                }
                if self.people[client.search.0].searches == client.search.1 {
                    self.people[client.search.0].seller = None;
                }
            }
            seller.rating = share(seller.rating, b.rating_weight, n, placed);
            if seller.exposed {
                seller.rating = 0.0;
                seller.exposed = false;
            }
            seller.uplift = mean_into(seller.uplift, b.uplift_weight, &uplifts);
        }
        shop.introductions = share(shop.introductions, b.rating_weight, ended, held as usize);
    }

    /// Income of the 52 weeks that follow the week of acceptance; one who has left the labour force is out of work.
    fn follow_cohort(&mut self, shop: &mut Shop) {
        for member in &mut shop.cohort {
            let person = &self.people[member.search.0];
            if member.week < self.week && member.followed < 52 {
                member.followed += 1;
                let works = person.generation == member.generation && !person.out;
                let out = self.s.workers.benefit_share * member.usual;
                member.income += if works { person.salary } else { out } / 52.0;
                // What the same person has paid to anybody since the acceptance, the week of signing included.
                if person.generation == member.generation {
                    member.paid_followed = person.paid - member.paid_before;
                }
            }
        }
    }

    fn after_traffic(&self, goodwill: f64, traffic: Traffic) -> f64 {
        let g = &self.s.goodwill;
        // The same order of sums as the engine's: a rounding would decide which of two equal ties is the better.
        let told = self.s.word.hearsay;
        let failed = f64::from(traffic.failed) + told * f64::from(traffic.heard_bad);
        let passed = f64::from(traffic.passed) + told * f64::from(traffic.heard_good);
        let lost = g.per_request * f64::from(traffic.requests) + g.bad * failed;
        let moved = goodwill - lost + g.good * passed;
        let moved = moved.clamp(0.0, 1.0);
        moved + g.recovery * (1.0 - moved)
    }

    pub(super) fn renewal(&mut self) {
        self.bombard();
        let g = self.s.goodwill.clone();
        let n_sellers = self.shop.as_ref().map_or(0, |shop| shop.sellers.len());
        for id in 0..self.ties.len() {
            let before = self.ties[id].clone();
            let forgiven = uniform(self.head(Purpose::Forgive).sub(row(id))) < g.forgiven;
            let mut tie = before.clone();
            if before.blocked.is_some() {
                if forgiven {
                    self.fired.forgiven += 1;
                    tie.goodwill = before.goodwill.max(g.rebuild_to);
                    tie.blocked = None;
                }
            } else {
                tie.goodwill = self.after_traffic(before.goodwill, before.all);
                if tie.goodwill < g.block_below {
                    self.fired.blocks += 1;
                    tie.blocked = Some(self.week);
                }
            }
            self.fade_trust(&mut tie);
            tie.all = Traffic::default();
            self.ties[id] = tie;
        }
        self.fade_trust_in_forms();
        for seller in 0..n_sellers {
            self.rebuild(seller);
        }
    }

    fn fade_trust(&self, tie: &mut Tie) {
        let b = &self.s.beliefs;
        // What sets it apart from home shrinks: what is at home stays, and what fades at once is there to the last digit.
        let faded = |now: f64, home: f64| home + (1.0 - b.trust_fade) * (now - home);
        tie.trust = (faded(tie.trust.0, b.trust_mean), faded(tie.trust.1, b.trust_precision));
        if self.shop.is_some() {
            let home = if self.employers_pay() { b.trust_mean } else { self.common.0 };
            tie.paid_trust = (faded(tie.paid_trust.0, home), faded(tie.paid_trust.1, b.trust_precision));
        }
    }

    /// A seller with hours left rebuilds the ties blocked longest, where that pays.
    fn rebuild(&mut self, seller: usize) {
        let (g, i) = (self.s.goodwill.clone(), self.s.introducers.clone());
        let shop = self.shop.as_ref().expect("sellers need a market");
        let wage = shop.sellers[seller].wage;
        let pays = i.goodwill_value * g.rebuild_to * g.rebuild_success >= g.rebuild_hours * wage;
        // What cannot be rebuilt is left alone, even where the try would cost nothing.
        if !pays || g.rebuild_success <= 0.0 || !shop.sellers[seller].active {
            return;
        }
        let mut blocked: Vec<(u32, usize)> = Vec::new();
        for (id, tie) in self.ties.iter().enumerate() {
            if let (true, Some(since)) = (tie.introducer == seller, tie.blocked) {
                blocked.push((since, id));
            }
        }
        blocked.sort_unstable();
        for (_, id) in blocked {
            let one = &mut self.shop.as_mut().expect("sellers need a market").sellers[seller];
            if one.hours + g.rebuild_hours > self.s.sellers.hours - self.s.sellers.open_hours {
                break;
            }
            one.hours += g.rebuild_hours;
            let boss = row(self.ties[id].boss);
            if self.draws.at(Purpose::Rebuild, self.week, boss, row(seller)).yes(g.rebuild_success) {
                self.fired.rebuilt += 1;
                let before = self.ties[id].goodwill;
                self.ties[id].goodwill = before.max(g.rebuild_to);
                self.ties[id].blocked = None;
            } else {
                self.fired.rebuild_failed += 1;
            }
        }
    }

    /// ⌊r · k⌋ − ⌊r · (k − 1)⌋ strangers through one tie of each seller.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers of requests")]
    fn bombard(&mut self) {
        let b = self.s.bombardment.clone();
        let Some(shop) = self.shop.clone() else { return };
        let k = f64::from(self.week - shop.opened);
        let sent = |weeks: f64| (b.requests_per_week * weeks + 1e-9).floor() as u32;
        let n = sent(k) - sent(k - 1.0);
        for seller in (0..shop.sellers.len()).filter(|&seller| shop.sellers[seller].sold) {
            let mut target: Option<(u64, usize)> = None;
            for (id, tie) in self.ties.iter().enumerate() {
                let rank = self.draws.at(Purpose::Bombard, 0, row(seller), row(tie.boss)).rank();
                if tie.introducer == seller && target.is_none_or(|(lowest, _)| rank < lowest) {
                    target = Some((rank, id));
                }
            }
            let Some((_, id)) = target else { continue };
            if self.ties[id].blocked.is_some() {
                continue;
            }
            for nth in 0..n {
                self.fired.bombarded += 1;
                self.ties[id].all.requests += 1;
                if b.met {
                    self.meet_stranger(id, nth);
                }
            }
        }
    }

    fn meet_stranger(&mut self, id: usize, nth: u32) {
        let (boss, introducer) = (row(self.ties[id].boss), row(self.ties[id].introducer));
        let draw = self.draws.at(Purpose::Stranger, self.week, boss, introducer);
        let noise = self.noise_variance();
        let stray = noise.sqrt() * normal_quantile(unit(draw.sub(nth)));
        let expected = self.ties[id].trust.0;
        let shown = if stray.is_finite() { self.s.bombardment.quality_above_bar + stray } else { expected };
        let within = self.s.beliefs.within_source_variance;
        let spread = within + self.match_variance() + noise;
        let variance = self.match_variance() + within;
        let tie = &mut self.ties[id];
        let prior = (tie.trust.0, 1.0 / tie.trust.1 + variance);
        let (posterior, _) = look(prior, shown, 1.0 / noise);
        let (mean, variance) = look((tie.trust.0, 1.0 / tie.trust.1), shown, 1.0 / spread);
        tie.trust = (mean, 1.0 / variance);
        tie.all.passed += u32::from(posterior >= 0.0);
        tie.all.failed += u32::from(posterior < 0.0);
    }
}

pub(super) fn share(rate: f64, weight: f64, n: usize, k: usize) -> f64 {
    if n == 0 { rate } else { running(rate, weight, n, f64::from(row(k)) / f64::from(row(n))) }
}

pub(super) fn mean_into(rate: f64, weight: f64, cases: &[f64]) -> f64 {
    if cases.is_empty() {
        return rate;
    }
    running(rate, weight, cases.len(), cases.iter().sum::<f64>() / f64::from(row(cases.len())))
}
