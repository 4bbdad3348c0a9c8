//! Where something turns: the break-evens of a payout, and the flip points of claims.

use crate::output::tables::{self, FlipPoint, Told};
use crate::stats::{self, Estimate};

use super::library::LEVEL;

/// A place where something begins or ends to hold.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    /// It holds above the value; else below.
    pub(super) begins: bool,
    pub(super) at: Estimate,
    pub(super) fee: Option<f64>,
}

/// What became of a search.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    Crossings(Vec<Crossing>),
    Everywhere,
    Nowhere,
    /// Of the whole range it cannot be told; whether it is shown to hold in a part of it, and between which values.
    Shown(bool, f64, f64),
    CannotTell,
}

impl Finding {
    /// What a row says.
    fn of(told: &Told, fee: Option<f64>) -> Self {
        match (told.finding, told.value) {
            (tables::Finding::Everywhere, _) => Self::Everywhere,
            (tables::Finding::Nowhere, _) => Self::Nowhere,
            (_, Some(value)) => {
                let at = Estimate { n: told.n, value, interval: told.interval };
                Self::Crossings(vec![Crossing { begins: told.begins, at, fee }])
            }
            (_, None) => told.part.map_or(Self::CannotTell, |(holds, from, to)| Self::Shown(holds, from, to)),
        }
    }

    /// Adds what a further row of the same search says; gives it back if it says nothing of crossings.
    fn add(&mut self, more: Self) -> Option<Self> {
        match (self, more) {
            (Self::Crossings(known), Self::Crossings(more)) => {
                known.extend(more);
                None
            }
            (_, more) => Some(more),
        }
    }
}

/// The break-evens of one level by one criterion.
#[derive(Clone, Debug)]
pub(super) struct Breakeven {
    pub(super) level: String,
    pub(super) knob: String,
    pub(super) criterion: String,
    pub(super) range: (Option<f64>, Option<f64>),
    pub(super) finding: Finding,
    pub(super) n: usize,
}

impl Breakeven {
    /// From breakeven.csv, a row for each crossing.
    pub(super) fn all(rows: Vec<tables::Breakeven>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for row in rows {
            let finding = Some(Finding::of(&row.told(), row.fee_per_placement));
            let last = found.last_mut().filter(|b| b.level == row.level && b.criterion == row.criterion);
            let finding = match last {
                Some(last) => finding.and_then(|finding| last.finding.add(finding)),
                None => finding,
            };
            found.extend(finding.map(|finding| Self {
                level: row.level,
                knob: row.knob,
                criterion: row.criterion,
                range: (row.from, row.to),
                finding,
                n: row.n,
            }));
        }
        found
    }
}

/// A claim, and the costs of a burnt relationship at which it turns.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) claim: String,
    pub(super) question: String,
    /// The costs searched, per unit of goodwill.
    pub(super) range: (Option<f64>, Option<f64>),
    /// In dollars per bad introduction.
    pub(super) finding: Finding,
    /// By how much it holds at the lowest and at the highest cost; negative where it does not.
    pub(super) ends: Option<(Estimate, Estimate)>,
    pub(super) n: usize,
}

impl Claim {
    /// Whether it is shown to begin to be true between the two ends, or to end to be, though not where; `None` where that is not
    /// shown.
    pub(super) fn begins_between(&self) -> Option<bool> {
        let (low, high) = self.ends?;
        let is_open = matches!(self.finding, Finding::CannotTell | Finding::Shown(..));
        let is_turned = low.excludes(0.0) && high.excludes(0.0) && (low.value < 0.0) != (high.value < 0.0);
        (is_open && is_turned).then_some(low.value < 0.0)
    }

    /// From flip.csv, a row for each crossing, and curve.csv.
    pub(super) fn all(rows: Vec<tables::Flip>, points: &[FlipPoint]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for row in rows {
            let finding = Some(Finding::of(&row.told_per_bad(), None));
            let finding = match found.last_mut().filter(|known| known.claim == row.claim) {
                Some(last) => finding.and_then(|finding| last.finding.add(finding)),
                None => finding,
            };
            found.extend(finding.map(|finding| Self {
                ends: ends(points, &row.claim),
                claim: row.claim,
                question: row.question.unwrap_or_default(),
                range: (row.from, row.to),
                finding,
                n: row.n,
            }));
        }
        found
    }
}

/// By how much a claim holds at the lowest and at the highest cost that were tried.
fn ends(points: &[FlipPoint], claim: &str) -> Option<(Estimate, Estimate)> {
    let own = || points.iter().filter(|point| point.claim == claim && point.margin.is_some());
    let cost = |point: &FlipPoint| point.goodwill_value;
    let at = |end: f64| {
        let there = own().filter(|point| cost(point).total_cmp(&end).is_eq());
        stats::mean_interval(&there.filter_map(|point| point.margin).collect::<Vec<_>>(), LEVEL)
    };
    let (lowest, highest) = (own().map(cost).reduce(f64::min)?, own().map(cost).reduce(f64::max)?);
    at(lowest).zip(at(highest)).filter(|_| lowest < highest)
}
