//! Words that all diaries share: money, counts, lists, beliefs against a bar, and why a request was declined.

use crate::ids;
use crate::scenario::Scenario;
use crate::text::{cash, counted, fixed, signed};
use crate::week::diary::{Portrait, Review, Verdict};
use crate::week::tally::Channel;

pub(super) fn cents(cents: i64) -> String {
    cash(crate::world::ledger::dollars(cents))
}

/// A number of sd with its sign.
pub(super) fn sd(x: f64) -> String {
    let text = signed(x, 2);
    if text == "0.00" { "+0.00".to_owned() } else { text }
}

/// "a profit of $3", "a loss of $3".
pub(super) fn result(dollars: f64) -> String {
    if dollars < 0.0 {
        format!("a loss of {}", cash(-dollars.round()))
    } else {
        format!("a profit of {}", cash(dollars.round()))
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
            format!("He has a job at {} a year and looks for another.", cash(p.salary.round()))
        }
        (false, _) => format!("He has a job at {} a year.", cash(p.salary.round())),
    };
    let means = format!(
        "His usual salary is {}, his savings are {}; he meets new contacts {} times as fast as the median worker.",
        cash(p.usual_salary.round()),
        cash(crate::world::ledger::dollars(p.savings_cents).round()),
        fixed(p.networking, 1)
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
                cash(review.value.round())
            )
        }
        Verdict::Unread => {
            let most = counted(scenario.decision_makers.reads as usize, "request");
            format!("it lies unread: she reads {most} a week")
        }
        Verdict::NotWorthIt => not_worth_it(scenario, review),
    }
}

fn not_worth_it(scenario: &Scenario, review: &Review) -> String {
    let short = cash(-review.value.round());
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
    format!("{} {side}", fixed(x.abs(), 2))
}

/// Number of entries for which something holds.
pub(super) fn how_many<T>(all: &[T], holds: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| holds(one)).count()
}

/// A row as the words need it.
pub(super) fn row(index: usize) -> u32 {
    ids::row(index)
}
