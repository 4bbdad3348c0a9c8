//! The second band, over assumed constants: its ends are percentiles of points whose values are known.

use super::Charts;
use super::geometry::{cut_off, overlaps};
use super::synthetic::{Market, Run};

/// Points of a made-up hypercube, by scenario: profit is 100 dollars times the number of the point, for one placement.
fn assumptions(names: &[&str], points: usize) -> String {
    let mut text = "scenario,point,status,goodwill.recovery,goodwill.block_below,goodwill.per_request,\
                    sellers_profit_dollars,hires_paid,hires_submitted,social_capital_dollars,fees_dollars,\
                    new_clients,introductions_made,shams,refunds_dollars,clients_gain,market_end_week,active_share\n"
        .to_owned();
    for name in names {
        for point in 0..points {
            let i = point as f64;
            text += &format!(
                "{name},{point},ok,0.5,0,{},{},1,0,{i},100,10,{point},0,0,{},{},0.5\n",
                1.0 / (1.0 + i),
                100.0 * i - 5000.0,
                i / 100.0 - 0.5,
                if point < 50 { (i + 10.0).to_string() } else { String::new() }
            );
        }
    }
    text
}

/// Draws a run beside the points.
fn drawn(look: &str, run: &Run, points: usize) -> Charts {
    let charts = Charts::of(look, run);
    let names: Vec<&str> = run.markets.iter().map(|market| market.name.as_str()).collect();
    std::fs::write(charts.dir.join("assumptions.csv"), assumptions(&names, points)).unwrap();
    let drawn = introsim::charts::draw_all(&charts.dir).unwrap();
    let charts = Charts { drawn, ..charts };
    for chart in &charts.drawn {
        let svg = charts.svg(chart.name);
        assert_eq!(overlaps(&svg), [""; 0], "{look} {}", chart.name);
        assert_eq!(cut_off(&svg), [""; 0], "{look} {}", chart.name);
    }
    charts
}

fn market() -> Run {
    Run { weeks: 104, ..Run::of(vec![Market::paid("Paid", 0.12)]) }
}

#[test]
fn the_wider_band_is_drawn_and_stands_in_the_title() {
    let (with, without) = (drawn("assumed", &market(), 101), Charts::of("assumed-not", &market()));
    let title = |charts: &Charts, name: &str| charts.title(name).replace('\u{a0}', " ");
    // The 2.5th and the 97.5th percentile of −5,000, −4,900 … 5,000, by 101 points.
    let money = title(&with, "where-the-money-goes");
    assert!(money.ends_with("no profit or loss can be told ($3,000 [−4,750 to 4,750])"), "{money}");
    assert!(title(&without, "where-the-money-goes").contains("of profit were left"));
    let numbers = introsim::output::read_table(&with.dir.join("charts/where-the-money-goes.csv")).unwrap();
    let last = |name: &str| numbers.numbers(name).unwrap().into_iter().flatten().next_back().unwrap();
    assert!((last("assumed_low") + 4750.0).abs() < 1e-6 && (last("assumed_high") - 4750.0).abs() < 1e-6);
    assert_eq!(
        with.count("where-the-money-goes", "<polygon"),
        without.count("where-the-money-goes", "<polygon") + 1
    );
    // Gains from −0.5 to 0.5 years' salary; introductions of the 10 clients of a point.
    let contracts = title(&with, "contracts");
    assert!(contracts.contains("[−47.5 to 47.5]"), "{contracts}");
    assert_eq!(with.count("contracts", "<polygon"), 5);
    let numbers = introsim::output::read_table(&with.dir.join("charts/contracts.csv")).unwrap();
    assert!((numbers.numbers("assumed_high").unwrap()[0].unwrap() - 975.0).abs() < 1e-9);
    for name in ["where-the-money-goes", "contracts", "market-life"] {
        assert!(with.texts(name).contains("101 points over the assumed"), "{name}: {}", with.texts(name));
        assert!(!without.texts(name).contains("over the assumed"), "{name}");
    }
}

#[test]
fn a_market_that_ends_later_under_other_assumptions_has_no_end_that_anybody_saw() {
    let (with, without) = (drawn("assumed-end", &market(), 101), Charts::of("assumed-no-end", &market()));
    let end = |charts: &Charts| charts.title("market-life").split('[').nth(1).unwrap().to_owned();
    // Weeks 10, 11 … for the first half of the points; the others sold to the end, week 104.
    assert!(
        end(&with).starts_with("13–104]") || end(&with).starts_with("12–104]"),
        "{}",
        with.title("market-life")
    );
    assert_ne!(end(&with), end(&without));
    assert_eq!(with.count("market-life", "<polygon"), without.count("market-life", "<polygon") + 1);
}

#[test]
fn few_points_give_no_band() {
    let charts = drawn("assumed-few", &market(), 39);
    assert!(!charts.title("where-the-money-goes").contains("no profit or loss"));
}

/// Fifty points at which the labour market misses its facts, and of which one profit would move every percentile.
#[test]
fn points_that_miss_the_facts_or_failed_are_left_out() {
    let charts = Charts::of("assumed-misses", &market());
    let all = assumptions(&["Paid"], 101);
    let (head, rows) = all.split_once('\n').unwrap();
    let mut text = format!("{head},hits\n");
    text.extend(rows.lines().map(|row| format!("{row},yes\n")));
    let (misses, failed) = (("ok", "no"), ("failed", "yes"));
    for (point, (status, hits)) in [misses; 50].into_iter().chain([failed; 50]).enumerate() {
        text +=
            &format!("Paid,{},{status},0.5,0,1,1000000,1,0,1,100,10,1,0,0,9,10,0.5,{hits}\n", 200 + point);
    }
    std::fs::write(charts.dir.join("assumptions.csv"), text).unwrap();
    let charts = Charts { drawn: introsim::charts::draw_all(&charts.dir).unwrap(), ..charts };
    let title = charts.title("where-the-money-goes").replace('\u{a0}', " ");
    assert!(title.contains("[−4,750 to 4,750]"), "{title}");
    assert!(charts.texts("where-the-money-goes").contains("101 points over the assumed"));
}
