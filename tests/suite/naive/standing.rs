//! The twin's word of mouth, and what selling costs its introducers against the twin's own organic copy.

use introsim::ids::row;
use introsim::maths::pow;
use introsim::streams::Purpose;

use super::luck::{uniform, waits};
use super::world::{Meeting, PAID, Twin};

impl Twin {
    /// Each decision-maker who met somebody's client tells some of the others whom he knows.
    pub(super) fn word(&mut self) {
        for meeting in self.meetings.clone() {
            if meeting.request.channel == PAID && self.s.word.listeners > 0.0 {
                self.tell(&meeting);
            }
        }
    }

    fn tell(&mut self, meeting: &Meeting) {
        let tie = meeting.request.tie.expect("paid requests have a tie");
        let introducer = self.ties[tie].introducer;
        // The others whom he knows, by the level of their jobs, then by row.
        let mut others: Vec<usize> = (0..self.ties.len()).filter(|&id| id != tie).collect();
        others.retain(|&id| self.ties[id].introducer == introducer);
        let boss = |id: usize| self.ties[id].boss;
        let level = |id: usize| self.bosses[boss(id)].level;
        others.sort_by(|&a, &b| level(a).total_cmp(&level(b)).then(boss(a).cmp(&boss(b))));
        if others.is_empty() {
            return;
        }
        let passed = meeting.passed();
        let mut chance = self.s.word.listeners / f64::from(row(others.len()));
        if !passed {
            chance *= self.s.word.bad_news;
        }
        let (teller, worker) = (row(meeting.request.boss), row(meeting.request.worker));
        let luck = self.draws.at(Purpose::Word, self.week, teller, worker);
        for lane in waits(|position| uniform(luck.sub(position)), others.len(), chance.min(1.0)) {
            let hearer = others[lane];
            if self.ties[hearer].blocked.is_some() {
                self.fired.deaf += 1;
                continue;
            }
            self.fired.heard[usize::from(!passed)] += 1;
            self.counts.heard[usize::from(!passed)] += 1;
            let spread =
                self.s.beliefs.within_source_variance + self.match_variance() + self.noise_variance();
            let look = self.s.word.hearsay * (1.0 / spread);
            let tie = &mut self.ties[hearer];
            let trust = if self.s.disclosure.payment_known { &mut tie.paid_trust } else { &mut tie.trust };
            trust.1 += look;
            trust.0 += look / trust.1 * (meeting.shown - trust.0);
            tie.all.heard_good += u32::from(passed);
            tie.all.heard_bad += u32::from(!passed);
        }
    }

    /// Goodwill of all ties of an introducer, and of the open ones.
    fn goodwills(&self, introducer: usize) -> (f64, f64) {
        let own = || self.ties.iter().filter(|tie| tie.introducer == introducer);
        let open = own().filter(|tie| tie.blocked.is_none()).map(|tie| tie.goodwill).sum();
        (own().map(|tie| tie.goodwill).sum(), open)
    }

    /// Goodwill that an introducer's ties lack against the organic copy.
    pub(super) fn gap(&self, introducer: usize) -> f64 {
        let fork = self.fork.as_ref().expect("where somebody may sell a copy lives without");
        fork.goodwills(introducer).0 - self.goodwills(introducer).0
    }

    /// What the week has taken from the ties of those who have ever sold, and what it leaves of their wages elsewhere.
    pub(super) fn standing(&mut self) {
        let n = self.shop.as_ref().map_or(0, |shop| shop.sellers.len());
        for id in 0..n {
            let shop = self.shop.as_ref().expect("open");
            if !shop.sellers[id].sold {
                continue;
            }
            let gap = self.gap(id);
            let (here, fork) = (self.goodwills(id).1, self.fork.as_ref().expect("it lives").goodwills(id).1);
            let exponent = self.s.sellers.livelihood;
            // A billionth of goodwill is no more than what sums are rounded by.
            let share = if exponent <= 0.0 || fork < 1e-9 || (here - fork).abs() < 1e-9 {
                1.0
            } else if here < 1e-9 {
                0.0
            } else {
                pow(here / fork, exponent)
            };
            self.fired.wages_lower += u32::from(share < 0.99);
            let worth = self.s.introducers.goodwill_value;
            let seller = &mut self.shop.as_mut().expect("open").sellers[id];
            if (gap - seller.gap).abs() >= 1e-9 {
                seller.social = worth * (gap - seller.gap);
                seller.gap = gap;
            }
            seller.wage = seller.own_wage * share;
            seller.hour = seller.hour.max(seller.wage);
        }
    }
}
