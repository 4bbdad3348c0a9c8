//! The map of a sweep, read back from map.csv and laid out over two of its knobs; other knobs give a panel each.

mod edge;
pub(super) mod healing;
mod knob;
mod library;
pub(super) mod size;

pub(super) use edge::fraction;

use crate::experiments::outcomes::metric;
use crate::experiments::rest::{self, Rest};
use crate::experiments::sweep::looks;
use crate::experiments::verdict::{self, ALIVE_ABOVE, LEVEL, Verdict, judged_span};
use crate::output::sweep::KnobColumn;
use crate::output::tables::CellJudged;
use crate::output::{Measured, OutputError, YesNo, left_out};
use crate::stats::Estimate;
use crate::text::{count, counted, percent, quoted};

use super::figure::{Axis, Layer, Panel as Plot, Row};
use super::screens;
use super::source::Source;
use knob::Knob;
use library::Point;

/// Panels beyond these would be too small to read.
const MOST_PANELS: usize = 6;
/// More levels than these are points strewn over a range.
const MOST_LEVELS: usize = 48;

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
    /// Whether clients are shown to lose.
    is_costly: bool,
    /// Whether its number is not finite.
    is_broken: bool,
    /// Whether it is shown to move at the end.
    moves: bool,
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
    /// Where the scenario lies that was swept, on the two axes.
    offer: Option<(f64, f64)>,
    /// What lies there, in words.
    offered: String,
    footer: String,
    /// Coverage of each interval in words, "95 %", and the weeks that are judged.
    level: String,
    judged: &'static str,
    /// Whether markets ran for too few weeks for more than a guess.
    is_provisional: bool,
    /// That some settings do not come to rest, in a sentence.
    restless: Option<String>,
}

impl Map {
    /// Reads map.csv of a folder.
    ///
    /// # Errors
    /// If a column is missing, or a cell is no number where there should be one.
    fn read(source: &Source) -> Result<Self, OutputError> {
        let placed = metric!(verdict::MEASURE);
        let table = Measured::<CellJudged>::with(placed, source.table("map.csv")?)?;
        let columns = KnobColumn::all::<CellJudged>(table.table(), &source.dictionary()?)?;
        let knobs: Vec<Knob> = columns.iter().map(Knob::of).collect();
        let (spots, not_finite) = spots(&table, &columns, &knobs)?;
        let (x, y) = axes(&knobs);
        let planned = planned(source);
        let footer = footer(source, &spots, not_finite, planned)?;
        let (panels, points) = (Vec::new(), Vec::new());
        // Older tables do not say.
        let is_provisional = table.rows.iter().any(|row| row.provisional.0.flatten() == Some(YesNo(true)));
        let weeks = table.rows.iter().find_map(|row| row.weeks.0.flatten());
        let moving = spots.iter().filter(|spot| spot.moves).count();
        let restless = weeks.and_then(|weeks| rest::said(moving, spots.len(), weeks));
        let mut map = Self {
            knobs,
            spots,
            x,
            y,
            panels,
            left_out: 0,
            points,
            offer: None,
            offered: library::base(source),
            footer,
            level: percent(looks::level(planned)),
            judged: judged_span(weeks.map_or(usize::MAX, |weeks| weeks as usize)),
            is_provisional,
            restless,
        };
        map.fill();
        map.points = library::read(source, &map)?;
        map.offer = map.points.iter().find(|point| point.is_base).map(|point| point.at);
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

    /// That too few weeks were run for a verdict, or for markets to come to rest, for the beginning of a subtitle.
    fn says_unfinished(&self) -> String {
        let fewest = verdict::FEWEST_WEEKS;
        let provisional = format!("Provisional: a verdict takes {fewest} weeks, and fewer were run.");
        let said = self.is_provisional.then_some(&provisional).into_iter().chain(&self.restless);
        said.map(|said| format!("{said} ")).collect()
    }

    /// What is left out, and what stands on the axes, for a subtitle.
    fn says_what_is_left_out(&self) -> String {
        match self.left_out {
            0 => String::new(),
            n => format!(" Not shown: {} of other knobs.", counted(n, "further setting")),
        }
    }

    /// What is drawn, and when a market lasts; by what rule screens take, where they are drawn.
    ///
    /// - `along`: what runs along the axis, if the axis does not say it
    fn says_what(&self, along: &str) -> String {
        let bars = (self.knobs.iter().filter(|knob| knob.path == knob::STAGES))
            .flat_map(|knob| knob.values.iter().map(|stages| (screens::name(stages), stages.as_str())));
        let bars = screens::said(screens::HERE, bars).map_or_else(String::new, |said| format!(" {said}"));
        format!(
            "Placements by sellers per 10,000 workers and year, {}{along}. The market {} where the {} interval lies above \
             {ALIVE_ABOVE} and nobody who begins to sell, or who hires through sellers, is shown to lose by it.{bars}",
            self.judged,
            Verdict::Lasts.name(),
            self.level
        )
    }

    /// A plot for each panel, two beside each other.
    ///
    /// - `layers`: of a panel; rows of the map are counted from the top of the plot
    fn plots(&self, layers: impl Fn(usize, &Panel) -> Vec<Layer>, y: &Axis, height: Option<f64>) -> Vec<Row> {
        let x = self.knobs[self.x].axis(self.offer.map(|at| at.0), false);
        let y = self.y.map_or_else(|| y.clone(), |y| self.knobs[y].axis(self.offer.map(|at| at.1), true));
        let plot = |(number, panel): (usize, &Panel)| {
            let plot = Plot::new(&crate::text::capital(&panel.name), "", x.clone(), y.clone());
            Plot { height, ..plot.with(layers(number, panel)) }
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

    /// The panel in which the scenario lies that was swept, else the first.
    fn first_panel(&self) -> Option<&Panel> {
        let own = self.points.iter().find(|point| point.is_base).map(|point| point.panel);
        self.panels.get(own.unwrap_or(0))
    }
}

/// The two knobs of the map: the first two that are no switches, words at the side, where there is room for them.
fn axes(knobs: &[Knob]) -> (usize, Option<usize>) {
    let wide: Vec<usize> = (0..knobs.len()).filter(|&k| !knobs[k].is_switch()).collect();
    // Healing runs along, with listeners or screens at its side.
    let at = |path: &str| wide.iter().copied().find(|&k| knobs[k].path == path);
    if let Some(healing) = at(knob::RECOVERY) {
        let first = wide.iter().copied().find(|&k| k != healing);
        return (healing, at(knob::LISTENERS).or_else(|| at(knob::STAGES)).or(first));
    }
    match wide.as_slice() {
        [] => (0, None),
        [one] => (*one, None),
        [one, two, ..] if knobs[*one].is_number() && !knobs[*two].is_number() => (*one, Some(*two)),
        [one, two, ..] => (*two, Some(*one)),
    }
}

/// The rows of the table, and how many numbers in them are not finite.
fn spots(
    table: &Measured<CellJudged>,
    columns: &[KnobColumn],
    knobs: &[Knob],
) -> Result<(Vec<Spot>, usize), OutputError> {
    let mut ends = table.with_ends(metric!(verdict::MEASURE))?;
    let not_finite = ends.iter_mut().map(|values| left_out(values)).sum();
    let [value, low, high] = ends;
    let mut most_gained = match metric!("clients_gain") {
        gain if table.has(gain) => table.with_ends(gain)?[2].clone(),
        _ => vec![None; table.rows.len()],
    };
    left_out(&mut most_gained);
    let spot = |(number, row): (usize, &CellJudged)| {
        let level = |(knob, column): (&Knob, &KnobColumn)| {
            knob.values.iter().position(|known| *known == column.values[number]).unwrap_or_default()
        };
        let estimate =
            |value| Estimate { n: row.replications, value, interval: low[number].zip(high[number]) };
        // A verdict on a number that is none is no verdict.
        let found = row.verdict.zip(value[number].map(estimate));
        Spot {
            levels: knobs.iter().zip(columns).map(level).collect(),
            replications: row.replications,
            verdict: found.map(|(verdict, _)| verdict),
            placements: found.map(|(_, placements)| placements),
            lives: row.lives.0.flatten().unwrap_or(0),
            is_costly: found.is_some() && most_gained[number].is_some_and(|high| high < 0.0),
            is_broken: row.verdict.is_some() && found.is_none(),
            moves: row.rest.0.flatten() == Some(Rest::Moves),
        }
    };
    Ok((table.rows.iter().enumerate().map(spot).collect(), not_finite))
}

/// How often the sweep was to look.
fn planned(source: &Source) -> u32 {
    let plan = source.manifest.as_ref().map(|manifest| &manifest["plan"]);
    plan.and_then(|plan| u32::try_from(plan["looks"].as_u64()?).ok()).unwrap_or(1)
}

fn footer(source: &Source, spots: &[Spot], not_finite: usize, planned: u32) -> Result<String, OutputError> {
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
        format!(
            "intervals: t, {} over replications{}",
            percent(looks::level(planned)),
            if planned < 2 {
                String::new()
            } else {
                format!(", {} for up to {planned} looks together", percent(LEVEL))
            }
        ),
    ];
    if not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(not_finite, "number")));
    }
    Ok(format!("{}.", parts.join(" · ")))
}
