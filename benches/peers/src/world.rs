//! Tenants, users and requests.

use paas_core::access::{
    Action, Kind, Resource, Role, Subject, decide,
    interned::{self, Directory, ResourceId},
    matrix,
};

/// Tenants, each with two image namespaces.
const TENANTS: usize = 1_000;

/// The roles of a tenant's ten users.
const ROLES: [Role; 10] = [
    Role::TenantAdministrator,
    Role::SeniorMember,
    Role::SeniorMember,
    Role::RestrictedMember,
    Role::RestrictedMember,
    Role::RestrictedMember,
    Role::RestrictedMember,
    Role::ReadOnly,
    Role::ReadOnly,
    Role::ReadOnly,
];

/// Somebody wants to do something.
#[derive(Debug)]
pub struct Request {
    /// Its number among all users.
    pub user: usize,
    /// What it wants to do.
    pub action: Action,
    /// To what.
    pub kind: Kind,
    /// In which tenant.
    pub tenant: usize,
    /// In which of its namespaces.
    pub namespace: usize,
    names: (String, String),
}

/// Everybody, and what they want.
pub struct World {
    /// What they want.
    pub requests: Vec<Request>,
    subjects: Vec<Subject>,
    numbered: Vec<interned::Subject>,
    /// The requests as one who decides by numbers has them.
    numbered_requests: Vec<(u32, Action, ResourceId)>,
}

impl World {
    /// So many random requests, the same in each run.
    pub fn new(count: usize) -> Self {
        let subjects: Vec<Subject> = (0..TENANTS * ROLES.len())
            .map(|user| {
                let tenant = user / ROLES.len();
                Subject::new(user_name(user))
                    .with_tenant(tenant_name(tenant), role_of(user))
                    .with_namespace(namespace_name(tenant, user % 2))
            })
            .collect();
        let mut directory = Directory::default();
        let numbered: Vec<_> = subjects.iter().map(|subject| directory.subject(subject)).collect();
        for tenant in 0..TENANTS {
            directory.namespace(&namespace_name(tenant, 0));
            directory.namespace(&namespace_name(tenant, 1));
        }
        let rows = matrix::rows();
        let mut random = Random(42);
        let requests: Vec<Request> = (0..count)
            .map(|_| {
                let user = random.below(subjects.len());
                let own = user / ROLES.len();
                let tenant = if random.below(10) == 0 { random.below(TENANTS) } else { own };
                let row = &rows[random.below(rows.len())];
                let namespace = random.below(2);
                let names = (tenant_name(tenant), namespace_name(tenant, namespace));
                Request { user, action: row.action, kind: row.kind, tenant, namespace, names }
            })
            .collect();
        let numbered_requests = requests
            .iter()
            .map(|request| {
                let resource = Resource::in_namespace(request.kind, &request.names.0, &request.names.1);
                (request.user as u32, request.action, directory.resource(&resource))
            })
            .collect();
        Self { requests, subjects, numbered, numbered_requests }
    }

    /// By names.
    pub fn by_name(&self, request: &Request) -> bool {
        let (tenant, namespace) = &request.names;
        let resource = Resource::in_namespace(request.kind, tenant, namespace);
        decide(&self.subjects[request.user], request.action, &resource).is_allowed()
    }

    /// By numbers.
    pub fn by_number(&self, index: usize) -> bool {
        let (user, action, resource) = self.numbered_requests[index];
        self.numbered[user as usize].decide(action, resource).is_allowed()
    }

    /// How many users there are.
    pub fn users(&self) -> usize {
        self.subjects.len()
    }
}

/// The tenant of a user.
pub fn tenant_of(user: usize) -> usize {
    user / ROLES.len()
}

/// The role of a user in its tenant.
pub fn role_of(user: usize) -> Role {
    ROLES[user % ROLES.len()]
}

/// Whether a user belongs to a namespace of a tenant.
pub fn belongs(user: usize, tenant: usize, namespace: usize) -> bool {
    tenant_of(user) == tenant && user % 2 == namespace
}

/// The name of a user.
pub fn user_name(user: usize) -> String {
    format!("{user:032x}")
}

/// The name of a tenant, as long as Keystone's ids.
pub fn tenant_name(tenant: usize) -> String {
    format!("{:032x}", tenant.wrapping_mul(0x9e37_79b9))
}

/// The name of a namespace.
pub fn namespace_name(tenant: usize, namespace: usize) -> String {
    format!("tenant-{tenant}-{namespace}")
}

/// A small generator (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}
