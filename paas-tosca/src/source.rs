//! Source texts and the limits on them.

use paas_core::diagnostic::{Code, Diagnostic, Place, Position};
use std::sync::Arc;

/// A template's text and the name under which messages speak of it.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
}

impl Source {
    /// A text under a name, usually a path.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Bytes that should be UTF-8.
    ///
    /// # Errors
    /// `yaml.not_utf8` with the place of the first bad byte.
    pub fn from_bytes(name: impl Into<Arc<str>>, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let name = name.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text: text.into() }),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let valid = String::from_utf8_lossy(valid);
                let line = valid.matches('\n').count() + 1;
                let column = valid.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
                let at = Position { line: small(line), column: small(column), offset: small(valid.len()) };
                let place = Place { file: name, start: at, end: at };
                Err(Box::new(
                    Diagnostic::new(Code::NotUtf8, "the file is not UTF-8 text")
                        .label(place, "this byte is no part of UTF-8 text")
                        .help("save it as UTF-8, or check that it is a template at all"),
                ))
            }
        }
    }

    /// The name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn shared_text(&self) -> Arc<str> {
        self.text.clone()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl AsRef<[Source]> for Source {
    fn as_ref(&self) -> &[Source] {
        std::slice::from_ref(self)
    }
}

/// The texts that were read: the template's first, then those of imported files.
///
/// Diagnostics tell places in all of them, by their names.
#[derive(Debug, Clone)]
pub struct Sources(pub(crate) Vec<Source>);

impl Sources {
    /// The text of a file by its name.
    ///
    /// ```
    /// use paas_tosca::{Options, Source, check};
    ///
    /// let checked = check(&Source::new("shop.yaml", "a: b"), &Options::default());
    /// assert_eq!(checked.sources.text("shop.yaml"), Some("a: b"));
    /// assert_eq!(checked.sources.text("types.yaml"), None);
    /// ```
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|source| **source.name() == *name).map(Source::text)
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.0.iter()
    }
}

impl AsRef<[Source]> for Sources {
    fn as_ref(&self) -> &[Source] {
        &self.0
    }
}

/// Adds texts that places are in too, such as that of a mapping file.
impl Extend<Source> for Sources {
    fn extend<I: IntoIterator<Item = Source>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl From<Source> for Sources {
    fn from(source: Source) -> Self {
        Self(vec![source])
    }
}

fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// What a template may cost at most.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the text of one file.
    pub bytes: usize,
    /// Depth of lists and maps.
    pub depth: usize,
    /// Values in one file.
    pub nodes: usize,
    /// Values after aliases are followed, in all files together.
    pub expanded_nodes: usize,
    /// Files, with the template and all that is imported.
    pub files: usize,
    /// Files that import each other in one line.
    pub import_depth: usize,
    /// Bytes of text in all files together.
    pub total_bytes: usize,
    /// Values in all files together.
    pub total_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            depth: 64,
            nodes: 2_000_000,
            expanded_nodes: 4_000_000,
            files: 256,
            import_depth: 32,
            total_bytes: 32 << 20,
            total_nodes: 4_000_000,
        }
    }
}

/// The text of a built-in file that a [`Place`](paas_core::diagnostic::Place) can name, such as
/// `paas-profile-1.0.yaml`.
pub fn builtin_text(name: &str) -> Option<&'static str> {
    crate::tosca::builtin_text(name)
}
