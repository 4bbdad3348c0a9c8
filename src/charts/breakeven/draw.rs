//! Break-even on the page: profit per hour along the knob above, where it pays below, on one axis.

use super::{Answer, CRITERIA, title};
use crate::charts::dots::ticks;
use crate::charts::font;
use crate::charts::marks::{Anchor, Label, Mark, labels};
use crate::charts::page::Page;
use crate::charts::panel::Panel;
use crate::charts::scale::{Scale, round_range};
use crate::charts::style::{self, GREY, GRID, HEADING, INK, Kind, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use crate::charts::turns::{self, Measure};
use crate::text::{dollars, minus};

/// Left of the plot: names of rows.
const NAMES: f64 = 190.0;
/// Right of it: what the rows say.
const SAYS: f64 = 196.0;
const HEAD: f64 = 26.0;
const PLOT: f64 = 230.0;
const ROW: f64 = 30.0;
const GROUP: f64 = 30.0;
const FOOT: f64 = 40.0;

/// A row of the lower part: its name, its colour and what it shows.
struct Row<'a> {
    name: &'a str,
    colour: Rgb,
    show: Show<'a>,
}

enum Show<'a> {
    Turning(&'a turns::Turning),
    Fee(&'a super::Fee),
}

/// The page, with at least one level.
pub(super) fn page(texts: [&str; 3], answer: &Answer) -> Page {
    let groups = groups(answer);
    let rows: f64 = groups.iter().map(|(_, rows)| GROUP + ROW * rows.len() as f64).sum();
    let mut page = Page::new(texts[0], texts[1], texts[2], HEAD + PLOT + 14.0 + rows + FOOT);
    let (left, right) = (MARGIN + NAMES, WIDTH - MARGIN - SAYS);
    let (low, high) = answer.range;
    let x = if answer.is_log {
        Scale::log(low, high, left, right)
    } else {
        Scale::linear(low, high, left, right)
    };
    let (top, bottom) = (page.top + HEAD, page.top + HEAD + PLOT);
    let end = bottom + 14.0 + rows;
    for tick in ticks(&x, 6.0, answer.measure.tick()) {
        let at = x.at(tick.at);
        page.add(Mark::line(vec![(at, top), (at, end)], GRID, 0.75));
        page.add(Mark::text((at, end + 7.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    let at = (f64::midpoint(left, right), end + 23.0);
    page.add(Mark::text(at, title::axis(answer), SMALL, SOFT).bold().anchored(Anchor::Middle));
    curves(&mut page, answer, x, (top, bottom));
    let mut y = bottom + 14.0;
    for (heading, rows) in groups {
        page.add(Mark::text((MARGIN, y + 10.0), heading, HEADING, INK).bold());
        y += GROUP;
        for one in rows {
            row(&mut page, answer, &x, &one, y + ROW / 2.0);
            y += ROW;
        }
    }
    page
}

/// Rows under their headings.
fn groups(answer: &Answer) -> Vec<(&'static str, Vec<Row<'_>>)> {
    let colours = colours(answer);
    let mut groups = Vec::new();
    for (place, (_, _, heading)) in CRITERIA.iter().enumerate() {
        let of =
            |(level, &colour): (&'_ super::Level, &Rgb)| level.turnings[place].is_some().then_some(colour);
        let rows: Vec<Row> = answer
            .levels
            .iter()
            .zip(&colours)
            .filter_map(|(level, colour)| {
                let colour = of((level, colour))?;
                let show = Show::Turning(level.turnings[place].as_ref()?);
                Some(Row { name: &level.name, colour, show })
            })
            .collect();
        if !rows.is_empty() {
            groups.push((*heading, rows));
        }
    }
    let fees: Vec<Row> =
        answer.fees.iter().map(|fee| Row { name: fee.name, colour: GREY, show: Show::Fee(fee) }).collect();
    if !fees.is_empty() {
        groups.push(("Fees asked today", fees));
    }
    groups
}

fn colours(answer: &Answer) -> Vec<Rgb> {
    let names = || answer.levels.iter().map(|level| level.name.as_str());
    let colours = style::colours(names().map(|name| (name, Kind::Paid)));
    names().map(|name| colours[name]).collect()
}

/// Profit per hour along the knob, a line for each level.
fn curves(page: &mut Page, answer: &Answer, x: Scale, (top, bottom): (f64, f64)) {
    let (left, right) = (x.at(x.low()), x.at(x.high()));
    let points = || answer.levels.iter().flat_map(|level| &level.curve);
    let values = points().map(|point| point.y);
    let (least, most) = values.fold((0.0_f64, 0.0_f64), |(low, high), y| (low.min(y), high.max(y)));
    // Bands are seen as far as they do not leave the lines far behind.
    let room = 0.3 * (most - least);
    let ends = points().filter_map(|point| point.interval);
    let (low, high) = ends.fold((least, most), |(low, high), ends| {
        (low.min(ends.0.max(least - room)), high.max(ends.1.min(most + room)))
    });
    let (low, high) = round_range([low, high], 0.0, 4.0);
    let y = Scale::linear(low, high, bottom, top);
    let panel = Panel { x, y, left, right, top, bottom };
    panel.heading(
        page,
        MARGIN,
        "Profit per hour",
        "$ an hour worked in the last 52 weeks, mean over markets",
    );
    panel.axes(page, &[], &y.ticks(4.0, |value, _| minus(&dollars(value))));
    if points().next().is_none() {
        panel.says(page, "curve.csv has no profit per hour to draw");
        return;
    }
    let colours = colours(answer);
    let mut wishes = Vec::new();
    for (level, colour) in answer.levels.iter().zip(colours) {
        if level.curve.is_empty() {
            continue;
        }
        let line = vec![level.curve.clone()];
        panel.band(page, &line, colour);
        panel.line(page, &line, colour);
        if let Some(last) = level.curve.last().filter(|_| answer.levels.len() > 1) {
            wishes.push(Label::new(y.at(last.y), &level.name, colour, SAYS - 20.0, 2).led_from(right + 2.0));
        }
    }
    page.extend(labels(wishes, right + 15.0, top - 6.0, bottom + 6.0));
}

fn row(page: &mut Page, answer: &Answer, x: &Scale, row: &Row, y: f64) {
    let lines = font::wrap(row.name, NAMES - 14.0, SMALL, false, 2);
    let first = y - 6.5 * (lines.len() - 1) as f64;
    for (line, text) in lines.into_iter().enumerate() {
        page.add(
            Mark::text((MARGIN, first + 13.0 * line as f64), text, SMALL, row.colour.as_text()).middle(),
        );
    }
    let says = match row.show {
        Show::Turning(turning) => {
            turns::draw(page, (x, y), turning, (row.colour, None));
            turning.words(answer.measure, answer.range)
        }
        Show::Fee(fee) => {
            fee_mark(page, x, fee, y);
            fee_words(answer.measure, fee)
        }
    };
    let lines = font::wrap(&says, SAYS - 15.0, SMALL, false, 2);
    let first = y - 6.5 * (lines.len() - 1) as f64;
    for (line, text) in lines.into_iter().enumerate() {
        let at = (WIDTH - MARGIN - SAYS + 15.0, first + 13.0 * line as f64);
        page.add(Mark::text(at, text, SMALL, INK).middle());
    }
}

/// A fee that lies on the axis, as a bar or, where it has no range, as a stroke.
fn fee_mark(page: &mut Page, x: &Scale, fee: &super::Fee, y: f64) {
    if fee.high < x.low() || fee.low > x.high() {
        return;
    }
    let (from, to) = (x.at(fee.low), x.at(fee.high));
    let (from, to) = if to - from < 3.0 { (from - 1.5, from + 1.5) } else { (from, to) };
    let points = vec![(from, y - 4.0), (to, y - 4.0), (to, y + 4.0), (from, y + 4.0)];
    page.add(Mark::Area { points, colour: GREY, alpha: 0.75 });
}

fn fee_words(measure: Measure, fee: &super::Fee) -> String {
    if fee.high - fee.low < 1e-9 {
        return measure.text(fee.low);
    }
    measure.with_interval(fee.low, None).replace("\u{a0}%", "") + "–" + &measure.text(fee.high)
}
