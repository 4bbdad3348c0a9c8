//! Screening: whom one look and two looks accept, against truncated normals and quadrature.

use super::errors;
use super::judge::{Check, Rule};
use super::observe::{ability_of, watch};
use super::quadrature::{accepted, best_of_accepted, staged};
use super::{Effort, Stop, not_the_limit};
use crate::maths::normal_quantile;
use crate::scenario::{AcceptAbove, Scenario, Stage};

/// Validities and shares of the table.
const CELLS: [(f64, f64); 9] = [
    (0.19, 0.5),
    (0.19, 0.1),
    (0.19, 0.03),
    (0.42, 0.5),
    (0.42, 0.1),
    (0.42, 0.03),
    (0.63, 0.5),
    (0.63, 0.1),
    (0.63, 0.03),
];
/// Pairs of stages: hours in units of `half_hours`, and the score asked for.
const STAGES: [[(f64, f64); 2]; 3] =
    [[(0.5, 0.1), (2.0, 0.3)], [(1.0, 0.4), (1.0, 0.2)], [(0.2, -0.2), (10.0, 0.5)]];
/// Precision of endless hours where stages are tried.
const MOST_PRECISION: f64 = 0.9;
/// Abilities above this are the best fifth.
const BEST: f64 = 0.8;

const SELECTION: &str = "Brogden 1946: truncated normal";
const BEST_FIFTH: &str = "Taylor and Russell 1939: bivariate normal by quadrature";
const QUADRATURE: &str = "quadrature over ability and noise";

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    if scenario.workers.resume_precision > 0.0 || scenario.screening.salary_history {
        return Err(not_the_limit("workers.resume_precision must be 0 and screening.salary_history false"));
    }
    let mut checks = Vec::new();
    for (validity, share) in CELLS {
        let z = -normal_quantile(share);
        let mut market = scenario.clone();
        // A stage of `half_hours` has half of the most precision.
        market.screening.most_precision = 2.0 * validity * validity / (1.0 - validity * validity);
        market.screening.stages = stages(scenario, &[(1.0, validity * z)]);
        let seen = Seen::of(&market, effort)?;
        let (expected, mean) = accepted(validity, z);
        let best = normal_quantile(BEST);
        let top = best_of_accepted(validity, z, best);
        let label = format!("validity {validity}, share {share}");
        checks.push(seen.share(&label, expected, SELECTION));
        checks.push(seen.ability(&label, mean, SELECTION));
        checks.push(Check::new(
            format!("{label}: accepted of the best fifth"),
            "share",
            (top, BEST_FIFTH),
            errors::mean(&seen.accepted.iter().map(|&a| f64::from(u8::from(a > best))).collect::<Vec<_>>()),
            Rule::errors(),
        ));
    }
    for pair in STAGES {
        let mut market = scenario.clone();
        market.screening.most_precision = MOST_PRECISION;
        market.screening.stages = stages(scenario, &pair);
        let precision = |hours: f64| MOST_PRECISION * hours / (hours + 1.0);
        let [first, second] = pair;
        let looks = [(precision(first.0), first.1), (precision(first.0 + second.0), second.1)];
        let (share, mean) = staged(&looks);
        let seen = Seen::of(&market, effort)?;
        let label =
            format!("stages of {} and {} half-hours, scores {} and {}", first.0, second.0, first.1, second.1);
        checks.push(seen.share(&label, share, QUADRATURE));
        checks.push(seen.ability(&label, mean, QUADRATURE));
    }
    Ok(checks)
}

fn stages(scenario: &Scenario, stages: &[(f64, f64)]) -> Vec<Stage> {
    let unit = scenario.screening.half_hours;
    let stage =
        |&(hours, above): &(f64, f64)| Stage { hours: hours * unit, accept_above: AcceptAbove::Score(above) };
    stages.iter().map(stage).collect()
}

/// Abilities of those accepted, and how many applied.
struct Seen {
    accepted: Vec<f64>,
    applicants: f64,
}

impl Seen {
    fn of(scenario: &Scenario, effort: Effort) -> Result<Self, Stop> {
        let replications = if effort == Effort::Quick { 1 } else { scenario.run.replications };
        let seen = watch(
            scenario,
            0..replications,
            |_| 0,
            |applicants, lived| *applicants += lived.tally.applicants.n,
            |applicants, world| {
                let cohort = world.market.iter().flat_map(|market| &market.cohort);
                let accepted: Vec<f64> =
                    cohort.map(|member| ability_of(world, member.search.worker.at())).collect();
                (accepted, applicants)
            },
        )?;
        if seen.iter().any(|(_, applicants)| *applicants != scenario.workers.count) {
            return Err(not_the_limit("not everybody applies in the first week"));
        }
        Ok(Self {
            applicants: seen.iter().map(|(_, applicants)| f64::from(*applicants)).sum(),
            accepted: seen.into_iter().flat_map(|(accepted, _)| accepted).collect(),
        })
    }

    fn share(&self, label: &str, expected: f64, source: &str) -> Check {
        let figure = errors::share(errors::count(self.accepted.len()), self.applicants, expected);
        Check::new(format!("{label}: accepted"), "share", (expected, source), figure, Rule::errors())
    }

    fn ability(&self, label: &str, expected: f64, source: &str) -> Check {
        let figure = errors::mean(&self.accepted);
        Check::new(
            format!("{label}: ability of the accepted"),
            "sd",
            (expected, source),
            figure,
            Rule::errors(),
        )
    }
}
