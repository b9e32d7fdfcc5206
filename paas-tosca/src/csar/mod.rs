//! Archives of templates (CSAR): a zip with the template and all that it imports.
//!
//! Which template is meant, `TOSCA-Metadata/TOSCA.meta` says, or there is just one at the root. An archive comes from
//! anywhere, so it is read strictly: what two readers could take for different things is refused, and nothing is
//! unpacked beyond a limit, whatever sizes the archive claims.
//!
//! ```text
//! bytes ─ directory ─▶ entries, each checked ─ unpack ─▶ files ─ metadata ─▶ the template, and a resolver of the rest
//! ```

mod check;
mod directory;
mod metadata;
mod unpack;

use crate::{
    Limits, Source,
    resolve::{Import, Refusal, Resolver, normalize},
};
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// An archive, unpacked.
///
/// ```
/// use paas_tosca::{Limits, csar::Csar};
///
/// let problems = Csar::read("shop.csar", b"this is no archive", &Limits::default()).unwrap_err();
/// let problem = problems.iter().next().unwrap();
/// assert_eq!(problem.to_string(), "shop.csar:1:1: error[csar.not_zip]: `shop.csar` is no zip archive");
/// ```
#[derive(Clone)]
pub struct Csar {
    name: Arc<str>,
    entry: Source,
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Csar {
    /// Reads an archive. Its files have names that begin with its own: `shop.csar/types/web.yaml`.
    ///
    /// # Errors
    /// `csar.…`, with all that is wrong with its entries; `yaml.not_utf8` if the template is no text.
    pub fn read(name: impl Into<Arc<str>>, bytes: &[u8], limits: &Limits) -> Result<Self, Diagnostics> {
        let name = name.into();
        let archive = Archive { name: &name, problems: Vec::new() };
        archive.read(bytes, limits).map_err(Diagnostics::from_iter)
    }

    /// Whether bytes begin as archives do.
    pub fn is_archive(bytes: &[u8]) -> bool {
        [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|start| bytes.starts_with(*start))
    }

    /// The template.
    pub fn entry(&self) -> &Source {
        &self.entry
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The bytes of a file.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| &**bytes)
    }
}

impl Resolver for Csar {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        if let Some(repository) = import.repository {
            return Err(Refusal::no_repository(&repository));
        }
        let inside = import.from.strip_prefix(&*self.name).and_then(|rest| rest.strip_prefix('/'));
        let Some(from) = inside else {
            return Err(Refusal::unknown("the importing file is not in the archive"));
        };
        let path = normalize(from, import.file)?;
        let Some(bytes) = self.files.get(&path) else {
            let near = paas_core::diagnostic::did_you_mean(&path, self.paths());
            let help = near.unwrap_or_else(|| format!("the archive has no file `{path}`"));
            return Err(Refusal::not_found().help(help));
        };
        source(&self.name, &path, bytes).map_err(|problem| Refusal::unreadable(problem.message))
    }
}

impl fmt::Debug for Csar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: Vec<_> = self.files.keys().collect();
        f.debug_struct("Csar").field("name", &self.name).field("files", &files).finish_non_exhaustive()
    }
}

fn source(archive: &str, path: &str, bytes: &[u8]) -> Result<Source, Box<Diagnostic>> {
    Source::from_bytes(format!("{archive}/{path}"), bytes)
}

/// An archive that is being read.
struct Archive<'a> {
    name: &'a Arc<str>,
    problems: Vec<Diagnostic>,
}

impl Archive<'_> {
    fn read(mut self, bytes: &[u8], limits: &Limits) -> Result<Csar, Vec<Diagnostic>> {
        let entries = match directory::read(bytes) {
            Ok(entries) => entries,
            Err(broken) => return Err(vec![self.broken(broken)]),
        };
        self.check(&entries);
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let files = self.unpack(bytes, &entries, limits);
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let Some(path) = self.entry(&files) else { return Err(self.problems) };
        let found = files.get(&path).map(|bytes| source(self.name, &path, bytes));
        match found {
            Some(Ok(entry)) => Ok(Csar { name: self.name.clone(), entry, files }),
            Some(Err(problem)) => Err(vec![*problem]),
            None => Err(self.problems),
        }
    }

    fn tell(&mut self, code: Code, message: String, help: Option<&str>) {
        /// More than these help nobody.
        const MOST: usize = 100;
        if self.problems.len() < MOST {
            self.problems.push(self.problem(code, message, help));
        }
    }

    fn problem(&self, code: Code, message: String, help: Option<&str>) -> Diagnostic {
        let diagnostic = Diagnostic::new(code, message).at(Place::start_of(self.name.clone()));
        diagnostic.maybe_help(help.map(str::to_owned))
    }

    fn broken(&self, broken: directory::Broken) -> Diagnostic {
        let name = self.name;
        match broken {
            directory::Broken::NotZip => {
                self.problem(Code::CsarNotZip, format!("`{name}` is no zip archive"), None)
            }
            directory::Broken::Unusual(why) => self.problem(
                Code::CsarNotZip,
                format!("`{name}` is no plain zip archive: {why}"),
                Some("pack it anew, with an ordinary zip program"),
            ),
            directory::Broken::TooMany(most) => {
                self.problem(Code::CsarTooLarge, format!("`{name}` has more than {most} entries"), None)
            }
        }
    }
}
