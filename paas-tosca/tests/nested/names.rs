//! What nodes of a template that stands for another are called, inside of it and outside.

use super::{DATABASE, STORE, TYPES, check_with, checked, service, services, shown, template, told};
use paas_core::application::ServiceKind;

#[test]
fn nodes_are_in_the_place_of_the_one_that_is_stood_for() {
    let app = template(&format!("{STORE}{}", service("web", "", ", connection: store")));
    assert_eq!(
        shown(&services(checked(&app))),
        ["web core connection:store-pool:store", "store-pool core connection:store-db:db", "store-db core",]
    );
    let application = checked(&app).application.expect("an application");
    let volumes: Vec<_> = application.volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(volumes, ["store-data"]);
}

#[test]
fn what_stands_twice_is_there_twice() {
    let second =
        STORE.replace("store:", "archive:").replace("directives", "properties: { name: old }, directives");
    let app = template(&format!(
        "{STORE}{second}{}",
        service("web", "", ", connection: store, connection: archive")
    ));
    let services = services(checked(&app));
    assert_eq!(
        shown(&services),
        [
            "web core connection:store-pool:store connection:archive-pool:archive",
            "store-pool core connection:store-db:db",
            "store-db core",
            "archive-pool core connection:archive-db:db",
            "archive-db core",
        ]
    );
    let names: Vec<_> = services
        .iter()
        .filter_map(|service| service.container()?.environment.get("NAME"))
        .map(|text| text.as_plain().expect("plain"))
        .collect();
    assert_eq!(names, ["orders", "old"]);
}

#[test]
fn what_runs_beside_each_other_is_found_by_its_name_inside() {
    let words = "volumes_from: [ db ], rancher: { network_mode: '\"container:db\"' }";
    let inner = DATABASE
        .replace("ports: [ { container: 6432 } ]", words)
        .replace("requirements: [ connection: db ]", "requirements: []")
        .replace("requirements: [ volume:", "requirements: [ sidekick_of: pool, volume:");
    let application = check_with(&template(STORE), &[("types.yaml", TYPES), ("database.yaml", &inner)])
        .application
        .expect("an application");
    let pool = application.services.iter().find(|service| service.name == "store-pool").expect("it");
    let container = pool.container().expect("a container");
    assert_eq!(container.volumes_from, ["store-db"]);
    let mode = serde_json::to_value(&container.rancher["network_mode"]).expect("a text");
    assert_eq!(mode, "container:store-db");
}

#[test]
fn an_alias_that_is_given_stays() {
    let link = ", connection: { node: store, relationship: { type: paas.relationships.ConnectsTo, properties: { alias: sql } } }";
    let found = checked(&template(&format!("{STORE}{}", service("web", "", link))));
    assert_eq!(shown(&services(found))[0], "web core connection:store-pool:sql");
}

#[test]
fn networks_are_the_same_inside_and_outside() {
    let inner = DATABASE
        .replace(
            "    data:",
            "    core: { type: paas.nodes.Network, properties: { security_level: high } }\n    data:",
        )
        .replace("requirements: [ connection: db ]", "requirements: [ network: core, connection: db ]")
        .replace("      - network: [ pool, network ]\n", "");
    let app = template(&format!("{STORE}{}", service("web", "", ", connection: store")));
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    let application = check_with(&app, &files).application.expect("an application");
    let networks: Vec<_> =
        application.networks.iter().map(|it| (it.name.as_str(), it.security_level.as_deref())).collect();
    assert_eq!(networks, [("core", Some("high"))]);
    let app = app.replace(
        "core: { type: paas.nodes.Network }",
        "core: { type: paas.nodes.Network, properties: { security_level: low } }",
    );
    assert_eq!(told(&check_with(&app, &files)), ["database.yaml:15:5 app.network_twice < app.yaml:5"]);
}

#[test]
fn routes_and_affinities_name_services_as_their_template_does() {
    let inner = "
imports: [ types.yaml ]
topology_template:
  substitution_mappings:
    node_type: bank.Database
    capabilities: { sql: [ front, service ] }
    requirements: { network: [ front, network ] }
  node_templates:
    here: { type: paas.nodes.Network, properties: { network_name: core } }
    front:
      type: paas.nodes.LoadBalancer
      properties: { routes: [ { listen: 80, protocol: http, service: web, port: 8080 } ] }
      requirements: [ connection: web ]
    web:
      type: paas.nodes.Service
      properties: { image: 'r.test/web:1', ports: [ { container: 8080 } ] }
      requirements: [ network: here ]
    near:
      type: paas.nodes.Service
      properties: { image: 'r.test/near:1', affinities: [ { rule: must, to: service, name: web } ] }
      requirements: [ network: here ]
";
    let outer = "    edge: { type: paas.nodes.LoadBalancer, properties: { routes: [ { listen: 81, protocol: http, service: api, port: 9090 } ] }, requirements: [ network: core, connection: api ] }
    api: { type: bank.Database, directives: [ substitute ], requirements: [ network: core ] }
";
    let inner_api = inner.replace("[ front, service ]", "[ web, service ]");
    let app = template(outer);
    let services = services(check_with(&app, &[("types.yaml", TYPES), ("database.yaml", &*inner_api)]));
    let routes: Vec<_> = services
        .iter()
        .filter_map(|service| match &service.kind {
            ServiceKind::LoadBalancer(it) => Some(it.routes[0].service.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(routes, ["api-web", "api-web"]);
    let affinity = format!(
        "{:?}",
        services
            .iter()
            .find(|it| it.name == "api-near")
            .and_then(|it| it.container())
            .expect("near")
            .affinities
    );
    assert!(affinity.contains("\"api-web\""), "{affinity}");
}

#[test]
fn templates_in_templates() {
    let shop = "
imports: [ types.yaml, database.yaml ]
topology_template:
  inputs: { name: { type: string }, size: { type: integer, default: 2 } }
  substitution_mappings:
    node_type: bank.Shop
    capabilities: { sql: [ db, sql ], web: [ web, service ] }
    requirements: { network: [ db, network ], net: [ web, network ], backup: [ db, backup ] }
  node_templates:
    db:
      type: bank.Database
      directives: [ substitute ]
      properties: { name: { concat: [ { get_input: name }, -sub ] }, size: { get_input: size } }
    web:
      type: paas.nodes.Service
      properties: { image: 'r.test/web:1' }
      requirements: [ connection: db ]
";
    let types = format!(
        "{TYPES}  bank.Shop:\n    derived_from: bank.Database\n    capabilities: {{ web: tosca.capabilities.Endpoint }}\n    requirements: [ net: {{ capability: tosca.capabilities.Node, node: paas.nodes.Network, relationship: paas.relationships.PlacedIn }} ]\n"
    );
    let app = "imports: [ types.yaml, shop.yaml ]
topology_template:
  node_templates:
    core: { type: paas.nodes.Network }
    safe: { type: paas.nodes.Service, properties: { image: 'r.test/safe:1' }, requirements: [ network: core ] }
    shop: { type: bank.Shop, directives: [ substitute ], properties: { name: x }, requirements: [ network: core, net: core, backup: safe ] }
    see: { type: paas.nodes.Service, properties: { image: 'r.test/see:1' }, requirements: [ network: core, connection: { node: shop, capability: sql }, dependency: shop ] }
";
    let files = [("types.yaml", &*types), ("database.yaml", DATABASE), ("shop.yaml", shop)];
    let services = services(check_with(app, &files));
    assert_eq!(
        shown(&services),
        [
            "safe core",
            "see core connection:shop-db-pool:shop dependency:shop-web:- dependency:shop-db-pool:- dependency:shop-db-db:-",
            "shop-web core connection:shop-db-pool:db",
            "shop-db-pool core connection:shop-db-db:db",
            "shop-db-db core connection:safe:-",
        ]
    );
    let db = services.last().and_then(|it| it.container()).expect("a container");
    assert_eq!(db.environment["NAME"].as_plain(), Some("x-sub"));
    assert_eq!(db.environment["SIZE"].as_plain(), Some("2"));
}

#[test]
fn two_nodes_of_one_name_are_told() {
    let app = template(&format!("{STORE}{}", service("store-db", "", "")));
    assert_eq!(told(&checked(&app)), ["database.yaml:21:5 app.service_name < app.yaml:7"]);
    let app = template(&format!("{STORE}    store-data: {{ type: paas.nodes.Volume }}\n"));
    assert_eq!(told(&checked(&app)), ["database.yaml:16:5 tosca.substitution < app.yaml:7"]);
}
