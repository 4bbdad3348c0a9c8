//! From a figure to a page: where rows and columns stand, what is written at their sides, and what finds no room there.

mod axes;
mod columns;
mod key;
mod labels;
mod layers;
mod lettering;

use super::figure::{Entry, Figure, Kind, Panel, Row, Shape};
use super::font;
use super::marks::Mark;
use super::page::Page;
#[cfg(test)]
use super::style::WIDTH;
use super::style::{GRID, LABEL, MARGIN};
use axes::Ends;
use columns::{Column, columns};
use layers::Frame;

/// Opacity of the hills of those with whom others are compared.
pub(super) const SEEN_THROUGH: f64 = 0.3;
/// Above a row: its name, where there are too many columns for a column of names.
const ABOVE: f64 = 30.0;
/// Between a plot and the next row.
const GAP: f64 = 17.0;
/// Lines of small words.
const LINE: f64 = 13.0;

/// The page of a figure.
pub(super) fn page(figure: &Figure) -> Page {
    let found = figure.found.trim_end_matches('.');
    let subtitle = match found {
        "" => figure.subtitle.clone(),
        found => format!("{found}. {}", figure.subtitle),
    };
    let footer = format!("{}{}", figure.footer, missing_letters(figure));
    let texts = [figure.title.as_str(), &subtitle, &footer];
    if figure.rows.is_empty() || !figure.nothing.is_empty() {
        return Page::message(texts, figure.width(), &figure.nothing);
    }
    let sheet = Sheet::of(figure);
    let heights: Vec<Heights> = (0..figure.rows.len()).map(|row| sheet.heights(row)).collect();
    let within = (figure.margin(), figure.room());
    let body = key::height(&sheet.key, within) + heights.iter().map(Heights::all).sum::<f64>();
    let mut page = Page::new(texts, figure.width(), body);
    key::draw(&mut page, &sheet.key, within);
    let mut top = page.top + key::height(&sheet.key, within);
    for (row, heights) in heights.iter().enumerate() {
        sheet.draw(&mut page, row, heights, top);
        top += heights.all();
    }
    page
}

/// The column of each row of a narrow page, each with the room that its own words need.
fn stacked(figure: &Figure, ends: &[Vec<Ends>], has_labels: bool) -> Vec<Column> {
    let own = |(row, ends): (&Row, &Vec<Ends>)| {
        let one = Figure { rows: vec![row.clone()], is_narrow: true, ..Figure::default() };
        let labels = if has_labels { columns::labels(&one, 1) } else { vec![0.0] };
        columns(&one, std::slice::from_ref(ends), 0.0, &labels)
    };
    figure.rows.iter().zip(ends).flat_map(own).collect()
}

/// Said where names have letters that the embedded font lacks: they cannot be drawn as pixels.
fn missing_letters(figure: &Figure) -> &'static str {
    let rows = figure.rows.iter().filter_map(|row| row.name.as_ref()).map(|name| &name.text);
    let panels = || figure.rows.iter().flat_map(|row| &row.panels);
    let lists = panels().flat_map(|panel| panel.x.list().iter().chain(panel.y.list())).map(|name| &name.text);
    let labels = panels().flat_map(|panel| &panel.layers).map(|layer| &layer.label);
    let words = [&figure.title, &figure.found, &figure.subtitle, &figure.footer];
    let mut all = rows.chain(lists).chain(labels).chain(words).flat_map(|text| text.chars());
    if all.all(|letter| font::has(letter) || letter.is_control()) {
        return "";
    }
    " Letters that the embedded font lacks are boxes in the PNG; the SVG has them."
}

/// A figure with all measures across the page.
struct Sheet<'a> {
    figure: &'a Figure,
    /// By row and column.
    ends: Vec<Vec<Ends>>,
    /// By column; of a narrow page, whose rows have one panel each, by row.
    columns: Vec<Column>,
    key: Vec<Entry>,
    /// Whether names of rows stand at their left, and not above them.
    is_aside: bool,
}

/// Heights of one row.
struct Heights {
    /// Its name.
    above: f64,
    /// Headings, units and captions.
    head: f64,
    plot: f64,
    /// Marks under the plots.
    lanes: f64,
    /// Ticks and titles of axes.
    ticks: f64,
    gap: f64,
}

impl Heights {
    fn all(&self) -> f64 {
        self.above + self.head + self.plot + self.lanes + self.ticks + self.gap
    }
}

impl<'a> Sheet<'a> {
    fn of(figure: &'a Figure) -> Self {
        let ends = axes::resolve(figure);
        let across = figure.rows.iter().map(|row| row.panels.len()).max().unwrap_or(1);
        let is_named = figure.rows.iter().any(|row| row.name.is_some());
        let labels = columns::labels(figure, across);
        let is_aside =
            is_named && !figure.is_narrow && (across < 4 || labels.iter().all(|room| *room <= 0.0));
        let names = if is_aside { columns::names_of_rows(figure) } else { 0.0 };
        let mut key = figure.key.clone();
        if labels.iter().all(|room| *room <= 0.0) {
            key.extend(columns::key_of_lines(figure));
        }
        let columns = if figure.is_narrow {
            stacked(figure, &ends, labels.iter().any(|room| *room > 0.0))
        } else {
            columns(figure, &ends, names, &labels)
        };
        Self { figure, ends, columns, key, is_aside }
    }

    fn column(&self, row: usize, column: usize) -> Column {
        self.columns[if self.figure.is_narrow { row } else { column }]
    }

    fn row(&self, row: usize) -> &'a Row {
        &self.figure.rows[row]
    }

    /// Panels of a row with their columns.
    fn panels(&self, row: usize) -> impl Iterator<Item = (usize, &'a Panel)> {
        self.row(row).panels.iter().enumerate()
    }

    /// Whether a panel's heading is not that of the one above it.
    fn is_headed(&self, row: usize, column: usize) -> bool {
        let heading =
            |row: usize| self.row(row).panels.get(column).map(|panel| (&panel.heading, &panel.unit));
        let own = heading(row).is_some_and(|(heading, unit)| !heading.is_empty() || !unit.is_empty());
        own && (row == 0 || heading(row - 1) != heading(row))
    }

    /// Whether the horizontal axis of a panel goes on in the row below.
    fn goes_on(&self, row: usize, column: usize) -> bool {
        let axis = |row: usize| {
            let panel = self.figure.rows.get(row)?.panels.get(column).filter(|panel| !panel.x.has_names())?;
            Some((&panel.x.kind, self.ends[row][column].x, &panel.x.title))
        };
        let place = |row: usize| {
            let Column { left, right, .. } = self.column(row, column);
            (left, right)
        };
        axis(row).is_some() && axis(row + 1) == axis(row) && place(row) == place(row + 1)
    }

    fn heights(&self, row: usize) -> Heights {
        let is_last = row + 1 == self.figure.rows.len();
        let most = |of: &dyn Fn(usize, &Panel) -> f64| {
            self.panels(row).map(|(column, panel)| of(column, panel)).fold(0.0, f64::max)
        };
        let captions = if self.panels(row).any(|(_, panel)| panel.caption.is_some()) { 17.0 } else { 0.0 };
        let head = most(&|column, panel| {
            if self.is_headed(row, column) {
                lettering::head_height(panel, self.heading_room(row, column), self.is_beside(row))
            } else {
                0.0
            }
        });
        let lanes = most(&|_, panel| lettering::lanes(panel));
        let ticks = most(&|column, panel| {
            if self.goes_on(row, column) {
                0.0
            } else {
                lettering::foot_height(panel, self.width(row, column))
            }
        });
        let above = if self.row(row).name.is_some() && !self.is_aside { ABOVE } else { 0.0 };
        Heights {
            above,
            head: head.max(if row == 0 { 6.0 } else { 0.0 }) + captions,
            plot: most(&|column, panel| self.plot_height(row, column, panel, above)),
            lanes,
            ticks,
            gap: match (
                is_last,
                lanes > 0.0 || ticks <= 0.0 && self.panels(row).all(|(_, p)| p.y.has_names()),
            ) {
                (true, _) => 0.0,
                (false, true) => 8.0,
                (false, false) => GAP,
            },
        }
    }

    /// Width of a plot.
    fn width(&self, row: usize, column: usize) -> f64 {
        let Column { left, right, .. } = self.column(row, column);
        let panel = &self.row(row).panels[column];
        match &panel.x.kind {
            Kind::Names(names) => (right - left).min(WIDEST * names.len().max(1) as f64),
            _ => right - left,
        }
    }

    /// Height of a plot, or of all its names.
    fn plot_height(&self, row: usize, column: usize, panel: &Panel, above: f64) -> f64 {
        let names = panel.y.list();
        if names.is_empty() {
            let rows = self.figure.rows.len() as f64;
            return panel
                .height
                .unwrap_or((620.0 / rows).clamp(60.0, 250.0) - if above > 0.0 { 0.0 } else { GAP });
        }
        let count = names.len() as f64;
        if !panel.x.list().is_empty() {
            let wide = self.width(row, column) / panel.x.list().len() as f64;
            // Cells in which scenarios are named have lines for them.
            let least = if panel.layers.iter().any(|layer| layer.shape == Shape::Pin) { 58.0 } else { 34.0 };
            let suits = (420.0 / count).clamp(13.0, (0.6 * wide).clamp(least, 110.0));
            let lines = lettering::lines_of(names, self.column(row, column).names);
            let needed = if lines > 1 { LINE * lines as f64 + 4.0 } else { 0.0 };
            return count * suits.max(needed);
        }
        let needed = LINE
            * lettering::lines_of(names, self.column(row, column).names)
                .max(lettering::lines_said(panel, self.figure.is_narrow)) as f64
            + 2.0;
        count
            * panel
                .height
                .unwrap_or((480.0 / count).clamp(28.0, if self.figure.is_narrow { 30.0 } else { 46.0 }))
                .max(needed)
    }

    /// Room for a heading.
    fn heading_room(&self, row: usize, column: usize) -> f64 {
        let Column { outer, left, end, .. } = self.column(row, column);
        end - if self.is_over_plot(row, column) { left } else { outer }
    }

    /// Whether all units of a row find room beside their headings.
    fn is_beside(&self, row: usize) -> bool {
        let mut headed = self.panels(row).filter(|(column, _)| self.is_headed(row, *column));
        headed.all(|(column, panel)| lettering::is_one_line(panel, self.heading_room(row, column)))
    }

    /// Whether a heading begins at the plot's left rather than at its column's: beside names that several plots share.
    fn is_over_plot(&self, row: usize, column: usize) -> bool {
        let panels = &self.row(row).panels;
        let shares = panels.len() > 1 && (0..panels.len()).any(|other| !self.is_named(row, other));
        panels[column].x.has_names() || panels[column].y.has_names() && shares
    }

    fn draw(&self, page: &mut Page, row: usize, heights: &Heights, top: f64) {
        let plot = (top + heights.above + heights.head, top + heights.above + heights.head + heights.plot);
        let has_lanes = heights.lanes > 0.0;
        if row > 0 && has_lanes {
            let y = top + heights.above - 4.0;
            let (left, right) = (self.figure.margin(), self.figure.margin() + self.figure.room());
            page.add(Mark::line(vec![(left, y), (right, y)], GRID, 0.75));
        }
        if let Some(name) = &self.row(row).name {
            if self.is_aside {
                let room = self.column(row, 0).outer - MARGIN - 16.0;
                lettering::name_at_side(
                    page,
                    name,
                    room,
                    if has_lanes { (plot.0 - 12.0, plot.1) } else { plot },
                    has_lanes,
                );
            } else {
                let text = font::cut(&name.text, self.figure.room(), LABEL, true);
                page.add(
                    Mark::text((self.figure.margin(), top + 2.0), text, LABEL, name.colour.as_text()).bold(),
                );
            }
        }
        for (column, panel) in self.panels(row) {
            let frame = self.frame(row, column, panel, plot, heights.lanes);
            if self.is_headed(row, column) {
                let from =
                    if self.is_over_plot(row, column) { frame.left } else { self.column(row, column).outer };
                let room = self.heading_room(row, column);
                lettering::heading(page, panel, (from, top + heights.above), room, self.is_beside(row));
            }
            if let Some((text, colour)) = &panel.caption {
                lettering::caption(page, text, *colour, (frame.right, plot.0 - 11.0));
            }
            let ticks = lettering::Ticks {
                is_shown: !self.goes_on(row, column),
                has_grid: has_lanes || panel.y.has_names(),
                names: self.column(row, column).names,
                is_named: self.is_named(row, column),
                is_alike: self.figure.rows.len() > 1 && self.row(row).name.is_some(),
            };
            lettering::axes(page, &frame, &ticks);
            frame.background(page);
            frame.foreground(page);
            frame.tell(page);
            self.labels(page, &frame, self.column(row, column).labels);
            if !panel.y.has_names() && !panel.has_numbers() {
                lettering::absent(page, &frame);
            }
        }
    }

    /// Whether the names of a panel's lines are not those at its left.
    fn is_named(&self, row: usize, column: usize) -> bool {
        columns::is_named(self.row(row), column)
    }

    /// Height of a panel with names: that of all in the row that have the same, so that they stand in line.
    fn lines_height(&self, row: usize, panel: &Panel) -> f64 {
        let same = self.panels(row).filter(|(_, other)| other.y.list() == panel.y.list());
        same.map(|(column, other)| self.plot_height(row, column, other, 0.0)).fold(0.0, f64::max)
    }

    fn frame(
        &self,
        row: usize,
        column: usize,
        panel: &'a Panel,
        (top, bottom): (f64, f64),
        lanes: f64,
    ) -> Frame<'a> {
        let Column { left, end, .. } = self.column(row, column);
        let right = left + self.width(row, column);
        let bottom = if panel.y.has_names() { top + self.lines_height(row, panel) } else { bottom };
        let ends = self.ends[row][column];
        let x = axes::scale(&panel.x, ends.x, left, right);
        let y = if panel.y.has_names() {
            axes::scale(&panel.y, ends.y, top, bottom)
        } else {
            axes::scale(&panel.y, ends.y, bottom, top)
        };
        Frame { panel, x, y, left, right, top, bottom, end, foot: bottom + lanes }
    }

    /// Names at the ends of lines, in the column that has room for them.
    fn labels(&self, page: &mut Page, frame: &Frame, room: f64) {
        if room <= 0.0 || frame.panel.y.has_names() {
            return;
        }
        let mut wishes = Vec::new();
        for layer in frame.panel.layers.iter().filter(|layer| !layer.label.is_empty()) {
            let Some(last) = layer.points.iter().rfind(|point| point.value.is_some()) else { continue };
            let at = (frame.x.at(last.at), frame.y.at(last.value.unwrap_or_default()));
            let ends_early = at.0 < frame.right - 0.08 * (frame.right - frame.left);
            let is_weeks = frame.panel.x.kind == Kind::Weeks && matches!(layer.shape, Shape::Line { .. });
            let label = |text: &str| labels::Label::new(at.1, text, layer.colour, room - 16.0);
            let until = label(&format!("{}, to week\u{a0}{}", layer.label, last.at));
            let label = if ends_early && is_weeks && until.is_whole() { until } else { label(&layer.label) };
            wishes.push(if ends_early { label } else { label.led_from(frame.right + 2.0) });
        }
        let alone = frame.panel.layers.iter().filter(|layer| !layer.label.is_empty()).count() < 2;
        if !alone {
            page.extend(labels::placed(wishes, frame.right + 16.0, frame.top - 8.0, frame.bottom + 8.0));
        }
    }
}

/// Widest that the place of a name on a horizontal axis may be.
const WIDEST: f64 = 240.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::figure::{Axis, Layer, Name, Point};
    use crate::charts::scale::plain;
    use crate::charts::style::INK;

    fn row(name: &str, heading: &str, high: f64, labels: &[&str]) -> Row {
        let line =
            |label: &&str| Layer::line(label, label, INK, vec![Point::at(0.0, 0.0), Point::at(9.0, high)]);
        let panel = Panel::new(heading, "people", Axis::weeks(9.0), Axis::linear(plain));
        Row { name: Some(Name::bold(name, INK)), panels: vec![panel.with(labels.iter().map(line))] }
    }

    fn words(figure: &Figure) -> Vec<String> {
        page(figure).canvas.texts()
    }

    #[test]
    fn plots_of_one_heading_have_one_axis_and_one_heading() {
        let of = |other: &str| Figure {
            rows: vec![row("one", "Sellers", 3.0, &["x"]), row("two", other, 80.0, &["x"])],
            ..Figure::default()
        };
        let count = |figure: &Figure, text: &str| words(figure).iter().filter(|word| *word == text).count();
        let (same, apart) = (of("Sellers"), of("Buyers"));
        assert_eq!([count(&same, "80"), count(&same, "3"), count(&same, "Sellers")], [2, 0, 1]);
        assert_eq!([count(&apart, "80"), count(&apart, "3"), count(&apart, "Buyers")], [1, 1, 1]);
    }

    #[test]
    fn lines_are_labelled_at_their_ends_or_in_a_key_where_that_has_no_room() {
        let few = ["north", "south"];
        let many: Vec<String> = (0..30).map(|n| format!("region number {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let of =
            |labels: &[&str]| Figure { rows: vec![row("one", "Sellers", 3.0, labels)], ..Figure::default() };
        let place = |labels: &[&str], text: &str| {
            let texts = page(&of(labels)).canvas.places();
            let (x, _) = texts.iter().find(|(_, word)| word == text).unwrap().0;
            x
        };
        assert!(place(&few, "south") > WIDTH / 2.0, "beside the end of its line");
        assert!(place(&many, "region number 0") < WIDTH / 4.0, "in the key");
    }

    #[test]
    fn lines_of_panels_with_the_same_names_stand_at_one_height() {
        let name = |n: usize| {
            Name::bold(format!("a name of so many words that it takes several lines, number {n}"), INK)
        };
        let names = Axis::names((0..12).map(name).collect());
        let dots = || (0..12).map(|n| Point::at(n as f64, 1.0)).collect();
        let panel = |heading: &str| {
            let dots = Layer::new(heading, Shape::Dot { has_caps: false }, INK, dots());
            Panel::new(heading, "", Axis::linear(plain), names.clone()).with([dots])
        };
        let rows = vec![Row { name: None, panels: vec![panel("one"), panel("two"), panel("three")] }];
        let dots = page(&Figure { rows, ..Figure::default() }).canvas.dots();
        assert_eq!(dots.len(), 36);
        for place in 0..12 {
            assert!((dots[place].1 - dots[12 + place].1).abs() < 1e-9, "{dots:?}");
            assert!((dots[place].1 - dots[24 + place].1).abs() < 1e-9, "{dots:?}");
        }
        assert!(dots[1].1 - dots[0].1 > 3.0 * LINE, "a name has the lines that it needs");
    }

    #[test]
    fn nothing_is_said_and_never_left_blank() {
        let figure =
            Figure::nothing("Title".to_owned(), "subtitle", "footer".to_owned(), "There are no rows.");
        assert!(words(&figure).contains(&"There are no rows.".to_owned()));
        let mut empty = row("one", "Sellers", 3.0, &[]);
        empty.panels[0].absent = "nobody sells".to_owned();
        let figure = Figure { rows: vec![empty], ..Figure::default() };
        assert!(words(&figure).contains(&"nobody sells".to_owned()));
    }
}
