//! Random users and resources.

use paas_core::access::{Action, Kind, Resource, Role, Roles, Subject, TenantGrant};
use proptest::{
    collection::{btree_map, btree_set},
    option,
    prelude::*,
    sample::select,
};

pub(super) const TENANTS: &[&str] =
    &["retail", "treasury", "cards", "risk", "t5", "t6", "t7", "t8", "t9", "t10", "t11"];
pub(super) const NAMESPACES: &[&str] = &["retail-shop", "retail-web", "treasury-fx", "cards-core"];

pub(super) fn role() -> impl Strategy<Value = Role> + Clone {
    select(Role::ALL)
}

pub(super) fn action() -> impl Strategy<Value = Action> {
    select(Action::ALL)
}

pub(super) fn kind() -> impl Strategy<Value = Kind> {
    select(Kind::ALL)
}

pub(super) fn roles() -> impl Strategy<Value = Roles> + Clone {
    btree_set(role(), 0..3).prop_map(|roles| roles.into_iter().collect())
}

pub(super) fn subject() -> impl Strategy<Value = Subject> {
    let grant = (roles(), any::<bool>(), any::<bool>()).prop_map(|(roles, one, other)| {
        let mut grant = TenantGrant::new(roles);
        grant.frozen = one && other;
        grant
    });
    let platform = prop_oneof![4 => Just(Roles::NONE), 1 => roles()];
    let tenants = prop_oneof![3 => btree_map(select(TENANTS), grant.clone(), 0..3), 1 => btree_map(select(TENANTS), grant, 9..12)];
    (platform, tenants, btree_set(select(NAMESPACES), 0..3)).prop_map(|(platform, tenants, namespaces)| {
        let mut subject = Subject::new("u");
        subject.platform = platform;
        subject.tenants = tenants.into_iter().map(|(tenant, grant)| (tenant.to_owned(), grant)).collect();
        subject.namespaces = namespaces.into_iter().map(str::to_owned).collect();
        subject
    })
}

pub(super) fn resource() -> impl Strategy<Value = Resource<'static>> {
    (kind(), option::weighted(0.8, select(TENANTS)), option::of(select(NAMESPACES)))
        .prop_map(|(kind, tenant, namespace)| Resource { kind, tenant, namespace })
}
