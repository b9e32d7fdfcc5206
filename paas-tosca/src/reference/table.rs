//! Rows of tables, and links between types.

use crate::yaml::{Kind, NodeRef};

/// The name of a type, as a link if the page has it.
pub(super) fn link(name: &str) -> String {
    if name.starts_with("paas.") {
        let anchor: String = name.to_lowercase().chars().filter(|c| *c != '.').collect();
        format!("[`{name}`](#{anchor})")
    } else {
        format!("`{name}`")
    }
}

/// A row about a property.
pub(super) fn property(page: &mut String, name: NodeRef<'_>, definition: NodeRef<'_>) {
    let text = |key: &str| definition.get(key).and_then(NodeRef::text);
    let entry = definition.get("entry_schema").and_then(|entry| entry.get("type")).and_then(NodeRef::text);
    let ty = match (text("type").unwrap_or_default(), entry) {
        (ty, Some(entry)) => format!("{ty} of {}", link(entry)),
        (ty, None) => link(ty),
    };
    let default = definition.get("default").map(|default| format!("`{}`", flow(default)));
    let is_optional = text("required") == Some("false");
    let default = default.unwrap_or_else(|| if is_optional { String::new() } else { "required".to_owned() });
    let constraints: Vec<String> = definition
        .get("constraints")
        .map(|list| list.items().filter_map(NodeRef::only_entry).map(constraint).collect())
        .unwrap_or_default();
    let row = [
        format!("`{}`", name.text().unwrap_or_default()),
        ty,
        default,
        constraints.join(", "),
        text("description").unwrap_or_default().to_owned(),
    ];
    push(page, &row);
}

/// A row about an attribute.
pub(super) fn attribute(page: &mut String, name: NodeRef<'_>, definition: NodeRef<'_>) {
    let text = |key: &str| definition.get(key).and_then(NodeRef::text).unwrap_or_default();
    let row = [
        format!("`{}`", name.text().unwrap_or_default()),
        link(text("type")),
        text("description").to_owned(),
    ];
    push(page, &row);
}

/// A row about a requirement.
pub(super) fn requirement(page: &mut String, name: NodeRef<'_>, definition: NodeRef<'_>) {
    let text = |key: &str| definition.get(key).and_then(NodeRef::text);
    let how_often = definition.get("occurrences").map(|range| {
        let bounds: Vec<&str> = range.items().filter_map(NodeRef::text).collect();
        match bounds[..] {
            ["1", "1"] => "exactly once".to_owned(),
            ["0", "1"] => "at most once".to_owned(),
            ["0", "UNBOUNDED"] => "any number of times".to_owned(),
            _ => bounds.join(" to "),
        }
    });
    let target = text("node").or_else(|| text("capability")).map(link);
    let row = [
        format!("`{}`", name.text().unwrap_or_default()),
        target.unwrap_or_default(),
        text("relationship").map(link).unwrap_or_default(),
        how_often.unwrap_or_else(|| "exactly once".to_owned()),
    ];
    push(page, &row);
}

fn constraint((operator, operand): (NodeRef<'_>, NodeRef<'_>)) -> String {
    let items = || operand.items().map(flow).collect::<Vec<_>>();
    match operator.text().unwrap_or_default() {
        "in_range" => items().join(" to "),
        "valid_values" => items().iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", "),
        "greater_than" => format!("more than {}", flow(operand)),
        "greater_or_equal" => format!("at least {}", flow(operand)),
        "pattern" => format!("like `{}`", flow(operand)),
        other => format!("{other} {}", flow(operand)),
    }
}

fn push(page: &mut String, cells: &[String]) {
    for cell in cells {
        page.push_str("| ");
        page.push_str(&cell.replace('|', "\\|"));
        page.push(' ');
    }
    page.push_str("|\n");
}

/// A value on one line.
fn flow(node: NodeRef<'_>) -> String {
    match node.kind() {
        Kind::Scalar => node.text().unwrap_or_default().to_owned(),
        Kind::Sequence => format!("[{}]", node.items().map(flow).collect::<Vec<_>>().join(", ")),
        Kind::Mapping => {
            let entry = |(key, value): (NodeRef<'_>, _)| format!("{}: {}", flow(key), flow(value));
            format!("{{{}}}", node.entries().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
