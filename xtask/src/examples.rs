//! The examples: each is run, so that what people copy works.

use crate::{Result, report::Outcome, shell::Shell};
use cargo_metadata::{MetadataCommand, TargetKind};

/// The names of all examples in the workspace, sorted.
pub(crate) fn all(shell: &Shell) -> Result<Vec<String>> {
    let metadata = MetadataCommand::new().current_dir(&shell.root).no_deps().exec()?;
    let targets = metadata.packages.iter().flat_map(|package| &package.targets);
    let mut names: Vec<String> = targets
        .filter(|target| target.kind.contains(&TargetKind::Example))
        .map(|target| target.name.clone())
        .collect();
    names.sort();
    Ok(names)
}

/// Runs an example. All of the workspace is asked for, as the tests do: else cargo would build it anew with fewer features.
pub(crate) fn run(shell: &Shell, name: &str) -> Result<Outcome> {
    shell.run("examples", &mut shell.cargo(&["build", "--workspace", "--bins", "--examples"]))?;
    let program = shell.target.join("debug").join("examples").join(name);
    let output = shell.run(&format!("example-{name}"), &mut shell.command(program))?;
    if output.trim().is_empty() {
        return Err(format!("the example `{name}` shows nothing").into());
    }
    Ok(Outcome::Passed(format!("{} lines", output.lines().count())))
}
