//! The command as it is typed.

use std::fs;

use super::{Place, made_up_outcomes, made_up_weeks, make_up};

#[test]
fn a_run_is_explained_side_by_side_with_intervals_and_nothing_is_a_dash() {
    let place = Place::with_run();
    let (out, err) = place.say(0, None, &["explain", "out", "--all"]);
    assert!(err.is_empty(), "{err}");
    let (organic, guarantee) = out.split_once("\nguarantee\n3 replications of 40 weeks\n").unwrap();
    assert!(organic.starts_with("organic\n3 replications of 40 weeks\n"), "{organic}");
    assert!(organic.contains("Nobody sells.") && !organic.contains("from fee to profit"), "{organic}");
    for words in [
        "SEEKERS, from asking to hired",
        "introductions promised",
        "SELLERS, from fee to profit",
        "= profit",
        "DECISION-MAKERS",
    ] {
        assert!(guarantee.contains(words), "{words}: {guarantee}");
    }
    assert!(guarantee.contains('[') && guarantee.contains(" %"), "{guarantee}");
    // Nobody pays, so nothing was asked of sellers in the organic market.
    assert!(
        organic.lines().any(|line| line.trim_start().starts_with("ask ") && line.contains('–')),
        "{organic}"
    );
    assert!(!out.contains("NaN") && !out.contains("inf"));
    assert_eq!(place.say(0, None, &["explain", "out", "--all"]).0, out);
}

/// Two markets in sentences, on one screen of 80 columns and 24 lines, and how to see the rest.
#[test]
fn a_run_is_told_on_one_screen_first() {
    let place = Place::with_run();
    let (out, err) = place.say(0, Some(80), &["explain", "out"]);
    assert!(err.is_empty() && out.lines().count() <= 24, "{out}{err}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let (guarantee, organic) = out.split_once("\norganic, 3 replications of 40 weeks\n").unwrap();
    assert!(guarantee.starts_with("guarantee, 3 replications of 40 weeks\n"), "{out}");
    assert!(organic.contains("Nobody sells.") && organic.contains("introsim explain out --all"), "{out}");
    assert!(guarantee.contains("Of 100 applications of strangers"), "{out}");
}

/// Of 100 who ask, requests and dollars are those of the tables.
#[test]
fn what_is_said_in_short_is_what_the_tables_say() {
    let place = Place::new();
    make_up(&place.path("out"), "made", &made_up_outcomes(), &made_up_weeks());
    let (out, _) = place.say(0, None, &["explain", "out"]);
    // 20,000 dollars of fees for 8 placements; what is left is told in the table of all.
    assert!(out.contains("A placement brings its seller $2,500 in fees"), "{out}");
    assert!(out.contains("All tables: introsim explain out --all; of one: --scenario made"), "{out}");
}

#[test]
fn scenarios_can_be_chosen_and_a_wrong_name_is_told_the_right_one() {
    let place = Place::with_run();
    let (out, _) = place.say(0, None, &["explain", "out", "--scenario", "guarantee"]);
    assert!(out.starts_with("guarantee\n") && !out.contains("organic\n"), "{out}");
    let (out, err) = place.say(2, None, &["explain", "out", "--scenario", "guarante"]);
    let told = "no scenario guarante in this run; did you mean guarantee? It has: organic, guarantee";
    assert!(out.is_empty() && err.contains(told), "{err}");
    let (_, err) = place.say(2, None, &["explain", "out", "--scenario", "xyz"]);
    assert!(err.contains("no scenario xyz in this run. It has: organic, guarantee"), "{err}");
}

#[test]
fn a_study_is_explained_by_the_run_in_its_library() {
    let place = Place::new();
    make_up(&place.path("study/library"), "made", &made_up_outcomes(), &made_up_weeks());
    let (out, _) = place.say(0, None, &["explain", "study", "--all"]);
    assert!(out.starts_with("made\n2 replications of 2 weeks\n"), "{out}");
    assert!(
        out.contains("$7,150") && out.contains("Outside jobs that people hear of and take: 7.0 [5.0, 9.0]"),
        "{out}"
    );
}

#[test]
fn every_line_fits_a_narrow_terminal() {
    let place = Place::with_run();
    for width in [40, 60, 80, 100, 160] {
        let (out, _) = place.say(0, Some(width), &["explain", "out", "--all"]);
        for line in out.lines() {
            assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
        }
        assert!(out.contains("replications") && out.contains("SEEKERS"));
    }
}

#[test]
fn what_is_missing_is_named_and_nothing_is_printed() {
    let place = Place::new();
    let refuses = |words: &[&str], parts: &[&str]| {
        let (out, err) = place.say(2, None, words);
        assert!(out.is_empty() && parts.iter().all(|part| err.contains(part)), "{words:?}: {err}");
    };
    refuses(&["explain", "nowhere"], &["nowhere is not a folder"]);
    place.write("empty/x.txt", "");
    refuses(&["explain", "empty"], &["empty holds no run", "outcomes.csv", "library"]);
    let fresh = || make_up(&place.path("out"), "made", &made_up_outcomes(), &made_up_weeks());
    for table in ["weekly.csv", "summary.csv"] {
        fresh();
        fs::remove_file(place.path("out").join(table)).unwrap();
        refuses(&["explain", "out"], &[table]);
    }
    fresh();
    fs::remove_file(place.path("out/manifest.json")).unwrap();
    refuses(&["explain", "out"], &["manifest.json", "what each scenario was"]);
    for (table, column) in
        [("weekly.csv", "met_paid"), ("outcomes.csv", "sellers_profit_dollars"), ("summary.csv", "metric")]
    {
        fresh();
        let path = place.path("out").join(table);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen(column, "another", 1)).unwrap();
        refuses(&["explain", "out"], &[table, "no column", column]);
    }
    fresh();
    let path = place.path("out/weekly.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\nmade,0,1,", "\nmade,0,one,", 1)).unwrap();
    refuses(&["explain", "out"], &["weekly.csv, line", "column week", "\"one\""]);
}
