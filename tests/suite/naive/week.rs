//! The twin's week up to networking: jobs, vacancies, leads, cold applications, networking.

use introsim::ids::row;
use introsim::maths::{exp, ln};
use introsim::streams::{Draw, Purpose, below, unit};

use super::luck::{poisson, uniform, waits};
use super::world::{CHANNELS, COLD, Contact, Counts, LEAD, ORGANIC, Request, Twin};

impl Twin {
    /// One week.
    pub(super) fn live(&mut self) {
        if let Some(fork) = &mut self.fork {
            fork.live();
        }
        self.week += 1;
        self.counts = Counts::default();
        self.sums = [0.0; 8];
        self.requests.clear();
        self.meetings.clear();
        self.shams.clear();
        self.jobs();
        self.vacancies();
        self.leads();
        self.cold_applications();
        self.networking();
        self.handing_in();
        self.buying();
        self.enrolling();
        self.screening();
        self.pitching();
        self.engaging();
        self.searching();
        let chosen = self.reviewing();
        self.meeting(chosen);
        self.paying();
        self.learning();
        self.renewal();
        self.standing();
        self.entry();
        for channel in 0..CHANNELS {
            self.fired.hires[channel] += self.counts.hires[channel];
        }
        self.fired.held_out += self.counts.held_out;
        self.fired.found_out += self.counts.found_out;
    }

    fn jobs(&mut self) {
        let s = self.s.clone();
        for worker in 0..self.people.len() {
            let before = self.people[worker].clone();
            let week = self.week;
            if before.out {
                let long = week - before.out_since >= s.workers.leave_after;
                if long && self.rare(Purpose::Leave, worker, s.workers.leave_unemployed) {
                    self.replace(worker);
                }
                continue;
            }
            if self.rare(Purpose::Leave, worker, s.workers.leave_employed) {
                self.replace(worker);
                continue;
            }
            let ends = self.job_ends(worker, before.ends);
            let starts = self.rare(Purpose::Look, worker, s.jobs.look_rate);
            let stops = uniform(self.head(Purpose::StopLooking).sub(row(worker))) < 1.0 / s.jobs.look_weeks;
            let person = &mut self.people[worker];
            if ends {
                self.counts.separations += 1;
                person.out = true;
                person.out_since = week;
                person.employer = None;
                if person.looking {
                    // The same search goes on.
                    person.looking = false;
                } else {
                    person.begin_search(week, false);
                }
            } else if !before.looking && starts {
                person.looking = true;
                person.begin_search(week, true);
            } else if before.looking && stops {
                person.looking = false;
                person.seller = None;
            }
        }
        for person in &mut self.people {
            person.recorded_out = person.out;
            self.counts.unemployed += u32::from(person.out);
            self.counts.looking += u32::from(person.looking);
        }
    }

    /// An entrant in the place of one who leaves: new draws, out of work, no contacts, the same friends.
    fn replace(&mut self, worker: usize) {
        self.fired.entrants += 1;
        let week = self.week;
        self.people[worker].generation += 1;
        self.people[worker].coached = false;
        self.draw_person(worker);
        let person = &mut self.people[worker];
        person.employer = None;
        person.looking = false;
        person.out = true;
        person.out_since = week;
        person.contacts.clear();
        person.paid = 0;
        person.begin_search(week, false);
    }

    fn vacancies(&mut self) {
        for boss in 0..self.bosses.len() {
            let opens = self.rare(Purpose::Open, boss, self.s.decision_makers.vacancy_rate);
            let lapses = self.rare(Purpose::Lapse, boss, 1.0 / self.s.decision_makers.vacancy_life);
            let table = &mut self.bosses[boss];
            if table.open {
                if lapses {
                    table.set_open(false, self.week);
                }
            } else if opens || table.reopening {
                self.fired.reopened += u32::from(table.reopening);
                table.set_open(true, self.week);
            }
            self.bosses[boss].reopening = false;
            self.counts.vacancies += u32::from(self.bosses[boss].open);
        }
        let mut news = 0;
        for tie in 0..self.ties.len() {
            let boss = &self.bosses[self.ties[tie].boss];
            let (open, episode, since) = (boss.open, boss.episode, boss.open_since);
            if open && !self.has_heard(tie) {
                if self.gate(Purpose::Hear, tie, self.s.introducers.hears_of_vacancy) {
                    self.ties[tie].heard = Some(episode);
                    self.fired.late_news += u32::from(since < self.week);
                    news += 1;
                } else {
                    self.fired.unheard += 1;
                }
            }
        }
        if !self.ties.is_empty() {
            self.news += (f64::from(news) / f64::from(row(self.ties.len())) - self.news) / 52.0;
        }
    }

    fn leads(&mut self) {
        let mut takers = Vec::new();
        for hearer in 0..self.people.len() {
            if !self.rare(Purpose::Lead, hearer, self.s.friends.lead_rate) {
                continue;
            }
            if self.people[hearer].recorded_out {
                takers.push(hearer);
                continue;
            }
            let luck = self.head(Purpose::PassLead).branch(row(hearer));
            let rank = |friend: usize| luck.sub(row(friend));
            let mut best: Option<usize> = None;
            for &friend in &self.friends[hearer] {
                if self.people[friend].recorded_out && best.is_none_or(|b| rank(friend) < rank(b)) {
                    best = Some(friend);
                }
            }
            takers.extend(best);
        }
        takers.sort_unstable();
        takers.dedup();
        for worker in takers {
            let (usual, reference) = (self.people[worker].usual, self.s.workers.salary_reference);
            let level = ln(usual / reference) / self.s.workers.salary_slope;
            self.take_job(worker, None, usual, level, self.s.jobs.separation);
            self.counts.hires[LEAD] += 1;
        }
    }

    /// What changes for a worker who takes a job.
    pub(super) fn take_job(
        &mut self,
        worker: usize,
        employer: Option<usize>,
        salary: f64,
        level: f64,
        ends: f64,
    ) {
        let left = self.people[worker].employer;
        if let Some(left) = left {
            let again = self.draws.at(Purpose::Reopen, self.week, row(worker), 0).yes(self.s.jobs.reopened);
            self.bosses[left].reopening |= again;
        }
        let person = &mut self.people[worker];
        self.uplifts.push((self.week, ln(salary / person.salary)));
        person.employer = employer;
        person.salary = salary;
        person.level = level;
        person.ends = ends;
        person.out = false;
        person.looking = false;
        person.seller = None;
        person.savings = person.own_savings;
    }

    /// The job of a decision-maker, whose vacancy is filled; it ends at separation · exp(−slope (q − b)).
    pub(super) fn take_vacancy(&mut self, worker: usize, boss: usize, margin: f64) {
        let ends = self.s.jobs.separation * exp(-self.s.jobs.separation_match_slope * margin);
        let ends = ends.min(1.0);
        let (salary, level) = (self.bosses[boss].salary, self.bosses[boss].level);
        self.bosses[boss].set_open(false, self.week);
        self.take_job(worker, Some(boss), salary, level, ends);
    }

    fn cold_applications(&mut self) {
        if !self.bosses.iter().any(|boss| boss.open) {
            return;
        }
        for worker in 0..self.people.len() {
            let person = &self.people[worker];
            if !person.seeks() {
                continue;
            }
            let s = &self.s.search;
            let mean = if person.out { s.applications_unemployed } else { s.applications_employed };
            let luck = self.head(Purpose::Applications).branch(row(worker));
            let n = poisson(mean, uniform(luck.rank()));
            let (sought, lowest) = (self.level_sought(person), self.reservation(person));
            let mut written: Vec<usize> = Vec::new();
            for application in 0..n {
                let boss = self.picked(luck, application, sought);
                let refused = self.bosses[boss].salary < lowest || self.has_met(boss, worker);
                if !refused && !written.contains(&boss) {
                    written.push(boss);
                }
            }
            for boss in written {
                self.requests.push(Request { boss, worker, channel: COLD, tie: None, insider: None });
                self.counts.requests[COLD] += 1;
            }
        }
    }

    /// The vacancy closest in level of so many drawn from the list of all; of equally close ones the first drawn.
    ///
    /// `choice`: the number of this choice among those that a person makes. Half of a 64-bit number, the low one first,
    /// is a place in the list; where an odd number is compared, half a number is left over after each choice.
    pub(super) fn picked(&self, luck: Draw, choice: u32, sought: f64) -> usize {
        let list: Vec<usize> = (0..self.bosses.len()).filter(|&boss| self.bosses[boss].open).collect();
        let compared = self.s.search.vacancies_compared;
        let numbers_each = compared.div_ceil(2);
        let mut best: Option<usize> = None;
        for nth in 0..compared {
            let number = luck.sub(choice * numbers_each + nth / 2);
            let half = if nth % 2 == 0 { number & 0xFFFF_FFFF } else { number >> 32 };
            let place = half * list.len() as u64 / (1 << 32);
            let boss = list[usize::try_from(place).expect("a place in the list")];
            let far = |boss: usize| (self.bosses[boss].level - sought).abs();
            if best.is_none_or(|b| far(boss) < far(b)) {
                best = Some(boss);
            }
        }
        best.expect("at least one vacancy is compared")
    }

    fn networking(&mut self) {
        let s = self.s.clone();
        for worker in 0..self.people.len() {
            let week = self.week;
            self.people[worker].contacts.retain(|contact| contact.until > week);
            if !self.people[worker].seeks() {
                continue;
            }
            let contacts = self.people[worker].contacts.clone();
            let (meets, asked) = self.meets_and_asks(worker, contacts.len());
            for contact in asked.into_iter().map(|position| &contacts[position]) {
                if week >= contact.since + s.contacts.known_after {
                    self.counts.asks += 1;
                    self.help(worker, contact.introducer, week - contact.since);
                }
            }
            if meets {
                self.meet_somebody(worker);
            }
        }
    }

    /// Whether a seeker meets somebody, and which of his contacts he asks.
    ///
    /// The number of his row says both: at or above the chance of meeting nobody he meets somebody; below it, the share
    /// of that chance at which it stands is the first of the numbers that say how many contacts are passed over until the
    /// next who is asked. All further ones lie below the row, from the third on.
    fn meets_and_asks(&self, worker: usize, contacts: usize) -> (bool, Vec<usize>) {
        let (head, rate) = (self.head(Purpose::Network), self.s.contacts.ask_rate);
        let luck = head.branch(row(worker));
        let number = unit(head.sub(row(worker)));
        let meets_nobody = 1.0 - (self.s.contacts.meet_rate * self.sociable(&self.people[worker])).min(1.0);
        if number >= meets_nobody {
            return (true, waits(|position| uniform(luck.sub(2 + position)), contacts, rate));
        }
        let share = number / meets_nobody;
        let nth = |position: u32| match position.checked_sub(1) {
            None => share,
            Some(before) => uniform(luck.sub(2 + before)),
        };
        (false, waits(nth, contacts, rate))
    }

    /// An introducer is asked; he makes a request or does not.
    fn help(&mut self, worker: usize, introducer: usize, weeks: u32) {
        let s = self.s.introducers.clone();
        let person = &self.people[worker];
        if person.bought && person.seller == Some(introducer) {
            return;
        }
        let weeks = f64::from(weeks);
        let precision = s.familiarity_precision * weeks / (weeks + s.familiarity_half);
        let (mean, variance) = self.introducers_belief(worker, introducer, precision);
        let (sought, lowest) = (self.level_sought(person), self.reservation(person));
        let mut best: Option<(f64, usize)> = None;
        for (id, tie) in self.ties.iter().enumerate() {
            let boss = &self.bosses[tie.boss];
            let far = (boss.level - sought).abs();
            let possible = tie.introducer == introducer
                && tie.blocked.is_none()
                && self.has_heard(id)
                && far <= s.level_window
                && boss.salary >= lowest
                && !self.has_met(tie.boss, worker);
            if !possible {
                continue;
            }
            let bar = self.seen_bar(introducer, tie.boss, boss.episode);
            let pass = self.chance_to_pass_seen(mean - bar, variance);
            let change = self.expected_goodwill(self.acceptance[introducer], pass);
            let worth = s.gratitude + s.goodwill_value * change - s.help_hours * s.hour_value;
            if worth >= 0.0 && best.is_none_or(|(distance, _)| far < distance) {
                best = Some((far, id));
            }
        }
        if let Some((_, id)) = best {
            let boss = self.ties[id].boss;
            self.requests.push(Request { boss, worker, channel: ORGANIC, tie: Some(id), insider: None });
            self.counts.requests[ORGANIC] += 1;
            self.counts.helped += 1;
        }
    }

    fn meet_somebody(&mut self, worker: usize) {
        let luck = self.head(Purpose::Network).branch(row(worker));
        let strangers = self.strangers(worker);
        let full = self.people[worker].contacts.len() >= self.s.contacts.most as usize;
        if full || strangers.is_empty() {
            return;
        }
        let introducer = strangers[below(luck.sub(0), row(strangers.len())) as usize];
        let until = self.contact_until(self.week, unit(luck.sub(1)));
        self.fired.met_anew += u32::from(strangers.len() < self.s.introducers.count as usize);
        self.people[worker].contacts.push(Contact { introducer, since: self.week, until });
    }
}
