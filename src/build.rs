//! Build script: tells the program from which commit it was built, where git knows, and makes the library part of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    library();
    let git = |words: &[&str]| {
        let output = Command::new("git").args(words).output().ok().filter(|o| o.status.success())?;
        String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
    };
    // Where git keeps them, which in a second work tree is not `.git`: a path that is not there would build all again always.
    for file in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", file]).filter(|path| Path::new(path).exists()) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    if let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]).filter(|commit| !commit.is_empty()) {
        let changed =
            git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|text| !text.is_empty());
        println!("cargo:rustc-env=INTROSIM_COMMIT={commit}{}", if changed { "+changes" } else { "" });
    }
}

/// Writes the list of the files of `scenarios`, their names in order and their texts.
fn library() {
    println!("cargo:rerun-if-changed=scenarios");
    let root =
        PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where")).join("scenarios");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder of scenarios can be read") {
            let path = entry.expect("the folder of scenarios can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name =
                    path.strip_prefix(&root).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((name, path));
            }
        }
    }
    files.sort();
    let mut text = String::from("const FILES: &[(&str, &str)] = &[\n");
    for (name, path) in files {
        writeln!(text, "    ({name:?}, include_str!({path:?})),").expect("a text takes all");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where")).join("library.rs");
    std::fs::write(out, text + "];\n").expect("the list can be written");
}
