//! The verdict: what became of the offer that was made, and on what it hangs. Headline, sentences and numbers come from
//! the cells that the claims are judged by: the map, and the sweep over how fast relationships heal.

use super::super::league;
use super::super::library::Library;
use super::super::phrasing::{self, Side};
use super::super::points::At;
use super::super::study::{HEALING, LIBRARY, MAP, Study};
use super::super::sweep::{Grid, Setting};
use super::c1::Pair;
use super::edge::{Edge, Stretch};
use super::headline::{Found, headline, is_past_belief};
use super::healing;
use crate::experiments::contrast;
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::verdict::{ALIVE_ABOVE, Judged, MEASURE, Verdict, provisional};
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
    let pair = study.map.as_ref().map(|map| Pair::at(map, OFFER));
    let best = pair.as_ref().and_then(|pair| pair.with);
    let turn = study.healing.as_ref().and_then(turn);
    let mut sentences = vec![first(study.library.as_ref(), &judged)];
    sentences.push(pair.as_ref().map_or_else(|| study.not_run(MAP), second));
    let third = |(edge, range): &(Edge, (f64, f64))| third(study.healing.as_ref(), edge, *range);
    sentences.push(turn.as_ref().map_or_else(|| study.not_run(HEALING), third));
    sentences.extend(weeks(study).and_then(provisional));
    let edge = turn.as_ref().map(|(edge, _)| edge);
    let pace = |of: fn(&Edge, (f64, f64)) -> Option<f64>| {
        let (edge, range) = turn.as_ref()?;
        judged_at(study.healing.as_ref()?, of(edge, *range)?)
    };
    let hour = earned(study.library.as_ref(), offer).zip(hour_value(study.library.as_ref()));
    Headline {
        headline: headline(&Found {
            offer: &judged,
            screened: best.and_then(Setting::judged),
            turn: turn.as_ref(),
            slowest: pace(slowest_lasting),
            beyond: pace(|edge, _| next_slower(edge)),
            hour,
        }),
        sentences,
        numbers: numbers(study, offer, &judged),
        sure: sure(study, &judged, turn.as_ref()),
        flips: flips(study, edge, hour_value(study.library.as_ref())),
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
    let idle = library.against_nothing(UNSCREENED, metric!("unemployment_share"));
    let idle = match phrasing::verdict(idle.as_ref()) {
        Some(contrast::Verdict::Lower) => Some("fewer"),
        Some(contrast::Verdict::Higher) => Some("more"),
        _ => None,
    };
    // Fewer jobs found are not more people out of work where those found last.
    let though = |like: &str| {
        idle.filter(|idle| *idle == like)
            .map_or_else(String::new, |idle| format!(", though {idle} are out of work"))
    };
    Some(match verdict {
        contrast::Verdict::Higher => format!("; {} more {tail}{}", text::number(&change), though("more")),
        contrast::Verdict::Lower => {
            format!("; {} fewer {tail}{}", text::number(&change.scaled(-1.0)), though("fewer"))
        }
        contrast::Verdict::NoneDetectable => {
            format!("; that more or fewer {tail}, is not shown ({})", text::number(&change))
        }
    })
}

/// What an hour worked or open brings a seller.
const HOUR: Metric = metric!("profit_hour_held_judged");

/// The same in the market of the offer.
fn earned(library: Option<&Library>, offer: Option<&Setting>) -> Option<Estimate> {
    offer
        .and_then(|setting| setting.estimate(HOUR))
        .or_else(|| library.and_then(|library| library.estimate(UNSCREENED, HOUR)))
}

/// What an introducer's hour is worth elsewhere on average, dollars.
fn hour_value(library: Option<&Library>) -> Option<f64> {
    Some(library?.arm(UNSCREENED)?.scenario.as_ref()?.introducers.hour_value)
}

fn second(pair: &Pair<'_>) -> String {
    let Some((setting, judged)) = pair.with.and_then(|setting| Some((setting, setting.judged()?))) else {
        return "No market at the same cut was run with a screen.".to_owned();
    };
    let hours = setting.hours.map_or_else(
        || "the screen that places most of those tried".to_owned(),
        |hours| format!("{} of screening, which of the map’s screens places most,", text::hours(hours)),
    );
    let contrast = pair.contrast();
    let differ = match phrasing::verdict(contrast.as_ref()) {
        Some(contrast::Verdict::Higher) => "more than without",
        Some(contrast::Verdict::Lower) => "fewer than without",
        Some(contrast::Verdict::NoneDetectable) => "no difference shown from without",
        None => "too few replications to compare with none",
    };
    format!("With {hours} {}, with {}: {differ}.", phrasing::clause(judged), text::number(&judged.placements))
}

fn third(grid: Option<&Grid>, edge: &Edge, range: (f64, f64)) -> String {
    let belief = match edge {
        Edge::UpTo(lasts, _) if is_past_belief(*lasts) => ", which is slower than is believed",
        _ => "",
    };
    let beyond = grid.and_then(|grid| judged_at(grid, next_slower(edge)?));
    let beyond = beyond.filter(|beyond| beyond.verdict.is_alive());
    format!(
        "Where only time heals and nobody forgives, the unscreened market lasts {}{belief}{}.",
        healing::words(edge, range),
        beyond.map_or_else(String::new, |beyond| format!(": there {}", beyond.verdict.clause()))
    )
}

/// How large the market is at the pace of healing at which it no longer lasts, and of how many settings that is one.
fn at_the_turn(grid: &Grid, edge: &Edge) -> Option<String> {
    let life = next_slower(edge)?;
    let judged = judged_at(grid, life)?;
    let losses = if judged.verdict.is_alive() { losses(judged) } else { String::new() };
    let settings = grid.of(|setting| setting.judged().is_some()).count();
    Some(format!(
        "at {} it places {}{losses}: one of {}, each judged by itself",
        healing::weeks(life),
        text::number(&judged.placements),
        text::counted(settings, "setting")
    ))
}

/// What a week of selling leaves those who begin to sell, after a comma.
fn losses(judged: &Judged) -> String {
    let who = if judged.everybody { "those who sell" } else { "those who begin to sell" };
    judged.newcomers.as_ref().map_or_else(
        || format!(", and nothing is known of what {who} gain"),
        |gain| {
            let loss = if gain.excludes(0.0) { "" } else { ", not shown to be a loss" };
            format!(", and a week of selling leaves {who} {}{loss}", text::dollars_between(gain))
        },
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
    parts.extend(turn.zip(study.healing.as_ref()).and_then(|((edge, _), grid)| at_the_turn(grid, edge)));
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
    let life = slowest_lasting(edge, range)?;
    Some(rests_on(life, judged_at(grid?, life)?))
}

/// The longest half-life of lost goodwill at which the market lasts.
fn slowest_lasting(edge: &Edge, range: (f64, f64)) -> Option<f64> {
    match edge {
        Edge::UpTo(lasts, _) | Edge::Stretch(Stretch { to: Some(lasts), .. }) => Some(*lasts),
        Edge::Everywhere => Some(range.1),
        _ => None,
    }
}

/// The half-life next to it, at which it is shown not to last.
fn next_slower(edge: &Edge) -> Option<f64> {
    if let Edge::UpTo(_, fails) = edge { Some(*fails) } else { None }
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
    format!(
        "that it lasts at {} rests on {}: it places {}{}",
        healing::weeks(half_life),
        text::counted(judged.placements.n, "replication"),
        text::number(&judged.placements),
        losses(judged)
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
            "of a year’s salary gained by clients of all years, against those turned away by drawing lots, inside a market that \
             sellers have changed",
        )
    }));
    let workers = library.and_then(|library| library.against_nothing(UNSCREENED, metric!("welfare_workers")));
    numbers.extend(workers.and_then(|contrast| {
        const WHAT: &str =
            "a year per worker on average, clients or not, over all years, against nothing sold";
        let all = contrast.estimate?;
        let fees = library.and_then(of_which_fees).unwrap_or_default();
        Some(match contrast.verdict? {
            contrast::Verdict::NoneDetectable => {
                let change = text::dollars_between(&all);
                ("no difference shown".to_owned(), format!("({change}) {WHAT}{fees}"))
            }
            _ => told(&text::dollars_between(&all), &format!("{WHAT}{fees}")),
        })
    }));
    numbers
}

/// How much of what workers lose are fees, and whether anything is left without them.
fn of_which_fees(library: &Library) -> Option<String> {
    let (fees, before) = library.fees_and_the_rest(UNSCREENED)?;
    let change = text::dollars_between(&before.estimate?);
    let before = match before.verdict? {
        contrast::Verdict::NoneDetectable => format!("no difference is shown ({change})"),
        _ => format!("it is {change}"),
    };
    Some(format!("; {} are fees, and before these {before}", text::dollars_between(&fees)))
}

/// What the headline hangs on: what turns the market, and what turns whether an hour of selling pays.
fn flips(study: &Study, turn: Option<&Edge>, worth: Option<f64>) -> Option<String> {
    let market = flips_of_the_market(study, turn);
    let market =
        (!market.is_empty()).then(|| format!("What would turn the market: {}.", market.join("; or ")));
    let refusal = study.map.as_ref().zip(worth).and_then(|(map, worth)| flips_of_the_refusal(map, worth));
    let parts: Vec<String> = refusal.into_iter().chain(market).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// In which other unscreened markets of the map that last an hour of selling brings more or less than an average introducer's
/// is worth, where the offer's does not.
fn flips_of_the_refusal(map: &Grid, worth: f64) -> Option<String> {
    let hour = |setting: &Setting| setting.estimate(HOUR).filter(|_| setting.is(Verdict::Lasts));
    let offer = map.of(is_offer).find_map(hour)?;
    let others = || map.of(|setting| setting.is_unscreened() && !is_offer(setting));
    let (other_side, more) = match phrasing::side(&offer, worth) {
        Side::Below | Side::Open => (Side::Above, "more"),
        Side::Above => (Side::Below, "less"),
    };
    let turned = |setting: &Setting| {
        let hour = hour(setting).filter(|hour| phrasing::side(hour, worth) == other_side)?;
        Some(format!("{} {}", text::dollars_between(&hour), setting.terms()))
    };
    let turned: Vec<String> = others().filter_map(turned).collect();
    let (all, worth) = (others().count(), text::dollars(worth));
    Some(match turned.len() {
        0 => format!(
            "What would turn the refusal: an hour that brings {more} than {worth}, which is shown in none of the map’s {} \
             other unscreened settings.",
            text::spelt(all)
        ),
        n => format!(
            "What would turn the refusal: an hour that brings {more} than {worth}, as in {} of the map’s {} other unscreened \
             settings: {}.",
            text::spelt(n),
            text::spelt(all),
            text::joined(&turned)
        ),
    })
}

/// What would make a market that lasts die, or the other way about.
fn flips_of_the_market(study: &Study, turn: Option<&Edge>) -> Vec<String> {
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
    parts
}
