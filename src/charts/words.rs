//! Numbers and names as words in a title or a label.

use crate::stats::Estimate;

/// A hyphen in front of a number becomes a minus sign.
pub(super) fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// A number with its interval in brackets, such as "61 [54–70]"; without one, just the number.
pub(super) fn with_interval(estimate: &Estimate, format: impl Fn(f64) -> String) -> String {
    let value = format(estimate.value);
    match estimate.interval {
        Some((low, high)) if low < 0.0 => format!("{value} [{} to {}]", format(low), format(high)),
        Some((low, high)) => format!("{value} [{}–{}]", format(low), format(high)),
        None => value,
    }
}

/// A share as "40 % [22–61]".
pub(super) fn share(estimate: &Estimate) -> String {
    let value = format!("{}\u{a0}%", percent_digits(estimate.value));
    match estimate.interval {
        Some((low, high)) => format!("{value} [{}–{}]", percent_digits(low), percent_digits(high)),
        None => value,
    }
}

fn percent_digits(value: f64) -> String {
    let percent = 100.0 * value;
    let fine = (percent > 0.0 && percent < 0.95) || (percent < 100.0 && percent > 99.05);
    let text = if fine { format!("{percent:.1}") } else { format!("{percent:.0}") };
    minus(&text)
}

/// A whole number.
pub(super) fn rounded(value: f64) -> String {
    let text = format!("{value:.0}");
    let digits = text.trim_start_matches('-');
    let grouped = digits.parse().map_or_else(|_| digits.to_owned(), grouped);
    if text.starts_with('-') && digits != "0" { format!("−{grouped}") } else { grouped }
}

/// Two digits after the point.
pub(super) fn hundredths(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { minus(&text) }
}

/// A count with its noun: "1 week", "2 weeks".
pub(super) fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A count with thousands set apart.
pub(super) fn grouped(n: usize) -> String {
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
pub(super) fn quoted(name: &str) -> String {
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
        assert_eq!(with_interval(&estimate(61.2, 54.4, 70.0), rounded), "61 [54–70]");
        assert_eq!(with_interval(&estimate(0.02, -0.031, 0.07), hundredths), "0.02 [−0.03 to 0.07]");
        assert_eq!(share(&estimate(0.4, 0.22, 0.61)), "40\u{a0}% [22–61]");
        assert_eq!(share(&estimate(0.004, 0.001, 1.0)), "0.4\u{a0}% [0.1–100]");
        assert_eq!((grouped(1_234_567), grouped(999)), ("1,234,567".to_owned(), "999".to_owned()));
        assert_eq!([-0.3, -7.0, 1040.0].map(rounded), ["0", "−7", "1,040"]);
        assert_eq!(quoted(&"long ".repeat(20)), "“long long long long long long long long long…”");
    }
}
