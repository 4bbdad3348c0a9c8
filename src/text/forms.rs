//! Numbers in tables of a terminal, each in the form of its kind.

use super::money::money;
use super::numbers::{fixed, percent_in_cell};

/// How a number is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A count.
    Count,
    /// A share.
    Share,
    /// Dollars.
    Dollars,
    /// A number with two digits.
    Plain,
}

impl Form {
    /// The number: small counts and percentages have a digit after the point.
    #[must_use]
    pub fn text(self, x: f64) -> String {
        match self {
            Self::Count => fixed(x, usize::from(x.abs() < 10.0)),
            Self::Share => percent_in_cell(x, usize::from((x * 100.0).abs() < 10.0)),
            Self::Dollars => money(x, 0),
            Self::Plain => fixed(x, 2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(Form::Dollars.text(12_345.6), "$12,346");
        assert_eq!(Form::Dollars.text(-12.0), "−$12");
        assert_eq!([0.043, 0.5].map(|x| Form::Share.text(x)), ["4.3 %", "50 %"]);
        assert_eq!(Form::Plain.text(-0.123), "−0.12");
        assert_eq!([9.94, 10.0].map(|x| Form::Count.text(x)), ["9.9", "10"]);
    }
}
