//! The figures themselves.

use std::fs;

use introsim::output::funnel::{Market, STEPS, explain};
use introsim::output::read_table;
use introsim::stats::Estimate;

use super::{Place, made_up_outcomes, made_up_weeks, make_up};

fn step(market: &Market, channel: &str, step: &str) -> (Option<Estimate>, Option<Estimate>) {
    let at = STEPS.iter().position(|name| *name == step).unwrap();
    let way = market.ways.iter().find(|way| way.channel == channel).unwrap();
    (way.counts[at], way.rates[at])
}

/// t interval of two values: their mean ± 12.706 · half their distance (t with one degree of freedom, sd/√2 = half).
fn of_two(a: f64, b: f64) -> (f64, f64, f64) {
    let (mean, half) = (f64::midpoint(a, b), 12.706_204_736 * (a - b).abs() / 2.0);
    (mean, mean - half, mean + half)
}

fn is_close(estimate: Option<Estimate>, expected: (f64, f64, f64)) -> bool {
    let Some(Estimate { value, interval: Some((low, high)), .. }) = estimate else { return false };
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
    near(value, expected.0) && near(low, expected.1) && near(high, expected.2)
}

#[test]
fn made_up_tables_come_out_as_they_went_in() {
    let place = Place::new();
    make_up(&place.path("out"), "made", &made_up_outcomes(), &made_up_weeks());
    let markets = explain(&place.path("out")).unwrap();
    let [market] = markets.as_slice() else { panic!("{markets:?}") };
    assert_eq!((market.name.as_str(), market.replications, market.weeks), ("made", (2, 0), 2));
    let count = |channel, name| step(market, channel, name).0;
    let rate = |channel, name| step(market, channel, name).1;
    assert!(is_close(count("paid", "ask"), (100.0, 100.0, 100.0)));
    // 38 and 42 clients, 10 turned away by lot in each: 48 and 52 of 100 are accepted.
    assert!(is_close(count("paid", "become clients"), of_two(38.0, 42.0)));
    assert!((rate("paid", "accepted or helped").unwrap().value - 0.5).abs() < 1e-12);
    assert!((rate("paid", "become clients").unwrap().value - 0.8).abs() < 1e-12);
    assert!(is_close(count("paid", "introductions promised"), (240.0, 240.0, 240.0)));
    // Two weeks of 4 and of 6 meetings: 8 and 12; a mean cannot be below zero, so the interval begins there.
    assert!(is_close(count("paid", "met"), (10.0, 0.0, of_two(8.0, 12.0).2)));
    // The table has an interval for this one.
    assert!(is_close(rate("paid", "met"), (0.25, 0.2, 0.3)));
    assert!((rate("paid", "passed").unwrap().value - 0.8).abs() < 1e-12, "16 of 20");
    assert!((rate("paid", "offers").unwrap().value - 0.75).abs() < 1e-12, "12 of 16");
    assert!((rate("paid", "hired").unwrap().value - 0.1).abs() < 1e-12, "8 of 80");
    assert_eq!(rate("cold", "passed"), None, "nobody was met, and nothing divided by nothing is nothing");
    assert!(is_close(count("cold", "requests made"), (2_000.0, 2_000.0, 2_000.0)));
    let per: Vec<f64> = market.account.iter().map(|post| post.per_placement.unwrap().value).collect();
    let total: Vec<f64> = market.account.iter().map(|post| post.total.unwrap().value).collect();
    // Fees, paid back, to others, 20 hours at $100, goodwill, profit; 8 placements in two replications.
    assert_eq!(total, [10_000.0, 500.0, 50.0, 2_000.0, 300.0, 7_150.0]);
    assert_eq!(per, total.iter().map(|x| x * 2.0 / 8.0).collect::<Vec<_>>());
    assert!(is_close(market.account[0].total, of_two(9_000.0, 11_000.0)));
    assert!(market.outside.is_some_and(|e| e.interval == Some((5.0, 9.0))));
}

#[test]
fn of_a_real_run_every_sum_adds_up() {
    let place = Place::with_run();
    let markets = explain(&place.path("out")).unwrap();
    let names: Vec<&str> = markets.iter().map(|market| market.name.as_str()).collect();
    assert_eq!(names, ["organic", "guarantee"]);
    assert!(!markets[0].sells && markets[0].account.is_empty());
    let selling = &markets[1];
    for part in [
        |post: &introsim::output::funnel::Post| post.total,
        |post: &introsim::output::funnel::Post| post.per_placement,
    ] {
        let value = |sign: i8| -> f64 {
            let posts = selling.account.iter().filter(|post| post.sign == sign);
            posts.map(|post| part(post).unwrap().value).sum()
        };
        let (comes, goes, left) = (value(1), value(-1), value(0));
        assert!(comes > 0.0 && (comes - goes - left).abs() < 1e-6 * comes, "{comes} − {goes} = {left}?");
    }
    assert!(selling.account.iter().any(|post| post.words.starts_with("still to be paid back")));
    for market in &markets {
        for way in &market.ways {
            // requests ≥ met ≥ passed ≥ offers ≥ hired, and what was counted is a mean of whole numbers over three.
            let counts: Vec<f64> = way.counts[4..].iter().map(|count| count.unwrap().value).collect();
            assert!(counts.windows(2).all(|pair| pair[0] >= pair[1]), "{}: {counts:?}", way.channel);
            assert!(counts.iter().all(|x| ((x * 3.0).round() - x * 3.0).abs() < 1e-6), "{counts:?}");
        }
    }
    // By a second hand from outcomes.csv.
    let table = read_table(&place.path("out/outcomes.csv")).unwrap();
    let mean = |column: &str| {
        let values = table.numbers(column).unwrap();
        let own = (0..table.len()).filter(|&row| table.text(row, 0) == "guarantee");
        own.map(|row| values[row].unwrap()).sum::<f64>() / 3.0
    };
    for (name, column) in
        [("requests made", "requests_paid"), ("hired", "hires_paid"), ("become clients", "new_clients")]
    {
        let found = step(selling, "paid", name).0.unwrap().value;
        assert!((found - mean(column)).abs() < 1e-9 && found > 0.0, "{name}: {found}");
    }
    let profit = selling.account.last().unwrap().total.unwrap().value;
    assert!((profit - mean("sellers_profit_dollars")).abs() < 1e-6 * profit.abs());
}

#[test]
fn tables_that_are_not_of_one_run_are_refused() {
    for (column, words) in [
        ("fees_dollars", "the weeks of weekly.csv"),
        ("applicants", "the weeks of weekly.csv"),
        ("sellers_profit_dollars", "its parts"),
    ] {
        let place = Place::new();
        let sound = made_up_outcomes();
        make_up(&place.path("out"), "made", &sound, &made_up_weeks());
        let weekly = fs::read(place.path("out/weekly.csv")).unwrap();
        let mut wrong = sound;
        *wrong[1].get_mut(column).unwrap() += 1.0;
        make_up(&place.path("out"), "made", &wrong, &made_up_weeks());
        fs::write(place.path("out/weekly.csv"), weekly).unwrap();
        let error = explain(&place.path("out")).unwrap_err().to_string();
        assert!(
            error.contains("replication 1") && error.contains(column) && error.contains(words),
            "{error}"
        );
    }
}
