//! Portable mathematics: the same bits on every machine.
//!
//! The platform's `exp`, `ln` and friends differ in the last bit between processors, so everything that decides
//! what happens in a market goes through this module, which stands on the pure-Rust `libm` crate. `+ - * /` and
//! `sqrt` are exact by the IEEE standard and need no wrapper.

/// Square root of 2π, inverted.
const INV_SQRT_2PI: f64 = 0.398_942_280_401_432_7;

/// e^x.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm of x > 0.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// x^y for x ≥ 0.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Density of the standard normal at z.
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    INV_SQRT_2PI * libm::exp(-0.5 * z * z)
}

/// Probability that a standard normal is below z.
///
/// Relative accuracy about 1e-15 in both tails, through the complementary error function.
#[must_use]
pub fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// ψ(z) = φ(z) + z Φ(z): the expected positive part of a normal with mean z and variance 1.
///
/// Limits: ψ(−∞) = 0, ψ(z) → z for large z. Source: the standard option-value integral.
#[must_use]
pub fn positive_part(z: f64) -> f64 {
    (normal_density(z) + z * normal_below(z)).max(0.0)
}

/// Quantile of the standard normal, p in (0, 1).
///
/// Source: Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution", *Applied
/// Statistics* 37(3), routine PPND16, relative accuracy about 1e-16.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE_A, &CENTRE_B, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = ln(tail).abs().sqrt();
    let z = if r <= 5.0 { ratio(&NEAR_A, &NEAR_B, r - 1.6) } else { ratio(&FAR_A, &FAR_B, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// Ratio of two polynomials of degree 7, coefficients from the constant term up.
fn ratio(numerator: &[f64; 8], denominator: &[f64; 8], r: f64) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, &x| sum * r + x);
    horner(numerator) / horner(denominator)
}

const CENTRE_A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_545,
];
const NEAR_A: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const NEAR_B: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_A: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_B: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

/// Poisson counts by inversion of 64 random bits.
///
/// Shape: entry k is P(count ≤ k) as 64 binary digits; the table ends where the remaining chance is below one part in
/// 2⁵³, so a count drawn from it is exact to that. Means up to 60 (the reader's limit) need fewer than 160 entries.
#[derive(Clone, Debug)]
pub struct PoissonTable {
    cumulative: Vec<u64>,
    /// The least count that belongs to bits that begin with each of 256 bytes.
    guide: Vec<u32>,
}

impl PoissonTable {
    /// Table for a mean ≥ 0.
    #[must_use]
    pub fn new(mean: f64) -> Self {
        let mut term = exp(-mean);
        let mut sum = term;
        let mut chances = vec![sum];
        let mut k = 0.0;
        while sum < 1.0 - f64::EPSILON / 2.0 && (k < mean || term > 1e-18) {
            k += 1.0;
            term *= mean / k;
            sum += term;
            chances.push(sum);
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 2⁶⁴; 1 is the last"
        )]
        let mut cumulative: Vec<u64> =
            chances.iter().map(|c| (c * 18_446_744_073_709_551_616.0) as u64).collect();
        *cumulative.last_mut().expect("the chance of no event is always there") = u64::MAX;
        let least = |byte: u64| crate::ids::row(cumulative.partition_point(|&c| c <= byte << 56));
        Self { guide: (0..256).map(least).collect(), cumulative }
    }

    /// The count that belongs to 64 random bits.
    #[must_use]
    #[inline]
    pub fn count(&self, bits: u64) -> u32 {
        let mut k = self.guide[(bits >> 56) as usize];
        while self.cumulative.get(k as usize).is_some_and(|&c| c <= bits) {
            k += 1;
        }
        k.min(crate::ids::row(self.cumulative.len() - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values from mpmath at 40 digits. The tail multiplies a rounding of z by z², so the tolerance is
    /// (z² + 4) units in the last place.
    #[test]
    fn normal_functions_agree_with_mpmath() {
        for (z, below, density) in [
            (-8.0, 6.220_960_574_271_784e-16, 5.052_271_083_536_893e-15),
            (-3.0, 1.349_898_031_630_094_6e-3, 4.431_848_411_938_008e-3),
            (0.0, 0.5, 0.398_942_280_401_432_7),
            (1.5, 0.933_192_798_731_141_9, 0.129_517_595_665_891_74),
        ] {
            let tolerance = (z * z + 4.0) * f64::EPSILON;
            assert!((normal_below(z) / below - 1.0).abs() < tolerance, "Φ({z})");
            assert!((normal_density(z) / density - 1.0).abs() < tolerance, "φ({z})");
        }
    }

    /// AS 241's own check values, and 1e-20 from mpmath.
    #[test]
    fn normal_quantiles_agree_with_published_values() {
        for (p, z) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
            (0.975, 1.959_963_984_540_054),
        ] {
            assert!((normal_quantile(p) / z - 1.0).abs() < 1e-14, "z({p}) = {}", normal_quantile(p));
        }
        assert!(normal_quantile(0.5).abs() < 1e-300);
    }

    /// P(X ≤ k) for mean 8, from mpmath at 40 digits.
    #[test]
    fn poisson_tables_agree_with_mpmath() {
        let table = PoissonTable::new(8.0);
        #[allow(clippy::cast_precision_loss, reason = "53 of 64 digits are enough")]
        let chance_of = |k: usize| table.cumulative[k] as f64 / 18_446_744_073_709_551_616.0;
        for (k, chance) in
            [(0, 3.354_626_279_025_118_4e-4), (8, 0.592_547_341_437_591), (20, 0.999_906_032_096_308_3)]
        {
            assert!((chance_of(k) - chance).abs() < 1e-14, "P(X ≤ {k}) = {}", chance_of(k));
        }
        assert_eq!(table.count(0), 0);
        // 0.59 and 0.60 lie on the two sides of P(X ≤ 8).
        assert_eq!((table.count(u64::MAX / 100 * 59), table.count(u64::MAX / 100 * 60)), (8, 9));
        assert_eq!(PoissonTable::new(0.0).count(u64::MAX), 0);
        assert!(PoissonTable::new(60.0).count(u64::MAX) < 160);
    }

    #[test]
    fn the_positive_part_is_the_mean_of_a_truncated_normal() {
        assert!((positive_part(0.0) - INV_SQRT_2PI).abs() < 1e-16);
        assert!((positive_part(10.0) - 10.0).abs() < 1e-12);
        assert!(positive_part(-40.0) >= 0.0);
    }
}
