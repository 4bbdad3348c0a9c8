//! Market life on the page: four plots for all scenarios, or a row of four for each.

use std::collections::BTreeMap;

use super::super::assumed;
use super::super::data::FEWEST_FOR_BANDS;
use super::super::font;
use super::super::marks::{Label, Mark, labels};
use super::super::page::Page;
use super::super::panel::{Panel, Point, stretches};
use super::super::scale::{Scale, Tick, percent, plain, round_range};
use super::super::style::{INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::series::{FEWEST_ASKING, Line, MEASURES, Market};

/// More scenarios than this get a row each.
const OVERLAID: usize = 6;

/// The page, with at least one point in `lines`.
pub(super) fn page(
    title: &str,
    footer: &str,
    markets: &[Market],
    lines: &[[Line; 4]],
    colours: &BTreeMap<String, Rgb>,
) -> Page {
    let subtitle = subtitle(markets, title.contains("gone by"));
    if markets.len() > OVERLAID || !labels_fit(markets) {
        let body = ROW_HEAD + row_height(markets.len()) * markets.len() as f64 + 28.0;
        rows(Page::new(title, &subtitle, footer, body), markets, lines, colours)
    } else {
        let rows = if sold(markets) { 2.0 } else { 1.0 };
        overlaid(Page::new(title, &subtitle, footer, rows * BLOCK - 12.0), markets, lines, colours)
    }
}

/// What is plotted, over whom.
fn subtitle(markets: &[Market], weeks_in_title: bool) -> String {
    let replications = markets.iter().map(|market| market.replications.len()).max().unwrap_or_default();
    let what = if replications > 1 { "mean over replications" } else { "in the one market that was run" };
    if !sold(markets) {
        return format!(
            "By week, {what}. Goodwill is that of all ties; nobody sells, so nothing else can be drawn."
        );
    }
    let mut text = format!(
        "By week after the paid market opened, {what}. Goodwill is that of sellers’ ties, or of all ties where nobody \
         sells."
    );
    if replications > FEWEST_ASKING {
        text.push_str(&format!(
            " Requests met are drawn while {FEWEST_ASKING} markets or more still have some."
        ));
    }
    if weeks_in_title && replications >= FEWEST_FOR_BANDS {
        text.push_str(" Weeks in the title: mean of the first without sellers.");
    }
    text
}

/// Whether the labels at the lines' ends find room beside a plot, each with the words it may need.
fn labels_fit(markets: &[Market]) -> bool {
    let label = |market: &Market| {
        let name = format!("{}, to week\u{a0}{}", market.name, market.last_week);
        Label::new(0.0, &name, INK, LABEL_ROOM - 14.0, 3).height()
    };
    markets.iter().map(label).sum::<f64>() <= BLOCK - 78.0 + 17.0
}

/// Room for labels beside a plot.
const LABEL_ROOM: f64 = 140.0;
const BLOCK: f64 = 258.0;
/// Above the rows: what each column shows.
const ROW_HEAD: f64 = 46.0;

/// Many rows are lower, so that the page stays in one piece.
fn row_height(rows: usize) -> f64 {
    (640.0 / rows as f64).clamp(42.0, 84.0)
}

/// The one measure that exists where nobody sells.
const GOODWILL: usize = 2;

fn sold(markets: &[Market]) -> bool {
    markets.iter().any(|market| market.sells)
}

fn overlaid(
    mut page: Page,
    markets: &[Market],
    lines: &[[Line; 4]],
    colours: &BTreeMap<String, Rgb>,
) -> Page {
    let sold = sold(markets);
    let half = (WIDTH - 2.0 * MARGIN) / if sold { 2.0 } else { 1.0 };
    for (place, measure) in MEASURES.iter().enumerate().filter(|&(place, _)| sold || place == GOODWILL) {
        let (column, row) = if sold { ((place % 2) as f64, (place / 2) as f64) } else { (0.0, 0.0) };
        let left = MARGIN + column * (half + 12.0);
        let (top, bottom) = (page.top + row * BLOCK + 30.0, page.top + row * BLOCK + BLOCK - 48.0);
        let room = if markets.len() > 1 { LABEL_ROOM } else { 16.0 };
        let panel = panel(lines, markets, place, (left + 40.0, left + half - 12.0 - room), (top, bottom));
        let unit = match panel.y.low() {
            low if low > 0.0 => format!("{}; axis from {}", measure.unit, percent(low, 2)),
            _ => measure.unit.to_owned(),
        };
        panel.heading(&mut page, left, measure.heading, &unit);
        let format = if measure.share { percent } else { plain };
        let mut wishes = Vec::new();
        let shown: Vec<_> = markets
            .iter()
            .zip(lines)
            .map(|(market, lines)| (market, stretches(lines[place].points.clone())))
            .collect();
        if shown.iter().all(|(_, line)| line.is_empty()) {
            panel.axes(&mut page, &panel.x.week_ticks(46.0), &[]);
            panel.says(&mut page, absence(place));
            continue;
        }
        panel.axes(&mut page, &panel.x.week_ticks(46.0), &panel.y.ticks(4.0, format));
        for (market, lines) in markets.iter().zip(lines) {
            spread(&mut page, &panel, &lines[place], colours[&market.name]);
            ends(&mut page, &panel, (market, place), colours[&market.name]);
        }
        for (market, line) in &shown {
            panel.line(&mut page, line, colours[&market.name]);
            if let Some(last) = line.last().and_then(|stretch| stretch.last()).filter(|_| markets.len() > 1) {
                let ends_early = panel.x.at(last.x) < panel.right - 0.08 * (panel.right - panel.left);
                let end = if ends_early { format!(", to week\u{a0}{}", last.x) } else { String::new() };
                let name = format!("{}{end}", market.name);
                let label = Label::new(panel.y.at(last.y), &name, colours[&market.name], room - 14.0, 3);
                wishes.push(if ends_early { label } else { label.led_from(panel.right + 2.0) });
            }
        }
        page.extend(labels(wishes, panel.right + 16.0, top - 10.0, bottom + 7.0));
    }
    page
}

/// What shows the uncertainty of a line: its band, or each replication where there are too few for one.
fn spread(page: &mut Page, panel: &Panel, line: &Line, colour: Rgb) {
    if line.each.is_empty() {
        panel.band(page, &stretches(line.points.clone()), colour);
    }
    for points in &line.each {
        panel.hairs(page, &stretches(points.clone()), colour);
    }
}

/// Under the sellers, the weeks in which the last was gone over the assumed constants.
fn ends(page: &mut Page, panel: &Panel, (market, place): (&Market, usize), colour: Rgb) {
    if let Some((low, high)) = market.assumed_end.filter(|_| place == 0) {
        assumed::band(page, (panel.x.at(low), panel.x.at(high)), panel.bottom - 5.5, colour);
    }
}

fn absence(place: usize) -> &'static str {
    if place == 1 { "No seller made a request" } else { "No finite number to draw" }
}

/// A row for each scenario, its name to the left, the same axes down each column.
fn rows(mut page: Page, markets: &[Market], lines: &[[Line; 4]], colours: &BTreeMap<String, Rgb>) -> Page {
    let (names, height) = (206.0, row_height(markets.len()));
    let each = (WIDTH - 2.0 * MARGIN - names) / 4.0;
    for (place, measure) in MEASURES.iter().enumerate() {
        let left = MARGIN + names + place as f64 * each;
        page.add(Mark::text((left, page.top), measure.heading, LABEL, INK).bold());
        let unit = font::cut(measure.unit, each - 8.0, SMALL, false);
        page.add(Mark::text((left, page.top + 16.0), unit, SMALL, SOFT));
    }
    for (row, (market, lines_here)) in markets.iter().zip(lines).enumerate() {
        let top = page.top + ROW_HEAD + row as f64 * height;
        let bottom = top + height - 13.0;
        let colour = colours[&market.name];
        let most = if height < 60.0 { 3 } else { 5 };
        let name = Label::new(f64::midpoint(top, bottom), &market.name, colour, names - 18.0, most);
        page.extend(labels(vec![name], MARGIN, top - 6.0, top + height - 6.0));
        for (place, measure) in MEASURES.iter().enumerate() {
            let left = MARGIN + names + place as f64 * each;
            let panel = panel(lines, markets, place, (left + 36.0, left + each - 14.0), (top, bottom));
            let format = if measure.share { percent } else { plain };
            let last = row + 1 == markets.len();
            let mut weeks = panel.x.week_ticks(40.0);
            if !last {
                weeks.iter_mut().for_each(|tick| tick.text.clear());
                weeks.retain(|tick| !tick.below.is_empty());
                weeks.iter_mut().for_each(|tick| tick.below = " ".to_owned());
            }
            panel.axes(&mut page, &weeks, &levels(&panel, height, format));
            let line = stretches(lines_here[place].points.clone());
            spread(&mut page, &panel, &lines_here[place], colour);
            ends(&mut page, &panel, (market, place), colour);
            panel.line(&mut page, &line, colour);
            if line.is_empty() {
                panel.says(&mut page, if market.sells { "none" } else { "nobody sells" });
            }
        }
    }
    page
}

/// Ticks of a low plot: its first and its last where there is no room for more.
fn levels(panel: &Panel, height: f64, format: fn(f64, usize) -> String) -> Vec<Tick> {
    if height >= 60.0 {
        return panel.y.ticks(2.0, format);
    }
    let ticks = panel.y.ticks(4.0, format);
    match ticks.as_slice() {
        [first, .., last] => vec![first.clone(), last.clone()],
        few => few.to_vec(),
    }
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
    let (low, high) = range(lines, place);
    Panel {
        x: Scale::linear(0.0, last_week as f64, left, right),
        y: Scale::linear(low, high, bottom, top),
        left,
        right,
        top,
        bottom,
    }
}

/// Ends of an axis that follows the lines: bands may leave it, but not by much.
fn range(lines: &[[Line; 4]], place: usize) -> (f64, f64) {
    let each = |line: &Line| line.each.iter().flatten().flatten().copied().collect::<Vec<Point>>();
    let all = || lines.iter().map(|lines| &lines[place]);
    let points: Vec<Point> =
        all().flat_map(|line| line.points.iter().flatten().copied().chain(each(line))).collect();
    let (low, high) = points
        .iter()
        .fold((f64::INFINITY, 0.0_f64), |(low, high), point| (low.min(point.y), high.max(point.y)));
    let banded = all().all(|line| line.each.is_empty());
    let band_high = points
        .iter()
        .filter(|_| banded)
        .filter_map(|point| point.interval)
        .map(|ends| ends.1)
        .fold(high, f64::max);
    let top = band_high.min(BAND_OVER * high);
    if MEASURES[place].share && low > 0.5 {
        // Goodwill that stays high is not squeezed under the upper edge.
        return ((10.0 * low - 0.5).floor() / 10.0, 1.0_f64.max(high));
    }
    let (low, top) = round_range([low.min(top), top], 0.0, 4.0);
    (low, if MEASURES[place].share { top.min(1.0_f64.max(high)) } else { top })
}

/// How far above the highest line an axis goes for a band.
const BAND_OVER: f64 = 1.4;
