//! The types of documents, as `TypedDict`s.

use super::{
    head,
    hints::{Hints, Style},
    text::{self, WIDTH, docstring},
};
use crate::generate::interface::{Field, Interface, Of, Shape, Type};
use std::fmt::Write as _;

/// The module `types`.
pub(super) fn module(interface: &Interface) -> String {
    let hints = Hints::new(interface);
    let types: String = in_order(&interface.types)
        .into_iter()
        .map(|one| format!("\n\n{}", definition(one, &hints)))
        .collect();
    let mut module = head("The types of documents: dictionaries, lists and texts, as JSON has them.");
    let abc = used(&types, &["Mapping", "Sequence"]);
    if !abc.is_empty() {
        _ = writeln!(module, "from collections.abc import {abc}");
    }
    if !used(&types, &["datetime"]).is_empty() {
        module.push_str("from datetime import datetime\n");
    }
    let typing = used(&types, &["Any", "Literal", "NotRequired", "TypeAlias", "TypedDict"]);
    _ = write!(module, "from typing import {typing}\n\n__all__ = [\n");
    for one in &interface.types {
        _ = writeln!(module, "    \"{}\",", one.name);
    }
    module.push_str("]\n");
    module.push_str(&types);
    module
}

/// Aliases after all others, and after those that they are made of: unlike a field, an alias names what is there already.
fn in_order(types: &[Type]) -> Vec<&Type> {
    let (mut open, mut order): (Vec<&Type>, Vec<&Type>) =
        types.iter().partition(|one| matches!(one.shape, Shape::Alias(_)));
    while !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|one| one.name.as_str()).collect();
        let (waiting, ready): (Vec<&Type>, Vec<&Type>) = open
            .iter()
            .copied()
            .partition(|one| names.iter().any(|name| *name != one.name && is_made_of(one, name)));
        if ready.is_empty() {
            // Aliases that are made of each other; their order does not matter to those who read them.
            order.extend(waiting);
            break;
        }
        order.extend(ready);
        open = waiting;
    }
    order
}

fn is_made_of(one: &Type, name: &str) -> bool {
    matches!(&one.shape, Shape::Alias(of) if names(of, &mut |found| found == name))
}

/// Whether a name in the type is one that is looked for.
fn names(of: &Of, is_wanted: &mut impl FnMut(&str) -> bool) -> bool {
    match of {
        Of::Named(name) => is_wanted(name),
        Of::List(inner) | Of::Map(inner) => names(inner, is_wanted),
        Of::Union(arms) => arms.iter().any(|arm| names(arm, is_wanted)),
        _ => false,
    }
}

/// Those of the names that stand in the text.
fn used(text: &str, names: &[&str]) -> String {
    let words: std::collections::BTreeSet<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    names.iter().filter(|name| words.contains(*name)).copied().collect::<Vec<_>>().join(", ")
}

fn definition(one: &Type, hints: &Hints<'_>) -> String {
    let style = Style { prefix: "", is_taken: hints.is_taken(&one.name) };
    match &one.shape {
        Shape::Object(fields) if fields.iter().all(|field| text::is_name(&field.name)) => {
            class(one, fields, hints, style)
        }
        Shape::Object(fields) => call(one, fields, hints, style),
        Shape::Words(words) => literal(one, words),
        Shape::Alias(of) => alias(one, of, &hints.hint(of, style)),
    }
}

fn class(one: &Type, fields: &[Field], hints: &Hints<'_>, style: Style) -> String {
    let mut class = format!("class {}(TypedDict):\n", one.name);
    class.push_str(&about(one, 4));
    for field in fields {
        _ = write!(class, "\n    {}: {}\n", field.name, field_hint(field, hints, style));
        class.push_str(&docstring(std::slice::from_ref(&field.description), 4));
    }
    if one.description.is_empty() && fields.is_empty() {
        class.push_str("    pass\n");
    }
    class.replacen("(TypedDict):\n\n", "(TypedDict):\n", 1)
}

/// A dictionary one of whose keys is a word that Python keeps for itself.
fn call(one: &Type, fields: &[Field], hints: &Hints<'_>, style: Style) -> String {
    let mut call = format!("{} = TypedDict(\n    \"{}\",\n    {{\n", one.name, one.name);
    for field in fields {
        _ = writeln!(call, "        \"{}\": {},", field.name, field_hint(field, hints, style));
    }
    call.push_str("    },\n)\n");
    let mut paragraphs = vec![one.description.clone()];
    let items: Vec<String> = fields
        .iter()
        .filter(|field| !field.description.is_empty())
        .map(|field| format!("- `{}`: {}", field.name, field.description))
        .collect();
    paragraphs.push(items.join("\n"));
    call.push_str(&docstring(&paragraphs, 0));
    call
}

/// Quoted where it names another type, which may stand further below.
fn field_hint(field: &Field, hints: &Hints<'_>, style: Style) -> String {
    let hint = hints.hint(&field.of, style);
    let hint = if names(&field.of, &mut |_| true) { quoted(&hint) } else { hint };
    if field.is_required { hint } else { format!("NotRequired[{hint}]") }
}

fn quoted(hint: &str) -> String {
    if hint.contains('"') { format!("'{hint}'") } else { format!("\"{hint}\"") }
}

fn literal(one: &Type, words: &[(String, String)]) -> String {
    let list: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let mut literal = format!("{}: TypeAlias = Literal[{}]\n", one.name, list.join(", "));
    if literal.chars().count() > WIDTH {
        literal = format!("{}: TypeAlias = Literal[\n    {},\n]\n", one.name, list.join(",\n    "));
    }
    let mut paragraphs = vec![one.description.clone()];
    let items: Vec<String> = words
        .iter()
        .filter(|(_, meaning)| !meaning.is_empty())
        .map(|(word, meaning)| format!("- `{word}`: {meaning}"))
        .collect();
    paragraphs.push(items.join("\n"));
    literal.push_str(&docstring(&paragraphs, 0));
    literal
}

fn alias(one: &Type, of: &Of, hint: &str) -> String {
    let mut hint = hint.to_owned();
    if names(of, &mut |name| name == one.name) {
        // Within itself a type is not there yet.
        for before in ["list[", "dict[str, "] {
            let (plain, quoted) = (format!("{before}{}]", one.name), format!("{before}\"{}\"]", one.name));
            hint = hint.replace(&plain, &quoted);
        }
    }
    let mut alias = format!("{}: TypeAlias = {hint}\n", one.name);
    if alias.chars().count() > WIDTH {
        let one_line = format!("    {hint}\n");
        let lines = format!("    {}\n", hint.replace(" | ", "\n    | "));
        let lines = if one_line.chars().count() <= WIDTH { one_line } else { lines };
        alias = format!("{}: TypeAlias = (\n{lines})\n", one.name);
    }
    alias.push_str(&about(one, 0));
    alias
}

fn about(one: &Type, indent: usize) -> String {
    docstring(std::slice::from_ref(&one.description), indent)
}

#[cfg(test)]
mod tests {
    use super::{super::sample, module};

    #[test]
    fn documents_are_typed_dictionaries() {
        let module = module(&sample::interface());
        for expected in [
            "from collections.abc import Mapping, Sequence\nfrom typing import Any, Literal, NotRequired, TypeAlias, TypedDict\n",
            "class Access(TypedDict):\n    \"\"\"Where it is.\"\"\"\n\n    url: str\n    \"\"\"The address.\"\"\"\n",
            // What is only passed takes any sequence and mapping; what is left out need not be there.
            "    more: NotRequired[Mapping[str, Any]]\n",
            "    names: NotRequired[Sequence[str]]\n",
            // A key that Python keeps for itself.
            "Flow = TypedDict(\n    \"Flow\",\n    {\n        \"from\": str,\n        \"to\": NotRequired[\"Shape\"],\n    },\n)\n\
             \"\"\"A flow.\n\n- `from`: Whence.\n\"\"\"\n",
            "Colour: TypeAlias = Literal[\"red\", \"green\"]\n\"\"\"A colour.\n\n- `red`: As blood.\n\"\"\"\n",
            "Shape: TypeAlias = ShapeCircle | ShapeSquare\n\"\"\"A shape.\"\"\"\n",
            // An alias comes after what it is made of, and is not there yet within itself.
            "Many: TypeAlias = Shape | list[\"Many\"] | dict[str, \"Many\"]\n",
            "    kind: Literal[\"circle\"]\n",
        ] {
            assert!(module.contains(expected), "no\n{expected}\nin\n{module}");
        }
        assert!(module.lines().all(|line| line.chars().count() <= super::WIDTH), "{module}");
        assert!(module.find("Shape: TypeAlias") < module.find("Many: TypeAlias"), "{module}");
    }
}
