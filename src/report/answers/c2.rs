//! C2: … and a huge payoff, for hours and hours of work.

use super::super::phrasing;
use super::super::study::{LIBRARY, MAP, Study};
use super::super::sweep::{Grid, Setting};
use super::{Answer, Asked, Chart, Standing, price_of_open};
use crate::experiments::outcomes::metric;
use crate::experiments::verdict::Verdict;
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c2",
    label: "C2",
    question: "… and a huge payoff: it takes hours and hours of work, and multiple thousands of dollars.",
    is_assumed: true,
};

/// Multiple thousands of dollars: more than this for a placement.
const THOUSANDS: f64 = 3_000.0;

pub(super) fn answer(study: &Study) -> Answer {
    let Some(map) = study.map.as_ref().filter(|map| map.payout_is_share) else {
        return Answer::not_run(ASKED, study, MAP);
    };
    let (standing, pill, words) = smallest(map, true);
    let sentence = format!("{}.", text::capital(&words));
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(map.has_hidden().then(|| hidden(map)));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "market-life",
        scenarios: &[
            "organic",
            "contingency",
            "contingency-screened",
            "contingency-50",
            "screened-50",
            "sports-agent",
        ],
    }];
    answer.rests = format!(
        "Threshold: the smallest cut at which a market lasts, whatever its screen, brings more than {} for a placement; payment \
         known, {} a setting on the same luck. Where that cut lies between two that were tried, both are told. Hours rest on \
         what a pitch and a client are assumed to take (`sellers.pitch_hours`, `sellers.contact_hours`).",
        text::dollars(THOUSANDS),
        map.replicated()
    );
    let own = "How many seekers can pay and would: at high cuts few buy.";
    let smallest = map.of(|setting| setting.known && setting.is(Verdict::Lasts));
    let smallest = smallest.filter_map(|setting| setting.payout).reduce(f64::min).unwrap_or(f64::INFINITY);
    let open = map.of(|setting| setting.known && setting.payout.is_some_and(|payout| payout < smallest));
    let open = price_of_open(open);
    answer.change = open.map_or_else(|| own.to_owned(), |open| format!("{open} {own}"));
    answer
}

/// The smallest cut at which a market lasts, whatever its screen, payment known or hidden: whether it brings thousands, a
/// few words, a sentence without its stop.
fn smallest(map: &Grid, known: bool) -> (Standing, String, String) {
    let row = map.best_at_each(|setting| setting.known == known);
    let smallest = row.iter().find(|(_, setting)| setting.is(Verdict::Lasts));
    let Some(&(cut, setting)) = smallest else {
        let none = row.iter().all(|(_, setting)| setting.is_no());
        let (pill, text) = if none {
            ("no cut is enough", "no cut that was tried keeps a market alive, so no payoff is enough")
        } else {
            ("cannot be told", "this run cannot tell at which cut a market begins to last")
        };
        let standing = if none && !row.is_empty() { Standing::Holds } else { Standing::Open };
        return (standing, pill.to_owned(), text.to_owned());
    };
    let per_placement = |sum| setting.ratio(sum, metric!("hires_paid_judged"));
    let Some(fee) = fee(setting) else {
        let text = "this run cannot tell: nobody was placed where a market lasts".to_owned();
        return (Standing::Open, "cannot be told".to_owned(), text);
    };
    // What a placement brings, where anybody is placed, at the largest smaller cut at which it is shown that no market lasts.
    let below = row.iter().rev().find(|(payout, other)| *payout < cut && other.is_no());
    let is_told = row.iter().all(|(payout, other)| *payout >= cut || other.is_no());
    let least = below.and_then(|(_, setting)| self::fee(setting));
    let standing = standing(&fee, least.as_ref(), is_told);
    let lead = match standing {
        Standing::Holds => "it takes thousands",
        Standing::Fails => "it does not take thousands",
        _ => "whether it takes thousands cannot be told",
    };
    let hours = per_placement(metric!("hours_judged"));
    let open = per_placement(metric!("hours_open_judged"));
    let open = open.map_or_else(String::new, |open| {
        format!(", and {} more in which the shop is open", text::rounded(open.value.round()))
    });
    let hours =
        hours.map_or_else(String::new, |hours| format!(" for {} hours of work{open}", text::number(&hours)));
    let lower = match (below, is_told) {
        (Some((payout, _)), true) => {
            let there = least.map_or_else(
                || " (nobody is placed there)".to_owned(),
                |fee| format!(" (a placement brings {} there)", text::dollars_between(&fee)),
            );
            format!("; at {} none does, whatever the screen{there}", text::percent(*payout))
        }
        (_, true) => ", the smallest that was tried".to_owned(),
        (_, false) => ", and of smaller ones it cannot be told".to_owned(),
    };
    let screen = setting.hours.filter(|hours| *hours > 0.0);
    let screen = screen
        .map_or_else(|| "nobody screened".to_owned(), |hours| format!("a screen of {}", text::hours(hours)));
    let gone = setting.judged().and_then(phrasing::places_nobody);
    let gone = gone.map_or_else(String::new, |said| format!(", though {said}"));
    let text = format!(
        "{lead}: the smallest cut at which a market lasts is {}{gone}{lower}; with {screen} a placement brings {} there{hours}",
        text::percent(cut),
        text::dollars_between(&fee)
    );
    (standing, pill(standing, cut, &fee, least.as_ref(), is_told), text)
}

/// What a placement brings in the weeks that are judged; `None` where nobody is placed.
fn fee(setting: &Setting) -> Option<Estimate> {
    setting.ratio(metric!("fees_dollars_judged"), metric!("hires_paid_judged"))
}

/// The answer in a few words; where it cannot be told, between what it lies.
///
/// - `least`: what a placement brings at the largest of the smaller cuts
/// - `is_told`: whether it is told of all smaller ones
fn pill(standing: Standing, cut: f64, fee: &Estimate, least: Option<&Estimate>, is_told: bool) -> String {
    let brings = text::dollars(fee.value);
    match (standing, least) {
        (Standing::Open, Some(least)) if is_told => {
            format!("between {} and {brings}", text::dollars(least.value))
        }
        (Standing::Open, _) if is_told => format!("{brings} is enough, less not tried"),
        (Standing::Open, _) => format!("{brings} is enough, less is open"),
        _ => format!("{} of salary, {brings}", text::percent(cut)),
    }
}

/// Holds where even the largest cut that is not enough is shown to bring as much; fails where the fee at the smallest that is enough is
/// shown to be less, whatever smaller ones do.
fn standing(fee: &Estimate, least: Option<&Estimate>, is_told: bool) -> Standing {
    if fee.high().is_some_and(|high| high <= THOUSANDS) {
        Standing::Fails
    } else if is_told && least.and_then(|least| least.low()).is_some_and(|low| low >= THOUSANDS) {
        Standing::Holds
    } else {
        Standing::Open
    }
}

/// The same by the same rule where nobody is told of the payment.
fn hidden(map: &Grid) -> String {
    format!("Where payment is hidden, by the same rule, {}.", smallest(map, false).2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_needed_where_what_is_not_enough_brings_as_much() {
        let fee = |low: f64, high: f64| Estimate {
            n: 8,
            value: f64::midpoint(low, high),
            interval: Some((low, high)),
        };
        let said = |own: (f64, f64), least: Option<(f64, f64)>, is_told: bool| {
            let least = least.map(|(low, high)| fee(low, high));
            standing(&fee(own.0, own.1), least.as_ref(), is_told)
        };
        let own = (4_800.0, 5_200.0);
        assert_eq!(said(own, Some((3_050.0, 3_150.0)), true), Standing::Holds);
        assert_eq!(said(own, Some((2_950.0, 3_250.0)), true), Standing::Open);
        assert_eq!(said(own, Some((3_050.0, 3_150.0)), false), Standing::Open);
        assert_eq!(said(own, None, true), Standing::Open);
        assert_eq!(said((2_600.0, 2_990.0), None, true), Standing::Fails);
        assert_eq!(said((2_600.0, 3_100.0), Some((900.0, 1_100.0)), true), Standing::Open);
    }

    #[test]
    fn where_it_cannot_be_told_the_pill_says_what_is_known() {
        let fee = Estimate { n: 8, value: 11_200.0, interval: Some((10_700.0, 11_600.0)) };
        let says = |standing, least: Option<f64>, is_told| {
            let least =
                least.map(|value| Estimate { n: 8, value, interval: Some((value - 9.0, value + 9.0)) });
            pill(standing, 0.1, &fee, least.as_ref(), is_told)
        };
        assert_eq!(says(Standing::Open, Some(2_240.0), true), "between $2,240 and $11,200");
        assert_eq!(says(Standing::Open, None, true), "$11,200 is enough, less not tried");
        assert_eq!(says(Standing::Open, Some(2_240.0), false), "$11,200 is enough, less is open");
        assert_eq!(says(Standing::Holds, Some(5_600.0), true), "10\u{a0}% of salary, $11,200");
    }
}
