//! Rules that concern several keys at once.

use crate::scenario::Scenario;

/// A rule that a scenario breaks.
pub(crate) struct Broken {
    /// The keys concerned; the first is the one to change.
    pub(crate) keys: [&'static str; 2],
    /// The rule, with the numbers found.
    pub(crate) title: String,
}

/// The rules that the scenario breaks.
pub(crate) fn broken(scenario: &Scenario) -> Vec<Broken> {
    let Scenario { workers, friends, decision_makers, introducers, goodwill, .. } = scenario;
    let mut list = Vec::new();
    let mut rule = |holds: bool, keys: [&'static str; 2], title: String| {
        if !holds {
            list.push(Broken { keys, title });
        }
    };
    rule(
        introducers.ties <= decision_makers.count,
        ["introducers.ties", "decision_makers.count"],
        format!(
            "an introducer cannot know more decision-makers than there are: `introducers.ties` is {}, \
             `decision_makers.count` is {}",
            introducers.ties, decision_makers.count
        ),
    );
    rule(
        goodwill.rebuild_to > goodwill.block_below,
        ["goodwill.rebuild_to", "goodwill.block_below"],
        format!(
            "a rebuilt tie must not be blocked at once: `goodwill.rebuild_to` is {}, \
             `goodwill.block_below` is {}",
            goodwill.rebuild_to, goodwill.block_below
        ),
    );
    if friends.edges.is_none() {
        rule(
            friends.mean_degree.is_multiple_of(2),
            ["friends.mean_degree", "friends.mean_degree"],
            format!(
                "a small world needs an even `friends.mean_degree`, as many friends to either side; it is {}",
                friends.mean_degree
            ),
        );
        rule(
            friends.mean_degree < workers.count,
            ["friends.mean_degree", "workers.count"],
            format!(
                "nobody has more friends than there are other workers: `friends.mean_degree` is {}, \
                 `workers.count` is {}",
                friends.mean_degree, workers.count
            ),
        );
    }
    list
}
