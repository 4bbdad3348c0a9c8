//! The numbers beside a chart: the layers of its figure, written out.

use super::figure::{Figure, Layer, Panel, Point, Row, Shape};
use crate::output::{Cell, Column, Table};

/// Columns of the numbers beside every chart.
pub(super) const COLUMNS: &[Column] = &[
    Column::new(
        "row",
        "",
        "name of the row of plots or of cells, such as a scenario; empty where there is one",
    ),
    Column::new("panel", "", "heading of the plot"),
    Column::new("unit", "", "unit of the plot; a share written as % there is a part of 1 here"),
    Column::new("series", "", "what the number is of: a scenario, a group, a channel, a part"),
    Column::new(
        "mark",
        "",
        "line, hill, dot, bar, rule, cell or words; a bar without a value has its ends in low and high",
    ),
    Column::new(
        "at",
        "as the axis",
        "where the mark stands: a number or a name; empty for one that spans the plot",
    ),
    Column::new("n", "replications, or as the chart says", "what is behind the value"),
    Column::new("value", "as unit", "the number drawn; empty where it is not known or not finite"),
    Column::new("low", "as value", "lower end of its 95 % interval; empty without one"),
    Column::new(
        "high",
        "as value",
        "upper end of its 95 % interval; empty without one, or where the data set none",
    ),
    Column::new(
        "assumed_low",
        "as value",
        "2.5th percentile of the points over the assumed constants; empty without them",
    ),
    Column::new("assumed_high", "as value", "97.5th percentile; empty without them"),
    Column::new("words", "", "what stands beside the mark"),
];

/// The layers of a figure, written out.
pub(super) fn of(name: &'static str, figure: &Figure) -> Table {
    let mut table = Table::new(name, COLUMNS);
    for row in &figure.rows {
        for panel in &row.panels {
            let of = Written { row, panel };
            let layers = panel.layers.iter().filter(|layer| !layer.series.is_empty());
            table.rows.extend(layers.flat_map(|layer| of.layer(layer)));
            table.rows.extend(of.says());
        }
    }
    table
}

/// Where a layer stands.
struct Written<'a> {
    row: &'a Row,
    panel: &'a Panel,
}

impl Written<'_> {
    fn layer<'b>(&'b self, layer: &'b Layer) -> impl Iterator<Item = Vec<Cell>> + 'b {
        let points = layer.points.iter().filter(|point| point.is_drawn() || !point.words.is_empty());
        points.map(move |point| {
            let ends = point.ends.or(point.span.filter(|_| point.value.is_none()));
            let pair = |ends: Option<(f64, f64)>| [ends.map(|ends| ends.0), ends.map(|ends| ends.1)];
            let [[low, high], [assumed_low, assumed_high]] = [pair(ends), pair(point.assumed)];
            let mut cells = self.head(&layer.series, layer.shape.name());
            if let (Shape::Cell, Some(name)) = (layer.shape, self.panel.y.list().get(layer.row)) {
                cells[0] = name.text.as_str().into();
            }
            cells.extend([self.place(layer, point), Cell::maybe(point.n)]);
            let numbers = [point.value, low, high, assumed_low, assumed_high];
            cells.extend(numbers.map(|number| Cell::maybe(number.filter(|x| x.is_finite()))));
            cells.push(if point.words.is_empty() { Cell::Empty } else { point.words.as_str().into() });
            cells
        })
    }

    fn head(&self, series: &str, mark: &str) -> Vec<Cell> {
        let row = self.row.name.as_ref().map(|name| name.text.as_str());
        let text = |text: &str| if text.is_empty() { Cell::Empty } else { text.into() };
        let panel = self.panel;
        // A panel without a heading has its unit at the axis.
        let unit = if panel.unit.is_empty() { &panel.x.title } else { &panel.unit };
        [row.unwrap_or_default(), &panel.heading, unit, series, mark].map(text).to_vec()
    }

    /// Where a point stands: a name where the axis has them; nothing for what has no place of its own.
    fn place(&self, layer: &Layer, point: &Point) -> Cell {
        let panel = self.panel;
        let axis = if panel.y.has_names() && layer.shape != Shape::Cell { &panel.y } else { &panel.x };
        let whole = axis.list().iter().enumerate().find(|(place, _)| (*place as f64 - point.at).abs() < 1e-9);
        match whole {
            _ if matches!(layer.shape, Shape::Across | Shape::Upright { .. } | Shape::Shade) => Cell::Empty,
            Some((_, name)) => name.text.as_str().into(),
            None if layer.lane.is_some() || axis.has_names() => Cell::Empty,
            None => point.at.into(),
        }
    }

    /// The words at the right of each line.
    fn says<'b>(&'b self) -> impl Iterator<Item = Vec<Cell>> + 'b {
        self.panel.y.list().iter().zip(&self.panel.says).filter(|(_, said)| !said.is_empty()).map(
            |(name, said)| {
                let mut cells = self.head(&name.text, "words");
                cells.push(name.text.as_str().into());
                cells.resize(COLUMNS.len() - 1, Cell::Empty);
                cells.push(said.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("; ").into());
                cells
            },
        )
    }
}

impl Shape {
    /// As the numbers call it.
    fn name(self) -> &'static str {
        match self {
            Self::Line { .. } | Self::Hair | Self::Stairs => "line",
            Self::Hill => "hill",
            Self::Dot { .. } => "dot",
            Self::Bar { .. } | Self::Strip | Self::Thread { .. } | Self::Shade => "bar",
            Self::Across | Self::Upright { .. } => "rule",
            Self::Cell | Self::Corner | Self::Frame => "cell",
            Self::Pin | Self::Word => "words",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::figure::{Axis, Name};
    use crate::charts::scale::plain;
    use crate::charts::style::INK;

    fn written(panel: Panel) -> Vec<Vec<String>> {
        let figure = Figure { rows: vec![Row { name: None, panels: vec![panel] }], ..Figure::default() };
        of("x", &figure).rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn layers_with_a_series_are_written_out_and_decoration_is_not() {
        let line = vec![
            Point { ends: Some((1.0, f64::INFINITY)), n: Some(3), ..Point::at(0.0, 2.0) },
            Point { at: 1.0, ..Point::default() },
            Point { assumed: Some((4.0, 6.0)), ..Point::at(2.0, 5.0) },
        ];
        let layers =
            [Layer::line("a", "a", INK, line), Layer::new("", Shape::Across, INK, vec![Point::at(0.0, 9.0)])];
        let panel = Panel::new("Heading", "people", Axis::weeks(2.0), Axis::linear(plain)).with(layers);
        let row = |at: &str, n: &str, value: &str, low: &str, ends: [&str; 2]| {
            let [a, b] = ends;
            ["", "Heading", "people", "a", "line", at, n, value, low, "", a, b, ""]
                .map(str::to_owned)
                .to_vec()
        };
        assert_eq!(written(panel), [row("0", "3", "2", "1", ["", ""]), row("2", "", "5", "", ["4", "6"])]);
    }

    #[test]
    fn marks_on_lines_of_names_are_written_with_the_name() {
        let names = Axis::names(vec![Name::plain("one", INK), Name::plain("two", INK)]);
        let bar =
            Layer::new("part", Shape::Bar { half: 1.0, alpha: 1.0 }, INK, vec![Point::over(1.0, (2.0, 3.0))]);
        let dot =
            Layer::new("dot", Shape::Dot { has_caps: false }, INK, vec![Point::without(0.0, "not measured")]);
        let mut panel = Panel::new("", "", Axis { title: "dollars".to_owned(), ..Axis::default() }, names)
            .with([bar, dot]);
        panel.says = vec![vec![("said".to_owned(), INK)], Vec::new()];
        let rows = written(panel);
        let cells = |row: usize, places: [usize; 6]| places.map(|place| rows[row][place].as_str());
        assert_eq!(cells(0, [2, 3, 5, 7, 8, 9]), ["dollars", "part", "two", "", "2", "3"]);
        assert_eq!(cells(1, [3, 4, 5, 7, 8, 12]), ["dot", "dot", "one", "", "", "not measured"]);
        assert_eq!(cells(2, [3, 4, 5, 7, 8, 12]), ["one", "words", "one", "", "", "said"]);
    }
}
