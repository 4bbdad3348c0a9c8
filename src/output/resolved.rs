//! Scenarios as they were run, from the texts that a manifest or a plan has of them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::scenario::{Problems, Scenario};

/// How the line of a canonical text begins that names a graph of friends.
const GRAPH: &str = "edges = ";

/// The scenario of a canonical text. A graph of friends is named there by a path that leads from the scenario's folder,
/// which nobody knows any more; `graph` says where it lies now.
///
/// # Errors
/// If the text or the graph cannot be read.
pub(crate) fn scenario_of(name: &str, text: &str, graph: Option<&str>) -> Result<Scenario, Problems> {
    let is_graph = |line: &&str| line.starts_with(GRAPH);
    let rest: Vec<&str> = text.lines().filter(|line| !is_graph(line)).collect();
    let mut scenario = Scenario::parse(name, &rest.join("\n"))?;
    if let (Some(_), Some(graph)) = (text.lines().find(is_graph), graph) {
        scenario.set("friends.edges", graph)?;
    }
    Ok(scenario)
}

/// A scenario of a manifest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    /// All that it says but for the graph of friends.
    pub(crate) scenario: Scenario,
    /// The line that names the graph, where a file gives one.
    pub(crate) graph: Option<String>,
}

/// The scenarios of a manifest by name; those that this version cannot read are left out.
pub(crate) fn resolved(manifest: Option<&Value>) -> BTreeMap<String, Resolved> {
    let scenarios = manifest.and_then(|manifest| manifest["scenarios"].as_object());
    let one = |(name, text): (&String, &Value)| {
        let text = text.as_str()?;
        let graph = text.lines().find(|line| line.starts_with(GRAPH)).map(str::to_owned);
        Some((name.clone(), Resolved { scenario: scenario_of(name, text, None).ok()?, graph }))
    };
    scenarios.into_iter().flatten().filter_map(one).collect()
}
