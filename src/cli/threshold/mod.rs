//! Searches along a knob, `breakeven` and `flip`: what both do, from the question to the tables and the page.

pub(super) mod breakeven;
pub(super) mod flip;
mod sentences;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use indicatif::ProgressBar;

use crate::charts::Drawn;
use crate::cli::common::{Common, Outcome, Work, Workspace};
use crate::cli::cost::Planned;
use crate::cli::keeper::{Keeper, carry_through};
use crate::experiments::threshold::{Answer, Question, Subject, answer};
use crate::experiments::warning::Warning;
use crate::output::checkpoint::PlanFile;
use crate::output::{Input, Manifest, Scenario, Table};
use crate::scenario::Loaded;
use sentences::{crossed, figure, uncrossed, with_interval};

/// A search that is ready to run.
#[derive(Clone)]
pub(super) struct Search<S: Subject> {
    pub(super) question: Question<S>,
    /// What it is, for people.
    pub(super) kind: &'static str,
    /// All that the answer depends on.
    pub(super) plan: PlanFile,
    /// The files that it reads.
    pub(super) loaded: Vec<Loaded>,
    /// Names and canonical texts of what is run.
    pub(super) scenarios: Vec<(String, String)>,
    /// Files that are read beside the scenarios.
    pub(super) inputs: Vec<Input>,
    /// Its tables: where it turns, and the curves.
    pub(super) tables: fn(&Question<S>, &Answer<S>) -> [Table; 2],
    /// What the terminal shows.
    pub(super) render: fn(&Search<S>, &Answer<S>) -> String,
    /// The heading of that.
    pub(super) title: String,
}

impl<S: Subject> Search<S> {
    /// The command by itself.
    pub(super) fn run(self, common: &Common, workspace: &Workspace) -> anyhow::Result<ExitCode> {
        let (at, own) = (workspace.clone(), self.clone());
        let ended = carry_through(workspace, self.kind, self.plan.clone(), move |work| {
            own.planned().foretell(&at);
            own.execute(&at, work)
        })?;
        let (answer, drawn) = match ended {
            Ok(done) => done,
            Err(code) => return Ok(code),
        };
        if !common.site.quiet {
            let mut out = crate::cli::terminal::out();
            writeln!(out, "{}", (self.render)(&self, &answer))?;
            drawn
                .iter()
                .try_for_each(|chart| writeln!(out, "\n{}", crate::cli::terminal::wrapped(&chart.found)))?;
            writeln!(out, "\nTables and chart are in {}", workspace.out.display())?;
        }
        Ok(self.outcome(&answer).report())
    }

    /// What the coarse points cost.
    pub(super) fn planned(&self) -> Planned {
        let market = self.question.subjects.first().map(|subject| subject.scenario().clone());
        Planned {
            market: market.unwrap_or_default(),
            weeks: self.question.coarse_weeks(),
            more: "; the search then looks at further points",
        }
    }

    /// Answers the question, writes the tables and the accounts, draws the chart, and puts all in place.
    pub(super) fn execute(
        &self,
        workspace: &Workspace,
        mut work: Work,
    ) -> anyhow::Result<(Answer<S>, Vec<Drawn>)> {
        let mut bars = Bars { keeper: Arc::clone(&work.keeper), quiet: workspace.quiet, now: None };
        let answer =
            workspace.pool.install(|| answer(&self.question, &mut |weeks| bars.next(weeks), &*work.keeper));
        bars.end();
        let answer = answer?;
        for table in (self.tables)(&self.question, &answer) {
            work.folder()?.write(&table)?;
        }
        let mut manifest = crate::cli::run::manifest_of(&self.loaded);
        manifest.inputs.extend_from_slice(&self.inputs);
        let scenarios = self.scenarios.iter().cloned();
        let scenarios = scenarios.map(|(name, text)| Scenario { name, text }).collect();
        let manifest = Manifest { scenarios, ..manifest };
        let drawn = work.finish(workspace, &manifest, serde_json::Map::new())?;
        Ok((answer, drawn))
    }

    /// What to warn of, and whether a replication failed.
    pub(super) fn outcome(&self, answer: &Answer<S>) -> Outcome {
        let replications = self.question.replications();
        let few = (replications < 5).then(|| Warning::FewReplications { replications }.to_string());
        let cautions = answer.cautions.iter().map(ToString::to_string);
        Outcome::new(few.into_iter().chain(cautions), answer.has_failed())
    }
}

/// The range that was searched: "from 1% to 50%".
fn range_text<S: Subject>(question: &Question<S>) -> String {
    let unit = question.knob.key.unit;
    let [from, to] = [0.0, 1.0].map(|place| figure(unit, question.knob.along(place).unwrap_or(f64::NAN)));
    format!("from {from} to {to}")
}

/// A bar for each round.
struct Bars {
    keeper: Arc<Keeper>,
    quiet: bool,
    now: Option<ProgressBar>,
}

impl Bars {
    /// Ends the bar of one round and begins that of the next.
    fn next(&mut self, weeks: u64) -> Box<dyn Fn() + Sync> {
        self.end();
        let bar = self.keeper.bar(weeks, self.quiet);
        self.now = Some(bar.clone());
        Box::new(move || bar.inc(1))
    }

    fn end(&mut self) {
        if let Some(bar) = self.now.take() {
            bar.finish_and_clear();
        }
    }
}
