//! Any valid scenario: every key anywhere in its range, the ends among them. All laws hold, every week ends, and no number
//! is anything but finite.
//!
//! The suite runs a few; `INTROSIM_RANDOM=10000 cargo test --test suite laws::anything` runs so many. Sizes and lengths
//! alone stay small, so that a run takes milliseconds.

use std::sync::mpsc;
use std::time::Duration;

use introsim::engine::{Arm, burn_in, continue_from};
use introsim::experiments::run::run;
use introsim::maths::pow;
use introsim::scenario::{Entry, Key, Kind, Scenario, keys};
use introsim::streams::{Draws, Purpose, below, unit};

use super::check;

/// Runs that the ordinary suite makes.
const FEW: u64 = 600;

/// A run that takes longer than this does not end.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keys that stay small, and the most that they come to.
const SMALL: [(&str, f64); 9] = [
    ("run.weeks", 16.0),
    ("run.burn_in", 12.0),
    ("run.replications", 1.0),
    ("workers.count", 60.0),
    ("decision_makers.count", 40.0),
    ("introducers.count", 12.0),
    ("introducers.ties", 12.0),
    ("friends.mean_degree", 8.0),
    ("sellers.share", 1.0),
];

struct Luck {
    draws: Draws,
    next: u32,
}

impl Luck {
    fn bits(&mut self) -> u64 {
        self.next += 1;
        self.draws.at(Purpose::Sample, 0, self.next, 0).sub(0)
    }

    fn below(&mut self, bound: usize) -> usize {
        below(self.bits(), introsim::ids::row(bound)) as usize
    }

    fn unit(&mut self) -> f64 {
        unit(self.bits())
    }

    /// A number of a range: an end, or anywhere between, by differences or by ratios.
    fn number(&mut self, key: &Key) -> f64 {
        let small = SMALL.iter().find(|(path, _)| *path == key.path).map(|(_, most)| *most);
        assert!(key.range.high.is_finite(), "{}: no open ends", key.path);
        let high = small.map_or(key.range.high, |most| most.min(key.range.high));
        let low = key.range.low;
        let number = match self.below(5) {
            0 => low,
            1 => high,
            2 => low + (high - low) * self.unit(),
            3 if low > 0.0 => low * pow(high / low, self.unit()),
            // Towards the low end, through every order of magnitude.
            3 => low + (high - low) * pow(10.0, -12.0 * self.unit()),
            _ => key.plausible.map_or(low + (high - low) * 0.5, |p| p.low + (p.high - p.low) * self.unit()),
        };
        number.clamp(low, high)
    }

    fn text(&mut self, key: &Key) -> Option<String> {
        Some(match key.kind {
            Kind::Number => format!("{:?}", self.number(key)),
            Kind::Count => format!("{:.0}", self.number(key).floor()),
            Kind::Seed => self.bits().to_string(),
            Kind::Flag => (self.below(2) == 0).to_string(),
            Kind::Choice(names) => names[self.below(names.len())].to_owned(),
            Kind::Stages => {
                let stages: Vec<String> = (0..self.below(4))
                    .map(|_| {
                        let hours = [1e-3, 0.5, 4.0, 1000.0][self.below(4)];
                        let above =
                            ["-10", "-0.3", "0", "0.4", "10", "\"profit\"", "\"profit\""][self.below(7)];
                        format!("{{ hours = {hours}, accept_above = {above} }}")
                    })
                    .collect();
                format!("[{}]", stages.join(", "))
            }
            Kind::Edges => return None,
        })
    }
}

/// The scenario that belongs to a number; `None` where rules between its keys are broken.
fn anything(number: u64) -> Option<Scenario> {
    let mut luck = Luck { draws: Draws::new(number, 2718), next: 0 };
    let mut scenario = Scenario { title: format!("anything {number}"), ..Scenario::default() };
    // Mostly a few keys at once, so that one does not hide what another does.
    let moved = [4, 12, 40, 1000][luck.below(4)];
    let all = keys();
    for key in all {
        let is_small = SMALL.iter().any(|(path, _)| *path == key.path);
        if !is_small && luck.below(all.len()) >= moved {
            continue;
        }
        if let Some(text) = luck.text(key) {
            scenario.set(key.path, &text).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }
    if scenario.contract.payer == introsim::scenario::Payer::Employer {
        for path in ["upfront", "per_introduction", "retainer_per_week", "guarantee_weeks"] {
            scenario.set(&format!("contract.{path}"), "0").unwrap();
        }
    }
    if luck.below(4) > 0 {
        scenario.run.spells_sample = 1.0;
    }
    let s = &mut scenario.sellers;
    if s.entry == Entry::None && s.share > 0.0 {
        s.entry = [Entry::Free, Entry::Closed, Entry::None][luck.below(3)];
        s.share = if s.entry == Entry::None { 0.0 } else { s.share };
    }
    if s.open_hours > s.hours {
        s.open_hours = s.hours * luck.unit();
    }
    scenario.introducers.ties = scenario.introducers.ties.min(scenario.decision_makers.count);
    scenario.friends.mean_degree =
        (scenario.friends.mean_degree / 2 * 2).min((scenario.workers.count - 1) / 2 * 2);
    if scenario.goodwill.rebuild_to <= scenario.goodwill.block_below {
        scenario.goodwill.block_below = scenario.goodwill.rebuild_to * luck.unit();
    }
    scenario.goodwill.rebuild_to = scenario.goodwill.rebuild_to.max(1e-9);
    scenario.check().ok().map(|()| scenario)
}

/// Lives through a scenario; what went wrong, if anything did.
fn live(scenario: &Scenario) -> Result<(), String> {
    let opening = burn_in(scenario, 0, &|| {}).map_err(|failure| format!("burn-in: {failure}"))?;
    let history =
        continue_from(scenario, opening.world.clone(), &|| {}).map_err(|failure| failure.to_string())?;
    // From a part of the searches nobody can tell whether they add up.
    if scenario.run.spells_sample >= 1.0 {
        check("anything", scenario, &opening, &history);
    }
    // Tables refuse numbers that are not finite.
    let arm = Arm { name: scenario.title.clone(), scenario: scenario.clone() };
    let tabled = run(&[arm], &|| {});
    tabled.replications[0].result.as_ref().map(|_| ()).map_err(|failure| format!("tables: {failure}"))
}

#[test]
fn any_valid_scenario_keeps_the_laws_and_comes_to_an_end() {
    let runs = std::env::var("INTROSIM_RANDOM").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let from = std::env::var("INTROSIM_RANDOM_FROM").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut wrong, mut lived) = (Vec::new(), 0);
    for number in from..from + runs {
        let Some(scenario) = anything(number) else { continue };
        lived += 1;
        let (done, ended) = mpsc::channel();
        let of_thread = scenario.clone();
        std::thread::spawn(move || {
            let end = std::panic::catch_unwind(|| live(&of_thread));
            done.send(end.unwrap_or_else(|_| Err("a law that is checked from outside is broken".to_owned())))
        });
        let what = match ended.recv_timeout(PATIENCE) {
            Ok(Ok(())) => continue,
            Ok(Err(what)) => what,
            Err(_) => "it does not end".to_owned(),
        };
        let changed = Scenario::default().differences(&scenario);
        let keys: Vec<String> = changed
            .iter()
            .filter(|path| !SMALL.iter().any(|(small, _)| small == *path))
            .map(|path| format!("{path}={}", scenario.text(path).unwrap()))
            .collect();
        wrong.push(format!("{number}: {what}\n    {}", keys.join(" ")));
    }
    assert!(lived * 10 >= runs * 9, "rules between keys leave {lived} of {runs}");
    assert!(wrong.is_empty(), "{} of {lived}:\n{}", wrong.len(), wrong.join("\n"));
}
