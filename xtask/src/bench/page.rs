//! BENCHMARKS.md: one section for each chore that measures; the others stay as they are.

use super::{
    TURNS,
    figures::{
        Against, Figures, LARGER_CASE, LEAST_TIMES_FASTER, LIMITED_CASE, MOST_GROWTH, MOST_HEAP_PER_BYTE,
        MOST_TIMES_EVENTS,
    },
};
use crate::{Result, files, shell::Shell};
use std::fmt::Write as _;

/// The page before anything was measured.
const EMPTY: &str = "\
# Benchmarks

Each section is written by the chore that it names, on the machine that it names. Figures of two machines do not compare; ratios inside one
table do.
";

/// Where the page is.
const PATH: &str = "BENCHMARKS.md";

/// Writes a chore's section to the page, and shows it.
pub(super) fn write(shell: &Shell, chore: &str, section: &str) -> Result<()> {
    let path = shell.root.join(PATH);
    let page = if path.exists() { files::read(&path)? } else { EMPTY.to_owned() };
    files::write(&path, with_section(&page, chore, section))?;
    println!("\n{section}\nwritten to {PATH}");
    Ok(())
}

/// What the figures depend on.
pub(super) struct Setting {
    /// Processor, cores, system.
    pub(super) machine: String,
    /// The Rust compiler's version.
    pub(super) compiler: String,
    /// The day.
    pub(super) date: String,
    /// tosca-parser's version.
    pub(super) peer: String,
}

/// The section of this chore.
pub(super) fn section(all: &[Figures], setting: &Setting) -> String {
    let Setting { machine, compiler, date, peer } = setting;
    let mut text = format!(
        "## From template to files\n\n\
         `cargo xtask bench translate` · {date} · {machine} · {compiler}\n\n\
         Processor time of one warm call, on one core. *Events*: saphyr-parser's bare events of the same text, in the same \
         process, each round beside one of ours. *tosca-parser*: {peer} on CPython, the same files; it checks, and neither \
         plans nor renders. It has {TURNS} turns with each template, and ours one before and after each; a ratio is that of a \
         turn to ours around it, and all figures are medians of the turns. {LARGER_CASE} has such turns with {LIMITED_CASE}. \
         *Peak heap*: what a counting allocator saw at most beyond the text itself, a block that grows counted twice while \
         it is copied.\n\n\
         | template | KB | work | events, ms | ours, ms | ours / events | tosca-parser, ms | times faster | peak heap / text |\n\
         | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for figures in all {
        let peer = match figures.against {
            Against::Peer { ms, times_faster } => format!("{} | {times_faster:.0}", milliseconds(ms)),
            Against::Tenth { .. } => "– | –".to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} | {:.1} | {} | {} | {} | {:.2} | {peer} | {:.1} |",
            figures.case,
            figures.bytes / 1000.0,
            figures.work,
            milliseconds(figures.events_ms),
            milliseconds(figures.ours_ms),
            figures.times_events,
            figures.heap_per_byte(),
        );
    }
    for figures in all {
        if let Against::Tenth { growth } = figures.against {
            let name = &figures.case;
            let _ = writeln!(text, "\n{name} takes {growth:.1} times as long as {LIMITED_CASE}.");
        }
    }
    let _ = writeln!(
        text,
        "\nLimits for {LIMITED_CASE}, held by `cargo xtask bench translate --check`: at most {MOST_TIMES_EVENTS} times the \
         events, at least {LEAST_TIMES_FASTER} times faster than tosca-parser, at most {MOST_HEAP_PER_BYTE} times the text. \
         {LARGER_CASE}: at most {MOST_GROWTH} times the time of {LIMITED_CASE}."
    );
    text
}

/// A page with a chore's section replaced, or added at the end.
fn with_section(page: &str, chore: &str, section: &str) -> String {
    let begin = format!("<!-- begin: cargo xtask bench {chore} -->\n");
    let end = format!("<!-- end: cargo xtask bench {chore} -->\n");
    let marked = format!("{begin}{section}{end}");
    let old = page.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match old {
        Some((before, after)) => format!("{before}{marked}{after}"),
        None => format!("{}\n\n{marked}", page.trim_end()),
    }
}

/// Three digits that count.
fn milliseconds(time: f64) -> String {
    let digits = match time {
        t if t < 1.0 => 3,
        t if t < 10.0 => 2,
        t if t < 100.0 => 1,
        _ => 0,
    };
    format!("{time:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::{EMPTY, milliseconds, with_section};

    #[test]
    fn a_section_is_replaced_and_others_stay() {
        let first = with_section(EMPTY, "translate", "first\n");
        assert!(first.starts_with(EMPTY.trim_end()) && first.contains("first\n"));
        let both = format!("{first}\n## By hand\n");
        let second = with_section(&both, "translate", "second\n");
        assert_eq!(second, both.replace("first\n", "second\n"));
        let another = with_section(&second, "bindings", "third\n");
        assert!(another.contains("second\n") && another.contains("third\n"));
    }

    #[test]
    fn times_show_three_digits() {
        assert_eq!(milliseconds(0.123_4), "0.123");
        assert_eq!(milliseconds(1.234), "1.23");
        assert_eq!(milliseconds(12.34), "12.3");
        assert_eq!(milliseconds(2889.4), "2889");
    }
}
