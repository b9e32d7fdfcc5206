//! The table of routes.

use super::{
    Asks, InvalidRoutes, Route, RouteProblem, TenantFrom,
    path::RequestPath,
    template::{Overlap, Part, Template},
};
use http::Method;
use paas_core::access::{Action, Kind, Resource, Subject, decide};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// The most routes of a table: each is held against each other.
const MOST: usize = 4_096;

/// What becomes of a request that no route is for. It is never forwarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Unrouted {
    /// 404.
    #[default]
    NotFound,
    /// 403.
    Forbidden,
}

/// All routes, found by method and path. Clones share them.
///
/// Of two routes for one path the one that says more of it counts: `/v1/{id}` and `/v1/health` are good together. Two
/// that have a path in common and of which neither says more are an error when the table is made, and so are two for the
/// same paths.
///
/// ```
/// use http::Method;
/// use paas_core::access::{Action, Kind};
/// use paas_gateway::{Route, RouteTable, TenantFrom};
///
/// let volumes = |path: &str| Route::new(Method::GET, path, Action::View, Kind::Volume, TenantFrom::Token);
/// assert!(RouteTable::builder().route(volumes("/volumes")).route(volumes("/volumes/{id}")).build().is_ok());
///
/// let error = RouteTable::builder().route(volumes("/{a}/volumes")).route(volumes("/mine/{b}")).build().unwrap_err();
/// assert_eq!(error.to_string(), "route 2 (`/mine/{b}`): some paths are of route 1 (`/{a}/volumes`) too, and neither says \
///     more of them; write a route for those");
/// ```
#[derive(Clone)]
pub struct RouteTable {
    routes: Arc<Vec<Target>>,
    nodes: Arc<Vec<Node>>,
    pub(crate) service_type: Option<Arc<str>>,
    pub(crate) unrouted: Unrouted,
}

/// Sets up a [`RouteTable`].
#[derive(Debug, Clone, Default)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct RouteTableBuilder {
    pub(super) routes: Vec<Route>,
    pub(super) service_type: Option<String>,
    pub(super) unrouted: Unrouted,
}

/// What a route asks for; nothing if it is public.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) asked: Option<Asked>,
}

#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) action: Action,
    pub(crate) kind: Kind,
    pub(crate) owner: Owner,
    /// The segment with the image namespace.
    pub(crate) namespace: Option<usize>,
    /// Whether Keystone is asked each time.
    pub(crate) fresh: bool,
}

/// Who owns what a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The tenant of this segment.
    Segment(usize),
    Token,
    Platform,
    Namespace,
}

/// What can follow some segments.
#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<String, usize>,
    parameter: Option<usize>,
    here: Vec<(Method, usize)>,
    rest: Vec<(Method, usize)>,
}

impl RouteTable {
    /// Sets up a table.
    pub fn builder() -> RouteTableBuilder {
        RouteTableBuilder::default()
    }

    /// Whether a route goes by image namespaces.
    pub(crate) fn has_namespaces(&self) -> bool {
        self.routes.iter().filter_map(|route| route.asked.as_ref()).any(|asked| asked.namespace.is_some())
    }

    /// The route of a request.
    pub(crate) fn find(&self, method: &Method, path: &RequestPath<'_>) -> Option<&Target> {
        self.routes.get(self.walk(0, method, path, 0)?)
    }

    /// The route below a node: literals first, the rest last, so that the first one found says most of the path. Each
    /// way is tried once, and there are at most as many as routes.
    fn walk(&self, node: usize, method: &Method, path: &RequestPath<'_>, depth: usize) -> Option<usize> {
        let node = self.nodes.get(node)?;
        let Some(segment) = path.segment(depth) else { return of_method(&node.here, method) };
        let next = [node.literals.get(segment).copied(), node.parameter];
        let found = next.into_iter().flatten().find_map(|next| self.walk(next, method, path, depth + 1));
        found.or_else(|| of_method(&node.rest, method))
    }
}

/// A request without a body in its answer is as one with it.
fn of_method(routes: &[(Method, usize)], method: &Method) -> Option<usize> {
    let of = |wanted: &Method| routes.iter().find(|(known, _)| known == wanted).map(|(_, route)| *route);
    of(method).or_else(|| (*method == Method::HEAD).then(|| of(&Method::GET)).flatten())
}

impl fmt::Debug for RouteTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RouteTable")
            .field("routes", &self.routes.len())
            .field("service_type", &self.service_type)
            .field("unrouted", &self.unrouted)
            .finish()
    }
}

impl RouteTableBuilder {
    /// One more route.
    pub fn route(mut self, route: Route) -> Self {
        self.routes.push(route);
        self
    }

    /// The type of the service behind, as Keystone's catalogue has it: access rules of application credentials are about
    /// it. Without one, tokens with access rules are refused.
    pub fn service_type(mut self, service_type: impl Into<String>) -> Self {
        self.service_type = Some(service_type.into());
        self
    }

    /// What becomes of requests without a route.
    pub fn unrouted(mut self, unrouted: Unrouted) -> Self {
        self.unrouted = unrouted;
        self
    }

    /// Makes the table.
    ///
    /// # Errors
    ///
    /// All problems at once: templates that cannot be read, parameters that are not there, rights that nobody has, routes
    /// that are ambiguous or there twice.
    pub fn build(self) -> Result<RouteTable, InvalidRoutes> {
        let numbers = 1..=self.routes.len();
        self.build_numbered(numbers.collect(), Vec::new())
    }

    /// The same, with problems that are known already; and with the numbers of the routes, since some may be missing.
    pub(super) fn build_numbered(
        self,
        numbers: Vec<usize>,
        mut problems: Vec<RouteProblem>,
    ) -> Result<RouteTable, InvalidRoutes> {
        if self.routes.len() > MOST {
            let message = format!("there are more than {MOST} routes");
            return Err(InvalidRoutes {
                problems: vec![RouteProblem { route: None, path: String::new(), message }],
            });
        }
        let mut readable: Vec<(usize, &Route, Template)> = Vec::new();
        let mut targets = Vec::new();
        for (number, route) in numbers.into_iter().zip(&self.routes) {
            let mut complain = |message: String| {
                problems.push(RouteProblem { route: Some(number), path: route.path.clone(), message });
            };
            let template = match Template::parse(&route.path) {
                Ok(template) => template,
                Err(message) => {
                    complain(message);
                    continue;
                }
            };
            let asked = route.asks.as_ref().map(|asks| asked(asks, &template));
            let asked = asked.map_or(Ok(None), |asked| asked.map(Some));
            if route.methods.is_empty() {
                complain("there is no method".to_owned());
            }
            for message in clashes(number, route, &template, &readable) {
                complain(message);
            }
            match asked {
                Ok(asked) => targets.push(Target { asked }),
                // Then there is no table, whose targets would have to be those of the templates.
                Err(messages) => messages.into_iter().for_each(complain),
            }
            readable.push((number, route, template));
        }
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.route);
            return Err(InvalidRoutes { problems });
        }
        let mut nodes = vec![Node::default()];
        for (index, (_, route, template)) in readable.iter().enumerate() {
            insert(&mut nodes, template, &route.methods, index);
        }
        Ok(RouteTable {
            routes: Arc::new(targets),
            nodes: Arc::new(nodes),
            service_type: self.service_type.map(Into::into),
            unrouted: self.unrouted,
        })
    }
}

fn asked(asks: &Asks, template: &Template) -> Result<Asked, Vec<String>> {
    let mut problems = Vec::new();
    let mut position = |name: &str| {
        let position = template.position(name);
        if position.is_none() {
            let known: Vec<String> = template.parameters().map(|name| format!("`{{{name}}}`")).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            problems.push(format!("the path has no parameter `{{{name}}}`; it has {known}"));
        }
        position.unwrap_or_default()
    };
    let owner = match &asks.tenant {
        TenantFrom::Path(name) => Owner::Segment(position(name)),
        TenantFrom::Token => Owner::Token,
        TenantFrom::Platform => Owner::Platform,
        TenantFrom::Namespace => Owner::Namespace,
    };
    let namespace = asks.namespace.as_deref().map(&mut position);
    if owner == Owner::Namespace && namespace.is_none() {
        problems.push(
            "the tenant is that of an image namespace, and there is none; say which parameter it is"
                .to_owned(),
        );
    }
    if owner == Owner::Platform && namespace.is_some() {
        problems.push("what is in an image namespace is a tenant's, not the platform's".to_owned());
    }
    let (action, kind) = (asks.action, asks.kind);
    if decide(&Subject::default(), action, &Resource::of_platform(kind)).allowed_roles().next().is_none() {
        problems.push(format!("no role may {action} {kind}: nobody could take this route"));
    }
    let fresh = asks.fresh || matches!(action, Action::Authorise | Action::Assign | Action::Delete);
    if problems.is_empty() { Ok(Asked { action, kind, owner, namespace, fresh }) } else { Err(problems) }
}

/// What is wrong with a route beside those before it.
fn clashes(
    number: usize,
    route: &Route,
    template: &Template,
    others: &[(usize, &Route, Template)],
) -> Vec<String> {
    let mut found = Vec::new();
    if (1..route.methods.len())
        .any(|index| route.methods.iter().take(index).any(|method| route.methods.get(index) == Some(method)))
    {
        found.push("a method is there twice".to_owned());
    }
    for (other_number, other, other_template) in others {
        debug_assert!(*other_number < number, "routes come in their order");
        let Some(method) = route.methods.iter().find(|method| other.methods.contains(method)) else {
            continue;
        };
        let other = format!("route {other_number} (`{}`)", other.path);
        match template.overlap(other_template) {
            Overlap::Apart | Overlap::Ordered => {}
            Overlap::Same => {
                found.push(format!("{other} is for `{method}` and the same paths; take one of them away"));
            }
            Overlap::Ambiguous => found.push(format!(
                "some paths are of {other} too, and neither says more of them; write a route for those"
            )),
        }
    }
    found
}

fn insert(nodes: &mut Vec<Node>, template: &Template, methods: &[Method], route: usize) {
    let mut at = 0;
    let added = methods.iter().map(|method| (method.clone(), route));
    for part in &template.parts {
        let fresh = nodes.len();
        let Some(node) = nodes.get_mut(at) else { return };
        at = match part {
            Part::Literal(text) => *node.literals.entry(text.clone()).or_insert(fresh),
            Part::Parameter(_) => *node.parameter.get_or_insert(fresh),
            Part::Rest => {
                node.rest.extend(added);
                return;
            }
        };
        if at == fresh {
            nodes.push(Node::default());
        }
    }
    if let Some(node) = nodes.get_mut(at) {
        node.here.extend(added);
    }
}
