//! What the scenarios of a run say, from the texts in its manifest; read loosely, so that old runs can be drawn.

use std::collections::BTreeMap;

use serde_json::Value;

use super::style::Kind;

/// The resolved scenarios by name; empty without a manifest.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules(BTreeMap<String, toml::Table>);

/// What is not a rule of the market: two scenarios may differ in it and still be the same.
const WORDS: [&str; 4] = ["title", "short", "question", "abstract"];

impl Rules {
    /// Of a manifest; a text that is not TOML is as good as none.
    pub(super) fn of(manifest: Option<&Value>) -> Self {
        let scenarios = manifest.and_then(|manifest| manifest["scenarios"].as_object());
        let texts = scenarios.into_iter().flatten().filter_map(|(name, text)| Some((name, text.as_str()?)));
        Self(texts.filter_map(|(name, text)| Some((name.clone(), text.parse().ok()?))).collect())
    }

    /// The names of the scenarios.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// A number of a scenario, plain, as a percentage or with a dollar sign.
    pub(super) fn number(&self, scenario: &str, section: &str, key: &str) -> Option<f64> {
        number(self.0.get(scenario)?.get(section)?.get(key)?)
    }

    /// A switch of a scenario.
    pub(super) fn is(&self, scenario: &str, section: &str, key: &str) -> Option<bool> {
        self.0.get(scenario)?.get(section)?.get(key)?.as_bool()
    }

    /// Requests a week that an experiment sends through a tie of each seller there, beside the market.
    pub(super) fn bombarded(&self, scenario: &str) -> Option<f64> {
        self.number(scenario, "bombardment", "requests_per_week").filter(|rate| *rate > 0.0)
    }

    /// Whether seekers or employers pay for anything there; `None` where it does not say.
    pub(super) fn kind(&self, scenario: &str) -> Option<Kind> {
        let share = self.number(scenario, "sellers", "share")?;
        let entry = self.0.get(scenario)?.get("sellers")?.get("entry").and_then(toml::Value::as_str);
        let sells = share > 0.0 || entry == Some("free");
        let price = |section, key| self.number(scenario, section, key).unwrap_or(0.0) > 0.0;
        Some(if sells || price("coaching", "price") || price("referral", "stranger_price") {
            Kind::Paid
        } else if price("referral", "employee_bonus") {
            Kind::Free
        } else {
            Kind::Organic
        })
    }

    /// Pairs of the scenarios named that differ in one switch and nothing else: (true there, false there).
    pub(super) fn pairs<'a>(
        &self,
        names: &'a [String],
        section: &str,
        key: &str,
    ) -> Vec<(&'a String, &'a String)> {
        let rest = |name: &String| {
            let mut rules = self.0.get(name)?.clone();
            WORDS.iter().for_each(|word| drop(rules.remove(*word)));
            let switch = rules.get_mut(section)?.as_table_mut()?.remove(key)?.as_bool()?;
            Some((rules, switch))
        };
        let rests: Vec<_> = names.iter().filter_map(|name| Some((name, rest(name)?))).collect();
        let mut pairs = Vec::new();
        for (on, (rules, _)) in rests.iter().filter(|(_, (_, switch))| *switch) {
            let off = rests.iter().find(|(_, (others, switch))| !switch && others == rules);
            pairs.extend(off.map(|(off, _)| (*on, *off)));
        }
        pairs
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    match value {
        toml::Value::Float(value) => Some(*value),
        toml::Value::Integer(value) => value.to_string().parse().ok(),
        toml::Value::String(text) => {
            let text = text.trim().trim_start_matches('$').replace(',', "");
            match text.strip_suffix('%') {
                Some(percent) => percent.trim().parse::<f64>().ok().map(|percent| percent / 100.0),
                None => text.parse().ok(),
            }
        }
        _ => None,
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
    fn numbers_are_read_as_people_write_them() {
        let rules =
            rules(&[("a", "[x]\nb = 0.5\nc = 3\nd = \"2 %\"\ne = \"$1,200\"\nf = true"), ("b", "not toml")]);
        let number = |key| rules.number("a", "x", key);
        assert_eq!(
            ["b", "c", "d", "e", "f", "g"].map(number),
            [Some(0.5), Some(3.0), Some(0.02), Some(1200.0), None, None]
        );
        assert_eq!(rules.number("b", "x", "b"), None);
        assert_eq!(Rules::of(None).kind("a"), None);
    }

    #[test]
    fn a_pair_differs_in_its_switch_and_its_title_alone() {
        let text = |title: &str, known: bool, share: f64| {
            format!("title = \"{title}\"\n[disclosure]\npayment_known = {known}\n[sellers]\nshare = {share}")
        };
        let texts =
            [text("A", true, 0.05), text("B", false, 0.05), text("C", true, 0.1), text("D", false, 0.2)];
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let rules = rules(
            &["a", "b", "c", "d"].iter().zip(&texts).map(|(n, t)| (*n, t.as_str())).collect::<Vec<_>>(),
        );
        assert_eq!(rules.pairs(&names, "disclosure", "payment_known"), [(&names[0], &names[1])]);
        assert_eq!(rules.pairs(&names[1..], "disclosure", "payment_known"), []);
    }

    #[test]
    fn a_market_is_organic_where_nobody_pays_for_anything() {
        let text = |share: f64, coaching: f64, bonus: f64| {
            format!(
                "[sellers]\nshare = {share}\n[coaching]\nprice = {coaching}\n[referral]\nemployee_bonus = {bonus}\nstranger_price = 0"
            )
        };
        let kind = |text: String| rules(&[("a", &text)]).kind("a");
        assert_eq!(kind(text(0.0, 0.0, 0.0)), Some(Kind::Organic));
        assert_eq!(kind(text(0.0, 0.0, 9.0)), Some(Kind::Free));
        assert_eq!(kind(text(0.0, 9.0, 0.0)), Some(Kind::Paid));
        assert_eq!(kind(text(0.1, 0.0, 0.0)), Some(Kind::Paid));
        assert_eq!(kind("[goodwill]\nstart = 1".to_owned()), None);
    }
}
