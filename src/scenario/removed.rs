//! Keys that there were once: a file that has one is told what stands in its place.

/// Path, and what to write instead.
const REMOVED: &[(&str, &str)] = &[
    ("sellers.exit_window", EXPECTS),
    ("sellers.exit_after", EXPECTS),
    ("sellers.return_rate", RETURNS),
    ("sellers.return_above", RETURNS),
];

const EXPECTS: &str = "it is gone: a seller stops once he expects to lose by it, whenever he reconsiders; see \
                       `sellers.entry` (`closed`: nobody stops), `sellers.reconsider_rate` and `sellers.purse_median`";
const RETURNS: &str = "it is gone: with `sellers.entry = \"free\"` whoever expects to gain by it sells, again or for the \
                       first time; see `sellers.reconsider_rate` and `sellers.new_name`";

/// What stands in the place of a key that is gone; none if there never was one.
pub(crate) fn successor(path: &str) -> Option<&'static str> {
    REMOVED.iter().find(|(gone, _)| *gone == path).map(|(_, instead)| *instead)
}
