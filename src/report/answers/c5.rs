//! C5: recruiters find people for companies, not the other way around.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Sheet, Standing, missing, of_scenarios};
use crate::experiments::contrast::Verdict;
use crate::experiments::outcomes::{Metric, metric};
use crate::scenario::Among;
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c5",
    label: "C5",
    question: "Recruiters find people for companies, not the other way around.",
    is_assumed: false,
};

/// Paid by employers, and paid by seekers.
const EMPLOYERS: &str = "headhunter";
const SEEKERS: &str = "contingency-screened";

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[EMPLOYERS, SEEKERS]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, pill, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(built_in(library));
    answer.more.extend(placed(library));
    answer.sheet = Some(sheet(library));
    let ran: Vec<&str> = PAID_BY_EMPLOYERS.into_iter().filter(|name| library.arm(name).is_some()).collect();
    answer.rests = format!(
        "The same introducers in the same labour market, paid by employers or by seekers: {}. On both sides \
         all searches begun in the last two years are counted. The claim holds where this is shown of every market in which \
         employers pay.",
        of_scenarios(study, &[&ran[..], &[SEEKERS]].concat())
    );
    let own = "An introducer who searches only among those who ask him (scenario “staffing-agency” of the library), or a seat that \
               stays open for weeks before he is engaged.";
    let contrast = library.contrast((EMPLOYERS, PLACED), (SEEKERS, PLACED));
    let difference = contrast.and_then(|contrast| contrast.estimate);
    answer.change = match standing {
        Standing::Open => format!("{} {own}", phrasing::to_settle(difference.as_ref(), 0.0)),
        _ => own.to_owned(),
    };
    answer
}

/// Of all searches begun, those that ended with a placement by an introducer whom the seeker had asked.
const PLACED: Metric = metric!("asked_and_placed_share");

/// Markets in which employers pay, of those that were run, from the one that the claim speaks of.
const PAID_BY_EMPLOYERS: [&str; 2] = [EMPLOYERS, "staffing-agency"];

/// What each market in which employers pay says beside that in which seekers do.
fn verdicts(library: &Library) -> Vec<(&'static str, Estimate, Option<Verdict>)> {
    let of = |name: &'static str| {
        let contrast = library.contrast((name, PLACED), (SEEKERS, PLACED));
        Some((name, library.estimate(name, PLACED)?, phrasing::verdict(contrast.as_ref())))
    };
    PAID_BY_EMPLOYERS.into_iter().filter_map(of).collect()
}

fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let (found, seekers) = (verdicts(library), library.estimate(SEEKERS, PLACED));
    let (Some(seekers), false) = (seekers, found.is_empty()) else {
        let text = "This run cannot tell: no search began in one of the markets.".to_owned();
        return (Standing::Open, "cannot be told", text);
    };
    let is_all = |verdict| found.iter().all(|(.., own)| *own == Some(verdict));
    let (standing, pill, lead) = if is_all(Verdict::Lower) {
        (Standing::Holds, "for companies", "Paid by employers, introducers place fewer of those who ask them")
    } else if found.iter().any(|(.., verdict)| *verdict == Some(Verdict::Higher)) {
        (
            Standing::Fails,
            "for seekers too",
            "Paid by employers, introducers place more of those who ask them",
        )
    } else if found.iter().any(|(.., verdict)| verdict.is_none()) {
        (Standing::Open, "cannot be told", "Too few replications can tell whom introducers place")
    } else {
        (Standing::Open, "cannot be told", "Whether they place fewer of those who ask them cannot be told")
    };
    let shares: Vec<String> = found
        .iter()
        .map(|(name, share, _)| format!("{} under “{}”", text::share(share), library.short(name)))
        .collect();
    let text = format!(
        "{lead}: of all searches begun, those that ended with a placement by an introducer whom the seeker had asked were {}, where \
         employers pay, and {} where seekers do.",
        text::joined(&shares),
        text::share(&seekers)
    );
    (standing, pill, text)
}

/// What of the answer is written into the scenarios.
fn built_in(library: &Library) -> Option<String> {
    let among_all = |name: &&str| {
        let scenario = library.arm(name).and_then(|arm| arm.scenario.as_ref());
        scenario.is_some_and(|scenario| scenario.employer.among == Among::All)
    };
    let built: Vec<String> =
        PAID_BY_EMPLOYERS.iter().filter(|name| among_all(name)).map(|name| library.short(name)).collect();
    if built.is_empty() {
        return None;
    }
    let tested = PAID_BY_EMPLOYERS.iter().find(|name| library.arm(name).is_some() && !among_all(name));
    let tested = tested.map_or_else(
        || {
            "no market was run here in which whom employers pay looks only among those who ask (scenario \
             “staffing-agency” of the library is one)"
                .to_owned()
        },
        |name| {
            format!(
                "“{}”, which looks only among those who ask, is the test of the rest",
                library.short(name)
            )
        },
    );
    Some(format!(
        "In part this is so by construction: {} looks among all people, asked or not, because its file says so (`employer.among`), \
         and most people ask nobody; {tested}.",
        text::listed(built.iter().map(String::as_str))
    ))
}

fn placed(library: &Library) -> Option<String> {
    let employed = library.estimate(EMPLOYERS, metric!("placed_employed_share"))?;
    let idle = library.estimate(EMPLOYERS, metric!("placed_not_looking_share"));
    let idle =
        idle.map_or_else(String::new, |share| format!(", {} had not even been looking", text::share(&share)));
    let ability =
        library.contrast((EMPLOYERS, metric!("placed_ability")), (EMPLOYERS, metric!("pool_ability")));
    let ability = ability.and_then(|contrast| {
        let by = text::amount(&contrast.estimate?);
        Some(match contrast.verdict? {
            Verdict::Higher => format!("; they are abler than seekers, by {by} sd"),
            Verdict::Lower => format!("; they are less able than seekers, by {by} sd"),
            Verdict::NoneDetectable => "; in ability they do not detectably differ from seekers".to_owned(),
        })
    });
    Some(format!(
        "Of the people whom he placed, {} had a job{idle}{}.",
        text::share(&employed),
        ability.unwrap_or_default()
    ))
}

fn sheet(library: &Library) -> Sheet {
    let share = |name: &str, metric: Metric| library.shown(name, metric, text::share);
    Sheet::of_scenarios(
        library,
        "Whom introducers help and place when employers pay them",
        &PAID_BY_EMPLOYERS,
        &[
            ("Of those who ask: submitted", &|name| share(name, metric!("askers_helped_share"))),
            ("Placed", &|name| share(name, metric!("askers_placed_share"))),
            ("Of the placed: had a job", &|name| share(name, metric!("placed_employed_share"))),
            ("Had not been looking", &|name| share(name, metric!("placed_not_looking_share"))),
        ],
    )
}
