//! A scenario as text, and its values by name: what hashing, manifests, settings and sweeps use.

use std::fmt::Write as _;

use crate::scenario::key::{Key, MOST_SHORT, Value, toml_string};
use crate::scenario::keys::{SECTIONS, key, keys};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::read::Reader;
use crate::scenario::{Scenario, load};

impl Scenario {
    /// Reads a scenario from a text that extends no file; what it does not say has its default.
    ///
    /// # Errors
    ///
    /// All problems at once, in which the text is called `name`.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        load::parse(name, text)
    }

    /// The whole scenario as TOML: every key, in fixed order, in plain numbers of full precision.
    ///
    /// Equal scenarios have equal texts. Reading the text gives the scenario back.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = format!("title = {}\n", toml_string(&self.title));
        if let Some(short) = &self.short {
            text += &format!("short = {}\n", toml_string(short));
        }
        if let Some(question) = &self.question {
            text += &format!("question = {}\n", toml_string(question));
        }
        text += &format!("abstract = {}\n", self.is_abstract);
        for section in SECTIONS {
            text += &format!("\n[{}]\n", section.name);
            for key in section.keys {
                self.write_line(&mut text, key.name, key.path);
            }
        }
        text
    }

    /// What charts and reports call it: its `short`, else the first clause of its title, else the name of its file.
    ///
    /// - `name`: of its file
    #[must_use]
    pub fn short_name(&self, name: &str) -> String {
        short_name(self.short.as_deref(), &self.title, name)
    }

    /// What two scenarios must share to share a burn-in, as text: the labour market, the graph, and the luck.
    #[must_use]
    pub fn labour_market(&self) -> String {
        let mut text = String::new();
        let is_shared = |key: &&Key| key.decides_opening() && key.path != "friends.edges";
        for key in keys().iter().filter(is_shared) {
            self.write_line(&mut text, key.path, key.path);
        }
        // The same graph from another file is the same labour market.
        if let Some(edges) = &self.friends.edges {
            let _ = writeln!(text, "friends.edges = {} pairs, BLAKE3 {}", edges.pairs.len(), edges.hash());
        }
        text
    }

    fn write_line(&self, text: &mut String, name: &str, path: &str) {
        let Some(key) = key(path) else { return };
        let is_given = self.friends.edges.is_some();
        match (key.read)(self) {
            Value::Edges(None) => {}
            Value::Edges(Some(edges)) => {
                let _ = writeln!(
                    text,
                    "{name} = {} # {} pairs, BLAKE3 {}",
                    toml_string(&edges.path),
                    edges.pairs.len(),
                    edges.hash()
                );
            }
            _ if is_given && matches!(path, "friends.mean_degree" | "friends.rewiring") => {}
            value => {
                let _ = writeln!(text, "{name} = {}", value.plain());
            }
        }
    }

    /// Sets one key from text, as `--set` does: `set("contract.share_of_salary", "15%")`.
    ///
    /// Rules between keys are left to [`Scenario::check`], so that several keys can be set in turn.
    ///
    /// # Errors
    ///
    /// An unknown key, or a value of the wrong type, unit or range; the scenario is then unchanged.
    pub fn set(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        let mut reader = Reader::over(self);
        reader.overrides(&[format!("{path}={text}")]);
        match reader.problems.list().drain(..).next() {
            Some(problem) => Err(problem),
            None => {
                *self = reader.scenario;
                Ok(())
            }
        }
    }

    /// Checks the rules between keys, for a scenario that was changed with [`Scenario::set`].
    ///
    /// # Errors
    ///
    /// Every rule that is broken.
    pub fn check(&self) -> Result<(), Problems> {
        let mut reader = Reader::over(self);
        reader.finish();
        reader.problems.check()
    }

    /// The value of a key as a scenario file writes it, with its unit: `"10%"` with its quotes.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        key(path).map(|key| key.friendly(&(key.read)(self)))
    }

    /// The value of a numeric key in its documented unit; none for switches, names, stages and graphs.
    #[must_use]
    pub fn number(&self, path: &str) -> Option<f64> {
        match (key(path)?.read)(self) {
            Value::Number(number) => Some(number),
            #[expect(
                clippy::cast_precision_loss,
                reason = "only seeds are that large, and they are no quantity"
            )]
            Value::Count(count) => Some(count as f64),
            _ => None,
        }
    }

    /// The dotted paths of the keys in which two scenarios differ, in the order of a file.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        keys().iter().filter(|key| (key.read)(self) != (key.read)(other)).map(|key| key.path).collect()
    }
}

/// What charts and reports call a scenario, from its lines `short` and `title` and the name of its file.
pub(crate) fn short_name(short: Option<&str>, title: &str, name: &str) -> String {
    let clause = title.split([':', ';', '(']).next().unwrap_or_default().trim();
    let fits = |text: &&str| !text.is_empty() && text.chars().count() <= MOST_SHORT;
    short.or(Some(clause).filter(fits)).unwrap_or(name).to_owned()
}
