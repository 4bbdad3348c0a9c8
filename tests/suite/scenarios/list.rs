//! `introsim list`: one aligned table of who pays, when, how much and whether anybody is screened.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

use super::{Folder, library};

/// What `list` prints, in so many columns.
fn listed(args: &[&str], columns: &str) -> assert_cmd::assert::Assert {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
    command.env("COLUMNS", columns).arg("list").args(args).assert()
}

fn text(run: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

fn list_of(files: &[(&str, &str)], columns: &str) -> String {
    let folder = Folder::new(files);
    text(&listed(&[folder.path(".").to_str().unwrap()], columns).success())
}

#[test]
fn list_shows_each_scenario_of_the_library_once_with_its_title() {
    let shown = text(&listed(&[], "100").success());
    for (name, loaded) in library() {
        let rows = shown.lines().filter(|line| line.split_whitespace().next() == Some(name.as_str()));
        assert_eq!(rows.count(), 1, "{name}");
        // What charts call it, and its title; both may take more lines than one.
        let short = loaded.scenario.short.as_deref().filter(|short| *short != name);
        let below = short.map_or_else(String::new, |short| format!("“{short}”: ")) + &loaded.scenario.title;
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert!(words.join(" ").contains(&below), "{name}: {below}");
    }
}

#[test]
fn the_library_fits_into_80_and_100_columns_with_nothing_broken() {
    for columns in [80, 100] {
        let shown = text(&listed(&[], &columns.to_string()).success());
        let longest = shown.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= columns, "{longest} of {columns}");
        assert!(
            shown.contains(
                "  sports-agent          seeker    on a job        20% of salary  3 stages, 16.5h\n"
            )
        );
        assert!(shown.contains("  organic               nobody    –               –              –\n"));
    }
}

#[test]
fn every_institution_has_its_words() {
    let sellers = "title = \"Sum\"\n[sellers]\nentry = \"closed\"\nshare = \"5%\"\n";
    let sum = format!(
        "{sellers}[contract]\nupfront = \"$500\"\nper_introduction = \"$20\"\nretainer_per_week = \"$100\"\n\
         share_of_salary = \"10%\"\nsuccess_fee = \"$1,000\"\nguarantee_weeks = 26\n\
         [coaching]\nprice = \"$200\"\nnetworking_gain = \"10%\"\n\
         [referral]\nemployee_bonus = \"$2,000\"\nstranger_price = \"$30\"\n\
         [screening]\nstages = [{{ hours = 0.5, accept_above = 0.0 }}, {{ hours = 1.5, accept_above = \"profit\" }}]\n"
    );
    let employer = "title = \"E\"\n[sellers]\nentry = \"closed\"\nshare = 0.05\n[contract]\npayer = \"employer\"\nsuccess_fee = 9000\n";
    let free = format!("{sellers}[screening]\nstages = [{{ hours = 1, accept_above = 0.0 }}]\n");
    let idle = "title = \"Idle\"\n[sellers]\nentry = \"closed\"\nshare = 0.05\nhours = 0\nopen_hours = 0\n[contract]\nupfront = 5\n";
    let resume = "title = \"R\"\n[coaching]\nprice = 100\nresume_precision_gain = 0.01\n";
    let files = [
        ("a-sum.toml", sum.as_str()),
        ("base.toml", "title = \"Base\"\nabstract = true\n"),
        ("employer.toml", employer),
        ("free.toml", &free),
        ("idle.toml", idle),
        ("resume.toml", resume),
    ];
    let expected = "  name      who pays  when            how much       screened
─────────────────────────────────────────────────────────────────
Nobody pays
  free      nobody    –               –              1 stage, 1h
    Sum
  idle      nobody    –               –              –
    Idle

The seeker pays before he has a job
  a-sum     seeker    on signing      $500           2 stages, 2h
            seeker    each meeting    $20
            seeker    each week       $100
            seeker    on a job        10% of salary
            seeker    on a job        $1,000
            seller    after 26 weeks  money back
            seeker    for coaching    $200
            seeker    for a form      $30
            employer  friend hired    $2,000
    Sum

The employer pays
  employer  employer  on a hire       $9,000         by résumé
    E

Coaches and referral forms; introductions are free
  resume    seeker    for a résumé    $100           –
    R

Bases of others, not to be run themselves
  base      nobody    –               –              –
    Base

`introsim check FILE` says what a scenario changes, `introsim run FILE` runs it.
";
    assert_eq!(list_of(&files, "100"), expected);
}

#[test]
fn a_narrow_terminal_wraps_the_table_and_loses_nothing() {
    let long = "a-rather-long-name-of-a-market";
    let toml = "title = \"A title that needs more than one line of a terminal as narrow as this\"\n\
                [sellers]\nentry = \"closed\"\nshare = 1\n[contract]\nshare_of_salary = \"12.5%\"\n";
    let shown = list_of(&[(&format!("{long}.toml"), toml)], "48");
    let table: Vec<&str> = shown.lines().take_while(|line| !line.starts_with('`')).collect();
    assert!(table.iter().all(|line| line.chars().count() <= 48), "{shown}");
    let first = |line: &&str| line[2..].split("  ").next().unwrap_or_default().to_owned();
    let name: String = table.iter().filter(|line| line.starts_with("  ")).skip(2).map(first).collect();
    assert!(name.starts_with(long), "{shown}");
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("A title that needs more than one line of a terminal as narrow as this"));
}

#[test]
fn steps_of_an_experiment_stand_in_the_order_of_their_numbers() {
    let step = |rate: &str| format!("title = \"T\"\n[bombardment]\nrequests_per_week = {rate}\n");
    let (one, two, ten) = (step("1.0"), step("2.0"), step("10.0"));
    let shown = list_of(&[("b-1.toml", &one), ("b-10.toml", &ten), ("b-2.toml", &two)], "100");
    let at = |name: &str| shown.find(name).unwrap();
    assert!(at("  b-1 ") < at("  b-2 ") && at("  b-2 ") < at("  b-10 "), "{shown}");
}

#[test]
fn list_shows_what_can_be_read_and_reports_what_cannot() {
    let folder =
        Folder::new(&[("bad.toml", "title = \"B\"\n[run]\nweeks = 0\n"), ("good.toml", "title = \"G\"\n")]);
    let run = listed(&[folder.path(".").to_str().unwrap()], "100").code(2);
    run.stdout(contains("  good  nobody").and(contains("bad").not()))
        .stderr(contains("`run.weeks` is out of range").and(contains("bad.toml:3")));
}

#[test]
fn an_empty_folder_says_what_to_do_and_a_missing_one_is_refused() {
    let folder = Folder::new(&[("notes.txt", "no scenario")]);
    let path = folder.path(".");
    let words = format!("{} holds no scenarios; `introsim new NAME` writes one\n", path.display());
    listed(&[path.to_str().unwrap()], "100").success().stdout(words);
    listed(&["nowhere"], "100")
        .code(2)
        .stderr("error: there is no folder nowhere; name one: `introsim list DIR`\n");
}
