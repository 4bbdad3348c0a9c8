//! The terminal: the one way out for all that a command says, with the text of others made fit to be shown.

use std::io::{self, StdoutLock, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::foreign;
use crate::scenario::Problems;

/// Whether the command has more to do than to talk, so that it goes on where nobody reads any more.
static OUTLIVES_READER: AtomicBool = AtomicBool::new(false);

/// From here on whoever read standard output may go away, as `head` does: what the command makes, and the code that it ends
/// with, are not for the reader alone.
pub(super) fn outlive_reader() {
    OUTLIVES_READER.store(true, Ordering::Relaxed);
}

/// What became of words for a reader, who may be gone.
fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error)
            if error.kind() == io::ErrorKind::BrokenPipe && OUTLIVES_READER.load(Ordering::Relaxed) =>
        {
            Ok(())
        }
        written => written,
    }
}

/// Standard output, through which nothing steers the terminal.
pub(super) fn out() -> Fit<StdoutLock<'static>> {
    Fit { to: io::stdout().lock(), rest: Vec::new() }
}

/// Standard output as it is, for what the program itself made for other programs: schemas, completions.
pub(super) fn raw() -> StdoutLock<'static> {
    io::stdout().lock()
}

/// Writes text to standard output in which verdicts have colours, on a terminal that shows them: none with `NO_COLOR`, nor in
/// a pipe.
pub(super) fn show(text: &str) -> io::Result<()> {
    heard(writeln!(anstream::stdout(), "{}", painted(&foreign::fit(text))))
}

/// Writes what was found, a line each: on a terminal wrapped at its width, in a pipe unbroken, so that a line can be looked
/// for. Names of charts have the scenario's own behind them where they come first.
///
/// - `names`: what charts call a scenario, and its name in tables
pub(super) fn found<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    names: &[(String, String)],
) -> io::Result<()> {
    let mut left = names.to_vec();
    for text in texts {
        writeln!(out(), "{}", wrapped(&told(text, &mut left)))?;
    }
    Ok(())
}

/// A line for the terminal: wrapped at its width, unbroken in a pipe.
pub(super) fn wrapped(text: &str) -> String {
    use std::io::IsTerminal as _;
    const USUAL: usize = 80;
    let width = super::table::terminal_width().map(usize::from);
    super::trace::wrapped(text, "  ", width.or_else(|| io::stdout().is_terminal().then_some(USUAL)))
}

/// A text in which names of charts that were not told yet have the scenario's own behind them.
fn told(text: &str, left: &mut Vec<(String, String)>) -> String {
    let mut text = text.to_owned();
    left.retain(|(short, name)| {
        let quoted = crate::text::quoted(short);
        let is_new = text.contains(&quoted);
        if is_new {
            text = text.replacen(&quoted, &format!("{quoted} ({name})"), 1);
        }
        !is_new
    });
    text
}

/// Words that have a colour, and its code.
const COLOURS: [(&str, u8); 7] = [
    ("lasts", 32),
    ("lives on newcomers' losses", 35),
    ("lives at employers' cost", 35),
    ("dies", 31),
    ("higher", 36),
    ("lower", 33),
    ("×", 31),
];

/// Text with its verdicts in colour, line by line; whole sentences, such as notes, stay plain.
fn painted(text: &str) -> String {
    let line = |line: &str| if line.trim_end().ends_with('.') { line.to_owned() } else { painted_line(line) };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Whole words alone, not parts of names; what cannot be told has no colour.
fn painted_line(text: &str) -> String {
    let mut painted = String::with_capacity(text.len());
    let mut rest = text;
    let joins = |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || "-_.".contains(c));
    while let Some(letter) = rest.chars().next() {
        let is_inside = joins(painted.chars().next_back()) || painted.ends_with("whether it ");
        let word = COLOURS.iter().find(|(word, _)| {
            !is_inside && rest.strip_prefix(word).is_some_and(|after| !joins(after.chars().next()))
        });
        let length = word.map_or(letter.len_utf8(), |(word, _)| word.len());
        match word {
            Some((word, colour)) => painted += &format!("\u{1b}[{colour}m{word}\u{1b}[0m"),
            None => painted.push(letter),
        }
        rest = &rest[length..];
    }
    painted
}

/// Writes a line to standard error; if nobody listens, there is nobody to tell.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", foreign::fit(text));
}

/// The same for problems, in colour where it belongs; they are made fit where they are put into words.
pub(super) fn say_problems(problems: &Problems, after: &str) {
    let _ = writeln!(anstream::stderr(), "{}{after}", problems.styled());
}

/// A writer that lets through no character that steers a terminal.
pub(super) struct Fit<W: Write> {
    to: W,
    /// The beginning of a character whose end has not come yet.
    rest: Vec<u8>,
}

impl<W: Write> Write for Fit<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.rest) {
            Ok(_) => self.rest.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.rest.len(),
        };
        let text: Vec<u8> = self.rest.drain(..whole).collect();
        heard(self.to.write_all(foreign::fit(&String::from_utf8_lossy(&text)).as_bytes()))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        heard(self.to.flush())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_have_colours_and_names_that_hold_them_have_none() {
        assert_eq!(
            painted("who-dies dies: 0; a lasts, b.lower is lower"),
            "who-dies \u{1b}[31mdies\u{1b}[0m: 0; a \u{1b}[32mlasts\u{1b}[0m, b.lower is \u{1b}[33mlower\u{1b}[0m"
        );
        assert_eq!(painted("lives at employers' cost"), "\u{1b}[35mlives at employers' cost\u{1b}[0m");
        assert_eq!(painted("naïve × 2, higher."), "naïve × 2, higher.");
        assert_eq!(painted("× 2\nis called higher."), "\u{1b}[31m×\u{1b}[0m 2\nis called higher.");
        assert_eq!(painted("a: whether it lasts cannot be told"), "a: whether it lasts cannot be told");
    }

    #[test]
    fn a_name_of_charts_has_the_scenarios_own_behind_it_once() {
        let mut left = vec![("unscreened tenth".to_owned(), "contingency".to_owned())];
        let first = told("“unscreened tenth” lasts, as “unscreened tenth” does", &mut left);
        assert_eq!(first, "“unscreened tenth” (contingency) lasts, as “unscreened tenth” does");
        assert_eq!(told("“unscreened tenth” pays", &mut left), "“unscreened tenth” pays");
    }

    #[test]
    fn what_steers_does_not_come_through_however_the_bytes_are_cut() {
        let text = "naïve \u{1b}]0;title\u{7} \u{202e}x\n";
        for size in 1..text.len() {
            let mut out = Fit { to: Vec::new(), rest: Vec::new() };
            for piece in text.as_bytes().chunks(size) {
                out.write_all(piece).unwrap();
            }
            let shown = String::from_utf8(out.to).unwrap();
            assert_eq!(shown, "naïve \\u{1b}]0;title\\u{7} \\u{202e}x\n", "in pieces of {size}");
        }
    }
}
