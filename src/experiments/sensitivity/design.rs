//! The points of an analysis: where each knob stands, and to which trajectory or base point a point belongs.

use crate::experiments::designs::{blocks, trajectories};
use crate::scenario::experiment::{Experiment, Plan, Setting};

/// Levels of Morris's grid; four, as in the sources.
const LEVELS: u32 = 4;

/// The points of an analysis.
#[derive(Clone, Debug)]
pub struct Design {
    /// All points: group by group, in the order in which they are compared.
    pub points: Vec<Point>,
    /// Trajectories or base points.
    pub groups: usize,
    /// Settings of the knobs, each combination once; several points may share one.
    pub settings: Vec<Vec<Setting>>,
}

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The trajectory or base point that it belongs to.
    pub group: usize,
    /// What it is for.
    pub role: Role,
    /// Where each knob stands on the way from its first value to its last, in [0, 1].
    pub places: Vec<f64>,
    /// Which of the settings it is run with.
    pub settings: usize,
}

/// What a point is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The start of a trajectory.
    Start,
    /// The point before, with this knob moved.
    Moved(usize),
    /// A base point.
    A,
    /// Another, independent of it.
    B,
    /// The base point with this knob as in the other.
    Mixed(usize),
}

impl Role {
    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Moved(_) => "moved",
            Self::A => "a",
            Self::B => "b",
            Self::Mixed(_) => "mixed",
        }
    }

    /// The knob that tells the point from the one it is compared with.
    #[must_use]
    pub const fn knob(self) -> Option<usize> {
        match self {
            Self::Moved(knob) | Self::Mixed(knob) => Some(knob),
            Self::Start | Self::A | Self::B => None,
        }
    }
}

impl Design {
    /// The points of an experiment; `None` if it is one for a sweep.
    #[must_use]
    pub fn of(experiment: &Experiment) -> Self {
        let (seed, dims) = (experiment.base.scenario.run.seed, experiment.knobs.len());
        let mut design = Self { points: Vec::new(), groups: 0, settings: Vec::new() };
        let mut seen = std::collections::BTreeMap::new();
        let mut add = |group: usize, role: Role, unit: &[f64]| {
            let settings = experiment.settings(unit);
            let name = settings.iter().map(Setting::plain).collect::<Vec<_>>().join("\n");
            let number = *seen.entry(name).or_insert_with(|| {
                design.settings.push(settings);
                design.settings.len() - 1
            });
            let places = experiment.knobs.iter().zip(unit).map(|(knob, &u)| knob.place(u)).collect();
            design.points.push(Point { group, role, places, settings: number });
        };
        let mut groups = 0;
        match experiment.plan {
            Plan::Morris { trajectories: n } => {
                groups = n;
                for (group, trajectory) in trajectories(n, dims, LEVELS, seed).iter().enumerate() {
                    add(group, Role::Start, &trajectory.points[0]);
                    for (point, &knob) in trajectory.points[1..].iter().zip(&trajectory.moved) {
                        add(group, Role::Moved(knob), point);
                    }
                }
            }
            Plan::Indices { points: n } => {
                groups = n;
                for (group, block) in blocks(n, dims, seed).iter().enumerate() {
                    add(group, Role::A, &block.a);
                    add(group, Role::B, &block.b);
                    for (knob, point) in block.mixed.iter().enumerate() {
                        add(group, Role::Mixed(knob), point);
                    }
                }
            }
            Plan::Grid | Plan::Latin { .. } | Plan::Sobol { .. } => {}
        }
        design.groups = groups;
        design
    }

    /// The two points of a group that differ in one knob alone; `None` if there are none.
    pub(super) fn pair(&self, group: usize, knob: usize) -> Option<(usize, usize)> {
        let of = |role: Role| self.members(group).find(|&point| self.points[point].role == role);
        if let Some(after) = of(Role::Moved(knob)) {
            return Some((after.checked_sub(1)?, after));
        }
        Some((of(Role::A)?, of(Role::Mixed(knob))?))
    }

    /// Numbers of the points of a group, in order.
    pub(super) fn members(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        let per_group = self.points.len() / self.groups.max(1);
        group * per_group..(group + 1) * per_group
    }
}
