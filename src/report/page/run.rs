//! The page of a run: its markets, how they differ, its charts, what to be wary of, and what was run.

use super::super::ReportError;
use super::super::run::Run;
use super::{block, figures, folded, html, league, table_of_league, whole};
use crate::experiments::verdict::{Judged, Verdict, provisional};
use crate::report::noted::{self, Noted};
use crate::report::{appendix, phrasing};
use crate::text;

/// The whole page.
pub(in crate::report) fn html_of_run(run: &Run<'_>) -> Result<String, ReportError> {
    let title = "introsim run";
    let mut body = String::from(
        "<nav class=\"bar\" aria-label=\"On this page\"><a href=\"#main\">Markets</a> <a href=\"#differences\">Differences</a> \
         <a href=\"#pictures\">Pictures</a> <a href=\"#warnings\">Warnings</a> <a href=\"#scenarios\">Scenarios</a></nav>\n",
    );
    body += &top(run, title);
    body += &block("differences", "What changes", &differences(run));
    let mut drawn = String::new();
    for (name, picture) in &run.pictures {
        drawn += &figures::markup(picture, name, &figures::links("charts", name, ""));
    }
    let none = || html::paragraph("missing", "None of the charts has anything to say of these scenarios.");
    body += &block("pictures", "Pictures", &if drawn.is_empty() { none() } else { drawn });
    body += &block("warnings", "Warnings", &warnings(run));
    let scenarios = folded(&appendix::scenarios(&run.library));
    body += &block("scenarios", "What was run", &(scenarios + &html::paragraph("", AGAIN)));
    body += "</main>\n";
    body += &html::element("footer", "", &html::paragraph("", &format!("introsim · {}", made(run))));
    Ok(whole(title, &body))
}

const AGAIN: &str = "The tables lie beside this file, with a dictionary of their columns (`columns.csv`). `manifest.json` has every \
                     scenario with all its values, the seed, and the hashes of all inputs and outputs: the same scenarios with the \
                     same version and seed give the same bytes. `introsim verify` and the name of this folder checks them, and \
                     computes a sample of rows again.";

/// Title, headline, what became of each market.
fn top(run: &Run<'_>, title: &str) -> String {
    let library = &run.library;
    let markets: Vec<(String, Judged)> = library
        .arms
        .iter()
        .filter(|arm| !league::is_experiment(arm))
        .filter_map(|arm| Some((library.short(&arm.name), library.judged(&arm.name)?)))
        .collect();
    let mut lead: Vec<String> = Vec::new();
    if let [(_, judged)] = markets.as_slice() {
        lead.push(format!("{}.", text::capital(&phrasing::market(judged))));
    }
    let league = league::league(library);
    let below = league.map_or_else(String::new, |(sentence, sheet)| {
        html::paragraph("says", &sentence) + &table_of_league(&sheet, |_| true)
    });
    let weeks = library.arms.iter().filter_map(|arm| Some(arm.scenario.as_ref()?.run.weeks)).min();
    lead.extend(weeks.filter(|_| !markets.is_empty()).and_then(provisional));
    let lead: String = lead.iter().map(|sentence| html::paragraph("lead", sentence)).collect();
    format!(
        "<header class=\"mast\">\n<p class=\"kicker\">{title}</p>\n<p class=\"made\">{}</p>\n</header>\n<main id=\"main\">\n<section \
         class=\"verdict\" aria-labelledby=\"verdict\">\n<h1 id=\"verdict\">{}</h1>\n{lead}{below}</section>\n",
        html::escaped(&made(run)),
        html::headline(&headline(&markets)),
    )
}

/// What can be said of all markets in a line.
fn headline(markets: &[(String, Judged)]) -> String {
    let alive = markets.iter().filter(|(_, judged)| judged.verdict.is_alive()).count();
    match markets {
        [] => "A labour market in which nobody sells introductions".to_owned(),
        [(name, judged)] => {
            let what = match judged.verdict {
                Verdict::CannotBeTold => format!("Whether “{name}” lasts cannot be told"),
                verdict => format!("“{name}” {}", verdict.name().replace('\'', "’")),
            };
            let cost = if judged.is_at_clients_cost() { ", at its clients’ cost" } else { "" };
            format!("{what}{cost}")
        }
        all if alive == all.len() => format!("All {} markets are shown to live", text::spelt(alive)),
        all if alive == 0 => format!("None of the {} markets is shown to live", text::spelt(all.len())),
        all => format!(
            "{} of {} markets {} shown to live",
            text::capital(&text::spelt(alive)),
            text::spelt(all.len()),
            if alive == 1 { "is" } else { "are" }
        ),
    }
}

fn differences(run: &Run<'_>) -> String {
    if run.differences.is_empty() {
        return html::paragraph("missing", "One scenario by itself differs from nothing; give two or more.");
    }
    let sheets: Vec<String> = run
        .differences
        .iter()
        .map(|against| {
            let sheet = against.sheet(|name| run.library.short(name));
            // Many are looked up, few are read.
            if run.differences.len() > 3 { folded(&sheet) } else { super::table(&sheet) }
        })
        .collect();
    let judged = run.judged();
    let mut note = "On the same luck, replication by replication.".to_owned();
    if run.rows().any(|row| row.is_starred) {
        note += &format!(" {}.", phrasing::star_of(judged));
    }
    if judged > 1 {
        note += &format!(
            " Without a star each of the {} is judged by itself: where nothing differs, about 1 in 20 is called higher or lower \
             by chance.",
            text::counted(judged, "difference")
        );
    }
    html::paragraph("", &note) + &sheets.concat()
}

fn warnings(run: &Run<'_>) -> String {
    if run.warnings.is_empty() {
        return html::paragraph("", "None.");
    }
    let library = &run.library;
    let names: Vec<(String, String)> =
        library.arms.iter().map(|arm| (arm.name.clone(), library.short(&arm.name))).collect();
    let noted: Vec<Noted> = run.warnings.iter().map(|text| Noted::of(None, text, &names)).collect();
    let item = |(text, advice): &(String, String)| {
        format!(
            "<li>{} <span class=\"advice\">{}</span></li>\n",
            html::sentence(text),
            html::sentence(advice)
        )
    };
    html::element("ul", "warnings", &noted::together(&noted).iter().map(item).collect::<String>())
}

/// "3 scenarios · 8 replications · seed 1 · introsim 0.5.0".
fn made(run: &Run<'_>) -> String {
    let library = &run.library;
    let says = |key: &str| library.manifest.as_ref().map(|manifest| manifest[key].clone());
    let mut parts = vec![
        text::counted(library.arms.len(), "scenario"),
        text::counted(library.replications(), "replication"),
    ];
    parts.extend(says("seed").and_then(|seed| seed.as_u64()).map(|seed| format!("seed {seed}")));
    let version = says("version").and_then(|version| version.as_str().map(str::to_owned));
    parts.extend(version.map(|version| format!("introsim {version}")));
    parts.join(" · ")
}
