//! Break-evens and flip points, drawn from made-up tables whose truth is known.

use super::maps::Folder;

const HEAD: &str = "level,knob,from,to,criterion,finding,crossing,direction,value,low,high,share_without,\
                    fee_per_placement,hours_per_placement,n\n";

const SHARE: &str = "contract.share_of_salary";
const NONE: &str = "screening.stages = []";
const HOUR: &str = "\"screening.stages = [{ hours = 1h, accept_above = profit }]\"";

/// A row of breakeven.csv over a range from 1 % to 60 %: finding, direction, value and its ends.
fn row(level: &str, knob: &str, criterion: &str, what: &str) -> String {
    format!("{level},{knob},0.01,0.6,{criterion},{what},0,20000,14,10\n")
}

const BEGINS: &str = "crossing,1,begins,0.24,0.21,0.27";
const ENDS: &str = "crossing,2,ends,0.48,0.45,0.5";
const NOWHERE: &str = "holds nowhere,,,,,";
const EVERYWHERE: &str = "holds everywhere,,,,,";
const UNKNOWN: &str = "cannot be told,,,,,";

fn drawn(name: &str, rows: &[String]) -> Folder {
    Folder::of(name, &[("breakeven.csv", &format!("{HEAD}{}", rows.concat()))])
}

/// The title of a chart of one level.
fn title(name: &str, whats: &[&str]) -> String {
    let rows: Vec<String> = whats.iter().map(|what| row("market", SHARE, "hour_pays", what)).collect();
    drawn(name, &rows).title("break-even")
}

#[test]
fn the_break_even_stands_in_the_title_or_that_there_is_none() {
    assert_eq!(title("even-begins", &[BEGINS]), "A seller’s hour pays from 24 % [21–27] of salary on");
    assert_eq!(
        title("even-two", &[BEGINS, ENDS]),
        "A seller’s hour pays from 24 % [21–27] to 48 % [45–50] of salary"
    );
    assert_eq!(
        title("even-ends", &["crossing,1,ends,0.48,0.45,0.5"]),
        "A seller’s hour pays up to 48 % [45–50] of salary"
    );
    assert_eq!(title("even-nowhere", &[NOWHERE]), "A seller’s hour pays nowhere from 1 % to 60 % of salary");
    assert_eq!(
        title("even-everywhere", &[EVERYWHERE]),
        "A seller’s hour pays everywhere from 1 % to 60 % of salary"
    );
    // The same in a few words.
    for (name, what, words) in [
        ("even-everywhere", EVERYWHERE, "hour pays at every value tried"),
        ("even-nowhere", NOWHERE, "hour pays at no value tried"),
        ("even-begins", BEGINS, "hour pays from about a quarter of the salary"),
        ("even-ends", "crossing,1,ends,0.5,0.45,0.55", "hour pays up to about half of the salary"),
    ] {
        let folder = drawn(name, &[row("market", SHARE, "hour_pays", what)]);
        assert!(folder.drawn[0].title.contains(words), "{}", folder.drawn[0].title);
    }
    let unknown = title("even-unknown", &[UNKNOWN]);
    assert_eq!(unknown, "Whether a seller’s hour pays cannot be told from 1 % to 60 % of salary");
}

#[test]
fn levels_are_told_apart_by_their_screens() {
    let rows = [row(NONE, SHARE, "hour_pays", NOWHERE), row(HOUR, SHARE, "hour_pays", BEGINS)];
    let folder = drawn("even-levels", &rows);
    assert_eq!(
        folder.title("break-even"),
        "A seller’s hour pays, by share of salary: nowhere from 1 % to 60 % with no screen; from 24 % [21–27] on with \
         a screen of 1 hour"
    );
    let both = [row(NONE, SHARE, "hour_pays", NOWHERE), row(HOUR, SHARE, "hour_pays", NOWHERE)];
    let title = drawn("even-none", &both).title("break-even");
    assert_eq!(title, "A seller’s hour pays nowhere from 1 % to 60 % of salary, at all 2 levels");
    // Each criterion has its rows, each level its own.
    let rows = [BEGINS, NOWHERE, UNKNOWN];
    let criteria = ["hour_pays", "hour_pays_all_weeks", "alive"];
    let rows: Vec<String> =
        criteria.iter().zip(rows).map(|(c, what)| row("market", SHARE, c, what)).collect();
    let words = drawn("even-criteria", &rows).words("break-even").join(" ");
    assert!(words.contains("A seller’s hour pays, at the end market from 24 % [21–27] on"), "{words}");
    assert!(words.contains("all weeks market nowhere from 1 % to 60 %"), "{words}");
    assert!(words.contains("per 10,000 workers and year market cannot be told"), "{words}");
}

#[test]
fn fees_of_today_stand_beside_shares_of_salary_and_success_fees_alone() {
    let of = |name: &str, knob: &str, more: &[(&str, &str)]| {
        let table = format!("{HEAD}{}", row("market", knob, "hour_pays", NOWHERE));
        let files = [&[("breakeven.csv", table.as_str())], more].concat();
        Folder::of(name, &files).words("break-even").join(" ")
    };
    let share = of("even-fees", SHARE, &[]);
    assert!(share.contains("contingent search, employer pays 15–35 %"), "{share}");
    assert!(share.contains("retained search, employer pays 25–35 %"), "{share}");
    let manifest = r#"{"program": "introsim", "seed": 7, "scenarios": {
        "market": "title = \"Market\"\n[workers]\nsalary_reference = 80000.0\n"
    }}"#;
    let dollars = of("even-dollars", "contract.success_fee", &[("manifest.json", manifest)]);
    assert!(dollars.contains("contingent search, employer pays $12,000–$28,000"), "{dollars}");
    let unknown = of("even-no-salary", "contract.success_fee", &[]);
    assert!(!unknown.contains("contingent search"), "{unknown}");
    let hours = of("even-hours", "screening.hours", &[]);
    assert!(!hours.contains("Fees asked today"), "{hours}");
    assert!(hours.contains("By hours of screening: a seller’s hour pays nowhere from 0.01 hours"), "{hours}");
}

#[test]
fn the_curve_is_the_mean_over_replications_with_its_t_interval() {
    let mut curve =
        "level,knob,value,round,replication,status,profit_per_hour,placements_per_10000\n".to_owned();
    for (replication, profit) in ["1", "2", "3"].iter().enumerate() {
        for (value, plus) in [("0.01", ""), ("0.3", "0"), ("0.6", "00")] {
            curve += &format!("market,{SHARE},{value},0,{replication},ok,{profit}{plus},7\n");
        }
    }
    let table = format!("{HEAD}{}", row("market", SHARE, "hour_pays", EVERYWHERE));
    let folder = Folder::of("even-curve", &[("breakeven.csv", &table), ("curve.csv", &curve)]);
    let numbers = folder.numbers("break-even");
    let panel = numbers.column("panel").unwrap();
    let is_curve = |row: &usize| numbers.text(*row, panel) == "Profit per hour";
    let rows: Vec<usize> = (0..numbers.len()).filter(is_curve).collect();
    let column = |name: &str| {
        let column = numbers.column(name).unwrap();
        rows.iter().map(|&row| numbers.finite(row, column).unwrap()).collect::<Vec<_>>()
    };
    // Rings at the values tried, then the smoothed line, without a band: three replications are too few to resample.
    assert_eq!(column("at")[..3], [0.01, 0.3, 0.6]);
    assert_eq!(column("value")[..3], [2.0, 20.0, 200.0]);
    assert_eq!(column("at").last(), Some(&0.6));
    let low = numbers.column("low").unwrap();
    assert!(rows.iter().all(|&row| numbers.text(row, low).is_empty()));
}

#[test]
fn an_hour_is_drawn_only_where_somebody_works() {
    let mut curve =
        "level,knob,value,round,replication,status,profit_per_hour,placements_per_10000,hours_judged\n"
            .to_owned();
    for (value, profit, hours) in [("0.01", "-25", "0"), ("0.3", "10", "4000"), ("0.6", "20", "4000")] {
        for replication in 0..3 {
            curve += &format!("market,{SHARE},{value},0,{replication},ok,{profit},7,{hours}\n");
        }
    }
    let table = format!("{HEAD}{}", row("market", SHARE, "hour_pays", EVERYWHERE));
    let folder = Folder::of("idle-curve", &[("breakeven.csv", &table), ("curve.csv", &curve)]);
    let numbers = folder.numbers("break-even");
    let (panel, mark) = (numbers.column("panel").unwrap(), numbers.column("mark").unwrap());
    let of = |wanted: &str| -> Vec<f64> {
        let is = |row: &usize| {
            numbers.text(*row, panel) == "Profit per hour" && numbers.text(*row, mark) == wanted
        };
        let at = numbers.column("at").unwrap();
        (0..numbers.len()).filter(is).map(|row| numbers.finite(row, at).unwrap()).collect()
    };
    assert_eq!(of("dot"), [0.3, 0.6]);
    // Half way from 0.01, where nobody works, the line begins.
    assert!(of("line").iter().all(|at| *at > 0.15), "{:?}", of("line"));
    let nobody = curve.replace(",4000", ",0");
    let idle = Folder::of("idle-everywhere", &[("breakeven.csv", &table), ("curve.csv", &nobody)]);
    let absent = "Nowhere did sellers work enough for an hour to be drawn";
    assert!(idle.words("break-even").join(" ").contains(absent), "{:?}", idle.words("break-even"));
    assert!(!folder.words("break-even").join(" ").contains(absent));
}

#[test]
fn odd_break_evens_are_drawn_and_say_so() {
    let many: Vec<String> = (0..20)
        .map(|n| {
            let what = format!("crossing,1,begins,0.{:02},0.0{n},0.6", n + 10);
            let name = format!(
                "a very long name of a setting that nobody would ever choose, the one with number {n}"
            );
            row(&format!("\"{name}\""), SHARE, "hour_pays", &what)
        })
        .collect();
    let title = drawn("even-many", &many).title("break-even");
    assert!(
        title.starts_with("A seller’s hour pays from 10 % [0–60] of salary on with a very long name"),
        "{title}"
    );
    assert!(title.contains("29 % [2–60] on with"), "{title}");
    let one =
        |name: &str, what: &str| drawn(name, &[row("market", SHARE, "hour_pays", what)]).title("break-even");
    assert_eq!(
        one("even-no-interval", "crossing,1,begins,0.24,,"),
        "A seller’s hour pays from 24 % of salary on"
    );
    assert!(
        one("even-not-finite", "crossing,1,begins,NaN,0,inf")
            .starts_with("Whether a seller’s hour pays cannot")
    );
    let failed = one("even-failed", "no replication finished,,,,,");
    assert_eq!(failed, "Whether a seller’s hour pays is not known: no replication finished everywhere");
    assert_eq!(drawn("even-empty", &[]).title("break-even"), "Nothing was found out about break-evens");
    let title = drawn("even-strange", &[row("market", "no.such_key", "alive", BEGINS)]).title("break-even");
    assert_eq!(
        title,
        "By such key: sellers place 5 or more per 10,000 workers and year from 0.24 [0.21–0.27] on"
    );
}

const CLAIMS: &str = "claim,question,scenario,against,metric,holds,threshold,from,to,finding,crossing,direction,\
                      goodwill_value,goodwill_value_low,goodwill_value_high,per_bad_introduction,\
                      per_bad_introduction_low,per_bad_introduction_high,share_without,n\n";

fn claim(name: &str, what: &str) -> String {
    format!("{name},C1,market,,goodwill,above,0.5,500,20000,{what},,,,0,10\n")
}

fn flips(name: &str, rows: &[String]) -> Folder {
    Folder::of(name, &[("flip.csv", &format!("{CLAIMS}{}", rows.concat()))])
}

const TURNS: &str = "crossing,1,begins,3400,2900,4000";
const TURNS_BACK: &str = "crossing,1,ends,3400,2900,4000";

#[test]
fn claims_that_turn_are_told_with_their_interval_and_those_that_never_do_are_counted() {
    let title = |name: &str, rows: &[String]| flips(name, rows).title("flip-points");
    assert_eq!(
        title("flip-one", &[claim("It lives", TURNS), claim("It dies", NOWHERE)]),
        "Of 2 claims 1 turns between $500 and $20,000 a unit of goodwill: “It lives” is true from $3,400 [2,900–4,000] \
         on"
    );
    assert_eq!(
        title("flip-back", &[claim("It lives", TURNS_BACK)]),
        "“It lives” is true up to $3,400 [2,900–4,000]"
    );
    assert_eq!(
        title("flip-never", &[claim("It lives", EVERYWHERE)]),
        "“It lives” is true everywhere between $500 and $20,000 a unit of goodwill: it never turns"
    );
    let several = [claim("a", EVERYWHERE), claim("b", NOWHERE), claim("c", UNKNOWN), claim("d", EVERYWHERE)];
    assert_eq!(
        title("flip-none", &several),
        "Not one of 4 claims turns between $500 and $20,000 a unit of goodwill: two are true throughout, one is \
         false throughout and one cannot be told"
    );
    let words = flips("flip-words", &several).words("flip-points").join(" ");
    for expected in
        ["C1: a true throughout: never turns", "C1: b false throughout: never turns", "hidden by noise"]
    {
        assert!(words.contains(expected), "{expected}: {words}");
    }
}

#[test]
fn a_claim_stands_with_what_its_metric_came_to() {
    let head = "claim,per_bad_introduction,round,replication,status,margin,goodwill_value,metric,against\n";
    let numbers = ["500,0.5,0.1", "500,0.7,0.1", "2000,9,", "20000,0.1,0.1"];
    let rows = numbers.map(|numbers| format!("It lives,0,0,0,ok,,{numbers}\n"));
    let curve = format!("{head}{}", rows.concat());
    let table = format!("{CLAIMS}{}", claim("It lives", TURNS_BACK));
    let folder = Folder::of("flip-curve", &[("flip.csv", &table), ("curve.csv", &curve)]);
    // Means of the differences: (0.4 + 0.6) / 2 and 0.
    let words = folder.words("flip-points").join(" ");
    assert!(words.contains("goodwill: 0.5 to 0; claimed: ≥ 0.5"), "{words}");
}

#[test]
fn odd_claims_are_drawn_and_say_so() {
    assert_eq!(flips("flip-empty", &[]).title("flip-points"), "Nothing was found out about claims");
    let not_finite =
        flips("flip-not-finite", &[claim("x", "crossing,1,begins,NaN,inf,0")]).title("flip-points");
    assert!(not_finite.contains("cannot be told to be true or false anywhere"), "{not_finite}");
    let long = "a claim of so many words that it needs more than a line in any table that anybody would print, and then \
                some more of them";
    let many: Vec<String> =
        (0..20).map(|n| claim(&format!("\"{n}: {long}\""), [TURNS, UNKNOWN][n % 2])).collect();
    let title = flips("flip-many", &many).title("flip-points");
    assert!(title.starts_with("Of 20 claims 10 turn between"), "{title}");
}
