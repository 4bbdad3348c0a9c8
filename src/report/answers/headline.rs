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
    /// The market at the slowest healing at which it lasts, and at the next slower one.
    pub(super) slowest: Option<&'a Judged>,
    pub(super) beyond: Option<&'a Judged>,
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
                "Right to refuse an unscreened tenth, unless half a grudge heals in {}",
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
    let market = condition(found);
    let Some((brings, average)) = &found.hour else {
        return format!("What an hour of selling brings was not run. The unscreened market lasts{market}");
    };
    let worth = text::dollars(*average);
    match phrasing::side(brings, *average) {
        Side::Below => format!(
            "Right to refuse if his hour is worth {worth}, the average: selling brings less. Others sell, and the market \
             lasts{market}"
        ),
        Side::Above => format!(
            "Wrong to refuse if his hour is worth {worth}, the average: selling brings more, and the market lasts{market}"
        ),
        Side::Open => format!(
            "Right to refuse or not, by what his hour is worth: selling brings about {worth}, the average. The market \
             lasts{market}"
        ),
    }
}

/// On which pace of healing it hangs, after "the market lasts".
fn condition(found: &Found<'_>) -> String {
    let Some((edge, (shortest, longest))) = found.turn else { return String::new() };
    let is_believed = |lasts: f64| is_past_belief(lasts) && is_from_belief(*shortest);
    let lasts = match edge {
        Edge::UpTo(lasts, _) | Edge::Stretch(Stretch { from: None, to: Some(lasts), .. }) => Some(*lasts),
        Edge::Everywhere => Some(*longest),
        _ => None,
    };
    if lasts.is_some_and(is_believed) {
        let doubt = if found.slowest.is_some_and(is_perhaps_on_newcomers) {
            ", at the slowest perhaps on newcomers’ losses"
        } else {
            ""
        };
        return format!(" at all believed paces of healing tried{doubt}");
    }
    match edge {
        Edge::UpTo(_, fails) => {
            let takes = format!("half a grudge takes {} to heal unforgiven", healing::weeks(*fails));
            match found.beyond.map(|beyond| beyond.verdict) {
                Some(verdict) if verdict.is_alive() => {
                    format!(", but {} where {takes}", verdict.name().replace('\'', "’"))
                }
                _ => format!(", unless {takes}"),
            }
        }
        Edge::Stretch(Stretch { from: None, to: Some(lasts), .. }) => {
            format!(" where half of a grudge heals in {}", healing::weeks(*lasts))
        }
        _ => String::new(),
    }
}

/// Whether those who begin to sell lose by the estimate, and it is not shown.
pub(super) fn is_perhaps_on_newcomers(judged: &Judged) -> bool {
    judged.newcomers.as_ref().is_some_and(|gain| gain.value < 0.0 && !gain.excludes(0.0))
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
                slowest: None,
                beyond: None,
                hour: Some((estimate(hour, 8.0), 100.0)),
            })
        };
        assert_eq!(
            said(Verdict::Lasts, 80.0, Some(Edge::UpTo(69.0, 138.3))),
            "Right to refuse if his hour is worth $100, the average: selling brings less. Others sell, and the market lasts, \
             unless half a grudge takes 2.7 years to heal unforgiven"
        );
        assert_eq!(
            said(Verdict::Lasts, 120.0, Some(Edge::UpTo(138.3, 346.0))),
            "Wrong to refuse if his hour is worth $100, the average: selling brings more, and the market lasts at all \
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

    /// A market that goes on at slower healing on somebody's losses has not gone, and one that may already do so at the
    /// slowest that is believed is not told as one that does not.
    #[test]
    fn a_market_that_lives_on_losses_is_told_so() {
        let said = |edge: Edge, slowest: Option<&Judged>, beyond: Option<&Judged>| {
            let offer = judged(Verdict::Lasts);
            let turn = (edge, (13.5, 346.0));
            let found = Found {
                offer: &offer,
                screened: None,
                turn: Some(&turn),
                slowest,
                beyond,
                hour: Some((estimate(80.0, 8.0), 100.0)),
            };
            headline(&found).split_once("Others sell, and the market lasts").unwrap().1.to_owned()
        };
        let on_losses = judged(Verdict::OnNewcomers);
        assert_eq!(
            said(Edge::UpTo(69.0, 138.3), None, Some(&on_losses)),
            ", but lives on newcomers’ losses where half a grudge takes 2.7 years to heal unforgiven"
        );
        let gone = judged(Verdict::Dies);
        assert_eq!(
            said(Edge::UpTo(69.0, 138.3), None, Some(&gone)),
            ", unless half a grudge takes 2.7 years to heal unforgiven"
        );
        let newcomers = |value: f64, half: f64| Judged {
            newcomers: Some(estimate(value, half)),
            ..judged(Verdict::Lasts)
        };
        let perhaps = " at all believed paces of healing tried, at the slowest perhaps on newcomers’ losses";
        let edges = [Edge::UpTo(138.3, 346.0), Edge::Everywhere];
        for edge in edges {
            assert_eq!(said(edge.clone(), Some(&newcomers(-76.0, 81.0)), None), perhaps);
            for gain in [newcomers(-76.0, 60.0), newcomers(20.0, 81.0)] {
                assert_eq!(said(edge.clone(), Some(&gain), None), " at all believed paces of healing tried");
            }
        }
    }
}
