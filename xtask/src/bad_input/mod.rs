//! Bad input: whatever `paas check` is given, it answers, soon, and within little memory.
//!
//! Every file of the data beside the work tree and every nasty input of [`nasty`] goes through a process of its own.
//! The program is the debug build: it is slower than what people run, and it panics where that one would overflow.

mod measure;
mod nasty;

use crate::{Result, files, report::Outcome, shell::Shell};
use measure::Run;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// Processor time that one check may take. Not time on the clock: others use the machine too.
const MOST_TIME: Duration = Duration::from_millis(500);

/// Memory that one check may take.
const MOST_MEMORY: u64 = 64 << 20;

/// So many lines about faults are shown: the first tell enough.
const SHOWN_FAULTS: usize = 100;

/// Checks every input; fails with a line for each fault.
pub(crate) fn check(shell: &Shell) -> Result<Outcome> {
    let paas = shell.target.join("debug").join("paas");
    let workshop = shell.workshop().join("bad-input");
    files::fresh_folder(&workshop)?;
    let mut tally = Tally::default();
    for input in nasty::write_all(&workshop)? {
        let run = measure::run(&paas, &input.path, &workshop)?;
        tally.add(&input.name, &run, Some(1));
    }
    let nasty = tally.count;
    let data = shell.shared_data().map(|data| data.join("tosca"));
    for path in data.as_deref().map_or(Ok(Vec::new()), files::all_below)? {
        let run = measure::run(&paas, &path, &workshop)?;
        tally.add(&name_below(&path, data.as_deref()), &run, None);
    }
    tally.finish(nasty)
}

fn name_below(path: &Path, folder: Option<&Path>) -> String {
    let short: Option<PathBuf> = folder.and_then(|folder| path.strip_prefix(folder).ok()).map(Path::to_owned);
    short.as_deref().unwrap_or(path).display().to_string()
}

/// What the runs showed so far.
#[derive(Default)]
struct Tally {
    count: usize,
    clean: usize,
    faults: Vec<String>,
    slowest: (Duration, String),
    largest: (u64, String),
}

impl Tally {
    /// Counts a run. `code`: the one exit code that is right, where only one is.
    fn add(&mut self, name: &str, run: &Run, code: Option<i32>) {
        self.count += 1;
        self.clean += usize::from(run.code == Some(0));
        self.faults.extend(faults(run, code).into_iter().map(|fault| format!("{name}: {fault}")));
        if run.time > self.slowest.0 {
            self.slowest = (run.time, name.to_owned());
        }
        if run.memory > self.largest.0 {
            self.largest = (run.memory, name.to_owned());
        }
    }

    fn finish(self, nasty: usize) -> Result<Outcome> {
        if !self.faults.is_empty() {
            let hidden = match self.faults.len().saturating_sub(SHOWN_FAULTS) {
                0 => String::new(),
                more => format!("\nand {more} lines more"),
            };
            let shown: Vec<String> = self.faults.into_iter().take(SHOWN_FAULTS).collect();
            return Err(format!("{}{hidden}", shown.join("\n")).into());
        }
        let data = match self.count - nasty {
            0 => "no data beside the work tree".to_owned(),
            files => format!("{files} files of other tools ({} without an error)", self.clean),
        };
        Ok(Outcome::Passed(format!(
            "{nasty} nasty inputs, {data}; slowest {:.2} s ({}), largest {:.0} MB ({})",
            self.slowest.0.as_secs_f64(),
            self.slowest.1,
            megabytes(self.largest.0),
            self.largest.1
        )))
    }
}

fn faults(run: &Run, code: Option<i32>) -> Vec<String> {
    let mut faults = Vec::new();
    match (run.code, code) {
        (None, _) => faults.push(format!("was ended by a {}", run.status)),
        (Some(given), Some(right)) if given != right => {
            faults.push(format!("exited with {given}, not {right}"));
        }
        (Some(0 | 1), _) => {}
        (Some(given), _) => faults.push(format!("exited with {given}, which is neither 0 nor 1")),
    }
    if run.output.contains("panicked at") {
        faults.push("panicked".to_owned());
    }
    if run.code == Some(1) && run.output.trim().is_empty() {
        faults.push("exited with 1 and said nothing".to_owned());
    }
    if run.time > MOST_TIME {
        faults.push(format!("took {:.2} s, more than {} s", run.time.as_secs_f64(), MOST_TIME.as_secs_f64()));
    }
    if run.memory > MOST_MEMORY {
        faults.push(format!(
            "took {:.0} MB, more than {:.0} MB",
            megabytes(run.memory),
            megabytes(MOST_MEMORY)
        ));
    }
    if !faults.is_empty() {
        faults.extend(run.output.lines().take(3).map(|line| format!("    {line}")));
    }
    faults
}

#[expect(clippy::cast_precision_loss, reason = "shown with no digit behind the point")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::{Run, faults};
    use std::time::Duration;

    fn run(code: Option<i32>, output: &str) -> Run {
        Run {
            code,
            status: "signal: 6".into(),
            output: output.into(),
            time: Duration::from_millis(20),
            memory: 9 << 20,
        }
    }

    #[test]
    fn an_answer_in_time_is_no_fault() {
        assert!(faults(&run(Some(0), ""), None).is_empty());
        assert!(faults(&run(Some(1), "error"), None).is_empty());
        assert!(faults(&run(Some(1), "error"), Some(1)).is_empty());
    }

    #[test]
    fn everything_else_is() {
        assert_eq!(faults(&run(None, ""), None), ["was ended by a signal: 6"]);
        assert_eq!(faults(&run(Some(101), ""), None), ["exited with 101, which is neither 0 nor 1"]);
        assert_eq!(faults(&run(Some(0), ""), Some(1)), ["exited with 0, not 1"]);
        assert_eq!(faults(&run(Some(1), ""), None), ["exited with 1 and said nothing"]);
        let slow = Run { time: Duration::from_millis(501), ..run(Some(0), "") };
        assert_eq!(faults(&slow, None), ["took 0.50 s, more than 0.5 s"]);
        let large = Run { memory: 65 << 20, ..run(Some(0), "") };
        assert_eq!(faults(&large, None), ["took 65 MB, more than 64 MB"]);
    }
}
