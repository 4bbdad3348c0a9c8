//! Portable: the same bytes whatever the processor's mathematics are.
//!
//! The C library chooses its `exp`, `ln` and the like by what the processor can do, and they differ in the last digit. A
//! run lives in a child process that is told of a plainer processor, and must leave the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;

/// What the C library is told: no AVX2, no fused multiply-add, by the names of older glibc and of newer (2.36 takes those without `_Usable`).
const PLAINER: &str = "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-FMA4_Usable,-AVX2,-FMA,-FMA4";

/// Every file of a run of two markets, by name, but the one that says when and where it was made.
fn lived(folder: &Path, tunables: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut command = cargo_bin_cmd!("introsim");
    command.args([
        "run",
        "scenarios/contingency-screened.toml",
        "scenarios/organic.toml",
        "--replications",
        "2",
    ]);
    for setting in
        ["workers.count=800", "decision_makers.count=80", "introducers.count=20", "introducers.ties=20"]
    {
        command.args(["--set", setting]);
    }
    command.args(["--set", "run.burn_in=60", "--set", "run.weeks=60", "--out"]).arg(folder);
    match tunables {
        Some(tunables) => command.env("GLIBC_TUNABLES", tunables),
        None => command.env_remove("GLIBC_TUNABLES"),
    };
    command.assert().success();
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let file = |entry: std::fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
    };
    entries
        .filter(|entry| entry.path().is_file() && entry.file_name() != "provenance.json")
        .map(file)
        .collect()
}

#[test]
fn a_run_leaves_the_same_bytes_on_a_processor_with_plainer_mathematics() {
    let place = tempfile::tempdir().unwrap();
    let (here, plainer) =
        (lived(&place.path().join("here"), None), lived(&place.path().join("plainer"), Some(PLAINER)));
    assert!(here.len() >= 4, "only {:?} was written", here.keys());
    let differing: Vec<&String> = here.keys().filter(|name| here[*name] != plainer[*name]).collect();
    assert_eq!(differing, Vec::<&String>::new());
    assert_eq!(here.keys().collect::<Vec<_>>(), plainer.keys().collect::<Vec<_>>());
}

/// What glibc's loader says of the processor's features in use; none where it says nothing.
#[cfg(all(target_arch = "x86_64", target_env = "gnu"))]
fn features(tunables: &str) -> Option<Vec<String>> {
    let mut loader = std::process::Command::new("/lib64/ld-linux-x86-64.so.2");
    let said = loader.arg("--list-diagnostics").env("GLIBC_TUNABLES", tunables).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?;
    let lines = text.lines().filter(|line| line.starts_with("x86.") && line.contains("active"));
    Some(lines.map(str::to_owned).collect()).filter(|lines: &Vec<String>| !lines.is_empty())
}

/// The words that hide what a processor can do are understood: they hide something if there is anything to hide.
#[cfg(all(target_arch = "x86_64", target_env = "gnu"))]
#[test]
fn the_c_library_does_what_the_test_above_tells_it() {
    let has_any = std::arch::is_x86_feature_detected!("fma") || std::arch::is_x86_feature_detected!("avx2");
    if let Some(plain) = features("") {
        assert_eq!(features(PLAINER).is_some_and(|plainer| plainer != plain), has_any, "{plain:?}");
    }
}
