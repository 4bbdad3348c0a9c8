//! Warnings: what a reader of the indices should not believe, with numbers and advice.

use std::fmt;

use super::{Design, Metric, Response, Row};
use crate::scenario::experiment::{Experiment, Knob, Plan};
use crate::scenario::why_idle;
use crate::text::counted;

/// One warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// One replication cannot tell luck from effect.
    OneReplication,
    /// Too few trajectories or base points for the intervals to mean much.
    Few {
        /// How many.
        n: usize,
        /// How many would be enough.
        enough: usize,
        /// Of what.
        what: &'static str,
    },
    /// The base points are not as even as they could be.
    NotAPowerOfTwo {
        /// How many.
        points: usize,
    },
    /// An outcome is missing at some points.
    Missing {
        /// The outcome.
        metric: &'static str,
        /// Points without it in at least one replication.
        points: usize,
        /// Of so many.
        of: usize,
    },
    /// No knob moves an outcome.
    Inert {
        /// The outcome.
        metric: &'static str,
    },
    /// A knob that moves none of the outcomes looked at.
    Idle {
        /// What tables call it.
        knob: String,
        /// The switch that is off, where that is known.
        because: Option<String>,
    },
    /// An outcome varies from point to point by luck alone, as far as can be told.
    Luck {
        /// The outcome.
        metric: &'static str,
    },
    /// Replications of points that did not finish.
    Failed {
        /// How many.
        failed: usize,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneReplication => write!(
                f,
                "with one replication luck counts as effect: a knob that does nothing but change who is lucky looks \
                 important; two replications or more tell them apart"
            ),
            Self::Few { n, enough, what } => {
                write!(f, "{n} {what} give wide intervals; {enough} or more are better")
            }
            Self::NotAPowerOfTwo { points } => write!(
                f,
                "{points} base points are less even than a power of two; {} or {} are better",
                points.next_power_of_two() / 2,
                points.next_power_of_two()
            ),
            Self::Missing { metric, points, of } => write!(
                f,
                "{metric} is missing at {points} of {of} points; what is compared with them was left out, and the \
                 indices speak of the rest"
            ),
            Self::Inert { metric } => write!(f, "{metric} is the same at every point: no knob moves it"),
            Self::Idle { knob, because } => {
                write!(f, "{knob} moves nothing: points that differ in it alone have the same outcomes; ")?;
                match because {
                    Some(because) => write!(f, "in the scenario {because}"),
                    None => write!(f, "is what it changes switched on in the scenario?"),
                }
            }
            Self::Luck { metric } => write!(
                f,
                "{metric} varies so little from point to point, beside its luck, that its variance cannot be shared out; \
                 more replications may help"
            ),
            Self::Failed { failed } => {
                write!(f, "{} of points failed; see responses.csv", counted(*failed, "replication"))
            }
        }
    }
}

/// What is to be said of an analysis.
pub(super) fn warnings(
    design: &Design,
    responses: &[Vec<Response>],
    metrics: &[Metric],
    rows: &[Row],
    experiment: &Experiment,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if experiment.base.scenario.run.replications < 2 {
        warnings.push(Warning::OneReplication);
    }
    let n = design.groups;
    let (enough, what) = match experiment.plan {
        Plan::Morris { .. } => (10, "trajectories"),
        _ => (64, "base points"),
    };
    if n < enough {
        warnings.push(Warning::Few { n, enough, what });
    } else if matches!(experiment.plan, Plan::Indices { .. }) && !n.is_power_of_two() {
        warnings.push(Warning::NotAPowerOfTwo { points: n });
    }
    for (number, metric) in metrics.iter().enumerate() {
        let is_missing = |point: &&Vec<Response>| {
            point.iter().any(|response| response.as_ref().is_ok_and(|values| values[number].is_none()))
        };
        let points = responses.iter().filter(is_missing).count();
        if points > 0 {
            warnings.push(Warning::Missing { metric: metric.name, points, of: responses.len() });
        } else if is_still(responses, number) {
            warnings.push(Warning::Inert { metric: metric.name });
        }
        if rows.iter().any(|row| row.metric == number && row.n > 1 && row.index.is_none())
            && !is_still(responses, number)
        {
            warnings.push(Warning::Luck { metric: metric.name });
        }
    }
    warnings.extend(idle_knobs(design, responses, experiment));
    let failed = responses.iter().flatten().filter(|response| response.is_err()).count();
    if failed > 0 {
        warnings.push(Warning::Failed { failed });
    }
    warnings
}

/// Knobs that move none of the outcomes from any point to the one beside it, on equal luck, to the last bit.
fn idle_knobs(design: &Design, responses: &[Vec<Response>], experiment: &Experiment) -> Vec<Warning> {
    let bits = |point: usize| -> Vec<Option<Vec<Option<u64>>>> {
        let of = |values: &Vec<Option<f64>>| values.iter().map(|value| value.map(f64::to_bits)).collect();
        responses[point].iter().map(|response| response.as_ref().ok().map(of)).collect()
    };
    let is_idle = |knob: usize| {
        let mut compared = false;
        for group in 0..design.groups {
            let Some((from, to)) = design.pair(group, knob) else { continue };
            if design.points[from].settings == design.points[to].settings {
                continue;
            }
            if bits(from) != bits(to) {
                return false;
            }
            compared = true;
        }
        compared
    };
    let warning = |knob: &Knob| Warning::Idle {
        knob: knob.label.clone(),
        because: why_idle(&experiment.base.scenario, knob.key.path),
    };
    let knobs = experiment.knobs.iter().enumerate();
    knobs.filter(|(number, _)| is_idle(*number)).map(|(_, knob)| warning(knob)).collect()
}

/// Whether an outcome is the same at every point, replication by replication.
fn is_still(responses: &[Vec<Response>], metric: usize) -> bool {
    let outcomes = |point: &Vec<Response>| -> Vec<Option<u64>> {
        point.iter().map(|r| r.as_ref().ok().and_then(|v| v[metric]).map(f64::to_bits)).collect()
    };
    responses.windows(2).all(|pair| outcomes(&pair[0]) == outcomes(&pair[1]))
}
