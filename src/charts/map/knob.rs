//! A knob of a sweep: its levels in order, what they are called, and where they stand on an axis.

use super::edge::Say;
use crate::charts::figure::{Axis, Name};
use crate::charts::screens;
use crate::charts::style::{INK, SOFT};
use crate::experiments::healing;
use crate::maths;
use crate::output::sweep::KnobColumn;
use crate::text::{capital, exact, spelt};

/// The key of healing, whose values are drawn as half-lives.
pub(super) use crate::experiments::healing::RECOVERY;
pub(super) const LISTENERS: &str = "word.listeners";
pub(super) const STAGES: &str = "screening.stages";
const SHARE_OF_SALARY: &str = "contract.share_of_salary";

/// A knob with its values in order.
#[derive(Clone, Debug)]
pub(super) struct Knob {
    pub(super) name: String,
    /// Its column in the tables.
    pub(super) column: String,
    /// The key that it turns; empty where it turns several, or the dictionary does not say.
    pub(super) path: String,
    unit: String,
    /// As they stand in the table.
    pub(super) values: Vec<String>,
    /// The same as numbers; empty unless all are.
    pub(super) numbers: Vec<f64>,
}

/// How values stand on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    /// Side by side, since they are words, or so far apart that some would have no width.
    Even,
    Linear,
    Log,
}

impl Knob {
    pub(super) fn of(column: &KnobColumn) -> Self {
        let name = column.name.clone();
        let mut values: Vec<String> = Vec::new();
        for value in &column.values {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        let (unit, meaning) =
            column.entry.as_ref().map_or(("", ""), |entry| (entry.unit.as_str(), entry.meaning.as_str()));
        let unit = unit.to_owned();
        // The dictionary begins what a knob means with its key.
        let path = meaning.split_once(": ").map_or("", |(path, _)| path);
        let path = if crate::scenario::key(path).is_some() { path } else { name.as_str() }.to_owned();
        let mut knob = Self { column: name.clone(), name, path, unit, values, numbers: Vec::new() };
        if knob.path == RECOVERY {
            "half-life of a grudge".clone_into(&mut knob.name);
            "weeks".clone_into(&mut knob.unit);
        }
        let numbers: Option<Vec<f64>> = knob.values.iter().map(|value| knob.number(value)).collect();
        if let Some(numbers) = numbers {
            let mut pairs: Vec<(f64, String)> = numbers.into_iter().zip(knob.values).collect();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            (knob.numbers, knob.values) = pairs.into_iter().unzip();
        }
        knob
    }

    /// A value of the table as it is drawn.
    pub(super) fn number(&self, value: &str) -> Option<f64> {
        let number: f64 = value.parse().ok().filter(|x: &f64| x.is_finite())?;
        if self.path == RECOVERY { (number > 0.0).then(|| healing::half_life(number)) } else { Some(number) }
    }

    pub(super) fn is_switch(&self) -> bool {
        self.values.iter().all(|value| value == "true" || value == "false")
    }

    pub(super) fn is_number(&self) -> bool {
        !self.numbers.is_empty()
    }

    fn spacing(&self) -> Spacing {
        let narrowest = |edges: &[f64]| {
            let widths = edges.windows(2).map(|pair| pair[1] - pair[0]);
            widths.fold(f64::INFINITY, f64::min) / (edges[edges.len() - 1] - edges[0])
        };
        if self.numbers.len() < 3 {
            return Spacing::Even;
        }
        let linear = narrowest(&edges(&self.numbers));
        let log = if self.numbers[0] > 0.0 { narrowest(&edges(&self.logs())) } else { 0.0 };
        match linear.max(log) * self.numbers.len() as f64 {
            wide if wide < NARROWEST => Spacing::Even,
            _ if log > 1.02 * linear => Spacing::Log,
            _ => Spacing::Linear,
        }
    }

    fn logs(&self) -> Vec<f64> {
        self.numbers.iter().map(|&x| maths::ln(x)).collect()
    }

    /// Edges and levels in turn, from the first edge, as parts of the whole axis; empty where steps are drawn as even.
    fn places(&self) -> Vec<f64> {
        let values = match self.spacing() {
            Spacing::Even => return Vec::new(),
            Spacing::Linear => self.numbers.clone(),
            Spacing::Log => self.logs(),
        };
        let edges = edges(&values);
        let (low, wide) = (edges[0], edges[edges.len() - 1] - edges[0]);
        let both = edges.iter().zip(&values).flat_map(|(edge, value)| [*edge, *value]);
        both.chain([edges[values.len()]]).map(|x| (x - low) / wide).collect()
    }

    /// The axis: a place for each level, wide as it stands for values; the first at the bottom of one that goes up.
    ///
    /// - `offer`: the place that is marked
    pub(super) fn axis(&self, offer: Option<f64>, is_upright: bool) -> Axis {
        let is_marked = |level: usize| offer.is_some_and(|at| (at - level as f64).abs() < 1e-9);
        let name = |level: usize| {
            let text = self.label(level);
            if is_marked(level) { Name::bold(text, INK) } else { Name::plain(text, SOFT) }
        };
        let mut names: Vec<Name> = (0..self.values.len()).map(name).collect();
        let mut places = self.places();
        if is_upright {
            names.reverse();
            places = places.iter().rev().map(|place| 1.0 - place).collect();
        }
        let scale = match self.spacing() {
            Spacing::Log => " (log scale)",
            Spacing::Even if self.numbers.len() > 2 => " (steps not to scale)",
            _ => "",
        };
        Axis { title: format!("{}{scale}", self.title()), places, ..Axis::names(names) }
    }

    /// Where a value lies among the levels, from 0; between two of them where it is a number between them.
    pub(super) fn level(&self, text: &str) -> Option<f64> {
        if let Some(level) = self.values.iter().position(|value| value == text) {
            return Some(level as f64);
        }
        let number = self.number(text).filter(|_| self.is_number())?;
        let below = self.numbers.windows(2).position(|pair| pair[0] <= number && number <= pair[1])?;
        let (low, high) = (self.numbers[below], self.numbers[below + 1]);
        let part = match self.spacing() {
            Spacing::Log => maths::ln(number / low) / maths::ln(high / low),
            _ => (number - low) / (high - low),
        };
        Some(below as f64 + part)
    }

    /// Name and unit as an axis has them.
    pub(super) fn title(&self) -> String {
        match self.unit.as_str() {
            _ if !self.is_number() || self.path == LISTENERS => self.name.clone(),
            "" | "dollars" | "US dollars" => self.name.clone(),
            "share" if self.path == SHARE_OF_SALARY => format!("{}, % of salary", self.name),
            "share" => format!("{}, %", self.name),
            // "requests a week, requests per week" says it twice.
            unit if unit.split(' ').next().is_some_and(|word| self.name.contains(word)) => self.name.clone(),
            unit => format!("{}, {unit}", self.name),
        }
    }

    /// A level as short as it can be said.
    pub(super) fn label(&self, level: usize) -> String {
        let text = &self.values[level];
        match self.numbers.get(level) {
            Some(&weeks) if self.path == RECOVERY => exact(rounded_weeks(weeks)),
            Some(&number) => {
                let number = if self.unit == "share" { 100.0 * number } else { number };
                let sign = if self.unit.ends_with("dollars") { "$" } else { "" };
                let minus = if number < 0.0 { "−" } else { "" };
                format!("{minus}{sign}{}", exact(number.abs()))
            }
            None => self.screen(text),
        }
    }

    /// A screen by its hours, and by those of each stage where two screens have as many in all.
    fn screen(&self, stages: &str) -> String {
        let lengths = || self.values.iter().map(|other| screens::length(other));
        let length = screens::length(stages);
        if lengths().filter(|other| *other == length).count() > 1 { screens::lengths(stages) } else { length }
    }

    /// A level in a heading: "payment known", "fee: 20 %".
    pub(super) fn setting(&self, level: usize) -> String {
        let is_disclosure = ["payment known", "disclosure.payment_known"].contains(&self.name.as_str());
        match (self.values[level].as_str(), is_disclosure) {
            ("true", true) => "payment known".to_owned(),
            ("false", true) => "payment hidden".to_owned(),
            _ if self.path == STAGES => screens::name(&self.values[level]),
            _ if self.path == LISTENERS => match self.label(level).parse() {
                Ok(1) => "one listener".to_owned(),
                Ok(n) => format!("{} listeners", spelt(n)),
                Err(_) => format!("{} listeners", self.label(level)),
            },
            ("true", _) => format!("{}: yes", self.name),
            ("false", _) => format!("{}: no", self.name),
            _ => {
                let unit = if self.is_number() && self.unit == "share" { "\u{a0}%" } else { "" };
                format!("{}: {}{unit}", self.name, self.label(level))
            }
        }
    }

    /// A level as the beginning of a sentence about it: "Unscreened", "With payout: 10 %".
    pub(super) fn beginning(&self, level: usize) -> String {
        if self.path == STAGES {
            return capital(&match screens::name(&self.values[level]).as_str() {
                "unscreened" => "unscreened".to_owned(),
                screen => format!("with {screen}"),
            });
        }
        format!("With {}", self.setting(level))
    }

    /// How values of the knob are said in a sentence.
    pub(super) fn say(&self) -> Say {
        match (self.path.as_str(), self.unit.as_str()) {
            (SHARE_OF_SALARY, _) => Say::Salary,
            (RECOVERY, _) => Say::HalfLife,
            (_, "share") => Say::Percent(self.name.clone()),
            (_, unit) if unit.ends_with("dollars") => Say::Dollars(self.name.clone()),
            _ => Say::Plain(self.name.clone()),
        }
    }
}

/// Least width of a place beside that of an even one.
const NARROWEST: f64 = 0.3;

/// Middles between values in order, and as far beyond the first and the last.
fn edges(values: &[f64]) -> Vec<f64> {
    let inner: Vec<f64> = values.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
    let (Some(first), Some(last)) = (inner.first(), inner.last()) else { return values.to_vec() };
    let ends = (2.0 * values[0] - first, 2.0 * values[values.len() - 1] - last);
    std::iter::once(ends.0).chain(inner.iter().copied()).chain([ends.1]).collect()
}

/// Weeks as they are said: two digits.
pub(super) fn rounded_weeks(weeks: f64) -> f64 {
    let step = if weeks >= 100.0 { 10.0 } else { 1.0 };
    (weeks / step).round() * step
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knob(values: &[f64]) -> Knob {
        Knob {
            name: "x".to_owned(),
            column: "x".to_owned(),
            path: String::new(),
            unit: String::new(),
            values: values.iter().map(f64::to_string).collect(),
            numbers: values.to_vec(),
        }
    }

    /// Three lies log2(3/2) = 0.585 of the way from two to four by ratios.
    #[test]
    fn a_number_between_two_levels_lies_between_their_places() {
        let knob = knob(&[1.0, 2.0, 4.0]);
        assert!((knob.level("3").unwrap() - 1.585).abs() < 1e-3);
        assert_eq!([knob.level("2"), knob.level("5"), knob.level("x")], [Some(1.0), None, None]);
    }

    #[test]
    fn a_unit_that_the_name_says_is_not_said_again() {
        let title = |name: &str, unit: &str| {
            Knob { name: name.to_owned(), unit: unit.to_owned(), ..knob(&[1.0, 2.0]) }.title()
        };
        assert_eq!(title("requests a week", "requests per week"), "requests a week");
        assert_eq!(title("a pitch takes", "hours"), "a pitch takes, hours");
    }

    #[test]
    fn weeks_are_said_in_two_digits() {
        assert_eq!([69.3, 138.3, 346.2].map(|life| exact(rounded_weeks(life))), ["69", "140", "350"]);
    }

    #[test]
    fn places_are_as_wide_as_the_steps_that_they_stand_for() {
        // Edges of 0, 1, 3 lie at -0.5, 0.5, 2, 4: parts of 4.5.
        let places = knob(&[0.0, 1.0, 3.0]).places();
        let expected = [0.0, 0.5, 1.0, 1.5, 2.5, 3.5, 4.5].map(|x| x / 4.5);
        assert!(places.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{places:?}");
        // Equal ratios are even on a log axis, in which each value is in the middle of its place.
        let places = knob(&[1.0, 10.0, 100.0]).places();
        assert!(places.iter().enumerate().all(|(k, at)| (at - k as f64 / 6.0).abs() < 1e-12), "{places:?}");
        // A value at 0 and others far apart find room on neither axis.
        assert_eq!(knob(&[0.0, 1.0, 1000.0]).places(), Vec::<f64>::new());
    }
}
