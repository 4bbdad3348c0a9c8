//! What a page is made of, in logical pixels from its top left corner.

use super::font;
use super::style::Rgb;

/// Which point of a text its position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing drawn.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Line { points: Vec<(f64, f64)>, colour: Rgb, width: f64 },
    Area { points: Vec<(f64, f64)>, colour: Rgb, alpha: f64 },
    Dot { at: (f64, f64), radius: f64, colour: Rgb },
    Text { at: (f64, f64), text: String, size: f64, bold: bool, colour: Rgb, anchor: Anchor },
}

impl Mark {
    pub(super) fn line(points: Vec<(f64, f64)>, colour: Rgb, width: f64) -> Self {
        Self::Line { points, colour, width }
    }

    /// Text whose capitals begin at the height of `at`.
    pub(super) fn text(at: (f64, f64), text: impl Into<String>, size: f64, colour: Rgb) -> Self {
        Self::Text { at, text: text.into(), size, bold: false, colour, anchor: Anchor::Start }
    }

    pub(super) fn bold(self) -> Self {
        match self {
            Self::Text { at, text, size, colour, anchor, .. } => {
                Self::Text { at, text, size, bold: true, colour, anchor }
            }
            other => other,
        }
    }

    pub(super) fn anchored(self, anchor: Anchor) -> Self {
        match self {
            Self::Text { at, text, size, bold, colour, .. } => {
                Self::Text { at, text, size, bold, colour, anchor }
            }
            other => other,
        }
    }

    /// The same higher up by so many pixels.
    pub(super) fn lifted(&self, by: f64) -> Self {
        let mut lifted = self.clone();
        let lift = |at: &mut (f64, f64)| at.1 -= by;
        match &mut lifted {
            Self::Line { points, .. } | Self::Area { points, .. } => points.iter_mut().for_each(lift),
            Self::Dot { at, .. } | Self::Text { at, .. } => lift(at),
        }
        lifted
    }

    /// Moves a text so that the middle of its capitals is at the height given.
    pub(super) fn middle(self) -> Self {
        match self {
            Self::Text { at: (x, y), text, size, bold, colour, anchor } => {
                Self::Text { at: (x, y - 0.40 * size), text, size, bold, colour, anchor }
            }
            other => other,
        }
    }
}

/// Dashes of a line from one point to another.
pub(super) fn dashes(from: (f64, f64), to: (f64, f64), colour: Rgb, width: f64) -> Vec<Mark> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = libm::hypot(dx, dy);
    let (mut marks, mut at) = (Vec::new(), 0.0);
    while at < length {
        let end = (at + 4.0).min(length);
        let point = |t: f64| (from.0 + dx * t / length, from.1 + dy * t / length);
        marks.push(Mark::line(vec![point(at), point(end)], colour, width));
        at += 7.0;
    }
    marks
}

/// A label beside a line's end.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// Where its middle would like to be.
    pub(super) y: f64,
    pub(super) lines: Vec<String>,
    pub(super) colour: Rgb,
    /// Where a thin line from the end of the curve to the label begins, if there is to be one.
    leader: Option<f64>,
}

impl Label {
    /// A label of at most `most` lines no wider than `room`.
    pub(super) fn new(y: f64, text: &str, colour: Rgb, room: f64, most: usize) -> Self {
        Self {
            y,
            lines: font::wrap(text, room, LABEL_SIZE, false, most),
            colour: colour.as_text(),
            leader: None,
        }
    }

    /// With a thin line that leads from (`x`, its wish) to it.
    pub(super) fn led_from(self, x: f64) -> Self {
        Self { leader: Some(x), ..self }
    }

    /// Height that it takes up, with the gap to the next.
    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * LABEL_STEP + LABEL_GAP
    }
}

const LABEL_SIZE: f64 = super::style::SMALL;
const LABEL_STEP: f64 = 13.0;
const LABEL_GAP: f64 = 3.0;

/// Puts labels at `x`, each as near to its wish as the others let it, none above `top` and, if they fit, none below
/// `bottom`.
pub(super) fn labels(mut wishes: Vec<Label>, x: f64, top: f64, bottom: f64) -> Vec<Mark> {
    wishes.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut tops: Vec<f64> = Vec::with_capacity(wishes.len());
    let mut free = top;
    for label in &wishes {
        let start = (label.y - label.height() / 2.0).max(free);
        free = start + label.height();
        tops.push(start);
    }
    let mut limit = bottom;
    for (start, label) in tops.iter_mut().zip(&wishes).rev() {
        *start = start.min(limit - label.height());
        limit = *start;
    }
    // More labels than room: they run on below rather than over one another.
    let shift = tops.first().map_or(0.0, |first| (top - first).max(0.0));
    let mut marks = Vec::new();
    for (start, label) in tops.iter().zip(&wishes) {
        if let Some(from) = label.leader {
            let to = start + shift + LABEL_GAP / 2.0 + 0.5 * LABEL_STEP;
            marks.push(Mark::line(vec![(from, label.y), (x - 3.0, to)], label.colour, 0.75));
        }
        for (row, line) in label.lines.iter().enumerate() {
            let y = start + shift + LABEL_GAP / 2.0 + (row as f64 + 0.5) * LABEL_STEP;
            marks.push(Mark::text((x, y), line.as_str(), LABEL_SIZE, label.colour).middle());
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::style::INK;

    #[test]
    fn labels_keep_apart_and_inside() {
        for wishes in [[50.0; 6], [0.0, 1.0, 2.0, 199.0, 200.0, 201.0], [200.0; 6], [-90.0; 6]] {
            let wishes = wishes.iter().map(|&y| Label::new(y, "two short lines", INK, 60.0, 2)).collect();
            let marks = labels(wishes, 0.0, 0.0, 200.0);
            let mut tops: Vec<f64> = marks
                .iter()
                .map(|mark| if let Mark::Text { at, .. } = mark { at.1 } else { f64::NAN })
                .collect();
            tops.sort_by(f64::total_cmp);
            assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= LABEL_SIZE), "{tops:?}");
            assert!(tops.iter().all(|&y| y >= 0.0 && y + LABEL_SIZE <= 200.0), "{tops:?}");
        }
    }
}
