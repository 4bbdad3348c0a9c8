//! Work that needs more memory than there is: refused with the figure, before a folder is made or a plan laid out.

use super::Place;

#[test]
fn a_market_larger_than_the_machine_is_refused_with_what_it_needs() {
    let place = Place::new();
    // 10⁶ introducers with 10⁶ ties each: at 100 bytes a tie and more, above 90 TiB for one world.
    let sizes = ["decision_makers.count=1000000", "introducers.count=1000000", "introducers.ties=1000000"];
    let settings: Vec<&str> = sizes.iter().flat_map(|setting| ["--set", setting]).collect();
    for command in ["run", "facts", "trace"] {
        let mut words = vec![command, "small.toml"];
        words.extend(if command == "trace" { ["--worker", "1"] } else { ["--out", "out"] });
        words.extend(&settings);
        place.run(&words).expect(2, &["this needs about ", " TiB of memory", "can be had here", "--memory"]);
    }
    assert!(!place.path("out").exists());
    let mut check = vec!["check", "small.toml"];
    check.extend(&settings);
    place.run(&check).expect(0, &["note: this needs about "]);
}

/// 100 cells of 10⁶ replications each are 10⁸ points: their plan alone takes more than any machine that runs this test
/// is asked for here.
#[test]
fn a_plan_larger_than_the_machine_is_refused_before_it_is_laid_out() {
    let place = Place::new();
    let values = |low: u32| (low..low + 10).map(|i| format!("\"{i}%\"")).collect::<Vec<_>>().join(", ");
    let sweep = super::SWEEP.replace("replications = 1", "replications = 1000000").replace(
        "values = [\"5%\", \"10%\"]",
        &format!("values = [{}]\n[[knobs]]\npath = \"sellers.share\"\nvalues = [{}]", values(1), values(20)),
    );
    place.write("sweep.toml", sweep);
    place
        .run(&["sweep", "sweep.toml", "--memory", "16GiB"])
        .expect(2, &["this needs about ", "16 GiB can be had here"]);
    place.write(
        "method.toml",
        "title = \"x\"\nscenario = \"small.toml\"\nmethod = \"morris\"\ntrajectories = 100000
replications = 1000000\n[[knobs]]\npath = \"contract.share_of_salary\"\nrange = [\"1%\", \"9%\"]\n",
    );
    place.run(&["sensitivity", "method.toml", "--memory", "16GiB"]).expect(2, &["this needs about "]);
    place.write("study.toml", "title = \"x\"\n[map]\nfile = \"sweep.toml\"\n");
    place.run(&["study", "study.toml", "--memory", "16GiB"]).expect(2, &["this needs about "]);
    assert!(!place.path("output").exists());
}

#[test]
fn what_is_said_of_the_memory_holds_and_what_fits_runs() {
    let place = Place::new();
    place
        .run(&["run", "small.toml", "-q", "--out", "out", "--memory", "1MiB"])
        .expect(2, &["1 MiB can be had here"]);
    assert!(!place.path("out").exists());
    place.run(&["run", "small.toml", "-q", "--out", "out", "--memory", "1GiB"]).expect(0, &[]);
    place
        .run(&["run", "small.toml", "--memory", "much"])
        .expect(2, &["takes an amount of memory, such as 8GiB"]);
}
