//! From points of a design to scenarios, checked before anything is run.

use super::Experiment;
use super::knob::Setting;
use crate::scenario::Scenario;
use crate::scenario::problem::{Problem, Problems};

impl Experiment {
    /// The scenario of a point: the base with every knob turned.
    ///
    /// - `point`: one setting for each knob
    ///
    /// Rules between keys are not checked; see [`Experiment::check`].
    #[must_use]
    pub fn scenario(&self, point: &[Setting]) -> Scenario {
        let mut scenario = self.base.scenario.clone();
        for (knob, setting) in self.knobs.iter().zip(point) {
            knob.turn(&mut scenario, setting);
        }
        scenario
    }

    /// The settings at a point of the unit cube, one coordinate for each knob.
    #[must_use]
    pub fn settings(&self, unit: &[f64]) -> Vec<Setting> {
        self.knobs.iter().zip(unit).map(|(knob, &u)| knob.at(u)).collect()
    }

    /// Checks the points of a design against the rules between keys.
    ///
    /// # Errors
    ///
    /// Each rule that is broken, with the first point that breaks it and how many do; points are counted from 1.
    pub fn check(&self, points: &[Vec<Setting>]) -> Result<(), Problems> {
        let mut broken: Vec<(usize, usize, String)> = Vec::new();
        for (number, point) in points.iter().enumerate() {
            let Err(problems) = self.scenario(point).check() else { continue };
            for problem in problems.iter() {
                let rule = problem.title();
                // The same rule with other numbers is the same rule.
                match broken.iter_mut().find(|(_, _, known)| words(known) == words(rule)) {
                    Some((_, count, _)) => *count += 1,
                    None => broken.push((number, 1, rule.to_owned())),
                }
            }
        }
        let problems = broken.into_iter().map(|(first, count, rule)| {
            let concerned = |path: &str| rule.contains(&format!("`{path}`"));
            let at = |knob: &super::Knob, setting| format!("{} = {}", knob.key.path, knob.text(setting));
            let together = self.knobs.iter().zip(&points[first]);
            let mut shown: Vec<String> = together
                .clone()
                .filter(|(knob, _)| concerned(knob.key.path))
                .map(|(k, s)| at(k, s))
                .collect();
            if shown.is_empty() {
                shown = together.map(|(knob, setting)| at(knob, setting)).collect();
            }
            let place = self.knobs.iter().find(|knob| concerned(knob.key.path));
            let span = place.map_or(0..0, |knob| knob.span.clone());
            let points = format!("{count} of {} points", points.len());
            Problem::at(&self.source, span, rule)
                .label(format!(
                    "{points} cannot be run, the first is number {}: {}",
                    first + 1,
                    shown.join(", ")
                ))
                .help("narrow the range of a knob, or change the scenario")
        });
        Problems::from_list(problems.collect())
    }
}

/// A sentence without its numbers.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !".-".contains(*c)).collect()
}
