//! What of the asked is allowed.

use super::{access::Access, ask::Refusal, endpoint::Rules, login::Session, name, scope::Scope};
use crate::NamespaceOwner;
use paas_core::access::{AccessEvent, Action, Kind, Registry, Resource, Role, Subject, decide};
use std::collections::{BTreeMap, BTreeSet};

/// In how many tenants roles are looked up for one token: each is a call of Keystone.
const MOST_TENANTS: usize = 8;

/// The actions of a registry, and the methods by which an access rule names them.
const ACTIONS: [(&str, Action, &str); 3] =
    [("pull", Action::Pull, "GET"), ("push", Action::Push, "PUT"), ("delete", Action::Delete, "DELETE")];

/// What somebody may of what is asked. Roles are looked up as far as that needs them.
pub(super) async fn granted(
    rules: &Rules,
    registry: Registry,
    session: &mut Session<'_>,
    asked: &[Scope],
    at: u64,
) -> Result<Vec<Access>, Refusal> {
    let owners = owners(rules, session, asked).await?;
    let tenants: BTreeSet<&str> = owners.values().map(|owner| owner.tenant.as_str()).collect();
    if tenants.len() > MOST_TENANTS {
        return Err(Refusal::Malformed("the scopes are of too many tenants for one token"));
    }
    for tenant in tenants {
        session.ask_for_tenant(tenant).await?;
    }
    let found = Judge { rules, registry, session, owners: &owners }.all(asked);
    let found = if found.iter().all(|one| one.allowed) {
        found
    } else {
        session.ask_for_platform().await?;
        Judge { rules, registry, session, owners: &owners }.all(asked)
    };
    tell(rules, &found, &session.subject, &owners, at);
    Ok(collect(asked, &found))
}

/// Whose the namespaces are that are asked for; those that nobody has are left out. The user belongs to those that say so.
async fn owners(
    rules: &Rules,
    session: &mut Session<'_>,
    asked: &[Scope],
) -> Result<BTreeMap<String, NamespaceOwner>, Refusal> {
    let repositories = asked.iter().filter(|scope| scope.kind == "repository");
    let namespaces: BTreeSet<&str> = repositories.filter_map(|scope| name::namespace(&scope.name)).collect();
    let mut owners = BTreeMap::new();
    for namespace in namespaces {
        let found = rules.namespaces.find(namespace, &session.subject.user).await;
        let Some(owner) = found.map_err(|_| Refusal::Unavailable)? else { continue };
        if owner.is_member {
            session.subject.namespaces.insert(namespace.to_owned());
        }
        owners.insert(namespace.to_owned(), owner);
    }
    Ok(owners)
}

/// One action on one of the asked resources, decided.
struct Found<'a> {
    scope: usize,
    name: &'static str,
    action: Action,
    kind: Kind,
    namespace: Option<&'a str>,
    allowed: bool,
    /// Where the rules do not say it.
    because: Option<&'static str>,
}

struct Judge<'a, 'b> {
    rules: &'a Rules,
    registry: Registry,
    session: &'a Session<'b>,
    owners: &'a BTreeMap<String, NamespaceOwner>,
}

impl Judge<'_, '_> {
    fn all<'s>(&self, asked: &'s [Scope]) -> Vec<Found<'s>> {
        asked.iter().enumerate().flat_map(|(index, scope)| self.scope(index, scope)).collect()
    }

    fn scope<'s>(&self, index: usize, scope: &'s Scope) -> Vec<Found<'s>> {
        let is_asked = |name: &str| scope.actions.iter().any(|action| action == name || action == "*");
        match scope.kind.as_str() {
            "repository" => ACTIONS
                .into_iter()
                .filter(|(name, ..)| is_asked(name))
                .map(|(name, action, method)| self.image(index, scope, (name, action, method)))
                .collect(),
            "registry" if scope.name == "catalog" && is_asked("*") => vec![self.catalog(index)],
            _ => Vec::new(),
        }
    }

    fn image<'s>(
        &self,
        index: usize,
        scope: &'s Scope,
        (name, action, method): (&'static str, Action, &str),
    ) -> Found<'s> {
        let kind = match self.registry {
            Registry::Production => Kind::ProductionImage,
            Registry::Test => Kind::Image,
        };
        let namespace = name::namespace(&scope.name);
        let owner = namespace.and_then(|namespace| self.owners.get(namespace));
        let (allowed, because) = match (namespace, owner) {
            (Some(namespace), Some(owner)) => {
                let subject = &self.session.subject;
                let image = Resource::in_namespace(kind, &owner.tenant, namespace);
                if !self.may_be_used(method, &["/v2/", &scope.name].concat()) {
                    (false, Some("no access rule of the application credential allows it"))
                } else if self.is_promoted(action) {
                    (true, Some("the promotion of images may"))
                } else {
                    (decide(subject, action, &image).is_allowed(), None)
                }
            }
            _ => (false, Some("there is no such image namespace")),
        };
        Found { scope: index, name, action, kind, namespace, allowed, because }
    }

    fn catalog<'s>(&self, index: usize) -> Found<'s> {
        let is_administrator = self.session.subject.platform.contains(Role::PlatformAdministrator);
        // It looks what there is, to find what no notification told of.
        let is_promotion = self.is_promotion();
        let allowed = (is_administrator || is_promotion) && self.may_be_used("GET", "/v2/_catalog");
        let because = match (allowed, is_promotion) {
            (true, true) => "the promotion of images may",
            (true, false) => "a platform administrator may",
            (false, _) => "only platform administrators and the promotion may list all",
        };
        Found {
            scope: index,
            name: "*",
            action: Action::View,
            kind: Kind::ImageNamespace,
            namespace: None,
            allowed,
            because: Some(because),
        }
    }

    /// What the promotion does: it fetches from the test registry, and does all in the production registry.
    fn is_promoted(&self, action: Action) -> bool {
        self.is_promotion() && (self.registry == Registry::Production || action == Action::Pull)
    }

    fn is_promotion(&self) -> bool {
        let token = &self.session.token;
        token.trust.is_none() && self.rules.promotion.contains(token.user.id.as_str())
    }

    /// Whether an application credential with access rules may be used for it.
    fn may_be_used(&self, method: &str, path: &str) -> bool {
        self.session.token.allows(&self.rules.service_type, method, path)
    }
}

/// Tells the audit.
fn tell(
    rules: &Rules,
    found: &[Found<'_>],
    subject: &Subject,
    owners: &BTreeMap<String, NamespaceOwner>,
    at: u64,
) {
    let Some(audit) = &rules.audit else { return };
    for found in found.iter().filter(|found| audit.wants(found.action, found.allowed)) {
        let tenant =
            found.namespace.and_then(|namespace| owners.get(namespace)).map(|owner| owner.tenant.as_str());
        let resource = Resource { kind: found.kind, tenant, namespace: found.namespace };
        let event = match found.because {
            None => AccessEvent::decided(at, subject, &resource, &decide(subject, found.action, &resource)),
            Some(because) => {
                let mut event =
                    AccessEvent::refused(at, found.action, found.kind, because).with_subject(subject);
                event.allowed = found.allowed;
                event.tenant = tenant.map(str::to_owned);
                event.namespace = found.namespace.map(str::to_owned);
                event
            }
        };
        audit.record(event);
    }
}

/// What is allowed, by resource.
fn collect(asked: &[Scope], found: &[Found<'_>]) -> Vec<Access> {
    let mut granted = Vec::new();
    for (index, scope) in asked.iter().enumerate() {
        let allowed = found.iter().filter(|found| found.scope == index && found.allowed);
        let actions: Vec<&'static str> = allowed.map(|found| found.name).collect();
        if !actions.is_empty() {
            let (kind, class, name) = (scope.kind.clone(), scope.class.clone(), scope.name.clone());
            granted.push(Access { kind, class, name, actions });
        }
    }
    granted
}
