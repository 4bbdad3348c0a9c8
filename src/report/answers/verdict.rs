//! The verdict: what became of the offer that was made, and on what it hangs. Headline, sentences and numbers come from
//! the cells that the claims are judged by: the map, and the sweep over how fast relationships heal.

use super::super::league::{self, ORGANIC};
use super::super::library::Library;
use super::super::phrasing::{self, Side};
use super::super::points::At;
use super::super::study::{HEALING, LIBRARY, MAP, Study};
use super::super::sweep::{Grid, Setting, best};
use super::c1::is_intensive;
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
    /// Sentences with a number each.
    pub(crate) sentences: Vec<String>,
    /// Large numbers, and what each is.
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
    sentences.extend(hour(study.library.as_ref(), offer, &judged));
    sentences.push(study.map.as_ref().map_or_else(|| study.not_run(MAP), |map| second(map, offer, best)));
    sentences.push(
        turn.as_ref().map_or_else(
            || study.not_run(HEALING),
            |(edge, range)| third(study.healing.as_ref(), edge, *range),
        ),
    );
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

/// The most intensive screen at the same cut.
fn intensive_at_the_offer(map: &Grid) -> Option<&Setting> {
    let is_it = is_intensive(map);
    map.settings.iter().find(|setting| is_at_the_offer(setting) && is_it(setting))
}

fn is_at_the_offer(setting: &Setting) -> bool {
    setting.known && setting.payout.is_some_and(|p| (p - OFFER).abs() < 1e-9)
}

/// Up to which half-life of lost goodwill the offer's market lasts, and what was tried.
fn turn(healing: &Grid) -> Option<(Edge, (f64, f64))> {
    let edge = healing::edge(healing, |setting| setting.known && setting.is_unscreened());
    Some((edge, healing::range(healing)?))
}

/// What becomes of the offer, how many it places, and whether that is more jobs in all.
fn first(library: Option<&Library>, judged: &Judged) -> String {
    let loss = library.map_or_else(String::new, |library| league::loss(library, UNSCREENED));
    let all =
        library.and_then(|library| library.all_jobs(UNSCREENED)).map_or("", |(verdict, _)| match verdict {
            contrast::Verdict::Higher => " More jobs are found in all than where nothing is sold.",
            contrast::Verdict::Lower => " Fewer jobs are found in all than where nothing is sold.",
            contrast::Verdict::NoneDetectable => " In all jobs found no difference is shown.",
        });
    format!(
        "Where sellers get a tenth of the first salary and screen nobody, {}, with {}{loss}.{all}",
        phrasing::clause(judged),
        phrasing::size(&judged.placements)
    )
}

/// Whether an hour of selling is worth it to an introducer whose hour is worth what it is on average: is *he* right?
fn hour(library: Option<&Library>, offer: Option<&Setting>, judged: &Judged) -> Option<String> {
    if !judged.verdict.is_alive() {
        return None;
    }
    let (brings, average) = (earned(library, offer)?, hour_value(library)?);
    let average_text = text::dollars(average);
    let tail = match phrasing::side(&brings, average) {
        Side::Below => format!(
            "less than the {average_text} that an introducer’s hour is assumed to be worth elsewhere on average: if his is, he is right to \
             refuse"
        ),
        Side::Above => format!(
            "more than the {average_text} that an introducer’s hour is assumed to be worth elsewhere on average: if his is, he would gain \
             by selling"
        ),
        Side::Open => format!(
            "and whether that is more or less than the {average_text} that an introducer’s hour is assumed to be worth elsewhere on \
             average is not shown"
        ),
    };
    Some(format!(
        "An hour of selling, waiting for clients included, brings {}, {tail}.",
        text::dollars_between(&brings)
    ))
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

fn second(map: &Grid, offer: Option<&Setting>, best: Option<&Setting>) -> String {
    let Some((setting, judged)) = best.and_then(|setting| Some((setting, setting.judged()?))) else {
        return "No market at the same cut was run with a screen.".to_owned();
    };
    let hours = setting.hours.map_or_else(
        || "the screen that places most of those tried".to_owned(),
        |hours| format!("{} of screening, which of the map’s screens places most,", text::hours(hours)),
    );
    let intensive = intensive_at_the_offer(map).filter(|most| most.hours != setting.hours);
    let intensive = intensive.and_then(|most| Some((most.hours?, most.judged()?))).map(|(hours, judged)| {
        let same = if phrasing::clause(judged) == phrasing::clause(setting.judged().unwrap_or(judged)) {
            "it does too".to_owned()
        } else {
            phrasing::clause(judged)
        };
        format!(
            "; with the most intensive, {}, {same}, with {}",
            text::hours(hours),
            text::number(&judged.placements)
        )
    });
    let contrast = offer.and_then(|offer| setting.contrast(offer));
    let differ = match phrasing::verdict(contrast.as_ref()) {
        Some(contrast::Verdict::Higher) => "more than without",
        Some(contrast::Verdict::Lower) => "fewer than without",
        Some(contrast::Verdict::NoneDetectable) => "no difference shown from without",
        None => "too few replications to compare with none",
    };
    format!(
        "With {hours} {}, with {}: {differ}{}.",
        phrasing::clause(judged),
        text::number(&judged.placements),
        intensive.unwrap_or_default()
    )
}

fn third(grid: Option<&Grid>, edge: &Edge, range: (f64, f64)) -> String {
    let words = healing::words(edge, range);
    let head = "Where only time heals and nobody forgives, the unscreened market lasts";
    let Edge::UpTo(lasts, fails) = edge else { return format!("{head} {words}.") };
    let there = grid.and_then(|grid| judged_at(grid, *fails)).map(|judged| {
        format!("; there {}, with {}", phrasing::clause(judged), text::number(&judged.placements))
    });
    let belief = if is_past_belief(*lasts) { ", which is slower than is believed" } else { "" };
    format!("{head} {words}{belief}{}.", there.unwrap_or_default())
}

/// How sure the verdict is: on how many replications it rests, where it is closest to turning, and what becomes of it
/// where the assumed constants are moved.
fn sure(study: &Study, judged: &Judged, turn: Option<&(Edge, (f64, f64))>) -> Option<String> {
    let library = study.library.as_ref();
    let n = text::counted(judged.placements.n, "replication");
    let lives =
        if judged.is_split() { format!(", and it lives in {} of them", judged.lives) } else { String::new() };
    let mut parts = vec![format!(
        "How sure: what becomes of the offer rests on {n}{lives}; brackets hold intervals of luck, 95\u{a0}% or more"
    )];
    parts.extend(library.and_then(jobs_in_all_words));
    parts.extend(library.and_then(out_of_work));
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

/// Whether more or fewer are out of work than where nothing is sold.
fn out_of_work(library: &Library) -> Option<String> {
    let [of, weeks] = metric!["unemployment_share", "mean_weeks_out"];
    let contrast = |metric| library.contrast((UNSCREENED, metric), (ORGANIC, metric));
    let (share, weeks) = (contrast(of)?, contrast(weeks)?);
    let word = |contrast: &contrast::Contrast, more: &'static str, less: &'static str| match contrast.verdict
    {
        Some(contrast::Verdict::Higher) => more,
        Some(contrast::Verdict::Lower) => less,
        _ => "no difference shown",
    };
    let change = share.estimate?.scaled(100.0);
    Some(format!(
        "out of work are {} ({} percentage points), and for {} ({} weeks)",
        word(&share, "more", "fewer"),
        text::number(&change),
        word(&weeks, "longer", "less long"),
        text::number(&weeks.estimate?)
    ))
}

/// The change in all jobs found, in words.
fn jobs_in_all_words(library: &Library) -> Option<String> {
    let (verdict, change) = library.all_jobs(UNSCREENED)?;
    let workers = library.arm(UNSCREENED)?.scenario.as_ref()?.workers.count;
    let among = format!("among {} over all years", text::counted(workers as usize, "worker"));
    Some(match verdict {
        contrast::Verdict::Higher => {
            format!("jobs found in all are more by {} {among}", text::number(&change))
        }
        contrast::Verdict::Lower => {
            format!("jobs found in all are fewer by {} {among}", text::number(&change.scaled(-1.0)))
        }
        contrast::Verdict::NoneDetectable => {
            format!("jobs found in all differ by {} {among}", text::number(&change))
        }
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

/// What the hours of those who sell are worth elsewhere, and an average one: the yardstick of what selling brings.
fn elsewhere(library: Option<&Library>, of: &impl Fn(Metric) -> Option<Estimate>) -> Option<String> {
    let value = |metric: Metric| of(metric).map(|it| it.value);
    let held = value(metric!("hours_judged"))? + value(metric!("hours_open_judged"))?;
    let own = crate::experiments::ratio(value(metric!("time_dollars_judged"))?, held)?;
    let average = hour_value(library)?;
    Some(format!(
        "; elsewhere theirs are worth {} each, an average introducer’s {}",
        text::dollars(own),
        text::dollars(average)
    ))
}

/// Four numbers of the offer's market.
fn numbers(study: &Study, offer: Option<&Setting>, judged: &Judged) -> Vec<(String, String)> {
    let library = study.library.as_ref();
    let of = |metric: Metric| -> Option<Estimate> {
        offer
            .and_then(|setting| setting.estimate(metric))
            .or_else(|| library.and_then(|library| library.estimate(UNSCREENED, metric)))
    };
    let mut numbers = vec![(
        text::rounded(judged.placements.value),
        "placed a year of 10,000 workers, over the last two years".to_owned(),
    )];
    // An hour is told where somebody works.
    if judged.placements.value > 0.0 {
        numbers.extend(earned(library, offer).map(|hour| {
            (
                text::dollars(hour.value),
                format!(
                    "an hour worked or open brings a seller, over the last two years{}",
                    elsewhere(library, &of).unwrap_or_default()
                ),
            )
        }));
    }
    numbers.extend(of(metric!("clients_gain")).map(|gain| {
        let alone = Estimate { interval: None, ..gain };
        (
            text::signed_percent(&alone),
            "of a year’s salary gained by clients of all years, against those turned away by drawing lots"
                .to_owned(),
        )
    }));
    let workers = library.and_then(|library| {
        library.contrast((UNSCREENED, metric!("welfare_workers")), (ORGANIC, metric!("welfare_workers")))
    });
    numbers.extend(workers.and_then(|contrast| {
        let all = contrast.estimate?;
        let shown = match contrast.verdict? {
            contrast::Verdict::NoneDetectable => "no difference shown".to_owned(),
            _ => text::dollars_between(&Estimate { interval: None, ..all }),
        };
        Some((
            shown,
            "a year per worker on average, clients or not, over all years, against nothing sold".to_owned(),
        ))
    }));
    numbers
}

/// What the headline hangs on.
fn flips(study: &Study, turn: Option<&Edge>) -> Option<String> {
    let mut parts = Vec::new();
    match turn {
        Some(Edge::UpTo(lasts, dies)) => parts.push(format!(
            "how fast relationships heal (between {} and {} for half of what was lost)",
            healing::weeks(*lasts),
            healing::weeks(*dies)
        )),
        Some(Edge::From(..) | Edge::Stretch(_) | Edge::Mixed(..)) => {
            parts.push("how fast relationships heal".to_owned())
        }
        _ => {}
    }
    if let Some(map) = &study.map {
        match super::c1::edge(map, |setting| setting.known && setting.is_unscreened()) {
            Edge::From(lasts, _) => {
                parts.push(format!("the cut (of those tried, it lasts from {} on)", text::percent(lasts)))
            }
            Edge::UpTo(_, dies) => parts
                .push(format!("the cut (of those tried, it does not last from {} on)", text::percent(dies))),
            _ => {}
        }
    }
    (!parts.is_empty())
        .then(|| super::with_what_matters(study, format!("What would turn it: {}.", text::joined(&parts))))
}
