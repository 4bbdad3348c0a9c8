//! C1: it works only with an intensive screening process.

use super::super::say::{self, Side};
use super::super::study::{MAP, Study};
use super::super::sweep::{Count, Grid, Setting};
use super::verdict::lived;
use super::{Answer, Asked, Chart, Standing, of_scenarios, with_what_matters};
use crate::experiments::contrast::Verdict;
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
    answer.charts = vec![Chart { part: MAP, name: "who-leaves-first", scenarios: &[] }];
    answer.rests = format!(
        "The map over {}, {} a setting on the same luck. A setting counts where half or more of its markets are viable; in \
         brackets the settings of which their own 95\u{a0}% interval (Wilson) makes sure, and those that it leaves possible. \
         Shares are means over replications of the share of settings that live, with a t interval.",
        super::verdict::range(map),
        text::counted(map.replications, "replication")
    );
    answer.change = with_what_matters(study, change(map, standing));
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
        Standing::Fails if without.surely > 0 => "It works without a screen too",
        Standing::Fails => "It works nowhere, with a screen or without",
        _ => "Whether it takes a screen cannot be told",
    };
    let share = |of: fn(&Setting) -> bool| {
        map.share(of).map_or_else(|| "an unknown share".to_owned(), |share| text::share(&share))
    };
    let contrast = map.contrast(screened, unscreened);
    let differ = match (say::verdict(contrast.as_ref()), &contrast) {
        (Some(Verdict::Higher), Some(contrast)) => format!("screening helps, by {}", say::points(contrast)),
        (Some(Verdict::Lower), Some(contrast)) => format!("screening hurts, by {}", say::points(contrast)),
        (Some(Verdict::NoneDetectable), _) => "no detectable difference".to_owned(),
        _ => "too few replications to compare".to_owned(),
    };
    let text = format!(
        "{lead}: where decision-makers know who pays, at least half of the markets lived {} without a screen and {} with \
         one; over all cuts {} and {} of markets were viable, {differ}.",
        lived(&without),
        lived(&with),
        share(unscreened),
        share(screened)
    );
    (standing, text)
}

/// Holds where nothing unscreened can live and something screened surely does; fails where something unscreened surely
/// does, or nothing at all can.
fn standing(without: &Count, with: &Count) -> Standing {
    if without.surely > 0 || (without.maybe == 0 && with.maybe == 0) {
        Standing::Fails
    } else if without.maybe == 0 && with.surely > 0 {
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
    let differ = match (say::verdict(contrast.as_ref()), &contrast) {
        (Some(Verdict::Higher), Some(contrast)) => format!("screening helps, by {}", say::points(contrast)),
        (Some(Verdict::Lower), Some(contrast)) => format!("screening hurts, by {}", say::points(contrast)),
        (Some(Verdict::NoneDetectable), _) => "no detectable difference".to_owned(),
        _ => "too few replications to compare".to_owned(),
    };
    Some(format!(
        "Where payment is hidden, half of the markets lived {} without a screen and {} with one; over all cuts, {differ}.",
        lived(&map.count(unscreened)),
        lived(&map.count(screened))
    ))
}

/// The two scenarios of the library that differ in their screen alone.
fn library(study: &Study) -> Option<String> {
    let library = study.library.as_ref()?;
    let names = ["contingency", "contingency-screened"];
    let part = |name: &str| {
        let scenario = library.arm(name)?.scenario.as_ref();
        let screen = scenario.map_or_else(|| format!("under “{name}”"), say::screen);
        Some(format!("{} {screen}", text::share(&library.estimate(name, "viable")?)))
    };
    let parts: Vec<String> = names.into_iter().map(part).collect::<Option<_>>()?;
    let cut = library.arm(names[0])?.scenario.as_ref().map_or_else(|| "the same cut".to_owned(), say::price);
    Some(format!(
        "In the library, at {cut}, the share of markets that were viable was {} ({}).",
        text::joined(&parts),
        of_scenarios(study, &names)
    ))
}

/// Viability of some scenarios where the assumed constants are moved.
pub(super) fn assumed(study: &Study, one: &str, other: &str) -> Option<String> {
    let library = study.library.as_ref()?;
    let part = |name: &str| {
        let share = library.viable_over_assumptions(name)?;
        Some((share.n, format!("“{name}” was viable at {}", text::share(&share))))
    };
    let (first, second) = (part(one)?, part(other)?);
    Some(format!(
        "Over {} draws of the assumed constants, {}, {} of them.",
        text::count(first.0),
        first.1,
        second.1
    ))
}

fn change(map: &Grid, standing: Standing) -> String {
    if standing != Standing::Open {
        return "Another definition of viable, or decision-makers who are told nothing: the second map."
            .to_owned();
    }
    let share = map.share(unscreened);
    match share.as_ref().map(|share| say::side(share, 0.5)) {
        Some(Side::Open) => say::to_settle(share.as_ref(), 0.5),
        _ => {
            "More replications a setting: with fewer than four no setting of its own can be sure.".to_owned()
        }
    }
}
