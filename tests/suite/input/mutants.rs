//! Mutants of the files of the library: whatever a slip of the hand makes of one, it is read or refused with reasons, in a
//! moment, and nothing else.
//!
//! The suite makes a few; `INTROSIM_MUTANTS=1000000 cargo test --test suite mutants` makes so many.

use std::fs;
use std::time::{Duration, Instant};

use introsim::scenario::Scenario;

/// Mutants that the ordinary suite makes.
const FEW: u64 = 4000;

/// Reading any of them takes less than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Most of what is said of one.
const MOST_WORDS: usize = 64 << 10;

struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

/// Words that files are made of, and some that break them.
const WORDS: [&str; 16] = [
    "=",
    "\"",
    "[",
    "]]",
    "\n",
    "-",
    "1e308",
    "nan",
    "inf",
    "\u{202e}",
    "\u{0}",
    "'''",
    "{ a = 1 }",
    "$",
    "%",
    "9999999999999999999",
];

fn mutant(library: &[String], luck: &mut Luck) -> String {
    let mut text: Vec<char> = library[luck.below(library.len())].chars().collect();
    for _ in 0..=luck.below(4) {
        let (at, length) = (luck.below(text.len() + 1), luck.below(12));
        let end = (at + length).min(text.len());
        match luck.below(6) {
            0 => drop(text.drain(at..end)),
            1 => text.insert(at, char::from_u32(luck.below(0x3000) as u32).unwrap_or('?')),
            2 => text.splice(at..at, WORDS[luck.below(WORDS.len())].chars()).for_each(drop),
            3 => text.splice(at..end, WORDS[luck.below(WORDS.len())].chars()).for_each(drop),
            4 => {
                let other = &library[luck.below(library.len())];
                let lines: Vec<&str> = other.lines().collect();
                let line = lines[luck.below(lines.len())];
                text.splice(at..at, line.chars().chain(['\n'])).for_each(drop);
            }
            _ => text.truncate(at),
        }
    }
    text.into_iter().collect()
}

#[test]
fn mutants_of_scenarios_are_read_or_refused_with_reasons_and_nothing_else() {
    let mut library = Vec::new();
    for entry in fs::read_dir("scenarios").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            // A text by itself extends nothing.
            let text = fs::read_to_string(&path).unwrap();
            library.push(
                text.lines()
                    .filter(|line| !line.starts_with("extends"))
                    .fold(String::new(), |all, line| all + line + "\n"),
            );
        }
    }
    let all = std::env::var("INTROSIM_MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let (mut read, mut refused) = (0, 0);
    for number in 0..all {
        let text = mutant(&library, &mut Luck(number));
        let begin = Instant::now();
        match Scenario::parse("mutant", &text) {
            Ok(scenario) => {
                let again = Scenario::parse("again", &scenario.canonical());
                assert_eq!(again.map_err(|problems| problems.to_string()), Ok(scenario), "{number}:\n{text}");
                read += 1;
            }
            Err(problems) => {
                let said = problems.to_string();
                assert!(!said.trim().is_empty() && said.len() < MOST_WORDS, "{number}: {} bytes", said.len());
                refused += 1;
            }
        }
        assert!(begin.elapsed() < PATIENCE, "{number} takes {:?}", begin.elapsed());
    }
    println!("{read} read, {refused} refused");
    assert!(read * 20 > all && refused * 20 > all, "{read} read, {refused} refused: these are no mutants");
}
