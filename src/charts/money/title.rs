//! Where the money goes, in a sentence.

use crate::stats::Estimate;

use super::super::page::title_fits;
use super::{Account, FEE, HOURS, SOCIAL};
use crate::charts::assumed::wider;
use crate::charts::{clear_of_zero, how_many};
use crate::text::{counted, dollars, dollars_between, fixed, listed, quoted, spelt, with_interval};

/// What is left of a placement's fee; in one scenario with what it went on, in several where sellers gained and lost.
pub(super) fn title(accounts: &[Account], idle: &[&str]) -> String {
    let known: Vec<(&Account, Estimate)> =
        accounts.iter().filter_map(|account| Some((account, account.left()?))).collect();
    match known.as_slice() {
        [] if idle.is_empty() => "No placement was recorded, so nothing can be said of its fee".to_owned(),
        [] if idle.len() > 3 => {
            format!("In none of {} did sellers place anybody", counted(idle.len(), "scenario"))
        }
        [] => format!("Sellers placed nobody in {}", listed(idle.iter().copied())),
        [(account, profit)] => alone(account, profit),
        known => together(known),
    }
}

/// The same in a few words.
pub(super) fn headline(accounts: &[Account]) -> String {
    let known: Vec<Estimate> = accounts.iter().filter_map(Account::left).collect();
    let count = |of: fn(&Estimate) -> bool| known.iter().filter(|profit| of(profit)).count();
    let up = count(|profit| clear_of_zero(profit) && profit.value > 0.0);
    let down = count(|profit| clear_of_zero(profit) && profit.value < 0.0);
    let of = known.len();
    let many = |n: usize| how_many(n, of, "market");
    match (up, down) {
        _ if of == 0 => "Sellers placed nobody".to_owned(),
        (0, 0) => "Whether a placement pays its seller cannot be told".to_owned(),
        (1, 0) if of == 1 => "A placement leaves its seller a profit".to_owned(),
        (0, 1) if of == 1 => "A placement costs its seller more than it brings".to_owned(),
        (up, 0) => format!("A placement leaves its seller a profit in {}", many(up)),
        (0, down) => format!("A placement costs its seller money in {}", many(down)),
        (up, down) => {
            format!("Placements pay sellers in {}, cost them in {}", many(up), spelt(down))
        }
    }
}

fn alone(account: &Account, profit: &Estimate) -> String {
    let fee = account.parts[FEE].map_or_else(String::new, |fee| dollars_between(&fee));
    let spent = format!(
        "{} went on hours at their wage and {} on relationships",
        dollars(account.value(HOURS)),
        dollars(account.value(SOCIAL))
    );
    let left = if profit.interval.is_none() {
        format!("{} were left (one market: no interval)", dollars(profit.value))
    } else if !clear_of_zero(profit) {
        format!("no profit or loss can be told ({})", dollars_between(profit))
    } else if profit.value > 0.0 {
        format!("{} of profit were left", dollars_between(profit))
    } else {
        format!("the seller lost {}", dollars_between(&profit.scaled(-1.0)))
    };
    format!("A placement brought {fee} in fees: {spent}, and {left}")
}

fn together(known: &[(&Account, Estimate)]) -> String {
    let count = |of: fn(&Estimate) -> bool| known.iter().filter(|(_, profit)| of(profit)).count();
    let up = count(|profit| clear_of_zero(profit) && profit.value > 0.0);
    let down = count(|profit| clear_of_zero(profit) && profit.value < 0.0);
    let all = counted(known.len(), "scenario");
    let (Some((best, high)), Some((worst, low))) = (known.first(), known.last()) else {
        return String::new();
    };
    let ends = format!(
        "from {} in {} to {} in {}",
        dollars_between(low),
        quoted(&worst.name),
        dollars_between(high),
        quoted(&best.name)
    );
    if known.iter().all(|(_, profit)| profit.interval.is_none()) {
        return format!("What a placement left its seller ran {ends} (one market each: no interval)");
    }
    let none = match known.len() - up - down {
        0 => String::new(),
        n => format!(" (neither can be told in {n})"),
    };
    let first = match (up, down) {
        (0, 0) => format!("No profit or loss on a placement can be told in any of {all}: {ends}"),
        (up, 0) => format!("A placement left its seller a profit in {up} of {all}{none}: {ends}"),
        (0, down) => {
            format!("A placement cost its seller more than it brought in {down} of {all}{none}: {ends}")
        }
        (up, down) => format!(
            "A placement left its seller a profit in {up} of {all} and a loss in {down}{none}: {ends}"
        ),
    };
    let burnt = known.iter().filter_map(|(account, _)| burnt(account));
    let whole = match burnt.max_by(|a, b| a.value.total_cmp(&b.value)) {
        Some(most) if most.value > 0.0 => format!(
            "{first}; relationships cost at most ${} per dollar of fees",
            with_interval(&most, |x| fixed(x, 2))
        ),
        _ => first.clone(),
    };
    if title_fits(&whole) { whole } else { first }
}

/// Social capital spent per dollar of fees.
fn burnt(account: &Account) -> Option<Estimate> {
    let (social, fee) = (account.parts[SOCIAL]?, account.parts[FEE]?);
    let ratio = || Estimate { n: social.n, value: social.value / fee.value, interval: None };
    (fee.value > 0.0).then(|| wider(ratio(), account.assumed[1]))
}
