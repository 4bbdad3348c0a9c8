//! Coaching and résumé writing, in the twin.

use introsim::ids::row;
use introsim::streams::Purpose;

use super::after::share;
use super::birth::{cents, dollars};
use super::world::{Pupil, Shop, Twin};

/// Weeks in which coaching is to show.
pub(super) const TERM: u32 = 26;

impl Twin {
    /// The end of buying: who buys, and who is turned away by lot.
    pub(super) fn enrolling(&mut self) {
        let Some(shop) = &self.shop else { return };
        let price = self.s.coaching.price;
        if price <= 0.0 {
            return;
        }
        let known = shop.worked[0] - shop.worked[1];
        for worker in 0..self.people.len() {
            let person = &self.people[worker];
            if !person.out || person.coached || person.coach_held_out {
                continue;
            }
            let wants = known * self.worth_of_speed(worker) > price && dollars(person.savings) >= price;
            if !wants || !self.gate(Purpose::ConsiderCoach, worker, self.s.buyers.consider_rate) {
                continue;
            }
            let luck = self.draws.at(Purpose::CoachLot, self.week, row(worker), 0);
            let treated = !luck.yes(self.s.buyers.holdout);
            self.shop.as_mut().expect("open").enrolled.push((worker, treated));
        }
    }

    fn pupil(&self, worker: usize, treated: bool) -> Pupil {
        let person = &self.people[worker];
        Pupil {
            worker,
            generation: person.generation,
            week: self.week,
            treated,
            usual: person.usual,
            income: 0.0,
            paid_before: person.paid,
            paid_followed: 0,
            followed: 0,
            worked: false,
        }
    }

    /// Paying, after clients: who still can pay is coached. From here on both groups are followed.
    pub(super) fn coaches_are_paid(&mut self, shop: &mut Shop) {
        let price = cents(self.s.coaching.price);
        for (worker, treated) in std::mem::take(&mut shop.enrolled) {
            if self.people[worker].savings < price {
                self.fired.coaching_unpaid += 1;
                continue;
            }
            shop.pupils.push(self.pupil(worker, treated));
            self.counts.coached[usize::from(!treated)] += 1;
            if !treated {
                self.people[worker].coach_held_out = true;
                self.fired.coaches_lot += 1;
                continue;
            }
            self.fired.coached += 1;
            self.counts.transfers[3] += price;
            shop.clients_account -= price;
            shop.coaches_account += price;
            let person = &mut self.people[worker];
            person.savings -= price;
            person.paid += price;
            person.coached = true;
            self.print_resume(worker);
        }
    }

    /// Learning: what coaching is known to do, and the incomes by which its gain is measured.
    pub(super) fn coaching_learns(&mut self, shop: &mut Shop) {
        for pupil in &mut shop.pupils {
            let person = &self.people[pupil.worker];
            let same = person.generation == pupil.generation;
            let works = same && !person.out;
            if pupil.week < self.week && pupil.followed < 52 {
                pupil.followed += 1;
                let out = self.s.workers.benefit_share * pupil.usual;
                pupil.income += if works { person.salary } else { out } / 52.0;
                if same {
                    pupil.paid_followed = person.paid - pupil.paid_before;
                }
            }
            // The week of buying is the first of them.
            if self.week <= pupil.week + TERM {
                pupil.worked |= works;
            }
        }
        for (position, treated) in [(0, true), (1, false)] {
            let due = |pupil: &&Pupil| pupil.treated == treated && pupil.week + TERM == self.week;
            let n = shop.pupils.iter().filter(due).count();
            let worked = shop.pupils.iter().filter(due).filter(|pupil| pupil.worked).count();
            let weight = self.s.buyers.rating_weight;
            shop.worked[position] = share(shop.worked[position], weight, n, worked);
        }
    }
}
