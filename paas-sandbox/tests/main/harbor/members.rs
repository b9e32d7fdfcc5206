use super::{Harbor, column, header, made, refusal};
use paas_sandbox::{Fault, Sandbox, Trouble};
use serde_json::json;

/// A project `retail` of `anna`, with `bob` beside it.
fn retail() -> (Sandbox, Harbor, Harbor) {
    let sandbox = Sandbox::start().unwrap();
    let (anna, bob) = (sandbox.harbor_user("anna"), sandbox.harbor_user("bob"));
    sandbox.harbor_project("retail", "anna").unwrap();
    let (anna, bob) = (Harbor::of(&sandbox, &anna), Harbor::of(&sandbox, &bob));
    (sandbox, anna, bob)
}

#[test]
fn members_are_added_by_id_or_name_changed_and_removed() {
    let (sandbox, anna, _) = retail();
    let added = anna.post("/projects/retail/members", &json!({"role_id": 4, "member_user": {"user_id": 3}}));
    assert!(header(&added, "location").unwrap().starts_with("/api/v2.0/projects/retail/members/"));
    let id = made(&added);
    let shown = anna.get(&format!("/projects/2/members/{id}")).ok();
    let expected = json!({"id": id, "project_id": 2, "entity_id": 3, "entity_name": "bob", "entity_type": "u",
        "role_id": 4, "role_name": "maintainer"});
    assert_eq!(shown.body, expected);
    anna.put(&format!("/projects/2/members/{id}"), &json!({"role_id": 5})).ok();
    assert_eq!(sandbox.harbor_members("retail")[1].role, 5);
    anna.delete(&format!("/projects/2/members/{id}")).ok();
    assert_eq!(refusal(&anna.get(&format!("/projects/2/members/{id}"))), (404, "NOT_FOUND"));
    let again =
        made(&anna.post("/projects/2/members", &json!({"role_id": 3, "member_user": {"username": "bob"}})));
    assert!(again > id, "an id is not given twice");
    assert_eq!(column(&anna.get("/projects/2/members"), "role_name"), ["projectAdmin", "guest"]);
}

#[test]
fn what_harbor_would_refuse_is_refused() {
    let (sandbox, anna, _) = retail();
    let user = json!({"user_id": 3});
    for (body, expected) in [
        (json!({"role_id": 2, "member_user": {"username": "anna"}}), (409, "CONFLICT")),
        (json!({"role_id": 2, "member_user": {"username": "carl"}}), (404, "NOT_FOUND")),
        (json!({"role_id": 2, "member_user": {"user_id": 9}}), (400, "BAD_REQUEST")),
        (json!({"role_id": 2, "member_group": {"id": 9}}), (400, "BAD_REQUEST")),
        (json!({"role_id": 2, "member_group": {"group_name": "team", "group_type": 3}}), (404, "NOT_FOUND")),
        (json!({"role_id": 2}), (400, "BAD_REQUEST")),
        (json!({"role_id": 0, "member_user": user}), (400, "BAD_REQUEST")),
        (json!({"role_id": 6, "member_user": user}), (400, "BAD_REQUEST")),
        (json!({"member_user": user}), (400, "BAD_REQUEST")),
    ] {
        assert_eq!(refusal(&anna.post("/projects/2/members", &body)), expected, "{body}");
    }
    assert_eq!(sandbox.harbor_members("retail").len(), 1);
    assert_eq!(refusal(&anna.put("/projects/2/members/2", &json!({"role_id": 9}))), (400, "BAD_REQUEST"));
    assert_eq!(refusal(&anna.get("/projects/2/members/x")), (422, "UNPROCESSABLE_ENTITY"));
    assert_eq!(refusal(&anna.delete("/projects/2/members/0")), (400, "BAD_REQUEST"));
}

#[test]
fn who_is_not_there_is_changed_and_removed_without_a_word() {
    let (sandbox, anna, _) = retail();
    anna.put("/projects/2/members/99", &json!({"role_id": 2})).ok();
    anna.delete("/projects/2/members/99").ok();
    // The first membership is that of the administrator in `library`.
    anna.delete("/projects/2/members/1").ok();
    anna.put("/projects/2/members/1", &json!({"role_id": 5})).ok();
    assert_eq!(sandbox.harbor_members("library")[0].role, 1);
    // The last administrator may go, and then only the system's can help.
    anna.delete("/projects/2/members/2").ok();
    assert!(sandbox.harbor_members("retail").is_empty());
    assert_eq!(refusal(&anna.get("/projects/2/members")), (403, "FORBIDDEN"));
    let admin = Harbor::admin(&sandbox);
    made(&admin.post("/projects/2/members", &json!({"role_id": 1, "member_user": {"username": "anna"}})));
    anna.get("/projects/2/members").ok();
}

#[test]
fn each_role_may_what_it_may() {
    let (_sandbox, anna, bob) = retail();
    let id =
        made(&anna.post("/projects/2/members", &json!({"role_id": 1, "member_user": {"username": "bob"}})));
    for (role, may_list, may_change) in
        [(1, true, true), (2, true, false), (3, true, false), (4, true, false), (5, false, false)]
    {
        anna.put(&format!("/projects/2/members/{id}"), &json!({"role_id": role})).ok();
        let expected = |may: bool| if may { 200 } else { 403 };
        assert_eq!(bob.get("/projects/2").status, 200, "{role}");
        assert_eq!(bob.get("/projects/2/members").status, expected(may_list), "{role}");
        assert_eq!(bob.get(&format!("/projects/2/members/{id}")).status, expected(may_list), "{role}");
        assert_eq!(bob.delete("/projects/2/members/99").status, expected(may_change), "{role}");
        assert_eq!(bob.put("/projects/2", &json!({})).status, expected(may_change), "{role}");
        let rights = bob.get("/users/current/permissions?scope=/project/2&relative=true").ok();
        let has = |resource: &str, action: &str| {
            rights.body.as_array().unwrap().contains(&json!({"resource": resource, "action": action}))
        };
        assert_eq!((has("member", "list"), has("member", "create")), (may_list, may_change), "{role}");
        assert_eq!(has("repository", "push"), matches!(role, 1 | 2 | 4), "{role}");
        assert!(has("repository", "pull"));
    }
}

#[test]
fn faults_speak_as_harbor_does() {
    let (sandbox, anna, _) = retail();
    sandbox.add_fault(Fault::new(Trouble::Conflict).method("POST").path("/members"));
    let new = json!({"role_id": 2, "member_user": {"username": "bob"}});
    assert_eq!(refusal(&anna.post("/projects/2/members", &new)), (409, "CONFLICT"));
    sandbox.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(7) }));
    let down = anna.get("/projects");
    assert_eq!((refusal(&down), header(&down, "retry-after")), ((503, "UNAVAILABLE"), Some("7")));
    assert_eq!(sandbox.harbor_members("retail").len(), 1, "nothing was done");
    let log = sandbox.requests();
    assert_eq!(
        (log[0].path.as_str(), log[0].fault.as_deref()),
        ("/api/v2.0/projects/2/members", Some("conflict"))
    );
    assert_eq!(log[0].body, Some(new));
}
