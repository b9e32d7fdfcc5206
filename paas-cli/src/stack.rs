//! From arguments to a stack of Rancher.

use crate::args::StackOptions;
use paas_sdk::{
    Diagnostics, Source, Sources, files,
    tosca::compose::{self, Imported},
};
use std::path::Path;

/// Reads and imports a stack; if it cannot be read, there are problems only.
pub(crate) fn import(path: &Path, said: &StackOptions) -> Result<Imported, (Diagnostics, Sources)> {
    let mut options = compose::Options::new(&said.network);
    let nothing = || Sources::from(Source::new(path.to_string_lossy().into_owned(), ""));
    let stack = files::read_stack(path, &options.limits).map_err(|problems| (problems, nothing()))?;
    if let Some(answers) = &said.answers {
        options.answers = files::read_answers(answers).map_err(|problems| (problems, nothing()))?;
    }
    options.name = said.name.clone();
    if options.name.is_none() {
        options.fallback_name = folder_name(path);
    }
    Ok(compose::import(&stack, &options))
}

/// The name of the folder that a stack lies in.
fn folder_name(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let folder = if path.is_dir() { path } else { path.parent()?.to_owned() };
    Some(folder.file_name()?.to_string_lossy().into_owned())
}
