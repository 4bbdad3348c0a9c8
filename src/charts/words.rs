//! Numbers and names as words in a title or a label.

use crate::stats::Estimate;

/// A hyphen in front of a number becomes a minus sign.
pub(crate) fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// A number with its interval in brackets, such as "61 [54–70]"; without one, just the number.
pub(crate) fn with_interval(estimate: &Estimate, format: impl Fn(f64) -> String) -> String {
    let value = format(estimate.value);
    match estimate.told() {
        Some((low, high)) if low < 0.0 => {
            format!("{value}\u{a0}[{}\u{a0}to\u{a0}{}]", format(low), format(high))
        }
        Some((low, high)) => format!("{value}\u{a0}[{}–{}]", format(low), format(high)),
        None => value,
    }
}

/// A share as "40 % [22–61]", or "97.3 % [97.2–97.4]" where whole per cents do not show the interval.
pub(crate) fn share(estimate: &Estimate) -> String {
    let ends = estimate.told();
    let narrow =
        ends.is_some_and(|(low, high)| high - low > 1e-9 && percent(low, false) == percent(high, false));
    let value = format!("{}\u{a0}%", percent(estimate.value, narrow));
    match ends {
        Some((low, high)) => format!("{value}\u{a0}[{}–{}]", percent(low, narrow), percent(high, narrow)),
        None => value,
    }
}

fn percent(value: f64, fine: bool) -> String {
    let percent = 100.0 * value;
    let edge = (percent > 0.0 && percent < 0.95) || (percent < 100.0 && percent > 99.05);
    let text = if fine || edge { format!("{percent:.1}") } else { format!("{percent:.0}") };
    minus(&text)
}

/// A whole number.
pub(crate) fn rounded(value: f64) -> String {
    let text = format!("{value:.0}");
    let digits = text.trim_start_matches('-');
    let grouped = digits.parse().map_or_else(|_| digits.to_owned(), grouped);
    if text.starts_with('-') && digits != "0" { format!("−{grouped}") } else { grouped }
}

/// Three digits that say something; whole below that.
fn three_digits(value: f64) -> f64 {
    let step = libm::pow(10.0, (libm::floor(libm::log10(value.abs().max(1.0))) - 2.0).max(0.0));
    (value / step).round() * step
}

/// Dollars of three digits: "$1,040", "−$7", "$57,800".
pub(crate) fn dollars(value: f64) -> String {
    match rounded(three_digits(value)) {
        text if text.starts_with('−') => format!("−${}", text.trim_start_matches('−')),
        text => format!("${text}"),
    }
}

/// Dollars of an estimate with its interval: "$1,040 [900–1,200]".
pub(crate) fn dollars_with_interval(estimate: &Estimate) -> String {
    let text = with_interval(estimate, |value| rounded(three_digits(value)));
    match text.strip_prefix('−') {
        Some(rest) => format!("−${rest}"),
        None => format!("${text}"),
    }
}

/// Names in a sentence: "“a”, “b” and “c”".
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(&names.into_iter().map(quoted).collect::<Vec<_>>())
}

/// Parts of a sentence: "a, b and c".
pub(crate) fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// A stretch of weeks, in years where they are whole: "5 years", "30 weeks".
pub(crate) fn span(weeks: usize) -> String {
    let unit = if weeks >= 52 && weeks.is_multiple_of(52) { (weeks / 52, "year") } else { (weeks, "week") };
    let (n, noun) = unit;
    format!("{}\u{a0}{noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// With its first letter a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A count with its noun: "1 week", "2 weeks".
pub(crate) fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A count with thousands set apart.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A scenario's name in a sentence: in quotation marks, cut between words if very long.
pub(crate) fn quoted(name: &str) -> String {
    let short: String = name.chars().take(MOST_LETTERS).collect();
    if short.len() == name.len() {
        return format!("“{name}”");
    }
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words);
    format!("“{}…”", whole.trim_end())
}

const MOST_LETTERS: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_read_well_on_both_sides_of_zero() {
        let estimate = |value, low, high| Estimate { n: 9, value, interval: Some((low, high)) };
        assert_eq!(with_interval(&estimate(61.2, 54.4, 70.0), rounded), "61\u{a0}[54–70]");
        assert_eq!(
            with_interval(&estimate(0.02, -0.031, 0.07), |x| minus(&format!("{x:.2}"))),
            "0.02\u{a0}[−0.03\u{a0}to\u{a0}0.07]"
        );
        // One case, or cases all alike, say nothing of how far the next may lie.
        assert_eq!(share(&estimate(1.0, 1.0, 1.0)), "100\u{a0}%");
        assert_eq!(with_interval(&estimate(3.0, 3.0, 3.0), rounded), "3");
        assert_eq!(share(&estimate(0.4, 0.22, 0.61)), "40\u{a0}%\u{a0}[22–61]");
        assert_eq!(share(&estimate(0.004, 0.001, 1.0)), "0.4\u{a0}%\u{a0}[0.1–100]");
        assert_eq!(share(&estimate(0.973, 0.972, 0.974)), "97.3\u{a0}%\u{a0}[97.2–97.4]");
        assert_eq!((grouped(1_234_567), grouped(999)), ("1,234,567".to_owned(), "999".to_owned()));
        assert_eq!([-0.3, -7.0, 1040.0].map(rounded), ["0", "−7", "1,040"]);
        assert_eq!([1040.4, -7.0, -0.2, 57_775.0].map(dollars), ["$1,040", "−$7", "$0", "$57,800"]);
        assert_eq!(dollars_with_interval(&estimate(-7.0, -9.0, 1.0)), "−$7\u{a0}[−9\u{a0}to\u{a0}1]");
        assert_eq!(listed(["a", "b", "c"]), "“a”, “b” and “c”");
        assert_eq!(
            [52, 260, 60, 1].map(span),
            ["1\u{a0}year", "5\u{a0}years", "60\u{a0}weeks", "1\u{a0}week"]
        );
        assert_eq!(capital("ärger"), "Ärger");
        assert_eq!(quoted(&"long ".repeat(20)), "“long long long long long long long long long…”");
    }
}
