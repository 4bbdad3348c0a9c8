//! Entry and exit in the twin's week: sellers count what the week brought; who expects to lose stops, who expects to gain
//! begins.

use introsim::maths::exp;
use introsim::scenario::Entry;
use introsim::streams::Purpose;

use super::world::{Seller, Shop, Twin};

/// Adds one sum to another.
fn add(to: &mut [f64; 3], what: [f64; 3]) {
    for (sum, one) in to.iter_mut().zip(what) {
        *sum += one;
    }
}

impl Twin {
    pub(super) fn entry(&mut self) {
        let Some(mut shop) = self.shop.take() else { return };
        self.close_books(&mut shop);
        if self.s.sellers.entry == Entry::Free {
            for id in 0..shop.sellers.len() {
                self.reconsider(&mut shop, id);
            }
        }
        for seller in &mut shop.sellers {
            seller.undone = false;
        }
        self.shop = Some(shop);
    }

    fn close_books(&mut self, shop: &mut Shop) {
        let s = self.s.sellers.clone();
        // What is remembered of selling fades by 1/104 a week, before this week's is added.
        for sum in &mut shop.known {
            *sum *= 1.0 - 1.0 / 104.0;
        }
        let kept = exp(-std::f64::consts::LN_2 / 52.0);
        for seller in &mut shop.sellers {
            let owed = seller.liability - seller.liability_before;
            let open = if seller.active { s.open_hours } else { 0.0 };
            let held = seller.hours + open;
            let (time, today) = (held * seller.own_wage, held * seller.wage);
            let money = seller.fees - seller.refunds - seller.costs;
            let (social, lost) = (seller.social, time - today);
            let flows = [seller.hours, seller.fees, seller.refunds, seller.costs, social, open, time, lost];
            for (sum, flow) in self.sums.iter_mut().zip(flows) {
                *sum += flow;
            }
            seller.lifetime += money - owed - time - seller.social;
            let week = [money - owed - s.foresight * seller.social, seller.hours, 1.0];
            seller.costs = 0.0;
            if seller.active {
                seller.weeks_sold += 1;
                if seller.weeks_sold <= 104 {
                    add(&mut shop.known, week);
                }
                add(&mut seller.own, week);
                seller.hour = self.hour_after(seller);
                let too_many = seller.own[2] / 104.0;
                if too_many > 1.0 {
                    seller.own = seller.own.map(|sum| sum / too_many);
                }
                seller.cash += money - today;
                seller.peak = seller.peak.max(seller.cash);
            } else if seller.sold {
                seller.own = seller.own.map(|sum| sum * kept);
                seller.rating = kept * seller.rating + (1.0 - kept) * self.s.buyers.opening_rating;
            }
        }
    }

    /// What a week of selling is expected to leave him: 26 weeks of what all know, beside his own.
    fn expects(&self, shop: &Shop, seller: &Seller) -> f64 {
        let open = self.s.sellers.open_hours;
        let net = |sums: [f64; 3]| sums[0] - sums[1] * seller.wage - sums[2] * open * seller.wage;
        (26.0 * net(shop.known) / shop.known[2] + net(seller.own)) / (26.0 + seller.own[2])
    }

    fn reconsider(&mut self, shop: &mut Shop, id: usize) {
        let s = self.s.sellers.clone();
        let thinks = self.gate(Purpose::Reconsider, id, s.reconsider_rate);
        let trials = s.trials * f64::from(self.s.workers.count) / 10_000.0;
        let per_week = trials / 52.0 / f64::from(self.s.introducers.count);
        let tries = self.gate(Purpose::Try, id, per_week);
        let expects = self.expects(shop, &shop.sellers[id]);
        let (uplift, gap) = (shop.uplift, self.gap(id));
        let seller = &mut shop.sellers[id];
        if seller.active {
            let ruined = seller.peak - seller.cash > seller.purse;
            if ruined || (thinks && expects < 0.0) {
                self.fired.ruined += u32::from(ruined);
                self.stop(seller);
            }
        } else if (thinks && expects > 0.0) || tries {
            self.counts.began += 1;
            self.fired.tries += u32::from(!(thinks && expects > 0.0));
            if seller.sold {
                self.fired.returns += 1;
                if s.new_name {
                    seller.rating = self.s.buyers.opening_rating;
                }
            } else {
                self.fired.enters += 1;
                seller.uplift = uplift;
                seller.gap = gap;
            }
            seller.active = true;
            seller.hour = seller.wage;
            seller.sold = true;
            seller.since = self.week;
            (seller.cash, seller.peak) = (0.0, 0.0);
        }
    }

    fn stop(&mut self, seller: &mut Seller) {
        self.counts.stopped += 1;
        self.fired.exits += 1;
        self.fired.engagements_left += u32::try_from(seller.mandates.len()).expect("few");
        seller.active = false;
        seller.mandates.clear();
        let applicants = seller.applicants.drain(..).map(|applicant| applicant.search);
        let gone: Vec<_> = applicants.chain(seller.clients.drain(..).map(|client| client.search)).collect();
        for search in gone {
            if self.people[search.0].searches == search.1 {
                self.people[search.0].seller = None;
            }
        }
    }
}
