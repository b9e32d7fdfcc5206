//! cedar: one policy for each role and kind, and only the entities of each request.

use crate::world::{self, World};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
};
use paas_core::access::{Kind, Role, matrix, matrix::Extent};
use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

/// An authorizer and its requests.
pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    requests: Vec<(Request, Entities)>,
}

impl Cedar {
    /// With the rules of tenants, and the entities of the first requests.
    pub fn new(world: &World, count: usize) -> Self {
        let requests = world
            .requests
            .iter()
            .take(count)
            .map(|request| {
                let groups = |tenant: usize| {
                    Role::OF_TENANTS
                        .iter()
                        .map(move |role| (*role, uid("Grant", &format!("{tenant}/{}", role.name()))))
                };
                let mut parents: HashSet<EntityUid> = groups(world::tenant_of(request.user))
                    .filter(|(role, _)| *role == world::role_of(request.user))
                    .map(|(_, group)| group)
                    .collect();
                let namespace = uid("Namespace", &world::namespace_name(request.tenant, request.namespace));
                if world::belongs(request.user, request.tenant, request.namespace) {
                    parents.insert(namespace.clone());
                }
                let user = uid("User", &world::user_name(request.user));
                let mut attributes: HashMap<String, RestrictedExpression> = groups(request.tenant)
                    .map(|(role, group)| {
                        (role.name().to_owned(), RestrictedExpression::new_entity_uid(group))
                    })
                    .collect();
                attributes.insert("namespace".to_owned(), RestrictedExpression::new_entity_uid(namespace));
                let resource = uid(request.kind.name(), "one");
                let entities = Entities::from_entities(
                    [
                        Entity::new(user.clone(), HashMap::new(), parents).unwrap(),
                        Entity::new(resource.clone(), attributes, HashSet::new()).unwrap(),
                    ],
                    None,
                )
                .unwrap();
                let action = uid("Action", request.action.name());
                (Request::new(user, action, resource, Context::empty(), None).unwrap(), entities)
            })
            .collect();
        Self { authorizer: Authorizer::new(), policies: policies().parse().unwrap(), requests }
    }

    /// A decision.
    pub fn decide(&self, index: usize) -> bool {
        let (request, entities) = &self.requests[index];
        self.authorizer.is_authorized(request, &self.policies, entities).decision() == Decision::Allow
    }
}

fn policies() -> String {
    let mut text = String::new();
    for &kind in Kind::ALL {
        for role in Role::OF_TENANTS {
            for (extent, member) in
                [(Extent::Tenant, ""), (Extent::Namespaces, " && principal in resource.namespace")]
            {
                let actions: Vec<String> = matrix::rows()
                    .iter()
                    .filter(|row| row.kind == kind && row.allowed.extent(*role) == extent)
                    .map(|row| format!("Action::\"{}\"", row.action))
                    .collect();
                if actions.is_empty() {
                    continue;
                }
                let (actions, kind, role) = (actions.join(", "), kind.name(), role.name());
                let _ = writeln!(
                    text,
                    "permit(principal, action in [{actions}], resource is {kind}) when {{ principal in resource.{role}{member} }};"
                );
            }
        }
    }
    text
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.parse().unwrap(), cedar_policy::EntityId::new(id))
}
