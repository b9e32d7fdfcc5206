//! What is the same has no fault, and all else has one.

use super::{Stack, release_with_stacks};
use crate::peers::release::Release;
use serde_json::{Value, json};

fn release() -> Release {
    serde_json::from_value(json!({
        "stack": "shop",
        "parts": [
            { "environment": "dmz", "services": [
                { "name": "entry", "kind": "load_balancer", "routes": [
                    { "listen": 443, "protocol": "https", "host": "shop.test", "service": "web", "port": 80 },
                    { "listen": 80, "protocol": "http", "path": "/a", "service": "db", "port": 81 }] },
                { "name": "web", "kind": "container", "image": "web:1", "command": ["echo", "$x"],
                  "environment": { "KEY": { "with_references": ["a$", { "secret": "api-key" }] },
                                   "STORE": { "with_references": [{ "host_of": "db" }, ":1"] } },
                  "labels": { "on": "$" },
                  "hostname": "w", "tty": true, "volumes_from": ["data"], "anonymous_volumes": ["/tmp/$x"],
                  "security": { "host_mounts": [
                      { "host_path": "/a", "path": "/b", "read_only": true, "propagation": "rslave" },
                      { "host_path": "/c", "path": "/d" }] },
                  "rancher": {
                      "external_links": ["x/y:z"], "labels": { "io.rancher.a": "b" }, "init": true,
                      "metadata": { "a": [null, 2.5e-7, { "with_references": ["b ", { "secret": "api-key" }] }] } },
                  "links": [{ "to": "db", "kind": "connection", "alias": "store" },
                            { "to": "bank", "kind": "dependency" }] }] },
            { "environment": "core", "services": [
                { "name": "db", "kind": "container", "image": "db:1" },
                { "name": "bank", "kind": "external", "host": "bank.test" }] },
        ],
        "secrets": [{ "input": "api-key", "answer": "api_key" }],
    }))
    .unwrap()
}

fn web() -> Value {
    json!({ "image": "web:1", "command": ["echo", "$$x"], "environment": ["KEY=a$$${api_key}", "STORE=store:1"],
            "labels": { "on": "$$", "io.rancher.sidekicks": "x", "io.rancher.a": "b" },
            "external_links": ["core/shop/db:store", "x/y:z"], "hostname": "w", "tty": true,
            "volumes": ["name:/e", "/a:/b:ro,rslave", "/c:/d", "/tmp/$$x"], "volumes_from": ["data"], "init": true,
            "metadata": { "a": [null, 0.000_000_25, "b ${api_key}"] } })
}

fn faults(web: &Value, in_rancher_compose: &Value) -> Vec<String> {
    let rules = json!([
        { "source_port": 443, "protocol": "https", "hostname": "shop.test", "target_port": 80, "service": "web" },
        { "source_port": "80", "protocol": "http", "path": "/a", "target_port": 81, "environment": "core",
          "selector": "io.paas.load_balancer.target=shop.db" },
    ]);
    let entry = json!({ "image": "lb", "lb_config": { "port_rules": rules } });
    let dmz = Stack::merge(
        json!({ "version": "2", "services": { "web": web, "entry": entry } }),
        json!({ "version": "2", "services": in_rancher_compose }),
    );
    let core = Stack::merge(
        json!({ "version": "2", "services": {
            "db": { "image": "db:1" },
            "bank": { "image": "rancher/external-service", "hostname": "bank.test" } } }),
        json!({ "version": "2" }),
    );
    release_with_stacks(&release(), &[dmz.unwrap(), core.unwrap()]).faults
}

#[test]
fn files_that_say_the_same_have_no_fault() {
    assert_eq!(faults(&web(), &json!({ "web": { "scale": 2 } })), [""; 0]);
}

#[test]
fn each_difference_is_a_fault() {
    let cases = [
        ("/image", json!("web:2"), "image"),
        ("/command", json!("echo $$x"), "command"),
        ("/command/1", json!("$x"), "lone dollar"),
        ("/environment", json!({ "KEY": "a$$${api_kex}", "STORE": "store:1" }), "no such answer"),
        ("/environment", json!({ "STORE": "store:1" }), "environment `KEY`"),
        ("/environment", json!({ "KEY": "a$$${api_key}", "STORE": "db:1" }), "environment `STORE`"),
        ("/labels", json!({ "on": "$$", "io.rancher.a": "b", "more": "" }), "labels `more`"),
        ("/external_links/0", json!("db:store"), "links"),
        ("/external_links/1", json!("core/shop/db:store"), "links"),
        ("/labels/io.rancher.a", json!("c"), "labels `io.rancher.a`"),
        ("/hostname", json!("v"), "hostname"),
        ("/tty", json!(false), "tty"),
        ("/volumes/1", json!("/a:/b:ro"), "volumes"),
        ("/volumes/3", json!("/tmp/x"), "volumes"),
        ("/volumes_from/0", json!("other"), "volumes_from `data`"),
        ("/init", json!("true"), "init"),
        ("/metadata/a/2", json!("b $${api_key}"), "metadata"),
    ];
    for (place, value, said) in cases {
        let mut changed = web();
        *changed.pointer_mut(place).unwrap() = value;
        let faults = faults(&changed, &json!({}));
        assert!(faults.len() == 1 && faults[0].contains(said), "{place}: {faults:?}");
    }
}

#[test]
fn lists_of_the_second_file_come_after_those_of_the_first() {
    let faults = faults(&web(), &json!({ "web": { "command": ["more"] } }));
    assert!(faults.len() == 1 && faults[0].contains("\"more\""), "{faults:?}");
}

#[test]
fn a_service_too_many_or_of_another_version_is_a_fault() {
    assert_eq!(faults(&web(), &json!({ "spy": { "image": "spy" } })).len(), 2);
    assert!(Stack::merge(json!({ "version": 2 }), json!({ "version": "2" })).is_err());
}
