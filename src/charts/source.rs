//! What charts are drawn from: a folder of tables, and the account of the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::rules::Rules;
use crate::output::sweep::dictionary;
use crate::output::tables::Entry;
use crate::output::{Manifest, Measured, OutputError, RawTable, Row, read_table};
use crate::scenario::short_name;

/// A folder of tables with what its manifest says, which need not be written yet. Scenarios have their short names in
/// both, since nobody reads names of files in a chart.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    dir: &'a Path,
    pub(super) manifest: Option<Value>,
    /// Short names by names of files.
    short: BTreeMap<String, String>,
    /// Scenarios of an experiment on ties beside others that are markets: no market of theirs is to be counted.
    experiments: BTreeSet<String>,
}

impl<'a> Source<'a> {
    /// A finished folder, or one that has only tables.
    pub(super) fn finished(dir: &'a Path) -> Result<Self, OutputError> {
        Ok(Self::of(dir, Manifest::read(dir)?))
    }

    /// A folder whose manifest is to be written last.
    pub(super) fn unfinished(dir: &'a Path, manifest: &Manifest, more: &Map<String, Value>) -> Self {
        Self::of(dir, Some(manifest.account_with(more)))
    }

    fn of(dir: &'a Path, mut manifest: Option<Value>) -> Self {
        let scenarios = manifest.as_mut().and_then(|manifest| manifest["scenarios"].as_object_mut());
        let Some(scenarios) = scenarios else {
            return Self { dir, manifest, short: BTreeMap::new(), experiments: BTreeSet::new() };
        };
        let short = short_names(scenarios);
        let named = std::mem::take(scenarios).into_iter();
        scenarios.extend(named.map(|(name, text)| (short.get(&name).cloned().unwrap_or(name), text)));
        let rules = Rules::of(manifest.as_ref());
        let experiments: BTreeSet<String> = rules
            .all()
            .map(|(name, _)| name)
            .filter(|name| rules.bombarded(name).is_some())
            .cloned()
            .collect();
        let is_all = experiments.len() == rules.all().count();
        Self { dir, manifest, short, experiments: if is_all { BTreeSet::new() } else { experiments } }
    }

    pub(super) fn has(&self, table: &str) -> bool {
        self.dir.join(table).is_file()
    }

    /// A table, without the scenarios of an experiment on ties.
    pub(super) fn table(&self, name: &str) -> Result<RawTable, OutputError> {
        self.whole(name)?.without("scenario", |name| self.experiments.contains(name))
    }

    /// A table with all its rows.
    pub(super) fn whole(&self, name: &str) -> Result<RawTable, OutputError> {
        let table = read_table(&self.dir.join(name))?;
        table.with_words("scenario", |file| self.short.get(file).map(String::as_str))
    }

    /// The rows of a table, without the scenarios of an experiment on ties.
    pub(super) fn rows<R: Row>(&self) -> Result<Vec<R>, OutputError> {
        self.table(&format!("{}.csv", R::NAME))?.rows()
    }

    /// As [`Self::rows`], with the measures beside them.
    pub(super) fn measured<R: Row>(&self) -> Result<Measured<R>, OutputError> {
        Measured::of(self.table(&format!("{}.csv", R::NAME))?)
    }

    /// What the columns of its tables mean.
    pub(super) fn dictionary(&self) -> Result<Vec<Entry>, OutputError> {
        dictionary(self.dir)
    }

    /// The name of the file of a scenario, by its short name.
    pub(super) fn file<'b>(&'b self, short: &'b str) -> &'b str {
        self.short.iter().find(|(_, known)| *known == short).map_or(short, |(file, _)| file)
    }

    /// The seed of all luck.
    pub(super) fn seed(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest["seed"].as_u64())
    }
}

/// Short names by names of files, of scenarios by their texts; none of two that would be called the same.
fn short_names(scenarios: &serde_json::Map<String, Value>) -> BTreeMap<String, String> {
    let short = |(name, text): (&String, &Value)| {
        let table: toml::Table = text.as_str()?.parse().ok()?;
        let line = |key: &str| table.get(key).and_then(toml::Value::as_str);
        Some((name.clone(), short_name(line("short"), line("title").unwrap_or_default(), name)))
    };
    let all: BTreeMap<String, String> = scenarios.iter().filter_map(short).collect();
    let is_alone = |short: &String| {
        let same = all.values().filter(|other| *other == short).count();
        same == 1 && !scenarios.contains_key(short)
    };
    all.clone().into_iter().filter(|(_, short)| is_alone(short)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_are_called_by_their_short_names_unless_two_would_be_alike() {
        let of = |texts: &[(&str, &str)]| {
            let all = texts.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
            short_names(&all.collect())
        };
        let named = |names: &[(&str, &str)]| -> BTreeMap<String, String> {
            names.iter().map(|(file, short)| ((*file).to_owned(), (*short).to_owned())).collect()
        };
        let short = "title = \"A long title\"\nshort = \"a tenth\"";
        assert_eq!(
            of(&[("x", short), ("y", "title = \"Cash: $500\"")]),
            named(&[("x", "a tenth"), ("y", "Cash")])
        );
        assert_eq!(of(&[("x", short), ("z", short), ("a tenth", "not toml")]), named(&[]));
        let long = "title = \"More than four and twenty letters in one clause\"";
        assert_eq!(of(&[("x", long), ("y", "not toml")]), named(&[]));
    }
}
