//! Members kept over time.

use super::world::{World, trusted};
use crate::deploying::world::wait;
use paas_core::tenant::{Tenant, TenantNetwork};
use paas_platform::{MembersReport, Result, seam::SystemClock, store::MemoryStore};
use std::time::Duration;
use tokio::sync::mpsc;

const PERIOD: Duration = Duration::from_millis(20);

async fn next(told: &mut mpsc::UnboundedReceiver<(String, Result<MembersReport>)>) -> MembersReport {
    let (tenant, report) = told.recv().await.unwrap();
    assert_eq!(tenant, "retail", "a tenant without a project is none to keep");
    report.unwrap()
}

#[test]
fn what_changes_in_keystone_is_done_in_the_next_period() {
    let world = World::new();
    wait(async {
        let platform = world.platform(MemoryStore::new(SystemClock::new()), World::rules()).await;
        let mut other = Tenant::new("other");
        other.networks.push(TenantNetwork::new("dmz", "other-dmz"));
        trusted(&platform).tenants().put(&other).await.unwrap();
        let (tell, mut told) = mpsc::unbounded_channel();
        let keeping = trusted(&platform).members().keep(PERIOD, move |tenant, result| {
            tell.send((tenant.to_owned(), result)).unwrap();
        });
        assert!(!next(&mut told).await.plan.is_empty());
        assert!(next(&mut told).await.plan.is_empty());
        world.directory.set("bob", &[]);
        while next(&mut told).await.plan.is_empty() {}
        assert!(!world.there(&world.dmz).await.contains_key("bob"));
        keeping.stop().await;
        world.directory.set("carl", &[]);
        while told.try_recv().is_ok() {}
        tokio::time::sleep(3 * PERIOD).await;
        assert!(told.recv().await.is_none(), "it has ended");
        assert!(world.there(&world.dmz).await.contains_key("carl"));
    });
}
