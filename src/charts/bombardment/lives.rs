//! From the rows of ties.csv to survival by requests a week.

use crate::output::{OutputError, RawTable};
use crate::stats::{Duration, KaplanMeier};

use super::super::data::{Facts, LEVEL, Owners};

/// Ties with about as many requests a week.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Short, for the end of a line.
    pub(super) label: String,
    /// For a sentence, after "ties with".
    pub(super) words: String,
    pub(super) curve: KaplanMeier,
    /// Requests over weeks, of all lives of the group together.
    pub(super) mean_rate: f64,
    /// Position among all groups, also those without ties; decides the colour.
    pub(super) place: usize,
}

/// Upper ends of the groups, included; the first is ties without a request, a last one has no end.
const ENDS: [f64; 6] = [0.0, 0.1, 0.25, 0.5, 1.0, 2.0];

/// Number of groups.
pub(super) const GROUPS: usize = ENDS.len() + 1;

/// Groups that have ties, from the fewest requests to the most.
pub(super) fn groups(
    table: &RawTable,
    facts: &mut Facts,
    owners: &Owners,
) -> Result<Vec<Group>, OutputError> {
    let weeks = facts.numbers(table, "weeks")?;
    let rates = facts.numbers(table, "requests_per_week")?;
    let ended = table.column("ended")?;
    let mut lives: Vec<Vec<Duration>> = vec![Vec::new(); GROUPS];
    let mut exposure = [(0.0, 0.0); GROUPS];
    for (row, &(_, replication)) in owners.iter().enumerate() {
        let blocked = match table.text(row, ended) {
            "blocked" => true,
            "open" => false,
            _ => return Err(table.wrong(row, ended, "blocked or open")),
        };
        let (Some(time), Some(rate)) = (weeks[row].filter(|&weeks| weeks >= 0.0), rates[row]) else {
            continue;
        };
        let place = ENDS.iter().position(|&end| rate <= end).unwrap_or(ENDS.len());
        // Replications share their luck across scenarios, so they are the clusters.
        lives[place].push(Duration { time, ended: blocked, cluster: replication });
        exposure[place].0 += rate * time;
        exposure[place].1 += time;
    }
    let mut found = Vec::new();
    for (place, (lives, (requests, time))) in lives.iter().zip(exposure).enumerate() {
        let Some(curve) = KaplanMeier::clustered(lives, LEVEL) else { continue };
        let mean_rate = if time > 0.0 { requests / time } else { 0.0 };
        let (label, words) = name(place);
        found.push(Group { label, words, curve, mean_rate, place });
    }
    Ok(found)
}

fn name(place: usize) -> (String, String) {
    match place {
        0 => ("none".to_owned(), "no request".to_owned()),
        1 => (format!("up to {}", ENDS[1]), format!("at most {} requests a week", ENDS[1])),
        _ if place == ENDS.len() => ("more than 2".to_owned(), "more than 2 requests a week".to_owned()),
        _ => {
            let (low, high) = (ENDS[place - 1], ENDS[place]);
            (format!("{low}–{high}"), format!("{low} to {high} requests a week"))
        }
    }
}
