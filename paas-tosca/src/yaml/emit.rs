//! Writing YAML that every reader understands in the same way.

/// Writes block-style YAML in which every key and string is double-quoted, so that no string can be taken for
/// anything else.
#[derive(Debug, Default)]
pub struct Emitter {
    out: String,
}

impl Emitter {
    /// The text.
    pub fn finish(self) -> String {
        self.out
    }
}
