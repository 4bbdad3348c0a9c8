//! What the scenarios of a run say, as its manifest has them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::style::Kind;
use crate::experiments::goodwill;
use crate::output::{Resolved, resolved};
use crate::scenario::Scenario;

/// The resolved scenarios by name; empty without a manifest.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(BTreeMap<String, Resolved>);

impl Rules {
    /// Of a manifest; a text that this version cannot read is as good as none.
    pub(super) fn of(manifest: Option<&Value>) -> Self {
        Self(resolved(manifest))
    }

    /// The scenarios by name.
    pub(super) fn all(&self) -> impl Iterator<Item = (&String, &Scenario)> {
        self.0.iter().map(|(name, one)| (name, &one.scenario))
    }

    /// One of them.
    pub(super) fn scenario(&self, name: &str) -> Option<&Scenario> {
        Some(&self.0.get(name)?.scenario)
    }

    /// Requests a week that an experiment sends through a tie of each seller there, beside the market.
    pub(super) fn bombarded(&self, name: &str) -> Option<f64> {
        Some(self.scenario(name)?.bombardment.requests_per_week).filter(|rate| *rate > 0.0)
    }

    /// Whether seekers or employers pay for anything there; `None` where it does not say.
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        let it = self.scenario(name)?;
        Some(if it.may_sell() || it.coaching.price > 0.0 || it.referral.stranger_price > 0.0 {
            Kind::Paid
        } else if it.referral.employee_bonus > 0.0 {
            Kind::Free
        } else {
            Kind::Organic
        })
    }

    /// Pairs of the scenarios named that differ in whether payment is known and in nothing else: (known, hidden).
    pub(super) fn known_and_hidden<'a>(&self, names: &'a [String]) -> Vec<(&'a String, &'a String)> {
        let rest = |name: &'a String| {
            let Resolved { mut scenario, graph } = self.0.get(name)?.clone();
            (scenario.title, scenario.short, scenario.question) = (String::new(), None, None);
            let known = std::mem::replace(&mut scenario.disclosure.payment_known, true);
            Some((name, known, Resolved { scenario, graph }))
        };
        let rests: Vec<_> = names.iter().filter_map(rest).collect();
        let pair = |(on, _, rules): &(&'a String, bool, Resolved)| {
            let off = rests.iter().find(|(_, known, others)| !known && others == rules);
            off.map(|(off, ..)| (*on, *off))
        };
        rests.iter().filter(|(_, known, _)| *known).filter_map(pair).collect()
    }

    /// The rate of requests that a tie sustains for ever by the rules of some scenarios; `None` without a manifest, or
    /// where two differ.
    pub(super) fn lasting_rate(&self, names: &[String]) -> Option<f64> {
        let rate = |name: &String| goodwill::Rules::of(self.scenario(name)?).for_ever();
        let rates: Vec<Option<f64>> = names.iter().map(rate).collect();
        let first = rates.first().copied().flatten();
        let agree =
            |rate: &Option<f64>| rate.zip(first).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs());
        first.filter(|_| rates.iter().all(agree))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(texts: &[(&str, &str)]) -> Rules {
        let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
        Rules::of(Some(&serde_json::json!({ "scenarios": texts.collect::<serde_json::Map<_, _>>() })))
    }

    #[test]
    fn a_text_that_cannot_be_read_is_as_good_as_none() {
        let text = "title = \"A\"\n[bombardment]\nrequests_per_week = 0.5";
        let rules = rules(&[("a", text), ("b", "not toml")]);
        assert_eq!(rules.all().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!((rules.bombarded("a"), rules.bombarded("b")), (Some(0.5), None));
        assert_eq!(Rules::of(None).kind("a"), None);
    }

    #[test]
    fn a_pair_differs_in_what_is_known_and_its_title_alone() {
        let text = |title: &str, known: bool, share: f64| {
            format!(
                "title = \"{title}\"\n[disclosure]\npayment_known = {known}\n[sellers]\nentry = \"closed\"\nshare = {share}"
            )
        };
        let texts =
            [text("A", true, 0.05), text("B", false, 0.05), text("C", true, 0.1), text("D", false, 0.2)];
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let rules = rules(
            &["a", "b", "c", "d"].iter().zip(&texts).map(|(n, t)| (*n, t.as_str())).collect::<Vec<_>>(),
        );
        assert_eq!(rules.known_and_hidden(&names), [(&names[0], &names[1])]);
        assert_eq!(rules.known_and_hidden(&names[1..]), []);
    }

    #[test]
    fn a_market_is_organic_where_nobody_pays_for_anything() {
        let text = |share: f64, coaching: f64, bonus: f64| {
            format!(
                "title = \"A\"\n[sellers]\nentry = \"closed\"\nshare = {share}\n[coaching]\nprice = {coaching}\n[referral]\nemployee_bonus = {bonus}\nstranger_price = 0"
            )
        };
        let kind = |text: String| rules(&[("a", &text)]).kind("a");
        assert_eq!(kind(text(0.0, 0.0, 0.0)), Some(Kind::Organic));
        assert_eq!(kind(text(0.0, 0.0, 9.0)), Some(Kind::Free));
        assert_eq!(kind(text(0.0, 9.0, 0.0)), Some(Kind::Paid));
        assert_eq!(kind(text(0.1, 0.0, 0.0)), Some(Kind::Paid));
        assert_eq!(kind("[goodwill]\nstart = 5".to_owned()), None);
    }

    #[test]
    fn the_lasting_rate_is_that_of_the_closed_form_where_all_scenarios_agree() {
        let text = |recovery: &str| {
            format!(
                "title = \"A\"\n[goodwill]\nper_request = 0.04\nrecovery = \"{recovery}\"\nblock_below = 0.15\n"
            )
        };
        let rate = |texts: &[(&str, &str)]| {
            let names: Vec<String> = texts.iter().map(|(name, _)| (*name).to_owned()).collect();
            rules(texts).lasting_rate(&names)
        };
        let (slow, fast) = (text("2%"), text("3%"));
        assert!((rate(&[("a", &slow), ("b", &slow)]).unwrap() - 0.433_673).abs() < 1e-6);
        assert_eq!(rate(&[("a", &slow), ("b", &fast)]), None);
        let free = "title = \"A\"\n[goodwill]\nper_request = 0.0\nrecovery = 0.1\nblock_below = 0.1";
        assert_eq!(rate(&[("a", free)]), None);
        assert_eq!(rate(&[("a", "not toml")]), None);
    }
}
