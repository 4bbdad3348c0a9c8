//! What is wrong with a scenario, where, and what would be right; printed as the Rust compiler prints its errors.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, normalize_untrusted_str};

use crate::foreign;
use crate::text;

/// A text that problems point into: a file, or a `--set` of the command line.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    /// Where each line begins; made when the first problem asks.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || (self.name == other.name && self.text == other.text)
    }
}

impl Eq for Source {}

impl Source {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// Where each line begins.
    fn lines(&self) -> &[usize] {
        let after = |(at, _): (usize, &str)| at + 1;
        self.lines
            .get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(after)).collect())
    }

    /// The line that a place lies in, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.lines().partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The lines from one place to another, whole: where they lie, and the number of the first, from 1. A problem is
    /// shown with these alone, so that many problems of a long file cost what they show.
    fn window(&self, from: usize, to: usize) -> (Range<usize>, usize) {
        let first = self.line_of(from);
        let last = self.line_of(to.max(from));
        let end = self.lines().get(last + 1).copied().unwrap_or(self.text.len());
        (self.lines()[first]..end, first + 1)
    }

    /// The span cut back to what can be shown: inside the text, on character boundaries.
    fn fit(&self, span: &Range<usize>) -> Range<usize> {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end.max(start));
        start..end.max(start)
    }

    /// A piece of the text in one line, cut when it is long.
    pub(crate) fn excerpt(&self, span: &Range<usize>) -> String {
        let piece = self.text[self.fit(span)].lines().next().unwrap_or("");
        let mut short: String = piece.chars().take(40).collect();
        if short.len() < piece.len() {
            short.push('…');
        }
        short
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(Box<Parts>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    title: String,
    label: String,
    place: Option<(Arc<Source>, Range<usize>)>,
    context: Option<(Range<usize>, String)>,
    help: Option<String>,
    patch: Option<(Range<usize>, String)>,
}

impl Problem {
    /// A problem of no particular line.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self(Box::new(Parts { title: title.into(), ..Parts::default() }))
    }

    /// A problem of a piece of text.
    pub(crate) fn at(source: &Arc<Source>, span: Range<usize>, title: impl Into<String>) -> Self {
        let place = Some((Arc::clone(source), span));
        Self(Box::new(Parts { title: title.into(), place, ..Parts::default() }))
    }

    /// What is said beside the caret.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.0.label = label.into();
        self
    }

    /// Another piece of the same text that has to do with it.
    pub(crate) fn context(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.0.context = Some((span, label.into()));
        self
    }

    /// A sentence of advice.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What should stand there instead.
    pub(crate) fn patch(mut self, span: Range<usize>, right: impl Into<String>) -> Self {
        self.0.patch = Some((span, right.into()));
        self
    }

    /// The problem in a sentence.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// The file that it is in, if it is in one.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.0.place.as_ref().map(|(source, _)| source.name.as_str())
    }

    /// The line, from 1, if it has one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        let (source, span) = self.0.place.as_ref()?;
        Some(source.line_of(source.fit(span).start) + 1)
    }

    /// What two problems share that are one.
    fn identity(&self) -> (&str, Option<&str>, usize) {
        (self.title(), self.file(), self.start())
    }

    pub(crate) fn start(&self) -> usize {
        self.0.place.as_ref().map_or(0, |(_, span)| span.start)
    }

    fn render(&self, renderer: &Renderer) -> String {
        let clean = |text: &str| normalize_untrusted_str(text);
        let title = Level::ERROR.primary_title(self.0.title.as_str());
        let help = self.0.help.as_deref().map(clean);
        let Some((source, span)) = &self.0.place else {
            let mut group = Group::with_title(title);
            if let Some(help) = help {
                group = group.element(Level::HELP.message(help));
            }
            return renderer.render(&[group]);
        };
        let mut groups = Vec::new();
        let spans = std::iter::once(span).chain(self.0.context.as_ref().map(|(span, _)| span));
        let spans: Vec<Range<usize>> = spans.map(|span| source.fit(span)).collect();
        let from = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let to = spans.iter().map(|span| span.end).max().unwrap_or(0);
        let (window, first) = source.window(from, to);
        let inside = |span: &Range<usize>| span.start - window.start..span.end - window.start;
        let shown = &source.text[window.clone()];
        let primary = AnnotationKind::Primary.span(inside(&spans[0]));
        let primary = if self.0.label.is_empty() { primary } else { primary.label(clean(&self.0.label)) };
        let path = foreign::fit(&source.name);
        let mut snippet = Snippet::source(shown).line_start(first).path(&*path).annotation(primary);
        if let Some((_, label)) = &self.0.context {
            let context = AnnotationKind::Context.span(inside(&spans[1])).label(clean(label));
            snippet = snippet.annotation(context);
        }
        let mut group = Group::with_title(title).element(snippet);
        match (&self.0.patch, help) {
            (Some((span, right)), Some(help)) => {
                groups.push(group);
                let span = source.fit(span);
                let (window, first) = source.window(span.start, span.end);
                let patch = Patch::new(span.start - window.start..span.end - window.start, right.as_str());
                let shown = Snippet::source(&source.text[window]).line_start(first).patch(patch);
                group = Group::with_title(Level::HELP.secondary_title(help)).element(shown);
            }
            (_, Some(help)) => group = group.element(Level::HELP.message(help)),
            (_, None) => {}
        }
        groups.push(group);
        renderer.render(&groups)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Problem {}

/// Problems that are shown of all that are found.
const MOST_SHOWN: usize = 20;

/// Problems that are kept to choose those from; the others are counted.
const MOST_KEPT: usize = 200;

/// Problems as they are found: the first are kept, all are counted, so that a file of nothing but mistakes costs no more
/// than reading it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    list: Vec<Problem>,
    more: usize,
}

impl Found {
    /// Notes a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.add(|| problem);
    }

    /// Notes a problem, put into words only if it is kept: looking for the nearest spelling takes its time.
    pub(crate) fn add(&mut self, problem: impl FnOnce() -> Problem) {
        if self.list.len() < MOST_KEPT {
            self.list.push(problem());
        } else {
            self.more += 1;
        }
    }

    /// Notes a problem unless it is known: several files may name one.
    pub(crate) fn push_new(&mut self, problem: Problem) {
        if !self.list.contains(&problem) {
            self.push(problem);
        }
    }

    /// Notes what was found elsewhere, apart from what is known.
    pub(crate) fn join(&mut self, other: &Problems) {
        other.list.iter().for_each(|problem| self.push_new(problem.clone()));
        self.more += other.more;
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }

    /// Adds what was found in a file that is read apart.
    pub(crate) fn append(&mut self, other: Self) {
        self.more += other.more;
        self.extend(other.list);
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len() + self.more
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those that are kept.
    pub(crate) fn list(&mut self) -> &mut Vec<Problem> {
        &mut self.list
    }

    /// Puts those of one file first, in the order of their places.
    pub(crate) fn sort(&mut self, source: &Source) {
        self.list.sort_by_key(|problem| (problem.file() != Some(source.name.as_str()), problem.start()));
    }

    /// Everything that was found, as an error unless that is nothing.
    pub(crate) fn check(self) -> Result<(), Problems> {
        if self.is_empty() { Ok(()) } else { Err(Problems { list: self.list, more: self.more }) }
    }
}

impl From<Vec<Problem>> for Found {
    fn from(list: Vec<Problem>) -> Self {
        let mut found = Self::default();
        found.extend(list);
        found
    }
}

/// All that is wrong with a scenario and the files that it extends; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    /// Problems beside those of the list, which were counted alone.
    more: usize,
}

impl Problems {
    /// An error unless the list is empty.
    pub(crate) fn from_list(list: Vec<Problem>) -> Result<(), Self> {
        Found::from(list).check()
    }

    /// The problems, in the order of files and lines; of very many only the first.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.more
    }

    /// Adds those of another scenario; what both say, as of one base or of a setting, is said once.
    pub fn join(&mut self, other: Self) {
        let known: BTreeSet<_> = self.list.iter().map(Problem::identity).collect();
        let is_new = |problem: &Problem| !known.contains(&problem.identity());
        let new: Vec<Problem> = other.list.into_iter().filter(is_new).collect();
        self.list.extend(new);
        self.more += other.more;
    }

    /// The text with terminal colours; `anstream` takes them out where they do not belong.
    #[must_use]
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    /// The first problems, and how many there are besides.
    fn render(&self, renderer: &Renderer) -> String {
        let shown = self.list.iter().take(MOST_SHOWN);
        let mut texts: Vec<String> = shown.map(|problem| problem.render(renderer)).collect();
        let rest = self.count() - texts.len();
        if rest > 0 {
            texts.push(format!("and {} more {}", text::count(rest), text::plural(rest, "problem")));
        }
        texts.join("\n\n")
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { list: vec![problem], more: 0 }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Problems {}
