//! What a page is made of, in logical pixels from its top left corner.

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

/// The rectangle between two corners.
pub(super) fn rectangle(from: (f64, f64), to: (f64, f64), colour: Rgb, alpha: f64) -> Mark {
    Mark::Area { points: vec![from, (to.0, from.1), to, (from.0, to.1)], colour, alpha }
}
