//! Estimates with their intervals: as many digits as the interval leaves certain, in brackets its ends.

use super::numbers::{fixed, rounded, three_digits};
use crate::stats::Estimate;

/// A number with its interval in brackets, such as "61 [54–70]" or "0.02 [−0.03 to 0.07]"; without one, just the number.
pub fn with_interval(estimate: &Estimate, format: impl Fn(f64) -> String) -> String {
    let ends = estimate.told().map(|(low, high)| (format(low), format(high)));
    format(estimate.value) + &brackets(ends)
}

fn brackets(ends: Option<(String, String)>) -> String {
    let Some((low, high)) = ends else { return String::new() };
    let between = if low.starts_with('−') || high.starts_with('−') { "\u{a0}to\u{a0}" } else { "–" };
    format!("\u{a0}[{low}{between}{high}]")
}

/// A share as "40 % [22–61]"; with more digits where whole per cents do not show the interval, or near an end.
#[must_use]
pub fn share(estimate: &Estimate) -> String {
    let (low, high) = estimate.interval.unwrap_or((estimate.value, estimate.value));
    let is_tiny = estimate.value >= 0.0 && high > 0.0 && high < 0.0015;
    let is_narrow = high - low > 1e-9 && percentage(low, 0) == percentage(high, 0);
    let least = if is_tiny { 2 } else { usize::from(is_narrow) };
    let ends = estimate.told().map(|(low, high)| (percentage(low, least), percentage(high, least)));
    format!("{}\u{a0}%{}", percentage(estimate.value, least), brackets(ends))
}

/// The same without its interval, in the digits that it has beside it.
#[must_use]
pub fn share_alone(estimate: &Estimate) -> String {
    share(estimate).split("\u{a0}[").next().unwrap_or_default().to_owned()
}

/// A percentage of so many digits after the point, one at least near 0 and 100.
fn percentage(share: f64, least: usize) -> String {
    let percent = 100.0 * share;
    let is_near_end = (percent > 0.0 && percent < 0.95) || (percent < 100.0 && percent > 99.05);
    fixed(percent, least.max(usize::from(is_near_end)))
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

/// A number, and its interval in brackets, if it has one, in as many digits.
fn parts(estimate: &Estimate) -> (String, String) {
    let digits = digits(estimate);
    let value = fixed(estimate.value, digits);
    let ends = estimate.told().map(|(low, high)| (fixed(low, digits), fixed(high, digits)));
    // Where all are nothing, nothing varies.
    let is_nothing = |text: &String| text == "0";
    let ends = ends.filter(|(low, high)| ![&value, low, high].into_iter().all(is_nothing));
    (value, brackets(ends))
}

/// A number with its interval and as many digits as it needs: "0.43 [0.41–0.45]", "−2.1 [−3.0 to −1.2]".
#[must_use]
pub fn number(estimate: &Estimate) -> String {
    let (value, ends) = parts(estimate);
    value + &ends
}

/// The same without its direction.
#[must_use]
pub fn amount(estimate: &Estimate) -> String {
    number(&if estimate.value >= 0.0 { *estimate } else { estimate.scaled(-1.0) })
}

/// A share that may be negative, with its sign: "+4.1 % [1.0–7.2]", "−16 % [−29 to −4]".
#[must_use]
pub fn signed_percent(estimate: &Estimate) -> String {
    let (value, ends) = parts(&estimate.scaled(100.0));
    let is_zero = value.chars().all(|c| ['0', '.'].contains(&c));
    let sign = if is_zero || value.starts_with('−') { "" } else { "+" };
    format!("{sign}{value}\u{a0}%{ends}")
}

/// Dollars with the interval: "$1,040 [900–1,200]"; of small amounts the cents, if the interval leaves them certain.
#[must_use]
pub fn dollars_between(estimate: &Estimate) -> String {
    let width = estimate.interval.map_or(0.0, |(low, high)| high - low);
    let has_cents = estimate.value.abs() < 10.0 && (width < 2.0 || estimate.value.abs() < 1.0);
    let text = if has_cents {
        let digits = digits(estimate).max(2);
        with_interval(estimate, |value| fixed(value, digits))
    } else {
        with_interval(estimate, |value| {
            rounded(if value.abs() < 1000.0 { value } else { three_digits(value) })
        })
    };
    text.strip_prefix('−').map_or_else(|| format!("${text}"), |rest| format!("−${rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { n: 8, value, interval: Some((low, high)) }
    }

    #[test]
    fn intervals_read_well_on_both_sides_of_zero() {
        assert_eq!(with_interval(&estimate(61.2, 54.4, 70.0), rounded), "61\u{a0}[54–70]");
        assert_eq!(
            with_interval(&estimate(0.02, -0.031, 0.07), |x| fixed(x, 2)),
            "0.02\u{a0}[−0.03\u{a0}to\u{a0}0.07]"
        );
        assert_eq!(share(&estimate(0.4, 0.22, 0.61)), "40\u{a0}%\u{a0}[22–61]");
        assert_eq!(share(&estimate(0.004, 0.001, 1.0)), "0.4\u{a0}%\u{a0}[0.1–100]");
        assert_eq!(share(&estimate(0.973, 0.972, 0.974)), "97.3\u{a0}%\u{a0}[97.2–97.4]");
        assert_eq!(share(&estimate(0.000_3, 0.000_1, 0.000_5)), "0.03\u{a0}%\u{a0}[0.01–0.05]");
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
    }

    #[test]
    fn cents_are_told_where_the_interval_leaves_them_certain() {
        assert_eq!(dollars_between(&estimate(1_040.4, 899.6, 1_203.0)), "$1,040\u{a0}[900–1,200]");
        assert_eq!(dollars_between(&estimate(-7.0, -9.0, 1.0)), "−$7\u{a0}[−9\u{a0}to\u{a0}1]");
        assert_eq!(dollars_between(&estimate(0.0187, 0.0068, 0.0305)), "$0.02\u{a0}[0.01–0.03]");
        assert_eq!(dollars_between(&estimate(-0.01, -0.03, 0.01)), "−$0.01\u{a0}[−0.03\u{a0}to\u{a0}0.01]");
        assert_eq!(dollars_between(&estimate(3.27, 3.1, 3.4)), "$3.27\u{a0}[3.10–3.40]");
    }
}
