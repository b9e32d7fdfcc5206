//! What templates may do is the platform's to say, not that of who deploys.

use super::world::{builder, meridian, sandbox, wait};
use paas_core::{
    diagnostic::Code,
    policy::{Level, Row, TemplatePolicy},
};
use paas_platform::{Deploy, PlatformBuilder, seam::SystemClock, store::MemoryStore};
use paas_tosca::Source;

const PRIVILEGED: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties:
        image: registry.bank.test/web:1.4
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
        security: { privileged: true }
      requirements: [ { network: dmz } ]
";

/// What planning says on a platform, of a deployment that would allow everything itself.
async fn found(builder: PlatformBuilder) -> (bool, Vec<Code>) {
    let anna = builder.connect().await.unwrap().acting_as("anna@bank.test".parse().unwrap());
    anna.tenants().put(&meridian()).await.unwrap();
    let mut deploy = Deploy::new("meridian", Source::new("shop.yaml", PRIVILEGED));
    deploy.options.policy = TemplatePolicy::allowing_everything();
    let planning = anna.applications().plan(&deploy).await.unwrap();
    let codes: Vec<_> = planning.diagnostics.iter().map(|found| found.code).collect();
    let checked = anna.applications().check(&deploy).await.unwrap();
    assert_eq!(checked, planning.diagnostics);
    if planning.planned.is_none() {
        assert!(anna.applications().deploy(&deploy).await.is_err());
    }
    (planning.planned.is_some(), codes)
}

#[test]
fn who_deploys_cannot_switch_it_off() {
    let sandbox = sandbox();
    let store = || MemoryStore::new(SystemClock::new());
    wait(async {
        let denied = (false, vec![Code::PolicyPrivileged]);
        assert_eq!(found(builder(&sandbox, store())).await, denied);
        let mut policy = TemplatePolicy::default();
        policy.set(Row::Privileged, Level::Warn);
        let warned = (true, vec![Code::PolicyPrivileged]);
        assert_eq!(found(builder(&sandbox, store()).template_policy(policy.clone())).await, warned);
        policy.set(Row::Privileged, Level::Allow);
        assert_eq!(found(builder(&sandbox, store()).template_policy(policy)).await, (true, vec![]));
    });
}
