//! By what rule the screens of a picture take an applicant, in the same words wherever screens are drawn.

/// The screens of the picture under which it stands.
pub(crate) const HERE: &str = "Screens here";

/// Who is taken where a bar stands fixed.
const FIXED: &str = "whoever looks able enough (a fixed bar)";

/// Who is taken where the bar is what pays.
const PROFIT: &str = "whom it pays to take (no fixed bar)";

/// A sentence about the screens of a picture; `None` where none is named with its bar.
///
/// - `whose`: subject of the sentence, such as [`HERE`]
/// - `screens`: name of each, and its stages as they stand in a file
pub(crate) fn said<'a>(whose: &str, screens: impl Iterator<Item = (String, &'a str)>) -> Option<String> {
    let known: Vec<(String, Vec<bool>)> = screens.map(|(name, stages)| (name, pays(stages))).collect();
    let all: Vec<bool> = known.iter().flat_map(|(_, bars)| bars.iter().copied()).collect();
    match (all.is_empty(), all.iter().all(|it| *it), all.iter().any(|it| *it)) {
        (true, ..) => None,
        (_, true, _) => Some(format!("{whose} take {PROFIT}.")),
        (_, _, false) => Some(format!("{whose} take {FIXED}.")),
        _ => {
            let others = known.iter().filter(|(_, bars)| bars.contains(&true));
            let others: Vec<String> = others.map(|(name, bars)| one(name, bars)).collect();
            Some(format!("{whose} take {FIXED}; {}.", others.join("; ")))
        }
    }
}

/// What is otherwise of a screen some of whose looks have no fixed bar.
fn one(name: &str, bars: &[bool]) -> String {
    match bars {
        [.., true] if bars.iter().any(|it| !*it) => format!("{name} at its last look {PROFIT}"),
        _ if bars.iter().all(|it| *it) => format!("{name} takes {PROFIT}"),
        _ => format!("{name} at some looks {PROFIT}"),
    }
}

/// Of each stage whether its bar is what pays.
fn pays(stages: &str) -> Vec<bool> {
    let bar = |rest: &str| rest.split('}').next().is_some_and(|bar| bar.contains("profit"));
    stages.split("accept_above").skip(1).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_bars_and_bars_that_pay_are_told_apart_in_the_same_words() {
        let fixed = "[{ hours = 0.5, accept_above = 0.2 }, { hours = 1.5, accept_above = 0.4 }]";
        let pays = "screening.stages = [{ hours = 0.5h, accept_above = profit }]";
        let mixed = "[{ hours = 0.5, accept_above = 0.3 }, { hours = 12.0, accept_above = \"profit\" }]";
        let of = |screens: &[&'static str]| {
            said(HERE, screens.iter().map(|stages| (format!("a screen of {}", stages.len()), *stages)))
        };
        assert_eq!(of(&["[]", "none"]), None);
        assert_eq!(of(&["[]", fixed]).unwrap(), "Screens here take whoever looks able enough (a fixed bar).");
        assert_eq!(of(&[pays]).unwrap(), "Screens here take whom it pays to take (no fixed bar).");
        assert_eq!(
            of(&[fixed, mixed, pays]).unwrap(),
            format!(
                "Screens here take whoever looks able enough (a fixed bar); a screen of {} at its last look whom it pays to take \
                 (no fixed bar); a screen of {} takes whom it pays to take (no fixed bar).",
                mixed.len(),
                pays.len()
            )
        );
    }
}
