use crate::{
    http::Client,
    shared::{only, seconds, stack, still},
};
use paas_sandbox::Sandbox;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

#[test]
fn without_a_key_there_is_nothing() {
    let (sandbox, _, _) = still();
    let wrong = Client::with_key(&sandbox, sandbox.access_key(), "wrong");
    for client in
        [Client::stranger(&sandbox), wrong, Client::stranger(&sandbox).header("Authorization", "Bearer x")]
    {
        for path in ["", "/projects", "/services/1s1", "/schemas"] {
            let refused = client.get(path);
            assert_eq!(refused.error(), (401, "Unauthorized", ""), "{path}");
            assert!(refused.head.to_lowercase().contains("www-authenticate: basic"));
        }
    }
}

#[test]
fn a_key_of_an_environment_opens_that_one_only() {
    let (sandbox, office, client) = still();
    let other = sandbox.environment("other");
    let theirs = Client::with_key(&sandbox, &other.access_key, &other.secret_key);
    let id = stack(&theirs, "secret");
    assert_eq!(client.get("/stacks").data().len(), 0);
    assert_eq!(client.get(&format!("/stacks/{id}")).status, 404);
    assert_eq!(client.get(&format!("/projects/{}/stacks", other.id)).status, 404);
    assert_eq!(client.get(&format!("/projects/{}", other.id)).status, 404);
    assert_eq!(only(&client.get("/projects"))["id"], office.id.as_str());
    let reference = json!({"name": "a", "stackId": id});
    assert_eq!(client.post("/services", &reference).error(), (422, "InvalidReference", "stackId"));

    let admin = Client::admin(&sandbox);
    assert_eq!(only(&admin.get("/stacks"))["id"], id.as_str());
    assert_eq!(admin.get(&format!("/projects/{}/stacks", office.id)).data().len(), 0);
    let scoped = Client::admin(&sandbox).header("X-API-Project-Id", &other.id);
    assert_eq!(scoped.get("/stacks").data().len(), 1);
    assert_eq!(admin.post("/stacks", &json!({"name": "lost"})).error(), (403, "Forbidden", ""));
    let inside = Client::admin(&sandbox).inside(&office.id);
    let made = inside.post("/stacks", &json!({"name": "by-admin", "system": true})).ok();
    assert_eq!((&made.body["accountId"], &made.body["system"]), (&json!(office.id), &json!(true)));
    let own = made.body["links"]["self"].as_str().unwrap();
    assert!(own.ends_with(&format!("/v2-beta/projects/{}/stacks/{}", office.id, made.id())), "{own}");
}

#[test]
fn keys_are_made_shown_once_and_taken_back() {
    let (sandbox, office, _) = still();
    let admin = Client::admin(&sandbox);
    let made = admin.post("/apikeys", &json!({"accountId": office.id, "name": "ci"})).ok();
    assert_eq!((made.status, made.text("state"), made.text("name")), (201, "registering", "ci"));
    let key = Client::with_key(&sandbox, made.text("publicValue"), made.text("secretValue"));
    assert_eq!(key.get("/stacks").status, 401, "it is not active yet");
    seconds(&sandbox, 1);
    assert_eq!(key.get("/stacks").status, 200);
    let path = format!("/apikeys/{}", made.id());
    assert_eq!(admin.get(&path).body["secretValue"], Value::Null);
    assert_eq!(admin.delete(&path).error(), (409, "Conflict", ""), "it is to be deactivated first");
    admin.post(&format!("{path}/?action=deactivate"), &json!({})).ok();
    assert_eq!(key.get("/stacks").status, 401);
    seconds(&sandbox, 1);
    assert_eq!(admin.delete(&path).status, 200);
    let lost = admin.post("/apikeys", &json!({"accountId": "1a99"}));
    assert_eq!(lost.error(), (422, "InvalidReference", "accountId"));
}

#[test]
fn roles_decide_on_methods_and_fields() {
    let (sandbox, _, client) = still();
    let admin = Client::admin(&sandbox);
    let region = json!({"name": "far", "url": "http://192.0.2.9", "publicValue": "p", "secretValue": "s", "local": false});
    assert_eq!(client.post("/regions", &region).error(), (405, "MethodNotAllowed", ""));
    let made = admin.post("/regions", &region).ok();
    assert_eq!(made.text("secretValue"), "s");
    assert_eq!(admin.get(&format!("/regions/{}", made.id())).body["secretValue"], Value::Null);
    assert_eq!(admin.post("/regions", &region).error(), (422, "NotUnique", "name"));
    let seen = client.get("/regions?name=far");
    assert_eq!((&only(&seen)["url"], only(&seen).get("publicValue")), (&json!("http://192.0.2.9"), None));
    assert_eq!(client.call("PATCH", "/regions", None).status, 405);
}

#[test]
fn the_version_is_a_setting() {
    let sandbox = Sandbox::builder().version("v1.6.14").start().unwrap();
    let admin = Client::admin(&sandbox);
    let setting = admin.get("/settings/rancher.server.version");
    assert_eq!(
        (setting.text("value"), setting.text("type"), setting.text("baseType")),
        ("v1.6.14", "activeSetting", "setting")
    );
    assert_eq!(setting.id(), "1as!rancher.server.version");
    assert_eq!(admin.get("/settings/1as!rancher.server.version").status, 200);
    assert_eq!(only(&admin.get("/settings?name=api.host"))["value"], sandbox.url());
}

#[test]
fn bodies_that_are_no_objects_are_refused() {
    let (_sandbox, _, client) = still();
    for body in [json!([1]), json!("x"), json!(7)] {
        assert_eq!(client.post("/stacks", &body).error(), (422, "InvalidBodyContent", ""), "{body}");
    }
}

#[test]
fn it_listens_on_loopback_only_and_stops() {
    let sandbox = Sandbox::start().unwrap();
    let address: SocketAddr = sandbox.url().trim_start_matches("http://").parse().unwrap();
    assert_eq!(address.ip(), Ipv4Addr::LOCALHOST);
    assert!(TcpStream::connect(address).is_ok());
    let taken = Sandbox::builder().port(address.port()).start().unwrap_err();
    assert_eq!(
        taken.to_string(),
        format!("the sandbox could not listen on port {} of 127.0.0.1", address.port())
    );
    sandbox.stop();
    assert!(TcpStream::connect(address).is_err());
    let dropped = Sandbox::start().unwrap();
    let address: SocketAddr = dropped.url().trim_start_matches("http://").parse().unwrap();
    drop(dropped);
    assert!(TcpStream::connect(address).is_err());
}
