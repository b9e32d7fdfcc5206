//! What decisions say.

use paas_core::access::{Action, Kind, Reason, Resource, Role, Subject, decide};

#[test]
fn each_reason_in_words() {
    let nobody = Subject::new("u");
    let reader = Subject::new("u").with_tenant("retail", Role::ReadOnly).with_namespace("retail-shop");
    let administrator = Subject::new("u").with_platform(Role::PlatformAdministrator);
    let auditor = Subject::new("u").with_platform(Role::PublicationAuditor);
    let cases: [(&Subject, Action, Resource<'_>, Reason, &str); 9] = [
        (
            &administrator,
            Action::Create,
            Resource::of_platform(Kind::NfsServer),
            Reason::Everywhere,
            "a platform administrator may create an NFS server, wherever it is: its role is on Keystone's system scope",
        ),
        (
            &reader,
            Action::View,
            Resource::in_tenant(Kind::Volume, "retail"),
            Reason::InTenant,
            "a user who reads only may view a volume in its tenant",
        ),
        (
            &reader,
            Action::View,
            Resource::in_namespace(Kind::Image, "retail", "retail-shop"),
            Reason::InNamespace,
            "a user who reads only may view an image in an image namespace that it belongs to",
        ),
        (
            &reader,
            Action::View,
            Resource::of_platform(Kind::CatalogueEntry),
            Reason::Shared,
            "whoever has a role in a tenant may view a catalogue entry of the platform",
        ),
        (
            &reader,
            Action::View,
            Resource::of_platform(Kind::Network),
            Reason::OfPlatform,
            "this network is the platform's own, and the user may not view it: that takes a platform administrator",
        ),
        (
            &nobody,
            Action::View,
            Resource::in_tenant(Kind::Volume, "retail"),
            Reason::NoRole,
            "the user has no role in the tenant of this volume",
        ),
        (
            &reader,
            Action::Create,
            Resource::in_tenant(Kind::Volume, "retail"),
            Reason::RoleTooLow,
            "a user who reads only may not create a volume: that takes a restricted member or a senior member or a tenant administrator or a platform administrator",
        ),
        (
            &reader,
            Action::Push,
            Resource::in_tenant(Kind::ProductionImage, "retail"),
            Reason::RoleTooLow,
            "a user who reads only may not push a production image: nobody may",
        ),
        (
            &auditor,
            Action::View,
            Resource::in_tenant(Kind::Volume, "retail"),
            Reason::NoRole,
            "the user has no role in the tenant of this volume",
        ),
    ];
    for (subject, action, resource, reason, words) in cases {
        let decision = decide(subject, action, &resource);
        assert_eq!((decision.reason(), decision.to_string().as_str()), (reason, words));
    }
}
