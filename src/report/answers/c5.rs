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
    let (standing, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence);
    answer.more.extend(placed(library));
    answer.sheet = Some(sheet(library));
    answer.rests = format!(
        "The same introducers in the same labour market, paid by employers or by seekers: {}. Of those who ask a seller: the \
         share ever submitted to an employer, and the share accepted as a client or by lot turned away.",
        of_scenarios(study, &[EMPLOYERS, SEEKERS])
    );
    answer.change = "An introducer who searches only among those who ask him (“staffing-agency” in the table), or a seat that \
                     stays open for weeks before he is engaged."
        .to_owned();
    answer
}

fn sentence(library: &Library) -> (Standing, String) {
    let Some(helped) = library.estimate(EMPLOYERS, "askers_helped_share") else {
        let text = "This run cannot tell: nobody asked an introducer whom employers pay.".to_owned();
        return (Standing::Open, text);
    };
    let accepted = library.estimate(SEEKERS, "accepted_share");
    let contrast = library.contrast((EMPLOYERS, "askers_helped_share"), (SEEKERS, "accepted_share"));
    let (standing, lead) = match say::verdict(contrast.as_ref()) {
        Some(Verdict::Lower) => (Standing::Holds, "Whom the employer pays helps fewer of those who ask him"),
        Some(Verdict::Higher) => (Standing::Fails, "Whom the employer pays helps more of those who ask him"),
        Some(Verdict::NoneDetectable) => (
            Standing::Open,
            "Whether he helps fewer of those who ask him when the employer pays cannot be told",
        ),
        None => (Standing::Open, "Too few replications can tell whom he helps when the employer pays"),
    };
    let placed = library.estimate(EMPLOYERS, "askers_placed_share");
    let placed = placed.map_or_else(String::new, |share| format!(" and placed {}", text::share(&share)));
    let against = accepted
        .map_or_else(String::new, |share| format!("; paid by seekers, he took on {}", text::share(&share)));
    (standing, format!("{lead}: he submitted {} of them{placed}{against}.", text::share(&helped)))
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
        let mut row = vec![library.name(name)];
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
