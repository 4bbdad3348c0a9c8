//! An introducer's week in sentences: those he helps, those he sells to, and what it does to his ties.

use super::Dull;
use super::phrases::{cents, how_many, impression, reason, result, sd};
use crate::scenario::Scenario;
use crate::text::{capital, cash, counted, fixed, hours, numbered};
use crate::week::diary::{
    Answer, Begins, Books, Decision, End, Entry, Event, Review, Screened, Stops, Thought, Verdict,
};
use crate::week::tally::Channel;
use crate::world::ledger::{Cause, Reason, dollars};

/// Sentences of one week, and what happened where he worked for nothing.
pub(super) fn week(scenario: &Scenario, entries: &[Entry]) -> (Vec<String>, Option<Dull>) {
    if let [Entry { what: Event::Books(books), .. }] = entries {
        let idle = books.fees + books.refunds + books.costs <= 0.0;
        if idle && books.hours <= 0.0 {
            return (Vec::new(), None);
        }
        if idle {
            return (Vec::new(), Some(Dull::Kept(books.hours, books.profit)));
        }
    }
    let mut lines = asked(entries);
    lines.extend(applications(entries));
    lines.extend(clients(entries));
    lines.extend(entries.iter().filter_map(|entry| request(scenario, entry)));
    lines.extend(shams(entries));
    lines.extend(entries.iter().filter_map(outcome));
    lines.extend(takings(entries));
    lines.extend(endings(entries));
    lines.extend(entries.iter().filter_map(tie));
    lines.extend(entries.iter().filter_map(|entry| match &entry.what {
        Event::Books(books) if books.hours + books.fees + books.refunds > 0.0 => Some(account(books)),
        _ => None,
    }));
    lines.extend(entries.iter().filter_map(|entry| match entry.what {
        Event::StopsSelling(why) => Some(stops(why).to_owned()),
        Event::BeginsSelling(how) => Some(begins(how)),
        _ => None,
    }));
    (lines, None)
}

fn workers(entries: &[Entry], is: impl Fn(&Event) -> bool) -> Vec<u32> {
    entries.iter().filter(|entry| is(&entry.what)).map(|entry| entry.who.worker.0).collect()
}

/// Those who ask for nothing in return, and get nothing: those whom he helps have lines of their own.
fn asked(entries: &[Entry]) -> Vec<String> {
    let mut lines = Vec::new();
    let refused = |answer| workers(entries, |what| *what == Event::Asks(answer));
    let cases = [
        (Answer::NoWay { blocked: false }, "he knows of no vacancy that fits"),
        (Answer::NoNews, "he has not heard of the vacancy that would fit"),
        (Answer::NoWay { blocked: true }, "the ways to the vacancies that fit are blocked"),
        (Answer::NotWorthIt, "he fears for his name"),
        (Answer::OwnClient, "clients are not helped for nothing"),
    ];
    for (answer, why) in cases {
        let who = refused(answer);
        if !who.is_empty() {
            let verb = if who.len() == 1 { "asks" } else { "ask" };
            lines.push(format!("{} {verb} in vain: {why}.", capital(&numbered("worker", &who))));
        }
    }
    lines
}

fn applications(entries: &[Entry]) -> Vec<String> {
    let applied = workers(entries, |what| matches!(what, Event::Considers(Thought::Applies { .. })));
    let thought =
        workers(entries, |what| matches!(what, Event::Considers(t) if !matches!(t, Thought::Applies { .. })));
    let mut lines = Vec::new();
    if !applied.is_empty() {
        let verb = if applied.len() == 1 { "wants" } else { "want" };
        lines.push(format!("{} {verb} to buy from him.", capital(&numbered("worker", &applied))));
    }
    if !thought.is_empty() {
        let verb = if thought.len() == 1 { "considers" } else { "consider" };
        lines.push(format!(
            "{} {verb} it and do{} not.",
            capital(&numbered("worker", &thought)),
            if thought.len() == 1 { "es" } else { "" }
        ));
    }
    lines
}

/// Whom he takes on, and whom not.
fn clients(entries: &[Entry]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries {
        let Event::Screened(Screened { decision, hours: spent, belief }) = entry.what else { continue };
        let worker = entry.who.worker.0;
        let seen = belief.map_or_else(
            || ", sight unseen".to_owned(),
            |belief| format!(" after {} of screening, which put him at {} sd", hours(spent), sd(belief)),
        );
        lines.push(match decision {
            Decision::Signed => format!("He takes on worker {worker} as a client{seen}."),
            Decision::HeldOut => {
                format!("He would take on worker {worker}{seen}; the lottery turns him away.")
            }
            Decision::TurnedDown => format!("He turns down worker {worker}{seen}."),
            Decision::GivenUp => format!("Worker {worker} has waited for him in vain."),
        });
    }
    lines
}

fn request(scenario: &Scenario, entry: &Entry) -> Option<String> {
    let (worker, she) = (entry.who.worker.0, entry.who.decision_maker.0);
    match &entry.what {
        Event::Engages => Some(format!("Decision-maker {she} engages him to fill her vacancy.")),
        Event::Request(review) => {
            let way = match review.channel {
                Channel::Paid => format!("He pitches worker {worker}, a client, to decision-maker {she}"),
                Channel::Submitted => format!("He submits worker {worker} to decision-maker {she}"),
                _ => format!("Worker {worker} asks; he introduces him for nothing to decision-maker {she}"),
            };
            Some(answered(scenario, &way, review))
        }
        _ => None,
    }
}

fn answered(scenario: &Scenario, way: &str, review: &Review) -> String {
    match review.verdict {
        Verdict::Meets => format!("{way}; she meets him."),
        Verdict::MeetsOtherwise => format!("{way}; {}.", reason(scenario, review)),
        _ => format!("{way}; she declines: {}.", reason(scenario, review)),
    }
}

fn shams(entries: &[Entry]) -> Option<String> {
    let staged = how_many(entries, |entry| matches!(entry.what, Event::Sham { .. }));
    let found = how_many(entries, |entry| matches!(entry.what, Event::Sham { found_out: true }));
    let told = format!("He stages {} with an actor", counted(staged, "meeting"));
    match (staged, found) {
        (0, _) => None,
        (_, 0) => Some(format!("{told}.")),
        (_, n) => Some(format!("{told}; {n} of them {} found out.", if n == 1 { "is" } else { "are" })),
    }
}

/// How those whom he sent fare.
fn outcome(entry: &Entry) -> Option<String> {
    let (worker, she) = (entry.who.worker.0, entry.who.decision_maker.0);
    match &entry.what {
        Event::Interview(interview) => {
            let verdict = if interview.passed() { "passes" } else { "fails" };
            Some(format!(
                "Worker {worker} {verdict} with decision-maker {she}: she {}.",
                impression(interview)
            ))
        }
        Event::Offer(offer) if !offer.is_taken() => {
            Some(format!("Worker {worker} declines her offer of {} a year.", cash(offer.salary.round())))
        }
        Event::Hired { salary, .. } => Some(format!(
            "Worker {worker} takes the job with decision-maker {she} at {} a year.",
            cash(salary.round())
        )),
        _ => None,
    }
}

/// Money from clients by cause, from employers, and back.
fn takings(entries: &[Entry]) -> Vec<String> {
    let causes = [
        (Cause::Upfront, "up front"),
        (Cause::Introduction, "for introductions"),
        (Cause::Retainer, "for the week"),
        (Cause::Placement, "for jobs"),
    ];
    let sum = |of: Cause| {
        let amounts = entries.iter().filter_map(|entry| match entry.what {
            Event::Pays { cause, cents } if cause == of => Some(cents),
            _ => None,
        });
        amounts.sum::<i64>()
    };
    let paid = causes.iter().map(|&(cause, words)| (sum(cause), words)).filter(|&(amount, _)| amount > 0);
    let mut lines: Vec<String> =
        paid.map(|(amount, words)| format!("Clients pay him {} {words}.", cents(amount))).collect();
    for entry in entries {
        let worker = entry.who.worker.0;
        match entry.what {
            Event::Pays { cause: Cause::Refund, cents: amount } => {
                lines.push(format!("He pays {} back to worker {worker} under the guarantee.", cents(amount)));
            }
            Event::LosesRefund { cents: amount } => {
                lines.push(format!("He owes worker {worker} {} more and has nothing left.", cents(amount)))
            }
            Event::Transfer { reason: Reason::Fee, cents: amount, .. } => {
                let firm = entry.who.decision_maker.0;
                lines.push(format!("The firm of decision-maker {firm} pays him {}.", cash(dollars(amount))));
            }
            _ => {}
        }
    }
    lines
}

fn endings(entries: &[Entry]) -> Vec<String> {
    let cases = [
        (End::Placed, "placed"),
        (End::Exposed, "a sham was found out"),
        (End::OutOfMoney, "no money left"),
        (End::SearchOver, "the search ended without him"),
        (End::Gone, "gone from the labour force"),
        (End::Expired, "the agreed weeks are over"),
        (End::SellerStopped, "he stops selling"),
    ];
    let ended = |end| workers(entries, |what| *what == Event::Ends(end));
    let told = cases.iter().map(|&(end, why)| (ended(end), why)).filter(|(who, _)| !who.is_empty());
    told.map(|(who, why)| format!("He no longer represents {}: {why}.", numbered("worker", &who))).collect()
}

fn tie(entry: &Entry) -> Option<String> {
    let she = entry.who.decision_maker.0;
    match entry.what {
        Event::Blocks { goodwill } => {
            Some(format!("Decision-maker {she} blocks him: goodwill is down to {}.", fixed(goodwill, 2)))
        }
        Event::Reopens { rebuilt: true } => Some(format!("He wins decision-maker {she} back.")),
        Event::Reopens { rebuilt: false } => Some(format!("Decision-maker {she} forgives him.")),
        Event::Hears { teller, passed } => {
            let how = if passed { "did well" } else { "failed" };
            let told =
                format!("Decision-maker {} tells decision-maker {she} that his client {how}", teller.0);
            Some(format!("{told}; he does not know of it."))
        }
        Event::Bombarded { requests } => Some(format!(
            "{} are sent through his tie with decision-maker {she}.",
            counted(requests as usize, "stranger")
        )),
        _ => None,
    }
}

fn stops(why: Stops) -> &'static str {
    match why {
        Stops::ExpectsLoss => "He expects to lose by going on, and stops selling.",
        Stops::PurseEmpty => "He has lost as much as he can, and stops selling.",
    }
}

fn begins(how: Begins) -> String {
    let why = if how.tries { "He tries it" } else { "He expects to gain by it" };
    format!("{why}, and {}.", if how.again { "sells again" } else { "begins to sell" })
}

fn account(books: &Books) -> String {
    let mut parts = vec![format!("{} and {} open", hours(books.hours), hours(books.open_hours))];
    for (amount, words) in
        [(books.fees, "of fees"), (books.refunds, "of refunds"), (books.costs, "of other costs")]
    {
        if amount > 0.0 {
            parts.push(format!("{} {words}", cash(amount.round())));
        }
    }
    let burnt = books.social_capital.round();
    if burnt.abs() >= 1.0 {
        let words = if burnt > 0.0 { "of goodwill spent" } else { "of goodwill regained" };
        parts.push(format!("{} {words}", cash(burnt.abs())));
    }
    let expects = if books.expects < 0.0 { "lose" } else { "gain" };
    format!(
        "His week: {}; as he counts it {}. He expects to {expects} {} a week by selling.",
        parts.join(", "),
        result(books.profit),
        cash(books.expects.abs().round())
    )
}
