//! Paying in the twin's week: contracts are carried out.

use super::birth::{cents, dollars};
use super::world::{PAID, Shop, Twin};

impl Twin {
    pub(super) fn paying(&mut self) {
        let Some(mut shop) = self.shop.take() else { return };
        for seller in &mut shop.sellers {
            (seller.fees, seller.refunds, seller.social) = (0.0, 0.0, 0.0);
        }
        // What is due before a placement is paid from savings or not at all.
        let week = self.week;
        let mut due: Vec<(usize, usize, char)> = Vec::new();
        for (row, seller) in shop.sellers.iter().enumerate() {
            due.extend(seller.clients.iter().filter(|c| c.signed == week).map(|c| (row, c.member, 'u')));
        }
        for meeting in self.meetings.iter().filter(|meeting| meeting.request.channel == PAID) {
            let seller = self.ties[meeting.request.tie.expect("paid requests have a tie")].introducer;
            let search = self.search_of(meeting.request.worker);
            let mine = shop.sellers[seller].clients.iter().find(|c| c.search == search);
            due.push((seller, mine.expect("who is met is a client").member, 'i'));
        }
        due.extend(self.shams.iter().map(|&(seller, member)| (seller, member, 'i')));
        for (seller, member, cause) in due {
            self.charge(&mut shop, seller, member, cause);
        }
        for row in 0..shop.sellers.len() {
            for client in shop.sellers[row].clients.clone() {
                if client.placed {
                    let amount = cents(self.on_placement(shop.cohort[client.member].placed_salary));
                    shop.cohort[client.member].on_placement += amount;
                    self.people[client.search.0].paid += amount;
                    shop.clients_account -= amount;
                    shop.sellers[row].account += amount;
                    shop.sellers[row].fees += dollars(amount);
                } else if self.goes_on(client.search) {
                    self.charge(&mut shop, row, client.member, 'r');
                }
            }
        }
        self.settle(&mut shop);
        self.employers_pay_fees(&mut shop);
        self.coaches_are_paid(&mut shop);
        self.forms_are_paid(&mut shop);
        self.shop = Some(shop);
    }

    fn charge(&mut self, shop: &mut Shop, seller: usize, member: usize, cause: char) {
        let c = &self.s.contract;
        let amount = cents(match cause {
            'u' => c.upfront,
            'i' => c.per_introduction,
            _ => c.retainer_per_week,
        });
        let account = &mut shop.cohort[member];
        account.held += u32::from(cause == 'i');
        let client = shop.sellers[seller].clients.iter_mut().find(|client| client.member == member);
        let savings = &mut self.people[account.search.0].savings;
        // One who could not pay has no seller any more to whom anything would be due.
        if *savings < amount || client.as_ref().is_some_and(|client| client.out_of_money) {
            if let Some(client) = client {
                client.out_of_money = true;
            }
            return;
        }
        *savings -= amount;
        self.people[account.search.0].paid += amount;
        account.prepaid += amount;
        account.paid_for += u32::from(cause == 'i' && amount > 0);
        account.retained += u32::from(cause == 'r' && amount > 0);
        shop.clients_account -= amount;
        shop.sellers[seller].account += amount;
        shop.sellers[seller].fees += dollars(amount);
    }

    fn settle(&mut self, shop: &mut Shop) {
        for seller in &mut shop.sellers {
            seller.liability_before = seller.liability;
            seller.liability = 0.0;
        }
        for member in &mut shop.cohort {
            if member.settled {
                continue;
            }
            let seller = &mut shop.sellers[member.seller];
            if !self.goes_on(member.search) {
                member.settled = true;
            } else if self.week >= member.week + self.s.contract.guarantee_weeks {
                member.settled = true;
                let held = member.prepaid.min(seller.account.max(0));
                let bond = (member.prepaid - held).min(seller.bond);
                seller.bond -= bond;
                shop.outside -= bond;
                seller.account -= held;
                shop.clients_account += held + bond;
                member.refunded = held + bond;
                seller.refunds += dollars(held + bond);
                self.people[member.search.0].savings += held + bond;
                self.people[member.search.0].paid -= held + bond;
                self.fired.refunds += u32::from(held + bond > 0);
                self.fired.bonds_drawn += u32::from(bond > 0);
                self.fired.refunds_short += u32::from(held + bond < member.prepaid);
            } else {
                seller.liability += dollars(member.prepaid) * (1.0 - seller.rating);
            }
        }
    }
}
