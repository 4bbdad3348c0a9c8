//! Limits: with all but one mechanism switched off the market must agree with a closed form, an exact chain or a
//! published model. Everything runs through the same engine, by settings of a scenario alone.
//!
//! Expected values are computed here by other means than the engine's, or written down from a source. Every
//! comparison allows four standard errors, estimated over independent copies: a right model fails one such test in
//! 16,000.

mod applications;
mod buying;
mod coaching;
mod contacts;
mod employers;
mod employment;
mod forms;
mod interviews;
mod pitching;
mod screening;
mod submissions;
mod ties;
mod vacancies;

use introsim::maths::{normal_below, normal_density};

/// Integral of `f` against the standard normal density: midpoint rule from −9 to 9 in 18,000 steps.
///
/// The error is below 1e-6 for bounded `f` with a few jumps.
fn normal_integral(f: impl Fn(f64) -> f64) -> f64 {
    let step = 0.001;
    (0..18_000).map(|i| -9.0 + (f64::from(i) + 0.5) * step).map(|x| f(x) * normal_density(x) * step).sum()
}

#[test]
fn quadrature_gives_the_moments_of_the_normal() {
    assert!((normal_integral(|_| 1.0) - 1.0).abs() < 1e-9);
    assert!((normal_integral(|x| x * x) - 1.0).abs() < 1e-9);
    assert!((normal_integral(|x| f64::from(u8::from(x > 0.3))) - normal_below(-0.3)).abs() < 1e-6);
}
