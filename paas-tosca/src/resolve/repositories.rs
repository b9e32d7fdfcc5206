//! Files at URLs that the caller allows.

use super::{Import, Refusal, Resolver, danger};
use crate::Source;
use std::{collections::BTreeMap, fmt, sync::Arc};
use url::Url;

/// Gets the text at a URL, which is one that the caller allowed.
///
/// What it does must not follow redirections to other hosts, and should refuse a host whose name resolves to this
/// machine or to a link-local address: neither can be seen in a URL.
pub type Fetch = dyn Fn(&str) -> Result<String, Refusal> + Send + Sync;

/// Files by URL: of repositories that a template defines, or named by their whole URL.
///
/// A URL must begin as one that the caller allows: the same scheme, host and port, and a path below the allowed one.
/// All others are refused and named. Texts are given, or fetched by what the caller brings; nothing here touches a
/// network.
///
/// ```
/// use paas_tosca::resolve::{Import, Repositories, Repository, Resolver};
///
/// let mut repositories = Repositories::new();
/// repositories.allow("https://git.bank.test/types/").unwrap();
/// repositories.insert("https://git.bank.test/types/web.yaml", "tosca_definitions_version: tosca_simple_yaml_1_3").unwrap();
///
/// let types = Repository::new("types", "https://git.bank.test/types");
/// let import = |file| Import::new(file, "shop.yaml").in_repository(types);
/// assert!(repositories.resolve(&import("web.yaml")).is_ok());
/// assert_eq!(
///     repositories.resolve(&import("../secrets.yaml")).unwrap_err().to_string(),
///     "`https://git.bank.test/secrets.yaml` is not among the addresses that are allowed"
/// );
/// ```
#[derive(Clone, Default)]
pub struct Repositories {
    allowed: Vec<Url>,
    texts: BTreeMap<String, Arc<str>>,
    fetch: Option<Arc<Fetch>>,
}

impl Repositories {
    /// Nothing is allowed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows all URLs below this one.
    ///
    /// # Errors
    /// When it is no URL with a host, or has a user, a query or a fragment.
    pub fn allow(&mut self, prefix: &str) -> Result<(), Refusal> {
        let url = parse(prefix)?;
        if url.query().is_some() {
            return Err(Refusal::not_allowed(format!("`{prefix}` has a query")));
        }
        self.allowed.push(url);
        Ok(())
    }

    /// Gives the text at a URL. It must be allowed as well.
    ///
    /// # Errors
    /// When it is no URL with a host.
    pub fn insert(&mut self, url: &str, text: impl Into<Arc<str>>) -> Result<(), Refusal> {
        self.texts.insert(parse(url)?.into(), text.into());
        Ok(())
    }

    /// Fetches what was not given.
    #[must_use]
    pub fn fetching(
        mut self,
        fetch: impl Fn(&str) -> Result<String, Refusal> + Send + Sync + 'static,
    ) -> Self {
        self.fetch = Some(Arc::new(fetch));
        self
    }

    fn check(&self, url: &Url) -> Result<(), Refusal> {
        if self.allowed.iter().any(|allowed| is_below(url, allowed)) {
            return Ok(());
        }
        if let Some(danger) = danger(url) {
            let host = url.host_str().unwrap_or_default();
            return Err(Refusal::not_allowed(format!("`{host}` {}", danger.words())));
        }
        Err(Refusal::not_allowed(format!("`{url}` is not among the addresses that are allowed"))
            .help("let the caller allow it, or import a file beside the template"))
    }
}

impl Resolver for Repositories {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        let url = match (import.repository, Url::parse(import.file)) {
            // What names the whole URL needs no place to begin.
            (_, Ok(url)) => checked(url)?,
            (Some(repository), Err(_)) => {
                let mut base = parse(repository.url)?;
                if !base.path().ends_with('/') {
                    base.set_path(&format!("{}/", base.path()));
                }
                join(&base, import.file)?
            }
            (None, Err(_)) => match Url::parse(import.from) {
                Ok(from) => join(&from, import.file)?,
                Err(_) => return Err(Refusal::unknown("it is in no repository")),
            },
        };
        self.check(&url)?;
        if let Some(text) = self.texts.get(url.as_str()) {
            return Ok(Source::new(url.as_str(), text.clone()));
        }
        match &self.fetch {
            Some(fetch) => fetch(url.as_str()).map(|text| Source::new(url.as_str(), text)),
            None => Err(Refusal::not_found()),
        }
    }
}

fn join(base: &Url, file: &str) -> Result<Url, Refusal> {
    let url = base.join(file).map_err(|error| Refusal::not_allowed(error.to_string()))?;
    checked(url)
}

fn parse(text: &str) -> Result<Url, Refusal> {
    let url =
        Url::parse(text).map_err(|error| Refusal::not_allowed(format!("`{text}` is not a URL: {error}")))?;
    checked(url)
}

/// Refuses what no allowed prefix could mean.
fn checked(url: Url) -> Result<Url, Refusal> {
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        let why = format!("addresses that begin with `{}:` are not read", url.scheme());
        return Err(Refusal::not_allowed(why).help("give an address with `https:`"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Not told: it may be a password.
        return Err(Refusal::not_allowed("its address has the name of a user"));
    }
    if url.fragment().is_some() {
        return Err(Refusal::not_allowed("its address has a `#`"));
    }
    // Servers differ in whether these are steps of a path.
    let path = url.path().to_ascii_lowercase();
    if ["%2f", "%5c", "%2e"].iter().any(|escape| path.contains(escape)) {
        return Err(Refusal::not_allowed("its address hides `/`, `\\` or `.` behind an escape"));
    }
    Ok(url)
}

/// Whether a URL is a prefix or below it, step by step.
fn is_below(url: &Url, prefix: &Url) -> bool {
    let is_same_place = url.scheme() == prefix.scheme()
        && url.host() == prefix.host()
        && url.port_or_known_default() == prefix.port_or_known_default();
    let (Some(mut steps), Some(wanted)) = (url.path_segments(), prefix.path_segments()) else {
        return false;
    };
    is_same_place && wanted.filter(|step| !step.is_empty()).all(|step| steps.next() == Some(step))
}

impl fmt::Debug for Repositories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed: Vec<_> = self.allowed.iter().map(Url::as_str).collect();
        let texts: Vec<_> = self.texts.keys().collect();
        f.debug_struct("Repositories")
            .field("allowed", &allowed)
            .field("texts", &texts)
            .field("fetch", &self.fetch.is_some())
            .finish()
    }
}
