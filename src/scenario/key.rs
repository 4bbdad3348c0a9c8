//! What is known of a key of a scenario, and the macro that makes a section's struct and its keys from one table.

use crate::scenario::Scenario;
use crate::scenario::types::{AcceptAbove, Among, EdgeList, Entry, Payer, Stage, Targeting};
use crate::text::grouped;
use crate::units::Unit;

/// One key of a scenario file: everything that reading, documentation and sweeps need to know.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Section, as in `[contract]`.
    pub section: &'static str,
    /// Name within the section.
    pub name: &'static str,
    /// Section and name, as in `contract.share_of_salary`.
    pub path: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// What a number counts.
    pub unit: Unit,
    /// Values that are allowed.
    pub range: Range,
    /// Values that are believable: what a sensitivity analysis should sweep. `None` where nobody has said.
    pub plausible: Option<Range>,
    /// One line of meaning.
    pub doc: &'static str,
    /// Where the default comes from; "our assumption" is a source.
    pub source: &'static str,
    pub(crate) read: fn(&Scenario) -> Value,
    pub(crate) write: fn(&mut Scenario, Value),
}

impl Key {
    /// The meaning as one line, without the space that a doc comment begins with.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        self.doc.trim()
    }

    /// The default as a scenario file writes it.
    #[must_use]
    pub fn default_text(&self) -> String {
        self.friendly(&(self.read)(&Scenario::default()))
    }

    /// A value as a scenario file writes it, with its unit: `"$5,000"`.
    pub(crate) fn friendly(&self, value: &Value) -> String {
        match value {
            Value::Number(number) => self.number_text(*number),
            #[expect(clippy::cast_precision_loss, reason = "counts with a unit are below 2^53")]
            Value::Count(count) if self.unit == Unit::Weeks => self.number_text(*count as f64),
            Value::Stages(stages) => {
                stages_text(stages, |hours| format!("\"{}\"", Unit::Hours.format(hours)))
            }
            other => other.plain(),
        }
    }

    fn number_text(&self, number: f64) -> String {
        let text = self.unit.format(number);
        // A text with a unit needs quotes; chances per week and spreads read better as plain numbers.
        match self.unit {
            Unit::Rate | Unit::Sd | Unit::Years | Unit::Of(_) => format!("{number:?}"),
            _ => format!("\"{text}\""),
        }
    }

    /// The allowed values in words: "0% to 100%".
    #[must_use]
    pub fn range_text(&self) -> String {
        match self.kind {
            Kind::Number | Kind::Count | Kind::Seed => self.range.text(self.unit),
            Kind::Flag => "true or false".to_owned(),
            Kind::Choice(names) => names.join(", "),
            Kind::Stages => format!("up to {MOST_STAGES} stages"),
            Kind::Edges => "a file of two worker ids a line".to_owned(),
        }
    }
}

/// What a key's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number with a fraction.
    Number,
    /// A whole number.
    Count,
    /// A whole number of 64 bits.
    Seed,
    /// True or false.
    Flag,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// Stages of screening.
    Stages,
    /// A file of friendships.
    Edges,
}

/// The most stages that a screen may have.
pub(crate) const MOST_STAGES: usize = 16;

/// An interval of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lower end, itself included.
    pub low: f64,
    /// Upper end, itself included; infinite when there is none.
    pub high: f64,
}

impl Range {
    /// Whether the number lies inside; NaN and infinities never do.
    #[must_use]
    pub fn contains(&self, number: f64) -> bool {
        number.is_finite() && (self.low..=self.high).contains(&number)
    }

    /// In words: "0% to 100%", "0 or more".
    #[must_use]
    pub fn text(&self, unit: Unit) -> String {
        let write = |number: f64| match unit {
            Unit::Rate | Unit::Sd | Unit::Years | Unit::Weeks | Unit::Of(_) => {
                let sign = if number < 0.0 { "-" } else { "" };
                format!("{sign}{}", grouped(&format!("{}", number.abs())))
            }
            _ => unit.format(number),
        };
        if self.high.is_finite() {
            format!("{} to {}", write(self.low), write(self.high))
        } else {
            format!("{} or more", write(self.low))
        }
    }
}

/// Both ends included.
pub(crate) const fn closed(low: f64, high: f64) -> Range {
    Range { low, high }
}

/// From `low` on.
pub(crate) const fn at_least(low: f64) -> Range {
    Range { low, high: f64::INFINITY }
}

/// Most characters of a short name: wider ones find no room beside a plot.
pub(crate) const MOST_SHORT: usize = 24;

/// Highest precision: an error of a millionth of an sd, and sums of squares of it far from the end of all numbers.
pub(crate) const MOST_PRECISION: f64 = 1e12;

/// Lowest variance or precision that is divided by.
pub(crate) const LEAST: f64 = 1e-6;

/// Hours that a stage of screening may take.
pub(crate) const STAGE_HOURS: Range = closed(0.0001, 1000.0);

/// For keys whose values are not numbers.
pub(crate) const ANY: Range = Range { low: 0.0, high: f64::INFINITY };

/// A value on its way between text and a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Count(u64),
    Flag(bool),
    Choice(&'static str),
    Stages(Vec<Stage>),
    Edges(Option<EdgeList>),
}

impl Value {
    /// The value as TOML in plain numbers of full precision.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Number(number) => format!("{number:?}"),
            Self::Count(count) => format!("{count}"),
            Self::Flag(flag) => format!("{flag}"),
            Self::Choice(name) => format!("\"{name}\""),
            Self::Stages(stages) => stages_text(stages, |hours| format!("{hours:?}")),
            Self::Edges(None) => "none".to_owned(),
            Self::Edges(Some(edges)) => toml_string(&edges.path),
        }
    }
}

fn stages_text(stages: &[Stage], write_hours: impl Fn(f64) -> String) -> String {
    let write = |stage: &Stage| {
        let above = match stage.accept_above {
            AcceptAbove::Score(score) => format!("{score:?}"),
            AcceptAbove::Profit => "\"profit\"".to_owned(),
        };
        format!("{{ hours = {}, accept_above = {above} }}", write_hours(stage.hours))
    };
    format!("[{}]", stages.iter().map(write).collect::<Vec<_>>().join(", "))
}

/// A text as a TOML string.
pub(crate) fn toml_string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A type that a key may have.
pub(crate) trait Field: Sized {
    const KIND: Kind;
    fn to_value(&self) -> Value;
    fn from_value(value: Value) -> Option<Self>;
}

macro_rules! field {
    ($type:ty, $kind:expr, $self:ident => $to:expr, $pattern:pat => $from:expr) => {
        impl Field for $type {
            const KIND: Kind = $kind;
            fn to_value(&$self) -> Value {
                $to
            }
            fn from_value(value: Value) -> Option<Self> {
                match value {
                    $pattern => $from,
                    _ => None,
                }
            }
        }
    };
}

field!(f64, Kind::Number, self => Value::Number(*self), Value::Number(number) => Some(number));
field!(u32, Kind::Count, self => Value::Count(u64::from(*self)), Value::Count(count) => u32::try_from(count).ok());
field!(u64, Kind::Seed, self => Value::Count(*self), Value::Count(count) => Some(count));
field!(bool, Kind::Flag, self => Value::Flag(*self), Value::Flag(flag) => Some(flag));
field!(Targeting, Kind::Choice(Self::NAMES),
    self => Value::Choice(self.name()), Value::Choice(name) => of_name(Self::ALL, name));
field!(Entry, Kind::Choice(Self::NAMES),
    self => Value::Choice(self.name()), Value::Choice(name) => of_name(Self::ALL, name));
field!(Payer, Kind::Choice(Self::NAMES),
    self => Value::Choice(self.name()), Value::Choice(name) => of_name(Self::ALL, name));
field!(Among, Kind::Choice(Self::NAMES),
    self => Value::Choice(self.name()), Value::Choice(name) => of_name(Self::ALL, name));
field!(Vec<Stage>, Kind::Stages, self => Value::Stages(self.clone()), Value::Stages(stages) => Some(stages));
field!(Option<EdgeList>, Kind::Edges, self => Value::Edges(self.clone()), Value::Edges(edges) => Some(edges));

/// The value of a name.
fn of_name<T: Copy>(all: &[(&str, T)], name: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Makes the struct of a section, its defaults and its keys from one table:
/// `name: type = default, unit, allowed range, [plausible range,] source;`.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $section:ident: $Section:ident {
            $(
                $(#[doc = $doc:literal])+
                $name:ident: $type:ty = $default:expr, $unit:expr, $range:expr, $(plausible $plausible:expr,)?
                $source:literal;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Section {
            $(
                $(#[doc = $doc])+
                #[doc = ""]
                #[doc = concat!("Source: ", $source, ".")]
                pub $name: $type,
            )+
        }

        impl Default for $Section {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl $Section {
            /// What the section is about.
            pub(crate) const ABOUT: &'static str = concat!($($about),+);

            /// Its keys, in order.
            pub(crate) const KEYS: &'static [$crate::scenario::key::Key] = &[$(
                $crate::scenario::key::Key {
                    section: stringify!($section),
                    name: stringify!($name),
                    path: concat!(stringify!($section), ".", stringify!($name)),
                    kind: <$type as $crate::scenario::key::Field>::KIND,
                    unit: $unit,
                    range: $range,
                    plausible: section!(@plausible $($plausible)?),
                    doc: concat!($($doc),+),
                    source: $source,
                    read: |scenario| $crate::scenario::key::Field::to_value(&scenario.$section.$name),
                    write: |scenario, value| {
                        if let Some(value) = $crate::scenario::key::Field::from_value(value) {
                            scenario.$section.$name = value;
                        }
                    },
                },
            )+];
        }
    };
    (@plausible) => { None };
    (@plausible $plausible:expr) => { Some($plausible) };
}

pub(crate) use section;
