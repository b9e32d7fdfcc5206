//! Routes: which request asks for which right.

mod document;
mod path;
mod problem;
mod table;
mod template;

pub use problem::{InvalidRoutes, RouteProblem};
pub use table::{RouteTable, RouteTableBuilder, Unrouted};

pub(crate) use path::RequestPath;
pub(crate) use table::{Asked, Owner};

use http::Method;
use paas_core::access::{Action, Kind};

/// Which right requests with these methods to these paths ask for.
///
/// A path is a template: `{name}` stands for one segment, `{name..}` at the end for one or more. A slash at the end of
/// a path does not matter. `GET` stands for `HEAD` too, unless that has a route of its own.
///
/// ```
/// use http::Method;
/// use paas_core::access::{Action, Kind};
/// use paas_gateway::{Route, TenantFrom};
///
/// let list = Route::new(Method::GET, "/v1/tenants/{tenant}/volumes", Action::View, Kind::Volume, TenantFrom::path("tenant"));
/// let health = Route::public(Method::GET, "/health");
/// ```
#[derive(Debug, Clone)]
pub struct Route {
    pub(crate) methods: Vec<Method>,
    pub(crate) path: String,
    pub(crate) asks: Option<Asks>,
}

#[derive(Debug, Clone)]
pub(crate) struct Asks {
    pub(crate) action: Action,
    pub(crate) kind: Kind,
    pub(crate) tenant: TenantFrom,
    pub(crate) namespace: Option<String>,
    pub(crate) fresh: bool,
}

/// Where it stands which tenant a request is about. The service behind must look resources up in that tenant only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TenantFrom {
    /// A parameter of the path has the id of its project.
    Path(String),
    /// It is the project of the token. A token that is for no project is refused.
    Token,
    /// It is about no tenant, but about what the platform owns.
    Platform,
    /// It is the one that owns the image namespace.
    Namespace,
}

impl TenantFrom {
    /// A parameter of the path.
    pub fn path(parameter: impl Into<String>) -> Self {
        Self::Path(parameter.into())
    }
}

impl Route {
    /// A route that asks for a right.
    pub fn new(
        method: Method,
        path: impl Into<String>,
        action: Action,
        kind: Kind,
        tenant: TenantFrom,
    ) -> Self {
        let asks = Asks { action, kind, tenant, namespace: None, fresh: false };
        Self { methods: vec![method], path: path.into(), asks: Some(asks) }
    }

    /// A route that everybody may take, without a token too. No identity is told to the service behind.
    pub fn public(method: Method, path: impl Into<String>) -> Self {
        Self { methods: vec![method], path: path.into(), asks: None }
    }

    /// The same for one more method.
    #[must_use]
    pub fn and(mut self, method: Method) -> Self {
        self.methods.push(method);
        self
    }

    /// With the parameter of the path that has the name of an image namespace.
    #[must_use]
    pub fn in_namespace(mut self, parameter: impl Into<String>) -> Self {
        if let Some(asks) = &mut self.asks {
            asks.namespace = Some(parameter.into());
        }
        self
    }

    /// Always asks Keystone, as routes that authorise, assign or delete do anyway.
    #[must_use]
    pub fn fresh(mut self) -> Self {
        if let Some(asks) = &mut self.asks {
            asks.fresh = true;
        }
        self
    }
}
