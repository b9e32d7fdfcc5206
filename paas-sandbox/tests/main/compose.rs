//! The files that the translator writes, given to the sandbox.

use crate::{
    http::Client,
    shared::{only, seconds, still},
};
use paas_sandbox::Sandbox;
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::PathBuf};

#[test]
fn every_pair_of_files_that_the_translator_writes_becomes_a_stack() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../testdata/translate");
    let mut pairs = 0;
    for case in std::fs::read_dir(&folder).unwrap() {
        let case = case.unwrap().path();
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        for file in std::fs::read_dir(&case).unwrap() {
            let file = file.unwrap().path();
            let Some(network) = file
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .strip_suffix(".docker-compose.yml.snap")
                .map(str::to_owned)
            else {
                continue;
            };
            let (sandbox, environment, client) = still();
            for certificate in ["shop.bank.test", "www.bank.test"] {
                assert!(sandbox.certificate(&environment.id, certificate));
            }
            let stack = post(&client, &name, &network, true);
            pairs += 1;
            seconds(&sandbox, 1);
            for volume in client.get("/volumetemplates?external=true").data() {
                client.post("/volumes", &json!({"name": volume["name"], "driver": volume["driver"]})).ok();
            }
            seconds(&sandbox, 60);
            let read = client.get(&format!("/stacks/{stack}"));
            assert_eq!(read.text("state"), "active", "{name}/{network}: {}", read.body);
            let services = client.get("/services");
            assert!(!services.data().is_empty(), "{name}/{network}");
            for service in services.data() {
                assert_eq!(service["state"], "active", "{name}/{network}: {service}");
                let health = service["healthState"].as_str().unwrap();
                assert!(["healthy", "started-once"].contains(&health), "{name}/{network}: {service}");
            }
        }
    }
    assert!(pairs >= 12, "{pairs}");
}

#[test]
fn links_rules_and_external_services_are_read_as_the_executor_reads_them() {
    let sandbox = Sandbox::builder().virtual_clock().start().unwrap();
    let [edge, inner] = ["edge", "inner"].map(|name| sandbox.environment(name));
    sandbox.certificate(&edge.id, "shop.bank.test");
    let clients: BTreeMap<&str, Client> = [("edge", &edge), ("inner", &inner)]
        .into_iter()
        .map(|(name, each)| (name, Client::with_key(&sandbox, &each.access_key, &each.secret_key)))
        .collect();
    for (network, client) in &clients {
        post(client, "external-and-load-balancer", network, false);
    }
    seconds(&sandbox, 5);
    let at =
        |network: &str, name: &str| only(&clients[network].get(&format!("/services?name={name}"))).clone();

    let entry = at("edge", "entry");
    assert_eq!((&entry["type"], &entry["scale"]), (&json!("loadBalancerService"), &json!(2)));
    assert_eq!(entry["launchConfig"]["ports"], json!(["443:443/tcp", "80:80/tcp"]));
    let rules = entry["lbConfig"]["portRules"].as_array().unwrap();
    assert_eq!(
        rules[0],
        json!({
            "sourcePort": 443, "protocol": "https", "hostname": "shop.bank.test", "path": "/quotes", "priority": 1,
            "targetPort": 9000, "environment": "inner",
            "selector": "io.paas.load_balancer.target=external-and-load-balancer.quotes",
        })
    );
    assert_eq!(rules[2]["serviceId"], at("edge", "site")["id"]);
    let certificate = only(&clients["edge"].get("/certificates")).clone();
    assert_eq!(entry["lbConfig"]["defaultCertificateId"], certificate["id"]);

    let rates = at("edge", "rates");
    assert_eq!(
        (&rates["type"], &rates["hostname"]),
        (&json!("externalService"), &json!("rates.exchange.test"))
    );
    assert_eq!(at("edge", "site")["linkedServices"], json!({"rates": rates["id"]}));
    assert_eq!(at("inner", "mainframe")["externalIpAddresses"], json!(["192.0.2.10", "192.0.2.11"]));
    let quotes = at("inner", "quotes");
    assert_eq!(
        quotes["lbConfig"]["portRules"],
        json!([{"hostname": "shop.bank.test", "path": "/quotes", "targetPort": 9000}])
    );
    assert_eq!(
        quotes["launchConfig"]["labels"]["io.paas.load_balancer.target"],
        "external-and-load-balancer.quotes"
    );
    assert_eq!(quotes["state"], "inactive", "nothing starts by itself");
    let links = Client::admin(&sandbox).get(&format!("/accountlinks?accountId={}", edge.id));
    assert_eq!(only(&links)["linkedAccount"], "inner", "a rule to another environment links it");
}

#[test]
fn links_between_networks_become_links_by_name() {
    let (sandbox, _, client) = still();
    post(&client, "three-networks", "front", false);
    seconds(&sandbox, 5);
    let site = only(&client.get("/services")).clone();
    let map = client.get(&format!("/serviceconsumemaps?serviceId={}", site["id"].as_str().unwrap()));
    let map = only(&map);
    assert_eq!(
        (&map["name"], &map["consumedService"]),
        (&json!("orders"), &json!("middle/three-networks/orders"))
    );
    assert_eq!(map["consumedServiceId"], Value::Null);
}

#[test]
fn hostile_strings_come_through_unchanged() {
    let (sandbox, _, client) = still();
    post(&client, "hostile-strings", "cage", false);
    seconds(&sandbox, 5);
    let victim = only(&client.get("/services?name=victim")).clone();
    let file: Value = yaml_serde::from_str(&snapshot("hostile-strings", "cage", "docker")).unwrap();
    let file = &file["services"]["victim"];
    // Doubled dollar signs stand for one in values, but in keys for two.
    let value = |text: &Value| text.as_str().unwrap().replace("$$", "$");
    let command: Vec<String> = file["command"].as_array().unwrap().iter().map(value).collect();
    assert_eq!(victim["launchConfig"]["command"], json!(command));
    let environment = file["environment"].as_object().unwrap();
    assert!(environment.len() > 60, "{}", environment.len());
    for (key, text) in environment {
        assert_eq!(victim["launchConfig"]["environment"][key], value(text), "{key}");
    }
}

#[test]
fn answers_are_put_in_and_dollars_are_halved() {
    let (sandbox, _, client) = still();
    let docker = "# notemplating\nversion: '2'\nservices:\n  web:\n    image: \"nginx:${TAG}\"\n    command: [\"echo\", \"$$HOME\", \"$WHO\"]\n    environment: {A: \"${TAG}\", \"K$$\": \"$$$$\"}\n";
    let rancher = "# notemplating\nversion: '2'\nservices: {web: {scale: \"${SCALE}\", metadata: {a: \"$$x\"}}}\ncatalog: {questions: [{variable: WHO, default: you}]}\n";
    let body = json!({
        "name": "s", "dockerCompose": docker, "rancherCompose": rancher,
        "environment": {"TAG": "1.${x}", "SCALE": 3},
    });
    client.post("/stacks", &body).ok();
    seconds(&sandbox, 5);
    let web = only(&client.get("/services")).clone();
    let launch = &web["launchConfig"];
    assert_eq!(launch["imageUuid"], "docker:nginx:1.${x}");
    assert_eq!(launch["command"], json!(["echo", "$HOME", "you"]));
    assert_eq!(launch["environment"], json!({"A": "1.${x}", "K$$": "$$"}));
    assert_eq!((&web["scale"], &web["metadata"]["a"]), (&json!(3), &json!("$x")));
}

/// Makes a stack of the files of one network of a case; answers its id.
fn post(client: &Client, case: &str, network: &str, start: bool) -> String {
    let text = |kind: &str| snapshot(case, network, kind);
    let body = json!({
        "name": case, "dockerCompose": text("docker"), "rancherCompose": text("rancher"), "startOnCreate": start,
    });
    client.post("/stacks", &body).ok().id().to_owned()
}

/// A file that the translator wrote, without the snapshot's header.
fn snapshot(case: &str, network: &str, kind: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../testdata/translate")
        .join(case)
        .join(format!("{network}.{kind}-compose.yml.snap"));
    let snapshot = std::fs::read_to_string(path).unwrap();
    let (_, text) = snapshot.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    text.to_owned()
}
