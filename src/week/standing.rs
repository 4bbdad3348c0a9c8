//! What selling does to an introducer's standing, read off the organic fork.
//!
//! Who acts: nobody. Reads: goodwill here and in the organic fork. Writes: social capital spent, outside wages.
//! Draws: none.
//! Keeps: social capital spent since somebody first sold is what his ties have lost since, against the fork; what is
//! lost comes back as ties do. Where nobody sells, nothing is lost.
//! Source: Egan, Matvos and Seru (2019), *Journal of Political Economy* 127(1): of financial advisers found in misconduct
//! half lose the job, 44 % of them are back within a year, at a tenth less; Karpoff, Lee and Martin (2008), *Journal of
//! Financial Economics* 88(2), for managers. The shape is our assumption.

use rayon::prelude::*;

use super::Step;
use crate::maths;
use crate::world::market::Seller;

/// Goodwill of all ties of an introducer that is no more than what sums are rounded by: a million times that.
const NONE: f64 = 1e-9;

/// Charges those who have ever sold with what their ties have lost this week against the organic fork, and sets what an
/// hour is worth to them elsewhere from now on.
pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let worth = step.scenario.introducers.goodwill_value;
    let livelihood = step.scenario.sellers.livelihood;
    let world = &*step.world;
    let one = |(row, seller): (usize, &mut Seller)| {
        let both = if seller.has_sold { world.goodwills(row) } else { None };
        let Some((organic, here)) = both else { return };
        let gap = organic.all - here.all;
        let moved = (gap - seller.gap).abs() >= NONE;
        let spent = if moved { worth * (gap - seller.gap) } else { 0.0 };
        seller.gap = if moved { gap } else { seller.gap };
        seller.flows.social_capital += spent;
        seller.flows.social_capital_gross += spent.max(0.0);
        seller.wage = seller.organic_wage * left(organic.open, here.open, livelihood);
        seller.hour = seller.hour.max(seller.wage);
    };
    if step.rules.parallel {
        market.sellers.par_iter_mut().enumerate().with_min_len(1_024).for_each(one);
    } else {
        market.sellers.iter_mut().enumerate().for_each(one);
    }
    step.world.market = Some(market);
}

/// Share of his outside wage that goodwill leaves to one who has sold: (here/organic fork)^livelihood, blocked ties
/// counted as none; all of it where there would be none anyway.
fn left(organic: f64, here: f64, livelihood: f64) -> f64 {
    if livelihood <= 0.0 || organic < NONE || (organic - here).abs() < NONE {
        1.0
    } else if here < NONE {
        0.0
    } else {
        maths::pow(here / organic, livelihood)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of the goodwill at a livelihood of a quarter: 0.5^0.25 = 0.840896….
    #[test]
    fn an_outside_wage_falls_with_goodwill_and_is_lost_with_it() {
        assert!((left(40.0, 20.0, 0.25) - 0.840_896_415_253_714_6).abs() < 1e-15);
        assert!((left(40.0, 50.0, 0.5) - 1.118_033_988_749_895).abs() < 1e-15, "selling may mend ties too");
        assert!(left(40.0, 0.0, 0.25) <= 0.0, "all is blocked");
        let untouched = [left(40.0, 0.0, 0.0), left(0.0, 0.0, 0.25), left(40.0, 40.0, 0.25)];
        assert!(untouched.iter().all(|share| share.to_bits() == 1.0_f64.to_bits()));
    }
}
