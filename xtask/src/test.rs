//! `cargo xtask test`: everything that must hold, in three tiers.

use crate::{
    Result, bad_input, bench, bindings, dependencies, examples, fuzz, generate, keystone, peers,
    report::{Outcome, Report},
    shell::Shell,
    tools,
};
use std::thread;

/// Cases per property in the deep tier.
const DEEP_CASES: &str = "20000";

/// Cases per property otherwise: `cargo test` by itself tries more, and new ones each time, which adds up.
const USUAL_CASES: &str = "48";

/// The tests in which processes die: a step of their own, since they take a minute and tell what they did.
const CRASHES: &str = "crashing::";

/// How much is tested.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// For the minutes between two changes.
    Fast,
    /// What CI runs.
    Default,
    /// By hand, when there is time.
    Deep,
}

/// Runs a tier; tells whether all of it passed.
pub(crate) fn run(shell: &Shell, tier: Tier) -> Result<bool> {
    let mut report = Report::default();
    thread::scope(|scope| {
        // Fetched from a network while the compiler has the cores.
        let python = (tier > Tier::Fast).then(|| scope.spawn(|| peers::python(shell)));
        let tools = (tier > Tier::Fast).then(|| scope.spawn(|| bindings::set_up(shell)));
        let keystone = (tier > Tier::Fast).then(|| scope.spawn(|| keystone::python(shell)));
        let registries = (tier > Tier::Fast).then(|| scope.spawn(|| registries(shell)));

        report.step("format", || format(shell));
        report.step("licences and sources", || dependencies::check(shell));
        report.step("lints", || lints(shell));
        let registries = registries
            .map(|set_up| set_up.join().unwrap_or_else(|_| Err("the set-up of registries crashed".into())));
        report.step("tests", || tests(shell, tier, registries));
        for example in examples::all(shell)? {
            report.step(&format!("example {example}"), || examples::run(shell, &example));
        }
        report.step("generated pages", || generate::check(shell));
        if let (Some(python), Some(tools)) = (python, tools) {
            let tools =
                tools.join().unwrap_or_else(|_| Err("the set-up of the bindings' tools crashed".into()));
            bindings::steps(&mut report, shell, tools);
            report.step("crashes", || crashes(shell, tier));
            if let Some(keystone) = keystone {
                let python = keystone.join().unwrap_or_else(|_| Err("the set-up of Keystone crashed".into()));
                report.step("Keystone", || keystone::test(shell, python));
            }
            report.step("documentation", || documentation(shell));
            report.step("command", || command(shell));
            report.step("bad input", || bad_input::check(shell));
            // Built for it, the readers take minutes to compile; what it found before is in `cargo test`.
            if tier == Tier::Deep {
                report.step("fuzzing", || fuzz::run(shell, fuzz::DEEP_SECONDS));
            }
            let python = python.join().unwrap_or_else(|_| Err("the set-up of Python crashed".into()));
            peers::steps(&mut report, shell, python);
        }
        if tier == Tier::Deep {
            report.step("benches, one round", || bench::smoke(shell));
        }
        Ok(report.finish())
    })
}

/// Only the packages for Python and Node, for whoever works on them.
pub(crate) fn bindings(shell: &Shell) -> Result<bool> {
    let mut report = Report::default();
    bindings::steps(&mut report, shell, bindings::set_up(shell));
    Ok(report.finish())
}

fn format(shell: &Shell) -> Result<Outcome> {
    shell.run("format", &mut shell.cargo(&["fmt", "--all", "--", "--check"]))?;
    Ok(Outcome::Passed(String::new()))
}

fn lints(shell: &Shell) -> Result<Outcome> {
    let mut clippy = shell.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    shell.run("lints", &mut clippy)?;
    Ok(Outcome::Passed(String::new()))
}

/// The programs with which tests start registries and fill them.
fn registries(shell: &Shell) -> Result<()> {
    tools::REGISTRY.ensure(shell)?;
    tools::SKOPEO.ensure(shell)
}

/// `registries`: whether the programs are there that tests of real registries need; without it they are skipped.
fn tests(shell: &Shell, tier: Tier, registries: Option<Result<()>>) -> Result<Outcome> {
    let mut cargo = shell.cargo(&["test", "--workspace", "--no-fail-fast", "--", "--skip", CRASHES]);
    if let Some(set_up) = registries {
        set_up?;
        cargo.env("PAAS_DOCKER_REGISTRY", "docker-registry").env("PAAS_SKOPEO", "skopeo");
    }
    if tier == Tier::Deep {
        // The size of a layer that is copied, in MiB.
        cargo.env("PAAS_LARGE_LAYER", "1024");
    }
    cargo.env("PROPTEST_CASES", if tier == Tier::Deep { DEEP_CASES } else { USUAL_CASES });
    let counts = Counts::of(&shell.run("tests", &mut cargo)?);
    if counts.passed == 0 {
        return Err("no test was run".into());
    }
    if counts.ignored > 0 {
        return Err(format!("{} tests are ignored; a test runs or is not there", counts.ignored).into());
    }
    Ok(Outcome::Passed(format!("{} tests", counts.passed)))
}

/// Processes that die at every point; how many points there were is told. All of the workspace is asked for, though only
/// one crate has such tests: else cargo would build it anew with fewer features.
fn crashes(shell: &Shell, tier: Tier) -> Result<Outcome> {
    let mut cargo = shell.cargo(&["test", "--workspace", "--test", "main", "--", "--nocapture", CRASHES]);
    if tier == Tier::Deep {
        cargo.env("PROPTEST_CASES", DEEP_CASES);
    }
    let output = shell.run("crashes", &mut cargo)?;
    let told: Vec<&str> = output.lines().filter(|line| line.contains("points")).map(str::trim).collect();
    if Counts::of(&output).passed == 0 || told.is_empty() {
        return Err("no process died".into());
    }
    Ok(Outcome::Passed(told.join("; ")))
}

fn documentation(shell: &Shell) -> Result<Outcome> {
    let mut cargo = shell.cargo(&["doc", "--workspace", "--no-deps"]);
    shell.run("documentation", cargo.env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Outcome::Passed(String::new()))
}

fn command(shell: &Shell) -> Result<Outcome> {
    // All of the workspace, as the tests: one package alone has fewer features, and would be built anew.
    shell.run("command", &mut shell.cargo(&["build", "--workspace", "--bins", "--examples"]))?;
    Ok(Outcome::Passed(String::new()))
}

/// What the test programs counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    ignored: usize,
}

impl Counts {
    /// Adds up the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn of(output: &str) -> Self {
        let mut counts = Self::default();
        for line in output.lines() {
            let Some((_, result)) =
                line.split_once("test result: ").and_then(|(_, rest)| rest.split_once(". "))
            else {
                continue;
            };
            for item in result.split("; ") {
                match item.split_once(' ') {
                    Some((number, "passed")) => counts.passed += number.parse().unwrap_or(0),
                    Some((number, "ignored")) => counts.ignored += number.parse().unwrap_or(0),
                    _ => {}
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn results_of_all_programs_are_added_up() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test a::test_result ... ok\n\
            test result: ok. 14 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 1.20s\n";
        assert_eq!(Counts::of(output), Counts { passed: 17, ignored: 1 });
        assert_eq!(Counts::of("test result: none"), Counts::default());
    }
}
