use crate::shared::{names, service, stack, still};
use serde_json::{Value, json};

#[test]
fn a_page_has_a_hundred_and_says_that_there_are_more() {
    let (sandbox, _, client) = still();
    let stack = stack(&client, "big");
    for number in 0..250 {
        service(&client, &stack, &format!("s{number:03}"));
    }
    let first = client.get("/services");
    assert_eq!(first.data().len(), 100);
    let pagination = &first.body["pagination"];
    assert_eq!((&pagination["limit"], &pagination["partial"]), (&json!(100), &json!(true)));
    assert_eq!((&pagination["first"], &pagination["total"]), (&Value::Null, &Value::Null));

    let mut seen: Vec<String> = Vec::new();
    let mut next = Some("/services?sort=name&order=desc".to_owned());
    let mut pages = 0;
    while let Some(path) = next {
        let page = client.get(&path);
        seen.extend(names(&page).iter().map(|name| (*name).to_owned()));
        let base = format!("{}/v2-beta", sandbox.url());
        next =
            page.body["pagination"]["next"].as_str().map(|url| url.strip_prefix(&base).unwrap().to_owned());
        assert_eq!(page.body["pagination"]["partial"], next.is_some());
        pages += 1;
    }
    assert_eq!(pages, 3);
    let mut wanted: Vec<String> = (0..250).map(|number| format!("s{number:03}")).collect();
    wanted.reverse();
    assert_eq!(seen, wanted);

    let all = client.get("/services?limit=4000");
    assert_eq!((all.data().len(), &all.body["pagination"]["limit"]), (250, &json!(3000)));
    assert_eq!(client.get("/services?limit=-1").body["pagination"]["limit"], 3000);
    assert_eq!(client.get("/services?limit=0").body["pagination"]["limit"], 3000);
    let two = client.get("/services?limit=2&name_prefix=s1");
    assert!(
        two.body["pagination"]["next"]
            .as_str()
            .unwrap()
            .ends_with("/services?limit=2&name_prefix=s1&marker=m2")
    );
    assert_eq!(client.get(&format!("/stacks/{stack}/services?limit=1000")).data().len(), 250);
}

#[test]
fn lists_are_filtered_by_the_fields_that_one_may_read() {
    let (_sandbox, _, client) = still();
    let (one, two) = (stack(&client, "one"), stack(&client, "two"));
    for (stack, name) in [(&one, "alpha"), (&one, "beta"), (&two, "alpine"), (&two, "gamma")] {
        service(&client, stack, name);
    }
    let found = |query: &str| {
        let answer = client.get(&format!("/services?sort=name&{query}"));
        names(&answer).join(" ")
    };
    assert_eq!(found("name=beta"), "beta");
    assert_eq!(found("name=BETA"), "beta", "the database does not tell case apart");
    assert_eq!(found("name_ne=beta"), "alpha alpine gamma");
    assert_eq!(found("name_prefix=al"), "alpha alpine");
    assert_eq!(found("name_like=%25a%25n%25"), "alpine");
    assert_eq!(found("name_notlike=al%25"), "beta gamma");
    assert_eq!(found(&format!("stackId={two}")), "alpine gamma");
    assert_eq!(found(&format!("stackId={two}&name_prefix=al")), "alpine");
    assert_eq!(found("state_ne=registering"), "");
    assert_eq!(found("description_null="), "alpha alpine beta gamma");
    assert_eq!(found("description_notnull="), "");
    assert_eq!(found("removed_null=%3Cnil%3E"), "alpha alpine beta gamma");
    assert_eq!(found("removed_notnull="), "");
    assert_eq!(found("nonsense=1"), "alpha alpine beta gamma");
    let shown = client.get("/services?name_prefix=al&sort=name&order=desc").body;
    assert_eq!(shown["filters"]["name"], json!([{"value": "al", "modifier": "prefix"}]));
    assert_eq!(shown["filters"]["state"], Value::Null);
    assert_eq!(shown["sort"], json!({"name": "name", "order": "desc"}));
    assert_eq!((&shown["type"], &shown["resourceType"]), (&json!("collection"), &json!("service")));
}

#[test]
fn paths_are_told_apart_without_case_and_with_a_slash_at_the_end() {
    let (_sandbox, environment, client) = still();
    for path in [
        "/services",
        "/services/",
        "/SERVICES",
        "/loadBalancerServices",
        "/volumetemplates",
        "/serviceConsumeMaps",
    ] {
        assert_eq!(client.get(path).status, 200, "{path}");
    }
    for path in
        ["/nothing", "/services/1s99", "/services/x", "/stacks/1s1", "/services/1s1/a/b", "/projects/1a99"]
    {
        assert_eq!(client.get(path).error(), (404, "NotFound", ""), "{path}");
    }
    let inside = client.get(&format!("/projects/{}/services", environment.id));
    assert_eq!(inside.status, 200);
    assert!(
        inside
            .head
            .to_lowercase()
            .contains(&format!("/v2-beta/projects/{}/schemas", environment.id).to_lowercase())
    );
}
