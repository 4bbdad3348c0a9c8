//! Charts of synthetic run folders: titles say what the data say, every line has its band, nothing is blank or cut.

mod synthetic;

use std::path::{Path, PathBuf};

use introsim::charts::{ChartError, Drawn, draw_all, tables};
use introsim::output::{Folder, Table, columns, read_table};

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
        &self.drawn.iter().find(|drawn| drawn.name == name).unwrap().title
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

struct Text {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    words: String,
}

fn attribute(tag: &str, name: &str) -> String {
    let from = tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
    tag[from..].split('"').next().unwrap().to_owned()
}

/// Boxes of all texts: widths as resvg lays them out with the font of the charts, heights of their capitals.
fn texts(svg: &str) -> Vec<Text> {
    let mut options = resvg::usvg::Options::default();
    for font in FONTS {
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    options.fontdb_mut().set_sans_serif_family("Inter");
    let tree = resvg::usvg::Tree::from_str(svg, &options).unwrap();
    let mut boxes = Vec::new();
    text_boxes(tree.root(), &mut boxes);
    let mut boxes = boxes.into_iter();
    let mut found = Vec::new();
    for part in svg.split("<text").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let words = rest.split("</text>").next().unwrap().trim();
        let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let number = |name: &str| attribute(tag, name).parse::<f64>().unwrap();
        let (y, size) = (number("y"), number("font-size"));
        let (left, right) = boxes.next().unwrap();
        found.push(Text { left, right, top: y, bottom: y + 0.76 * size, words });
    }
    assert!(boxes.next().is_none());
    found
}

fn text_boxes(group: &resvg::usvg::Group, found: &mut Vec<(f64, f64)>) {
    for node in group.children() {
        match node {
            resvg::usvg::Node::Text(text) => {
                let laid = text.abs_bounding_box();
                found.push((f64::from(laid.left()), f64::from(laid.right())));
            }
            resvg::usvg::Node::Group(group) => text_boxes(group, found),
            _ => {}
        }
    }
}

const FONTS: [&[u8]; 2] = [
    include_bytes!("../../src/charts/fonts/Inter-Regular.otf"),
    include_bytes!("../../src/charts/fonts/Inter-SemiBold.otf"),
];

fn overlaps(svg: &str) -> Vec<String> {
    let texts = texts(svg);
    let mut found = Vec::new();
    for (place, a) in texts.iter().enumerate() {
        for b in &texts[place + 1..] {
            let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            if !apart && !a.words.is_empty() && !b.words.is_empty() {
                found.push(format!("{:?} over {:?}", a.words, b.words));
            }
        }
    }
    found
}

fn cut_off(svg: &str) -> Vec<String> {
    let size = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
    let (wide, high) = size.split_once(' ').unwrap();
    let (wide, high): (f64, f64) = (wide.parse().unwrap(), high.parse().unwrap());
    let outside = |text: &Text| text.left < 0.0 || text.right > wide || text.top < 0.0 || text.bottom > high;
    texts(svg).into_iter().filter(outside).map(|text| text.words).collect()
}

fn short_lived() -> Market {
    Market::paid("Unscreened", 0.12).with_ability_gap(-0.3)
}

fn long_lived() -> Market {
    Market::paid("Screened", 0.0).with_ability_gap(0.3)
}

fn normal() -> Run {
    Run::of(vec![Market::organic("Free introductions"), short_lived(), long_lived()])
}

const ALL: [&str; 3] = ["market-life", "who-pays", "bombardment"];

#[test]
fn every_chart_has_a_picture_two_forms_and_its_numbers() {
    let charts = Charts::of("normal", &normal());
    assert_eq!(charts.drawn.len(), ALL.len());
    for drawn in &charts.drawn {
        for file in &drawn.files {
            assert!(std::fs::metadata(file).unwrap().len() > 500, "{}", file.display());
        }
        let numbers = read_table(&charts.dir.join(format!("charts/{}.csv", drawn.name))).unwrap();
        assert!(!numbers.is_empty());
        let words: String = drawn.title.split_whitespace().collect();
        let shown: String = charts.texts(drawn.name).split_whitespace().collect();
        assert!(shown.starts_with(&words), "the title of {} is not on the page", drawn.name);
    }
    assert_eq!(tables().len(), ALL.len());
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
    // Two scenarios, three variables, four groups.
    assert_eq!(charts.count("who-pays", "<polygon"), 24);
    assert_eq!(charts.count("who-pays", "<circle"), 24);
    assert!(charts.count("bombardment", "<polygon") >= 5);
}

#[test]
fn titles_say_the_opposite_with_opposite_data() {
    let gone = Charts::of("gone", &Run::of(vec![short_lived()]));
    let alive = Charts::of("alive", &Run::of(vec![long_lived()]));
    let title = gone.title("market-life");
    assert!(title.starts_with("All 10 sellers were gone by week ") && title.contains('['), "{title}");
    let title = alive.title("market-life");
    assert!(title.starts_with("In 100\u{a0}% [") && title.contains("still sold"), "{title}");
    assert!(gone.title("who-pays").contains("less able"), "{}", gone.title("who-pays"));
    assert!(alive.title("who-pays").contains("more able"), "{}", alive.title("who-pays"));
    let title = gone.title("bombardment");
    assert!(
        title.starts_with("Half of the ties with more than 2 requests a week were blocked by week"),
        "{title}"
    );
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
fn no_gap_in_ability_is_called_not_detectable() {
    let charts = Charts::of("no-gap", &Run::of(vec![Market::paid("Even", 0.05).with_ability_gap(0.0)]));
    assert!(
        charts.title("who-pays").starts_with("No detectable difference in ability"),
        "{}",
        charts.title("who-pays")
    );
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
fn twenty_scenarios_with_long_names_get_a_row_each() {
    let market = |i: usize| {
        let name = format!(
            "Scenario {i}: screening for {i} hours & a payout of {} % of the yearly salary, payment known <to all>",
            5 * i
        );
        Market::paid(&name, 0.01 * i as f64).with_ability_gap(0.0)
    };
    let charts = Charts::of("twenty", &Run { replications: 4, ..Run::of((1..=20).map(market).collect()) });
    assert_eq!(charts.count("market-life", "<polygon"), 80);
    let texts = charts.texts("market-life");
    for i in 1..=20 {
        assert!(texts.contains(&format!("Scenario {i}:")), "scenario {i} is not named");
    }
    let said = charts.texts("who-pays").replace('\n', " ");
    assert!(said.contains("16 more scenarios not shown"));
}

#[test]
fn nobody_sells_and_all_dead_are_said_not_left_blank() {
    let charts = Charts::of("nobody-sells", &Run::of(vec![Market::organic("Free introductions")]));
    assert!(charts.title("market-life").starts_with("No paid market"));
    assert!(charts.texts("market-life").contains("Nobody sells"));
    assert_eq!(charts.title("who-pays"), "Nobody paid for an introduction in these scenarios");
    let dead = Charts::of("dead", &Run::of(vec![Market::paid("Dead on arrival", 1.0).with_ability_gap(0.0)]));
    assert!(dead.title("market-life").contains("gone by week"), "{}", dead.title("market-life"));
}

#[test]
fn empty_tables_draw_a_chart_that_says_so() {
    let charts = Charts::of("empty", &Run::of(Vec::new()));
    for (name, table) in ALL.iter().zip(["weekly.csv", "densities.csv", "ties.csv"]) {
        assert!(charts.texts(name).contains(&format!("{table} has no rows.")), "{name}");
    }
}

#[test]
fn numbers_that_are_not_finite_are_left_out_and_counted() {
    let place = tempfile::tempdir().unwrap();
    normal().write(place.path());
    for file in ["weekly.csv", "ties.csv", "densities.csv"] {
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
    let column = match file {
        "weekly.csv" => "goodwill",
        "ties.csv" => "weeks",
        _ => "count",
    };
    let place = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let mut cells: Vec<&str> = line.split(',').collect();
    cells[place] = if file == "ties.csv" { "NaN" } else { "inf" };
    cells.join(",")
}

#[test]
fn no_words_lie_over_others_or_leave_the_page() {
    let markets = |n: usize| {
        let name = |i| format!("A rather long name of a scenario, number {i} of those that end together");
        (0..n).map(|i| Market::paid(&name(i), 0.04).with_ability_gap(0.1)).collect::<Vec<_>>()
    };
    let mut runs = vec![("look-normal", normal()), ("look-empty", Run::of(Vec::new()))];
    runs.push(("look-six", Run { replications: 5, ..Run::of(markets(6)) }));
    runs.push(("look-seven", Run { replications: 5, ..Run::of(markets(7)) }));
    runs.push(("look-short", Run { weeks: 6, ..normal() }));
    runs.push(("look-long", Run { weeks: 1040, replications: 3, ..normal() }));
    for (run_name, run) in runs {
        let charts = Charts::of(run_name, &run);
        for name in ALL {
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
    assert!(charts.texts("bombardment").contains("0.43 a week lasts for ever"));
    let place = tempfile::tempdir().unwrap();
    normal().write(place.path());
    std::fs::remove_file(place.path().join("manifest.json")).unwrap();
    let drawn = draw_all(place.path()).unwrap();
    let svg = std::fs::read_to_string(&drawn[2].files[0]).unwrap();
    assert!(!svg.contains("lasts for ever") && svg.contains("seed not recorded"));
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
    Folder::create(place.path(), false).unwrap().write(&Table::new("ties", columns::TIES)).unwrap();
    assert_eq!(draw_all(place.path()).unwrap().len(), 1);
    std::fs::write(place.path().join("ties.csv"), "scenario,replication\na,x\n").unwrap();
    let error = draw_all(place.path()).unwrap_err().to_string();
    assert!(error.contains("ties.csv, line 2, column replication"), "{error}");
}
