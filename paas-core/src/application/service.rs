//! Services: what runs, and what is reached.

use super::{Container, Selector, Sidekick, Stickiness};
use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// A node of the application: a container image with a count, a load balancer, or a name for something outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Service {
    /// Its name, unique in the application; others reach it by this name.
    pub name: String,
    /// The name of the network that it is in.
    pub network: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: ServiceKind,
    /// What it reaches and waits for, in the order of the template.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Service {
    /// A service without links.
    pub fn new(name: impl Into<String>, network: impl Into<String>, kind: impl Into<ServiceKind>) -> Self {
        Self {
            name: name.into(),
            network: network.into(),
            kind: kind.into(),
            links: Vec::new(),
            origin: Origin::default(),
        }
    }

    /// The container, if it is one.
    pub fn container(&self) -> Option<&Container> {
        match &self.kind {
            ServiceKind::Container(container) => Some(container),
            _ => None,
        }
    }

    /// What it runs beside, if it is a sidekick.
    pub fn sidekick(&self) -> Option<&Sidekick> {
        self.container()?.sidekick.as_ref()
    }

    /// Whether it is a name for something outside the platform.
    pub fn is_external(&self) -> bool {
        matches!(self.kind, ServiceKind::External(_))
    }
}

/// What a [`Service`] is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ServiceKind {
    /// Containers of one image.
    Container(Box<Container>),
    /// A load balancer.
    LoadBalancer(LoadBalancer),
    /// A name for something outside the platform.
    External(ExternalService),
}

impl From<Container> for ServiceKind {
    fn from(container: Container) -> Self {
        Self::Container(Box::new(container))
    }
}

impl From<LoadBalancer> for ServiceKind {
    fn from(load_balancer: LoadBalancer) -> Self {
        Self::LoadBalancer(load_balancer)
    }
}

impl From<ExternalService> for ServiceKind {
    fn from(external: ExternalService) -> Self {
        Self::External(external)
    }
}

/// That a service needs another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Link {
    /// The other service's name.
    pub to: String,
    /// How it needs it.
    pub kind: LinkKind,
    /// The host name under which it is reached; `None`: the service's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Link {
    /// A connection: it is reached by its name.
    pub fn connection(to: impl Into<String>) -> Self {
        Self { to: to.into(), kind: LinkKind::Connection, alias: None, origin: Origin::default() }
    }

    /// A dependency: it must be up before.
    pub fn dependency(to: impl Into<String>) -> Self {
        Self { to: to.into(), kind: LinkKind::Dependency, alias: None, origin: Origin::default() }
    }

    /// The host name under which the other is reached.
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.to)
    }
}

/// How a service needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LinkKind {
    /// It talks to it (`tosca.relationships.ConnectsTo`).
    Connection,
    /// It must start strictly after it (`tosca.relationships.DependsOn`).
    Dependency,
}

/// A load balancer: ports that listen, and where they lead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct LoadBalancer {
    /// Rules, in the order of the template.
    pub routes: Vec<Route>,
    /// The name of the certificate that ends encryption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The names of further certificates, of which the host name asked for chooses one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
    /// How it keeps a client with the same instance; `None`: it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<Stickiness>,
    /// How many of it run.
    pub scale: u32,
}

impl LoadBalancer {
    /// One load balancer with these routes and no certificate.
    pub fn new(routes: impl IntoIterator<Item = Route>) -> Self {
        Self {
            routes: routes.into_iter().collect(),
            certificate: None,
            certificates: Vec::new(),
            stickiness: None,
            scale: 1,
        }
    }
}

/// One rule of a load balancer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Route {
    /// The port that listens.
    pub listen: u16,
    /// What is spoken there.
    pub protocol: RouteProtocol,
    /// The host name asked for; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The path asked for; `None`: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The service that it leads to; empty if `selector` says which.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// The services that it leads to, if they are not of this application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
    /// The port of that service's containers.
    pub port: u16,
    /// Rules with a lower number are tried first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl Route {
    /// A rule for any host and path.
    pub fn new(listen: u16, protocol: RouteProtocol, service: impl Into<String>, port: u16) -> Self {
        Self {
            listen,
            protocol,
            host: None,
            path: None,
            service: service.into(),
            selector: None,
            port,
            priority: None,
            origin: Origin::default(),
        }
    }
}

/// What a load balancer's port speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RouteProtocol {
    /// HTTP.
    Http,
    /// HTTP over TLS, which ends here.
    Https,
    /// Bytes.
    Tcp,
    /// Bytes over TLS, which ends here.
    Tls,
    /// TLS passed on unopened, chosen by its server name.
    Sni,
}

impl RouteProtocol {
    /// The word for it in templates and in Rancher's files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Sni => "sni",
        }
    }

    /// Whether TLS ends at the load balancer, so that it needs a certificate.
    pub const fn needs_certificate(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }
}

/// Something outside the platform that services reach by the node's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExternalService {
    /// By its host name.
    #[cfg_attr(feature = "schema", schemars(title = "ExternalHost"))]
    Host(String),
    /// By its IP addresses.
    #[cfg_attr(feature = "schema", schemars(title = "ExternalAddresses"))]
    Addresses(Vec<String>),
}
