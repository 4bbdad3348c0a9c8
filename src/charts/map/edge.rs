//! Where the answer turns along a knob, in words that do not count the cells of a grid that somebody chose.

use crate::experiments::healing;
use crate::experiments::verdict::Verdict;
use crate::maths;
use crate::text::{dollars, percent_fixed, three};

/// How values of a knob are said in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Say {
    /// As parts of a salary.
    Salary,
    /// As the weeks in which a grudge heals.
    HalfLife,
    Percent(String),
    Dollars(String),
    Plain(String),
}

/// Fractions that have names.
const NAMED: [(f64, &str); 9] = [
    (0.02, "a fiftieth"),
    (0.05, "a twentieth"),
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1.0 / 3.0, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.75, "three quarters"),
];

impl Say {
    /// A value: "a quarter of salary", "35 weeks".
    pub(super) fn value(&self, x: f64) -> String {
        match self {
            Self::Salary => format!("{} of salary", exact_fraction(x)),
            Self::HalfLife => healing::weeks(x),
            Self::Percent(name) => format!("{} of {name}", percent_fixed(x, 0)),
            Self::Dollars(name) => format!("{} of {name}", dollars(x)),
            Self::Plain(name) => format!("{} {name}", three(x)),
        }
    }

    /// Two values of one sentence, alike in kind: the first with what it is a part of, the other alone: "a tenth of salary",
    /// "a fiftieth"; "5 % of salary", "3 %".
    fn pair(&self, x: f64, other: f64) -> (String, String) {
        if !matches!(self, Self::Salary) {
            return (self.value(x), self.value(other));
        }
        let is_named = [x, other].into_iter().all(|part| !exact_fraction(part).contains('%'));
        let part = |part: f64| if is_named { exact_fraction(part) } else { percent_fixed(part, 0) };
        (format!("{} of salary", part(x)), part(other))
    }

    /// All values that were tried, after "at": "every share of the salary tried".
    fn every(&self) -> String {
        match self {
            Self::Salary => "share of the salary".to_owned(),
            Self::HalfLife => "speed of healing".to_owned(),
            Self::Percent(name) | Self::Dollars(name) | Self::Plain(name) => name.clone(),
        }
    }
}

/// A part of a whole: by its name where it is near one that has a name.
pub(in crate::charts) fn fraction(x: f64) -> String {
    named(x, 0.12)
}

/// The same where the value is not told as about right: a third is no 35 %.
fn exact_fraction(x: f64) -> String {
    named(x, 0.012)
}

/// A share by the name of one that is no further from it than a ratio, else in per cents.
fn named(x: f64, within: f64) -> String {
    let far = |part: f64| (maths::ln(x / part)).abs();
    let near = NAMED.iter().min_by(|a, b| far(a.0).total_cmp(&far(b.0)));
    match near.filter(|(part, _)| x > 0.0 && far(*part) < within) {
        Some((_, name)) => (*name).to_owned(),
        None => percent_fixed(x, 0),
    }
}

/// Where a market lasts along a knob.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Turn {
    /// Nothing is known.
    Unknown,
    Everywhere,
    /// It is shown of every value that it does not.
    Nowhere,
    /// It lasts at none for certain, and not at all does it die for certain.
    Open,
    /// From somewhere between two values on; what is known between them.
    From(f64, f64, Gap),
    /// Up to somewhere between two values.
    UpTo(f64, f64, Gap),
    /// From one value to another, and beyond neither.
    Within(f64, f64),
    /// Wherever it can be told, which is not everywhere.
    WhereTold,
    /// At some and not at others, in no order.
    HereAndThere,
}

/// What is known between a value at which a market lasts and one at which it is shown not to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// They are neighbours: both are told, since anything may be between them.
    Told,
    /// Between them lie values of which it cannot be told, or nothing is shown on the other side.
    Open,
}

impl Gap {
    fn between(are_neighbours: bool) -> Self {
        if are_neighbours { Self::Told } else { Self::Open }
    }
}

/// Where a market lasts, from what is known at values in order.
pub(super) fn turn(known: &[(f64, Verdict)]) -> Turn {
    let lasts = |verdict: Verdict| verdict == Verdict::Lasts;
    let is_open = |verdict: Verdict| verdict == Verdict::CannotBeTold;
    let count = |of: &dyn Fn(Verdict) -> bool| known.iter().filter(|(_, verdict)| of(*verdict)).count();
    match (count(&lasts), count(&is_open), known.len()) {
        (_, _, 0) => return Turn::Unknown,
        (n, _, all) if n == all => return Turn::Everywhere,
        (0, 0, _) => return Turn::Nowhere,
        (0, _, _) => return Turn::Open,
        _ => {}
    }
    let first = known.iter().position(|(_, verdict)| lasts(*verdict)).unwrap_or(0);
    let last = known.iter().rposition(|(_, verdict)| lasts(*verdict)).unwrap_or(0);
    let is_whole = known[first..=last].iter().all(|(_, verdict)| lasts(*verdict));
    // What cannot be told lies on neither side.
    let below = known[..first].iter().rposition(|(_, verdict)| !is_open(*verdict));
    let above = known[last + 1..].iter().position(|(_, verdict)| !is_open(*verdict)).map(|at| at + last + 1);
    match (is_whole, first, known.len() - 1 - last) {
        (true, 1.., 0) => {
            let (one, other) = (known[below.unwrap_or(0)].0, known[first].0);
            Turn::From(one, other, Gap::between(below.is_some_and(|below| below + 1 == first)))
        }
        (true, 0, 1..) => {
            let (one, other) = (known[last].0, known[above.unwrap_or(known.len() - 1)].0);
            Turn::UpTo(one, other, Gap::between(above.is_some_and(|above| above == last + 1)))
        }
        (false, ..) if count(&|verdict| lasts(verdict) || is_open(verdict)) == known.len() => Turn::WhereTold,
        (true, ..) => Turn::Within(known[first].0, known[last].0),
        _ => Turn::HereAndThere,
    }
}

impl Turn {
    /// After "the market": "lasts from a tenth of salary, not at 5 %".
    pub(super) fn words(self, say: &Say) -> String {
        if let (Say::HalfLife, Some(words)) = (say, self.of_healing(say)) {
            return words;
        }
        match self {
            Self::Unknown => "was not run".to_owned(),
            Self::Everywhere => format!("lasts at every {} tried", say.every()),
            Self::Nowhere => format!("lasts at no {} tried", say.every()),
            Self::Open => format!("cannot be told to last at any {}", say.every()),
            Self::From(a, b, Gap::Told) => {
                let (lasts, not) = say.pair(b, a);
                format!("lasts from {lasts}, not at {not}")
            }
            Self::From(_, b, Gap::Open) => format!("is shown to last from {}", say.value(b)),
            Self::UpTo(a, b, Gap::Told) => {
                let (lasts, not) = say.pair(a, b);
                format!("lasts up to {lasts}, not at {not}")
            }
            Self::UpTo(a, _, Gap::Open) => format!("is shown to last up to {}", say.value(a)),
            Self::Within(a, b) if b > a => {
                let (to, from) = say.pair(b, a);
                format!("is shown to last from {from} to {to}")
            }
            Self::Within(a, _) => format!("is shown to last at {} alone", say.value(a)),
            Self::WhereTold => format!("lasts wherever that can be told, not at every {}", say.every()),
            Self::HereAndThere => format!("lasts at some and not at others, by no order of {}", say.every()),
        }
    }

    /// After "the market" in a title, which has one number: a value on the other side is left to the subtitle.
    pub(super) fn short(self, say: &Say) -> String {
        match (say, self) {
            (Say::HalfLife, Self::UpTo(a, _, Gap::Told)) => {
                format!("lasts if half a grudge heals in {}", say.value(a))
            }
            (Say::HalfLife, Self::UpTo(a, _, Gap::Open)) => {
                format!("is shown to last if half a grudge heals in {}", say.value(a))
            }
            (Say::HalfLife, Self::From(_, b, Gap::Told)) => {
                format!("lasts only if half a grudge stays {}", say.value(b))
            }
            _ => self.words(say),
        }
    }

    /// The same of half-lives, in words for how fast grudges heal.
    fn of_healing(self, say: &Say) -> Option<String> {
        Some(match self {
            Self::UpTo(a, b, Gap::Told) => {
                format!(
                    "lasts if half of a grudge heals in {}, not if it takes {}",
                    say.value(a),
                    say.value(b)
                )
            }
            Self::UpTo(a, _, Gap::Open) => {
                format!("is shown to last if half of a grudge heals in {}", say.value(a))
            }
            Self::From(a, b, Gap::Told) => {
                format!("lasts only if half of a grudge stays for {}, not {}", say.value(b), say.value(a))
            }
            Self::Everywhere => "lasts at every pace of healing tried".to_owned(),
            Self::Nowhere => "lasts at no pace of healing tried".to_owned(),
            Self::Open => "cannot be told to last at any pace of healing tried".to_owned(),
            Self::HereAndThere => "lasts at some speeds of healing and not at others, in no order".to_owned(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{CannotBeTold, Dies, Lasts};

    #[test]
    fn the_edge_is_told_in_words_and_never_counts_cells() {
        let cuts = [0.05, 0.1, 0.2, 0.35, 0.5];
        let said = |verdicts: [Verdict; 5]| {
            let known: Vec<(f64, Verdict)> = cuts.into_iter().zip(verdicts).collect();
            turn(&known).words(&Say::Salary)
        };
        assert_eq!(
            said([Dies, Dies, Dies, Lasts, Lasts]),
            "lasts from 35\u{a0}% of salary, not at 20\u{a0}%"
        );
        assert_eq!(
            said([Dies, CannotBeTold, Lasts, Lasts, Lasts]),
            "is shown to last from a fifth of salary"
        );
        assert_eq!(said([Lasts; 5]), "lasts at every share of the salary tried");
        assert_eq!(said([Dies; 5]), "lasts at no share of the salary tried");
        assert_eq!(said([CannotBeTold; 5]), "cannot be told to last at any share of the salary");
        assert_eq!(said([Lasts, Lasts, Dies, Dies, Dies]), "lasts up to a tenth of salary, not at a fifth");
        let wide = [(0.02, Dies), (0.1, Lasts), (0.2, Lasts)];
        assert_eq!(turn(&wide).words(&Say::Salary), "lasts from a tenth of salary, not at a fiftieth");
        let wide = [(0.1, Lasts), (0.5, Dies)];
        assert_eq!(turn(&wide).words(&Say::Salary), "lasts up to a tenth of salary, not at half");
        assert_eq!(said([Dies, Lasts, Dies, Dies, Dies]), "is shown to last at a tenth of salary alone");
        assert!(
            said([Lasts, CannotBeTold, Lasts, Lasts, Lasts]).starts_with("lasts wherever that can be told")
        );
        assert!(said([Lasts, Dies, Lasts, Dies, Dies]).starts_with("lasts at some"));
        assert_eq!(turn(&[]), Turn::Unknown);
    }

    #[test]
    fn what_cannot_be_told_lies_on_neither_side_of_the_edge() {
        let known = [(1.0, CannotBeTold), (2.0, CannotBeTold), (3.0, Lasts)];
        assert_eq!(turn(&known), Turn::From(1.0, 3.0, Gap::Open));
        assert_eq!(turn(&[(1.0, Lasts), (2.0, CannotBeTold)]), Turn::UpTo(1.0, 2.0, Gap::Open));
    }
}
