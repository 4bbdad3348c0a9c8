//! C6: there are no sports agents for average professionals.

use super::super::league;
use super::super::library::Library;
use super::super::phrasing::{self, Side};
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, missing, of_scenarios, over_points};
use crate::experiments::outcomes::{Metric, metric};
use crate::scenario::{Entry, Payer, Scenario};
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "c6",
    label: "C6",
    question: "There are no sports agents for average professionals.",
    is_assumed: false,
};

const AGENT: &str = "sports-agent";
/// There are none where fewer of the searches begun by the middle third of the workforce are represented.
const FEW: f64 = 0.01;
const MIDDLE: Metric = metric!("represented_middle");

/// Markets in which seekers pay sellers who screen, and whoever expects to gain may begin to sell.
fn agents(library: &Library) -> Vec<&str> {
    let is_agent = |scenario: &Scenario| {
        scenario.may_sell()
            && scenario.sellers.entry == Entry::Free
            && scenario.contract.payer == Payer::Seeker
            && !scenario.screening.stages.is_empty()
    };
    library.names(is_agent).collect()
}

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[AGENT]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, pill, sentence) = sentence(library);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(chosen(library));
    answer.more.extend(average(library));
    let names: Vec<String> = agents(library).into_iter().map(str::to_owned).collect();
    answer.assumed = over_points(study, "holds", |at| {
        let shares: Vec<f64> = names.iter().filter_map(|name| at.number(name, MIDDLE)).collect();
        (!shares.is_empty()).then(|| shares.iter().all(|share| *share < FEW))
    });
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "who-pays",
        scenarios: &["sports-agent", "average-agent", "rational-30", "contingency-screened"],
    }];
    answer.rests = format!(
        "Threshold: in every market in which seekers pay sellers who screen, fewer than {} of the searches that the middle third \
         of the workforce begins are represented, over the last two years. The claim fails where one market is shown to reach \
         more. {}.",
        text::percent(FEW),
        text::capital(&of_scenarios(study, &[AGENT]))
    );
    let own = "How well he can see ability before he accepts (`screening.most_precision`), and what his hour is worth.";
    let nearest = agents(library).into_iter().filter_map(|name| library.estimate(name, MIDDLE));
    let nearest = nearest.min_by(|a, b| (a.value - FEW).abs().total_cmp(&(b.value - FEW).abs()));
    answer.change = match standing {
        Standing::Open => format!("{} {own}", phrasing::to_settle(nearest.as_ref(), FEW)),
        _ => own.to_owned(),
    };
    answer
}

fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let found: Vec<(&str, Estimate)> = agents(library)
        .into_iter()
        .filter_map(|name| Some((name, library.estimate(name, MIDDLE)?)))
        .collect();
    let Some(&(most, share)) = found.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value)) else {
        let text = "This run cannot tell: it has no market in which sellers screen.".to_owned();
        return (Standing::Open, "cannot be told", text);
    };
    let sides: Vec<Side> = found.iter().map(|(_, share)| phrasing::side(share, FEW)).collect();
    let (standing, pill, lead) = if sides.contains(&Side::Above) {
        (Standing::Fails, "there are some", "There are some")
    } else if sides.iter().all(|side| *side == Side::Below) {
        (Standing::Holds, "next to none", "Next to none")
    } else {
        (Standing::Open, "cannot be told", "Whether there are any to speak of cannot be told")
    };
    let own = found.iter().find(|(name, _)| *name == AGENT && *name != most);
    let own = own.map_or_else(String::new, |(name, share)| {
        format!(
            "; under “{}”, {}, he represents {}",
            library.short(name),
            screen(library, name),
            text::share(share)
        )
    });
    let text = format!(
        "{lead}: of the searches that the middle third of the workforce begins, a seller represents {} where he reaches most of \
         them (“{}”, of {} in which sellers screen: {}; the claim is of agents with any screen, so that one market is \
         enough to refute it){own}.",
        text::share(&share),
        library.short(most),
        text::counted(found.len(), "market"),
        screen(library, most)
    );
    (standing, pill, text)
}

/// How applicants are looked at in a market.
fn screen(library: &Library, name: &str) -> String {
    let scenario = library.arm(name).and_then(|arm| arm.scenario.as_ref());
    scenario.map_or_else(|| "as he sees fit".to_owned(), phrasing::screen)
}

/// Whom the agent who chooses takes.
fn chosen(library: &Library) -> Option<String> {
    let rank = library.estimate(AGENT, metric!("clients_rank_p10"))?;
    Some(format!(
        "Nine in ten of the clients of “{}” stand above the {} of ability.",
        library.short(AGENT),
        percentile(&rank)
    ))
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
        phrasing::price(arm),
        phrasing::screen(arm),
        league::told(library, "average-agent", &judged)
    ))
}

fn sheet(library: &Library) -> Sheet {
    let share = |name: &str, metric: Metric| library.shown(name, metric, text::share);
    let market = |name: &str| {
        let words =
            |judged: super::Judged| format!("{}: {}", text::number(&judged.placements), judged.words());
        library.judged(name).map_or_else(|| "–".to_owned(), words)
    };
    Sheet::of_scenarios(
        library,
        "Whom agents reach: searches represented, of those begun",
        &agents(library),
        &[
            ("Accepted of applicants", &|name| share(name, metric!("accepted_share"))),
            ("Represented, least able third", &|name| share(name, metric!("represented_low"))),
            ("Middle third", &|name| share(name, MIDDLE)),
            ("Most able third", &|name| share(name, metric!("represented_high"))),
            ("Placements per 10,000 workers and year", &market),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_has_its_interval() {
        let rank = Estimate { n: 8, value: 0.62, interval: Some((0.58, 0.664)) };
        assert_eq!(percentile(&rank), "62nd percentile\u{a0}[58–66]");
        assert_eq!(percentile(&Estimate { interval: None, ..rank }), "62nd percentile");
    }
}
