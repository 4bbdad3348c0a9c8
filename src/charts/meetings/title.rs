//! Why they would not meet, in a sentence.

use crate::stats::{Estimate, difference_of_ratios};
use crate::text::{counted, joined, quoted, share};

use super::super::data::LEVEL;
use super::super::how_many;
use super::super::weeks::Weeks;
use super::{BOUGHT, CHANNELS, COLD, FEWEST, FREE, columns_of};

/// What a scenario says of requests that were paid for, beside those that were not.
struct Gap<'a> {
    name: &'a str,
    bought: usize,
    acceptance: Estimate,
    /// Acceptance less that of the channel beside it.
    gap: Estimate,
}

impl Gap<'_> {
    /// Below, level with or above: known from the interval, or where there is none from the sign.
    fn side(&self) -> std::cmp::Ordering {
        match self.gap.interval {
            Some(_) if !self.gap.excludes(0.0) => std::cmp::Ordering::Equal,
            _ => self.gap.value.total_cmp(&0.0),
        }
    }
}

/// How often paid requests were met beside free ones; in one scenario with numbers, in several how many go which way.
pub(super) fn title(all: &[Weeks]) -> String {
    let asked = |weeks: &Weeks, channel: usize| weeks.sums(columns_of(channel)[0]).iter().sum::<f64>();
    if all.iter().all(|weeks| (0..CHANNELS.len()).all(|channel| asked(weeks, channel) <= 0.0)) {
        return "No request was recorded, so nothing can be said of who is met".to_owned();
    }
    let gaps: Vec<Gap> = all.iter().filter_map(gap).collect();
    match gaps.as_slice() {
        [] => unpaid(all),
        [one] => alone(one, all),
        several => together(several),
    }
}

/// The same in a few words.
pub(super) fn headline(all: &[Weeks]) -> String {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let gaps: Vec<Gap> = all.iter().filter_map(gap).collect();
    let of = gaps.len();
    let count = |side| gaps.iter().filter(|gap| gap.side() == side).count();
    let at = |n: usize| match n == of {
        true => "Paid requests".to_owned(),
        false => format!("In {} paid requests", how_many(n, of, "market")),
    };
    let place = |n: usize| if n == of { String::new() } else { format!(" in {}", how_many(n, of, "market")) };
    match (count(Less), count(Greater), count(Equal)) {
        (0, 0, 0) => "Nobody pays to be put before a decision-maker".to_owned(),
        (0, 0, _) => "Paid requests are not met detectably more or less often".to_owned(),
        (less, 0, _) => format!("{} are met less often than free", at(less)),
        (0, more, _) => format!("{} are met more often than free", at(more)),
        (less, more, _) if less >= more => {
            format!("Paid requests: met less often{}, elsewhere more", place(less))
        }
        (_, more, _) => format!("Paid requests: met more often{}, elsewhere less", place(more)),
    }
}

fn gap(weeks: &Weeks) -> Option<Gap<'_>> {
    let enough = |channel: usize| weeks.sums(columns_of(channel)[0]).iter().sum::<f64>() >= FEWEST;
    let bought = BOUGHT.into_iter().find(|&channel| enough(channel))?;
    let beside = beside(weeks);
    let pairs = |channel: usize| {
        let [requests, met, _] = columns_of(channel);
        weeks.pairs(met, requests)
    };
    let sides: Vec<_> = pairs(bought).into_iter().zip(pairs(beside)).collect();
    let [requests, met, _] = columns_of(bought);
    Some(Gap {
        name: &weeks.name,
        bought,
        acceptance: weeks.share(met, requests)?,
        gap: difference_of_ratios(&sides, LEVEL)?,
    })
}

/// What paid requests are set beside: introductions free of charge, or cold applications where there are none.
fn beside(weeks: &Weeks) -> usize {
    let [requests, ..] = columns_of(FREE);
    if weeks.sums(requests).iter().sum::<f64>() >= FEWEST { FREE } else { COLD }
}

fn accepted(weeks: &Weeks, channel: usize) -> Option<String> {
    let [requests, met, _] = columns_of(channel);
    let acceptance = weeks.share(met, requests)?;
    Some(format!("{} of {}", share(&acceptance), CHANNELS[channel].words))
}

fn unpaid(all: &[Weeks]) -> String {
    let [weeks] = all else {
        return "Nobody paid to be put before a decision-maker in these scenarios".to_owned();
    };
    let parts: Vec<String> =
        [FREE, COLD].into_iter().filter_map(|channel| accepted(weeks, channel)).collect();
    format!("Nobody paid for a request: decision-makers met on {}", joined(&parts))
}

fn alone(gap: &Gap, all: &[Weeks]) -> String {
    let Some(weeks) = all.iter().find(|weeks| weeks.name == gap.name) else { return String::new() };
    let beside = beside(weeks);
    let mut channels = vec![gap.bought, beside];
    channels.extend((beside != COLD).then_some(COLD));
    let parts: Vec<String> = channels.iter().filter_map(|&channel| accepted(weeks, channel)).collect();
    let pass = |&channel: &usize| {
        let [_, met, passed] = columns_of(channel);
        weeks.share(passed, met).map(|pass| share(&pass))
    };
    let passed: Vec<String> = channels.iter().take(2).filter_map(pass).collect();
    let beginning = match gap.side() {
        std::cmp::Ordering::Equal => "No detectable difference in whom decision-makers meet: they met on",
        _ => "Decision-makers met on",
    };
    let mut text = format!("{beginning} {}", joined(&parts));
    if passed.len() == 2 {
        text.push_str(&format!("; of the people met, {} passed", passed.join(" and ")));
    }
    if gap.acceptance.interval.is_none() {
        text.push_str(" (one market: no interval)");
    }
    text
}

fn together(gaps: &[Gap]) -> String {
    let count = |side: std::cmp::Ordering| gaps.iter().filter(|gap| gap.side() == side).count();
    let (less, same, more) = (
        count(std::cmp::Ordering::Less),
        count(std::cmp::Ordering::Equal),
        count(std::cmp::Ordering::Greater),
    );
    let all = counted(gaps.len(), "scenario");
    let mut clauses = Vec::new();
    if less == 0 && more == 0 {
        clauses.push(format!(
            "In none of {all} could a difference be told between how often paid and free requests were met"
        ));
    } else {
        let (n, word) = if less >= more { (less, "less") } else { (more, "more") };
        clauses.push(format!(
            "Requests that somebody paid for were met {word} often than free ones in {n} of {all}"
        ));
        let mut rest = Vec::new();
        if less > 0 && more > 0 {
            let (n, word) = if less >= more { (more, "more") } else { (less, "less") };
            rest.push(format!("{word} often in {n}"));
        }
        if same > 0 {
            rest.push(format!("no detectable difference in {same}"));
        }
        if !rest.is_empty() {
            clauses[0].push_str(&format!(" ({})", rest.join(", ")));
        }
    }
    let by = |a: &&Gap, b: &&Gap| a.acceptance.value.total_cmp(&b.acceptance.value);
    if let (Some(low), Some(high)) = (gaps.iter().min_by(by), gaps.iter().max_by(by)) {
        clauses.push(format!(
            "from {} in {} to {} in {}",
            share(&low.acceptance),
            quoted(low.name),
            share(&high.acceptance),
            quoted(high.name)
        ));
    }
    let doubt = gaps.iter().all(|gap| gap.gap.interval.is_none());
    format!("{}{}", clauses.join(": "), if doubt { " (one market each: no interval)" } else { "" })
}
