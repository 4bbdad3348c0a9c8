//! The ledger: every payment has a payer, a receiver, a cause and an amount in cents.
//!
//! Double entry: what leaves one account enters another, so all accounts sum to zero at all times.

use crate::ids::IntroducerId;

/// Dollars as whole cents, rounded to the nearest.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "amounts of a scenario are far below 2^63 cents")]
pub fn cents(dollars: f64) -> i64 {
    (dollars * 100.0).round() as i64
}

/// Cents as dollars.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "sums of a run are far below 2^53 cents")]
pub fn dollars(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// Why money moves between a client and a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Due when the seller accepts the client.
    Upfront,
    /// Due for an introduction held, real or sham.
    Introduction,
    /// Due on a placement: share of salary and success fee.
    Placement,
    /// Due each week of representation.
    Retainer,
    /// Money back under the guarantee; flows from seller to client.
    Refund,
}

/// One payment of this week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Number of the client in the cohort.
    pub member: usize,
    /// Why.
    pub cause: Cause,
    /// Which one of this cause in this week.
    pub ordinal: u32,
    /// The seller.
    pub seller: IntroducerId,
    /// Amount, at least 0.
    pub cents: i64,
}

/// One side of a payment that is not between a client and a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// One who looks for a job.
    Seeker(u32),
    /// The firm of a decision-maker.
    Employer(u32),
    /// One who works at a firm that takes names from him.
    Employee(u32),
    /// A seller.
    Seller(u32),
    /// Those who sell coaching, all together.
    Coaches,
}

/// Why money moves between two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A hire on a submission: employer to seller.
    Fee,
    /// A hire on a form: employer to employee.
    Bonus,
    /// A stranger's form: seeker to employee.
    Form,
    /// Coaching: seeker to coaches.
    Coaching,
}

/// One payment of this week that is not between a client and a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transfer {
    /// Who pays.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// Why.
    pub reason: Reason,
    /// Amount, at least 0.
    pub cents: i64,
}

/// Accounts of one market. Sellers' costs in cash (shams) go to the world outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// All seekers together: minus what they paid, to sellers or others, plus what they got back.
    pub clients_cents: i64,
    /// The firms of all decision-makers.
    pub employers_cents: i64,
    /// All employees whose names on forms were paid for.
    pub insiders_cents: i64,
    /// Those who sell coaching.
    pub coaches_cents: i64,
    /// Each seller.
    pub sellers_cents: Vec<i64>,
    /// The world outside the market.
    pub outside_cents: i64,
    /// Payments of this week, in the order made.
    pub entries: Vec<Entry>,
    /// Other payments of this week, in the order made.
    pub transfers: Vec<Transfer>,
}

impl Ledger {
    /// Accounts of a market of `n` sellers, all empty.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self { sellers_cents: vec![0; n], ..Self::default() }
    }

    /// Books a payment between a client and a seller.
    pub fn book(&mut self, entry: Entry) {
        let to_seller = if entry.cause == Cause::Refund { -entry.cents } else { entry.cents };
        self.clients_cents -= to_seller;
        self.sellers_cents[entry.seller.at()] += to_seller;
        self.entries.push(entry);
    }

    /// Books a payment that is not between a client and a seller.
    pub fn transfer(&mut self, transfer: Transfer) {
        *self.account(transfer.from) -= transfer.cents;
        *self.account(transfer.to) += transfer.cents;
        self.transfers.push(transfer);
    }

    fn account(&mut self, party: Party) -> &mut i64 {
        match party {
            Party::Seeker(_) => &mut self.clients_cents,
            Party::Employer(_) => &mut self.employers_cents,
            Party::Employee(_) => &mut self.insiders_cents,
            Party::Seller(row) => &mut self.sellers_cents[row as usize],
            Party::Coaches => &mut self.coaches_cents,
        }
    }

    /// Books a cost that a seller pays to the world outside.
    pub fn book_cost(&mut self, seller: IntroducerId, cents: i64) {
        self.sellers_cents[seller.at()] -= cents;
        self.outside_cents += cents;
    }

    /// Sum of all accounts: zero, or money has been made or lost.
    #[must_use]
    pub fn imbalance_cents(&self) -> i64 {
        let others = self.employers_cents + self.insiders_cents + self.coaches_cents;
        self.clients_cents + self.sellers_cents.iter().sum::<i64>() + others + self.outside_cents
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_paid_is_money_received() {
        let mut ledger = Ledger::new(2);
        let seller = IntroducerId(1);
        ledger.book(Entry { member: 0, cause: Cause::Upfront, ordinal: 0, seller, cents: 50_000 });
        ledger.book(Entry { member: 0, cause: Cause::Refund, ordinal: 0, seller, cents: 20_000 });
        ledger.book_cost(seller, 5_000);
        assert_eq!((ledger.clients_cents, ledger.sellers_cents[1]), (-30_000, 25_000));
        assert_eq!(ledger.imbalance_cents(), 0);
        assert_eq!((cents(0.015), cents(1234.565)), (2, 123_457));
    }
}
