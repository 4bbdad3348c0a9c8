//! Charts inside the page: drawn from a part's tables, of the scenarios that a question is about.

use std::collections::BTreeMap;
use std::path::Path;

use super::html;
use crate::charts::{self, ChartError, Picture};
use crate::output::{Manifest, OutputError, sealed, write_whole};
use crate::report::answers::Chart;
use crate::report::study::Study;

/// The markup of a chart; empty where the part has none.
pub(super) fn figure(study: &Study, chart: &Chart, id: &str) -> Result<String, ChartError> {
    let folder = study.dir.join(chart.part.folder);
    let drawn = if chart.scenarios.is_empty() {
        charts::picture(&folder, chart.name)?
    } else {
        of_some(&folder, chart)?
    };
    Ok(drawn.map_or_else(String::new, |figure| markup(&figure, id, &files(&folder, chart))))
}

/// The files of a chart beside the report that are there, as links: those of all scenarios where the picture has some.
fn files(folder: &Path, chart: &Chart) -> Vec<String> {
    let is_there =
        ENDINGS.iter().all(|ending| folder.join(format!("charts/{}.{ending}", chart.name)).is_file());
    let all = if chart.scenarios.is_empty() { "" } else { " (all scenarios)" };
    if is_there { links(&format!("{}/charts", chart.part.folder), chart.name, all) } else { Vec::new() }
}

const ENDINGS: [&str; 3] = ["csv", "png", "svg"];

/// Links to the files of a chart in a folder, each with a note.
pub(super) fn links(folder: &str, name: &str, note: &str) -> Vec<String> {
    let link = |ending: &str| {
        let file = html::escaped(&format!("{folder}/{name}.{ending}"));
        format!("<a href=\"{file}\">{}{note}</a>", ending.to_uppercase())
    };
    ENDINGS.map(link).to_vec()
}

/// A picture for wide screens and paper, one for narrow screens, and the numbers behind both.
pub(super) fn markup(figure: &Picture, id: &str, files: &[String]) -> String {
    let title = html::escaped(&figure.title);
    let caption = html::kept_together(&title);
    let picture = |class: &str, svg: &str| {
        let own = if class == "narrow" { format!("{id}-narrow") } else { id.to_owned() };
        format!(
            "<div class=\"chart {class}\" tabindex=\"0\" role=\"region\" aria-label=\"Chart: {title}\">\n{}</div>\n",
            inline(figure, svg, &own)
        )
    };
    let spans = if is_high(&figure.narrow) { " class=\"spans\"" } else { "" };
    let link = format!("<a href=\"#{id}\">Link to this chart</a>");
    let tools: Vec<String> = std::iter::once(link).chain(files.iter().cloned()).collect();
    format!(
        "<figure id=\"{id}\"{spans}>\n<figcaption><p class=\"finding\">{caption}</p>{}</figcaption>\n\
         {}{}<p class=\"source\">{}</p>\n<p class=\"tools\">{}</p>\n{}</figure>\n",
        plotted(figure),
        picture("wide", &figure.svg),
        picture("narrow", &figure.narrow),
        html::escaped(&figure.footer),
        tools.join(" · "),
        table(&figure.numbers)
    )
}

/// What is plotted, in each of the two drawings if they differ.
fn plotted(figure: &Picture) -> String {
    let said = |class: &str, text: &str| {
        format!("<p class=\"plotted{class}\">{}</p>", html::kept_together(&html::escaped(text)))
    };
    if figure.narrow_subtitle == figure.subtitle {
        return said("", &figure.subtitle);
    }
    said(" wide", &figure.subtitle) + &said(" narrow", &figure.narrow_subtitle)
}

/// Whether a drawing for narrow screens is so high that on paper the wide one takes less of it.
fn is_high(svg: &str) -> bool {
    const HIGH: f64 = 1.2;
    let of = || {
        let (_, rest) = svg.split_once("viewBox=\"0 0 ")?;
        let (width, height) = rest.split_once('"')?.0.split_once(' ')?;
        Some(height.parse::<f64>().ok()? > HIGH * width.parse::<f64>().ok()?)
    };
    of().unwrap_or(true)
}

/// Rows of numbers beyond these are for a file.
const MOST_ROWS: usize = 90;

/// The numbers of a picture, folded away; empty columns are left out.
fn table(numbers: &[Vec<String>]) -> String {
    let [head, rows @ ..] = numbers else { return String::new() };
    if rows.is_empty() || rows.len() > MOST_ROWS {
        return String::new();
    }
    let kept: Vec<usize> = (0..head.len())
        .filter(|&at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let of =
        |row: &Vec<String>| kept.iter().map(|&at| short(row.get(at).map_or("", String::as_str))).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(of).collect();
    let head: Vec<String> = kept.iter().map(|&at| head[at].replace('_', " ")).collect();
    format!(
        "<details class=\"numbers\">\n<summary>The numbers in this chart</summary>\n{}</details>\n",
        html::table("Numbers of the chart", &head, &rows)
    )
}

/// A number in four digits; anything else as it is.
fn short(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() && cell.contains('.') => crate::text::significant(number),
        _ => cell.replace('`', "’").replace('\n', " "),
    }
}

/// The SVG with a label that says what is plotted too, and every id of its own.
fn inline(figure: &Picture, svg: &str, id: &str) -> String {
    let Some((_, rest)) = svg.split_once("aria-label=\"") else { return svg.to_owned() };
    let Some((_, rest)) = rest.split_once('"') else { return svg.to_owned() };
    let label = html::escaped(&format!("{}. {} {}", figure.title, figure.subtitle, figure.footer));
    let body = rest.replace(" id=\"", &format!(" id=\"{id}-")).replace("url(#", &format!("url(#{id}-"));
    let body = body.replace(" font-family=\"sans-serif\"", "").replace(" opacity=\"1\"", "");
    format!("<svg role=\"img\" aria-label=\"{label}\"{body}")
}

/// Draws a chart of some scenarios of a folder, in their order, from copies of its tables that hold these alone.
fn of_some(folder: &Path, chart: &Chart) -> Result<Option<Picture>, ChartError> {
    let Some(tables) = charts::tables_of(chart.name) else { return Ok(None) };
    if !tables.iter().all(|table| folder.join(table).is_file()) {
        return Ok(None);
    }
    let copy = tempfile::tempdir().map_err(OutputError::io("create a folder for", folder))?;
    for table in tables.iter().chain(&["outcomes.csv"]) {
        copy_rows(&folder.join(table), &copy.path().join(table), chart.scenarios)?;
    }
    if let Some(mut manifest) = Manifest::read(folder)? {
        if let Some(scenarios) = manifest["scenarios"].as_object_mut() {
            scenarios.retain(|name, _| chart.scenarios.contains(&name.as_str()));
        }
        write_whole(&copy.path().join("manifest.json"), sealed(&manifest).as_bytes())?;
    }
    charts::picture(copy.path(), chart.name)
}

/// Copies the rows of some scenarios, those of the first named first.
fn copy_rows(from: &Path, to: &Path, scenarios: &[&str]) -> Result<(), OutputError> {
    if !from.is_file() {
        return Ok(());
    }
    let bad = |error: csv::Error| OutputError::Csv { path: from.to_path_buf(), message: error.to_string() };
    let mut reader = csv::Reader::from_reader(crate::files::open(from).map_err(|error| bad(error.into()))?);
    let header = reader.byte_headers().map_err(bad)?.clone();
    let column = header.iter().position(|name| name == b"scenario");
    let mut rows: BTreeMap<usize, Vec<csv::ByteRecord>> = BTreeMap::new();
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(bad)? {
        let name = column.and_then(|column| row.get(column)).unwrap_or_default();
        if let Some(place) = scenarios.iter().position(|scenario| scenario.as_bytes() == name) {
            rows.entry(place).or_default().push(row.clone());
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_byte_record(&header).map_err(bad)?;
    for row in rows.values().flatten() {
        writer.write_byte_record(row).map_err(bad)?;
    }
    let bytes = writer.into_inner().map_err(|error| bad(error.into_error().into()))?;
    write_whole(to, &bytes).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_page_end_where_a_file_begins() {
        let rows = |n: usize| {
            let head = vec!["at".to_owned(), "value".to_owned()];
            std::iter::once(head)
                .chain((0..n).map(|row| vec![row.to_string(), "1".to_owned()]))
                .collect::<Vec<_>>()
        };
        assert!(table(&rows(MOST_ROWS)).contains("<td"));
        assert_eq!([table(&rows(MOST_ROWS + 1)), table(&rows(0))], ["", ""]);
    }

    #[test]
    fn fractions_are_told_in_three_digits_and_all_else_as_it_stands() {
        assert_eq!(["0.123456", "-2.5", "1234.5678", "7"].map(short), ["0.123", "−2.5", "1,230", "7"]);
        assert_eq!(["holds `a`", "two\nlines", "NaN", ""].map(short), ["holds ’a’", "two lines", "NaN", ""]);
    }
}
