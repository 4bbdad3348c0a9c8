//! `new`: a scenario to start from.

use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::BadInput;
use crate::scenario::{library, load};

/// Write a commented scenario to start from
///
/// It extends the base next to it, or scenarios/base.toml, or what is given.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim new scenarios/half-a-year    (writes scenarios/half-a-year.toml)
  introsim new mine --extends contingency    (of the library)")]
pub(super) struct Args {
    /// Name of the new scenario, with or without a folder before it
    name: PathBuf,
    /// The scenario that the new one changes: a file, or the name of one of the library
    #[arg(short, long, value_name = "FILE", value_parser = super::place::scenario())]
    extends: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut path = args.name.clone();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let is_of_library = name.starts_with(library::LIBRARY);
    if is_of_library || name.contains(char::is_control) || name.trim_end_matches(".toml").trim().is_empty() {
        let written = args.name.to_string_lossy();
        return Err(BadInput(format!("`{}` is no name for a scenario", written.escape_debug())).into());
    }
    if !name.ends_with(".toml") {
        path.set_file_name(format!("{name}.toml"));
    }
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    if let Some(base) = &args.extends {
        super::place::say_where([base]);
        load(base)?;
    }
    let base = args.extends.clone().or_else(|| {
        [folder.join("base.toml"), PathBuf::from("scenarios/base.toml")]
            .into_iter()
            .find(|base| base.is_file())
    });
    let base = base.map(|base| written(&folder, &base)).transpose()?;
    let text = starter(name.trim_end_matches(".toml"), base.as_deref());
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            anyhow::Error::new(BadInput(format!("{} exists already; use another name", path.display())))
        }
        std::io::ErrorKind::NotFound => {
            anyhow::Error::new(BadInput(format!("there is no folder {}; make it first", folder.display())))
        }
        _ => anyhow::Error::new(error).context(format!("cannot write {}", path.display())),
    })?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = super::terminal::out();
    writeln!(
        out,
        "wrote {}; edit it, then: introsim check {}",
        path.display(),
        crate::foreign::shell_path(&path)
    )?;
    Ok(ExitCode::SUCCESS)
}

/// A file as `extends` names it in a folder.
fn written(folder: &Path, file: &Path) -> anyhow::Result<String> {
    match library::name_in(file) {
        Some(name) => Ok(format!("{}{}", library::LIBRARY, name.trim_end_matches(".toml"))),
        None => relative(folder, file),
    }
}

/// The way from a folder to a file, with forward slashes, as `extends` takes it.
fn relative(folder: &Path, file: &Path) -> anyhow::Result<String> {
    let absolute = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().map_err(|error| BadInput(format!("cannot find {}: {error}", path.display())))
    };
    let (from, to) = (absolute(folder)?, absolute(file)?);
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let mut steps = vec!["..".to_owned(); from.components().count() - shared];
    for component in to.components().skip(shared) {
        match component {
            Component::Normal(name) => steps.push(name.to_string_lossy().into_owned()),
            // Another drive: only the whole path leads there.
            _ => return Ok(to.display().to_string()),
        }
    }
    Ok(steps.join("/"))
}

fn starter(name: &str, base: Option<&str>) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let extends = match base {
        Some(base) => format!("extends = {}", quoted(base)),
        None => {
            "# extends = \"library:contingency\"    # without it, what is not said has its default".to_owned()
        }
    };
    format!(
        r#"# What does this scenario ask? Say it here in plain words.

title = {title}
question = "What changes when one introducer in twenty sells introductions for a share of salary?"
{extends}

# A scenario changes institutions: who sells, what is paid and when, how much is screened, what is known.
# `introsim schema --base` prints every key with its meaning, unit, range and default.

[sellers]
entry = "free"                   # whoever expects to gain by it sells; "closed": those who open; "none"
share = "5%"                     # of introducers sell at the opening
# targeting = "best_fit"         # or "random", "stated_level"

[contract]
share_of_salary = "10%"          # of the first year's salary, due on a placement
# upfront = "$500"
# per_introduction = "$100"
# guarantee_weeks = "26 weeks"   # all that was paid comes back without a job by then

# [screening]
# stages = [{{ hours = "0.5h", accept_above = 0.2 }}, {{ hours = "4h", accept_above = "profit" }}]

# [disclosure]
# payment_known = false
"#,
        title = quoted(name),
    )
}
