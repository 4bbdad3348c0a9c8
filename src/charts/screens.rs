//! What screens are called, and by what rule those of a picture take an applicant, in the same words wherever screens are
//! drawn.

use crate::text;
use crate::units::Unit;

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

/// Hours of each stage as tables, settings and levels write them: "[{ hours = 1h, accept_above = 0.2 }]" has 1, "[]"
/// none. `None` if the text is no list of stages.
pub(crate) fn hours(stages: &str) -> Option<Vec<f64>> {
    if stages.trim() == "[]" {
        return Some(Vec::new());
    }
    let ends = |c: char| c == ',' || c == '}' || c == ']';
    let stage = |part: &str| {
        let written = part.trim_start().strip_prefix('=')?.split(ends).next()?.trim().trim_matches('"');
        Unit::Hours.parse(written).ok()
    };
    let hours: Vec<f64> = stages.split("hours").skip(1).map(stage).collect::<Option<_>>()?;
    (!hours.is_empty()).then_some(hours)
}

/// A screen by its hours: "unscreened", "a screen of 2 hours"; a text that is no list of stages as it is.
pub(crate) fn name(stages: &str) -> String {
    match hours(stages).map(|hours| hours.iter().sum()) {
        Some(0.0) => "unscreened".to_owned(),
        Some(all) => format!("a screen of {}", text::hours(all)),
        None => stages.to_owned(),
    }
}

/// The same beside a title that says that it is of screens: "none", "2 hours".
pub(crate) fn length(stages: &str) -> String {
    match hours(stages).map(|hours| hours.iter().sum()) {
        Some(0.0) => "none".to_owned(),
        Some(all) => text::hours(all),
        None => stages.to_owned(),
    }
}

/// The same stage by stage: "0.5 + 4 hours".
pub(crate) fn lengths(stages: &str) -> String {
    match hours(stages).filter(|hours| hours.len() > 1) {
        Some(hours) => {
            let hours: Vec<String> = hours.iter().map(|&hours| text::exact(hours)).collect();
            format!("{} hours", hours.join(" + "))
        }
        None => length(stages),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_stages_are_read_as_tables_settings_and_levels_write_them() {
        let texts = [
            "[]",
            "[{ hours = 1h, accept_above = 0.2 }]",
            "[{ hours = 0.5, accept_above = \"profit\" }, { hours = \"90 min\" }]",
        ];
        assert_eq!(texts.map(hours), [Some(vec![]), Some(vec![1.0]), Some(vec![0.5, 1.5])]);
        assert_eq!(["none", "hours = soon", "[1, 2]"].map(hours), [None, None, None]);
    }

    #[test]
    fn screens_are_named_by_their_hours() {
        let two = "[{ hours = \"0.5h\", accept_above = \"profit\" }, { hours = \"4.0h\", accept_above = 1 }]";
        assert_eq!(
            [name(two), length(two), lengths(two)],
            ["a screen of 4.5 hours", "4.5 hours", "0.5 + 4 hours"]
        );
        let short = "[{ hours = 0.5, accept_above = 0.2 }]";
        assert_eq!([name(short), lengths(short)], ["a screen of 30 minutes", "30 minutes"]);
        assert_eq!([name("[]"), length("[]")], ["unscreened", "none"]);
        assert_eq!([name("a word"), length("a word")], ["a word", "a word"]);
    }

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
