//! All settings of the map in one table: cut, screen and payment in front, what comes of the market behind. On the page a
//! script makes knobs of the front; without it the table is there.

use super::answers::Sheet;
use super::league::{MARKET, market};
use super::phrasing;
use super::study::Study;
use super::sweep::{Grid, Setting};
use crate::text;

/// The table, and in how many of its columns the knobs stand.
pub(super) struct Explorer {
    pub(super) sheet: Sheet,
    pub(super) knobs: usize,
    /// The row of the offer that was made.
    pub(super) offer: Option<usize>,
}

/// Settings that have a verdict, from the smallest cut without a screen on; `None` where there are fewer than two.
pub(super) fn explorer(study: &Study, is_offer: impl Fn(&Setting) -> bool) -> Option<Explorer> {
    let map = study.map.as_ref()?;
    let mut settings: Vec<&Setting> =
        map.of(|setting| setting.judged().is_some() && setting.payout.is_some()).collect();
    if settings.len() < 2 {
        return None;
    }
    let place = |setting: &Setting| (!setting.known, setting.hours.unwrap_or(f64::INFINITY));
    let payout = |setting: &Setting| setting.payout.unwrap_or_default();
    settings.sort_by(|a, b| {
        let ((hidden, hours), (other, of_other)) = (place(a), place(b));
        hidden.cmp(&other).then(hours.total_cmp(&of_other)).then(payout(a).total_cmp(&payout(b)))
    });
    let hides = map.has_hidden();
    let mut head = vec!["Sellers get".to_owned(), "They screen".to_owned()];
    head.extend(hides.then(|| "Payment".to_owned()));
    let knobs = head.len();
    head.extend(MARKET.map(str::to_owned));
    let rows = settings.iter().filter_map(|setting| row(map, setting, hides)).collect();
    Some(Explorer {
        sheet: Sheet {
            caption: format!("All {} settings of the map, with intervals of {}", settings.len(), map.level()),
            head,
            rows,
        },
        knobs,
        offer: settings.iter().position(|setting| is_offer(setting)),
    })
}

fn row(map: &Grid, setting: &Setting, hides: bool) -> Option<Vec<String>> {
    let payout = phrasing::payout(setting.payout?, map.payout_is_share);
    let payout = if map.payout_is_share { format!("{payout} of salary") } else { payout };
    let screen = match setting.hours {
        Some(hours) if hours > 0.0 => text::hours(hours),
        _ if setting.is_unscreened() => "nobody".to_owned(),
        _ => setting.level.clone(),
    };
    let mut cells = vec![payout, screen];
    if hides {
        cells.push(if setting.known { "known" } else { "hidden" }.to_owned());
    }
    let mut market = market(setting.judged()?, |metric| setting.estimate(metric));
    if let Some(elsewhere) = &setting.elsewhere {
        market[0] += &format!(" (judged {})", elsewhere.words);
    }
    cells.extend(market);
    Some(cells)
}
