//! Q5: a guarantee of a job, or pay for the introductions themselves.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, of_scenarios};
use crate::experiments::contrast::{Contrast, Verdict};
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
    answer.more.extend(workers(library));
    answer.more.extend(guarantee(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart { part: LIBRARY, name: "contracts", scenarios: DRAWN }];
    answer.rests = format!(
        "The same labour market under each contract: {}.{}{} A sham is an introduction staged with an actor, which a seller chooses \
         where it pays him more than a real one by more than his integrity. The clients’ gain is that of a lottery inside \
         the market: income of a year less fees, of those represented less that of accepted applicants turned away by drawing lots, \
         in years of the usual salary, pooled and clustered by replication.",
        of_scenarios(study, &[MEETINGS, JOB, GUARANTEE]),
        offered(library).unwrap_or_default(),
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

/// The shares staged in the other markets in which meetings are paid for, those more often found out first.
fn staged_elsewhere(library: &Library) -> Vec<(&'static str, Estimate)> {
    let others = ["actors-policed", "per-introduction"].into_iter();
    others.filter_map(|name| Some((name, shams(library, name)?))).collect()
}

/// How shams are found out, and for how long a client is represented, since what is still due is at stake.
fn policing(library: &Library, name: &str) -> String {
    let scenario = library.arm(name).and_then(|arm| arm.scenario.as_ref());
    scenario.map_or_else(String::new, |scenario| {
        format!(
            "where {} of shams are found out and clients stay {} (“{}”)",
            text::percent(scenario.sham.found_out),
            text::counted(scenario.sellers.representation as usize, "week"),
            library.short(name)
        )
    })
}

/// The share staged where meetings are paid for, and what clients gain there, under a guarantee and where a job is paid for;
/// ranked if nothing shows that they are unlike people.
fn sentence(library: &Library) -> (Standing, String, String) {
    let share = shams(library, MEETINGS);
    let elsewhere = staged_elsewhere(library);
    let staged = match share {
        Some(share) if share.value > 0.0 => {
            let beside: Vec<String> = elsewhere
                .iter()
                .map(|(name, share)| format!("{} {}", text::share(share), policing(library, name)))
                .collect();
            let beside =
                if beside.is_empty() { String::new() } else { format!(", but {}", text::joined(&beside)) };
            format!(
                "Paid by the meeting, sellers staged {} of what they sold with actors {}{beside}",
                text::share(&share),
                policing(library, MEETINGS)
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
    let gains = format!(
        "their clients’ gain was {} of a year’s salary, against {} under a guarantee and {} where the job itself is paid for",
        gain(MEETINGS),
        gain(GUARANTEE),
        gain(JOB)
    );
    let (pill, ranks, is_told) = match unlike_people(library) {
        Some(how) => {
            let pill = share.filter(|share| share.value > 0.0).map_or_else(
                || "unlike people, not ranked".to_owned(),
                |share| match elsewhere.first() {
                    Some((_, policed)) if policed.value < share.value => {
                        let [loose, tight] = [share, *policed].map(|share| text::share_alone(&share));
                        format!("{loose} staged, {tight} if policed")
                    }
                    _ => format!("{} staged, if paid by meeting", text::share_alone(&share)),
                },
            );
            (pill, format!("of unlike people, {how}, so that these gains rank no contract"), true)
        }
        None => ranked(library),
    };
    let is_told = is_told || share.is_some();
    let standing = if is_told { Standing::Answered } else { Standing::Open };
    (standing, pill, format!("{staged}; {gains}: {ranks}."))
}

/// By what those who buy are shown to differ from one contract to another, in the order of meetings, guarantee and job; `None`
/// where no difference is shown.
fn unlike_people(library: &Library) -> Option<String> {
    let kinds = [
        (metric!("clients_weeks_out"), "who had been out of work for", "weeks"),
        (metric!("clients_contacts"), "who knew", "people who introduce"),
        (metric!("clients_ability"), "whose ability was", "sd from the mean"),
    ];
    let pairs = [(MEETINGS, GUARANTEE), (JOB, MEETINGS), (JOB, GUARANTEE)];
    let all = kinds.iter().flat_map(|&(metric, ..)| pairs.map(|(one, other)| (metric, one, other)));
    let contrasts: Vec<_> =
        all.map(|(metric, one, other)| library.contrast((one, metric), (other, metric))).collect();
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    let is_shown = |(contrast, is_doubtful): (&Option<Contrast>, &bool)| {
        let verdict = phrasing::verdict(contrast.as_ref());
        matches!(verdict, Some(Verdict::Higher | Verdict::Lower)) && !is_doubtful
    };
    let shown: Vec<bool> = contrasts.iter().zip(&doubtful).map(is_shown).collect();
    let (kind, _) = kinds.iter().zip(shown.chunks(pairs.len())).find(|(_, shown)| shown.contains(&true))?;
    let means = [MEETINGS, GUARANTEE, JOB].map(|name| library.shown(name, kind.0, text::number));
    Some(format!("{} {}, {} and {} {}", kind.1, means[0], means[1], means[2], kind.2))
}

/// Which of the contracts clients gain most by: a few words, the same at length, and whether that is told.
fn ranked(library: &Library) -> (String, String, bool) {
    let [between, job_or_meetings, job_or_guarantee] =
        verdicts(library, CLIENTS_GAIN, [(MEETINGS, GUARANTEE), (JOB, MEETINGS), (JOB, GUARANTEE)]);
    let compared = match between {
        Some(Verdict::Higher) => "of the two the introductions are the better thing to pay for",
        Some(Verdict::Lower) => "of the two the guarantee is the better thing to pay for",
        Some(Verdict::NoneDetectable) => "no detectable difference between the two",
        None => "too little to compare the two",
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
    let size = library
        .contrast((MEETINGS, CLIENTS_GAIN), (GUARANTEE, CLIENTS_GAIN))
        .and_then(|contrast| contrast.estimate)
        .map_or_else(String::new, |gain| {
            format!(" (meetings less guarantee {})", text::signed_percent(&gain))
        });
    let ranks = format!("{compared}{size}; the job is {}", beside(job_or_meetings, job_or_guarantee));
    (pill.to_owned(), ranks, between.is_some() || job_or_meetings.is_some())
}

/// What clients gain, and what a worker has, client or not.
const CLIENTS_GAIN: Metric = metric!("clients_gain");
const WORKERS: Metric = metric!("welfare_workers");

/// What can be said of an outcome in pairs of markets, all judged together.
fn verdicts<const N: usize>(
    library: &Library,
    metric: Metric,
    pairs: [(&str, &str); N],
) -> [Option<Verdict>; N] {
    let contrasts = pairs.map(|(one, other)| library.contrast((one, metric), (other, metric)));
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
        Some(Verdict::Higher) => format!("better than {what}"),
        Some(Verdict::Lower) => format!("worse than {what}"),
        Some(Verdict::NoneDetectable) => format!("not detectably other than {what}"),
        None => format!("too little known to compare with {what}"),
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

/// The same workers under each contract, clients or not: which of them leaves them better off.
fn workers(library: &Library) -> Option<String> {
    let pairs = [(MEETINGS, GUARANTEE), (MEETINGS, JOB), (GUARANTEE, JOB)];
    let called = verdicts(library, WORKERS, pairs);
    let names = [
        ("meetings are paid for", "under a guarantee"),
        ("meetings are paid for", "where a job is"),
        ("a guarantee is sold", "where a job is paid for"),
    ];
    let part = |(place, verdict): (usize, Option<Verdict>)| {
        let ((one, other), (here, there)) = (pairs[place], names[place]);
        let change = library.contrast((one, WORKERS), (other, WORKERS))?.estimate?;
        Some(match verdict? {
            Verdict::Higher => format!("{} more where {here} than {there}", text::dollars_between(&change)),
            Verdict::Lower => {
                format!("{} less where {here} than {there}", text::dollars_between(&change.scaled(-1.0)))
            }
            Verdict::NoneDetectable => {
                let contrast = library.contrast((one, WORKERS), (other, WORKERS));
                let least = contrast.as_ref().and_then(phrasing::least);
                let least = least.map_or_else(String::new, |least| {
                    format!("; {} or more would have shown in four studies of five", text::dollars(least))
                });
                format!(
                    "not detectably more or less where {here} than {there} ({}{least})",
                    text::dollars_between(&change)
                )
            }
        })
    };
    let parts: Vec<String> = called.into_iter().enumerate().filter_map(part).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "All workers together, clients or not, are the same people under each contract: a year of one of them is worth {}.",
            text::joined(&parts)
        )
    })
}

/// What came back under a guarantee.
fn guarantee(library: &Library) -> Option<String> {
    let back = library.ratio(GUARANTEE, &[metric!("refunds_dollars")], &[metric!("fees_dollars")])?;
    Some(format!("Under a guarantee {} of the fees came back.", text::share(&back)))
}

/// To whom the contracts that are compared are offered.
fn offered(library: &Library) -> Option<String> {
    let screen = |name: &str| Some(phrasing::screen(library.arm(name)?.scenario.as_ref()?));
    let all: Vec<String> = [MEETINGS, JOB, GUARANTEE].into_iter().filter_map(screen).collect();
    let first = all.first()?;
    all.iter().all(|other| other == first).then(|| {
        format!(
            " Each is offered to whoever asks and can pay, {first}; sellers accept whom it pays to take under it, and seekers \
             buy what they expect to gain by, so that clients may differ from contract to contract."
        )
    })
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
