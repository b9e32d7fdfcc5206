//! Volumes: who mounts them, and who may write.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{Access, Container, Mount, Service, Volume},
    diagnostic::{Code, Diagnostic, Place},
    release::Part,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// Checks mounts, and that volumes are written by those who may.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let mut volumes: FxHashMap<&str, Vec<Writer>> =
        survey.application.volumes.iter().map(|volume| (volume.name.as_str(), Vec::new())).collect();
    for service in &survey.application.services {
        let Some(container) = service.container() else { continue };
        check_paths(service, container, findings);
        for mount in &container.mounts {
            match volumes.get_mut(mount.volume.as_str()) {
                None => push_unknown(service, mount, survey, findings),
                Some(writers) => {
                    let again = writers.last().is_some_and(|last| std::ptr::eq(last.service, service));
                    if !mount.read_only && !again {
                        writers.push(Writer { service, container, mount });
                    }
                }
            }
        }
    }
    let most = most_by_plan(survey);
    for volume in &survey.application.volumes {
        // Taken out, so that a name that is given to two volumes is judged once.
        let Some(writers) = volumes.remove(volume.name.as_str()) else { continue };
        match volume.access {
            Some(Access::OneWriter) => check_one_writer(volume, &writers, &most, findings),
            Some(Access::ManyReaders) => check_no_writer(volume, &writers, findings),
            Some(Access::ManyWriters) | None => {}
        }
    }
}

/// The volumes that services mount.
pub(super) fn mounted(volumes: Vec<Volume>, parts: &[Part]) -> Vec<Volume> {
    let mounted: FxHashSet<&str> = parts.iter().flat_map(|part| &part.volumes).map(String::as_str).collect();
    volumes.into_iter().filter(|volume| mounted.contains(volume.name.as_str())).collect()
}

/// A service that mounts a volume to write, by its first such mount.
struct Writer<'a> {
    service: &'a Service,
    container: &'a Container,
    mount: &'a Mount,
}

/// The most containers that scaling plans let services have.
fn most_by_plan<'a>(survey: &Survey<'a>) -> FxHashMap<&'a str, u32> {
    survey.application.policies.iter().map(|policy| (policy.service.as_str(), policy.bounds.max)).collect()
}

fn check_paths(service: &Service, container: &Container, findings: &mut Findings) {
    let mut known: FxHashMap<&str, Mounted<'_>> = FxHashMap::default();
    let place_of_host =
        |path: &str| container.origins.of_entry("host_mounts", path).or_else(|| service.origin.place());
    let volumes = container.mounts.iter().map(|mount| Mounted {
        what: &mount.volume,
        path: &mount.path,
        at: nearest(&mount.origin, &service.origin),
    });
    let of_hosts = container.security.host_mounts.iter().map(|mount| Mounted {
        what: &mount.host_path,
        path: &mount.path,
        at: place_of_host(&mount.host_path),
    });
    for mount in volumes.chain(of_hosts) {
        let path = match mount.path.trim_end_matches('/') {
            "" => mount.path,
            trimmed => trimmed,
        };
        match known.entry(path) {
            Entry::Vacant(entry) => {
                entry.insert(mount);
            }
            Entry::Occupied(first) => {
                let (name, first) = (&service.name, first.get());
                findings.push(
                    Diagnostic::new(Code::MountPath, format!("`{name}` mounts at `{path}` twice"))
                        .label(mount.at, format!("`{}` is mounted here", mount.what))
                        .label(first.at.clone(), format!("`{}` is mounted here", first.what))
                        .help("give each mount a path of its own"),
                );
            }
        }
    }
}

/// A volume or a path of the host, and where it is mounted.
struct Mounted<'a> {
    what: &'a str,
    path: &'a str,
    at: Option<Place>,
}

fn push_unknown(service: &Service, mount: &Mount, survey: &Survey, findings: &mut Findings) {
    let names = survey.application.volumes.iter().map(|volume| volume.name.as_str());
    let (name, volume) = (&service.name, &mount.volume);
    let diagnostic = Diagnostic::new(
        Code::UnknownNode,
        format!("`{name}` mounts `{volume}`, which is no volume of the application"),
    )
    .at(nearest(&mount.origin, &service.origin))
    .maybe_help(findings.did_you_mean(volume, names));
    findings.push(diagnostic);
}

fn check_one_writer(
    volume: &Volume,
    writers: &[Writer],
    most_by_plan: &FxHashMap<&str, u32>,
    findings: &mut Findings,
) {
    let name = &volume.name;
    let (why, help) = match writers {
        [] => return,
        [writer] => {
            let service = &writer.service.name;
            let most = most_by_plan.get(service.as_str()).copied().unwrap_or(0);
            let why = if writer.container.everywhere {
                format!("`{service}` writes to it from every host")
            } else if writer.container.scale > 1 {
                format!("`{service}` writes to it with {} containers", writer.container.scale)
            } else if most > 1 {
                format!("the scaling plan of `{service}` lets up to {most} containers write to it")
            } else {
                return;
            };
            (why, format!("run one `{service}`, let it mount the volume read-only, or allow many writers"))
        }
        several => {
            let help = "let all but one mount it read-only, or allow many writers".to_owned();
            (format!("{} write to it", listed(several)), help)
        }
    };
    let diagnostic =
        Diagnostic::new(Code::VolumeWriters, format!("the volume `{name}` allows one writer, but {why}"));
    // The second is the one too many.
    let (first, others) = writers.split_at(writers.len().min(1));
    findings.push(labelled(diagnostic, others.iter().chain(first), volume).help(help));
}

fn check_no_writer(volume: &Volume, writers: &[Writer], findings: &mut Findings) {
    if !writers.is_empty() {
        let (name, who) = (&volume.name, listed(writers));
        let verb = if writers.len() == 1 { "mounts" } else { "mount" };
        let diagnostic = Diagnostic::new(
            Code::VolumeWriters,
            format!("the volume `{name}` is for reading only, but {who} {verb} it to write"),
        );
        findings.push(
            labelled(diagnostic, writers.iter(), volume)
                .help("mount it read-only, or allow one or many writers"),
        );
    }
}

/// With the places of the mounts, as many as anyone reads, and that of the volume.
fn labelled<'a>(
    diagnostic: Diagnostic,
    writers: impl Iterator<Item = &'a Writer<'a>>,
    volume: &Volume,
) -> Diagnostic {
    writers
        .take(MOST_NAMED)
        .fold(diagnostic, |diagnostic, writer| {
            diagnostic.label(
                nearest(&writer.mount.origin, &writer.service.origin),
                format!("`{}` mounts it to write", writer.service.name),
            )
        })
        .label(volume.origin.place(), format!("`{}` is defined here", volume.name))
}

const MOST_NAMED: usize = 5;

/// "`a`, `b` and `c`", or "`a`, `b` and 7 others".
fn listed(writers: &[Writer]) -> String {
    let names = |writers: &[Writer]| -> String {
        let names: Vec<String> = writers.iter().map(|writer| format!("`{}`", writer.service.name)).collect();
        names.join(", ")
    };
    match writers {
        [one] => names(std::slice::from_ref(one)),
        [but_last @ .., last] if writers.len() <= MOST_NAMED => {
            format!("{} and `{}`", names(but_last), last.service.name)
        }
        _ => {
            let (named, others) = writers.split_at(writers.len().min(MOST_NAMED - 1));
            format!("{} and {} others", names(named), others.len())
        }
    }
}
