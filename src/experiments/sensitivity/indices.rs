//! Indices from responses: one row for each outcome, knob and index.

use super::{Design, Metric, Response, Role};
use crate::experiments::designs::resampling;
use crate::scenario::experiment::{Experiment, Plan};
use crate::stats::{BasePoint, Estimate, Index, elementary_effects, variance_shares};

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;
const LEVEL: f64 = 0.95;

/// What an index says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// Mean size of an elementary effect.
    MuStar,
    /// Spread of elementary effects.
    Sigma,
    /// Mean elementary effect.
    Mu,
    /// Total index.
    Total,
    /// First-order index.
    First,
}

impl IndexKind {
    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MuStar => "mu_star",
            Self::Sigma => "sigma",
            Self::Mu => "mu",
            Self::Total => "ST",
            Self::First => "S1",
        }
    }
}

/// An index of a knob for an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Number of the outcome.
    pub metric: usize,
    /// Number of the knob.
    pub knob: usize,
    /// Which index.
    pub kind: IndexKind,
    /// Its value; `None` where the outcome is missing, or does not vary at all.
    pub index: Option<Index>,
    /// Trajectories or base points behind it.
    pub n: usize,
    /// Whether the knob does anything that can be told from luck: whether the interval leaves 0 out. `None` where one
    /// replication cannot tell luck from effect, and without an interval.
    pub detected: Option<bool>,
}

/// The indices of every outcome and knob: by outcome, then by knob, the most telling index first.
#[must_use]
pub fn rows(
    design: &Design,
    responses: &[Vec<Response>],
    metrics: &[Metric],
    experiment: &Experiment,
) -> Vec<Row> {
    let seed = experiment.base.scenario.run.seed;
    let mut rows = Vec::new();
    for metric in 0..metrics.len() {
        for knob in 0..experiment.knobs.len() {
            let mut random = resampling(seed, metric, knob);
            let (n, found) = match experiment.plan {
                Plan::Morris { .. } => {
                    let effects = effects(design, responses, metric, knob);
                    let found = elementary_effects(&effects, RESAMPLES, LEVEL, &mut random);
                    let kinds = [IndexKind::MuStar, IndexKind::Sigma, IndexKind::Mu];
                    let index = |i: usize| found.map(|f| [f.mu_star, f.sigma, f.mu][i]);
                    (effects.len(), (0..3).map(|i| (kinds[i], index(i))).collect::<Vec<_>>())
                }
                _ => {
                    let points = base_points(design, responses, metric, knob);
                    let found = variance_shares(&points, RESAMPLES, LEVEL, &mut random);
                    let total = (IndexKind::Total, found.map(|f| f.total));
                    (points.len(), vec![total, (IndexKind::First, found.map(|f| f.first))])
                }
            };
            let replications = experiment.base.scenario.run.replications;
            rows.extend(found.into_iter().map(|(kind, index)| Row {
                metric,
                knob,
                kind,
                index,
                n,
                detected: index.and_then(|index| is_detected(kind, &index.estimate, replications)),
            }));
        }
    }
    rows
}

/// Whether an effect is detected; `None` where luck cannot be told from it.
fn is_detected(kind: IndexKind, estimate: &Estimate, replications: u32) -> Option<bool> {
    let (low, high) = estimate.interval?;
    // A size from which the noise was taken may come out below zero, which is no effect; a mean effect may go either way.
    let is_below = kind == IndexKind::Mu && high < 0.0;
    let is_nothing = low.abs() < f64::MIN_POSITIVE && high.abs() < f64::MIN_POSITIVE;
    // With one replication luck looks like effect and hides it; nothing at all is nothing all the same.
    if replications < 2 && !is_nothing { None } else { Some(low > 0.0 || is_below) }
}

/// The outcome at a point in every replication; `None` if one is missing.
fn outcome(responses: &[Response], metric: usize) -> Option<Vec<f64>> {
    responses.iter().map(|response| response.as_ref().ok().and_then(|values| values[metric])).collect()
}

/// Elementary effects of a knob: the change of the outcome for a move of the knob over its whole range, trajectory by
/// trajectory; those with a missing outcome are left out.
fn effects(design: &Design, responses: &[Vec<Response>], metric: usize, knob: usize) -> Vec<Vec<f64>> {
    let effect = |group: usize| -> Option<Vec<f64>> {
        let after = design.members(group).find(|&point| design.points[point].role == Role::Moved(knob))?;
        let before = after - 1;
        let way = design.points[after].places[knob] - design.points[before].places[knob];
        let (from, to) = (outcome(&responses[before], metric)?, outcome(&responses[after], metric)?);
        Some(from.iter().zip(&to).map(|(from, to)| (to - from) / way).collect())
    };
    (0..design.groups).filter_map(effect).collect()
}

/// Outcomes at base points and with one knob exchanged; those with a missing outcome are left out.
fn base_points(design: &Design, responses: &[Vec<Response>], metric: usize, knob: usize) -> Vec<BasePoint> {
    let base = |group: usize| -> Option<BasePoint> {
        let at = |role: Role| {
            let point = design.members(group).find(|&point| design.points[point].role == role)?;
            outcome(&responses[point], metric)
        };
        Some(BasePoint { a: at(Role::A)?, b: at(Role::B)?, mixed: at(Role::Mixed(knob))? })
    };
    (0..design.groups).filter_map(base).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_below_zero_is_no_effect_and_a_mean_below_zero_is_one() {
        let of = |kind, low: f64, high: f64, replications| {
            let estimate = Estimate { n: 5, value: f64::midpoint(low, high), interval: Some((low, high)) };
            is_detected(kind, &estimate, replications)
        };
        assert_eq!(of(IndexKind::MuStar, -1_529.0, -57.0, 2), Some(false));
        assert_eq!(of(IndexKind::Total, -0.2, -0.1, 2), Some(false));
        assert_eq!(of(IndexKind::Mu, -1_529.0, -57.0, 2), Some(true));
        assert_eq!(of(IndexKind::MuStar, 57.0, 1_529.0, 2), Some(true));
        assert_eq!(of(IndexKind::MuStar, -1.0, 2.0, 2), Some(false));
        assert_eq!(of(IndexKind::MuStar, 57.0, 1_529.0, 1), None);
    }
}
