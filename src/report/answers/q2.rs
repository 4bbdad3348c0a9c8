//! Q2: why anybody would meet a person who paid, and who pays.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios};
use crate::experiments::contrast::Verdict;
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict::Verdict as Lasting;
use crate::text;

const ASKED: Asked = Asked {
    id: "q2",
    label: "Q2",
    question: "Why would anybody agree to meet, if all I can say is that this person wrote me a cheque?",
    is_assumed: false,
};

/// The cheque: paid in advance, sent to anybody, and nobody looked at.
const CHEQUE: &str = "cash-upfront";
const KNOWN: &str = "contingency";
const HIDDEN: &str = "contingency-hidden";

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[CHEQUE]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, pill, sentence) = meetings(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(promise(library));
    answer.more.extend(hiding(library));
    answer.more.extend(payers(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![
        Chart {
            part: LIBRARY,
            name: "why-they-would-not-meet",
            scenarios: &["organic", "contingency", "contingency-screened", "cash-upfront"],
        },
        Chart { part: LIBRARY, name: "known-and-hidden", scenarios: &["contingency", "contingency-hidden"] },
        Chart {
            part: LIBRARY,
            name: "who-pays",
            scenarios: &["contingency", "contingency-screened", "cash-upfront", "sports-agent"],
        },
    ];
    answer.rests = format!(
        "All weeks after the opening of {}; shares of requests within the same market, compared replication by \
         replication with a paired interval of 95\u{a0}%. A decision-maker meets where the worth of the meeting, by her \
         own belief about people who come this way, and her courtesy exceed its cost.",
        of_scenarios(study, &[CHEQUE, KNOWN, HIDDEN])
    );
    answer.change = "Sellers who look at applicants before they send them (C1), or decision-makers who are not told that \
                     the request was paid for: both stand in the table."
        .to_owned();
    answer
}

/// What buyers pay in a market and how they are looked at: "$500 up front with nobody screened".
fn terms(library: &Library, market: &str) -> String {
    let scenario = library.arm(market).and_then(|arm| arm.scenario.as_ref());
    scenario.map_or_else(
        || "money in advance".to_owned(),
        |scenario| format!("{} {}", phrasing::price(scenario), phrasing::screen(scenario)),
    )
}

/// How often those who paid are met, beside those who are introduced free and those who write unknown.
fn met(library: &Library, market: &str) -> Option<(String, String)> {
    let share = |metric: Metric| library.estimate(market, metric).map(|e| text::share(&e));
    let others: Vec<String> = [
        (metric!("acceptance_organic"), "introduced free"),
        (metric!("acceptance_cold"), "who wrote unknown to her"),
    ]
    .into_iter()
    .filter_map(|(metric, who)| share(metric).map(|share| format!("{share} of those {who}")))
    .collect();
    let beside =
        if others.is_empty() { String::new() } else { format!(", against {}", text::joined(&others)) };
    share(metric!("acceptance_paid")).map(|paid| (paid, beside))
}

/// A market in a sentence: whether people who paid are met, beside those who did not; whether that is told, and a few words.
struct Told {
    standing: Standing,
    pill: String,
    sentence: String,
}

fn told(library: &Library, market: &'static str) -> Option<Told> {
    let (paid, beside) = met(library, market)?;
    let contrast =
        library.contrast((market, metric!("acceptance_paid")), (market, metric!("acceptance_organic")));
    let cold = library.contrast((market, metric!("acceptance_paid")), (market, metric!("acceptance_cold")));
    let less_than_strangers = phrasing::verdict(cold.as_ref()) == Some(Verdict::Lower);
    let by = |more: &str| {
        contrast
            .as_ref()
            .map_or_else(String::new, |it| format!("{} {more} often than the free", phrasing::points(it)))
    };
    let (pill, lead, tail) = match phrasing::verdict(contrast.as_ref()) {
        Some(Verdict::Lower) if less_than_strangers => {
            ("she meets strangers sooner", "she would sooner meet a stranger", by("less"))
        }
        Some(Verdict::Lower) => {
            ("she would, less readily", "she would, but less readily than people introduced free", by("less"))
        }
        Some(Verdict::Higher) => {
            ("she would, more readily", "she would, and more readily than people introduced free", by("more"))
        }
        Some(Verdict::NoneDetectable) => (
            "she would",
            "she would, as far as can be told",
            "no detectable difference from the free".to_owned(),
        ),
        None => (
            "cannot be told",
            "this run cannot tell",
            "too few replications to compare with the free".to_owned(),
        ),
    };
    let standing = if pill == "cannot be told" { Standing::Open } else { Standing::Answered };
    let paid_alone = library.estimate(market, metric!("acceptance_paid")).map(|it| text::share_alone(&it));
    let pill = match (standing, paid_alone) {
        (Standing::Answered, Some(share)) => format!("{pill}: {share} met"),
        _ => pill.to_owned(),
    };
    let sentence = format!(
        "{lead}: of the people who paid {}, decision-makers met {paid}{beside}; {tail}{}.",
        terms(library, market),
        gone(library, market)
    );
    Some(Told { standing, pill, sentence })
}

/// That few requests stand behind what is told of a market, where it dies.
fn gone(library: &Library, market: &str) -> String {
    let judged = library.judged(market).filter(|judged| judged.verdict == Lasting::Dies);
    judged.map_or_else(String::new, |judged| {
        format!(
            ". That market dies, with {}, so that few requests stand behind it, most of them early",
            phrasing::size(&judged.placements)
        )
    })
}

/// Of those who wrote a cheque, as the question has it.
fn meetings(library: &Library) -> (Standing, String, String) {
    let Some(told) = told(library, CHEQUE) else {
        let text =
            "This run cannot tell: nobody who had paid in advance was sent to a decision-maker.".to_owned();
        return (Standing::Open, "cannot be told".to_owned(), text);
    };
    (told.standing, told.pill, text::capital(&told.sentence))
}

/// The same of those who pay for a job alone: no cheque, but a promise.
fn promise(library: &Library) -> Option<String> {
    let told = told(library, KNOWN)?;
    Some(format!("Where no cheque is written, and a job alone is paid for, {}", told.sentence))
}

/// What hiding the payment does, and who bears it.
fn hiding(library: &Library) -> Option<String> {
    let paid = library.contrast((HIDDEN, metric!("acceptance_paid")), (KNOWN, metric!("acceptance_paid")))?;
    let free = library.contrast(
        (HIDDEN, metric!("acceptance_organic_sellers")),
        (KNOWN, metric!("acceptance_organic_sellers")),
    );
    let part = |contrast: &crate::experiments::contrast::Contrast, of: &str| match contrast.verdict {
        Some(Verdict::Higher) => format!("{of} are met more often, by {}", phrasing::points(contrast)),
        Some(Verdict::Lower) => format!("{of} are met less often, by {}", phrasing::points(contrast)),
        Some(Verdict::NoneDetectable) => format!("{of} are met as often, as far as can be told"),
        None => format!("how often {of} are met cannot be compared"),
    };
    let free = free.map_or_else(String::new, |contrast| {
        format!("; {}", part(&contrast, "those whom the same people introduce free"))
    });
    Some(format!("Where nobody is told who paid, {}{free}.", part(&paid, "requests that were paid for")))
}

/// Who the payers are, beside all seekers.
fn payers(library: &Library) -> Option<String> {
    let kinds = [
        (metric!("clients_ability"), metric!("pool_ability"), "abler", "less able", "ability", "sd"),
        (
            metric!("clients_contacts"),
            metric!("pool_contacts"),
            "better connected",
            "worse connected",
            "contacts",
            "people",
        ),
        (
            metric!("clients_weeks_out"),
            metric!("mean_weeks_out"),
            "longer out of work",
            "less long out of work",
            "time out of work",
            "weeks",
        ),
    ];
    let (mut told, mut untold) = (Vec::new(), Vec::new());
    let contrasts: Vec<_> =
        kinds.iter().map(|&(own, pool, ..)| library.contrast((KNOWN, own), (KNOWN, pool))).collect();
    // Three at once: what luck would call in one of three is not told.
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    for (((.., more, less, what, unit), contrast), is_doubtful) in
        kinds.into_iter().zip(contrasts).zip(doubtful)
    {
        let Some(contrast) = contrast else { continue };
        let (Some(estimate), Some(verdict)) = (contrast.estimate, contrast.verdict) else { continue };
        // A fifth of a standard deviation is a small difference (Cohen 1988).
        let little = if unit == "sd" && estimate.value.abs() < 0.2 { "a little " } else { "" };
        match if is_doubtful { Verdict::NoneDetectable } else { verdict } {
            Verdict::Higher => told.push(format!("{little}{more} (by {} {unit})", text::amount(&estimate))),
            Verdict::Lower => told.push(format!("{little}{less} (by {} {unit})", text::amount(&estimate))),
            Verdict::NoneDetectable => untold.push(format!("{what} ({} {unit})", text::number(&estimate))),
        }
    }
    let untold = match untold.as_slice() {
        [] => None,
        parts => Some(format!("no difference can be detected in their {}", text::joined(parts))),
    };
    match (told.is_empty(), untold) {
        (true, None) => None,
        (true, Some(untold)) => {
            Some(format!("Of those who pay in “{}”, beside all seekers, {untold}.", library.short(KNOWN)))
        }
        (false, untold) => {
            let untold = untold.map_or_else(String::new, |untold| format!("; {untold}"));
            Some(format!(
                "Those who pay in “{}” are, beside all seekers, {}{untold}.",
                library.short(KNOWN),
                text::joined(&told)
            ))
        }
    }
}

fn sheet(library: &Library) -> Sheet {
    let names = [
        CHEQUE,
        KNOWN,
        HIDDEN,
        "contingency-screened",
        "screened-hidden",
        "stranger-referral",
        "stranger-bonus",
    ];
    let share = |name: &str, metric: Metric| library.shown(name, metric, text::share);
    // Strangers pay for forms.
    let bought = |name: &str, [paid, form]: [Metric; 2]| {
        share(name, if name.starts_with("stranger") { form } else { paid })
    };
    Sheet::of_scenarios(
        library,
        "Share of requests that end in a meeting, by who asks; of paid ones also the share that pass the interview",
        &names,
        &[
            ("Paid, met", &|name| bought(name, metric!["acceptance_paid", "acceptance_stranger"])),
            ("Paid, passed of those met", &|name| bought(name, metric!["pass_paid", "pass_stranger"])),
            ("Free, met", &|name| share(name, metric!("acceptance_organic"))),
            ("Unknown, met", &|name| share(name, metric!("acceptance_cold"))),
        ],
    )
}
