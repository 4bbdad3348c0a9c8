//! Who pays on the page: a row for each scenario, a plot for each variable, means above densities.

use super::super::font;
use super::super::marks::{Anchor, Mark};
use super::super::page::Page;
use super::super::panel::{Panel, Point};
use super::super::scale::{Scale, percent, plain, round_range};
use super::super::style::{HEADING, INK, MARGIN, SMALL, SOFT, WIDTH};
use super::super::words::{hundredths, minus};
use super::histogram::{GROUPS, Groups, VARIABLES};

const MEANS: f64 = 15.0;
const STRIP: f64 = 4.0 * MEANS + 10.0;
const ROW: f64 = 300.0;

/// The page, with at least one scenario.
pub(super) fn page(title: &str, subtitle: &str, footer: &str, shown: &[&Groups]) -> Page {
    let mut page = Page::new(title, subtitle, footer, ROW * shown.len() as f64);
    let gap = 26.0;
    let each = (WIDTH - 2.0 * MARGIN - 2.0 * gap) / 3.0;
    for (row, groups) in shown.iter().enumerate() {
        let top = page.top + ROW * row as f64;
        let name = font::cut(&groups.name, WIDTH - 2.0 * MARGIN, HEADING, true);
        page.add(Mark::text((MARGIN, top), name, HEADING, INK).bold());
        for (v, variable) in VARIABLES.iter().enumerate() {
            let left = MARGIN + v as f64 * (each + gap);
            plot(&mut page, groups, shown, v, (left + 36.0, left + each), top + 48.0 + STRIP);
            let at = (left, top + 24.0);
            page.add(Mark::text(at, variable.heading, HEADING, INK).bold());
            let after = left + font::width(variable.heading, HEADING, true) + 7.0;
            let unit = format!("{} · {}", variable.unit, variable.per);
            let unit = font::cut(&unit, left + each - after, SMALL, false);
            page.add(Mark::text((after, at.1 + 1.4), unit, SMALL, SOFT));
        }
    }
    page
}

fn plot(page: &mut Page, groups: &Groups, shown: &[&Groups], v: usize, (left, right): (f64, f64), top: f64) {
    let bottom = top + ROW - 48.0 - STRIP - 48.0;
    let ranges: Vec<(f64, f64)> = shown.iter().filter_map(|groups| groups.range(v)).collect();
    let low = ranges.iter().map(|range| range.0).fold(f64::INFINITY, f64::min);
    let high = ranges.iter().map(|range| range.1).fold(f64::NEG_INFINITY, f64::max);
    let all = shown.iter().flat_map(|groups| (0..GROUPS.len()).flat_map(|g| groups.densities(v, g)));
    let (_, tallest) = round_range(all.map(|(_, d)| d.high().unwrap_or(d.value)), 0.0, 4.0);
    let panel = Panel {
        x: Scale::linear(low, high, left, right),
        y: Scale::linear(0.0, tallest, bottom, top),
        left,
        right,
        top,
        bottom,
    };
    let weeks = VARIABLES[v].column == "weeks_out";
    let mut xs = if weeks { panel.x.week_ticks(36.0) } else { panel.x.ticks(5.0, plain) };
    if high < 104.0 && weeks {
        xs = panel.x.ticks(5.0, plain);
    }
    panel.axes(page, &xs, &panel.y.ticks(4.0, percent));
    if ranges.is_empty() {
        panel.says(page, "No finite number to draw");
        return;
    }
    for (g, group) in GROUPS.iter().enumerate() {
        let inside = |x: &f64| (panel.x.low()..=panel.x.high()).contains(x);
        let points: Vec<Point> = groups
            .densities(v, g)
            .into_iter()
            .filter(|(x, _)| inside(x))
            .map(|(x, density)| Point { x, y: density.value, interval: density.interval })
            .collect();
        panel.band(page, std::slice::from_ref(&points), group.colour);
        panel.line(page, &[points], group.colour);
    }
    means(page, &panel, groups, v);
}

/// A dot with its interval for each group, labelled, above the densities.
fn means(page: &mut Page, panel: &Panel, groups: &Groups, v: usize) {
    for (g, group) in GROUPS.iter().enumerate() {
        let y = panel.top - STRIP + (g as f64 + 0.5) * MEANS;
        let colour = group.colour;
        let Some(mean) = groups.mean(v, g) else {
            let text = format!("{}: nobody", group.column);
            page.add(Mark::text((panel.left, y), text, SMALL, SOFT).middle());
            continue;
        };
        let x = panel.x.at(mean.value);
        let (low, high) = mean.interval.map_or((x, x), |(low, high)| (panel.x.at(low), panel.x.at(high)));
        page.add(Mark::line(vec![(low, y), (high, y)], colour, 2.0));
        page.add(Mark::Dot { at: (x, y), radius: 3.6, colour });
        let value = if VARIABLES[v].column == "ability" {
            hundredths(mean.value)
        } else {
            minus(&format!("{:.1}", mean.value))
        };
        let text = format!("{} {value}", group.column);
        let fits = high.max(x) + 10.0 + font::width(&text, SMALL, false) <= panel.right;
        let (at, anchor) =
            if fits { (high.max(x) + 8.0, Anchor::Start) } else { (low.min(x) - 8.0, Anchor::End) };
        page.add(Mark::text((at, y), text, SMALL, colour.as_text()).middle().anchored(anchor));
    }
}
