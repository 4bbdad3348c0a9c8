//! A knob: a key that an experiment moves, and the values that it takes.

use std::ops::Range;

use crate::maths;
use crate::scenario::key::{Key, Kind, Value};
use crate::scenario::read::apply;
use crate::scenario::{Scenario, key};
use crate::units::Unit;

/// A key that an experiment moves, or several that it moves together.
#[derive(Clone, Debug)]
pub struct Knob {
    /// The key; of several, the first.
    pub key: &'static Key,
    /// What charts and tables call it; the key's path where the file gives no label.
    pub label: String,
    /// Where it moves.
    pub domain: Domain,
    /// Where the file names its path.
    pub(super) span: Range<usize>,
}

/// The values that a knob takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Domain {
    /// These, in order: the list of a file, or the steps of a range. At least two, no two alike.
    Values(Vec<Setting>),
    /// Everything between two numbers, both included; whole numbers only, where the key counts.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end, above the lower.
        high: f64,
        /// How the way between is measured.
        scale: Scale,
    },
    /// Settings of several keys under one name each, in order. At least two, no two alike.
    Named {
        /// What each name stands for.
        alternatives: Vec<Alternative>,
        /// Their numbers, as values.
        numbers: Vec<Setting>,
    },
}

/// Settings of several keys under one name.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The name.
    pub name: String,
    /// Keys and what they are set to, in the order of the file.
    pub set: Vec<(&'static Key, Setting)>,
}

impl PartialEq for Alternative {
    fn eq(&self, other: &Self) -> bool {
        let paths = |alternative: &Self| -> Vec<(&str, Setting)> {
            alternative.set.iter().map(|(key, setting)| (key.path, setting.clone())).collect()
        };
        self.name == other.name && paths(self) == paths(other)
    }
}

/// How the way from the low to the high end of a range is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// By differences.
    Linear,
    /// By ratios; the low end is above 0.
    Log,
}

/// A value of a knob, of the type and in the range that its key asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting(pub(super) Value);

impl Setting {
    /// The number, in the key's documented unit; none for switches, names and stages.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match &self.0 {
            Value::Number(number) => Some(*number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "knobs count things, of which there are fewer than 2^53"
            )]
            Value::Count(count) => Some(*count as f64),
            _ => None,
        }
    }

    /// The value as TOML in plain numbers of full precision.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.plain()
    }
}

impl Knob {
    /// The values of a list or of steps; none for a range without steps.
    #[must_use]
    pub fn values(&self) -> Option<&[Setting]> {
        match &self.domain {
            Domain::Values(values) | Domain::Named { numbers: values, .. } => Some(values),
            Domain::Range { .. } => None,
        }
    }

    /// The value at a place of the unit interval: listed values and whole numbers have equal parts of it, other ranges
    /// are walked through along their scale. Numbers are rounded to six significant digits, so that tables show what
    /// was run.
    ///
    /// - `u`: in [0, 1]; what lies outside counts as the nearest end
    #[must_use]
    pub fn at(&self, u: f64) -> Setting {
        let u = u.clamp(0.0, 1.0);
        match &self.domain {
            Domain::Values(values) | Domain::Named { numbers: values, .. } => {
                values[part(u, values.len())].clone()
            }
            &Domain::Range { low, high, scale } if self.counts() => {
                let whole = match scale {
                    Scale::Linear => low + ((high - low + 1.0) * u + SLACK).floor(),
                    Scale::Log => (along(low, high + 1.0, scale, u) + SLACK).floor(),
                };
                Setting(count(whole.clamp(low, high)))
            }
            &Domain::Range { low, high, scale } => {
                Setting(Value::Number(rounded(along(low, high, scale, u)).clamp(low, high)))
            }
        }
    }

    /// Where on the way from its first value to its last the knob really stands at `u`, in [0, 1]: `u` itself, unless
    /// only some places can be taken.
    #[must_use]
    pub fn place(&self, u: f64) -> f64 {
        let u = u.clamp(0.0, 1.0);
        match &self.domain {
            Domain::Values(values) | Domain::Named { numbers: values, .. } => {
                ratio(part(u, values.len()), values.len() - 1)
            }
            &Domain::Range { low, high, scale } if self.counts() => {
                let at = self.at(u).number().unwrap_or(low);
                match scale {
                    Scale::Linear => (at - low) / (high - low),
                    Scale::Log => maths::ln(at / low) / maths::ln(high / low),
                }
            }
            Domain::Range { .. } => u,
        }
    }

    /// The number at a place on the way from the first value to the last, whole or not: where something between two
    /// values happens. `None` where the values are no numbers.
    #[must_use]
    pub fn along(&self, u: f64) -> Option<f64> {
        let u = u.clamp(0.0, 1.0);
        match &self.domain {
            Domain::Values(values) => {
                let left = part(u * ratio(values.len() - 1, values.len()), values.len());
                let right = (left + 1).min(values.len() - 1);
                let (from, to) = (values[left].number()?, values[right].number()?);
                let last = f64::from(crate::ids::row(values.len() - 1));
                Some(from + (to - from) * (u * last - f64::from(crate::ids::row(left))))
            }
            Domain::Named { .. } => None,
            // Ratios come back to their ends but for the last digit.
            &Domain::Range { high, .. } if u >= 1.0 => Some(high),
            &Domain::Range { low, high, scale } => Some(along(low, high, scale, u)),
        }
    }

    /// Turns the knob of a scenario; rules between keys are not checked.
    pub fn turn(&self, scenario: &mut Scenario, setting: &Setting) {
        match (&self.domain, self.chosen(setting)) {
            (Domain::Named { .. }, chosen) => {
                for (key, setting) in chosen.into_iter().flat_map(|alternative| &alternative.set) {
                    apply(scenario, key, setting.0.clone());
                }
            }
            _ => apply(scenario, self.key, setting.0.clone()),
        }
    }

    /// Whether a file may call it so: by its label, or where it turns one key by the path of that.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.label == name || !matches!(self.domain, Domain::Named { .. }) && self.key.path == name
    }

    /// Which of its values a scenario has, by number; `None` if it has none of them.
    #[must_use]
    pub fn own(&self, scenario: &Scenario) -> Option<usize> {
        let is_own = |setting: &Setting| {
            let mut turned = scenario.clone();
            self.turn(&mut turned, setting);
            turned == *scenario
        };
        self.values()?.iter().position(is_own)
    }

    /// The alternative that a value stands for; `None` where the knob turns one key alone.
    #[must_use]
    pub fn chosen(&self, setting: &Setting) -> Option<&Alternative> {
        let Domain::Named { alternatives, numbers } = &self.domain else { return None };
        alternatives.get(numbers.iter().position(|number| number == setting)?)
    }

    /// The paths of all keys that it turns.
    #[must_use]
    pub fn paths(&self) -> Vec<&'static str> {
        let Domain::Named { alternatives, .. } = &self.domain else { return vec![self.key.path] };
        let mut paths: Vec<&'static str> =
            alternatives.iter().flat_map(|alternative| &alternative.set).map(|(key, _)| key.path).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// A value as a scenario file writes it, with its unit; of several keys, the name.
    #[must_use]
    pub fn text(&self, setting: &Setting) -> String {
        match self.chosen(setting) {
            Some(alternative) => alternative.name.clone(),
            None => self.key.friendly(&setting.0),
        }
    }

    /// The values in words: "2% to 30%, by ratios".
    #[must_use]
    pub fn domain_text(&self) -> String {
        match &self.domain {
            Domain::Values(values) | Domain::Named { numbers: values, .. } => {
                values.iter().map(|value| self.text(value).replace('"', "")).collect::<Vec<_>>().join(", ")
            }
            &Domain::Range { low, high, scale } => {
                let write = |x: f64| match self.key.unit {
                    Unit::Of(_) => format!("{x}"),
                    unit => unit.format(x),
                };
                let by = if scale == Scale::Log { ", by ratios" } else { "" };
                format!("{} to {}{by}", write(low), write(high))
            }
        }
    }

    /// The values of a range in so many equal steps of its scale, both ends included; `None` if two would be the same.
    pub(super) fn in_steps(&self, steps: usize) -> Option<Vec<Setting>> {
        let &Domain::Range { low, high, scale } = &self.domain else { return None };
        let value = |step: usize| {
            let x = along(low, high, scale, ratio(step, steps - 1));
            let x = if self.counts() { x.round() } else { rounded(x) };
            // The ends are those of the file, to the last digit.
            match step {
                0 => low,
                _ if step + 1 == steps => high,
                _ => x.clamp(low, high),
            }
        };
        let numbers: Vec<f64> = (0..steps).map(value).collect();
        if numbers.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let setting = |x: f64| Setting(if self.counts() { count(x) } else { Value::Number(x) });
        Some(numbers.into_iter().map(setting).collect())
    }

    fn counts(&self) -> bool {
        self.key.kind != Kind::Number
    }
}

/// The believable range of a key: where a knob without one moves.
pub(super) fn believable(path: &str) -> Option<(f64, f64)> {
    let range = key(path)?.plausible?;
    (range.low < range.high && range.high.is_finite()).then_some((range.low, range.high))
}

/// So that a third of three values begins at 1/3, however 1/3 was rounded.
const SLACK: f64 = 1e-9;

/// Which of n equal parts of the unit interval a number lies in.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the length of a list"
)]
fn part(u: f64, n: usize) -> usize {
    ((u * f64::from(crate::ids::row(n)) + SLACK) as usize).min(n - 1)
}

fn ratio(a: usize, b: usize) -> f64 {
    f64::from(crate::ids::row(a)) / f64::from(crate::ids::row(b))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and between the ends of a range"
)]
fn count(x: f64) -> Value {
    Value::Count(x as u64)
}

fn along(low: f64, high: f64, scale: Scale, u: f64) -> f64 {
    match scale {
        Scale::Linear => low + (high - low) * u,
        Scale::Log => low * maths::exp(maths::ln(high / low) * u),
    }
}

/// Six significant digits.
fn rounded(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}
