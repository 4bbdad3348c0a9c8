//! Columns of weekly.csv by scenario, replication and week, and lines with bands over them.

use crate::experiments::measures::Weekly;
use crate::output::OutputError;
use crate::output::tables::Week;
use crate::stats::{Estimate, mean_interval, ratio_of_sums};

use super::data::{FEWEST_FOR_BANDS, Facts, LEVEL};
use super::figure::{Layer, Point, Shape};
use super::source::Source;
use super::style::Rgb;

/// A scenario: its name, and of each replication that has rows its columns by week from 0.
#[derive(Clone, Debug)]
pub(super) struct Weeks {
    pub(super) name: String,
    replications: Vec<Columns>,
    pub(super) last_week: usize,
}

/// Columns of one replication, each by week.
type Columns = Vec<Vec<Option<f64>>>;

/// A line over weeks.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) points: Vec<Point>,
    /// Each replication by itself, where there are too few for a band.
    each: Vec<Vec<Point>>,
}

impl Line {
    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.points.iter().all(|point| point.value.is_none())
    }

    /// The line with its band, or over thin lines of each replication.
    pub(super) fn layers(self, series: &str, label: &str, colour: Rgb) -> Vec<Layer> {
        let shape = Shape::Line { has_band: self.each.is_empty() };
        let hair = |points: Vec<Point>| Layer::new("", Shape::Hair, colour.lighter(), points);
        let mut layers: Vec<Layer> = self.each.into_iter().map(hair).collect();
        let line = Layer::new(series, shape, colour, self.points);
        layers.push(Layer { label: label.to_owned(), ..line });
        layers
    }
}

/// More weeks than any run has; a week number above it is a broken file.
const MOST_WEEKS: usize = 100_000;
/// Markets that must still have events for a share of them to be drawn: fewer say little of the others.
pub(super) const FEWEST_MARKETS: usize = 3;

/// Reads columns of weekly.csv.
///
/// - `needed`: columns that must be there
/// - `more`: columns that older tables may lack; they are empty then
pub(super) fn read(
    source: &Source,
    needed: &[Weekly],
    more: &[Weekly],
) -> Result<(Facts, Vec<Weeks>), OutputError> {
    let table = source.measured::<Week>()?;
    let (mut facts, owners) = Facts::of(source, &table.rows)?;
    let needed = needed.iter().map(|&measure| table.needed(measure));
    let columns = needed.chain(more.iter().map(|&measure| table.numbers(measure)));
    let columns = columns.map(|values| values.map(|values| facts.finite(values)));
    let columns: Vec<Vec<Option<f64>>> = columns.collect::<Result<_, _>>()?;
    let empty = vec![vec![Vec::new(); columns.len()]; facts.replications.len()];
    let scenario = |name: &String| Weeks { name: name.clone(), replications: empty.clone(), last_week: 0 };
    let mut all: Vec<Weeks> = facts.scenarios.iter().map(scenario).collect();
    for (row, &(scenario, replication)) in owners.iter().enumerate() {
        let week = usize::try_from(table.rows[row].week).ok().filter(|&week| week <= MOST_WEEKS);
        let Some(week) = week else { return Err(table.wrong(row, "week", "a week from 0")?) };
        let weeks = &mut all[scenario];
        weeks.last_week = weeks.last_week.max(week);
        for (place, column) in weeks.replications[replication].iter_mut().zip(&columns) {
            if place.len() <= week {
                place.resize(week + 1, None);
            }
            place[week] = column[row];
        }
    }
    for weeks in &mut all {
        weeks.replications.retain(|columns| columns.iter().any(|column| !column.is_empty()));
    }
    Ok((facts, all))
}

impl Weeks {
    /// Whether no replication has rows.
    pub(super) fn is_empty(&self) -> bool {
        self.replications.is_empty()
    }

    /// How many replications have rows.
    pub(super) fn replications(&self) -> usize {
        self.replications.len()
    }

    /// A column by week, of each replication.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = &[Option<f64>]> {
        self.replications.iter().map(move |columns| columns[column].as_slice())
    }

    /// Adds one column to another; what is absent in both stays so.
    pub(super) fn add(&mut self, to: usize, from: usize) {
        for columns in &mut self.replications {
            let more = columns[from].clone();
            for (sum, more) in columns[to].iter_mut().zip(more) {
                *sum = sum.zip(more).map(|(a, b)| a + b).or(*sum).or(more);
            }
        }
    }

    /// Sum of a column over all weeks, of each replication that has a value.
    pub(super) fn sums(&self, column: usize) -> Vec<f64> {
        let sum = |columns: &Columns| columns[column].iter().flatten().sum();
        self.replications.iter().map(sum).collect()
    }

    /// Mean of a column over the weeks that have a value, of each replication; `None` where none has.
    pub(super) fn means(&self, column: usize) -> Vec<Option<f64>> {
        let mean = |columns: &Columns| {
            let held: Vec<f64> = columns[column].iter().flatten().copied().collect();
            (!held.is_empty()).then(|| held.iter().sum::<f64>() / held.len() as f64)
        };
        self.replications.iter().map(mean).collect()
    }

    /// Sum of one column over that of another, all weeks and replications pooled.
    pub(super) fn share(&self, of: usize, per: usize) -> Option<Estimate> {
        ratio_of_sums(&self.pairs(of, per), LEVEL).map(|share| share.within(0.0, 1.0))
    }

    /// Sums of two columns, of each replication.
    pub(super) fn pairs(&self, of: usize, per: usize) -> Vec<(f64, f64)> {
        self.sums(of).into_iter().zip(self.sums(per)).collect()
    }

    /// Sum of one column over that of another, over the `span` weeks that end with each; pooled over replications,
    /// where they have `fewest` or more between them.
    pub(super) fn share_line(&self, of: usize, per: usize, span: usize, fewest: f64) -> Line {
        self.line(&|replications, week| {
            let sum = |column: &[Option<f64>]| window(column, week, span).map(|(sum, _)| sum);
            let both =
                replications.iter().filter_map(|columns| Some((sum(&columns[of])?, sum(&columns[per])?)));
            let clusters: Vec<(f64, f64)> = both.filter(|&(_, per)| per > 0.0).collect();
            let enough = clusters.len() >= FEWEST_MARKETS.min(replications.len())
                && clusters.iter().map(|cluster| cluster.1).sum::<f64>() >= fewest;
            if enough { ratio_of_sums(&clusters, LEVEL).map(|share| share.within(0.0, 1.0)) } else { None }
        })
    }

    /// Mean of a column over the `span` weeks that end with each, and over replications.
    ///
    /// - `least`, `most`: what the quantity cannot be below or above
    pub(super) fn mean_line(&self, column: usize, span: usize, (least, most): (f64, f64)) -> Line {
        self.line(&|replications, week| {
            let mean = |columns: &Columns| window(&columns[column], week, span).map(|(sum, n)| sum / n);
            let mean = mean_interval(&replications.iter().filter_map(mean).collect::<Vec<_>>(), LEVEL)?;
            Some(mean.within(least, most))
        })
    }

    fn line(&self, at: &dyn Fn(&[Columns], usize) -> Option<Estimate>) -> Line {
        let of = |replications: &[Columns]| -> Vec<Point> {
            let point = |week: usize| {
                let nothing = || Point { at: week as f64, ..Point::default() };
                at(replications, week).map_or_else(nothing, |estimate| Point::of(week as f64, &estimate))
            };
            (0..=self.last_week).map(point).collect()
        };
        let mut line = Line { points: of(&self.replications), each: Vec::new() };
        if (2..FEWEST_FOR_BANDS).contains(&self.replications.len()) {
            line.each = self.replications.iter().map(|one| of(std::slice::from_ref(one))).collect();
        }
        line
    }
}

/// Weeks that a window must hold: the mean of the first one or two would be all luck.
const FEWEST_WEEKS: usize = 4;

/// Sum and count over the `span` weeks that end with `week`; `None` where they hold no value, or too few weeks yet.
///
/// Runs shorter than a few windows are shown from their first week on.
fn window(values: &[Option<f64>], week: usize, span: usize) -> Option<(f64, f64)> {
    let from = (week + 1).saturating_sub(span);
    let held: Vec<f64> = values.get(from..=week)?.iter().flatten().copied().collect();
    let least = if values.len() > 4 * span { FEWEST_WEEKS.min(span) } else { 1 };
    (held.len() >= least).then(|| (held.iter().sum(), held.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_added_where_either_says_something() {
        let columns = vec![vec![Some(1.0), None, None], vec![Some(2.0), Some(3.0), None]];
        let mut weeks = Weeks { name: String::new(), replications: vec![columns], last_week: 2 };
        weeks.add(0, 1);
        assert_eq!(weeks.column(0).next(), Some(&[Some(3.0), Some(3.0), None][..]));
    }

    /// Of runs longer than four windows the first weeks hold too little; shorter ones are shown from the first week on.
    #[test]
    fn windows_of_long_runs_need_some_weeks() {
        let run = |weeks: usize| vec![Some(1.0); weeks];
        assert_eq!(window(&run(20), 1, 5), Some((2.0, 2.0)));
        assert_eq!([window(&run(21), 1, 5), window(&run(21), 3, 5)], [None, Some((4.0, 4.0))]);
        assert_eq!(window(&run(21), 9, 5), Some((5.0, 5.0)));
    }
}
