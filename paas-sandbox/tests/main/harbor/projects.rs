use super::{Harbor, column, made, refusal};
use paas_sandbox::Sandbox;
use serde_json::json;

#[test]
fn a_project_is_made_by_its_first_administrator() {
    let sandbox = Sandbox::builder().virtual_clock().start().unwrap();
    let anna = sandbox.harbor_user("anna");
    let harbor = Harbor::of(&sandbox, &anna);
    let id = made(&harbor.post(
        "/projects",
        &json!({"project_name": "retail", "metadata": {"auto_scan": "true", "strange": "x"}}),
    ));
    let shown = harbor.get(&format!("/projects/{id}")).ok();
    assert_eq!(shown.body["owner_name"], "anna");
    assert_eq!(shown.body["metadata"], json!({"auto_scan": "true", "public": "false"}));
    assert_eq!(shown.body["current_user_role_ids"], json!([1]));
    assert_eq!(shown.body["creation_time"], "2026-01-01T00:00:00Z");
    assert_eq!(harbor.get("/projects/retail").body, shown.body);
    assert_eq!(harbor.call("HEAD", "/projects?project_name=retail", None).status, 200);
    let members = sandbox.harbor_members("retail");
    assert_eq!((members.len(), members[0].name.as_str(), members[0].role), (1, "anna", 1));
    assert_eq!(sandbox.requests()[0].id.as_deref(), Some("2"));
}

#[test]
fn what_harbor_would_refuse_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    let admin = Harbor::admin(&sandbox);
    for (body, expected) in [
        (json!({"project_name": "library"}), (409, "CONFLICT")),
        (json!({"project_name": "Retail"}), (400, "BAD_REQUEST")),
        (json!({"project_name": "a--b"}), (400, "BAD_REQUEST")),
        (json!({}), (400, "BAD_REQUEST")),
        (json!([]), (400, "BAD_REQUEST")),
        (json!({"project_name": "a", "metadata": {"public": "yes"}}), (400, "BAD_REQUEST")),
        (json!({"project_name": "a", "metadata": {"public": true}}), (422, "UNPROCESSABLE_ENTITY")),
        (json!({"project_name": "a", "storage_limit": -2}), (400, "BAD_REQUEST")),
    ] {
        assert_eq!(refusal(&admin.post("/projects", &body)), expected, "{body}");
    }
    assert_eq!(column(&admin.get("/projects"), "name"), ["library"], "nothing of it was made");
    assert_eq!(
        refusal(&admin.put("/projects/library", &json!({"metadata": {"public": "no"}}))),
        (400, "BAD_REQUEST")
    );
    assert_eq!(refusal(&admin.get("/projects/none")), (404, "NOT_FOUND"));
    assert_eq!(refusal(&admin.delete("/projects/99")), (404, "NOT_FOUND"));
}

#[test]
fn a_number_is_an_id_unless_a_header_says_that_it_is_a_name() {
    let sandbox = Sandbox::start().unwrap();
    let admin = Harbor::admin(&sandbox);
    let id = made(&admin.post("/projects", &json!({"project_name": "1"})));
    assert_eq!(admin.get("/projects/1").body["name"], "library");
    assert_eq!(
        Harbor::admin(&sandbox).named("X-Is-Resource-Name", "true").get("/projects/1").body["project_id"],
        id
    );
    assert_eq!(admin.call("HEAD", "/projects?project_name=2", None).status, 404);
}

#[test]
fn settings_are_merged_and_a_limit_of_storage_is_ignored() {
    let sandbox = Sandbox::start().unwrap();
    let admin = Harbor::admin(&sandbox);
    let new = json!({"project_name": "retail", "storage_limit": 1000, "metadata": {"auto_scan": "true"}});
    let id = made(&admin.post("/projects", &new));
    admin.put("/projects/retail", &json!({"metadata": {"public": "true"}, "storage_limit": 5})).ok();
    assert_eq!(
        admin.get("/projects/retail").body["metadata"],
        json!({"auto_scan": "true", "public": "true"})
    );
    let quotas = admin.get(&format!("/quotas?reference=project&reference_id={id}")).ok();
    assert_eq!(quotas.body.as_array().unwrap().len(), 1);
    assert_eq!(quotas.body[0]["hard"]["storage"], 1000);
    let quota = format!("/quotas/{}", quotas.body[0]["id"]);
    admin.put(&quota, &json!({"hard": {"storage": -1}})).ok();
    assert_eq!(admin.get(&quota).body["hard"]["storage"], -1);
    for wrong in [json!({"hard": {"storage": 0}}), json!({"hard": {"storage": -5}}), json!({})] {
        assert_eq!(refusal(&admin.put(&quota, &wrong)), (400, "BAD_REQUEST"));
    }
    assert_eq!(refusal(&admin.put("/quotas/99", &json!({"hard": {"storage": 1}}))), (404, "NOT_FOUND"));
}

#[test]
fn a_project_with_repositories_stays() {
    let sandbox = Sandbox::start().unwrap();
    let anna = sandbox.harbor_user("anna");
    let harbor = Harbor::of(&sandbox, &anna);
    assert_eq!(sandbox.harbor_project("retail", "anna"), Some(2));
    assert_eq!(sandbox.harbor_project("retail", "anna"), None);
    assert_eq!(sandbox.harbor_project("other", "nobody"), None);
    assert_eq!(harbor.get("/projects/2/_deletable").body, json!({"deletable": true}));
    assert!(sandbox.harbor_repository("retail", "web") && !sandbox.harbor_repository("none", "web"));
    assert_eq!(harbor.get("/projects/2/_deletable").body["deletable"], false);
    assert_eq!(refusal(&harbor.delete("/projects/retail")), (412, "PRECONDITION"));
    assert_eq!(harbor.get("/projects/2").body["repo_count"], 1);
    assert!(sandbox.harbor_project("empty", "anna").is_some());
    harbor.delete("/projects/empty").ok();
    assert!(sandbox.harbor_members("empty").is_empty());
    assert_eq!(refusal(&harbor.get("/projects/empty")), (404, "NOT_FOUND"));
    assert_eq!(refusal(&harbor.get("/projects/3")), (403, "FORBIDDEN"), "by an id it is not told");
}
