//! A study folder: its parts, each a folder with tables and a manifest of its own, any of which may be missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::ReportError;
use super::library::Library;
use super::points::{self, Points};
use super::sweep::{self, Grid};
use super::thresholds::{Breakeven, Claim};
use super::ties::Bombarded;
use crate::foreign;
use crate::output::tables::{Fact, Flip, FlipPoint, Index, Validation};
use crate::output::{Manifest, OutputError, Row, read_table, resolved};
use crate::stats::Estimate;

/// A part of a study: its folder, and the command that makes it where it is missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) folder: &'static str,
    /// What it holds, after "the".
    pub(super) what: &'static str,
    /// The table without which there is no such part.
    table: &'static str,
    command: &'static str,
}

impl Part {
    const fn new(
        folder: &'static str,
        what: &'static str,
        table: &'static str,
        command: &'static str,
    ) -> Self {
        Self { folder, what, table, command }
    }

    /// The command that makes the part in the folder of a study.
    pub(super) fn command(&self, dir: &str) -> String {
        format!("introsim {} --out {}", self.command, foreign::shell(&format!("{dir}/{}", self.folder)))
    }
}

pub(super) const LIBRARY: Part =
    Part::new("library", "scenario library", "outcomes.csv", "run scenarios/*.toml");
pub(super) const MAP: Part =
    Part::new("map", "map of screening by payout", "cells.csv", "sweep screening-by-payout");
pub(super) const HEALING: Part =
    Part::new("healing", "sweep over how fast relationships heal", "cells.csv", "sweep healing");
pub(super) const WORD: Part = Part::new(
    "word",
    "sweep over how fast relationships heal and how far word travels",
    "cells.csv",
    "sweep burnt-bridges",
);
pub(super) const BOMBARDMENT: Part =
    Part::new("bombardment", "sweep of bombardment", "map.csv", "sweep bombardment");
pub(super) const BREAKEVEN: Part = Part::new(
    "break-even",
    "search for break-evens",
    "breakeven.csv",
    "breakeven contingency --knob contract.share_of_salary",
);
pub(super) const FLIP: Part = Part::new("flip", "search for flip points", "flip.csv", "flip flip-points");
pub(super) const IMPORTANCE: Part =
    Part::new("importance", "sensitivity analysis", "sensitivity.csv", "sensitivity importance");
pub(super) const FACTS: Part = Part::new(
    "facts",
    "comparison with published figures",
    "facts.csv",
    "facts organic contingency-screened headhunter headhunter-closed staffing-closed",
);
pub(super) const VALIDATION: Part = Part::new("validation", "verification", "validation.csv", "validate");

/// All parts, in the order of the report.
pub(super) const PARTS: [Part; 10] =
    [LIBRARY, MAP, HEALING, WORD, BOMBARDMENT, BREAKEVEN, FLIP, IMPORTANCE, FACTS, VALIDATION];

/// Everything that was read of a study.
#[derive(Debug)]
pub(super) struct Study {
    pub(super) dir: PathBuf,
    /// The manifest of the whole, if there is one.
    pub(super) manifest: Option<Value>,
    pub(super) library: Option<Library>,
    pub(super) map: Option<Grid>,
    /// Screens by how fast relationships heal.
    pub(super) healing: Option<Grid>,
    /// How fast relationships heal by how far word travels.
    pub(super) word: Option<Grid>,
    /// Where the assumed constants are moved.
    pub(super) points: Option<Points>,
    pub(super) bombarded: Option<Bombarded>,
    pub(super) breakevens: Option<Vec<Breakeven>>,
    pub(super) claims: Option<Vec<Claim>>,
    /// Share of the points over the assumed constants at which each claim is true, where they are there.
    pub(super) claims_assumed: BTreeMap<String, Estimate>,
    pub(super) importance: Option<Importance>,
    pub(super) facts: Option<Vec<Fact>>,
    pub(super) validation: Option<Vec<Validation>>,
}

/// The sensitivity analysis.
#[derive(Debug)]
pub(super) struct Importance {
    pub(super) indices: Vec<Index>,
    /// What charts call the scenario around which knobs were turned; `None` where the manifest does not say.
    pub(super) around: Option<String>,
}

impl Importance {
    fn read(dir: &Path) -> Result<Option<Self>, OutputError> {
        let Some(indices) = rows(dir, IMPORTANCE)? else { return Ok(None) };
        let manifest = Manifest::read(&dir.join(IMPORTANCE.folder))?;
        let scenarios = resolved(manifest.as_ref());
        let around = scenarios.iter().next().map(|(name, one)| one.scenario.short_name(name));
        Ok(Some(Self { indices, around }))
    }
}

/// The rows of the table of a part, if it is there.
fn rows<R: Row>(dir: &Path, part: Part) -> Result<Option<Vec<R>>, OutputError> {
    let path = dir.join(part.folder).join(part.table);
    if path.is_file() { read_table(&path)?.rows().map(Some) } else { Ok(None) }
}

impl Study {
    pub(super) fn is_one(dir: &Path) -> bool {
        PARTS.iter().any(|part| dir.join(part.folder).join(part.table).is_file())
    }

    pub(super) fn read(dir: &Path) -> Result<Self, ReportError> {
        let at = |part: Part| dir.join(part.folder);
        let has = |part: Part| at(part).join(part.table).is_file();
        if !Self::is_one(dir) {
            return Err(ReportError::NoStudy { path: dir.to_path_buf() });
        }
        let mut library = if has(LIBRARY) { Some(Library::read(&at(LIBRARY))?) } else { None };
        let bombarded = match &library {
            Some(library) => Bombarded::read(&at(LIBRARY), library)?,
            None => None,
        };
        let flips: Option<Vec<Flip>> = rows(dir, FLIP)?;
        let points = Points::read(&at(LIBRARY))?;
        let claims_assumed = match (&flips, &points) {
            (Some(flips), Some(points)) => points::claims(points, flips),
            _ => BTreeMap::new(),
        };
        let curve = at(FLIP).join("curve.csv");
        let curve: Vec<FlipPoint> = if curve.is_file() { read_table(&curve)?.rows()? } else { Vec::new() };
        let claims = flips.map(|flips| Claim::all(flips, &curve));
        let grid = |part: Part| -> Result<Option<Grid>, OutputError> {
            if has(part) { Grid::read(&at(part)).map(Some) } else { Ok(None) }
        };
        let mut map = grid(MAP)?.filter(|map| !map.payouts().is_empty());
        let (mut healing, mut word) = (grid(HEALING)?, grid(WORD)?);
        if let Some(library) = &mut library {
            let sweeps = [
                (&mut map, "on the map"),
                (&mut healing, "in the sweep of healing"),
                (&mut word, "in the sweep of healing and word"),
            ];
            for (grid, place) in sweeps {
                grid.iter_mut().for_each(|grid| sweep::settle(library, grid, place));
            }
        }
        Ok(Self {
            dir: dir.to_path_buf(),
            manifest: Manifest::read(dir)?,
            claims_assumed,
            library,
            map,
            healing,
            word,
            points,
            bombarded,
            breakevens: rows(dir, BREAKEVEN)?.map(Breakeven::all),
            claims,
            importance: Importance::read(dir)?,
            facts: rows(dir, FACTS)?,
            validation: rows(dir, VALIDATION)?,
        })
    }

    /// A line of the manifest of the whole.
    pub(super) fn says(&self, key: &str) -> Option<&str> {
        self.manifest.as_ref()?[key].as_str().filter(|text| !text.trim().is_empty())
    }

    /// Where the study lies if nobody says otherwise, for commands: by the name of its file, so that equal studies in two
    /// folders have equal reports.
    pub(super) fn name(&self) -> String {
        let inputs = self.manifest.as_ref().and_then(|manifest| manifest["inputs"].as_object());
        let file = inputs.and_then(|inputs| inputs.keys().next()).map(|file| Path::new(file).file_stem());
        let name = file.flatten().or_else(|| self.dir.file_name()).map(std::ffi::OsStr::to_string_lossy);
        format!("output/{}", name.as_deref().unwrap_or("study"))
    }

    /// Whether a part is there.
    pub(super) fn has(&self, part: Part) -> bool {
        self.dir.join(part.folder).join(part.table).is_file()
    }

    /// A sentence that a part was not run, and which command runs it.
    pub(super) fn not_run(&self, part: Part) -> String {
        if self.says("effort") == Some("quick") {
            return format!("Not run: the {} is not in this study; without `--quick` it may be.", part.what);
        }
        format!("Not run: the {} is not in this study; `{}` makes it.", part.what, part.command(&self.name()))
    }
}
