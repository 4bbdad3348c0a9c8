//! A run on one screen: of the two most different markets what happens, in sentences.

use crate::cli::trace::wrapped;
use crate::output::funnel::{Market, Way};
use crate::stats::Estimate;
use crate::text::{counted, dollars, significant};

/// The two most different markets: where sellers place most and where they place fewest, of two alike that in which nobody
/// sells; one alone where there is no other.
pub(super) fn two(markets: &[Market]) -> Vec<&Market> {
    let finished = || markets.iter().filter(|market| market.replications.0 > 0);
    let most = finished().max_by(|a, b| placed(a).total_cmp(&placed(b)).then(a.sells.cmp(&b.sells)));
    let Some(most) = most.or(markets.first()) else { return Vec::new() };
    let others = finished().filter(|market| market.name != most.name);
    let fewest = others.min_by(|a, b| placed(a).total_cmp(&placed(b)).then(a.sells.cmp(&b.sells)));
    std::iter::once(most).chain(fewest).collect()
}

/// Placements by sellers.
fn placed(market: &Market) -> f64 {
    let sold = market.ways.iter().filter(|way| ["paid", "submitted"].contains(&way.channel));
    sold.filter_map(|way| Some(way.counts[HIRED]?.value)).sum()
}

/// Steps of [`crate::output::funnel::STEPS`] by their places.
const ASK: usize = 0;
const ACCEPTED: usize = 1;
const REQUESTS: usize = 4;
const MET: usize = 5;
const HIRED: usize = 8;

/// One market: its name, and a sentence for each way to a job, for the money and for the ties.
pub(super) fn page(market: &Market, width: Option<usize>) -> String {
    let (finished, _) = market.replications;
    let mut lines =
        vec![format!("{}, {} of {} weeks", market.name, counted(finished, "replication"), market.weeks)];
    if finished == 0 {
        lines.push("  No replication finished: there is nothing to explain.".to_owned());
        return lines.join("\n");
    }
    let ways = market.ways.iter().filter_map(way);
    let sentences = ways.chain(money(market)).chain(ties(market));
    lines.extend(sentences.map(|sentence| wrapped(&format!("  {sentence}"), "  ", width)));
    lines.join("\n")
}

/// "Buying from a seller: of 100 who ask 47 are taken on; of 100 requests 25 are met and 4 end in a job; 4.4 hired a week."
fn way(way: &Way) -> Option<String> {
    let hundred = |step: usize, base: usize| {
        let (count, of) = (way.counts[step]?.value, way.counts[base]?.value);
        (of > 0.0).then(|| significant(two_digits(100.0 * count / of)))
    };
    let begin = match way.channel {
        "paid" => "Of 100 who ask a seller",
        "organic" => "Of 100 who ask an introducer for nothing",
        _ => "",
    };
    let taken = hundred(ACCEPTED, ASK).filter(|_| !begin.is_empty());
    let verb = if way.channel == "paid" { "are taken on" } else { "are helped" };
    let met = hundred(MET, REQUESTS)?;
    let through = match way.channel {
        "paid" => "of 100 requests that sellers make",
        "organic" => "of 100 requests made for nothing",
        "cold" => "Of 100 applications of strangers",
        "submitted" => "Of 100 people submitted to employers who pay",
        "referred" => "Of 100 forms of friends",
        _ => "Of 100 forms of strangers who are paid",
    };
    let requests = format!("{through} {met} are met");
    let job = hundred(HIRED, REQUESTS).map_or_else(String::new, |hired| format!(" and {hired} end in a job"));
    let first = taken.map(|taken| format!("{begin} {taken} {verb}; "));
    Some(crate::text::capital(&format!("{}{requests}{job}.", first.unwrap_or_default())))
}

fn two_digits(x: f64) -> f64 {
    if x >= 10.0 { x.round() } else { (10.0 * x).round() / 10.0 }
}

/// What a placement brings a seller, what it goes on, and what is left.
fn money(market: &Market) -> Option<String> {
    if !market.sells {
        return Some("Nobody sells.".to_owned());
    }
    let of = |sign: i8| market.account.iter().filter(move |post| post.sign == sign);
    let fee: f64 = of(1).filter_map(|post| Some(post.per_placement?.value)).sum();
    let left = of(0).find_map(|post| post.per_placement);
    let Some(left) = left else { return Some("Sellers placed nobody.".to_owned()) };
    // What is hardly anything is left to the table.
    let spent = of(-1).filter_map(|post| {
        let spent = post.per_placement?.value;
        (spent > fee / 200.0).then(|| format!("{} on {}", dollars(spent), on(&post.words)))
    });
    let spent: Vec<String> = spent.collect();
    let spent = if spent.is_empty() {
        String::new()
    } else {
        format!(", of which go {}", crate::text::joined(&spent))
    };
    Some(format!("A placement brings its seller {} in fees{spent}. {}", dollars(fee), what_is_left(&left)))
}

/// A post after "on".
fn on(words: &str) -> &str {
    match words {
        "paid back" => "refunds",
        words if words.starts_with("still to be") => "refunds still expected",
        words if words.starts_with("paid to others") => "others, such as actors",
        words if words.starts_with("hours") => "hours at what they are worth elsewhere",
        words if words.starts_with("goodwill") => "spent goodwill",
        words => words,
    }
}

fn what_is_left(left: &Estimate) -> String {
    match left.interval {
        Some((low, _)) if low > 0.0 => format!("{} are left.", dollars(left.value)),
        Some((_, high)) if high < 0.0 => format!("He loses {}.", dollars(-left.value)),
        _ => format!("{} are left, which cannot be told from nothing.", dollars(left.value)),
    }
}

/// How ties fare, by what the tables say of them.
fn ties(market: &Market) -> Option<String> {
    let figure = |part: &str| {
        let found = market.decision_makers.iter().chain(&market.sellers).find(|it| it.words.contains(part));
        Some(found?.estimate?.value)
    };
    let goodwill = figure("goodwill left")?;
    let of = if market.sells { "sellers’ ties" } else { "ties" };
    Some(format!("Goodwill of {of} is {} of 1.", significant((100.0 * goodwill).round() / 100.0)))
}
