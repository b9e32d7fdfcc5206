//! Writing YAML as a careful engineer does: for people who go on with it by hand.
//!
//! | rule | why |
//! | --- | --- |
//! | short lists and maps on one line, long ones as blocks | a service is seen at a glance |
//! | strings are in quotes only where a reader of YAML 1.1 or 1.2 might take them for something else | quotes everywhere hide what matters |
//! | several lines of text are a block after `\|` where that is exact | a file in a template looks like the file |
//! | what is not printable is escaped; in comments it is `?` | what a reviewer sees is what is there |
//!
//! For files that only machines read there is [`emit`](super::emit).

mod scalar;
#[cfg(test)]
pub(crate) mod tests;

use scalar::Place;

/// Lines are not longer than this, if something can be done about it.
const WIDTH: usize = 120;
const INDENT: usize = 2;
/// The longest key, in bytes, that is written before a `:` (YAML allows 1,024 characters).
const LONGEST_SIMPLE_KEY: usize = 500;
/// Lists of this many maps or more are blocks.
const FEW_MAPS: usize = 3;

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Yaml {
    /// What is written just so: numbers, booleans, quantities.
    Plain(String),
    /// A string.
    Text(String),
    /// Values in order.
    List(Vec<Yaml>),
    /// As [`Yaml::List`], each item on its own line.
    Lines(Vec<Yaml>),
    /// Values by name.
    Map(Map),
}

impl Yaml {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number or a boolean.
    pub(crate) fn plain(value: impl Copy + ToString) -> Self {
        Self::Plain(value.to_string())
    }

    pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t String>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }
}

impl From<Map> for Yaml {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

/// A map to be written. Keys must differ from each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Map {
    entries: Vec<Entry>,
    /// Whether each entry has its own line.
    is_block: bool,
    /// Whether there is an empty line around entries of several lines.
    is_spaced: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    comments: Vec<String>,
    key: String,
    value: Yaml,
}

impl Map {
    /// A map that is written on one line if it fits.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A map of which each entry has its own line.
    pub(crate) fn block() -> Self {
        Self { is_block: true, ..Self::default() }
    }

    /// A map of which each entry has its own line, with empty lines around those of several lines.
    pub(crate) fn spaced() -> Self {
        Self { is_block: true, is_spaced: true, ..Self::default() }
    }

    /// A map of one entry.
    pub(crate) fn of(key: impl Into<String>, value: impl Into<Yaml>) -> Self {
        let mut map = Self::new();
        map.add(key, value);
        map
    }

    /// The same, on a line of its own.
    pub(crate) fn line(key: impl Into<String>, value: impl Into<Yaml>) -> Self {
        Self { is_block: true, ..Self::of(key, value) }
    }

    pub(crate) fn add(&mut self, key: impl Into<String>, value: impl Into<Yaml>) {
        self.entries.push(Entry { comments: Vec::new(), key: key.into(), value: value.into() });
    }

    /// Adds an entry if there is a value.
    pub(crate) fn maybe(&mut self, key: &str, value: Option<impl Into<Yaml>>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }

    /// Adds `key: true`.
    pub(crate) fn flag(&mut self, key: &str, is_set: bool) {
        self.maybe(key, is_set.then(|| Yaml::plain(true)));
    }

    /// Adds an entry unless the map is empty.
    pub(crate) fn unless_empty(&mut self, key: &str, map: Self) {
        self.maybe(key, (!map.is_empty()).then_some(map));
    }

    /// Adds an entry unless the list is empty.
    pub(crate) fn list(&mut self, key: &str, items: impl IntoIterator<Item = Yaml>) {
        let items: Vec<Yaml> = items.into_iter().collect();
        self.maybe(key, (!items.is_empty()).then_some(Yaml::List(items)));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Gives each entry its own line.
    pub(crate) fn set_block(&mut self) {
        self.is_block = true;
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Yaml> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    /// Puts a comment before an entry; `false`: there is no such entry.
    pub(crate) fn comment(&mut self, key: &str, comment: &str) -> bool {
        let entry = self.entries.iter_mut().find(|entry| entry.key == key);
        let is_there = entry.is_some();
        entry.into_iter().for_each(|entry| entry.comments.push(comment.to_owned()));
        is_there
    }

    /// Orders the entries by a rank of their keys; those of one rank stay as they are.
    pub(crate) fn sort_by_rank(&mut self, rank: impl Fn(&str) -> usize) {
        self.entries.sort_by_key(|entry| rank(&entry.key));
    }

    fn has_comments(&self) -> bool {
        self.entries.iter().any(|entry| !entry.comments.is_empty())
    }
}

/// Writes a document, after some lines of comments.
pub(crate) fn document<'c>(comments: impl IntoIterator<Item = &'c str>, root: &Map) -> String {
    let mut writer = Writer { out: String::new(), line: 0 };
    comments.into_iter().for_each(|comment| writer.comment(0, comment));
    if root.is_empty() {
        writer.out.push_str("{}\n");
    }
    writer.map(root, 0, false);
    writer.out
}

struct Writer {
    out: String,
    /// Where the line begins that is being written.
    line: usize,
}

impl Writer {
    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }

    fn end_line(&mut self) {
        self.out.push('\n');
        self.line = self.out.len();
    }

    /// One line, whatever is in the text.
    fn comment(&mut self, indent: usize, text: &str) {
        self.spaces(indent);
        self.out.push('#');
        for word in text.split_whitespace() {
            self.out.push(' ');
            self.out.extend(word.chars().map(|c| if scalar::is_shown(c) { c } else { '?' }));
        }
        self.end_line();
    }

    /// The entries of a map. Within an item of a list, the first one goes on after the dash.
    fn map(&mut self, map: &Map, indent: usize, after_dash: bool) {
        let mut was_long = false;
        for (index, entry) in map.entries.iter().enumerate() {
            let begin = self.out.len();
            if index > 0 || !after_dash {
                entry.comments.iter().for_each(|comment| self.comment(indent, comment));
                self.spaces(indent);
            }
            let start = self.out.len();
            scalar::push(&mut self.out, &entry.key, Place::Block);
            if self.out.len() - start > LONGEST_SIMPLE_KEY {
                self.out.insert_str(start, "? ");
                self.end_line();
                self.spaces(indent);
            }
            self.out.push(':');
            let first_line = self.line;
            self.value(&entry.value, indent);
            let is_long = self.out.get(first_line..).is_some_and(|lines| lines.trim_end().contains('\n'));
            if map.is_spaced && index > 0 && (is_long || was_long) {
                self.out.insert(begin, '\n');
                self.line += 1;
            }
            was_long = is_long;
        }
    }

    /// A value after `key:` of a map with this indent, to the end of its last line.
    fn value(&mut self, value: &Yaml, indent: usize) {
        match value {
            _ if self.on_line(value) => {}
            Yaml::Text(text) => self.block_text(text, indent),
            Yaml::List(items) | Yaml::Lines(items) => {
                self.end_line();
                self.items(items, indent + INDENT);
            }
            Yaml::Map(map) => {
                self.end_line();
                self.map(map, indent + INDENT, false);
            }
            Yaml::Plain(_) => {}
        }
    }

    fn items(&mut self, items: &[Yaml], indent: usize) {
        for item in items {
            if let Yaml::Map(map) = item
                && let Some(first) = map.entries.first()
            {
                first.comments.iter().for_each(|comment| self.comment(indent, comment));
            }
            self.spaces(indent);
            self.out.push('-');
            match item {
                _ if self.on_line(item) => {}
                Yaml::Map(map) => {
                    self.out.push(' ');
                    self.map(map, indent + INDENT, true);
                }
                _ => self.value(item, indent),
            }
        }
    }

    /// Writes a value on the line that is begun; `false`: it has no place there, and nothing was written.
    fn on_line(&mut self, value: &Yaml) -> bool {
        let start = self.out.len();
        self.out.push(' ');
        let is_written = match value {
            Yaml::Plain(text) => {
                self.out.push_str(text);
                true
            }
            Yaml::Text(text) if scalar::is_block(text) => false,
            Yaml::Text(text) => {
                scalar::push(&mut self.out, text, Place::Block);
                true
            }
            _ => self.flow(value, self.line + WIDTH),
        };
        if is_written {
            self.end_line();
        } else {
            self.out.truncate(start);
        }
        is_written
    }

    /// Writes a value in flow style; `false`: it cannot be, or would end after `limit`.
    fn flow(&mut self, value: &Yaml, limit: usize) -> bool {
        let is_written = match value {
            Yaml::Plain(text) => {
                self.out.push_str(text);
                true
            }
            Yaml::Text(text) if scalar::is_block(text) => false,
            Yaml::Text(text) => {
                scalar::push(&mut self.out, text, Place::Flow);
                true
            }
            Yaml::List(items) => self.flow_list(items, limit),
            Yaml::Lines(items) => {
                self.out.push_str("[]");
                items.is_empty()
            }
            Yaml::Map(map) => self.flow_map(map, limit),
        };
        is_written && self.out.len() <= limit
    }

    fn flow_list(&mut self, items: &[Yaml], limit: usize) -> bool {
        if items.is_empty() {
            self.out.push_str("[]");
            return true;
        }
        let is_long = |item: &Yaml| matches!(item, Yaml::Map(map) if map.len() > 1);
        if items.iter().filter(|item| is_long(item)).count() >= FEW_MAPS {
            return false;
        }
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            self.out.push_str(if index == 0 { " " } else { ", " });
            if !self.flow(item, limit) {
                return false;
            }
        }
        self.out.push_str(" ]");
        true
    }

    fn flow_map(&mut self, map: &Map, limit: usize) -> bool {
        if map.is_empty() {
            self.out.push_str("{}");
            return true;
        }
        if map.is_block || map.has_comments() {
            return false;
        }
        self.out.push('{');
        for (index, entry) in map.entries.iter().enumerate() {
            self.out.push_str(if index == 0 { " " } else { ", " });
            scalar::push(&mut self.out, &entry.key, Place::Flow);
            self.out.push_str(": ");
            if !self.flow(&entry.value, limit) {
                return false;
            }
        }
        self.out.push_str(" }");
        true
    }

    fn block_text(&mut self, text: &str, indent: usize) {
        let body = text.strip_suffix('\n');
        self.out.push_str(if body.is_some() { " |" } else { " |-" });
        self.end_line();
        for line in body.unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.spaces(indent + INDENT);
                self.out.push_str(line);
            }
            self.end_line();
        }
    }
}
