//! Writing what was made to a file.

use paas_sdk::{Code, Diagnostic};
use std::{fs, path::Path};

/// Writes a text to a file, which must not be the template that it was made from.
pub(crate) fn save(path: &Path, text: &str, template: &Path) -> Result<(), Box<Diagnostic>> {
    let unwritable = |why: &str| {
        let message = format!("`{}` cannot be written: {why}", path.display());
        Box::new(Diagnostic::new(Code::FileUnwritable, message))
    };
    let is_template = fs::canonicalize(path)
        .is_ok_and(|path| fs::canonicalize(template).is_ok_and(|template| template == path));
    if is_template {
        return Err(unwritable("it is the template"));
    }
    fs::write(path, text).map_err(|error| unwritable(&error.to_string()))
}
