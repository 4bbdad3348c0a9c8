//! Sentences on crossings: from where on something holds, how well that is known, and what it means that there is none.

use crate::experiments::threshold::Part;
use crate::experiments::threshold::crossing::{Crossing, Found};
use crate::text::{minus, percent_in_cell, significant, three_digits};
use crate::units::Unit;

/// A number with three digits and its unit: "21.3%", "$3,120", "4.25h".
pub(super) fn figure(unit: Unit, x: f64) -> String {
    // A number of a unit without a name of its own needs no digits behind the point if it is whole.
    match unit {
        Unit::Rate | Unit::Sd | Unit::Of(_) => significant(x),
        unit => minus(&unit.format(three_digits(x))),
    }
}

/// A value with its interval: "21.3% [19.8%, 23.5%]".
pub(super) fn with_interval(unit: Unit, value: f64, interval: Option<(f64, f64)>) -> String {
    let value = figure(unit, value);
    match interval.filter(|(low, high)| low < high) {
        Some((low, high)) => format!("{value} [{}, {}]", figure(unit, low), figure(unit, high)),
        None => value,
    }
}

/// What is true above or below a crossing.
///
/// - `holds`, `fails`: what is said of the thing, as in "pays" and "no longer pays"
/// - `value`: where, with its interval
pub(super) fn crossed(crossing: &Crossing, [holds, fails]: [&str; 2], value: &str) -> String {
    let verb = if crossing.rises { holds } else { fails };
    let without = match crossing.missing {
        share if share < 0.0005 => String::new(),
        share => format!("; not in {} of resamples", percent_in_cell(share, 1)),
    };
    format!("{verb} from {value} on{without}")
}

/// What is true where nothing is crossed.
///
/// - `range`: "from 1% to 50%"
/// - `part`: where it is shown all the same
pub(super) fn uncrossed(
    found: Option<&Found>,
    holds: &str,
    range: &str,
    (part, unit): (Option<Part>, Unit),
) -> String {
    let Some(found) = found else { return "no replication finished everywhere".to_owned() };
    match found.above {
        Some(true) => format!("{holds} everywhere {range}"),
        Some(false) => format!("{holds} nowhere {range}"),
        None if found.replications < 2 => format!("no crossing {range}; one replication cannot tell more"),
        None => match part {
            Some(part) => {
                let verb = if part.holds { holds.to_owned() } else { format!("{holds} nowhere") };
                let [from, to] = [part.from, part.to].map(|value| figure(unit, value));
                format!("{verb} from {from} to {to}; else cannot be told")
            }
            None => format!("cannot be told {range} with {} replications", found.replications),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits_and_their_unit() {
        assert_eq!(figure(Unit::Share, 0.213_456), "21.3%");
        assert_eq!(figure(Unit::Dollars, 3_118.2), "$3,120");
        assert_eq!(figure(Unit::Hours, 4.254), "4.25h");
        assert_eq!(figure(Unit::Of("people"), 12.0), "12");
        assert_eq!(with_interval(Unit::Share, 0.2, Some((0.1, 0.3))), "20% [10%, 30%]");
        assert_eq!(with_interval(Unit::Sd, -0.25, None), "−0.25");
    }

    #[test]
    fn a_crossing_is_told_by_its_direction_and_by_what_lacks_it() {
        let up = Crossing { place: 0.2, rises: true, interval: None, missing: 0.0 };
        assert_eq!(crossed(&up, ["pays", "no longer pays"], "20%"), "pays from 20% on");
        let down = Crossing { rises: false, missing: 0.031, ..up };
        assert_eq!(
            crossed(&down, ["pays", "no longer pays"], "40%"),
            "no longer pays from 40% on; not in 3.1 % of resamples"
        );
    }

    #[test]
    fn where_nothing_is_crossed_the_side_is_told_or_that_it_cannot_be() {
        let found = |above, replications| Found {
            crossings: Vec::new(),
            above,
            part: None,
            replications,
            whole: 1.0,
        };
        let range = "from 1% to 50%";
        let say = |above, n| uncrossed(Some(&found(above, n)), "pays", range, (None, Unit::Share));
        assert_eq!(say(Some(true), 9), "pays everywhere from 1% to 50%");
        assert_eq!(say(Some(false), 9), "pays nowhere from 1% to 50%");
        assert_eq!(say(None, 9), "cannot be told from 1% to 50% with 9 replications");
        assert_eq!(say(None, 1), "no crossing from 1% to 50%; one replication cannot tell more");
        assert_eq!(uncrossed(None, "pays", "", (None, Unit::Share)), "no replication finished everywhere");
        let part = Some(Part { from: 0.03, to: 0.4, holds: true });
        assert_eq!(
            uncrossed(Some(&found(None, 9)), "pays", range, (part, Unit::Share)),
            "pays from 3% to 40%; else cannot be told"
        );
    }
}
