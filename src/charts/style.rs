//! Colours and sizes, the same in every chart.

use std::collections::BTreeMap;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rgb(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const INK: Rgb = Rgb(0x1a, 0x1a, 0x1a);
pub(super) const SOFT: Rgb = Rgb(0x5c, 0x5c, 0x5c);
pub(super) const GREY: Rgb = Rgb(0x80, 0x80, 0x80);
pub(super) const GRID: Rgb = Rgb(0xe4, 0xe4, 0xe4);
pub(super) const AXIS: Rgb = Rgb(0xa8, 0xa8, 0xa8);
pub(super) const WHITE: Rgb = Rgb(255, 255, 255);
/// Words on cells of a colour, which is the same in the dark.
pub(super) const ON_PALE: Rgb = Rgb(0x1b, 0x1b, 0x1b);
pub(super) const ON_DARK: Rgb = Rgb(0xfe, 0xfe, 0xfe);
/// A market that lives on the losses of those who begin to sell, or of those who hire.
pub(super) const LOSING: Rgb = Rgb(0xe3, 0xb2, 0x8a);
/// What is dead: the strongest ink.
pub(super) const DEAD: Rgb = Rgb(0x26, 0x26, 0x26);
/// Behind a hatch.
pub(super) const PALE: Rgb = Rgb(0xf1, 0xf1, 0xf1);
/// Whatever is free of charge: Okabe and Ito's bluish green.
pub(super) const ORGANIC: Rgb = Rgb(0x00, 0x9e, 0x73);

/// A figure that is not what it should be: Okabe and Ito's vermilion.
pub(super) const AMISS: Rgb = Rgb(0xd5, 0x5e, 0x00);

/// A change for the better: Okabe and Ito's blue.
pub(super) const GAIN: Rgb = Rgb(0x00, 0x72, 0xb2);

/// Colours for paid scenarios, warm ones first, from Okabe–Ito and Tol; neighbours differ in lightness too.
const PAID: [Rgb; 8] = [
    Rgb(0xd5, 0x5e, 0x00),
    Rgb(0x66, 0x1e, 0x00),
    Rgb(0x88, 0x22, 0x55),
    Rgb(0xaa, 0x44, 0x99),
    Rgb(0xe6, 0x9f, 0x00),
    Rgb(0xcc, 0x66, 0x77),
    Rgb(0x99, 0x99, 0x33),
    Rgb(0x00, 0x72, 0xb2),
];
/// Scenarios of the library that often stand beside one another, by the names of their files, each with its place in
/// [`PAID`]: the same in every picture, whoever else is in it.
const NAMED: [(&str, usize); 18] = [
    ("contingency", 0),
    ("contingency-screened", 1),
    ("sports-agent", 2),
    ("cash-upfront", 3),
    ("contingency-hidden", 4),
    ("contingency-20", 4),
    ("contingency-50", 5),
    ("screened-50", 4),
    ("screened-hidden", 5),
    ("success-fee", 3),
    ("rational-30", 4),
    ("average-agent", 5),
    ("coach-and-seller", 5),
    ("guarantee", 5),
    ("coaching", 6),
    ("actors", 4),
    ("headhunter", 7),
    ("staffing-agency", 2),
];
/// Levels of a screen, from none to the most intensive.
pub(super) const SCREENS: [Rgb; 5] = [PAID[0], PAID[4], PAID[1], PAID[2], PAID[3]];
/// Scenarios in which seekers pay nothing.
const COOL: [Rgb; 3] = [ORGANIC, Rgb(0x44, 0xaa, 0x99), Rgb(0x11, 0x77, 0x33)];
/// More scenarios than these cannot be told by their colours: all are grey.
const MOST_COLOURED: usize = 8;

pub(super) const WIDTH: f64 = 960.0;
/// Of a drawing for narrow screens.
pub(super) const NARROW: f64 = 360.0;
pub(super) const MARGIN: f64 = 30.0;
/// Beside a narrow drawing.
pub(super) const NARROW_MARGIN: f64 = 6.0;
pub(super) const TITLE: f64 = 21.0;
pub(super) const SUBTITLE: f64 = 13.5;
pub(super) const HEADING: f64 = 13.0;
pub(super) const LABEL: f64 = 12.0;
pub(super) const SMALL: f64 = 11.0;

impl Rgb {
    /// Darker until it can be read as text on white (contrast 4.5 by WCAG 2).
    pub(super) fn as_text(self) -> Self {
        let mut colour = self;
        while colour.contrast_with_white() < 4.5 {
            let darker = |c: u8| c.saturating_sub(c / 16 + 1);
            colour = Self(darker(colour.0), darker(colour.1), darker(colour.2));
        }
        colour
    }

    /// Half way to white.
    pub(super) fn lighter(self) -> Self {
        let lighter = |c: u8| c.midpoint(u8::MAX);
        Self(lighter(self.0), lighter(self.1), lighter(self.2))
    }

    /// Whether words on it had better be white.
    pub(super) fn is_dark(self) -> bool {
        299 * u32::from(self.0) + 587 * u32::from(self.1) + 114 * u32::from(self.2) < 140_000
    }

    fn contrast_with_white(self) -> f64 {
        self.contrast_with(WHITE)
    }

    /// Contrast by WCAG 2.
    pub(super) fn contrast_with(self, other: Self) -> f64 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// What colour a scenario may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody pays for anything.
    Organic,
    /// Seekers pay nothing, but there is an institution.
    Free,
    /// Introductions, coaching or forms are sold.
    Paid,
}

/// A scenario that is to have a colour.
pub(super) struct Scenario<'a> {
    /// As charts call it.
    pub(super) name: &'a str,
    /// The name of its file.
    pub(super) file: &'a str,
    pub(super) kind: Kind,
}

/// One colour per scenario, by its kind and its name; grey for all where there are too many to be told by colours.
pub(super) fn colours<'a>(scenarios: impl IntoIterator<Item = Scenario<'a>>) -> BTreeMap<String, Rgb> {
    let scenarios: Vec<Scenario> = scenarios.into_iter().collect();
    let is_many = scenarios.iter().filter(|one| one.kind == Kind::Paid).count() > MOST_COLOURED;
    let mut organic = COOL.iter().cycle();
    let mut cool = COOL[1..].iter().rev().cycle();
    let named = |file: &str| NAMED.iter().find(|(name, _)| *name == file).map(|(_, place)| *place);
    let mut taken: Vec<usize> = scenarios.iter().filter_map(|one| named(one.file)).collect();
    let mut paid = |file: &str| {
        let place = named(file).unwrap_or_else(|| {
            // The first colour that is free, from one on that only the name decides.
            let wish = file.bytes().fold(0_usize, |sum, byte| (31 * sum + usize::from(byte)) % 8191);
            let tries = (0..PAID.len()).map(|step| (wish + step) % PAID.len());
            tries.clone().find(|place| !taken.contains(place)).unwrap_or(wish % PAID.len())
        });
        taken.push(place);
        PAID[place]
    };
    let pick = scenarios.iter().map(|one| {
        let colour = match one.kind {
            Kind::Organic => organic.next().copied().unwrap_or(GREY),
            Kind::Free => cool.next().copied().unwrap_or(GREY),
            Kind::Paid if is_many => GREY,
            Kind::Paid => paid(one.file),
        };
        (one.name.to_owned(), colour)
    });
    pick.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> BTreeMap<String, Rgb> {
        colours(names.iter().map(|name| Scenario { name, file: name, kind: Kind::Paid }))
    }

    #[test]
    fn a_scenario_keeps_its_colour_whoever_stands_beside_it() {
        let alone = of(&["contingency-screened"]);
        let beside = of(&["x", "contingency", "y", "contingency-screened", "z"]);
        assert_eq!(alone["contingency-screened"], beside["contingency-screened"]);
        let mut all: Vec<Rgb> = beside.values().copied().collect();
        all.sort_by_key(|colour| (colour.0, colour.1, colour.2));
        all.dedup();
        assert_eq!(all.len(), 5, "no two have the same: {beside:?}");
    }

    #[test]
    fn of_many_scenarios_none_has_a_colour_that_nobody_could_tell() {
        let names: Vec<String> = (0..9).map(|n| format!("market {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(of(&names).values().all(|colour| *colour == GREY));
        assert!(of(&names[1..]).values().all(|colour| *colour != GREY));
    }
}
