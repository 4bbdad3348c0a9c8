//! Where a value stands in a file, and what to say of one of the wrong type.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::problem::{Problem, Source};

/// Where a value stands: its text, and the folder that its paths are relative to.
pub(crate) struct At<'a> {
    pub(crate) source: &'a Arc<Source>,
    pub(crate) folder: &'a Path,
}

impl At<'_> {
    pub(crate) fn problem(&self, span: Range<usize>, title: String) -> Problem {
        Problem::at(self.source, span, title)
    }

    pub(crate) fn wrong_type(&self, name: &str, wanted: &str, value: &Spanned<DeValue<'_>>) -> Problem {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(value.span(), format!("`{name}` takes {wanted}")).label(format!("this is {found}"))
    }
}
