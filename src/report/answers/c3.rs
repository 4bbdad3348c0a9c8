//! C3: relationships burn.

use super::super::library::Library;
use super::super::phrasing::{self, Side};
use super::super::study::{LIBRARY, Study};
use super::{Answer, Asked, Chart, Sheet, Standing, healing, missing, of_scenarios, over_points};
use crate::experiments::contrast::Verdict;
use crate::experiments::outcomes::{Metric, metric};
use crate::scenario::key;
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked { id: "c3", label: "C3", question: "Relationships burn.", is_assumed: true };

const PAID: &str = "contingency";
const SCREENED: &str = "contingency-screened";
const BURNT: Metric = metric!("social_capital_per_fee_dollar");
const LOST: Metric = metric!("ties_lost_share");
/// Relationships burn where sellers burn this share of what they take, or this share of their ties.
const OF_FEES: f64 = 0.25;
const OF_TIES: f64 = 0.1;

pub(super) fn answer(study: &Study) -> Answer {
    if let Some(answer) = missing(study, ASKED, &[PAID]) {
        return answer;
    }
    let Some(library) = &study.library else { return Answer::not_run(ASKED, study, LIBRARY) };
    let (standing, pill, sentence) = sentence(library);
    let slowest = slowest(study);
    // Where the slowest believed healing says otherwise, the answer is how fast relationships heal.
    let (standing, pill) = match &slowest {
        Some((there, _)) if *there != standing && standing != Standing::Open => (
            Standing::Answered,
            match (standing, there) {
                (Standing::Fails, Standing::Holds) => "little, unless they heal slowly",
                (Standing::Holds, Standing::Fails) => "they do, unless they heal slowly",
                _ => "how fast they heal",
            },
        ),
        _ => (standing, pill),
    };
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(slowest.map(|(_, words)| words));
    answer.more.extend(screened(library));
    answer.more.extend(blocked(library));
    let range = study.library.as_ref().and_then(|library| library.assumed(PAID, BURNT)).map(|range| {
        format!(
            "Over all draws, the price of a relationship among what is drawn, the loss per dollar of fees lies between {} and {} \
             (the middle 95\u{a0}%).",
            cents(range.low),
            cents(range.high)
        )
    });
    let range = range.or_else(|| in_proportion(library));
    let share = over_points(study, "holds", |at| {
        let fees = at.number(PAID, BURNT).map(|burnt| burnt >= OF_FEES);
        let ties = at.number(PAID, LOST).map(|lost| lost >= OF_TIES);
        if fees.is_none() && ties.is_none() { None } else { Some(fees == Some(true) || ties == Some(true)) }
    });
    let assumed: Vec<String> = share.into_iter().chain(range).collect();
    answer.assumed = (!assumed.is_empty()).then(|| assumed.join(" "));
    answer.sheet = Some(sheet(library));
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "where-the-money-goes",
        scenarios: &["contingency", "contingency-screened", "cash-upfront", "rational-30", "sports-agent"],
    }];
    answer.rests = format!(
        "Threshold: sellers burn {} of fees or more, or have lost {} of their ties or more in the last two years. Social capital \
         spent is the price of goodwill times how far a seller’s ties lie below what they would be with his \
         free introductions alone, recovery credited; over all weeks of {}; ties lost are those blocked here beyond those blocked where nobody sells. \
         The price of goodwill is assumed.",
        text::percent(OF_FEES),
        text::percent(OF_TIES),
        of_scenarios(study, &[PAID, SCREENED])
    );
    let own =
        "The price of a relationship and how fast goodwill comes back: nobody has measured either (C7).";
    answer.change = match standing {
        Standing::Open => {
            format!("{} {own}", phrasing::to_settle(library.estimate(PAID, BURNT).as_ref(), OF_FEES))
        }
        _ => own.to_owned(),
    };
    answer
}

/// On which side of the threshold a loss of fees and one of ties lie.
fn sides(burnt: Option<Estimate>, lost: Option<Estimate>) -> [Option<Side>; 2] {
    [burnt.map(|it| phrasing::side(&it, OF_FEES)), lost.map(|it| phrasing::side(&it, OF_TIES))]
}

/// The losses of unscreened sellers, in words.
fn losses(burnt: Option<Estimate>, lost: Option<Estimate>) -> String {
    let mut parts = Vec::new();
    parts.extend(burnt.map(|burnt| {
        format!("spent {} of social capital for each dollar of fees", text::dollars_between(&burnt))
    }));
    parts.extend(lost.map(|lost| {
        format!("had {} of their ties blocked beyond what happens where nobody sells", text::share(&lost))
    }));
    text::joined(&parts)
}

/// The same where relationships heal as slowly as is believed and by themselves alone: whether the claim holds there, and
/// what sellers lose.
fn slowest(study: &Study) -> Option<(Standing, String)> {
    let grid = study.healing.as_ref()?;
    let longest = healing::believed()?.1 * (1.0 + 1e-9);
    let of_offer = grid.of(|setting| setting.known && setting.is_unscreened()).filter_map(|setting| {
        let life = healing::half_life(setting.recovery.filter(|recovery| (0.0..1.0).contains(recovery))?);
        (life <= longest).then_some((life, setting))
    });
    let (life, setting) = of_offer.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    let (burnt, lost) = (setting.estimate(BURNT), setting.estimate(LOST));
    let n = lost.or(burnt)?.n;
    let sides = sides(burnt, lost);
    let (standing, tail) = if sides.contains(&Some(Side::Above)) {
        (Standing::Holds, "there they burn")
    } else if sides.contains(&Some(Side::Open)) {
        (Standing::Open, "whether they burn there cannot be told")
    } else {
        (Standing::Fails, "they burn little there too")
    };
    Some((
        standing,
        format!(
            "Where relationships heal by themselves alone and half of lost goodwill is back within {}, as slow as is believed, they \
             {} ({}): {tail}.",
            healing::weeks(life),
            losses(burnt, lost),
            text::counted(n, "replication")
        ),
    ))
}

fn sentence(library: &Library) -> (Standing, &'static str, String) {
    let (burnt, lost) = (library.estimate(PAID, BURNT), library.estimate(PAID, LOST));
    let sides = sides(burnt, lost);
    if sides == [None, None] {
        let text = "This run cannot tell: no fee was paid against which a loss could be held.".to_owned();
        return (Standing::Open, "cannot be told", text);
    }
    let some = [burnt, lost].into_iter().flatten().any(|it| phrasing::side(&it, 0.0) == Side::Above);
    let (standing, pill, lead) = if sides.contains(&Some(Side::Above)) {
        (Standing::Holds, "they burn", "They burn")
    } else if sides.contains(&Some(Side::Open)) {
        (Standing::Open, "cannot be told", "Whether they burn as much as the claim says cannot be told")
    } else if some {
        (
            Standing::Fails,
            "they burn little",
            "They burn little at the price that a relationship is assumed to have",
        )
    } else {
        (Standing::Fails, "no loss to be seen", "No loss can be detected")
    };
    (standing, pill, format!("{lead}: unscreened sellers {}.", losses(burnt, lost)))
}

/// The loss at the ends of what is believed of the price of a relationship, if sellers did the same there.
fn in_proportion(library: &Library) -> Option<String> {
    let burnt = library.estimate(PAID, BURNT)?;
    let price = library.arm(PAID)?.scenario.as_ref()?.introducers.goodwill_value;
    let believed = key("introducers.goodwill_value")?.plausible?;
    let turns = (burnt.value > 0.0 && price > 0.0).then(|| {
        let at = text::dollars(price * OF_FEES / burnt.value);
        format!("; {} of fees would be lost at a price of {at}", text::percent(OF_FEES))
    });
    (price > 0.0).then(|| {
        format!(
            "The interval is over luck, at a price of {} for a unit of goodwill, which nobody has measured. A loss is that price times \
             what is lost, so that over the believed {} to {} it would lie between {} and {} a dollar if sellers did the same{}.",
            text::dollars(price),
            text::dollars(believed.low),
            text::dollars(believed.high),
            cents(burnt.value * believed.low / price),
            cents(burnt.value * believed.high / price),
            turns.unwrap_or_default()
        )
    })
}

/// Dollars with cents, "$0.02".
fn cents(dollars: f64) -> String {
    text::money(dollars, if dollars.abs() < 0.1 { 3 } else { 2 })
}

fn screened(library: &Library) -> Option<String> {
    let burnt = library.estimate(SCREENED, BURNT)?;
    let contrast = library.contrast((SCREENED, BURNT), (PAID, BURNT))?;
    let compared = match contrast.verdict {
        Some(Verdict::Higher) => "more than without",
        Some(Verdict::Lower) => "less than without",
        Some(Verdict::NoneDetectable) => "no detectable difference from without one",
        None => "too few replications to compare with those without one",
    };
    Some(format!("With a screen it was {} a dollar, {compared}.", text::dollars_between(&burnt)))
}

fn blocked(library: &Library) -> Option<String> {
    let [cheque, known] = ["cash-upfront", PAID].map(|name| library.estimate(name, metric!("blocked_share")));
    let part = |share: Option<crate::stats::Estimate>, who: &str| {
        share.map(|share| format!("{} of the ties of sellers {who}", text::share(&share)))
    };
    let parts: Vec<String> =
        [part(cheque, "who cash cheques in advance"), part(known, "who are paid for a job")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("Blocked, on average over the weeks, were {}.", text::joined(&parts)))
}

fn sheet(library: &Library) -> Sheet {
    let names = [
        "cash-upfront",
        PAID,
        "contingency-20",
        SCREENED,
        "rational-30",
        "sports-agent",
        "contingency-hidden",
    ];
    let per_placement = metric!("social_capital_per_placement");
    Sheet::of_scenarios(
        library,
        "What selling does to the relationships it is done through, over all weeks",
        &names,
        &[
            ("Social capital per dollar of fees", &|name| library.shown(name, BURNT, text::dollars_between)),
            ("Social capital per placement", &|name| {
                library.shown(name, per_placement, text::dollars_between)
            }),
            ("Goodwill of sellers’ ties, 0 to 1", &|name| {
                library.shown(name, metric!("goodwill"), text::number)
            }),
            ("Ties lost beyond nothing sold, last two years", &|name| library.shown(name, LOST, text::share)),
            ("Blocked ties, mean over the weeks", &|name| {
                library.shown(name, metric!("blocked_share"), text::share)
            }),
        ],
    )
}
