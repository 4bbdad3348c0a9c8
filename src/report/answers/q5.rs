//! Q5: a guarantee of a job, or pay for the introductions themselves.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, of_scenarios};
use crate::experiments::contrast::Verdict;
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
const CONTRACTS: [&str; 11] = [
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
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "contracts",
        scenarios: &[
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
        ],
    }];
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
    Some(library.ratio(name, &["shams"], &["shams", "introductions_made"])?.within(0.0, 1.0))
}

/// The share staged where meetings are paid for, and what clients gain there and where a job is.
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
            .estimate(name, "clients_gain")
            .map_or_else(|| "a gain that nobody could measure".to_owned(), |gain| text::signed_percent(&gain))
    };
    let contrast = library.contrast((JOB, "clients_gain"), (MEETINGS, "clients_gain"));
    let (pill, compared) = match phrasing::verdict(contrast.as_ref()) {
        Some(Verdict::Higher) => ("the job", "so the job is the better thing to pay for"),
        Some(Verdict::Lower) => ("the meetings", "so the meetings are the better thing to pay for"),
        Some(Verdict::NoneDetectable) => ("no difference shown per client", "no detectable difference"),
        None => ("cannot be told", "too little to compare"),
    };
    // What he is asked about first: a guarantee, beside pay for the job.
    let promised = library.contrast((JOB, "clients_gain"), (GUARANTEE, "clients_gain"));
    let beside = |than: &str| format!(", and {} under a guarantee, {than} than for the job", gain(GUARANTEE));
    let (pill, guarantee) = match (phrasing::verdict(promised.as_ref()), pill) {
        (Some(Verdict::Higher), "no difference shown per client") => ("not the guarantee", beside("less")),
        (Some(Verdict::Lower), "no difference shown per client") => ("the guarantee", beside("more")),
        _ => (pill, String::new()),
    };
    let standing = if phrasing::verdict(contrast.as_ref()).is_some() || shams(library, MEETINGS).is_some() {
        Standing::Answered
    } else {
        Standing::Open
    };
    (
        standing,
        pill,
        format!(
            "{staged}; their clients’ gain was {} of a year’s salary, against {} where the job is paid for: {compared}{guarantee}.",
            gain(MEETINGS),
            gain(JOB)
        ),
    )
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

fn guarantee(library: &Library) -> Option<String> {
    let back = library.ratio(GUARANTEE, &["refunds_dollars"], &["fees_dollars"])?;
    let gain = library.estimate(GUARANTEE, "clients_gain");
    let outcome = match gain {
        Some(gain) => match phrasing::side(&gain, 0.0) {
            phrasing::Side::Above => format!("clients gained {}", text::signed_percent(&gain)),
            phrasing::Side::Below => format!("clients lost by it, {}", text::signed_percent(&gain)),
            phrasing::Side::Open => {
                format!("no gain or loss of clients can be detected, {}", text::signed_percent(&gain))
            }
        },
        None => "what clients gained could not be measured".to_owned(),
    };
    let contrast = library.contrast((GUARANTEE, "clients_gain"), (JOB, "clients_gain"));
    let beside = match phrasing::verdict(contrast.as_ref()) {
        Some(Verdict::Higher) => ", more than where the job is paid for",
        Some(Verdict::Lower) => ", less than where the job is paid for",
        Some(Verdict::NoneDetectable) => ", no detectable difference from where the job is paid for",
        None => "",
    };
    let by = contrast
        .filter(|_| beside.contains("than"))
        .map_or_else(String::new, |contrast| format!(" by {}", phrasing::points(&contrast)));
    Some(format!(
        "Under a guarantee {} of the fees came back, and {outcome} of a year’s salary{beside}{by}.",
        text::share(&back)
    ))
}

fn sheet(library: &Library) -> Sheet {
    let mean = |name: &str, metric: &str| {
        library.estimate(name, metric).map_or_else(|| "–".to_owned(), |estimate| text::number(&estimate))
    };
    let row = |name: &&str| {
        vec![
            library.short(name),
            library.arm(name).and_then(|arm| arm.scenario.as_ref()).map_or_else(String::new, phrasing::price),
            mean(name, "introductions_made"),
            mean(name, "shams"),
            mean(name, "hires_paid"),
            library
                .estimate(name, "clients_gain")
                .map_or_else(|| "–".to_owned(), |gain| text::signed_percent(&gain)),
        ]
    };
    Sheet {
        caption: "What each contract brings over the whole run, means over replications".to_owned(),
        head: [
            "Scenario",
            "Paid for",
            "Real introductions",
            "Shams",
            "Placements",
            "Clients’ gain, of a year’s salary",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: CONTRACTS.iter().filter(|name| library.arm(name).is_some()).map(row).collect(),
    }
}
