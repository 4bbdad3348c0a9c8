//! The page of a run by itself: its headline and its table of differences say what the tables say, and the opposite.

use std::fs;
use std::path::Path;

use introsim::report::write_run;
use serde_json::{Value, json};

use super::made::{Made, N, has, plain};
use super::page::parsed;

/// Head and rows of differences.csv: scenario, outcome, mean, low, high, what is said, chance.
fn differences(rows: &[(&str, &str, [f64; 3], &str, f64)]) -> String {
    let mut text = String::from(
        "scenario,baseline,luck,metric,unit,n,mean,baseline_mean,mean_difference,low,high,verdict,p_value,\
         variance_saved,pairing,method\n",
    );
    for (scenario, metric, [mean, low, high], verdict, chance) in rows {
        text += &format!(
            "{scenario},organic,same opening,{metric},x,{N},1,1,{mean},{low},{high},{verdict},{chance},,,t\n"
        );
    }
    text
}

/// The page of what was made up.
fn page(made: &Made, warnings: &[&str]) -> String {
    let dir = made.dir.join("library");
    let text = fs::read_to_string(dir.join("manifest.json")).unwrap();
    let mut account: Value = serde_json::from_str(&text).unwrap();
    account["warnings"] = json!(warnings);
    plain(&fs::read_to_string(write_run(&dir, &account, &[]).unwrap().path).unwrap())
}

#[test]
fn the_headline_says_how_many_of_the_markets_live() {
    let made = |lives: [usize; 2]| {
        Made::new().placed("contingency", lives[0]).placed("contingency-screened", lives[1]).library()
    };
    has(
        &page(&made([N, N]), &[]),
        &["All two markets are shown to live", "none of them at its clients’ cost"],
    );
    has(&page(&made([N, 0]), &[]), &["One of two markets is shown to live"]);
    has(&page(&made([0, 0]), &[]), &["None of the two markets is shown to live"]);
    let alone = Made::new().placed("contingency", N).library();
    has(&page(&alone, &[]), &["“unscreened tenth” lasts", "The market lasts, with", "differs from nothing"]);
    let dead = Made::new().placed("contingency", 0).library();
    has(&page(&dead, &[]), &["“unscreened tenth” dies"]);
    let losing = Made::new().placed("contingency", N).gain("contingency", "clients", -0.2).library();
    has(&page(&losing, &[]), &["“unscreened tenth” lasts, at its clients’ cost"]);
}

#[test]
fn differences_stand_with_their_intervals_and_holm_takes_back_what_one_of_many_would_call() {
    // Holm by hand: 3 · 0.0001; 2 · 0.03 = 0.06, no longer below 0.05; 0.9.
    let text = differences(&[
        ("contingency", "unemployment_share", [-0.0028, -0.0048, -0.0008], "lower", 0.03),
        ("contingency", "hires_paid", [2669.0, 2369.0, 2969.0], "higher", 0.0001),
        ("contingency", "goodwill", [0.001, -0.01, 0.012], "no detectable difference", 0.9),
        ("contingency", "hires_cold", [5.0, 4.0, 6.0], "higher", 0.000_01),
    ]);
    let made = Made::new().placed("contingency", N).placed("organic", 0).library().table(
        "library",
        "differences.csv",
        &text,
    );
    let page = page(&made, &["3 replications are few"]);
    has(
        &page,
        &[
            "“unscreened tenth” less “nothing is sold”",
            "each of the 3 differences is judged by itself",
            "−0.28 <span class=\"ci\">[−0.48 to −0.08]</span></span></td>",
            "<span>lower</span>",
            "+2,669 <span class=\"ci\">[2,369–2,969]</span></span></td>",
            "<span>higher *</span>",
            "no detectable difference",
            "if all 3 are judged together",
            "3 replications are few.",
        ],
    );
    assert!(!page.contains("+−"), "one sign is enough");
    assert!(!page.contains("cold"), "the table is of what is shown in the terminal too");
    parsed(&page);
}

#[test]
fn a_run_leaves_its_page_and_chart_writes_it_again() {
    let place = super::small::place("run");
    super::small::introsim(&["run", "scenarios/organic.toml", "scenarios/contingency.toml"], &place);
    let path = place.join("report.html");
    let first = fs::read(&path).unwrap();
    let text = String::from_utf8(first.clone()).unwrap();
    let document = parsed(&text);
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    for id in ["differences", "pictures", "warnings", "market-life", "welfare"] {
        assert!(ids.contains(&id), "{id} is not in {ids:?}");
    }
    for link in document.descendants().filter_map(|node| node.attribute("href")) {
        assert!(link.starts_with('#') || place.join(link).is_file(), "{link} leads nowhere");
    }
    let manifest = fs::read_to_string(place.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"report.html\""), "its hash is in the manifest");
    let run = |words: &[&str], place: &Path| {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("introsim"));
        command.args(words).arg(place).assert().success();
    };
    run(&["chart"], &place);
    assert_eq!(fs::read(&path).unwrap(), first, "the same tables make the same page");
    run(&["verify"], &place);
}

/// Of many markets the first are shown, and all where they are asked for; a warning of two is said once.
#[test]
fn of_many_markets_some_are_shown_at_once_and_a_warning_of_many_once() {
    let there = [
        "actors",
        "actors-policed",
        "cash-upfront",
        "coach-and-seller",
        "contingency",
        "contingency-5",
        "contingency-20",
        "contingency-35",
        "contingency-50",
        "contingency-hidden",
        "contingency-screened",
        "guarantee",
        "headhunter",
        "retainer",
        "sports-agent",
        "staffing-agency",
        "success-fee",
    ];
    let many = there.iter().fold(Made::new(), |made, name| made.placed(name, N)).library();
    let moves = |name: &str, by: u32| {
        format!(
            "{name} had not come to rest in 520 weeks: by {by} [1 to 99]; try a run of more weeks, such as --weeks 1040"
        )
    };
    let text = page(&many, &[&moves("contingency", 12), &moves("guarantee", 15)]);
    let rows = text.matches("<th scope=\"row\">unscreened tenth</th>").count();
    has(&text, &["16 of the 17 markets, from the largest", "<summary>All 17 markets"]);
    assert_eq!(rows, 2);
    assert_eq!(text.matches("had not come to rest in").count(), 1, "said once");
    has(
        &text,
        &[
            "“unscreened tenth” had not come to rest",
            "the same of “money-back guarantee” (15)",
            "--weeks 1040",
        ],
    );
}
