//! The mapping file, read strictly: all its problems at once, each at its place.

use super::{said, scalar};
use crate::{
    Limits, Source,
    yaml::{self, Kind, NodeRef, Plain},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean, shown},
    mapping::{Mapping, Part},
};

/// More problems than this help nobody.
const MOST: usize = 1_000;
/// Nobody has thousands of networks: a megabyte is more than enough.
const BYTES: usize = 1 << 20;

/// What [`read_mapping`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MappingFile {
    /// The mapping, unless there are errors.
    pub mapping: Option<Mapping>,
    /// All problems of the file, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// Reads a mapping file.
///
/// ```
/// use paas_tosca::{Source, clone};
///
/// let text = "
/// name: shop-b
/// networks: { dmz: dmz-b, core: core-b }
/// registries: { registry.bank-a.test: registry.bank-b.test/mirror }
/// inputs: { replicas: 3 }
/// ";
/// let mapping = clone::read_mapping(&Source::new("map.yaml", text)).mapping.unwrap();
/// assert_eq!(mapping.network("dmz"), "dmz-b");
/// assert_eq!(mapping.inputs["replicas"], "3");
///
/// let file = clone::read_mapping(&Source::new("map.yaml", "network: { dmz: dmz-b }\n"));
/// let problem = file.diagnostics.iter().next().unwrap();
/// assert_eq!(
///     problem.to_string(),
///     "map.yaml:1:1: error[clone.unknown_key]: `network` is not a part of a mapping"
/// );
/// assert_eq!(problem.help.as_deref(), Some("did you mean `networks`?"));
/// ```
pub fn read_mapping(source: &Source) -> MappingFile {
    let loaded = yaml::load(source, &Limits { bytes: BYTES, ..Limits::default() });
    let mut reader = Reader { mapping: Mapping::default(), diagnostics: loaded.diagnostics, told: 0 };
    if let Some(tree) = &loaded.tree {
        reader.file(tree.root());
    }
    let Reader { mapping, mut diagnostics, .. } = reader;
    diagnostics.sort();
    let mapping = (!diagnostics.has_errors()).then_some(mapping);
    MappingFile { mapping, diagnostics }
}

struct Reader {
    mapping: Mapping,
    diagnostics: Diagnostics,
    told: usize,
}

/// The key that is no part.
const NAME: &str = "name";

impl Reader {
    fn push(&mut self, code: Code, at: NodeRef<'_>, message: String, help: Option<String>) {
        if self.told < MOST {
            self.told += 1;
            self.diagnostics.push(Diagnostic::new(code, message).at(at.place()).maybe_help(help));
        }
    }

    fn file(&mut self, root: NodeRef<'_>) {
        if root.kind() != Kind::Mapping {
            let message = format!("a mapping file is a map, but here is {}", root.kind());
            let help = "write such as `networks: { dmz: dmz-b }`".to_owned();
            return self.push(Code::CloneWrongShape, root, message, Some(help));
        }
        if let Some((key, _)) = root.entry("tosca_definitions_version") {
            let message = "this is a TOSCA template, not a mapping file".to_owned();
            let help = "a mapping file has parts such as `networks: { dmz: dmz-b }`".to_owned();
            return self.push(Code::CloneUnknownKey, key, message, Some(help));
        }
        for (key, value) in root.entries() {
            let name = key.text().unwrap_or_default();
            match Part::ALL.into_iter().find(|part| part.key() == name) {
                Some(part) => self.part(part, key, value),
                None if name == NAME => {
                    if let Some(text) = self.text(NAME, key, value) {
                        self.mapping.origins.note(NAME, value.place());
                        self.mapping.name = Some(text);
                    }
                }
                None => {
                    let keys = || std::iter::once(NAME).chain(Part::ALL.map(Part::key));
                    let help = did_you_mean(name, keys()).unwrap_or_else(|| {
                        let all: Vec<_> = keys().map(|key| format!("`{key}`")).collect();
                        format!("the parts are {}", all.join(", "))
                    });
                    let message = format!("{} is not a part of a mapping", shown(name));
                    self.push(Code::CloneUnknownKey, key, message, Some(help));
                }
            }
        }
    }

    fn part(&mut self, part: Part, key: NodeRef<'_>, value: NodeRef<'_>) {
        if value.kind() != Kind::Mapping {
            let found = if value.is_null() { "nothing".to_owned() } else { value.kind().to_string() };
            let at = if value.is_null() { key } else { value };
            let message = format!("`{part}` is a map, but here is {found}");
            let help = format!("write such as `{part}: {{ {}: … }}`", example(part));
            return self.push(Code::CloneWrongShape, at, message, Some(help));
        }
        for (key, value) in value.entries() {
            let name = key.text().unwrap_or_default();
            if let Some(plain) = key.plain().filter(|plain| *plain != Plain::String) {
                let message = format!("{} without quotes is {}", shown(name), plain.describe());
                self.push(Code::CloneWrongValue, key, message, Some("put it in quotes".to_owned()));
                continue;
            }
            let text = match part {
                Part::Inputs if value.is_null() => {
                    let message = format!("{} has no value", shown(name));
                    self.push(Code::CloneWrongValue, key, message, None);
                    continue;
                }
                Part::Inputs => Some(value.text().map_or_else(|| scalar::flow(value), str::to_owned)),
                _ => self.text(name, key, value),
            };
            if let Some(text) = text {
                self.mapping.part_mut(part).insert(name.to_owned(), text);
                said::note(&mut self.mapping, part, name, key.place(), value.place());
            }
        }
    }

    fn text(&mut self, name: &str, key: NodeRef<'_>, value: NodeRef<'_>) -> Option<String> {
        let Some(text) = value.text() else {
            let message = format!("{} is a single value, but here is {}", shown(name), value.kind());
            self.push(Code::CloneWrongShape, value, message, None);
            return None;
        };
        match value.plain() {
            Some(Plain::String) => Some(text.to_owned()),
            Some(Plain::Null) | None => {
                let message = format!("{} has no value", shown(name));
                self.push(Code::CloneWrongValue, key, message, Some("write the new one".to_owned()));
                None
            }
            Some(plain) => {
                let message = format!("{} without quotes is {}", shown(text), plain.describe());
                self.push(Code::CloneWrongValue, value, message, Some("put it in quotes".to_owned()));
                None
            }
        }
    }
}

fn example(part: Part) -> &'static str {
    match part {
        Part::Networks => "dmz: dmz-b",
        Part::Tiers => "gold: silver",
        Part::Servers => "filer-1: filer-7",
        Part::Registries => "registry.bank-a.test: registry.bank-b.test",
        _ => "replicas: 3",
    }
}
