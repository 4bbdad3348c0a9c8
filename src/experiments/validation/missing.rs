//! Published results that the model cannot be set to, each with the mechanism that it has not got and why.

use super::judge::{Check, Rule, Verdict};

/// One result that is not compared.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// What would be compared.
    pub what: &'static str,
    /// Where the result is from.
    pub source: &'static str,
    /// The mechanism that is missing, and why it was not added.
    pub why: &'static str,
}

const fn missing(what: &'static str, source: &'static str, why: &'static str) -> Missing {
    Missing { what, source, why }
}

/// All of them.
pub const MISSING: &[Missing] = &[
    missing(
        "the negative covariance after one period (example 1)",
        "Calvó-Armengol and Jackson 2004",
        "it starts from one state, and no key of a scenario says who is in work at the start; the test suite sets the state \
         by hand and finds the covariance",
    ),
    missing(
        "dropping out of the network",
        "Calvó-Armengol and Jackson 2004",
        "nobody weighs the cost of staying in the labour force: people leave at a constant rate, as the question is what \
         they do while they look",
    ),
    missing(
        "unemployment where referrals reach any contact",
        "Galenianos 2014",
        "a lead goes to friends out of work only, as in Calvó-Armengol and Jackson; one that is lost on a friend in work \
         would be a second rule for the same thing",
    ),
    missing(
        "wages of referrals, and the market wage of the rest",
        "Montgomery 1991",
        "a decision-maker offers one salary to anybody: there is no wage posting, as a seat's salary is rarely set by the \
         way a person comes; the pool that is left is compared",
    ),
    missing(
        "unravelling at uniform worth, p* = b low/(2 − b)",
        "Akerlof 1970",
        "worth is log-normal, as wages are, and has no lower end; salaries do not answer to who comes, so wages are moved \
         between rounds from outside. The same recursion is compared at log-normal worth",
    ),
    missing(
        "the fee that separates those who know their own odds",
        "Spence 1973; Bloch and Ryder 2000",
        "seekers believe in felt ability and do not know their own chance when they buy; self-knowledge would be a new \
         belief of buyers, for which no evidence gives a size",
    ),
    missing(
        "reputation of competent and inept types, replaced at random",
        "Mailath and Samuelson 2001",
        "trust is a normal belief about quality, not about two types; its fading keeps it from certainty in the same way, \
         and where it settles is compared",
    ),
    missing(
        "a name that many share",
        "Tirole 1996",
        "word travels from decision-maker to decision-maker, but about one introducer: no name is shared by several",
    ),
    missing(
        "entry of experts, moral hazard of sellers, and who becomes a middleman",
        "Biglaiser 1993; Biglaiser and Li 2018; Yavaş 1994; Masters 2008",
        "whoever expects to gain sells, but sellers do not choose price, screen or contract, since the institutions are \
         what is varied; of entry the second implementation agrees in every week, and no limit is compared yet",
    ),
    missing(
        "prices of a platform on both sides",
        "Rochet and Tirole 2003",
        "a contract has one payer: decision-makers have no demand for introductions that falls with a price",
    ),
    missing(
        "effort under linear pay",
        "Holmström and Milgrom 1991",
        "hours of screening are a term of the scenario, not a choice; what fees per success do to whom a seller introduces \
         is compared as the fee from which he pitches",
    ),
    missing(
        "bonds forfeited by unwanted messages",
        "Loder, Van Alstyne and Wash 2006",
        "no money hangs on whether a message was wanted; entry at a price, and the charge that ends the crowding, are \
         compared",
    ),
];

/// The rows of the scorecard that say so.
#[must_use]
pub fn rows() -> Vec<Check> {
    let row = |missing: &Missing| Check {
        group: "Not in the model".to_owned(),
        what: missing.what.to_owned(),
        unit: "",
        target: None,
        source: missing.source.to_owned(),
        figure: None,
        interval: None,
        rule: Rule::Nothing,
        verdict: Verdict::NotApplicable,
        note: missing.why.to_owned(),
    };
    MISSING.iter().map(row).collect()
}
