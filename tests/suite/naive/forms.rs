//! Referral forms, in the twin: employees hand in the names of friends, and of strangers who pay.

use introsim::ids::row;
use introsim::streams::{Purpose, below};

use super::after::share;
use super::birth::{cents, dollars};
use super::judging::look;
use super::world::{REFERRED, Request, STRANGER, Shop, Twin};

const FRIENDS: usize = 0;
const STRANGERS: usize = 1;

impl Twin {
    /// The end of networking.
    pub(super) fn handing_in(&mut self) {
        let r = self.s.referral.clone();
        if self.shop.is_none() || (r.employee_bonus <= 0.0 && r.stranger_price <= 0.0) {
            return;
        }
        for worker in 0..self.people.len() {
            if self.people[worker].seeks() {
                self.ask_friends(worker);
            }
        }
        if r.stranger_price <= 0.0 || !self.bosses.iter().any(|boss| boss.open) {
            return;
        }
        for worker in 0..self.people.len() {
            let considers = self.gate(Purpose::ConsiderForm, worker, self.s.buyers.consider_rate);
            if self.people[worker].seeks() && considers {
                self.pay_stranger(worker);
            }
        }
    }

    fn ask_friends(&mut self, worker: usize) {
        let i = self.s.introducers.clone();
        let (sought, lowest) =
            (self.level_sought(&self.people[worker]), self.reservation(&self.people[worker]));
        for friend in self.friends[worker].clone() {
            let Some(boss) = self.people[friend].employer else { continue };
            let table = &self.bosses[boss];
            let possible = table.open
                && (table.level - sought).abs() <= i.level_window
                && table.salary >= lowest
                && !self.has_met(boss, worker);
            let asks = self.draws.at(Purpose::AskFriend, self.week, row(worker), row(friend));
            if !possible || !asks.yes(self.s.contacts.ask_rate) {
                continue;
            }
            self.counts.form_asks[FRIENDS] += 1;
            let mut belief = self.by_resume(worker);
            if i.familiarity_precision > 0.0 {
                let generation = self.people[worker].generation;
                let draw = self.draws.at(Purpose::FriendsLook, generation, row(worker), row(friend));
                let shown = self.people[worker].ability + draw.normal() / i.familiarity_precision.sqrt();
                belief = look(belief, shown, i.familiarity_precision);
            }
            if self.hands_in(boss, friend, belief, i.gratitude, FRIENDS) {
                self.fired.friends_forms += 1;
                self.hand_in(boss, worker, friend, REFERRED);
            } else {
                self.fired.friends_refused += 1;
            }
        }
    }

    fn pay_stranger(&mut self, worker: usize) {
        let person = &self.people[worker];
        let price = self.s.referral.stranger_price;
        let luck = self.draws.at(Purpose::Form, self.week, row(worker), 0);
        let boss = self.picked(luck, 0, self.level_sought(person));
        let lowest = self.reservation(person);
        let employees: Vec<usize> =
            (0..self.people.len()).filter(|&w| self.people[w].employer == Some(boss)).collect();
        if self.bosses[boss].salary < lowest || self.has_met(boss, worker) || employees.is_empty() {
            return;
        }
        let luck = self.draws.at(Purpose::Insider, self.week, row(worker), row(boss));
        let insider = employees[below(luck.sub(0), row(employees.len())) as usize];
        let rating = self.shop.as_ref().expect("open").forms.rating;
        let pays = dollars(person.savings) >= price && rating * self.worth_of_speed(worker) > price;
        if self.friends[worker].contains(&insider) || !pays {
            return;
        }
        self.counts.form_asks[STRANGERS] += 1;
        if self.hands_in(boss, insider, self.by_resume(worker), price, STRANGERS) {
            self.fired.strangers_forms += 1;
            self.hand_in(boss, worker, insider, STRANGER);
            self.shop.as_mut().expect("open").forms.owed.push(worker);
        } else {
            self.fired.strangers_refused += 1;
        }
    }

    /// Whether an employee hands in a form, for thanks or a price.
    fn hands_in(&self, boss: usize, insider: usize, belief: (f64, f64), thanks: f64, kind: usize) -> bool {
        let (i, forms) = (&self.s.introducers, &self.shop.as_ref().expect("open").forms);
        let pass = self.chance_to_pass(belief.0 - self.bosses[boss].bar, belief.1);
        let hired = forms.acceptance[kind] * pass * forms.conversion[kind];
        let standing = i.goodwill_value * self.expected_goodwill(forms.acceptance[kind], pass);
        let time = i.help_hours * self.people[insider].salary / 2_080.0;
        thanks + self.s.referral.employee_bonus * hired + standing - time >= 0.0
    }

    fn hand_in(&mut self, boss: usize, worker: usize, insider: usize, channel: usize) {
        self.requests.push(Request { boss, worker, channel, tie: None, insider: Some(insider) });
        self.counts.requests[channel] += 1;
    }

    /// Paying, after coaches: strangers pay for forms, firms for those hired on one.
    pub(super) fn forms_are_paid(&mut self, shop: &mut Shop) {
        let price = cents(self.s.referral.stranger_price);
        for worker in std::mem::take(&mut shop.forms.owed) {
            let person = &mut self.people[worker];
            if person.savings < price {
                self.fired.forms_unpaid += 1;
                continue;
            }
            person.savings -= price;
            person.paid += price;
            shop.clients_account -= price;
            shop.insiders_account += price;
            self.counts.transfers[2] += price;
        }
        let bonus = cents(self.s.referral.employee_bonus);
        for meeting in &self.meetings {
            if meeting.hired && meeting.request.insider.is_some() {
                self.fired.bonuses += u32::from(bonus > 0);
                shop.employers_account -= bonus;
                shop.insiders_account += bonus;
                self.counts.transfers[1] += bonus;
            }
        }
    }

    /// Learning: of forms, those met; of passes at a vacancy, and of strangers' forms, those that ended in a job.
    pub(super) fn forms_learn(&self, shop: &mut Shop) {
        let weight = self.s.sellers.experience_weight;
        for (kind, channel) in [(FRIENDS, REFERRED), (STRANGERS, STRANGER)] {
            let n = self.requests.iter().filter(|request| request.channel == channel).count();
            let meetings: Vec<_> = self.meetings.iter().filter(|m| m.request.channel == channel).collect();
            let passed = meetings.iter().filter(|m| m.passed() && m.at_vacancy).count();
            let hired = meetings.iter().filter(|m| m.hired).count();
            let forms = &mut shop.forms;
            forms.acceptance[kind] = share(forms.acceptance[kind], weight, n, meetings.len());
            forms.conversion[kind] = share(forms.conversion[kind], weight, passed, hired);
            if kind == STRANGERS {
                forms.rating = share(forms.rating, self.s.buyers.rating_weight, n, hired);
            }
        }
    }

    /// Renewal: trust in friends' forms fades like that in ties, in strangers' forms like that in those who pay.
    pub(super) fn fade_trust_in_forms(&mut self) {
        if self.shop.is_none() {
            return;
        }
        let b = &self.s.beliefs;
        for boss in &mut self.bosses {
            for (trust, home) in boss.forms.iter_mut().zip([b.trust_mean, self.common.0]) {
                trust.0 += b.trust_fade * (home - trust.0);
                trust.1 += b.trust_fade * (b.trust_precision - trust.1);
            }
        }
    }
}
