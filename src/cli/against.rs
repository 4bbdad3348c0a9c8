//! What differences are taken against, and which of them the terminal shows: options of `run` and `compare`.

use std::path::Path;

use super::BadInput;
use crate::engine::Arm;
use crate::experiments::paired::{self, Baseline, HEADLINES};
use crate::scenario::{Loaded, nearest, successor};

/// Options of the commands that compare scenarios.
#[derive(Debug, clap::Args)]
pub(super) struct Against {
    /// Scenario that the others are compared with, by name or file [default: run takes the one in which nobody sells that
    /// opens on the same labour market, or the first if somebody sells in all; compare takes the first]
    #[arg(long, value_name = "NAME")]
    baseline: Option<String>,
    /// Outcomes whose differences are shown, named as in outcomes.csv, as in goodwill,hires_cold; differences.csv has all
    #[arg(long = "metric", value_name = "NAME,…", value_delimiter = ',')]
    metrics: Vec<String>,
}

/// What was chosen.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// What the scenarios are held against.
    pub(super) baseline: Baseline,
    /// Outcomes to show.
    pub(super) metrics: Vec<&'static str>,
}

/// What scenarios of a run are held against where nobody says: the market of their own opening in which nobody sells, or
/// the first if somebody sells in all.
pub(super) fn unasked(arms: &[Arm]) -> Baseline {
    paired::organic(arms).map_or(Baseline::Asked(0), Baseline::Organic)
}

impl Against {
    /// Whether any of the options was given.
    pub(super) fn is_asked(&self) -> bool {
        self.baseline.is_some() || !self.metrics.is_empty()
    }

    /// Finds the baseline and the outcomes by their names.
    ///
    /// - `fallback`: the baseline where none was named
    pub(super) fn choose(&self, loaded: &[Loaded], fallback: Baseline) -> anyhow::Result<Chosen> {
        let baseline = match &self.baseline {
            None => fallback,
            Some(name) => Baseline::Asked(named(name, loaded)?),
        };
        Ok(Chosen { baseline, metrics: self.shown()? })
    }

    fn shown(&self) -> anyhow::Result<Vec<&'static str>> {
        if self.metrics.is_empty() {
            return Ok(HEADLINES.iter().map(|(metric, ..)| *metric).collect());
        }
        let known: Vec<&'static str> = paired::metrics().into_iter().map(|(name, ..)| name).collect();
        let (mut shown, mut wrong) = (Vec::new(), Vec::new());
        for word in self.metrics.iter().map(|word| word.trim()) {
            match known.iter().copied().find(|&name| name == word) {
                Some(name) if shown.contains(&name) => {}
                Some(name) => shown.push(name),
                None => wrong.push(no_metric(word, &known)),
            }
        }
        if wrong.is_empty() { Ok(shown) } else { Err(BadInput(wrong.join("\nerror: ")).into()) }
    }
}

fn no_metric(word: &str, known: &[&str]) -> String {
    if let Some(instead) = successor(word) {
        return format!("--metric: there is no outcome `{word}`: {instead}");
    }
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("--metric: there is no outcome `{word}`; did you mean `{near}`?"),
        None => {
            let names: Vec<&str> = known.iter().copied().filter(|name| !name.ends_with("_judged")).collect();
            format!(
                "--metric: there is no outcome `{word}`; there are {}, most of them also with _judged, over the \
                 weeks that are judged",
                names.join(", ")
            )
        }
    }
}

/// Number of the scenario of this name or from this file.
fn named(word: &str, loaded: &[Loaded]) -> anyhow::Result<usize> {
    let real = |path: &str| Path::new(path).canonicalize().ok();
    let is_meant = |one: &Loaded| {
        let file = one.chain.first().map(|file| file.path.as_str());
        one.name == word
            || file == Some(word)
            || (file.and_then(real).is_some() && file.and_then(real) == real(word))
    };
    if let Some(found) = loaded.iter().position(is_meant) {
        return Ok(found);
    }
    let names: Vec<&str> = loaded.iter().map(|one| one.name.as_str()).collect();
    let near = nearest(word, names.iter().copied());
    let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let text = format!("--baseline: `{word}` is not among the scenarios to run, {}{help}", names.join(", "));
    Err(BadInput(text).into())
}
