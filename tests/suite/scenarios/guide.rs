//! The scenario guide, docs/scenarios.md, is held to the library, to the columns of the tables and to the tests it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use introsim::experiments::outcomes;
use introsim::output::Row;
use introsim::output::tables::Tie;
use introsim::scenario::{AcceptAbove, keys};
use introsim::units::Unit;

use super::library;

fn guide() -> String {
    std::fs::read_to_string("docs/scenarios.md").unwrap()
}

/// Rows of the tables whose head begins with a cell, without head and rule; cells are trimmed.
fn rows(text: &str, second: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if !line.starts_with('|') {
            inside = false;
        } else if inside {
            found.push(cells(line));
        } else if cells(line).get(1).is_some_and(|cell| cell == second) {
            inside = true;
        }
    }
    found.retain(|row| !row[0].starts_with("---"));
    found
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Words of a cell that are no column of outcomes.csv, of ties.csv or no key of a scenario; a star stands for any ending.
fn unknown(cell: &str) -> Vec<&str> {
    let outcomes = outcomes::columns();
    let names: Vec<&str> =
        outcomes.iter().map(|column| column.0).chain(Tie::COLUMNS.iter().map(|column| column.name)).collect();
    let is_known = |word: &str| {
        let fits = |name: &&str| match word.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => *name == word,
        };
        word == "ties.csv" || names.iter().any(fits) || keys().iter().any(|key| key.path == word)
    };
    quoted(cell).into_iter().filter(|word| !is_known(word)).collect()
}

/// Rows of scenarios by name: asks, changes, held by, read in.
fn lines() -> BTreeMap<String, Vec<String>> {
    let mut list = BTreeMap::new();
    for row in rows(&guide(), "asks") {
        assert_eq!(row.len(), 5, "{row:?}");
        let name = quoted(&row[0])[0].to_owned();
        assert_eq!(row[0], format!("[`{name}`](../scenarios/{name}.toml)"));
        assert!(list.insert(name, row[1..].to_vec()).is_none(), "{} stands twice", row[0]);
    }
    list
}

#[test]
fn the_guide_has_one_line_for_every_scenario_of_the_library() {
    let library: BTreeSet<String> =
        library().into_iter().map(|(name, _)| name).filter(|n| n != "base").collect();
    assert_eq!(lines().into_keys().collect::<BTreeSet<_>>(), library);
    let count = guide().lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap().to_owned();
    assert!(library.len() == 51 && count.starts_with("Fifty-one markets"), "{}: {count}", library.len());
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&format!("The library has {} more", library.len() - 5)), "the README shows five");
}

#[test]
fn the_guide_says_what_each_file_asks_and_all_that_it_changes() {
    let lines = lines();
    for (name, loaded) in library().into_iter().filter(|(name, _)| name != "base") {
        let [asks, changes, ..] = lines[&name].as_slice() else { unreachable!("rows have five cells") };
        assert_eq!(Some(asks.as_str()), loaded.scenario.question.as_deref(), "{name}");
        let changed = loaded.base.differences(&loaded.scenario);
        // Said once for all of them, above the tables.
        let changed: Vec<&str> =
            changed.into_iter().filter(|key| !["sellers.entry", "sellers.share"].contains(key)).collect();
        assert_eq!(quoted(changes), changed, "{name}");
        for key in changed.into_iter().filter(|key| *key != "screening.stages") {
            let value = loaded.scenario.text(key).unwrap().replace('"', "");
            assert!(
                format!("{changes},").contains(&format!("`{key}` {value},")),
                "{name}: {key} is {value}: {changes}"
            );
        }
        let stages = loaded.scenario.screening.stages.iter().map(|stage| {
            let hours = Unit::Hours.format(stage.hours);
            match &stage.accept_above {
                AcceptAbove::Score(score) => format!("{hours} above {score:?}"),
                AcceptAbove::Profit => format!("{hours} to profit"),
            }
        });
        let stages = stages.collect::<Vec<_>>().join(" then ");
        assert!(changes.contains(&stages), "{name}: {stages}: {changes}");
        let as_the_guide_says = [0.0, 0.05].contains(&loaded.scenario.sellers.share);
        assert!(as_the_guide_says, "{name}: another share of introducers sells");
    }
}

#[test]
fn every_column_and_key_that_the_guide_names_exists() {
    assert_eq!(unknown("`goodwill`, `ties.csv`, `pass_*`, `sellers.share`; plain"), Vec::<&str>::new());
    assert_eq!(unknown("`godwill`, `past_*`, `sellers.shares`"), ["godwill", "past_*", "sellers.shares"]);
    for (name, row) in lines() {
        assert_eq!(unknown(&row[3]), Vec::<&str>::new(), "{name}");
        assert!(!quoted(&row[3]).is_empty(), "{name} is read nowhere");
    }
    for row in rows(&guide(), "question") {
        assert_eq!(unknown(&row[3]), Vec::<&str>::new(), "{}", row[0]);
    }
}

#[test]
fn every_question_has_scenarios_and_every_scenario_stands_by_its_question() {
    let table: BTreeMap<String, Vec<String>> =
        rows(&guide(), "question").into_iter().map(|row| (row[0].clone(), row[1..].to_vec())).collect();
    let codes = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "Q1", "Q2", "Q3", "Q4", "Q5"];
    assert_eq!(table.keys().map(String::as_str).collect::<Vec<_>>(), codes);
    let library = library();
    for (code, row) in &table {
        let files = quoted(&row[1]);
        assert!(!files.is_empty(), "{code}");
        for file in files {
            assert!(library.iter().any(|(name, _)| name == file), "{code}: there is no {file}");
        }
    }
    for (name, loaded) in library.iter().filter(|(name, _)| name != "base") {
        let question = loaded.scenario.question.clone().unwrap();
        let asked: Vec<&str> =
            codes.into_iter().filter(|code| question.contains(&format!("{code}:"))).collect();
        assert!(!asked.is_empty(), "{name} asks no question of the list: {question}");
        for code in asked {
            assert!(quoted(&table[code][1]).contains(&name.as_str()), "{name} is not listed for {code}");
        }
    }
}

#[test]
fn every_law_that_the_guide_names_is_a_test() {
    let laws: BTreeMap<String, Vec<String>> =
        rows(&guide(), "what is held").into_iter().map(|row| (row[0].clone(), row[1..].to_vec())).collect();
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        let mut folders = vec![PathBuf::from(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    sources += &std::fs::read_to_string(path).unwrap();
                }
            }
        }
    }
    let is_test = |name: &str| {
        sources.contains(&format!("#[test]\nfn {name}()"))
            || sources.contains(&format!("#[test]\n    fn {name}()"))
    };
    assert!(!is_test("no_such_law_is_held"));
    for (label, row) in &laws {
        let tests = quoted(&row[1]);
        assert!(!tests.is_empty(), "{label}");
        for test in tests {
            assert!(is_test(test), "{label}: there is no test {test}");
        }
    }
    let mut used = BTreeSet::new();
    for (name, row) in lines() {
        for label in row[2].split(", ") {
            assert!(laws.contains_key(label), "{name}: `{label}` is not among the laws");
            used.insert(label.to_owned());
        }
    }
    assert_eq!(used, laws.keys().cloned().collect::<BTreeSet<_>>(), "laws that hold no scenario");
}
