//! Keys of the institutions: who sells introductions, who buys, on what terms. A scenario changes these alone.

use crate::scenario::key::{ANY, MOST_PRECISION, closed, section};
use crate::scenario::types::{Among, Entry, Payer, Stage, Targeting};
use crate::units::Unit::{Dollars, Hours, Of, Rate, Sd, Share, Weeks, Years};

section! {
    /// The introducers who sell.
    sellers: Sellers {
        /// Who may sell introductions: none, free (whoever expects to gain by it) or closed (those who open).
        entry: Entry = Entry::None, Of("a name"), ANY, "an institution: nobody sells";
        /// Share of introducers who sell at the opening; those whose hour is worth least elsewhere.
        share: f64 = 0.0, Share, closed(0.0, 1.0), "nobody sells; 5% in the paid scenarios is our assumption";
        /// Hours a week that a seller has for his trade, those of being open included.
        hours: f64 = 40.0, Hours, closed(0.0, 168.0), "our assumption: a working week";
        /// Hours a week that being open takes, whoever comes.
        open_hours: f64 = 10.0, Hours, closed(0.0, 168.0), plausible closed(0.0, 20.0), "our assumption";
        /// Spread of the log of what an hour is worth to introducers elsewhere; its mean is introducers.hour_value.
        outside_wage_log_sd: f64 = 0.4, Of("log points"), closed(0.0, 3.0), plausible closed(0.2, 0.6), "our assumption: the spread of managers' wages (not rechecked)";
        /// Chance per week that an introducer reconsiders to sell, or a seller to stop.
        reconsider_rate: f64 = 0.0385, Rate, closed(0.0, 1.0), plausible closed(0.0192, 0.0769), "our assumption: twice a year; the range is once to four times";
        /// By how much the first to sell think that it brings more than it costs.
        optimism: f64 = 0.25, Share, closed(-1.0, 10.0), plausible closed(0.0, 1.0), "our assumption";
        /// Introducers who try to sell whatever they expect, per 10,000 workers and year.
        trials: f64 = 0.1, Of("trials"), closed(0.0, 10_000.0), "our assumption: it has been attempted by somebody, somewhere";
        /// What a seller can lose, from the best that his trade has brought, before he stops: the median.
        purse_median: f64 = 15_000.0, Dollars, closed(0.0, 1e9), plausible closed(5_000.0, 50_000.0), "our assumption";
        /// Spread of the log of it.
        purse_log_sd: f64 = 1.0, Of("log points"), closed(0.0, 5.0), "our assumption";
        /// How far what an hour is worth to a seller elsewhere falls with the goodwill that his ties lack against the organic fork: as this power of it.
        livelihood: f64 = 0.25, Of("exponent"), closed(0.0, 10.0), plausible closed(0.0, 0.5), "our assumption; advisers found in misconduct: half lose the job, 10 % less pay, Egan, Matvos and Seru 2019 (not rechecked)";
        /// Whether one who sells again has a new name, with the opening rating.
        new_name: bool = false, Of("a switch"), ANY, "our assumption: names are remembered; for a new one see Cabral and Hortacsu 2010";
        /// Whom a seller pitches his clients to: random, stated_level or best_fit.
        targeting: Targeting = Targeting::BestFit, Of("a name"), ANY, "our assumption";
        /// How near to the level that a client states a vacancy must lie, with stated_level.
        near: f64 = 0.5, Sd, closed(0.0, 10.0), "our assumption";
        /// How much of what a pitch does to his relationships a seller counts: 0 sells blindly, 1 counts all.
        foresight: f64 = 0.0, Of("weight"), closed(0.0, 1.0), plausible closed(0.0, 1.0), "our assumption";
        /// Mean gain from a sham that a seller would forgo.
        integrity_mean: f64 = 300.0, Dollars, closed(0.0, 10_000_000.0), "our assumption";
        /// Pitches for each client.
        pitches_per_week: u32 = 2, Of("pitches per week"), closed(0.0, 100.0), plausible closed(1.0, 5.0), "our assumption";
        /// Hours that a pitch takes.
        pitch_hours: f64 = 2.0, Hours, closed(0.0, 168.0), plausible closed(0.5, 8.0), "our assumption";
        /// Hours of contact with each client in a week.
        contact_hours: f64 = 1.0, Hours, closed(0.0, 168.0), plausible closed(0.25, 4.0), "our assumption";
        /// Weeks for which a client is represented.
        representation: u32 = 12, Weeks, closed(1.0, 520.0), "our assumption";
        /// A seller's first guess of how often his requests are met.
        opening_acceptance: f64 = 0.5, Share, closed(0.0, 1.0), plausible closed(0.2, 0.8), "our assumption; no sound study found";
        /// A seller's first guess of how often a pass becomes a placement.
        opening_conversion: f64 = 0.7, Share, closed(0.0, 1.0), "our assumption";
        /// Weight of one request in his running rates.
        experience_weight: f64 = 0.02, Of("weight"), closed(0.0, 1.0), "our assumption";
        /// What a seller can pay back beyond what he has earned.
        bond: f64 = 10_000.0, Dollars, closed(0.0, 1e9), "our assumption";
    }
}

section! {
    /// How seekers decide to buy.
    buyers: Buyers {
        /// Chance per week that a seeker without representation considers buying.
        consider_rate: f64 = 0.10, Rate, closed(0.0, 1.0), plausible closed(0.02, 0.30), "our assumption";
        /// Sellers that he compares; he takes the best rated.
        sellers_compared: u32 = 2, Of("sellers"), closed(1.0, 1000.0), "our assumption";
        /// Shape of his belief about the chance to find work by himself: higher is surer.
        hazard_shape: f64 = 3.0, Of("shape"), closed(1.001, 1000.0), plausible closed(1.5, 6.0), "our assumption";
        /// Scale of that belief.
        hazard_weeks: f64 = 30.0, Weeks, closed(0.01, 5200.0), plausible closed(15.0, 60.0), "our assumption";
        /// Weeks that he expects a placement to take.
        placement_lag: f64 = 4.0, Weeks, closed(0.0, 520.0), "our assumption";
        /// Years for which he counts a higher salary.
        uplift_years: f64 = 2.0, Years, closed(0.0, 50.0), plausible closed(0.5, 4.0), "our assumption";
        /// A seller's rating before anybody has tried him: the caller's optimism.
        opening_rating: f64 = 0.5, Share, closed(0.0, 1.0), plausible closed(0.1, 0.8), "our assumption";
        /// Weight of one representation in a seller's rating.
        rating_weight: f64 = 0.05, Of("weight"), closed(0.0, 1.0), "our assumption";
        /// Weight of one placement in a seller's running uplift of salaries.
        uplift_weight: f64 = 0.05, Of("weight"), closed(0.0, 1.0), "our assumption";
        /// Weight of one hire in the market's running uplift of salaries.
        market_uplift_weight: f64 = 0.002, Of("weight"), closed(0.0, 1.0), "our assumption";
        /// Share of accepted applicants turned away by lot: how the clients' gain is measured.
        holdout: f64 = 0.2, Share, closed(0.0, 1.0), "our choice: an experiment inside the market";
    }
}

section! {
    /// How sellers look at applicants before they represent them.
    screening: Screening {
        /// Precision of a look at ability after endless hours of screening.
        most_precision: f64 = 0.46, Of("1/sd²"), closed(0.0, MOST_PRECISION), plausible closed(0.25, 0.75),
            "validity of several good methods 0.45 to 0.65: Sackett et al. 2022, Schmidt and Hunter 1998 (not rechecked)";
        /// Hours of screening that give half of it.
        half_hours: f64 = 2.0, Hours, closed(0.0001, 1000.0), plausible closed(0.5, 8.0), "our assumption: validities are known, hours are not";
        /// Whether a seller reads past salaries, which are one more look at ability.
        salary_history: bool = false, Of("a switch"), ANY, "our assumption; several states forbid employers to ask (not rechecked)";
        /// Stages in turn: hours, and the score to pass or "profit"; none is sight unseen.
        stages: Vec<Stage> = Vec::new(), Of("stages"), ANY, "our assumption: sight unseen";
    }
}

section! {
    /// What is paid for introductions, by whom and when: any sum of these.
    contract: Contract {
        /// Who pays: the seeker, or the employer, who pays on a hire alone.
        payer: Payer = Payer::Seeker, Of("a name"), ANY, "a term of the contract";
        /// Paid when a client signs.
        upfront: f64 = 0.0, Dollars, closed(0.0, 10_000_000.0), "a term of the contract; $3,500 to $16,000 were asked (Bernard Haldane, press, not rechecked)";
        /// Paid for each introduction held.
        per_introduction: f64 = 0.0, Dollars, closed(0.0, 10_000_000.0), "a term of the contract; $5 to $50 were asked (Rooftop Slushie, press, not rechecked)";
        /// Share of first-year salary due on a placement by the seller.
        share_of_salary: f64 = 0.0, Share, closed(0.0, 1.0), "a term of the contract; employers pay 15 to 35 % (trade press, not rechecked)";
        /// Fixed fee due on a placement by the seller.
        success_fee: f64 = 0.0, Dollars, closed(0.0, 10_000_000.0), "a term of the contract";
        /// Paid each week of representation.
        retainer_per_week: f64 = 0.0, Dollars, closed(0.0, 1_000_000.0), "a term of the contract; $1,500 a month were asked (press, not rechecked)";
        /// Weeks after which all that a client paid comes back if he is not placed; 0: no guarantee.
        guarantee_weeks: u32 = 0, Weeks, closed(0.0, 5200.0), "a term of the contract";
    }
}

section! {
    /// What decision-makers are told.
    disclosure: Disclosure {
        /// Whether she knows that a request is paid for.
        payment_known: bool = true, Of("a switch"), ANY, "our assumption";
    }
}

section! {
    /// What decision-makers tell each other of a seller's clients whom they met.
    word: Word {
        /// How many others tied to the seller hear of a meeting that went well, on average.
        listeners: f64 = 2.0, Of("decision-makers"), closed(0.0, 10_000_000.0), plausible closed(0.0, 5.0), "our assumption";
        /// What is heard counts as this share of what is seen, for trust and for goodwill.
        hearsay: f64 = 0.25, Share, closed(0.0, 1.0), plausible closed(0.1, 0.5), "our assumption";
        /// How many times as many hear of a meeting that went badly.
        bad_news: f64 = 1.5, Of("times"), closed(0.0, 1000.0), plausible closed(1.0, 2.0), "our assumption; gossip about those whom one distrusts is the stronger: Burt and Knez 1995 (not rechecked)";
    }
}

section! {
    /// Introductions staged with an actor, where each introduction is paid for.
    sham: Sham {
        /// What the actor costs.
        cost: f64 = 50.0, Dollars, closed(0.0, 1_000_000.0), "our assumption";
        /// Hours of the seller that it takes.
        hours: f64 = 0.5, Hours, closed(0.0, 168.0), "our assumption";
        /// Chance that a sham is found out.
        found_out: f64 = 0.1, Share, closed(0.0, 1.0), plausible closed(0.02, 0.5), "our assumption";
    }
}

section! {
    /// Employers who pay for people found; at work where contract.payer is "employer".
    employer: Employer {
        /// Weeks that a vacancy has been open before she engages somebody.
        after_weeks: u32 = 4, Weeks, closed(0.0, 520.0), plausible closed(0.0, 12.0), "our assumption";
        /// Chance per week that she engages one of the sellers tied to her, while the vacancy is open.
        engages: f64 = 0.10, Rate, closed(0.0, 1.0), plausible closed(0.02, 0.50), "our assumption";
        /// People whom he finds in one search.
        found: u32 = 20, Of("people"), closed(1.0, 1000.0), plausible closed(5.0, 100.0), "our assumption; a retained search names up to 300 (trade press, not rechecked)";
        /// Hours that it takes to find one.
        find_hours: f64 = 0.757, Hours, closed(0.0, 168.0), plausible closed(0.1, 2.0), "fitted, inside this range, to hours per placement and hires per submission";
        /// Of those found, how many he screens: the best by resume.
        screened: u32 = 5, Of("people"), closed(1.0, 1000.0), plausible closed(2.0, 20.0), "our assumption; shortlists of 4 to 6 (trade press, not rechecked)";
        /// Of those screened, how many he submits: the best by his own look.
        submits: u32 = 3, Of("people"), closed(1.0, 1000.0), plausible closed(1.0, 6.0), "our assumption";
        /// Among whom he searches: all, or those who asked him.
        among: Among = Among::All, Of("a name"), ANY, "a term of the trade: all is a headhunter, askers a staffing agency";
        /// Share of a fee or bonus that the person who hires feels; her firm pays the rest.
        fee_felt: f64 = 0.05, Share, closed(0.0, 1.0), plausible closed(0.0, 0.5), "our assumption";
    }
}

section! {
    /// Help to look for work oneself, sold at a price.
    coaching: Coaching {
        /// Price; 0: nobody sells it.
        price: f64 = 0.0, Dollars, closed(0.0, 10_000_000.0), "a term of the contract";
        /// By what share a coached worker meets contacts faster, for good.
        networking_gain: f64 = 0.0, Share, closed(0.0, 10.0), plausible closed(0.0, 0.5), "our assumption: no sound study of the size was found";
        /// Precision that is added to his resume, for good.
        resume_precision_gain: f64 = 0.0, Of("1/sd²"), closed(0.0, 1e6), plausible closed(0.0, 0.10), "our assumption: no sound study of the size was found";
    }
}

section! {
    /// Employees who hand in the names of others at the firm they work for.
    referral: Referral {
        /// Paid by the employer to the employee for each one hired on a form of his.
        employee_bonus: f64 = 0.0, Dollars, closed(0.0, 1_000_000.0), "a term of the programme; $250 to $5,000 are paid, mostly $1,000 to $2,500 (WorldatWork 2002, not rechecked)";
        /// Paid by a seeker to an employee who does not know him, for handing in his form.
        stranger_price: f64 = 0.0, Dollars, closed(0.0, 1_000_000.0), "a term of the contract; $5 to $50 were asked (Rooftop Slushie, press, not rechecked)";
    }
}

section! {
    /// An experiment: evenly spaced requests through one tie of each seller.
    bombardment: Bombardment {
        /// Requests through the tie; 0 is no experiment.
        requests_per_week: f64 = 0.0, Of("requests per week"), closed(0.0, 1000.0), "a term of the experiment";
        /// Quality minus bar of the people sent.
        quality_above_bar: f64 = 0.0, Sd, closed(-10.0, 10.0), "a term of the experiment";
        /// Whether she meets them.
        met: bool = true, Of("a switch"), ANY, "a term of the experiment";
    }
}
