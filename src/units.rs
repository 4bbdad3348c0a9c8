//! Numbers with units: reads "$5,000", "10%", "4h" or "26 weeks", and writes them back the same way.
//!
//! A value is held as one `f64` in the unit of its key. A year has 52 weeks and a month a twelfth of that.

use std::fmt;

use crate::text::grouped;

/// What a number counts, and so which units may be written after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A part of a whole, held in 0 to 1: "10%", or 0.1.
    Share,
    /// A chance per week, held in 0 to 1: "10%", "10% per week", or 0.1.
    Rate,
    /// US dollars: "$5,000", "$5k", "5000 dollars", or 5000.
    Dollars,
    /// Hours: "4h", "4 hours", "30 minutes", or 4.
    Hours,
    /// Weeks: "26 weeks", "26w", "14 days", "3 months", "1 year", or 26.
    Weeks,
    /// Years: "2 years", "26 weeks", or 2.
    Years,
    /// Standard deviations of ability in the workforce: "0.3 sd", or 0.3.
    Sd,
    /// Anything else: a plain number of what the text says.
    Of(&'static str),
}

impl Unit {
    /// The unit in words, as documentation prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Rate => "share per week",
            Self::Dollars => "US dollars",
            Self::Hours => "hours",
            Self::Weeks => "weeks",
            Self::Years => "years",
            Self::Sd => "sd of ability",
            Self::Of(what) => what,
        }
    }

    /// How a value is written, for messages: what to type.
    #[must_use]
    pub fn how_to_write(self) -> &'static str {
        match self {
            Self::Share => "a share: `\"10%\"` or a plain number from 0 to 1",
            Self::Rate => "a chance per week: `\"10%\"` or a plain number from 0 to 1",
            Self::Dollars => "dollars: `\"$5,000\"` or a plain number",
            Self::Hours => "hours: `\"4h\"`, `\"4 hours\"`, `\"30 minutes\"` or a plain number",
            Self::Weeks => "weeks: `\"26 weeks\"`, `\"1 year\"` or a plain number",
            Self::Years => "years: `\"2 years\"`, `\"26 weeks\"` or a plain number",
            Self::Sd => "standard deviations: `\"0.3 sd\"` or a plain number",
            Self::Of(_) => "a plain number",
        }
    }

    /// A regular expression (ECMA 262) of the texts with a unit; `None` where only plain numbers are taken.
    #[must_use]
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Share => Some(r"^[-+]?[0-9][0-9.,]*\s*(%|percent)?$"),
            Self::Rate => Some(r"^[-+]?[0-9][0-9.,]*\s*(%|percent)?\s*((per |/)week)?$"),
            Self::Dollars => Some(r"^[-+]?\$?[0-9][0-9.,]*\s*([km]|dollars?|USD)?$"),
            Self::Hours => Some(r"^[-+]?[0-9][0-9.,]*\s*(h|hours?|min|minutes?)?$"),
            Self::Weeks | Self::Years => Some(r"^[-+]?[0-9][0-9.,]*\s*(d|days?|w|weeks?|months?|y|years?)?$"),
            Self::Sd => Some(r"^[-+]?[0-9][0-9.,]*\s*(sd)?$"),
            Self::Of(_) => None,
        }
    }

    /// The value as a person would write it: "$5,000", "10%", "4h", "26 weeks", "0.3".
    ///
    /// Reading the text gives the same number back, bit for bit.
    #[must_use]
    pub fn format(self, value: f64) -> String {
        let sign = if value < 0.0 { "-" } else { "" };
        let digits = format!("{}", value.abs());
        match self {
            Self::Share | Self::Rate => format!("{sign}{}%", shifted_by_two(&digits)),
            Self::Dollars => format!("{sign}${}", no_thousands(grouped(&digits))),
            Self::Hours => format!("{sign}{}h", grouped(&digits)),
            Self::Weeks if digits == "1" => format!("{sign}1 week"),
            Self::Weeks => format!("{sign}{} weeks", grouped(&digits)),
            Self::Years if digits == "1" => format!("{sign}1 year"),
            Self::Years => format!("{sign}{} years", grouped(&digits)),
            Self::Sd | Self::Of(_) => format!("{value:?}"),
        }
    }

    /// Reads a text with or without a unit into the unit of `self`.
    ///
    /// # Errors
    ///
    /// When the text is not a number, or when its unit does not fit.
    pub fn parse(self, text: &str) -> Result<f64, UnitError> {
        let written = Written::split(text)?;
        let (kind, scale) = written.measure()?;
        if self == Self::Dollars {
            written.refuse_point_for_thousands()?;
        }
        let fits = match self {
            Self::Share => matches!(kind, Measure::Plain | Measure::Percent),
            Self::Rate => matches!(kind, Measure::Plain | Measure::Percent | Measure::PerWeek),
            Self::Dollars => matches!(kind, Measure::Plain | Measure::Dollars),
            Self::Hours => matches!(kind, Measure::Plain | Measure::Hours),
            Self::Weeks | Self::Years => matches!(kind, Measure::Plain | Measure::Weeks),
            Self::Sd => matches!(kind, Measure::Plain | Measure::Sd),
            Self::Of(_) => matches!(kind, Measure::Plain),
        };
        if !fits {
            return Err(UnitError::Misfit { found: kind.name(), wanted: self });
        }
        let value = written.scaled(scale)?;
        let in_weeks = kind == Measure::Weeks;
        Ok(if self == Self::Years && in_weeks { value / WEEKS_PER_YEAR } else { value })
    }
}

/// Weeks in a year, in this model.
pub const WEEKS_PER_YEAR: f64 = 52.0;

/// Why a text is not a value of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// The text does not begin with a number, or its digits are grouped wrongly.
    NotANumber,
    /// The text after the number is no unit that the program knows.
    Unknown {
        /// What stands there.
        found: String,
    },
    /// A point before three digits, which half the world reads as a thousand and the other half as a fraction.
    Ambiguous {
        /// The number if the point sets thousands apart.
        thousands: String,
        /// The number if the point begins a fraction.
        fraction: String,
    },
    /// The unit is known, but not one of this key.
    Misfit {
        /// What the text measures, in words.
        found: &'static str,
        /// The unit of the key.
        wanted: Unit,
    },
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => write!(f, "this is not a number"),
            Self::Unknown { found } => write!(f, "`{found}` is not a unit"),
            Self::Ambiguous { thousands, fraction } => {
                write!(f, "this can be read in two ways: write `{thousands}` or `{fraction}`")
            }
            Self::Misfit { found, wanted } => write!(f, "this is {found}, not {}", wanted.name()),
        }
    }
}

impl std::error::Error for UnitError {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Plain,
    Percent,
    PerWeek,
    Dollars,
    Hours,
    Weeks,
    Sd,
}

impl Measure {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "a plain number",
            Self::Percent => "a percentage",
            Self::PerWeek => "a number per week",
            Self::Dollars => "an amount in dollars",
            Self::Hours => "a number of hours",
            Self::Weeks => "a length of time in days, weeks or years",
            Self::Sd => "a number of standard deviations",
        }
    }
}

/// A multiple of the number as written: by a power of ten in the text, so that "0.29%" is 0.0029 exactly, or by a ratio.
#[derive(Clone, Copy)]
enum Scale {
    Tens(i32),
    Ratio(f64, f64),
}

struct Written {
    digits: String,
    dollar: bool,
    suffix: String,
}

impl Written {
    fn split(text: &str) -> Result<Self, UnitError> {
        let mut rest = text.trim();
        let mut digits = String::new();
        let mut dollar = false;
        for _ in 0..2 {
            if let Some(after) = rest.strip_prefix('$').filter(|_| !dollar) {
                (dollar, rest) = (true, after.trim_start());
            } else if let Some(after) = rest.strip_prefix(['-', '+']).filter(|_| digits.is_empty()) {
                digits.push_str(&rest[..1]);
                rest = after.trim_start();
            }
        }
        let end = number_end(rest);
        let number = &rest[..end];
        if !number.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !is_well_grouped(number) {
            return Err(UnitError::NotANumber);
        }
        digits.extend(number.chars().filter(|c| !matches!(c, ',' | '_')));
        Ok(Self { digits, dollar, suffix: rest[end..].trim().to_lowercase() })
    }

    fn measure(&self) -> Result<(Measure, Scale), UnitError> {
        let one = Scale::Tens(0);
        if self.dollar {
            return match self.suffix.as_str() {
                "" | "usd" => Ok((Measure::Dollars, one)),
                "k" => Ok((Measure::Dollars, Scale::Tens(3))),
                "m" => Ok((Measure::Dollars, Scale::Tens(6))),
                other => Err(UnitError::Unknown { found: other.to_owned() }),
            };
        }
        Ok(match self.suffix.as_str() {
            "" => (Measure::Plain, one),
            "%" | "percent" => (Measure::Percent, Scale::Tens(-2)),
            "% per week" | "%/week" | "percent per week" => (Measure::PerWeek, Scale::Tens(-2)),
            "per week" | "/week" => (Measure::PerWeek, one),
            "dollars" | "dollar" | "usd" => (Measure::Dollars, one),
            "h" | "hour" | "hours" => (Measure::Hours, one),
            "min" | "minute" | "minutes" => (Measure::Hours, Scale::Ratio(1.0, 60.0)),
            "d" | "day" | "days" => (Measure::Weeks, Scale::Ratio(1.0, 7.0)),
            "w" | "week" | "weeks" => (Measure::Weeks, one),
            "month" | "months" => (Measure::Weeks, Scale::Ratio(WEEKS_PER_YEAR, 12.0)),
            "y" | "year" | "years" => (Measure::Weeks, Scale::Ratio(WEEKS_PER_YEAR, 1.0)),
            "sd" => (Measure::Sd, one),
            other => return Err(UnitError::Unknown { found: other.to_owned() }),
        })
    }

    /// "$10.000" is ten thousand to some and ten to others; "$0.125" and "$10.0001" are not.
    fn refuse_point_for_thousands(&self) -> Result<(), UnitError> {
        let digits = self.digits.trim_start_matches(['-', '+']);
        let Some((whole, fraction)) = digits.split_once('.') else { return Ok(()) };
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_group = fraction.len() == 3 && all_digits(fraction) && all_digits(whole);
        if !is_group || !(1..=3).contains(&whole.len()) || whole.starts_with('0') {
            return Ok(());
        }
        let sign = if self.digits.starts_with('-') { "-" } else { "" };
        let plain = fraction.trim_end_matches('0');
        // A fourth digit says that it is a fraction.
        let fraction_text = if plain.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}0") };
        Err(UnitError::Ambiguous {
            thousands: format!("{sign}${whole},{fraction}"),
            fraction: format!("{sign}${fraction_text}"),
        })
    }

    fn scaled(&self, scale: Scale) -> Result<f64, UnitError> {
        let read = |text: &str| text.parse::<f64>().map_err(|_| UnitError::NotANumber);
        Ok(match scale {
            Scale::Tens(0) => read(&self.digits)?,
            Scale::Tens(tens) if !self.digits.contains(['e', 'E']) => {
                read(&format!("{}e{tens}", self.digits))?
            }
            Scale::Tens(tens) => read(&self.digits)? * 10_f64.powi(tens),
            Scale::Ratio(times, over) => read(&self.digits)? * times / over,
        })
    }
}

/// Where the number ends: digits, point, separators, and an exponent if one is complete.
fn number_end(text: &str) -> usize {
    let mantissa = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '_')));
    let end = mantissa.unwrap_or(text.len());
    let Some(exponent) = text[end..].strip_prefix(['e', 'E']) else { return end };
    let signed = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = signed.find(|c: char| !c.is_ascii_digit()).unwrap_or(signed.len());
    if digits == 0 { end } else { text.len() - signed.len() + digits }
}

/// Commas stand before each three digits of the whole part, or nowhere: "1,50" is a slip, not 150.
fn is_well_grouped(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if fraction.contains([',', '.', '_']) || mantissa.contains("__") || mantissa.ends_with('_') {
        return false;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut grouped = false;
    let all_threes = groups.all(|group| {
        grouped = true;
        group.len() == 3 && !group.contains('_')
    });
    all_threes && (!grouped || (1..=3).contains(&first.len()))
}

/// 0.1 → 10: moves the decimal point of a plain decimal two places to the right.
fn shifted_by_two(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut moved = format!("{whole}{fraction:0<2}");
    moved.insert(whole.len() + 2, '.');
    let text = moved.trim_start_matches('0').trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text.starts_with('.') { format!("0{text}") } else { text.to_owned() }
}

/// 1.125 → 1.1250: three digits after a point could be taken for thousands.
fn no_thousands(mut digits: String) -> String {
    if digits.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3) {
        digits.push('0');
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(unit: Unit, text: &str) -> u64 {
        unit.parse(text).unwrap().to_bits()
    }

    #[test]
    fn every_form_of_every_unit_is_read() {
        let cases = [
            (Unit::Share, "10%", 0.1),
            (Unit::Share, "0.29 %", 0.0029),
            (Unit::Share, "12.5 percent", 0.125),
            (Unit::Share, "0.1", 0.1),
            (Unit::Rate, "1.2%", 0.012),
            (Unit::Rate, "1.2% per week", 0.012),
            (Unit::Rate, "0.5 per week", 0.5),
            (Unit::Dollars, "$5,000", 5000.0),
            (Unit::Dollars, "$5000.50", 5000.5),
            (Unit::Dollars, "$ 5k", 5000.0),
            (Unit::Dollars, "$1.5m", 1_500_000.0),
            (Unit::Dollars, "-$5", -5.0),
            (Unit::Dollars, "$-5", -5.0),
            (Unit::Dollars, "500 dollars", 500.0),
            (Unit::Dollars, "1_000", 1000.0),
            (Unit::Hours, "4h", 4.0),
            (Unit::Hours, "4 hours", 4.0),
            (Unit::Hours, "1 hour", 1.0),
            (Unit::Hours, "30 minutes", 0.5),
            (Unit::Weeks, "26 weeks", 26.0),
            (Unit::Weeks, "26w", 26.0),
            (Unit::Weeks, "1 year", 52.0),
            (Unit::Weeks, "2 Years", 104.0),
            (Unit::Weeks, "3 months", 13.0),
            (Unit::Weeks, "14 days", 2.0),
            (Unit::Years, "2 years", 2.0),
            (Unit::Years, "26 weeks", 0.5),
            (Unit::Sd, "0.3 sd", 0.3),
            (Unit::Of("people"), "1e3", 1000.0),
            (Unit::Of("people"), "2.5e-1", 0.25),
        ];
        for (unit, text, expected) in cases {
            assert_eq!(reads(unit, text), f64::to_bits(expected), "{text}");
        }
    }

    #[test]
    fn a_unit_that_does_not_fit_is_named() {
        let message = |unit: Unit, text: &str| unit.parse(text).unwrap_err().to_string();
        assert_eq!(message(Unit::Dollars, "10%"), "this is a percentage, not US dollars");
        assert_eq!(message(Unit::Hours, "$5"), "this is an amount in dollars, not hours");
        assert_eq!(
            message(Unit::Hours, "2 weeks"),
            "this is a length of time in days, weeks or years, not hours"
        );
        assert_eq!(message(Unit::Weeks, "4h"), "this is a number of hours, not weeks");
        assert_eq!(message(Unit::Share, "4 sd"), "this is a number of standard deviations, not share");
        assert_eq!(message(Unit::Share, "4 apples"), "`apples` is not a unit");
        assert_eq!(message(Unit::Dollars, "$5%"), "`%` is not a unit");
        for text in ["", "ten", "$", "1,50", "1,2345", ",5", "1.2.3", "--5", "1__0", ".", "%", "é"] {
            assert_eq!(message(Unit::Dollars, text), "this is not a number", "{text}");
        }
    }

    #[test]
    fn a_point_where_thousands_may_be_meant_is_refused_with_both_readings() {
        let says = |text: &str| Unit::Dollars.parse(text).unwrap_err().to_string();
        assert_eq!(says("$10.000"), "this can be read in two ways: write `$10,000` or `$10`");
        assert_eq!(says("-$1.250"), "this can be read in two ways: write `-$1,250` or `-$1.2500`");
        assert_eq!(says("500.125 dollars"), "this can be read in two ways: write `$500,125` or `$500.1250`");
        for (text, value) in [("$0.125", 0.125), ("$10.00", 10.0), ("$1.2500", 1.25), ("$1234.500", 1234.5)] {
            assert_eq!(reads(Unit::Dollars, text), f64::to_bits(value), "{text}");
        }
        assert_eq!(reads(Unit::Share, "10.125%"), f64::to_bits(0.10125), "no share is ten thousand");
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        assert_eq!(Unit::Share.format(0.1), "10%");
        assert_eq!(Unit::Share.format(0.0), "0%");
        assert_eq!(Unit::Share.format(1.05), "105%");
        assert_eq!(Unit::Rate.format(0.0012), "0.12%");
        assert_eq!(Unit::Dollars.format(1_234_567.5), "$1,234,567.5");
        assert_eq!(Unit::Dollars.format(-500.0), "-$500");
        assert_eq!(Unit::Hours.format(0.5), "0.5h");
        assert_eq!(Unit::Weeks.format(1.0), "1 week");
        assert_eq!(Unit::Weeks.format(26.0), "26 weeks");
        assert_eq!(Unit::Years.format(2.0), "2 years");
        assert_eq!(Unit::Sd.format(0.3), "0.3");
    }

    #[test]
    fn what_is_written_is_read_back_bit_for_bit() {
        let units = [Unit::Share, Unit::Rate, Unit::Dollars, Unit::Hours, Unit::Weeks, Unit::Sd];
        for unit in units {
            for value in
                [0.0, 1.0, 0.1, 0.0029, 1.0 / 3.0, 12_345.678, 1.125, 0.125, 1e-9, 0.07, 0.58, 1e12, -0.3]
            {
                assert_eq!(reads(unit, &unit.format(value)), f64::to_bits(value), "{}", unit.format(value));
            }
        }
    }
}
