//! From the keys of a study file to its parts: which files, with which numbers.

use std::ops::Range;

use toml::de::DeTable;

use super::super::arguments::SCREENING_HOURS;
use super::super::entry::{Reading, Spot};
use super::super::forms::{ByEffort, Line, List, Settings, Word, turnable};
use super::super::knob::{Domain, Knob, Setting};
use super::super::read::{inside, range_of};
use super::super::tables::{
    BreakEvenPart, FlipPart, HEAD_KEYS, ImportancePart, LibraryPart, StudyFile, SweepPart,
};
use super::super::{Experiment, LEVELS, Plan, Purpose, load, load_claims, named_file, named_scenario};
use super::{Effort, Names, Part, Task};
use crate::scenario::Scenario;
use crate::scenario::library::{LIMITS, STUDIES};
use crate::scenario::load::Loaded;
use crate::scenario::read::apply;

/// Points that a method may come to.
const MOST_IN_ALL: usize = 1_000_000;
/// Points over assumptions from which an interval can be read.
const FEWEST_POINTS: usize = 12;

/// Where a bare name of the library is looked for, of a file that is an experiment.
const EXPERIMENTS: [&str; 3] = [STUDIES, "", LIMITS];

/// What files of a study are called in advice.
const STUDY: &str = "the study file";

/// Makes the parts of a study at one effort.
pub(super) struct Maker<'r, 'a> {
    pub(super) reading: &'r mut Reading<'a>,
    pub(super) names: Names<'a>,
    pub(super) effort: Effort,
    pub(super) seed: u64,
}

type LeaveOut = Option<Spot<List<Word<Effort>>>>;

impl Maker<'_, '_> {
    /// The parts of this effort, in the order in which they are done.
    pub(super) fn parts(mut self, written: &StudyFile<'_>, table: &DeTable<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        self.part(&mut parts, "library", &written.library, |part| &part.leave_out, Self::library);
        self.part(&mut parts, "map", &written.map, |part| &part.leave_out, Self::sweep);
        self.part(&mut parts, "healing", &written.healing, |part| &part.leave_out, Self::sweep);
        self.part(&mut parts, "word", &written.word, |part| &part.leave_out, Self::sweep);
        self.part(&mut parts, "bombardment", &written.bombardment, |part| &part.leave_out, Self::sweep);
        self.part(&mut parts, "break-even", &written.break_even, |part| &part.leave_out, Self::break_even);
        self.part(&mut parts, "flip", &written.flip, |part| &part.leave_out, Self::flip);
        self.part(&mut parts, "importance", &written.importance, |part| &part.leave_out, Self::importance);
        self.part(
            &mut parts,
            "facts",
            &written.facts,
            |part| &part.leave_out,
            |maker, part, _| {
                let scenarios = maker.scenarios(&part.scenarios, &part.replications)?;
                Some(Task::Facts { scenarios })
            },
        );
        self.part(
            &mut parts,
            "validation",
            &written.validation,
            |part| &part.leave_out,
            |maker, part, _| Some(Task::Validation { limits: maker.scenarios(&part.scenarios, &None)? }),
        );
        let names: Vec<&str> = StudyFile::TABLE.fields[HEAD_KEYS..].iter().map(|field| field.name).collect();
        if !names.iter().any(|name| table.contains_key(*name)) {
            let problem = self.reading.problem(0..0, "the study has no part");
            self.reading.problems.push(problem.help(format!("the parts are: {}", names.join(", "))));
        } else if parts.is_empty() && self.reading.problems.is_empty() {
            let title = format!("nothing is left of this study at the effort `{}`", self.effort.name());
            let problem = self.reading.problem(0..0, title);
            self.reading.problems.push(problem.help("take the effort out of `leave_out` of some part"));
        }
        parts
    }

    /// Makes a part that the file asks for, unless this effort does without it; it is checked in any case.
    fn part<T>(
        &mut self,
        parts: &mut Vec<Part>,
        name: &'static str,
        written: &Option<Spot<T>>,
        leave_out: impl Fn(&T) -> &LeaveOut,
        make: impl FnOnce(&mut Self, &T, &Range<usize>) -> Option<Task>,
    ) {
        let Some(spot) = written else { return };
        let task = make(self, &spot.value, &spot.name);
        let left_out = leave_out(&spot.value).iter().flat_map(|list| &list.value);
        let is_left_out = left_out.into_iter().any(|word| word.value.0 == self.effort);
        let span = spot.name.clone();
        parts.extend(task.filter(|_| !is_left_out).map(|task| Part { name, task, span }));
    }

    /// Settings of `[run]` that a part lays over its scenarios: the study's seed, and replications where it says.
    fn settings(&self, replications: &Option<Spot<ByEffort<usize>>>) -> Vec<String> {
        let n = self.number(replications);
        let n = n.map(|n| format!("run.replications={n}"));
        std::iter::once(format!("run.seed={}", self.seed)).chain(n).collect()
    }

    /// The number of this effort; `None` where it has none.
    fn number(&self, spot: &Option<Spot<ByEffort<usize>>>) -> Option<usize> {
        spot.as_ref()?.value.at(self.effort)?
    }

    fn library(&mut self, part: &LibraryPart<'_>, _: &Range<usize>) -> Option<Task> {
        for &points in part.assumptions.iter().flat_map(|spot| spot.value.all()) {
            if points > 0 && points < FEWEST_POINTS {
                let title = format!("`assumptions` is 0, for none, or at least {FEWEST_POINTS}");
                let span = part.assumptions.as_ref().map_or(0..0, |spot| spot.span.clone());
                let problem = self.reading.problem(span, title);
                self.reading.problems.push(problem.label("from so few points no share can be read"));
            }
        }
        let assumptions = self.number(&part.assumptions).filter(|&points| points > 0);
        let scenarios = self.scenarios(&part.scenarios, &part.replications)?;
        let assumed = self.assumed(part, &scenarios);
        Some(Task::Run { scenarios, assumptions, assumed })
    }

    /// Names of the scenarios that are run where the constants are moved: some of those of the part. One that another
    /// effort runs is passed over at this one.
    fn assumed(&mut self, part: &LibraryPart<'_>, scenarios: &[Loaded]) -> Vec<String> {
        let settings = self.settings(&part.replications);
        let mut names = Vec::new();
        for line in part.assumptions_of.iter().flat_map(|list| &list.value) {
            let Some(loaded) = self.scenario(line, &settings) else { continue };
            if scenarios.iter().any(|one| one.name == loaded.name) {
                names.push(loaded.name);
                continue;
            }
            let all = part.scenarios.iter().flat_map(|lists| lists.value.all()).flat_map(|list| list.iter());
            if !all.into_iter().any(|known| known.value == line.value) {
                let title = format!("{} is not among the `scenarios` of this part", loaded.name);
                let problem = self.reading.problem(line.span.clone(), title);
                self.reading.problems.push(problem.label("it could not be run at the points"));
            }
        }
        names
    }

    /// Scenarios in a list, or in a list for each effort.
    fn scenarios(
        &mut self,
        lists: &Option<Spot<ByEffort<List<Line>>>>,
        replications: &Option<Spot<ByEffort<usize>>>,
    ) -> Option<Vec<Loaded>> {
        let settings = self.settings(replications);
        let lists = lists.as_ref()?;
        // Those of the other efforts are read too.
        for list in lists.value.all() {
            self.load_all(list, &settings);
        }
        match lists.value.at(self.effort) {
            Some(list) => Some(self.load_all(&list?, &settings)),
            None => {
                let title = format!("`scenarios` names none for the effort `{}`", self.effort.name());
                let problem = self.reading.problem(lists.span.clone(), title);
                self.reading.problems.push(
                    problem.help(
                        "give `default` a list; quick and full have the same unless they have their own",
                    ),
                );
                None
            }
        }
    }

    fn load_all(&mut self, list: &List<Line>, settings: &[String]) -> Vec<Loaded> {
        let mut all: Vec<Loaded> = Vec::new();
        for line in list {
            let Some(loaded) = self.scenario(line, settings) else { continue };
            if all.iter().any(|known| known.name == loaded.name) {
                let title = format!("two scenarios are called {}", loaded.name);
                let problem = self.reading.problem(line.span.clone(), title).label("again");
                self.reading.problems.push_new(problem);
            }
            all.push(loaded);
        }
        all
    }

    fn scenario(&mut self, line: &Spot<Line>, settings: &[String]) -> Option<Loaded> {
        named_scenario(self.reading.at, line, settings, STUDY, &mut self.reading.problems)
    }

    fn experiment(
        &mut self,
        file: &Option<Spot<Line>>,
        replications: &Option<Spot<ByEffort<usize>>>,
        purpose: Purpose,
    ) -> Option<Experiment> {
        let settings = self.settings(replications);
        let path =
            named_file(self.reading.at, file.as_ref()?, &EXPERIMENTS, STUDY, &mut self.reading.problems)?;
        load(&path, &settings, self.names.outcomes, purpose)
            .map_err(|found| self.reading.problems.join(&found))
            .ok()
    }

    fn sweep(&mut self, part: &SweepPart<'_>, _: &Range<usize>) -> Option<Task> {
        let mut experiment = self.experiment(&part.file, &part.replications, Purpose::Sweep)?;
        if let Some(spot) = part.most_values.as_ref().filter(|_| experiment.plan != Plan::Grid) {
            let problem = self.reading.problem(spot.name.clone(), "`most_values` is for a grid");
            self.reading.problems.push(problem.label("this design draws its points from ranges"));
        }
        if let Some(most) = self.number(&part.most_values) {
            let base = &experiment.base.scenario;
            experiment.knobs.iter_mut().for_each(|knob| knob.thin(most, base));
        }
        if let Some(looks) = self.number(&part.looks).and_then(|looks| u32::try_from(looks).ok()) {
            experiment.looks = looks;
        }
        if let Some(weeks) = self.number(&part.most_weeks).and_then(|weeks| u32::try_from(weeks).ok()) {
            experiment.most_weeks = Some(weeks);
        }
        Some(Task::Sweep(Box::new(experiment)))
    }

    fn importance(&mut self, part: &ImportancePart<'_>, _: &Range<usize>) -> Option<Task> {
        let (trajectories, points) = (self.number(&part.trajectories), self.number(&part.points));
        let mut experiment = self.experiment(&part.file, &part.replications, Purpose::Sensitivity)?;
        match &mut experiment.plan {
            Plan::Morris { trajectories: of_file } => {
                *of_file = trajectories.unwrap_or(*of_file);
                let why = "the method is `morris`: say the number of `trajectories`";
                self.reading.refuse(part.points.as_ref(), "points", why);
            }
            Plan::Indices { points: of_file } => {
                *of_file = points.unwrap_or(*of_file);
                let why = "the method is `sobol`: say the number of base `points`";
                self.reading.refuse(part.trajectories.as_ref(), "trajectories", why);
            }
            Plan::Grid | Plan::Latin { .. } | Plan::Sobol { .. } => return None,
        }
        let knobs = experiment.knobs.len();
        if let Some(n) = trajectories.or(points).filter(|n| n.saturating_mul(knobs + 2) > MOST_IN_ALL) {
            let title = format!("with {knobs} knobs these are more than {MOST_IN_ALL} points");
            let span = part.file.as_ref().map_or(0..0, |spot| spot.name.clone());
            let problem = self.reading.problem(span, title);
            self.reading.problems.push(problem.label(format!("{n} times {} points", knobs + 2)));
        }
        Some(Task::Sensitivity(Box::new(experiment)))
    }

    fn flip(&mut self, part: &FlipPart<'_>, _: &Range<usize>) -> Option<Task> {
        let points = self.number(&part.points);
        let settings = self.settings(&part.replications);
        let path = named_file(
            self.reading.at,
            part.file.as_ref()?,
            &EXPERIMENTS,
            STUDY,
            &mut self.reading.problems,
        )?;
        match load_claims(&path, &settings, self.names.claims) {
            Ok(claims) => Some(Task::Flip { claims: Box::new(claims), points }),
            Err(found) => {
                self.reading.problems.join(&found);
                None
            }
        }
    }

    fn break_even(&mut self, part: &BreakEvenPart<'_>, _: &Range<usize>) -> Option<Task> {
        let settings = self.settings(&part.replications);
        let points = self.number(&part.points);
        let knob = self.knob(part);
        let base = part.scenario.as_ref().map(|line| self.scenario(line, &settings));
        let (knob, base) = (knob?, base??);
        // Those of the other efforts are checked too.
        for levels in part.at.iter().flat_map(|spot| spot.value.all()) {
            self.levels(levels, &knob, &base);
        }
        let levels = match part.at.as_ref().and_then(|spot| spot.value.at(self.effort)) {
            Some(levels) => self.levels(&levels?, &knob, &base),
            None => vec![(base.name.clone(), base.scenario.clone())],
        };
        Some(Task::BreakEven { base: Box::new(base), knob, levels, points })
    }

    fn knob(&mut self, part: &BreakEvenPart<'_>) -> Option<Knob> {
        let path = part.knob.as_ref()?;
        let key = if path.value == SCREENING_HOURS.path {
            &SCREENING_HOURS
        } else {
            turnable(self.reading, &path.value, inside(path))?
        };
        let (range, scale) = (part.range.as_ref(), part.scale.as_ref());
        let domain = range_of(self.reading, key, range, scale, path.span.clone())?;
        Some(Knob { key, label: key.path.to_owned(), domain, span: path.span.clone() })
    }

    /// Settings that the knob is turned in, each of one key.
    fn levels(&mut self, list: &List<Settings>, knob: &Knob, base: &Loaded) -> Vec<(String, Scenario)> {
        let mut levels: Vec<(String, Scenario)> = Vec::new();
        for Spot { value: Settings(set), span, .. } in list {
            let [(key, setting)] = &set[..] else {
                let problem = self.reading.problem(span.clone(), "a level sets one key");
                let problem = problem.label(format!("this sets {}", set.len())).help(LEVELS);
                self.reading.problems.push_new(problem);
                continue;
            };
            let mut scenario = base.scenario.clone();
            apply(&mut scenario, key, setting.0.clone());
            let text = scenario.text(key.path).unwrap_or_default().replace('"', "");
            let name = format!("{} = {text}", key.path);
            let wrong = if key.path == knob.key.path {
                Some(format!("`{}` is the knob, and takes every value of its range", key.path))
            } else if levels.iter().any(|(known, _)| *known == name) {
                Some("this setting is given twice".to_owned())
            } else {
                let broken = scenario.check().err();
                broken.map(|found| found.iter().map(|p| p.title()).collect::<Vec<_>>().join("; "))
            };
            if let Some(title) = wrong {
                let problem = self.reading.problem(span.clone(), title);
                self.reading.problems.push_new(problem);
            }
            levels.push((name, scenario));
        }
        levels
    }
}

impl Knob {
    /// Keeps so many of its listed values, spread evenly, both ends and the value of the base among them; other knobs
    /// stay as they are.
    pub(crate) fn thin(&mut self, most: usize, base: &Scenario) {
        let Domain::Values(values) = &self.domain else { return };
        let last = values.len() - 1;
        if last < most {
            return;
        }
        let own = self.own(base);
        // Rounded to the nearest, in whole numbers.
        let even = (0..most).map(|i| (2 * i * last + most - 1) / (2 * (most - 1)));
        let mut kept: Vec<usize> = even.collect();
        if let Some(own) = own.filter(|own| !kept.contains(own)) {
            // In the place of its nearest neighbour; of two values, which are the ends, as a third.
            let inner = 1..kept.len() - 1;
            match inner.min_by_key(|&at| kept[at].abs_diff(own)) {
                Some(at) => kept[at] = own,
                None => kept.insert(1, own),
            }
        }
        let values: Vec<Setting> = kept.into_iter().map(|i| values[i].clone()).collect();
        self.domain = Domain::Values(values);
    }
}

impl Part {
    /// Where the study file asks for the part.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::key;
    use crate::scenario::key::Value;

    #[test]
    fn a_thinned_grid_keeps_the_value_of_its_base() {
        let kept = |own: f64, most: usize| {
            let key = key("contract.share_of_salary").unwrap();
            let values = [0.05, 0.1, 0.2, 0.35, 0.5].map(|share| Setting(Value::Number(share)));
            let domain = Domain::Values(values.to_vec());
            let mut knob = Knob { key, label: key.path.to_owned(), domain, span: 0..0 };
            let mut base = Scenario::default();
            base.contract.share_of_salary = own;
            knob.thin(most, &base);
            match knob.domain {
                Domain::Values(values) => values.iter().map(|value| value.number().unwrap()).collect(),
                _ => Vec::new(),
            }
        };
        assert_eq!(kept(0.1, 3), [0.05, 0.1, 0.5]);
        assert_eq!(kept(0.1, 2), [0.05, 0.1, 0.5]);
        assert_eq!(kept(0.2, 3), [0.05, 0.2, 0.5]);
        assert_eq!(kept(0.3, 3), [0.05, 0.2, 0.5], "a base between the values has none");
        assert_eq!(kept(0.1, 5), [0.05, 0.1, 0.2, 0.35, 0.5]);
    }
}
