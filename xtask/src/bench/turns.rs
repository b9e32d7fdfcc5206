//! Measurements that take turns, so that a machine that gets slower or faster does so for all.

use super::figures::{Times, median};
use crate::{
    Result,
    shell::{Shell, shown},
};
use serde::Deserialize;
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

/// What others measured, each with ours before and after it.
#[derive(Debug)]
pub(super) struct Turns<T> {
    pub(super) ours: Vec<Times>,
    pub(super) others: Vec<T>,
}

impl<T> Turns<T> {
    /// Gives the other so many turns.
    pub(super) fn take(
        count: usize,
        mut ours: impl FnMut() -> Result<Times>,
        mut other: impl FnMut() -> Result<T>,
    ) -> Result<Self> {
        let mut turns = Self { ours: vec![ours()?], others: Vec::with_capacity(count) };
        for _ in 0..count {
            turns.others.push(other()?);
            turns.ours.push(ours()?);
        }
        Ok(turns)
    }

    /// A time of the other in times of ours around it: the median of all turns.
    pub(super) fn times_ours(&self, time: fn(&T) -> f64) -> f64 {
        let around = self.ours.windows(2).map(|around| {
            let sum: f64 = around.iter().map(|ours| ours.ours_ms).sum();
            sum / 2.0
        });
        median(self.others.iter().zip(around).map(|(other, ours)| time(other) / ours).collect())
    }
}

/// `time_tosca_parser.py` with a template: it waits for its turns.
pub(super) struct Peer {
    name: String,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What it says of a turn.
#[derive(Debug, Deserialize)]
struct Turn {
    median_ms: f64,
}

impl Peer {
    pub(super) fn start(shell: &Shell, python: &Path, template: &Path) -> Result<Self> {
        let mut command = shell.command(python);
        command.arg("testdata/peers/time_tosca_parser.py").arg(template);
        let name = shown(&command);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("could not start {name}: {error}"))?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (input, output) = pipes.ok_or_else(|| format!("{name} has no input and output"))?;
        Ok(Self { name, process, input, output: BufReader::new(output) })
    }

    /// Its time in this turn, in milliseconds.
    pub(super) fn turn(&mut self) -> Result<f64> {
        let mut told = String::new();
        // What it has against the template it says itself.
        let is_there = writeln!(self.input).and_then(|()| self.output.read_line(&mut told));
        if !is_there.is_ok_and(|bytes| bytes > 0) {
            return Err(format!("{} ended with {}", self.name, self.process.wait()?).into());
        }
        Ok(serde_json::from_str::<Turn>(&told)?.median_ms)
    }

    /// Lets it end.
    pub(super) fn end(self) -> Result<()> {
        let Self { name, mut process, input, .. } = self;
        drop(input);
        let status = process.wait()?;
        if status.success() { Ok(()) } else { Err(format!("{name} ended with {status}").into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_held_against_ours_around_it() {
        // The machine was half as fast in the second half.
        let mut ours = [10.0, 10.0, 20.0, 20.0].into_iter();
        let mut others = [500.0, 750.0, 1000.0].into_iter();
        let turns = Turns::take(
            3,
            || Ok(Times::of_ours(ours.next().ok_or("no more turns")?)),
            || Ok(others.next().ok_or("no more turns")?),
        );
        let turns = turns.unwrap();
        assert_eq!((turns.ours.len(), turns.others.len()), (4, 3));
        assert!((turns.times_ours(|time| *time) - 50.0).abs() < 1e-9);
    }
}
