//! Lays files and settings over one another, and notes every problem on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::files;
use crate::scenario::at::At;
use crate::scenario::key::{Key, MOST_SHORT, Value};
use crate::scenario::keys::{Friends, SECTIONS, Section, key, keys};
use crate::scenario::kinds::MARKS;
use crate::scenario::problem::{Found, Problem, Source};
use crate::scenario::removed::successor;
use crate::scenario::suggest::nearest;
use crate::scenario::types::SourceFile;
use crate::scenario::value;
use crate::scenario::{Scenario, edges, rules};

/// Keys that stand before the first section.
const ROOT: [&str; 5] = ["title", "short", "question", "extends", "abstract"];

/// The option that settings come by, and what problems call them.
const SET: &str = "--set";

/// Where a key was set last.
struct Origin {
    source: Arc<Source>,
    span: Range<usize>,
    layer: usize,
}

/// A scenario in the making.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) scenario: Scenario,
    pub(crate) problems: Found,
    origins: BTreeMap<&'static str, Origin>,
    failed: BTreeSet<&'static str>,
    edges_path: Option<PathBuf>,
    layers: usize,
}

/// The keys that one layer sets, with the spans of their names.
type Sets = Vec<(&'static str, Range<usize>)>;

impl Reader {
    /// Goes on from a scenario that is there.
    pub(crate) fn over(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), ..Self::default() }
    }

    /// The file of friendships that the scenario ends up with; `None` where friendships are drawn.
    pub(crate) fn graph(&self) -> Option<SourceFile> {
        self.scenario.friends.edges.as_ref()?;
        let path = self.edges_path.as_ref()?;
        let bytes = files::bytes(path, files::MOST_EDGES).ok()?;
        Some(SourceFile { path: path.display().to_string(), bytes, sets: Vec::new() })
    }

    /// Lays a file over what there is; gives the keys that it sets.
    pub(crate) fn file(&mut self, at: &At<'_>, table: &DeTable<'_>) -> Vec<&'static str> {
        self.layers += 1;
        let mut sets = Sets::new();
        self.scenario.title.clear();
        self.scenario.short = None;
        self.scenario.question = None;
        self.scenario.is_abstract = false;
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            match name.get_ref().as_ref() {
                "title" => {
                    self.scenario.title = self.line(at, "title", value).unwrap_or_else(|| "?".to_owned())
                }
                "short" => self.scenario.short = self.short(at, value),
                "question" => self.scenario.question = self.line(at, "question", value),
                "extends" => {} // followed before
                "abstract" => match value.get_ref().as_bool() {
                    Some(is_abstract) => self.scenario.is_abstract = is_abstract,
                    None => {
                        self.problems.push(at.wrong_type("abstract", "true or false, without quotes", value))
                    }
                },
                other => match SECTIONS.iter().find(|section| section.name == other) {
                    Some(section) => self.section(at, section, value, &mut sets),
                    None => self.problems.add(|| unknown_at_root(at, name, value)),
                },
            }
        }
        if self.scenario.title.is_empty() && !table.contains_key("title") {
            let problem = at.problem(0..0, "the file has no `title`".to_owned());
            self.problems.push(problem.help("begin it with one line for charts: `title = \"…\"`"));
        }
        self.refuse_two_graphs(at.source, &sets);
        sets.into_iter().map(|(path, _)| path).collect()
    }

    /// Lays settings of the command line over what there is, each `key=value`.
    pub(crate) fn overrides(&mut self, settings: &[String]) -> Vec<&'static str> {
        self.overrides_from(SET, settings)
    }

    /// The same, of settings that came by another option.
    pub(crate) fn overrides_from(&mut self, option: &str, settings: &[String]) -> Vec<&'static str> {
        self.layers += 1;
        let mut sets = Sets::new();
        let mut last = None;
        for setting in settings {
            let source = Source::new(option, setting.as_str());
            self.one_override(&source, &mut sets);
            last = Some(source);
        }
        if let Some(source) = last {
            self.refuse_two_graphs(&source, &sets);
        }
        sets.into_iter().map(|(path, _)| path).collect()
    }

    fn one_override(&mut self, source: &Arc<Source>, sets: &mut Sets) {
        let text = source.text.as_str();
        let Some((name, written)) = text.split_once('=') else {
            let problem = Problem::at(source, 0..text.len(), "a setting is `key=value`").label("no `=` here");
            return self.problems.push(problem.help("for example `--set contract.share_of_salary=15%`"));
        };
        let path = name.trim();
        let start = name.len() - name.trim_start().len();
        let span = start..start + path.len();
        let Some(key) = key(path) else {
            return self.problems.push(unknown_path(source, span, path));
        };
        let at = At { source, folder: Path::new("") };
        let written = written.trim();
        let start = text.len() - text[name.len() + 1..].trim_start().len();
        if written.is_empty() {
            let problem = Problem::at(source, 0..text.len(), "a setting is `key=value`");
            return self.problems.push(problem.label("no value here"));
        }
        // A document of one line, padded so that its spans are those of the setting.
        let line = format!("{:width$}v={written}", "", width = start - 2);
        match DeTable::parse(&line) {
            Ok(table) if table.get_ref().len() == 1 => {
                for value in table.get_ref().values() {
                    self.value(&at, key, span.clone(), value, sets);
                }
            }
            Err(error) if written.starts_with(['[', '{', '"', '\'']) => {
                let problem = Problem::at(source, start..text.len(), "this value is not TOML");
                self.problems.push(problem.label(error.message()));
            }
            // Whatever is not TOML is a text whose quotes were left out, as in `15%`.
            Ok(_) | Err(_) => {
                let bare = Spanned::new(start..start + written.len(), DeValue::String(written.into()));
                self.value(&at, key, span, &bare, sets);
            }
        }
    }

    fn line(&mut self, at: &At<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let problem = match value.get_ref().as_str() {
            Some(text) if is_one_line(text) => {
                return Some(text.to_owned());
            }
            Some(_) => at.problem(value.span(), format!("`{name}` takes one line of text")),
            None => at.wrong_type(name, "one line of text, in quotes", value),
        };
        self.problems.push(problem);
        None
    }

    /// One line of at most [`MOST_SHORT`] characters.
    fn short(&mut self, at: &At<'_>, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = self.line(at, "short", value)?;
        let length = text.chars().count();
        if length > MOST_SHORT {
            let what =
                format!("`short` is {length} characters long; at most {MOST_SHORT} find room in a chart");
            self.problems.push(at.problem(value.span(), what).help("`title` takes the long name"));
            return None;
        }
        Some(text)
    }

    fn section(&mut self, at: &At<'_>, section: &Section, value: &Spanned<DeValue<'_>>, sets: &mut Sets) {
        let Some(table) = value.get_ref().as_table() else {
            let what = format!("keys of its own: it is the section [{}]", section.name);
            return self.problems.push(at.wrong_type(section.name, &what, value));
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            match section.keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
                Some(key) => self.value(at, key, name.span(), value, sets),
                None => self.problems.add(|| unknown_key(at, section, name)),
            }
        }
    }

    fn value(
        &mut self,
        at: &At<'_>,
        key: &'static Key,
        name: Range<usize>,
        value: &Spanned<DeValue<'_>>,
        sets: &mut Sets,
    ) {
        sets.push((key.path, name));
        let origin = Origin { source: Arc::clone(at.source), span: value.span(), layer: self.layers };
        self.origins.insert(key.path, origin);
        match value::read(at, key, value) {
            Ok(read) => {
                if let Value::Edges(Some(list)) = &read {
                    self.edges_path = Some(at.folder.join(&list.path));
                }
                self.failed.remove(key.path);
                apply(&mut self.scenario, key, read);
            }
            Err(problems) => {
                self.failed.insert(key.path);
                self.problems.extend(problems);
            }
        }
    }

    /// A graph is given or drawn: one layer cannot say both.
    fn refuse_two_graphs(&mut self, source: &Arc<Source>, sets: &Sets) {
        let find = |wanted: &[&str]| sets.iter().find(|(path, _)| wanted.contains(path));
        if let (Some((_, edges)), Some((other, span))) =
            (find(&["friends.edges"]), find(&["friends.mean_degree", "friends.rewiring"]))
        {
            self.failed.insert("friends.edges");
            let title = format!("`friends.edges` takes the place of `{other}`: set one of them");
            let problem = Problem::at(source, edges.clone(), title).label("a graph from a file");
            let is_same_text = source.name != SET;
            self.problems.push(if is_same_text {
                problem.context(span.clone(), "a graph to be drawn")
            } else {
                problem
            });
        }
    }

    /// Checks the rules between keys, now that all layers are there.
    pub(crate) fn finish(&mut self) {
        for broken in rules::broken(&self.scenario) {
            let no_graph = self.failed.contains("friends.edges") && broken.keys[0].starts_with("friends.");
            if no_graph || broken.keys.iter().any(|key| self.failed.contains(key)) {
                continue; // it would follow from a problem that is reported already
            }
            let mut origins: Vec<&Origin> =
                broken.keys.iter().filter_map(|key| self.origins.get(key)).collect();
            origins.sort_by_key(|origin| std::cmp::Reverse(origin.layer));
            let problem = match origins[..] {
                [] => Problem::new(broken.title),
                [first] => Problem::at(&first.source, first.span.clone(), broken.title),
                [first, second, ..] => {
                    let problem = Problem::at(&first.source, first.span.clone(), broken.title);
                    let is_one_text = Arc::ptr_eq(&first.source, &second.source) && first.span != second.span;
                    if is_one_text { problem.context(second.span.clone(), "and this") } else { problem }
                }
            };
            self.problems.push(problem);
        }
        if let Some(list) = &self.scenario.friends.edges
            && !self.failed.contains("workers.count")
        {
            let path = self.edges_path.as_deref();
            self.problems.extend(edges::beyond(list, self.scenario.workers.count, path));
        }
    }
}

/// Whether a text can stand in a table, on a terminal and in a chart: not blank, nothing that steers a terminal, and
/// nothing that XML forbids.
pub(crate) fn is_one_line(text: &str) -> bool {
    let is_wrong = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    !text.trim().is_empty() && !text.contains(is_wrong)
}

/// Sets a key; a graph that is given takes the place of one that is drawn, and the other way round.
pub(crate) fn apply(scenario: &mut Scenario, key: &Key, value: Value) {
    match (key.path, &value) {
        ("friends.edges", Value::Edges(Some(_))) => {
            let Friends { mean_degree, rewiring, .. } = Friends::default();
            (scenario.friends.mean_degree, scenario.friends.rewiring) = (mean_degree, rewiring);
        }
        ("friends.mean_degree" | "friends.rewiring", _) => scenario.friends.edges = None,
        _ => {}
    }
    (key.write)(scenario, value);
}

fn unknown_at_root(at: &At<'_>, name: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Problem {
    let word = name.get_ref().as_ref();
    let shown = name_text(word);
    if let DeValue::Table(_) = value.get_ref() {
        let problem = at.problem(name.span(), format!("unknown section [{shown}]"));
        let near = nearest(word, SECTIONS.iter().map(|section| section.name));
        return suggest(problem.label("no such section"), name.span(), near);
    }
    let problem =
        at.problem(name.span(), format!("unknown key `{shown}`")).label("not a key at the head of a file");
    if word == "claims" {
        return problem.help("these are claims: find where they turn with `introsim flip`");
    }
    if MARKS.contains(&word) {
        return problem.help("this is an experiment: run it with `introsim sweep` or `introsim sensitivity`");
    }
    match owners(word) {
        Some(owners) => problem.help(format!("`{shown}` is a key of {owners}")),
        None => {
            let near = nearest(word, ROOT.into_iter());
            suggest(problem, name.span(), near)
        }
    }
}

fn unknown_key(at: &At<'_>, section: &Section, name: &Spanned<DeString<'_>>) -> Problem {
    let word = name.get_ref().as_ref();
    let shown = name_text(word);
    let problem = at.problem(name.span(), format!("unknown key `{shown}` in [{}]", section.name));
    let problem = problem.label(format!("not a key of [{}]", section.name));
    if let Some(instead) = successor(&format!("{}.{word}", section.name)) {
        return problem.help(instead);
    }
    if let Some(owners) = owners(word) {
        return problem.help(format!("`{shown}` is a key of {owners}"));
    }
    if let Some(near) = nearest(word, section.keys.iter().map(|key| key.name)) {
        return suggest(problem, name.span(), Some(near));
    }
    if ROOT.contains(&word) {
        return problem.help(format!("`{shown}` stands at the head of the file, before the first section"));
    }
    match nearest(word, keys().iter().map(|key| key.name)).and_then(|near| Some((near, owners(near)?))) {
        Some((near, owners)) => problem.help(format!("did you mean `{near}`, a key of {owners}?")),
        None => {
            let all = section.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
            problem.help(format!("the keys of [{}] are: {all}", section.name))
        }
    }
}

/// A problem of a dotted path that is no key.
pub(crate) fn unknown_path(source: &Arc<Source>, span: Range<usize>, path: &str) -> Problem {
    let problem = Problem::at(source, span.clone(), format!("unknown key `{}`", name_text(path)));
    let problem = problem.label("no such key");
    if let Some(instead) = successor(path) {
        return problem.help(instead);
    }
    let name = path.rsplit('.').next().unwrap_or(path);
    match owners(name) {
        Some(owners) => problem.help(format!("`{}` is a key of {owners}", name_text(name))),
        None => suggest(problem, span, nearest(path, keys().iter().map(|key| key.path))),
    }
}

/// Adds the nearest right spelling, if there is one.
pub(crate) fn suggest(problem: Problem, span: Range<usize>, near: Option<&str>) -> Problem {
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")).patch(span, near),
        None => problem,
    }
}

/// The sections that have a key of this name: "[workers], [introducers]".
fn owners(name: &str) -> Option<String> {
    let owners: Vec<_> =
        keys().iter().filter(|key| key.name == name).map(|key| format!("[{}]", key.section)).collect();
    if owners.is_empty() { None } else { Some(owners.join(", ")) }
}

/// A name from a file, fit for a message.
pub(crate) fn name_text(name: &str) -> String {
    name.chars().take(60).collect::<String>().escape_debug().to_string()
}
