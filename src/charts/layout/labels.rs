//! Labels beside the ends of lines, which avoid each other.

use crate::charts::font;
use crate::charts::marks::Mark;
use crate::charts::style::{Rgb, SMALL};

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
    /// A label of lines no wider than `room`.
    pub(super) fn new(y: f64, text: &str, colour: Rgb, room: f64) -> Self {
        let lines = font::wrap(text, room, SMALL, false, MOST_LINES);
        Self { y, lines, colour: colour.as_text(), leader: None }
    }

    /// With a thin line that leads from (`x`, its wish) to it.
    pub(super) fn led_from(self, x: f64) -> Self {
        Self { leader: Some(x), ..self }
    }

    /// Whether none of it is cut.
    pub(super) fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| !line.ends_with('…'))
    }

    /// Height that it takes up, with the gap to the next.
    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * STEP + GAP
    }
}

const MOST_LINES: usize = 3;
const STEP: f64 = 13.0;
const GAP: f64 = 3.0;

/// Puts labels at `x`, each as near to its wish as the others let it, none above `top` and, if they fit, none below
/// `bottom`.
pub(super) fn placed(mut wishes: Vec<Label>, x: f64, top: f64, bottom: f64) -> Vec<Mark> {
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
            let to = start + shift + GAP / 2.0 + 0.5 * STEP;
            marks.push(Mark::line(vec![(from, label.y), (x - 3.0, to)], label.colour, 0.75));
        }
        for (row, line) in label.lines.iter().enumerate() {
            let y = start + shift + GAP / 2.0 + (row as f64 + 0.5) * STEP;
            marks.push(Mark::text((x, y), line.as_str(), SMALL, label.colour).middle());
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
            let wishes = wishes.iter().map(|&y| Label::new(y, "two short lines", INK, 60.0)).collect();
            let marks = placed(wishes, 0.0, 0.0, 200.0);
            let mut tops: Vec<f64> = marks
                .iter()
                .map(|mark| if let Mark::Text { at, .. } = mark { at.1 } else { f64::NAN })
                .collect();
            tops.sort_by(f64::total_cmp);
            assert!(tops.windows(2).all(|pair| pair[1] - pair[0] >= SMALL), "{tops:?}");
            assert!(tops.iter().all(|&y| y >= 0.0 && y + SMALL <= 200.0), "{tops:?}");
        }
    }
}
