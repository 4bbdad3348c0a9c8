//! What bombardment found, in a sentence.

use crate::stats::Estimate;
use crate::text::{fixed, rounded, share, span};

use super::super::page::title_fits;
use super::lives::Group;

/// The title with the rate that a tie bears for ever, where assumptions were moved and there is room for it.
pub(super) fn with_lasting(title: String, lasting: Option<&Estimate>) -> String {
    let Some(rate) = lasting.filter(|rate| rate.interval.is_some()) else { return title };
    let long = format!(
        "{title}; a tie bears {} requests a week for ever, over what is assumed of goodwill",
        over_assumed(rate)
    );
    if title_fits(&long) { long } else { title }
}

/// "0.43 (0.08 to 2.28)": brackets are for luck alone.
pub(super) fn over_assumed(rate: &Estimate) -> String {
    let range = rate.interval.map(|(low, high)| format!(" ({} to {})", fixed(low, 2), fixed(high, 2)));
    fixed(rate.value, 2) + &range.unwrap_or_default()
}

/// What was found in a few words.
pub(super) fn headline(groups: &[Group]) -> String {
    // A title rests on cases enough.
    let most = groups.iter().rfind(|group| group.curve.n() >= FEWEST);
    let Some(most) = most.filter(|_| !groups.is_empty()) else {
        return "Too few ties were recorded to say how long they last".to_owned();
    };
    if groups.iter().all(|group| group.curve.steps.is_empty()) {
        return "No tie is blocked, however many requests it carries".to_owned();
    }
    match most.median().value {
        Some(week) => format!("Half of the most bothered ties are blocked by week\u{a0}{}", rounded(week)),
        None => "Most ties last, even those that are bothered most".to_owned(),
    }
}

/// Ties below which nothing is said of a group in a sentence.
pub(super) const FEWEST: usize = 20;

/// The most bothered ties of which more than half lived, and the most bothered of all, if they can be told apart.
pub(super) fn title(groups: &[Group]) -> String {
    let Some(most) = groups.last() else {
        return "No tie was recorded, so nothing can be said of how long ties last".to_owned();
    };
    if groups.iter().all(|group| group.curve.steps.is_empty()) {
        return format!("No tie was blocked within {}, at any number of requests seen", length(most));
    }
    let fallen = most.median().value.is_some();
    let half = |group: &&Group| group.median().value.is_none();
    // Ties without any request say little of requests: only where no others lived.
    let standing = groups[..groups.len() - 1].iter().rfind(half).unwrap_or(&groups[0]);
    if groups.len() == 1 {
        return if fallen { format!("Half of the ties {}", blocked(most)) } else { open(most) };
    }
    let week = most.curve.last_time().min(standing.curve.last_time());
    let ((_, few_low, few_high), (_, many_low, many_high)) = (standing.curve.at(week), most.curve.at(week));
    if few_low <= many_high && many_low <= few_high {
        return format!(
            "No detectable difference in how long ties last: open after {} were {} of those with {} and {} of those \
             with {}",
            weeks(week),
            open_share(most, week),
            most.words,
            open_share(standing, week),
            standing.words
        );
    }
    match (fallen, standing.median().value) {
        (true, None) => format!("{}; half of those {}", open(standing), blocked(most)),
        (true, Some(_)) => {
            let (first, then) = (by_week(most), by_week(standing));
            let (often, seldom) = (&most.words, &standing.words);
            format!("Half of the ties with {often} were blocked by {first}, of those with {seldom} by {then}")
        }
        (false, _) => {
            let week = most.curve.last_time();
            format!("{}, of those with {} {}", open(most), standing.words, open_share(standing, week))
        }
    }
}

/// "with more than 2 requests a week were blocked by week 3 [1–8]".
fn blocked(group: &Group) -> String {
    format!("with {} were blocked by {}", group.words, by_week(group))
}

/// The week by which half of a group is blocked: "week 3 [1–8]"; without an interval that is of one week.
fn by_week(group: &Group) -> String {
    let median = group.median();
    let value = median.value.unwrap_or_default();
    let low = rounded(median.low.unwrap_or(value));
    let high = median.high.map_or_else(|| "…".to_owned(), rounded);
    let ends = if low == high { String::new() } else { format!("\u{a0}[{low}–{high}]") };
    format!("week\u{a0}{}{ends}", rounded(value))
}

/// "Of ties with one request in 4 to 10 weeks 77 % [73–81] were still open after 5 years".
fn open(group: &Group) -> String {
    let share = open_share(group, group.curve.last_time());
    format!("Of ties with {} {share} were still open after {}", group.words, length(group))
}

fn open_share(group: &Group, week: f64) -> String {
    let (survival, low, high) = group.curve.at(week);
    share(&Estimate { n: group.curve.n(), value: survival, interval: Some((low, high)) })
}

fn length(group: &Group) -> String {
    weeks(group.curve.last_time())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weeks of a run; casts saturate")]
fn weeks(time: f64) -> String {
    span(time.round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_told_in_whole_weeks_or_years() {
        assert_eq!([weeks(6.6), weeks(260.0)], ["7\u{a0}weeks", "5\u{a0}years"]);
    }
}
