//! What runs warned of: one warning once, however many parts and scenarios it is of.

use crate::text;

/// A warning as a run has left it.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    /// What ran; nothing where there is but one run.
    pub(super) part: Option<&'static str>,
    /// The scenario that it begins with, as a reader calls it, if it is of one.
    pub(super) scenario: Option<String>,
    /// The rest of it.
    pub(super) text: String,
}

impl Noted {
    /// A warning taken apart.
    ///
    /// - `scenarios`: names of scenarios, and what a reader calls each
    pub(super) fn of(part: Option<&'static str>, text: &str, scenarios: &[(String, String)]) -> Self {
        let named = scenarios.iter().find_map(|(name, short)| {
            Some((short.clone(), text.strip_prefix(name.as_str())?.strip_prefix(' ')?))
        });
        match named {
            Some((short, rest)) => Self { part, scenario: Some(short), text: rest.to_owned() },
            None => Self { part, scenario: None, text: text.to_owned() },
        }
    }
}

/// What is said alike of several, and the numbers in which they differ.
struct Group {
    /// The words with a gap for each number.
    frame: Vec<String>,
    /// Parts, scenarios and numbers of each.
    each: Vec<(Option<&'static str>, Option<String>, Vec<String>)>,
}

/// The warnings, those of the same words together: a sentence each, and its advice.
pub(super) fn together(all: &[Noted]) -> Vec<(String, String)> {
    let mut groups: Vec<Group> = Vec::new();
    for noted in all {
        let (frame, numbers) = apart(&noted.text);
        let one = (noted.part, noted.scenario.clone(), numbers);
        match groups.iter_mut().find(|group| group.frame == frame) {
            Some(group) if group.each.contains(&one) => {}
            Some(group) => group.each.push(one),
            None => groups.push(Group { frame, each: vec![one] }),
        }
    }
    groups.iter().map(Group::said).collect()
}

/// A text as the words between its numbers, and the numbers.
fn apart(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut frame, mut numbers) = (vec![String::new()], Vec::new());
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || c == '−';
    for piece in text.split_inclusive(|c: char| !is_number(c)) {
        let number: String = piece.chars().take_while(|&c| is_number(c)).collect();
        let (number, rest) = piece.split_at(number.len());
        if number.chars().any(|c| c.is_ascii_digit()) {
            numbers.push(number.to_owned());
            frame.push(rest.to_owned());
        } else if let Some(last) = frame.last_mut() {
            last.push_str(piece);
        }
    }
    (frame, numbers)
}

impl Group {
    /// The text of one of them, and its advice.
    fn whole(&self, numbers: &[String]) -> (String, String) {
        let mut text = String::new();
        for (place, words) in self.frame.iter().enumerate() {
            text += words;
            text += numbers.get(place).map_or("", String::as_str);
        }
        text.split_once("; try ").map_or_else(
            || (text.clone(), String::new()),
            |(said, advice)| (said.to_owned(), format!("Try {advice}.")),
        )
    }

    fn said(&self) -> (String, String) {
        let Some((_, scenario, numbers)) = self.each.first() else { return <(String, String)>::default() };
        let (text, advice) = self.whole(numbers);
        let mut parts: Vec<&str> = self.each.iter().filter_map(|(part, ..)| *part).collect();
        parts.dedup();
        let of = match parts.as_slice() {
            [] => String::new(),
            parts => {
                let named: Vec<String> = parts.iter().map(|part| format!("the {part}")).collect();
                format!("Of {}: ", text::joined(&named))
            }
        };
        let name = |scenario: &Option<String>| {
            scenario.as_ref().map_or_else(String::new, |scenario| format!("“{scenario}” "))
        };
        let first = format!("{}{text}", name(scenario));
        let more: Vec<String> = self.each[1..].iter().filter_map(|one| self.other(one)).collect();
        let more = match more.len() {
            0 => String::new(),
            _ if scenario.is_some() => format!("; the same of {}", text::joined(&more)),
            _ => format!("; and {}", text::joined(&more)),
        };
        (format!("{}{more}.", text::capital(&format!("{of}{first}"))), advice)
    }

    /// What another says in which it differs from the first; nothing where it differs in its part alone.
    fn other(
        &self,
        (_, scenario, numbers): &(Option<&'static str>, Option<String>, Vec<String>),
    ) -> Option<String> {
        let (_, of_first, first) = self.each.first()?;
        let differ: Vec<&str> = numbers
            .iter()
            .zip(first)
            .filter(|(one, other)| one != other)
            .map(|(one, _)| one.as_str())
            .collect();
        let value = match differ.as_slice() {
            [] => String::new(),
            [value, low, high] => format!("{value} [{low} to {high}]"),
            values => values.join(", "),
        };
        match (scenario, value.is_empty()) {
            (Some(scenario), true) => Some(format!("“{scenario}”")),
            (Some(scenario), false) => Some(format!("“{scenario}” ({value})")),
            (None, true) => None,
            (None, false) if of_first.is_none() => Some(value),
            (None, false) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_of_many_is_said_once_with_the_list_of_whose_it_is() {
        let names = [("a".to_owned(), "the first".to_owned()), ("b".to_owned(), "second".to_owned())];
        let texts = [
            "a had not come to rest in 520 weeks: 12 [3 to 21]; try --weeks 1040",
            "b had not come to rest in 520 weeks: −8 [−15 to −1]; try --weeks 1040",
        ];
        let noted: Vec<Noted> = texts.iter().map(|text| Noted::of(Some("library"), text, &names)).collect();
        assert_eq!(
            together(&noted),
            [(
                "Of the library: “the first” had not come to rest in 520 weeks: 12 [3 to 21]; the same of “second” (−8 [−15 \
                 to −1])."
                    .to_owned(),
                "Try --weeks 1040.".to_owned()
            )]
        );
    }

    #[test]
    fn what_several_parts_say_alike_is_said_once_of_all() {
        let of = |part, text: &str| Noted::of(Some(part), text, &[]);
        let said =
            together(&[of("map", "it is short"), of("healing", "it is short"), of("map", "it is long")]);
        let texts: Vec<&str> = said.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["Of the map and the healing: it is short.", "Of the map: it is long."]);
    }
}
