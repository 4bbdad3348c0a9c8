//! Keys of the labour market on the workers' side: workers, jobs, friends, search.

use crate::scenario::key::{ANY, MOST_PRECISION, closed, section};
use crate::scenario::types::EdgeList;
use crate::units::Unit::{Dollars, Of, Rate, Sd, Share, Weeks};

const LOG: crate::units::Unit = Of("log points");
const PRECISION: crate::units::Unit = Of("1/sd²");

section! {
    /// The people who work or look for work.
    workers: Workers {
        /// Workers, with or without a job.
        count: u32 = 10_000, Of("workers"), closed(1.0, 10_000_000.0), "our assumption";
        /// Precision of the look at ability that a résumé gives.
        resume_precision: f64 = 0.04, PRECISION, closed(0.0, MOST_PRECISION), plausible closed(0.01, 0.10),
            "our assumption: a correlation with ability of 0.2, a little above experience alone in Sackett et al. 2022 (not rechecked)";
        /// Spread of the log of networking, which multiplies the rate of meeting introducers.
        networking_log_sd: f64 = 0.5, LOG, closed(0.0, 3.0), plausible closed(0.0, 1.0), "our assumption";
        /// Correlation of the log of networking with ability.
        networking_ability_correlation: f64 = 0.4, Of("correlation"), closed(-1.0, 1.0), plausible closed(0.0, 0.6), "our assumption";
        /// By how much the average worker overrates his ability.
        overconfidence_mean: f64 = 0.0, Sd, closed(-5.0, 5.0), plausible closed(0.0, 1.0), "fitted, inside this range, to facts about finding jobs";
        /// Spread of overconfidence over workers.
        overconfidence_sd: f64 = 0.6, Sd, closed(0.0, 5.0), plausible closed(0.2, 1.0), "our assumption";
        /// Yearly salary that the others are measured against.
        salary_reference: f64 = 100_000.0, Dollars, closed(1.0, 100_000_000.0), "our assumption: professionals in the United States";
        /// Log of salary per sd of ability, of workers and of jobs.
        salary_slope: f64 = 0.25, Of("log points per sd"), closed(0.001, 2.0), plausible closed(0.08, 0.28),
            "Hanushek et al. 2015, United States 0.28 (not rechecked)";
        /// Ability of a worker whose usual salary is the reference.
        salary_ability_offset: f64 = 0.3, Sd, closed(-5.0, 5.0), "our assumption";
        /// Spread of the log of usual salaries at equal ability.
        salary_log_sd: f64 = 0.37, LOG, closed(0.0, 3.0),
            "Current Population Survey, 0.45 in all within professional jobs (not rechecked)";
        /// Median of savings.
        savings_median: f64 = 5_000.0, Dollars, closed(0.0, 100_000_000.0), "our assumption";
        /// Spread of the log of savings.
        savings_log_sd: f64 = 1.0, LOG, closed(0.0, 5.0), "our assumption";
        /// Benefit while out of work, as a share of the usual salary.
        benefit_share: f64 = 0.4, Share, closed(0.0, 1.0), "our assumption";
        /// Weeks out of work before which nobody leaves the labour force.
        leave_after: u32 = 26, Weeks, closed(0.0, 5200.0), "our assumption: about when benefits end in most states";
        /// Chance per week to leave the labour force, once out of work for so long.
        leave_unemployed: f64 = 0.003, Rate, closed(0.0, 1.0), "our assumption";
        /// Chance per week that one who works leaves the labour force.
        leave_employed: f64 = 0.0005, Rate, closed(0.0, 1.0), "our assumption";
        /// Weeks out of work beyond this count no further in decisions.
        weeks_cap: f64 = 104.0, Weeks, closed(0.0, 5200.0), "our assumption";
        /// Share of workers without a job when the burn-in starts.
        initial_unemployed: f64 = 0.05, Share, closed(0.0, 1.0), "our assumption";
    }
}

section! {
    /// How jobs end, and how the employed come to look for another.
    jobs: Jobs {
        /// Chance per week that a job ends.
        separation: f64 = 0.004, Rate, closed(0.0, 1.0), "our assumption: about 1.7 % a month";
        /// How much longer a good match lasts: log of the separation rate per sd of quality above the bar.
        separation_match_slope: f64 = 0.3, Of("log points per sd"), closed(0.0, 5.0), "our assumption";
        /// Spread of the match between one person and one job.
        match_sd: f64 = 0.5, Sd, closed(0.0, 10.0), "our assumption";
        /// Chance per week that one who works starts to look.
        look_rate: f64 = 0.012, Rate, closed(0.0, 1.0),
            "set so that with look_weeks about a fifth look: Faberman et al., 0.20 to 0.25 (not rechecked)";
        /// Weeks that one who works goes on looking, on average.
        look_weeks: f64 = 20.0, Weeks, closed(1.0, 5200.0), "our assumption";
        /// Share of jobs left for another that open again as a vacancy.
        reopened: f64 = 0.7, Share, closed(0.0, 1.0), "our assumption";
    }
}

section! {
    /// Who tells whom of jobs.
    friends: Friends {
        /// Friends of a worker: an even number.
        mean_degree: u32 = 10, Of("friends"), closed(0.0, 1000.0), plausible closed(4.0, 20.0),
            "our assumption, between the innermost 5 and the next 15 of Dunbar (not rechecked)";
        /// Share of friendships rewired at random in the small world.
        rewiring: f64 = 0.1, Share, closed(0.0, 1.0), "Watts and Strogatz 1998, the small-world regime (not rechecked)";
        /// A file of friendships, two worker ids a line from 0, instead of the two above; relative to this file.
        edges: Option<EdgeList> = None, Of("a path"), ANY, "none: the small world";
        /// Chance per week that a worker hears of an outside job.
        lead_rate: f64 = 0.00358, Rate, closed(0.0, 1.0), plausible closed(0.0005, 0.005), "fitted, inside this range, to facts about finding jobs";
    }
}

section! {
    /// Cold applications.
    search: Search {
        /// Applications of one who is out of work.
        applications_unemployed: f64 = 9.17, Of("applications per week"), closed(0.0, 60.0), plausible closed(2.0, 15.0),
            "fitted, inside this range, to facts about finding jobs";
        /// Applications of one who looks while employed.
        applications_employed: f64 = 1.22, Of("applications per week"), closed(0.0, 60.0), plausible closed(0.2, 3.0), "fitted, inside this range, to facts about finding jobs";
        /// Random vacancies among which an application goes to the one closest in level.
        vacancies_compared: u32 = 4, Of("vacancies"), closed(1.0, 64.0), "our assumption";
        /// How much lower one aims with each week out of work.
        level_fade: f64 = 0.02, Of("sd per week"), closed(0.0, 1.0), plausible closed(0.0, 0.05), "our assumption";
        /// How far above their present level the employed aim, and those who pay.
        level_reach: f64 = 0.3, Sd, closed(0.0, 5.0), plausible closed(0.0, 1.0), "our assumption";
        /// Least salary that one out of work takes, as a share of the usual one.
        reservation_unemployed: f64 = 0.85, Share, closed(0.0, 2.0), "our assumption";
        /// Least salary that one who works takes, as a share of the present one.
        reservation_employed: f64 = 1.05, Share, closed(0.0, 2.0), "our assumption";
    }
}
