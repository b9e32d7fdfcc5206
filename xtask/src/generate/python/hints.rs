//! Types as Python writes them where they are used.

use crate::generate::interface::{Directions, Field, Interface, Of, Shape, Type};
use std::collections::BTreeMap;

/// The types of an interface, and which way they go.
pub(super) struct Hints<'a> {
    types: BTreeMap<&'a str, &'a Type>,
    /// Of types that are only passed to the library, any sequence and mapping will do.
    directions: Directions<'a>,
}

/// How a type is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Before the name of a type: `types.`.
    pub(super) prefix: &'static str,
    /// It is passed to the library, and not given by it.
    pub(super) is_taken: bool,
}

impl<'a> Hints<'a> {
    pub(super) fn new(interface: &'a Interface) -> Self {
        let types = interface.types.iter().map(|one| (one.name.as_str(), one)).collect();
        Self { types, directions: Directions::new(interface) }
    }

    /// Whether a type is passed to the library and never given by it.
    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.directions.is_taken(name)
    }

    /// A type where it is used.
    pub(super) fn hint(&self, of: &Of, style: Style) -> String {
        match of {
            Of::Any => "Any".to_owned(),
            Of::Null => "None".to_owned(),
            Of::Boolean => "bool".to_owned(),
            Of::Integer => "int".to_owned(),
            Of::Number => "float".to_owned(),
            Of::Instant if style.is_taken => "str | datetime".to_owned(),
            Of::String | Of::Instant => "str".to_owned(),
            Of::Bytes => "bytes".to_owned(),
            Of::Word(word) => format!("Literal[\"{word}\"]"),
            Of::List(item) if style.is_taken => format!("Sequence[{}]", self.hint(item, style)),
            Of::List(item) => format!("list[{}]", self.hint(item, style)),
            Of::Map(value) if style.is_taken => format!("Mapping[str, {}]", self.hint(value, style)),
            Of::Map(value) => format!("dict[str, {}]", self.hint(value, style)),
            Of::Named(name) => {
                let mut names = vec![format!("{}{name}", style.prefix)];
                if style.is_taken {
                    names.extend(self.as_good(name).map(|other| format!("{}{other}", style.prefix)));
                }
                names.join(" | ")
            }
            Of::Union(arms) => self.union(arms, style),
        }
    }

    fn union(&self, arms: &[Of], style: Style) -> String {
        let words: Option<Vec<String>> = arms
            .iter()
            .map(|arm| if let Of::Word(word) = arm { Some(format!("\"{word}\"")) } else { None })
            .collect();
        if let Some(words) = words {
            return format!("Literal[{}]", words.join(", "));
        }
        // `None` comes last, as people write it.
        let (nulls, others): (Vec<&Of>, Vec<&Of>) = arms.iter().partition(|arm| **arm == Of::Null);
        let mut hints: Vec<String> = Vec::new();
        for arm in others.into_iter().chain(nulls) {
            let hint = self.hint(arm, style);
            if !hints.contains(&hint) {
                hints.push(hint);
            }
        }
        hints.join(" | ")
    }

    /// Types that the library gives and that can be passed where `name` can: they have some of its fields, all of those
    /// that must be there, and no others.
    fn as_good<'b>(&'b self, name: &str) -> impl Iterator<Item = &'a str> + use<'a, 'b> {
        let wanted = self.fields(name).filter(|_| self.is_taken(name));
        self.directions.given().filter(move |other| match (wanted, self.fields(other)) {
            (Some(wanted), Some(fields)) => !fields.is_empty() && fits(fields, wanted),
            _ => false,
        })
    }

    fn fields(&self, name: &str) -> Option<&'a [Field]> {
        match &self.types.get(name)?.shape {
            Shape::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

fn fits(fields: &[Field], wanted: &[Field]) -> bool {
    let is_known =
        |field: &Field| wanted.iter().any(|other| other.name == field.name && other.of == field.of);
    let is_there = |field: &Field| fields.iter().any(|other| other.name == field.name && other.is_required);
    fields.iter().all(is_known) && wanted.iter().filter(|field| field.is_required).all(is_there)
}

#[cfg(test)]
mod tests {
    use super::{super::sample, Hints, Style};
    use crate::generate::interface::Of;

    #[test]
    fn types_are_written_by_the_way_they_go() {
        let interface = sample::interface();
        let hints = Hints::new(&interface);
        let (taken, given) =
            (Style { prefix: "types.", is_taken: true }, Style { prefix: "", is_taken: false });
        let texts = Of::List(Box::new(Of::String));
        assert_eq!(hints.hint(&texts, taken), "Sequence[str]");
        assert_eq!(hints.hint(&Of::Instant, taken), "str | datetime");
        assert_eq!(hints.hint(&Of::Instant, given), "str");
        assert_eq!(hints.hint(&Of::Bytes, taken), "bytes");
        assert_eq!(hints.hint(&texts, given), "list[str]");
        let options = Of::Named("Options".to_owned());
        assert_eq!(hints.hint(&options, taken), "types.Options | types.Access");
        let optional = Of::Union(vec![Of::Null, Of::Map(Box::new(Of::Any))]);
        assert_eq!(hints.hint(&optional, given), "dict[str, Any] | None");
        let words = Of::Union(vec![Of::Word("a".to_owned()), Of::Word("b".to_owned())]);
        assert_eq!(hints.hint(&words, given), "Literal[\"a\", \"b\"]");
    }
}
