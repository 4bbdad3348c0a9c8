//! Mean and variance in one pass, and of parts put together.

/// Count, mean and sum of squared deviations of what was added so far.
///
/// Mean and deviations are updated with each value, so large offsets do not eat the digits of the variance.
/// Source: Welford (1962), *Technometrics* 4(3); merging: Chan, Golub and LeVeque (1979).
/// Limits: without values mean and variance are `None`; one value has a mean and no variance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Nothing added yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Moments of these values, added in their order.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut moments = Self::new();
        for &value in values {
            moments.add(value);
        }
        moments
    }

    /// Adds one value.
    pub fn add(&mut self, value: f64) {
        self.n += 1;
        let delta = value - self.mean;
        self.mean += delta / as_float(self.n);
        self.squares += delta * (value - self.mean);
    }

    /// Adds all values of another part; the order of merging is the caller's, and moves the last bits.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *other;
            return;
        }
        let (here, there) = (as_float(self.n), as_float(other.n));
        let delta = other.mean - self.mean;
        self.n += other.n;
        let total = as_float(self.n);
        self.mean += delta * there / total;
        self.squares += other.squares + delta * delta * here * there / total;
    }

    /// How many values.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Arithmetic mean; `None` without values.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Sample variance, divided by n − 1; `None` below two values, 0 for constant data.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares / as_float(self.n - 1)).max(0.0))
    }

    /// Square root of the sample variance; `None` below two values.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Standard error of the mean, sd/√n; `None` below two values.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.sd().map(|sd| sd / as_float(self.n).sqrt())
    }
}

/// Counts stay far below 2⁵³, so the conversion is exact.
fn as_float(n: u64) -> f64 {
    n as f64
}
