use super::{Harbor, column, header, made, refusal};
use paas_sandbox::{HarborPush, HarborUser, Sandbox};
use serde_json::{Value, json};

pub fn digest(n: u8) -> String {
    format!("sha256:{}", format!("{n:02x}").repeat(32))
}

/// A project `retail` of `anna` with `team/web`, whose tags `1.0` and `latest` are one artifact and `2.0` another.
pub fn retail() -> (Sandbox, Harbor) {
    let sandbox = Sandbox::builder().virtual_clock().start().unwrap();
    let anna = sandbox.harbor_user("anna");
    sandbox.harbor_project("retail", "anna").unwrap();
    for (n, tag) in [(1, "1.0"), (1, "latest"), (2, "2.0")] {
        assert!(sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(n)).tag(tag)));
        sandbox.advance(std::time::Duration::from_secs(1));
    }
    let harbor = Harbor::of(&sandbox, &anna);
    (sandbox, harbor)
}

const WEB: &str = "/projects/retail/repositories/team%252Fweb";

fn tags(sandbox: &Sandbox, project: &str, repository: &str) -> Vec<String> {
    let tags = sandbox.harbor_tags(project, repository).into_iter();
    tags.map(|(tag, digest)| format!("{tag} {}", digest.split_at(9).0.split_at(7).1)).collect()
}

#[test]
fn repositories_are_named_by_names_that_are_escaped_twice() {
    let (_sandbox, anna) = retail();
    let listed = anna.get("/projects/retail/repositories").ok();
    assert_eq!(column(&listed, "name"), ["retail/team/web"]);
    assert_eq!(listed.body[0]["artifact_count"], 2);
    assert_eq!(anna.get(WEB).ok().body, listed.body[0]);
    // Once, a server in between would take the slash for one.
    assert_eq!(refusal(&anna.get("/projects/retail/repositories/team%2Fapp")), (404, "NOT_FOUND"));
    assert_eq!(column(&anna.get("/repositories").ok(), "name"), ["retail/team/web"]);
    assert!(column(&anna.get("/repositories?q=name%3D~app"), "name").is_empty());
    assert_eq!(refusal(&anna.get("/repositories?q=age%3D7")), (400, "BAD_REQUEST"));
    anna.put(WEB, &json!({"description": "<b>what</b>"})).ok();
    assert_eq!(anna.get(WEB).body["description"], "&lt;b&gt;what&lt;/b&gt;");
    // A number in this path is a name.
    assert_eq!(refusal(&anna.get("/projects/2/repositories")), (404, "NOT_FOUND"));
    anna.delete(WEB).ok();
    assert_eq!(refusal(&anna.get(WEB)), (404, "NOT_FOUND"));
    anna.delete("/projects/retail").ok();
}

#[test]
fn artifacts_are_read_by_tag_and_digest_with_what_is_asked_for() {
    let (sandbox, anna) = retail();
    let listed = anna.get(&format!("{WEB}/artifacts")).ok();
    assert_eq!(column(&listed, "digest"), [digest(2), digest(1)], "the last first");
    let names = listed.body[1]["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["1.0", "latest"]);
    assert!(listed.body[0].get("labels").is_none() && listed.body[0].get("accessories").is_none());
    let by_tag = anna.get(&format!("{WEB}/artifacts/latest")).ok();
    assert_eq!(by_tag.body, anna.get(&format!("{WEB}/artifacts/{}", digest(1))).ok().body);
    assert_eq!(by_tag.body["pull_time"], "0001-01-01T00:00:00.000Z");
    assert!(sandbox.harbor_pull("retail", "team/web", "latest"));
    assert!(!sandbox.harbor_pull("retail", "team/web", "3.0"));
    assert_eq!(anna.get(&format!("{WEB}/artifacts/latest")).body["pull_time"], "2026-01-01T00:00:03Z");
    assert_eq!(anna.get(WEB).body["pull_count"], 1);
    let bare =
        anna.get(&format!("{WEB}/artifacts/1.0?with_tag=false&with_label=true&with_accessory=true")).ok();
    assert!(
        bare.body.get("tags").is_none()
            && bare.body["labels"] == json!([])
            && bare.body["accessories"] == json!([])
    );
    assert_eq!(refusal(&anna.get(&format!("{WEB}/artifacts/3.0"))), (404, "NOT_FOUND"));
    assert_eq!(column(&anna.get("/projects/retail/artifacts").ok(), "digest").len(), 2);
    let page = anna.get("/projects/2/artifacts?page_size=1").ok();
    assert_eq!((column(&page, "digest").len(), header(&page, "x-total-count")), (1, Some("2")));

    assert!(sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(3)).size(77)));
    let of = |q: &str| {
        let listed = anna.get(&format!("{WEB}/artifacts?q={q}")).ok();
        column(&listed, "digest").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("tags%3Dnil"), [digest(3)]);
    assert_eq!(of("tags%3D*"), [digest(2), digest(1)]);
    assert_eq!(of(&format!("tags%3D*,digest%3D{}", digest(1))), [digest(1)]);
    assert!(of("labels%3D(1)").is_empty());
    assert_eq!(refusal(&anna.get(&format!("{WEB}/artifacts?q=labels%3D(x)"))), (400, "BAD_REQUEST"));
    assert_eq!(anna.get(&format!("{WEB}/artifacts/{}", digest(3))).body["size"], 77);
}

#[test]
fn indexes_have_children_and_artifacts_have_what_is_attached_to_them() {
    let (sandbox, anna) = retail();
    let (one, two, index, signature) = (digest(11), digest(12), digest(13), digest(14));
    let push = |digest: &str| HarborPush::new("retail", "multi", digest);
    assert!(sandbox.harbor_push(&push(&one)) && sandbox.harbor_push(&push(&two)));
    assert!(sandbox.harbor_push(&push(&index).index_of(&[&one, &two]).tag("1.0")));
    assert!(!sandbox.harbor_push(&push(&digest(15)).index_of(&[&digest(99)])), "a child is missing");
    assert!(sandbox.harbor_attach("retail", "multi", "1.0", &signature, "signature.cosign"));
    assert!(!sandbox.harbor_attach("retail", "multi", "1.0", &one, "signature.cosign"), "it is there");
    let multi = "/projects/retail/repositories/multi/artifacts";
    let listed = anna.get(&format!("{multi}?with_accessory=true")).ok();
    assert_eq!(column(&listed, "digest"), [index.as_str()], "neither children nor signatures");
    let children: Vec<&str> = listed.body[0]["references"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| child["child_digest"].as_str().unwrap())
        .collect();
    assert_eq!(children, [one.as_str(), two.as_str()]);
    assert_eq!(listed.body[0]["accessories"][0]["type"], "signature.cosign");
    assert_eq!(column(&anna.get(&format!("{multi}/1.0/accessories")).ok(), "digest"), [signature.as_str()]);
    assert_eq!(refusal(&anna.delete(&format!("{multi}/{one}"))), (412, "VIOLATE_FOREIGN_KEY_CONSTRAINT"));

    // All of it is copied.
    let copied =
        anna.call("POST", "/projects/retail/repositories/copy/artifacts?from=retail/multi:1.0", None);
    assert_eq!(copied.status, 201);
    let copy = anna.get("/projects/retail/repositories/copy/artifacts/1.0?with_accessory=true").ok();
    assert_eq!(copy.body["references"].as_array().unwrap().len(), 2);
    assert_eq!(copy.body["accessories"][0]["digest"], signature.as_str());
    anna.delete(&format!("{multi}/{index}")).ok();
    assert_eq!(anna.get("/projects/retail/repositories/multi").body["artifact_count"], 0);
    assert_eq!(anna.get("/projects/retail/repositories/copy").body["artifact_count"], 4);
}

#[test]
fn a_copy_takes_all_tags_along() {
    let (sandbox, anna) = retail();
    sandbox.harbor_project("prod", "anna").unwrap();
    let copy = |from: &str| {
        anna.call("POST", &format!("/projects/prod/repositories/team%252Fweb/artifacts?from={from}"), None)
    };
    let copied = copy(&format!("retail/team/web@{}", digest(1)));
    assert_eq!(copied.status, 201);
    assert!(header(&copied, "location").unwrap().ends_with(&format!("/artifacts/{}", digest(1))));
    assert_eq!(tags(&sandbox, "prod", "team/web"), ["1.0 01", "latest 01"]);
    // A tag moves.
    assert!(sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(3)).tag("latest")));
    assert_eq!(copy("retail/team/web:latest").status, 201);
    assert_eq!(tags(&sandbox, "prod", "team/web"), ["1.0 01", "latest 03"]);
    assert_eq!(refusal(&copy("retail/team/web:none")), (404, "NOT_FOUND"));
    assert_eq!(refusal(&copy("none/team/web:1.0")), (404, "NOT_FOUND"));
    assert_eq!(refusal(&copy("web")), (400, "BAD_REQUEST"));
    assert_eq!(refusal(&copy("retail/team/web@sha256:1")), (400, "BAD_REQUEST"));
    assert_eq!(
        refusal(&anna.call("POST", "/projects/prod/repositories/web/artifacts", None)),
        (422, "UNPROCESSABLE_ENTITY")
    );
}

#[test]
fn tags_are_made_and_removed_but_not_moved() {
    let (sandbox, anna) = retail();
    let of = |n: u8| format!("{WEB}/artifacts/{}/tags", digest(n));
    assert_eq!(anna.post(&of(1), &json!({"name": "stable"})).status, 201);
    assert_eq!(column(&anna.get(&of(1)).ok(), "name"), ["1.0", "latest", "stable"]);
    for n in [1, 2] {
        assert_eq!(refusal(&anna.post(&of(n), &json!({"name": "stable"}))), (409, "CONFLICT"));
    }
    assert_eq!(refusal(&anna.post(&of(1), &json!({"name": "a/b"}))), (400, "BAD_REQUEST"));
    assert_eq!(refusal(&anna.delete(&format!("{}/stable", of(2)))), (404, "NOT_FOUND"));
    anna.delete(&format!("{}/stable", of(1))).ok();
    assert_eq!(tags(&sandbox, "retail", "team/web"), ["1.0 01", "2.0 02", "latest 01"]);
    anna.delete(&format!("{WEB}/artifacts/1.0")).ok();
    assert_eq!(tags(&sandbox, "retail", "team/web"), ["2.0 02"], "with all of its tags");
}

fn rule(tags: (&str, &str), repositories: (&str, &str)) -> Value {
    let selector =
        |(decoration, pattern)| json!([{"kind": "doublestar", "decoration": decoration, "pattern": pattern}]);
    json!({"action": "immutable", "template": "immutable_template", "tag_selectors": selector(tags),
        "scope_selectors": {"repository": selector(repositories)}})
}

#[test]
fn immutable_tags_stay_where_they_are() {
    let (sandbox, anna) = retail();
    sandbox.harbor_project("prod", "anna").unwrap();
    let new = rule(("matches", "1.*"), ("repoMatches", "team/**"));
    let id = made(&anna.post("/projects/retail/immutabletagrules", &new));
    assert_eq!(refusal(&anna.post("/projects/retail/immutabletagrules", &new)), (409, "CONFLICT"));
    let listed = anna.get("/projects/2/immutabletagrules").ok();
    assert_eq!(listed.body[0]["tag_selectors"], new["tag_selectors"]);
    assert_eq!(listed.body[0]["scope_selectors"], new["scope_selectors"]);
    let shown = anna.get(&format!("{WEB}/artifacts/1.0/tags?with_immutable_status=true")).ok();
    assert_eq!(shown.body[0]["immutable"], true);
    assert_eq!(shown.body[1]["immutable"], false);

    for path in
        [format!("{WEB}/artifacts/1.0"), format!("{WEB}/artifacts/{}/tags/1.0", digest(1)), WEB.to_owned()]
    {
        assert_eq!(refusal(&anna.delete(&path)), (412, "PRECONDITION"), "{path}");
    }
    assert!(!sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(9)).tag("1.0")));
    assert!(sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(1)).tag("1.0")), "as it is");
    assert_eq!(tags(&sandbox, "retail", "team/web"), ["1.0 01", "2.0 02", "latest 01"]);

    // At the destination of a copy too, and then nothing of it is there.
    made(&anna.post("/projects/prod/immutabletagrules", &rule(("excludes", "dev-*"), ("repoMatches", "**"))));
    assert!(sandbox.harbor_push(&HarborPush::new("prod", "web", &digest(9)).tag("latest")));
    let copied =
        anna.call("POST", "/projects/prod/repositories/web/artifacts?from=retail/team/web:1.0", None);
    assert_eq!(refusal(&copied), (412, "PRECONDITION"));
    assert_eq!(tags(&sandbox, "prod", "web"), ["latest 09"]);

    anna.delete(&format!("/projects/retail/immutabletagrules/{id}")).ok();
    assert_eq!(
        refusal(&anna.delete(&format!("/projects/retail/immutabletagrules/{id}"))),
        (404, "NOT_FOUND")
    );
    anna.delete(&format!("{WEB}/artifacts/1.0")).ok();
}

#[test]
fn labels_are_of_a_project_or_of_all() {
    let (sandbox, anna) = retail();
    sandbox.harbor_project("other", "anna").unwrap();
    let admin = Harbor::admin(&sandbox);
    let new = |name: &str, scope: &str, project: u64| json!({"name": name, "scope": scope, "project_id": project, "color": "#0065AB"});
    let own = made(&anna.post("/labels", &new("in sync", "p", 2)));
    let elsewhere = made(&anna.post("/labels", &new("in sync", "p", 3)));
    assert_eq!(refusal(&anna.post("/labels", &new("in sync", "p", 2))), (409, "CONFLICT"));
    assert_eq!(refusal(&anna.post("/labels", &new("all", "g", 0))), (403, "FORBIDDEN"));
    assert_eq!(refusal(&anna.post("/labels", &new("all", "w", 0))), (400, "BAD_REQUEST"));
    let global = made(&admin.post("/labels", &new("all", "g", 0)));
    assert_eq!(column(&anna.get("/labels?scope=p&project_id=2&name=sync").ok(), "name"), ["in sync"]);
    assert_eq!(column(&anna.get("/labels?scope=g").ok(), "name"), ["all"]);
    for wrong in ["/labels", "/labels?scope=p", "/labels?scope=w"] {
        assert_eq!(refusal(&anna.get(wrong)), (400, "BAD_REQUEST"), "{wrong}");
    }
    assert_eq!(refusal(&anna.get(&format!("/labels/{global}"))), (403, "FORBIDDEN"));
    assert_eq!(anna.get(&format!("/labels/{own}")).ok().body["color"], "#0065AB");

    let labels = format!("{WEB}/artifacts/{}/labels", digest(1));
    for label in [own, global] {
        anna.post(&labels, &json!({"id": label})).ok();
    }
    assert_eq!(refusal(&anna.post(&labels, &json!({"id": own}))), (409, "CONFLICT"));
    assert_eq!(refusal(&anna.post(&labels, &json!({"id": elsewhere}))), (404, "NOT_FOUND"));
    assert_eq!(refusal(&anna.post(&labels, &json!({"id": 99}))), (404, "NOT_FOUND"));
    let labelled = anna.get(&format!("{WEB}/artifacts?with_label=true&q=labels%3D({own})")).ok();
    assert_eq!(column(&labelled, "digest"), [digest(1)]);
    assert_eq!(labelled.body[0]["labels"].as_array().unwrap().len(), 2);
    anna.delete(&format!("{labels}/{own}")).ok();
    assert_eq!(refusal(&anna.delete(&format!("{labels}/{own}"))), (404, "NOT_FOUND"));
    anna.put(&format!("/labels/{own}"), &json!({"name": "released", "color": ""})).ok();
    assert_eq!(anna.get(&format!("/labels/{own}")).body["name"], "released");
    admin.delete(&format!("/labels/{global}")).ok();
    assert_eq!(anna.get(&format!("{WEB}/artifacts/1.0?with_label=true")).body["labels"], json!([]));
}

/// Who may do what, by role; the numbers do not go by power.
#[test]
fn roles_may_what_they_may_in_harbor() {
    let (sandbox, anna) = retail();
    let admin = Harbor::admin(&sandbox);
    made(&anna.post("/labels", &json!({"name": "x", "scope": "p", "project_id": 2})));
    let users: Vec<(u64, HarborUser)> = [2, 3, 4, 5, 9]
        .map(|role| {
            let user = sandbox.harbor_user(&format!("role{role}"));
            if role != 9 {
                let body = json!({"role_id": role, "member_user": {"user_id": user.id}});
                admin.post("/projects/retail/members", &body);
            }
            (role, user)
        })
        .to_vec();
    let of = |n: u8| format!("{WEB}/artifacts/{}", digest(n));
    let hook = json!({"name": "x", "enabled": true, "event_types": ["PUSH_ARTIFACT"], "targets": [{"type": "http", "address": "https://x.test"}]});
    let label = json!({"id": 1});
    let nothing = json!({});
    // What is done, and which roles are not refused. What comes of it, is another matter.
    let acts: Vec<(&str, String, Option<&Value>, &[u64])> = vec![
        ("GET", "/projects/retail/repositories".to_owned(), None, &[2, 3, 4, 5]),
        ("GET", WEB.to_owned(), None, &[2, 3, 4, 5]),
        ("GET", of(1), None, &[2, 3, 4, 5]),
        ("GET", format!("{}/tags", of(1)), None, &[2, 3, 4, 5]),
        ("GET", format!("{}/accessories", of(1)), None, &[2, 3, 4, 5]),
        ("GET", "/labels?scope=p&project_id=2".to_owned(), None, &[2, 3, 4]),
        ("POST", "/labels".to_owned(), Some(&nothing), &[2, 3, 4, 5, 9]),
        ("PUT", WEB.to_owned(), Some(&nothing), &[2, 4]),
        ("POST", format!("{}/tags", of(1)), Some(&nothing), &[2, 4]),
        ("POST", format!("{}/labels", of(1)), Some(&label), &[2, 4]),
        ("DELETE", format!("{}/labels/9", of(1)), None, &[2, 4]),
        ("POST", format!("{WEB}/artifacts?from=retail/team/web:none"), None, &[2, 4]),
        ("DELETE", format!("{}/tags/none", of(1)), None, &[4]),
        ("DELETE", of(9), None, &[4]),
        ("DELETE", "/projects/retail/repositories/none".to_owned(), None, &[4]),
        ("PUT", "/labels/1".to_owned(), Some(&nothing), &[4]),
        ("GET", "/projects/retail/immutabletagrules".to_owned(), None, &[4]),
        ("DELETE", "/projects/retail/immutabletagrules/9".to_owned(), None, &[4]),
        ("GET", "/projects/retail/webhook/policies".to_owned(), None, &[4]),
        ("GET", "/projects/retail/webhook/lasttrigger".to_owned(), None, &[4]),
        ("POST", "/projects/retail/webhook/policies".to_owned(), Some(&hook), &[]),
        ("DELETE", "/projects/retail/webhook/policies/9".to_owned(), None, &[]),
        ("GET", "/registries".to_owned(), None, &[]),
        ("POST", "/registries/ping".to_owned(), Some(&nothing), &[]),
        ("GET", "/replication/policies".to_owned(), None, &[]),
        ("POST", "/replication/executions".to_owned(), Some(&nothing), &[]),
    ];
    for (method, path, body, may) in &acts {
        for (role, user) in &users {
            let answer = Harbor::of(&sandbox, user).call(method, path, *body);
            assert_eq!(
                answer.status != 403,
                may.contains(role),
                "{role}: {method} {path}: {}",
                answer.status
            );
        }
        // With no login, Harbor wants one; global labels and what it may see it lists.
        let nobody = Harbor::nobody(&sandbox).call(method, path, *body).status;
        assert!(matches!(nobody, 401 | 400), "{method} {path}: {nobody}");
        let owner = anna.call(method, path, *body).status;
        let is_system = path.starts_with("/registries") || path.starts_with("/replication");
        assert_eq!(owner == 403, is_system, "{method} {path}: {owner}");
        assert!(!matches!(admin.call(method, path, *body).status, 401 | 403), "{method} {path}");
    }
    // What is public is seen by all, but not the repository itself.
    assert!(sandbox.harbor_push(&HarborPush::new("library", "busybox", &digest(1)).tag("1")));
    let nobody = Harbor::nobody(&sandbox);
    nobody.get("/projects/library/repositories/busybox/artifacts/1").ok();
    assert_eq!(refusal(&nobody.get("/projects/library/repositories/busybox")), (401, "UNAUTHORIZED"));
    assert_eq!(column(&nobody.get("/repositories").ok(), "name"), ["library/busybox"]);
}
