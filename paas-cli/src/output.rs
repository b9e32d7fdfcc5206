//! The only place that prints.

use crate::args::Color;
use paas_sdk::report::ReportStyle;
use std::{
    env,
    io::{self, ErrorKind, IsTerminal, Write},
};

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// What was asked for.
    Out,
    /// What is to be known about it.
    Err,
}

/// Both streams, and whether writing to one has failed.
#[derive(Debug)]
pub(crate) struct Output {
    color: Color,
    failed: bool,
}

impl Output {
    pub(crate) fn new(color: Color) -> Self {
        Self { color, failed: false }
    }

    /// Prints a text that ends its own lines.
    pub(crate) fn print(&mut self, stream: Stream, text: &str) {
        let written = match stream {
            Stream::Out => write(&mut io::stdout().lock(), text),
            Stream::Err => write(&mut io::stderr().lock(), text),
        };
        match written {
            Ok(()) => {}
            // Who reads has seen enough, as in `paas explain | head -1`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            Err(error) => {
                self.failed = true;
                // If this fails too, the exit code is all that is left to say it.
                let _ = writeln!(io::stderr().lock(), "error: the output cannot be written: {error}");
            }
        }
    }

    /// Whether something could not be printed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// How problems are drawn on a stream.
    pub(crate) fn style(&self, stream: Stream) -> ReportStyle {
        let mut style = ReportStyle::default();
        style.color = self.has_color(stream);
        if let Some(columns) = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()) {
            style.width = columns;
        }
        style
    }

    /// Whether what was printed can be printed over.
    pub(crate) fn can_redraw(&self) -> bool {
        io::stdout().is_terminal() && !is_dumb()
    }

    fn has_color(&self, stream: Stream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let is_terminal = match stream {
                    Stream::Out => io::stdout().is_terminal(),
                    Stream::Err => io::stderr().is_terminal(),
                };
                // https://no-color.org: set and not empty.
                let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                is_terminal && !no_color && !is_dumb()
            }
        }
    }
}

/// Whether the terminal takes no commands.
fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
