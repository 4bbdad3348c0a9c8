//! Numbers, contrasts and terms of a scenario in words, in the way of the charts.

use crate::charts::words;
use crate::experiments::contrast::{Contrast, Verdict};
use crate::scenario::{Payer, Scenario};
use crate::stats::Estimate;
use crate::units::Unit;

pub(super) use crate::charts::words::{capital, grouped, joined, listed, rounded};

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

/// A share as the charts write it; of very small ones two digits more: "0.03 % [0.01–0.05]".
pub(super) fn share(estimate: &Estimate) -> String {
    let highest = estimate.interval.map_or(estimate.value, |(_, high)| high);
    if highest <= 0.0 || highest >= 0.0015 || estimate.value < 0.0 {
        return words::share(estimate);
    }
    let text = |value: f64| format!("{:.2}", 100.0 * value);
    let ends = estimate
        .told()
        .map_or_else(String::new, |(low, high)| format!("\u{a0}[{}–{}]", text(low), text(high)));
    format!("{}\u{a0}%{ends}", text(estimate.value))
}

/// Pairs below which the exact test of yes and no cannot tell any difference.
const FEWEST_PAIRS: usize = 6;

/// Whether a contrast of yes and no has too few pairs to find a difference of any size.
pub(super) fn is_hopeless(contrast: Option<&Contrast>) -> bool {
    contrast.is_none_or(|contrast| contrast.n() < FEWEST_PAIRS)
}

/// What a contrast says; none where it has too few pairs to say anything.
pub(super) fn verdict(contrast: Option<&Contrast>) -> Option<Verdict> {
    contrast?.verdict
}

/// A difference of shares as a size: "12 percentage points [8–16]".
pub(super) fn points(contrast: &Contrast) -> String {
    let Some(estimate) = contrast.estimate else { return "an unknown amount".to_owned() };
    let (value, ends) = texts(&scaled(&sized(&estimate), 100.0));
    format!("{value} percentage points{ends}")
}

/// The estimate with its direction taken off.
fn sized(estimate: &Estimate) -> Estimate {
    if estimate.value >= 0.0 { *estimate } else { flipped(estimate) }
}

fn flipped(estimate: &Estimate) -> Estimate {
    let interval = estimate.interval.map(|(low, high)| (-high, -low));
    Estimate { value: -estimate.value, interval, ..*estimate }
}

fn scaled(estimate: &Estimate, by: f64) -> Estimate {
    let interval = estimate.interval.map(|(low, high)| (by * low, by * high));
    Estimate { value: by * estimate.value, interval, ..*estimate }
}

/// Digits after the point: as many as show two digits of the number, and more where its interval would look like one
/// point.
fn digits(estimate: &Estimate) -> usize {
    let of_value = match estimate.value.abs() {
        value if value >= 9.5 || value <= 0.0 => 0,
        value if value >= 0.095 => 1,
        _ => 2,
    };
    let width = estimate.interval.map_or(0.0, |(low, high)| high - low);
    let needed = (0..=3).find(|&digits| width >= 2.0 / libm::exp10(digits as f64)).unwrap_or(3);
    let is_large = estimate.value.abs() >= 100.0;
    if width <= 1e-12 || is_large { of_value } else { of_value.max(needed) }
}

fn fixed(value: f64, digits: usize) -> String {
    if digits == 0 {
        return words::rounded(value);
    }
    let text = format!("{value:.digits$}");
    let is_zero = text.chars().all(|c| ['-', '0', '.'].contains(&c));
    if is_zero { text.trim_start_matches('-').to_owned() } else { words::minus(&text) }
}

/// A number, and its interval in brackets, if it has one, in as many digits.
fn texts(estimate: &Estimate) -> (String, String) {
    let digits = digits(estimate);
    let value = fixed(estimate.value, digits);
    let Some((low, high)) = estimate.told() else { return (value, String::new()) };
    let [low, high] = [low, high].map(|end| fixed(end, digits));
    let between = if low.starts_with('−') || high.starts_with('−') { "\u{a0}to\u{a0}" } else { "–" };
    // Where all are nothing, nothing varies.
    let ends = if [&value, &low, &high].iter().all(|text| *text == "0") {
        String::new()
    } else {
        format!("\u{a0}[{low}{between}{high}]")
    };
    (value, ends)
}

/// A number with its interval and as many digits as it needs: "0.43 [0.41–0.45]", "−2.1 [−3.0 to −1.2]".
pub(super) fn number(estimate: &Estimate) -> String {
    let (value, ends) = texts(estimate);
    value + &ends
}

/// The same without its direction.
pub(super) fn amount(estimate: &Estimate) -> String {
    number(&sized(estimate))
}

/// A share that may be negative, with its sign: "+4.1 % [1.0–7.2]", "−16 % [−29 to −4]".
pub(super) fn signed_percent(estimate: &Estimate) -> String {
    let (value, ends) = texts(&scaled(estimate, 100.0));
    let is_zero = value.chars().all(|c| ['0', '.'].contains(&c));
    let sign = if is_zero || value.starts_with('−') { "" } else { "+" };
    format!("{sign}{value}\u{a0}%{ends}")
}

/// Dollars with the interval: "$1,040 [900–1,200]"; of small amounts the cents.
pub(super) fn dollars(estimate: &Estimate) -> String {
    if estimate.value.abs() >= 10.0 {
        return words::dollars_with_interval(estimate);
    }
    let digits = digits(estimate).max(2);
    let value = fixed(estimate.value, digits);
    let value = value.strip_prefix('−').map_or_else(|| format!("${value}"), |size| format!("−${size}"));
    let Some((low, high)) = estimate.told() else { return value };
    let [low, high] = [low, high].map(|end| fixed(end, digits));
    let between = if low.starts_with('−') || high.starts_with('−') { "\u{a0}to\u{a0}" } else { "–" };
    format!("{value}\u{a0}[{low}{between}{high}]")
}

/// A plain share without interval: "10 %", "17.5 %".
pub(super) fn percent(value: f64) -> String {
    let text = format!("{:.1}", 100.0 * value);
    format!("{}\u{a0}%", words::minus(text.trim_end_matches('0').trim_end_matches('.')))
}

/// A plain number of a payout: a share or dollars.
pub(super) fn payout(value: f64, is_share: bool) -> String {
    if is_share { percent(value) } else { words::dollars(value) }
}

/// A range of plain payouts: "5–20 %", or one of them.
pub(super) fn payouts(low: f64, high: f64, is_share: bool) -> String {
    if low >= high {
        return payout(low, is_share);
    }
    let (low, high) = (payout(low, is_share), payout(high, is_share));
    let low = if is_share { low.trim_end_matches(['%', '\u{a0}']).to_owned() } else { low };
    format!("{low}–{}", high.trim_start_matches('$'))
}

/// "4 replications".
pub(super) fn replications(n: usize) -> String {
    format!("{} replication{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// Replications after which an interval as wide for its number would leave out `of`, if the estimate stays as it is.
pub(super) fn needed(estimate: &Estimate, of: f64) -> Option<usize> {
    let (low, high) = estimate.interval?;
    let distance = (estimate.value - of).abs();
    let half = if estimate.value > of { estimate.value - low } else { high - estimate.value };
    if distance <= 1e-9 || half <= distance {
        return None;
    }
    let n = estimate.n as f64 * (half / distance) * (half / distance);
    // Beyond this nobody would run them.
    (n < 10_000.0).then(|| whole(libm::ceil(1.05 * n)))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count below 10,500; casts saturate"
)]
fn whole(x: f64) -> usize {
    x as usize
}

/// What would settle an open question: so many replications, or more than can be counted.
pub(super) fn to_settle(estimate: Option<&Estimate>, of: f64) -> String {
    match estimate {
        Some(estimate) if estimate.interval.is_none() || estimate.n < 2 => {
            "One replication has no interval; 20 or more are better.".to_owned()
        }
        Some(estimate) => match needed(estimate, of) {
            Some(n) => {
                format!("About {} would tell, if the estimate stays where it is.", replications(round_up(n)))
            }
            None => "More replications would narrow the interval.".to_owned(),
        },
        None => "A study in which it happens at all.".to_owned(),
    }
}

fn round_up(n: usize) -> usize {
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
    let dollars = words::dollars;
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
    let hours: f64 = scenario.screening.stages.iter().map(|stage| stage.hours).sum();
    match scenario.screening.stages.len() {
        0 => "with nobody screened".to_owned(),
        1 => format!("after a screen of {}", hours_text(hours)),
        n => format!("after {} screens of {} together", small(n), hours_text(hours)),
    }
}

/// A number of hours: "2 hours", "30 minutes".
pub(super) fn hours_text(hours: f64) -> String {
    if hours > 0.0 && hours < 1.0 {
        return format!("{:.0} minutes", 60.0 * hours);
    }
    let text = format!("{hours:.1}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} hour{}", if text == "1" { "" } else { "s" })
}

/// Hours of all stages of a screen as tables and settings write them: "[{ hours = 1h, accept_above = 0.2 }]" has 1,
/// "[]" none.
pub(super) fn stage_hours(text: &str) -> Option<f64> {
    if text.trim() == "[]" {
        return Some(0.0);
    }
    let ends = |c: char| c == ',' || c == '}' || c == ']';
    let stage = |part: &str| {
        let written =
            part.trim_start().strip_prefix('=')?.split(ends).next()?.trim().trim_matches('"').to_owned();
        Unit::Hours.parse(&written).ok()
    };
    let stages: Vec<f64> = text.split("hours").skip(1).map(stage).collect::<Option<_>>()?;
    (!stages.is_empty()).then(|| stages.iter().sum())
}

/// Small counts as words.
pub(super) fn small(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| grouped(n), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { n: 8, value, interval: Some((low, high)) }
    }

    #[test]
    fn numbers_have_the_digits_and_signs_that_they_need() {
        assert_eq!(number(&estimate(0.434, 0.21, 0.65)), "0.4\u{a0}[0.2–0.7]");
        assert_eq!(number(&estimate(0.848, 0.844, 0.851)), "0.848\u{a0}[0.844–0.851]");
        assert_eq!(
            [number(&estimate(0.0, 0.0, 0.0)), number(&estimate(842.3, 585.0, 1099.0))],
            ["0", "842\u{a0}[585–1,099]"]
        );
        assert_eq!(number(&estimate(-2.13, -3.0, -1.2)), "−2.1\u{a0}[−3.0\u{a0}to\u{a0}−1.2]");
        assert_eq!(
            signed_percent(&estimate(-0.164, -0.291, -0.037)),
            "−16\u{a0}%\u{a0}[−29\u{a0}to\u{a0}−4]"
        );
        assert_eq!(signed_percent(&estimate(0.041, 0.01, 0.072)), "+4.1\u{a0}%\u{a0}[1.0–7.2]");
        assert_eq!(dollars(&estimate(0.0187, 0.0068, 0.0305)), "$0.02\u{a0}[0.01–0.03]");
        assert_eq!(dollars(&estimate(-0.01, -0.03, 0.01)), "−$0.01\u{a0}[−0.03\u{a0}to\u{a0}0.01]");
        assert_eq!([0.1, 0.175, -0.05].map(percent), ["10\u{a0}%", "17.5\u{a0}%", "−5\u{a0}%"]);
        assert_eq!(payouts(0.05, 0.2, true), "5–20\u{a0}%");
        assert_eq!(payouts(1_000.0, 20_000.0, false), "$1,000–20,000");
        assert_eq!([0.25, 1.0, 2.5].map(hours_text), ["15 minutes", "1 hour", "2.5 hours"]);
    }

    #[test]
    fn hours_of_stages_are_read_as_tables_and_settings_write_them() {
        let texts = [
            "[]",
            "[{ hours = 1h, accept_above = 0.2 }]",
            "[{ hours = 0.5, accept_above = \"profit\" }, { hours = \"90 min\" }]",
        ];
        assert_eq!(texts.map(stage_hours), [Some(0.0), Some(1.0), Some(2.0)]);
        assert_eq!([stage_hours("none"), stage_hours("hours = soon")], [None, None]);
    }

    #[test]
    fn an_interval_is_on_a_side_only_where_it_leaves_the_number_out() {
        assert_eq!(side(&estimate(0.4, 0.1, 0.7), 0.5), Side::Open);
        assert_eq!(side(&estimate(0.4, 0.1, 0.49), 0.5), Side::Below);
        assert_eq!(side(&estimate(0.6, 0.51, 0.7), 0.5), Side::Above);
        assert_eq!(side(&Estimate { n: 1, value: 1.0, interval: None }, 0.5), Side::Open);
    }

    #[test]
    fn the_replications_that_would_settle_it_grow_with_the_square_of_the_width() {
        // Half as wide an interval takes four times as many: 8 · 2² · 1.05 = 33.6.
        assert_eq!(needed(&estimate(0.6, 0.4, 0.8), 0.5), Some(34));
        assert_eq!(needed(&estimate(0.6, 0.55, 0.65), 0.5), None);
        assert_eq!(needed(&estimate(0.5, 0.4, 0.6), 0.5), None);
    }
}
