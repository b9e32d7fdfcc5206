//! Descriptions for readers of any language.

use serde_json::{Map, Value};

/// Leaves the first paragraph of the documentation, in one line, without links.
pub(super) fn clean(schema: &mut Map<String, Value>) {
    // A name of a property may be `description` too; then it is no text.
    let Some(Value::String(description)) = schema.get_mut("description") else { return };
    let paragraph = description.split("\n\n").next().unwrap_or_default();
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    *description = without_links(&lines.join(" ")).replace("`None`", "null");
}

/// What may be left out is absent, where Rust has `None`.
pub(super) fn rename_none(schema: &mut Map<String, Value>) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = description.replace("`None`", "absent");
    }
}

/// The text of links: ``[`Flow`]`` and ``[`name`](path)`` become `` `Flow` `` and `` `name` ``.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        plain.push_str(before);
        let Some((name, after)) = after.split_once("`]") else {
            plain.push_str("[`");
            rest = after;
            continue;
        };
        // Code knows its own types by paths.
        plain.push('`');
        plain.push_str(name.rsplit("::").next().unwrap_or(name));
        plain.push('`');
        rest = after;
        if let Some((_, after)) = rest.strip_prefix('(').and_then(|link| link.split_once(')')) {
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_are_their_text() {
        assert_eq!(without_links("A port of a [`Flow`]."), "A port of a `Flow`.");
        assert_eq!(without_links("as [`Trouble`](crate::Trouble) is; a [`b::C`]"), "as `Trouble` is; a `C`");
        assert_eq!(without_links("half [`open"), "half [`open");
        assert_eq!(without_links("`[from, to)`"), "`[from, to)`");
    }
}
