//! Scenarios that lie among the settings of a sweep: those of the files beside its base that differ from it in nothing but
//! the knobs.

use std::path::{Path, PathBuf};

use super::plan::{Axis, Sweep};
use crate::scenario::library::beside;
use crate::scenario::{Loaded, Scenario, experiment, load_with};

/// A scenario of a file, and where it lies.
#[derive(Clone, Debug)]
pub struct Neighbour {
    /// The scenario.
    pub loaded: Loaded,
    /// A value of each knob, as cells have them; of knobs of numbers also one between two levels.
    pub values: Vec<String>,
}

/// In what a scenario may differ and still be the same market.
const LUCK: [&str; 2] = ["run.replications", "run.seed"];

/// The scenarios beside the base that lie among the settings, by name.
///
/// Files that cannot be read as scenarios are passed over: a sweep does not depend on what lies beside its base.
///
/// - `base`: path of the base scenario
/// - `settings`: of the command line, laid over each
#[must_use]
pub fn neighbours(sweep: &Sweep, base: &Path, settings: &[String]) -> Vec<Neighbour> {
    let neighbour = |path: PathBuf| {
        if experiment::is_experiment(&path) {
            return None;
        }
        let loaded = load_with(&path, settings).ok().filter(|loaded| !loaded.scenario.is_abstract)?;
        let values = sweep.place(&loaded.scenario)?;
        Some(Neighbour { loaded, values })
    };
    beside(base).into_iter().filter_map(neighbour).collect()
}

impl Sweep {
    /// Where a scenario lies among the settings, if it differs from the base in nothing else: a value of each knob.
    #[must_use]
    pub fn place(&self, scenario: &Scenario) -> Option<Vec<String>> {
        let mut tried: Vec<Vec<String>> = vec![Vec::new()];
        for axis in &self.axes {
            let values = candidates(axis, scenario);
            let with = |known: &Vec<String>| {
                values.iter().map(|value| [known.as_slice(), std::slice::from_ref(value)].concat()).collect()
            };
            tried = tried.iter().flat_map(|known| -> Vec<Vec<String>> { with(known) }).collect();
        }
        let is_same = |values: &Vec<String>| {
            self.turned(values)
                .is_ok_and(|made| made.differences(scenario).iter().all(|path| LUCK.contains(path)))
        };
        tried.into_iter().find(is_same)
    }
}

/// The values of one knob that a scenario may have.
fn candidates(axis: &Axis, scenario: &Scenario) -> Vec<String> {
    if !axis.alternatives.is_empty() {
        return axis.levels.clone();
    }
    let leaves_it = |level: &&String| {
        let mut turned = scenario.clone();
        turned.set(&axis.path, level).is_ok() && turned.differences(scenario).is_empty()
    };
    if let Some(level) = axis.levels.iter().find(leaves_it) {
        return vec![level.clone()];
    }
    let levels: Option<Vec<f64>> = axis.levels.iter().map(|level| level.parse().ok()).collect();
    let (Some(number), Some(levels)) = (scenario.number(&axis.path), levels) else { return Vec::new() };
    let ends = levels.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &x| (l.min(x), h.max(x)));
    if ends.0 <= number && number <= ends.1 { vec![number.to_string()] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::sweep::Alternative;

    fn axis(path: &str, levels: &[&str]) -> Axis {
        Axis {
            name: path.to_owned(),
            path: path.to_owned(),
            unit: String::new(),
            meaning: String::new(),
            levels: levels.iter().map(|&level| level.to_owned()).collect(),
            alternatives: Vec::new(),
        }
    }

    fn scenario(text: &str) -> Scenario {
        Scenario::parse("a", &format!("title = \"A\"\n[sellers]\nentry = \"closed\"\nshare = \"5%\"\n{text}"))
            .unwrap()
    }

    #[test]
    fn a_scenario_lies_where_its_knobs_are_if_nothing_else_differs() {
        let named = |name: &str, value: &str| Alternative {
            name: name.to_owned(),
            set: vec![("disclosure.payment_known".to_owned(), value.to_owned())],
        };
        let secret = Axis {
            path: String::new(),
            alternatives: vec![named("told", "true"), named("not told", "false")],
            ..axis("secret", &["told", "not told"])
        };
        let sweep = Sweep {
            name: String::new(),
            title: String::new(),
            design: "grid".to_owned(),
            base_name: "a".to_owned(),
            base: scenario(""),
            metrics: Vec::new(),
            axes: vec![
                axis("contract.share_of_salary", &["0.05", "0.1", "0.5"]),
                axis("screening.stages", &["[]", "[{ hours = 2.0, accept_above = 0.4 }]"]),
                secret,
            ],
            contrasts: Vec::new(),
            looks: 1,
            most_weeks: None,
            doubled: 0,
            budget: None,
            cells: Vec::new(),
        };
        let place = |text: &str| sweep.place(&scenario(text)).map(|values| values.join("; "));
        let tenth = "[contract]\nshare_of_salary = \"10%\"\n";
        assert_eq!(place(tenth).as_deref(), Some("0.1; []; told"));
        let hidden = format!("{tenth}[disclosure]\npayment_known = false\n[run]\nreplications = 77\n");
        assert_eq!(place(&hidden).as_deref(), Some("0.1; []; not told"));
        let screened = "[contract]\nshare_of_salary = \"20%\"\n[screening]\n\
                        stages = [{ hours = \"2h\", accept_above = 0.4 }]\n";
        assert_eq!(place(screened).as_deref(), Some("0.2; [{ hours = 2.0, accept_above = 0.4 }]; told"));
        // Beyond the range; a screen that is no level; another key that differs.
        assert_eq!(place("[contract]\nshare_of_salary = \"60%\"\n"), None);
        assert_eq!(place(&screened.replace("2h", "3h")), None);
        assert_eq!(place(&format!("{tenth}upfront = \"$1\"\n")), None);
    }
}
