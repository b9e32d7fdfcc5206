//! Where imported files come from.
//!
//! A [`Resolver`] gives the text of a file that a template imports. This crate reads no file and no network, so the
//! resolvers here know only what the caller gives them; `paas-sdk` has one for local folders. By default nothing but
//! the built-in profile can be imported.
//!
//! | resolver | knows |
//! | --- | --- |
//! | [`Nothing`] | nothing |
//! | [`InMemory`] | texts by their paths: for portals and editors |
//! | [`Repositories`] | URLs that begin as the caller allows |
//! | [`Csar`](crate::csar::Csar) | the files of an archive |
//! | [`Either`] | what one of two knows |

mod address;
mod either;
mod in_memory;
mod path;
mod refusal;
mod repositories;

pub(crate) use address::{Danger, danger};
pub use either::Either;
pub use in_memory::InMemory;
pub use path::normalize;
pub use refusal::{Reason, Refusal};
pub use repositories::{Fetch, Repositories};

use crate::Source;
use std::fmt;

/// Gives the files that templates import.
///
/// The name of the [`Source`] is what makes it the file that it is: a file that is reached in two ways must have the
/// same name both times. Places in it are told by that name, and imports in it come with it as [`Import::from`].
///
/// ```
/// use paas_tosca::{Options, Source, check, resolve::{Import, Refusal, Resolver}};
/// use std::sync::Arc;
///
/// #[derive(Debug)]
/// struct Library;
///
/// impl Resolver for Library {
///     fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
///         match import.file {
///             "types.yaml" => Ok(Source::new("types.yaml", "tosca_definitions_version: tosca_simple_yaml_1_3")),
///             _ => Err(Refusal::not_found()),
///         }
///     }
/// }
///
/// let mut options = Options::default();
/// options.resolver = Arc::new(Library);
/// let template = "{ tosca_definitions_version: tosca_simple_yaml_1_3, imports: [ types.yaml, more.yaml ] }";
/// let checked = check(&Source::new("shop.yaml", template), &options);
/// let problem = checked.diagnostics.iter().next().unwrap();
/// assert_eq!(problem.message, "`more.yaml` cannot be imported: there is no such file");
/// ```
pub trait Resolver: fmt::Debug + Send + Sync {
    /// The file that an import names. Called once for each import of each file, however often it is reached.
    ///
    /// # Errors
    /// When there is no such file, or it is not to be had in this way.
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal>;
}

/// An import, as a template says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Import<'a> {
    /// What stands at `file`: a path or a URL, unchecked.
    pub file: &'a str,
    /// Where the path begins, if not beside the importing file.
    pub repository: Option<Repository<'a>>,
    /// The name of the importing file.
    pub from: &'a str,
}

impl<'a> Import<'a> {
    /// An import of a file by another, from no repository.
    pub fn new(file: &'a str, from: &'a str) -> Self {
        Self { file, repository: None, from }
    }

    /// The same from a repository.
    #[must_use]
    pub fn in_repository(mut self, repository: Repository<'a>) -> Self {
        self.repository = Some(repository);
        self
    }
}

/// A repository, as the importing file defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repository<'a> {
    /// Its name there.
    pub name: &'a str,
    /// Its URL, unchecked.
    pub url: &'a str,
}

impl<'a> Repository<'a> {
    /// A repository by its name and its URL.
    pub const fn new(name: &'a str, url: &'a str) -> Self {
        Self { name, url }
    }
}

/// Knows nothing: only the built-in profile can be imported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Nothing;

impl Resolver for Nothing {
    fn resolve(&self, _: &Import<'_>) -> Result<Source, Refusal> {
        Err(Refusal::unknown("only the built-in profile `paas-profile-1.0.yaml` can be imported here")
            .help("put the definitions into the template, or let the caller give the file"))
    }
}
