//! However much is imported, it is bounded and told.

use super::{VERSION, checked_with};
use paas_core::diagnostic::Code;
use paas_tosca::{
    Checked, Limits, Options, Source, check,
    resolve::{Import, Refusal, Resolver},
};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// Makes a file for each name, from the number in it.
struct Making<F>(F, AtomicUsize);

impl<F> fmt::Debug for Making<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Making")
    }
}

impl<F: Fn(usize) -> String + Send + Sync> Resolver for Making<F> {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        self.1.fetch_add(1, Ordering::Relaxed);
        let number = import.file.trim_end_matches(".yaml").parse().map_err(|_| Refusal::not_found())?;
        Ok(Source::new(import.file, format!("{VERSION}{}", (self.0)(number))))
    }
}

fn made(files: impl Fn(usize) -> String + Send + Sync + 'static) -> (Checked, usize) {
    let making = Arc::new(Making(files, AtomicUsize::new(0)));
    let start = Instant::now();
    let checked =
        checked_with(&Source::new("shop.yaml", format!("{VERSION}imports: [ 0.yaml ]\n")), making.clone());
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    (checked, making.1.load(Ordering::Relaxed))
}

fn one(checked: &Checked) -> (Code, String, usize) {
    assert_eq!(checked.diagnostics.len(), 1, "{:?}", super::shown(checked));
    let found = checked.diagnostics.iter().next().expect("one");
    (found.code, found.message.clone(), found.labels.len())
}

#[test]
fn a_loop_of_ten_thousand_files_is_refused_early() {
    let (checked, asked) = made(|number| format!("imports: [ {}.yaml ]\n", (number + 1) % 10_000));
    let (code, message, labels) = one(&checked);
    assert_eq!((code, &*message), (Code::ImportLimit, "more than 32 files import each other in one line"));
    assert_eq!((asked, labels), (33, 33));
}

#[test]
fn ten_thousand_files_beside_each_other_are_refused_early() {
    let all: String = (1..10_000).map(|number| format!("{number}.yaml, ")).collect();
    let (checked, asked) =
        made(move |number| if number == 0 { format!("imports: [ {all} ]\n") } else { String::new() });
    assert_eq!(one(&checked).1, "more than 256 files are imported");
    assert!(asked < 300, "{asked}");
}

#[test]
fn a_loop_of_two_hundred_files_is_read_once_each() {
    // Each imports the next ones: very many ways, few files.
    let (checked, asked) = made(|number| {
        let next: String = (number + 1..(number + 12).min(30)).map(|next| format!("{next}.yaml, ")).collect();
        format!("imports: [ {next} ]\nnode_types: {{ n{number}: {{ derived_from: Root }} }}\n")
    });
    assert!(checked.diagnostics.is_empty(), "{:?}", super::shown(&checked));
    assert!(asked < 400, "{asked}");
}

#[test]
fn the_same_file_very_often_is_refused() {
    let often = "1.yaml, ".repeat(100_000);
    let (checked, asked) =
        made(move |number| if number == 0 { format!("imports: [ {often} ]\n") } else { String::new() });
    assert_eq!(one(&checked).1, "files are imported too often");
    assert!(asked < 5_000, "{asked}");
}

#[test]
fn many_ways_through_prefixes_cost_no_more_than_few() {
    // Each imports several of the next layer under one prefix: 4 ^ 16 ways.
    let (checked, _) = made(|number| {
        let layer = number.div_ceil(4);
        let next: String = (0..4)
            .map(|one| layer * 4 + 1 + one)
            .filter(|_| layer < 16)
            .map(|file| format!("{{ file: {file}.yaml, namespace_prefix: p }}, "))
            .collect();
        let names = "p:".repeat(16);
        format!("imports: [ {next} ]\nnode_types: {{ n{number}: {{ derived_from: '{names}x' }} }}\n")
    });
    assert!(checked.diagnostics.iter().all(|found| found.code == Code::UnknownType));
    assert!(checked.diagnostics.len() > 30);
}

#[test]
fn sizes_are_counted_over_all_files() {
    let text = |text: &str| {
        let mut options = Options::default();
        options.resolver = Arc::new(Making(
            |_| "node_types: { a.B: { derived_from: Root } }\n".to_owned(),
            AtomicUsize::new(0),
        ));
        let mut limits = Limits::default();
        limits.total_bytes = 250;
        limits.total_nodes = 40;
        options.limits = limits;
        let checked = check(&Source::new("shop.yaml", format!("{VERSION}{text}")), &options);
        let found: Vec<_> = checked.diagnostics.iter().map(|found| found.code).collect();
        found
    };
    assert_eq!(text("imports: [ 1.yaml ]"), []);
    assert_eq!(text("imports: [ 1.yaml, 2.yaml ]"), [Code::ImportLimit]);
    assert_eq!(text("dsl_definitions: { a: [ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 ] }\nimports: [ 1.yaml ]"), []);
    let many = "1,".repeat(24);
    assert_eq!(
        text(&format!("dsl_definitions: {{ a: [ {many} ] }}\nimports: [ 1.yaml ]")).last(),
        Some(&Code::TooManyNodes)
    );
}
