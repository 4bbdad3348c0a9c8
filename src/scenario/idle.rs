//! Keys that a file sets although nothing in its market asks for them: a switch elsewhere is off.

use crate::scenario::{Entry, Loaded, Payer, Scenario, Targeting};

/// A key that is set to something other than its default, and moves nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The key, as a dotted path.
    pub path: &'static str,
    /// The switch that would put it to work, as it is.
    pub because: String,
}

impl std::fmt::Display for Idle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is set and does nothing, as {}", self.path, self.because)
    }
}

/// The keys that the scenario's own file or `--set` sets to something other than their defaults, and that do nothing in
/// it. A scenario made for others is not judged.
#[must_use]
pub fn idle(loaded: &Loaded) -> Vec<Idle> {
    let scenario = &loaded.scenario;
    if scenario.is_abstract {
        return Vec::new();
    }
    let own = loaded.chain.iter().take(1).flat_map(|file| &file.sets).chain(&loaded.overridden);
    let mut own: Vec<&'static str> = own.copied().collect();
    own.retain(|path| scenario.text(path) != Scenario::default().text(path));
    own.sort_unstable();
    own.dedup();
    let found = |path: &'static str| Some(Idle { path, because: because(scenario, path)? });
    own.into_iter().filter_map(found).collect()
}

/// The switch that is off, in words; `None` if the key is at work.
#[must_use]
pub fn because(scenario: &Scenario, path: &str) -> Option<String> {
    let Scenario { sellers, contract, coaching, referral, bombardment, screening, word, .. } = scenario;
    let nobody_sells = !scenario.may_sell();
    let (section, name) = path.split_once('.')?;
    let who_sells = if sellers.entry == Entry::None { "sellers.entry" } else { "sellers.share" };
    let switch = match (section, name) {
        ("employer", "fee_felt") if referral.employee_bonus > 0.0 => return None,
        ("sellers", "share" | "entry") => return None,
        ("sellers" | "contract" | "screening" | "word" | "sham" | "employer" | "bombardment", _)
            if nobody_sells =>
        {
            who_sells
        }
        ("disclosure", _) if nobody_sells && referral.stranger_price == 0.0 => who_sells,
        ("buyers", _) if nobody_sells && referral.stranger_price == 0.0 && coaching.price == 0.0 => who_sells,
        (
            "sellers",
            "reconsider_rate" | "optimism" | "trials" | "purse_median" | "purse_log_sd" | "new_name",
        ) if sellers.entry != Entry::Free => "sellers.entry",
        ("employer", _) if contract.payer == Payer::Seeker => "contract.payer",
        ("word", _) if contract.payer == Payer::Employer => "contract.payer",
        ("word", "hearsay" | "bad_news") if word.listeners == 0.0 => "word.listeners",
        ("sham", _) if contract.per_introduction == 0.0 => "contract.per_introduction",
        ("sellers", "near") if sellers.targeting != Targeting::StatedLevel => "sellers.targeting",
        ("screening", "most_precision" | "half_hours") if screening.stages.is_empty() => "screening.stages",
        ("coaching", "networking_gain" | "resume_precision_gain") if coaching.price == 0.0 => {
            "coaching.price"
        }
        ("bombardment", "quality_above_bar" | "met") if bombardment.requests_per_week == 0.0 => {
            "bombardment.requests_per_week"
        }
        _ => return None,
    };
    let value = scenario.text(switch).unwrap_or_default().replace('"', "");
    Some(format!("`{switch}` is {}", if value == "[]" { "empty" } else { &value }))
}
