//! The nearest right spelling.

/// The candidate most like `word`, if one is like enough to be meant.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: String = word.chars().take(64).flat_map(char::to_lowercase).collect();
    candidates
        .map(|candidate| (strsim::jaro_winkler(&word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_the_word_and_nonsense_finds_nothing() {
        let words = ["share_of_salary", "success_fee", "upfront"];
        assert_eq!(nearest("share_of_salery", words.into_iter()), Some("share_of_salary"));
        assert_eq!(nearest("UpFront", words.into_iter()), Some("upfront"));
        assert_eq!(nearest("zzz", words.into_iter()), None);
    }
}
