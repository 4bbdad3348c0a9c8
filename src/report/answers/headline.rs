//! The headline: whether he is right to refuse, of the cells that everything else is read from.

use super::super::phrasing::{self, Side};
use super::edge::{Edge, Stretch};
use super::healing;
use crate::experiments::verdict::{Judged, Verdict};
use crate::stats::Estimate;
use crate::text;

/// What the headline is made of.
pub(super) struct Found<'a> {
    /// The market of the offer.
    pub(super) offer: &'a Judged,
    /// The screened market at the same cut that places most.
    pub(super) screened: Option<&'a Judged>,
    /// Up to which half-life the offer's market lasts, and what was tried.
    pub(super) turn: Option<&'a (Edge, (f64, f64))>,
    /// What an hour of selling brings, and what an introducer's is worth elsewhere on average.
    pub(super) hour: Option<(Estimate, f64)>,
}

/// What can be said in two short sentences, conditional where the findings are.
pub(super) fn headline(found: &Found<'_>) -> String {
    let screened = found.screened.is_some_and(|best| best.verdict == Verdict::Lasts);
    let text = match found.offer.verdict {
        Verdict::Lasts => lasting(found),
        Verdict::OnNewcomers => {
            "Right to refuse an unscreened tenth: those who begin to sell lose".to_owned()
        }
        Verdict::AtEmployersCost => "Right to refuse an unscreened tenth: those who hire lose".to_owned(),
        Verdict::DoesNotLast => "Right to refuse an unscreened tenth: the market does not last".to_owned(),
        Verdict::Dies => match found.turn {
            Some((Edge::UpTo(lasts, _), _)) => format!(
                "Right to refuse an unscreened tenth, unless half of a grudge heals in {}",
                healing::weeks(*lasts)
            ),
            _ if screened => "Right to refuse an unscreened tenth; with a screen the market lasts".to_owned(),
            _ => "Right to refuse: a market for a tenth dies, with a screen or without".to_owned(),
        },
        Verdict::CannotBeTold => {
            "Right to refuse? Whether an unscreened tenth keeps a market alive cannot be told".to_owned()
        }
    };
    let cost = if found.offer.is_at_clients_cost() { ", at its clients’ cost" } else { "" };
    format!("{text}{cost}")
}

/// Where the market lasts he is right or not by what his hour is worth.
fn lasting(found: &Found<'_>) -> String {
    let market = condition(found.turn);
    let Some((brings, average)) = &found.hour else {
        return format!("What an hour of selling brings was not run. The unscreened market lasts{market}");
    };
    let worth = text::dollars(*average);
    match phrasing::side(brings, *average) {
        Side::Below => format!(
            "Right to refuse if his hour is worth {worth}, as on average: selling brings less. Others sell, and the market \
             lasts{market}"
        ),
        Side::Above => format!(
            "Wrong to refuse if his hour is worth {worth}, as on average: selling brings more, and the market lasts{market}"
        ),
        Side::Open => format!(
            "Right to refuse or not, by what his hour is worth: selling brings about {worth}, the average. The market \
             lasts{market}"
        ),
    }
}

/// On which pace of healing it hangs, after "the market lasts".
fn condition(turn: Option<&(Edge, (f64, f64))>) -> String {
    let begins = turn.map_or(f64::INFINITY, |(_, (shortest, _))| *shortest);
    let is_believed = |lasts: f64| is_past_belief(lasts) && is_from_belief(begins);
    match turn.map(|(edge, _)| edge) {
        Some(Edge::UpTo(lasts, _) | Edge::Stretch(Stretch { from: None, to: Some(lasts), .. }))
            if is_believed(*lasts) =>
        {
            " at all believed paces of healing tried".to_owned()
        }
        Some(Edge::UpTo(_, fails)) => {
            format!(", unless half of a grudge takes {} to heal", healing::weeks(*fails))
        }
        Some(Edge::Stretch(Stretch { from: None, to: Some(lasts), .. })) => {
            format!(" where half of a grudge heals in {}", healing::weeks(*lasts))
        }
        _ => String::new(),
    }
}

/// Whether nobody believes in slower healing, to a week.
pub(super) fn is_past_belief(half_life: f64) -> bool {
    healing::believed().is_some_and(|(_, longest)| half_life >= longest - 1.0)
}

/// Whether nobody believes in faster healing, to a week.
fn is_from_belief(half_life: f64) -> bool {
    healing::believed().is_some_and(|(shortest, _)| half_life <= shortest + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::verdict::Size;

    fn estimate(value: f64, half: f64) -> Estimate {
        Estimate { n: 8, value, interval: Some((value - half, value + half)) }
    }

    fn judged(verdict: Verdict) -> Judged {
        Judged {
            verdict,
            placements: estimate(200.0, 10.0),
            lives: 8,
            size: Size::Large,
            newcomers: None,
            everybody: false,
            decision_makers: None,
            clients: None,
            level: 0.95,
        }
    }

    #[test]
    fn whether_he_is_right_hangs_on_his_hour_where_the_market_lasts_and_on_the_market_where_it_does_not() {
        let said = |verdict: Verdict, hour: f64, turn: Option<Edge>| {
            let offer = judged(verdict);
            let turn = turn.map(|edge| (edge, (13.5, 346.0)));
            headline(&Found {
                offer: &offer,
                screened: None,
                turn: turn.as_ref(),
                hour: Some((estimate(hour, 8.0), 100.0)),
            })
        };
        assert_eq!(
            said(Verdict::Lasts, 80.0, Some(Edge::UpTo(69.0, 138.3))),
            "Right to refuse if his hour is worth $100, as on average: selling brings less. Others sell, and the market lasts, \
             unless half of a grudge takes 2.7 years to heal"
        );
        assert_eq!(
            said(Verdict::Lasts, 120.0, Some(Edge::UpTo(138.3, 346.0))),
            "Wrong to refuse if his hour is worth $100, as on average: selling brings more, and the market lasts at all \
             believed paces of healing tried"
        );
        assert!(
            said(Verdict::Lasts, 95.0, None).starts_with("Right to refuse or not, by what his hour is worth")
        );
        let right = [Verdict::Dies, Verdict::OnNewcomers, Verdict::AtEmployersCost, Verdict::DoesNotLast];
        for verdict in right {
            for hour in [80.0, 120.0] {
                assert!(said(verdict, hour, None).starts_with("Right to refuse"), "{verdict:?}");
            }
        }
        assert!(said(Verdict::CannotBeTold, 80.0, None).contains("cannot be told"));
    }
}
