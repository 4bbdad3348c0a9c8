//! Experiments: what is run, and what is made of the histories that come back: rows, outcomes, intervals, warnings.
//!
//! A column is defined once, beside the function that computes it. Nothing here writes a file or draws.

pub mod assumptions;
pub mod contrast;
pub mod designs;
pub mod diary;
pub mod facts;
pub mod fit;
pub mod gain;
pub mod goodwill;
pub mod healing;
pub mod keep;
mod known;
pub mod measures;
pub mod memory;
pub mod newcomers;
pub mod outcomes;
pub mod paired;
pub mod period;
pub mod precision;
pub mod rest;
pub mod run;
pub mod sensitivity;
pub mod stationarity;
pub mod summary;
pub mod sweep;
pub mod threshold;
pub mod validation;
pub mod variants;
pub mod verdict;
pub mod warning;

/// A number with a name, a unit and a meaning, and how it is computed from `T`.
#[derive(Debug)]
pub struct Measure<T> {
    /// Column name.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// What it is, over what, and what a missing value means.
    pub meaning: &'static str,
    /// The number; `None` if there is no event to speak of.
    pub of: fn(&T) -> Option<f64>,
}

impl<T> Copy for Measure<T> {}

impl<T> Clone for Measure<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Measure<T> {
    /// Name, unit and meaning.
    #[must_use]
    pub const fn column(&self) -> (&'static str, &'static str, &'static str) {
        (self.name, self.unit, self.meaning)
    }
}

/// What has a column of its name in tables.
pub trait Named: Copy {
    /// The name.
    fn name(self) -> &'static str;
}

/// Whether two names are the same, for constants.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// a/b; `None` where b is 0.
#[must_use]
pub fn ratio(a: f64, b: f64) -> Option<f64> {
    if b.abs() > 0.0 { Some(a / b) } else { None }
}
