//! Steps: what is done one after the other, and the table of how it went.

use crate::Result;
use std::time::{Duration, Instant};

/// How a step ended that found nothing wrong.
pub(crate) enum Outcome {
    /// It was done; with something to say about it.
    Passed(String),
    /// It could not be done here; why.
    Skipped(String),
}

/// Steps and how they went.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    verdict: Verdict,
    note: String,
    time: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Skipped,
}

impl Report {
    /// Does a step under a heading. A failure is shown in full and does not keep later steps from being done.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) {
        println!("── {name}");
        let start = Instant::now();
        let result = work();
        let time = start.elapsed();
        let (verdict, note) = match result {
            Ok(Outcome::Passed(note)) => (Verdict::Passed, note),
            Ok(Outcome::Skipped(reason)) => (Verdict::Skipped, reason),
            Err(error) => {
                println!("{error}");
                (Verdict::Failed, String::new())
            }
        };
        let row = Row { name: name.to_owned(), verdict, note, time };
        println!("   {}", row.said().trim_end());
        self.rows.push(row);
    }

    /// Prints the table and tells whether no step failed.
    pub(crate) fn finish(self) -> bool {
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        println!("\n══ steps");
        for row in &self.rows {
            println!("   {:width$}  {}", row.name, row.said().trim_end());
        }
        let count = |verdict| self.rows.iter().filter(|row| row.verdict == verdict).count();
        let (passed, failed, skipped) =
            (count(Verdict::Passed), count(Verdict::Failed), count(Verdict::Skipped));
        let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
        println!("\n{passed} passed, {failed} failed{skipped}");
        failed == 0
    }
}

impl Row {
    fn said(&self) -> String {
        let word = match self.verdict {
            Verdict::Passed => "passed",
            Verdict::Failed => "FAILED",
            Verdict::Skipped => "skipped",
        };
        format!("{word:7} {:7.1} s  {}", self.time.as_secs_f64(), self.note)
    }
}
