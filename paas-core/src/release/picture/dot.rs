//! The picture in Graphviz's DOT language.

use super::{
    colours::{self, CROSSING, MUTED},
    graph::{Graph, Node, Shape},
};
use std::fmt::{self, Write};

const FONT: &str = "fontname=\"Helvetica\"";

pub(super) fn render(graph: &Graph<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, graph);
    out
}

fn write(out: &mut String, graph: &Graph<'_>) -> fmt::Result {
    // Who needs is on the right: the first stage is on the left, as in the other pictures.
    writeln!(out, "digraph release {{")?;
    writeln!(out, "  rankdir=RL; nodesep=0.35; ranksep=0.7; labelloc=t; {FONT};")?;
    writeln!(out, "  node [{FONT}, fontsize=11, style=filled, fillcolor=white, color=\"{MUTED}\"];")?;
    writeln!(out, "  edge [{FONT}, fontsize=9, color=\"{MUTED}\"];")?;
    writeln!(out, "  label=\"{}\";", Label(&graph.release.application))?;
    for (index, part) in graph.release.parts.iter().enumerate() {
        let network = &part.network;
        writeln!(out, "  subgraph cluster_{index} {{")?;
        write!(out, "    label=\"{}", Label(&network.name))?;
        if let Some(level) = &network.security_level {
            write!(out, "\\nsecurity level {}", Label(level))?;
        }
        let (ground, edge) = colours::network(network.security_level.as_deref());
        writeln!(out, "\"; style=\"filled,rounded\"; fillcolor=\"{ground}\"; color=\"{edge}\";")?;
        for (index, node) in graph.nodes_of(index) {
            service(out, index, node)?;
        }
        for (index, disk) in graph.disks.iter().enumerate().filter(|(_, disk)| disk.part == Some(index)) {
            volume(out, "    ", index, disk.name, disk.tier)?;
        }
        out.push_str("  }\n");
    }
    for (index, disk) in graph.disks.iter().enumerate().filter(|(_, disk)| disk.part.is_none()) {
        volume(out, "  ", index, disk.name, disk.tier)?;
    }
    for arrow in &graph.arrows {
        let style = if arrow.dependency { "dashed" } else { "solid" };
        write!(out, "  s{} -> s{} [style={style}", arrow.from, arrow.to)?;
        match (arrow.alias, arrow.ports.as_str()) {
            (None, "") => {}
            (None, ports) => write!(out, ", label=\"{}\"", Label(ports))?,
            (Some(alias), "") => write!(out, ", label=\"as {}\"", Label(alias))?,
            (Some(alias), ports) => write!(out, ", label=\"as {}\\n{}\"", Label(alias), Label(ports))?,
        }
        if arrow.crosses {
            write!(out, ", color=\"{CROSSING}\", fontcolor=\"{CROSSING}\", penwidth=2")?;
        }
        out.push_str("];\n");
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        for mount in &node.mounts {
            let mode = if mount.read_only { ", label=\"read only\"" } else { "" };
            writeln!(out, "  v{} -> s{index} [style=dotted, arrowhead=none{mode}];", mount.disk)?;
        }
    }
    out.push_str("}\n");
    Ok(())
}

fn service(out: &mut String, index: usize, node: &Node<'_>) -> fmt::Result {
    let shape = match node.shape {
        Shape::Container => "shape=box, style=\"filled,rounded\"",
        Shape::LoadBalancer => "shape=hexagon",
        Shape::External => "shape=oval, style=\"filled,dashed\"",
    };
    write!(out, "    s{index} [{shape}, label=\"{}\\n{}", Label(node.name), node.kind)?;
    if let Some(address) = &node.address {
        write!(out, "\\n{}", Label(address))?;
    }
    if !node.ports.is_empty() {
        write!(out, "\\npublished {}", node.ports.join(", "))?;
    }
    if let Some(stage) = node.stage() {
        write!(out, "\\nstage {stage}")?;
    }
    out.push_str("\"];\n");
    Ok(())
}

fn volume(out: &mut String, indent: &str, index: usize, name: &str, tier: Option<&str>) -> fmt::Result {
    write!(out, "{indent}v{index} [shape=cylinder, label=\"{}", Label(name))?;
    if let Some(tier) = tier {
        write!(out, "\\n{}", Label(tier))?;
    }
    out.push_str("\"];\n");
    Ok(())
}

/// A string of the template inside a quoted label.
///
/// Graphviz reads escapes (`\n`, `\N`) and HTML entities in labels: `\`, `"` and `&` are written such that it gives them
/// back. White space becomes a space; other control characters, and what Graphviz's SVG could not hold, become U+FFFD.
struct Label<'a>(&'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '"' => f.write_str("\\\""),
            '\\' => f.write_str("\\\\"),
            '&' => f.write_str("&amp;"),
            c if c.is_ascii_whitespace() => f.write_char(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => f.write_char('\u{FFFD}'),
            c => f.write_char(c),
        })
    }
}
