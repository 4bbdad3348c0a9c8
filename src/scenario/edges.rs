//! Reads friendships from a CSV file: two worker ids a line, counted from 0, with or without a header.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::scenario::problem::{Problem, Problems, Source};
use crate::scenario::types::EdgeList;
use crate::scenario::value::At;

/// Problems shown of one file of friendships; a wrong separator would else fill the screen.
const MOST_SHOWN: usize = 10;

/// Reads the file that a scenario names at `span`.
pub(crate) fn read(at: &At<'_>, written: &str, span: Range<usize>) -> Result<EdgeList, Vec<Problem>> {
    let path = at.folder.join(written);
    let shown = path.display().to_string();
    let unreadable = |why: String| {
        vec![
            at.problem(span.clone(), "cannot read the file of friendships".to_owned())
                .label(format!("{shown}: {why}")),
        ]
    };
    if path.is_dir() {
        return Err(unreadable("this is a folder".to_owned()));
    }
    let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("this is not UTF-8 text".to_owned()))?;
    let pairs = parse(&Source::new(shown, text))?;
    Ok(EdgeList { path: written.to_owned(), pairs })
}

/// Reads the pairs; each with the lower id first, in ascending order.
fn parse(source: &Arc<Source>) -> Result<Vec<(u32, u32)>, Vec<Problem>> {
    let mut problems = Vec::new();
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
            Err((title, label)) => problems.push(Problem::at(source, span, title).label(label)),
        }
    }
    pairs.sort_by_key(|(pair, span)| (*pair, span.start));
    for ((first, earlier), (second, later)) in pairs.iter().zip(pairs.iter().skip(1)) {
        if first == second {
            let problem =
                Problem::at(source, later.clone(), "this friendship is named twice").label("here again");
            problems.push(problem.context(earlier.clone(), "here first"));
        }
    }
    problems.sort_by_key(Problem::start);
    if problems.len() > MOST_SHOWN {
        let rest = problems.len() - MOST_SHOWN;
        problems.truncate(MOST_SHOWN);
        problems.push(Problem::new(format!("{}: {rest} more lines are wrong", source.name)));
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
    let text = path.and_then(|path| std::fs::read_to_string(path).ok().map(|text| (path, text)));
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
    let text = super::load::read_text(path)
        .map_err(|why| vec![Problem::new(format!("cannot read {shown}: {why}"))])
        .and_then(|text| Ok((parse(&Source::new(shown.clone(), text.clone()))?, text)));
    let (pairs, text) = match text {
        Ok(read) => read,
        Err(found) => {
            Problems::from_list(found)?;
            (Vec::new(), String::new())
        }
    };
    if pairs.is_empty() {
        let problem = Problem::new(format!("{shown}: there is no friendship in this file"));
        Problems::from_list(vec![
            problem.help("write two worker ids a line with a comma between, as in 0,1"),
        ])?;
    }
    Ok((EdgeList { path: shown, pairs }, text.into_bytes()))
}
