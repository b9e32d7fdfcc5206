//! Many services, and services that need each other across networks: what starts, and in which order.

use super::{
    direct::{Direct, anna, begun, planned_of, run},
    journal::{assert_as_planned, assert_whole},
};
use paas_client::Limits;
use paas_core::{
    plan::{Action, Plan},
    tenant::{Tenant, TenantNetwork},
};
use paas_platform::Deploy;
use paas_sandbox::Latencies;
use paas_tosca::Source;
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// The services that were told to start, in their order, each as `environment/service`.
fn activated(direct: &Direct) -> Vec<String> {
    let environments = direct.resources("project");
    let services = direct.resources("service");
    direct
        .requests()
        .iter()
        .filter(|request| request.query == "action=activate")
        .map(|request| {
            let id = request.path.trim_end_matches('/').rsplit('/').next().unwrap();
            let service = services.iter().find(|service| service["id"] == id).unwrap();
            let environment = environments.iter().find(|each| each["id"] == service["accountId"]).unwrap();
            format!("{}/{}", environment["name"].as_str().unwrap(), service["name"].as_str().unwrap())
        })
        .collect()
}

/// Each activation of the plan with its stage.
fn stages(plan: &Plan) -> BTreeMap<String, u32> {
    let activations = plan.steps.iter().filter_map(|step| match &step.action {
        Action::ActivateService(wanted) => {
            Some((format!("{}/{}", wanted.stack.environment.name, wanted.service), step.stage.unwrap()))
        }
        _ => None,
    });
    activations.collect()
}

/// Whether all that starts did so once, and no stage before the one before it.
fn assert_in_stages(direct: &Direct, plan: &Plan) {
    let stages = stages(plan);
    let activated = activated(direct);
    assert_eq!(activated.len(), stages.len());
    let order: Vec<u32> = activated.iter().map(|name| stages[name]).collect();
    assert!(order.is_sorted(), "{activated:?}: {order:?}");
}

#[test]
fn networks_that_need_each_other_start_in_more_stages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../testdata/translate/circle-between-networks/input.yaml");
    let source = Source::new("circle.yaml", fs::read_to_string(path).unwrap());
    run(async {
        // Slow enough for the next stage to be wrong if it does not wait.
        let latencies = Latencies { container_start: 5_000, healthy: 10_000, ..Latencies::default() };
        let direct = Direct::with(latencies);
        let anna = direct.anna().await;
        let mut tenant = Tenant::new("meridian");
        tenant.networks.push(TenantNetwork::new("left", "meridian-dmz"));
        tenant.networks.push(TenantNetwork::new("right", "meridian-core"));
        anna.tenants().put(&tenant).await.unwrap();
        let operation = anna.applications().deploy(&Deploy::new("meridian", source)).await.unwrap();
        operation.wait().await.unwrap();
        let plan = operation.plan().await.unwrap();
        assert_eq!(activated(&direct), ["meridian-dmz/answers", "meridian-core/relays", "meridian-dmz/asks"]);
        assert_eq!(stages(&plan).into_values().collect::<Vec<_>>().len(), 3);
        assert_in_stages(&direct, &plan);
        let at: Vec<u64> = direct
            .requests()
            .iter()
            .filter(|each| each.query == "action=activate")
            .map(|each| each.at)
            .collect();
        assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= 5_000), "a stage did not wait: {at:?}");
        assert_as_planned(&direct, &plan);
    });
}

#[test]
fn the_bank_starts_stage_by_stage() {
    run(async {
        let direct =
            Direct::with(Latencies { container_start: 5_000, healthy: 10_000, ..Latencies::default() });
        let anna = direct.anna().await;
        let operation = begun(&anna).await;
        operation.wait().await.unwrap();
        let plan = operation.plan().await.unwrap();
        assert_in_stages(&direct, &plan);
        // `core` needs `application` and the other way round, so one of them starts in several stages.
        let core: Vec<u32> = stages(&plan)
            .iter()
            .filter(|(name, _)| name.starts_with("meridian-core/"))
            .map(|(_, stage)| *stage)
            .collect();
        assert!(core.iter().max() > core.iter().min(), "{core:?}");
        assert_as_planned(&direct, &plan);
    });
}

/// An application of so many services on one network.
fn many(services: u32) -> Source {
    let mut text = String::from(
        "tosca_definitions_version: tosca_simple_yaml_1_3\nmetadata: { template_name: many }\nimports: [ paas-profile-1.0.yaml ]\ntopology_template:\n  node_templates:\n    core:\n      type: paas.nodes.Network\n      properties: { network_name: core }\n",
    );
    for number in 1..=services {
        write!(
            text,
            "    worker-{number}:\n      type: paas.nodes.Service\n      properties: {{ image: 'registry.bank.test/many/worker:1' }}\n      requirements:\n        - network: core\n"
        )
        .unwrap();
    }
    Source::new("many.yaml", text)
}

#[test]
fn two_hundred_and_fifty_services_are_all_started_and_awaited() {
    // As everyday, where one page has all, and with pages of the size that servers choose.
    for page in [1_000, 100] {
        run(async {
            let direct = Direct::with(Latencies { container_start: 40_000, ..Latencies::NONE });
            let limits = Limits { page, ..Limits::default() };
            let client = direct.client_builder().limits(limits).transport(direct.clone()).build().unwrap();
            let anna = anna(direct.platform(direct.store()).rancher(client)).await;
            let planned = planned_of(&anna, many(250)).await;
            let operation = anna.applications().begin(&planned).await.unwrap();
            operation.wait().await.unwrap();
            let plan = operation.plan().await.unwrap();
            let awaited: usize = plan
                .steps
                .iter()
                .map(|step| match &step.action {
                    Action::AwaitServices(wanted) => wanted.services.len(),
                    _ => 0,
                })
                .sum();
            assert_eq!(
                (awaited, activated(&direct).len(), direct.resources("service").len()),
                (250, 250, 250)
            );
            assert_whole(&plan, &operation.journal().await.unwrap());
            assert_as_planned(&direct, &plan);
            let status = anna.applications().status("meridian", "many").await.unwrap();
            assert_eq!(status.networks[0].services.len(), 250);
            assert!(status.networks[0].services.iter().all(|service| service.current_scale == Some(1)));
            let has_pages = direct.requests().iter().any(|request| request.query.contains("marker="));
            assert_eq!(has_pages, page == 100);
        });
    }
}
