//! C6: there are no sports agents for average professionals.

use super::super::library::Library;
use super::super::say::{self, Side};
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c6",
    label: "C6",
    question: "There are no sports agents for average professionals.",
    is_assumed: false,
};

const AGENT: &str = "sports-agent";
const AGENTS: [&str; 5] = [AGENT, "average-agent", "rational", "rational-30", "contingency-screened"];

/// The median worker, by rank.
const AVERAGE: f64 = 0.5;

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[AGENT]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence);
    answer.more.extend(average(library));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "who-pays",
        scenarios: &["sports-agent", "average-agent", "rational-30", "contingency-screened"],
    }];
    answer.rests = format!(
        "Everybody whom an agent took on in {}, ranked by true ability among all workers; nine in ten of them stand above the \
         tenth percentile of these ranks. Average is the median worker.",
        of_scenarios(study, &[AGENT])
    );
    answer.change = match standing {
        Standing::Open => say::to_settle(library.estimate(AGENT, "clients_rank_p10").as_ref(), AVERAGE),
        _ => "How well he can see ability before he accepts (`screening.most_precision`), and what his hour is worth."
            .to_owned(),
    };
    answer
}

fn sentence(library: &Library) -> (Standing, String) {
    let Some(rank) = library.estimate(AGENT, "clients_rank_p10") else {
        let text = "This run cannot tell: no agent took on a client.".to_owned();
        return (Standing::Open, text);
    };
    let side = say::side(&rank, AVERAGE);
    let lead = match side {
        Side::Above => "An agent who chooses for himself leaves the average professional out",
        Side::Below => "An agent who chooses for himself takes average professionals too",
        Side::Open => "Whether an agent takes average professionals cannot be told",
    };
    let served = library.estimate(AGENT, "share_served");
    let served = served.map_or_else(String::new, |share| {
        format!(", and at any time {} of seekers have an agent", text::share(&share))
    });
    (
        Standing::of(side),
        format!(
            "{lead}: nine in ten of his clients stand above the {} of ability{served}.",
            percentile(&rank)
        ),
    )
}

/// "62nd percentile [58–66]".
fn percentile(rank: &Estimate) -> String {
    let text = text::with_interval(&rank.scaled(100.0), text::rounded);
    let ends = text.split_once('\u{a0}').map_or_else(String::new, |(_, ends)| format!("\u{a0}{ends}"));
    format!("{} percentile{ends}", text::ordinal(100.0 * rank.value))
}

/// Whether the market of agents who take average people lasts.
fn average(library: &Library) -> Option<String> {
    let arm = library.arm("average-agent")?.scenario.as_ref()?;
    let judged = library.judged("average-agent")?;
    Some(format!(
        "Under a cheap and quick agent for everybody, at {} {}, {}.",
        say::price(arm),
        say::screen(arm),
        say::market(&judged)
    ))
}

fn sheet(library: &Library) -> Sheet {
    let text = |name: &str, metric: &str, format: fn(&Estimate) -> String| {
        library.estimate(name, metric).map_or_else(|| "–".to_owned(), |estimate| format(&estimate))
    };
    let row = |name: &&str| {
        vec![
            library.name(name),
            text(name, "accepted_share", text::share),
            text(name, "clients_rank_p10", text::share),
            text(name, "clients_ability", text::number),
            text(name, "share_served", text::share),
            library.judged(name).map_or_else(
                || "–".to_owned(),
                |judged| format!("{}: {}", text::number(&judged.placements), judged.words()),
            ),
        ]
    };
    Sheet {
        caption: "Whom agents take".to_owned(),
        head: [
            "Scenario",
            "Accepted of applicants",
            "Rank above which nine in ten clients stand",
            "Mean ability of clients, sd",
            "Seekers served at a time",
            "Placements per 10,000 workers and year",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: AGENTS.iter().filter(|name| library.arm(name).is_some()).map(row).collect(),
    }
}
