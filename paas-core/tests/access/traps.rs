//! What readers of the roles get wrong, each by its name.

use paas_core::access::{Action, Kind, Resource, Role, RoleNames, Scope, Subject, decide};

const BOTH: [Role; 2] = [Role::SeniorMember, Role::RestrictedMember];

fn may(role: Role, action: Action, kind: Kind) -> bool {
    let subject = Subject::new("u").with_tenant("retail", role).with_namespace("retail-shop");
    decide(&subject, action, &Resource::in_namespace(kind, "retail", "retail-shop")).is_allowed()
}

#[test]
fn neither_senior_nor_restricted_members_authorise_users() {
    for role in BOTH {
        assert!(!may(role, Action::Authorise, Kind::Membership), "{role}");
        assert!(!may(role, Action::Authorise, Kind::NamespaceMember), "{role}");
        assert!(!may(role, Action::Sync, Kind::Membership), "{role}");
    }
    assert!(may(Role::TenantAdministrator, Action::Authorise, Kind::Membership));
    assert!(may(Role::TenantAdministrator, Action::Authorise, Kind::NamespaceMember));
}

#[test]
fn neither_senior_nor_restricted_members_operate_basic_resources() {
    for role in BOTH {
        for kind in [Kind::Network, Kind::Environment, Kind::EnvironmentLink, Kind::Host, Kind::NfsServer] {
            for &action in Action::ALL {
                assert_eq!(may(role, action, kind), action == Action::View, "{role} {action} {kind}");
            }
        }
    }
}

/// The rendering that drops the word "except" would give them these alone.
#[test]
fn senior_and_restricted_members_have_everything_else() {
    for role in BOTH {
        for kind in [Kind::Application, Kind::Service, Kind::Container, Kind::ScalingPolicy, Kind::AlarmRule]
        {
            for action in [Action::View, Action::Create, Action::Update, Action::Delete, Action::Operate] {
                assert!(may(role, action, kind), "{role} {action} {kind}");
            }
        }
    }
}

#[test]
fn nobody_pushes_to_production() {
    for role in Role::ALL {
        assert!(!may(*role, Action::Push, Kind::ProductionImage), "{role}");
        let subject = Subject::new("u").with_platform(*role).with_tenant("retail", *role);
        let image = Resource::in_tenant(Kind::ProductionImage, "retail");
        assert!(!decide(&subject, Action::Push, &image).is_allowed(), "{role}");
    }
}

#[test]
fn a_restricted_member_pushes_where_it_belongs_only() {
    let subject =
        Subject::new("u").with_tenant("retail", Role::RestrictedMember).with_namespace("retail-shop");
    let own = Resource::in_namespace(Kind::Image, "retail", "retail-shop");
    let other = Resource::in_namespace(Kind::Image, "retail", "retail-web");
    assert!(decide(&subject, Action::Push, &own).is_allowed());
    let refused = decide(&subject, Action::Push, &other);
    assert_eq!(
        refused.to_string(),
        "a restricted member may push an image in image namespaces that it belongs to only, and it does not belong to this one"
    );
}

#[test]
fn belonging_to_a_namespace_of_another_tenant_gives_nothing() {
    let subject =
        Subject::new("u").with_tenant("retail", Role::RestrictedMember).with_namespace("cards-core");
    let image = Resource::in_namespace(Kind::Image, "cards", "cards-core");
    assert!(!decide(&subject, Action::View, &image).is_allowed());
}

#[test]
fn only_senior_members_and_up_release_images() {
    assert!(may(Role::SeniorMember, Action::Update, Kind::ImageState));
    assert!(!may(Role::RestrictedMember, Action::Update, Kind::ImageState));
    assert!(!may(Role::RestrictedMember, Action::Create, Kind::SyncRule));
    assert!(!may(Role::RestrictedMember, Action::Create, Kind::ImageNamespace));
}

#[test]
fn a_platform_administrator_approves_no_publication_and_an_auditor_does_nothing_else() {
    let of = |role| Subject::new("u").with_platform(role);
    for &kind in Kind::ALL {
        for &action in Action::ALL {
            let resource = Resource::in_tenant(kind, "retail");
            let auditor = decide(&of(Role::PublicationAuditor), action, &resource).is_allowed();
            let reviews = kind == Kind::Publication && matches!(action, Action::View | Action::Approve);
            assert_eq!(auditor, reviews, "{action} {kind}");
        }
    }
    let publication = Resource::in_tenant(Kind::Publication, "retail");
    let administrator = decide(&of(Role::PlatformAdministrator), Action::Approve, &publication);
    assert!(!administrator.is_allowed());
}

#[test]
fn an_administrator_of_a_project_is_none_of_the_platform() {
    let names = RoleNames::default();
    assert_eq!(names.roles(Scope::Project, ["admin"]).highest(), Some(Role::TenantAdministrator));
    assert_eq!(names.roles(Scope::System, ["admin"]).highest(), Some(Role::PlatformAdministrator));
    assert!(names.roles(Scope::Domain, ["admin", "manager"]).is_empty());
    assert!(names.roles(Scope::System, ["manager", "member", "reader"]).is_empty());
    assert!(names.roles(Scope::Project, ["platform_auditor"]).is_empty());
}

#[test]
fn a_role_in_the_wrong_place_gives_nothing() {
    let subject = Subject::new("u")
        .with_platform(Role::TenantAdministrator)
        .with_tenant("retail", Role::PlatformAdministrator);
    for &kind in Kind::ALL {
        for &action in Action::ALL {
            for resource in [Resource::in_tenant(kind, "retail"), Resource::of_platform(kind)] {
                let decision = decide(&subject, action, &resource);
                assert!(!decision.is_allowed(), "{action} {resource:?}: {decision}");
            }
        }
    }
}

#[test]
fn nobody_changes_what_the_audit_holds() {
    for &role in Role::ALL {
        for action in [Action::Create, Action::Update, Action::Delete] {
            assert!(!may(role, action, Kind::AuditEvent), "{role}");
            let all = Subject::new("u").with_platform(Role::PlatformAdministrator);
            assert!(!decide(&all, action, &Resource::in_tenant(Kind::AuditEvent, "retail")).is_allowed());
        }
    }
}

#[test]
fn a_frozen_tenant_freezes_its_members_and_not_the_platform() {
    let volume = Resource::in_tenant(Kind::Volume, "retail");
    let member = Subject::new("u").with_tenant("retail", Role::TenantAdministrator).with_frozen("retail");
    assert_eq!(
        decide(&member, Action::View, &volume).to_string(),
        "the tenant is disabled or deleted in Keystone: its users' rights are frozen"
    );
    assert!(!decide(&member, Action::View, &Resource::of_platform(Kind::CatalogueEntry)).is_allowed());
    let administrator = member.with_platform(Role::PlatformAdministrator);
    assert!(decide(&administrator, Action::View, &volume).is_allowed());
}
