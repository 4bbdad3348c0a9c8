//! Charts of synthetic run folders: titles say what the data say, every line has its band, nothing is blank or cut.

mod assumed;
mod findings;
mod geometry;
mod maps;
mod pages;
mod sums;
mod synthetic;
mod turns;

use std::path::{Path, PathBuf};

use introsim::charts::{ChartError, Drawn, draw_all, tables};
use introsim::output::tables::Tie;
use introsim::output::{Folder, Row, Table, read_table};

use geometry::{cut_off, overlaps, texts};
use synthetic::{Market, Run};

/// Draws a run in a temporary folder; with INTROSIM_LOOK=DIR the pictures stay under DIR for people to look at.
struct Charts {
    _place: Option<tempfile::TempDir>,
    dir: PathBuf,
    drawn: Vec<Drawn>,
}

impl Charts {
    fn of(name: &str, run: &Run) -> Self {
        let (place, dir) = match std::env::var_os("INTROSIM_LOOK") {
            Some(look) => (None, Path::new(&look).join(name)),
            None => {
                let place = tempfile::tempdir().unwrap();
                let dir = place.path().to_path_buf();
                (Some(place), dir)
            }
        };
        run.write(&dir);
        let drawn = draw_all(&dir).unwrap();
        Self { _place: place, dir, drawn }
    }

    fn title(&self, name: &str) -> &str {
        &self.drawn.iter().find(|drawn| drawn.name == name).unwrap().found
    }

    /// Whether the whole title is on the page, none of it cut.
    fn shows_its_title(&self, name: &str) -> bool {
        let words: String = self.title(name).split_whitespace().collect();
        let shown: String = self.texts(name).split_whitespace().collect();
        shown.contains(&words)
    }

    fn svg(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.join(format!("charts/{name}.svg"))).unwrap()
    }

    fn count(&self, name: &str, mark: &str) -> usize {
        self.svg(name).matches(mark).count()
    }

    /// All texts of a chart, one a line, as they stand.
    fn texts(&self, name: &str) -> String {
        texts(&self.svg(name)).into_iter().map(|text| text.words + "\n").collect()
    }
}

fn short_lived() -> Market {
    Market::paid("Unscreened", 0.12).like_all_seekers().with_ability_gap(-0.9)
}

fn long_lived() -> Market {
    Market::paid("Screened", 0.0).like_all_seekers().with_ability_gap(0.9)
}

fn normal() -> Run {
    Run::of(vec![Market::organic("Free introductions"), short_lived(), long_lived()])
}

/// What is drawn of a run with and without sellers, but without a pair that differs in disclosure alone.
const ALL: [&str; 8] = [
    "market-life",
    "who-pays",
    "bombardment",
    "why-they-would-not-meet",
    "contracts",
    "where-the-money-goes",
    "welfare",
    "a-job-search",
];

#[test]
fn every_chart_has_a_picture_two_forms_and_its_numbers() {
    let charts = Charts::of("normal", &normal());
    assert_eq!(charts.drawn.len(), ALL.len());
    for drawn in &charts.drawn {
        for file in &drawn.files {
            let file = &file.path;
            let least = if file.extension().is_some_and(|ending| ending == "csv") { 200 } else { 500 };
            assert!(std::fs::metadata(file).unwrap().len() > least, "{}", file.display());
        }
        let numbers = read_table(&charts.dir.join(format!("charts/{}.csv", drawn.name))).unwrap();
        assert!(!numbers.is_empty());
        assert!(charts.shows_its_title(drawn.name), "the title of {} is not on the page", drawn.name);
    }
    assert_eq!(tables().len(), ALL.len() + 8);
}

/// Numbers in a title, those in names between quotation marks left out.
fn numbers_in(title: &str) -> usize {
    let outside: String = title.split('“').map(|part| part.rsplit('”').next().unwrap()).collect();
    let is_part = |c: char| c.is_ascii_digit() || ".,".contains(c);
    let words = outside.split(|c: char| !is_part(c));
    words.filter(|word| word.chars().any(|c| c.is_ascii_digit())).count()
}

#[test]
fn titles_have_at_most_twelve_words_and_one_number() {
    let mut opposite = Market::paid("Ruin", 0.2).with_ability_gap(0.9);
    (opposite.gain, opposite.profit) = (-0.04, -3000.0);
    let runs = [
        normal(),
        Run::of(vec![opposite.clone()]),
        Run::of(vec![Market::paid("Kept", 0.0), opposite]),
        Run { replications: 1, ..normal() },
        Run::of(Vec::new()),
    ];
    for (number, run) in runs.iter().enumerate() {
        for drawn in Charts::of(&format!("short-titles-{number}"), run).drawn {
            let words = drawn.title.split([' ', '\u{a0}']).count();
            // What cannot be drawn at all may take a line more to say why.
            let is_told = drawn.title != drawn.found;
            assert!(words <= if is_told { 12 } else { 18 }, "{}", drawn.title);
            assert!(numbers_in(&drawn.title) < 2, "{}", drawn.title);
        }
    }
}

#[test]
fn equal_tables_give_equal_pictures() {
    let (one, two) = (Charts::of("normal-1", &normal()), Charts::of("normal-2", &normal()));
    for name in ALL {
        for ending in ["svg", "png", "csv"] {
            let read =
                |charts: &Charts| std::fs::read(charts.dir.join(format!("charts/{name}.{ending}"))).unwrap();
            assert_eq!(read(&one), read(&two), "{name}.{ending}");
        }
    }
}

#[test]
fn every_line_has_its_band() {
    let charts = Charts::of("bands", &Run::of(vec![short_lived(), long_lived()]));
    // Two scenarios, four plots, and lines that are not grid lines: wider than a pixel.
    assert_eq!(charts.count("market-life", "<polygon"), 8);
    assert_eq!(charts.count("market-life", "stroke-width=\"8\""), 8);
    // Three variables; two scenarios with payers and a row of those introduced free: the hill of all who seek and a band.
    assert_eq!(charts.count("who-pays", "<polygon"), 3 * 3 * 2 + 1);
    // A dot for payers, a ring of two circles for those placed, in each plot; one dot for the free.
    assert_eq!(charts.count("who-pays", "<circle"), (2 * 3 + 1) * 3);
    assert!(charts.count("bombardment", "<polygon") >= 5);
}

#[test]
fn titles_say_the_opposite_with_opposite_data() {
    let gone = Charts::of("gone", &Run::of(vec![short_lived()]));
    let alive = Charts::of("alive", &Run::of(vec![long_lived()]));
    let title = gone.title("market-life");
    assert!(title.starts_with("All 10 sellers were gone by week\u{a0}") && title.contains('['), "{title}");
    let title = alive.title("market-life");
    assert!(title.starts_with("After 5\u{a0}years 10.0 of\u{a0}10 sellers were still there"), "{title}");
    assert!(gone.title("who-pays").contains("less able than"), "{}", gone.title("who-pays"));
    assert!(alive.title("who-pays").contains("more able than"), "{}", alive.title("who-pays"));
    let title = gone.title("bombardment");
    // A tie dies in a week with a chance of 0.0002 + 0.012 times the square of its requests: of those asked 0.25 to 0.5
    // times a week 64 % or so live for 260 weeks, of those asked 0.5 to 1 times 16 % or so.
    assert!(title.starts_with("Of ties with one request in 2 to 4 weeks"), "{title}");
    assert!(title.contains("with more than 2 requests a week were blocked by week"), "{title}");
    let mut peaceful = long_lived();
    peaceful.ties_break = false;
    let quiet = Charts::of("quiet", &Run::of(vec![peaceful]));
    assert!(quiet.title("bombardment").starts_with("No tie was blocked"), "{}", quiet.title("bombardment"));
}

#[test]
fn scenarios_that_differ_are_told_apart_and_equal_ones_are_not() {
    let charts = Charts::of("differ", &normal());
    let title = charts.title("market-life");
    assert!(
        title.contains("“Unscreened”") && title.contains("“Screened”") && !title.contains("no difference"),
        "{title}"
    );
    let equal = Run::of(vec![short_lived(), Market::paid("Also unscreened", 0.12).with_ability_gap(0.0)]);
    let charts = Charts::of("equal", &equal);
    assert!(charts.title("market-life").contains("no difference"), "{}", charts.title("market-life"));
}

#[test]
fn the_title_names_what_sets_payers_most_apart_or_says_that_nothing_does() {
    let who =
        |name: &str, market: Market| Charts::of(name, &Run::of(vec![market])).title("who-pays").to_owned();
    let title = who("no-gap", Market::paid("Even", 0.05).like_all_seekers());
    assert!(title.starts_with("Those who paid were little unlike all seekers (mean ranks 4"), "{title}");
    let title = who("weeks", Market::paid("Long out", 0.05).with_ability_gap(0.0));
    assert!(
        title.starts_with("Those who paid were longer out of work than") && title.contains('['),
        "{title}"
    );
    let title = who("able", Market::paid("Able", 0.05).like_all_seekers().with_ability_gap(0.9));
    assert!(title.starts_with("Those who paid were more able than"), "{title}");
    let title = who("unable", Market::paid("Unable", 0.05).like_all_seekers().with_ability_gap(-0.9));
    assert!(title.starts_with("Those who paid were less able than"), "{title}");
}

#[test]
fn one_replication_draws_lines_without_bands_and_says_so() {
    let mut run = normal();
    run.replications = 1;
    let charts = Charts::of("one-replication", &run);
    assert_eq!(charts.count("market-life", "<polygon"), 0);
    assert!(charts.texts("market-life").contains("no band"));
    assert!(charts.title("market-life").contains("one market"), "{}", charts.title("market-life"));
    assert!(charts.title("who-pays").contains("no interval"), "{}", charts.title("who-pays"));
    assert!(charts.texts("bombardment").contains("Greenwood"));
}

#[test]
fn few_replications_draw_each_of_them_instead_of_a_band() {
    let charts = Charts::of("two-replications", &Run { replications: 2, ..normal() });
    assert_eq!(charts.count("market-life", "<polygon"), 0);
    // Two replications of four measures in two paid scenarios, and of goodwill where nobody sells.
    assert_eq!(charts.count("market-life", "stroke-width=\"4\""), 2 * (2 * 4 + 1));
    assert!(charts.texts("market-life").contains("thin lines: each replication"));
    let title = charts.title("market-life");
    assert!(title.contains("(2 of 2 markets each; of all such markets 34–100\u{a0}%)"), "{title}");
    // Hills of all who seek and the key, but no band.
    assert_eq!(charts.count("who-pays", "<polygon"), 3 * 3 + 1);
}

#[test]
fn intervals_wider_than_the_plot_end_in_arrows_inside_it() {
    let wild = Market::paid("Wild", 0.02).with_ability_gap(0.0).with_luck(2.0);
    let charts = Charts::of("wild", &Run { replications: 2, ..Run::of(vec![wild]) });
    let svg = charts.svg("who-pays");
    assert_eq!(cut_off(&svg), [""; 0]);
    let arrow = |line: &&str| line.contains("stroke-width=\"7\"") && line.matches(',').count() == 3;
    assert!(svg.lines().filter(arrow).count() > 0);
    assert!(charts.title("who-pays").contains("can be told") || charts.title("who-pays").contains('['));
}

#[test]
fn twenty_scenarios_with_long_names_get_a_line_of_dots_each() {
    let market = |i: usize| {
        let name = format!(
            "Scenario {i} with screening for {i} hours & a payout of {} % of the yearly salary, payment known <to all>",
            5 * i
        );
        Market::paid(&name, 0.01 * i as f64).with_ability_gap(0.0)
    };
    let charts = Charts::of("twenty", &Run { replications: 4, ..Run::of((1..=20).map(market).collect()) });
    // Four plots of dots where the lines end, and no band.
    assert_eq!(charts.count("market-life", "<polygon"), 0);
    assert_eq!(charts.count("market-life", "<circle"), 80);
    for chart in ["market-life", "who-pays", "why-they-would-not-meet", "contracts", "a-job-search"] {
        let texts = charts.texts(chart);
        for i in 1..=20 {
            assert!(texts.contains(&format!("Scenario {i} with")), "{chart}: scenario {i} is not named");
        }
        assert_eq!(overlaps(&charts.svg(chart)), [""; 0], "{chart}");
    }
    assert_eq!(charts.count("who-pays", "<circle"), 60);
    for chart in ALL {
        assert!(charts.shows_its_title(chart), "{}", charts.title(chart));
    }
}

#[test]
fn nobody_sells_and_all_dead_are_said_not_left_blank() {
    let charts = Charts::of("nobody-sells", &Run::of(vec![Market::organic("Free introductions")]));
    let title = charts.title("market-life");
    assert!(
        title.starts_with("Nobody sold an introduction: goodwill was ") && title.contains('['),
        "{title}"
    );
    assert!(charts.texts("market-life").contains("nobody sells"));
    let title = charts.title("who-pays");
    assert!(
        title.starts_with("Nobody paid for an introduction; those introduced free of charge were"),
        "{title}"
    );
    let dead = Charts::of("dead", &Run::of(vec![Market::paid("Dead on arrival", 1.0).with_ability_gap(0.0)]));
    assert!(dead.title("market-life").contains("gone by week"), "{}", dead.title("market-life"));
}

#[test]
fn empty_tables_draw_a_chart_that_says_so() {
    let charts = Charts::of("empty", &Run::of(Vec::new()));
    let tables = ["weekly", "densities", "ties", "weekly", "outcomes", "outcomes", "outcomes", "spells"];
    for (name, table) in ALL.iter().zip(tables.map(|table| format!("{table}.csv"))) {
        assert!(charts.texts(name).contains(&format!("{table} has no rows.")), "{name}");
    }
}

#[test]
fn numbers_that_are_not_finite_are_left_out_and_counted() {
    let place = tempfile::tempdir().unwrap();
    normal().write(place.path());
    for file in ["weekly.csv", "ties.csv", "densities.csv", "outcomes.csv", "spells.csv"] {
        let path = place.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let spoilt: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(row, line)| if row % 50 == 7 { spoil(line, &text, file) } else { line.to_owned() })
            .collect();
        std::fs::write(&path, spoilt.join("\n") + "\n").unwrap();
    }
    for drawn in draw_all(place.path()).unwrap() {
        let svg = std::fs::read_to_string(&drawn.files[0]).unwrap();
        let said: String = texts(&svg).into_iter().map(|text| text.words + " ").collect();
        assert!(said.contains("not finite"), "{}", drawn.name);
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{}", drawn.name);
    }
}

fn spoil(line: &str, text: &str, file: &str) -> String {
    let columns: &[&str] = match file {
        "weekly.csv" => &["goodwill", "requests_cold"],
        "ties.csv" | "spells.csv" => &["weeks"],
        "outcomes.csv" => &["new_clients", "fees_dollars", "welfare_workers"],
        _ => &["count"],
    };
    let mut cells: Vec<&str> = line.split(',').collect();
    for column in columns {
        let place = text.lines().next().unwrap().split(',').position(|name| name == *column).unwrap();
        cells[place] = if file == "ties.csv" { "NaN" } else { "inf" };
    }
    cells.join(",")
}

#[test]
fn no_words_lie_over_others_or_leave_the_page() {
    let markets = |n: usize| {
        let name = |i| format!("A rather long name of a scenario, number {i} of those that end together");
        (0..n).map(|i| Market::paid(&name(i), 0.04).with_ability_gap(0.1)).collect::<Vec<_>>()
    };
    let secret = |mut market: Market| {
        market.hidden = true;
        market
    };
    let pairs = (0..3).flat_map(|i| {
        let name = format!("A rather long name of a scenario in pair number {i}");
        [Market::paid(&name, 0.02), secret(Market::paid(&format!("{name}, hidden"), 0.05))]
    });
    let pairs: Vec<Market> = pairs.collect();
    let mut runs = vec![("look-normal", normal()), ("look-empty", Run::of(Vec::new()))];
    runs.push(("look-six", Run { replications: 5, ..Run::of(markets(6)) }));
    runs.push(("look-seven", Run { replications: 5, ..Run::of(markets(7)) }));
    runs.push(("look-short", Run { weeks: 6, ..normal() }));
    runs.push(("look-long", Run { weeks: 1040, replications: 3, ..normal() }));
    runs.push(("look-pairs", Run { weeks: 80, replications: 5, ..Run::of(pairs) }));
    runs.push(("look-one", Run { replications: 1, ..normal() }));
    runs.push(("look-two", Run { replications: 2, ..normal() }));
    for (run_name, run) in runs {
        let charts = Charts::of(run_name, &run);
        for name in charts.drawn.iter().map(|drawn| drawn.name) {
            let svg = charts.svg(name);
            assert_eq!(overlaps(&svg), [""; 0], "{run_name} {name}");
            assert_eq!(cut_off(&svg), [""; 0], "{run_name} {name}");
            let least = texts(&svg).iter().map(|text| text.bottom - text.top).fold(f64::INFINITY, f64::min);
            assert!(least >= 0.76 * 4.0 * 10.99, "{run_name} {name}: letters too small");
        }
    }
}

#[test]
fn the_lasting_rate_is_drawn_from_the_scenarios_that_were_run() {
    let charts = Charts::of("lasting", &normal());
    // The range is arithmetic over believable ranges, and is there in every run.
    let texts = charts.texts("bombardment");
    assert!(texts.contains("0.43 (0.08 to 2.28)") && texts.contains("for ever"), "{texts}");
    let place = tempfile::tempdir().unwrap();
    normal().write(place.path());
    std::fs::remove_file(place.path().join("manifest.json")).unwrap();
    let drawn = draw_all(place.path()).unwrap();
    let svg = std::fs::read_to_string(&drawn[2].files[0]).unwrap();
    assert!(!svg.contains("for ever") && svg.contains("seed not recorded"));
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_with_its_path() {
    let place = tempfile::tempdir().unwrap();
    normal().write(place.path());
    std::fs::write(place.path().join("charts"), "in the way").unwrap();
    let error = draw_all(place.path()).unwrap_err().to_string();
    assert!(error.starts_with("cannot create") && error.contains("charts"), "{error}");
}

#[test]
fn a_folder_without_tables_is_an_error_and_a_partial_one_is_not() {
    let place = tempfile::tempdir().unwrap();
    assert!(matches!(draw_all(place.path()), Err(ChartError::NothingToDraw { .. })));
    Folder::create(place.path()).unwrap().write(&Table::of::<Tie>([])).unwrap();
    assert_eq!(draw_all(place.path()).unwrap().len(), 1);
    let names: Vec<&str> = Tie::COLUMNS.iter().map(|column| column.name).collect();
    let text = format!("{}\na,x{}\n", names.join(","), ",".repeat(names.len() - 2));
    std::fs::write(place.path().join("ties.csv"), text).unwrap();
    let error = draw_all(place.path()).unwrap_err().to_string();
    assert!(error.contains("ties.csv, line 2, column replication"), "{error}");
}
