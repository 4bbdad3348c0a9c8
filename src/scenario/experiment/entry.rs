//! The registry of files that are no scenarios: each key on one line, from which come reading, complaints, the schema
//! and the documentation.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::scenario::SECTIONS;
use crate::scenario::at::At;
use crate::scenario::problem::{Found, Problem};
use crate::scenario::read::{name_text, suggest};
use crate::scenario::suggest::nearest;

/// A value of a file.
pub(super) type Node<'t> = Spanned<DeValue<'t>>;

/// A key of a table: its name, its meaning, and what reading its value needs to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    /// Whether a table is wrong without it.
    pub(super) needed: bool,
    /// What a whole number may be.
    pub(super) within: (f64, f64),
    /// The key of scenarios that it stands for.
    pub(super) like: &'static str,
    /// What it takes, in arguments; empty where its type says so.
    pub(super) takes: &'static str,
    /// The fewest elements of a list.
    pub(super) least: usize,
    /// Advice to whoever leaves it out or gives something else.
    pub(super) help: &'static str,
}

impl Field {
    pub(super) const fn new(name: &'static str, doc: &'static str) -> Self {
        let within = (0.0, 0.0);
        Self { name, doc, needed: false, within, like: "", takes: "", least: 1, help: "" }
    }
}

/// Where a table stands, and so how its keys are spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The head of a file.
    Head,
    /// One of a list.
    Element,
    /// A part of a file, by the name of its key.
    Part,
}

/// A kind of table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) about: &'static str,
    /// "a knob", "an experiment".
    pub(super) what: &'static str,
    pub(super) place: Place,
    pub(super) fields: &'static [Field],
    /// What a word means that is no key of the table and like none.
    pub(super) hint: fn(&str) -> Option<String>,
}

/// What is read, and what is found wrong on the way.
pub(super) struct Reading<'a> {
    pub(super) at: &'a At<'a>,
    /// Outcomes by name.
    pub(super) outcomes: &'a [&'static str],
    pub(super) problems: Found,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Spot<T> {
    pub(super) value: T,
    /// Where its key stands.
    pub(super) name: Range<usize>,
    /// Where it stands itself.
    pub(super) span: Range<usize>,
}

/// A type that a key may have.
pub(super) trait Entry<'t>: Sized {
    /// Reads a value; `None` where it is wrong, and that is noted.
    fn read(reading: &mut Reading<'_>, field: &Field, node: &'t Node<'t>) -> Option<Self>;

    /// What it takes, in words.
    fn takes(field: &Field) -> String;

    /// Its JSON Schema.
    fn schema(field: &Field) -> Json;

    /// Tables that it consists of, with the name of each, for the documentation.
    fn tables(_field: &Field, _to: &mut Vec<Page>) {}
}

/// What the documentation says of a table: a head line, a sentence, rows of key, meaning, what it takes.
pub(super) type Page = (String, String, Vec<[String; 3]>);

impl<'a> Reading<'a> {
    pub(super) fn new(at: &'a At<'a>, outcomes: &'a [&'static str]) -> Self {
        Self { at, outcomes, problems: Found::default() }
    }

    pub(super) fn problem(&self, span: Range<usize>, title: impl Into<String>) -> Problem {
        self.at.problem(span, title.into())
    }

    pub(super) fn wrong(&mut self, field: &Field, takes: &str, node: &Node<'_>) {
        let problem = self.at.wrong_type(field.name, takes, node);
        let has_help = !field.help.is_empty();
        self.problems.push(if has_help { problem.help(field.help) } else { problem });
    }

    /// Notes that a key is there which has no meaning beside another.
    pub(super) fn refuse<T>(&mut self, spot: Option<&Spot<T>>, name: &str, why: &str) {
        if let Some(spot) = spot {
            let problem = self.problem(spot.name.clone(), format!("`{name}` has no meaning here"));
            self.problems.push(problem.label(why));
        }
    }

    /// Reads the value of a key of a table, if it is there.
    pub(super) fn entry<'t, T: Entry<'t>>(
        &mut self,
        table: &'t DeTable<'t>,
        field: &Field,
    ) -> Option<Spot<T>> {
        let (name, node) = table.get_key_value(field.name)?;
        let value = T::read(self, field, node)?;
        Some(Spot { value, name: name.span(), span: node.span() })
    }

    /// Notes every key that a table does not have, and every one that it needs and lacks.
    pub(super) fn keys(&mut self, kind: &Table, of: &str, table: &DeTable<'_>, span: &Range<usize>) {
        let part = format!("[{of}]");
        let what = if kind.place == Place::Part { part.as_str() } else { kind.what };
        for (name, _) in in_order(table) {
            let word = name.get_ref().as_ref();
            if kind.fields.iter().any(|field| field.name == word) {
                continue;
            }
            let at = self.at;
            self.problems.add(|| unknown(at, kind, what, name));
        }
        for field in kind.fields.iter().filter(|field| field.needed && !table.contains_key(field.name)) {
            let problem = match kind.place {
                Place::Head => self.problem(0..0, format!("the file has no `{}`", field.name)),
                _ => self
                    .problem(span.clone(), format!("{what} needs `{}`", field.name))
                    .label("it is missing here"),
            };
            let has_help = !field.help.is_empty();
            self.problems.push(if has_help { problem.help(field.help) } else { problem });
        }
    }
}

fn unknown(at: &At<'_>, kind: &Table, what: &str, name: &Spanned<DeString<'_>>) -> Problem {
    let word = name.get_ref().as_ref();
    let shown = name_text(word);
    let title = match kind.place {
        Place::Head => format!("unknown key `{shown}`"),
        _ => format!("{what} has no `{shown}`"),
    };
    let of = if kind.place == Place::Part { "this part" } else { what };
    let problem = at.problem(name.span(), title).label(format!("not a key of {of}"));
    let names: Vec<&'static str> = kind.fields.iter().map(|field| field.name).collect();
    // A section of scenarios is no slip of the pen.
    let is_section = SECTIONS.iter().any(|section| section.name == word);
    match nearest(word, names.iter().copied()).filter(|_| !is_section) {
        Some(near) => suggest(problem, name.span(), Some(near)),
        None => match ((kind.hint)(word), kind.place) {
            (Some(hint), _) => problem.help(hint),
            (None, Place::Part) => problem.help(format!("its keys are: {}", names.join(", "))),
            (None, _) => problem.help(format!("the keys of {what} are: {}", names.join(", "))),
        },
    }
}

/// The entries of a table in the order of the file.
pub(super) fn in_order<'a>(table: &'a DeTable<'a>) -> Vec<(&'a Spanned<DeString<'a>>, &'a Node<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// The JSON Schema of a table, from those of its keys.
pub(super) fn object(kind: &Table, keys: Vec<(&'static str, Json)>) -> Json {
    let mut properties = Map::new();
    for (field, (name, mut schema)) in kind.fields.iter().zip(keys) {
        if let Some(object) = schema.as_object_mut() {
            object.insert("description".to_owned(), json!(field.doc.trim()));
        }
        properties.insert(name.to_owned(), schema);
    }
    let needed: Vec<&str> = kind.fields.iter().filter(|f| f.needed).map(|f| f.name).collect();
    json!({
        "type": "object",
        "description": kind.about.trim(),
        "additionalProperties": false,
        "required": needed,
        "properties": properties,
    })
}

/// How the reading of a table went.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// Where the table stands.
    pub(super) span: Range<usize>,
    /// Whether the value of some key is wrong, and so missing.
    pub(super) is_broken: bool,
}

/// A table that was read.
pub(super) trait AsRead {
    /// How it went.
    fn as_read(&self) -> &Read;
}

/// Makes the struct of a table, its reading, schema and documentation from one line for each key:
/// `name: type, attribute = value, …;`.
macro_rules! entries {
    (
        $(#[doc = $about:literal])+
        $Name:ident, $what:literal, $place:ident, $hint:expr => {
            $(
                $(#[doc = $doc:literal])+
                $name:ident: $type:ty $(, $attribute:ident = $value:expr)*;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug)]
        pub(super) struct $Name<'t> {
            $($(#[doc = $doc])+ pub(super) $name: Option<$crate::scenario::experiment::entry::Spot<$type>>,)+
            read: $crate::scenario::experiment::entry::Read,
            marker: std::marker::PhantomData<&'t ()>,
        }

        impl<'t> $Name<'t> {
            pub(super) const TABLE: $crate::scenario::experiment::entry::Table =
                $crate::scenario::experiment::entry::Table {
                    about: concat!($($about),+),
                    what: $what,
                    place: $crate::scenario::experiment::entry::Place::$place,
                    fields: &[$($crate::scenario::experiment::entry::Field {
                        $($attribute: $value,)*
                        ..$crate::scenario::experiment::entry::Field::new(stringify!($name), concat!($($doc),+))
                    }),+],
                    hint: $hint,
                };

            /// Reads the table; what is wrong is noted, and missing here.
            ///
            /// - `of`: the name of its key
            pub(super) fn of(
                reading: &mut $crate::scenario::experiment::entry::Reading<'_>,
                of: &str,
                table: &'t toml::de::DeTable<'t>,
                span: std::ops::Range<usize>,
            ) -> Self {
                reading.keys(&Self::TABLE, of, table, &span);
                let before = reading.problems.len();
                let mut fields = Self::TABLE.fields.iter();
                $(let $name = fields.next().and_then(|field| reading.entry(table, field));)+
                let is_broken = reading.problems.len() > before;
                let read = $crate::scenario::experiment::entry::Read { span, is_broken };
                Self { $($name,)+ read, marker: std::marker::PhantomData }
            }

            /// Its JSON Schema.
            pub(super) fn object() -> serde_json::Value {
                let mut fields = Self::TABLE.fields.iter();
                let mut keys = Vec::new();
                $(if let Some(field) = fields.next() {
                    keys.push((
                        stringify!($name),
                        <$type as $crate::scenario::experiment::entry::Entry<'t>>::schema(field),
                    ));
                })+
                $crate::scenario::experiment::entry::object(&Self::TABLE, keys)
            }

            /// What the documentation says of it, and of the tables that its keys take.
            pub(super) fn pages(name: &str, to: &mut Vec<$crate::scenario::experiment::entry::Page>) {
                let mut rows = Vec::new();
                let mut inner = Vec::new();
                let mut fields = Self::TABLE.fields.iter();
                $(if let Some(field) = fields.next() {
                    let takes = <$type as $crate::scenario::experiment::entry::Entry<'t>>::takes(field);
                    let needed = if field.needed { "; needed" } else { "" };
                    rows.push([field.name.to_owned(), field.doc.trim().to_owned(), takes + needed]);
                    <$type as $crate::scenario::experiment::entry::Entry<'t>>::tables(field, &mut inner);
                })+
                to.push((name.to_owned(), Self::TABLE.about.trim().to_owned(), rows));
                for page in inner {
                    if to.iter().all(|known| known.0 != page.0) {
                        to.push(page);
                    }
                }
            }
        }

        impl $crate::scenario::experiment::entry::AsRead for $Name<'_> {
            fn as_read(&self) -> &$crate::scenario::experiment::entry::Read {
                &self.read
            }
        }

        impl<'t> $crate::scenario::experiment::entry::Entry<'t> for $Name<'t> {
            fn read(
                reading: &mut $crate::scenario::experiment::entry::Reading<'_>,
                field: &$crate::scenario::experiment::entry::Field,
                node: &'t $crate::scenario::experiment::entry::Node<'t>,
            ) -> Option<Self> {
                let Some(table) = node.get_ref().as_table() else {
                    let takes = if field.takes.is_empty() {
                        <Self as $crate::scenario::experiment::entry::Entry<'t>>::takes(field)
                    } else {
                        field.takes.to_owned()
                    };
                    reading.wrong(field, &takes, node);
                    return None;
                };
                Some(Self::of(reading, field.name, table, node.span()))
            }

            fn takes(field: &$crate::scenario::experiment::entry::Field) -> String {
                format!("a table: begin the part with `[{}]`", field.name)
            }

            fn schema(_: &$crate::scenario::experiment::entry::Field) -> serde_json::Value {
                Self::object()
            }

            fn tables(
                field: &$crate::scenario::experiment::entry::Field,
                to: &mut Vec<$crate::scenario::experiment::entry::Page>,
            ) {
                let name = match Self::TABLE.place {
                    $crate::scenario::experiment::entry::Place::Part => format!("[{}]", field.name),
                    _ => format!("[[{}]]", field.name),
                };
                Self::pages(&name, to);
            }
        }
    };
}

pub(super) use entries;
