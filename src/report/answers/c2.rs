//! C2: … and a huge payoff, for hours and hours of work.

use super::super::say;
use super::super::study::{LIBRARY, MAP, Study};
use super::super::sweep::{Grid, Setting};
use super::c1::assumed;
use super::verdict::lasts;
use super::{Answer, Asked, Chart, Standing, of_scenarios, with_what_matters};
use crate::experiments::contrast::Verdict;
use crate::text;

const ASKED: Asked = Asked {
    id: "c2",
    label: "C2",
    question: "… and a huge payoff: it takes hours and hours of work, and multiple thousands of dollars.",
    is_assumed: true,
};

pub(super) fn answer(study: &Study) -> Answer {
    let Some(map) = &study.map else {
        let mut answer = Answer::not_run(ASKED, study, MAP);
        answer.more.extend(library(study));
        return answer;
    };
    let (standing, sentence) = sentence(map);
    let mut answer = Answer::new(ASKED, standing, sentence);
    answer.more.extend(hidden(map));
    answer.more.extend(library(study));
    answer.assumed = assumed(study, "contingency-screened", "screened-50");
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "market-life",
        scenarios: &[
            "organic",
            "contingency",
            "contingency-screened",
            "contingency-50",
            "screened-50",
            "sports-agent",
        ],
    }];
    answer.rests = format!(
        "The map, payment known and applicants screened: the upper half of the cuts tried against the lower half, {} on the \
         same luck. Fees and hours of a placement are means over settings in which the market lasts, clustered by replication.",
        text::counted(map.replications, "replication")
    );
    answer.change =
        with_what_matters(study, "How many seekers can pay and would: at high cuts few buy.".to_owned());
    answer
}

fn sentence(map: &Grid) -> (Standing, String) {
    let payouts = map.payouts();
    let known = |setting: &Setting| setting.known && !setting.is_unscreened();
    if payouts.len() < 2 || map.count(known).of == 0 {
        let text =
            "This run cannot tell: its map has fewer than two payouts, or none with a screen.".to_owned();
        return (Standing::Open, text);
    }
    let (low, high) = payouts.split_at(payouts.len() / 2);
    let split = high[0];
    let lower = |setting: &Setting| known(setting) && setting.payout < split;
    let upper = |setting: &Setting| known(setting) && setting.payout >= split;
    let range = |half: &[f64]| say::payouts(half[0], half[half.len() - 1], map.payout_is_share);
    let contrast = map.contrast(upper, lower);
    let (standing, lead, tail) = match (say::verdict(contrast.as_ref()), &contrast) {
        (Some(Verdict::Higher), Some(contrast)) => {
            (Standing::Holds, "A large payoff helps", format!("more {}", say::by_size(contrast)))
        }
        (Some(Verdict::Lower), Some(contrast)) => (
            Standing::Fails,
            "A larger payoff does not help, it hurts",
            format!("fewer {}", say::by_size(contrast)),
        ),
        (Some(Verdict::NoneDetectable), _) => {
            (Standing::Open, "No effect of the payoff can be told", "no detectable difference".to_owned())
        }
        _ => (
            Standing::Open,
            "The effect of the payoff cannot be told",
            "too few replications to compare".to_owned(),
        ),
    };
    let size = |fits: &dyn Fn(&Setting) -> bool| {
        map.size(fits).map_or_else(|| "an unknown number".to_owned(), |size| text::number(&size))
    };
    let text = format!(
        "{lead}: with a screen, sellers place {} people per 10,000 workers and year at cuts of {} and {} at {}, {tail}; {}.",
        size(&upper),
        range(high),
        size(&lower),
        range(low),
        cost(map, known)
    );
    (standing, text)
}

/// What a placement brings and takes where the market lasts.
fn cost(map: &Grid, fits: impl Fn(&Setting) -> bool) -> String {
    let [fee, hours] = map.where_it_lasts(fits);
    match (fee, hours) {
        (Some(fee), Some(hours)) => format!(
            "where the market lasts, a placement brings {} for {} hours of work",
            text::dollars_between(&fee),
            text::number(&hours)
        ),
        _ => "no such market lasts that could tell what a placement brings".to_owned(),
    }
}

fn hidden(map: &Grid) -> Option<String> {
    let hidden = |setting: &Setting| !setting.known;
    map.has_hidden().then(|| {
        format!(
            "Where payment is hidden, the market lasts {}, and {}.",
            lasts(&map.count(hidden)),
            cost(map, hidden)
        )
    })
}

fn library(study: &Study) -> Option<String> {
    let library = study.library.as_ref()?;
    let names: Vec<&str> = ["contingency-screened", "sports-agent"]
        .into_iter()
        .filter(|name| library.arm(name).is_some())
        .collect();
    let part = |name: &&str| {
        let (fee, hours) =
            (library.estimate(name, "fee_per_placement")?, library.estimate(name, "hours_per_placement")?);
        Some(format!("{} for {} hours under “{name}”", text::dollars_between(&fee), text::number(&hours)))
    };
    let parts: Vec<String> = names.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "In the library a placement brought {} ({}).",
            text::joined(&parts),
            of_scenarios(study, &names)
        )
    })
}
