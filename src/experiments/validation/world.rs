//! Facts of the world as rows of the scorecard: those used to calibrate apart from those never used.

use super::Effort;
use super::judge::{Check, Figure, Rule, Verdict};
use crate::experiments::facts::{self, Comparison, Use};

/// Replications of a scenario that is set beside the facts.
#[must_use]
pub fn replications(asked: u32, effort: Effort) -> u32 {
    match effort {
        Effort::Quick => asked.min(2),
        Effort::Full => asked.min(10),
    }
}

/// Facts used to calibrate first, then those never used; by scenario, then by fact.
#[must_use]
pub fn rows(compared: &[(String, Vec<Comparison>)]) -> Vec<Check> {
    let kept = facts::once(compared);
    let of = |used: Use| {
        kept.iter().filter(move |(_, one)| one.fact.used == used).map(|(name, one)| row(name, one))
    };
    of(Use::Fit).chain(of(Use::Check)).collect()
}

fn row(scenario: &str, comparison: &Comparison) -> Check {
    let fact = &comparison.fact;
    let group = match fact.used {
        Use::Fit => "Facts used to calibrate",
        Use::Check => "Facts never used",
    };
    let note = if let facts::Figure::Missing(why) = fact.figure { why } else { "" };
    Check {
        group: group.to_owned(),
        what: format!("{scenario}: {}", fact.what),
        unit: fact.unit,
        target: Some(fact.target),
        source: fact.source.to_owned(),
        figure: comparison.figure.map(|estimate| Figure { value: estimate.value, error: None }),
        interval: comparison.figure.and_then(|estimate| estimate.interval),
        rule: Rule::Fact(fact.range.0, fact.range.1),
        verdict: match comparison.verdict {
            facts::Verdict::Hit => Verdict::Hit,
            facts::Verdict::Miss => Verdict::Miss,
            facts::Verdict::Undecided => Verdict::Undecided,
            facts::Verdict::NotInTheModel => Verdict::NotApplicable,
        },
        note: note.to_owned(),
    }
}
