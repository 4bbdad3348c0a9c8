//! Reads the parts of a study: which files, with which numbers.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::knob::{Domain, Knob};
use super::super::read::in_order;
use super::super::words::SCREENING_HOURS;
use super::super::{Experiment, Plan, Purpose, load, load_claims};
use super::reader::StudyReader;
use super::{Part, Task};
use crate::scenario::key::Key;
use crate::scenario::load::{Loaded, load_with};
use crate::scenario::read::apply;
use crate::scenario::{SECTIONS, Scenario};

/// Points that a part may be given.
const MOST_POINTS: f64 = 100_000.0;
/// Points that a method may come to.
const MOST_IN_ALL: usize = 1_000_000;
/// Points over assumptions from which an interval can be read.
const FEWEST_POINTS: u32 = 40;
/// Points of a coarse grid.
const GRID: (f64, f64) = (2.0, 200.0);

type Place<'n> = (&'n str, Range<usize>);

impl StudyReader<'_> {
    /// A part, or none where this effort leaves it out or something is wrong with it.
    pub(super) fn part(&mut self, name: &str, table: &DeTable<'_>, span: Range<usize>) -> Option<Part> {
        let left_out = self.is_left_out(table);
        let before = self.file.problems.len();
        let place = (name, span.clone());
        let (folder, task) = match name {
            "library" => ("library", self.library(place, table)),
            "map" => ("map", self.sweep(place, table)),
            "bombardment" => ("bombardment", self.sweep(place, table)),
            "break_even" => ("break-even", self.break_even(place, table)),
            "flip" => ("flip", self.flip(place, table)),
            "importance" => ("importance", self.importance(place, table)),
            "facts" => ("facts", self.facts(place, table)),
            _ => ("validation", self.validation(place, table)),
        };
        let is_right = self.file.problems.len() == before;
        task.filter(|_| is_right && !left_out).map(|task| Part { name: folder, task, span })
    }

    fn library(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["scenarios", "replications", "assumptions", "leave_out"]) {
            return None;
        }
        let settings = self.settings(table);
        let assumptions = self.assumptions(table);
        let scenarios = self.scenarios(table.get("scenarios")?, &settings)?;
        Some(Task::Run { scenarios, assumptions })
    }

    /// Points over the constants that nobody has measured; none for 0.
    fn assumptions(&mut self, table: &DeTable<'_>) -> Option<usize> {
        let value = table.get("assumptions")?;
        let given = self.by_effort("assumptions", value);
        for (_, value) in &given {
            let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
            if number.is_some_and(|number: u32| number > 0 && number < FEWEST_POINTS) {
                let title = format!("`assumptions` is 0, for none, or at least {FEWEST_POINTS}");
                let problem = self.problem(value.span(), title);
                self.say(problem.label("from so few points no interval can be read"));
            }
        }
        self.number(table, "assumptions", (0.0, MOST_POINTS)).filter(|&points| points > 0)
    }

    /// Scenarios in a list, or in a list for each effort.
    fn scenarios(&mut self, value: &Spanned<DeValue<'_>>, settings: &[String]) -> Option<Vec<Loaded>> {
        let lists = self.by_effort("scenarios", value);
        let all: Vec<_> = lists
            .into_iter()
            .map(|(effort, list)| (effort, self.list_of_scenarios(list, settings)))
            .collect();
        let chosen = self.chosen(all);
        if chosen.is_none() {
            let title = format!("`scenarios` names none for the effort `{}`", self.effort.name());
            let problem = self.problem(value.span(), title);
            self.say(
                problem
                    .help("give `default` a list; quick and full have the same unless they have their own"),
            );
        }
        chosen?
    }

    fn list_of_scenarios(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        settings: &[String],
    ) -> Option<Vec<Loaded>> {
        let list = match value.get_ref() {
            DeValue::Array(list) if !list.is_empty() => list,
            _ => {
                self.wrong_type("scenarios", "a list of scenario files, each in quotes", value);
                return None;
            }
        };
        let mut all: Vec<Loaded> = Vec::new();
        for element in list.iter() {
            let Some(loaded) = self.scenario("scenarios", element, settings) else { continue };
            if all.iter().any(|known| known.name == loaded.name) {
                let title = format!("two scenarios are called {}", loaded.name);
                let problem = self.problem(element.span(), title);
                self.say(problem.label("again"));
            }
            all.push(loaded);
        }
        Some(all)
    }

    fn scenario(&mut self, name: &str, value: &Spanned<DeValue<'_>>, settings: &[String]) -> Option<Loaded> {
        let path = self.path(name, value)?;
        match load_with(&path, settings) {
            Ok(loaded) if loaded.scenario.is_abstract => {
                let problem = self.problem(value.span(), format!("{} is abstract", loaded.name));
                self.say(problem.label("a base for others, not to be run itself"));
                None
            }
            Ok(loaded) => Some(loaded),
            Err(found) => {
                self.say_all(&found);
                None
            }
        }
    }

    fn experiment(&mut self, table: &DeTable<'_>, purpose: Purpose) -> Option<Experiment> {
        let settings = self.settings(table);
        let value = table.get("file")?;
        let path = self.path("file", value)?;
        match load(&path, &settings, self.names.outcomes, purpose) {
            Ok(experiment) => Some(experiment),
            Err(found) => {
                self.say_all(&found);
                None
            }
        }
    }

    fn sweep(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["file", "replications", "most_values", "leave_out"]) {
            return None;
        }
        let most = self.number(table, "most_values", (2.0, 1_000.0));
        let mut experiment = self.experiment(table, Purpose::Sweep)?;
        if let Some((name, _)) = table.get_key_value("most_values").filter(|_| experiment.plan != Plan::Grid)
        {
            let title = "`most_values` is for a grid".to_owned();
            let problem = self.problem(name.span(), title).label("this design draws its points from ranges");
            self.say(problem);
        }
        if let Some(most) = most {
            experiment.knobs.iter_mut().for_each(|knob| knob.thin(most));
        }
        Some(Task::Sweep(Box::new(experiment)))
    }

    fn importance(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["file", "replications", "trajectories", "points", "leave_out"]) {
            return None;
        }
        let trajectories = self.number(table, "trajectories", (2.0, MOST_POINTS));
        let points = self.number(table, "points", (2.0, MOST_POINTS));
        let mut experiment = self.experiment(table, Purpose::Sensitivity)?;
        let (other, right) = match &mut experiment.plan {
            Plan::Morris { trajectories: of_file } => {
                *of_file = trajectories.unwrap_or(*of_file);
                ("points", "the method is `morris`: say the number of `trajectories`")
            }
            Plan::Indices { points: of_file } => {
                *of_file = points.unwrap_or(*of_file);
                ("trajectories", "the method is `sobol`: say the number of base `points`")
            }
            Plan::Grid | Plan::Latin { .. } | Plan::Sobol { .. } => return None,
        };
        self.file.refuse(table, other, right);
        let knobs = experiment.knobs.len();
        if let Some(n) = trajectories.or(points).filter(|n| n.saturating_mul(knobs + 2) > MOST_IN_ALL) {
            let title = format!("with {knobs} knobs these are more than {MOST_IN_ALL} points");
            let (span, each) = (table.get_key_value("file").map_or(0..0, |(name, _)| name.span()), knobs + 2);
            let problem = self.problem(span, title);
            self.say(problem.label(format!("{n} times {each} points")));
        }
        Some(Task::Sensitivity(Box::new(experiment)))
    }

    fn flip(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["file", "replications", "points", "leave_out"]) {
            return None;
        }
        let points = self.number(table, "points", GRID);
        let settings = self.settings(table);
        let path = self.path("file", table.get("file")?)?;
        match load_claims(&path, &settings, self.names.claims) {
            Ok(claims) => Some(Task::Flip { claims: Box::new(claims), points }),
            Err(found) => {
                self.say_all(&found);
                None
            }
        }
    }

    fn facts(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["scenarios", "replications", "leave_out"]) {
            return None;
        }
        let settings = self.settings(table);
        Some(Task::Facts { scenarios: self.scenarios(table.get("scenarios")?, &settings)? })
    }

    fn validation(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        if !self.keys(place, table, &["scenarios", "leave_out"]) {
            return None;
        }
        let settings = self.settings(table);
        Some(Task::Validation { limits: self.scenarios(table.get("scenarios")?, &settings)? })
    }

    fn break_even(&mut self, place: Place<'_>, table: &DeTable<'_>) -> Option<Task> {
        let known = ["scenario", "knob", "range", "scale", "at", "points", "replications", "leave_out"];
        if !self.keys(place, table, &known) {
            return None;
        }
        let settings = self.settings(table);
        let points = self.number(table, "points", GRID);
        let knob = self.knob(table);
        let base = self.scenario("scenario", table.get("scenario")?, &settings);
        let (knob, base) = (knob?, base?);
        let levels = match table.get("at") {
            Some(value) => self.levels(value, &knob, &base)?,
            None => vec![(base.name.clone(), base.scenario.clone())],
        };
        Some(Task::BreakEven { base: Box::new(base), knob, levels, points })
    }

    fn knob(&mut self, table: &DeTable<'_>) -> Option<Knob> {
        let value = table.get("knob")?;
        let path = self.file.line("knob", value)?;
        let span = value.span();
        let key = if path == SCREENING_HOURS.path {
            &SCREENING_HOURS
        } else {
            self.file.turnable(&path, span.start + 1..span.end.saturating_sub(1).max(span.start + 1))?
        };
        let domain = self.file.range(key, table, span.clone())?;
        Some(Knob { key, label: key.path.to_owned(), domain, span })
    }

    /// Settings that the knob is turned in, each of one key.
    fn levels(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        knob: &Knob,
        base: &Loaded,
    ) -> Option<Vec<(String, Scenario)>> {
        let lists = self.by_effort("at", value);
        let all: Vec<_> =
            lists.into_iter().map(|(effort, list)| (effort, self.list_of_levels(list, knob, base))).collect();
        match self.chosen(all) {
            Some(levels) => levels,
            None => Some(vec![(base.name.clone(), base.scenario.clone())]),
        }
    }

    fn list_of_levels(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        knob: &Knob,
        base: &Loaded,
    ) -> Option<Vec<(String, Scenario)>> {
        const EXAMPLE: &str = "a list of settings, such as `[{ screening.stages = [] }]`";
        let list = match value.get_ref() {
            DeValue::Array(list) if !list.is_empty() => list,
            _ => {
                self.wrong_type("at", EXAMPLE, value);
                return None;
            }
        };
        let mut levels: Vec<(String, Scenario)> = Vec::new();
        for element in list.iter() {
            let Some((key, scenario)) = self.level(element, base, EXAMPLE) else { continue };
            let text = scenario.text(key.path).unwrap_or_default().replace('"', "");
            let name = format!("{} = {text}", key.path);
            let wrong = if key.path == knob.key.path {
                Some(format!("`{}` is the knob, and takes every value of its range", key.path))
            } else if levels.iter().any(|(known, _)| *known == name) {
                Some("this setting is given twice".to_owned())
            } else {
                scenario
                    .check()
                    .err()
                    .map(|found| found.iter().map(|p| p.title()).collect::<Vec<_>>().join("; "))
            };
            if let Some(title) = wrong {
                let problem = self.problem(element.span(), title);
                self.say(problem);
            }
            levels.push((name, scenario));
        }
        Some(levels)
    }

    /// One setting: a table of one key, with or without its section.
    fn level(
        &mut self,
        element: &Spanned<DeValue<'_>>,
        base: &Loaded,
        example: &str,
    ) -> Option<(&'static Key, Scenario)> {
        let Some(table) = element.get_ref().as_table() else {
            self.wrong_type("at", example, element);
            return None;
        };
        let mut set = Vec::new();
        for (name, value) in in_order(table) {
            let word = name.get_ref().as_ref();
            let is_section = SECTIONS.iter().any(|section| section.name == word);
            match value.get_ref().as_table().filter(|_| is_section) {
                Some(section) => {
                    for (key, value) in in_order(section) {
                        set.push(self.file.setting(&format!("{word}.{}", key.get_ref()), key.span(), value));
                    }
                }
                None => set.push(self.file.setting(word, name.span(), value)),
            }
        }
        if set.len() != 1 {
            let problem = self.problem(element.span(), "a level sets one key".to_owned());
            self.say(problem.label(format!("this sets {}", set.len())).help(example));
            return None;
        }
        let (key, setting) = set.remove(0)?;
        let mut scenario = base.scenario.clone();
        apply(&mut scenario, key, setting.0);
        Some((key, scenario))
    }
}

impl Knob {
    /// Keeps so many of its listed values, spread evenly, both ends among them; other knobs stay as they are.
    pub(crate) fn thin(&mut self, most: usize) {
        let Domain::Values(values) = &mut self.domain else { return };
        let last = values.len() - 1;
        if last < most {
            return;
        }
        // Rounded to the nearest, in whole numbers.
        let kept = (0..most).map(|i| (2 * i * last + most - 1) / (2 * (most - 1)));
        *values = kept.map(|i| values[i].clone()).collect();
    }
}

impl Part {
    /// Where the study file asks for the part.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}
