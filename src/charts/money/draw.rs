//! Where the money goes on the page: for each scenario a bar of what a placement brought, a bar of what was spent on
//! it, and a dot for what was left.

use crate::text::{dollars, dollars_between};
use std::collections::BTreeMap;

use super::super::assumed;
use super::super::dots;
use super::super::font;
use super::super::marks::{Anchor, Mark};
use super::super::page::Page;
use super::super::scale::{Scale, round_range};
use super::super::style::{GREY, GRID, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::{Account, FEE, HOURS, PROFIT, SLIGHT};

const NAMES: f64 = 168.0;
/// Right of a bar: the sum of its parts.
const SUMS: f64 = 60.0;
const KEY: f64 = 22.0;
/// Room for what the dot means, right of the last line of the key.
const KEY_OF_DOT: f64 = 140.0;
const HEAD: f64 = 12.0;
const FOOT: f64 = 22.0;
const BAR: f64 = 11.0;

/// Name in the key and colour of each part but profit: Tol's muted palette.
const LOOKS: [(&str, Rgb); 6] = [
    ("fee", Rgb(0x33, 0x22, 0x88)),
    ("hours at their wage", Rgb(0xdd, 0xcc, 0x77)),
    ("social capital", Rgb(0xcc, 0x66, 0x77)),
    ("refunds", Rgb(0x88, 0xcc, 0xee)),
    ("paid to others", Rgb(0x99, 0x99, 0x33)),
    ("refunds still expected", Rgb(0x44, 0xaa, 0x99)),
];

/// The page, with at least one account.
pub(super) fn page(texts: [&str; 3], accounts: &[Account], colours: &BTreeMap<String, Rgb>) -> Page {
    let [title, subtitle, footer] = texts;
    let height = (560.0 / accounts.len() as f64).clamp(46.0, 64.0);
    let key = key(accounts);
    let head = KEY * key.len() as f64 + HEAD;
    let mut page = Page::new(title, subtitle, footer, head + height * accounts.len() as f64 + FOOT);
    draw_key(&mut page, &key);
    let (top, right) = (page.top + head, WIDTH - MARGIN);
    let bottom = top + height * accounts.len() as f64;
    let (low, high) = range(accounts);
    let x = Scale::linear(low, high, MARGIN + NAMES, right - numbers(accounts) - SUMS);
    for tick in dots::ticks(&x, 6.0, |value, _| dollars(value)) {
        let at = x.at(tick.at);
        let colour = if tick.at.abs() < 1e-9 { GREY } else { GRID };
        page.add(Mark::line(vec![(at, top), (at, bottom)], colour, if colour == GREY { 1.25 } else { 0.75 }));
        page.add(Mark::text((at, bottom + 6.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    for (place, account) in accounts.iter().enumerate() {
        let top = top + height * place as f64;
        if place > 0 {
            page.add(Mark::line(vec![(MARGIN, top), (right, top)], GRID, 0.5));
        }
        row(&mut page, account, colours[&account.name], &x, (top, height));
    }
    page
}

/// Room for the profits in numbers.
fn numbers(accounts: &[Account]) -> f64 {
    let text = |account: &Account| account.parts[PROFIT].map(|profit| dollars_between(&profit));
    let wide = |text: String| font::width(&text, SMALL + 0.5, false);
    accounts.iter().filter_map(text).map(wide).fold(0.0, f64::max) + 8.0
}

/// The axis holds what most rows need; a few longer bars are cut and say so.
fn range(accounts: &[Account]) -> (f64, f64) {
    let longest = |account: &Account| {
        let brought = account.value(FEE) + account.brought().map(|(_, value)| value).sum::<f64>();
        brought.max(account.spent().map(|(_, value)| value).sum())
    };
    let mut longest: Vec<f64> = accounts.iter().map(longest).collect();
    longest.sort_by(f64::total_cmp);
    let middle = longest[longest.len() / 2];
    let most = longest[longest.len() - 1];
    let high = most.min(CUT * middle);
    let left = |account: &Account| account.value(PROFIT).min(account.assumed[0].map_or(0.0, |ends| ends.0));
    let lowest = accounts.iter().map(left).fold(0.0, f64::min);
    round_range([high, lowest.max(-high / 2.0)], 0.0, 6.0)
}

/// What the dot and the numbers at the right are.
const LEFT: &str = "left to the seller";

/// Bars longer than so many times the middle one are cut.
const CUT: f64 = 3.0;

fn row(page: &mut Page, account: &Account, colour: Rgb, x: &Scale, (top, height): (f64, f64)) {
    let lines = font::wrap(&account.name, NAMES - 16.0, LABEL, true, 3);
    let first = top + height / 2.0 - 7.0 * (lines.len() - 1) as f64;
    for (line, text) in lines.into_iter().enumerate() {
        let at = (MARGIN, first + 14.0 * line as f64);
        page.add(Mark::text(at, text, LABEL, colour.as_text()).bold().middle());
    }
    let lane = height / 2.0 - BAR - 8.0;
    let [brought, spent, left] = [lane, lane + BAR + 2.0, lane + 2.0 * BAR + 11.0].map(|y| top + y);
    let mut income = vec![(FEE, account.value(FEE))];
    income.extend(account.brought());
    bar(page, x, brought, &income);
    bar(page, x, spent, &account.spent().collect::<Vec<_>>());
    let Some(profit) = account.parts[PROFIT] else { return };
    if let Some((low, high)) = account.assumed[0] {
        assumed::band(page, (x.at(low), x.at(high)), left, colour);
    }
    dots::dot(page, x, left, (&profit, colour, dots::holds_zero(&profit)));
    let text = dollars_between(&profit);
    let at = (WIDTH - MARGIN, top + height / 2.0);
    page.add(Mark::text(at, text, SMALL + 0.5, INK).middle().anchored(Anchor::End));
}

/// Parts side by side from zero on, with their sum at the end; cut at the end of the axis.
fn bar(page: &mut Page, x: &Scale, y: f64, parts: &[(usize, f64)]) {
    let mut at = 0.0;
    for &(part, value) in parts {
        let (from, to) = (x.at(at), x.at(at + value));
        at += value;
        if to > from {
            let box_of = vec![(from, y), (to, y), (to, y + BAR), (from, y + BAR)];
            page.add(Mark::Area { points: box_of, colour: LOOKS[part].1, alpha: 1.0 });
        }
    }
    let end = x.at(at);
    let beyond = at > x.high() * (1.0 + 1e-9);
    if beyond {
        // Two white strokes across the bar: it goes on.
        for back in [9.0, 5.0] {
            let stroke = vec![(end - back - 2.0, y + BAR + 1.0), (end - back + 2.0, y - 1.0)];
            page.add(Mark::line(stroke, Rgb(255, 255, 255), 1.75));
        }
    }
    if at > SLIGHT {
        page.add(Mark::text((end + 5.0, y + BAR / 2.0), dollars(at), SMALL, SOFT).middle());
    }
}

/// Parts that occur, cut into lines of the page.
fn key(accounts: &[Account]) -> Vec<Vec<(usize, f64)>> {
    let occurs = |part: usize| part == FEE || accounts.iter().any(|a| a.value(part).abs() > SLIGHT);
    let mut lines = vec![Vec::new()];
    let mut x = MARGIN;
    for part in (FEE..PROFIT).filter(|&part| occurs(part) || part == HOURS) {
        let wide = 18.0 + font::width(LOOKS[part].0, LABEL, false) + 22.0;
        if x + wide > WIDTH - MARGIN - KEY_OF_DOT && x > MARGIN {
            lines.push(Vec::new());
            x = MARGIN;
        }
        if let Some(line) = lines.last_mut() {
            line.push((part, x));
        }
        x += wide;
    }
    lines
}

fn draw_key(page: &mut Page, lines: &[Vec<(usize, f64)>]) {
    let at =
        (WIDTH - MARGIN - font::width(LEFT, LABEL, false), page.top + 6.0 + KEY * (lines.len() - 1) as f64);
    page.add(Mark::Dot { at: (at.0 - 10.0, at.1), radius: 4.0, colour: GREY });
    page.add(Mark::line(vec![(at.0 - 17.0, at.1), (at.0 - 3.0, at.1)], GREY, 2.0));
    page.add(Mark::text((at.0 + 1.0, at.1), LEFT, LABEL, INK).middle());
    for (place, line) in lines.iter().enumerate() {
        let y = page.top + 6.0 + KEY * place as f64;
        for &(part, x) in line {
            let (name, colour) = LOOKS[part];
            let points = vec![(x, y - 5.5), (x + 12.0, y - 5.5), (x + 12.0, y + 5.5), (x, y + 5.5)];
            page.add(Mark::Area { points, colour, alpha: 1.0 });
            page.add(Mark::text((x + 18.0, y), name, LABEL, INK).middle());
        }
    }
}
