//! The embedded font: registering it, measuring words, breaking lines.

use std::sync::{Arc, LazyLock};

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use resvg::usvg::fontdb;

pub(super) const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular.otf");
pub(super) const SEMIBOLD: &[u8] = include_bytes!("fonts/Inter-SemiBold.otf");

/// The generic family is written into the SVG, so that a reader without the font falls back to a sans.
pub(super) const FAMILY: &str = "sans-serif";
/// What plotters divides a font size by before it writes it.
pub(super) const PLOTTERS_SIZE: f64 = 1.24;

static REGISTERED: LazyLock<bool> = LazyLock::new(|| {
    register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
        && register_font(FAMILY, FontStyle::Bold, SEMIBOLD).is_ok()
});

static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    database.load_font_data(REGULAR.to_vec());
    database.load_font_data(SEMIBOLD.to_vec());
    database.set_sans_serif_family("Inter");
    Arc::new(database)
});

/// Fonts for drawing to pixels; those of the machine are never read.
pub(super) fn database() -> Arc<fontdb::Database> {
    DATABASE.clone()
}

/// Makes the font known to plotters; false if it could not be read.
pub(super) fn ready() -> bool {
    *REGISTERED
}

pub(super) fn style(bold: bool) -> FontStyle {
    if bold { FontStyle::Bold } else { FontStyle::Normal }
}

static FACE: LazyLock<Option<ttf_parser::Face<'static>>> =
    LazyLock::new(|| ttf_parser::Face::parse(REGULAR, 0).ok());

/// Whether the embedded font has a letter.
pub(super) fn has(letter: char) -> bool {
    letter.is_whitespace() || FACE.as_ref().is_none_or(|face| face.glyph_index(letter).is_some())
}

/// Drawn in pixels for a letter that the font does not have.
pub(super) const MISSING: char = '□';

/// Width of a text in pixels, at `size` pixels per em.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    // Measured large, since plotters rounds to whole pixels.
    let (fine, guess) = (64.0, 0.6 * size * text.chars().count() as f64);
    if !ready() {
        return guess;
    }
    let font = FontDesc::new(FontFamily::Name(FAMILY), size * fine * PLOTTERS_SIZE, style(bold));
    font.layout_box(text).map_or(guess, |(_, (right, _))| f64::from(right) / fine)
}

/// Breaks a text into lines no wider than `room`, at spaces; words wider than a line after a hyphen, an underscore or
/// a slash, and inside only where there is none.
///
/// Past `most` lines the last one ends in "…". Always gives at least one line.
pub(super) fn wrap(text: &str, room: f64, size: f64, bold: bool, most: usize) -> Vec<String> {
    let fits = |line: &str| width(line, size, bold) <= room;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&joined) {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                let joint = line.rfind(JOINTS).map(|at| at + 1);
                let rest = joint.map_or_else(String::new, |joint| line.split_off(joint));
                lines.push(std::mem::replace(&mut line, rest + &letter.to_string()));
            }
        }
    }
    lines.push(line);
    lines.retain(|line| !line.is_empty());
    if lines.len() > most.max(1) {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// Letters of one byte after which a long word may be broken.
const JOINTS: [char; 3] = ['-', '_', '/'];

/// As [`wrap`], with lines of about equal length, so that no word is left alone on the last.
pub(super) fn wrap_evenly(text: &str, room: f64, size: f64, bold: bool, most: usize) -> Vec<String> {
    let widest = wrap(text, room, size, bold, most);
    let narrower = (12..20).map(|part| wrap(text, room * f64::from(part) / 20.0, size, bold, usize::MAX));
    narrower.into_iter().find(|lines| lines.len() == widest.len()).unwrap_or(widest)
}

/// One line, cut with "…" if it is wider than `room`.
pub(super) fn cut(text: &str, room: f64, size: f64, bold: bool) -> String {
    wrap(text, room, size, bold, 1).swap_remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_registered_and_wide_letters_are_wider() {
        assert!(ready());
        assert!(width("MMM", 12.0, false) > width("iii", 12.0, false));
        assert!(width("sellers", 12.0, true) > width("sellers", 12.0, false));
    }

    #[test]
    fn the_font_has_latin_letters_and_the_sign_for_those_that_it_lacks() {
        assert!("Ábč–“”½€−✓□ \u{a0}".chars().filter(|letter| *letter != '✓').all(has));
        assert!(!"日本語".chars().any(has));
    }

    #[test]
    fn lines_fit_their_room_and_keep_every_letter() {
        let text = "a market in which_everything_is_written_without_a_single_space and then not";
        let lines = wrap(text, 90.0, 12.0, false, 99);
        assert!(lines.iter().all(|line| width(line, 12.0, false) <= 90.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        let two = wrap(text, 90.0, 12.0, false, 2);
        assert!(two.len() == 2 && two[1].ends_with('…') && width(&two[1], 12.0, false) <= 90.0);
        assert_eq!(wrap("", 90.0, 12.0, false, 2), [""]);
        assert_eq!(wrap("contingency-screened", 90.0, 12.0, false, 2), ["contingency-", "screened"]);
    }
}
