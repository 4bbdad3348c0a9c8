//! The map of a sweep, read back from map.csv and laid out over two of its knobs; other knobs give a panel each.

mod library;
pub(super) mod size;

use crate::experiments::verdict::{self, Verdict};
use crate::output::{OutputError, RawTable};
use crate::stats::Estimate;
use crate::text::{count, counted, grouped, quoted};

use super::figure::{Axis, Entry, Layer, Name, Panel as Plot, Point as Mark, Row, Shape};
use super::source::Source;
use super::style::{INK, SOFT};
use library::Point;

/// Panels beyond these would be too small to read.
const MOST_PANELS: usize = 6;
/// More levels than these are points strewn over a range.
const MOST_LEVELS: usize = 48;

/// A knob with its values in order.
#[derive(Clone, Debug)]
struct Knob {
    name: String,
    unit: String,
    /// As they stand in the table.
    values: Vec<String>,
}

/// What came out at one setting.
#[derive(Clone, Debug, Default)]
struct Spot {
    /// Level of each knob.
    levels: Vec<usize>,
    replications: usize,
    /// Whether the market lasts; `None` where nobody may sell, or no replication finished.
    verdict: Option<Verdict>,
    /// Placements per 10,000 workers and year; `None` with it.
    placements: Option<Estimate>,
    /// Replications in which anybody is placed.
    lives: usize,
    /// Whether its number is not finite.
    is_broken: bool,
}

impl Spot {
    /// Whether anybody is placed in some replications, and in some nobody.
    fn is_split(&self) -> bool {
        self.verdict.is_some() && 0 < self.lives && self.lives < self.replications
    }

    /// Whether nobody may sell there.
    fn is_closed(&self) -> bool {
        self.verdict.is_none() && self.replications > 0 && !self.is_broken
    }
}

/// One heat map: its name, and the position of the spot in each place, rows of y after one another.
#[derive(Clone, Debug)]
struct Panel {
    name: String,
    /// Levels of the knobs that are on no axis.
    levels: Vec<usize>,
    places: Vec<Option<usize>>,
}

/// A whole sweep.
#[derive(Clone, Debug)]
struct Map {
    knobs: Vec<Knob>,
    spots: Vec<Spot>,
    x: usize,
    y: Option<usize>,
    panels: Vec<Panel>,
    /// Panels that found no room.
    left_out: usize,
    /// Scenarios that lie on it.
    points: Vec<Point>,
    footer: String,
}

impl Map {
    /// Reads map.csv of a folder.
    ///
    /// # Errors
    /// If a column is missing, or a cell is no number where there should be one.
    fn read(source: &Source) -> Result<Self, OutputError> {
        let table = source.table("map.csv")?;
        let (cell, end) = (table.column("cell")?, table.column("replications")?);
        let units = units(source)?;
        let knobs: Vec<Knob> = (cell + 1..end.max(cell + 1)).map(|c| knob(&table, c, &units)).collect();
        let (spots, not_finite) = spots(&table, cell, &knobs)?;
        let (x, y) = axes(&knobs);
        let footer = footer(source, &spots, not_finite)?;
        let (panels, points) = (Vec::new(), Vec::new());
        let mut map = Self { knobs, spots, x, y, panels, left_out: 0, points, footer };
        map.fill();
        map.points = library::read(source, &map)?;
        Ok(map)
    }

    /// The knobs that are on no axis.
    fn others(&self) -> Vec<usize> {
        (0..self.knobs.len()).filter(|&k| k != self.x && Some(k) != self.y).collect()
    }

    /// Sorts the spots into panels.
    fn fill(&mut self) {
        if self.knobs.is_empty() {
            return;
        }
        let others = self.others();
        let mut keys: Vec<Vec<usize>> =
            self.spots.iter().map(|spot| others.iter().map(|&k| spot.levels[k]).collect()).collect();
        let of_spot = keys.clone();
        keys.sort();
        keys.dedup();
        self.left_out = keys.len().saturating_sub(MOST_PANELS);
        keys.truncate(MOST_PANELS);
        for key in keys {
            let names = others.iter().zip(&key).map(|(&k, &level)| self.knobs[k].setting(level));
            let name = names.collect::<Vec<_>>().join(", ");
            let mut places = vec![None; self.columns() * self.rows()];
            for (number, spot) in self.spots.iter().enumerate().filter(|(n, _)| of_spot[*n] == key) {
                let row = self.y.map_or(0, |y| spot.levels[y]);
                places[row * self.columns() + spot.levels[self.x]].get_or_insert(number);
            }
            self.panels.push(Panel { name, levels: key, places });
        }
    }

    fn columns(&self) -> usize {
        self.knobs.get(self.x).map_or(0, |knob| knob.values.len())
    }

    fn rows(&self) -> usize {
        self.y.map_or(1, |y| self.knobs[y].values.len())
    }

    /// Why there is nothing to lay out, if so.
    fn trouble(&self) -> Option<String> {
        let places = self.panels.iter().flat_map(|panel| &panel.places);
        let filled = places.clone().filter(|place| place.is_some()).count();
        if self.spots.is_empty() || self.knobs.is_empty() {
            return Some("map.csv has no settings.".to_owned());
        }
        let strewn = self.columns() > MOST_LEVELS || self.rows() > MOST_LEVELS;
        (strewn || 3 * filled < places.count()).then(|| {
            "The settings of this design are strewn over their ranges and do not fill a grid; design = \"grid\" \
             makes one that can be drawn as a map."
                .to_owned()
        })
    }

    /// The spots of a panel.
    fn of<'a>(&'a self, panel: &'a Panel) -> impl Iterator<Item = &'a Spot> + 'a {
        panel.places.iter().flatten().map(|&number| &self.spots[number])
    }

    /// What is left out, and what stands on the axes, for a subtitle.
    fn says_what_is_left_out(&self) -> String {
        match self.left_out {
            0 => String::new(),
            n => format!(" Not shown: {} of other knobs.", counted(n, "further setting")),
        }
    }

    /// A plot for each panel, two beside each other.
    ///
    /// - `layers`: of a panel; rows of the map are counted from the top of the plot
    fn plots(&self, layers: impl Fn(&Panel) -> Vec<Layer>, y: &Axis, height: Option<f64>) -> Vec<Row> {
        let names = |k: usize| {
            let knob = &self.knobs[k];
            (0..knob.values.len()).map(|level| Name::plain(knob.label(level), SOFT)).collect::<Vec<_>>()
        };
        let x = Axis { title: self.knobs[self.x].title(), ..Axis::names(names(self.x)) };
        let y = self.y.map_or_else(
            || y.clone(),
            |y| {
                let levels = names(y).into_iter().rev().collect();
                Axis { title: self.knobs[y].title(), ..Axis::names(levels) }
            },
        );
        let plot = |(number, panel): (usize, &Panel)| {
            let badges = Point::of(&self.points, number).map(|point| {
                let row = (self.rows() - 1) as f64 - point.at.1;
                Mark::at(point.at.0, row).saying(point.letter.to_string())
            });
            let badges = Layer::new("", Shape::Badge, INK, badges.collect());
            let plot = Plot::new(&panel.name, "", x.clone(), y.clone());
            Plot { height, ..plot.with(layers(panel)).with([badges]) }
        };
        let plots: Vec<Plot> = self.panels.iter().enumerate().map(plot).collect();
        plots.chunks(2).map(|panels| Row { name: None, panels: panels.to_vec() }).collect()
    }

    /// The place of each cell of a panel with its column and its row from the top, and its spot.
    fn cells<'a>(&'a self, panel: &'a Panel) -> impl Iterator<Item = (usize, usize, Option<&'a Spot>)> + 'a {
        let columns = self.columns();
        panel.places.iter().enumerate().map(move |(place, spot)| {
            (place % columns, self.rows() - 1 - place / columns, spot.map(|number| &self.spots[number]))
        })
    }

    /// Entries of the key for the scenarios that lie on the map.
    fn badges(&self) -> impl Iterator<Item = Entry> + '_ {
        self.points.iter().map(|point| Entry::Badge(point.letter, point.words()))
    }
}

impl Knob {
    fn is_switch(&self) -> bool {
        self.values.iter().all(|value| value == "true" || value == "false")
    }

    fn is_number(&self) -> bool {
        self.values.iter().all(|value| value.parse::<f64>().is_ok_and(f64::is_finite))
    }

    /// Name and unit as an axis has them.
    fn title(&self) -> String {
        match self.unit.as_str() {
            _ if !self.is_number() => self.name.clone(),
            "" | "dollars" | "US dollars" => self.name.clone(),
            "share" => format!("{}, %", self.name),
            // "requests a week, requests per week" says it twice.
            unit if unit.split(' ').next().is_some_and(|word| self.name.contains(word)) => self.name.clone(),
            unit => format!("{}, {unit}", self.name),
        }
    }

    /// A level as short as it can be said.
    fn label(&self, level: usize) -> String {
        let text = &self.values[level];
        match text.parse::<f64>() {
            Ok(number) if self.is_number() => {
                let number = if self.unit == "share" { 100.0 * number } else { number };
                let sign = if self.unit.ends_with("dollars") { "$" } else { "" };
                match format!("{sign}{}", plain_number(number.abs())) {
                    text if number < 0.0 => format!("−{text}"),
                    text => text,
                }
            }
            _ => stages(text),
        }
    }

    /// A level in a heading: "payment known", "fee: 20 %".
    fn setting(&self, level: usize) -> String {
        let is_disclosure = ["payment known", "disclosure.payment_known"].contains(&self.name.as_str());
        match (self.values[level].as_str(), is_disclosure) {
            ("true", true) => "payment known".to_owned(),
            ("false", true) => "payment hidden".to_owned(),
            ("true", _) => format!("{}: yes", self.name),
            ("false", _) => format!("{}: no", self.name),
            _ => {
                let unit = if self.is_number() && self.unit == "share" { "\u{a0}%" } else { "" };
                format!("{}: {}{unit}", self.name, self.label(level))
            }
        }
    }
}

/// All its digits, thousands set apart; shares times 100 have digits that nobody wrote.
fn plain_number(number: f64) -> String {
    grouped(&format!("{}", (number * 1e6).round() / 1e6))
}

/// Stages of a screen as their hours, "none" for an empty list; anything else as it is.
fn stages(text: &str) -> String {
    let Ok(table) = format!("v = {text}").parse::<toml::Table>() else { return text.to_owned() };
    let Some(list) = table["v"].as_array() else { return text.to_owned() };
    if list.is_empty() {
        return "none".to_owned();
    }
    let hours = list.iter().map(|stage| match stage.get("hours")? {
        toml::Value::String(hours) => Some(hours.trim_end_matches('h').trim().to_owned()),
        other => Some(other.to_string()),
    });
    let hours: Option<Vec<String>> = hours.collect();
    let round = |hours: &String| hours.trim_end_matches(".0").to_owned();
    hours.map_or_else(
        || text.to_owned(),
        |hours| format!("{}\u{a0}h", hours.iter().map(round).collect::<Vec<_>>().join(" + ")),
    )
}

/// Units of the columns of map.csv, from the dictionary if there is one.
fn units(source: &Source) -> Result<Vec<(String, String)>, OutputError> {
    if !source.has("columns.csv") {
        return Ok(Vec::new());
    }
    let table = source.table("columns.csv")?;
    let columns = ["table", "column", "unit"].map(|name| table.column(name));
    let [Ok(of), Ok(column), Ok(unit)] = columns else { return Ok(Vec::new()) };
    let ours = (0..table.len()).filter(|&row| table.text(row, of).trim_end_matches(".csv") == "map");
    Ok(ours.map(|row| (table.text(row, column).to_owned(), table.text(row, unit).to_owned())).collect())
}

fn knob(table: &RawTable, column: usize, units: &[(String, String)]) -> Knob {
    let name = table.columns()[column].clone();
    let mut values: Vec<String> = Vec::new();
    for row in 0..table.len() {
        let value = table.text(row, column);
        if values.iter().all(|known| known != value) {
            values.push(value.to_owned());
        }
    }
    let number = |text: &String| text.parse::<f64>().unwrap_or(f64::NAN);
    let unit = units.iter().find(|(column, _)| *column == name).map_or("", |(_, unit)| unit).to_owned();
    let mut knob = Knob { name, unit, values };
    if knob.is_number() {
        knob.values.sort_by(|a, b| number(a).total_cmp(&number(b)));
    }
    knob
}

/// The two knobs of the map: the first two that are no switches, words at the side, where there is room for them.
fn axes(knobs: &[Knob]) -> (usize, Option<usize>) {
    let wide: Vec<usize> = (0..knobs.len()).filter(|&k| !knobs[k].is_switch()).collect();
    match wide.as_slice() {
        [] => (0, None),
        [one] => (*one, None),
        [one, two, ..] if knobs[*one].is_number() && !knobs[*two].is_number() => (*one, Some(*two)),
        [one, two, ..] => (*two, Some(*one)),
    }
}

/// The rows of the table, and how many numbers in them are not finite.
fn spots(table: &RawTable, cell: usize, knobs: &[Knob]) -> Result<(Vec<Spot>, usize), OutputError> {
    let mut not_finite = 0;
    let mut numbers = |name: &str| -> Result<Vec<Option<f64>>, OutputError> {
        let mut values =
            if table.column(name).is_ok() { table.numbers(name)? } else { vec![None; table.len()] };
        for value in &mut values {
            if value.is_some_and(|number| !number.is_finite()) {
                *value = None;
                not_finite += 1;
            }
        }
        Ok(values)
    };
    let placements = ["", "_low", "_high"].map(|end| format!("{}{end}", verdict::MEASURE));
    table.column(&placements[0])?;
    let verdict = table.column("verdict")?;
    let [value, low, high] = [numbers(&placements[0])?, numbers(&placements[1])?, numbers(&placements[2])?];
    let (replications, lives) = (numbers("replications")?, numbers("lives")?);
    let mut spots = Vec::new();
    for row in 0..table.len() {
        let level = |(k, knob): (usize, &Knob)| {
            let value = table.text(row, cell + 1 + k);
            knob.values.iter().position(|known| known == value).unwrap_or_default()
        };
        let count = counts(replications[row]);
        let said = match table.text(row, verdict) {
            "" => None,
            name => Some(Verdict::named(name).ok_or_else(|| table.wrong(row, verdict, "a verdict"))?),
        };
        let estimate = |value| Estimate { n: count, value, interval: low[row].zip(high[row]) };
        // A verdict on a number that is none is no verdict.
        let found = said.zip(value[row].map(estimate));
        spots.push(Spot {
            levels: knobs.iter().enumerate().map(level).collect(),
            replications: count,
            verdict: found.map(|(verdict, _)| verdict),
            placements: found.map(|(_, placements)| placements),
            lives: counts(lives[row]),
            is_broken: said.is_some() && found.is_none(),
        });
    }
    Ok((spots, not_finite))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and replications are few"
)]
fn counts(value: Option<f64>) -> usize {
    value.unwrap_or(0.0) as usize
}

fn footer(source: &Source, spots: &[Spot], not_finite: usize) -> Result<String, OutputError> {
    let manifest = source.manifest.as_ref();
    let name = manifest.and_then(|m| m["scenarios"].as_object()?.keys().next().cloned());
    let counts = spots.iter().map(|spot| spot.replications);
    let (fewest, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    let replications = if fewest == most {
        counted(most, "replication")
    } else {
        format!("{fewest} to {}", counted(most, "replication"))
    };
    let mut parts = vec![
        name.map_or_else(|| "Scenario not recorded".to_owned(), |name| format!("Scenario {}", quoted(&name))),
        format!("{} settings", count(spots.len())),
        format!("{replications} of each"),
        source.seed().map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")),
        "intervals: t, 95\u{a0}% over replications".to_owned(),
    ];
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    Ok(format!("{}.", parts.join(" · ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screens_are_named_by_their_hours_and_numbers_have_thousands_apart() {
        let two = "[{ hours = \"0.5h\", accept_above = \"profit\" }, { hours = \"4.0h\", accept_above = 1 }]";
        assert_eq!(stages(two), "0.5 + 4\u{a0}h");
        assert_eq!(stages("[{ hours = 24.0, accept_above = 0.2 }]"), "24\u{a0}h");
        assert_eq!(
            [1e6, 1234.5, 0.25, 17.499_999_999].map(plain_number),
            ["1,000,000", "1,234.5", "0.25", "17.5"]
        );
        assert_eq!(["[]", "a word", "[1, 2]"].map(stages), ["none", "a word", "[1, 2]"]);
    }
}
