//! Money as text.

use super::numbers::{fixed, three_digits};

/// Dollars with so many digits after the point: "−$1,234".
#[must_use]
pub fn money(dollars: f64, digits: usize) -> String {
    let text = fixed(dollars, digits);
    text.strip_prefix('−').map_or_else(|| format!("${text}"), |size| format!("−${size}"))
}

/// Dollars of three digits: "$1,040", "−$7", "$57,800".
#[must_use]
pub fn dollars(dollars: f64) -> String {
    money(if dollars.abs() < 1000.0 { dollars } else { three_digits(dollars) }, 0)
}

/// The same with a plus sign too: "+$7"; nothing has none.
#[must_use]
pub fn signed_dollars(x: f64) -> String {
    match dollars(x) {
        text if text == "$0" || text.starts_with('−') => text,
        text => format!("+{text}"),
    }
}

/// Dollars as they change hands: whole ones, or cents where they are told.
#[must_use]
pub fn cash(dollars: f64) -> String {
    let whole = (dollars - dollars.round()).abs() < 0.005 || dollars.abs() >= 1_000.0;
    money(dollars, if whole { 0 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_stands_before_the_dollar() {
        assert_eq!([1040.4, -7.0, -0.2, 57_775.0].map(dollars), ["$1,040", "−$7", "$0", "$57,800"]);
        assert_eq!([7.0, -7.0, 0.2].map(signed_dollars), ["+$7", "−$7", "$0"]);
        assert_eq!([12_737.9, 0.5, -2.0, -1.25].map(cash), ["$12,738", "$0.50", "−$2", "−$1.25"]);
        assert_eq!(money(-12_345.6, 0), "−$12,346");
    }
}
