//! A chart as a value: rows of panels, layers in each, and words around them.

use super::scale::plain;
use super::style::{INK, MARGIN, NARROW, NARROW_MARGIN, Rgb, SOFT, WIDTH};
use crate::stats::Estimate;
use crate::text::count;

/// A whole chart.
#[derive(Clone, Debug, Default)]
pub(super) struct Figure {
    /// What was found, in at most twelve words with at most one number.
    pub(super) title: String,
    /// The same with its numbers and intervals, where the title has no room for them.
    pub(super) found: String,
    /// What is plotted, in which unit, over which population.
    pub(super) subtitle: String,
    /// Scenarios, replications, seed, and what the band is.
    pub(super) footer: String,
    /// What colours and signs mean, where no label beside them says it.
    pub(super) key: Vec<Entry>,
    /// From top to bottom. Panels of one column and one heading have the same axes.
    pub(super) rows: Vec<Row>,
    /// Whether the value axes of all panels with names are the same.
    pub(super) is_common: bool,
    /// Whether all panels of a row have the same axes, whatever their headings.
    pub(super) is_alike: bool,
    /// Whether it is drawn for a narrow screen.
    pub(super) is_narrow: bool,
    /// What is drawn for a narrow screen, if it is another figure.
    pub(super) narrow: Option<Box<Self>>,
    /// The subtitle where lines become dots, if it is another one.
    pub(super) of_dots: String,
    /// Said in place of the rows, where there is nothing to draw.
    pub(super) nothing: String,
}

impl Figure {
    /// A chart without a plot, that says why there is none.
    pub(super) fn nothing(title: String, subtitle: &str, footer: String, why: &str) -> Self {
        Self { title, subtitle: subtitle.to_owned(), footer, nothing: why.to_owned(), ..Self::default() }
    }
}

impl Figure {
    /// For a narrow screen: every panel a row of its own, and beside points no interval in words, which would leave the
    /// plot no width.
    pub(super) fn narrowed(mut self) -> Self {
        if let Some(narrow) = self.narrow.take() {
            return narrow.narrowed();
        }
        let rows = self.rows.iter_mut();
        rows.flat_map(|row| &mut row.panels).for_each(Panel::leave_out_zeros);
        let panels = self.rows.iter_mut().flat_map(|row| &mut row.panels);
        for point in panels.flat_map(|panel| &mut panel.layers).flat_map(|layer| &mut layer.points) {
            if let Some((before, rest)) = point.words.split_once('[')
                && let Some((_, after)) = rest.split_once(']')
            {
                point.words = format!("{}{after}", before.trim_end());
            }
        }
        let stacked = |row: Row| {
            let mut name = row.name;
            row.panels.into_iter().map(move |panel| Row { name: name.take(), panels: vec![panel] })
        };
        self.rows = self.rows.into_iter().flat_map(stacked).collect();
        Self { is_narrow: true, ..self }
    }

    /// Width of its drawing.
    pub(super) fn width(&self) -> f64 {
        if self.is_narrow { NARROW } else { WIDTH }
    }

    /// Left and right of everything.
    pub(super) fn margin(&self) -> f64 {
        if self.is_narrow { NARROW_MARGIN } else { MARGIN }
    }

    /// Between the margins.
    pub(super) fn room(&self) -> f64 {
        self.width() - 2.0 * self.margin()
    }
}

/// Panels side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) name: Option<Name>,
    pub(super) panels: Vec<Panel>,
}

/// A name at the side of a row, with what is added to it in small letters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) colour: Rgb,
    pub(super) is_bold: bool,
    pub(super) notes: Vec<String>,
}

impl Name {
    pub(super) fn plain(text: impl Into<String>, colour: Rgb) -> Self {
        Self { text: text.into(), colour, is_bold: false, notes: Vec::new() }
    }

    pub(super) fn bold(text: impl Into<String>, colour: Rgb) -> Self {
        Self { is_bold: true, ..Self::plain(text, colour) }
    }
}

/// One plot. Where `y` has names, each of them has a line of the plot, from the top, and values run along `x`.
#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    pub(super) heading: String,
    pub(super) unit: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    /// Pixels of the plot, or of the line of each name; `None` for what suits their number.
    pub(super) height: Option<f64>,
    pub(super) layers: Vec<Layer>,
    /// Words at the right of each name's line.
    pub(super) says: Vec<Vec<(String, Rgb)>>,
    /// What a plot without a point says.
    pub(super) absent: String,
    /// At the right above the plot.
    pub(super) caption: Option<(String, Rgb)>,
}

impl Panel {
    pub(super) fn new(heading: &str, unit: &str, x: Axis, y: Axis) -> Self {
        Self { heading: heading.to_owned(), unit: unit.to_owned(), x, y, ..Self::default() }
    }

    pub(super) fn with(mut self, layers: impl IntoIterator<Item = Layer>) -> Self {
        self.layers.extend(layers);
        self
    }

    /// Of a plot of one dot for each name, leaves those out that are exactly 0 where they are many, and says so.
    fn leave_out_zeros(&mut self) {
        const MANY: usize = 3;
        let [layer] = self.layers.as_mut_slice() else { return };
        let Kind::Names(names) = &mut self.y.kind else { return };
        let is_zero = |point: &Point| {
            let has_width = point.ends.is_some_and(|(low, high)| low != 0.0 || high != 0.0);
            point.value == Some(0.0) && !has_width && point.assumed.is_none()
        };
        let zeros = layer.points.iter().filter(|point| is_zero(point)).count();
        let is_of_dots = matches!(layer.shape, Shape::Dot { .. }) && layer.points.len() == names.len();
        if !is_of_dots || self.x.has_names() || !self.says.is_empty() || zeros < MANY || zeros == names.len()
        {
            return;
        }
        let (mut kept, mut points) = (Vec::new(), Vec::new());
        for (name, point) in names.drain(..).zip(layer.points.drain(..)) {
            if !is_zero(&point) {
                points.push(Point { at: kept.len() as f64, ..point });
                kept.push(name);
            }
        }
        (*names, layer.points) = (kept, points);
        self.unit = format!("{}; 0 of the {} others", self.unit, count(zeros));
    }

    /// Whether any layer with a name has a number.
    pub(super) fn has_numbers(&self) -> bool {
        let has = |layer: &Layer| !layer.series.is_empty() && layer.points.iter().any(Point::is_drawn);
        self.layers.iter().any(has)
    }
}

/// What an axis counts.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) enum Kind {
    #[default]
    Linear,
    Log,
    /// Weeks, with years marked.
    Weeks,
    /// A place for each name, at 0, 1, 2 and so on.
    Names(Vec<Name>),
    /// Without ticks.
    Bare,
}

/// One axis.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) kind: Kind,
    /// Its ends; `None` for what the layers need.
    pub(super) ends: Option<(f64, f64)>,
    /// Whether zero is always on it.
    pub(super) has_zero: bool,
    /// Never beyond it.
    pub(super) most: f64,
    /// Writes a tick with so many digits.
    pub(super) tick: fn(f64, usize) -> String,
    pub(super) title: String,
    /// Where names stand if not side by side in places of one width: edges and middles in turn, as parts of the whole.
    pub(super) places: Vec<f64>,
}

impl Default for Axis {
    fn default() -> Self {
        let (kind, title, places) = (Kind::Linear, String::new(), Vec::new());
        Self { kind, ends: None, has_zero: true, most: f64::INFINITY, tick: plain, title, places }
    }
}

impl Axis {
    pub(super) fn linear(tick: fn(f64, usize) -> String) -> Self {
        Self { tick, ..Self::default() }
    }

    /// Of shares, which never go above 1.
    pub(super) fn share() -> Self {
        Self { tick: super::scale::percent, most: 1.0, ..Self::default() }
    }

    /// Weeks from 0.
    pub(super) fn weeks(last: f64) -> Self {
        Self { kind: Kind::Weeks, ends: Some((0.0, last.max(1.0))), ..Self::default() }
    }

    pub(super) fn names(names: Vec<Name>) -> Self {
        Self { kind: Kind::Names(names), ..Self::default() }
    }

    pub(super) fn between(self, low: f64, high: f64) -> Self {
        Self { ends: Some((low, high)), ..self }
    }

    /// The names, none of an axis of numbers.
    pub(super) fn list(&self) -> &[Name] {
        if let Kind::Names(names) = &self.kind { names } else { &[] }
    }

    pub(super) fn has_names(&self) -> bool {
        matches!(self.kind, Kind::Names(_))
    }
}

/// How the points of a layer are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A line through the points, broken where one has no value, over a band of their ends.
    Line { has_band: bool },
    /// A thin line: one group of several, or one replication where there are too few for a band.
    Hair,
    /// A line that keeps its value until the next point.
    Stairs,
    /// The area under a line.
    Hill,
    /// A dot with its interval, which may end in caps, before a pale strip of its ends over assumptions; its words stand
    /// beside it.
    Dot { has_caps: bool },
    /// A bar over the span, so thick to either side and so opaque; its words stand at its end.
    Bar { half: f64, alpha: f64 },
    /// A thin line over the span.
    Thread { is_dashed: bool },
    /// A pale strip over the span.
    Strip,
    /// A line from side to side at the value.
    Across,
    /// A line from top to bottom at the value; its words stand at its foot.
    Upright { is_dashed: bool },
    /// Everything between the ends of the span, from top to bottom.
    Shade,
    /// The place of `at` and the layer's row, filled with the point's colour, hatched without one; its words in lines,
    /// the first in bold.
    Cell,
    /// A triangle in the upper right corner of the place of `at` and the layer's row.
    Corner,
    /// A heavy frame around the place of `at` and the layer's row.
    Frame,
    /// A small dot over cells, with its words under it where they find room.
    Pin,
    /// Words at the place.
    Word,
}

/// Points drawn in one way. One without a series is decoration, and not among the numbers.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) series: String,
    pub(super) shape: Shape,
    pub(super) colour: Rgb,
    pub(super) points: Vec<Point>,
    /// At the end of a line.
    pub(super) label: String,
    /// Pixels below the line of its name, or in a plot of numbers below the axis: then values run along `x`.
    pub(super) lane: Option<f64>,
    /// Row of its cells.
    pub(super) row: usize,
    /// What a line says in all, over the weeks of which the title speaks, where it becomes a dot; its end if that is not told.
    pub(super) whole: Option<Point>,
}

impl Layer {
    pub(super) fn new(series: &str, shape: Shape, colour: Rgb, points: Vec<Point>) -> Self {
        let (series, label) = (series.to_owned(), String::new());
        Self { series, shape, colour, points, label, lane: None, row: 0, whole: None }
    }

    /// A line with its name at the end.
    pub(super) fn line(series: &str, label: &str, colour: Rgb, points: Vec<Point>) -> Self {
        Self { label: label.to_owned(), ..Self::new(series, Shape::Line { has_band: true }, colour, points) }
    }

    pub(super) fn in_lane(self, lane: f64) -> Self {
        Self { lane: Some(lane), ..self }
    }
}

/// One point of a layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Point {
    /// Place on the axis that is not the values'.
    pub(super) at: f64,
    pub(super) value: Option<f64>,
    /// Ends of its interval; one that is infinite was not reached.
    pub(super) ends: Option<(f64, f64)>,
    /// Ends over the assumed constants.
    pub(super) assumed: Option<(f64, f64)>,
    /// From where to where a bar is drawn.
    pub(super) span: Option<(f64, f64)>,
    /// Replications, or whatever is behind it.
    pub(super) n: Option<usize>,
    pub(super) words: String,
    /// What is said where the reader points at it, in place of its numbers.
    pub(super) note: String,
    /// Its own, if it is not the layer's.
    pub(super) colour: Option<Rgb>,
    /// Hollow, or of a cell uncertain.
    pub(super) is_open: bool,
    /// A cross in place of a dot.
    pub(super) is_cross: bool,
}

impl Point {
    pub(super) fn of(at: f64, estimate: &Estimate) -> Self {
        let (value, n) = (Some(estimate.value), Some(estimate.n));
        Self { at, value, ends: estimate.interval, n, ..Self::default() }
    }

    pub(super) fn at(at: f64, value: f64) -> Self {
        Self { at, value: Some(value), ..Self::default() }
    }

    /// What has no value, and why.
    pub(super) fn without(at: f64, words: &str) -> Self {
        Self { at, words: words.to_owned(), ..Self::default() }
    }

    pub(super) fn over(at: f64, span: (f64, f64)) -> Self {
        Self { at, span: Some(span), ..Self::default() }
    }

    pub(super) fn saying(self, words: impl Into<String>) -> Self {
        Self { words: words.into(), ..self }
    }

    /// With words that are said where the reader points at it, and in the table, but not drawn.
    pub(super) fn noting(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    pub(super) fn coloured(self, colour: Rgb) -> Self {
        Self { colour: Some(colour), ..self }
    }

    pub(super) fn is_drawn(&self) -> bool {
        self.value.is_some() || self.span.is_some() || self.ends.is_some()
    }
}

/// An entry of the key.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// A colour so opaque, or a hatch.
    Swatch(Option<Rgb>, f64, String),
    Line(Rgb, String),
    Dashes(Rgb, String),
    /// A dot with its interval.
    Dot(Rgb, String),
    /// A small dot.
    Speck(String),
    /// A ramp of colours between two words.
    Ramp(fn(f64) -> Rgb, [String; 2]),
    /// A triangle in a corner.
    Corner(String),
    /// A heavy frame.
    Frame(String),
    /// A cross.
    Cross(Rgb, String),
    /// A hollow dot.
    Ring(Rgb, String),
}

/// Words at a side in the usual ink.
pub(super) fn said(text: impl Into<String>) -> Vec<(String, Rgb)> {
    vec![(text.into(), INK)]
}

/// The same in a softer ink.
pub(super) fn whispered(text: impl Into<String>) -> Vec<(String, Rgb)> {
    vec![(text.into(), SOFT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_narrow_screen_many_zeros_are_counted_and_not_drawn() {
        let narrowed = |values: [f64; 5]| {
            let names = ["a", "b", "c", "d", "e"].map(|name| Name::plain(name, INK)).to_vec();
            let points = values.iter().enumerate().map(|(at, value)| Point::at(at as f64, *value)).collect();
            let dots = Layer::new("x", Shape::Dot { has_caps: false }, INK, points);
            let panel =
                Panel::new("Shams", "per client", Axis::linear(plain), Axis::names(names)).with([dots]);
            let row = Row { name: None, panels: vec![panel] };
            let mut figure = Figure { rows: vec![row], ..Figure::default() }.narrowed();
            let panel = figure.rows.remove(0).panels.remove(0);
            let names: Vec<String> = panel.y.list().iter().map(|name| name.text.clone()).collect();
            let at: Vec<f64> = panel.layers[0].points.iter().map(|point| point.at).collect();
            (names.concat(), at, panel.unit)
        };
        let some = narrowed([0.0, 3.0, 0.0, 0.0, 2.0]);
        assert_eq!(some, ("be".to_owned(), vec![0.0, 1.0], "per client; 0 of the 3 others".to_owned()));
        assert_eq!(narrowed([0.0, 3.0, 1.0, 0.0, 2.0]).0, "abcde");
        assert_eq!(narrowed([0.0; 5]).0, "abcde");
    }

    #[test]
    fn on_a_narrow_screen_points_have_no_intervals_in_words() {
        let words = ["$6,610\u{a0}[2,050–11,200]", "dies", "12 [3–20] a year"];
        let points = words.iter().map(|words| Point::at(0.0, 1.0).saying(*words)).collect();
        let layer = Layer::new("left", Shape::Dot { has_caps: false }, INK, points);
        let panel = Panel::new("", "", Axis::names(vec![]), Axis::names(vec![])).with(vec![layer]);
        let figure = Figure { rows: vec![Row { name: None, panels: vec![panel] }], ..Figure::default() };
        let narrow = figure.narrowed();
        let said = narrow.rows[0].panels[0].layers[0].points.iter().map(|point| point.words.as_str());
        assert_eq!(said.collect::<Vec<_>>(), ["$6,610", "dies", "12 a year"]);
    }
}
