//! C4: networking cannot be outsourced.

use super::super::library::Library;
use super::super::phrasing;
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios};
use crate::experiments::contrast::Verdict;
use crate::experiments::outcomes::{Metric, metric};
use crate::text;

const ASKED: Asked = Asked {
    id: "c4",
    label: "C4",
    question: "Networking cannot be outsourced: build your own.",
    is_assumed: false,
};

/// Where seekers may learn to network and may buy introductions; and markets with one of the two.
const BOTH: &str = "coach-and-seller";
const COACHING: &str = "coaching";
const SELLING: &str = "contingency-screened";
const METRICS: [Metric; 2] = metric!["coaching_gain", "clients_gain"];
const INTRODUCTIONS: &str = "introductions";

/// Where those are found who are coached, and those who buy: one market if there is one with both.
fn markets(library: &Library) -> [&'static str; 2] {
    if library.arm(BOTH).is_some() { [BOTH, BOTH] } else { [COACHING, SELLING] }
}

pub(super) fn answer(study: &Study) -> Answer {
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let markets = markets(library);
    if let Some(answer) = missing(study, ASKED, &markets) {
        return answer;
    }
    let (standing, pill, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(buyers(library));
    answer.more.extend(displaced(library));
    answer.more.extend(searches(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "a-job-search",
        scenarios: &["organic", "contingency", "contingency-screened", "coach-and-seller", "coaching"],
    }];
    answer.rests = format!(
        "Two lotteries, on the same luck, {}: of those who want to be coached and of those whom a seller accepts, some are turned \
         away by drawing lots; income of the following year less what was paid, treated less turned away, in years of the usual \
         salary. Each lottery tells what help is worth to those who sought it and, of the second, whom a seller took.",
        of_scenarios(study, if markets[0] == markets[1] { &markets[..1] } else { &markets })
    );
    answer.change = "A lottery in which the same people may be coached or represented; prices; and how much coaching really adds \
                     to networking (`coaching.networking_gain`, assumed)."
        .to_owned();
    answer
}

/// The gain of one kind of help in each market in which it was bought, in words; none where it was in none.
fn gains(library: &Library, metric: Metric, markets: [&'static str; 2]) -> Option<String> {
    let gain = |name: &&str| {
        let gain = library.estimate(name, metric)?;
        Some(format!("{} in “{}”", text::signed_percent(&gain), library.short(name)))
    };
    let found: Vec<String> = markets.iter().filter_map(gain).collect();
    (!found.is_empty()).then(|| text::joined(&found))
}

/// Both lotteries side by side, in every market in which they were drawn. They are of different people, so that the larger
/// gain is nobody's reason to choose.
fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let coached = gains(library, METRICS[0], [BOTH, COACHING]);
    let bought = gains(library, METRICS[1], [BOTH, SELLING]);
    let (Some(coached), Some(bought)) = (coached, bought) else {
        let text =
            "This run cannot tell: nobody was coached, nobody represented, or nobody turned away by drawing lots."
                .to_owned();
        return (Standing::Open, "cannot be told", text);
    };
    let [_, of_bought] = markets(library);
    let share = library.estimate(of_bought, metric!("accepted_share"));
    let share = share
        .map_or_else(String::new, |share| format!("{} of those who applied to him, ", text::share(&share)));
    let screen = library.arm(of_bought).and_then(|arm| arm.scenario.as_ref()).map(phrasing::screen);
    let text = format!(
        "They are not the same people and cannot be ranked. Beside those turned away by drawing lots, of those who wanted to be \
         coached the coached gained {coached}, of a year’s salary; of those whom a seller had accepted ({share}{}) the represented \
         gained {bought}.",
        screen.unwrap_or_else(|| "as he saw fit".to_owned()),
    );
    (Standing::Answered, "cannot be ranked: unlike people", text)
}

/// Who bought, beside all who seek.
fn buyers(library: &Library) -> Option<String> {
    let [_, market] = markets(library);
    let ability =
        library.contrast((market, metric!("clients_ability")), (market, metric!("pool_ability")))?;
    let by = text::amount(&ability.estimate?);
    let who = match ability.verdict? {
        Verdict::Higher => format!("abler than all who seek, by {by} sd"),
        Verdict::Lower => format!("less able than all who seek, by {by} sd"),
        Verdict::NoneDetectable => "in ability not detectably unlike all who seek".to_owned(),
    };
    Some(format!("Those whom sellers represent are {who}; whoever wants it and can pay may be coached."))
}

/// What both do to all jobs found, not to those of the people helped alone.
fn displaced(library: &Library) -> Option<String> {
    let (verdict, change) = library.all_jobs(BOTH)?;
    let change = text::number(&if verdict == Verdict::Lower { change.scaled(-1.0) } else { change });
    let text = match verdict {
        Verdict::Higher => format!("more jobs are found than where neither is for sale, {change}"),
        Verdict::Lower => format!("fewer jobs are found than where neither is for sale, {change}"),
        Verdict::NoneDetectable => format!(
            "no difference can be detected in all jobs found from where neither is for sale ({change} over the whole run)"
        ),
    };
    Some(format!("In the market as a whole, {text}."))
}

fn searches(library: &Library) -> Option<String> {
    let [own, bought] =
        metric!["weeks_to_job_networked", "weeks_to_job_bought"].map(|metric| library.estimate(BOTH, metric));
    Some(format!(
        "Searches that ended with a job lasted {} weeks among those who bought nothing and network more than the median, and {} \
         among those who bought; this compares people who chose, not like with like.",
        text::number(&own?),
        text::number(&bought?)
    ))
}

fn sheet(library: &Library) -> Sheet {
    let rows = [
        (COACHING, "coaching"),
        ("resume-writing", "résumé"),
        (BOTH, "coaching"),
        (BOTH, INTRODUCTIONS),
        (SELLING, INTRODUCTIONS),
    ];
    let row = |&(name, what): &(&str, &str)| {
        let [gain, people] = match what {
            INTRODUCTIONS => metric!["clients_gain", "new_clients"],
            _ => metric!["coaching_gain", "coached"],
        };
        vec![
            library.short(name),
            what.to_owned(),
            library.shown(name, people, text::number),
            library.shown(name, gain, text::signed_percent),
        ]
    };
    Sheet {
        caption: "What help is worth to those who buy it, beside those turned away by drawing lots"
            .to_owned(),
        head: ["Scenario", "Help bought", "Buyers a run", "Gain, of a year’s salary"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.iter().filter(|(name, ..)| library.arm(name).is_some()).map(row).collect(),
    }
}
