//! Writing YAML that every reader understands in the same way.
//!
//! | rule | why |
//! | --- | --- |
//! | every key and every string is double-quoted, on one line | `on`, `22:30`, `1e3`, `<<`, `- x` can only be strings |
//! | what is not printable, ends a line somewhere or turns the writing direction is escaped | YAML 1.1 and 1.2 disagree about line ends; reviewers see what is there |
//! | numbers, booleans and `null` are plain; other numbers than whole ones have a point and no exponent | both versions read them alike |
//! | a key of more than 1,000 bytes is written `? "key"` | a reader may refuse longer ones before a `:` |
//! | empty maps are `{}`, empty lists `[]` | an empty value would be read as nothing |
//!
//! A value is written by a method of [`Slot`], which takes the slot: a key has exactly one value, or the key is not
//! written at all.
//!
//! ```
//! use paas_tosca::yaml::Emitter;
//!
//! let text = Emitter::new().comment("made by hand").map(|root| {
//!     root.entry("version").string("2");
//!     root.entry("ports").list(|ports| {
//!         ports.item().integer(80);
//!         ports.item().map(|port| port.entry("tls").boolean(true));
//!     });
//! });
//! assert_eq!(text, "# made by hand\n\"version\": \"2\"\n\"ports\":\n  - 80\n  - \"tls\": true\n");
//! ```

use std::fmt;

/// The longest quoted key, in bytes, that is written before a `:` (YAML allows 1,024 characters).
const LONGEST_SIMPLE_KEY: usize = 1_000;
const INDENT: usize = 2;
const SPACES: &str = "                ";

/// Writes one document of block-style YAML.
#[derive(Debug, Default)]
pub struct Emitter {
    out: String,
}

impl Emitter {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing written yet, with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// A comment line before the document. Whatever is not printable ASCII becomes `?`, so that it stays one line.
    #[must_use]
    pub fn comment(mut self, text: &str) -> Self {
        self.out.push_str("# ");
        self.out.extend(text.chars().map(|c| if matches!(c, ' '..='~') { c } else { '?' }));
        self.out.push('\n');
        self
    }

    /// Writes the document, which is a map, and gives the text.
    pub fn map(mut self, write: impl FnOnce(&mut Map<'_>)) -> String {
        let mut map = Map { out: &mut self.out, indent: 0, at: At::Root };
        write(&mut map);
        if map.at == At::Root {
            self.out.push_str("{}\n");
        }
        self.out
    }
}

/// A map that is being written.
#[derive(Debug)]
pub struct Map<'a> {
    out: &'a mut String,
    indent: usize,
    at: At,
}

impl Map<'_> {
    /// The place of a key's value. Keys must differ from each other.
    pub fn entry<'b>(&'b mut self, key: &'b str) -> Slot<'b> {
        Slot { out: self.out, indent: self.indent, at: &mut self.at, key: Some(key) }
    }
}

/// A list that is being written.
#[derive(Debug)]
pub struct List<'a> {
    out: &'a mut String,
    indent: usize,
    at: At,
}

impl List<'_> {
    /// The place of the next value.
    pub fn item(&mut self) -> Slot<'_> {
        Slot { out: self.out, indent: self.indent, at: &mut self.at, key: None }
    }
}

/// Where a value goes. Nothing is written before the value is.
#[derive(Debug)]
#[must_use = "without a value nothing is written"]
pub struct Slot<'a> {
    out: &'a mut String,
    indent: usize,
    at: &'a mut At,
    key: Option<&'a str>,
}

impl Slot<'_> {
    /// A string.
    pub fn string(self, text: &str) {
        self.quoted(|quoted| quoted.push(text));
    }

    /// A string in pieces.
    pub fn quoted(mut self, write: impl FnOnce(&mut Quoted<'_>)) {
        self.open();
        self.out.push_str(" \"");
        write(&mut Quoted { out: self.out });
        self.out.push_str("\"\n");
    }

    /// A whole number.
    pub fn integer(mut self, value: impl Into<i64>) {
        self.open();
        push_formatted(self.out, format_args!(" {}\n", value.into()));
    }

    /// True or false.
    pub fn boolean(mut self, value: bool) {
        self.open();
        self.out.push_str(if value { " true\n" } else { " false\n" });
    }

    /// A finite number, with a point and without an exponent, which not all readers know; another one is nothing.
    pub fn float(self, value: f64) {
        if !value.is_finite() {
            return self.null();
        }
        let mut slot = self;
        slot.open();
        let text = value.to_string();
        let point = if text.contains('.') { "" } else { ".0" };
        push_formatted(slot.out, format_args!(" {text}{point}\n"));
    }

    /// Nothing, said in so many words.
    pub fn null(mut self) {
        self.open();
        self.out.push_str(" null\n");
    }

    /// A map; `{}` if nothing is written into it.
    pub fn map(mut self, write: impl FnOnce(&mut Map<'_>)) {
        let at = self.open();
        let mut map = Map { out: self.out, indent: self.indent + INDENT, at };
        write(&mut map);
        if map.at != At::Line {
            self.out.push_str(" {}\n");
        }
    }

    /// A list; `[]` if nothing is written into it.
    pub fn list(mut self, write: impl FnOnce(&mut List<'_>)) {
        let at = self.open();
        let mut list = List { out: self.out, indent: self.indent + INDENT, at };
        write(&mut list);
        if list.at != At::Line {
            self.out.push_str(" []\n");
        }
    }

    /// A map; not even its key if nothing is written into it.
    pub fn map_unless_empty(mut self, write: impl FnOnce(&mut Map<'_>)) {
        let before = (self.out.len(), *self.at);
        let at = self.open();
        let mut map = Map { out: self.out, indent: self.indent + INDENT, at };
        write(&mut map);
        if map.at != At::Line {
            self.back_to(before);
        }
    }

    /// A list; not even its key if nothing is written into it.
    pub fn list_unless_empty(mut self, write: impl FnOnce(&mut List<'_>)) {
        let before = (self.out.len(), *self.at);
        let at = self.open();
        let mut list = List { out: self.out, indent: self.indent + INDENT, at };
        write(&mut list);
        if list.at != At::Line {
            self.back_to(before);
        }
    }

    /// Writes everything before the value; gives the place where a map or list as value begins.
    fn open(&mut self) -> At {
        match *self.at {
            At::Root => {}
            At::AfterKey => {
                self.out.push('\n');
                push_spaces(self.out, self.indent);
            }
            At::AfterDash => self.out.push(' '),
            At::Line => push_spaces(self.out, self.indent),
        }
        *self.at = At::Line;
        match self.key {
            None => {
                self.out.push('-');
                At::AfterDash
            }
            Some(key) => {
                push_key(self.out, key, self.indent);
                At::AfterKey
            }
        }
    }

    fn back_to(&mut self, (length, at): (usize, At)) {
        self.out.truncate(length);
        *self.at = at;
    }
}

/// A string that is being written.
#[derive(Debug)]
pub struct Quoted<'a> {
    out: &'a mut String,
}

impl Quoted<'_> {
    /// More of the string.
    pub fn push(&mut self, text: &str) {
        push_escaped(self.out, text);
    }

    /// More of the string, formatted.
    pub fn format(&mut self, arguments: fmt::Arguments<'_>) {
        struct Escaping<'a>(&'a mut String);
        impl fmt::Write for Escaping<'_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                push_escaped(self.0, text);
                Ok(())
            }
        }
        push_formatted(&mut Escaping(self.out), arguments);
    }
}

/// What stands before the next thing that is written into a map or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Nothing: the document begins.
    Root,
    /// A key and its colon.
    AfterKey,
    /// The dash of an item.
    AfterDash,
    /// A line that is complete: the map or list is not empty.
    Line,
}

fn push_key(out: &mut String, key: &str, indent: usize) {
    let start = out.len();
    out.push('"');
    push_escaped(out, key);
    out.push('"');
    if out.len() - start > LONGEST_SIMPLE_KEY {
        out.insert_str(start, "? ");
        out.push('\n');
        push_spaces(out, indent);
    }
    out.push(':');
}

fn push_spaces(out: &mut String, mut count: usize) {
    while count > 0 {
        let spaces = SPACES.get(..count).unwrap_or(SPACES);
        out.push_str(spaces);
        count -= spaces.len();
    }
}

/// Only the formatted value itself could fail, and numbers and strings never do.
fn push_formatted(out: &mut impl fmt::Write, arguments: fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}

pub(super) fn push_escaped(out: &mut String, text: &str) {
    // Looks at all bytes without stopping early: that takes many at once.
    let is_plain = |b: u8| matches!(b, b' '..=b'~') & (b != b'"') & (b != b'\\');
    if text.bytes().fold(true, |plain, b| plain & is_plain(b)) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| push_escaped_char(out, c));
    }
}

fn push_escaped_char(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\0'..='\x1F' | '\x7F'..='\u{9F}' => push_formatted(out, format_args!("\\x{:02X}", u32::from(c))),
        c if is_invisible_or_ends_line(c) => match u32::from(c) {
            code @ ..=0xFFFF => push_formatted(out, format_args!("\\u{code:04X}")),
            code => push_formatted(out, format_args!("\\U{code:08X}")),
        },
        c => out.push(c),
    }
}

/// Line ends of YAML 1.1, the byte order mark, noncharacters (not all are printable to YAML), and what turns the
/// writing direction (so that a reviewer sees another text than the machine).
fn is_invisible_or_ends_line(c: char) -> bool {
    matches!(c,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}'
        | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests;
