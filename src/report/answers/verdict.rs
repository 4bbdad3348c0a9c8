//! The verdict: what became of the offer that was made, and on what it hangs. Headline, sentences and numbers come from
//! the cells that the claims are judged by: the map, and the sweep over how fast relationships heal.

use super::super::league;
use super::super::library::Library;
use super::super::phrasing;
use super::super::points::At;
use super::super::study::{HEALING, LIBRARY, MAP, Study};
use super::super::sweep::{Grid, Setting, best};
use super::edge::{Edge, Stretch};
use super::headline::{Found, headline, is_past_belief};
use super::healing;
use crate::experiments::contrast;
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict::{ALIVE_ABOVE, Judged, MEASURE, provisional};
use crate::scenario::Scenario;
use crate::stats::Estimate;
use crate::text;

/// The first screen.
#[derive(Clone, Debug)]
pub(crate) struct Headline {
    /// A few words for the top of the page.
    pub(crate) headline: String,
    /// Sentences; what stands among the numbers is not said in them.
    pub(crate) sentences: Vec<String>,
    /// Large numbers, and what each is, its interval first.
    pub(crate) numbers: Vec<(String, String)>,
    /// How sure all of it is; `None` where there is nothing to be sure of.
    pub(crate) sure: Option<String>,
    /// What would change it.
    pub(crate) flips: Option<String>,
}

/// The offer that was made: a tenth of the first salary, with nobody screened, payment known.
const OFFER: f64 = 0.1;
const UNSCREENED: &str = "contingency";

pub(crate) fn is_offer(setting: &Setting) -> bool {
    is_at_the_offer(setting) && setting.is_unscreened()
}

pub(crate) fn verdict(study: &Study) -> Headline {
    let offer = study.map.as_ref().and_then(|map| map.of(is_offer).next());
    let judged = offer.and_then(|setting| setting.judged().copied()).or_else(|| of_the_library(study));
    let Some(judged) = judged else {
        let missing = if study.library.is_none() { study.not_run(LIBRARY) } else { study.not_run(MAP) };
        return Headline {
            headline: "What became of the offer was not run".to_owned(),
            sentences: vec![missing],
            numbers: Vec::new(),
            sure: None,
            flips: None,
        };
    };
    let best = study.map.as_ref().and_then(best_at_the_offer);
    let turn = study.healing.as_ref().and_then(turn);
    let mut sentences = vec![first(study.library.as_ref(), &judged)];
    sentences.push(study.map.as_ref().map_or_else(|| study.not_run(MAP), |_| second(offer, best)));
    sentences.push(turn.as_ref().map_or_else(|| study.not_run(HEALING), |(edge, range)| third(edge, *range)));
    sentences.extend(weeks(study).and_then(provisional));
    let edge = turn.as_ref().map(|(edge, _)| edge);
    Headline {
        headline: headline(&Found {
            offer: &judged,
            screened: best.and_then(Setting::judged),
            turn: turn.as_ref(),
            hour: earned(study.library.as_ref(), offer).zip(hour_value(study.library.as_ref())),
        }),
        sentences,
        numbers: numbers(study, offer, &judged),
        sure: sure(study, &judged, turn.as_ref()),
        flips: flips(study, edge),
    }
}

/// Weeks of the market that the headline speaks of.
fn weeks(study: &Study) -> Option<u32> {
    let of_library = || Some(study.library.as_ref()?.arm(UNSCREENED)?.scenario.as_ref()?.run.weeks);
    study.map.as_ref().and_then(|map| map.weeks).or_else(of_library)
}

/// The offer in the library, if its scenario still makes it.
fn of_the_library(study: &Study) -> Option<Judged> {
    let library = study.library.as_ref()?;
    let makes_it = |scenario: &Scenario| {
        (scenario.contract.share_of_salary - OFFER).abs() < 1e-9
            && scenario.screening.stages.is_empty()
            && scenario.disclosure.payment_known
    };
    let arm = library.arm(UNSCREENED)?;
    if arm.scenario.as_ref().is_none_or(makes_it) { library.judged(UNSCREENED) } else { None }
}

/// The best screened market at the same cut.
fn best_at_the_offer(map: &Grid) -> Option<&Setting> {
    best(map.of(|setting| is_at_the_offer(setting) && !setting.is_unscreened()))
}

fn is_at_the_offer(setting: &Setting) -> bool {
    setting.known && setting.payout.is_some_and(|p| (p - OFFER).abs() < 1e-9)
}

/// Up to which half-life of lost goodwill the offer's market lasts, and what was tried.
fn turn(healing: &Grid) -> Option<(Edge, (f64, f64))> {
    let edge = healing::edge(healing, |setting| setting.known && setting.is_unscreened());
    Some((edge, healing::range(healing)?))
}

/// What becomes of the offer, and whether that is more jobs in all.
fn first(library: Option<&Library>, judged: &Judged) -> String {
    let loss = library.map_or_else(String::new, |library| league::loss(library, UNSCREENED));
    format!(
        "Where sellers get a tenth of the first salary and screen nobody, {}{loss}{}.",
        phrasing::clause(judged),
        library.and_then(jobs_in_all).unwrap_or_default()
    )
}

/// The change in all jobs found, after a clause on the market: who is placed may have taken another's.
fn jobs_in_all(library: &Library) -> Option<String> {
    let (verdict, change) = library.all_jobs(UNSCREENED)?;
    let scenario = library.arm(UNSCREENED)?.scenario.as_ref()?;
    let tail = format!(
        "jobs are found in all than where nothing is sold, among {} over {}",
        text::counted(scenario.workers.count as usize, "worker"),
        text::span(scenario.run.weeks as usize)
    );
    Some(match verdict {
        contrast::Verdict::Higher => format!("; {} more {tail}", text::number(&change)),
        contrast::Verdict::Lower => format!("; {} fewer {tail}", text::number(&change.scaled(-1.0))),
        contrast::Verdict::NoneDetectable => {
            format!("; that more or fewer {tail}, is not shown ({})", text::number(&change))
        }
    })
}

/// What an hour worked or open brings a seller in the market of the offer.
fn earned(library: Option<&Library>, offer: Option<&Setting>) -> Option<Estimate> {
    const HOUR: Metric = metric!("profit_hour_held_judged");
    offer
        .and_then(|setting| setting.estimate(HOUR))
        .or_else(|| library.and_then(|library| library.estimate(UNSCREENED, HOUR)))
}

/// What an introducer's hour is worth elsewhere on average, dollars.
fn hour_value(library: Option<&Library>) -> Option<f64> {
    Some(library?.arm(UNSCREENED)?.scenario.as_ref()?.introducers.hour_value)
}

fn second(offer: Option<&Setting>, best: Option<&Setting>) -> String {
    let Some((setting, judged)) = best.and_then(|setting| Some((setting, setting.judged()?))) else {
        return "No market at the same cut was run with a screen.".to_owned();
    };
    let hours = setting.hours.map_or_else(
        || "the screen that places most of those tried".to_owned(),
        |hours| format!("{} of screening, which of the map’s screens places most,", text::hours(hours)),
    );
    let contrast = offer.and_then(|offer| setting.contrast(offer));
    let differ = match phrasing::verdict(contrast.as_ref()) {
        Some(contrast::Verdict::Higher) => "more than without",
        Some(contrast::Verdict::Lower) => "fewer than without",
        Some(contrast::Verdict::NoneDetectable) => "no difference shown from without",
        None => "too few replications to compare with none",
    };
    format!("With {hours} {}, with {}: {differ}.", phrasing::clause(judged), text::number(&judged.placements))
}

fn third(edge: &Edge, range: (f64, f64)) -> String {
    let belief = match edge {
        Edge::UpTo(lasts, _) if is_past_belief(*lasts) => ", which is slower than is believed",
        _ => "",
    };
    format!(
        "Where only time heals and nobody forgives, the unscreened market lasts {}{belief}.",
        healing::words(edge, range)
    )
}

/// How sure the verdict is: on how many replications it rests, where it is closest to turning, and what becomes of it
/// where the assumed constants are moved.
fn sure(study: &Study, judged: &Judged, turn: Option<&(Edge, (f64, f64))>) -> Option<String> {
    let n = text::counted(judged.placements.n, "replication");
    let lives =
        if judged.is_split() { format!(", and it lives in {} of them", judged.lives) } else { String::new() };
    let mut parts = vec![format!("How sure: what becomes of the offer rests on {n}{lives}")];
    parts.extend(turn.and_then(|(edge, range)| slowest(study.healing.as_ref(), edge, *range)));
    let alive = |at: &At<'_>| Some(at.number(UNSCREENED, metric!(MEASURE))? > ALIVE_ABOVE);
    let share = study.points.as_ref().and_then(|points| Some((points.words(), points.share(alive)?)));
    parts.extend(share.map(|(words, share)| {
        format!(
            "{}; the unscreened tenth places more than {ALIVE_ABOVE} at {} of these, one replication each",
            words,
            text::share(&share)
        )
    }));
    parts.extend(super::super::appendix::never_fitted(study));
    (judged.placements.n > 0).then(|| {
        let sentences: Vec<String> = parts.iter().map(|part| format!("{}.", text::capital(part))).collect();
        sentences.join(" ")
    })
}

/// On what it rests that the market lasts at the slowest pace of healing at which it does.
fn slowest(grid: Option<&Grid>, edge: &Edge, range: (f64, f64)) -> Option<String> {
    let life = match edge {
        Edge::UpTo(lasts, _) | Edge::Stretch(Stretch { to: Some(lasts), .. }) => *lasts,
        Edge::Everywhere => range.1,
        _ => return None,
    };
    Some(rests_on(life, judged_at(grid?, life)?))
}

/// The offer's market at a half-life of lost goodwill.
fn judged_at(healing: &Grid, half_life: f64) -> Option<&Judged> {
    let is_there = |setting: &&Setting| {
        let life = setting.recovery.map(healing::half_life);
        setting.known && setting.is_unscreened() && life.is_some_and(|life| (life - half_life).abs() < 1e-9)
    };
    healing.settings.iter().find(is_there)?.judged()
}

/// On how much it rests that the market lasts at the slowest pace at which it does.
fn rests_on(half_life: f64, judged: &Judged) -> String {
    let who = if judged.everybody { "those who sell" } else { "those who begin to sell" };
    let gain = judged.newcomers.as_ref().map_or_else(
        || format!(", and nothing is known of what {who} gain"),
        |gain| {
            let loss = if gain.excludes(0.0) { "" } else { ", not shown to be a loss" };
            format!(", and a week of selling leaves {who} {}{loss}", text::dollars_between(gain))
        },
    );
    format!(
        "that it lasts at {} rests on {}: it places {}{gain}",
        healing::weeks(half_life),
        text::counted(judged.placements.n, "replication"),
        text::number(&judged.placements)
    )
}

/// What an hour is worth elsewhere, an average introducer's and of those who sell: the yardstick of what selling brings.
fn elsewhere(library: Option<&Library>, of: &impl Fn(Metric) -> Option<Estimate>) -> Option<String> {
    let value = |metric: Metric| of(metric).map(|it| it.value);
    let held = value(metric!("hours_judged"))? + value(metric!("hours_open_judged"))?;
    let own = crate::experiments::ratio(value(metric!("time_dollars_judged"))?, held)?;
    let average = hour_value(library)?;
    Some(format!(
        "; elsewhere an average introducer’s hour is assumed to be worth {}, a seller’s own {}",
        text::dollars(average),
        text::dollars(own)
    ))
}

/// A number with its interval, which goes before what it is.
fn told(number: &str, what: &str) -> (String, String) {
    number.split_once("\u{a0}[").map_or_else(
        || (number.to_owned(), what.to_owned()),
        |(value, ends)| (value.to_owned(), format!("[{ends} {what}")),
    )
}

/// Four numbers of the offer's market.
fn numbers(study: &Study, offer: Option<&Setting>, judged: &Judged) -> Vec<(String, String)> {
    let library = study.library.as_ref();
    let of = |metric: Metric| -> Option<Estimate> {
        offer
            .and_then(|setting| setting.estimate(metric))
            .or_else(|| library.and_then(|library| library.estimate(UNSCREENED, metric)))
    };
    let mut numbers = vec![told(
        &text::number(&judged.placements),
        "placed a year of 10,000 workers, over the last two years",
    )];
    // An hour is told where somebody works.
    if judged.placements.value > 0.0 {
        numbers.extend(earned(library, offer).map(|hour| {
            let elsewhere = elsewhere(library, &of).unwrap_or_default();
            told(
                &text::dollars_between(&hour),
                &format!("an hour of selling brings then, waiting for clients included{elsewhere}"),
            )
        }));
    }
    numbers.extend(of(metric!("clients_gain")).map(|gain| {
        told(
            &text::signed_percent(&gain),
            "of a year’s salary gained by clients of all years, against those turned away by drawing lots",
        )
    }));
    let workers = library.and_then(|library| library.against_nothing(UNSCREENED, metric!("welfare_workers")));
    numbers.extend(workers.and_then(|contrast| {
        const WHAT: &str =
            "a year per worker on average, clients or not, over all years, against nothing sold";
        let all = contrast.estimate?;
        Some(match contrast.verdict? {
            contrast::Verdict::NoneDetectable => {
                let change = text::dollars_between(&all);
                ("no difference shown".to_owned(), format!("({change}) {WHAT}"))
            }
            _ => told(&text::dollars_between(&all), WHAT),
        })
    }));
    numbers
}

/// What the headline hangs on.
fn flips(study: &Study, turn: Option<&Edge>) -> Option<String> {
    let mut parts = Vec::new();
    match turn {
        Some(Edge::UpTo(lasts, _)) if is_past_belief(*lasts) => {
            parts.push("healing slower than is believed".to_owned())
        }
        Some(Edge::UpTo(..)) => parts.push("healing as slow as that".to_owned()),
        Some(Edge::From(..)) => parts.push("healing as fast as that".to_owned()),
        Some(Edge::Stretch(_) | Edge::Mixed(..)) => parts.push("how fast relationships heal".to_owned()),
        _ => {}
    }
    if let Some(map) = &study.map {
        match super::c1::edge(map, |setting| setting.known && setting.is_unscreened()) {
            Edge::From(lasts, not) => {
                parts.push(format!("a cut of {} in place of {}", text::percent(not), text::percent(lasts)))
            }
            Edge::UpTo(_, dies) => parts.push(format!("a cut of {}", text::percent(dies))),
            _ => {}
        }
    }
    (!parts.is_empty())
        .then(|| super::with_what_matters(study, format!("What would turn it: {}.", parts.join("; or "))))
}
