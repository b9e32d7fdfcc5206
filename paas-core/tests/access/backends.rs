//! What members may in Rancher and Harbor, against what their roles may here.

use paas_core::access::{
    Action, Actions, HarborRole, HarborRoles, Kind, RancherRole, RancherRoles, Registry, Resource, Role,
    Roles, Subject, Widening, decide,
};

/// Everything that a user of a role could do in a backend and not here.
fn more(role: Role, kind_may: impl Fn(Kind) -> Actions) -> Vec<(Action, Kind)> {
    let subject = Subject::new("u").with_tenant("retail", role).with_namespace("retail-shop");
    let mut more = Vec::new();
    for &kind in Kind::ALL {
        let resource = Resource::in_namespace(kind, "retail", "retail-shop");
        more.extend(
            kind_may(kind)
                .iter()
                .filter(|action| !decide(&subject, *action, &resource).is_allowed())
                .map(|action| (action, kind)),
        );
    }
    more
}

fn only(role: Role) -> Roles {
    [role].into_iter().collect()
}

#[test]
fn nobody_has_more_in_a_backend_but_for_what_is_named() {
    for &role in Role::OF_TENANTS {
        let rancher = RancherRoles::default();
        let there = rancher.for_roles(only(role)).unwrap();
        let named: Vec<_> = match role {
            Role::TenantAdministrator => vec![(Action::Delete, Kind::Environment)],
            _ => vec![],
        };
        assert_eq!(more(role, |kind| there.may(kind)), named, "{role} as {there}");

        for (registry, image) in
            [(Registry::Test, Kind::Image), (Registry::Production, Kind::ProductionImage)]
        {
            let there = HarborRoles::of(registry).for_roles(only(role)).unwrap();
            let named: Vec<_> = if role == Role::ReadOnly { vec![(Action::Pull, image)] } else { vec![] };
            assert_eq!(
                more(role, |kind| there.may(registry, kind)),
                named,
                "{role} as {there} in {registry}"
            );
        }
    }
}

#[test]
fn every_widening_of_the_defaults_is_needed_and_says_why() {
    let rancher = RancherRoles::default();
    for index in 0..rancher.widenings.len() {
        let mut without = rancher.clone();
        without.widenings.remove(index);
        assert!(without.check().is_err());
        let mut silent = rancher.clone();
        silent.widenings[index].reason = " ".into();
        assert!(silent.check().is_err(), "a widening needs a reason");
    }
    for registry in [Registry::Test, Registry::Production] {
        let mut without = HarborRoles::of(registry);
        without.widenings.clear();
        assert!(without.check(registry).is_err());
    }
}

#[test]
fn a_bank_may_say_member_for_its_senior_members_by_naming_what_that_widens() {
    let mut roles = RancherRoles::default();
    roles.senior_member = Some(RancherRole::Member);
    let refused = roles.check().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the roles of Rancher would give more than the platform does: `senior_member` could operate network, \
         `senior_member` could create host, `senior_member` could update host, `senior_member` could delete host, \
         `senior_member` could operate host, `senior_member` could operate nfs_server; map to a lower role, or name \
         each in `widenings` with the reason why it is accepted"
    );
    for widening in refused.widenings {
        roles =
            roles.with(Widening::new(widening.role, widening.action, widening.kind, "as decided in 2026"));
    }
    assert!(roles.check().is_ok());
}

#[test]
fn the_test_registry_s_roles_are_refused_in_production() {
    let refused = HarborRoles::of(Registry::Test).check(Registry::Production).unwrap_err().to_string();
    for trap in [
        "`tenant_administrator` could push production_image",
        "`senior_member` could push production_image",
        "`restricted_member` could push production_image",
        "`senior_member` could delete production_image",
    ] {
        assert!(refused.contains(trap), "{refused}");
    }
}

#[test]
fn roles_grow_in_the_backends_too() {
    for pair in RancherRole::ALL.windows(2) {
        for &kind in Kind::ALL {
            assert!(pair[0].may(kind).without(pair[1].may(kind)).is_empty(), "{} {kind}", pair[0]);
        }
    }
    for registry in [Registry::Test, Registry::Production] {
        for pair in HarborRole::ALL.windows(2) {
            for &kind in Kind::ALL {
                assert!(pair[0].may(registry, kind).without(pair[1].may(registry, kind)).is_empty());
            }
        }
    }
    for pair in Role::OF_TENANTS.windows(2) {
        let rancher = RancherRoles::default();
        assert!(rancher.for_roles(only(pair[0])) >= rancher.for_roles(only(pair[1])));
        let harbor = HarborRoles::of(Registry::Test);
        assert!(harbor.for_roles(only(pair[0])) >= harbor.for_roles(only(pair[1])));
    }
}

/// Harbor's numbers are not in the order of power.
#[test]
fn the_highest_role_wins_in_harbor_and_not_the_lowest_number() {
    let harbor = HarborRoles::of(Registry::Test);
    let both: Roles = [Role::SeniorMember, Role::RestrictedMember].into_iter().collect();
    assert_eq!(harbor.for_roles(both).map(HarborRole::id), Some(4));
    let ids: Vec<i64> = HarborRole::ALL.iter().map(|role| role.id()).collect();
    assert_eq!(ids, [5, 3, 2, 4, 1]);
    for role in HarborRole::ALL {
        assert_eq!(HarborRole::from_id(role.id()), Some(*role));
    }
    assert_eq!(HarborRole::from_id(6), None);
}

#[test]
fn administrators_of_the_platform_are_members_nowhere() {
    let roles = only(Role::PlatformAdministrator);
    assert_eq!(RancherRoles::default().for_roles(roles), None);
    assert_eq!(HarborRoles::of(Registry::Test).for_roles(roles), None);
}
