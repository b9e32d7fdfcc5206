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

fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// What a template may cost at most.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Depth of lists and maps.
    pub depth: usize,
    /// Values in the text.
    pub nodes: usize,
    /// Values after aliases are followed.
    pub expanded_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 << 20, depth: 64, nodes: 2_000_000, expanded_nodes: 4_000_000 }
    }
}

/// The text of a built-in file that a [`Place`](paas_core::diagnostic::Place) can name, such as
/// `paas-profile-1.0.yaml`.
pub fn builtin_text(name: &str) -> Option<&'static str> {
    crate::tosca::builtin_text(name)
}
