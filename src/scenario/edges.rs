//! Reads friendships from a CSV file: two worker ids a line, counted from 0, with or without a header.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::files;
use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::types::EdgeList;
use crate::scenario::value::At;
use crate::units::grouped;

/// Problems put into words of one file of friendships: with the one that counts the others, as many as are shown.
const MOST_SHOWN: usize = 19;

/// A list that names a smaller share of the workers than this is warned of.
const FEW: f64 = 0.9;

/// Reads the file that a scenario names at `span`.
pub(crate) fn read(at: &At<'_>, written: &str, span: Range<usize>) -> Result<EdgeList, Vec<Problem>> {
    let path = at.folder.join(written);
    let unreadable = |why: String| {
        vec![
            at.problem(span.clone(), "cannot read the file of friendships".to_owned())
                .label(format!("{}: {why}", path.display())),
        ]
    };
    let text = files::text(&path, files::MOST_EDGES).map_err(|error| unreadable(files::why(&error)))?;
    let pairs = parse(&Source::new(path.display().to_string(), text))?;
    if pairs.is_empty() {
        let problem = at.problem(span, "there is no friendship in this file".to_owned());
        return Err(vec![problem.label(path.display().to_string()).help(NO_PAIRS)]);
    }
    Ok(EdgeList { path: written.to_owned(), pairs })
}

/// What to do about a file without friendships.
const NO_PAIRS: &str = "write two worker ids a line with a comma between, as in 0,1; nobody has friends in a small world \
                        of `mean_degree = 0`";

/// What is odd about a list of friendships that can be used all the same.
#[must_use]
pub fn notes(list: &EdgeList, workers: u32) -> Vec<String> {
    let mut named: Vec<u32> = list.pairs.iter().flat_map(|&(low, high)| [low, high]).collect();
    named.sort_unstable();
    named.dedup();
    let count = |n: usize| grouped(&n.to_string());
    let mut notes = Vec::new();
    if named.first().is_some_and(|&lowest| lowest > 0) {
        notes.push(format!(
            "{}: ids are read from 0, and no line names worker 0; if the file counts from 1, take 1 off every id",
            list.path
        ));
    }
    if f64::from(crate::ids::row(named.len())) < FEW * f64::from(workers) {
        notes.push(format!(
            "{} names {} of {} workers; the others have no friends",
            list.path,
            count(named.len()),
            count(workers as usize)
        ));
    }
    notes
}

/// Reads the pairs; each with the lower id first, in ascending order.
fn parse(source: &Arc<Source>) -> Result<Vec<(u32, u32)>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut more = 0;
    let mut pairs = Vec::new();
    let mut start = 0;
    for (row, line) in source.text.split_inclusive('\n').enumerate() {
        let span = start..start + line.trim_end().len();
        start += line.len();
        let line = line.trim();
        if line.is_empty() || (row == 0 && is_header(line)) {
            continue;
        }
        match pair(line) {
            Ok(pair) => pairs.push((pair, span)),
            Err(_) if problems.len() >= MOST_SHOWN => more += 1,
            Err((title, label)) => problems.push(Problem::at(source, span, title).label(label)),
        }
    }
    pairs.sort_by_key(|(pair, span)| (*pair, span.start));
    for ((first, earlier), (second, later)) in pairs.iter().zip(pairs.iter().skip(1)) {
        if first == second && problems.len() >= MOST_SHOWN {
            more += 1;
        } else if first == second {
            let problem =
                Problem::at(source, later.clone(), "this friendship is named twice").label("here again");
            problems.push(problem.context(earlier.clone(), "here first"));
        }
    }
    problems.sort_by_key(Problem::start);
    if more > 0 {
        let lines = if more == 1 { "line is" } else { "lines are" };
        let more = grouped(&more.to_string());
        problems.push(Problem::new(format!("{}: {more} more {lines} wrong", source.name)));
    }
    if problems.is_empty() { Ok(pairs.into_iter().map(|(pair, _)| pair).collect()) } else { Err(problems) }
}

fn is_header(line: &str) -> bool {
    line.split(',').all(|field| field.trim_matches([' ', '"', '\u{feff}']).starts_with(char::is_alphabetic))
}

fn pair(line: &str) -> Result<(u32, u32), (&'static str, String)> {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [one, other] = fields[..] else {
        return Err((
            "a friendship is two worker ids with a comma between",
            format!("{} found", fields.len()),
        ));
    };
    let id = |field: &str| {
        let wrong =
            |_| ("a worker id is a whole number from 0", format!("`{}` is not", field.escape_debug()));
        field.trim_start_matches('\u{feff}').parse::<u32>().map_err(wrong)
    };
    let (one, other) = (id(one)?, id(other)?);
    if one == other {
        return Err(("nobody is a friend of his own", format!("worker {one} twice")));
    }
    Ok((one.min(other), one.max(other)))
}

/// Problems of ids beyond the workers that there are; `path` is the file as it can be opened from here.
pub(crate) fn beyond(list: &EdgeList, workers: u32, path: Option<&Path>) -> Option<Problem> {
    let worst = list.pairs.iter().map(|(_, high)| *high).max().filter(|high| *high >= workers)?;
    let title = format!(
        "worker {worst} does not exist: `workers.count` is {workers}, ids run from 0 to {}",
        workers - 1
    );
    // The file is read again for the line, since a list that passed keeps numbers only.
    let text = path.and_then(|path| files::text(path, files::MOST_EDGES).ok().map(|text| (path, text)));
    let Some((path, text)) = text else {
        return Some(Problem::new(format!("{}: {title}", list.path)));
    };
    let source = Source::new(path.display().to_string(), text);
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let span = start..start + line.trim_end().len();
        start += line.len();
        if pair(line.trim()).is_ok_and(|(_, high)| high == worst) {
            return Some(Problem::at(&source, span, title).label("named here"));
        }
    }
    Some(Problem::new(title))
}

/// Reads a list of friendships by itself, as the key `friends.edges` names one.
///
/// - gives the list and the bytes of the file
///
/// # Errors
/// All that is wrong with the file, with its lines.
pub fn load_edges(path: &Path) -> Result<(EdgeList, Vec<u8>), Problems> {
    let shown = path.display().to_string();
    let text = files::text(path, files::MOST_EDGES)
        .map_err(|error| Problem::new(format!("cannot read {shown}: {}", files::why(&error))))?;
    let source = Source::new(shown.clone(), text);
    let pairs = match parse(&source) {
        Ok(pairs) => pairs,
        Err(found) => {
            Problems::from_list(found)?;
            Vec::new()
        }
    };
    if pairs.is_empty() {
        let problem = Problem::new(format!("{shown}: there is no friendship in this file"));
        return Err(problem.help("write two worker ids a line with a comma between, as in 0,1").into());
    }
    Ok((EdgeList { path: shown, pairs }, source.text.clone().into_bytes()))
}
