//! The picture as a Mermaid flowchart.

use super::{
    colours::CROSSING,
    graph::{Graph, Node, Shape},
};
use std::fmt::{self, Write};

pub(super) fn render(graph: &Graph<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, graph);
    out
}

fn write(out: &mut String, graph: &Graph<'_>) -> fmt::Result {
    // Who needs is on the right: the first stage is on the left, as in the other pictures.
    out.push_str("flowchart RL\n");
    for (index, part) in graph.release.parts.iter().enumerate() {
        let network = &part.network;
        write!(out, "  subgraph n{index}[\"{}", Label(&network.name))?;
        if let Some(level) = &network.security_level {
            write!(out, "<br/>security level {}", Label(level))?;
        }
        out.push_str("\"]\n");
        for (index, node) in graph.nodes_of(index) {
            service(out, index, node)?;
        }
        for (index, disk) in graph.disks.iter().enumerate().filter(|(_, disk)| disk.part == Some(index)) {
            volume(out, "    ", index, disk.name, disk.tier)?;
        }
        out.push_str("  end\n");
    }
    for (index, disk) in graph.disks.iter().enumerate().filter(|(_, disk)| disk.part.is_none()) {
        volume(out, "  ", index, disk.name, disk.tier)?;
    }
    let mut crossing = Vec::new();
    for (index, arrow) in graph.arrows.iter().enumerate() {
        let line = match (arrow.dependency, arrow.crosses) {
            (true, _) => "-.->",
            (false, true) => "==>",
            (false, false) => "-->",
        };
        write!(out, "  s{} {line}", arrow.from)?;
        match (arrow.alias, arrow.ports.as_str()) {
            (None, "") => {}
            (None, ports) => write!(out, "|\"{}\"|", Label(ports))?,
            (Some(alias), "") => write!(out, "|\"as {}\"|", Label(alias))?,
            (Some(alias), ports) => write!(out, "|\"as {}<br/>{}\"|", Label(alias), Label(ports))?,
        }
        writeln!(out, " s{}", arrow.to)?;
        if arrow.crosses {
            crossing.push(index.to_string());
        }
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        for mount in &node.mounts {
            let mode = if mount.read_only { "|\"read only\"|" } else { "" };
            writeln!(out, "  v{} ---{mode} s{index}", mount.disk)?;
        }
    }
    if !crossing.is_empty() {
        writeln!(out, "  linkStyle {} stroke:{CROSSING},stroke-width:2px", crossing.join(","))?;
    }
    Ok(())
}

fn service(out: &mut String, index: usize, node: &Node<'_>) -> fmt::Result {
    let (open, close) = match node.shape {
        Shape::Container => ("[", "]"),
        Shape::LoadBalancer => ("{{", "}}"),
        Shape::External => ("([", "])"),
    };
    write!(out, "    s{index}{open}\"{}<br/>{}", Label(node.name), node.kind)?;
    if let Some(address) = &node.address {
        write!(out, "<br/>{}", Label(address))?;
    }
    if !node.ports.is_empty() {
        write!(out, "<br/>published {}", node.ports.join(", "))?;
    }
    if let Some(stage) = node.stage() {
        write!(out, "<br/>stage {stage}")?;
    }
    writeln!(out, "\"{close}")
}

fn volume(out: &mut String, indent: &str, index: usize, name: &str, tier: Option<&str>) -> fmt::Result {
    write!(out, "{indent}v{index}[(\"{}", Label(name))?;
    if let Some(tier) = tier {
        write!(out, "<br/>{}", Label(tier))?;
    }
    out.push_str("\")]\n");
    Ok(())
}

/// A string of the template inside a quoted label.
///
/// All but letters and digits is written as Mermaid's entity code (`#34;`), so that nothing in it is a quote, HTML,
/// Markdown or a directive; spaces and a few marks stay as they are inside words. Control characters become U+FFFD.
pub(in crate::release) struct Label<'a>(pub(in crate::release) &'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = None;
        let mut characters = self.0.chars().peekable();
        while let Some(c) = characters.next() {
            let after = characters.peek().copied();
            let inside = [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric));
            match c {
                c if c.is_alphanumeric() => f.write_char(c)?,
                ' ' | '-' | '.' | '/' if inside => f.write_char(c)?,
                c if c.is_control() && !c.is_ascii_whitespace() => f.write_char('\u{FFFD}')?,
                c => write!(f, "#{};", u32::from(c))?,
            }
            before = Some(c);
        }
        Ok(())
    }
}
