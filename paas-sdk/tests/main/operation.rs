//! Operations as text, of a deployment that really happens to a stand-in for Rancher.

use paas_sandbox::{Fault, Latencies, Sandbox, Trouble};
use paas_sdk::{
    Acting, Credentials, Deploy, ExecutionPolicy, Operation, Planning, Platform, RancherClient, Source,
    Tenant,
    core::tenant::TenantNetwork,
    platform::{seam::SystemClock, store::MemoryStore},
    report::{self, Progress},
};
use std::time::Duration;

const SHOP: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    core: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties: { image: 'shop/web:1.0', scale: 2, health_check: { port: 80 } }
      requirements: [ { network: dmz }, { connection: api } ]
    api:
      type: paas.nodes.Service
      properties: { image: 'shop/api:1.0', ports: [ { container: 8080 } ] }
      requirements: [ { network: core } ]
    spare:
      type: paas.nodes.Service
      properties: { image: 'shop/spare:1.0', scale: 0 }
      requirements: [ { network: core } ]
";

#[test]
fn a_plan_its_progress_and_what_came_of_it() {
    run(async |acme, _| {
        let Planning { planned, .. } = acme.applications().plan(&shop()).await.expect("planned");
        let planned = planned.expect("no problems");
        assert_eq!(
            report::plan(planned.plan()),
            "  stage    network  environment  what
  prepare  dmz      acme-dmz     stack shop
           core     acme-core    stack shop, spare to 0
  1        core     acme-core    api (active), spare (no containers)
  2        dmz      acme-dmz     web (healthy)
"
        );
        let mut progress = Progress::new(planned.plan());
        assert_eq!(
            progress.lines(),
            [
                "  prepare  dmz   ░░░░░░░░░░░░░░░░  0/1",
                "           core  ░░░░░░░░░░░░░░░░  0/2",
                "  1        core  ░░░░░░░░░░░░░░░░  0/3",
                "  2        dmz   ░░░░░░░░░░░░░░░░  0/2",
            ]
        );
        let operation = acme.applications().begin(&planned).await.expect("begun");
        follow(&operation, &mut progress).await;
        assert_eq!(
            progress.lines(),
            [
                "  prepare  dmz   ████████████████  1/1  done",
                "           core  ████████████████  2/2  done",
                "  1        core  ████████████████  3/3  done",
                "  2        dmz   ████████████████  2/2  done",
            ]
        );
        let status = acme.applications().status("acme", "shop").await.expect("a status");
        assert_eq!(
            report::status(&status),
            "\
shop of acme: deployed, release 1

  network  service  state   health   containers
  dmz      web      active  healthy  2
  core     api      active  healthy  1
           spare    active  healthy  0
"
        );
        assert_eq!(report::changes(&status.changes_since(&status)), "  nothing\n");
    });
}

#[test]
fn what_failed_is_marked_until_it_is_resumed() {
    run(async |acme, sandbox| {
        sandbox.add_fault(Fault::new(Trouble::NeverHealthy).service("web"));
        let operation = acme.applications().deploy(&shop()).await.expect("begun");
        let mut progress = Progress::new(&operation.plan().await.expect("a plan"));
        follow(&operation, &mut progress).await;
        let last = progress.lines().pop().expect("a line");
        assert!(last.starts_with("  2        dmz   ████████░░░░░░░░  1/2  ✗ `web` in `acme-dmz` "), "{last}");

        sandbox.clear_faults();
        operation.resume().await.expect("resumed");
        let mut progress = Progress::new(&operation.plan().await.expect("a plan"));
        follow(&operation, &mut progress).await;
        assert_eq!(progress.lines().pop().expect("a line"), "  2        dmz   ████████████████  2/2  done");
    });
}

#[test]
fn lines_are_drawn_over_the_ones_before() {
    run(async |acme, _| {
        let Planning { planned, .. } = acme.applications().plan(&shop()).await.expect("planned");
        let mut progress = Progress::new(planned.expect("no problems").plan());
        let (first, second) = (progress.redraw(), progress.redraw());
        assert!(first.starts_with("\x1b[?7l\x1b[2K  prepare") && first.ends_with("\n\x1b[?7h"), "{first:?}");
        assert_eq!(second, format!("\x1b[4A{first}"));
    });
}

async fn follow(operation: &Operation, progress: &mut Progress) {
    let mut events = operation.events().await.expect("events");
    while let Some(event) = events.next().await.expect("an event") {
        assert!(!Progress::line(&event).contains('\n'));
        progress.take(&event);
    }
}

fn shop() -> Deploy {
    Deploy::new("acme", Source::new("shop.yaml", SHOP))
}

/// With a tenant, on a sandbox where everything happens at once.
fn run(test: impl AsyncFnOnce(&Acting, &Sandbox)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().expect("a sandbox");
        let mut tenant = Tenant::new("acme");
        for network in ["dmz", "core"] {
            let environment = format!("acme-{network}");
            sandbox.environment(&environment);
            tenant.networks.push(TenantNetwork::new(network, environment));
        }
        let key = Credentials::new(sandbox.access_key(), sandbox.secret_key());
        let rancher = RancherClient::builder().url(sandbox.url()).credentials(key).build().expect("a client");
        let ready = Duration::from_millis(500);
        let builder = Platform::builder().store(MemoryStore::new(SystemClock::new())).rancher(rancher);
        let builder = builder.policy(ExecutionPolicy { ready, ..ExecutionPolicy::default() });
        let acme = builder.connect().await.expect("a platform").acting_as("anna".parse().expect("a name"));
        acme.tenants().put(&tenant).await.expect("recorded");
        test(&acme, &sandbox).await;
    });
}
