//! Reads which points an experiment tries.

use toml::de::DeTable;

use super::read::{FileReader, MOST_POINTS};
use super::{Plan, Purpose};

impl FileReader<'_> {
    /// What `design` or `method`, `points` and `trajectories` say together.
    pub(super) fn plan_of(&mut self, table: &DeTable<'_>) -> Option<Plan> {
        let entry = |name: &str| table.get_key_value(name);
        let (design, method) = (entry("design"), entry("method"));
        let wrong = match self.purpose {
            Purpose::Sweep => method.map(|found| (found, "`introsim sensitivity`", "design")),
            Purpose::Sensitivity => design.map(|found| (found, "`introsim sweep`", "method")),
            Purpose::Any => None,
        };
        if let Some(((name, _), command, wanted)) = wrong {
            let title = format!("`{}` is for {command}", name.get_ref());
            let problem = self.at.problem(name.span(), title).label("not for this command");
            self.problems.push(problem.help(format!("this command needs `{wanted}`")));
            return None;
        }
        match (design, method) {
            (Some((name, _)), Some((other, _))) => {
                let title = "an experiment has a `design`, for `introsim sweep`, or a `method`, for `introsim \
                             sensitivity`, not both";
                let problem = self.at.problem(name.span(), title.to_owned()).label("one");
                self.problems.push(problem.context(other.span(), "and the other"));
                None
            }
            (Some((_, value)), None) => match self.word("design", &["grid", "latin", "sobol"], value)? {
                "grid" => {
                    self.refuse(table, "points", "the points of a grid follow from the values of its knobs");
                    self.refuse(table, "trajectories", "a grid has none");
                    Some(Plan::Grid)
                }
                word => {
                    self.refuse(table, "trajectories", "say the number of `points`");
                    let points = self.needed(table, "points", 1.0, "points = 200")?;
                    let is_latin = word == "latin";
                    Some(if is_latin { Plan::Latin { points } } else { Plan::Sobol { points } })
                }
            },
            (None, Some((_, value))) => match self.word("method", &["morris", "sobol"], value)? {
                "morris" => {
                    self.refuse(table, "points", "say the number of `trajectories`");
                    let trajectories = self.needed(table, "trajectories", 2.0, "trajectories = 20")?;
                    Some(Plan::Morris { trajectories })
                }
                _ => {
                    self.refuse(table, "trajectories", "say the number of base `points`");
                    let points = self.needed(table, "points", 2.0, "points = 128")?;
                    Some(Plan::Indices { points })
                }
            },
            (None, None) => {
                let (title, help) = match self.purpose {
                    Purpose::Sweep => {
                        ("the file has no `design`", "`design = \"grid\"`, \"latin\" or \"sobol\"")
                    }
                    Purpose::Sensitivity => {
                        ("the file has no `method`", "`method = \"morris\"` or \"sobol\"")
                    }
                    Purpose::Any => (
                        "the file has neither `design` nor `method`",
                        "`design` for `introsim sweep`, `method` for `introsim sensitivity`",
                    ),
                };
                self.problems.push(self.at.problem(0..0, title.to_owned()).help(help));
                None
            }
        }
    }

    fn needed(&mut self, table: &DeTable<'_>, name: &'static str, low: f64, example: &str) -> Option<usize> {
        match table.get(name) {
            Some(value) => self.number(name, (low, MOST_POINTS), value),
            None => {
                let problem = self.at.problem(0..0, format!("the file has no `{name}`"));
                self.problems.push(problem.help(format!("say how many, as in `{example}`")));
                None
            }
        }
    }

    /// The points of a method must end, too.
    pub(super) fn check_method(&mut self, table: &DeTable<'_>) {
        let knobs = self.knobs.len();
        let (name, n, each) = match self.plan {
            Some(Plan::Morris { trajectories }) => ("trajectories", trajectories, knobs + 1),
            Some(Plan::Indices { points }) => ("points", points, knobs + 2),
            _ => return,
        };
        let all = f64::from(crate::ids::row(n)) * f64::from(crate::ids::row(each));
        if all > MOST_POINTS {
            let span = table.get(name).map_or(0..0, |value| value.span());
            let title = format!("these are {all} points, at most {MOST_POINTS} are allowed");
            let label = format!("{each} points for each, with {knobs} knobs");
            self.problems.push(self.at.problem(span, title).label(label));
        }
    }

    /// A grid needs values of every knob, and must end.
    pub(super) fn check_grid(&mut self, table: &DeTable<'_>) {
        let mut cells = 1.0;
        for knob in &self.knobs {
            match knob.values() {
                Some(values) => cells *= f64::from(crate::ids::row(values.len())),
                None => {
                    let title = format!("a grid needs to know which values of `{}` to try", knob.key.path);
                    let span = table.get_key_value("design").map_or(0..0, |(_, value)| value.span());
                    let problem = self.at.problem(span, title);
                    let domain = knob.domain_text();
                    let help =
                        format!("give the knob `values = […]`, or `steps = 5` of its range ({domain})");
                    self.problems.push(problem.help(help));
                }
            }
        }
        if cells > MOST_POINTS {
            let span = table.get_key_value("design").map_or(0..0, |(_, value)| value.span());
            let title = format!("this grid has {cells} cells, at most {MOST_POINTS} are allowed");
            let problem = self.at.problem(span, title);
            self.problems.push(problem.help("give knobs fewer values, or take `design = \"latin\"`"));
        }
    }
}
