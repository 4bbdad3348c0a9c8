//! Colours of drawings in pages of the dark: what was dark on white becomes light enough to be seen.

use std::collections::BTreeSet;

use super::style::{AXIS, DEAD, GREY, GRID, INK, ON_DARK, ON_PALE, PALE, Rgb, SOFT, WHITE};

/// Behind drawings in the dark; the style sheet of the page has it too.
const CARD: Rgb = Rgb(0x1e, 0x1d, 0x1b);
/// Greys that stand for paper, ink and what lies between, and what they are in the dark.
const GREYS: [(Rgb, Rgb); 10] = [
    // Words on cells of a colour, which stays.
    (ON_PALE, ON_PALE),
    (ON_DARK, ON_DARK),
    (WHITE, CARD),
    (INK, Rgb(0xec, 0xe9, 0xe2)),
    (SOFT, Rgb(0xb0, 0xad, 0xa5)),
    (GREY, Rgb(0x9a, 0x98, 0x92)),
    (AXIS, Rgb(0x6d, 0x6b, 0x65)),
    (GRID, Rgb(0x3a, 0x39, 0x34)),
    (PALE, Rgb(0x2b, 0x2a, 0x26)),
    // Blacker than the page: light, it would begin the scale of what lasts.
    (DEAD, Rgb(0x00, 0x00, 0x00)),
];

/// Rules of a style sheet for all colours of some drawings, within elements that `scope` selects.
pub(crate) fn rules(scope: &str, svgs: &[&str]) -> String {
    let mut found: BTreeSet<(&str, String)> = BTreeSet::new();
    for svg in svgs {
        for tag in svg.split('<').skip(1) {
            let is_text = tag.starts_with("text");
            for (attribute, kind) in
                [("fill=\"#", if is_text { "text" } else { "fill" }), ("stroke=\"#", "stroke")]
            {
                if let Some(colour) = tag.split_once(attribute).and_then(|(_, rest)| rest.get(..6)) {
                    found.insert((kind, colour.to_owned()));
                }
            }
        }
    }
    let rule = |(kind, hex): &(&str, String)| {
        let colour = parsed(hex)?;
        let least = if *kind == "text" { 4.5 } else { 3.0 };
        let dark = in_the_dark(colour, least);
        let element = if *kind == "text" { "text" } else { ":not(text)" };
        let property = if *kind == "stroke" { "stroke" } else { "fill" };
        let Rgb(r, g, b) = dark;
        (dark != colour).then(|| {
            format!("{scope} {element}[{property}=\"#{hex}\"]{{{property}:#{r:02x}{g:02x}{b:02x}}}\n")
        })
    };
    found.iter().filter_map(rule).collect()
}

fn parsed(hex: &str) -> Option<Rgb> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some(Rgb(byte(0)?, byte(2)?, byte(4)?))
}

/// A grey as its part in the dark; any other colour lightened until it stands out so much.
fn in_the_dark(colour: Rgb, least: f64) -> Rgb {
    if let Some((_, dark)) = GREYS.iter().find(|(light, _)| *light == colour) {
        return *dark;
    }
    let mut colour = colour;
    while colour.contrast_with(CARD) < least {
        let lighter = |c: u8| c.saturating_add((u8::MAX - c) / 12 + 1);
        colour = Rgb(lighter(colour.0), lighter(colour.1), lighter(colour.2));
    }
    colour
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_becomes_light_and_colours_that_would_not_be_seen_are_lightened() {
        let svg = "<text fill=\"#661E00\">a</text><line stroke=\"#1A1A1A\"/><rect fill=\"#FFFFFF\"/><rect fill=\"#E69F00\"/>";
        let rules = rules(".chart", &[svg]);
        assert!(rules.contains(".chart :not(text)[stroke=\"#1A1A1A\"]{stroke:#ece9e2}"), "{rules}");
        assert!(rules.contains("[fill=\"#FFFFFF\"]{fill:#1e1d1b}"), "{rules}");
        assert!(rules.contains(".chart text[fill=\"#661E00\"]") && !rules.contains("E69F00"), "{rules}");
        assert!(in_the_dark(Rgb(0x66, 0x1e, 0), 4.5).contrast_with(CARD) >= 4.5);
    }
}
