//! From the rows of ties.csv to survival by requests a week.

use crate::output::{OutputError, RawTable};
use crate::stats::{Duration, KaplanMeier};

use super::super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};

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
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let survival = if few { KaplanMeier::independent } else { KaplanMeier::clustered };
    let mut found = Vec::new();
    for (place, (lives, (requests, time))) in lives.iter().zip(exposure).enumerate() {
        let Some(curve) = survival(lives, LEVEL) else { continue };
        let mean_rate = if time > 0.0 { requests / time } else { 0.0 };
        let (label, words) = name(place);
        found.push(Group { label, words, curve, mean_rate, place });
    }
    Ok(found)
}

/// A group's name at the end of a line, and in a sentence after "ties with".
fn name(place: usize) -> (String, String) {
    let Some(before) = place.checked_sub(1) else { return ("none".to_owned(), "no request".to_owned()) };
    let (low, high) = (ENDS[before], ENDS.get(place).copied());
    match high {
        None => (format!("over {low} a week"), format!("more than {low} requests a week")),
        Some(high) if before == 0 => {
            let weeks = 1.0 / high;
            (format!("1 in {weeks}+ weeks"), format!("at most one request in {weeks} weeks"))
        }
        Some(high) if high <= 1.0 => {
            let weeks = format!("{} to {}", 1.0 / high, 1.0 / low);
            (format!("1 in {} weeks", weeks.replace(" to ", "–")), format!("one request in {weeks} weeks"))
        }
        Some(high) => (format!("{low}–{high} a week"), format!("{low} to {high} requests a week")),
    }
}
