//! Bombardment on the page: survival curves with the number at risk, and weeks to a block against requests a week.

use super::super::font;
use super::super::marks::{Anchor, Label, Mark, dashes, labels};
use super::super::page::Page;
use super::super::panel::{Panel, Point};
use super::super::scale::{Scale, percent, plain};
use super::super::style::{GREY, INK, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::lives::{GROUPS, Group};
use crate::stats::Estimate;
use crate::text::{count, with_interval};

const PLOT: f64 = 290.0;
/// Half the width of the ends of an interval.
const CAP: f64 = 7.0;

/// The page, with at least one group.
pub(super) fn page(
    title: &str,
    subtitle: &str,
    footer: &str,
    groups: &[Group],
    lasting: Option<&Estimate>,
) -> Page {
    let risk = (40.0 + 16.0 * groups.len() as f64).max(124.0);
    let mut page = Page::new(title, subtitle, footer, 30.0 + PLOT + 40.0 + risk);
    let (top, bottom) = (page.top + 30.0, page.top + 30.0 + PLOT);
    survival(&mut page, groups, top, bottom);
    medians(&mut page, groups, lasting, top, bottom);
    notes(&mut page, lasting, bottom + 46.0);
    page
}

/// How to read the second plot, under it.
fn notes(page: &mut Page, lasting: Option<&Estimate>, top: f64) {
    let mut notes = vec![
        "Dots and numbers: week by which half of a group’s ties are blocked, at the group’s mean rate. Bars: \
         95\u{a0}% intervals, with an arrow where the data set no upper end."
            .to_owned(),
    ];
    notes.extend(lasting.map(|rate| {
        let rate = rate.value;
        format!(
            "Dashed: {rate:.2} requests a week, the most that a tie bears for ever if they are evenly spread and never \
             met = recovery·(1\u{a0}−\u{a0}block_below) / (per_request·(1\u{a0}−\u{a0}recovery))."
        )
    }));
    let left = MARGIN + 512.0;
    let mut y = top;
    for note in notes {
        for line in font::wrap(&note, WIDTH - MARGIN - left, SMALL, false, 5) {
            page.add(Mark::text((left, y), line, SMALL, SOFT));
            y += 15.0;
        }
        y += 6.0;
    }
}

/// From dark to bright with the requests, stopping before the yellow that white paper swallows; none is grey.
fn colour(group: &Group) -> Rgb {
    if group.place == 0 {
        return GREY;
    }
    let share = (group.place - 1) as f64 / (GROUPS - 2) as f64;
    let colour = colorous::PLASMA.eval_continuous(0.05 + 0.75 * share);
    Rgb(colour.r, colour.g, colour.b)
}

fn survival(page: &mut Page, groups: &[Group], top: f64, bottom: f64) {
    let (left, right) = (MARGIN + 114.0, MARGIN + 400.0);
    let weeks = groups.iter().map(|group| group.curve.last_time()).fold(1.0, f64::max);
    let panel = Panel {
        x: Scale::linear(0.0, weeks, left, right),
        y: Scale::linear(0.0, 1.0, bottom, top),
        left,
        right,
        top,
        bottom,
    };
    panel.heading(page, MARGIN, "Ties still open", "% of ties, by weeks since the start");
    let ticks = panel.x.week_ticks(48.0);
    panel.axes(page, &ticks, &panel.y.ticks(4.0, percent));
    let stairs: Vec<Vec<Point>> = groups.iter().map(staircase).collect();
    for (group, stairs) in groups.iter().zip(&stairs) {
        panel.band(page, std::slice::from_ref(stairs), colour(group));
    }
    let mut wishes = Vec::new();
    for (group, stairs) in groups.iter().zip(&stairs) {
        panel.line(page, std::slice::from_ref(stairs), colour(group));
        let end = stairs.last().map_or(1.0, |point| point.y);
        wishes.push(Label::new(panel.y.at(end), &group.label, colour(group), 96.0, 1));
    }
    page.add(Mark::text((right + 10.0, top - 22.8), "requests", SMALL, SOFT));
    page.extend(labels(wishes, right + 10.0, top - 6.0, bottom + 6.0));
    let head = bottom + 46.0;
    page.add(Mark::text((MARGIN, head), "Ties watched", SMALL, INK).bold());
    for (row, group) in groups.iter().enumerate() {
        let y = head + 24.0 + 16.0 * row as f64;
        page.add(Mark::text((MARGIN, y), group.label.as_str(), SMALL, colour(group).as_text()).middle());
        for tick in &ticks {
            let text = count(group.curve.at_risk(tick.at));
            let at = (panel.x.at(tick.at), y);
            page.add(Mark::text(at, text, SMALL, colour(group).as_text()).middle().anchored(Anchor::Middle));
        }
    }
}

/// The corners of a survival curve and of its band, up to the longest time watched.
fn staircase(group: &Group) -> Vec<Point> {
    let mut points = vec![Point { x: 0.0, y: 1.0, interval: Some((1.0, 1.0)) }];
    for step in &group.curve.steps {
        if let Some(before) = points.last().copied() {
            points.push(Point { x: step.time, ..before });
        }
        points.push(Point { x: step.time, y: step.survival, interval: Some((step.low, step.high)) });
    }
    if let Some(last) = points.last().copied() {
        points.push(Point { x: group.curve.last_time(), ..last });
    }
    points
}

fn medians(page: &mut Page, groups: &[Group], lasting: Option<&Estimate>, top: f64, bottom: f64) {
    let (left, right) = (MARGIN + 548.0, WIDTH - MARGIN - 14.0);
    let asked: Vec<&Group> = groups.iter().filter(|group| group.mean_rate > 0.0).collect();
    let rates = || asked.iter().map(|group| group.mean_rate).chain(lasting.map(|rate| rate.value));
    let (low, high) = rates().fold((0.05, 2.0), |(low, high), rate| (rate.min(low), rate.max(high)));
    let weeks = groups.iter().map(|group| group.curve.last_time()).fold(2.0, f64::max);
    let panel = Panel {
        x: Scale::log(low * 0.7, high * 1.4, left, right),
        y: Scale::log(1.0, weeks * 1.5, bottom, top + 16.0),
        left,
        right,
        top,
        bottom,
    };
    panel.heading(page, left - 36.0, "Weeks until half are blocked", "log scales");
    panel.axes(page, &panel.x.ticks(5.0, short), &panel.y.ticks(5.0, short));
    let at = (f64::midpoint(left, right), bottom + 24.0);
    page.add(Mark::text(at, "requests a week", SMALL, SOFT).anchored(Anchor::Middle));
    if let Some(rate) = lasting {
        let x = panel.x.at(rate.value);
        if let Some((low, high)) = rate.interval {
            let (from, to) = (panel.x.at(low), panel.x.at(high));
            let points = vec![(from, top + 14.0), (to, top + 14.0), (to, bottom), (from, bottom)];
            page.add(Mark::Area { points, colour: GREY, alpha: 0.14 });
        }
        page.extend(dashes((x, top + 14.0), (x, bottom), INK, 1.25));
        let text = format!("{} a week lasts for ever", with_interval(rate, |x| format!("{x:.2}")));
        // Low down on the left no dot can lie: ties that are asked less than that are blocked late or never.
        let (before, after) = (x - 12.0 - left, right - x - 12.0);
        let wide = font::width(&text, SMALL, false);
        let (at, anchor, room) = if wide <= before || before > after {
            (x - 6.0, Anchor::End, before)
        } else {
            (x + 6.0, Anchor::Start, after)
        };
        for (line, text) in font::wrap(&text, room, SMALL, false, 4).into_iter().rev().enumerate() {
            let y = bottom - 12.0 - 13.0 * line as f64;
            page.add(Mark::text((at, y), text, SMALL, INK).middle().anchored(anchor));
        }
    }
    if asked.is_empty() {
        panel.says(page, "No tie had a request");
    }
    let mut any_open = false;
    for group in asked {
        let (median, x, colour) = (group.curve.median(), panel.x.at(group.mean_rate), colour(group));
        let roof = panel.y.at(panel.y.high());
        let foot = panel.y.at(median.low.unwrap_or(group.curve.last_time()).max(1.0));
        let head = median.high.map_or(roof, |high| panel.y.at(high.max(1.0)));
        page.add(Mark::line(vec![(x, foot), (x, head)], colour, 2.0));
        // Ends wider than the dot, so that a short interval is seen too.
        for end in [Some(foot), median.high.map(|_| head)].into_iter().flatten() {
            page.add(Mark::line(vec![(x - CAP, end), (x + CAP, end)], colour, 1.5));
        }
        if median.high.is_none() {
            page.add(Mark::line(vec![(x - 4.0, roof + 6.0), (x, roof), (x + 4.0, roof + 6.0)], colour, 2.0));
        }
        match median.value {
            Some(value) => {
                let y = panel.y.at(value.max(1.0));
                page.add(Mark::Dot { at: (x, y), radius: 4.0, colour });
                let text = format!("{value:.0}");
                let end = x + CAP + 6.0 + font::width(&text, SMALL, true);
                let crossed =
                    lasting.map(|rate| panel.x.at(rate.value)).is_some_and(|line| line > x && line < end);
                let fits = end <= panel.right && !crossed;
                let (at, anchor) =
                    if fits { (x + CAP + 4.0, Anchor::Start) } else { (x - CAP - 4.0, Anchor::End) };
                page.add(Mark::text((at, y), text, SMALL, colour.as_text()).bold().middle().anchored(anchor));
            }
            None => any_open = true,
        }
    }
    if any_open {
        page.add(Mark::text((left, top + 3.0), "↑ more than half still open", SMALL, SOFT).middle());
    }
}

/// A number without digits that say nothing.
fn short(value: f64, digits: usize) -> String {
    plain(value, digits)
}
