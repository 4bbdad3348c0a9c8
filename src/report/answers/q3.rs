//! Q3: how long relationships last under bombardment.

use super::super::study::{LIBRARY, Study};
use super::super::ties::Stream;
use super::{Answer, Asked, Chart, Standing};
use crate::experiments::goodwill;
use crate::stats::{self, Estimate};
use crate::text;

const ASKED: Asked = Asked {
    id: "q3",
    label: "Q3",
    question: "How long would my relationships last if I kept bombarding people?",
    is_assumed: true,
};

pub(super) fn answer(study: &Study) -> Answer {
    let Some(bombarded) = &study.bombarded else { return super::nothing_bombarded(study, ASKED) };
    let unmet: Vec<&Stream> = bombarded.unmet().collect();
    let mut answer = Answer::new(ASKED, Standing::Answered, sentence(&unmet));
    if unmet.is_empty() {
        answer.standing = Standing::Open;
    } else if let Some(most) = unmet.last() {
        // Of the stream that the sentence begins with.
        answer = answer.saying(match most.curve.median().value {
            Some(week) => {
                format!("half blocked by week {}, at {} a week", text::rounded(week), rate(most.per_week))
            }
            None => format!("most last, at {} a week", rate(most.per_week)),
        });
    }
    answer.more.extend(bombarded.streams.iter().filter(|stream| stream.met).map(|stream| {
        format!(
            "Where she meets every one of them, with {} a week, {}.",
            requests(stream.per_week),
            lasts(stream)
        )
    }));
    answer.assumed = bombarded.weekly.and_then(by_the_rules);
    answer.charts = vec![Chart {
        part: LIBRARY,
        name: "bombardment",
        scenarios: &[
            "bombardment-0.25",
            "bombardment-0.5",
            "bombardment-1",
            "bombardment-2",
            "bombardment-5",
            "bombardment-10",
        ],
    }];
    answer.rests = rests(&bombarded.streams);
    answer.change =
        "How much goodwill a request costs, how fast it comes back and where a tie is blocked: nobody has \
                     measured them (`goodwill.per_request`, `goodwill.recovery`, `goodwill.block_below`)."
            .to_owned();
    answer
}

/// When a tie is blocked by the rules of goodwill, and over what these assume.
fn by_the_rules(weekly: Option<u32>) -> Option<String> {
    let (low, high) = goodwill::blocked_over_ranges()?;
    let week = |week: f64| {
        if week.is_finite() { format!("in week\u{a0}{}", text::rounded(week)) } else { "never".to_owned() }
    };
    Some(format!(
        "By the rules of goodwill alone, which is arithmetic, a tie through which one unwanted person is sent a week is blocked \
         {}; over the believable ranges of what these rules assume, {} at the one end and {} at the other (the middle 95\u{a0}%).",
        week(weekly.map_or(f64::INFINITY, f64::from)),
        week(low),
        week(high)
    ))
}

/// What the figures on bombarded ties come from.
pub(super) fn rests(streams: &[Stream]) -> String {
    let n = streams.iter().map(|stream| stream.replications).max().unwrap_or(0);
    let ties = streams.iter().map(|stream| stream.curve.n()).max().unwrap_or(0);
    format!(
        "An experiment inside the market: an evenly spaced stream of strangers through one tie of each seller, {} ties a \
         stream in {}; lives since the opening, still open ones counted as such (Kaplan–Meier, intervals of 95\u{a0}%).",
        text::count(ties),
        text::counted(n, "replication")
    )
}

fn sentence(streams: &[&Stream]) -> String {
    let (Some(few), Some(many)) = (streams.first(), streams.last()) else {
        return "This run cannot tell: no stream of people whom nobody meets was sent.".to_owned();
    };
    if streams.len() == 1 {
        return format!("With {} a week, {}.", requests(few.per_week), lasts(few));
    }
    let week = few.curve.last_time().min(many.curve.last_time());
    let ends = |stream: &Stream, week: f64| open_share(stream, week).interval.unwrap_or((0.0, 1.0));
    // They differ where the bands lie apart at the end, or half-way through the life of the shorter-lived.
    let half_way = many.curve.median().value.unwrap_or(week);
    let is_apart = [week, half_way].into_iter().any(|week| {
        let (few, many) = (ends(few, week), ends(many, week));
        few.0 > many.1 || many.0 > few.1
    });
    let differ = if is_apart { "" } else { ", no detectable difference" };
    format!(
        "With {} a week, {}; with {} a week, {}{differ}.",
        requests(many.per_week),
        lasts(many),
        requests(few.per_week),
        lasts(few)
    )
}

/// "one", "0.25".
fn rate(per_week: f64) -> String {
    let text = format!("{per_week}");
    if text == "1" { "one".to_owned() } else { text }
}

/// "one unwanted person", "0.25 unwanted people".
pub(super) fn requests(per_week: f64) -> String {
    let rate = rate(per_week);
    if rate == "one" { format!("{rate} unwanted person") } else { format!("{rate} unwanted people") }
}

/// "half of the ties were blocked by week 4 [3–5]".
fn lasts(stream: &Stream) -> String {
    match half_life(stream) {
        Some(week) => format!("half of the ties were blocked by week\u{a0}{week}"),
        None => {
            let end = stream.curve.last_time();
            format!("{} of the ties were still open after {} weeks", open(stream, end), text::rounded(end))
        }
    }
}

/// The week by which half were blocked, with its interval if that is of more than a week; `None` if fewer than half were.
pub(super) fn half_life(stream: &Stream) -> Option<String> {
    let median = stream.curve.median();
    let value = median.value?;
    let low = median.low.unwrap_or(value);
    // Where all are blocked the band is not defined at its last step, which bounds the median all the same.
    let last = stream.curve.steps.last().filter(|step| step.survival <= 0.0).map(|step| step.time);
    let high = median.high.or(last).map_or_else(|| "…".to_owned(), text::rounded);
    let (week, low) = (text::rounded(value), text::rounded(low));
    // Lives are counted in weeks: where both ends are the same week there is nothing between them.
    let ends = if low == high { String::new() } else { format!("\u{a0}[{low}–{high}]") };
    Some(week + &ends)
}

/// Share still open after some weeks.
pub(super) fn open(stream: &Stream, week: f64) -> String {
    text::share(&open_share(stream, week))
}

pub(super) fn open_share(stream: &Stream, week: f64) -> Estimate {
    let (value, low, high) = stream.curve.at(week);
    let n = stream.curve.n();
    // Where none or all were blocked there is no band; the score interval of as many lives has a width.
    let all = (value >= 1.0).then_some(n).or_else(|| (value <= 0.0).then_some(0));
    if let Some(share) = all.and_then(|open| stats::wilson(open, n, super::super::library::LEVEL)) {
        return share;
    }
    Estimate { n: stream.curve.n(), value, interval: Some((low, high)) }
}
