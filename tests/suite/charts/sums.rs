//! Numbers that charts draw, computed by hand from tables made up for it.

use std::path::Path;

use introsim::charts::draw_all;
use introsim::output::tables::weekly_table;
use introsim::output::{Column, Folder, Table, read_table};

use super::Charts;
use super::findings::with;
use super::geometry::{cut_off, overlaps, texts};
use super::synthetic::{Market, Run};

/// A run folder with one table of a few columns, its cells as text.
fn folder(table: &'static str, names: &[&'static str], rows: &[&[&str]]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let columns: Vec<Column> = names.iter().map(|name| Column::new(name, "", "by hand")).collect();
    let mut written = Table::new(table, &columns);
    for row in rows {
        written.push(row.iter().map(|cell| (*cell).into()).collect());
    }
    Folder::create(place.path()).unwrap().write(&written).unwrap();
    place
}

/// Value, low and high of the one number of a chart whose cells in these columns read so; an empty one is not a number.
fn number(dir: &Path, chart: &str, cells: &[(&str, &str)]) -> [f64; 3] {
    draw_all(dir).unwrap();
    let table = read_table(&dir.join(format!("charts/{chart}.csv"))).unwrap();
    let holds = |row: &usize| {
        cells.iter().all(|(column, cell)| table.text(*row, table.column(column).unwrap()) == *cell)
    };
    let rows: Vec<usize> = (0..table.len()).filter(holds).collect();
    assert_eq!(rows.len(), 1, "{cells:?}");
    ["value", "low", "high"]
        .map(|name| table.number(rows[0], table.column(name).unwrap()).unwrap().unwrap_or(f64::NAN))
}

fn close(found: [f64; 3], expected: [f64; 3]) {
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= 1e-6 * (1.0 + b.abs()), "{found:?}, expected {expected:?}");
    }
}

/// 97.5 % quantile of Student's t with one degree of freedom, from a table.
const T1: f64 = 12.706_204_736;

#[test]
fn numbers_per_client_are_pooled_over_replications() {
    let names = [
        "scenario",
        "replication",
        "new_clients",
        "introductions_made",
        "shams",
        "hires_paid",
        "refunds_dollars",
        "gain_treated_sum",
        "gain_treated_n",
        "gain_held_out_sum",
        "gain_held_out_n",
    ];
    let place = folder(
        "outcomes",
        &names,
        &[
            &["a", "0", "100", "50", "10", "5", "1000", "60", "100", "10", "20"],
            &["a", "1", "300", "150", "50", "15", "3000", "150", "300", "15", "30"],
        ],
    );
    // Shams: (10 + 50)/400; residuals 10 − 15 and 50 − 45; se √(2 (25 + 25))/400 = 0.025; per 100 clients.
    close(
        number(place.path(), "contracts", &[("at", "a"), ("panel", "Shams")]),
        [15.0, 0.0, 15.0 + T1 * 2.5],
    );
    close(number(place.path(), "contracts", &[("at", "a"), ("panel", "Placements")]), [5.0, 5.0, 5.0]);
    close(number(place.path(), "contracts", &[("at", "a"), ("panel", "Refunds")]), [10.0, 10.0, 10.0]);
    // Gain: 210/400 − 25/50; pulls (60 − 52.5)/400 and (150 − 157.5)/400; se √(2 · 2 · 0.01875²).
    let half = T1 * 2.0 * 0.01875;
    close(
        number(place.path(), "contracts", &[("at", "a"), ("panel", "Clients’ net gain")]),
        [0.025, 0.025 - half, 0.025 + half],
    );
}

#[test]
fn the_account_of_a_placement_adds_up() {
    let names = [
        "scenario",
        "replication",
        "active_share",
        "hires_paid",
        "hires_submitted",
        "fees_dollars",
        "refunds_dollars",
        "costs_dollars",
        "social_capital_dollars",
        "time_dollars",
        "sellers_profit_dollars",
    ];
    let place = folder(
        "outcomes",
        &names,
        &[
            &["a", "0", "1", "3", "1", "40000", "4000", "400", "2000", "20000", "13200"],
            &["a", "1", "1", "3", "1", "40000", "4000", "400", "2000", "20000", "12800"],
        ],
    );
    let manifest = r#"{"seed":1,"scenarios":{"a":"[introducers]\nhour_value = 100.0"}}"#;
    std::fs::write(place.path().join("manifest.json"), manifest).unwrap();
    let part = |part: &str| number(place.path(), "where-the-money-goes", &[("at", "a"), ("series", part)])[0];
    let parts = [
        "fee",
        "hours at their wage",
        "social capital",
        "refunds",
        "paid to others",
        "refunds still expected",
        "profit",
    ]
    .map(part);
    for (found, expected) in parts.iter().zip([10_000.0, 5000.0, 500.0, 1000.0, 100.0, 150.0, 3250.0]) {
        assert!((found - expected).abs() < 1e-9, "{parts:?}");
    }
    // Profit of 13,200 and 12,800 on 4 placements each: residuals ±200, se √(2 · 2 · 200²)/8 = 50.
    let found = number(place.path(), "where-the-money-goes", &[("at", "a"), ("series", "profit")]);
    close(found, [3250.0, 3250.0 - 50.0 * T1, 3250.0 + 50.0 * T1]);
}

/// Three paid scenarios that are made better, worse and neither by a change.
fn three(change: impl Fn(&mut Market, f64)) -> Vec<Market> {
    let one = |name: &str, way: f64| {
        with(|market| {
            market.name = name.to_owned();
            change(market, way);
        })
    };
    vec![one("Good", 1.0), one("Bad", -1.0), one("Neither", 0.0)]
}

#[test]
fn several_scenarios_are_counted_by_the_profit_of_a_placement() {
    let markets = three(|market, way| market.profit = 3000.0 * way + f64::from(way.abs() < 0.5));
    let charts = Charts::of("profits", &Run { weeks: 104, ..Run::of(markets) });
    let title = charts.title("where-the-money-goes").replace('\u{a0}', " ");
    let says = "A placement left its seller a profit in 1 of 3 scenarios and a loss in 1 (neither can be told in 1): from −$";
    assert!(title.starts_with(says), "{title}");
    assert!(title.contains("in “Bad” to $3,0") && title.contains("in “Good”"), "{title}");
    let both = |name: &str, profit: f64| {
        let markets = ["One", "Other"].map(|name| with(|m| (m.name, m.profit) = (name.to_owned(), profit)));
        let charts = Charts::of(name, &Run { weeks: 104, ..Run::of(markets.to_vec()) });
        charts.title("where-the-money-goes").to_owned()
    };
    let (up, down) = (both("profits-up", 3000.0), both("profits-down", -3000.0));
    assert!(up.starts_with("A placement left its seller a profit in 2 of 2 scenarios: from $"), "{up}");
    assert!(
        down.starts_with("A placement cost its seller more than it brought in 2 of 2 scenarios: from −$"),
        "{down}"
    );
}

#[test]
fn several_scenarios_are_counted_by_what_their_clients_gain() {
    let title = |name: &str, gains: [f64; 2]| {
        let market =
            |(name, gain): (&str, f64)| with(|market| (market.name, market.gain) = (name.to_owned(), gain));
        let markets = ["One", "Other"].into_iter().zip(gains).map(market).collect();
        Charts::of(name, &Run { weeks: 104, ..Run::of(markets) }).title("contracts").replace('\u{a0}', " ")
    };
    let (up, down) = (title("gains-up", [0.3, 0.4]), title("gains-down", [-0.3, -0.4]));
    assert!(up.starts_with("Clients gained, fees paid, under 2 of 2 contracts: from "), "{up}");
    assert!(down.starts_with("Clients lost, fees paid, under 2 of 2 contracts: from "), "{down}");
    let both = title("gains-both", [0.4, -0.4]);
    assert!(both.starts_with("Clients gained under 1 of 2 contracts and lost under 1: from "), "{both}");
}

#[test]
fn several_scenarios_are_counted_by_the_welfare_of_all() {
    let mut markets = three(|market, way| (market.worth, market.profit) = (400.0 * way, 0.0));
    markets.insert(0, Market::organic("Free"));
    let charts = Charts::of("welfares", &Run { weeks: 104, ..Run::of(markets) });
    let title = charts.title("welfare").replace('\u{a0}', " ");
    let says = "In sum all sides together were better in 1 and worse in 1 of 3 scenarios than in “Free”, with no detectable \
                difference in 1: from −$";
    assert!(
        title.starts_with(says) && title.contains("in “Bad” to $") && title.ends_with("in “Good”"),
        "{title}"
    );
}

#[test]
fn markets_that_ended_stand_by_their_week_and_those_that_live_by_their_sellers() {
    let market = |name: &str, leave: f64| Market::paid(name, leave);
    let markets =
        vec![market("Slow", 0.06), market("Leaky", 0.002), market("Fast", 0.2), market("Steady", 0.0)];
    let charts = Charts::of("orders", &Run::of(markets));
    let title = charts.title("market-life").replace('\u{a0}', " ");
    let place = |text: &str| title.find(text).unwrap_or_else(|| panic!("{text}: {title}"));
    assert!(title.starts_with("Sellers were gone by week "), "{title}");
    assert!(
        place("in “Fast” and by week ") < place("in “Slow”; after 5 years 10.0 of 10 sellers were left"),
        "{title}"
    );
    assert!(place("left in “Steady” and ") < place("in “Leaky”"), "{title}");
}

/// Left and right end of every polygon of a colour.
fn polygons(svg: &str, colour: &str) -> Vec<(f64, f64)> {
    let drawn = svg.lines().filter(|line| line.contains("<polygon") && line.contains(colour));
    let ends = drawn.map(|line| {
        let points = line.split("points=\"").nth(1).unwrap().split('"').next().unwrap();
        let xs =
            points.split_whitespace().map(|point| point.split(',').next().unwrap().parse::<f64>().unwrap());
        xs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    });
    ends.collect()
}

#[test]
fn every_part_of_a_placements_money_is_drawn_as_long_as_it_is_one_after_the_other() {
    let names = [
        "scenario",
        "replication",
        "active_share",
        "hires_paid",
        "fees_dollars",
        "refunds_dollars",
        "costs_dollars",
        "social_capital_dollars",
        "time_dollars",
        "sellers_profit_dollars",
    ];
    // One placement: $2,000 for hours worth $1,000, $300 of relationships, $200 paid back, $150 paid to others, $40 still
    // expected to be paid back, and 310 left.
    let row: &[&str] = &["a", "0", "1", "1", "2000", "200", "150", "300", "1000", "310"];
    let place = folder("outcomes", &names, &[row]);
    std::fs::write(place.path().join("manifest.json"), r#"{"seed":1,"scenarios":{"a":""}}"#).unwrap();
    draw_all(place.path()).unwrap();
    let svg = std::fs::read_to_string(place.path().join("charts/where-the-money-goes.svg")).unwrap();
    // In Tol's muted palette; the first polygon of a colour is in the key.
    let bar = |colour: &str| {
        let found = polygons(&svg, colour);
        assert_eq!(found.len(), 2, "{colour}");
        found[1]
    };
    let fee = bar("#332288");
    let pixels = (fee.1 - fee.0) / 2000.0;
    let parts =
        [("#DDCC77", 1000.0), ("#CC6677", 300.0), ("#88CCEE", 200.0), ("#999933", 150.0), ("#44AA99", 40.0)];
    let mut end = fee.0;
    for (colour, dollars) in parts {
        let (left, right) = bar(colour);
        assert!((left - end).abs() <= 1.0, "{colour} begins at {left}, not at {end}");
        assert!((right - left - dollars * pixels).abs() <= 1.0, "{colour}: {left} to {right}");
        end = right;
    }
    let words: Vec<String> = texts(&svg).into_iter().map(|text| text.words).collect();
    assert!(
        words.iter().any(|text| text == "$1,690") && words.iter().any(|text| text == "$310"),
        "{words:?}"
    );
}

#[test]
fn welfare_is_the_mean_of_paired_differences() {
    let names = [
        "scenario",
        "replication",
        "active_share",
        "welfare_workers",
        "welfare_decision_makers",
        "welfare_sellers",
    ];
    let place = folder(
        "outcomes",
        &names,
        &[
            &["free", "0", "", "1000", "10", "0"],
            &["free", "1", "0.5", "", "", "0"],
            &["free", "2", "", "3000", "30", "0"],
            &["paid", "0", "1", "1003", "11", "-2"],
            &["paid", "2", "1", "3005", "31", "-2"],
            &["paid", "3", "1", "9999", "31", "-2"],
        ],
    );
    // The manifest says who sells: without it, replication 1 of the free scenario would have active sellers.
    let manifest = r#"{"scenarios":{"free":"title = \"free\"\n[sellers]\nentry = \"closed\"\nshare = 0","paid":"title = \"paid\"\n[sellers]\nentry = \"closed\"\nshare = 0.1"}}"#;
    std::fs::write(place.path().join("manifest.json"), manifest).unwrap();
    // Differences 3 and 5: mean 4, standard error 1.
    close(
        number(place.path(), "welfare", &[("at", "paid"), ("panel", "Workers")]),
        [4.0, 4.0 - T1, 4.0 + T1],
    );
    close(number(place.path(), "welfare", &[("at", "paid"), ("panel", "Decision-makers")]), [1.0, 1.0, 1.0]);
    close(
        number(place.path(), "welfare", &[("at", "paid"), ("panel", "Together")]),
        [3.0, 3.0 - T1, 3.0 + T1],
    );
}

/// By SciPy the first has a chance of 0.0301 by itself, 0.0602 as the second of three; the second is far beyond doubt.
#[test]
fn what_luck_calls_better_among_several_markets_is_not_called_of_all_together() {
    let weak = [3.0, 1.0, -1.0, 2.0, 0.0, 2.0, 1.0, 3.0, -1.0, 2.0];
    let noise = [3.0, -3.0, 1.0, -1.0, 2.0, -2.0, 1.5, -1.5, 0.5, -0.5];
    let found = |markets: &[(&str, [f64; 10])]| {
        let names = [
            "scenario",
            "replication",
            "active_share",
            "welfare_workers",
            "welfare_decision_makers",
            "welfare_sellers",
        ];
        let mut rows: Vec<[String; 6]> = Vec::new();
        let mut row = |name: &str, replication: usize, workers: f64| {
            let [active, nothing] = [if name == "free" { "" } else { "1" }, "0"].map(str::to_owned);
            rows.push([
                name.to_owned(),
                replication.to_string(),
                active,
                workers.to_string(),
                nothing.clone(),
                nothing,
            ]);
        };
        for replication in 0..10 {
            row("free", replication, 100.0);
            markets.iter().for_each(|(name, by)| row(name, replication, 100.0 + by[replication]));
        }
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let place = folder("outcomes", &names, &rows);
        let drawn = draw_all(place.path()).unwrap();
        drawn.iter().find(|chart| chart.name == "welfare").unwrap().found.clone()
    };
    let alone = found(&[("weak", weak)]);
    assert!(alone.contains("in sum a gain"), "{alone}");
    let three = found(&[("weak", weak), ("strong", weak.map(|x| x + 40.0)), ("noise", noise)]);
    assert!(three.contains("better in 1 of 3") && three.contains("no detectable difference in 2"), "{three}");
}

#[test]
fn shares_of_requests_are_pooled_over_weeks_and_replications() {
    let names = ["scenario", "replication", "week", "requests_paid", "met_paid", "passed_paid"];
    let place = folder(
        "weekly",
        &names,
        &[
            &["a", "0", "0", "", "", ""],
            &["a", "0", "1", "60", "10", "5"],
            &["a", "0", "2", "40", "10", "5"],
            &["a", "1", "1", "100", "60", "12"],
            &["a", "1", "2", "200", "60", "12"],
        ],
    );
    // Market life needs more columns, and is not what is tested.
    let draw = || draw_all(place.path());
    assert!(draw().is_err());
    let mut table = weekly_table();
    let raw = read_table(&place.path().join("weekly.csv")).unwrap();
    for row in 0..raw.len() {
        let cell = |column: &Column| raw.column(column.name).map_or("", |place| raw.text(row, place)).into();
        table.push(table.columns.iter().map(cell).collect());
    }
    let place = tempfile::tempdir().unwrap();
    Folder::create(place.path()).unwrap().write(&table).unwrap();
    // 140 met of 400; residuals 20 − 35 and 120 − 105; se √(2 · 2 · 15²)/400 = 0.075.
    // Over the last 26 weeks, which are all.
    let of = |panel: &'static str, week: &'static str| {
        let cells = [("series", "by a seller"), ("panel", panel), ("at", week)];
        number(place.path(), "why-they-would-not-meet", &cells)
    };
    close(of("Met", "2"), [0.35, 0.0, 1.0]);
    // The line counts the weeks so far: after one week 70 of 160.
    assert!((of("Met", "1")[0] - 70.0 / 160.0).abs() < 1e-12);
    assert!((of("Passed", "2")[0] - 34.0 / 140.0).abs() < 1e-12);
}

#[test]
fn the_share_with_a_job_is_that_of_kaplan_and_meier() {
    let names = [
        "scenario",
        "replication",
        "worker",
        "spell",
        "kind",
        "start_week",
        "end_week",
        "ended",
        "weeks",
        "ability",
        "networking",
        "contacts_at_start",
        "bought",
        "salary_before",
        "salary_after",
    ];
    let mut rows: Vec<[&str; 15]> = Vec::new();
    let mut add = |n: usize, kind, start, ended, weeks| {
        for _ in 0..n {
            rows.push([
                "a", "0", "7", "1", kind, start, "", ended, weeks, "1.5", "0.5", "3", "0", "50000", "",
            ]);
        }
    };
    // Of 60, 20 find a job in week 1 and 10 leave; of the 30 left, 10 find one in week 2; 20 go on.
    add(20, "unemployed", "1", "cold", "1");
    add(10, "unemployed", "5", "left", "1");
    add(10, "unemployed", "9", "submitted", "2");
    add(20, "unemployed", "9", "open", "3");
    // Neither those with a job nor those whose search began before the opening count.
    add(50, "employed", "3", "cold", "1");
    add(50, "unemployed", "0", "cold", "2");
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let place = folder("spells", &names, &rows);
    let at = |group: &'static str, week: &'static str| {
        number(place.path(), "a-job-search", &[("series", group), ("at", week)])
    };
    for group in ["most able third", "network less"] {
        let at = |week| at(group, week)[0];
        assert!((at("1") - 1.0 / 3.0).abs() < 1e-12 && (at("2") - 5.0 / 9.0).abs() < 1e-12);
        assert!(at("0").abs() < 1e-12 && (at("3") - 5.0 / 9.0).abs() < 1e-12);
    }
    // Greenwood at week 1: S² · 20/(60 · 40); log–log: S to the powers exp(±1.96 √V / ln S).
    let (s, v) = (2.0_f64 / 3.0, 20.0_f64 / (60.0 * 40.0));
    let power = libm::exp(1.959_963_985 * v.sqrt() / -libm::log(s));
    close(at("most able third", "1"), [1.0 - s, 1.0 - libm::pow(s, 1.0 / power), 1.0 - libm::pow(s, power)]);
}

#[test]
fn tables_of_an_older_program_and_failed_replications_are_drawn() {
    let names = ["scenario", "replication", "status", "new_clients", "hires_paid"];
    let place = folder("outcomes", &names, &[&["a", "0", "ok", "10", "2"], &["a", "1", "broke", "", ""]]);
    let drawn = draw_all(place.path()).unwrap();
    let found = &drawn.iter().find(|drawn| drawn.name == "contracts").unwrap().found;
    assert_eq!(found, "What clients gained under “a” was not measured");
    assert!(
        (number(place.path(), "contracts", &[("at", "a"), ("panel", "Placements")])[0] - 20.0).abs() < 1e-12
    );
}

#[test]
fn extreme_scenarios_are_cut_and_stay_on_the_page() {
    let markets = (0..12).map(|i| {
        let name = format!("Contract number {i} of a library of contracts with a rather long name");
        let mut market = Market::paid(&name, 0.01);
        market.profit = [3000.0, -2000.0, -900_000.0][i.min(2) * usize::from(i < 3)];
        (market.gain, market.shams, market.worth) = (0.1 * i as f64 - 0.3, i as f64, 100.0 * i as f64);
        market
    });
    let mut markets: Vec<Market> = markets.collect();
    markets.push(Market::organic("Free"));
    let charts = Charts::of("extreme", &Run { weeks: 60, replications: 5, ..Run::of(markets) });
    for drawn in &charts.drawn {
        let svg = charts.svg(drawn.name);
        assert_eq!(overlaps(&svg), [""; 0], "{}", drawn.name);
        assert_eq!(cut_off(&svg), [""; 0], "{}", drawn.name);
        assert!(
            texts(&svg).iter().all(|text| text.bottom - text.top >= 0.76 * 4.0 * 10.99),
            "{}",
            drawn.name
        );
    }
}

/// A market of another opening has its own beside it, or is left out and named; by hand.
#[test]
fn welfare_is_held_against_nothing_sold_on_the_same_opening() {
    let found = |rows: &[(&str, &str, &str, f64)]| {
        let names = [
            "scenario",
            "replication",
            "opening_hash",
            "active_share",
            "welfare_workers",
            "welfare_decision_makers",
            "welfare_sellers",
        ];
        let mut all: Vec<Vec<String>> = Vec::new();
        for replication in 0..4 {
            let add = |(name, hash, active, workers): &(&str, &str, &str, f64)| {
                let workers = (workers + f64::from(replication)).to_string();
                [*name, &replication.to_string(), hash, active, &workers, "0", "0"]
                    .map(str::to_owned)
                    .to_vec()
            };
            all.extend(rows.iter().map(add));
        }
        let rows: Vec<Vec<&str>> = all.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let place = folder("outcomes", &names, &rows);
        let drawn = draw_all(place.path()).unwrap();
        let chart = drawn.iter().find(|chart| chart.name == "welfare").unwrap();
        let numbers = std::fs::read_to_string(place.path().join("charts/welfare.csv")).unwrap();
        let svg = std::fs::read_to_string(place.path().join("charts/welfare.svg")).unwrap();
        let words: Vec<String> = texts(&svg).into_iter().map(|text| text.words).collect();
        (format!("{} {}", chart.found, words.join(" ")), numbers)
    };
    let base = [("free", "a", "", 100.0), ("paid", "a", "1", 107.0), ("slow", "b", "1", 190.0)];
    let (alone, numbers) = found(&base);
    assert!(alone.contains("Left out: “slow”, beside which nothing was run"), "{alone}");
    assert!(!numbers.contains("slow") && numbers.contains("paid"), "{numbers}");
    let mut all = base.to_vec();
    all.push(("slow free", "b", "", 200.0));
    let (beside, numbers) = found(&all);
    assert!(!beside.contains("Left out") && beside.contains("the market of the same opening"), "{beside}");
    // 190 less 200, not less 100.
    let slow = numbers.lines().find(|line| line.contains("slow") && line.contains("Workers")).unwrap();
    assert!(slow.contains("-10"), "{slow}");
}
