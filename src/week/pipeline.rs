//! The pipeline: what is on its way within one week. Emptied every week, its memory kept.
//!
//! Cold applications are most of what is on its way and know no tie: they lie apart, in blocks of the workers who wrote
//! them, and are sorted within blocks of decision-makers. The layout of blocks never depends on threads.

use crate::ids::{self, DecisionMakerId, TieId};
use crate::week::mail::Mail;
pub use crate::week::request::{Application, Request};
use crate::week::tally::Channel;
use crate::world::contacts::{self, Contact};
use crate::world::decision_makers::DecisionMakers;
use crate::world::institutions::FormOf;
use crate::world::market::Search;

/// Workers in a block: those whose contacts lie together.
pub const WORKERS: usize = contacts::BLOCK;
/// Decision-makers in a block.
pub const DECISION_MAKERS: usize = 1_024;

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

/// A hire on a request of a seller: what fees and ratings need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Row of the seller.
    pub seller: u32,
    /// Who hires.
    pub decision_maker: u32,
    /// On whose behalf he asked: the seeker's or hers.
    pub channel: Channel,
    /// The search that it ended; none of one who did not look.
    pub search: Option<Search>,
    /// The new salary, dollars a year.
    pub salary: f64,
    /// ln(new/previous salary).
    pub log_uplift: f64,
}

/// A target and what a pitch at it is expected to bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Prospect {
    /// Through which tie.
    pub(super) tie: TieId,
    /// Chance that it is met.
    pub(super) met: f64,
    /// Chance that the pitch ends in a job.
    pub(super) success: f64,
    /// Expected pay, dollars.
    pub(super) pay: f64,
    /// Expected change of goodwill.
    pub(super) goodwill: f64,
    /// Its hours at what they are worth to him elsewhere, dollars.
    pub(super) time: f64,
}

/// A seeker who asks an introducer, and the tie that he uses for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Who asks.
    pub worker: u32,
    /// Whom.
    pub introducer: u32,
    /// Through which tie he helps; none if he does not.
    pub tie: TieId,
    /// He represents the seeker for money.
    pub own_client: bool,
}

/// A seeker who meets or asks somebody, and the number that says so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Busy {
    /// Who.
    pub worker: u32,
    /// 64 random bits.
    pub number: u64,
    /// The same between 0 and 1.
    pub uniform: f64,
    /// Chance that he meets nobody.
    pub meets_nobody: f64,
}

/// The vacancies of a week, in the order of decision-makers: whom seekers write to.
#[derive(Clone, Debug, Default)]
pub struct Vacancies {
    /// Levels of the jobs, sd.
    pub levels: Vec<f64>,
    /// Salary, dollars a year, and decision-maker.
    pub offers: Vec<(f64, u32)>,
}

impl Vacancies {
    /// Lists the vacancies that there are.
    pub fn list(&mut self, table: &DecisionMakers) {
        self.levels.clear();
        self.offers.clear();
        for row in table.open.iter() {
            self.levels.push(table.level[row]);
            self.offers.push((table.salary[row], ids::row(row)));
        }
    }

    /// Number of vacancies.
    #[must_use]
    pub fn len(&self) -> usize {
        self.levels.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }
}

/// What the workers of one block do.
#[derive(Clone, Debug, Default)]
pub struct WorkerBlock {
    /// Their cold applications, in the order of workers.
    pub applications: Vec<Application>,
    /// The applications by block of decision-makers, where there are several.
    by_range: Vec<Application>,
    /// First of each block of decision-makers in `by_range`, and one past the last.
    ranges: Vec<u32>,
    /// Seekers who meet or ask somebody.
    pub busy: Vec<Busy>,
    /// Those who ask, and whom.
    pub asking: Vec<(u32, Contact)>,
    /// What came of it.
    pub asks: Vec<Ask>,
    /// Weeks in which contacts fade that were made.
    pub met: Vec<(u32, Contact)>,
    /// Numbers of contacts before and after, of those who have others than before.
    pub known: Vec<(u8, u8)>,
    /// Workers who hear of an outside job.
    pub leads: Vec<u32>,
}

impl WorkerBlock {
    /// Sorts the applications by block of decision-makers, keeping their order within each.
    pub fn sort(&mut self, n_ranges: usize) {
        if n_ranges <= 1 {
            return;
        }
        let range = |a: &Application| a.decision_maker as usize / DECISION_MAKERS;
        count_into(&mut self.ranges, n_ranges, self.applications.iter().map(range));
        self.by_range.clear();
        make_room(&mut self.by_range, self.applications.len());
        self.by_range.extend_from_slice(&self.applications);
        let items = self.applications.iter().map(|application| (range(application), *application));
        place_into(&mut self.ranges, &mut self.by_range, items);
    }

    fn in_range(&self, range: usize, n_ranges: usize) -> &[Application] {
        if n_ranges <= 1 {
            return &self.applications;
        }
        // Where there was no vacancy nobody wrote, and nothing was sorted: what is there is of an earlier week.
        if self.applications.is_empty() {
            return &[];
        }
        &self.by_range[self.ranges[range] as usize..self.ranges[range + 1] as usize]
    }
}

/// Cold applicants of one block of decision-makers.
#[derive(Clone, Debug, Default)]
pub struct Cold {
    /// First of each decision-maker, and one past the last.
    first: Vec<u32>,
    /// What the résumé says, and whose it is.
    applicants: Vec<(f64, u32)>,
}

impl Cold {
    /// Those of one of the block's decision-makers.
    #[must_use]
    #[inline]
    pub fn of(&self, row: usize) -> &[(f64, u32)] {
        &self.applicants[self.first[row] as usize..self.first[row + 1] as usize]
    }
}

/// What lies on the desks of one block of decision-makers, and whom they choose.
#[derive(Clone, Debug, Default)]
pub struct PipelineBlock {
    /// Cold applicants.
    pub cold: Cold,
    /// What one decision-maker reads of too much mail.
    pub mail: Mail,
    /// Requests that the decision-makers of the block leave unread.
    pub unread: u32,
    /// Cold applicants of one decision-maker who will do.
    pub fit: Vec<(f64, u32)>,
    /// The best of one decision-maker's.
    pub best: Vec<(f64, u32)>,
    /// All she may choose from, with the value of each.
    pub candidates: Vec<(f64, Chosen)>,
    /// Those whom the decision-makers of the block will meet.
    pub chosen: Vec<Chosen>,
    /// The meetings.
    pub meetings: Vec<Meeting>,
}

impl PipelineBlock {
    /// Sorts the applications to the block's decision-makers, keeping the order of workers for each.
    pub fn sort(&mut self, block: usize, n_blocks: usize, from: &[WorkerBlock]) {
        let row = |a: &Application| a.decision_maker as usize - block * DECISION_MAKERS;
        let Cold { first, applicants } = &mut self.cold;
        first.clear();
        first.resize(DECISION_MAKERS + 1, 0);
        for workers in from {
            for application in workers.in_range(block, n_blocks) {
                first[row(application) + 1] += 1;
            }
        }
        add_up(first);
        let n = first[DECISION_MAKERS] as usize;
        if applicants.len() < n {
            make_room(applicants, n);
            applicants.resize(n, (0.0, 0));
        }
        let items = from.iter().flat_map(|workers| workers.in_range(block, n_blocks));
        place_into(first, applicants, items.map(|a| (row(a), (a.resume, a.worker))));
    }
}

/// Room for so many items in all and a few more: a list that doubles would hold twice what a week brings.
pub(super) fn make_room<T>(list: &mut Vec<T>, n: usize) {
    if list.capacity() < n {
        list.reserve_exact(n + n / 8 - list.len());
    }
}

/// First position of each of `n` groups, and one past the last, of items given by their groups.
fn count_into(first: &mut Vec<u32>, n: usize, groups: impl Iterator<Item = usize>) {
    first.clear();
    first.resize(n + 1, 0);
    for group in groups {
        first[group + 1] += 1;
    }
    add_up(first);
}

/// Puts items, given by their groups, at the places of these, keeping their order within each.
///
/// - `first`: as [`count_into`] leaves it, and is left
fn place_into<T: Copy>(first: &mut [u32], to: &mut [T], items: impl Iterator<Item = (usize, T)>) {
    // By itself the iterator walks its parts one after the other, without asking at each item which it is in.
    items.for_each(|(group, item)| {
        let next = &mut first[group];
        to[*next as usize] = item;
        *next += 1;
    });
    shift_back(first);
}

/// Numbers of items become positions of the first of each group.
fn add_up(counts: &mut [u32]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

/// After each item was put at the entry of its group, which moved on by one: each entry now points one past its group.
fn shift_back(first: &mut [u32]) {
    for row in (1..first.len()).rev() {
        first[row] = first[row - 1];
    }
    first[0] = 0;
}

/// Everything on its way.
#[derive(Clone, Debug, Default)]
pub struct Pipeline {
    /// The week's vacancies.
    pub vacancies: Vacancies,
    /// What workers do, by block.
    pub workers: Vec<WorkerBlock>,
    /// What lies on decision-makers' desks, by block.
    pub decision_makers: Vec<PipelineBlock>,
    /// States of workers that change this week, by 64 workers.
    pub moves: Vec<Moves>,
    /// Requests of the week but for cold applications, in the order of phases, then of ids.
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
    /// Targets of the first pitch for each client, by block of sellers.
    pub(super) prospects: Vec<Vec<Option<Prospect>>>,
    /// Shams staged: seller and row of the cohort.
    pub shams: Vec<(u32, usize)>,
    /// Forms handed in, in the order of asking.
    pub forms: Vec<Form>,
    /// Seekers who want to be coached, in order.
    pub coached: Vec<u32>,
    /// Hires on requests of sellers.
    pub placed: Vec<Placed>,
    /// People found in one search, with the estimate of their ability.
    pub found: Vec<(f64, u32)>,
    /// First employee of each decision-maker in `employees`, and one past the last.
    employees_from: Vec<u32>,
    /// Employees by decision-maker.
    employees: Vec<u32>,
    /// Blocked ties: of all, then of one seller.
    pub blocked: Vec<TieId>,
}

/// Which of 64 workers change their state this week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// They leave the labour force.
    pub leaving: u64,
    /// They lose their jobs.
    pub separated: u64,
    /// They begin to look.
    pub starting: u64,
    /// They stop looking.
    pub stopping: u64,
}

impl Pipeline {
    /// Clears everything that belongs to a week.
    pub fn clear(&mut self) {
        for block in &mut self.workers {
            block.applications.clear();
        }
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

    /// Buffers for all blocks of a market; none is ever taken away.
    pub fn make_room(&mut self, workers: usize, decision_makers: usize) {
        let enough = |n: usize, have: usize, size: usize| n.div_ceil(size).max(1).max(have);
        let n = enough(workers, self.workers.len(), WORKERS);
        self.workers.resize_with(n, WorkerBlock::default);
        let n = enough(decision_makers, self.decision_makers.len(), DECISION_MAKERS);
        self.decision_makers.resize_with(n, PipelineBlock::default);
    }

    /// Sorts the requests by decision-maker, keeping the order within each.
    pub fn sort(&mut self, decision_makers: usize) {
        count_into(
            &mut self.first,
            decision_makers,
            self.requests.iter().map(|request| request.decision_maker as usize),
        );
        self.sorted.clear();
        make_room(&mut self.sorted, self.requests.len());
        self.sorted.extend_from_slice(&self.requests);
        let items = self.requests.iter().map(|request| (request.decision_maker as usize, *request));
        place_into(&mut self.first, &mut self.sorted, items);
    }

    /// Lists the employees of every decision-maker, in ascending order.
    pub(super) fn list_employees(&mut self, employers: &[DecisionMakerId], decision_makers: usize) {
        let employed = || employers.iter().enumerate().filter(|(_, employer)| employer.is_some());
        count_into(&mut self.employees_from, decision_makers, employed().map(|(_, employer)| employer.at()));
        self.employees.clear();
        self.employees.resize(self.employees_from.last().map_or(0, |&n| n as usize), 0);
        let items = employed().map(|(worker, employer)| (employer.at(), ids::row(worker)));
        place_into(&mut self.employees_from, &mut self.employees, items);
    }

    /// Employees of a decision-maker, after [`Pipeline::list_employees`].
    pub(super) fn employees_of(&self, row: usize) -> &[u32] {
        &self.employees[self.employees_from[row] as usize..self.employees_from[row + 1] as usize]
    }

    /// Requests to one decision-maker but for cold applications, after [`Pipeline::sort`].
    #[must_use]
    pub fn of(&self, decision_maker: usize) -> &[Request] {
        &self.sorted[self.first[decision_maker] as usize..self.first[decision_maker + 1] as usize]
    }

    /// All cold applications of the week, by worker.
    pub fn applications(&self) -> impl Iterator<Item = Application> + '_ {
        self.workers.iter().flat_map(|block| block.applications.iter().copied())
    }

    /// All requests of the week, cold applications first.
    pub fn all_requests(&self) -> impl Iterator<Item = Request> + '_ {
        self.applications().map(Application::request).chain(self.requests.iter().copied())
    }

    /// All requests to one decision-maker, cold applications first, once desks are sorted.
    pub fn all_to(&self, row: usize) -> impl Iterator<Item = Request> + '_ {
        let block = &self.decision_makers[row / DECISION_MAKERS];
        let decision_maker = ids::row(row);
        let cold = block.cold.of(row % DECISION_MAKERS).iter();
        let cold =
            cold.map(move |&(resume, worker)| Application { decision_maker, worker, resume }.request());
        cold.chain(self.of(row).iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_groups_by_decision_maker_and_keeps_the_order_within() {
        let mut pipeline = Pipeline::default();
        for (decision_maker, worker) in [(2, 1), (0, 5), (2, 0), (0, 9)] {
            pipeline.requests.push(Request {
                decision_maker,
                worker,
                channel: Channel::Cold,
                tie: TieId::NONE,
            });
        }
        pipeline.sort(4);
        let workers = |row| pipeline.of(row).iter().map(|r| r.worker).collect::<Vec<_>>();
        assert_eq!(
            (workers(0), workers(1), workers(2), workers(3)),
            (vec![5, 9], vec![], vec![1, 0], vec![])
        );
    }

    /// Two blocks of workers write to three blocks of decision-makers: each finds her own, in the order of workers.
    #[test]
    fn applications_are_sorted_through_blocks_as_in_one_list() {
        let mut pipeline = Pipeline::default();
        let n = 2 * DECISION_MAKERS + 5;
        pipeline.make_room(WORKERS + 1, n);
        for worker in 0..600_u32 {
            let decision_maker = worker * 7_919 % ids::row(n);
            let application = Application { decision_maker, worker, resume: f64::from(worker) };
            pipeline.workers[worker as usize / 300].applications.push(application);
        }
        let n_blocks = pipeline.decision_makers.len();
        pipeline.workers.iter_mut().for_each(|block| block.sort(n_blocks));
        let Pipeline { workers, decision_makers, .. } = &mut pipeline;
        decision_makers.iter_mut().enumerate().for_each(|(i, block)| block.sort(i, n_blocks, workers));
        pipeline.sort(n);
        for row in 0..n {
            let own = |a: &Application| a.decision_maker as usize == row;
            let want: Vec<Request> = pipeline.applications().filter(own).map(Application::request).collect();
            assert_eq!(pipeline.all_to(row).collect::<Vec<_>>(), want, "decision-maker {row}");
        }
    }
}
