//! The desk: what is on its way within one week. Emptied every week, its memory kept.

use crate::ids::TieId;
use crate::week::mandates::Placed;
use crate::week::tally::Channel;
use crate::world::institutions::FormOf;

/// What lies on a decision-maker's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// To whom.
    pub decision_maker: u32,
    /// About whom.
    pub worker: u32,
    /// By which way.
    pub channel: Channel,
    /// Through which tie; none if cold.
    pub tie: TieId,
}

/// A request that she will meet on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// The request.
    pub request: Request,
    /// Her mean of ability minus bar before the interview, sd.
    pub margin: f64,
    /// Her variance of it, sd².
    pub variance: f64,
}

/// An interview that was held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meeting {
    /// The request.
    pub request: Request,
    /// What was expected: her mean of ability minus bar before, sd.
    pub margin: f64,
    /// What it showed: quality minus bar plus noise, sd.
    pub shown: f64,
    /// Posterior mean of quality minus bar, sd.
    pub posterior: f64,
    /// True quality minus bar, sd: decides how long a job lasts and what it is worth, and is known to nobody.
    pub true_margin: f64,
    /// She had a vacancy.
    pub vacant: bool,
}

impl Meeting {
    /// Whether the person passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.posterior >= 0.0
    }
}

/// An offer: position of the meeting it follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// To whom.
    pub worker: u32,
    /// Position among the week's meetings.
    pub meeting: u32,
}

/// A form that an employee hands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where.
    pub decision_maker: u32,
    /// About whom.
    pub worker: u32,
    /// Who hands it in.
    pub insider: u32,
    /// On whose behalf.
    pub form: FormOf,
}

/// Everything on its way.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Requests of the week, in the order of phases, then of ids.
    pub requests: Vec<Request>,
    /// The same sorted by decision-maker, keeping their order.
    pub sorted: Vec<Request>,
    /// First of each decision-maker in `sorted`, and one past the last.
    pub first: Vec<u32>,
    /// Those she will meet on.
    pub chosen: Vec<Chosen>,
    /// Meetings held.
    pub meetings: Vec<Meeting>,
    /// Offers made.
    pub offers: Vec<Offer>,
    /// Positions of the meetings that ended in a job.
    pub hires: Vec<u32>,
    /// Workers who hear of an outside job, in order.
    pub leads: Vec<u32>,
    /// Shams staged: seller and row of the cohort.
    pub shams: Vec<(u32, usize)>,
    /// Forms handed in, in the order of asking.
    pub forms: Vec<Form>,
    /// Seekers who want to be coached, in order.
    pub coached: Vec<u32>,
    /// Hires on submissions.
    pub placed: Vec<Placed>,
    /// People found in one search, with the estimate of their ability.
    pub found: Vec<(f64, u32)>,
    /// First employee of each decision-maker in `employees`, and one past the last.
    pub employees_from: Vec<u32>,
    /// Employees by decision-maker.
    pub employees: Vec<u32>,
    /// Blocked ties of one seller.
    pub blocked: Vec<TieId>,
    /// Histogram of weeks out of work.
    pub weeks_out: Vec<u32>,
    /// Buffers of blocks of workers or decision-makers.
    pub blocks: Vec<Block>,
}

/// Buffers of one block, written by one thread.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Requests made by the block's workers.
    pub requests: Vec<Request>,
    /// Choices made by the block's decision-makers.
    pub chosen: Vec<Chosen>,
    /// Cold applicants of one decision-maker: what the résumé shows, and whose it is.
    pub cold: Vec<(f64, u32)>,
    /// All she may choose from, with the value of each.
    pub candidates: Vec<(f64, Chosen)>,
}

impl Desk {
    /// Clears everything that belongs to a week.
    pub fn clear(&mut self) {
        self.requests.clear();
        self.chosen.clear();
        self.meetings.clear();
        self.offers.clear();
        self.hires.clear();
        self.leads.clear();
        self.shams.clear();
        self.forms.clear();
        self.coached.clear();
        self.placed.clear();
    }

    /// Sorts the requests by decision-maker: a counting sort that keeps the order within each.
    pub fn sort(&mut self, decision_makers: usize) {
        self.first.clear();
        self.first.resize(decision_makers + 1, 0);
        for request in &self.requests {
            self.first[request.decision_maker as usize + 1] += 1;
        }
        for row in 1..self.first.len() {
            self.first[row] += self.first[row - 1];
        }
        let filler = Request { decision_maker: 0, worker: 0, channel: Channel::Cold, tie: TieId::NONE };
        self.sorted.clear();
        self.sorted.resize(self.requests.len(), filler);
        for request in &self.requests {
            let next = &mut self.first[request.decision_maker as usize];
            self.sorted[*next as usize] = *request;
            *next += 1;
        }
        // Each entry now points one past its last request: shift back.
        for row in (1..self.first.len()).rev() {
            self.first[row] = self.first[row - 1];
        }
        self.first[0] = 0;
    }

    /// Requests to one decision-maker, after [`Desk::sort`].
    #[must_use]
    pub fn of(&self, decision_maker: usize) -> &[Request] {
        &self.sorted[self.first[decision_maker] as usize..self.first[decision_maker + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_groups_by_decision_maker_and_keeps_the_order_within() {
        let mut desk = Desk::default();
        for (decision_maker, worker) in [(2, 1), (0, 5), (2, 0), (0, 9)] {
            desk.requests.push(Request { decision_maker, worker, channel: Channel::Cold, tie: TieId::NONE });
        }
        desk.sort(4);
        let workers = |row| desk.of(row).iter().map(|r| r.worker).collect::<Vec<_>>();
        assert_eq!(
            (workers(0), workers(1), workers(2), workers(3)),
            (vec![5, 9], vec![], vec![1, 0], vec![])
        );
    }
}
