//! Axes: from values to pixels, and ticks on round numbers.

use crate::text::{dollars, fixed, percent_fixed};

/// A linear or logarithmic axis from pixels `from` to `to`.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    log: bool,
    /// Parts of the way at equal steps of the values; empty where they are equal too.
    places: Vec<f64>,
}

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) text: String,
    /// A second line, such as the year.
    pub(super) below: String,
}

impl Scale {
    /// From `low` to `high`; a range without width or sense becomes one around what there is.
    pub(super) fn linear(low: f64, high: f64, from: f64, to: f64) -> Self {
        let (low, high) =
            if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        let (low, high) =
            if high - low > 1e-12 * (1.0 + low.abs()) { (low, high) } else { (low - 0.5, low + 0.5) };
        Self { low, high, from, to, log: false, places: Vec::new() }
    }

    /// As [`Self::linear`] on logarithms, of values above 0.
    pub(super) fn log(low: f64, high: f64, from: f64, to: f64) -> Self {
        let low = if low > 0.0 && low.is_finite() { low } else { 0.1 };
        let high = if high > low && high.is_finite() { high } else { low * 10.0 };
        Self { low, high, from, to, log: true, places: Vec::new() }
    }

    /// With values at these parts of the way, at equal steps from the lowest on.
    pub(super) fn with_places(self, places: &[f64]) -> Self {
        Self { places: if places.len() > 1 { places.to_vec() } else { Vec::new() }, ..self }
    }

    pub(super) fn low(&self) -> f64 {
        self.low
    }

    pub(super) fn high(&self) -> f64 {
        self.high
    }

    /// Pixels from end to end.
    pub(super) fn length(&self) -> f64 {
        (self.to - self.from).abs()
    }

    /// Pixel of a value; values outside are put on the edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let share = if self.log {
            libm::log(value / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + self.part(share) * (self.to - self.from)
    }

    /// The part of the way at a share of the values.
    fn part(&self, share: f64) -> f64 {
        let steps = self.places.len().saturating_sub(1);
        if steps == 0 {
            return share;
        }
        let at = share * steps as f64;
        let below = small(at.floor().min((steps - 1) as f64)) as usize;
        let (low, high) = (self.places[below], self.places[below + 1]);
        low + (high - low) * (at - below as f64)
    }

    /// Whether equal ratios are equally wide.
    pub(super) fn is_log(&self) -> bool {
        self.log
    }

    /// Ticks on round numbers, about `wanted` of them; on a log axis on 1, 2 and 5 times powers of ten.
    pub(super) fn ticks(&self, wanted: f64, format: fn(f64, usize) -> String) -> Vec<Tick> {
        let tick = |at: f64, digits| Tick { at, text: format(at, digits), below: String::new() };
        if self.log {
            return self.log_ticks().into_iter().map(|(at, digits)| tick(at, digits)).collect();
        }
        let (step, digits) = round_step((self.high - self.low) / wanted);
        let first = (self.low / step - 1e-9).ceil();
        let count = ((self.high / step + 1e-9).floor() - first).max(0.0);
        (0..=small(count)).map(|i| tick((first + f64::from(i)) * step, digits)).collect()
    }

    fn log_ticks(&self) -> Vec<(f64, usize)> {
        let decades = libm::log10(self.high / self.low);
        let factors: &[f64] = if decades > 3.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let mut ticks = Vec::new();
        for power in -9_i32..=9 {
            for factor in factors {
                let at = factor * libm::pow(10.0, f64::from(power));
                if at >= self.low * (1.0 - 1e-9) && at <= self.high * (1.0 + 1e-9) {
                    ticks.push((at, usize::try_from(-power).unwrap_or(0)));
                }
            }
        }
        ticks
    }

    /// Ticks of a week axis: whole years where the axis spans one, else round weeks; at least `apart` pixels between.
    pub(super) fn week_ticks(&self, apart: f64) -> Vec<Tick> {
        if self.high < 52.0 {
            let mut ticks = self.ticks(5.0, plain);
            ticks.retain(|tick| tick.at.fract().abs() < 1e-9);
            return ticks;
        }
        let years = (self.high / 52.0).floor();
        let pixels = (self.to - self.from).abs() * 52.0 / (self.high - self.low);
        let step =
            [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|s| s * pixels >= apart).unwrap_or(100.0);
        let year = |i: u32| {
            let years = f64::from(i) * step;
            let below = match i {
                0 => String::new(),
                _ if years < 1.5 => "1 year".to_owned(),
                _ => format!("{years} years"),
            };
            Tick { at: years * 52.0, text: plain(years * 52.0, 0), below }
        };
        (0..=small(years / step)).map(year).collect()
    }
}

/// A range that holds the values and ends on round numbers; `floor` is always in it.
pub(super) fn round_range(values: impl IntoIterator<Item = f64>, floor: f64, wanted: f64) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold((floor, floor), |(low, high), value| (low.min(value), high.max(value)));
    if high - low <= 1e-12 {
        return (low, low + 1.0);
    }
    let (step, _) = round_step((high - low) / wanted);
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step)
}

/// The step of 1, 2 or 5 times a power of ten next above `rough`, and the digits that it needs.
fn round_step(rough: f64) -> (f64, usize) {
    let power = libm::floor(libm::log10(rough.max(1e-12)));
    let base = libm::pow(10.0, power);
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * base >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    let digits = if factor < 10.0 { -power } else { -power - 1.0 };
    (factor * base, small(digits.max(0.0)) as usize)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casts saturate; axes have few ticks"
)]
fn small(x: f64) -> u32 {
    (x.min(1000.0)) as u32
}

/// A number as it is.
pub(super) fn plain(value: f64, digits: usize) -> String {
    fixed(value, digits)
}

/// A share as a percentage.
pub(super) fn percent(value: f64, digits: usize) -> String {
    percent_fixed(value, digits.saturating_sub(2))
}

/// Dollars of three digits.
pub(super) fn whole_dollars(value: f64, _: usize) -> String {
    dollars(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_on_round_numbers() {
        let texts = |low, high| {
            let ticks = Scale::linear(low, high, 0.0, 100.0).ticks(4.0, plain);
            ticks.into_iter().map(|tick| tick.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(0.0, 1.0), ["0.0", "0.5", "1.0"]);
        assert_eq!(texts(0.0, 10.0), ["0", "5", "10"]);
        assert_eq!(texts(-1.0, 3.0), ["−1", "0", "1", "2", "3"]);
        assert_eq!(round_range([3.2, 17.0, f64::NAN], 0.0, 4.0), (0.0, 20.0));
        assert_eq!(round_range([], 0.0, 4.0), (0.0, 1.0));
    }

    #[test]
    fn ticks_by_ratios_have_the_ends_of_the_axis() {
        let ticks = Scale::log(1.0, 100.0, 0.0, 100.0).ticks(9.0, plain);
        let texts: Vec<String> = ticks.into_iter().map(|tick| tick.text).collect();
        assert_eq!((texts.first().unwrap().as_str(), texts.last().unwrap().as_str()), ("1", "100"));
    }

    #[test]
    fn a_range_without_width_or_sense_still_has_pixels() {
        for (low, high) in [(3.0, 3.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (5.0, 2.0)] {
            let scale = Scale::linear(low, high, 0.0, 100.0);
            assert!(scale.at(3.0).is_finite() && !scale.ticks(4.0, plain).is_empty());
        }
        assert!(Scale::log(0.0, 0.0, 0.0, 100.0).at(1.0).is_finite());
    }

    #[test]
    fn years_are_marked_on_week_axes() {
        let ticks = Scale::linear(0.0, 260.0, 0.0, 300.0).week_ticks(50.0);
        let texts: Vec<_> = ticks.iter().map(|tick| (tick.text.as_str(), tick.below.as_str())).collect();
        assert_eq!(texts[..3], [("0", ""), ("52", "1 year"), ("104", "2 years")]);
        assert_eq!(texts.len(), 6);
    }

    #[test]
    fn a_scale_is_as_long_as_its_ends_are_apart_and_widens_around_one_value() {
        assert!((Scale::linear(0.0, 1.0, 100.0, 20.0).length() - 80.0).abs() < 1e-9);
        for (low, high, ends) in [
            (3.0, 3.0, (2.5, 3.5)),
            (0.0, 1e-13, (-0.5, 0.5)),
            (0.0, 1e-3, (0.0, 1e-3)),
            (5.0, 2.0, (2.0, 5.0)),
        ] {
            let scale = Scale::linear(low, high, 0.0, 100.0);
            let off = (scale.low() - ends.0).abs().max((scale.high() - ends.1).abs());
            assert!(off < 1e-12, "{low} {high}");
        }
    }

    #[test]
    fn years_that_come_too_close_are_left_out() {
        // 20 years on 400 pixels: 20 pixels a year, so that every fifth is 50 or more from the next.
        let ticks = Scale::linear(0.0, 1040.0, 0.0, 400.0).week_ticks(50.0);
        let weeks: Vec<f64> = ticks.iter().map(|tick| tick.at).collect();
        assert_eq!(weeks, [0.0, 260.0, 520.0, 780.0, 1040.0]);
        let years: Vec<&str> = ticks.iter().map(|tick| tick.below.as_str()).collect();
        assert_eq!(years, ["", "5 years", "10 years", "15 years", "20 years"]);
    }
}
