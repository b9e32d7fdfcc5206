//! The policy file: what a platform lets applications do, read strictly: all its problems at once, each at its place.
//!
//! ```
//! use paas_core::policy::{Level, Row};
//! use paas_tosca::{Source, policy_file};
//!
//! let text = "
//! privileged: deny
//! missing_limits: deny
//! registries:
//!   level: deny
//!   allowed: [ registry.bank.test ]
//! mutable_tags: { tags: [ latest ] }     # the level stays as it is
//! ";
//! let file = policy_file::read(&Source::new("policy.yaml", text));
//! let policy = file.policy.unwrap();
//! assert_eq!(policy.level(Row::MissingLimits), Level::Deny);
//! assert_eq!(policy.list(Row::Registries).collect::<Vec<_>>(), ["registry.bank.test"]);
//!
//! let file = policy_file::read(&Source::new("policy.yaml", "privilegd: allow\n"));
//! assert!(file.policy.is_none());
//! let problem = file.diagnostics.iter().next().unwrap();
//! assert_eq!(
//!     problem.to_string(),
//!     "policy.yaml:1:1: error[policy_file.unknown_key]: `privilegd` is not a row of a policy"
//! );
//! assert_eq!(problem.help.as_deref(), Some("did you mean `privileged`?"));
//! ```

use crate::{
    Limits, Source,
    rancher::options,
    yaml::{self, Kind, NodeRef, Plain},
};
use paas_core::{
    application::{ALL_CAPABILITIES, CAPABILITIES},
    diagnostic::{Code, Diagnostic, Diagnostics, closest, did_you_mean, shown},
    policy::{Level, Row, TemplatePolicy, is_registry_entry},
};
use std::fmt::Write as _;

/// More problems than this help nobody.
const MOST: usize = 1_000;

/// What [`read`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PolicyFile {
    /// The policy, unless there are errors: the default with what the file says in its place.
    pub policy: Option<TemplatePolicy>,
    /// All problems of the file, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// Reads a policy file. What it does not say stays as it is by default.
pub fn read(source: &Source) -> PolicyFile {
    let loaded = yaml::load(source, &limits());
    let mut reader = Reader { policy: TemplatePolicy::default(), diagnostics: loaded.diagnostics, told: 0 };
    if let Some(tree) = loaded.tree {
        reader.file(tree.root());
    }
    let Reader { policy, mut diagnostics, .. } = reader;
    diagnostics.sort();
    let policy = (!diagnostics.has_errors()).then_some(policy);
    PolicyFile { policy, diagnostics }
}

/// A policy as a file that says all of it.
///
/// ```
/// use paas_core::policy::TemplatePolicy;
/// use paas_tosca::{Source, policy_file};
///
/// let text = policy_file::write(&TemplatePolicy::default());
/// assert!(text.starts_with("privileged: deny\n"));
/// let again = policy_file::read(&Source::new("policy.yaml", text)).policy.unwrap();
/// assert_eq!(policy_file::write(&again), policy_file::write(&TemplatePolicy::default()));
/// ```
pub fn write(policy: &TemplatePolicy) -> String {
    let mut text = String::new();
    for row in Row::ALL {
        let level = policy.level(*row);
        let _ = match row.list_key() {
            None => writeln!(text, "{row}: {level}"),
            Some(key) => {
                // As YAML and JSON have them: in quotes that end where they should.
                let quoted: Vec<_> =
                    policy.list(*row).map(|item| format!("'{}'", item.replace('\'', "''"))).collect();
                writeln!(text, "{row}:\n  level: {level}\n  {key}: [{}]", quoted.join(", "))
            }
        };
    }
    text
}

/// Nobody has thousands of registries: a megabyte is more than enough.
fn limits() -> Limits {
    Limits { bytes: 1 << 20, ..Limits::default() }
}

struct Reader {
    policy: TemplatePolicy,
    diagnostics: Diagnostics,
    told: usize,
}

impl Reader {
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.told < MOST {
            self.told += 1;
            self.diagnostics.push(diagnostic);
        }
    }

    fn file(&mut self, root: NodeRef<'_>) {
        // An empty file changes nothing.
        if root.is_null() {
            return;
        }
        if root.kind() != Kind::Mapping {
            let message = format!("a policy file is a map, but here is {}", root.kind());
            let help = "write one row to a line, such as `privileged: deny`";
            self.push(Diagnostic::new(Code::PolicyFileWrongShape, message).at(root.place()).help(help));
            return;
        }
        if let Some((key, _)) = root.entry("tosca_definitions_version") {
            let message = "this is a TOSCA template, not a policy file";
            let help = "a policy file has rows such as `privileged: deny`";
            self.push(Diagnostic::new(Code::PolicyFileUnknownKey, message).at(key.place()).help(help));
            return;
        }
        for (key, value) in root.entries() {
            if self.told >= MOST {
                return;
            }
            let name = key.text().unwrap_or_default();
            match Row::ALL.iter().find(|row| row.key() == name) {
                Some(row) => self.row(*row, key, value),
                None => {
                    let message = format!("{} is not a row of a policy", shown(name));
                    let help = did_you_mean(name, Row::ALL.iter().map(|row| row.key()));
                    let all = || {
                        let keys: Vec<_> = Row::ALL.iter().map(|row| format!("`{row}`")).collect();
                        format!("the rows are {}", keys.join(", "))
                    };
                    let diagnostic = Diagnostic::new(Code::PolicyFileUnknownKey, message);
                    self.push(diagnostic.at(key.place()).help(help.unwrap_or_else(all)));
                }
            }
        }
    }

    fn row(&mut self, row: Row, key: NodeRef<'_>, value: NodeRef<'_>) {
        match (value.kind(), row.list_key()) {
            (Kind::Scalar, _) => self.level(row, key, value),
            (Kind::Mapping, Some(list)) => self.with_list(row, list, value),
            (kind, list) => {
                let message = format!("`{row}` is {}, but here is {kind}", shapes(list));
                let help = match list {
                    Some(list) => {
                        format!("write `{row}: {{ level: {}, {list}: [ … ] }}`", row.default_level())
                    }
                    None => format!("write `{row}: {}`", row.default_level()),
                };
                let diagnostic = Diagnostic::new(Code::PolicyFileWrongShape, message);
                self.push(diagnostic.at(value.place()).help(help));
            }
        }
    }

    fn level(&mut self, row: Row, key: NodeRef<'_>, value: NodeRef<'_>) {
        let text = value.text().unwrap_or_default();
        if value.is_null() || text.is_empty() {
            let diagnostic = Diagnostic::new(
                Code::PolicyFileWrongValue,
                format!("{} has no value", shown(key.text().unwrap_or_default())),
            );
            self.push(diagnostic.at(key.place()).help("write `allow`, `warn` or `deny` after the colon"));
            return;
        }
        match text.parse() {
            Ok(level) => self.policy.set(row, level),
            Err(error) => {
                let names = Level::ALL.map(Level::as_str);
                let help = did_you_mean(text, names);
                let message = format!("{} cannot be a level: {error}", shown(text));
                let diagnostic = Diagnostic::new(Code::PolicyFileWrongValue, message).at(value.place());
                self.push(diagnostic.maybe_help(help));
            }
        }
    }

    fn with_list(&mut self, row: Row, list: &'static str, map: NodeRef<'_>) {
        for (key, value) in map.entries() {
            match key.text().unwrap_or_default() {
                "level" if value.kind() == Kind::Scalar => self.level(row, key, value),
                "level" => {
                    let message = format!("`level` is a single value, but here is {}", value.kind());
                    let diagnostic = Diagnostic::new(Code::PolicyFileWrongShape, message);
                    self.push(diagnostic.at(value.place()).help("write `allow`, `warn` or `deny`"));
                }
                name if name == list => self.list(row, list, key, value),
                name => {
                    let help = match closest(name, ["level", list]) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => format!("the keys here are `level`, `{list}`"),
                    };
                    let message = format!("{} is not a key of `{row}`", shown(name));
                    let diagnostic = Diagnostic::new(Code::PolicyFileUnknownKey, message);
                    self.push(diagnostic.at(key.place()).help(help));
                }
            }
        }
    }

    fn list(&mut self, row: Row, name: &str, key: NodeRef<'_>, value: NodeRef<'_>) {
        if value.kind() != Kind::Sequence {
            let found = if value.is_null() { "nothing".to_owned() } else { value.kind().to_string() };
            let message = format!("`{name}` is a list, but here is {found}");
            let at = if value.is_null() { key } else { value };
            let diagnostic = Diagnostic::new(Code::PolicyFileWrongShape, message);
            self.push(diagnostic.at(at.place()).help("write `[ … ]`, or items that begin with `- `"));
            return;
        }
        let items: Vec<String> = value.items().filter_map(|item| self.item(row, name, item)).collect();
        self.policy.set_list(row, items);
    }

    fn item(&mut self, row: Row, name: &str, item: NodeRef<'_>) -> Option<String> {
        let Some(text) = item.text().filter(|_| item.kind() == Kind::Scalar) else {
            let message = format!("`{name}` is a list of texts, but here is {}", item.kind());
            self.push(Diagnostic::new(Code::PolicyFileWrongShape, message).at(item.place()));
            return None;
        };
        let wrong = |message| Diagnostic::new(Code::PolicyFileWrongValue, message).at(item.place());
        // Other readers would take it for something else.
        if let Some(plain) = item.plain().filter(|plain| *plain != Plain::String) {
            let message = format!(
                "items of `{name}` are texts, but {} without quotes is {}",
                shown(text),
                plain.describe()
            );
            self.push(wrong(message).help("put it in quotes"));
            return None;
        }
        if let Some((fault, help)) = fault(row, text) {
            self.push(wrong(format!("{} cannot be {fault}", shown(text))).help(help));
            return None;
        }
        Some(text.to_owned())
    }
}

fn shapes(list: Option<&str>) -> String {
    match list {
        Some(list) => format!("`allow`, `warn`, `deny`, or a map of `level` and `{list}`"),
        None => "`allow`, `warn` or `deny`".to_owned(),
    }
}

/// Why a text cannot be an item of a row's list, and what to do.
fn fault(row: Row, text: &str) -> Option<(&'static str, String)> {
    let has_odd = text.is_empty() || text.chars().any(|c| c.is_control() || c.is_whitespace());
    match row {
        Row::AddedCapabilities => {
            let is_known = text == ALL_CAPABILITIES || CAPABILITIES.contains(&text);
            let plain = text.strip_prefix("CAP_").unwrap_or(text);
            let help = || did_you_mean(plain, CAPABILITIES.iter().copied());
            let usual = || "write it as Linux does, without `CAP_`: `NET_ADMIN`".to_owned();
            (!is_known).then(|| ("a capability", help().unwrap_or_else(usual)))
        }
        Row::ForbiddenHostPaths => {
            let has_dots = text.split('/').any(|part| matches!(part, "." | ".."));
            let is_path = text.starts_with('/') && !has_dots && !text.chars().any(char::is_control);
            (!is_path).then(|| ("a path of hosts", "write an absolute path without `.` and `..`".to_owned()))
        }
        Row::Registries => (!is_registry_entry(text)).then(|| {
            let help = "write `host`, `host:port`, or either with a folder: `registry.bank.test/shop`";
            ("a registry", help.to_owned())
        }),
        Row::ReservedLabels => {
            has_odd.then(|| ("the beginning of a label", "write such as `io.rancher.`".to_owned()))
        }
        Row::MutableTags => has_odd.then(|| ("a tag", "write such as `latest` or `*-snapshot`".to_owned())),
        Row::RancherKeys => {
            let names = || options::KEYS.iter().map(|key| key.name);
            let help = || did_you_mean(text, names());
            let usual = || "docs/rancher-compose.md has all of them".to_owned();
            options::key(text).is_none().then(|| ("a key in `rancher`", help().unwrap_or_else(usual)))
        }
        Row::StatefulWithoutVolume => {
            let is_name =
                !has_odd && !text.contains([':', '@']) && !text.starts_with('/') && !text.ends_with('/');
            (!is_name)
                .then(|| ("the name of an image", "write it without registry and tag: `postgres`".to_owned()))
        }
        _ => None,
    }
}
