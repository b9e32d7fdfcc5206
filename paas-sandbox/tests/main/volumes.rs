use crate::shared::{action, only, seconds, stack, still};
use serde_json::{Value, json};

#[test]
fn a_volume_of_the_environment_is_inactive_until_it_is_mounted() {
    let (sandbox, _, client) = still();
    let options = json!({"host": "192.0.2.5", "exportBase": "/x", "onRemove": "retain"});
    let made = client
        .post("/volumes", &json!({"name": "records", "driver": "rancher-nfs", "driverOpts": options}))
        .ok();
    assert_eq!((made.status, made.text("state")), (201, "registering"));
    seconds(&sandbox, 1);
    let path = format!("/volumes/{}", made.id());
    let read = client.get(&path);
    assert_eq!((read.text("state"), &read.body["driverOpts"]), ("inactive", &options));
    assert_eq!(only(&client.get("/volumes?name=records&removed_null="))["id"], made.id());

    let compose = "version: '2'\nservices: {db: {image: x, volumes: ['records:/data:ro']}}\nvolumes: {records: {external: true, driver: rancher-nfs}}";
    let stack =
        client.post("/stacks", &json!({"name": "s", "dockerCompose": compose, "startOnCreate": true})).ok();
    seconds(&sandbox, 5);
    let read = client.get(&path);
    assert_eq!(read.text("state"), "active");
    assert_eq!(
        (&read.body["mounts"][0]["path"], &read.body["mounts"][0]["instanceName"]),
        (&json!("/data"), &json!("s-db-1"))
    );
    assert_eq!(client.delete(&path).error(), (409, "Conflict", ""));

    client.delete(&format!("/stacks/{}", stack.id())).ok();
    seconds(&sandbox, 5);
    assert_eq!(client.get(&path).text("state"), "detached", "it outlives the stack");
    assert_eq!(client.delete(&path).ok().text("state"), "removing");
    seconds(&sandbox, 1);
    assert_eq!(client.get("/volumes").data().len(), 0);
}

#[test]
fn a_service_waits_for_an_external_volume_that_is_not_there() {
    let (sandbox, _, client) = still();
    let compose = "version: '2'\nservices: {db: {image: x, volumes: ['records:/data']}}\nvolumes: {records: {external: true}}";
    let stack =
        client.post("/stacks", &json!({"name": "s", "dockerCompose": compose, "startOnCreate": true})).ok();
    seconds(&sandbox, 60);
    let service = client.get("/services");
    assert_eq!(only(&service)["state"], "activating");
    let message = only(&service)["transitioningMessage"].as_str().unwrap();
    assert!(message.starts_with("Failed to locate volume for instance of deployment unit ["), "{message}");
    assert_eq!(client.get(&format!("/stacks/{}", stack.id())).text("state"), "activating");
    client.post("/volumes", &json!({"name": "records", "driver": "rancher-nfs"})).ok();
    seconds(&sandbox, 3);
    assert_eq!(client.get(&format!("/stacks/{}", stack.id())).text("state"), "active");
}

#[test]
fn a_volume_that_nothing_mounted_outlives_the_stack_that_names_it() {
    let (sandbox, _, client) = still();
    let volume = json!({"name": "records", "driver": "rancher-nfs", "description": "of application bank"});
    let made = client.post("/volumes", &volume).ok();
    assert_eq!(made.text("description"), "of application bank");
    let path = format!("/volumes/{}", made.id());
    let compose = "version: '2'\nservices: {db: {image: x, volumes: ['records:/data']}}\nvolumes: {records: {external: true}}";
    let stack = client.post("/stacks", &json!({"name": "s", "dockerCompose": compose})).ok();
    seconds(&sandbox, 2);
    assert_eq!(client.get("/services").data()[0]["state"], "inactive");
    client.delete(&format!("/stacks/{}", stack.id())).ok();
    seconds(&sandbox, 5);
    assert!(sandbox.resources("service").is_empty() && sandbox.resources("stack").is_empty());
    let read = client.get(&path);
    assert_eq!((read.text("state"), read.text("description")), ("inactive", "of application bank"));
    client.put(&path, &json!({"description": "changed"})).ok();
    assert_eq!(client.get(&path).text("description"), "changed");
    assert_eq!(only(&client.get("/volumes?description=changed"))["id"], made.id());
}

#[test]
fn what_the_server_checks_of_a_volume() {
    let (_sandbox, _, client) = still();
    let refused = client.post("/volumes", &json!({"name": "v"}));
    assert_eq!(refused.error(), (422, "MissingRequired", ""));
    assert_eq!(refused.text("message"), "Either driver or storageDriverId is required");
    let sized = client.post("/volumes", &json!({"name": "v", "driver": "rancher-nfs", "sizeMb": 10}));
    assert_eq!(sized.error(), (422, "InvalidOption", ""));
    let unnamed = client.post("/volumes", &json!({"driver": "rancher-nfs"}));
    assert_eq!(unnamed.error(), (422, "MissingRequired", "name"));
}

#[test]
fn a_volume_of_a_stack_goes_with_it() {
    let (sandbox, _, client) = still();
    let compose = "version: '2'\nservices:\n  db: {image: x, volumes: ['data:/d'], scale: 2}\n  each: {image: x, volumes: ['own:/d'], scale: 2}\nvolumes: {data: {driver: nfs, driver_opts: {a: b}}, own: {per_container: true}}";
    let stack =
        client.post("/stacks", &json!({"name": "s", "dockerCompose": compose, "startOnCreate": true})).ok();
    seconds(&sandbox, 10);
    let templates = client.get(&format!("/volumetemplates?stackId={}&sort=name", stack.id()));
    assert_eq!(crate::shared::names(&templates), ["data", "own"]);
    let shared = client.get("/volumes?name_like=s_data_%25");
    assert_eq!(only(&shared)["name"].as_str().unwrap().len(), "s_data_".len() + 5);
    assert_eq!(
        (&only(&shared)["driverOpts"], only(&shared)["mounts"].as_array().unwrap().len()),
        (&json!({"a": "b"}), 2)
    );
    assert_eq!(client.get("/volumes?name_like=s_own_%25").data().len(), 2);
    let twice = json!({"name": "data", "stackId": stack.id()});
    assert_eq!(client.post("/volumetemplates", &twice).error(), (422, "NotUnique", "name"));
    assert_eq!(
        client.delete(&format!("/volumetemplates/{}", templates.data()[0]["id"].as_str().unwrap())).status,
        405
    );

    client.delete(&format!("/stacks/{}", stack.id())).ok();
    seconds(&sandbox, 10);
    for list in ["/volumes", "/volumetemplates", "/stacks"] {
        assert_eq!(client.get(list).data(), &[] as &[Value], "{list}");
    }
}

#[test]
fn certificates_are_found_by_name_and_their_key_is_never_shown() {
    let (sandbox, _, client) = still();
    let made = client.post("/certificates", &json!({"name": "shop.test", "cert": "C", "key": "K"})).ok();
    assert_eq!(made.text("state"), "activating");
    seconds(&sandbox, 1);
    let found = client.get("/certificates?name=shop.test&removed_null=");
    assert_eq!((&only(&found)["state"], &only(&found)["key"]), (&json!("active"), &Value::Null));
    let twice = client.post("/certificates", &json!({"name": "shop.test", "cert": "C", "key": "K"}));
    assert_eq!(twice.error(), (422, "NotUnique", "name"));
    let stack = stack(&client, "s");
    let rule = json!({"sourcePort": 443, "protocol": "https", "selector": "a=b", "targetPort": 80});
    let body = json!({
        "name": "lb", "stackId": stack, "launchConfig": {"imageUuid": "docker:lb"},
        "lbConfig": {"portRules": [rule], "defaultCertificateId": made.id(), "certificateIds": ["1c99"]},
    });
    assert_eq!(
        client.post("/loadbalancerservices", &body).error(),
        (422, "InvalidReference", "certificateIds")
    );
    action(&client, &format!("/certificates/{}", made.id()), "remove").ok();
}
