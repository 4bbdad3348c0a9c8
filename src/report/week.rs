//! One week of a market, from asking to hired: who meets whom, and who pays.

use super::phrasing;
use super::study::{LIBRARY, Study};
use crate::experiments::outcomes::metric;
use crate::output::funnel::{Market, Way, explain};
use crate::scenario::Scenario;
use crate::text;

/// The market of the offer that was made.
const OFFER: &str = "contingency";

/// A week in pictures of words.
#[derive(Debug)]
pub(super) struct Week {
    /// What it is a week of.
    pub(super) title: String,
    /// What is counted.
    pub(super) subtitle: String,
    pub(super) lanes: Vec<Lane>,
}

/// A way to a job.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) name: String,
    /// How many, and of what, step by step.
    pub(super) steps: Vec<(String, &'static str)>,
    /// Who pays.
    pub(super) pays: String,
}

/// The steps that are shown, by their number among those of an explanation.
const STEPS: [(usize, &str); 7] = [
    (0, "seekers ask"),
    (1, "are taken on"),
    (2, "become clients; the rest are turned away by drawing lots, to measure the gain"),
    (4, "requests reach a decision-maker"),
    (5, "are met"),
    (6, "look able enough"),
    (8, "are hired"),
];

/// The week of the offer, or of the first market in which somebody sells; `None` where the library has not the tables
/// for it.
pub(super) fn week(study: &Study) -> Option<Week> {
    let library = study.library.as_ref()?;
    let markets = explain(&study.dir.join(LIBRARY.folder)).ok()?;
    let market =
        markets.iter().find(|m| m.name == OFFER).or_else(|| markets.iter().find(|market| market.sells))?;
    let scenario = library.arm(&market.name)?.scenario.as_ref()?;
    if market.weeks < 1 {
        return None;
    }
    let fee =
        library.estimate(&market.name, metric!("fee_per_placement")).map(|fee| text::dollars(fee.value));
    let lane = |way: &Way| lane(way, market, scenario, fee.as_deref());
    let mut lanes: Vec<Lane> = market.ways.iter().map(lane).filter(|lane| !lane.steps.is_empty()).collect();
    #[expect(clippy::cast_precision_loss, reason = "weeks are few")]
    let leads = market.outside.map(|hires| hires.value / market.weeks as f64).filter(|hires| *hires > 0.0);
    lanes.extend(leads.map(|hires| Lane {
        name: "Hearing of a job from friends".to_owned(),
        steps: vec![(text::significant(hires), "are hired")],
        pays: "Nobody pays; what friends do before is not counted.".to_owned(),
    }));
    Some(Week {
        title: format!("One week of the market “{}”", library.short(&market.name)),
        subtitle: format!(
            "Of {} workers, {} decision-makers and {} introducers, on average over {}; pays: {}",
            text::count(scenario.workers.count as usize),
            text::count(scenario.decision_makers.count as usize),
            text::count(scenario.introducers.count as usize),
            text::counted(usize::try_from(market.weeks).unwrap_or_default(), "week"),
            phrasing::price(scenario)
        ),
        lanes,
    })
}

fn lane(way: &Way, market: &Market, scenario: &Scenario, fee: Option<&str>) -> Lane {
    let per_week = |(step, words): &(usize, &'static str)| {
        let count = way.counts[*step].filter(|count| count.value > 0.0)?;
        #[expect(clippy::cast_precision_loss, reason = "weeks are few")]
        let number = count.value / market.weeks as f64;
        let words = if *step == 1 && way.channel == "organic" { "are helped" } else { *words };
        Some((text::significant(if number < 100.0 { number } else { number.round() }), words))
    };
    let pays = match (way.channel, fee) {
        ("paid" | "submitted", Some(fee)) => {
            let payer = if scenario.contract.payer == crate::scenario::Payer::Employer {
                "the employer pays the seller"
            } else {
                "the seeker pays his seller"
            };
            format!("For each who is hired {payer} {fee} in all.")
        }
        ("paid" | "submitted", None) => "Nobody has paid yet.".to_owned(),
        ("cold", _) => "Nobody pays, and nobody vouches for him.".to_owned(),
        _ => "Nobody pays.".to_owned(),
    };
    Lane { name: text::capital(way.words), steps: STEPS.iter().filter_map(per_week).collect(), pays }
}
