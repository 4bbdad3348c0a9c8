//! Words: what no file says, where the program may print and write, and that every shipped scenario can be read.

use introsim::scenario::{experiment, load};

use super::{Source, files, keep, sources};

/// Words for work that is not done. Written in two parts, so that this file does not say them itself.
const UNFINISHED: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[", "ignore"),
    concat!("should", "_panic"),
    concat!("dbg", "!("),
];

fn leaves_nothing_undone(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (n, line) in source.text.lines().enumerate() {
        for word in UNFINISHED.iter().filter(|word| line.contains(**word)) {
            found.push(format!("{}:{}: {word}", source.path, n + 1));
        }
        let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
        if marks.iter().any(|mark| line.contains(mark)) {
            found.push(format!("{}:{}: a mark of unfinished work", source.path, n + 1));
        }
    }
    found
}

#[test]
fn nothing_is_left_undone_or_ignored() {
    let bad = concat!("fn f() { to", "do!(\"later\") }\n#[", "ignore]\nfn g() {} // TO", "DO\n");
    let bad = Source::new("src/a.rs", bad);
    keep(leaves_nothing_undone, &["src", "tests"], &bad, concat!("src/a.rs:1: todo", "!("));
    assert_eq!(leaves_nothing_undone(&bad).len(), 3);
}

/// Files of the terminal's layer.
fn meets_the_terminal(path: &str) -> bool {
    path.starts_with("src/cli/") || path == "src/cli.rs" || path == "src/main.rs"
}

fn does_not_print(source: &Source) -> Vec<String> {
    if meets_the_terminal(&source.path) {
        return Vec::new();
    }
    let prints =
        ["print!(", "println!(", "eprint!(", "eprintln!(", "io::stdout", "io::stderr", "process::exit"];
    let lines = source.code().filter(|(_, line)| prints.iter().any(|word| line.contains(word)));
    lines.map(|(n, line)| format!("{}:{n}: prints or exits: {}", source.path, line.trim())).collect()
}

#[test]
fn nothing_below_the_terminal_prints_or_exits() {
    let bad = Source::new("src/engine/batch.rs", "//! B.\nfn f() { println!(\"week {}\", 3); }\n");
    keep(does_not_print, &["src"], &bad, "src/engine/batch.rs:2: prints or exits");
    let terminal = Source::new("src/cli/list.rs", "fn f() { println!(\"week {}\", 3); }\n");
    assert_eq!(does_not_print(&terminal), Vec::<String>::new());
}

/// Rooms in which the market lives: no file is written there, no clock is read, nothing depends on where it runs.
const MARKET: &[&str] = &[
    "src/units",
    "src/ids",
    "src/maths",
    "src/streams",
    "src/beliefs",
    "src/stats",
    "src/scenario",
    "src/world",
    "src/week",
    "src/engine",
    "src/experiments",
];

fn knows_no_place_or_time(source: &Source) -> Vec<String> {
    if !MARKET.iter().any(|room| source.path.starts_with(room)) {
        return Vec::new();
    }
    let words = [
        "SystemTime",
        "Instant::now",
        "fs::write",
        "File::create",
        "create_dir",
        "remove_file",
        "remove_dir",
        "fs::rename",
        "env::var",
        "thread_rng",
        "rand::rng(",
        "HashMap",
        "HashSet",
        "RandomState",
        "current_thread_index",
        "current_num_threads",
        "available_parallelism",
    ];
    let lines = source.code().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
    lines.map(|(n, line)| format!("{}:{n}: knows a place or a time: {}", source.path, line.trim())).collect()
}

#[test]
fn a_market_knows_no_file_clock_thread_or_unrepeatable_order() {
    let bad = Source::new("src/week/mod.rs", "//! W.\nlet start = std::time::Instant::now();\n");
    keep(knows_no_place_or_time, &["src"], &bad, "src/week/mod.rs:2: knows a place or a time");
}

/// Sums of floats over threads depend on threads.
fn sums_in_order(source: &Source) -> Vec<String> {
    let code: String = source.code().map(|(_, line)| line.trim()).collect::<Vec<_>>().join("\n");
    let statements = code.split(';').filter(|s| s.contains("par_iter") || s.contains("into_par_iter"));
    let reduces =
        |s: &&str| [".sum::<f64>", ".sum()", ".reduce(", ".fold(", ".product("].iter().any(|r| s.contains(r));
    let bad = statements.filter(reduces);
    bad.map(|s| format!("{}: reduces over threads: {}", source.path, s.trim().replace('\n', " "))).collect()
}

#[test]
fn no_sum_is_taken_in_the_order_of_threads() {
    let bad = Source::new(
        "src/engine/a.rs",
        "let total =\n    rows.par_iter()\n    .map(|r| r.income)\n    .sum::<f64>();\n",
    );
    keep(sums_in_order, &["src"], &bad, "src/engine/a.rs: reduces over threads");
}

/// An exception from a lint says why.
fn gives_reasons(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["#[allow(", "#[expect(", "#![allow(", "#![expect("] {
        for (at, _) in source.text.match_indices(start) {
            let attribute = source.text[at..].split(")]").next().unwrap_or_default();
            let is_code = !source.text[..at].ends_with('"');
            if is_code && !attribute.contains("reason = ") {
                found.push(format!("{}: {} without a reason", source.path, attribute.replace('\n', " ")));
            }
        }
    }
    found
}

#[test]
fn every_exception_from_a_lint_gives_its_reason() {
    let bad = Source::new("src/a.rs", concat!("#[", "allow(clippy::float_cmp)]\nfn f() {}\n"));
    keep(gives_reasons, &["src", "tests"], &bad, "clippy::float_cmp without a reason");
}

/// Names of tests are rules in plain words.
fn names_tests_as_rules(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let tests = lines.windows(3).filter(|w| w[0].trim() == "#[test]");
    let name = |w: &[&str]| {
        w[1..].iter().find_map(|line| line.trim().strip_prefix("fn ")?.split('(').next().map(str::to_owned))
    };
    let is_rule = |name: &String| !name.starts_with("test") && name.split('_').count() >= 3;
    let names = tests.filter_map(name).filter(|name| name != "$test" && !is_rule(name));
    names.map(|name| format!("{}: `{name}` is not a sentence", source.path)).collect()
}

#[test]
fn every_test_is_named_by_the_rule_it_checks() {
    let bad = Source::new("src/a.rs", "    #[test]\n    fn test_week() {\n    }\n");
    keep(names_tests_as_rules, &["src", "tests"], &bad, "`test_week` is not a sentence");
}

#[test]
fn every_shipped_scenario_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.toml");
    std::fs::write(&bad, "title = \"t\"\n[sellers]\nshares = 3\n").unwrap();
    assert!(load(&bad).is_err(), "a file with an unknown key must be refused");
    let all = files("scenarios", "toml");
    assert!(all.len() >= 6);
    let outcomes: Vec<&str> = introsim::experiments::outcomes::columns().into_iter().map(|c| c.0).collect();
    let problems = |path: &std::path::PathBuf| {
        if experiment::is_study(path) {
            let claims = introsim::experiments::threshold::flip::metrics();
            let names = experiment::Names { outcomes: &outcomes, claims: &claims };
            let read = |effort| experiment::load_study(path, effort, None, names).err();
            experiment::Effort::ALL.into_iter().find_map(read)
        } else if experiment::is_claims(path) {
            experiment::load_claims(path, &[], &introsim::experiments::threshold::flip::metrics()).err()
        } else if experiment::is_experiment(path) {
            experiment::load(path, &[], &outcomes, experiment::Purpose::Any).err()
        } else {
            load(path).err()
        }
    };
    let unread: Vec<String> = all.iter().filter_map(problems).map(|p| p.to_string()).collect();
    assert!(unread.is_empty(), "{}", unread.join("\n"));
}

/// What the story's documentation calls streams exists.
#[test]
fn every_stream_named_in_the_story_is_a_purpose() {
    let streams = std::fs::read_to_string("src/streams.rs").unwrap();
    let unknown = |source: &str| -> Vec<String> {
        let rows = source.lines().filter_map(|line| line.strip_prefix("//! |"));
        let cells = rows.filter_map(|row| row.split('|').nth(4)).skip(2);
        let names = cells
            .flat_map(|cell| cell.split(','))
            .map(str::trim)
            .filter(|name| !name.is_empty() && *name != "–");
        names.filter(|name| !streams.contains(&format!("    {name} = "))).map(str::to_owned).collect()
    };
    assert_eq!(
        unknown("//! |p|w|r|w|streams|k|\n//! |-|-|-|-|-|-|\n//! |a|b|c|d|Lead, Nonsense|e|\n"),
        ["Nonsense"]
    );
    assert_eq!(unknown(&std::fs::read_to_string("src/week/mod.rs").unwrap()), Vec::<String>::new());
    assert!(sources("src").len() > 50);
}
