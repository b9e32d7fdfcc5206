//! Running other programs from the project's root.

use crate::{Result, files};
use cargo_metadata::MetadataCommand;
use std::{
    env,
    ffi::OsStr,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What Cargo tells about the package that it runs. It means the chores, not what they start, and build scripts that
/// look at it would run again and again.
const CARGO_TELLS: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];

/// So many lines of a failed program's output are shown; its log has them all.
const SHOWN_LINES: usize = 300;

/// Where the project is.
pub(crate) struct Shell {
    /// The project's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Shell {
    /// Finds the project from where this program was built.
    pub(crate) fn new() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the chores lie in no project")?;
        let metadata = MetadataCommand::new().current_dir(root).no_deps().exec()?;
        Ok(Self { root: root.to_owned(), target: metadata.target_directory.into_std_path_buf() })
    }

    /// A folder for what the chores make.
    pub(crate) fn workshop(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The data of real systems that lies beside a work tree; not every clone has it.
    pub(crate) fn shared_data(&self) -> Option<PathBuf> {
        let folder = self.root.parent()?.join("shared").join("data");
        folder.is_dir().then_some(folder)
    }

    /// A program that starts in the root and gets no input.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if CARGO_TELLS.iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(&*name);
            }
        }
        command
    }

    /// Cargo, with these arguments.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments);
        command
    }

    /// Runs a program to its end and gives all that it said; its log is `NAME.log`.
    ///
    /// # Errors
    /// With the end of its output when it did not exit with 0.
    pub(crate) fn run(&self, name: &str, command: &mut Command) -> Result<String> {
        let path = self.workshop().join(format!("{name}.log"));
        files::make_folder(&self.workshop())?;
        let log = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let status = command
            .stdout(log.try_clone()?)
            .stderr(log)
            .status()
            .map_err(|error| format!("could not start {}: {error}", shown(command)))?;
        let output = String::from_utf8_lossy(&files::read_bytes(&path)?).into_owned();
        if status.success() {
            return Ok(output);
        }
        Err(format!("{}\n{} ended with {status}", tail(&output, &path), shown(command)).into())
    }

    /// Runs a program to its end and gives what it wrote to standard output.
    ///
    /// # Errors
    /// With all that it said when it did not exit with 0.
    pub(crate) fn read(&self, command: &mut Command) -> Result<String> {
        let output = command
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("could not start {}: {error}", shown(command)))?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(stdout);
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        Err(format!("{stdout}{stderr}\n{} ended with {}", shown(command), output.status).into())
    }
}

/// A command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    format!("`{}`", words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" "))
}

fn tail(output: &str, log: &Path) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let hidden = lines.len().saturating_sub(SHOWN_LINES);
    let end = lines.iter().skip(hidden).copied().collect::<Vec<_>>().join("\n");
    if hidden == 0 { end } else { format!("({hidden} lines before these are in {})\n{end}", log.display()) }
}
