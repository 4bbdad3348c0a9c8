//! Text of others, made fit to be shown: names of files and folders, cells of tables, titles.
//!
//! A terminal obeys escape sequences, and a mark of direction turns the words around it; neither may come from a file.
//! Such a character is shown by its number, as Rust writes it: `\u{1b}`.

use std::borrow::Cow;

/// Whether a character steers a terminal or turns the direction of a text, or may stand in no XML.
///
/// New lines and tabs are none of these.
#[must_use]
pub const fn steers(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

/// The text with every character that steers replaced by its number.
#[must_use]
pub fn fit(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if steers(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// A word as a shell takes it, for commands that are printed to be copied.
#[must_use]
pub fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=,:%+@".contains(c);
    let is_option_or_home = word.starts_with('~');
    if !word.is_empty() && !is_option_or_home && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if !word.contains(|c| steers(c) || c == '\n' || c == '\t') {
        return format!("'{}'", word.replace('\'', "'\\''"));
    }
    let mut quoted = String::from("$'");
    for c in word.chars() {
        match c {
            '\'' | '\\' => quoted.extend(['\\', c]),
            c if steers(c) || c == '\n' || c == '\t' => {
                let mut bytes = [0; 4];
                quoted.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\x{byte:02x}")));
            }
            c => quoted.push(c),
        }
    }
    quoted + "'"
}

/// A path as a shell takes it.
#[must_use]
pub fn shell_path(path: &std::path::Path) -> String {
    shell(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown_by_its_number_and_nothing_else_is_touched() {
        assert_eq!(fit("a\u{1b}[31mb\u{9b}2Jc\u{7f}"), "a\\u{1b}[31mb\\u{9b}2Jc\\u{7f}");
        assert_eq!(fit("\u{202e}gpj.exe\u{2066}\u{200f}"), "\\u{202e}gpj.exe\\u{2066}\\u{200f}");
        assert_eq!(fit("\r\u{85}\u{2028}"), "\\u{d}\\u{85}\\u{2028}");
        for plain in ["", "Résumé – naïve", "two\nlines\tand a tab", "שלום", "日本語", "🙂"] {
            assert!(matches!(fit(plain), Cow::Borrowed(text) if text == plain));
        }
    }

    #[test]
    fn words_are_quoted_so_that_a_shell_gives_them_back() {
        for (word, quoted) in [
            ("output/run", "output/run"),
            ("", "''"),
            ("my file.toml", "'my file.toml'"),
            ("it's", "'it'\\''s'"),
            ("$(rm -r x)", "'$(rm -r x)'"),
            ("~/x", "'~/x'"),
            ("a\u{1b}'b", "$'a\\x1b\\'b'"),
            ("two\nlines", "$'two\\x0alines'"),
        ] {
            assert_eq!(shell(word), quoted);
        }
        #[cfg(unix)]
        for word in ["it's", "a b", "$HOME `x` \"y\" \\", "é\u{202e}x", "a\u{1b}[1m\tb\nc"] {
            let script = format!("printf %s {}", shell(word));
            let said = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8(said.stdout).unwrap(), word);
        }
    }
}
