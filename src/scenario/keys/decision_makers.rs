//! Keys of the labour market on the hiring side: decision-makers, beliefs, introducers, goodwill, contacts.

use crate::scenario::key::{LEAST, MOST_PRECISION, closed, section};
use crate::units::Unit::{Dollars, Hours, Of, Rate, Sd, Share, Weeks};

const PRECISION: crate::units::Unit = Of("1/sd²");
const GOODWILL: crate::units::Unit = Of("goodwill");

section! {
    /// The people who hire.
    decision_makers: DecisionMakers {
        /// Decision-makers, each with one seat.
        count: u32 = 1_000, Of("decision-makers"), closed(1.0, 10_000_000.0), "our assumption";
        /// Mean of the bar: the quality that is asked for.
        bar_mean: f64 = -0.262, Sd, closed(-5.0, 5.0), plausible closed(-0.5, 1.0), "fitted, inside this range, to facts about finding jobs";
        /// Spread of the bar.
        bar_sd: f64 = 0.9, Sd, closed(0.0, 10.0), plausible closed(0.5, 1.2), "our assumption";
        /// Spread of the log of salaries offered at equal bars.
        salary_log_sd: f64 = 0.37, Of("log points"), closed(0.0, 3.0), "as of workers";
        /// Chance per week that a vacancy opens where there is none.
        vacancy_rate: f64 = 0.0649, Rate, closed(0.0, 1.0), plausible closed(0.03, 0.20), "fitted, inside this range, to facts about finding jobs";
        /// Weeks after which an unfilled vacancy lapses, on average.
        vacancy_life: f64 = 10.0, Weeks, closed(1.0, 5200.0), plausible closed(6.0, 20.0), "our assumption; vacancies are filled in 39 to 43 days (Jobvite, not rechecked)";
        /// Share of decision-makers with a vacancy when the burn-in starts.
        initial_vacancies: f64 = 0.2, Share, closed(0.0, 1.0), "our assumption";
        /// Meetings that she has time for.
        attention: u32 = 3, Of("meetings per week"), closed(0.0, 1000.0), plausible closed(2.0, 10.0), "fitted, inside this range, to facts about finding jobs";
        /// What an sd of quality above the bar is worth to the person who hires, at the reference salary.
        value_per_sd: f64 = 20_000.0, Dollars, closed(0.0, 100_000_000.0), plausible closed(5_000.0, 40_000.0),
            "half of 40 % of salary: Schmidt and Hunter 1983 (abstract); the half is our assumption";
        /// What a meeting costs her.
        meeting_cost: f64 = 750.0, Dollars, closed(0.0, 1_000_000.0), plausible closed(200.0, 2_000.0), "our assumption: about six hours of several people";
        /// What she grants an introducer at full goodwill, in dollars of her time.
        courtesy: f64 = 300.0, Dollars, closed(0.0, 1_000_000.0), plausible closed(0.0, 750.0), "our assumption; nobody has measured it";
        /// Requests that she reads in a week, applications, forms and introductions together; more lie unread.
        reads: u32 = 25, Of("requests per week"), closed(0.0, 1_000_000.0), plausible closed(10.0, 100.0),
            "our assumption; that attention is the scarce thing: Van Zandt 2004, Anderson and de Palma 2009 (not rechecked)";
        /// Worth of meeting somebody good without a vacancy, as a share of the worth with one.
        value_without_vacancy: f64 = 0.1, Share, closed(0.0, 1.0), plausible closed(0.0, 0.3), "our assumption";
        /// Precision of the look at ability that an interview gives.
        interview_precision: f64 = 0.35, PRECISION, closed(0.0, MOST_PRECISION), plausible closed(0.04, 0.35),
            "structured interview, validity 0.42: Sackett et al. 2022, table 3 (not rechecked); fitted, inside this range, to facts about finding jobs";
    }
}

section! {
    /// What decision-makers believe before they have met anybody.
    beliefs: Beliefs {
        /// Mean quality minus bar of cold applicants, at first.
        applicants_mean: f64 = 0.0, Sd, closed(-5.0, 5.0), "our assumption; learned in the burn-in";
        /// Variance of quality minus bar of cold applicants, at first.
        applicants_variance: f64 = 0.667, Of("sd²"), closed(LEAST, 25.0), "our assumption";
        /// Weight of one cold meeting in the common belief about cold applicants.
        applicants_learning: f64 = 0.0005, Of("weight"), closed(0.0, 1.0), "our assumption";
        /// Mean quality minus bar of the people who come through a tie, at first.
        trust_mean: f64 = -0.4, Sd, closed(-5.0, 5.0), plausible closed(-0.5, 0.6), "fitted, inside this range, to facts about finding jobs";
        /// Precision of that belief, at first.
        trust_precision: f64 = 4.0, PRECISION, closed(LEAST, MOST_PRECISION), plausible closed(1.0, 10.0), "our assumption";
        /// How fast trust returns to what it was at first.
        trust_fade: f64 = 0.005, Rate, closed(0.0, 1.0), plausible closed(0.0, 0.02),
            "our assumption; without replacement reputations are temporary (Cripps, Mailath and Samuelson 2004, not rechecked)";
        /// Variance of quality minus bar among the people of one source.
        within_source_variance: f64 = 0.5, Of("sd²"), closed(LEAST, 25.0), "our assumption";
    }
}

section! {
    /// The well-connected people who introduce, for nothing or for money.
    introducers: Introducers {
        /// Introducers.
        count: u32 = 200, Of("introducers"), closed(0.0, 10_000_000.0), "our assumption";
        /// Distinct decision-makers that each knows.
        ties: u32 = 50, Of("decision-makers"), closed(0.0, 10_000_000.0), plausible closed(20.0, 150.0), "our assumption: Dunbar's third layer (not rechecked)";
        /// What an hour of an introducer is worth to him.
        hour_value: f64 = 100.0, Dollars, closed(0.0, 100_000.0), plausible closed(50.0, 300.0),
            "BLS OEWS 2023, managers' wages with overheads $60 to $300 (not rechecked)";
        /// What a unit of goodwill on a tie is worth to him: the cost of a burnt relationship.
        goodwill_value: f64 = 2_000.0, Dollars, closed(0.0, 10_000_000.0), plausible closed(500.0, 20_000.0),
            "our assumption; nobody has measured it";
        /// What the thanks of one whom he introduces are worth to him.
        gratitude: f64 = 300.0, Dollars, closed(0.0, 1_000_000.0), plausible closed(50.0, 1_000.0),
            "our assumption; nobody has measured it";
        /// Hours that an introduction for nothing takes.
        help_hours: f64 = 0.5, Hours, closed(0.0, 168.0), plausible closed(0.1, 1.0), "our assumption";
        /// How far from the level sought a vacancy may lie to be suggested.
        level_window: f64 = 1.0, Sd, closed(0.0, 10.0), plausible closed(0.5, 2.0), "our assumption";
        /// Spread of the noise with which introducers, sellers among them, see a decision-maker's bar.
        bar_noise: f64 = 0.5, Sd, closed(0.0, 10.0), plausible closed(0.3, 1.0), "our assumption: what an employer wants is known from talk";
        /// Chance per week that an introducer hears of a vacancy behind one of his ties, while it is open.
        hears_of_vacancy: f64 = 0.4, Rate, closed(0.0, 1.0), plausible closed(0.2, 0.7), "our assumption: many vacancies are filled before word of them spreads";
        /// Precision of a look at ability after endless acquaintance.
        familiarity_precision: f64 = 0.6, PRECISION, closed(0.0, MOST_PRECISION), plausible closed(0.2, 1.0), "our assumption: a correlation with ability of 0.6";
        /// Weeks of acquaintance that give half of it.
        familiarity_half: f64 = 13.0, Weeks, closed(0.01, 5200.0), plausible closed(4.0, 52.0), "our assumption";
        /// An introducer's first guess of how often his requests are met.
        opening_acceptance: f64 = 0.5, Share, closed(0.0, 1.0), plausible closed(0.2, 0.8), "our assumption; no sound study found";
        /// Weight of one request in his running acceptance rate.
        experience_weight: f64 = 0.02, Of("weight"), closed(0.0, 1.0), "our assumption";
    }
}

section! {
    /// The stock on a tie in 0 to 1: favours still welcome. Nobody has measured any of it.
    goodwill: Goodwill {
        /// Goodwill of a new tie.
        start: f64 = 0.8, GOODWILL, closed(0.0, 1.0), plausible closed(0.5, 1.0), "our assumption";
        /// What every request takes, met or not.
        per_request: f64 = 0.04, GOODWILL, closed(0.0, 1.0), plausible closed(0.01, 0.10), "our assumption";
        /// What a good introduction adds.
        good: f64 = 0.10, GOODWILL, closed(0.0, 1.0), plausible closed(0.03, 0.20), "our assumption";
        /// What a bad introduction takes.
        bad: f64 = 0.10, GOODWILL, closed(0.0, 1.0), plausible closed(0.03, 0.30),
            "our assumption; could be identified from referring physicians before and after a bad outcome: Sarsons; the Medicare event study";
        /// Share of what is missing that comes back by itself each week.
        recovery: f64 = 0.02, Rate, closed(0.0, 1.0), plausible closed(0.005, 0.05),
            "our assumption; could be identified from referring physicians before and after a bad outcome: Sarsons; the Medicare event study";
        /// Below this a tie is blocked: she does not pick up the phone.
        block_below: f64 = 0.15, GOODWILL, closed(0.0, 1.0), plausible closed(0.05, 0.30), "our assumption";
        /// Chance per week that a blocked tie is forgiven, to rebuild_to.
        forgiven: f64 = 0.002, Rate, closed(0.0, 1.0), plausible closed(0.0, 0.01), "our assumption";
        /// Hours that rebuilding a blocked tie takes.
        rebuild_hours: f64 = 10.0, Hours, closed(0.0, 10_000.0), plausible closed(2.0, 50.0),
            "our assumption: rebuild_hours times hour_value is goodwill_value times rebuild_to";
        /// Goodwill of a tie rebuilt or forgiven.
        rebuild_to: f64 = 0.5, GOODWILL, closed(0.0, 1.0), plausible closed(0.3, 0.8), "our assumption";
        /// Chance that rebuilding works; 0%: what is burnt stays burnt.
        rebuild_success: f64 = 1.0, Share, closed(0.0, 1.0), plausible closed(0.0, 1.0), "our assumption";
    }
}

section! {
    /// Which introducers a worker knows.
    contacts: Contacts {
        /// Introducers that an entrant to the burn-in knows, on average.
        start_mean: f64 = 1.5, Of("contacts"), closed(0.0, 16.0), "our assumption; the burn-in forgets it";
        /// How long he has known them.
        start_familiarity: f64 = 8.0, Weeks, closed(0.0, 5200.0), "our assumption; the burn-in forgets it";
        /// Chance per week of search to meet an introducer, times networking.
        meet_rate: f64 = 0.243, Rate, closed(0.0, 1.0), plausible closed(0.02, 0.30), "fitted, inside this range, to facts about finding jobs";
        /// Chance per week that a seeker asks a contact for an introduction.
        ask_rate: f64 = 0.045, Rate, closed(0.0, 1.0), plausible closed(0.02, 0.30), "fitted, inside this range, to facts about finding jobs";
        /// Weeks of acquaintance before one may ask.
        known_after: u32 = 4, Weeks, closed(0.0, 520.0), "our assumption";
        /// The most introducers that a worker keeps up with.
        most: u32 = 16, Of("contacts"), closed(0.0, 16.0), "our assumption";
        /// Weeks after which half of all contacts have faded.
        half_life: f64 = 45.0, Weeks, closed(0.01, 52_000.0), plausible closed(16.0, 52.0),
            "bridges decay by 50 to 90 % a year: Burt 2002 (abstract)";
    }
}
