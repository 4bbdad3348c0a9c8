//! The contract: who owes what, and when. Computed here for both sides and nowhere else.

use crate::scenario::Contract;
use crate::world::ledger;
use crate::world::market::Member;

/// What one side expects of a representation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Chance that it ends with a placement by the seller.
    pub placed: f64,
    /// Salary of that placement, dollars a year.
    pub salary: f64,
    /// Weeks it lasts.
    pub weeks: f64,
    /// Introductions held in it.
    pub introductions: f64,
}

/// Due before a placement, dollars: up front, per introduction, weekly.
#[must_use]
pub fn due_before(contract: &Contract, weeks: f64, introductions: f64) -> f64 {
    contract.upfront + contract.per_introduction * introductions + contract.retainer_per_week * weeks
}

/// Due on a placement at a salary, dollars.
#[must_use]
pub fn due_on_placement(contract: &Contract, salary: f64) -> f64 {
    contract.share_of_salary * salary + contract.success_fee
}

/// All that is expected to be paid and kept, dollars: what the client expects to pay is what the seller expects to
/// earn, if they expect the same things. Under a guarantee only those who are placed have paid in the end.
#[must_use]
pub fn expected(contract: &Contract, outlook: Outlook) -> f64 {
    let before = due_before(contract, outlook.weeks, outlook.introductions);
    let kept = if contract.guarantee_weeks > 0 { outlook.placed * before } else { before };
    kept + outlook.placed * due_on_placement(contract, outlook.salary)
}

/// What a client's payments must be by his contract and his events, cents: the law of paying.
#[must_use]
pub(crate) fn owed(contract: &Contract, account: &Member) -> i64 {
    let upfront = i64::from(account.treated && account.prepaid_cents > 0) * ledger::cents(contract.upfront);
    let introductions = i64::from(account.introductions) * ledger::cents(contract.per_introduction);
    upfront + introductions + i64::from(account.retained_weeks) * ledger::cents(contract.retainer_per_week)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn expected_price_adds_every_component_and_a_guarantee_takes_back_what_failed() {
        let mut contract = Scenario::default().contract;
        contract.upfront = 500.0;
        contract.per_introduction = 50.0;
        contract.retainer_per_week = 100.0;
        contract.share_of_salary = 0.1;
        contract.success_fee = 1_000.0;
        let outlook = Outlook { placed: 0.25, salary: 80_000.0, weeks: 10.0, introductions: 4.0 };
        // 500 + 4·50 + 10·100 = 1,700 before; 8,000 + 1,000 on placement, a quarter of the time.
        assert!((expected(&contract, outlook) - (1_700.0 + 2_250.0)).abs() < 1e-9);
        contract.guarantee_weeks = 26;
        assert!((expected(&contract, outlook) - (425.0 + 2_250.0)).abs() < 1e-9);
    }
}
