//! Writing what a command made to a file.

use paas_sdk::{Code, Diagnostic};
use std::{fs, path::Path};

/// Writes a text to a file, but never over what it was made of.
pub(crate) fn save(path: &Path, text: &str, made_of: &[&Path]) -> Result<(), Box<Diagnostic>> {
    let unwritable = |why: &str| {
        let message = format!("`{}` cannot be written: {why}", path.display());
        Box::new(Diagnostic::new(Code::FileUnwritable, message))
    };
    let is_same = |other: &Path| {
        fs::canonicalize(path).is_ok_and(|path| fs::canonicalize(other).is_ok_and(|other| other == path))
    };
    if made_of.iter().any(|other| is_same(other)) {
        return Err(unwritable("it is the template"));
    }
    fs::write(path, text).map_err(|error| unwritable(&error.to_string()))
}
