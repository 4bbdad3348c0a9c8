//! `introsim trace` as it is typed: what it prints, and what it refuses.

use std::fs;
use std::process::Command;

const MARKET: &str = "title = \"Small\"
[run]
weeks = 40
burn_in = 20
[workers]
count = 300
[decision_makers]
count = 40
[introducers]
count = 20
ties = 8
";

const SELLING: &str = "[sellers]
entry = \"closed\"
share = \"20%\"
outside_wage_log_sd = 0
open_hours = 0
[contract]
upfront = \"$50\"
";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("organic.toml", MARKET);
        place.write("cash.toml", &format!("{MARKET}{SELLING}"));
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    /// What the program says on its two outputs, where it ends with this code.
    fn say(&self, code: i32, width: Option<u16>, words: &[&str]) -> (String, String) {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command.current_dir(self.0.path()).env_remove("COLUMNS").arg("trace").args(words);
        if let Some(width) = width {
            command.env("COLUMNS", width.to_string());
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{words:?}\n{out}\n{err}");
        (out, err)
    }

    fn refuses(&self, words: &[&str], parts: &[&str]) {
        let (out, err) = self.say(2, None, words);
        assert!(out.is_empty(), "{words:?} printed {out}");
        for part in parts {
            assert!(err.contains(part), "{words:?} should say {part:?}: {err}");
        }
    }
}

#[test]
fn a_diary_begins_with_who_it_is_and_tells_the_weeks_in_order() {
    let place = Place::new();
    let (out, err) = place.say(0, None, &["cash.toml", "--worker", "4"]);
    assert!(err.is_empty(), "{err}");
    assert!(out.starts_with("Worker 4 in cash (replication 0, seed 1)\n"), "{out}");
    assert!(out.contains("(Observer's note, known to nobody in the market: true ability "), "{out}");
    let first = |line: &str| -> Option<u32> {
        let rest = line.strip_prefix("week ").or_else(|| line.strip_prefix("weeks "))?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let weeks: Vec<u32> = out.lines().filter_map(first).collect();
    assert!(!weeks.is_empty() && weeks.is_sorted() && *weeks.last().unwrap() <= 40, "{weeks:?}");
    assert!(!out.contains('\u{1b}'), "plain where nobody looks at a terminal");
    assert_eq!(place.say(0, None, &["cash.toml", "--worker", "4"]).0, out, "the same again");
    let (other, _) = place.say(0, None, &["cash.toml", "--worker", "4", "--replication", "3"]);
    let told = |page: &str| page.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_ne!(told(&other), told(&out), "another replication is another life");
    let (seed, _) =
        place.say(0, None, &["cash.toml", "--worker", "4", "--seed", "5", "--set", "run.weeks=9"]);
    assert!(seed.starts_with("Worker 4 in cash (replication 0, seed 5)\n"));
}

#[test]
fn introducers_and_decision_makers_have_diaries_too() {
    let place = Place::new();
    let (seller, _) = place.say(0, None, &["cash.toml", "--introducer", "0"]);
    assert!(
        seller.contains(
            "In cash he sells introductions from the opening on; he has ties with 8 decision-makers."
        ),
        "{seller}"
    );
    assert!(seller.contains("as a client") && seller.contains("His week: "), "{seller}");
    let (helper, _) = place.say(0, None, &["cash.toml", "--introducer", "19"]);
    assert!(helper.contains("does not sell at the opening") && !helper.contains("His week: "), "{helper}");
    let (desk, _) = place.say(0, None, &["cash.toml", "--decision-maker", "3"]);
    assert!(desk.contains("She hires from ") && desk.contains("She offers the job to worker "), "{desk}");
}

#[test]
fn weeks_asked_for_are_the_weeks_told() {
    let place = Place::new();
    let words = ["cash.toml", "--introducer", "0"];
    let (whole, _) = place.say(0, None, &words);
    let (part, _) = place.say(0, None, &[&words[..], &["--from", "5", "--to", "9"]].concat());
    // The first week of some that is told: in a quiet one nothing happens to him.
    let told = |text: &str, mut weeks: std::ops::RangeInclusive<u32>| {
        weeks.find_map(|week| text.find(&format!("\n{:15}", format!("week {week}")))).unwrap()
    };
    let wanted = &whole[told(&whole, 5..=9)..told(&whole, 10..=40)];
    assert_eq!(part[told(&part, 5..=9)..].trim_end(), wanted.trim_end());
    assert!(!part.contains("week 4 ") && !part.contains("week 10 "));
}

#[test]
fn lines_fit_the_terminal() {
    let place = Place::new();
    for width in [60, 80, 120, 200] {
        for words in [
            &["cash.toml", "--introducer", "0"][..],
            &["cash.toml", "--decision-maker", "3"],
            &["cash.toml", "--interesting"],
            &["organic.toml", "--worker", "4", "--against", "cash.toml"],
        ] {
            let (out, _) = place.say(0, Some(width), words);
            for line in out.lines() {
                assert!(line.chars().count() <= usize::from(width), "{width}, {words:?}: {line}");
            }
        }
    }
}

#[test]
fn two_worlds_on_one_opening_are_told_once_until_they_part() {
    let place = Place::new();
    place.write("twin.toml", &format!("{MARKET}{SELLING}"));
    let (same, _) = place.say(0, None, &["cash.toml", "--worker", "4", "--against", "twin.toml"]);
    assert!(same.contains("The two lives never part in these weeks."), "{same}");
    assert!(!same.contains("cash: ") && !same.contains("twin: "), "{same}");
    let against = ["organic.toml", "--introducer", "0", "--against", "cash.toml"];
    let (apart, _) = place.say(0, None, &against);
    assert_eq!(apart.matches("here the two lives part").count(), 1, "{apart}");
    let (before, after) = apart.split_once("here the two lives part").unwrap();
    assert!(!before.contains("organic: ") && after.contains("cash: He takes on worker "), "{apart}");
    assert!(!apart.contains("different labour markets"));
    let (wide, _) = place.say(0, Some(160), &against);
    assert!(wide.lines().any(|line| line.contains(" │ ")) && !wide.contains("cash: "), "{wide}");
    // Another labour market has another opening, and the page says so.
    place.write("easy.toml", &MARKET.replace("count = 300", "count = 310"));
    let (other, _) = place.say(0, None, &["organic.toml", "--worker", "4", "--against", "easy.toml"]);
    assert!(other.contains("different labour markets: the luck is the same, the opening is not"), "{other}");
}

#[test]
fn lives_worth_reading_are_listed_with_the_rule_and_can_be_read() {
    let place = Place::new();
    let (out, _) = place.say(0, None, &["cash.toml", "--interesting", "3"]);
    assert!(out.contains("The workers with the most events around buying"), "{out}");
    let lives: Vec<&str> = out.lines().filter(|line| line.starts_with("  ")).collect();
    assert!(
        lives.len() <= 9 && lives.iter().filter(|line| line.contains("introducer ")).count() == 3,
        "{out}"
    );
    let (_, command) = out.trim_end().rsplit_once("introsim trace ").unwrap();
    let words: Vec<&str> = command.split(' ').take(3).collect();
    place.say(0, None, &words);
    let (nobody, _) = place.say(
        0,
        None,
        &[
            "organic.toml",
            "--interesting",
            "--set",
            "decision_makers.initial_vacancies=0",
            "--set",
            "decision_makers.vacancy_rate=0",
            "--set",
            "contacts.ask_rate=0",
        ],
    );
    assert!(nobody.contains("  nobody"), "{nobody}");
}

#[test]
fn rows_and_weeks_that_are_not_there_are_refused_with_those_that_are() {
    let place = Place::new();
    place.refuses(
        &["cash.toml", "--worker", "300"],
        &["--worker 300: cash has no such worker", "workers.count is 300", "give 0 to 299"],
    );
    place.refuses(&["cash.toml", "--introducer", "20"], &["introducers.count is 20", "give 0 to 19"]);
    place.refuses(&["cash.toml", "--decision-maker", "99"], &["--decision-maker 99", "give 0 to 39"]);
    place.refuses(&["cash.toml", "--worker", "1", "--from", "0"], &["take 1 to 40"]);
    place.refuses(
        &["cash.toml", "--worker", "1", "--from", "9", "--to", "8"],
        &["weeks 9 to 8", "take 1 to 40"],
    );
    place.refuses(&["cash.toml", "--worker", "1", "--to", "41"], &["weeks 1 to 41", "take 1 to 40"]);
    let none =
        ["organic.toml", "--introducer", "0", "--set", "introducers.count=0", "--set", "introducers.ties=0"];
    place.refuses(&none, &["it has no introducer at all"]);
    // The second world is asked too.
    place.write("few.toml", &MARKET.replace("count = 300", "count = 200"));
    place.refuses(
        &["cash.toml", "--worker", "250", "--against", "few.toml"],
        &["few has no such worker", "give 0 to 199"],
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let place = Place::new();
    place.refuses(&["cash.toml"], &["--worker", "--interesting"]);
    place.refuses(&["cash.toml", "--worker", "1", "--introducer", "2"], &["cannot be used with"]);
    place.refuses(&["cash.toml", "--interesting", "--against", "organic.toml"], &["cannot be used with"]);
    place.refuses(&["nowhere.toml", "--worker", "1"], &["nowhere.toml"]);
    place.refuses(&["cash.toml", "--worker", "1", "--against", "nowhere.toml"], &["nowhere.toml"]);
    place.refuses(&["cash.toml", "--worker", "1", "--against", "cash.toml"], &["cash.toml is given twice"]);
    place.refuses(&["cash.toml", "--worker", "1", "--set", "contract.uprfont=5"], &["upfront"]);
    place.write("seeded.toml", &MARKET.replace("weeks = 40", "weeks = 40\nseed = 9"));
    place.refuses(
        &["cash.toml", "--worker", "1", "--against", "seeded.toml"],
        &["cash has seed 1 and seeded has 9", "--seed"],
    );
    place.say(0, None, &["cash.toml", "--worker", "1", "--against", "seeded.toml", "--seed", "3"]);
}

/// What the README shows of a life is what the program tells, to the letter.
#[test]
fn the_life_in_the_readme_is_told_so() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let (_, after) = readme.split_once("## One life").unwrap();
    let (before, after) = after.split_once("```text\n").unwrap();
    let words = before.rsplit('`').find(|words| words.starts_with("introsim trace")).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.env("COLUMNS", "110").args(words.split_whitespace().skip(1));
    let told = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert_eq!(told.trim_end(), after.split_once("\n```").unwrap().0);
}
