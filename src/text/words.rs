//! Names, counts and lists in a sentence.

use super::numbers::count;

/// A noun for so many: "week", "weeks".
#[must_use]
pub fn plural(n: usize, noun: &str) -> String {
    format!("{noun}{}", if n == 1 { "" } else { "s" })
}

/// A count with its noun: "1 week", "2 weeks".
#[must_use]
pub fn counted(n: usize, noun: &str) -> String {
    format!("{} {}", count(n), plural(n, noun))
}

/// A stretch of weeks, in years where they are whole: "5 years", "30 weeks".
#[must_use]
pub fn span(weeks: usize) -> String {
    let (n, unit) =
        if weeks >= 52 && weeks.is_multiple_of(52) { (weeks / 52, "year") } else { (weeks, "week") };
    counted(n, unit).replace(' ', "\u{a0}")
}

/// A number of hours: "2 hours", "30 minutes".
#[must_use]
pub fn hours(hours: f64) -> String {
    if hours > 0.0 && hours < 1.0 {
        return format!("{:.0} minutes", 60.0 * hours);
    }
    let text = format!("{hours:.1}");
    let text = text.trim_end_matches(".0");
    format!("{text} {}", plural(if text == "1" { 1 } else { 2 }, "hour"))
}

/// Names in a sentence: "“a”, “b” and “c”".
#[must_use]
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(&names.into_iter().map(quoted).collect::<Vec<_>>())
}

/// Parts of a sentence: "a, b and c".
#[must_use]
pub fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} and {last}", some.join(", ")),
    }
}

/// Things by their numbers: "worker 3", "workers 3, 5 and 8", "no worker".
#[must_use]
pub fn numbered(noun: &str, numbers: &[u32]) -> String {
    if numbers.is_empty() {
        return format!("no {noun}");
    }
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    format!("{} {}", plural(numbers.len(), noun), joined(&numbers))
}

/// The first three of a list, and how many more there are.
#[must_use]
pub fn first_few(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    match names {
        [some @ .., _] if names.len() > SHOWN => {
            format!("{} and {} more", some[..SHOWN].join(", "), count(names.len() - SHOWN))
        }
        few => few.join(", "),
    }
}

/// With its first letter a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// With a small letter in front.
#[must_use]
pub fn small_letter(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A scenario's name in a sentence: in quotation marks, cut between words if very long.
#[must_use]
pub fn quoted(name: &str) -> String {
    const MOST_LETTERS: usize = 48;
    let short: String = name.chars().take(MOST_LETTERS).collect();
    if short.len() == name.len() {
        return format!("“{name}”");
    }
    let whole = short.rsplit_once(' ').map_or(short.as_str(), |(words, _)| words);
    format!("“{}…”", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!([0, 1, 1200].map(|n| counted(n, "week")), ["0 weeks", "1 week", "1,200 weeks"]);
        assert_eq!(
            [52, 260, 60, 1].map(span),
            ["1\u{a0}year", "5\u{a0}years", "60\u{a0}weeks", "1\u{a0}week"]
        );
        assert_eq!([0.25, 1.0, 2.5, 10.0].map(hours), ["15 minutes", "1 hour", "2.5 hours", "10 hours"]);
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed(["a", "b", "c"]), "“a”, “b” and “c”");
        assert_eq!(
            [&[][..], &[3], &[3, 5, 8]].map(|rows| numbered("worker", rows)),
            ["no worker", "worker 3", "workers 3, 5 and 8"]
        );
        assert_eq!(first_few(&["a", "b", "c"]), "a, b, c");
        assert_eq!(first_few(&["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
        assert_eq!((capital("ärger"), small_letter("Ärger")), ("Ärger".to_owned(), "ärger".to_owned()));
        assert_eq!(quoted(&"long ".repeat(20)), "“long long long long long long long long long…”");
    }
}
