//! Every request of a bank's life, held against the types that real servers published.

use super::{
    direct::{Direct, begun, run},
    world::meridian,
};
use crate::schema::{Schemas, Use};
use paas_sandbox::{Fault, RequestRecord, Trouble};
use serde_json::Value;
use std::collections::BTreeSet;

/// All that is asked for from the deployment to the removal, with a volume that is doubled on the way.
fn requests() -> Vec<RequestRecord> {
    run(async {
        let direct = Direct::furnished();
        direct.add_fault(Fault::new(Trouble::DoneTwice).method("POST").path("/volumes"));
        let anna = direct.anna().await;
        begun(&anna).await.wait().await.unwrap();
        let applications = anna.applications();
        applications.status(&meridian().name, "retail-banking").await.unwrap();
        applications.scale("meridian", "retail-banking", "web-front", 5).await.unwrap().wait().await.unwrap();
        applications.remove("meridian", "retail-banking").await.unwrap().wait().await.unwrap();
        direct.requests()
    })
}

/// The type behind a path, and whether the path is of one resource.
fn type_of(path: &str) -> (&'static str, bool) {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let segments = match segments.as_slice() {
        ["v2-beta", "projects", _, inner @ ..] if !inner.is_empty() => inner,
        ["v2-beta", inner @ ..] => inner,
        _ => panic!("{path} is not of the API"),
    };
    let of = match segments {
        ["projects", ..] => "project",
        ["stacks", ..] => "stack",
        ["services", ..] => "service",
        ["volumes", ..] => "volume",
        ["regions", ..] => "region",
        ["settings", ..] => "setting",
        _ => panic!("no type for {path}"),
    };
    (of, segments.len() == 2)
}

fn query(request: &RequestRecord) -> Vec<(&str, &str)> {
    let pairs = request.query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()
}

#[test]
fn every_request_fits_the_published_types() {
    let Some(schemas) = Schemas::load() else { return };
    let requests = requests();
    let roles: Vec<Value> = ["project/project-auth.json", "user/user-auth.json", "admin/admin-auth.json"]
        .map(|name| serde_json::from_str(&schemas.text(&format!("cattle-schema/{name}"))).unwrap())
        .into();
    let (mut kinds, mut bodies) = (BTreeSet::new(), 0);
    for request in &requests {
        let (of, is_one) = type_of(&request.path);
        let shown = format!("{} {}?{}", request.method, request.path, request.query);
        let action = query(request).into_iter().find(|(name, _)| *name == "action").map(|(_, action)| action);
        kinds.insert(match action {
            Some(action) => format!("{action} {of}"),
            None => format!("{} {of}{}", request.method, if is_one { "" } else { "s" }),
        });
        if let Some(action) = action {
            assert!(schemas.old_type(of).unwrap()["resourceActions"].get(action).is_some(), "{shown}");
            let later = &schemas.later_type(of).unwrap()["actions"][action];
            assert_eq!(later["input"].is_null(), request.body.is_none(), "{shown}");
            continue;
        }
        let letter = match request.method.as_str() {
            "GET" => 'r',
            "POST" => 'c',
            "PUT" => 'u',
            "DELETE" => 'd',
            _ => panic!("{shown}"),
        };
        let allows =
            |role: &Value| role["authorize"][of].as_str().is_some_and(|letters| letters.contains(letter));
        assert!(roles.iter().any(allows), "no role may do {shown}");
        if let Some(old) = schemas.old_type(of).filter(|_| of != "project") {
            for (name, _) in query(request) {
                assert!(name == "limit" || old["collectionFilters"].get(name).is_some(), "{name} in {shown}");
            }
        }
        let how = match request.method.as_str() {
            "POST" => Use::Create,
            "PUT" => Use::Update,
            _ => continue,
        };
        let body = request.body.as_ref().unwrap();
        let only_later = schemas.check(of, how, body);
        assert!(only_later.is_empty(), "{only_later:?} in {shown}");
        bodies += 1;
        if matches!(how, Use::Create) {
            let fields = schemas.old_type(of).unwrap()["resourceFields"].as_object().unwrap();
            for (field, _) in fields.iter().filter(|(_, schema)| schema["required"] == true) {
                assert!(body.get(field).is_some(), "{field} is missing in {shown}");
            }
        }
    }
    println!("{} requests, {bodies} bodies: {kinds:?}", requests.len());
    assert!(requests.len() > 60 && bodies >= 6);
    for kind in
        ["POST volumes", "POST stacks", "activate service", "PUT service", "DELETE stack", "DELETE volume"]
    {
        assert!(kinds.contains(kind), "{kind} is missing in {kinds:?}");
    }
}
