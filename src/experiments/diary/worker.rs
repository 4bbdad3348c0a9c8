//! A worker's week in sentences.

use super::Dull;
use super::phrases::{about, cents, impression, reason, sd};
use crate::scenario::{Payer, Scenario};
use crate::text::{cash, counted, hours, numbered, percent_in_cell};
use crate::week::diary::{
    Answer, Decision, End, Entry, Event, Interview, Offer, Review, Screened, Thought, Verdict,
};
use crate::week::tally::Channel;
use crate::world::institutions::FormOf;
use crate::world::ledger::{Cause, Reason};

/// Sentences of one week, and what happened where nothing but letters were written.
pub(super) fn week(scenario: &Scenario, entries: &[Entry]) -> (Vec<String>, Option<Dull>) {
    let is_cold =
        |entry: &&Entry| matches!(entry.what, Event::Request(Review { channel: Channel::Cold, .. }));
    let letters: Vec<&Entry> = entries.iter().filter(is_cold).collect();
    let met = |entry: &&&Entry| matches!(entry.what, Event::Request(Review { verdict: Verdict::Meets, .. }));
    let answered: Vec<u32> = letters.iter().filter(met).map(|e| e.who.decision_maker.0).collect();
    if letters.len() == entries.len() && answered.is_empty() {
        return (Vec::new(), Some(Dull::Written(letters.len())));
    }
    let mut lines = Vec::new();
    let mut written = false;
    for entry in entries {
        if !written && !letters.is_empty() && matches!(entry.what, Event::Request(_)) {
            lines.push(applications(letters.len(), &answered));
            written = true;
        }
        if !is_cold(&entry) {
            lines.extend(sentences(scenario, entry, entries));
        }
    }
    (lines, None)
}

fn applications(n: usize, answered: &[u32]) -> String {
    let to = counted(n, "decision-maker");
    match answered {
        [] if n == 1 => format!("He writes to {to}, who does not answer."),
        [] => format!("He writes to {to}; none answers."),
        [_] => format!("He writes to {to}; {} meets him.", numbered("decision-maker", answered)),
        _ => format!("He writes to {to}; {} meet him.", numbered("decision-maker", answered)),
    }
}

fn sentences(scenario: &Scenario, entry: &Entry, week: &[Entry]) -> Vec<String> {
    let introducer = format!("introducer {}", entry.who.introducer.0);
    let she = format!("decision-maker {}", entry.who.decision_maker.0);
    let one = match entry.what {
        Event::LosesJob if entry.who.decision_maker.is_some() => format!("He loses his job with {she}."),
        Event::LosesJob => "He loses his job.".to_owned(),
        Event::StartsLooking => "He has a job and starts to look for another.".to_owned(),
        Event::StopsLooking => "He stops looking.".to_owned(),
        Event::Leaves => {
            "He leaves the labour force; from here on the diary is that of another person in his place, \
                         who has no job and knows no introducer."
                .to_owned()
        }
        Event::Enters(portrait) => return about(&portrait),
        Event::Knows => format!("He gets to know {introducer}."),
        Event::Asks(answer) => asks(answer, &introducer, &she),
        Event::AsksForForm { form, insider, agrees } => asks_for_form(form, insider, agrees, &she),
        Event::Considers(thought) => considers(scenario, thought, &introducer),
        Event::Screened(screened) => is_screened(screened, &introducer),
        Event::Sham { found_out: false } => {
            format!("I{} stages a meeting for him with an actor; he does not notice.", &introducer[1..])
        }
        Event::Sham { found_out: true } => {
            format!("I{} stages a meeting for him with an actor, and is found out.", &introducer[1..])
        }
        Event::Request(review) => request(scenario, &review, &introducer, &she),
        Event::Interview(interview) => meets(&interview, entry, week, &she),
        Event::Offer(offer) => is_offered(&offer, &she),
        Event::Hired { channel: Channel::Lead, salary, before, .. } => {
            format!(
                "He hears of an outside job and takes it at {} a year{}.",
                cash(salary.round()),
                than(salary, before)
            )
        }
        Event::Hired { salary, before, .. } => {
            format!("He takes the job with {she} at {} a year{}.", cash(salary.round()), than(salary, before))
        }
        Event::Pays { cents: 0, .. } => return Vec::new(),
        Event::Pays { cause, cents: amount } => pays(cause, &cents(amount), &introducer),
        Event::Transfer { reason, cents: amount, insider } => {
            transfer(reason, &cents(amount), insider.unwrap_or_default(), (&introducer, &she))
        }
        Event::LosesRefund { cents: amount } => {
            format!("{} more is due back to him and lost: {introducer} has nothing left.", cents(amount))
        }
        Event::Coached { held_out: true } => {
            "He wants to be coached; the lottery that measures what coaching is worth turns him away."
                .to_owned()
        }
        Event::Coached { held_out: false } => "He is coached.".to_owned(),
        Event::Ends(end) => match ends(end, &introducer) {
            Some(line) => line,
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    vec![one]
}

fn asks(answer: Answer, introducer: &str, she: &str) -> String {
    let answer = match answer {
        Answer::Helps => format!("who introduces him for nothing to {she}"),
        Answer::OwnClient => "who represents him for money and does nothing for him besides".to_owned(),
        Answer::NoWay { blocked: false } => "who knows of no vacancy that fits".to_owned(),
        Answer::NoNews => "who has not heard of the vacancy that would fit".to_owned(),
        Answer::NoWay { blocked: true } => {
            "who cannot help: the way to the only fitting vacancies is blocked".to_owned()
        }
        Answer::NotWorthIt => {
            "who knows of a vacancy and does not help: he fears for his name with her more than thanks are worth"
                .to_owned()
        }
    };
    format!("He asks {introducer}, {answer}.")
}

fn asks_for_form(form: FormOf, insider: u32, agrees: bool, she: &str) -> String {
    let whom = match form {
        FormOf::Friend => format!("his friend, worker {insider}, to hand in a form at {she}"),
        FormOf::Stranger => {
            format!("worker {insider}, whom he does not know, to hand in a form at {she} for money")
        }
    };
    let answer = if agrees { "who does" } else { "who does not think it worth the trouble" };
    format!("He asks {whom}, {answer}.")
}

fn considers(scenario: &Scenario, thought: Thought, introducer: &str) -> String {
    let free = scenario.contract.payer == Payer::Employer;
    match thought {
        Thought::Applies { .. } if free => {
            format!("He asks {introducer}, whom employers pay, to find him a job.")
        }
        Thought::TooDear { .. } if free => {
            format!("He considers asking {introducer}, and sees nothing to gain.")
        }
        Thought::Applies { benefit, price } => format!(
            "He considers buying from {introducer}: he expects {} of it at a price of {}, and applies.",
            cash(benefit.round()),
            cash(price.round())
        ),
        Thought::TooDear { benefit, price } => format!(
            "He considers buying from {introducer} and does not: he expects {} of it at a price of {}.",
            cash(benefit.round()),
            cash(price.round())
        ),
        Thought::CannotPay { due, savings_cents } => format!(
            "He considers buying from {introducer} and cannot: {} may fall due before he has a job, and he has {}.",
            cash(due),
            cents(savings_cents)
        ),
        Thought::TurnedDownBefore => {
            format!("He considers buying from {introducer}, who has turned him down before.")
        }
    }
}

fn is_screened(screened: Screened, introducer: &str) -> String {
    let seen = match screened.belief {
        None => ", sight unseen".to_owned(),
        Some(belief) => {
            format!(" after {} of screening, which put him at {} sd", hours(screened.hours), sd(belief))
        }
    };
    let him = format!("I{}", &introducer[1..]);
    match screened.decision {
        Decision::Signed => format!("{him} takes him on as a client{seen}."),
        Decision::HeldOut => format!(
            "{him} would take him on{seen}; the lottery that measures what being represented is worth turns him away."
        ),
        Decision::TurnedDown => format!("{him} turns him down{seen}."),
        Decision::GivenUp => format!("{him} has found no time to look at him; the application lapses."),
    }
}

fn request(scenario: &Scenario, review: &Review, introducer: &str, she: &str) -> String {
    let way = match review.channel {
        Channel::Organic => format!("I{}'s word reaches {she}", &introducer[1..]),
        Channel::Paid => format!("I{} pitches him, his client, to {she}", &introducer[1..]),
        Channel::Submitted => format!("I{} submits him to {she}, who engaged him", &introducer[1..]),
        Channel::Referred => format!("The form of a friend reaches {she}"),
        Channel::Stranger => format!("The form that he paid for reaches {she}"),
        Channel::Cold | Channel::Lead => format!("He writes to {she}"),
    };
    match review.verdict {
        Verdict::Meets => format!("{way}; she meets him."),
        Verdict::MeetsOtherwise => format!("{way}; {}.", reason(scenario, review)),
        _ => format!("{way}; she declines: {}.", reason(scenario, review)),
    }
}

fn meets(interview: &Interview, entry: &Entry, week: &[Entry], she: &str) -> String {
    let told = format!("D{} {}", &she[1..], impression(interview));
    let her = |other: &Entry| other.who.decision_maker == entry.who.decision_maker;
    let offered = week.iter().any(|other| her(other) && matches!(other.what, Event::Offer(_)));
    match (interview.passed(), interview.vacant, offered) {
        (false, _, _) => format!("{told}: he fails."),
        (true, false, _) => format!("{told}: he passes, but she has no vacancy."),
        (true, true, false) => format!("{told}: he passes, but the job is offered to somebody better."),
        (true, true, true) => format!("{told}: he passes."),
    }
}

fn is_offered(offer: &Offer, she: &str) -> String {
    let told = format!("D{} offers him the job at {} a year", &she[1..], cash(offer.salary.round()));
    if offer.is_taken() {
        format!("{told}.")
    } else if offer.outbid && offer.salary >= offer.lowest {
        format!("{told}; he has a better offer.")
    } else {
        format!("{told}; he declines, as he accepts nothing below {}.", cash(offer.lowest.round()))
    }
}

fn than(salary: f64, before: f64) -> String {
    let change = salary / before - 1.0;
    if change.abs() < 0.005 {
        return ", as much as before".to_owned();
    }
    let side = if change > 0.0 { "more" } else { "less" };
    format!(", {} {side} than before", percent_in_cell(change.abs(), 0))
}

fn pays(cause: Cause, amount: &str, introducer: &str) -> String {
    match cause {
        Cause::Upfront => format!("He pays {amount} up front to {introducer}."),
        Cause::Introduction => format!("He pays {amount} to {introducer} for an introduction."),
        Cause::Retainer => format!("He pays {amount} to {introducer} for the week."),
        Cause::Placement => format!("He pays {amount} to {introducer} for the job."),
        Cause::Refund => format!("I{} pays him back {amount} under the guarantee.", &introducer[1..]),
    }
}

fn transfer(reason: Reason, amount: &str, insider: u32, (introducer, she): (&str, &str)) -> String {
    match reason {
        Reason::Form => format!("He pays {amount} to worker {insider} for the form."),
        Reason::Coaching => format!("He pays {amount} to be coached."),
        Reason::Fee => format!("The firm of {she} pays {amount} to {introducer} for him."),
        Reason::Bonus => format!("The firm of {she} pays worker {insider} a bonus of {amount} for him."),
    }
}

fn ends(end: End, introducer: &str) -> Option<String> {
    let why = match end {
        End::Placed => "he is placed",
        End::Exposed => "a sham was found out",
        End::OutOfMoney => "he cannot pay what is due",
        End::SearchOver => "his search is over without him",
        // A person who has left is not the one whose diary goes on.
        End::Gone => return None,
        End::Expired => "the agreed weeks are over",
        End::SellerStopped => "the seller gives up selling",
    };
    Some(format!("I{} no longer represents him: {why}.", &introducer[1..]))
}
