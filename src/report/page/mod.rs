//! The page: sections in the order in which they are read, from the verdict to how to run it again.

mod figures;
mod html;
mod run;

pub(super) use run::html_of_run;

use super::ReportError;
use super::answers::{self, Answer, Chart, Sheet, Standing};
use super::appendix;
use super::explorer::{self, Explorer};
use super::league;
use super::life::{self, Life};
use super::study::{FACTS, HEALING, IMPORTANCE, LIBRARY, MAP, Study, VALIDATION};
use super::warnings;
use super::week::{self, Week};
use crate::charts;
use crate::text;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole page.
pub(super) fn html(study: &Study) -> Result<String, ReportError> {
    let title = study.says("title").unwrap_or("Can you buy introductions?");
    let answers = answers::all(study);
    let mut body = first_screen(study, title)?;
    body.insert_str(0, &bar(&answers));
    body += &week::week(study).map_or_else(String::new, |week| lanes(&week));
    body += &life::life(study)?.map_or_else(String::new, |life| lived(&life));
    body += &contents(&answers);
    let (questions, claims) =
        answers.iter().partition::<Vec<&Answer>, _>(|answer| answer.asked.id.starts_with('q'));
    body += &group(study, "questions", "The caller’s questions", &questions)?;
    body += &group(study, "claims", "The claims, put to the test", &claims)?;
    body += &beneath(study, &answers)?;
    Ok(whole(title, &body))
}

/// A page around its body.
fn whole(title: &str, body: &str) -> String {
    let dark = charts::dark_rules(".chart", &[body]);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n\
         <title>{}</title>\n<style>\n{}{STYLE}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the \
         verdict</a>\n{body}<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        html::escaped(title),
        faces()
    )
}

/// The fonts of the charts, inside the page.
fn faces() -> String {
    let face = |(bytes, weight): (&[u8], &str)| {
        format!(
            "@font-face{{font-family:\"Report\";font-weight:{weight};src:url(data:font/otf;base64,{}) format(\"opentype\")}}\n",
            html::base64(bytes)
        )
    };
    let [regular, semibold] = charts::FONTS;
    [(regular, "400"), (semibold, "600")].map(face).concat()
}

/// Title, verdict, map.
fn first_screen(study: &Study, title: &str) -> Result<String, ReportError> {
    let verdict = answers::verdict(study);
    let map = Chart { part: MAP, name: "size-map", scenarios: &[] };
    let healing = Chart { part: HEALING, name: "healing", scenarios: &[] };
    let welfare = Chart {
        part: LIBRARY,
        name: "welfare",
        scenarios: &[
            "organic",
            "contingency",
            "contingency-screened",
            "cash-upfront",
            "contingency-hidden",
            "sports-agent",
            "headhunter",
            "coaching",
        ],
    };
    // Whether the market lasts, what that hangs on, and who gains by it.
    let figure = [(&map, "map"), (&healing, "healing"), (&welfare, "welfare")]
        .into_iter()
        .map(|(chart, id)| figures::figure(study, chart, id))
        .collect::<Result<String, _>>()?;
    let number = |(value, what): &(String, String)| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>\n", html::escaped(value), html::sentence(what))
    };
    let explored = explorer::explorer(study, answers::is_offer).map_or_else(String::new, |it| explore(&it));
    let numbers: String = verdict.numbers.iter().map(number).collect();
    let numbers = if numbers.is_empty() { numbers } else { html::element("dl", "numbers", &numbers) };
    let flips = verdict.flips.as_deref().map_or_else(String::new, |flips| html::paragraph("flips", flips));
    let sure = verdict.sure.as_deref().map_or_else(String::new, |sure| html::paragraph("sure", sure));
    let question =
        study.says("question").map_or_else(String::new, |question| html::paragraph("question", question));
    let reading = html::paragraph("reading", &reading(study));
    let lead: String = verdict.sentences.iter().map(|text| html::paragraph("lead", text)).collect();
    Ok(format!(
        "<header class=\"mast\">\n<p class=\"kicker\">{}</p>\n<p class=\"made\">{}</p>\n</header>\n<main id=\"main\">\n<section \
         class=\"verdict\" aria-labelledby=\"verdict\">\n{question}<h1 id=\"verdict\">{}</h1>\n{lead}{numbers}{flips}{sure}{figure}{reading}{explored}</section>\n",
        html::escaped(title),
        html::escaped(&made(study)),
        html::headline(&verdict.headline),
    ))
}

/// A week as lanes of steps.
fn lanes(week: &Week) -> String {
    let step = |(number, words): &(String, &str)| {
        format!("<li><strong>{}</strong> {}</li>\n", html::escaped(number), html::escaped(words))
    };
    let lane = |lane: &super::week::Lane| {
        format!(
            "<li><p class=\"way\">{}</p>\n<ol class=\"flow\">\n{}</ol>\n<p class=\"pays\">{}</p></li>\n",
            html::escaped(&lane.name),
            lane.steps.iter().map(step).collect::<String>(),
            html::escaped(&lane.pays)
        )
    };
    format!(
        "<figure class=\"week\" id=\"week\">\n<figcaption><p class=\"finding\">{}</p><p class=\"plotted\">{}</p></figcaption>\n\
         <ol class=\"lanes\">\n{}</ol>\n</figure>\n",
        html::escaped(&week.title),
        html::escaped(&week.subtitle),
        week.lanes.iter().map(lane).collect::<String>()
    )
}

/// What brackets hold on this page.
fn reading(study: &Study) -> String {
    let grids = [("the map", &study.map), ("healing", &study.healing), ("word of mouth", &study.word)];
    let mut levels: Vec<(String, u32, Vec<String>)> = Vec::new();
    for (name, grid) in grids {
        let Some(grid) = grid.as_ref().filter(|grid| grid.is_widened()) else { continue };
        match levels.iter_mut().find(|(level, ..)| *level == grid.level()) {
            Some((.., names)) => names.push(format!("of {name}")),
            None => levels.push((grid.level(), grid.looks(), vec![format!("of {name}")])),
        }
    }
    let of = |(level, looks, names): &(String, u32, Vec<String>)| {
        format!(
            "{level} {}, where up to {} looks were planned",
            text::joined(names),
            text::spelt(*looks as usize)
        )
    };
    let looked: Vec<String> = levels.iter().map(of).collect();
    let wider = if looked.is_empty() { String::new() } else { format!("; {}", looked.join("; ")) };
    format!(
        "Brackets hold intervals over luck: 95\u{a0}%{wider}. Ranges over what nobody has measured are told in words; \
         a share of draws has the interval of the draw."
    )
}

/// A life as lines.
fn lived(life: &Life) -> String {
    let line = |(when, what): &(String, String)| {
        format!("<li><strong>{}</strong> {}</li>\n", html::escaped(when), html::escaped(what))
    };
    format!(
        "<figure class=\"week life\" id=\"life\">\n<figcaption><p class=\"finding\">{}</p><p class=\"plotted\">{}</p></figcaption>\n\
         <ol class=\"lines\">\n{}</ol>\n</figure>\n",
        html::escaped(&life.title),
        html::escaped(&life.subtitle),
        life.lines.iter().map(line).collect::<String>()
    )
}

/// The settings of the map as a table, of which a script makes knobs to turn.
fn explore(it: &Explorer) -> String {
    let offer = it.offer.map_or_else(String::new, |row| format!(" data-offer=\"{row}\""));
    format!(
        "<section class=\"explorer\" id=\"explorer\" aria-labelledby=\"explorer-title\" data-knobs=\"{}\"{offer}>\n<h2 \
         id=\"explorer-title\">What if he asked for more, or screened?</h2>\n{}</section>\n",
        it.knobs,
        folded(&it.sheet)
    )
}

/// "41 scenarios · 4 replications · seed 1".
fn made(study: &Study) -> String {
    let (version, seed) = appendix::origin(study);
    let mut parts = Vec::new();
    if let Some(library) = &study.library {
        parts.push(format!("{} scenarios", text::count(library.arms.len())));
        parts.push(text::counted(library.replications(), "replication"));
    }
    parts.extend(seed.map(|seed| format!("seed {seed}")));
    parts.extend(version.map(|version| format!("introsim {version}")));
    parts.join(" · ")
}

/// Links to all answers in one line, which stays in view.
fn bar(answers: &[Answer]) -> String {
    let item = |answer: &Answer| {
        format!(
            "<a href=\"#{}\" title=\"{}\">{}</a>",
            answer.asked.id,
            html::escaped(answer.asked.question),
            answer.asked.label
        )
    };
    let answers: Vec<String> = answers.iter().map(item).collect();
    format!(
        "<nav class=\"bar\" aria-label=\"On this page\"><a href=\"#main\">Verdict</a> <a href=\"#welfare\">Who gains</a> {} \
         <a href=\"#warnings\">Warnings</a> <a href=\"#scenarios\">Scenarios</a> <a href=\"#again\">Run it</a></nav>\n",
        answers.join(" ")
    )
}

/// The list of questions, each with what has become of it.
fn contents(answers: &[Answer]) -> String {
    let item = |answer: &Answer| {
        format!(
            "<li><a href=\"#{}\"><span class=\"label\">{}</span> <span class=\"asks\">{}</span> {}</a></li>\n",
            answer.asked.id,
            answer.asked.label,
            html::sentence(answer.asked.question),
            pill(answer)
        )
    };
    let items: String = answers.iter().map(item).collect();
    format!("<nav class=\"contents\" aria-label=\"Questions and claims\">\n<ol>\n{items}</ol>\n</nav>\n")
}

fn pill(answer: &Answer) -> String {
    let class = match answer.standing {
        Standing::Answered => "answered",
        Standing::Holds => "holds",
        Standing::Fails => "fails",
        Standing::Open => "open",
        Standing::NotRun => "notrun",
    };
    format!("<span class=\"pill {class}\">{}</span>", html::escaped(&answer.word()))
}

fn group(study: &Study, id: &str, heading: &str, answers: &[&Answer]) -> Result<String, ReportError> {
    let mut text =
        format!("<section class=\"group\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n");
    for answer in answers {
        text += &section(study, answer)?;
    }
    Ok(text + "</section>\n")
}

/// One answer: question, sentence, chart, what it rests on, what would change it.
fn section(study: &Study, answer: &Answer) -> Result<String, ReportError> {
    let id = answer.asked.id;
    let mut text = format!(
        "<article class=\"answer\" id=\"{id}\" aria-labelledby=\"{id}-question\">\n<p class=\"tag\"><span \
         class=\"label\">{}</span> {}</p>\n<h3 id=\"{id}-question\">“{}”</h3>\n",
        answer.asked.label,
        pill(answer),
        html::sentence(answer.asked.question)
    );
    let class = if answer.standing == Standing::NotRun { "missing" } else { "says" };
    text += &html::paragraph(class, &answer.sentence);
    for more in &answer.more {
        text += &html::paragraph("", more);
    }
    if answer.asked.is_assumed && answer.standing != Standing::NotRun {
        text += &html::paragraph("assumed", answer.assumed.as_deref().unwrap_or(NOT_VARIED));
    }
    for (place, chart) in answer.charts.iter().enumerate() {
        text += &figures::figure(study, chart, &format!("{id}-{}-{place}", chart.name))?;
    }
    if let Some(sheet) = &answer.sheet {
        text += &table(sheet);
    }
    let mut notes = String::new();
    for (term, note) in [("What it rests on", &answer.rests), ("What would change it", &answer.change)] {
        if !note.is_empty() {
            notes += &format!("<div><dt>{term}</dt><dd>{}</dd></div>\n", html::sentence(note));
        }
    }
    if !notes.is_empty() {
        text += &html::element("dl", "notes", &notes);
    }
    Ok(text + "</article>\n")
}

/// Said where an answer has no interval over the assumed constants.
const NOT_VARIED: &str = "The interval is over luck alone. This answer also rests on constants that nobody has measured; the \
                          wider interval over their believable values was not computed in this study.";

fn table(sheet: &Sheet) -> String {
    if sheet.rows.is_empty() { String::new() } else { html::table(&sheet.caption, &sheet.head, &sheet.rows) }
}

/// Everything below the answers.
fn beneath(study: &Study, answers: &[Answer]) -> Result<String, ReportError> {
    let mut text = String::from(
        "<section class=\"group beneath\" aria-labelledby=\"beneath\">\n<h2 id=\"beneath\">What it stands on</h2>\n",
    );
    if let Some((sentence, sheet)) = study.library.as_ref().and_then(league::league) {
        let is_named = |name: &str| answers.iter().any(|answer| answer.names(name));
        let inside = html::paragraph("says", &sentence) + &table_of_league(&sheet, is_named);
        text += &block("league", "All markets, from the largest", &inside);
    }
    text += &block("warnings", "Warnings", &warned(study)?);
    let importance = Chart { part: IMPORTANCE, name: "relative-importance", scenarios: &[] };
    let mut drawn = figures::figure(study, &importance, "importance-chart")?;
    if !study.has(IMPORTANCE) {
        drawn = html::paragraph("missing", &study.not_run(IMPORTANCE));
    }
    text += &block("importance", "What matters most", &drawn);
    let scenarios = study.library.as_ref().map_or_else(
        || html::paragraph("missing", &study.not_run(LIBRARY)),
        |library| folded(&appendix::scenarios(library)),
    );
    text += &block("scenarios", "The scenarios", &scenarios);
    text += &block("parameters", "The parameters and where they come from", &parameters(study));
    text += &block(
        "calibration",
        "Agreement with the world",
        &scored(appendix::facts(study), &study.not_run(FACTS)),
    );
    text += &block(
        "validation",
        "Agreement with theory",
        &scored(appendix::validation(study), &study.not_run(VALIDATION)),
    );
    text += &block("again", "How to run it again", &again(study));
    text += "</section>\n</main>\n";
    text += &html::element("footer", "", &html::paragraph("", &format!("introsim · {}", made(study))));
    Ok(text)
}

fn block(id: &str, heading: &str, inside: &str) -> String {
    format!(
        "<section class=\"block\" aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{heading}</h3>\n{inside}</section>\n"
    )
}

fn warned(study: &Study) -> Result<String, ReportError> {
    let found = warnings::all(study)?;
    if found.is_empty() {
        return Ok(html::paragraph("", "None: every part was run, with replications enough."));
    }
    let item = |warning: &warnings::Warning| {
        format!(
            "<li><strong>{}.</strong> {} <span class=\"advice\">{}</span></li>\n",
            warning.kind.name(),
            html::sentence(&warning.text),
            html::sentence(&warning.advice)
        )
    };
    Ok(html::element("ul", "warnings", &found.iter().map(item).collect::<String>()))
}

/// A long table that opens when asked for.
fn folded(sheet: &Sheet) -> String {
    // Its caption has been read where it is opened.
    format!(
        "<details class=\"told\">\n<summary>{}</summary>\n{}</details>\n",
        html::escaped(&sheet.caption),
        table(sheet)
    )
}

/// Markets that are shown at once; of more some are, and all where they are asked for.
const AT_ONCE: usize = 16;

/// The league of markets: of many the first of those that are named elsewhere, and all of them folded.
///
/// - `is_named`: by what the row is called
fn table_of_league(sheet: &Sheet, is_named: impl Fn(&str) -> bool) -> String {
    let named: Vec<&Vec<String>> = sheet
        .rows
        .iter()
        .filter(|row| row.first().is_some_and(|name| is_named(league::called(name))))
        .collect();
    if sheet.rows.len() <= AT_ONCE || named.is_empty() {
        return table(sheet);
    }
    let shown = named.len().min(AT_ONCE);
    let which = if named.len() < sheet.rows.len() { " that the answers above name" } else { "" };
    let some = Sheet {
        caption: format!(
            "{} of the {} markets{which}, from the largest{}",
            text::capital(&text::spelt(shown)),
            text::count(sheet.rows.len()),
            sheet.caption.split_once(';').map_or_else(String::new, |(_, rest)| format!(";{rest}"))
        ),
        head: sheet.head.clone(),
        rows: named.into_iter().take(shown).cloned().collect(),
    };
    // A narrow screen shows of each what tells most; the rest of it is folded with all.
    format!(
        "<div class=\"brief\">\n{}</div>\n<details>\n<summary>All {} markets</summary>\n{}</details>\n",
        table(&some),
        text::count(sheet.rows.len()),
        table(sheet)
    )
}

fn parameters(study: &Study) -> String {
    let intro = "Every number of the model stands here once, with the value that this study was run with; what differs between \
                 scenarios stands in their table. “Our assumption” is a source: nobody has measured it.";
    let sections = appendix::parameters(study).into_iter().map(|(name, sheet)| {
        let summary = format!("<code>[{}]</code> {}", html::escaped(&name), html::escaped(&sheet.caption));
        format!("<details>\n<summary>{summary}</summary>\n{}</details>\n", table(&sheet))
    });
    html::paragraph("", intro) + &sections.collect::<String>()
}

fn scored(found: Option<(String, Sheet)>, not_run: &str) -> String {
    match found {
        // What it comes to is said; a long list is looked up.
        Some((sentence, sheet)) if sheet.rows.len() > AT_ONCE => {
            html::paragraph("says", &sentence) + &folded(&sheet)
        }
        Some((sentence, sheet)) => html::paragraph("says", &sentence) + &table(&sheet),
        None => html::paragraph("missing", not_run),
    }
}

fn again(study: &Study) -> String {
    let (version, seed) = appendix::origin(study);
    let version =
        version.map_or_else(|| "an unknown version".to_owned(), |version| format!("version {version}"));
    let seed = seed.map_or_else(|| "an unknown seed".to_owned(), |seed| format!("seed {seed}"));
    let text = format!(
        "This report was made from tables alone, by introsim {version} with {seed}. The same command with the same version and \
         seed gives the same bytes on any machine and any number of threads:"
    );
    let command = format!("<pre><code>{}</code></pre>\n", html::escaped(&appendix::command(study)));
    let after = format!(
        "The tables lie beside this file, a folder for each part, each with a dictionary of its columns (`columns.csv`) and the \
         hashes of all inputs and outputs (`manifest.json`); `introsim verify {}` computes a sample of rows again.",
        crate::foreign::shell(&format!("{}/library", study.name()))
    );
    html::paragraph("", &text) + &command + &html::paragraph("", &after)
}
