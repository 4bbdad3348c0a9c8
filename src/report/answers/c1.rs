//! C1: it works only with an intensive screening process.

use super::super::say;
use super::super::study::{MAP, Study};
use super::super::sweep::{Count, Grid, Setting};
use super::verdict::lasts;
use super::{Answer, Asked, Standing, of_scenarios, with_what_matters};
use crate::experiments::contrast::{Contrast, Verdict};
use crate::experiments::verdict::ALIVE_ABOVE;
use crate::text;

const ASKED: Asked = Asked {
    id: "c1",
    label: "C1",
    question: "It works only with an intensive screening process …",
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
    answer.assumed = assumed(study, "contingency", "contingency-screened");
    answer.rests = format!(
        "The map over {}, {} a setting on the same luck. A market lasts where the 95\u{a0}% interval of placements per 10,000 \
         workers and year, over the judged weeks, lies above {ALIVE_ABOVE}; it cannot be told where it holds {ALIVE_ABOVE}. \
         Sizes are means over settings, with a t interval over replications.",
        super::verdict::range(map),
        text::counted(map.replications, "replication")
    );
    answer.change = with_what_matters(study, change(standing));
    answer
}

fn unscreened(setting: &Setting) -> bool {
    setting.known && setting.is_unscreened()
}

fn screened(setting: &Setting) -> bool {
    setting.known && !setting.is_unscreened()
}

fn sentence(map: &Grid) -> (Standing, String) {
    let (without, with) = (map.count(unscreened), map.count(screened));
    if without.of == 0 || with.of == 0 {
        let text =
            "This run cannot tell: its map lacks markets without a screen or markets with one.".to_owned();
        return (Standing::Open, text);
    }
    let standing = standing(&without, &with);
    let lead = match standing {
        Standing::Holds => "It takes a screen",
        Standing::Fails if without.lasts > 0 => "It works without a screen too",
        Standing::Fails => "It works nowhere, with a screen or without",
        _ => "Whether it takes a screen cannot be told",
    };
    let size = |of: fn(&Setting) -> bool| {
        map.size(of).map_or_else(|| "an unknown number".to_owned(), |size| text::number(&size))
    };
    let contrast = map.contrast(screened, unscreened);
    let text = format!(
        "{lead}: where decision-makers know who pays, the market lasts {} without a screen and {} with one; over all cuts {} \
         and {} are placed per 10,000 workers and year, {}.",
        lasts(&without),
        lasts(&with),
        size(unscreened),
        size(screened),
        differ(contrast.as_ref())
    );
    (standing, text)
}

fn differ(contrast: Option<&Contrast>) -> String {
    match (say::verdict(contrast), contrast) {
        (Some(Verdict::Higher), Some(contrast)) => format!("more with a screen, {}", say::by_size(contrast)),
        (Some(Verdict::Lower), Some(contrast)) => format!("fewer with a screen, {}", say::by_size(contrast)),
        (Some(Verdict::NoneDetectable), _) => "no detectable difference".to_owned(),
        _ => "too few replications to compare".to_owned(),
    }
}

/// Holds where nothing unscreened lasts or may and something screened does; fails where something unscreened does, or
/// nothing at all does or may.
fn standing(without: &Count, with: &Count) -> Standing {
    let dies = |count: &Count| count.lasts == 0 && count.open == 0;
    if without.lasts > 0 || (dies(without) && dies(with)) {
        Standing::Fails
    } else if dies(without) && with.lasts > 0 {
        Standing::Holds
    } else {
        Standing::Open
    }
}

/// The same where nobody is told of the payment.
fn hidden(map: &Grid) -> Option<String> {
    if !map.has_hidden() {
        return None;
    }
    let unscreened = |setting: &Setting| !setting.known && setting.is_unscreened();
    let screened = |setting: &Setting| !setting.known && !setting.is_unscreened();
    let contrast = map.contrast(screened, unscreened);
    Some(format!(
        "Where payment is hidden, the market lasts {} without a screen and {} with one; over all cuts, {}.",
        lasts(&map.count(unscreened)),
        lasts(&map.count(screened)),
        differ(contrast.as_ref())
    ))
}

/// The two scenarios of the library that differ in their screen alone.
fn library(study: &Study) -> Option<String> {
    let library = study.library.as_ref()?;
    let names = ["contingency", "contingency-screened"];
    let part = |name: &str| {
        let scenario = library.arm(name)?.scenario.as_ref();
        let screen = scenario.map_or_else(|| format!("under “{name}”"), say::screen);
        Some(format!("{screen} {}", say::market(&library.judged(name)?)))
    };
    let parts: Vec<String> = names.into_iter().map(part).collect::<Option<_>>()?;
    let cut = library.arm(names[0])?.scenario.as_ref().map_or_else(|| "the same cut".to_owned(), say::price);
    Some(format!("In the library, at {cut}: {} ({}).", parts.join("; "), of_scenarios(study, &names)))
}

/// Where some scenarios place enough when the assumed constants are moved.
pub(super) fn assumed(study: &Study, one: &str, other: &str) -> Option<String> {
    let library = study.library.as_ref()?;
    let part = |name: &str| {
        let share = library.alive_over_assumptions(name)?;
        Some((share.n, format!("“{name}” placed more than {ALIVE_ABOVE} at {}", text::share(&share))))
    };
    let (first, second) = (part(one)?, part(other)?);
    Some(format!(
        "Over {} draws of the assumed constants, {} per 10,000 workers and year, {} of them.",
        text::count(first.0),
        first.1,
        second.1
    ))
}

fn change(standing: Standing) -> String {
    if standing == Standing::Open {
        return "More replications a setting narrow the intervals of those that cannot be told.".to_owned();
    }
    format!(
        "Another threshold than {ALIVE_ABOVE} placements per 10,000 workers and year, or decision-makers who are told \
         nothing: the second map."
    )
}
