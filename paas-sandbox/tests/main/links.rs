use crate::{
    http::Client,
    shared::{only, seconds, service, stack, still},
};
use paas_sandbox::Sandbox;
use serde_json::{Value, json};

#[test]
fn links_are_set_added_and_removed() {
    let (_sandbox, _, client) = still();
    let stack = stack(&client, "bank");
    let [web, db, log] = ["web", "db", "log"].map(|name| service(&client, &stack, name).id().to_owned());
    let path = format!("/services/{web}");
    let linked = |answer: crate::http::Answer| answer.ok().body["linkedServices"].clone();
    let act = |action: &str, body: &Value| client.post(&format!("{path}/?action={action}"), body);

    let set = act(
        "setservicelinks",
        &json!({"serviceLinks": [{"serviceId": db, "name": "database"}, {"serviceId": log}]}),
    );
    assert_eq!(set.status, 200);
    assert_eq!(linked(set), json!({"database": db, "log": log}));
    let maps = client.get(&format!("/serviceconsumemaps?serviceId={web}"));
    assert_eq!(maps.data().len(), 2);
    assert_eq!(maps.data()[0]["consumedServiceId"], db.as_str());

    assert_eq!(
        linked(act("removeservicelink", &json!({"serviceLink": {"serviceId": log}}))),
        json!({"database": db})
    );
    let added = act("addservicelink", &json!({"serviceLink": {"serviceId": log, "name": "logs"}}));
    assert_eq!(linked(added), json!({"database": db, "logs": log}));
    assert_eq!(linked(act("setservicelinks", &json!({"serviceLinks": null}))), json!({}));
    assert_eq!(client.get(&format!("/serviceconsumemaps?serviceId={web}&state=active")).data().len(), 0);
}

#[test]
fn what_the_server_checks_of_links() {
    let (_sandbox, _, client) = still();
    let stack = stack(&client, "bank");
    let [web, db] = ["web", "db"].map(|name| service(&client, &stack, name).id().to_owned());
    let set = |links: &Value| {
        client.post(&format!("/services/{web}/?action=setservicelinks"), &json!({ "serviceLinks": links }))
    };
    for (links, error) in [
        (json!([{"service": "env/stack/svc"}]), (422, "MissingRequired", "name")),
        (json!([{"name": "a"}]), (422, "MissingRequired", "serviceId")),
        (json!([{"serviceId": "1s99"}]), (422, "InvalidReference", "serviceId")),
        (json!([{"serviceId": db, "name": "a b"}]), (422, "InvalidCharacters", "name")),
        (json!([{"serviceId": db, "name": "-a"}]), (422, "InvalidCharacters", "name")),
        (
            json!([{"serviceId": db}, {"serviceId": db}]),
            (422, "NotUnique", "serviceId and link name combination"),
        ),
    ] {
        assert_eq!(set(&links).error(), error, "{links}");
    }
    let external = json!({"name": "out", "stackId": stack, "hostname": "out.test"});
    let external = client.post("/externalservices", &external).ok();
    let refused = client.post(&format!("/services/{}/?action=setservicelinks", external.id()), &json!({}));
    assert_eq!(refused.error(), (422, "InvalidAction", "action"));
}

#[test]
fn a_link_by_name_links_the_environments_if_there_is_a_local_region() {
    for with_region in [true, false] {
        let builder = Sandbox::builder().virtual_clock();
        let sandbox = if with_region { builder } else { builder.without_region() }.start().unwrap();
        let [front, back] = ["front", "back"].map(|name| sandbox.environment(name));
        let client = Client::with_key(&sandbox, &front.access_key, &front.secret_key);
        let web = service(&client, &stack(&client, "bank"), "web").id().to_owned();
        let links = json!({"serviceLinks": [{"name": "records", "service": "back/bank/records"}, {"name": "x", "service": "nowhere/a/b"}]});
        let set = client.post(&format!("/services/{web}/?action=setservicelinks"), &links).ok();
        assert_eq!(set.body["linkedServices"], json!({}));
        seconds(&sandbox, 2);
        let admin = Client::admin(&sandbox);
        assert_eq!(admin.get("/regions").data().len(), usize::from(with_region));
        let made = admin.get(&format!("/accountlinks?accountId={}", front.id));
        if with_region {
            assert_eq!(only(&admin.get("/regions"))["local"], true);
            let link = only(&made);
            assert_eq!(
                (&link["linkedAccount"], &link["linkedRegion"], &link["external"]),
                (&json!("back"), &json!("local"), &json!(false))
            );
            assert_eq!(link["linkedAccountUuid"], admin.get(&format!("/projects/{}", back.id)).body["uuid"]);
        } else {
            assert_eq!(made.data().len(), 0, "nothing resolves");
        }
        assert_eq!(client.get("/accountlinks").status, 404, "only an administrator sees them");
    }
}
