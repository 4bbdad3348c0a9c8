//! Q5: a guarantee of a job, or pay for the introductions themselves.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, of_scenarios};
use crate::experiments::contrast::Verdict;
use crate::experiments::outcomes::{Metric, metric};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "q5",
    label: "Q5",
    question: "Do you want a guarantee of a job, or do you pay for the introductions themselves? Then I could rent an office \
               and hire actors.",
    is_assumed: false,
};

/// Paid by the meeting, hardly policed; paid for a job; paid in advance with a promise to pay back.
const MEETINGS: &str = "actors";
const JOB: &str = "contingency";
const GUARANTEE: &str = "guarantee";
const CONTRACTS: &[&str] = &[
    "contingency",
    "success-fee",
    "guarantee",
    "programme",
    "cash-upfront",
    "per-introduction",
    "actors",
    "actors-policed",
    "retainer",
    "reverse-recruiting",
    "cash-rational",
];
/// Those of the chart: the last has the contract of another.
const DRAWN: &[&str] = CONTRACTS.split_at(10).0;

pub(super) fn answer(study: &Study) -> Answer {
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    if let Some(answer) = super::missing(study, ASKED, &[MEETINGS, JOB]) {
        return answer;
    }
    let (standing, pill, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(policed(library));
    answer.more.extend(guarantee(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart { part: LIBRARY, name: "contracts", scenarios: DRAWN }];
    answer.rests = format!(
        "The same labour market under each contract: {}.{} A sham is an introduction staged with an actor, which a seller chooses \
         where it pays him more than a real one by more than his integrity. The clients’ gain is that of a lottery inside \
         the market: income of a year less fees, of those represented less that of accepted applicants turned away by lot, \
         in years of the usual salary, pooled and clustered by replication.",
        of_scenarios(study, &[MEETINGS, JOB, GUARANTEE]),
        unlike(library).unwrap_or_default()
    );
    answer.change = "How often an actor is found out and how long a client is represented, since what is still due is at \
                     stake: scenarios “per-introduction”, “actors” and “actors-policed” of the library differ in these alone."
        .to_owned();
    answer
}

/// What differs beside the contract: how long a client is represented, and at whom he is aimed.
fn unlike(library: &Library) -> Option<String> {
    let sellers = |name: &str| Some(&library.arm(name)?.scenario.as_ref()?.sellers);
    let base = sellers(JOB)?;
    let mut parts = Vec::new();
    for name in CONTRACTS {
        let Some(own) = sellers(name) else { continue };
        if own.representation != base.representation {
            let weeks = text::counted(own.representation as usize, "week");
            parts.push(format!("“{}” represents a client for {weeks}", library.short(name)));
        }
        if own.targeting != base.targeting {
            parts.push(format!("“{}” aims in another way (sellers.targeting)", library.short(name)));
        }
    }
    let weeks = text::counted(base.representation as usize, "week");
    (!parts.is_empty()).then(|| {
        format!(" Beside the contract, {}; “{}” does for {weeks}.", text::joined(&parts), library.short(JOB))
    })
}

fn shams(library: &Library, name: &str) -> Option<Estimate> {
    Some(
        library
            .ratio(name, &[metric!("shams")], &[metric!("shams"), metric!("introductions_made")])?
            .within(0.0, 1.0),
    )
}

/// The share staged where meetings are paid for, what clients gain there and under a guarantee, and what where a job is paid
/// for.
fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let staged = match shams(library, MEETINGS) {
        Some(share) if share.value > 0.0 => {
            format!(
                "Paid by the meeting, sellers staged {} of what they sold with actors",
                text::share(&share)
            )
        }
        Some(_) => "Paid by the meeting, sellers staged none of what they sold with actors".to_owned(),
        None => "Paid by the meeting, sellers sold no introduction, real or staged".to_owned(),
    };
    let gain = |name: &str| {
        library
            .estimate(name, metric!("clients_gain"))
            .map_or_else(|| "a gain that nobody could measure".to_owned(), |gain| text::signed_percent(&gain))
    };
    let [between, job_or_meetings, job_or_guarantee] =
        verdicts(library, [(MEETINGS, GUARANTEE), (JOB, MEETINGS), (JOB, GUARANTEE)]);
    let compared = match between {
        Some(Verdict::Higher) => "so of the two the introductions are the better thing to pay for",
        Some(Verdict::Lower) => "so of the two the guarantee is the better thing to pay for",
        Some(Verdict::NoneDetectable) => "no detectable difference",
        None => "too little to compare",
    };
    let is_more = |verdict: Option<Verdict>| verdict == Some(Verdict::Higher);
    let pill = match between {
        Some(Verdict::Higher) => "the introductions",
        Some(Verdict::Lower) => "the guarantee",
        _ => match (is_more(job_or_meetings), is_more(job_or_guarantee)) {
            (true, true) => "neither: the job",
            (true, false) => "the job before introductions",
            (false, true) => "the job before a guarantee",
            (false, false) if between.is_some() => "no difference shown per client",
            (false, false) => "cannot be told",
        },
    };
    let is_told = between.is_some() || job_or_meetings.is_some() || shams(library, MEETINGS).is_some();
    (
        if is_told { Standing::Answered } else { Standing::Open },
        pill,
        format!(
            "{staged}; their clients’ gain was {} of a year’s salary, against {} under a guarantee: {compared}; where the job \
             itself is paid for it was {}, {}.",
            gain(MEETINGS),
            gain(GUARANTEE),
            gain(JOB),
            beside(job_or_meetings, job_or_guarantee)
        ),
    )
}

/// What can be said of clients' gains in pairs of markets, all judged together.
fn verdicts<const N: usize>(library: &Library, pairs: [(&str, &str); N]) -> [Option<Verdict>; N] {
    let contrasts = pairs.map(|(one, other)| {
        library.contrast((one, metric!("clients_gain")), (other, metric!("clients_gain")))
    });
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    let mut doubtful = doubtful.into_iter();
    contrasts.map(|contrast| {
        let is_doubtful = doubtful.next().unwrap_or(false);
        let verdict = phrasing::verdict(contrast.as_ref())?;
        Some(if is_doubtful { Verdict::NoneDetectable } else { verdict })
    })
}

/// How the gain of those who pay for a job lies beside that of those who pay by the meeting and under a guarantee.
fn beside(meetings: Option<Verdict>, guarantee: Option<Verdict>) -> String {
    let than = |verdict: Option<Verdict>, what: &str| match verdict {
        Some(Verdict::Higher) => format!("more than {what}"),
        Some(Verdict::Lower) => format!("less than {what}"),
        Some(Verdict::NoneDetectable) => format!("no detectable difference from {what}"),
        None => format!("too little to compare with {what}"),
    };
    if meetings == guarantee {
        than(meetings, "either")
    } else {
        format!(
            "{} the meetings and {} the guarantee",
            than(meetings, "").trim_end(),
            than(guarantee, "").trim_end()
        )
    }
}

fn policed(library: &Library) -> Option<String> {
    let share = shams(library, "actors-policed")?;
    let found = |name: &str| Some(library.arm(name)?.scenario.as_ref()?.sham.found_out);
    let (few, many) = (found(MEETINGS)?, found("actors-policed")?);
    Some(format!(
        "With {} of them found out instead of {}, {} were staged.",
        text::percent(many),
        text::percent(few),
        text::share(&share)
    ))
}

/// What came back under a guarantee, and by how much those who pay for a job do better or worse.
fn guarantee(library: &Library) -> Option<String> {
    let back = library.ratio(GUARANTEE, &[metric!("refunds_dollars")], &[metric!("fees_dollars")])?;
    let contrast = library.contrast((GUARANTEE, metric!("clients_gain")), (JOB, metric!("clients_gain")));
    let by = contrast.and_then(|contrast| contrast.estimate).map_or_else(String::new, |change| {
        format!(
            "; clients’ gain was {} of a year’s salary beside that where the job is paid for",
            text::signed_percent(&change)
        )
    });
    Some(format!("Under a guarantee {} of the fees came back{by}.", text::share(&back)))
}

fn sheet(library: &Library) -> Sheet {
    let mean = |name: &str, metric: Metric| library.shown(name, metric, text::number);
    let price = |name: &str| {
        library.arm(name).and_then(|arm| arm.scenario.as_ref()).map_or_else(String::new, phrasing::price)
    };
    let gain = |name: &str| library.shown(name, metric!("clients_gain"), text::signed_percent);
    Sheet::of_scenarios(
        library,
        "What each contract brings over the whole run, means over replications",
        CONTRACTS,
        &[
            ("Paid for", &price),
            ("Real introductions", &|name| mean(name, metric!("introductions_made"))),
            ("Shams", &|name| mean(name, metric!("shams"))),
            ("Placements", &|name| mean(name, metric!("hires_paid"))),
            ("Clients’ gain, of a year’s salary", &gain),
        ],
    )
}
