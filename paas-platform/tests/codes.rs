//! The examples of the codes of resources: each in a shop on a server that has what the examples name.

use crate::deploying::direct::{Direct, run};
use paas_client::{
    ExposeSecret,
    rancher::{EnvironmentQuery, NewStack, NewVolume},
    transport::{Canned, Response},
};
use paas_core::{
    diagnostic::Code,
    images::{
        distribution::{Zone, Zones},
        sources::ImageSources,
    },
    tenant::Tenant,
};
use paas_platform::{Deploy, Secrets, tenants};
use paas_sandbox::{Latencies, Sandbox, SandboxRequest};
use paas_tosca::Source;
use std::collections::BTreeSet;

const SHOP: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop, secret_inputs: orders_password }
imports: [ paas-profile-1.0.yaml ]
topology_template:
  inputs:
    orders_password: { type: string }
  node_templates:
    dmz:
      type: paas.nodes.Network
      properties: { network_name: dmz }
    core:
      type: paas.nodes.Network
      properties: { network_name: core }
    ledger:
      type: paas.nodes.Volume
      properties: { tier: gold, size: 100 GB }
    web:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/shop/web:1', resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements:
        - network: dmz
        - connection: orders
    orders:
      type: paas.nodes.Service
      properties:
        image: 'registry.bank.test/shop/orders:1'
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
        ports: [ { container: 8080 } ]
        environment: { PASSWORD: { get_input: orders_password } }
      requirements:
        - network: core
        - volume: { node: ledger, relationship: books }
  relationship_templates:
    books:
      type: paas.relationships.Mounts
      properties: { location: /var/lib/orders }
";

/// The server of the examples.
async fn server(has_region: bool) -> Direct {
    let mut builder = Sandbox::builder().in_process().virtual_clock().latencies(Latencies::NONE);
    if !has_region {
        builder = builder.without_region();
    }
    let direct = Direct::of(builder.start().unwrap());
    for name in ["shop-dmz", "shop-core", "shop-twin", "shop-twin"] {
        direct.environment(name);
    }
    let client = direct.client();
    let taken = client.environment(&direct.environment("shop-taken").id.parse().unwrap());
    taken.create_stack(&NewStack::new("shop")).await.unwrap();
    let used = client.environment(&direct.environment("shop-used").id.parse().unwrap());
    let ledger = NewVolume::new("ledger", "rancher-nfs");
    let ledger = ledger.driver_opt("host", "10.0.0.9").driver_opt("exportBase", "/exports/old");
    used.create_volume(&ledger.retain_on_remove()).await.unwrap();
    deactivate(&direct, &direct.environment("shop-stopped").id).await;
    direct
}

/// What no call of the client does.
async fn deactivate(direct: &Direct, environment: &str) {
    // What the client sends as its key.
    let canned = Canned::new(|_| Ok(Response::new(200, r#"{"data":[]}"#)));
    let client = direct.client_builder().transport(canned.clone()).build().unwrap();
    client.list_environments(&EnvironmentQuery::default()).collect_all().await.unwrap();
    let authorization = canned.requests().remove(0).authorization.unwrap();
    let path = format!("/v2-beta/projects/{environment}/?action=deactivate");
    let request = SandboxRequest::new("POST", &path).header("Authorization", authorization.expose_secret());
    assert_eq!(direct.answer(request).reply.unwrap().status, 202);
}

/// The codes that an example gives. Its comments say what the tenant file cannot.
fn codes(text: &str) -> Vec<Code> {
    let comments: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let says = |words: &str| comments.iter().any(|line| line.contains(words));
    let known = [
        "# paas deploy shop.yaml --tenant tenant.yaml",
        "# Rancher has ",
        "# the template says existing: true",
        "# the template says network_name: core, security_level: high",
        "# the template says security_level: high",
        "# the image namespace `shop` is ",
    ];
    for line in &comments {
        assert!(known.iter().any(|known| line.starts_with(known)), "nobody sees to `{line}`");
    }
    let shop = if says("existing: true") {
        SHOP.replace("tier: gold,", "existing: true, tier: gold,")
    } else if says("network_name: core, security_level: high") {
        SHOP.replace("{ network_name: core }", "{ network_name: core, security_level: high }")
    } else if says("says security_level: high") {
        SHOP.replace("{ network_name: core }", "{ security_level: high }")
    } else {
        SHOP.to_owned()
    };
    run(async {
        let direct = server(!says("Rancher has no region")).await;
        let mut platform = direct.platform(direct.store()).secrets(Secrets::default());
        if says("--secrets secrets.env") {
            platform = platform
                .secrets([("orders_password", "canary-orders-8d21")].into_iter().collect::<Secrets>());
        }
        if says("image namespace `shop`") {
            let zone = Zone::new("bank".parse().unwrap(), "registry.bank.test");
            platform = platform.image_sources(ImageSources::new(Zones::new([zone]).unwrap()));
        }
        let anna = platform.connect().await.unwrap().acting_as("anna".parse().unwrap());
        let tenant = tenants::read(&Source::new("tenant.yaml", text)).tenant.unwrap();
        anna.tenants().put(&tenant).await.unwrap();
        if says("image namespace `shop` is another tenant's") {
            anna.tenants().put(&Tenant::new("harbour")).await.unwrap();
            anna.namespaces().create("harbour", "shop").await.unwrap();
        } else if says("image namespace `shop` is the tenant's own") {
            anna.namespaces().create(&tenant.name, "shop").await.unwrap();
        }
        let deploy = Deploy::new(&tenant.name, Source::new("shop.yaml", shop));
        let diagnostics = anna.applications().check(&deploy).await.unwrap();
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        for diagnostic in &diagnostics {
            assert!(diagnostic.help.is_some() && !diagnostic.message.contains("canary"), "{diagnostic}");
        }
        let planning = anna.applications().plan(&deploy).await.unwrap();
        assert_eq!(planning.planned.is_some(), codes.is_empty());
        assert_eq!(planning.diagnostics, diagnostics);
        // What is right deploys, too.
        if let Some(planned) = planning.planned {
            let operation = anna.applications().begin(&planned).await.unwrap();
            operation.wait().await.unwrap_or_else(|error| panic!("{error}"));
        }
        codes
    })
}

#[test]
fn examples_give_their_code_and_no_other() {
    let mut seen = 0;
    for code in Code::ALL.iter().copied().filter(|code| code.as_str().starts_with("resource.")) {
        let wrong: BTreeSet<&str> = codes(code.example().wrong).iter().map(|code| code.as_str()).collect();
        assert_eq!(wrong, BTreeSet::from([code.as_str()]));
        assert_eq!(codes(code.example().right), [], "{code}");
        seen += 1;
    }
    println!("{seen} codes");
    assert!(seen >= 11);
}
