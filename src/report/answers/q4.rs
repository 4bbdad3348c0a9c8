//! Q4: how many people a week before the number is blocked.

use super::super::phrasing;
use super::super::study::Study;
use super::super::ties::{Bombarded, Stream};
use super::q3::{half_life, open, open_share, rests};
use super::{Answer, Asked, Sheet, Standing};
use crate::experiments::goodwill;
use crate::stats::Estimate;
use crate::text;

const ASKED: Asked = Asked {
    id: "q4",
    label: "Q4",
    question: "How many out-of-work people could I send you every week before you blocked my number?",
    is_assumed: true,
};

pub(super) fn answer(study: &Study) -> Answer {
    let Some(bombarded) = &study.bombarded else { return super::nothing_bombarded(study, ASKED) };
    let (standing, pill, sentence) = sentence(bombarded);
    let mut answer = Answer::new(ASKED, standing, sentence).saying(pill);
    answer.more.extend(bombarded.for_ever.map(|rate| {
        format!(
            "By the rules of goodwill themselves, a tie of which nothing else is asked bears {rate:.2} such people a week \
             for ever, about one in {:.1} weeks; what is introduced through it free of charge comes on top.",
            1.0 / rate
        )
    }));
    answer.assumed = bombarded.for_ever.and_then(|_| goodwill::for_ever_over_ranges()).map(|(low, high)| {
        format!(
            "That rate is arithmetic; over the believable ranges of what it is computed from it lies between {low:.2} and \
             {high:.2} a week (the middle 95\u{a0}%)."
        )
    });
    answer.sheet = Some(sheet(bombarded));
    answer.rests = rests(&bombarded.streams);
    answer.change = "Above all how much goodwill one request costs and how fast it comes back; the rate that is borne for \
                     ever is the second over the first, times (1 − block_below)/(1 − recovery)."
        .to_owned();
    answer
}

/// Share of the ties blocked after some weeks, by people sent a week.
fn sheet(bombarded: &Bombarded) -> Sheet {
    let blocked = |stream: &Stream, week: f64| {
        let open = open_share(stream, week);
        let interval = open.interval.map(|(low, high)| (1.0 - high, 1.0 - low));
        text::share(&Estimate { value: 1.0 - open.value, interval, ..open })
    };
    let weeks = [4.0, 13.0, 26.0, 52.0, 260.0];
    let row = |stream: &Stream| {
        let met = if stream.met { ", each of them met" } else { "" };
        let mut row = vec![format!("{}{met}", stream.per_week)];
        row.extend(weeks.map(|week| blocked(stream, week)));
        row
    };
    let mut head = vec!["People a week".to_owned()];
    head.extend(weeks.map(|week| format!("By week {week}")));
    Sheet {
        caption: "Share of decision-makers who have blocked the number".to_owned(),
        head,
        rows: bombarded.streams.iter().map(row).collect(),
    }
}

/// The highest rate at which most ties live, and the lowest at which most die.
fn sentence(bombarded: &Bombarded) -> (Standing, String, String) {
    let unmet: Vec<&Stream> = bombarded.unmet().collect();
    let end = |stream: &Stream| phrasing::side(&open_share(stream, stream.curve.last_time()), 0.5);
    let borne = unmet.iter().rev().find(|stream| end(stream) == phrasing::Side::Above);
    let blocked = unmet.iter().find(|stream| end(stream) == phrasing::Side::Below);
    let standing = if borne.is_some() || blocked.is_some() { Standing::Answered } else { Standing::Open };
    let borne_text = |stream: &Stream| {
        let end = stream.curve.last_time();
        format!(
            "{} a week are borne by more than half of the ties: {} were still open after {} weeks",
            stream.per_week,
            open(stream, end),
            text::rounded(end)
        )
    };
    let blocked_text = |stream: &Stream| {
        let half = half_life(stream)
            .map_or_else(String::new, |week| format!(", half of the ties are blocked by week\u{a0}{week}"));
        format!("{} a week are too many{half}", stream.per_week)
    };
    let pill = match (borne, blocked) {
        (Some(borne), Some(blocked)) => format!("{} a week, not {}", borne.per_week, blocked.per_week),
        (Some(borne), None) => format!("{} a week or more", borne.per_week),
        (None, Some(blocked)) => format!("fewer than {} a week", blocked.per_week),
        (None, None) => "cannot be told".to_owned(),
    };
    let text = match (borne, blocked) {
        (Some(borne), Some(blocked)) => format!("{}; {}.", text::capital(&borne_text(borne)), blocked_text(blocked)),
        (Some(borne), None) => {
            format!("{}, and no higher rate was tried at which most were blocked.", text::capital(&borne_text(borne)))
        }
        (None, Some(blocked)) => format!(
            "{}, and no lower rate was tried at which most ties lived.",
            text::capital(&blocked_text(blocked))
        ),
        (None, None) => {
            "This run cannot tell: at no rate tried did the interval leave one half of the ties on either side.".to_owned()
        }
    };
    (standing, pill, text)
}
