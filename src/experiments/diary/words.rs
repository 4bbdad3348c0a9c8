//! Words that all diaries share: money, counts, lists, beliefs against a bar, and why a request was declined.

use crate::ids;
use crate::scenario::Scenario;
use crate::week::diary::{Portrait, Review, Verdict};
use crate::week::tally::Channel;

/// Dollars with commas between thousands: whole ones, or cents where they are told.
#[must_use]
pub fn money(dollars: f64) -> String {
    let whole = (dollars - dollars.round()).abs() < 0.005 || dollars.abs() >= 1_000.0;
    let digits = if whole { format!("{:.0}", dollars.abs()) } else { format!("{:.2}", dollars.abs()) };
    let before = digits.split('.').next().map_or(0, str::len);
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && position < before && (before - position) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    if dollars < 0.0 && !is_zero { format!("−${text}") } else { format!("${text}") }
}

pub(super) fn cents(cents: i64) -> String {
    money(crate::world::ledger::dollars(cents))
}

/// A number of sd with its sign.
pub(super) fn sd(x: f64) -> String {
    let text = format!("{x:+.2}").replace('-', "−");
    if text == "−0.00" { "+0.00".to_owned() } else { text }
}

/// "1 hour", "1.5 hours".
pub(super) fn hours(x: f64) -> String {
    let text = format!("{x:.1}");
    let text = text.trim_end_matches(".0");
    if text == "1" { "1 hour".to_owned() } else { format!("{text} hours") }
}

/// "a profit of $3", "a loss of $3".
pub(super) fn result(dollars: f64) -> String {
    if dollars < 0.0 {
        format!("a loss of {}", money(-dollars.round()))
    } else {
        format!("a profit of {}", money(dollars.round()))
    }
}

/// "1 client", "3 clients".
pub(super) fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// "worker 3", "workers 3 and 5", "workers 3, 5 and 8".
pub(super) fn listed(noun: &str, rows: &[u32]) -> String {
    let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
    match rows.split_last() {
        None => format!("no {noun}"),
        Some((only, [])) => format!("{noun} {only}"),
        Some((last, before)) => format!("{noun}s {} and {last}", before.join(", ")),
    }
}

/// What the diary knows of a person when it begins, in sentences.
#[must_use]
pub fn about(portrait: &Portrait) -> Vec<String> {
    let p = portrait;
    let state = match (p.unemployed, p.weeks_out) {
        (true, 0) => "He is out of work.".to_owned(),
        (true, weeks) => {
            format!("He has been out of work for {}.", counted(weeks as usize, "week"))
        }
        (false, _) if p.looking => {
            format!("He has a job at {} a year and looks for another.", money(p.salary.round()))
        }
        (false, _) => format!("He has a job at {} a year.", money(p.salary.round())),
    };
    let means = format!(
        "His usual salary is {}, his savings are {}; he meets new contacts {:.1} times as fast as the median worker.",
        money(p.usual_salary.round()),
        money(crate::world::ledger::dollars(p.savings_cents).round()),
        p.networking
    );
    let note = format!(
        "(Observer's note, known to nobody in the market: true ability {} sd; he himself feels {} sd.)",
        sd(p.true_ability),
        sd(p.felt_ability)
    );
    vec![state, means, note]
}

/// Why she does not meet on a request, to follow "she declines: ".
pub(super) fn reason(scenario: &Scenario, review: &Review) -> String {
    match review.verdict {
        Verdict::Meets => "she meets him".to_owned(),
        Verdict::MeetsOtherwise => "she meets him on another request".to_owned(),
        Verdict::NoTime => {
            let most = counted(scenario.decision_makers.attention as usize, "meeting");
            format!(
                "a meeting would be worth {}, but others are worth more, and her week has room for {most}",
                money(review.value.round())
            )
        }
        Verdict::NotWorthIt => not_worth_it(scenario, review),
    }
}

fn not_worth_it(scenario: &Scenario, review: &Review) -> String {
    let short = money(-review.value.round());
    let costs = format!("a meeting would cost her {short} more than it brings");
    if !review.vacant && review.with_vacancy >= 0.0 {
        return format!("she has no vacancy, and without one {costs}");
    }
    if review.with_goodwill >= 0.0 {
        return format!("too little goodwill is left on the tie for a favour; {costs}");
    }
    let trust = sd(review.trust);
    let source = match review.channel {
        Channel::Cold | Channel::Lead => format!("her trust in strangers who write is {trust} sd"),
        Channel::Paid if scenario.disclosure.payment_known => {
            format!("her trust in those who pay him is {trust} sd")
        }
        Channel::Organic | Channel::Paid => format!("her trust in the tie is {trust} sd"),
        Channel::Submitted => format!("her trust in those whom he submits is {trust} sd"),
        Channel::Referred | Channel::Stranger => format!("her trust in such forms is {trust} sd"),
    };
    let expected = from_bar(review.expected);
    format!("{source}, with his résumé she expects him {expected}, and {costs}")
}

/// What an interview told her, to follow her name.
pub(super) fn impression(interview: &crate::week::diary::Interview) -> String {
    format!(
        "expected him {}, sees {} and settles on {}",
        from_bar(interview.expected),
        off(interview.shown),
        off(interview.posterior)
    )
}

/// "0.57 sd below her bar".
pub(super) fn from_bar(x: f64) -> String {
    off(x).replace(' ', " sd ") + " her bar"
}

/// "0.57 below", of what was said to be from her bar.
fn off(x: f64) -> String {
    let side = if x < 0.0 { "below" } else { "above" };
    format!("{:.2} {side}", x.abs())
}

/// Number of entries for which something holds.
pub(super) fn how_many<T>(all: &[T], holds: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| holds(one)).count()
}

/// A row as the words need it.
pub(super) fn row(index: usize) -> u32 {
    ids::row(index)
}
