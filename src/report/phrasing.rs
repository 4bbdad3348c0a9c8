//! Numbers, contrasts and terms of a scenario in words, in the way of the charts.

pub(super) use crate::experiments::contrast::doubtful;
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::verdict::Judged;
use crate::scenario::{Payer, Scenario};
use crate::stats::{Estimate, replications_to_exclude, t_quantile};
use crate::text::{counted, dollars, hours, joined, number, percent, rounded, spelt};

/// On which side of a number an interval lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
    /// It holds the number, or there is no interval.
    Open,
}

/// The side of a number on which an estimate lies as far as its interval tells.
pub(super) fn side(estimate: &Estimate, of: f64) -> Side {
    match estimate.interval {
        Some((low, _)) if low > of => Side::Above,
        Some((_, high)) if high < of => Side::Below,
        _ => Side::Open,
    }
}

/// What a contrast says; `None` where it has too few pairs to say anything.
pub(super) fn verdict(contrast: Option<&Contrast>) -> Option<Verdict> {
    contrast?.verdict
}

/// A difference of shares as a size: "12 percentage points [8–16]".
pub(super) fn points(contrast: &Contrast) -> String {
    let Some(estimate) = contrast.estimate else { return "an unknown amount".to_owned() };
    let text = number(&estimate.scaled(if estimate.value >= 0.0 { 100.0 } else { -100.0 }));
    match text.split_once('\u{a0}') {
        Some((value, ends)) => format!("{value} percentage points\u{a0}{ends}"),
        None => format!("{text} percentage points"),
    }
}

/// A size of a market: "52 [40–64] placements per 10,000 workers and year".
pub(super) fn size(placements: &Estimate) -> String {
    format!("{} placements per 10,000 workers and year", number(placements))
}

/// A market in a clause: "the market lasts, with 52 [40–64] placements per 10,000 workers and year in 8 replications";
/// where some replications are at zero and some are not, in how many it lives.
pub(super) fn market(judged: &Judged) -> String {
    let n = counted(judged.placements.n, "replication");
    let lives =
        if judged.is_split() { format!(", and lives in {} of them", judged.lives) } else { String::new() };
    format!("{}, with {} in {n}{lives}", clause(judged), size(&judged.placements))
}

/// "nobody is placed in the weeks judged in 15 of 40 replications"; `None` where all are alike.
pub(super) fn places_nobody(judged: &Judged) -> Option<String> {
    let n = judged.placements.n;
    judged.is_split().then(|| {
        format!(
            "nobody is placed in the weeks judged in {} of {}",
            n - judged.lives,
            counted(n, "replication")
        )
    })
}

/// "the market lasts", "the market lasts, at its clients’ cost".
pub(super) fn clause(judged: &Judged) -> String {
    let cost = if judged.is_at_clients_cost() { ", at its clients’ cost" } else { "" };
    format!("{}{cost}", judged.verdict.clause())
}

/// By how much a contrast of sizes goes up or down: "by 21 [8–34] placements per 10,000 workers and year".
pub(super) fn by_size(contrast: &Contrast) -> String {
    contrast.estimate.map_or_else(
        || "by an unknown amount".to_owned(),
        |estimate| {
            format!("by {}", size(&if estimate.value < 0.0 { estimate.scaled(-1.0) } else { estimate }))
        },
    )
}

/// The least difference that would have been detected in four studies of five: of half the width of its interval,
/// (t₀.₉₇₅ + t₀.₈)/t₀.₉₇₅.
pub(super) fn least(contrast: &Contrast) -> Option<f64> {
    let estimate = contrast.estimate?;
    let (low, high) = estimate.interval?;
    let df = f64::from(crate::ids::row(estimate.n)) - 1.0;
    let [shown, seen] = [0.975, 0.8].map(|share| t_quantile(share, df));
    Some((high - low) / 2.0 * (1.0 + seen? / shown?))
}

/// That two sizes do not detectably differ, and what would have been detected.
pub(super) fn undetected(contrast: &Contrast) -> String {
    least(contrast).filter(|least| *least > 0.0).map_or_else(
        || "no detectable difference".to_owned(),
        |least| {
            format!(
                "no detectable difference; one of {} or more would have shown in four studies of five",
                rounded(least)
            )
        },
    )
}

/// A star after what is called higher or lower, also if all of its kind are judged together.
pub(super) fn star(contrast: &Contrast, is_doubtful: bool) -> &'static str {
    let is_called = matches!(contrast.verdict, Some(Verdict::Higher | Verdict::Lower));
    if is_called && !is_doubtful { " *" } else { "" }
}

/// What a star after one of so many comparisons means.
pub(super) fn star_of(n: usize) -> String {
    if n == 1 {
        return "* detected".to_owned();
    }
    format!("* detected, also if all {n} are judged together (Holm’s correction)")
}

/// A plain number of a payout: a share or dollars.
pub(super) fn payout(value: f64, is_share: bool) -> String {
    if is_share { percent(value) } else { dollars(value) }
}

/// What would settle an open question: so many replications, or more than can be counted.
pub(super) fn to_settle(estimate: Option<&Estimate>, of: f64) -> String {
    match estimate {
        Some(estimate) if estimate.interval.is_none() || estimate.n < 2 => {
            "One replication has no interval; 20 or more are better.".to_owned()
        }
        Some(estimate) => match replications_to_exclude(estimate, of) {
            Some(n) => {
                format!(
                    "About {} would tell, if the estimate stays where it is.",
                    counted(round_up(n), "replication")
                )
            }
            None => "More replications would narrow the interval.".to_owned(),
        },
        None => "A study in which it happens at all.".to_owned(),
    }
}

pub(super) fn round_up(n: usize) -> usize {
    let step = if n < 50 {
        5
    } else if n < 200 {
        10
    } else {
        100
    };
    n.div_ceil(step) * step
}

/// What a seller is paid, in words: "10 % of the first salary", "$500 up front".
pub(super) fn price(scenario: &Scenario) -> String {
    let contract = &scenario.contract;
    let mut parts = Vec::new();
    let mut part = |amount: f64, text: String| {
        if amount > 0.0 {
            parts.push(text);
        }
    };
    part(contract.upfront, format!("{} up front", dollars(contract.upfront)));
    part(contract.retainer_per_week, format!("{} a week", dollars(contract.retainer_per_week)));
    part(contract.per_introduction, format!("{} a meeting", dollars(contract.per_introduction)));
    part(contract.share_of_salary, format!("{} of the first salary", percent(contract.share_of_salary)));
    part(contract.success_fee, format!("{} for a job", dollars(contract.success_fee)));
    let mut text = if parts.is_empty() { "nothing".to_owned() } else { joined(&parts) };
    if contract.guarantee_weeks > 0 && contract.upfront > 0.0 {
        text += &format!(", paid back without a job in {} weeks", contract.guarantee_weeks);
    }
    if contract.payer == Payer::Employer { format!("{text} from the employer") } else { text }
}

/// How applicants are looked at, in words.
pub(super) fn screen(scenario: &Scenario) -> String {
    let all: f64 = scenario.screening.stages.iter().map(|stage| stage.hours).sum();
    match scenario.screening.stages.len() {
        0 => "with nobody screened".to_owned(),
        1 => format!("after a screen of {}", hours(all)),
        n => format!("after {} screens of {} together", spelt(n), hours(all)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { n: 8, value, interval: Some((low, high)) }
    }

    #[test]
    fn an_interval_is_on_a_side_only_where_it_leaves_the_number_out() {
        assert_eq!(side(&estimate(0.4, 0.1, 0.7), 0.5), Side::Open);
        assert_eq!(side(&estimate(0.4, 0.1, 0.49), 0.5), Side::Below);
        assert_eq!(side(&estimate(0.6, 0.51, 0.7), 0.5), Side::Above);
        assert_eq!(side(&Estimate { n: 1, value: 1.0, interval: None }, 0.5), Side::Open);
    }

    /// t of 9 degrees of freedom at 0.975 and 0.8, from printed tables: 2.262 and 0.883.
    #[test]
    fn what_would_have_shown_is_told_where_there_is_a_width() {
        let pairs: Vec<(f64, f64)> = (0..10).map(|n| (f64::from(n % 3), 1.0)).collect();
        let contrast = |half: f64| Contrast {
            estimate: Some(Estimate { n: 10, value: 0.0, interval: Some((-half, half)) }),
            ..Contrast::of(&pairs, crate::experiments::contrast::Luck::SameOpening)
        };
        let wide = least(&contrast(100.0)).unwrap();
        assert!((wide - 100.0 * (1.0 + 0.883 / 2.262)).abs() < 0.1, "{wide}");
        let said = undetected(&contrast(100.0));
        assert!(said.starts_with("no detectable difference; one of 1"), "{said}");
        assert_eq!(undetected(&contrast(0.0)), "no detectable difference");
    }
}
