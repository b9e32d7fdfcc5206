//! Imported files below a folder.

use super::{name, nonblocking, reason};
use cap_std::{
    ambient_authority,
    fs::{Dir, File},
};
use paas_tosca::{
    Limits, Source,
    resolve::{Import, Refusal, Resolver, normalize},
};
use std::{
    io::{self, ErrorKind, Read},
    path::{Component, Path},
};

/// Local files below one folder, and nothing outside of it: not by `..`, not by absolute paths, not by links.
///
/// Every step of a path is opened from the folder itself, so that a link that is put in between looking and reading
/// leads nowhere either. Only regular files are read, never more than [`Limits::bytes`] of one.
///
/// ```
/// use paas_sdk::{Limits, files::Folder, tosca::resolve::{Import, Resolver}};
///
/// let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("types.yaml"), "a: b").unwrap();
/// let template = folder.path().join("shop.yaml");
///
/// let below = Folder::of_template(&template, &Limits::default()).unwrap();
/// let from = template.to_str().unwrap();
/// assert_eq!(below.resolve(&Import::new("types.yaml", from)).unwrap().text(), "a: b");
/// assert!(below.resolve(&Import::new("../../etc/passwd", from)).is_err());
/// ```
#[derive(Debug)]
pub struct Folder {
    dir: Dir,
    /// Before the paths in names; with a `/` at its end, or empty.
    prefix: String,
    /// The name of the template, and its path in the folder.
    template: (String, String),
    most: usize,
}

impl Folder {
    /// The folder that a template lies in.
    ///
    /// # Errors
    /// When the folder cannot be opened.
    pub fn of_template(template: impl AsRef<Path>, limits: &Limits) -> io::Result<Self> {
        let folder = template.as_ref().parent().unwrap_or_else(|| Path::new(""));
        Self::with_template(folder, template.as_ref(), limits)
    }

    /// A folder that holds a template, not necessarily beside the files that it imports.
    ///
    /// The template need not be a file there: of one that is somewhere else, or nowhere, imports begin at the folder.
    ///
    /// # Errors
    /// When the folder cannot be opened.
    pub fn with_template(
        folder: impl AsRef<Path>,
        template: impl AsRef<Path>,
        limits: &Limits,
    ) -> io::Result<Self> {
        let (folder, template) = (folder.as_ref(), template.as_ref());
        let is_here = folder.as_os_str().is_empty();
        let dir = Dir::open_ambient_dir(if is_here { Path::new(".") } else { folder }, ambient_authority())?;
        let mut prefix = name(folder);
        if !is_here && !prefix.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            prefix.push('/');
        }
        let inside = inside(folder, template).unwrap_or_default();
        Ok(Self { dir, prefix, template: (name(template), inside), most: limits.bytes })
    }

    fn read(&self, path: &str) -> Result<Source, Refusal> {
        // Where it really is: a file that is reached in two ways is one.
        let path = steps(&self.dir.canonicalize(path).map_err(|error| refused(&error))?);
        let is_template = path == self.template.1;
        let name = if is_template { self.template.0.clone() } else { format!("{}{path}", self.prefix) };

        // Asked before it is opened, since opening can have effects; and again of what was opened.
        self.examine(&self.dir.metadata(&path).map_err(|error| refused(&error))?)?;
        let file = self.open(&path).map_err(|error| refused(&error))?;
        self.examine(&file.metadata().map_err(|error| refused(&error))?)?;

        let most = u64::try_from(self.most).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
        if bytes.len() > self.most {
            return Err(self.too_large());
        }
        Source::from_bytes(name, &bytes).map_err(|problem| Refusal::unreadable(problem.message))
    }

    /// Opens what is there without waiting: it may have become a pipe since it was looked at.
    fn open(&self, path: &str) -> io::Result<File> {
        let mut options = cap_std::fs::OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        cap_std::fs::OpenOptionsExt::custom_flags(&mut options, nonblocking::FLAG);
        self.dir.open_with(path, &options)
    }

    fn examine(&self, metadata: &cap_std::fs::Metadata) -> Result<(), Refusal> {
        if metadata.is_dir() {
            return Err(Refusal::unreadable("it is a folder").help("name a file in it"));
        }
        if !metadata.is_file() {
            return Err(Refusal::not_allowed("it is not a regular file"));
        }
        if metadata.len() > u64::try_from(self.most).unwrap_or(u64::MAX) {
            return Err(self.too_large());
        }
        Ok(())
    }

    fn too_large(&self) -> Refusal {
        Refusal::too_large(format!("it has more than {} bytes", self.most))
    }
}

impl Resolver for Folder {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        if let Some(repository) = import.repository {
            return Err(Refusal::no_repository(&repository));
        }
        let from = if import.from == self.template.0 {
            Some(&*self.template.1)
        } else {
            import.from.strip_prefix(&self.prefix)
        };
        let Some(from) = from else {
            return Err(Refusal::unknown("the importing file is not in the folder of the template"));
        };
        self.read(&normalize(from, import.file)?)
    }
}

/// The path of a template in a folder; `None`: it is not there.
fn inside(folder: &Path, template: &Path) -> Option<String> {
    if let Ok(path) = template.strip_prefix(folder)
        && path.components().all(|step| matches!(step, Component::Normal(_)))
    {
        return Some(steps(path));
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (folder, template) = (folder.canonicalize().ok()?, template.canonicalize().ok()?);
    template.strip_prefix(folder).ok().map(steps)
}

/// A path as imports write it.
fn steps(path: &Path) -> String {
    let steps: Vec<_> = path.components().map(|step| step.as_os_str().to_string_lossy()).collect();
    steps.join("/")
}

fn refused(error: &io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Refusal::not_found().help("paths are relative to the importing file")
        }
        // Of what the system says, only that a path leads out has no number.
        ErrorKind::PermissionDenied if error.raw_os_error().is_none() => {
            Refusal::not_allowed("a link leads out of the folder of the template")
                .help("put the file itself into that folder")
        }
        _ => Refusal::unreadable(reason(error)),
    }
}

#[cfg(test)]
#[path = "folder/tests.rs"]
mod tests;
