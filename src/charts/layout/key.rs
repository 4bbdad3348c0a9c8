//! The key above all plots: what colours and signs mean, in lines of the page.

use crate::charts::figure::Entry;
use crate::charts::font;
use crate::charts::marks::{Mark, dashes, rectangle};
use crate::charts::page::Page;
use crate::charts::style::{GREY, INK, LABEL, SOFT, WHITE};

use super::layers::{cross, frame, hatched, triangle};

const LINE: f64 = 20.0;
/// Left of the words: the sign.
const SIGN: f64 = 24.0;
const RAMP: f64 = 120.0;

impl Entry {
    fn words(&self, room: f64) -> String {
        match self {
            Self::Swatch(_, _, text)
            | Self::Line(_, text)
            | Self::Dashes(_, text)
            | Self::Dot(_, text)
            | Self::Speck(text)
            | Self::Corner(text)
            | Self::Frame(text)
            | Self::Cross(_, text)
            | Self::Ring(_, text) => font::cut(text, room - SIGN, LABEL, false),
            Self::Ramp(_, [from, _]) => from.clone(),
        }
    }

    fn width(&self, room: f64) -> f64 {
        let text = |text: &str| font::width(text, LABEL, false);
        match self {
            Self::Ramp(_, [from, to]) => RAMP + 12.0 + text(from) + text(to),
            other => SIGN + text(&other.words(room)),
        }
    }
}

/// Left end and line of each entry, within the margin and the room beside it.
fn placed(key: &[Entry], (margin, room): (f64, f64)) -> Vec<(f64, f64, &Entry)> {
    let (mut x, mut line, mut placed) = (margin, 0.0, Vec::new());
    for entry in key {
        let wide = entry.width(room);
        if x > margin && x + wide > margin + room {
            (x, line) = (margin, line + 1.0);
        }
        placed.push((x, line, entry));
        x += wide + 20.0;
    }
    placed
}

/// Height of the key with the gap below it.
pub(super) fn height(key: &[Entry], within: (f64, f64)) -> f64 {
    placed(key, within).last().map_or(0.0, |(_, line, _)| LINE * (line + 1.0) + 12.0)
}

pub(super) fn draw(page: &mut Page, key: &[Entry], within: (f64, f64)) {
    let top = page.top;
    for (x, line, entry) in placed(key, within) {
        let y = top + 7.0 + LINE * line;
        let ramp = matches!(entry, Entry::Ramp(..));
        let at = if ramp { x } else { x + SIGN };
        page.add(Mark::text((at, y), entry.words(within.1), LABEL, SOFT).middle());
        sign(page, entry, (x, y));
    }
}

fn sign(page: &mut Page, entry: &Entry, (x, y): (f64, f64)) {
    match entry {
        Entry::Swatch(Some(colour), alpha, _) => {
            page.add(rectangle((x, y - 6.0), (x + 18.0, y + 6.0), *colour, *alpha));
        }
        Entry::Swatch(None, ..) => hatched(page, (x, y - 7.0), (18.0, 14.0)),
        Entry::Line(colour, _) => page.add(Mark::line(vec![(x, y), (x + 18.0, y)], *colour, 2.5)),
        Entry::Dashes(colour, _) => page.extend(dashes((x, y), (x + 18.0, y), *colour, 1.5)),
        Entry::Dot(colour, _) => {
            page.add(Mark::line(vec![(x + 1.0, y), (x + 17.0, y)], *colour, 2.0));
            page.add(Mark::Dot { at: (x + 9.0, y), radius: 4.0, colour: *colour });
        }
        Entry::Speck(_) => page.add(Mark::Dot { at: (x + 9.0, y), radius: 2.0, colour: INK }),
        Entry::Corner(_) => {
            page.add(rectangle((x, y - 6.0), (x + 18.0, y + 6.0), GREY, 0.35));
            page.add(triangle((x + 15.0, y - 3.5), 8.0, INK));
        }
        Entry::Frame(_) => frame(page, (x + 2.0, y - 6.0), (x + 16.0, y + 6.0)),
        Entry::Cross(colour, _) => cross(page, (x + 9.0, y), *colour),
        Entry::Ring(colour, _) => {
            page.add(Mark::Dot { at: (x + 9.0, y), radius: 4.0, colour: *colour });
            page.add(Mark::Dot { at: (x + 9.0, y), radius: 2.4, colour: WHITE });
        }
        Entry::Ramp(colour, [from, to]) => {
            let left = x + font::width(from, LABEL, false) + 6.0;
            for step in 0..40 {
                let part = f64::from(step) / 40.0;
                let at = left + RAMP * part;
                page.add(rectangle((at, y - 7.0), (at + 3.5, y + 7.0), colour(part + 0.0125), 1.0));
            }
            page.add(Mark::text((left + RAMP + 6.0, y), to.as_str(), LABEL, SOFT).middle());
        }
    }
}
