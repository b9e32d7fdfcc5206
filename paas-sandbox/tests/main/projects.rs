use crate::{
    http::Client,
    shared::{actions, only, seconds, still},
};
use serde_json::{Value, json};

#[test]
fn environments_are_made_linked_and_removed() {
    let (sandbox, office, client) = still();
    let admin = Client::admin(&sandbox);
    let made = admin
        .post("/projects", &json!({"name": "tenant-a", "description": "of a", "projectLinks": [office.id]}));
    assert_eq!((made.status, made.text("state"), made.text("baseType")), (201, "registering", "account"));
    assert_eq!(made.body["projectLinks"], json!([office.id]));
    let path = format!("/projects/{}", made.id());
    seconds(&sandbox, 1);
    let read = admin.get(&path);
    assert_eq!((read.text("state"), read.text("orchestration")), ("active", "cattle"));
    assert_eq!(actions(&read), ["deactivate", "setmembers", "update"]);
    let link = admin.get(&format!("/accountlinks?accountId={}", made.id()));
    assert_eq!(only(&link)["linkedAccount"], "office");

    // Since 1.6.15 a later change of the links is stored, but links nothing.
    admin.put(&path, &json!({"projectLinks": []})).ok();
    seconds(&sandbox, 1);
    assert_eq!(admin.get(&format!("/accountlinks?accountId={}", made.id())).data().len(), 1);
    assert_eq!(admin.get(&path).body["projectLinks"], json!([]));

    assert_eq!(admin.delete(&path).ok().text("state"), "deactivating");
    seconds(&sandbox, 1);
    assert_eq!(admin.get(&path).text("state"), "removed");
    assert_eq!(admin.get(&format!("{path}/stacks")).status, 404);
    assert_eq!(client.post("/projects", &json!({"name": "x"})).error(), (403, "Forbidden", ""));
}

#[test]
fn a_removed_environment_takes_everything_with_it() {
    let (sandbox, office, client) = still();
    let admin = Client::admin(&sandbox);
    let compose =
        "version: '2'\nservices: {web: {image: x, scale: 2, volumes: ['d:/d']}}\nvolumes: {d: {driver: nfs}}";
    client.post("/stacks", &json!({"name": "bank", "dockerCompose": compose, "startOnCreate": true})).ok();
    client.post("/volumes", &json!({"name": "v", "driver": "nfs"})).ok();
    let other = admin.post("/projects", &json!({"name": "other", "projectLinks": [office.id]})).ok();
    seconds(&sandbox, 3);
    assert_eq!(sandbox.resources("container").len(), 2);
    assert_eq!(sandbox.resources("accountLink").len(), 1);

    let path = format!("/projects/{}", office.id);
    assert_eq!(admin.delete(&path).ok().text("state"), "deactivating");
    assert_eq!(client.get("/stacks").status, 401, "its key opens nothing while it is not active");
    seconds(&sandbox, 1);
    assert_eq!(admin.get(&path).text("state"), "removed");
    assert_eq!(admin.get(&format!("{path}/stacks")).error(), (404, "NotFound", ""));
    assert_eq!(admin.get(&format!("{path}/stacks/1st1")).status, 404);
    let by_header = Client::admin(&sandbox).header("X-API-Project-Id", &office.id);
    assert_eq!(by_header.get("/stacks").status, 404);
    assert_eq!(admin.post(&format!("{path}/stacks"), &json!({"name": "late"})).status, 404);
    for kind in ["stack", "service", "container", "volume", "volumeTemplate", "accountLink"] {
        assert!(sandbox.resources(kind).is_empty(), "{kind}: {:?}", sandbox.resources(kind));
    }
    assert_eq!(admin.get("/stacks/1st1").text("state"), "removed");
    assert_eq!(client.get("/stacks").status, 401);
    assert_eq!(only(&admin.get("/projects?all=true"))["id"], other.id());
    seconds(&sandbox, 3600);
    assert!(sandbox.resources("container").is_empty(), "nothing comes back");
    assert_eq!(sandbox.resources("host").len(), 1, "other environments keep theirs");
}

#[test]
fn names_of_environments_are_not_unique_and_their_list_has_no_pages() {
    let (sandbox, _, _) = still();
    let admin = Client::admin(&sandbox);
    for _ in 0..120 {
        sandbox.environment("Twin");
    }
    let twins = admin.get("/projects?name=twin");
    assert_eq!(twins.data().len(), 120);
    assert_eq!((&twins.body["pagination"], &twins.body["sort"]), (&Value::Null, &Value::Null));
    assert_eq!(admin.get("/projects?name_prefix=tw").data().len(), 121, "there are no filters");
    assert_eq!(only(&admin.get("/projects?id=1a5"))["name"], "office");
}

#[test]
fn an_account_sees_the_environments_that_it_is_a_member_of() {
    let (sandbox, office, _) = still();
    let person = sandbox.person("ann");
    let ann = Client::with_key(&sandbox, &person.access_key, &person.secret_key);
    let admin = Client::admin(&sandbox);
    assert_eq!(ann.get("/projects?all=true").data().len(), 0);
    assert_eq!(ann.get(&format!("/projects/{}", office.id)).status, 404);
    assert_eq!(ann.get(&format!("/projects/{}/stacks", office.id)).status, 404);

    let mine = ann.post("/projects", &json!({"name": "hers", "projectLinks": [office.id]})).ok();
    assert_eq!(mine.body["members"][0]["externalId"], person.id.as_str());
    assert!(mine.body.get("projectLinks").is_none(), "only an administrator may link");
    assert_eq!(only(&ann.get("/projects"))["id"], mine.id());
    assert_eq!(admin.get("/projects").data().len(), 1, "an administrator sees the own ones, too");
    assert_eq!(admin.get("/projects?all=true").data().len(), 2);

    let no_owner = json!({"name": "x", "members": [{"externalId": person.id, "role": "member"}]});
    let refused = admin.post("/projects", &no_owner);
    assert_eq!(refused.error(), (400, "InvalidFormat", ""));
    assert_eq!(refused.text("message"), "Members list does not have an owner");
    let shared = json!({"name": "x", "members": [{"externalId": person.id, "role": "owner"}]});
    admin.post("/projects", &shared).ok();
    let bob = sandbox.person("bob");
    let both = json!([{"externalId": person.id, "role": "owner"}, {"externalId": bob.id, "role": "member"}]);
    let theirs = ann.post("/projects", &json!({"name": "theirs", "members": both})).ok();
    seconds(&sandbox, 1);
    let bob = Client::with_key(&sandbox, &bob.access_key, &bob.secret_key);
    let path = format!("/projects/{}", theirs.id());
    assert_eq!(bob.get(&path).status, 200);
    assert_eq!(bob.put(&path, &json!({"name": "his"})).error(), (403, "Forbidden", ""));
    assert_eq!(bob.delete(&path).error(), (403, "Forbidden", ""));
    assert_eq!(ann.delete(&path).status, 200);
    seconds(&sandbox, 1);
    assert_eq!(ann.get("/projects").data().len(), 2);
}
