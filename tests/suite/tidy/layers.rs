//! Layers and modules, size of files, streams, and who may see hidden truth.

use std::collections::BTreeMap;

use super::{Source, keep, sources};

/// Modules by layer. A file may name modules of lower layers and its own; in the lowest layer and the highest also those to its
/// left.
const LAYERS: &[&[&str]] = &[
    &["files", "foreign", "ids", "maths", "streams", "beliefs", "stats", "text", "units"],
    &["scenario"],
    &["world"],
    &["week"],
    &["engine"],
    &["experiments"],
    &["output"],
    &["charts"],
    &["report"],
    &["cli", "main"],
];

/// Layer of a module, and its place where places count.
fn layer(module: &str) -> Option<(usize, usize)> {
    let at = LAYERS.iter().position(|modules| modules.contains(&module))?;
    let place = LAYERS[at].iter().position(|r| *r == module)?;
    Some((at, if at == 0 || at + 1 == LAYERS.len() { place } else { 0 }))
}

/// The module of a file: the first name below `src`.
fn module(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap_or(path);
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// Modules that a line of code names, through `crate::` or, in the program, through the library.
fn named(line: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for root in ["crate::", "introsim::"] {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![rest],
            };
            let word = |name: &&str| {
                let name = name.trim();
                name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
            };
            modules.extend(names.iter().map(word).filter(|name| !name.is_empty()));
        }
    }
    modules
}

fn names_only_lower_layers(source: &Source) -> Vec<String> {
    let own = module(&source.path);
    if own == "lib" {
        return Vec::new();
    }
    let Some(here) = layer(own) else { return vec![format!("{}: `{own}` is in no layer", source.path)] };
    let mut found = Vec::new();
    for (n, line) in source.code() {
        for other in named(line).into_iter().filter(|other| other != own) {
            match layer(&other) {
                // What is not a module is an item that lib.rs gives.
                None => {}
                Some(there) if there < here => {}
                Some(there) => found.push(format!(
                    "{}:{n}: {own} (layer {}) names {other} (layer {})",
                    source.path, here.0, there.0
                )),
            }
        }
    }
    found
}

#[test]
fn a_file_names_only_modules_of_lower_layers() {
    let bad = Source::new("src/world/mod.rs", "//! W.\nuse crate::{ids, week::Step};\n");
    keep(names_only_lower_layers, &["src"], &bad, "src/world/mod.rs:2: world (layer 2) names week (layer 3)");
    let says = |path: &str, text: &str| names_only_lower_layers(&Source::new(path, text)).join("\n");
    assert_eq!(
        says("src/maths.rs", "use crate::beliefs::Belief;"),
        "src/maths.rs:1: maths (layer 0) names beliefs (layer 0)"
    );
    assert_eq!(says("src/beliefs.rs", "use crate::maths::exp;"), "");
    assert_eq!(says("src/elsewhere.rs", ""), "src/elsewhere.rs: `elsewhere` is in no layer");
    assert_eq!(says("src/week/mod.rs", "// crate::engine is above"), "", "comments name what they like");
}

fn begins_with_what_it_is_for(source: &Source) -> Vec<String> {
    let first = source.text.lines().next().unwrap_or_default();
    let words = first.strip_prefix("//! ").unwrap_or_default();
    if words.len() < 10 {
        vec![format!("{}:1: no `//!` that says what it is for", source.path)]
    } else {
        Vec::new()
    }
}

#[test]
fn every_file_begins_with_what_it_is_for() {
    let bad = Source::new("src/a.rs", "use std::fmt;\n//! Late.\n");
    keep(begins_with_what_it_is_for, &["src", "tests"], &bad, "src/a.rs:1: no `//!`");
}

/// A file that no other names is compiled by nobody: its tests are not run.
fn is_named(source: &Source) -> Vec<String> {
    let whole = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
    let Some((folder, name)) = whole.rsplit_once('/') else { return Vec::new() };
    if ["main", "lib"].contains(&name) {
        return Vec::new();
    }
    let above = ["/mod.rs", "/main.rs", "/lib.rs", ".rs"].map(|ending| format!("{folder}{ending}"));
    let beside = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let says = |path: &std::path::Path, words: &str| {
        std::fs::read_to_string(path)
            .is_ok_and(|text| text.lines().any(|line| line.trim_start().ends_with(words)))
    };
    let (by_name, by_path) = (format!("mod {name};"), format!("#[path = \"{name}.rs\"]"));
    let is_named = above.iter().any(|path| says(path.as_ref(), &by_name))
        || beside.into_iter().any(|path| says(&path, &by_path));
    if is_named { Vec::new() } else { vec![format!("{}: no file has `mod {name};`", source.path)] }
}

#[test]
fn every_file_is_part_of_the_program_or_of_the_suite() {
    let bad = Source::new("tests/suite/charts/nobody_names_me.rs", "//! A test that is never run.\n");
    keep(is_named, &["src", "tests/suite"], &bad, "no file has `mod nobody_names_me;`");
}

/// The most lines of a file of the program, its own tests not counted.
const MOST_LINES: usize = 600;

fn is_short(source: &Source) -> Vec<String> {
    let n = source.lines().count();
    if n > MOST_LINES {
        vec![format!("{}: {n} lines, at most {MOST_LINES}", source.path)]
    } else {
        Vec::new()
    }
}

#[test]
fn no_file_has_more_than_600_lines_beside_its_tests() {
    let long = "//! A long file.\n".repeat(601);
    keep(is_short, &["src"], &Source::new("src/a.rs", &long), "601 lines, at most 600");
    let tested = format!("//! A file.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "    // more\n".repeat(600));
    assert_eq!(
        is_short(&Source::new("src/a.rs", &tested)),
        Vec::<String>::new(),
        "its own tests do not count"
    );
}

/// Rooms that exist but are not in lib.rs, and the other way round.
fn unlisted(lib: &str, modules: &[&str]) -> Vec<String> {
    let listed: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .map(|line| line.trim_end_matches(';'))
        .collect();
    let missing = modules
        .iter()
        .filter(|module| !listed.contains(module))
        .map(|module| format!("{module} is not in lib.rs"));
    let gone = listed
        .iter()
        .filter(|module| !modules.contains(module))
        .map(|module| format!("{module} is only in lib.rs"));
    missing.chain(gone).collect()
}

#[test]
fn the_library_lists_every_module() {
    assert_eq!(unlisted("pub mod a;\nmod b;\n", &["a", "c"]), ["c is not in lib.rs", "b is only in lib.rs"]);
    let all = sources("src");
    let mut modules: Vec<&str> = all.iter().map(|source| module(&source.path)).collect();
    modules.dedup();
    modules.retain(|module| !["lib", "main"].contains(module));
    assert_eq!(unlisted(&std::fs::read_to_string("src/lib.rs").unwrap(), &modules), Vec::<String>::new());
}

/// Numbers of purposes, from the text of the enum.
fn purposes(text: &str) -> Vec<(String, u32)> {
    let body = text.split_once("pub enum Purpose {").and_then(|(_, rest)| rest.split_once("\n}"));
    let (body, _) = body.expect("the enum of purposes");
    let entry = |line: &str| {
        let (name, number) = line.trim().trim_end_matches(',').split_once(" = ")?;
        Some((name.to_owned(), number.parse().ok()?))
    };
    body.lines().filter_map(entry).collect()
}

/// Names and numbers that clash with each other or with those pinned.
fn clashes(now: &[(String, u32)], pinned: &[(&str, u32)]) -> Vec<String> {
    let mut found = Vec::new();
    let mut owners: BTreeMap<u32, &str> = pinned.iter().map(|&(name, number)| (number, name)).collect();
    for (name, number) in now {
        match owners.insert(*number, name) {
            Some(owner) if owner != name => {
                found.push(format!("{number} is {owner}'s, {name} cannot have it"))
            }
            _ => {}
        }
    }
    for (name, number) in now {
        let other = now.iter().filter(|(n, k)| n == name && k != number).map(|(_, k)| *k);
        let before = pinned.iter().filter(|(n, k)| n == name && k != number).map(|(_, k)| *k);
        found.extend(other.chain(before).map(|k| format!("{name} was {k} and is {number}")));
    }
    found
}

/// A number stays with its purpose for ever: published figures depend on it. New purposes are added, also here.
const PURPOSES: &[(&str, u32)] = &[
    ("Ability", 1),
    ("Outlook", 2),
    ("Paper", 3),
    ("InitialState", 4),
    ("DecisionMaker", 5),
    ("InitialVacancy", 6),
    ("Tie", 7),
    ("Rewire", 8),
    ("InitialContact", 9),
    ("Integrity", 11),
    ("Sample", 12),
    ("Separation", 20),
    ("Look", 21),
    ("StopLooking", 22),
    ("Leave", 23),
    ("Open", 24),
    ("Lapse", 25),
    ("Reopen", 26),
    ("Lead", 27),
    ("PassLead", 28),
    ("Applications", 29),
    ("Meet", 30),
    ("Ask", 31),
    ("Fade", 32),
    ("IntroducersLook", 33),
    ("Interview", 34),
    ("Consider", 40),
    ("Queue", 41),
    ("Holdout", 42),
    ("Target", 43),
    ("FoundOut", 44),
    ("Forgive", 45),
    ("Rebuild", 46),
    ("Return", 47),
    ("Bombard", 48),
    ("Stranger", 49),
];

#[test]
fn a_purpose_of_luck_keeps_its_number_for_ever_and_shares_it_with_none() {
    let now = [("A".to_owned(), 1), ("B".to_owned(), 1), ("C".to_owned(), 4)];
    let found = clashes(&now, &[("A", 1), ("C", 3), ("D", 4)]).join("; ");
    assert_eq!(found, "1 is A's, B cannot have it; 4 is D's, C cannot have it; C was 3 and is 4");
    let now = purposes(&std::fs::read_to_string("src/streams.rs").unwrap());
    assert!(
        now.len() >= PURPOSES.len(),
        "a purpose that was used is gone from the enum: keep it, its number is taken"
    );
    assert_eq!(clashes(&now, PURPOSES), Vec::<String>::new());
}

/// Who may read what is hidden from everybody in the market, and why; the second part, if any, must be in the line.
const READERS: &[(&str, &str, &str)] = &[
    ("src/world/workers.rs", "", "draws it"),
    ("src/world/fingerprint.rs", "&w.true_ability", "hashes it"),
    ("src/world/totals.rs", "let ability = workers.true_ability[worker];", "sums over seekers for the tally"),
    ("src/week/looks.rs", "noise", "the one place where noise is laid over ability"),
    ("src/week/meeting.rs", "", "nature: what an interview shows"),
    (
        "src/week/offers.rs",
        "meeting.true_margin",
        "nature: what a hire turns out to be worth in the books, and how long it lasts",
    ),
    ("src/week/pipeline.rs", "pub true_margin: f64", "carries a meeting's truth from nature to nature"),
    ("src/week/hiring.rs", "", "nature: how long a job will last"),
    ("src/week/forms.rs", "tally.form_ability", "sums over forms for the tally"),
    ("src/week/tally.rs", "self.ability", "sums of groups for the tally"),
    ("src/week/record.rs", "ability", "single lives for the tables"),
    ("src/week/diary/events.rs", "true_ability", "portraits, for a reader outside the market alone"),
    ("src/experiments/diary/phrases.rs", "sd(p.true_ability)", "the observer's note, told as such"),
    (
        "src/week/screening.rs",
        "step.record.clients.push",
        "single lives for the tables; the screen itself may not",
    ),
    (
        "src/experiments/validation/observe.rs",
        "",
        "compares with theory what became of the able; the market is over",
    ),
];

fn reads_no_hidden_truth(source: &Source) -> Vec<String> {
    let is_word = |line: &str| {
        line.match_indices("true_").any(|(at, _)| {
            !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                && line[at + 5..].starts_with(|c: char| c.is_ascii_lowercase())
        })
    };
    let allowed = READERS.iter().find(|(path, _, _)| *path == source.path);
    let is_allowed = |line: &str| allowed.is_some_and(|(_, part, _)| line.contains(part));
    let peeks = source.code().filter(|(_, line)| is_word(line) && !is_allowed(line));
    peeks.map(|(n, line)| format!("{}:{n}: reads hidden truth: {}", source.path, line.trim())).collect()
}

#[test]
fn nobody_in_the_market_acts_on_hidden_truth() {
    let bad = Source::new("src/week/pitching.rs", "//! P.\nlet best = world.workers.true_ability[worker];\n");
    keep(reads_no_hidden_truth, &["src"], &bad, "src/week/pitching.rs:2: reads hidden truth");
    let screen = Source::new("src/week/screening.rs", "if world.workers.true_ability[w] > score {\n");
    assert_eq!(reads_no_hidden_truth(&screen).len(), 1, "the screen itself may not look");
    let innocent = Source::new("src/week/buying.rs", "let is_true_x = untrue_ability; // true_ability\n");
    assert_eq!(reads_no_hidden_truth(&innocent), Vec::<String>::new());
    for (path, _, why) in READERS {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(
            text.contains("true_"),
            "{path} reads no hidden truth any more ({why}): take it off the list"
        );
    }
}
