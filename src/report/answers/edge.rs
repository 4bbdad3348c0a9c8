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
    /// Those that last lie side by side, and of some of the others it cannot be told.
    Stretch(Stretch),
    /// None is shown to last, or they change more than once: those that last, and those of which it cannot be told.
    Mixed(Vec<f64>, Vec<f64>),
    /// There is no market to speak of.
    Nothing,
}

/// A stretch of a row in which all markets last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// The lowest value at which they last; `None` if it is the lowest that was tried.
    pub(super) from: Option<f64>,
    /// The highest; `None` if it is the highest that was tried.
    pub(super) to: Option<f64>,
    /// Values of which it cannot be told.
    pub(super) open: Vec<f64>,
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
        let of = |fits: &dyn Fn(&(f64, Verdict)) -> bool| -> Vec<f64> {
            row.iter().filter(|one| fits(one)).map(|one| one.0).collect()
        };
        let open = of(&|one| !lasts(one) && !no(one));
        let (Some(first), Some(last)) = (row.iter().position(lasts), row.iter().rposition(lasts)) else {
            return match (row.is_empty(), open.is_empty()) {
                (true, _) => Self::Nothing,
                (false, true) => Self::Nowhere,
                (false, false) => Self::Mixed(Vec::new(), open),
            };
        };
        let end = row.len() - 1;
        match (first, last) {
            _ if !row[first..=last].iter().all(lasts) => Self::Mixed(of(&lasts), open),
            (0, last) if last == end => Self::Everywhere,
            (first, last) if last == end && open.is_empty() => Self::From(row[first].0, row[first - 1].0),
            (0, last) if open.is_empty() => Self::UpTo(row[last].0, row[last + 1].0),
            (first, last) => Self::Stretch(Stretch {
                from: (first > 0).then(|| row[first].0),
                to: (last < end).then(|| row[last].0),
                open,
            }),
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
            Self::Stretch(Stretch { from, to, open }) => {
                let range = match (from, to) {
                    (Some(from), Some(to)) if from.total_cmp(to).is_eq() => {
                        format!("at a {knob} of {} alone", name(*from))
                    }
                    (Some(from), Some(to)) => format!("at {knob}s from {} to {}", name(*from), name(*to)),
                    (Some(from), None) => format!("from a {knob} of {} on", name(*from)),
                    (None, Some(to)) => format!("up to a {knob} of {}", name(*to)),
                    (None, None) => format!("at every {knob} tried"),
                };
                if open.is_empty() { range } else { format!("{range} ({} cannot be told)", all(open)) }
            }
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
        let stretch = |from, to, open| Edge::Stretch(Stretch { from, to, open });
        assert_eq!(edge(&[Dies, CannotBeTold, Lasts]), stretch(Some(3.0), None, vec![2.0]));
        assert_eq!(edge(&[Lasts, CannotBeTold, Dies]), stretch(None, Some(1.0), vec![2.0]));
        assert_eq!(edge(&[Dies, Lasts, Dies]), stretch(Some(2.0), Some(2.0), vec![]));
        assert_eq!(edge(&[Lasts, Dies, Lasts]), Edge::Mixed(vec![1.0, 3.0], vec![]));
        assert_eq!(edge(&[Lasts, CannotBeTold, Lasts]), Edge::Mixed(vec![1.0, 3.0], vec![2.0]));
        assert_eq!(edge(&[Lasts, Lasts]), Edge::Everywhere);
        assert_eq!(edge(&[Dies, OnNewcomers]), Edge::Nowhere);
        assert_eq!(edge(&[Dies, CannotBeTold]), Edge::Mixed(vec![], vec![2.0]));
        assert_eq!(edge(&[]), Edge::Nothing);
    }

    #[test]
    fn a_stretch_is_told_by_its_ends_and_what_cannot_be_told() {
        let row = |verdicts: &[Verdict]| {
            let row: Vec<(f64, Verdict)> = (1..).map(f64::from).zip(verdicts.iter().copied()).collect();
            Edge::along(&row).words("cut", |value| format!("{value}0%"))
        };
        assert_eq!(row(&[Dies, CannotBeTold, Lasts, Lasts]), "from a cut of 30% on (20% cannot be told)");
        assert_eq!(row(&[Dies, Lasts, Lasts, Dies]), "at cuts from 20% to 30%");
        assert_eq!(row(&[Dies, Lasts, CannotBeTold]), "at a cut of 20% alone (30% cannot be told)");
        assert_eq!(row(&[Lasts, CannotBeTold]), "up to a cut of 10% (20% cannot be told)");
    }
}
