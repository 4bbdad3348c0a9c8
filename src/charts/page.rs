//! A page: the finding on top, what is plotted under it, the body, and where the numbers come from at the foot.

use super::canvas::Canvas;
use super::font;
use super::marks::{Anchor, Mark};
use super::style::{AXIS, INK, LABEL, MARGIN, SMALL, SOFT, SUBTITLE, TITLE, WIDTH};

/// A page being filled; the body begins at `top`.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) footer: String,
    pub(super) canvas: Canvas,
    pub(super) top: f64,
    /// Where the body ends.
    pub(super) bottom: f64,
    /// Marks of the canvas that are the page's own words and rule; all others are the body's.
    pub(super) words: usize,
}

const ROOM: f64 = WIDTH - 2.0 * MARGIN;

/// Whether a title keeps to three lines.
pub(super) fn title_fits(title: &str) -> bool {
    font::wrap(title, ROOM, TITLE, true, usize::MAX).len() <= 3
}

impl Page {
    /// A page whose body is `body` pixels high.
    pub(super) fn new([title, subtitle, footer]: [&str; 3], width: f64, body: f64) -> Self {
        let titles = font::wrap_evenly(title, ROOM, TITLE, true, 4);
        let subtitles = font::wrap(subtitle, ROOM, SUBTITLE, false, 8);
        let footers = font::wrap(footer, ROOM, SMALL, false, 12);
        let (title_step, subtitle_step, footer_step) = (1.27 * TITLE, 1.38 * SUBTITLE, 1.4 * SMALL);
        let title_end = 26.0 + titles.len() as f64 * title_step;
        let top = title_end + 4.0 + subtitles.len() as f64 * subtitle_step + 16.0;
        let bottom = top + body;
        let height = bottom + 16.0 + footers.len() as f64 * footer_step + 18.0;
        let mut canvas = Canvas::new(width, height);
        let mut write =
            |lines: Vec<String>, start: f64, step: f64, mark: &dyn Fn((f64, f64), String) -> Mark| {
                for (row, line) in lines.into_iter().enumerate() {
                    canvas.add(mark((MARGIN, start + row as f64 * step), line));
                }
            };
        write(titles, 26.0, title_step, &|at, line| Mark::text(at, line, TITLE, INK).bold());
        write(subtitles, title_end + 4.0, subtitle_step, &|at, line| Mark::text(at, line, SUBTITLE, SOFT));
        write(footers, bottom + 20.0, footer_step, &|at, line| Mark::text(at, line, SMALL, SOFT));
        canvas.add(Mark::line(vec![(MARGIN, bottom + 12.0), (WIDTH - MARGIN, bottom + 12.0)], AXIS, 0.75));
        let words = canvas.len();
        let [title, subtitle, footer] = [title, subtitle, footer].map(str::to_owned);
        Self { title, subtitle, footer, canvas, top, bottom, words }
    }

    /// A page without a plot, that says why there is none.
    pub(super) fn message(texts: [&str; 3], width: f64, message: &str) -> Self {
        let mut page = Self::new(texts, width, 150.0);
        let lines = font::wrap(message, (width - 60.0).min(560.0), LABEL + 2.0, false, 6);
        let start = page.top + 65.0 - 10.0 * lines.len() as f64;
        for (row, line) in lines.into_iter().enumerate() {
            let at = (width / 2.0, start + 20.0 * row as f64);
            page.add(Mark::text(at, line, LABEL + 2.0, SOFT).anchored(Anchor::Middle));
        }
        page
    }

    pub(super) fn add(&mut self, mark: Mark) {
        self.canvas.add(mark);
    }

    pub(super) fn extend(&mut self, marks: impl IntoIterator<Item = Mark>) {
        marks.into_iter().for_each(|mark| self.canvas.add(mark));
    }
}
