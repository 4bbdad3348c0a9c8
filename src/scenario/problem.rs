//! What is wrong with a scenario, where, and what would be right; printed as the Rust compiler prints its errors.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, normalize_untrusted_str};

/// A text that problems point into: a file, or a `--set` of the command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into() })
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
        Some(source.text[..source.fit(span).start].matches('\n').count() + 1)
    }

    pub(crate) fn start(&self) -> usize {
        self.0.place.as_ref().map_or(0, |(_, span)| span.start)
    }

    fn render(&self, renderer: &Renderer) -> String {
        let clean = |text: &str| normalize_untrusted_str(text);
        let title = Level::ERROR.primary_title(self.0.title.as_str());
        let mut groups = Vec::new();
        let help = self.0.help.as_deref().map(clean);
        match &self.0.place {
            Some((source, span)) => {
                let primary = AnnotationKind::Primary.span(source.fit(span));
                let primary =
                    if self.0.label.is_empty() { primary } else { primary.label(clean(&self.0.label)) };
                let mut snippet = Snippet::source(&source.text).path(&source.name).annotation(primary);
                if let Some((span, label)) = &self.0.context {
                    let context = AnnotationKind::Context.span(source.fit(span)).label(clean(label));
                    snippet = snippet.annotation(context);
                }
                let mut group = Group::with_title(title).element(snippet);
                match (&self.0.patch, help) {
                    (Some((span, right)), Some(help)) => {
                        groups.push(group);
                        let patch = Patch::new(source.fit(span), right.as_str());
                        let shown = Snippet::source(&source.text).patch(patch);
                        group = Group::with_title(Level::HELP.secondary_title(help)).element(shown);
                    }
                    (_, Some(help)) => group = group.element(Level::HELP.message(help)),
                    (_, None) => {}
                }
                groups.push(group);
            }
            None => {
                let mut group = Group::with_title(title);
                if let Some(help) = help {
                    group = group.element(Level::HELP.message(help));
                }
                groups.push(group);
            }
        }
        renderer.render(&groups)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Problem {}

/// All that is wrong with a scenario and the files that it extends; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None when there is nothing wrong.
    pub(crate) fn from_list(list: Vec<Problem>) -> Result<(), Self> {
        if list.is_empty() { Ok(()) } else { Err(Self(list)) }
    }

    /// The problems, in the order of files and lines.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Adds those of another scenario; what both say, as of one base or of a setting, is said once.
    pub fn join(&mut self, other: Self) {
        for problem in other.0 {
            if !self.0.contains(&problem) {
                self.0.push(problem);
            }
        }
    }

    /// The text with terminal colours; `anstream` takes them out where they do not belong.
    #[must_use]
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        self.0.iter().map(|problem| problem.render(renderer)).collect::<Vec<_>>().join("\n\n")
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Problems {}
