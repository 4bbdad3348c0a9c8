//! The plan of work, as the folder of blocks keeps it.

use std::path::Path;

use serde_json::{Value, json};

use super::BlockError;
use super::seal::{hash, seal, unseal};
use crate::output::write_whole;

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// All that the blocks depend on; its hash names the plan.
    pub identity: Value,
    /// What the accounts of the run say beside: names of files, their hashes, and where they lie.
    pub beside: Value,
}

impl PlanFile {
    /// BLAKE3 of the identity.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(self.identity.to_string().as_bytes())
    }

    pub(super) fn read(path: &Path) -> Result<Self, BlockError> {
        let mut value = unseal(path)?;
        Ok(Self { identity: value["plan"].take(), beside: value["beside"].take() })
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), BlockError> {
        let text = seal(&json!({ "plan": self.identity, "beside": self.beside }));
        write_whole(path, text.as_bytes())?;
        Ok(())
    }

    /// In what the identity differs from another one: keys, and of texts of many lines the lines.
    #[must_use]
    pub fn differences(&self, other: &Value) -> String {
        let (Some(own), Some(others)) = (self.identity.as_object(), other.as_object()) else {
            return "it is no plan of this program".to_owned();
        };
        let mut names: Vec<String> = Vec::new();
        for (key, value) in own.iter().filter(|(key, value)| others.get(*key) != Some(value)) {
            match (value.as_str(), others.get(key).and_then(Value::as_str)) {
                (Some(one), Some(two)) if one.contains('\n') => {
                    names.push(format!("{key} ({})", other_lines(one, two).join(", ")));
                }
                _ => names.push(key.clone()),
            }
        }
        if names.is_empty() { "other keys".to_owned() } else { format!("other {}", names.join(", ")) }
    }
}

/// The names, up to the first ` = `, of the first lines in which two texts differ.
fn other_lines<'a>(one: &'a str, two: &'a str) -> Vec<&'a str> {
    const MOST: usize = 5;
    let pairs = one.lines().zip(two.lines()).filter(|(a, b)| a != b);
    let mut names: Vec<&str> =
        pairs.map(|(line, _)| line.split_once(" = ").map_or(line, |(name, _)| name)).collect();
    if names.len() > MOST {
        names.truncate(MOST);
        names.push("…");
    }
    names
}
