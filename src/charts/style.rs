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
/// Behind a hatch.
pub(super) const PALE: Rgb = Rgb(0xf1, 0xf1, 0xf1);
/// Whatever is free of charge: Okabe and Ito's bluish green.
pub(super) const ORGANIC: Rgb = Rgb(0x00, 0x9e, 0x73);

/// A figure that is not what it should be: Okabe and Ito's vermilion.
pub(super) const AMISS: Rgb = Rgb(0xd5, 0x5e, 0x00);

/// Warm colours for paid scenarios, from Okabe–Ito and Tol; neighbours differ in lightness too.
const WARM: [Rgb; 6] = [
    Rgb(0xd5, 0x5e, 0x00),
    Rgb(0x66, 0x1e, 0x00),
    Rgb(0xe6, 0x9f, 0x00),
    Rgb(0xaa, 0x44, 0x99),
    Rgb(0xcc, 0x66, 0x77),
    Rgb(0x88, 0x22, 0x55),
];
/// Scenarios in which seekers pay nothing.
const COOL: [Rgb; 3] = [ORGANIC, Rgb(0x44, 0xaa, 0x99), Rgb(0x11, 0x77, 0x33)];

pub(super) const WIDTH: f64 = 960.0;
pub(super) const MARGIN: f64 = 30.0;
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
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        1.05 / (0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2) + 0.05)
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

/// One colour per scenario, by its place among those of the run and by its kind.
pub(super) fn colours<'a>(scenarios: impl IntoIterator<Item = (&'a str, Kind)>) -> BTreeMap<String, Rgb> {
    let mut organic = COOL.iter().cycle();
    let mut cool = COOL[1..].iter().rev().cycle();
    let places = scenarios.into_iter().zip(WARM.iter().cycle());
    let pick = places.map(|((name, kind), warm)| {
        let colour = match kind {
            Kind::Organic => organic.next(),
            Kind::Free => cool.next(),
            Kind::Paid => Some(warm),
        };
        (name.to_owned(), colour.copied().unwrap_or(GREY))
    });
    pick.collect()
}
