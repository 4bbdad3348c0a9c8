//! Keys and outcomes that there were once: whoever writes one is told what stands in its place.

use std::borrow::Cow;

/// Path of a key or name of an outcome, and what to write instead.
const REMOVED: &[(&str, &str)] = &[
    ("sellers.exit_window", EXPECTS),
    ("sellers.exit_after", EXPECTS),
    ("sellers.return_rate", RETURNS),
    ("sellers.return_above", RETURNS),
    ("viable", SIZE),
    ("viable_sellers", SIZE),
    ("viable_decision_makers", "it is gone: see `decision_makers_gain_paid`, which it asked to be 0 or more"),
    ("empty", SIZE),
];

const EXPECTS: &str = "it is gone: a seller stops once he expects to lose by it, whenever he reconsiders; see \
                       `sellers.entry` (`closed`: nobody stops), `sellers.reconsider_rate` and `sellers.purse_median`";
const RETURNS: &str = "it is gone: with `sellers.entry = \"free\"` whoever expects to gain by it sells, again or for the \
                       first time; see `sellers.reconsider_rate` and `sellers.new_name`";
const SIZE: &str = "it is gone: a market is judged by its size; write `placements_per_10000`, which is above 5 where a \
                    market lasts";

/// The ending of outcomes over the last 52 weeks, and that of what stands in their place.
const LAST_YEAR: (&str, &str) = ("_last52", "_judged");

/// What stands in the place of a key or an outcome that is gone; `None` if there never was one.
pub(crate) fn successor(name: &str) -> Option<Cow<'static, str>> {
    if let Some((_, instead)) = REMOVED.iter().find(|(gone, _)| *gone == name) {
        return Some(Cow::Borrowed(instead));
    }
    let outcome = name.strip_suffix(LAST_YEAR.0)?;
    Some(Cow::Owned(format!(
        "it is gone: write `{outcome}{}`, over the last 104 weeks, or the second half of a run of fewer than 208",
        LAST_YEAR.1
    )))
}
