//! Market life on the page: four plots for all scenarios, or a row of four for each.

use std::collections::BTreeMap;

use super::super::font;
use super::super::marks::{Label, Mark, labels};
use super::super::page::Page;
use super::super::panel::{Panel, stretches};
use super::super::scale::{Scale, percent, plain, round_range};
use super::super::style::{self, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::series::{FEWEST_ASKING, Line, MEASURES, Market};

/// More scenarios than this get a row each.
const OVERLAID: usize = 6;

/// The page, with at least one point in `lines`.
pub(super) fn page(title: &str, footer: &str, markets: &[Market], lines: &[[Line; 4]]) -> Page {
    let colours = style::colours(markets.iter().map(|market| (market.name.as_str(), market.sells)));
    let subtitle = subtitle(markets, title.contains("gone by"));
    if markets.len() > OVERLAID || !labels_fit(markets) {
        rows(
            Page::new(title, &subtitle, footer, 46.0 + ROW * markets.len() as f64 + 28.0),
            markets,
            lines,
            &colours,
        )
    } else {
        overlaid(Page::new(title, &subtitle, footer, 2.0 * BLOCK), markets, lines, &colours)
    }
}

/// What is plotted, over whom.
fn subtitle(markets: &[Market], weeks_in_title: bool) -> String {
    let replications = markets.iter().map(|market| market.replications.len()).max().unwrap_or_default();
    let what = if replications > 1 { "mean over replications" } else { "in the one market that was run" };
    let mut text = format!(
        "By week after the paid market opened, {what}. Goodwill is that of sellers’ ties, or of all ties where nobody \
         sells."
    );
    if !markets.iter().any(|market| market.sells) {
        text.push_str(" Nobody sells here, so only goodwill has a line.");
    } else if replications > FEWEST_ASKING {
        text.push_str(&format!(
            " Requests met are drawn while {FEWEST_ASKING} markets or more still have some."
        ));
    }
    if weeks_in_title && replications > 1 {
        text.push_str(" The week in the title is the mean of the first without sellers.");
    }
    text
}

/// Whether the labels at the lines' ends find room beside a plot, each with the words it may need.
fn labels_fit(markets: &[Market]) -> bool {
    let label = |market: &Market| {
        let name = format!("{}, to week {}", market.name, market.last_week);
        Label::new(0.0, &name, INK, LABEL_ROOM - 8.0, 3).height()
    };
    markets.iter().map(label).sum::<f64>() <= BLOCK - 82.0 + 17.0
}

/// Room for labels beside a plot.
const LABEL_ROOM: f64 = 128.0;
const BLOCK: f64 = 270.0;
const ROW: f64 = 84.0;

fn overlaid(
    mut page: Page,
    markets: &[Market],
    lines: &[[Line; 4]],
    colours: &BTreeMap<String, Rgb>,
) -> Page {
    let half = (WIDTH - 2.0 * MARGIN) / 2.0;
    for (place, measure) in MEASURES.iter().enumerate() {
        let (column, row) = ((place % 2) as f64, (place / 2) as f64);
        let left = MARGIN + column * (half + 12.0);
        let (top, bottom) = (page.top + row * BLOCK + 30.0, page.top + row * BLOCK + BLOCK - 52.0);
        let room = if markets.len() > 1 { LABEL_ROOM } else { 16.0 };
        let panel = panel(lines, markets, place, (left + 40.0, left + half - 12.0 - room), (top, bottom));
        panel.heading(&mut page, left, measure.heading, measure.unit);
        let format = if measure.share { percent } else { plain };
        let mut wishes = Vec::new();
        let shown: Vec<_> = markets
            .iter()
            .zip(lines)
            .map(|(market, lines)| (market, stretches(lines[place].points.clone())))
            .collect();
        if shown.iter().all(|(_, line)| line.is_empty()) {
            panel.axes(&mut page, &panel.x.week_ticks(46.0), &[]);
            panel.says(&mut page, absence(place, markets));
            continue;
        }
        panel.axes(&mut page, &panel.x.week_ticks(46.0), &panel.y.ticks(4.0, format));
        for (market, line) in &shown {
            panel.band(&mut page, line, colours[&market.name]);
        }
        for (market, line) in &shown {
            panel.line(&mut page, line, colours[&market.name]);
            if let Some(last) = line.last().and_then(|stretch| stretch.last()).filter(|_| markets.len() > 1) {
                let ends_early = panel.x.at(last.x) < panel.right - 0.08 * (panel.right - panel.left);
                let end = if ends_early { format!(", to week {}", last.x) } else { String::new() };
                let name = format!("{}{end}", market.name);
                wishes.push(Label::new(panel.y.at(last.y), &name, colours[&market.name], room - 8.0, 3));
            }
        }
        page.extend(labels(wishes, panel.right + 8.0, top - 10.0, bottom + 7.0));
    }
    page
}

fn absence(place: usize, markets: &[Market]) -> &'static str {
    match place {
        _ if !markets.iter().any(|market| market.sells) => "Nobody sells in these scenarios",
        1 => "No paid request was made",
        _ => "No finite number to draw",
    }
}

/// A row for each scenario, its name to the left, the same axes down each column.
fn rows(mut page: Page, markets: &[Market], lines: &[[Line; 4]], colours: &BTreeMap<String, Rgb>) -> Page {
    let names = 186.0;
    let each = (WIDTH - 2.0 * MARGIN - names) / 4.0;
    for (place, measure) in MEASURES.iter().enumerate() {
        let left = MARGIN + names + place as f64 * each;
        page.add(Mark::text((left, page.top), measure.heading, LABEL, INK).bold());
        let unit = font::cut(measure.unit, each - 8.0, SMALL, false);
        page.add(Mark::text((left, page.top + 16.0), unit, SMALL, SOFT));
    }
    for (row, (market, lines_here)) in markets.iter().zip(lines).enumerate() {
        let top = page.top + 46.0 + row as f64 * ROW;
        let colour = colours[&market.name];
        page.extend(labels(
            vec![Label::new(top + 30.0, &market.name, colour, names - 18.0, 5)],
            MARGIN,
            top - 6.0,
            top + ROW - 6.0,
        ));
        for (place, measure) in MEASURES.iter().enumerate() {
            let left = MARGIN + names + place as f64 * each;
            let panel =
                panel(lines, markets, place, (left + 36.0, left + each - 14.0), (top, top + ROW - 24.0));
            let format = if measure.share { percent } else { plain };
            let last = row + 1 == markets.len();
            let mut weeks = panel.x.week_ticks(40.0);
            if !last {
                weeks.iter_mut().for_each(|tick| tick.text.clear());
                weeks.retain(|tick| !tick.below.is_empty());
                weeks.iter_mut().for_each(|tick| tick.below = " ".to_owned());
            }
            panel.axes(&mut page, &weeks, &panel.y.ticks(2.0, format));
            let line = stretches(lines_here[place].points.clone());
            panel.band(&mut page, &line, colour);
            panel.line(&mut page, &line, colour);
            if line.is_empty() {
                panel.says(&mut page, if market.sells { "none" } else { "nobody sells" });
            }
        }
    }
    page
}

/// A panel whose axes hold every scenario's line and band of one measure.
fn panel(
    lines: &[[Line; 4]],
    markets: &[Market],
    place: usize,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) -> Panel {
    let last_week = markets.iter().map(|market| market.last_week).max().unwrap_or_default().max(1);
    let points = lines.iter().flat_map(|lines| lines[place].points.iter().flatten());
    let ends = points.flat_map(|point| {
        let (low, high) = point.interval.unwrap_or((point.y, point.y));
        [low, high]
    });
    let (low, high) = round_range(ends, 0.0, 4.0);
    let high = if MEASURES[place].share || place == 2 { high.min(1.0_f64.max(low)) } else { high };
    Panel {
        x: Scale::linear(0.0, last_week as f64, left, right),
        y: Scale::linear(low, high, bottom, top),
        left,
        right,
        top,
        bottom,
    }
}
