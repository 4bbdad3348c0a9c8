//! The verdict: two sentences on whether the one who refuses to sell introductions is right.

use super::super::say::{self, Side};
use super::super::study::{LIBRARY, MAP, Study};
use super::super::sweep::{Count, Grid};
use crate::experiments::contrast;
use crate::text;

/// The verdict, and the charts under it.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    /// A few words for the top of the page.
    pub(crate) headline: String,
    /// Two sentences with numbers.
    pub(crate) sentences: [String; 2],
}

/// The scenario of the phone call: paid for a job, nobody screened; and the same with a screen.
const UNSCREENED: &str = "contingency";
const SCREENED: &str = "contingency-screened";

pub(crate) fn verdict(study: &Study) -> Verdict {
    let (headline, first) = refusal(study);
    Verdict { headline, sentences: [first, map(study)] }
}

/// Whether the market of the phone call is viable, and what screening does to it.
fn refusal(study: &Study) -> (String, String) {
    let Some(library) = &study.library else {
        return ("Whether the refusal is right was not run".to_owned(), study.not_run(LIBRARY));
    };
    let Some((arm, viable)) = library.arm(UNSCREENED).zip(library.estimate(UNSCREENED, "viable")) else {
        let text = format!("Not run: no replication of the library judges “{UNSCREENED}”.");
        return ("Whether the refusal is right was not run".to_owned(), text);
    };
    let terms = arm.scenario.as_ref().map_or_else(
        || "paid for a job and with nobody screened".to_owned(),
        |scenario| format!("for {} and {}", say::price(scenario), say::screen(scenario)),
    );
    let n = text::counted(viable.n, "replication");
    let share = text::share(&viable);
    let (headline, first) = match say::side(&viable, 0.5) {
        Side::Below => (
            "The refusal is right",
            format!("Selling introductions {terms} kept the market alive in only {share} of {n}"),
        ),
        Side::Above => (
            "The refusal is wrong",
            format!("Selling introductions {terms} kept the market alive in {share} of {n}"),
        ),
        Side::Open => (
            "Whether the refusal is right cannot be told",
            format!("Selling introductions {terms} kept the market alive in {share} of {n}, too few to tell"),
        ),
    };
    (headline.to_owned(), format!("{first}; {}.", screening(study)))
}

fn screening(study: &Study) -> String {
    let found = study.library.as_ref().and_then(|library| {
        let scenario = library.arm(SCREENED)?.scenario.as_ref();
        let screen = scenario.map_or_else(|| "after a screen".to_owned(), say::screen);
        let share = text::share(&library.estimate(SCREENED, "viable")?);
        let contrast = library.contrast((SCREENED, "viable"), (UNSCREENED, "viable"));
        Some(match say::verdict(contrast.as_ref()) {
            Some(contrast::Verdict::Higher) => format!("{screen} it was {share}, which is higher"),
            Some(contrast::Verdict::Lower) => format!("{screen} it was {share}, which is lower"),
            Some(contrast::Verdict::NoneDetectable) if !say::is_hopeless(contrast.as_ref()) => {
                format!("{screen} it was {share}, no detectable difference")
            }
            _ => format!("{screen} it was {share}, too few to tell the two apart"),
        })
    });
    found.unwrap_or_else(|| "with screening it was not run".to_owned())
}

/// Where on the map half of the markets live.
fn map(study: &Study) -> String {
    let Some(map) = &study.map else { return study.not_run(MAP) };
    let known = map.count(|setting| setting.known);
    let place = range(map);
    if !map.has_hidden() {
        return format!("Over {place}, at least half of the markets lived {}.", lived(&known));
    }
    let hidden = map.count(|setting| !setting.known);
    let contrast = map.contrast(|setting| !setting.known, |setting| setting.known);
    let difference = match (say::verdict(contrast.as_ref()), &contrast) {
        (Some(contrast::Verdict::Higher), Some(contrast)) => {
            format!(": hiding it keeps more markets alive, by {}", say::points(contrast))
        }
        (Some(contrast::Verdict::Lower), Some(contrast)) => {
            format!(": hiding it keeps fewer markets alive, by {}", say::points(contrast))
        }
        (Some(contrast::Verdict::NoneDetectable), _) => ", no detectable difference".to_owned(),
        _ => ", too few replications to compare".to_owned(),
    };
    format!(
        "Over {place}, at least half of the markets lived {} where decision-makers know who pays, and {} where payment is \
         hidden{difference}.",
        lived(&known),
        lived(&hidden)
    )
}

/// "payouts from 5 % to 50 % and screens from none to 24 hours".
pub(super) fn range(map: &Grid) -> String {
    let (payouts, hours) = (map.payouts(), map.hours());
    let payout = match payouts.as_slice() {
        [low, .., high] => {
            format!("cuts of {} of the first salary", say::payouts(*low, *high, map.payout_is_share))
        }
        [one] => format!("a cut of {}", say::payout(*one, map.payout_is_share)),
        [] => "no cut at all".to_owned(),
    };
    let payout = if map.payout_is_share { payout } else { payout.replace(" of the first salary", "") };
    match hours.as_slice() {
        [low, .., high] => {
            let from = if *low <= 0.0 { "none".to_owned() } else { text::hours(*low) };
            format!("{payout} and screens from {from} to {}", text::hours(*high))
        }
        _ => payout,
    }
}

/// "at 11 of 120 settings [3–28]": as estimated; surely to possibly.
pub(super) fn lived(count: &Count) -> String {
    if count.of == 0 {
        return "at no setting that was judged".to_owned();
    }
    let bounds = if count.surely == count.maybe {
        String::new()
    } else {
        format!("\u{a0}[{}–{}]", text::count(count.surely), text::count(count.maybe))
    };
    let here = if count.here == 0 { "none".to_owned() } else { text::count(count.here) };
    format!("at {here}{bounds} of {} settings", text::count(count.of))
}
