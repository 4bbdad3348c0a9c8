//! The story: the week's phases run in the order that is written down, once each, and the module's table says so too.

use introsim::week::SCHEDULE;

use crate::life::{Life, changed, small_paid};

/// The order of the model.
const EXPECTED: [&str; 28] = [
    "jobs and people",
    "vacancies",
    "leads",
    "cold applications",
    "networking",
    "referral forms",
    "buying",
    "coaching",
    "screening",
    "pitching",
    "searching for employers",
    "reviewing",
    "meeting",
    "word of mouth",
    "offers",
    "paying sellers",
    "paying employers' fees",
    "paying coaches",
    "paying for forms",
    "learning",
    "learning from searches",
    "learning about forms",
    "learning about coaching",
    "bombardment",
    "renewal",
    "standing",
    "closing books",
    "entry and exit",
];

/// First cells of the rows of the table in a module's documentation, head and rule left out.
fn first_column(source: &str) -> Vec<String> {
    let rows = source.lines().filter_map(|line| line.strip_prefix("//! |"));
    rows.map(|row| row.split('|').next().unwrap_or_default().trim().to_owned())
        .filter(|cell| cell != "phase" && !cell.starts_with("---"))
        .collect()
}

#[test]
fn the_week_has_its_phases_in_the_order_of_the_model() {
    assert_eq!(SCHEDULE.iter().map(|phase| phase.name).collect::<Vec<_>>(), EXPECTED);
}

#[test]
fn the_table_above_the_story_lists_the_same_phases_in_the_same_order() {
    let source = std::fs::read_to_string("src/week/mod.rs").unwrap();
    assert_eq!(first_column(&source), EXPECTED);
    let swapped = "//! | phase | who |\n//! |---|---|\n//! | b | x |\n//! | a | y |\n";
    assert_eq!(first_column(swapped), ["b", "a"], "the reader of tables keeps their order");
}

/// Items of the first numbered list after a heading.
fn numbered(text: &str, heading: &str) -> Vec<String> {
    let section = text.split(heading).nth(1).unwrap_or_default();
    let item = |line: &str| {
        let (number, name) = line.split_once(". ")?;
        number.parse::<u32>().ok().map(|number| (number, name.to_owned()))
    };
    let items = section.lines().skip_while(|line| item(line).is_none()).map_while(item);
    items
        .enumerate()
        .map(|(at, (number, name))| if number as usize == at + 1 { name } else { "?".into() })
        .collect()
}

#[test]
fn the_page_of_the_model_lists_the_same_phases_in_the_same_order() {
    let page = std::fs::read_to_string("docs/model.md").unwrap();
    assert_eq!(numbered(&page, "\n## 4. The week\n"), EXPECTED);
    assert_eq!(numbered("1. x\n## H\ntext\n1. b\n3. a\n\n1. c", "## H\n"), ["b", "?"]);
}

/// Modules of a folder, each with those of its neighbours that it uses; tests and the folder's own list left out.
fn uses(sources: &[(String, String)]) -> Vec<(String, Vec<String>)> {
    let code = |text: &str| {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    };
    let names: Vec<&String> = sources.iter().map(|(name, _)| name).collect();
    let of = |(name, text): &(String, String)| {
        let text = code(text);
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let used = |other: &&&String| {
            let path = [format!("super::{other}"), format!("week::{other}"), format!("scenario::{other}")];
            let is_path = |path: &String| {
                text.match_indices(path.as_str()).any(|(at, _)| {
                    !text[at + path.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            };
            // Several of a parent's in braces, as in `use super::{Step, looks};`.
            let braces = || {
                text.split("use super::{").skip(1).any(|rest| {
                    rest.split(';')
                        .next()
                        .unwrap_or_default()
                        .split([',', '{', '}'])
                        .any(|word| word.trim().split("::").next() == Some(other.as_str()))
                })
            };
            **other != name && words.contains(&other.as_str()) && (path.iter().any(is_path) || braces())
        };
        (name.clone(), names.iter().filter(used).map(|other| (*other).clone()).collect())
    };
    sources.iter().map(of).collect()
}

/// Modules that reach themselves through others.
fn in_rings(uses: &[(String, Vec<String>)]) -> Vec<String> {
    let reaches_itself = |start: &String| {
        let (mut seen, mut left) = (Vec::new(), vec![start]);
        while let Some(name) = left.pop() {
            let own =
                uses.iter().find(|(one, _)| one == name).map(|(_, own)| own.as_slice()).unwrap_or_default();
            for next in own.iter().filter(|next| !seen.contains(next)).collect::<Vec<_>>() {
                seen.push(next);
                left.push(next);
            }
        }
        seen.contains(&start)
    };
    uses.iter().map(|(name, _)| name).filter(|name| reaches_itself(name)).cloned().collect()
}

/// Files of a folder by module; what lies in a folder of its own is one module.
fn modules(folder: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut left = vec![(std::path::PathBuf::from(folder), None::<String>)];
    while let Some((path, module)) = left.pop() {
        for entry in std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()) {
            let stem = entry.file_stem().unwrap().to_str().unwrap().to_owned();
            let module = module.clone().unwrap_or(stem);
            if entry.is_dir() {
                left.push((entry, Some(module)));
            } else if module != "mod" {
                let text = std::fs::read_to_string(&entry).unwrap();
                match found.iter_mut().find(|(name, _)| *name == module) {
                    Some((_, all)) => all.push_str(&text),
                    None => found.push((module, text)),
                }
            }
        }
    }
    found
}

#[test]
fn modules_of_the_week_and_of_the_reader_use_each_other_in_no_ring() {
    let one = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let bad = [
        one("a", "use super::{Step, b};\n"),
        one("b", "use crate::week::c::Thing;\n"),
        one("c", "fn f() { super::a::run() }\n"),
        one("d", "use super::a::run; // super::d_more\n"),
        one("e", "//! super::d\nuse super::d_more;\n#[cfg(test)]\nmod tests { use super::e; }\n"),
    ];
    assert_eq!(in_rings(&uses(&bad)), ["a", "b", "c"]);
    for folder in ["src/week", "src/scenario"] {
        let modules = modules(folder);
        assert!(modules.len() > 15, "{folder} has only {} modules", modules.len());
        assert_eq!(in_rings(&uses(&modules)), Vec::<String>::new(), "{folder}");
    }
}

/// Phases of the schedule live apart: none uses the module of another.
#[test]
fn no_phase_uses_the_module_of_another() {
    let schedule = std::fs::read_to_string("src/week/mod.rs").unwrap();
    let list = schedule.split("pub const SCHEDULE").nth(1).and_then(|rest| rest.split("];").next()).unwrap();
    let module = |line: &'_ str| Some(line.split_once("run: ")?.1.split_once("::")?.0.to_owned());
    let run: Vec<String> = list.lines().filter_map(module).collect();
    assert_eq!(run.len(), EXPECTED.len());
    for (name, used) in uses(&modules("src/week")).iter().filter(|(name, _)| run.contains(name)) {
        let others: Vec<&String> = used.iter().filter(|other| run.contains(other)).collect();
        assert!(others.is_empty(), "{name} uses {others:?}");
    }
}

#[test]
fn a_recorded_week_ran_every_phase_that_takes_place_once_in_that_order() {
    // Nobody is coached, hands in forms, pays as an employer or is bombarded there, and entry is closed.
    let others = ["forms", "coach", "employers", "searches", "bombardment", "entry"];
    let expected: Vec<&str> =
        EXPECTED.into_iter().filter(|name| !others.iter().any(|other| name.contains(other))).collect();
    assert_eq!(expected.len(), 17);
    let mut life = Life::opened(&small_paid());
    for _ in 0..3 {
        life.tally.trace = Some(Vec::new());
        life.week().unwrap();
        assert_eq!(life.tally.trace.as_deref(), Some(expected.as_slice()));
    }
    // Without being asked for, no trace is kept.
    life.tally.trace = None;
    life.week().unwrap();
    assert_eq!(life.tally.trace, None);
}

/// Whatever a phase is for, there is a market in which it takes place.
#[test]
fn every_phase_takes_place_somewhere() {
    let settings = [
        "contract.payer=employer",
        "coaching.price=$500",
        "referral.stranger_price=$500",
        "bombardment.requests_per_week=1",
        "sellers.entry=free",
        "contract.payer=seeker",
    ];
    let mut seen: Vec<&str> = Vec::new();
    for setting in settings {
        let mut life = Life::opened(&changed(&small_paid(), &[setting]));
        life.tally.trace = Some(Vec::new());
        life.week().unwrap();
        seen.extend(life.tally.trace.iter().flatten());
    }
    let missing: Vec<&str> = EXPECTED.into_iter().filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?} takes place nowhere");
}
