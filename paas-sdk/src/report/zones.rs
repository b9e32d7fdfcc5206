//! Images in several zones, as text.

use super::{counted, operation::table, printable};
use paas_core::images::{ImageName, distribution::Standing};
use paas_platform::{NamespaceZones, ZoneEntry, ZoneHappening, ZoneRule, ZoneScan, ZonedImage};
use std::fmt::Write as _;

/// A table of zones: how each stands with each namespace.
pub fn zones(namespaces: &[NamespaceZones]) -> String {
    let heads = ["namespace", "zone", "stands", "compared"].map(str::to_owned).to_vec();
    let mut rows = vec![heads];
    for namespace in namespaces {
        let scanned = namespace.scanned.map_or_else(|| "not yet".to_owned(), |at| at.to_string());
        for zone in namespace.rule.zones() {
            let Some(status) = namespace.zones.get(zone) else { continue };
            rows.push(vec![
                namespace.namespace.clone(),
                zone.to_string(),
                printable(&status.to_string()).into_owned(),
                scanned.clone(),
            ]);
        }
    }
    table(&rows)
}

/// Images, one line for each zone that is not as it should be.
pub fn zoned_images(images: &[ZonedImage]) -> String {
    let mut text = String::new();
    for image in images {
        for (zone, standing) in &image.standings {
            if !matches!(standing, Standing::Origin | Standing::InStep | Standing::NotWanted) {
                let _ = writeln!(text, "{} in {zone}: {}", image.image, stands(standing));
            }
        }
    }
    text
}

/// All that is known of an image in its zones, and its journal.
pub fn zoned_image(image: &ZonedImage, journal: &[ZoneEntry]) -> String {
    let origin = image.origin.as_ref().map_or_else(|| "nobody knows".to_owned(), ToString::to_string);
    let digest = image.digest.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let mut text = String::new();
    let lines = [
        ("image", image.image.to_string()),
        ("tenant", image.tenant.clone()),
        ("belongs to", origin),
        ("digest", digest),
    ];
    for (name, value) in lines {
        let _ = writeln!(text, "{name:<10}  {}", printable(&value));
    }
    for (zone, standing) in &image.standings {
        let _ = writeln!(text, "{:<10}  {}", zone.as_str(), stands(standing));
    }
    if !journal.is_empty() {
        text.push('\n');
    }
    for ZoneEntry { at, what, .. } in journal {
        let _ = writeln!(text, "{at}  {}", happened(what));
    }
    text
}

/// The rule of a namespace.
pub fn zone_rule(rule: &ZoneRule) -> String {
    let name = printable(&rule.namespace);
    let Some(rule) = &rule.rule else {
        return format!("{name}: no rule: images stay where they were pushed\n");
    };
    let zones: Vec<_> = rule.zones().iter().map(ToString::to_string).collect();
    let patterns = |patterns: &[paas_core::images::distribution::TagPattern]| {
        patterns.iter().map(ToString::to_string).collect::<Vec<_>>().join("`, `")
    };
    let (include, exclude) = (patterns(&rule.tags().include), patterns(&rule.tags().exclude));
    let tags = if include.is_empty() { "all tags".to_owned() } else { format!("tags `{include}`") };
    let but = if exclude.is_empty() { String::new() } else { format!(", but `{exclude}`") };
    format!("{name}: in {}: {}\n", zones.join(", "), printable(&(tags + &but)))
}

/// What a scan found.
///
/// ```
/// use paas_sdk::{platform::ZoneScan, report};
///
/// let mut found = ZoneScan::default();
/// (found.images, found.namespaces, found.behind) = (1, 2, 1);
/// assert_eq!(report::zone_scan(&found), "1 image in 2 namespaces, 1 to be copied\n");
/// ```
pub fn zone_scan(scan: &ZoneScan) -> String {
    let mut text = format!("{} in {}", counted(scan.images, "image"), counted(scan.namespaces, "namespace"));
    if scan.behind == 0 && scan.changes.is_empty() && scan.failures.is_empty() {
        text += ": all in step";
    } else if scan.behind > 0 {
        let _ = write!(text, ", {} to be copied", scan.behind);
    }
    text.push('\n');
    for change in &scan.changes {
        text += &zone_happening(&change.image, &change.what);
    }
    for failure in &scan.failures {
        let what = failure.repository.as_ref().unwrap_or(&failure.namespace);
        let (what, message) = (printable(what), printable(&failure.message));
        let _ = writeln!(text, "error[{}]: {what} in {}: {message}", failure.kind, failure.zone);
    }
    text
}

/// What happened to an image, as a line.
pub fn zone_happening(image: &ImageName, what: &ZoneHappening) -> String {
    format!("{image}: {}\n", happened(what))
}

fn happened(what: &ZoneHappening) -> String {
    match what {
        ZoneHappening::Belongs { zone } => format!("belongs to {zone}"),
        ZoneHappening::Conflict { zone, there } => {
            format!("conflict: {zone} holds {}, which no copy put there", there.short())
        }
        ZoneHappening::Copied { zone, digest } => format!("{} was copied to {zone}", digest.short()),
        ZoneHappening::Failed { zone, digest, failure } => format!(
            "the copy of {} to {zone} failed ({}): {}",
            digest.short(),
            failure.kind,
            printable(&failure.message)
        ),
        ZoneHappening::Replaced { zone, digest } => {
            format!("{} in {zone} may be replaced", digest.short())
        }
        ZoneHappening::TakenOver { zone } => format!("what {zone} holds is the right one"),
        ZoneHappening::Retried { zone } => format!("the copy to {zone} is to be tried again"),
        ZoneHappening::Gone => "is in no zone any more".to_owned(),
        other => format!("{other:?}"),
    }
}

fn stands(standing: &Standing) -> String {
    match standing {
        Standing::Origin => "it belongs here".to_owned(),
        Standing::InStep => "in step".to_owned(),
        Standing::Copying => "being copied".to_owned(),
        Standing::Behind { failure: None } => "behind".to_owned(),
        Standing::Behind { failure: Some(failure) } => {
            format!("behind; the last copy failed ({}): {}", failure.kind, printable(&failure.message))
        }
        Standing::Conflict { there } => format!("conflict: it holds {there}, which no copy put there"),
        Standing::Kept => "kept; deleted where it belongs".to_owned(),
        Standing::Absent => "nothing".to_owned(),
        Standing::Unknown => "not known".to_owned(),
        Standing::NotWanted => "the rule is not about this tag".to_owned(),
        other => format!("{other:?}"),
    }
}
