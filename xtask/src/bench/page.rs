//! BENCHMARKS.md: one section for each chore that measures; the others stay as they are.

use super::figures::{Figures, LEAST_TIMES_FASTER, LIMITED_CASE, MOST_HEAP_PER_BYTE, MOST_TIMES_EVENTS};
use std::fmt::Write as _;

/// The page before anything was measured.
pub(super) const EMPTY: &str = "\
# Benchmarks

Each section is written by the chore that it names, on the machine that it names. Figures of two machines do not compare; ratios inside one
table do.
";

const BEGIN: &str = "<!-- begin: cargo xtask bench translate -->\n";
const END: &str = "<!-- end: cargo xtask bench translate -->\n";

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
         process, in rounds that take turns with ours (medians). *tosca-parser*: {peer} on CPython, the same files, in the same \
         run, minimum (median) of warm calls; it checks, and neither plans nor renders. *Peak heap*: what a counting \
         allocator saw at most beyond the text itself, a block that grows counted twice while it is copied.\n\n\
         | template | KB | work | events, ms | ours, ms | ours / events | tosca-parser, ms | times faster | peak heap / text |\n\
         | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for figures in all {
        let _ = writeln!(
            text,
            "| {} | {:.1} | {} | {} | {} | {:.2} | {} ({}) | {:.0} | {:.1} |",
            figures.case,
            figures.bytes / 1000.0,
            figures.work,
            milliseconds(figures.events_ms),
            milliseconds(figures.ours_ms),
            figures.times_events(),
            milliseconds(figures.peer_minimum_ms),
            milliseconds(figures.peer_median_ms),
            figures.times_faster(),
            figures.heap_per_byte(),
        );
    }
    let _ = writeln!(
        text,
        "\nLimits for {LIMITED_CASE}, held by `cargo xtask bench translate --check`: at most {MOST_TIMES_EVENTS} times the \
         events, at least {LEAST_TIMES_FASTER} times faster than tosca-parser, at most {MOST_HEAP_PER_BYTE} times the text."
    );
    text
}

/// A page with this chore's section replaced, or added at the end.
pub(super) fn with_section(page: &str, section: &str) -> String {
    let marked = format!("{BEGIN}{section}{END}");
    let old = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
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
        let first = with_section(EMPTY, "first\n");
        assert!(first.starts_with(EMPTY.trim_end()) && first.contains("first\n"));
        let both = format!("{first}\n## By hand\n");
        let second = with_section(&both, "second\n");
        assert_eq!(second, both.replace("first\n", "second\n"));
    }

    #[test]
    fn times_show_three_digits() {
        assert_eq!(milliseconds(0.123_4), "0.123");
        assert_eq!(milliseconds(1.234), "1.23");
        assert_eq!(milliseconds(12.34), "12.3");
        assert_eq!(milliseconds(2889.4), "2889");
    }
}
