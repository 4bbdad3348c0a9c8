//! The only place that knows plotters and resvg: marks in, SVG and PNG out.

use std::borrow::Cow;

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, RGBColor, TextStyle};

use super::font;
use super::marks::{Anchor, Mark};
use super::style::{Rgb, WIDTH};
use crate::foreign;

/// A list of marks in logical pixels, drawn in order.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    pub(super) width: f64,
    pub(super) height: f64,
    marks: Vec<Mark>,
    /// Places at which a reader is told a value.
    hits: Vec<((f64, f64), String)>,
}

/// plotters rounds to whole pixels, so it draws on a larger sheet.
const FINE: f64 = 4.0;
/// Pixels of the PNG for each logical pixel.
const PNG_SCALE: f64 = 2.0;

impl Canvas {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, marks: Vec::new(), hits: Vec::new() }
    }

    pub(super) fn add(&mut self, mut mark: Mark) {
        if let Mark::Text { text, .. } = &mut mark
            && let Cow::Owned(fit) = foreign::fit(text)
        {
            *text = fit;
        }
        let silent = matches!(&mark, Mark::Text { text, .. } if text.trim().is_empty());
        if !silent {
            self.marks.push(mark);
        }
    }

    /// All texts, each with its place.
    #[cfg(test)]
    pub(super) fn places(&self) -> Vec<((f64, f64), String)> {
        let place = |mark: &Mark| match mark {
            Mark::Text { at, text, .. } => Some((*at, text.clone())),
            _ => None,
        };
        self.marks.iter().filter_map(place).collect()
    }

    /// Places of all dots.
    #[cfg(test)]
    pub(super) fn dots(&self) -> Vec<(f64, f64)> {
        let place = |mark: &Mark| if let Mark::Dot { at, .. } = mark { Some(*at) } else { None };
        self.marks.iter().filter_map(place).collect()
    }

    /// All texts.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<String> {
        self.places().into_iter().map(|(_, text)| text).collect()
    }

    /// Notes what is told where a reader points.
    pub(super) fn tell(&mut self, at: (f64, f64), words: String) {
        self.hits.push((at, foreign::fit(&words).into_owned()));
    }

    /// The SVG with an unseen mark at every place that tells a value, for a page.
    pub(super) fn telling_svg(&self, title: &str) -> Result<String, String> {
        let mark = |((x, y), words): &((f64, f64), String)| {
            let (x, y) = place((*x, *y));
            let radius = whole(HIT * FINE);
            format!(
                "<circle class=\"v\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{}</title></circle>\n",
                escaped(words)
            )
        };
        let marks: String = self.hits.iter().map(mark).collect();
        Ok(self.svg(title)?.replacen("</svg>", &format!("{marks}</svg>"), 1))
    }

    /// How many marks there are.
    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The part between two heights, without the first `left_out` marks.
    pub(super) fn part(&self, left_out: usize, top: f64, bottom: f64) -> Self {
        let marks = self.marks[left_out..].iter().map(|mark| mark.lifted(top)).collect();
        let hits = self.hits.iter().map(|((x, y), words)| ((*x, y - top), words.clone())).collect();
        Self { width: self.width, height: bottom - top, marks, hits }
    }

    /// The SVG, scaling to its container up to its logical width, with `title` for those who cannot see it.
    pub(super) fn svg(&self, title: &str) -> Result<String, String> {
        if !font::ready() {
            return Err("the embedded font cannot be read".to_owned());
        }
        let mut text = String::new();
        let size = (whole(self.width * FINE).unsigned_abs(), whole(self.height * FINE).unsigned_abs());
        {
            let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
            area.fill(&plotters::style::WHITE).map_err(|error| error.to_string())?;
            for mark in &self.marks {
                draw(&area, mark).map_err(|error| error.to_string())?;
            }
            area.present().map_err(|error| error.to_string())?;
        }
        let fixed = format!("width=\"{}\" height=\"{}\"", size.0, size.1);
        let label = escaped(&foreign::fit(title));
        let wide = self.width;
        let fluid =
            format!("width=\"100%\" style=\"max-width:{wide}px\" role=\"img\" aria-label=\"{label}\"");
        Ok(text.replacen(&fixed, &fluid, 1))
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Half the width of a place that tells a value.
const HIT: f64 = 9.0;

/// Draws an SVG of [`Canvas::svg`] to pixels.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = resvg::usvg::Options { fontdb: font::database(), ..Default::default() };
    let drawn: String =
        svg.chars().map(|letter| if font::has(letter) { letter } else { font::MISSING }).collect();
    let tree = resvg::usvg::Tree::from_str(&drawn, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let scale = pixel_scale(WIDTH * PNG_SCALE / f64::from(size.width()));
    let [wide, high] =
        [size.width(), size.height()].map(|side| whole(f64::from(side * scale)).unsigned_abs());
    let mut pixels = resvg::tiny_skia::Pixmap::new(wide, high).ok_or("the picture has no area")?;
    let transform = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

type Area<'a> = plotters::drawing::DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Drawing = Result<(), plotters::drawing::DrawingAreaErrorKind<std::io::Error>>;

fn draw(area: &Area, mark: &Mark) -> Drawing {
    match mark {
        Mark::Line { points, colour, width } => {
            let stroke = rgb(*colour).stroke_width(whole(width * FINE).unsigned_abs());
            area.draw(&PathElement::new(placed(points), stroke))
        }
        Mark::Area { points, colour, alpha } => {
            area.draw(&Polygon::new(placed(points), rgb(*colour).mix(*alpha).filled()))
        }
        Mark::Dot { at, radius, colour } => {
            area.draw(&Circle::new(place(*at), whole(radius * FINE), rgb(*colour).filled()))
        }
        Mark::Text { at, text, size, bold, colour, anchor } => {
            let h_pos = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let desc = FontDesc::new(
                FontFamily::Name(font::FAMILY),
                size * FINE * font::PLOTTERS_SIZE,
                font::style(*bold),
            );
            let ink = rgb(*colour);
            let style = TextStyle::from(desc).color(&ink).pos(Pos::new(h_pos, VPos::Top));
            area.draw(&Text::new(text.as_str(), place(*at), style))
        }
    }
}

fn rgb(colour: Rgb) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn placed(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    points.iter().map(|&point| place(point)).collect()
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (whole(x * FINE), whole(y * FINE))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "casts saturate, and a page is far smaller than 2³¹ pixels"
)]
fn whole(x: f64) -> i32 {
    x.round() as i32
}

#[allow(clippy::cast_possible_truncation, reason = "a scale needs no more digits than an f32 has")]
fn pixel_scale(x: f64) -> f32 {
    x as f32
}
