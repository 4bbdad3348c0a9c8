//! Who pays where there are many scenarios: the rank of payers among all who seek, a dot with its interval each.

use crate::text::count;
use std::collections::BTreeMap;

use super::super::font;
use super::super::marks::{Anchor, Mark};
use super::super::page::Page;
use super::super::scale::{Scale, percent};
use super::super::style::{GREY, GRID, HEADING, INK, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::histogram::{Groups, PAYERS, VARIABLES};
use super::people;

const NAMES: f64 = 264.0;
const GAP: f64 = 26.0;
const HEAD: f64 = 44.0;
const FOOT: f64 = 24.0;

/// The page, with at least one scenario.
pub(super) fn page(
    title: &str,
    footer: &str,
    shown: &[&Groups],
    left_out: &str,
    colours: &BTreeMap<String, Rgb>,
) -> Page {
    let subtitle = format!(
        "Mean rank of new clients of sellers among all who seek, in ability and contacts, and among the jobless in time \
         out of work: the per cent of seekers below them, equals counted half. 50\u{a0}% is no difference.{left_out}"
    );
    let height = (520.0 / shown.len() as f64).clamp(28.0, 46.0);
    let bottom_of_rows = HEAD + height * shown.len() as f64;
    let mut page = Page::new(title, &subtitle, footer, bottom_of_rows + FOOT);
    let each = (WIDTH - 2.0 * MARGIN - NAMES - 2.0 * GAP) / 3.0;
    let (top, bottom) = (page.top + HEAD, page.top + bottom_of_rows);
    for (v, variable) in VARIABLES.iter().enumerate() {
        let left = MARGIN + NAMES + v as f64 * (each + GAP);
        page.add(Mark::text((left, page.top), variable.heading, HEADING, INK).bold());
        let among = format!("higher than … of {}", variable.among);
        page.add(Mark::text((left, page.top + 17.0), among, SMALL, SOFT));
        let x = axis(shown, left, left + each);
        for tick in x.ticks(3.0, percent) {
            let at = x.at(tick.at);
            page.add(Mark::line(vec![(at, top - 4.0), (at, bottom)], GRID, 0.75));
            page.add(Mark::text((at, bottom + 6.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
        }
        page.add(Mark::line(vec![(x.at(0.5), top - 4.0), (x.at(0.5), bottom)], GREY, 1.25));
        for (row, groups) in shown.iter().enumerate() {
            let (y, colour) = (top + (row as f64 + 0.5) * height, colours[&groups.name]);
            let Some(rank) = groups.rank(v, PAYERS) else { continue };
            if let Some((low, high)) = rank.interval {
                page.add(Mark::line(vec![(x.at(low), y), (x.at(high), y)], colour, 2.0));
            }
            page.add(Mark::Dot { at: (x.at(rank.value), y), radius: 3.8, colour });
        }
    }
    for (row, groups) in shown.iter().enumerate() {
        let middle = top + (row as f64 + 0.5) * height;
        let count = count(people(groups, PAYERS));
        page.add(
            Mark::text((MARGIN + NAMES - 16.0, middle), count, SMALL, SOFT).middle().anchored(Anchor::End),
        );
        let lines = font::wrap(&groups.name, NAMES - 78.0, SMALL, false, 2);
        let first = middle - 6.5 * (lines.len() - 1) as f64;
        for (line, text) in lines.into_iter().enumerate() {
            let at = (MARGIN, first + 13.0 * line as f64);
            page.add(Mark::text(at, text, SMALL, colours[&groups.name].as_text()).middle());
        }
    }
    let at = (MARGIN + NAMES - 16.0, page.top + 17.0);
    page.add(Mark::text(at, "people who paid", SMALL, SOFT).anchored(Anchor::End));
    page
}

/// The same axis for all variables, with the middle in it.
fn axis(shown: &[&Groups], left: f64, right: f64) -> Scale {
    let ranks = shown.iter().flat_map(|groups| (0..VARIABLES.len()).filter_map(|v| groups.rank(v, PAYERS)));
    let ends = ranks.flat_map(|rank| {
        let (low, high) = rank.interval.unwrap_or((rank.value, rank.value));
        [low, high]
    });
    let (low, high) = ends.fold((0.45_f64, 0.55_f64), |(low, high), end| (low.min(end), high.max(end)));
    Scale::linear((10.0 * low - 0.2).floor() / 10.0, (10.0 * high + 0.2).ceil() / 10.0, left, right)
}
