//! Plain numbers: digits, signs, thousands.

/// A hyphen in front of a number becomes a minus sign.
#[must_use]
pub fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// Digits with commas between thousands: 12345.5 → 12,345.5.
#[must_use]
pub fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = String::with_capacity(digits.len() + whole / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place < whole && (whole - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count: "1,234".
#[must_use]
pub fn count(n: usize) -> String {
    grouped(&n.to_string())
}

/// A number with so many digits after the point: "−1,234.50"; "0" for −0.2.
#[must_use]
pub fn fixed(x: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", x.abs());
    if !x.is_finite() {
        return minus(&format!("{x}"));
    }
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if x < 0.0 && !is_zero { format!("−{}", grouped(&text)) } else { grouped(&text) }
}

/// A whole number.
#[must_use]
pub fn rounded(x: f64) -> String {
    fixed(x, 0)
}

/// As [`fixed`], with a plus sign too: "+1.4"; 0 has none.
#[must_use]
pub fn signed(x: f64, digits: usize) -> String {
    let text = fixed(x, digits);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if x > 0.0 && !is_zero { format!("+{text}") } else { text }
}

/// A number rounded to three digits that say something.
#[must_use]
pub fn three_digits(x: f64) -> f64 {
    format!("{x:.2e}").parse().unwrap_or(x)
}

/// A number in two digits, for ends that are known no better: 0.35 of 0.3472.
#[must_use]
pub fn two_digits(x: f64) -> f64 {
    format!("{x:.1e}").parse().unwrap_or(x)
}

/// Three digits that say something, and no more than are needed: "0.123", "3,120", "0.5".
#[must_use]
pub fn significant(x: f64) -> String {
    let rounded = three_digits(x);
    let text = format!("{}", rounded.abs());
    if rounded < 0.0 { format!("−{}", grouped(&text)) } else { grouped(&text) }
}

/// Three digits that say something, for columns of numbers: "0.500", "21.3", "3,118"; very small ones as powers of ten.
#[must_use]
pub fn three(x: f64) -> String {
    let size = x.abs();
    match size {
        s if s >= 1.0 => fixed(x, decimals(size / 10.0)),
        s if s >= 0.000_995 => fixed(x, decimals(size) + 1),
        s if s > 0.0 => minus(&format!("{x:.1e}")),
        _ => "0".to_owned(),
    }
}

/// Decimals that show two digits of a number, at most six; none for numbers of two digits or more, and for 0.
#[must_use]
pub fn decimals(size: f64) -> usize {
    const MOST: usize = 6;
    let mut shown = size;
    let mut decimals = 0;
    while shown > 0.0 && shown < 9.95 && decimals < MOST {
        shown *= 10.0;
        decimals += 1;
    }
    decimals
}

/// A share as a percentage of up to three digits: "10 %", "17.5 %".
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", significant(100.0 * share))
}

/// A share as a percentage with so many digits after the point.
#[must_use]
pub fn percent_fixed(share: f64, digits: usize) -> String {
    format!("{}\u{a0}%", fixed(100.0 * share, digits))
}

/// As [`percent_fixed`], with a space at which a cell of a terminal may break.
#[must_use]
pub fn percent_in_cell(share: f64, digits: usize) -> String {
    format!("{} %", fixed(100.0 * share, digits))
}

/// All digits of a number, but what arithmetic left in the seventh after the point: "1,234.5", "17.5".
#[must_use]
pub fn exact(x: f64) -> String {
    let text = grouped(&((x.abs() * 1e6).round() / 1e6).to_string());
    if x < 0.0 && text != "0" { format!("−{text}") } else { text }
}

/// A time in words: "a second", "4 minutes".
#[must_use]
pub fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1.5 => "a second".to_owned(),
        s if s < 90.0 => format!("{} seconds", significant(s.round())),
        s if s < 90.0 * 60.0 => format!("{} minutes", significant((s / 60.0).round())),
        s if s < 48.0 * 3600.0 => format!("{} hours", significant((s / 360.0).round() / 10.0)),
        s => format!("{} days", significant((s / 8640.0).round() / 10.0)),
    }
}

/// A place in an order: "62nd".
#[must_use]
pub fn ordinal(x: f64) -> String {
    let whole = rounded(x);
    let ending = match whole.as_str() {
        text if text.ends_with("11") || text.ends_with("12") || text.ends_with("13") => "th",
        text if text.ends_with('1') => "st",
        text if text.ends_with('2') => "nd",
        text if text.ends_with('3') => "rd",
        _ => "th",
    };
    format!("{whole}{ending}")
}

/// Small counts as words.
#[must_use]
pub fn spelt(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| count(n), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_and_zero_has_no_sign() {
        assert_eq!([-0.3, -7.0, 1040.0, 999.4, 1e6].map(rounded), ["0", "−7", "1,040", "999", "1,000,000"]);
        assert_eq!(
            [(-1_234.56, 1), (-0.004, 2), (0.0, 0)].map(|(x, d)| fixed(x, d)),
            ["−1,234.6", "0.00", "0"]
        );
        assert_eq!(
            [(12_345.6, 0), (-0.004, 2), (1.44, 1)].map(|(x, d)| signed(x, d)),
            ["+12,346", "0.00", "+1.4"]
        );
        assert_eq!(["12345.5", "0.1234567", "100"].map(grouped), ["12,345.5", "0.1234567", "100"]);
        assert_eq!(
            [1e6, -1234.5, 0.25, 17.499_999_999].map(exact),
            ["1,000,000", "−1,234.5", "0.25", "17.5"]
        );
        assert_eq!([fixed(f64::NEG_INFINITY, 1), fixed(f64::NAN, 1)], ["−inf", "NaN"]);
    }

    #[test]
    fn three_digits_are_trimmed_in_sentences_and_padded_in_columns() {
        let numbers = [0.5, 0.123_456, 21.34, 3_118.2, -12_345.0, 0.0];
        assert_eq!(numbers.map(significant), ["0.5", "0.123", "21.3", "3,120", "−12,300", "0"]);
        assert_eq!(numbers.map(three), ["0.500", "0.123", "21.3", "3,118", "−12,345", "0"]);
        assert_eq!(
            [1.0, 9.999, 0.999_9, 0.05, 0.000_12].map(three),
            ["1.00", "10.0", "1.00", "0.0500", "1.2e−4"]
        );
        assert_eq!([0.1, 0.175, -0.05].map(percent), ["10\u{a0}%", "17.5\u{a0}%", "−5\u{a0}%"]);
        assert_eq!([0.0, 0.000_12, 0.012, 0.99, 1.2, 12.0, 4e9].map(decimals), [0, 5, 3, 2, 1, 0, 0]);
    }

    #[test]
    fn places_end_as_they_are_spoken() {
        assert_eq!(
            [1.0, 2.0, 13.0, 62.0, 93.0, 111.0].map(ordinal),
            ["1st", "2nd", "13th", "62nd", "93rd", "111th"]
        );
        assert_eq!([0, 3, 10, 1234].map(spelt), ["no", "three", "ten", "1,234"]);
    }
}
