//! Many rows of lines become one row of dots: what each line says of the weeks that the title speaks of, or where it ends;
//! the highest first. Nobody reads a wall of panels.

use super::figure::{Axis, Entry, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::style::{INK, Rgb};

/// More rows than these are a wall.
const MOST_ROWS: usize = 8;

/// The same on a narrow screen, where every panel is a row.
const MOST_NARROW: usize = 3;

/// With dots in place of lines for a narrow screen, where it has more named rows than fit there.
pub(super) fn with_narrow(figure: Figure) -> Figure {
    if figure.narrow.is_some() {
        return figure;
    }
    let narrow = of_more_than(MOST_NARROW, figure.clone());
    let is_other = narrow.rows.len() != figure.rows.len();
    Figure { narrow: is_other.then(|| Box::new(narrow)), ..figure }
}

/// The figure as it is, or where it has many named rows of the same plots, one row of plots of dots.
pub(super) fn condensed(figure: Figure) -> Figure {
    of_more_than(MOST_ROWS, figure)
}

fn of_more_than(most: usize, figure: Figure) -> Figure {
    let is_named = figure.rows.iter().all(|row| row.name.is_some());
    let columns = figure.rows.first().map_or(0, |row| row.panels.len());
    let has_lines = figure.rows.iter().flat_map(|row| &row.panels).all(|panel| lines(panel).next().is_some());
    if figure.rows.len() <= most || !is_named || columns == 0 || !has_lines {
        return figure;
    }
    let mut rows = figure.rows;
    let first =
        |row: &Row| row.panels.first().and_then(|panel| lines(panel).find_map(end)).and_then(|end| end.value);
    rows.sort_by(|a, b| {
        first(b).unwrap_or(f64::NEG_INFINITY).total_cmp(&first(a).unwrap_or(f64::NEG_INFINITY))
    });
    let names: Vec<Name> = rows.iter().filter_map(|row| row.name.clone()).collect();
    let panels = (0..columns).map(|column| dots(&rows, column, &names)).collect();
    let mut key = figure.key;
    key.extend(signs(&rows));
    let subtitle = if figure.of_dots.is_empty() {
        format!("{} Dots: where each line over weeks ends.", figure.subtitle)
    } else {
        figure.of_dots.clone()
    };
    Figure { subtitle, key, rows: vec![Row { name: None, panels }], ..figure }
}

fn lines(panel: &Panel) -> impl Iterator<Item = &Layer> {
    panel.layers.iter().filter(|layer| matches!(layer.shape, Shape::Line { .. }))
}

/// What stands for a line, if it has a value: what it says in all, else its last point that has one.
fn end(line: &Layer) -> Option<&Point> {
    match &line.whole {
        Some(whole) => Some(whole).filter(|point| point.value.is_some()),
        None => line.points.iter().rfind(|point| point.value.is_some()),
    }
}

/// One column as a plot of dots, a line for each row; of several series one above the other.
fn dots(rows: &[Row], column: usize, names: &[Name]) -> Panel {
    let of = |row: &Row| row.panels.get(column).cloned().unwrap_or_default();
    let model = rows.first().map(of).unwrap_or_default();
    // What is said there of the axis of lines is not true of dots.
    let unit = model.unit.split(';').next().unwrap_or_default();
    let y = Axis { ends: None, title: String::new(), has_zero: true, ..model.y };
    let mut panel = Panel::new(&model.heading, unit, y, Axis::names(names.to_vec()));
    for (place, row) in rows.iter().enumerate() {
        let Some(own) = row.panels.get(column) else { continue };
        let known: Vec<(&Layer, &Point)> = lines(own).filter_map(|line| Some((line, end(line)?))).collect();
        if known.is_empty() {
            let why = Point::without(place as f64, own.absent.as_str());
            panel.layers.push(Layer::new("", Shape::Dot { has_caps: false }, INK, vec![why]));
        }
        let middle = known.len().saturating_sub(1) as f64 / 2.0;
        for (step, (line, point)) in known.into_iter().enumerate() {
            let dot = Point { at: place as f64, ..point.clone() };
            let lane = APART * (step as f64 - middle);
            let dots = Layer::new(&line.series, Shape::Dot { has_caps: false }, line.colour, vec![dot]);
            panel.layers.push(dots.in_lane(lane));
        }
    }
    Panel { height: Some(28.0), ..panel }
}

/// Pixels between dots of one row.
const APART: f64 = 5.0;

/// What the colours of several series mean.
fn signs(rows: &[Row]) -> Vec<Entry> {
    let mut found: Vec<(Rgb, &str)> = Vec::new();
    for line in rows.iter().flat_map(|row| &row.panels).flat_map(lines).filter(|line| !line.label.is_empty())
    {
        if found.iter().all(|known| known.1 != line.label) {
            found.push((line.colour, &line.label));
        }
    }
    let entry = |(colour, label): (Rgb, &str)| Entry::Dot(colour, label.to_owned());
    if found.len() > 1 { found.into_iter().map(entry).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::scale::plain;

    fn figure(rows: usize) -> Figure {
        let row = |n: usize| {
            let points =
                vec![Point::at(0.0, 0.0), Point::at(1.0, n as f64), Point { at: 2.0, ..Point::default() }];
            let line = Layer::line("x", "", INK, points);
            let panel = Panel::new("Sellers", "people", Axis::weeks(2.0), Axis::linear(plain)).with([line]);
            Row { name: Some(Name::bold(format!("market {n}"), INK)), panels: vec![panel] }
        };
        Figure { rows: (0..rows).map(row).collect(), ..Figure::default() }
    }

    /// A picture speaks of the weeks of its title: of all of them where the title does, not of the end.
    #[test]
    fn a_dot_says_of_a_line_what_is_told_of_all_its_weeks() {
        let mut figure = figure(9);
        for row in &mut figure.rows {
            row.panels[0].layers[0].whole = Some(Point::at(0.0, 40.0));
        }
        figure.rows[3].panels[0].layers[0].whole = Some(Point::default());
        figure.of_dots = "All weeks together.".to_owned();
        let one = condensed(figure);
        assert_eq!(one.subtitle, "All weeks together.");
        let layers = &one.rows[0].panels[0].layers;
        let values: Vec<f64> = layers.iter().filter_map(|layer| layer.points[0].value).collect();
        assert_eq!(values, [40.0; 8]);
    }

    #[test]
    fn many_rows_become_dots_where_lines_end_the_highest_first() {
        assert_eq!(condensed(figure(8)).rows.len(), 8);
        let mut nine = figure(9);
        // Lines of all weeks may need an axis that dots of their ends do not.
        for row in &mut nine.rows {
            row.panels[0].y = Axis::linear(plain).between(-50.0, 1_000.0);
        }
        let one = condensed(nine);
        assert_eq!(one.rows.len(), 1);
        assert_eq!(one.rows[0].panels[0].x.ends, None);
        let panel = &one.rows[0].panels[0];
        let names: Vec<&str> = panel.y.list().iter().map(|name| name.text.as_str()).collect();
        assert_eq!(names[..2], ["market 8", "market 7"]);
        let values: Vec<f64> = panel.layers.iter().filter_map(|layer| layer.points[0].value).collect();
        assert_eq!(values, [8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]);
    }
}
