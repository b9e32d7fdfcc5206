//! Networks that are chosen by what they must be, and networks that are not what they should be.

use super::{
    direct::{Direct, run},
    world::{anna, furnish},
};
use paas_core::{
    release::{Backend, LinkStrategy},
    tenant::Tenant,
};
use paas_platform::{Deploy, tenants};
use paas_sandbox::{Latencies, Sandbox};
use paas_tosca::Source;

/// A shop with its networks, on which `web` and `orders` run, and maybe a policy.
fn shop(front: &str, back: &str, policies: &str) -> Source {
    let text = format!(
        "
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {{ template_name: shop }}
topology_template:
  node_templates:
    front: {{ type: paas.nodes.Network, properties: {{ {front} }} }}
    back: {{ type: paas.nodes.Network, properties: {{ {back} }} }}
    web:
      type: paas.nodes.Service
      properties: {{ image: 'registry.bank.test/web:1.4', resources: {{ cpu_limit: 0.5, memory_limit: 64 MiB }} }}
      requirements: [ {{ network: front }}, {{ connection: orders }} ]
    orders:
      type: paas.nodes.Service
      properties:
        image: registry.bank.test/orders:2.0
        resources: {{ cpu_limit: 0.5, memory_limit: 64 MiB }}
        ports: [ {{ container: 8080 }} ]
      requirements: [ {{ network: back }} ]
  policies: [ {policies} ]
"
    );
    Source::new("shop.yaml", text)
}

fn tenant(networks: &str) -> Tenant {
    let text = format!("tenant: meridian\nnetworks:\n{networks}");
    let file = tenants::read(&Source::new("tenant.yaml", text));
    file.tenant.unwrap_or_else(|| panic!("{:?}", file.diagnostics))
}

const NETWORKS: &str = "
  - { name: dmz, environment: meridian-dmz, security_level: low }
  - { name: application, environment: meridian-application, security_level: high, security_domain: cards }
  - { name: core, environment: meridian-core, security_level: high, security_domain: payments }
";

/// Where the stacks are once it is deployed; or what is said against it.
fn deployed(networks: &str, source: Source) -> Result<Vec<String>, String> {
    run(async {
        let server = Direct::furnished();
        let anna = server.anna().await;
        anna.tenants().put(&tenant(networks)).await.unwrap();
        let planning = anna.applications().plan(&Deploy::new("meridian", source)).await.unwrap();
        let told: Vec<String> = planning
            .diagnostics
            .iter()
            .map(|it| format!("{it}; {}", it.help.as_deref().unwrap_or_default()))
            .collect();
        let Some(planned) = planning.planned else { return Err(told.join("\n")) };
        anna.applications().begin(&planned).await.unwrap().wait().await.unwrap();
        let status = anna.applications().status("meridian", "shop").await.unwrap();
        let place = |network: &paas_platform::NetworkStatus| {
            format!("{} in {}", network.network, network.environment)
        };
        Ok(status.networks.iter().map(place).chain(told).collect())
    })
}

#[test]
fn a_network_is_the_only_one_that_says_what_is_asked_for() {
    let everywhere =
        |back: &str| vec!["front in meridian-dmz".to_owned(), format!("back in meridian-{back}")];
    for (back, found) in [
        ("security_domain: payments", "core"),
        ("security_level: high, security_domain: payments", "core"),
        ("security_level: high, security_domain: cards", "application"),
    ] {
        assert_eq!(
            deployed(NETWORKS, shop("security_level: low", back, "")),
            Ok(everywhere(found)),
            "{back}"
        );
    }
    // Files find the services of the other network where they really are.
    run(async {
        let server = Direct::furnished();
        let anna = server.anna().await;
        anna.tenants().put(&tenant(NETWORKS)).await.unwrap();
        let source = shop("security_level: low", "security_domain: payments", "");
        let planning = anna.applications().plan(&Deploy::new("meridian", source)).await.unwrap();
        let plan = serde_json::to_string(&planning.planned.unwrap().plan()).unwrap();
        assert!(plan.contains("meridian-core/shop/orders:orders"), "{plan}");
    });
}

#[test]
fn none_or_several_are_not_guessed_between() {
    let said = deployed(NETWORKS, shop("security_level: medium", "security_level: high", ""));
    assert_eq!(
        said.unwrap_err(),
        [
            "shop.yaml:6:5: error[resource.unknown_network]: the tenant `meridian` has no network of the security level \
             `medium`; its networks: `dmz` (low), `application` (high, cards), `core` (high, payments)",
            "shop.yaml:7:5: error[resource.network_ambiguous]: the tenant `meridian` has 2 networks of the security level \
             `high`; name the one that is meant with `network_name`: `application` (high, cards), `core` (high, payments)",
        ]
        .join("\n")
    );
    let both = "security_level: low, security_domain: cards";
    let said = deployed(NETWORKS, shop(both, "network_name: high, security_level: high", ""));
    assert_eq!(
        said.unwrap_err(),
        [
            "shop.yaml:6:5: error[resource.unknown_network]: the tenant `meridian` has no network of the security level \
             `low` and the security domain `cards`; its networks: `dmz` (low), `application` (high, cards), `core` (high, \
             payments)",
            // What has a name is not chosen.
            "shop.yaml:7:5: error[resource.unknown_network]: the tenant `meridian` has no network `high`; give the tenant \
             the network, or name one that it has",
        ]
        .join("\n")
    );
}

#[test]
fn two_networks_of_a_template_are_never_one() {
    let said = deployed(NETWORKS, shop("security_domain: cards", "security_domain: cards", ""));
    assert_eq!(
        said.unwrap_err(),
        "shop.yaml:7:5: error[target.environment_name]: the networks `front` and `back` are both the environment \
         `meridian-application`; give each network an environment of its own"
    );
}

#[test]
fn a_network_of_that_name_must_be_what_is_asked_for() {
    let named = |level: &str| format!("network_name: core, security_level: {level}");
    let said = deployed(NETWORKS, shop("network_name: dmz, security_domain: cards", &named("medium"), ""));
    assert_eq!(
        said.unwrap_err(),
        [
            "shop.yaml:6:5: warning[resource.network_differs]: the template asks for a network `dmz` of the security \
             domain `cards`, and the tenant's does not say its own; give the tenant's network its `security_domain`",
            "shop.yaml:7:5: error[resource.network_differs]: the template asks for a network `core` of the security \
             level `medium`, but the tenant's is of `high`; choose another network, or correct `security_level` where it is \
             wrong",
        ]
        .join("\n")
    );
    // A node that is called like a network is that network.
    let networks = NETWORKS.replace("name: dmz", "name: front");
    let said = deployed(&networks, shop("security_level: high", &named("high"), ""));
    assert_eq!(
        said.unwrap_err(),
        "shop.yaml:6:5: error[resource.network_differs]: the template asks for a network `front` of the security level \
         `high`, but the tenant's is of `low`; choose another network, or correct `security_level` where it is wrong"
    );
}

#[test]
fn where_the_tenant_says_nothing_it_is_a_warning() {
    let networks = NETWORKS.replace(", security_level: low", "");
    let said = deployed(&networks, shop("network_name: dmz, security_level: low", "network_name: core", ""));
    assert_eq!(
        said.unwrap().join("\n"),
        [
            "dmz in meridian-dmz",
            "core in meridian-core",
            "shop.yaml:6:5: warning[resource.network_differs]: the template asks for a network `dmz` of the security \
             level `low`, and the tenant's does not say its own; give the tenant's network its `security_level`",
        ]
        .join("\n")
    );
}

#[test]
fn what_a_policy_asks_of_networks_holds_for_the_tenant() {
    let policy = "{ safe: { type: paas.policies.Placement, targets: [ orders ], properties: { security_level: high } } }";
    let back = "network_name: core, security_level: high";
    let placed = |networks: &str| deployed(networks, shop("network_name: dmz", back, policy));
    assert!(placed(NETWORKS).is_ok());
    let said =
        placed(&NETWORKS.replace("security_level: high, security_domain: payments", "security_level: low"));
    assert!(said.as_ref().unwrap_err().contains("resource.network_differs"), "{said:?}");
}

/// What is said of the shop on a server of some version, and how its links go.
async fn linked(version: &str, change: impl FnOnce(&mut Deploy)) -> (Vec<String>, Option<LinkStrategy>) {
    let sandbox = Sandbox::builder().version(version).latencies(Latencies::NONE).start().unwrap();
    furnish(&sandbox);
    let anna = anna(&sandbox).await;
    anna.tenants().put(&tenant(NETWORKS)).await.unwrap();
    let source = shop("network_name: dmz", "network_name: core", "");
    let text = source.text().replace("container: 8080", "container: 8080, external: 8080");
    let mut deploy = Deploy::new("meridian", Source::new("shop.yaml", text));
    change(&mut deploy);
    let planning = anna.applications().plan(&deploy).await.unwrap();
    let Some(planned) = planning.planned else {
        return (planning.diagnostics.iter().map(|it| it.code.to_string()).collect(), None);
    };
    let release = planned.release().unwrap();
    let Backend::Rancher(rancher) = &release.backend else { panic!("{:?}", release.backend) };
    (Vec::new(), rancher.link_strategy)
}

#[tokio::test]
async fn links_go_the_way_that_is_asked_for_or_that_the_server_allows() {
    assert_eq!(linked("v1.6.30", |_| {}).await, (vec![], Some(LinkStrategy::RegionName)));
    let environments =
        linked("v1.6.30", |deploy| deploy.link_strategy = Some(LinkStrategy::EnvironmentLinks)).await;
    assert_eq!(environments, (vec![], Some(LinkStrategy::EnvironmentLinks)));
    // Before 1.6.15 there are no names of regions, and an external service needs the address of the network.
    assert_eq!(linked("v1.6.10", |_| {}).await, (vec!["target.links_need_region".to_owned()], None));
    let outside = linked("v1.6.10", |deploy| {
        deploy.addresses.insert("core".to_owned(), vec!["10.0.0.7".to_owned(), "10.0.0.8".to_owned()]);
    })
    .await;
    assert_eq!(outside, (vec![], Some(LinkStrategy::ExternalService)));
    let too_old = linked("v1.6.10", |deploy| deploy.link_strategy = Some(LinkStrategy::RegionName)).await;
    assert_eq!(too_old, (vec!["target.links_need_region".to_owned()], None));
}
