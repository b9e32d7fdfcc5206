//! Authorisation in front of services: who sends a request, and whether the permission model lets it through.
//!
//! | item | what |
//! | --- | --- |
//! | [`Gateway`] | decides on requests: token, Keystone, subject, route, decision |
//! | [`RouteTable`], [`Route`] | which request asks for which right |
//! | [`GatewayLayer`], [`Guarded`] | it in front of any `tower` service, which finds an [`Authorized`] in its requests |
//! | [`Proxy`] | the service that hands requests on to others, by the beginnings of their paths |
//! | [`Validator`] | who says whether a token is valid: `KeystoneClient`, [`SelfValidating`], or another |
//! | [`AuditQueue`] | what was decided, on its way to an audit |
//! | [`Snapshot`] | what was counted; as a text for Prometheus |
//! | [`holder`] | the subject that a token of Keystone stands for |
//! | [`registry`] | signed tokens for a container registry, for logins of Keystone |

mod audit;
mod authorized;
mod builder;
mod cache;
mod clock;
mod gateway;
mod headers;
mod holder;
mod layer;
mod metrics;
mod namespaces;
mod proxy;
mod refusal;
pub mod registry;
mod route;
mod settings;
mod validator;

pub use audit::{AuditEvents, AuditQueue};
pub use authorized::Authorized;
pub use builder::{GatewayBuilder, InvalidGateway};
pub use clock::{GatewayClock, SystemClock};
pub use gateway::Gateway;
pub use holder::holder;
pub use layer::{GatewayLayer, Guarded};
pub use metrics::{HistogramSnapshot, Snapshot};
pub use namespaces::{NamespaceOwner, Namespaces};
pub use proxy::{ClientAddress, InvalidProxy, Proxy, ProxyBody, ProxyBuilder};
pub use refusal::{Refusal, RefusalKind};
pub use route::{InvalidRoutes, Route, RouteProblem, RouteTable, RouteTableBuilder, TenantFrom, Unrouted};
pub use settings::{CacheSettings, KeystoneSettings};
pub use validator::{NotValidated, SelfValidating, Validator};
