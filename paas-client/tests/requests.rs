//! What the client sends, held against the types of real servers and the requests of the real executor.

use crate::{
    canned, environment,
    schema::{Schemas, Use},
    service,
    virtual_time::VirtualTime,
};
use paas_client::{
    rancher::{
        EnvironmentQuery, NewEnvironment, NewMember, NewStack, NewVolume, PortRange, ServiceLink,
        ServiceQuery, StackQuery, VolumeQuery,
    },
    transport::{Method, Request, Response},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EVERY_ACTION: &[&str] = &["activate", "deactivate", "setmembers", "setservicelinks"];

/// Every request that the client can make, with every field set.
fn all_requests() -> Vec<Request> {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        let is_list = !request.query().is_empty() && request.method == Method::Get;
        Ok(if is_list || request.path().ends_with("projects") && request.method == Method::Get {
            Response::new(200, r#"{"data":[]}"#)
        } else {
            service("inactive", EVERY_ACTION)
        })
    });
    let environment = environment(&client);
    let (project, stack, service, volume) =
        ("1a5".parse().unwrap(), "1st7".parse().unwrap(), "1s5".parse().unwrap(), "1v3".parse().unwrap());
    let new_environment = NewEnvironment::new("tenant-a")
        .description("of tenant A")
        .template("1pt1".parse().unwrap())
        .link_to("1a7".parse().unwrap())
        .member(NewMember::new("owner", "rancher_id", "1a7"))
        .services_port_range(PortRange::new(49_153, 65_535));
    let new_stack = NewStack::new("shop")
        .description("the shop")
        .docker_compose("version: '2'")
        .rancher_compose("version: '2'")
        .environment([("ANSWER".to_owned(), "42".to_owned())])
        .external_id("plan-7/stack-1")
        .group("a")
        .start_on_create();
    let new_volume = NewVolume::new("shared", "rancher-nfs")
        .description("for all")
        .driver_opt("host", "10.0.0.1")
        .driver_opt("exportBase", "/exports")
        .retain_on_remove();
    let links = [
        ServiceLink::to("1s4".parse().unwrap()).alias("database"),
        ServiceLink::by_name("remote", "envB/stackB/svcB"),
        ServiceLink::by_name("far", "r2/envC/stackC/svcC"),
    ];
    time.run(async {
        client.list_environments(&EnvironmentQuery::default().all().name("a")).collect_all().await.unwrap();
        client.read_environment(&project).await.unwrap();
        client.create_environment(&new_environment).await.unwrap();
        client.delete_environment(&project).await.unwrap();
        client.list_members(&project).collect_all().await.unwrap();
        client.set_members(&project, &new_environment.members).await.unwrap();
        client.list_identities("anna").collect_all().await.unwrap();
        client.list_regions().collect_all().await.unwrap();
        client.list_account_links(&project).collect_all().await.unwrap();
        client.server_version().await.unwrap_err();
        client.read_setting(&"api.host".parse().unwrap()).await.unwrap();
        environment
            .list_stacks(&StackQuery::default().name("a").external_id("b"))
            .collect_all()
            .await
            .unwrap();
        environment.read_stack(&stack).await.unwrap();
        environment.create_stack(&new_stack).await.unwrap();
        environment.create_stack(&NewStack::new("empty")).await.unwrap();
        environment.delete_stack(&stack).await.unwrap();
        let query = ServiceQuery::default().stack(stack).name("web");
        environment.list_services(&query).collect_all().await.unwrap();
        environment.read_service(&service).await.unwrap();
        environment.activate_service(&service).await.unwrap();
        environment.deactivate_service(&service).await.unwrap();
        environment.scale_service(&service, 5).await.unwrap();
        environment.set_service_links(&service, &links).await.unwrap();
        environment.delete_service(&service).await.unwrap();
        environment.list_volumes(&VolumeQuery::default().name("shared")).collect_all().await.unwrap();
        environment.read_volume(&volume).await.unwrap();
        environment.create_volume(&new_volume).await.unwrap();
        environment.delete_volume(&volume).await.unwrap();
    });
    server.requests()
}

/// The type behind a path.
fn type_of(path: &str) -> &'static str {
    let rest = path.strip_prefix("/v2-beta/").unwrap();
    let rest = match rest.strip_prefix("projects/1a5/") {
        Some("") => "projects",
        Some(within) => within,
        None => rest,
    };
    match rest.split('/').next().unwrap() {
        "projects" => "project",
        "stacks" => "stack",
        "services" => "service",
        "volumes" => "volume",
        "regions" => "region",
        "accountlinks" => "accountLink",
        "settings" => "setting",
        "projectmembers" => "projectMember",
        "identities" => "identity",
        other => panic!("no type for `{other}`"),
    }
}

fn body(request: &Request) -> Option<Value> {
    request.body.as_ref().map(|body| serde_json::from_slice(body).unwrap())
}

fn action(request: &Request) -> Option<&str> {
    request.query().strip_prefix("action=")
}

#[test]
fn each_field_that_is_sent_exists_and_may_be_written() {
    let Some(schemas) = Schemas::load() else { return };
    let mut only_later = BTreeSet::new();
    let mut held = 0;
    for request in all_requests() {
        let Some(body) = body(&request) else { continue };
        let of = type_of(request.path());
        let (name, how) = match (request.method, action(&request)) {
            (Method::Put, None) => (of.to_owned(), Use::Update),
            (Method::Post, None) => (of.to_owned(), Use::Create),
            (Method::Post, Some(action)) => {
                let input =
                    schemas.old_type(of).unwrap()["resourceActions"][action]["input"].as_str().unwrap();
                (input.to_owned(), Use::Create)
            }
            (method, _) => panic!("{method:?} with a body"),
        };
        held += 1;
        only_later.extend(schemas.check(&name, how, &body));
        // What must be there is there.
        let fields = schemas.old_type(&name).unwrap()["resourceFields"].as_object().unwrap();
        if matches!(how, Use::Create) {
            for (field, schema) in fields.iter().filter(|(_, schema)| schema["required"] == true) {
                assert!(body.get(field).is_some(), "{name}.{field} is required: {schema}");
            }
        }
    }
    assert_eq!(held, 7, "bodies of requests");
    // Fields of later versions than the dump's: the requests that need them say so.
    let expected = ["project.projectLinks", "serviceLink.service"].map(str::to_owned);
    assert_eq!(only_later, BTreeSet::from(expected));
}

#[test]
fn each_action_and_filter_that_is_used_exists() {
    let Some(schemas) = Schemas::load() else { return };
    let mut actions = BTreeSet::new();
    for request in all_requests() {
        let of = type_of(request.path());
        if let Some(action) = action(&request) {
            assert!(schemas.old_type(of).unwrap()["resourceActions"].get(action).is_some(), "{of}: {action}");
            let later = &schemas.later_type(of).unwrap()["actions"][action];
            assert_eq!(later["input"].is_null(), request.body.is_none(), "{of}: {action}");
            actions.insert(action.to_owned());
        } else if let Some(old) = schemas.old_type(of).filter(|_| of != "project") {
            for (name, _) in url::form_urlencoded::parse(request.query().as_bytes()) {
                assert!(name == "limit" || old["collectionFilters"].get(&*name).is_some(), "{of}: {name}");
            }
        }
    }
    assert_eq!(actions.iter().map(String::as_str).collect::<Vec<_>>(), EVERY_ACTION);
}

#[test]
fn each_method_is_allowed_to_some_role() {
    let Some(schemas) = Schemas::load() else { return };
    let roles: Vec<Value> = ["project/project-auth.json", "user/user-auth.json", "admin/admin-auth.json"]
        .map(|name| serde_json::from_str(&schemas.text(&format!("cattle-schema/{name}"))).unwrap())
        .into();
    for request in all_requests().iter().filter(|request| action(request).is_none()) {
        let of = type_of(request.path());
        let letter = match request.method {
            Method::Get | Method::Head => 'r',
            Method::Post => 'c',
            Method::Put => 'u',
            Method::Delete => 'd',
            other => panic!("{other:?}"),
        };
        let allowed = roles.iter().any(|role| {
            role["authorize"].get(of).and_then(Value::as_str).is_some_and(|letters| letters.contains(letter))
        });
        assert!(allowed, "{} of {of}", request.method.as_str());
    }
}

#[test]
fn links_are_sent_as_the_real_executor_sends_them() {
    let Some(schemas) = Schemas::load() else { return };
    let golden = schemas.text("golden/t1-create-start.jsonl");
    let golden = golden
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|request| {
            request["q"]["action"] == "setservicelinks"
                && request["body"]["serviceLinks"].as_array().is_some_and(|links| links.len() == 3)
        })
        .unwrap();
    let ours = all_requests().into_iter().find(|request| action(request) == Some("setservicelinks")).unwrap();
    assert_eq!(golden["m"], ours.method.as_str());
    assert_eq!(golden["path"], ours.path().replace("/projects/1a5", ""));
    // The executor writes what it does not set as `null`.
    assert_eq!(without_nulls(&golden["body"]), body(&ours).unwrap());
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

#[test]
fn headers_and_bodies_are_what_a_server_expects() {
    for request in all_requests() {
        let header = |name: &str| {
            request.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
        };
        assert_eq!(header("accept"), Some("application/json"));
        assert!(header("user-agent").unwrap().starts_with("paas-client/"));
        assert_eq!(header("content-type").is_some(), request.body.is_some());
        assert!(request.authorization.is_some());
        assert!(header("authorization").is_none());
    }
    let empty = all_requests().into_iter().filter(|request| request.method == Method::Post).nth(3).unwrap();
    // Always said, since the server's default is not ours to know.
    assert_eq!(body(&empty), Some(json!({ "name": "empty", "startOnCreate": false })));
}
