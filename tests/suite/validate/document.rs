//! docs/validation.md is held to the list of checks, and every limit has its file.

use introsim::experiments::validation::{FAMILIES, missing::MISSING};
use introsim::scenario::load;

fn document() -> String {
    std::fs::read_to_string("docs/validation.md").unwrap()
}

#[test]
fn every_limit_has_a_file_that_says_what_it_is_and_can_be_read() {
    for family in FAMILIES {
        let path = format!("scenarios/validation/{}.toml", family.name);
        let text = std::fs::read_to_string(&path).unwrap();
        let head = text.lines().take_while(|line| line.starts_with('#')).count();
        assert!(head >= 3, "{path} says in its first lines what limit it is");
        let loaded = load(&path).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(!loaded.scenario.is_abstract, "{path}");
    }
    let files = std::fs::read_dir("scenarios/validation").unwrap().count();
    assert_eq!(files, FAMILIES.len() + 1, "a file for each limit, and the market in which nothing happens");
}

#[test]
fn the_document_names_every_limit_and_all_that_is_not_compared() {
    let text = document();
    for family in FAMILIES {
        let link = format!("[`{0}.toml`](../scenarios/validation/{0}.toml)", family.name);
        assert!(text.contains(&link), "docs/validation.md should link {link}");
        assert!(text.contains(&format!("**{}**", family.title)), "the results of {}", family.title);
    }
    for missing in MISSING {
        assert!(
            text.contains(missing.what),
            "docs/validation.md should say why {} is not compared",
            missing.what
        );
    }
}

/// The results are pasted from the command; their sums must be those of the rows.
#[test]
fn the_totals_of_the_document_are_those_of_its_rows() {
    let text = document();
    let (_, results) = text.split_once("## Results").unwrap();
    let ends =
        |verdict: &str| results.lines().filter(|line| line.ends_with(&format!("| {verdict} |"))).count();
    let (passed, failed) = (ends("pass"), ends("fail") + ends("too rough"));
    let total = format!("{passed} of {} checks pass", passed + failed);
    assert!(results.contains(&total), "{total}");
    let (hits, misses, open) = (ends("hit"), ends("miss"), ends("no detectable difference"));
    let total = format!("{hits} of {} facts are hit", hits + misses + open);
    assert!(results.contains(&total), "{total}");
}
