//! Tables in a Markdown page, each between two marks.

use std::fmt::Write;

/// A table with a head; numbers stand to the right.
#[must_use]
pub fn markdown(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|---|", head.join(" | "));
    text.push_str(&"---:|".repeat(head.len() - 1));
    for row in rows {
        let _ = write!(text, "\n| {} |", row.join(" | "));
    }
    text
}

/// The page with what stands between `<!-- name -->` and the next `<!-- end -->` replaced.
///
/// # Errors
/// If the page has no such marks.
pub fn replace(page: &str, name: &str, text: &str) -> Result<String, String> {
    let start = format!("<!-- {name} -->\n");
    let missing = || {
        format!(
            "the page has no place for `{name}`: a line <!-- {name} -->, and a line <!-- end --> after it"
        )
    };
    let (before, rest) = page.split_once(&start).ok_or_else(missing)?;
    let (_, after) = rest.split_once("<!-- end -->").ok_or_else(missing)?;
    Ok(format!("{before}{start}{text}\n<!-- end -->{after}"))
}

/// Three figures, or whole numbers from a hundred on.
#[must_use]
pub fn short(x: f64) -> String {
    match x.abs() {
        _ if !x.is_finite() => "–".to_owned(),
        size if size >= 100.0 => format!("{x:.0}"),
        size if size >= 10.0 => format!("{x:.1}"),
        size if size >= 0.1 || size == 0.0 => format!("{x:.2}"),
        _ => format!("{x:.4}"),
    }
}
