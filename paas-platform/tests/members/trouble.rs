//! Servers that fail, processes that end, and two that do the same.

use super::world::{World, apply, roles, trusted};
use crate::deploying::{
    faulty::{Faulty, Mood},
    world::wait,
};
use paas_core::tenant::{Tenant, TenantNetwork};
use paas_platform::{
    ErrorKind, MembersOptions, Place,
    seam::SystemClock,
    store::{LeaseRequest, MemoryStore, Store},
};
use paas_sandbox::{Fault, Trouble};
use std::time::Duration;

#[test]
fn without_keystone_nothing_is_touched() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        apply(&members).await;
        let before = world.there(&world.dmz).await;
        for status in [401, 403, 500, 503] {
            world.directory.known().broken = Some(status);
            let error = members.apply("retail", MembersOptions::default()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Keystone, "{error}");
            assert!(error.code().starts_with("client.keystone."), "{}", error.code());
        }
        world.directory.known().broken = None;
        assert_eq!((world.there(&world.dmz).await, world.sets()), (before, 2));
        // Nobody has to wait for a lease that was left behind.
        apply(&members).await;
    });
}

#[test]
fn a_tenant_without_a_project_loses_nobody() {
    let world = World::new();
    wait(async {
        let platform = world.platform(MemoryStore::new(SystemClock::new()), World::rules()).await;
        let mut other = Tenant::new("other");
        other.networks.push(TenantNetwork::new("dmz", "other-dmz"));
        trusted(&platform).tenants().put(&other).await.unwrap();
        let error = trusted(&platform).members().apply("other", MembersOptions::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.to_string(), "the tenant `other` does not say the id of its project in Keystone");
    });
}

#[test]
fn what_fails_in_one_environment_keeps_none_of_the_others() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        let path = format!("/projects/{}/", world.dmz.id);
        world.sandbox.add_fault(
            Fault::new(Trouble::Unavailable { retry_after: None }).method("POST").path(&path).times(100),
        );
        let report = members.apply("retail", MembersOptions::default()).await.unwrap();
        let [failure] = report.failures.as_slice() else { panic!("{:?}", report.failures) };
        assert_eq!(failure.place, Place::Environment { environment: world.dmz.id.clone() });
        assert!(failure.code.starts_with("client.rancher.") && failure.retryable, "{failure:?}");
        assert_eq!(world.there(&world.core).await.len(), 4);
        assert_eq!(world.there(&world.dmz).await.len(), 1);

        world.sandbox.clear_faults();
        apply(&members).await;
        assert_eq!(world.there(&world.dmz).await.len(), 4);
    });
}

#[test]
fn an_answer_that_is_lost_loses_nothing() {
    let world = World::new();
    wait(async {
        let members = world.members().await;
        world.sandbox.add_fault(Fault::new(Trouble::LostAnswer).method("POST").times(1));
        apply(&members).await;
        world.directory.set("bob", &[]);
        world.directory.set("carl", &[]);
        apply(&members).await;
        for environment in [&world.dmz, &world.core] {
            assert_eq!(world.there(environment).await, roles(&[("1a1", "owner"), ("anna", "owner")]));
        }
    });
}

/// Wherever a process ends, the next one makes it right, and knows whom the first one put there.
#[test]
fn a_process_that_ends_anywhere_leaves_nobody_behind() {
    for mood in [Mood::Full, Mood::Broken] {
        let mut ended = 0;
        for batches in 0..10 {
            let world = World::new();
            let all_went_well = wait(async {
                let store = Faulty::quick(MemoryStore::new(SystemClock::new()));
                let platform = world.platform(store.clone(), World::rules()).await;
                store.set_after(batches, mood);
                let first = trusted(&platform).members().apply("retail", MembersOptions::default()).await;
                store.set(Mood::Good);
                let members = trusted(&platform).members();
                // All lose their roles before anybody looks again: who was put there is still known as ours.
                for name in ["anna", "bob", "carl"] {
                    world.directory.set(name, &[]);
                }
                apply(&members).await;
                for environment in [&world.dmz, &world.core] {
                    assert_eq!(
                        world.there(environment).await,
                        roles(&[("1a1", "owner")]),
                        "{mood:?} {batches}"
                    );
                }
                first.is_ok()
            });
            ended += usize::from(!all_went_well);
        }
        assert!((3..10).contains(&ended), "{mood:?}: {ended} of 10 ended in between");
    }
}

#[test]
fn who_comes_second_is_told_so() {
    let world = World::new();
    wait(async {
        let store = MemoryStore::new(SystemClock::new());
        let platform = world.platform(store.clone(), World::rules()).await;
        let members = trusted(&platform).members();
        // Another process.
        let lease = LeaseRequest::new("members/retail", "another process", Duration::from_secs(60));
        let lease = store.acquire(lease).await.unwrap();
        let error = members.apply("retail", MembersOptions::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::MembersBusy, "platform.members_busy"));
        members.plan("retail", MembersOptions::default()).await.unwrap();
        store.release(&lease.fence()).await.unwrap();

        // Twice in this one.
        let options = MembersOptions::default();
        let (one, other) = tokio::join!(members.apply("retail", options), members.apply("retail", options));
        assert!(one.is_ok());
        assert_eq!(other.unwrap_err().kind(), ErrorKind::MembersBusy);
        assert_eq!(world.sets(), 2);
    });
}

#[test]
fn rules_that_give_more_there_than_here_are_refused() {
    use paas_core::access::RancherRole;
    let mut rules = World::rules();
    rules.rancher_roles.restricted_member = Some(RancherRole::Owner);
    let store = MemoryStore::new(SystemClock::new());
    let builder = paas_platform::Platform::builder().store(store).member_rules(rules);
    let error = wait(builder.connect()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`restricted_member` could authorise membership"), "{error}");
}
