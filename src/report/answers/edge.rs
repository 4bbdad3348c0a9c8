//! The edge of a row of markets along one knob: from which value on they last.

use super::super::sweep::Setting;
use crate::experiments::verdict::Verdict;
use crate::text;

/// Where a row of markets begins to last.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edge {
    /// At every value.
    Everywhere,
    /// At no value: it is shown of all.
    Nowhere,
    /// From a value on, and shown at all lower ones that it does not; the highest of these.
    From(f64, f64),
    /// Up to a value, and shown at all higher ones that it does not; the lowest of these.
    UpTo(f64, f64),
    /// Some cannot be told, or they change more than once: those that last, and those of which it cannot be told.
    Mixed(Vec<f64>, Vec<f64>),
    /// There is no market to speak of.
    Nothing,
}

impl Edge {
    /// The edge of settings, each with the value of the knob.
    pub(super) fn of<'a>(row: impl Iterator<Item = (f64, &'a Setting)>) -> Self {
        let mut row: Vec<(f64, Verdict)> =
            row.filter_map(|(value, setting)| Some((value, setting.judged()?.verdict))).collect();
        row.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self::along(&row)
    }

    fn along(row: &[(f64, Verdict)]) -> Self {
        let lasts = |(_, verdict): &(f64, Verdict)| *verdict == Verdict::Lasts;
        let no = |(_, verdict): &(f64, Verdict)| verdict.is_no();
        let turn = row.iter().position(|one| lasts(one) != row.first().is_some_and(lasts));
        match turn {
            _ if row.is_empty() => Self::Nothing,
            None if row.iter().all(lasts) => Self::Everywhere,
            None if row.iter().all(no) => Self::Nowhere,
            Some(at) if row[..at].iter().all(no) && row[at..].iter().all(lasts) => {
                Self::From(row[at].0, row[at - 1].0)
            }
            Some(at) if row[..at].iter().all(lasts) && row[at..].iter().all(no) => {
                Self::UpTo(row[at - 1].0, row[at].0)
            }
            _ => {
                let of = |fits: &dyn Fn(&(f64, Verdict)) -> bool| {
                    row.iter().filter(|one| fits(one)).map(|one| one.0).collect()
                };
                Self::Mixed(of(&lasts), of(&|one| !lasts(one) && !no(one)))
            }
        }
    }

    /// Where, in words: "from a cut of 10 % on", "at every cut tried". `name`: a value in words.
    pub(super) fn words(&self, knob: &str, name: impl Fn(f64) -> String) -> String {
        let all = |values: &[f64]| text::joined(&values.iter().map(|&value| name(value)).collect::<Vec<_>>());
        match self {
            Self::Everywhere => format!("at every {knob} tried"),
            Self::Nowhere => format!("at no {knob} tried"),
            Self::From(value, _) => format!("from a {knob} of {} on", name(*value)),
            Self::UpTo(value, _) => format!("up to a {knob} of {}", name(*value)),
            Self::Mixed(lasts, open) if lasts.is_empty() => {
                format!("at no {knob} for which it can be told ({} cannot)", all(open))
            }
            Self::Mixed(lasts, open) if open.is_empty() => format!("at {knob}s of {} alone", all(lasts)),
            Self::Mixed(lasts, open) => {
                format!("at {knob}s of {} ({} cannot be told)", all(lasts), all(open))
            }
            Self::Nothing => format!("at no {knob} that was judged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{CannotBeTold, Dies, Lasts, OnNewcomers};

    #[test]
    fn an_edge_is_told_only_where_both_sides_of_it_are() {
        let edge = |verdicts: &[Verdict]| {
            let row: Vec<(f64, Verdict)> = (1..).map(f64::from).zip(verdicts.iter().copied()).collect();
            Edge::along(&row)
        };
        assert_eq!(edge(&[Dies, OnNewcomers, Lasts, Lasts]), Edge::From(3.0, 2.0));
        assert_eq!(edge(&[Lasts, Dies]), Edge::UpTo(1.0, 2.0));
        assert_eq!(edge(&[Dies, CannotBeTold, Lasts]), Edge::Mixed(vec![3.0], vec![2.0]));
        assert_eq!(edge(&[Dies, Lasts, Dies]), Edge::Mixed(vec![2.0], vec![]));
        assert_eq!(edge(&[Lasts, Lasts]), Edge::Everywhere);
        assert_eq!(edge(&[Dies, OnNewcomers]), Edge::Nowhere);
        assert_eq!(edge(&[Dies, CannotBeTold]), Edge::Mixed(vec![], vec![2.0]));
        assert_eq!(edge(&[]), Edge::Nothing);
    }
}
