//! C5: recruiters find people for companies, not the other way around.

use super::super::library::Library;
use super::super::say;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Sheet, Standing, missing, of_scenarios};
use crate::experiments::contrast::Verdict;
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
    answer.more.extend(placed(library));
    answer.sheet = Some(sheet(library));
    answer.rests = format!(
        "The same introducers in the same labour market, paid by employers or by seekers: {}. On both sides \
         all searches begun in the last two years are counted; that a headhunter searches among all people, asked or not, is \
         written into his scenario.",
        of_scenarios(study, &[EMPLOYERS, SEEKERS])
    );
    answer.change = "An introducer who searches only among those who ask him (scenario “staffing-agency” of the library), or a seat that \
                     stays open for weeks before he is engaged."
        .to_owned();
    answer
}

/// Of all searches begun, those that ended with a placement by an introducer whom the seeker had asked.
const PLACED: &str = "asked_and_placed_share";

fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let (Some(employers), Some(seekers)) =
        (library.estimate(EMPLOYERS, PLACED), library.estimate(SEEKERS, PLACED))
    else {
        let text = "This run cannot tell: no search began in one of the markets.".to_owned();
        return (Standing::Open, "cannot be told", text);
    };
    let contrast = library.contrast((EMPLOYERS, PLACED), (SEEKERS, PLACED));
    let (standing, pill, lead) = match say::verdict(contrast.as_ref()) {
        Some(Verdict::Lower) => (
            Standing::Holds,
            "for companies",
            "Paid by employers, introducers place fewer of those who ask them",
        ),
        Some(Verdict::Higher) => (
            Standing::Fails,
            "for seekers too",
            "Paid by employers, introducers place more of those who ask them",
        ),
        Some(Verdict::NoneDetectable) => (
            Standing::Open,
            "cannot be told",
            "Whether they place fewer of those who ask them cannot be told",
        ),
        None => (Standing::Open, "cannot be told", "Too few replications can tell whom introducers place"),
    };
    let text = format!(
        "{lead}: of all searches begun, {} ended with a placement by an introducer whom the seeker had asked where employers \
         pay, and {} where seekers do.",
        text::share(&employers),
        text::share(&seekers)
    );
    (standing, pill, text)
}

fn placed(library: &Library) -> Option<String> {
    let employed = library.estimate(EMPLOYERS, "placed_employed_share")?;
    let idle = library.estimate(EMPLOYERS, "placed_not_looking_share");
    let idle =
        idle.map_or_else(String::new, |share| format!(", {} had not even been looking", text::share(&share)));
    let ability = library.contrast((EMPLOYERS, "placed_ability"), (EMPLOYERS, "pool_ability"));
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
    let metrics =
        ["askers_helped_share", "askers_placed_share", "placed_employed_share", "placed_not_looking_share"];
    let row = |name: &&str| {
        let mut row = vec![library.short(name)];
        row.extend(metrics.map(|metric| {
            library.estimate(name, metric).map_or_else(|| "–".to_owned(), |share| text::share(&share))
        }));
        row
    };
    Sheet {
        caption: "Whom introducers help and place when employers pay them".to_owned(),
        head: [
            "Scenario",
            "Of those who ask: submitted",
            "Placed",
            "Of the placed: had a job",
            "Had not been looking",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: [EMPLOYERS, "staffing-agency"]
            .iter()
            .filter(|name| library.arm(name).is_some())
            .map(row)
            .collect(),
    }
}
