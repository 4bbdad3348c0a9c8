//! What the charts of outcomes, searches and channels find: titles with opposite data.

use introsim::charts::tables;
use introsim::output::read_table;

use super::synthetic::{Market, Run};
use super::{Charts, normal};

pub(super) fn paid() -> Market {
    Market::paid("Paid", 0.0)
}

pub(super) fn with(change: impl FnOnce(&mut Market)) -> Market {
    let mut market = paid();
    change(&mut market);
    market
}

/// The title of a chart of one paid scenario, beside an organic one if `beside`.
pub(super) fn title(look: &str, chart: &str, beside: bool, market: Market) -> String {
    let mut markets = vec![market];
    if beside {
        markets.insert(0, Market::organic("Free"));
    }
    let charts = Charts::of(look, &Run { weeks: 104, ..Run::of(markets) });
    charts.title(chart).replace('\u{a0}', " ")
}

#[test]
fn paid_requests_are_said_to_be_met_more_or_less_often_or_neither() {
    let both = |look: &str, share: f64| {
        let one = with(|market| market.acceptance = Some(share));
        let mut other = one.clone();
        other.name = "Other".to_owned();
        Charts::of(look, &Run { weeks: 104, ..Run::of(vec![one, other]) })
            .title("why-they-would-not-meet")
            .to_owned()
    };
    let (less, more, same) = (both("met-less", 0.2), both("met-more", 0.7), both("met-same", 0.45));
    assert!(less.contains("met less often than free ones in 2 of 2 scenarios"), "{less}");
    assert!(more.contains("met more often than free ones in 2 of 2 scenarios"), "{more}");
    assert!(same.starts_with("In none of 2 scenarios"), "{same}");
    let alone = title("met-alone", "why-they-would-not-meet", false, with(|m| m.acceptance = Some(0.2)));
    assert!(alone.starts_with("Decision-makers met on 20 %"), "{alone}");
    assert!(alone.contains("45 %") && alone.contains("of introductions free of charge"), "{alone}");
    let none = Charts::of("met-unpaid", &Run::of(vec![Market::organic("Free")]));
    let none = none.title("why-they-would-not-meet");
    assert!(none.starts_with("Nobody paid for a request: decision-makers met on 45"), "{none}");
}

#[test]
fn clients_are_said_to_gain_or_lose_or_neither() {
    let of = |look: &str, gain: f64, shams: f64| {
        title(look, "contracts", false, with(|market| (market.gain, market.shams) = (gain, shams)))
    };
    let (up, down, none) =
        (of("gain-up", 0.05, 0.0), of("gain-down", -0.05, 0.3), of("gain-none", 0.0005, 0.0));
    assert!(up.starts_with("Clients of “Paid” gained, fees paid: +"), "{up}");
    assert!(!up.contains("shams"), "{up}");
    assert!(down.starts_with("Clients of “Paid” lost, fees paid: −"), "{down}");
    assert!(down.ends_with("100 of them were sent to 30 shams"), "{down}");
    assert!(none.starts_with("No detectable gain or loss for clients of “Paid”"), "{none}");
    let several = Run::of(vec![
        with(|m| (m.name, m.gain) = ("Good".to_owned(), 0.05)),
        with(|m| (m.name, m.gain) = ("Bad".to_owned(), -0.05)),
        // Below zero, but not so that it could be told.
        with(|m| (m.name, m.gain) = ("Neither".to_owned(), -0.0005)),
    ]);
    let charts = Charts::of("gain-several", &several);
    let title = charts.title("contracts");
    let counts =
        "Clients gained under 1 of 3 contracts and lost under 1 (no detectable gain or loss under 1)";
    assert!(title.starts_with(counts), "{title}");
    assert!(title.contains("under “Bad” to +") && title.contains("under “Good”"), "{title}");
    let texts = charts.texts("contracts");
    let place = |name: &str| texts.lines().position(|line| line == name).unwrap();
    assert!(place("Good") < place("Neither") && place("Neither") < place("Bad"));
}

#[test]
fn a_placement_is_said_to_leave_a_profit_or_a_loss_or_neither() {
    let of = |look: &str, profit: f64| {
        title(look, "where-the-money-goes", false, with(|market| market.profit = profit))
    };
    let (up, down, none) = (of("profit", 3000.0), of("loss", -3000.0), of("neither", 1.0));
    assert!(up.starts_with("A placement brought $10,000 in fees"), "{up}");
    assert!(up.contains("of profit were left"), "{up}");
    assert!(down.contains("the seller lost $"), "{down}");
    assert!(none.contains("no profit or loss can be told"), "{none}");
}

#[test]
fn welfare_is_said_to_rise_or_fall_or_neither() {
    let of = |look: &str, worth: f64| title(look, "welfare", true, with(|market| market.worth = worth));
    let (up, down) = (of("welfare-up", 400.0), of("welfare-down", -400.0));
    assert!(up.starts_with("“Paid” against “Free”: in sum a gain, $4"), "{up}");
    assert!(down.starts_with("“Paid” against “Free”: in sum a loss, −$3"), "{down}");
    let none =
        title("welfare-none", "welfare", true, with(|market| (market.worth, market.profit) = (0.0, 0.0)));
    assert!(none.starts_with("“Paid” against “Free”: no detectable difference in sum"), "{none}");
    let without = Charts::of("welfare-no-baseline", &Run::of(vec![paid(), Market::paid("Also paid", 0.0)]));
    assert!(
        without.title("welfare").contains("nothing to compare welfare with"),
        "{}",
        without.title("welfare")
    );
}

#[test]
fn the_able_are_said_to_find_jobs_sooner_or_later_or_neither() {
    let of = |look: &str, slope: f64| {
        title(look, "a-job-search", false, with(|market| market.ability_slope = slope))
    };
    let shares = |title: &str| {
        let share = |part: &str| part.trim().split(' ').next().unwrap().parse::<f64>().unwrap();
        let (able, rest) = title.split_once("found by ").unwrap().1.split_once(" and ").unwrap();
        (share(able), share(rest))
    };
    let (sooner, later, neither) = (of("able", 0.6), of("unable", -0.6), of("alike", 0.0));
    assert!(shares(&sooner).0 > shares(&sooner).1 + 10.0, "{sooner}");
    assert!(shares(&later).0 + 10.0 < shares(&later).1, "{later}");
    assert!(!sooner.contains("least able third (no detectable"), "{sooner}");
    assert!(neither.contains("least able third (no detectable difference)"), "{neither}");
}

#[test]
fn hiding_is_said_to_raise_or_lower_acceptance_or_neither() {
    let pair = |look: &str, known: f64, hidden: f64| {
        let known = with(|m| m.acceptance = Some(known));
        let hidden = with(|m| {
            (m.name, m.hidden, m.acceptance) = ("Paid in secret".to_owned(), true, Some(hidden));
        });
        Charts::of(look, &Run { weeks: 104, ..Run::of(vec![known, hidden]) })
    };
    let say = |look: &str, known, hidden| pair(look, known, hidden).title("known-and-hidden").to_owned();
    let (up, down, same) =
        (say("hidden-up", 0.2, 0.5), say("hidden-down", 0.5, 0.2), say("hidden-same", 0.4, 0.4));
    assert!(up.starts_with("With payment hidden more were met, from 20\u{a0}%"), "{up}");
    assert!(down.starts_with("With payment hidden fewer were met, from 50\u{a0}%"), "{down}");
    assert!(same.starts_with("With payment hidden no detectable difference in how many were met"), "{same}");
    // The line of paid trust where payment is hidden is that of the one belief.
    let charts = pair("hidden-look", 0.2, 0.5);
    let numbers = read_table(&charts.dir.join("charts/known-and-hidden.csv")).unwrap();
    let value = |row: usize| numbers.finite(row, numbers.column("value").unwrap()).unwrap();
    let text = |row: usize, name: &str| numbers.text(row, numbers.column(name).unwrap()).to_owned();
    let hidden: Vec<usize> =
        (0..numbers.len()).filter(|&row| text(row, "series") == "Paid in secret").collect();
    let of = |panel: &str| -> Vec<f64> {
        hidden.iter().filter(|&&row| text(row, "panel") == panel).map(|&row| value(row)).collect()
    };
    let trust = of("Trust: those who pay");
    assert!(!trust.is_empty() && trust == of("Trust: introduced free"));
}

#[test]
fn several_pairs_are_counted_by_what_hiding_does_in_them() {
    let market = |name: &str, i: usize, acceptance: f64| {
        let mut market = Market::paid(&format!("{name} {i}"), 0.0);
        market.acceptance = Some(acceptance);
        market
    };
    let secret = |i: usize| {
        let mut market = market("Secret", i, 0.5);
        market.hidden = true;
        market
    };
    let open = |i: usize| market("Open", i, [0.2, 0.5, 0.8][i]);
    // Each of three open markets is set beside the first hidden one.
    let all = (0..3).flat_map(|i| [open(i), secret(i)]).collect();
    let charts = Charts::of("pairs-all", &Run { weeks: 104, ..Run::of(all) });
    let title = charts.title("known-and-hidden").replace('\u{a0}', " ");
    let says = "With payment hidden, in 3 pairs of markets, how often paid requests were met: more often in 1, less often in 1, \
                no detectable difference in 1";
    assert!(title.starts_with(says), "{title}");
}

#[test]
fn a_title_of_many_kinds_of_payers_is_shortened_not_cut() {
    let market = |i: usize| {
        let market = Market::paid(&format!("Scenario number {i} with a long name"), 0.01);
        let gap = [-0.9, 0.9, 0.0, 0.0][i % 4];
        if i % 4 == 2 {
            market.with_ability_gap(gap)
        } else {
            market.like_all_seekers().with_ability_gap(gap)
        }
    };
    let charts =
        Charts::of("kinds", &Run { weeks: 60, replications: 4, ..Run::of((0..12).map(market).collect()) });
    assert!(charts.shows_its_title("who-pays"), "{}", charts.title("who-pays"));
    let title = charts.title("who-pays");
    assert!(
        title.contains("less able") && title.contains("more able") && title.contains("longer out of work"),
        "{title}"
    );
}

#[test]
fn a_chart_is_drawn_only_where_it_has_something_to_say() {
    let names = |charts: &Charts| charts.drawn.iter().map(|drawn| drawn.name).collect::<Vec<_>>();
    let free = Charts::of("nothing-sold", &Run::of(vec![Market::organic("Free")]));
    for name in ["contracts", "where-the-money-goes", "welfare", "known-and-hidden"] {
        assert!(!names(&free).contains(&name), "{name}");
        assert!(!free.dir.join(format!("charts/{name}.svg")).exists(), "{name}");
    }
    assert!(!names(&Charts::of("no-pair", &normal())).contains(&"known-and-hidden"));
}

#[test]
fn a_scenario_has_one_colour_in_all_charts_of_a_run() {
    let name = |i: usize| format!("Scenario number {i}");
    let markets =
        (0..8).map(|i| if i == 3 { Market::organic(&name(i)) } else { Market::paid(&name(i), 0.02) });
    let charts = Charts::of("colours", &Run { weeks: 60, ..Run::of(markets.collect()) });
    let colour = |chart: &str, name: &str| -> Option<String> {
        let svg = charts.svg(chart);
        let named = svg
            .split("<text")
            .skip(1)
            .find(|part| part.split_once('>').is_some_and(|(_, rest)| rest.trim_start().starts_with(name)))?;
        Some(named.split("fill=\"").nth(1)?.split('"').next()?.to_owned())
    };
    for i in 0..8 {
        let expected = colour("why-they-would-not-meet", &name(i)).unwrap();
        for chart in ["market-life", "who-pays", "contracts", "where-the-money-goes", "a-job-search"] {
            if let Some(found) = colour(chart, &name(i)) {
                assert_eq!(found, expected, "{chart} {i}");
            } else {
                assert!(i == 3, "{chart} does not name scenario {i}");
            }
        }
    }
    assert_eq!(
        colour("market-life", &name(3)).unwrap(),
        "#00815D",
        "organic is green-blue, dark enough to read"
    );
}

#[test]
fn the_readme_names_every_chart() {
    let readme = include_str!("../../../README.md");
    for (path, _) in tables() {
        let name = path.strip_prefix("charts/").unwrap();
        assert!(readme.contains(&format!("| `{name}` |")), "{name}");
    }
}
