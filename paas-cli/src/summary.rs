//! What a translation gave, in a few lines.

use paas_sdk::{Release, files::Written, report::printable};
use std::fmt::Write as _;

/// The stages as a table, and what was written.
pub(crate) fn of(release: &Release, written: &Written) -> String {
    let mut text = String::new();
    let counts = [
        count(release.parts.len(), "network"),
        count(release.parts.iter().map(|part| part.services.len()).sum(), "service"),
        count(release.stages.len(), "stage"),
    ];
    let _ = writeln!(text, "{}: {}\n", printable(&release.application), counts.join(", "));
    add_stages(&mut text, release);
    add_files(&mut text, written);
    text
}

fn add_stages(text: &mut String, release: &Release) {
    let mut rows = vec![["stage".to_owned(), "network".to_owned(), "services".to_owned()]];
    for stage in &release.stages {
        let mut number = stage.number.to_string();
        for part in &release.parts {
            let network = &part.network.name;
            let here = stage.activations.iter().filter(|activation| activation.network == *network);
            let services: Vec<_> = here.map(|activation| activation.service.as_str()).collect();
            if !services.is_empty() {
                let services = printable(&services.join(", ")).into_owned();
                rows.push([std::mem::take(&mut number), printable(network).into_owned(), services]);
            }
        }
    }
    let width = rows.iter().map(|[_, network, _]| network.chars().count()).max().unwrap_or_default();
    for [stage, network, services] in rows {
        let _ = writeln!(text, "  {stage:<5}  {network:<width$}  {services}");
    }
    text.push('\n');
}

fn add_files(text: &mut String, written: &Written) {
    let kinds = [
        (&written.created, "new"),
        (&written.replaced, "replaced"),
        (&written.unchanged, "unchanged"),
        (&written.removed, "removed"),
    ];
    for (paths, what) in kinds.iter().filter(|(_, what)| *what != "unchanged") {
        for path in *paths {
            let path = written.folder.join(path);
            let _ = writeln!(text, "  {what:<8}  {}", printable(&path.to_string_lossy()));
        }
    }
    let counts: Vec<_> = kinds
        .iter()
        .filter(|(paths, _)| !paths.is_empty())
        .map(|(paths, what)| format!("{} {what}", paths.len()))
        .collect();
    let _ =
        writeln!(text, "files in `{}`: {}", printable(&written.folder.to_string_lossy()), counts.join(", "));
}

/// `1 service`, `2 services`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
