//! Templates made to cost much: each ends soon, with few enough words, on a small stack.
//!
//! Times are of the processor, not of the clock, so that a busy machine does not matter. The tests' threads have 2 MB of
//! stack.

mod choices;
mod functions;
mod lookups;
mod names;
mod passed_on;
mod plans;
mod text;
mod types;
mod values;

use crate::templates::whole;
use paas_core::{
    diagnostic::{Code, Diagnostics},
    release::{Release, Target},
};
use paas_tosca::{Options, Source, translate};
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// Many times what the slowest case takes without optimization, so that a slow machine passes; what grows with the square
/// of these sizes, or faster, takes longer.
const LONGEST: Duration = Duration::from_secs(20);
/// Bytes that all messages together may have: 10,000 of them are told at most.
const MOST_WORDS: usize = 16 << 20;

fn used() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

fn within<T>(work: impl FnOnce() -> T) -> T {
    no_longer_than(LONGEST, work)
}

/// For templates of some hundred kilobytes that the square of their size would make slow, but not as slow as to tell by the
/// limit for all: they take a few times less than this.
fn soon<T>(work: impl FnOnce() -> T) -> T {
    no_longer_than(Duration::from_secs(5), work)
}

fn no_longer_than<T>(longest: Duration, work: impl FnOnce() -> T) -> T {
    let before = used();
    let result = work();
    let took = used() - before;
    assert!(took < longest, "it took {took:?}");
    result
}

fn assert_short(diagnostics: &Diagnostics) {
    let words = |help: &Option<String>| help.as_ref().map_or(0, String::len);
    let labels = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let length: usize = diagnostics
        .iter()
        .map(|it| {
            it.message.len()
                + words(&it.help)
                + it.labels.iter().map(|label| labels(&label.text)).sum::<usize>()
        })
        .sum();
    assert!(length < MOST_WORDS, "{length} bytes of messages");
    assert!(diagnostics.len() <= 30_000, "{} diagnostics", diagnostics.len());
}

/// Translates a template that is refused with these codes. (Checking it is the same way.)
#[track_caller]
fn refused(text: &str, codes: &[Code]) {
    let source = Source::new("t.yaml", text);
    let translation = within(|| translate(&source, &Options::default(), &Target::default()));
    assert_short(&translation.diagnostics);
    assert!(translation.release.is_none());
    for code in codes {
        let found = translation.diagnostics.iter().any(|it| it.code == *code);
        assert!(found, "no {code:?}: {}", shortened(&translation.diagnostics));
    }
}

/// Translates a template that is right.
#[track_caller]
fn taken(text: &str) -> Release {
    let source = Source::new("t.yaml", text);
    let translation = within(|| translate(&source, &Options::default(), &Target::default()));
    translation.release.unwrap_or_else(|| panic!("{}", shortened(&translation.diagnostics)))
}

fn shortened(diagnostics: &Diagnostics) -> String {
    let few: Diagnostics = diagnostics.iter().take(5).cloned().collect();
    let text = whole(&few);
    text.chars().take(2_000).collect()
}

/// A template of these lines below `topology_template`, after these of the whole.
fn template(sections: &str, topology: &str) -> String {
    format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{sections}\ntopology_template:\n{topology}")
}

/// The same line for each number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        text.push_str(&line(number));
        text.push('\n');
    }
    text
}

/// A node type of one property.
const THING: &str = "node_types: { Thing: { properties: { p: { type: string, required: false } } } }\n";
