//! What a platform lets applications do, whatever their templates ask for.
//!
//! A policy looks at an [`Application`], after inputs, functions, defaults of types and imports: there is no way to write
//! a value that it does not see. Each [`Row`] is allowed, warned of, or denied.
//!
//! ```
//! use paas_core::{
//!     application::{Application, Container, Service},
//!     policy::{Level, Row, TemplatePolicy},
//! };
//!
//! let mut agent = Container::new("registry.bank.test/agent:1.4");
//! agent.security.privileged = true;
//! agent.resources.cpu_limit_millis = Some(500);
//! agent.resources.memory_limit_bytes = Some(64 << 20);
//! let mut application = Application::new("monitoring");
//! application.services.push(Service::new("agent", "dmz", agent));
//!
//! let mut policy = TemplatePolicy::default();
//! let problems = policy.check(&application);
//! assert_eq!(problems.iter().next().unwrap().to_string(), "error[policy.privileged]: `agent` is privileged");
//!
//! policy.set(Row::Privileged, Level::Allow);
//! assert!(policy.check(&application).is_empty());
//! ```

mod defaults;
mod findings;
mod host;
mod host_path;
mod image;
mod inspect;
mod label;
mod rancher;
mod row;
mod state;

pub(crate) use image::{below, is_image, moved, registry_of};
pub use image::{is_registry_entry, is_registry_prefix};
pub use label::is_never_allowed as is_label_never_allowed;
pub use row::Row;

use crate::{
    application::{Application, ServiceKind},
    diagnostic::{Diagnostics, Severity},
    release::Target,
};
use findings::Findings;
use std::{fmt, str::FromStr};

/// What is done about something that a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Nothing.
    Allow,
    /// A warning.
    Warn,
    /// An error: the template is not translated and not deployed.
    Deny,
}

impl Level {
    /// All of them, from the mildest.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// The word for it in policy files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLevel;

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not `allow`, `warn` or `deny`")
    }
}

impl std::error::Error for UnknownLevel {}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|level| level.as_str() == text).ok_or(UnknownLevel)
    }
}

/// What applications may do: for each [`Row`] a [`Level`], for some of them a list.
///
/// [`TemplatePolicy::default`] is what a bank can begin with: what endangers a host or another tenant is denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePolicy {
    levels: [Level; Row::COUNT],
    lists: [Option<Vec<String>>; Row::COUNT],
}

impl Default for TemplatePolicy {
    fn default() -> Self {
        let mut policy = Self { levels: [Level::Allow; Row::COUNT], lists: [const { None }; Row::COUNT] };
        for row in Row::ALL {
            policy.set(*row, row.default_level());
        }
        policy
    }
}

impl TemplatePolicy {
    /// The policy that allows everything: for whoever checks elsewhere.
    pub fn allowing_everything() -> Self {
        Self { levels: [Level::Allow; Row::COUNT], ..Self::default() }
    }

    /// What is done about a row.
    pub fn level(&self, row: Row) -> Level {
        self.levels.get(row as usize).copied().unwrap_or(Level::Deny)
    }

    /// Says what is done about a row.
    pub fn set(&mut self, row: Row, level: Level) {
        if let Some(place) = self.levels.get_mut(row as usize) {
            *place = level;
        }
    }

    /// The list of a row, see [`Row::list_key`]; of one that has none, nothing.
    pub fn list(&self, row: Row) -> impl Iterator<Item = &str> {
        let own = self.lists.get(row as usize).and_then(Option::as_deref);
        let usual = if own.is_some() { &[][..] } else { default_list(row) };
        own.unwrap_or_default().iter().map(String::as_str).chain(usual.iter().copied())
    }

    /// Says the list of a row, in place of what it holds. Of a row that has none it means nothing.
    pub fn set_list<T: Into<String>>(&mut self, row: Row, list: impl IntoIterator<Item = T>) {
        if let Some(place) = self.lists.get_mut(row as usize).filter(|_| row.list_key().is_some()) {
            *place = Some(list.into_iter().map(Into::into).collect());
        }
    }

    /// All that an application does and may not, in the order of its services.
    pub fn check(&self, application: &Application) -> Diagnostics {
        let mut findings = Findings::new(self);
        if self.levels.iter().any(|level| *level > Level::Allow) {
            inspect::application(application, &mut findings);
        }
        findings.into_diagnostics()
    }

    /// What is wrong with the image that the load balancers of an application are to run, if it is not the usual one:
    /// the template does not say it, but whoever deploys does.
    pub fn check_target(&self, application: &Application, target: &Target) -> Diagnostics {
        let mut findings = Findings::new(self);
        let image = &target.load_balancer_image;
        let runs = |kind: &ServiceKind| matches!(kind, ServiceKind::LoadBalancer(_));
        if *image != Target::default().load_balancer_image
            && application.services.iter().any(|service| runs(&service.kind))
        {
            image::inspect(image, || "the load balancers".to_owned(), || None, &mut findings);
        }
        findings.into_diagnostics()
    }
}

fn default_list(row: Row) -> &'static [&'static str] {
    match row {
        Row::AddedCapabilities => defaults::CAPABILITIES,
        Row::ForbiddenHostPaths => defaults::FORBIDDEN_PATHS,
        Row::ReservedLabels => defaults::LABEL_PREFIXES,
        Row::MutableTags => defaults::MUTABLE_TAGS,
        Row::StatefulWithoutVolume => defaults::STATEFUL_IMAGES,
        Row::RancherKeys => defaults::RANCHER_KEYS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
