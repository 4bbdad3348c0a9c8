//! What selling brings to those who begin: of everybody who began in the middle of a run, whether he stopped or not.

use super::period::Period;
use crate::engine::History;
use crate::scenario::Scenario;
use crate::world::market::Entrant;

/// Share of the run after which entrants are counted: what the opening left has passed.
const FROM: f64 = 0.4;

/// Entrants of one replication and what the weeks that they were followed brought.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Newcomers {
    /// How many began to sell from 40 % of the run on, early enough to be followed for 104 weeks.
    pub n: f64,
    /// Their net in these weeks, dollars.
    pub net: f64,
    /// Weeks in which they sold.
    pub weeks: f64,
    /// Net of all who sold in the weeks in which these began, dollars.
    pub everybody_net: f64,
    /// Weeks in which they sold.
    pub everybody_weeks: f64,
}

impl Newcomers {
    /// The entrants of a history.
    #[must_use]
    pub fn of(scenario: &Scenario, history: &History) -> Self {
        let weeks = history.weeks.len();
        let Some((from, to)) = stretch(weeks) else { return Self::default() };
        let opened = history.opening.week as usize;
        let began = |entrant: &&Entrant| (from..=to).contains(&(entrant.since as usize + 1 - opened));
        let mut found = Self::default();
        for entrant in history.world.market.iter().flat_map(|market| &market.entrants).filter(began) {
            found.n += 1.0;
            found.net += entrant.net;
            found.weeks += f64::from(entrant.weeks);
        }
        let period = Period::of(&history.weeks[from - 1..to]);
        let sellers = &period.sum.sellers;
        let f = &sellers.flows;
        found.everybody_net = f.fees
            - f.refunds
            - f.costs
            - sellers.liability
            - sellers.time
            - scenario.sellers.foresight * f.social_capital;
        found.everybody_weeks = sellers.active;
        found
    }
}

/// First and last week, from 1, in which entrants are counted; `None` in runs too short to follow any.
fn stretch(weeks: usize) -> Option<(usize, usize)> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a number of weeks"
    )]
    let from = (FROM * weeks as f64).ceil() as usize;
    let to = weeks.checked_sub(Entrant::FOLLOWED as usize)?;
    (0 < from && from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entrants_are_counted_from_two_fifths_on_while_they_can_be_followed() {
        assert_eq!(
            [520, 312, 174, 173, 100, 0].map(stretch),
            [Some((208, 416)), Some((125, 208)), Some((70, 70)), None, None, None]
        );
    }
}
