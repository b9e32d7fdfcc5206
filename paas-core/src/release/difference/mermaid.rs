//! The difference as a Mermaid flowchart.

use super::{
    Difference,
    change::Change,
    scene::{ArrowKind, Node, Scene},
    service::{Fate, ServiceDifference},
};
use crate::release::{
    Release,
    picture::{
        colours::{self, INK},
        mermaid::Label,
    },
};
use std::fmt::{self, Write};

/// So many changes are named in a box.
const NAMED: usize = 3;

impl Difference {
    /// The difference of these two releases as a [Mermaid](https://mermaid.js.org) flowchart: the services that changed or
    /// are touched, and their direct neighbours, in their networks. Colours say what became of a service; a dashed arrow
    /// leads from where one was to where it is.
    ///
    /// The same releases give the same text. No string of the template can end its label.
    ///
    /// ```
    /// # use paas_core::release::{Release, difference::Difference};
    /// # let stored = |image: &str| -> Release { serde_json::from_value(serde_json::json!({
    /// #     "format": 1, "application": "shop", "stack": "shop",
    /// #     "backend": {"kind": "rancher", "version": "1.6.30", "load_balancer_image": "lb"},
    /// #     "parts": [{"network": {"name": "dmz"}, "environment": "dmz", "services": [
    /// #         {"name": "web", "network": "dmz", "kind": "container", "image": image, "scale": 3}]}],
    /// #     "stages": [{"number": 1, "activations": [{"network": "dmz", "service": "web"}]}]})).unwrap() };
    /// let (old, new) = (stored("web:1"), stored("web:2"));
    /// let picture = Difference::between(&old, &new).to_mermaid(&old, &new);
    /// assert!(picture.starts_with("flowchart RL\n"));
    /// assert!(picture.contains(r#"s0["web<br/>upgraded: image"]:::upgraded"#));
    /// ```
    pub fn to_mermaid(&self, old: &Release, new: &Release) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = write(&mut out, &Scene::new(self, old, new));
        out
    }
}

fn write(out: &mut String, scene: &Scene<'_>) -> fmt::Result {
    out.push_str("flowchart RL\n");
    if scene.boxes.is_empty() {
        out.push_str("  same[\"no service is different\"]\n");
        return Ok(());
    }
    for (index, (network, range)) in scene.networks.iter().enumerate() {
        writeln!(out, "  subgraph n{index}[\"{}\"]", Label(network))?;
        let inside = scene.boxes.get(range.clone()).unwrap_or_default();
        for (index, one) in range.clone().zip(inside) {
            write!(out, "    s{index}[\"{}", Label(one.service))?;
            words(out, one)?;
            out.push_str("\"]");
            if let Some(class) = class(one) {
                write!(out, ":::{class}")?;
            }
            out.push('\n');
        }
        out.push_str("  end\n");
    }
    for arrow in &scene.arrows {
        let (from, to) = (arrow.from, arrow.to);
        let line = match arrow.kind {
            ArrowKind::Same => "-->",
            ArrowKind::New => "==>|\"new\"|",
            ArrowKind::Gone => "-.->|\"gone\"|",
            ArrowKind::Moved => "-.->|\"moves\"|",
        };
        writeln!(out, "  s{from} {line} s{to}")?;
    }
    legend(out, scene)
}

/// What became of it, below its name.
fn words(out: &mut String, one: &Node<'_>) -> fmt::Result {
    match (one.difference, one.touched) {
        _ if one.left => out.push_str("<br/>was here"),
        (Some(difference), _) => {
            write!(out, "<br/>{}", difference.fate.as_str())?;
            if !matches!(difference.fate, Fate::Added | Fate::Removed) {
                named(out, difference)?;
            }
            if let Some(scale) = difference.scale {
                write!(out, "<br/>{} → {}", scale.from, scale.to)?;
            }
        }
        (None, Some(touched)) => write!(out, "<br/>{}", touched.touch.as_str())?,
        (None, None) => {}
    }
    Ok(())
}

fn named(out: &mut String, difference: &ServiceDifference) -> fmt::Result {
    let all = difference.changes.iter().chain(&difference.links);
    let paths: Vec<String> = all.flat_map(Change::pieces).map(|change| change.path.to_string()).collect();
    let paths: Vec<&String> = paths.iter().filter(|path| *path != "network").collect();
    for (index, path) in paths.iter().take(NAMED).enumerate() {
        let before = if index > 0 { ", " } else { ": " };
        write!(out, "{before}{}", Label(path))?;
    }
    match paths.len().checked_sub(NAMED) {
        Some(more @ 1..) => write!(out, " and {more} more"),
        _ => Ok(()),
    }
}

fn class(one: &Node<'_>) -> Option<&'static str> {
    match (one.difference, one.touched) {
        _ if one.left => Some("left"),
        (Some(difference), _) => Some(difference.fate.as_str()),
        (None, Some(_)) => Some("touched"),
        (None, None) => None,
    }
}

/// The classes that are there, and what they mean.
fn legend(out: &mut String, scene: &Scene<'_>) -> fmt::Result {
    let mut classes: Vec<(&str, &str, String)> = Vec::new();
    let is_there = |name: &str| scene.boxes.iter().any(|one| class(one) == Some(name));
    for fate in Fate::ALL {
        let (ground, edge, dashed) = colours::fate(fate);
        let dashes = if dashed { ",stroke-dasharray:5 5" } else { "" };
        let style = format!("fill:{ground},stroke:{edge},color:{INK},stroke-width:2px{dashes}");
        classes.push((fate.as_str(), fate.as_str(), style));
    }
    let (_, edge, _) = colours::fate(Fate::Moved);
    let style = format!("fill:#ffffff,stroke:{edge},color:{INK},stroke-dasharray:5 5");
    classes.push(("left", "where it was", style));
    let (ground, edge, _) = colours::fate(Fate::Recorded);
    let style = format!("fill:{ground},stroke:{edge},color:{INK},stroke-width:2px");
    classes.push(("touched", "touched because of others", style));
    classes.retain(|(name, ..)| is_there(name));
    if classes.is_empty() {
        return Ok(());
    }
    out.push_str("  subgraph legend[\"what the colours mean\"]\n");
    for (index, (name, words, _)) in classes.iter().enumerate() {
        writeln!(out, "    l{index}[\"{words}\"]:::{name}")?;
    }
    out.push_str("  end\n");
    for (name, _, style) in &classes {
        writeln!(out, "  classDef {name} {style}")?;
    }
    Ok(())
}
