//! casbin: roles in domains, with its cache.

use crate::world::{self, World};
use casbin::{CachedApi, CachedEnforcer, CoreApi, DefaultCache, DefaultModel, MemoryAdapter, MgmtApi};
use paas_core::access::{Role, matrix, matrix::Extent};

const MODEL: &str = "
[request_definition]
r = sub, dom, obj, act, member

[policy_definition]
p = sub, obj, act, reach

[role_definition]
g = _, _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.obj == p.obj && r.act == p.act && (p.reach == \"tenant\" || r.member == \"yes\") && g(r.sub, p.sub, r.dom)
";

/// An enforcer and its requests.
pub struct Casbin {
    enforcer: CachedEnforcer,
    requests: Vec<[String; 5]>,
}

impl Casbin {
    /// With the rules of tenants and all users.
    pub fn new(world: &World) -> Self {
        let mut policies = Vec::new();
        for row in matrix::rows() {
            for role in Role::OF_TENANTS {
                let reach = match row.allowed.extent(*role) {
                    Extent::Tenant => "tenant",
                    Extent::Namespaces => "namespaces",
                    _ => continue,
                };
                let words = [role.name(), row.kind.name(), row.action.name(), reach];
                policies.push(words.map(str::to_owned).to_vec());
            }
        }
        let roles: Vec<Vec<String>> = (0..world.users())
            .map(|user| {
                let tenant = world::tenant_name(world::tenant_of(user));
                vec![world::user_name(user), world::role_of(user).name().to_owned(), tenant]
            })
            .collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let enforcer = runtime.block_on(async {
            let model = DefaultModel::from_str(MODEL).await.unwrap();
            let mut enforcer = CachedEnforcer::new(model, MemoryAdapter::default()).await.unwrap();
            enforcer.add_policies(policies).await.unwrap();
            enforcer.add_grouping_policies(roles).await.unwrap();
            // Its own holds 200 answers; with this every request of a turn is a hit.
            enforcer.set_cache(Box::new(DefaultCache::new(1 << 17)));
            enforcer
        });
        let requests = world
            .requests
            .iter()
            .map(|request| {
                let member = world::belongs(request.user, request.tenant, request.namespace);
                [
                    world::user_name(request.user),
                    world::tenant_name(request.tenant),
                    request.kind.name().to_owned(),
                    request.action.name().to_owned(),
                    if member { "yes" } else { "no" }.to_owned(),
                ]
            })
            .collect();
        Self { enforcer, requests }
    }

    /// A decision; the second time from its cache.
    pub fn decide(&mut self, index: usize) -> bool {
        let [user, tenant, kind, action, member] = &self.requests[index];
        self.enforcer
            .enforce((user.as_str(), tenant.as_str(), kind.as_str(), action.as_str(), member.as_str()))
            .unwrap()
    }
}
