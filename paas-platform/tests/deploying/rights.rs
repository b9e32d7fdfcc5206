//! Who may what: every call of the platform is decided by the roles of who acts.

use super::world::{anna_on, bank_template, builder, deploy, meridian, sandbox, wait};
use paas_core::{
    access::{Role, Subject},
    tenant::{Tenant, TenantNetwork},
};
use paas_platform::{
    Acting, ApplicationState, Deploy, ErrorKind, Platform, Result, seam::SystemClock, store::MemoryStore,
};

/// The id of the tenant's project in Keystone.
const PROJECT: &str = "7c3e0b6f5d2a4f0e9b1c";

/// A platform on which the bank is deployed, and the one who deployed it.
async fn world(sandbox: &paas_sandbox::Sandbox) -> (Platform, Acting) {
    let store = MemoryStore::new(SystemClock::new());
    let trusted = anna_on(sandbox, store.clone()).await;
    let mut tenant = meridian();
    tenant.project = Some(PROJECT.to_owned());
    trusted.tenants().put(&tenant).await.unwrap();
    deploy(&trusted).await.wait().await.unwrap();
    (builder(sandbox, store).connect().await.unwrap(), trusted)
}

fn with(platform: &Platform, role: Role) -> Acting {
    let subject = Subject::new("u");
    let subject = if role.is_platform_wide() {
        subject.with_platform(role)
    } else {
        subject.with_tenant(PROJECT, role)
    };
    platform.acting_for(subject).unwrap()
}

fn is_denied<T>(result: Result<T>) -> bool {
    match result {
        Ok(_) => false,
        Err(error) => {
            let denied = error.kind() == ErrorKind::Denied;
            assert_eq!(denied, error.code() == "platform.denied", "{error}");
            denied
        }
    }
}

#[test]
fn each_call_asks_for_its_right() {
    let sandbox = sandbox();
    wait(async {
        let (platform, trusted) = world(&sandbox).await;
        let running = trusted.operations().list(None).await.unwrap()[0].id.clone();
        let scaled =
            trusted.applications().plan_scale("meridian", "retail-banking", "web-front", 4).await.unwrap();
        for (role, views, works, puts) in [
            (Role::PlatformAdministrator, true, true, true),
            (Role::TenantAdministrator, true, true, false),
            (Role::SeniorMember, true, true, false),
            (Role::RestrictedMember, true, true, false),
            (Role::ReadOnly, true, false, false),
            (Role::PublicationAuditor, false, false, false),
        ] {
            let acting = with(&platform, role);
            let (applications, operations) = (acting.applications(), acting.operations());
            let deploy = Deploy::new("meridian", bank_template());
            assert_eq!(is_denied(acting.tenants().read("meridian").await), !views, "{role}");
            assert_eq!(is_denied(applications.status("meridian", "retail-banking").await), !views, "{role}");
            assert_eq!(is_denied(applications.list("meridian").await), !views, "{role}");
            assert_eq!(is_denied(applications.release("meridian", "retail-banking").await), !views, "{role}");
            assert_eq!(is_denied(operations.open(&running).await), !views, "{role}");
            assert_eq!(operations.list(None).await.unwrap().is_empty(), !views, "{role}");
            assert_eq!(acting.tenants().list().await.unwrap().is_empty(), !views, "{role}");
            assert_eq!(is_denied(applications.check(&deploy).await), !works, "{role}");
            assert_eq!(is_denied(applications.plan(&deploy).await), !works, "{role}");
            assert_eq!(is_denied(applications.deploy(&deploy).await), !works, "{role}");
            let scale = applications.plan_scale("meridian", "retail-banking", "web-front", 5).await;
            assert_eq!(is_denied(scale), !works, "{role}");
            let removal = applications.plan_removal("meridian", "retail-banking").await;
            assert_eq!(is_denied(removal), !works, "{role}");
            if !works {
                assert!(is_denied(applications.begin(&scaled).await), "a plan of somebody else: {role}");
            }
            if let Ok(operation) = operations.open(&running).await {
                assert_eq!(is_denied(operation.resume().await), !works, "{role}");
                assert_eq!(is_denied(operation.abandon().await), !works, "{role}");
            }
            assert_eq!(is_denied(acting.tenants().put(&Tenant::new("new")).await), !puts, "{role}");
        }
    });
}

/// Bad input changes nothing, and neither does somebody who may not.
#[test]
fn what_is_denied_changes_nothing() {
    let sandbox = sandbox();
    wait(async {
        let (platform, trusted) = world(&sandbox).await;
        let before = trusted.applications().status("meridian", "retail-banking").await.unwrap();
        let reader = with(&platform, Role::ReadOnly);
        assert!(is_denied(reader.applications().remove("meridian", "retail-banking").await));
        assert!(is_denied(reader.applications().scale("meridian", "retail-banking", "web-front", 9).await));
        let mut stolen = Tenant::new("meridian");
        stolen.networks.push(TenantNetwork::new("dmz", "elsewhere"));
        assert!(is_denied(with(&platform, Role::TenantAdministrator).tenants().put(&stolen).await));
        let after = trusted.applications().status("meridian", "retail-banking").await.unwrap();
        assert_eq!(after.changes_since(&before), []);
        assert_eq!(after.state, ApplicationState::Deployed);
        assert_eq!(trusted.operations().list(None).await.unwrap().len(), 1);
    });
}

#[test]
fn nobody_learns_which_tenants_there_are() {
    let sandbox = sandbox();
    wait(async {
        let (platform, _) = world(&sandbox).await;
        let stranger =
            platform.acting_for(Subject::new("u").with_tenant("another", Role::TenantAdministrator)).unwrap();
        let there = stranger.tenants().read("meridian").await.unwrap_err();
        let nowhere = stranger.tenants().read("no-such").await.unwrap_err();
        assert_eq!((there.kind(), there.to_string()), (nowhere.kind(), nowhere.to_string()));
    });
}

/// A role by the tenant's name is none in a tenant whose project has an id: another project could have that name.
#[test]
fn roles_are_had_by_the_id_of_the_project() {
    let sandbox = sandbox();
    wait(async {
        let (platform, _) = world(&sandbox).await;
        let by_name = Subject::new("u").with_tenant("meridian", Role::TenantAdministrator);
        assert!(is_denied(platform.acting_for(by_name).unwrap().tenants().read("meridian").await));
        let trusted = platform.acting_as("anna".parse().unwrap());
        let mut twin = Tenant::new("twin");
        twin.project = Some(PROJECT.to_owned());
        let refused = trusted.tenants().put(&twin).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::TenantConflict);
        assert_eq!(refused.to_string(), format!("the tenant `meridian` has the project `{PROJECT}` already"));
    });
}

#[test]
fn an_actor_is_called_like_the_user() {
    let sandbox = sandbox();
    wait(async {
        let (platform, _) = world(&sandbox).await;
        let named = platform.acting_for(Subject::new("5f3c").with_name("anna")).unwrap();
        assert_eq!(named.actor().as_str(), "anna");
        let odd = platform.acting_for(Subject::new("5f3c").with_name("two\nlines")).unwrap();
        assert_eq!(odd.actor().as_str(), "5f3c");
        let nobody = platform.acting_for(Subject::new("")).unwrap_err();
        assert_eq!(nobody.kind(), ErrorKind::InvalidName);
    });
}

#[test]
fn what_is_refused_is_told_and_what_is_left_out_of_lists_is_not() {
    use paas_core::access::{AccessEvent, AccessSink, Action, Kind};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Told(Arc<Mutex<Vec<AccessEvent>>>);
    impl AccessSink for Told {
        fn record(&self, event: AccessEvent) {
            self.0.lock().unwrap().push(event);
        }
    }

    let sandbox = sandbox();
    wait(async {
        let store = MemoryStore::new(SystemClock::new());
        let trusted = anna_on(&sandbox, store.clone()).await;
        let mut tenant = meridian();
        tenant.project = Some(PROJECT.to_owned());
        trusted.tenants().put(&tenant).await.unwrap();
        let told = Told::default();
        let platform = builder(&sandbox, store).access_sink(told.clone()).connect().await.unwrap();

        let stranger =
            platform.acting_for(Subject::new("u2").with_tenant("another", Role::SeniorMember)).unwrap();
        assert!(stranger.tenants().list().await.unwrap().is_empty());
        assert!(stranger.operations().list(None).await.unwrap().is_empty());
        assert!(told.0.lock().unwrap().is_empty());

        assert!(is_denied(stranger.applications().list("meridian").await));
        let senior = with(&platform, Role::SeniorMember);
        senior.applications().list("meridian").await.unwrap();
        senior.applications().check(&Deploy::new("meridian", bank_template())).await.unwrap();
        assert!(is_denied(senior.tenants().put(&tenant).await));
        let told = told.0.lock().unwrap();
        let events: Vec<_> = told
            .iter()
            .map(|event| (event.user.as_deref().unwrap(), event.action, event.kind, event.allowed))
            .collect();
        assert_eq!(
            events,
            [
                ("u2", Action::View, Kind::Application, false),
                // A view that is allowed is not told of.
                ("u", Action::Create, Kind::Application, true),
                ("u", Action::Update, Kind::Tenant, false),
            ]
        );
        assert!(told.iter().all(|event| event.tenant.as_deref() == Some(PROJECT) && event.at > 0));
    });
}
