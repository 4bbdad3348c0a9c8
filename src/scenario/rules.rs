//! Rules that concern several keys at once.

use crate::scenario::{Entry, Payer, Scenario, Sellers, key};

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
    let s = &scenario.sellers;
    let shown = |path: &str| scenario.text(path).unwrap_or_default().replace('"', "");
    rule(
        s.share == 0.0 || s.entry != Entry::None,
        ["sellers.entry", "sellers.share"],
        format!(
            "nobody sells where `sellers.entry` is none, but `sellers.share` is {}: write `free`, where whoever \
             expects to gain by it begins and whoever expects to lose stops, or `closed`, where those who open \
             sell to the end",
            shown("sellers.share")
        ),
    );
    rule(
        s.open_hours <= s.hours,
        ["sellers.open_hours", "sellers.hours"],
        format!(
            "being open is part of a seller's week: `sellers.open_hours` is {}, `sellers.hours` is {}",
            shown("sellers.open_hours"),
            shown("sellers.hours")
        ),
    );
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
    list.extend(broken_by_employers(scenario));
    list
}

/// The rules that a scenario breaks in which employers pay.
fn broken_by_employers(scenario: &Scenario) -> Vec<Broken> {
    let contract = &scenario.contract;
    let mut list = Vec::new();
    let mut rule = |holds: bool, keys: [&'static str; 2], title: String| {
        if !holds {
            list.push(Broken { keys, title });
        }
    };
    if contract.payer == Payer::Employer {
        let before = [
            ("contract.upfront", contract.upfront),
            ("contract.per_introduction", contract.per_introduction),
            ("contract.retainer_per_week", contract.retainer_per_week),
            ("contract.guarantee_weeks", f64::from(contract.guarantee_weeks)),
        ];
        for (path, value) in before {
            let shown = key(path).map_or_else(|| value.to_string(), |key| key.unit.format(value));
            rule(
                value == 0.0,
                [path, "contract.payer"],
                format!(
                    "an employer pays on a hire alone, by `contract.share_of_salary` and `contract.success_fee`; \
                     `{path}` is {shown}"
                ),
            );
        }
    }
    list
}

impl Sellers {
    /// Hours a week in which a seller can work: what being open leaves of his week.
    #[must_use]
    pub fn work_hours(&self) -> f64 {
        self.hours - self.open_hours
    }

    /// Hours a week that serving one client takes at full pace.
    #[must_use]
    pub fn hours_per_client(&self) -> f64 {
        self.contact_hours + f64::from(self.pitches_per_week) * self.pitch_hours
    }
}

impl Scenario {
    /// Number of introducers who sell at the opening: the share of all, rounded to the nearest.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a u32 count is a u32 count"
    )]
    pub fn n_openers(&self) -> usize {
        (self.sellers.share * f64::from(self.introducers.count)).round() as usize
    }

    /// Whether anybody may ever sell.
    #[must_use]
    pub fn may_sell(&self) -> bool {
        match self.sellers.entry {
            Entry::None => false,
            Entry::Free => true,
            Entry::Closed => self.n_openers() > 0,
        }
    }
}
