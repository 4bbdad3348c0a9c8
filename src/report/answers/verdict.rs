//! The verdict: two sentences on whether the one who refuses to sell introductions is right.

use super::super::say;
use super::super::study::{LIBRARY, MAP, Study};
use super::super::sweep::{Count, Grid};
use crate::experiments::contrast;
use crate::experiments::verdict::{MEASURE, Verdict};
use crate::text;

/// The verdict, and the charts under it.
#[derive(Clone, Debug)]
pub(crate) struct Headline {
    /// A few words for the top of the page.
    pub(crate) headline: String,
    /// Two sentences with numbers.
    pub(crate) sentences: [String; 2],
}

/// The scenario of the phone call: paid for a job, nobody screened; and the same with a screen.
const UNSCREENED: &str = "contingency";
const SCREENED: &str = "contingency-screened";

pub(crate) fn verdict(study: &Study) -> Headline {
    let (headline, first) = refusal(study);
    Headline { headline, sentences: [first, map(study)] }
}

/// Whether the market of the phone call lasts, and what screening does to it.
fn refusal(study: &Study) -> (String, String) {
    let Some(library) = &study.library else {
        return ("Whether the refusal is right was not run".to_owned(), study.not_run(LIBRARY));
    };
    let Some((arm, judged)) = library.arm(UNSCREENED).zip(library.judged(UNSCREENED)) else {
        let text = format!("Not run: no replication of the library judges “{UNSCREENED}”.");
        return ("Whether the refusal is right was not run".to_owned(), text);
    };
    let terms = arm.scenario.as_ref().map_or_else(
        || "paid for a job and with nobody screened".to_owned(),
        |scenario| format!("for {} and {}", say::price(scenario), say::screen(scenario)),
    );
    let headline = match judged.verdict {
        Verdict::Dies => "The refusal is right",
        Verdict::Lasts => "The refusal is wrong",
        Verdict::CannotBeTold => "Whether the refusal is right cannot be told",
    };
    let first = format!("Where introductions are sold {terms}, {}", say::market(&judged));
    (headline.to_owned(), format!("{first}; {}.", screening(study)))
}

fn screening(study: &Study) -> String {
    let found = study.library.as_ref().and_then(|library| {
        let scenario = library.arm(SCREENED)?.scenario.as_ref();
        let screen = scenario.map_or_else(|| "after a screen".to_owned(), say::screen);
        let market = say::market(&library.judged(SCREENED)?);
        let contrast = library.contrast((SCREENED, MEASURE), (UNSCREENED, MEASURE));
        let differ = match say::verdict(contrast.as_ref()) {
            Some(contrast::Verdict::Higher) => "which is larger",
            Some(contrast::Verdict::Lower) => "which is smaller",
            Some(contrast::Verdict::NoneDetectable) => "no detectable difference",
            None => "too few to tell the two apart",
        };
        Some(format!("{screen} {market}, {differ}"))
    });
    found.unwrap_or_else(|| "with screening it was not run".to_owned())
}

/// Where on the map the market lasts.
fn map(study: &Study) -> String {
    let Some(map) = &study.map else { return study.not_run(MAP) };
    let known = map.count(|setting| setting.known);
    let place = range(map);
    if !map.has_hidden() {
        return format!("Over {place}, the market lasts {}.", lasts(&known));
    }
    let hidden = map.count(|setting| !setting.known);
    let contrast = map.contrast(|setting| !setting.known, |setting| setting.known);
    let difference = match (say::verdict(contrast.as_ref()), &contrast) {
        (Some(contrast::Verdict::Higher), Some(contrast)) => {
            format!(": hiding it makes markets larger, {}", say::by_size(contrast))
        }
        (Some(contrast::Verdict::Lower), Some(contrast)) => {
            format!(": hiding it makes markets smaller, {}", say::by_size(contrast))
        }
        (Some(contrast::Verdict::NoneDetectable), _) => ", no detectable difference of size".to_owned(),
        _ => ", too few replications to compare".to_owned(),
    };
    format!(
        "Over {place}, the market lasts {} where decision-makers know who pays, and {} where payment is hidden{difference}.",
        lasts(&known),
        lasts(&hidden)
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

/// "at 11 of 120 settings (5 cannot be told)".
pub(super) fn lasts(count: &Count) -> String {
    if count.of == 0 {
        return "at no setting that was judged".to_owned();
    }
    let open = match count.open {
        0 => String::new(),
        n => format!(" ({} {})", text::count(n), Verdict::CannotBeTold.name()),
    };
    let here = if count.lasts == 0 { "none".to_owned() } else { text::count(count.lasts) };
    format!("at {here} of {} settings{open}", text::count(count.of))
}
