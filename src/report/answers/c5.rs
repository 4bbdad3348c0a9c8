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

/// Paid by employers, and paid by seekers who are looked at first.
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
    let all = PAID_BY_EMPLOYERS.into_iter().chain(PAID_BY_SEEKERS);
    let ran: Vec<&str> = all.filter(|name| library.arm(name).is_some()).collect();
    answer.rests = format!(
        "The same introducers in the same labour market, paid by employers or by seekers: {}. On both sides \
         all searches begun in the last two years are counted. The claim holds where fewer are shown to be placed in every market \
         in which employers pay than in every one in which seekers do; it does not where one of the former places more than all of the \
         latter. Fees and screens differ too.",
        of_scenarios(study, &ran)
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

/// Markets in which seekers pay, of those that were run: the offer that was made, and one with a screen.
const PAID_BY_SEEKERS: [&str; 2] = ["contingency", SEEKERS];

/// A market in which employers pay: its share, and what it says beside each in which seekers pay.
struct Beside {
    name: &'static str,
    share: Estimate,
    than: Vec<(&'static str, Option<Verdict>)>,
}

impl Beside {
    fn all(&self, verdict: Verdict) -> bool {
        !self.than.is_empty() && self.than.iter().all(|(_, own)| *own == Some(verdict))
    }

    /// "“staffing agency” more than “screened, 2 hours” and fewer than “unscreened tenth”".
    fn words(&self, library: &Library) -> Option<String> {
        let part = |(verdict, word): (Verdict, &str)| {
            let those = self.than.iter().filter(|(_, own)| *own == Some(verdict));
            let names: Vec<String> = those.map(|(name, _)| format!("“{}”", library.short(name))).collect();
            (!names.is_empty()).then(|| format!("{word} than {}", text::joined(&names)))
        };
        let kinds = [(Verdict::Higher, "more"), (Verdict::Lower, "fewer")];
        let parts: Vec<String> = kinds.into_iter().filter_map(part).collect();
        (!parts.is_empty()).then(|| format!("“{}” {}", library.short(self.name), text::joined(&parts)))
    }
}

/// What each market in which employers pay says beside those in which seekers do, all judged together.
fn verdicts(library: &Library) -> Vec<Beside> {
    let ran = |name: &&'static str| library.estimate(name, PLACED).is_some();
    let employers: Vec<&'static str> = PAID_BY_EMPLOYERS.into_iter().filter(ran).collect();
    let seekers: Vec<&'static str> = PAID_BY_SEEKERS.into_iter().filter(ran).collect();
    let pairs = employers.iter().flat_map(|one| seekers.iter().map(move |other| (*one, *other)));
    let contrasts: Vec<_> =
        pairs.map(|(one, other)| library.contrast((one, PLACED), (other, PLACED))).collect();
    let doubtful = phrasing::doubtful(contrasts.iter().map(Option::as_ref));
    let verdicts: Vec<Option<Verdict>> = contrasts
        .iter()
        .zip(doubtful)
        .map(|(contrast, is_doubtful)| {
            let verdict = phrasing::verdict(contrast.as_ref())?;
            Some(if is_doubtful { Verdict::NoneDetectable } else { verdict })
        })
        .collect();
    let of = |(number, name): (usize, &&'static str)| {
        let own = &verdicts[number * seekers.len()..(number + 1) * seekers.len()];
        let than = seekers.iter().copied().zip(own.iter().copied()).collect();
        Some(Beside { name, share: library.estimate(name, PLACED)?, than })
    };
    employers.iter().enumerate().filter_map(of).collect()
}

/// Of which employers' introducers the claim holds, of which it does not, and which lie between, in a few words; `None` where
/// that does not part them.
fn parted(library: &Library, found: &[Beside]) -> Option<String> {
    let (holds, others): (Vec<&Beside>, Vec<&Beside>) = found.iter().partition(|it| it.all(Verdict::Lower));
    let ([holds], [other]) = (holds.as_slice(), others.as_slice()) else { return None };
    let is_some = |verdict| other.than.iter().any(|(_, own)| *own == Some(verdict));
    let how = match (is_some(Verdict::Higher), is_some(Verdict::Lower)) {
        (true, true) => "in between",
        (true, false) => "not",
        _ => "cannot be told",
    };
    Some(format!("{} yes, {} {how}", library.short(holds.name), library.short(other.name)))
}

fn sentence(library: &Library) -> (Standing, String, String) {
    let found = verdicts(library);
    if found.is_empty() || found[0].than.is_empty() {
        let text = "This run cannot tell: no search began in one of the markets.".to_owned();
        return (Standing::Open, "cannot be told".to_owned(), text);
    }
    let any = |verdict| found.iter().flat_map(|it| &it.than).any(|(_, own)| *own == Some(verdict));
    let (standing, pill, lead) = if found.iter().all(|it| it.all(Verdict::Lower)) {
        (Standing::Holds, "for companies", "Paid by employers, introducers place fewer of those who ask them")
    } else if found.iter().any(|it| it.all(Verdict::Higher)) {
        (
            Standing::Fails,
            "for seekers too",
            "Paid by employers, introducers may place more of those who ask them",
        )
    } else if any(Verdict::Higher) {
        (
            Standing::Answered,
            "it depends on what it is beside",
            "Whether they place fewer of those who ask them depends on what it is set beside",
        )
    } else if found.iter().flat_map(|it| &it.than).any(|(_, verdict)| verdict.is_none()) {
        (Standing::Open, "cannot be told", "Too few replications can tell whom introducers place")
    } else {
        (Standing::Open, "cannot be told", "Whether they place fewer of those who ask them cannot be told")
    };
    let share =
        |name: &str, share: &Estimate| format!("{} under “{}”", text::share(share), library.short(name));
    let employers: Vec<String> = found.iter().map(|it| share(it.name, &it.share)).collect();
    let seekers: Vec<String> = found[0]
        .than
        .iter()
        .filter_map(|(name, _)| Some(share(name, &library.estimate(name, PLACED)?)))
        .collect();
    let beside: Vec<String> = found.iter().filter_map(|it| it.words(library)).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(": {}", beside.join("; ")) };
    let text = format!(
        "{lead}: of all searches begun, those that ended with a placement by an introducer whom the seeker had asked were {}, where \
         employers pay, and {} where seekers do{beside}.",
        text::joined(&employers),
        text::joined(&seekers)
    );
    let pill = match standing {
        Standing::Answered => parted(library, &found).unwrap_or_else(|| pill.to_owned()),
        _ => pill.to_owned(),
    };
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
    let names: Vec<&str> = PAID_BY_EMPLOYERS.into_iter().chain(PAID_BY_SEEKERS).collect();
    Sheet::of_scenarios(
        library,
        "Whom introducers help and place: where employers pay them, then where seekers do",
        &names,
        &[
            ("Of searches begun in the last two years: asked and placed", &|name| share(name, PLACED)),
            ("Over all weeks, of those who ask: submitted", &|name| {
                share(name, metric!("askers_helped_share"))
            }),
            ("Placed", &|name| share(name, metric!("askers_placed_share"))),
            ("Of the placed: had a job", &|name| share(name, metric!("placed_employed_share"))),
            ("Had not been looking", &|name| share(name, metric!("placed_not_looking_share"))),
        ],
    )
}
