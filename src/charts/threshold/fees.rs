//! What is asked for an introduction or a placement today, as a reference beside break-evens.

/// A fee of a market that exists: its name, and its usual range as a share of the first yearly salary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fee {
    pub(super) name: &'static str,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// From the trade press, as of 2026; none was checked against contracts.
pub(super) const FEES: [Fee; 4] = [
    Fee { name: "retained search, employer pays", low: 0.25, high: 0.35 },
    Fee { name: "contingent search, employer pays", low: 0.15, high: 0.35 },
    Fee { name: "freelancers’ agent, of billings", low: 0.10, high: 0.20 },
    Fee { name: "reverse recruiting, beside $1,500 a month", low: 0.10, high: 0.10 },
];

/// The fees along a knob: as they are where it is a share of salary, in dollars where it is a success fee, else none.
///
/// - `salary`: dollars a year, if the scenario says
pub(super) fn along(knob: &str, salary: Option<f64>) -> Vec<Fee> {
    let times = match knob {
        "contract.share_of_salary" => Some(1.0),
        "contract.success_fee" => salary,
        _ => None,
    };
    let fee = |times: f64| FEES.map(|fee| Fee { low: fee.low * times, high: fee.high * times, ..fee });
    times.map_or_else(Vec::new, |times| fee(times).to_vec())
}
