use super::{Harbor, column, header, made, refusal};
use paas_sandbox::{Sandbox, SandboxRequest};
use serde_json::json;

#[test]
fn who_is_not_logged_in_sees_what_is_public_and_a_wrong_password_is_none() {
    let sandbox = Sandbox::start().unwrap();
    let mut anna = sandbox.harbor_user("anna");
    assert_eq!(anna, sandbox.harbor_user("anna"));
    sandbox.harbor_project("retail", "anna").unwrap();
    assert_eq!(column(&Harbor::of(&sandbox, &anna).get("/projects"), "name"), ["library", "retail"]);
    anna.password.push('x');
    for stranger in [Harbor::nobody(&sandbox), Harbor::of(&sandbox, &anna)] {
        assert_eq!(column(&stranger.get("/projects"), "name"), ["library"]);
        assert_eq!(stranger.get("/projects/library").status, 200);
        for path in [
            "/projects/retail",
            "/projects/2",
            "/projects/none",
            "/projects/library/members",
            "/users",
            "/users/current",
            "/users/search?username=a",
            "/users/current/permissions",
            "/usergroups",
            "/usergroups/search?groupname=a",
            "/quotas",
        ] {
            let refused = stranger.get(path);
            assert_eq!(refusal(&refused), (401, "UNAUTHORIZED"), "{path}");
            assert!(header(&refused, "x-request-id").is_some());
        }
        assert_eq!(
            refusal(&stranger.post("/projects", &json!({"project_name": "a"}))),
            (401, "UNAUTHORIZED")
        );
    }
}

#[test]
fn users_see_what_is_theirs() {
    let sandbox = Sandbox::start().unwrap();
    let (anna, bob) = (sandbox.harbor_user("anna"), sandbox.harbor_user("bob"));
    sandbox.harbor_project("retail", "anna").unwrap();
    let (own, other, admin) =
        (Harbor::of(&sandbox, &anna), Harbor::of(&sandbox, &bob), Harbor::admin(&sandbox));
    assert_eq!(refusal(&other.get("/projects/retail")), (403, "FORBIDDEN"));
    assert_eq!(refusal(&other.get("/projects/99")), (403, "FORBIDDEN"), "whether it is there is not told");
    assert_eq!(refusal(&other.get("/projects/none")), (404, "NOT_FOUND"));
    assert_eq!(other.call("HEAD", "/projects?project_name=retail", None).status, 403);
    assert_eq!(column(&other.get("/projects"), "name"), ["library"]);
    for path in ["/users", "/usergroups", "/quotas", "/quotas/1", "/users/1"] {
        assert_eq!(refusal(&other.get(path)), (403, "FORBIDDEN"), "{path}");
    }
    assert_eq!(refusal(&other.put("/quotas/1", &json!({"hard": {"storage": 1}}))), (403, "FORBIDDEN"));
    // Pushing a member into a public project is another's right, too.
    own.put("/projects/retail", &json!({"metadata": {"public": "true"}})).ok();
    assert_eq!(other.get("/projects/retail").status, 200);
    assert_eq!(refusal(&other.get("/projects/retail/members")), (403, "FORBIDDEN"));
    assert_eq!(other.get("/users/current").body["username"], "bob");
    assert_eq!(other.get("/users/current").body["sysadmin_flag"], false);
    assert_eq!(admin.get("/users/current").body["sysadmin_flag"], true);
    assert_eq!(admin.get("/users/3").body["username"], "bob");
    assert_eq!(other.get("/users/3").status, 200);
    assert_eq!(refusal(&admin.get("/users/99")), (404, "NOT_FOUND"));
    assert_eq!(admin.get("/users/current/permissions?scope=/project/99").body, json!([]));
    // What a user asks for a limit does not count, what an administrator asks for does.
    let id = made(&other.post("/projects", &json!({"project_name": "small", "storage_limit": 5})));
    assert_eq!(admin.get(&format!("/quotas/{id}")).body["hard"]["storage"], -1);
}

#[test]
fn it_answers_in_process_too_and_its_keys_follow_from_the_seed() {
    let sandbox = || Sandbox::builder().in_process().virtual_clock().seed(7).start().unwrap();
    let (one, two) = (sandbox(), sandbox());
    assert_eq!(one.harbor_user("anna"), two.harbor_user("anna"));
    assert_ne!(
        one.harbor_admin().password,
        Sandbox::builder().in_process().start().unwrap().harbor_admin().password
    );
    // Rancher's keys are the same whether anybody asks Harbor or not.
    assert_eq!(one.environment("office"), sandbox().environment("office"));
    let admin = one.harbor_admin();
    let key = crate::http::base64(format!("{}:{}", admin.name, admin.password).as_bytes());
    let request = SandboxRequest::new("GET", "/api/v2.0/projects/1")
        .header("Authorization", &format!("Basic {key}"))
        .header("X-Is-Resource-Name", "true");
    assert_eq!(one.answer(request).reply.unwrap().status, 404);
}
