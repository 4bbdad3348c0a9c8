//! Contrasts: facts that say what changes when an institution changes. The scenario runs beside a variant of itself on
//! the same luck, and the figure is the difference or the relative change, replication by replication.

use super::facts::{FACTS, Fact, Figure};
use super::outcomes::Metric;
use super::run::Run;
use crate::engine::Arm;
use crate::scenario::Scenario;
use crate::stats::{Estimate, mean_interval};

/// What is compared, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Contrast {
    /// Name of the variant, after that of the scenario.
    pub name: &'static str,
    /// Makes the variant.
    pub variant: fn(&Scenario) -> Scenario,
    /// The outcome compared.
    pub metric: &'static str,
    /// How.
    pub how: How,
}

/// How two outcomes are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Variant less scenario.
    Difference,
    /// Variant over scenario, less 1.
    RelativeChange,
}

/// The variants that the facts about these scenarios need, after the scenarios themselves.
#[must_use]
pub fn with_variants(arms: &[Arm]) -> Vec<Arm> {
    let mut all = arms.to_vec();
    for arm in arms {
        for fact in speaking_of(&arm.scenario) {
            let Figure::Contrast(contrast) = fact.figure else { continue };
            let name = variant_name(arm, &contrast);
            if all.iter().all(|known| known.name != name) {
                all.push(Arm { name, scenario: (contrast.variant)(&arm.scenario) });
            }
        }
    }
    all
}

/// Facts that speak of a scenario.
pub(super) fn speaking_of(scenario: &Scenario) -> impl Iterator<Item = &'static Fact> {
    FACTS.iter().filter(|fact| (fact.about)(scenario))
}

fn variant_name(arm: &Arm, contrast: &Contrast) -> String {
    format!("{} / {}", arm.name, contrast.name)
}

/// The figure of a contrast, from a run of [`with_variants`]: mean over the replications that both have, with a paired
/// t interval. `None` if no replication has both.
#[must_use]
pub fn figure(arms: &[Arm], run: &Run, arm: usize, contrast: &Contrast) -> Option<Estimate> {
    let name = variant_name(&arms[arm], contrast);
    let variant = arms.iter().position(|known| known.name == name)?;
    let metric = Metric::of(contrast.metric)?;
    let value = |arm: usize, number: u32| {
        let row = run.replications.iter().find(|r| r.arm == arm && r.number == number)?;
        metric.read(&row.result.as_ref().ok()?.outcomes)
    };
    let own = run.replications.iter().filter(|r| r.arm == arm);
    let differences = own.filter_map(|r| {
        let (here, there) = (value(arm, r.number)?, value(variant, r.number)?);
        match contrast.how {
            How::Difference => Some(there - here),
            How::RelativeChange => super::ratio(there - here, here),
        }
    });
    mean_interval(&differences.collect::<Vec<_>>(), 0.95)
}
