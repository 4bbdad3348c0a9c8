//! Judging: a figure against what it should be, by a rule that was stated before.

use crate::text::three;
/// Standard errors within which a figure must lie: a right one fails once in 16,000 times.
pub const ERRORS: f64 = 4.0;
/// Standard errors of a one-sided interval of 95 %.
const ONE_SIDED: f64 = 1.645;

/// When a comparison passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// Within so many standard errors of the target; in a full run these must also come to at most `precision`, in the
    /// unit of the figure, where one is asked for.
    Errors {
        /// Standard errors.
        most: f64,
        /// What they may come to.
        precision: Option<f64>,
    },
    /// Not above the target, by a one-sided interval of 95 %: of how people decide, not of how the program counts. A miss
    /// is shown and fails nothing.
    AtMost,
    /// Equal to the target but for rounding, which may come to so much.
    Equal(f64),
    /// A figure of the world: in this range, or on the right side of zero. A miss is shown and fails nothing.
    Fact(f64, f64),
    /// Nothing is compared, for the reason in the note.
    Nothing,
}

impl Rule {
    /// Within four standard errors.
    #[must_use]
    pub const fn errors() -> Self {
        Self::Errors { most: ERRORS, precision: None }
    }

    /// Within four standard errors, which come to at most `precision`.
    #[must_use]
    pub const fn precise(precision: f64) -> Self {
        Self::Errors { most: ERRORS, precision: Some(precision) }
    }

    /// The rule in words.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Errors { most, precision: None } => format!("within {most} standard errors"),
            Self::Errors { most, precision: Some(precision) } => {
                format!("within {most} standard errors, which are at most {}", three(precision))
            }
            Self::AtMost => "at most that, by an interval of 95 % to one side".to_owned(),
            Self::Equal(tolerance) => format!("equal to within {tolerance:e}"),
            Self::Fact(low, high) if high == f64::INFINITY => format!("above {}", three(low)),
            Self::Fact(low, high) if low == f64::NEG_INFINITY => format!("below {}", three(high)),
            Self::Fact(low, high) => format!("between {} and {}", three(low), three(high)),
            Self::Nothing => String::new(),
        }
    }
}

/// What came of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rule holds.
    Pass,
    /// It does not.
    Fail,
    /// It would hold, but the errors are larger than was asked for: this says nothing, and counts as a failure.
    TooRough,
    /// A fact is met.
    Hit,
    /// It is not.
    Miss,
    /// A sign that the figure's interval leaves open.
    Undecided,
    /// Nothing is compared.
    NotApplicable,
}

impl Verdict {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::TooRough => "too rough",
            Self::Hit => "hit",
            Self::Miss => "miss",
            Self::Undecided => "no detectable difference",
            Self::NotApplicable => "not applicable",
        }
    }

    /// Whether it makes the program's verification fail.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Fail | Self::TooRough)
    }
}

/// A figure of the model with its standard error; `None` where it has none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its standard error; none of a figure without luck.
    pub error: Option<f64>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What it is about: the title of its family, or of the facts.
    pub group: String,
    /// What is compared.
    pub what: String,
    /// Unit of target and figure; empty for numbers without one.
    pub unit: &'static str,
    /// What the figure should be.
    pub target: Option<f64>,
    /// Where the target is from.
    pub source: String,
    /// The model's figure.
    pub figure: Option<Figure>,
    /// Interval around it: of a check the standard errors that the rule allows, of a fact 95 %.
    pub interval: Option<(f64, f64)>,
    /// When it passes.
    pub rule: Rule,
    /// Whether it does.
    pub verdict: Verdict,
    /// What else is to say.
    pub note: String,
}

impl Check {
    /// A comparison of a figure that carries luck.
    #[must_use]
    pub fn new(
        what: impl Into<String>,
        unit: &'static str,
        (target, source): (f64, &str),
        (value, error): (f64, f64),
        rule: Rule,
    ) -> Self {
        let allowed = error
            * match rule {
                Rule::Errors { most, .. } => most,
                Rule::AtMost => ONE_SIDED,
                _ => ERRORS,
            };
        Self {
            group: String::new(),
            what: what.into(),
            unit,
            target: Some(target),
            source: source.to_owned(),
            figure: Some(Figure { value, error: Some(error) }),
            interval: allowed.is_finite().then_some((value - allowed, value + allowed)),
            rule,
            verdict: judge(rule, target, value, Some(error)),
            note: String::new(),
        }
    }

    /// A comparison of a figure that luck does not touch.
    #[must_use]
    pub fn exact(
        what: impl Into<String>,
        unit: &'static str,
        (target, source): (f64, &str),
        value: f64,
        tolerance: f64,
    ) -> Self {
        let rule = Rule::Equal(tolerance);
        Self {
            figure: Some(Figure { value, error: None }),
            interval: None,
            verdict: judge(rule, target, value, None),
            ..Self::new(what, unit, (target, source), (value, 0.0), rule)
        }
    }

    /// The same; failed and without numbers where one of them is none that could be written.
    #[must_use]
    pub fn sound(self) -> Self {
        let numbers = [
            self.target,
            self.figure.map(|figure| figure.value),
            self.figure.and_then(|figure| figure.error),
        ];
        if numbers.into_iter().flatten().all(f64::is_finite) {
            return self;
        }
        let note = "the limit that the file makes has no such number".to_owned();
        Self { target: None, figure: None, interval: None, verdict: Verdict::Fail, note, ..self }
    }

    /// The same with a remark.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// (figure − target) in standard errors; 0 where both are equal, `None` where there is no error to count in.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        let (figure, target) = (self.figure?, self.target?);
        match figure.error {
            Some(error) if error > 0.0 => Some((figure.value - target) / error),
            _ => None,
        }
    }

    /// In a quick run precision is reported and not asked for.
    #[must_use]
    pub fn without_precision(self) -> Self {
        let Rule::Errors { most, .. } = self.rule else { return self };
        let rule = Rule::Errors { most, precision: None };
        let verdict = match (self.figure, self.target) {
            (Some(figure), Some(target)) => judge(rule, target, figure.value, figure.error),
            _ => self.verdict,
        };
        Self { rule, verdict, ..self }
    }
}

/// The verdict of a rule on a figure.
#[must_use]
pub fn judge(rule: Rule, target: f64, value: f64, error: Option<f64>) -> Verdict {
    match rule {
        Rule::Errors { most, precision } => {
            let Some(error) = error.filter(|error| *error > 0.0 && error.is_finite()) else {
                return Verdict::Fail;
            };
            let off = (value - target).abs();
            // Not a number is no pass.
            if off.is_nan() || off > most * error {
                Verdict::Fail
            } else if precision.is_some_and(|asked| most * error > asked) {
                Verdict::TooRough
            } else {
                Verdict::Pass
            }
        }
        Rule::AtMost => {
            let Some(error) = error.filter(|error| error.is_finite()) else { return Verdict::Miss };
            let (low, high) = (value - ONE_SIDED * error, value + ONE_SIDED * error);
            if high <= target {
                Verdict::Hit
            } else if low > target || low.is_nan() {
                Verdict::Miss
            } else {
                Verdict::Undecided
            }
        }
        Rule::Equal(tolerance) if (value - target).abs() <= tolerance => Verdict::Pass,
        Rule::Equal(_) => Verdict::Fail,
        Rule::Fact(low, high) if (low..=high).contains(&value) => Verdict::Hit,
        Rule::Fact(..) => Verdict::Miss,
        Rule::Nothing => Verdict::NotApplicable,
    }
}
