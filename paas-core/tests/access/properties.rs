//! What holds for all users, actions and resources.

use super::arbitrary::{TENANTS, action, kind, resource, role, subject};
use paas_core::access::{
    Action, Kind, Resource, Role, Subject, decide,
    interned::Directory,
    matrix::{self, Extent},
};
use proptest::{prelude::*, sample::select};

/// What the printed matrix says of a decision: the rules read in another way than the code does.
fn by_the_matrix(subject: &Subject, action: Action, resource: &Resource<'_>) -> bool {
    let rows = matrix::rows();
    let Some(row) = rows.iter().find(|row| row.kind == resource.kind && row.action == action) else {
        return false;
    };
    let has = |role: &Role| subject.platform.contains(*role);
    if Role::ALL.iter().any(|role| row.allowed.extent(*role) == Extent::Platform && has(role)) {
        return true;
    }
    let works = |tenant: &str, role: Role| {
        subject.tenants.get(tenant).is_some_and(|grant| !grant.frozen && grant.roles.contains(role))
    };
    match resource.tenant {
        None => {
            let anywhere = |role: &Role| TENANTS.iter().any(|tenant| works(tenant, *role));
            row.allowed.shared && Role::OF_TENANTS.iter().any(anywhere)
        }
        Some(tenant) => Role::OF_TENANTS.iter().filter(|role| works(tenant, **role)).any(|role| {
            match row.allowed.extent(*role) {
                Extent::Tenant => true,
                Extent::Namespaces => {
                    resource.namespace.is_some_and(|name| subject.namespaces.contains(name))
                }
                _ => false,
            }
        }),
    }
}

proptest! {
    #[test]
    fn nothing_is_allowed_but_by_a_rule(subject in subject(), action in action(), resource in resource()) {
        let decision = decide(&subject, action, &resource);
        prop_assert_eq!(decision.is_allowed(), by_the_matrix(&subject, action, &resource), "{}", decision);
        prop_assert_eq!(decision.is_allowed(), decision.reason().allows());
    }

    #[test]
    fn numbers_decide_as_names_do(subject in subject(), asked in prop::collection::vec((action(), resource()), 1..20)) {
        let mut directory = Directory::default();
        // Numbers are given in another order than names have.
        for tenant in ["zz", "treasury", "t9"] {
            directory.tenant(tenant);
        }
        let numbered = directory.subject(&subject);
        for (action, resource) in asked {
            let by_name = decide(&subject, action, &resource);
            let by_number = numbered.decide(action, directory.resource(&resource));
            prop_assert_eq!(by_name, by_number);
        }
    }

    #[test]
    fn a_role_in_one_tenant_never_reaches_another(
        subject in subject(), action in action(), resource in resource(), tenant in select(TENANTS), role in role(),
    ) {
        prop_assume!(resource.tenant.is_some() && resource.tenant != Some(tenant));
        let before = decide(&subject, action, &resource);
        let richer = subject.with_tenant(tenant, role);
        prop_assert_eq!(decide(&richer, action, &resource), before);
    }

    #[test]
    fn one_more_role_takes_nothing_away(
        subject in subject(), action in action(), resource in resource(), tenant in select(TENANTS), role in role(),
    ) {
        let before = decide(&subject, action, &resource).is_allowed();
        prop_assert!(!before || decide(&subject.clone().with_tenant(tenant, role), action, &resource).is_allowed());
        prop_assert!(!before || decide(&subject.with_platform(role), action, &resource).is_allowed());
    }

    #[test]
    fn each_role_of_a_tenant_may_all_that_the_next_may(action in action(), kind in kind(), member in any::<bool>()) {
        let allows = |role: Role| {
            let resource = Resource::in_namespace(kind, "retail", "retail-shop");
            let mut subject = Subject::new("u");
            subject = if role.is_platform_wide() { subject.with_platform(role) } else { subject.with_tenant("retail", role) };
            if member {
                subject = subject.with_namespace("retail-shop");
            }
            decide(&subject, action, &resource).is_allowed()
        };
        let ladder = [
            Role::PlatformAdministrator,
            Role::TenantAdministrator,
            Role::SeniorMember,
            Role::RestrictedMember,
            Role::ReadOnly,
        ];
        for pair in ladder.windows(2) {
            prop_assert!(allows(pair[0]) || !allows(pair[1]), "{} and {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_refusal_names_who_may(subject in subject(), action in action(), resource in resource()) {
        let decision = decide(&subject, action, &resource);
        let said = decision.to_string();
        prop_assert!(!said.is_empty() && !said.ends_with('.'));
        if let Some(role) = decision.role().filter(|_| decision.is_allowed()) {
            prop_assert!(decision.allowed_roles().any(|allowed| allowed == role), "{}", said);
        }
    }
}

/// The whole matrix, not a sample of it.
#[test]
fn every_cell_decides_as_it_says() {
    for &kind in Kind::ALL {
        for &action in Action::ALL {
            for &role in Role::ALL {
                for (tenant, namespace) in [
                    (None, None),
                    (Some("retail"), None),
                    (Some("retail"), Some("retail-shop")),
                    (Some("cards"), None),
                ] {
                    for member in [false, true] {
                        let mut subject = Subject::new("u");
                        subject = if role.is_platform_wide() {
                            subject.with_platform(role)
                        } else {
                            subject.with_tenant("retail", role)
                        };
                        if member {
                            subject = subject.with_namespace("retail-shop");
                        }
                        let resource = Resource { kind, tenant, namespace };
                        let decision = decide(&subject, action, &resource);
                        assert_eq!(
                            decision.is_allowed(),
                            by_the_matrix(&subject, action, &resource),
                            "{role} {action} {resource:?}"
                        );
                    }
                }
            }
        }
    }
}
