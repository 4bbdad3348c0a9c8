//! The sweeps of a study: every setting of the knobs in every replication.
//!
//! All settings of one replication share their luck, so two of them are compared replication by replication.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use super::library::Library;
use crate::charts::screens;
use crate::experiments::contrast::{Contrast, LEVEL, Luck};
use crate::experiments::outcomes::{Metric, metric};
use crate::experiments::rest::{self, Change, Rest};
use crate::experiments::summary::{ScenarioSummary, summarise, summarise_at};
use crate::experiments::sweep::looks::level;
use crate::experiments::verdict::{Judged, MEASURE, Verdict};
use crate::output::sweep::{KnobColumn, dictionary};
use crate::output::tables::{CellReplication, Finished as _, LibraryPoint};
use crate::output::{Manifest, Measured, OutputError, RawTable, left_out, read_table, scenario_of};
use crate::stats::{self, Estimate};
use crate::text;

/// One setting of the knobs.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// Hours of screening; `None` where no knob screens, or the level is a name that tells no hours.
    pub(super) hours: Option<f64>,
    /// The level of screening as the table has it; empty where no knob screens.
    pub(super) level: String,
    /// Share of the first salary, or dollars: whatever the payout is counted in; `None` where no knob pays.
    pub(super) payout: Option<f64>,
    /// Whether decision-makers know of the payment; true where no knob says.
    pub(super) known: bool,
    /// Share of what a tie lacks in goodwill that comes back in a week; `None` where no knob says.
    pub(super) recovery: Option<f64>,
    /// Decision-makers to whom a meeting is told; `None` where no knob says.
    pub(super) listeners: Option<f64>,
    /// Values of the knobs as the table has them.
    knobs: Vec<String>,
    /// Outcomes by replication.
    rows: BTreeMap<i64, Vec<Option<f64>>>,
    summary: ScenarioSummary,
    /// By how much placements changed at the end; `None` where the table does not say.
    change: Option<Change>,
    /// Where the same market was judged by more replications, and that judgement.
    pub(super) elsewhere: Option<Elsewhere>,
}

/// A judgement on the same market in another part of a study.
#[derive(Clone, Debug)]
pub(super) struct Elsewhere {
    /// "on the map, in 16 replications".
    pub(super) words: String,
    pub(super) judged: Judged,
}

impl Elsewhere {
    /// - `place`: "on the map"
    fn of(judged: Judged, place: &str) -> Self {
        let n = text::counted(judged.placements.n, "replication");
        Self { words: format!("{place}, in {n}"), judged }
    }
}

impl Setting {
    /// Whether applicants are taken sight unseen; where no knob screens they are.
    pub(super) fn is_unscreened(&self) -> bool {
        self.hours.map_or_else(
            || ["", "none", "no", "sight unseen"].contains(&self.level.as_str()),
            |hours| hours <= 0.0,
        )
    }

    /// Whether the market lasts; `None` if no replication says, or nobody may sell.
    pub(super) fn judged(&self) -> Option<&Judged> {
        self.elsewhere.as_ref().map(|it| &it.judged).or(self.summary.judged.as_ref())
    }

    /// "at 2 % after 30 minutes of screening, payment hidden".
    pub(super) fn words(&self) -> String {
        let payout =
            self.payout.map(|payout| format!("at {} ", super::phrasing::payout(payout, payout <= 1.0)));
        let screen = match self.hours.filter(|hours| *hours > 0.0) {
            Some(hours) => format!("after {} of screening", text::hours(hours)),
            None => "with nobody screened".to_owned(),
        };
        let hidden = if self.known { "" } else { ", payment hidden," };
        format!("{}{screen}{hidden}", payout.unwrap_or_default())
    }

    /// "at 20 %, payment hidden": where it is told apart from other unscreened ones.
    pub(super) fn terms(&self) -> String {
        let payout = self.payout.map_or_else(String::new, |payout| {
            format!("at {}", super::phrasing::payout(payout, payout <= 1.0))
        });
        if self.known { payout } else { format!("{payout}, payment hidden") }
    }

    /// Whether that is said.
    pub(super) fn is(&self, verdict: Verdict) -> bool {
        self.judged().is_some_and(|judged| judged.verdict == verdict)
    }

    /// Whether it is shown that the market does not last.
    pub(super) fn is_no(&self) -> bool {
        self.judged().is_some_and(|judged| judged.verdict.is_no())
    }

    /// An outcome over the replications.
    pub(super) fn estimate(&self, metric: Metric) -> Option<Estimate> {
        self.summary.of(metric.name).copied()
    }

    /// An outcome over another one, both summed over the replications.
    pub(super) fn ratio(&self, of: Metric, over: Metric) -> Option<Estimate> {
        let sums: Vec<(f64, f64)> =
            self.rows.values().filter_map(|row| Some((of.read(row)?, over.read(row)?))).collect();
        stats::ratio_of_sums(&sums, self.judged()?.level)
    }

    /// By how much placements differ from those of another setting, replication by replication; where this is the one of
    /// several that places most, all of these are judged together (Bonferroni), since luck has chosen too.
    ///
    /// - `settings`: of how many it is the best, 1 or more
    pub(super) fn contrast_as_best_of(&self, settings: usize, other: &Self) -> Option<Contrast> {
        let placed = metric!(MEASURE);
        let pair = |(number, row): (&i64, &Vec<Option<f64>>)| {
            Some((placed.read(row)?, placed.read(other.rows.get(number)?)?))
        };
        let pairs: Vec<(f64, f64)> = self.rows.iter().filter_map(pair).collect();
        let level = self.summary.judged.map_or(LEVEL, |judged| judged.level);
        let together = settings as f64;
        (!pairs.is_empty()).then(|| {
            let contrast = Contrast::at(1.0 - (1.0 - level) / together, &pairs, Luck::SameOpening);
            Contrast { p_value: contrast.p_value.map(|p| (p * together).min(1.0)), ..contrast }
        })
    }
}

/// All settings of a sweep.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) settings: Vec<Setting>,
    /// Scenarios of files that are the market of a setting: name, and place among the settings.
    scenarios: Vec<(String, usize)>,
    /// Fewest and most replications of a setting.
    pub(super) replications: (usize, usize),
    /// How often settings that were open could be given more.
    looks: u32,
    /// Whether settings of which it could not be told which places more were given more too.
    compares: bool,
    /// Weeks that each market ran for, where the table says or the manifest.
    pub(super) weeks: Option<u32>,
    /// Whether the payout is a share of salary; else dollars.
    pub(super) payout_is_share: bool,
    pub(super) failed: usize,
}

/// The knobs that the report speaks of.
struct Knobs {
    all: Vec<KnobColumn>,
    screening: Option<KnobColumn>,
    payout: Option<KnobColumn>,
    known: Option<KnobColumn>,
    recovery: Option<KnobColumn>,
    listeners: Option<KnobColumn>,
}

impl Knobs {
    fn of(dir: &Path, table: &RawTable) -> Result<Self, OutputError> {
        let knobs = KnobColumn::all::<CellReplication>(table, &dictionary(dir)?)?;
        let find = |fits: &dyn Fn(&str) -> bool| knobs.iter().find(|knob| fits(&knob.name)).cloned();
        Ok(Self {
            all: knobs.clone(),
            screening: find(&|name| name.contains("screening")),
            payout: find(&|name| name == "payout" || name.starts_with("contract.")),
            known: find(&|name| name == "payment known" || name == "disclosure.payment_known"),
            recovery: find(&|name| name == "recovery" || name == "goodwill.recovery"),
            listeners: find(&|name| name == "listeners" || name == "word.listeners"),
        })
    }

    fn setting(&self, table: &RawTable, row: usize) -> Result<Setting, OutputError> {
        let number =
            |knob: &Option<KnobColumn>| knob.as_ref().map(|knob| knob.number(table, row)).transpose();
        let level = self.screening.as_ref().map_or_else(String::new, |knob| knob.values[row].clone());
        Ok(Setting {
            hours: hours(&level),
            level,
            payout: number(&self.payout)?,
            known: self.known.as_ref().is_none_or(|knob| knob.values[row] != "false"),
            recovery: number(&self.recovery)?,
            listeners: number(&self.listeners)?,
            knobs: self.all.iter().map(|knob| knob.values[row].clone()).collect(),
            rows: BTreeMap::new(),
            summary: summarise("", &[], 0),
            change: None,
            elsewhere: None,
        })
    }

    /// Whether the payout is a share: by the dictionary of the folder, else by its size.
    fn payout_is_share(&self) -> bool {
        self.payout.as_ref().is_none_or(|payout| match &payout.entry {
            Some(entry) => entry.unit == "share",
            None => payout.values.iter().filter_map(|text| text.parse::<f64>().ok()).all(|x| x <= 1.0),
        })
    }
}

impl Grid {
    /// Reads cells.csv.
    pub(super) fn read(dir: &Path) -> Result<Self, OutputError> {
        // Nothing is said of markets that cannot be judged; what else an older table lacks has no estimate.
        let table = read_table(&dir.join("cells.csv"))?;
        let table = Measured::<CellReplication>::with(metric!(MEASURE), table)?;
        let knobs = Knobs::of(dir, table.table())?;
        let mut settings: BTreeMap<usize, Setting> = BTreeMap::new();
        let mut failed = 0;
        for (number, (row, mut values)) in table.rows.iter().zip(table.outcomes()?).enumerate() {
            if let Entry::Vacant(place) = settings.entry(row.cell) {
                place.insert(knobs.setting(table.table(), number)?);
            }
            let Some(setting) = settings.get_mut(&row.cell).filter(|_| row.finished().is_ok()) else {
                failed += 1;
                continue;
            };
            left_out(&mut values);
            setting.rows.insert(row.replication, values);
        }
        let mut settings: Vec<Setting> = settings.into_values().collect();
        let manifest = Manifest::read(dir)?;
        let plan = manifest.as_ref().map(|manifest| &manifest["plan"]);
        let looks = plan.and_then(|plan| u32::try_from(plan["looks"].as_u64()?).ok()).unwrap_or(1);
        let base = plan.and_then(|plan| scenario_of("base", plan["base"].as_str()?, None).ok());
        // A plan says with how many weeks it begins, the table how many were run.
        let first = base.map(|base| base.run.weeks);
        let most = plan.and_then(|plan| u32::try_from(plan["most_weeks"].as_u64()?).ok());
        let horizons = rest::horizons(first.unwrap_or(0), most);
        let changes = rest::level(settings.len(), horizons);
        for setting in &mut settings {
            let rows: Vec<_> = setting.rows.values().cloned().collect();
            setting.change = Change::of_rows(&rows, changes);
            setting.summary = summarise_at("", &rows, 0, level(looks));
        }
        let counts = settings.iter().map(|setting| setting.rows.len());
        Ok(Self {
            scenarios: scenarios(dir, &knobs.all, &settings)?,
            replications: (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0)),
            looks,
            compares: plan.is_some_and(|plan| plan["contrasts"].is_array()),
            weeks: table.rows.iter().find_map(|row| row.weeks.0.flatten()).or(first),
            payout_is_share: knobs.payout_is_share(),
            settings,
            failed,
        })
    }

    /// "8 replications", or where open settings were given more "8 to 32 replications".
    pub(super) fn replicated(&self) -> String {
        let (fewest, most) = self.replications;
        if fewest == most {
            return text::counted(most, "replication");
        }
        format!("{fewest} to {}", text::counted(most, "replication"))
    }

    /// Whether more looks than one were planned, for which intervals are wider whether they were needed or not.
    pub(super) fn is_widened(&self) -> bool {
        self.looks > 1
    }

    /// By what rule its screens take, in a sentence.
    pub(super) fn bars(&self, whose: &str) -> Option<String> {
        let mut levels: Vec<&Setting> = Vec::new();
        for setting in &self.settings {
            if levels.iter().all(|known| known.level != setting.level) {
                levels.push(setting);
            }
        }
        let name = |hours: f64| format!("that of {}", text::hours(hours));
        let named = levels.into_iter().filter_map(|it| Some((name(it.hours?), it.level.as_str())));
        screens::said(whose, named)
    }

    /// Looks that were planned.
    pub(super) const fn looks(&self) -> u32 {
        self.looks
    }

    /// The coverage of its intervals: "95 %".
    pub(super) fn level(&self) -> String {
        text::percent(level(self.looks))
    }

    /// How often it was looked, and what that does to intervals, and whether markets had come to rest.
    pub(super) fn looked(&self) -> String {
        let rested = self.rested().map_or_else(String::new, |said| format!(" {said}"));
        if self.looks < 2 {
            return rested;
        }
        format!(
            " Settings that could not be told{} were given twice the replications, up to {} looks in all; intervals are wider \
             for it ({} each), so that those of all looks hold together 95 times in 100.",
            if self.compares { ", by themselves or beside another," } else { "" },
            text::spelt(self.looks as usize),
            self.level()
        ) + &rested
    }

    /// That settings do not come to rest, if any does not.
    pub(super) fn restless(&self) -> Option<String> {
        let moving =
            self.settings.iter().filter(|setting| setting.change.is_some_and(|change| change.moves()));
        rest::said(moving.count(), self.settings.len(), self.weeks?)
    }

    /// That all settings together are shown to change at the end, if they are.
    pub(super) fn drifting(&self) -> Option<String> {
        self.together().filter(|change| change.excludes(0.0)).as_ref().and_then(rest::said_together)
    }

    /// Whether markets had come to rest, and what would have been seen; `None` where nothing says.
    fn rested(&self) -> Option<String> {
        let changes: Vec<Change> = self.settings.iter().filter_map(|setting| setting.change).collect();
        if changes.is_empty() {
            return None;
        }
        let together = self.together().and_then(|change| rest::said_together(&change));
        let together = together.map_or_else(String::new, |said| format!(" {said}"));
        let each = self.restless().or_else(|| {
            let at_rest = changes.iter().filter(|change| change.rest == Rest::AtRest).count();
            Some(format!(
                "Of no setting by itself is it shown that its market still moves after {} weeks: from one block of 104 weeks to the \
                 next none places more or fewer by what is more than a tenth and than {} a year. Of {at_rest} of {} settings \
                 such a change is excluded, of the others luck would hide it (all judged together).",
                text::count(self.weeks? as usize),
                rest::LEAST,
                changes.len()
            ))
        });
        Some(each? + &together)
    }

    /// By which share all settings together changed at the end.
    fn together(&self) -> Option<Estimate> {
        let blocks = |setting: &Setting| -> Vec<Option<(f64, f64)>> {
            setting.rows.values().map(|row| rest::blocks(row)).collect()
        };
        rest::together(&self.settings.iter().map(blocks).collect::<Vec<_>>())
    }

    /// Settings that fit.
    pub(super) fn of<'a>(
        &'a self,
        fits: impl Fn(&Setting) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Setting> {
        self.settings.iter().filter(move |setting| fits(setting))
    }

    /// Payouts, from the lowest.
    pub(super) fn payouts(&self) -> Vec<f64> {
        self.values(|setting| setting.payout)
    }

    /// At each payout the best of the settings that fit, by [`best`].
    pub(super) fn best_at_each(&self, fits: impl Fn(&Setting) -> bool) -> Vec<(f64, &Setting)> {
        let at = |payout: f64| {
            let here = self
                .settings
                .iter()
                .filter(|s| fits(s) && s.payout.is_some_and(|own| own.total_cmp(&payout).is_eq()));
            best(here).map(|setting| (payout, setting))
        };
        self.payouts().into_iter().filter_map(at).collect()
    }

    /// The most hours of screening among the settings; `None` where none screens, or levels tell no hours.
    pub(super) fn most_hours(&self) -> Option<f64> {
        self.values(|setting| setting.hours).last().copied().filter(|hours| *hours > 0.0)
    }

    /// Different values of a knob, from the lowest.
    pub(super) fn values(&self, of: impl Fn(&Setting) -> Option<f64>) -> Vec<f64> {
        let mut values: Vec<f64> = self.settings.iter().filter_map(of).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    }

    /// Whether the sweep has both markets in which payment is known and in which it is hidden.
    pub(super) fn has_hidden(&self) -> bool {
        self.settings.iter().any(|setting| !setting.known)
            && self.settings.iter().any(|setting| setting.known)
    }
}

/// Of some settings the one that places most, of those that last if any does, else of those of which it cannot be told,
/// else of those that are shown not to: one rule wherever the best of several markets is told.
pub(super) fn best<'a>(settings: impl Iterator<Item = &'a Setting>) -> Option<&'a Setting> {
    let rank = |setting: &Setting| match setting.judged() {
        Some(judged) if judged.verdict == Verdict::Lasts => (2, judged.placements.value),
        Some(judged) if !judged.verdict.is_no() => (1, judged.placements.value),
        judged => (0, judged.map_or(0.0, |judged| judged.placements.value)),
    };
    settings
        .map(|setting| (rank(setting), setting))
        .max_by(|(a, _), (b, _)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, setting)| setting)
}

/// Scenarios of library.csv that are the market of a setting: name, and place among the settings.
fn scenarios(
    dir: &Path,
    knobs: &[KnobColumn],
    settings: &[Setting],
) -> Result<Vec<(String, usize)>, OutputError> {
    let path = dir.join("library.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let table = read_table(&path)?;
    // Of other knobs than the settings have nothing can be said.
    let columns = knobs.iter().map(|knob| KnobColumn::named(&table, &knob.name));
    let Some(columns) = columns.collect::<Option<Vec<KnobColumn>>>() else { return Ok(Vec::new()) };
    let points: Vec<LibraryPoint> = table.rows()?;
    let of = |(row, point): (usize, LibraryPoint)| {
        let own = |setting: &Setting| {
            columns.iter().zip(&setting.knobs).all(|(column, value)| column.values[row] == *value)
        };
        Some((point.scenario, settings.iter().position(own)?))
    };
    Ok(points.into_iter().enumerate().filter_map(of).collect())
}

/// Lets a market that was judged in the library and in a sweep have one judgement, that of more replications; of as many,
/// that of the sweep.
///
/// - `place`: where the sweep is, as "on the map"
pub(super) fn settle(library: &mut Library, grid: &mut Grid, place: &str) {
    for (name, at) in grid.scenarios.clone() {
        let Some(arm) = library.arms.iter_mut().find(|arm| arm.name == name) else { continue };
        let setting = &mut grid.settings[at];
        let (Some(own), Some(other)) = (arm.judged(), setting.judged().copied()) else { continue };
        // After other years it is another market.
        let own_weeks = arm.scenario.as_ref().map(|scenario| scenario.run.weeks);
        if own_weeks.zip(grid.weeks).is_some_and(|(own, other)| own != other) {
            continue;
        }
        if other.placements.n >= own.placements.n {
            arm.elsewhere = Some(Elsewhere::of(other, place));
        } else {
            setting.elsewhere = Some(Elsewhere::of(own, "in the library"));
        }
    }
}

/// Hours of screening: of all stages, or a plain number of hours.
fn hours(text: &str) -> Option<f64> {
    text.parse().ok().or_else(|| Some(screens::hours(text)?.iter().sum()))
}
