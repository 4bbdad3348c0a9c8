//! Markup: texts escaped, tags closed, so that the page is well-formed XML as well as HTML.

use crate::foreign;

/// A text in markup, with the signs that mean something in markup spelled out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No reader of XML takes control characters, and marks of direction would turn what stands around them.
            c if foreign::steers(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// A sentence: escaped, with `code` set as such, and a place to break after joints of long words.
pub(super) fn sentence(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in text.split('`').enumerate() {
        let part = escaped(part);
        if place % 2 == 1 {
            out.push_str(&format!("<code>{}</code>", breakable(&part)));
        } else {
            out.push_str(&part);
        }
    }
    kept_together(&out)
}

/// A headline: its first sentence, and what follows in smaller letters.
pub(super) fn headline(text: &str) -> String {
    match text.split_once(". ") {
        Some((first, then)) => {
            format!("{}. <span class=\"then\">{}</span>", sentence(first), sentence(then))
        }
        None => sentence(text),
    }
}

/// Markup in which intervals in brackets are not broken over lines, nor a minus sign and what it belongs to.
pub(super) fn kept_together(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']') {
            Some((inside, after))
                if inside.len() <= LONGEST
                    && inside.chars().all(|c| !c.is_alphabetic() || c == 't' || c == 'o') =>
            {
                out.push_str(&format!("<span class=\"ci\">[{inside}]</span>"));
                rest = after;
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("−$", "−\u{2060}$")
}

/// Bytes of the longest interval that is kept on one line.
const LONGEST: usize = 40;

/// Escaped code that may be broken after its joints.
fn breakable(code: &str) -> String {
    code.replace('/', "/<wbr/>").replace('_', "_<wbr/>").replace('.', ".<wbr/>")
}

/// An element with a class around markup.
pub(super) fn element(tag: &str, class: &str, inside: &str) -> String {
    if class.is_empty() {
        format!("<{tag}>{inside}</{tag}>\n")
    } else {
        format!("<{tag} class=\"{class}\">{inside}</{tag}>\n")
    }
}

/// A paragraph of a sentence.
pub(super) fn paragraph(class: &str, text: &str) -> String {
    element("p", class, &sentence(text))
}

/// A table: caption, header, rows whose first cell is their name. Each cell bears the head of its column, which a narrow
/// screen shows beside it, where rows are cards.
///
/// A name of two lines is a title and what it stands for in the tables.
pub(super) fn table(caption: &str, head: &[String], rows: &[Vec<String>]) -> String {
    let header: String =
        head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", sentence(cell))).collect();
    let heads: Vec<String> = head.iter().map(|cell| escaped(&cell.replace('`', ""))).collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(place, cell)| match place {
                0 => format!("<th scope=\"row\">{}</th>", named(cell)),
                _ => {
                    let head = heads.get(place).map_or("", String::as_str);
                    // An interval may stand under its value, so that many columns fit.
                    let cell = cell.replace("\u{a0}[", " [");
                    format!("<td data-of=\"{head}\"><span>{}</span></td>", sentence(&cell))
                }
            });
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        })
        .collect();
    let label = escaped(caption);
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: {label}\">\n<table>\n<caption><span>{label}\
         </span></caption>\n<thead><tr>{header}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )
}

/// The name of a row: a title, and below it what it stands for.
fn named(cell: &str) -> String {
    match cell.split_once('\n') {
        Some((title, name)) => format!("{}<span class=\"name\">{}</span>", sentence(title), sentence(name)),
        None => sentence(cell),
    }
}

/// Bytes as base64, for a data URI.
pub(super) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_markup_is_spelled_out() {
        assert_eq!(escaped("<a & \"b\" 'c'>\u{1}"), "&lt;a &amp; &quot;b&quot; &#39;c&#39;&gt;\\u{1}");
        assert_eq!(
            sentence("4 [1–−2 to 3] [a] −$5"),
            "4 <span class=\"ci\">[1–−2 to 3]</span> [a] −\u{2060}$5"
        );
        assert_eq!(sentence("Use `a.b` & go"), "Use <code>a.<wbr/>b</code> &amp; go");
    }

    #[test]
    fn bytes_become_the_base64_of_rfc_4648() {
        // The test vectors of section 10.
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
