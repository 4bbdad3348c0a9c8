//! What small words of a report hang on: each said where it is so, and not where it is not.

use std::fs;

use super::made::{Made, N, has, plain};

/// The table of a part with other cells: head and cells of each row go in, those that come out are written.
fn rewritten(made: Made, part: &str, name: &str, change: impl Fn(&str, &str) -> String) -> Made {
    let text = fs::read_to_string(made.dir.join(part).join(name)).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&head).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        writer.write_record(head.iter().zip(&row).map(|(name, cell)| change(name, cell))).unwrap();
    }
    made.table(part, name, &String::from_utf8(writer.into_inner().unwrap()).unwrap())
}

/// A number of a cell times another.
fn times(cell: &str, factor: f64) -> String {
    (cell.parse::<f64>().unwrap() * factor).to_string()
}

#[test]
fn a_fee_below_thousands_at_the_smallest_cut_is_no_huge_payoff() {
    let made = Made::new().map(|_, payout, _, _| payout > 0.08);
    // A tenth brings $10,000; a tenth of that is $1,000.
    let cheap = rewritten(made, "map", "cells.csv", |name, cell| {
        if name == "fees_dollars_judged" { times(cell, 0.1) } else { cell.to_owned() }
    });
    has(&cheap.text_of("C2"), &["Does not hold", "It does not take thousands", "a placement brings $1,000"]);
}

#[test]
fn a_map_of_dollars_says_nothing_of_shares_of_salary() {
    let dollars = rewritten(Made::new().map(|_, _, _, _| true), "map", "cells.csv", |name, cell| {
        if name == "payout" { times(cell, 10_000.0) } else { cell.to_owned() }
    });
    for label in ["C1", "C2"] {
        assert_eq!(dollars.says(label).standing, "Not run");
    }
}

/// Half of what was placed before is more than a tenth, and than five, in every setting.
#[test]
fn settings_that_do_not_come_to_rest_by_themselves_are_counted() {
    let made = Made::new().healing("healing", "unused", &[0.0], |_, _| true);
    let cells = fs::read_to_string(made.dir.join("healing/cells.csv")).unwrap();
    let (head, rows) = cells.split_once('\n').unwrap();
    let with = |share: f64| {
        let row = |line: &str| {
            let placed: f64 = line.rsplit(',').next().unwrap().parse().unwrap();
            format!("{line},{},520\n", placed / share)
        };
        let rows: String = rows.lines().map(row).collect();
        let table = format!("{head},placements_per_10000_before,weeks\n{rows}");
        plain(&Made::new().table("healing", "cells.csv", &table).page())
    };
    has(&with(0.5), &["Of the sweep of healing: 4 of 4 settings do not come to rest in 520 weeks"]);
    assert!(!with(1.0).contains("come to rest"), "they had");
}

#[test]
fn more_or_fewer_are_out_of_work_and_for_longer_or_not() {
    let says = |share: f64, weeks: f64| {
        Made::new()
            .about("contingency", "unemployment_share", share)
            .about("contingency", "mean_weeks_out", weeks)
            .about("organic", "unemployment_share", 0.05)
            .about("organic", "mean_weeks_out", 15.0)
            .library()
            .text_of("Q1")
    };
    has(&says(0.06, 20.0), &["more are out of work than where nothing is sold", "and for longer"]);
    has(&says(0.04, 10.0), &["fewer are out of work than where nothing is sold", "and less long"]);
}

/// The star of those who hire stands for what is shown, and is explained where one stands alone.
#[test]
fn a_star_of_the_league_is_explained_where_there_is_one() {
    let page = |welfare: &[f64]| {
        let made =
            Made::new().placed("contingency", N).set("contingency", "welfare_decision_makers", welfare);
        let nothing: Vec<f64> = (0..N).map(|i| 50_000.0 + i as f64).collect();
        plain(&made.set("organic", "welfare_decision_makers", &nothing).library().page())
    };
    let clear: Vec<f64> = (0..N).map(|i| 51_000.0 + (i * i) as f64).collect();
    let noise: Vec<f64> = (0..N).map(|i| 50_000.0 + i as f64 + if i % 2 == 0 { 9.0 } else { -9.0 }).collect();
    let league = |page: &str| {
        let caption = page.split("All markets in which").nth(1).unwrap();
        caption.split('"').next().unwrap().to_owned()
    };
    has(&league(&page(&clear)), &["* detected"]);
    assert!(!league(&page(&noise)).contains("* detected"));
}

/// What rests on constants that nobody has measured says so, and nothing else does, nor what was not run.
#[test]
fn answers_that_rest_on_assumptions_say_so_and_others_do_not() {
    let made = Made::new()
        .about("contingency", "social_capital_per_fee_dollar", 0.4)
        .about("contingency", "ties_lost_share", 0.01)
        .about("cash-upfront", "acceptance_paid", 0.1)
        .about("cash-upfront", "acceptance_organic", 0.5)
        .library();
    let page = made.page();
    let article = |id: &str| {
        let from = page.find(&format!("id=\"{id}\"")).unwrap();
        page[from..].split("</article>").next().unwrap()
    };
    let says = "class=\"assumed\"";
    assert!(article("c3").contains(says), "it rests on them");
    assert!(!article("q2").contains(says) && !article("c1").contains(says), "neither does");
}
