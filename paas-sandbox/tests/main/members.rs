use crate::{
    http::Client,
    shared::{actions, only, still},
};
use serde_json::{Value, json};

fn member(id: &str, role: &str) -> Value {
    json!({"externalId": id, "externalIdType": "rancher_id", "role": role})
}

/// Who is a member, in which role.
fn members(client: &Client, project: &str) -> Vec<(String, String)> {
    let listed = client.get(&format!("/projects/{project}/projectmembers"));
    let text = |member: &Value, field: &str| member[field].as_str().unwrap().to_owned();
    listed.data().iter().map(|member| (text(member, "externalId"), text(member, "role"))).collect()
}

#[test]
fn the_whole_set_of_members_is_replaced_and_an_owner_stays() {
    let (sandbox, office, key) = still();
    let (admin, anna) = (Client::admin(&sandbox), sandbox.person("anna"));
    let hers = Client::with_key(&sandbox, &anna.access_key, &anna.secret_key);
    let path = format!("/projects/{}", office.id);
    let set = |client: &Client, body: &Value| client.post(&format!("{path}/?action=setmembers"), body);
    assert_eq!(members(&admin, &office.id), [("1a1".to_owned(), "owner".to_owned())]);
    assert_eq!(hers.get(&path).status, 404);

    let both = json!({"members": [member("1a1", "owner"), member(&anna.id, "restricted")]});
    assert_eq!(set(&admin, &both).status, 200);
    let expected = [("1a1", "owner"), (&anna.id, "restricted")].map(|(id, role)| (id.into(), role.into()));
    assert_eq!(members(&hers, &office.id), expected);
    let listed = admin.get(&format!("{path}/projectmembers"));
    assert_eq!(listed.data()[1]["name"], "anna");

    for (body, error) in [
        (json!({"members": [member(&anna.id, "member")]}), (400, "InvalidFormat", "")),
        (json!({"members": []}), (422, "MissingRequired", "members")),
        (json!({"members": null}), (422, "MissingRequired", "members")),
        (json!({}), (400, "InvalidFormat", "")),
        (json!({"members": [member("1a1", "king")]}), (422, "InvalidOption", "role")),
    ] {
        assert_eq!(set(&admin, &body).error(), error, "{body}");
    }
    assert_eq!(members(&admin, &office.id), expected, "what is refused changes nothing");

    // Neither a restricted member nor the key of the environment may.
    assert_eq!(set(&hers, &both).error(), (403, "Forbidden", ""));
    assert!(!actions(&key.get(&path)).contains(&"setmembers".to_owned()));
    assert_eq!(set(&key, &both).error(), (422, "ActionNotAvailable", "action"));

    let owners = json!({"members": [member("1a1", "owner"), member(&anna.id, "owner")]});
    assert_eq!(set(&admin, &owners).status, 200);
    // An owner can lock itself out, and somebody of a directory is nobody's account.
    let other = json!({"externalId": anna.id, "externalIdType": "ldap_user", "role": "owner"});
    assert_eq!(set(&hers, &json!({"members": [other]})).status, 200);
    assert_eq!(hers.get(&path).status, 404);
}

#[test]
fn identities_are_found_by_name() {
    let (sandbox, _, _) = still();
    let anna = sandbox.person("anna");
    let found = Client::admin(&sandbox).get("/identities?name=ann");
    let identity = only(&found);
    assert_eq!((&identity["externalId"], &identity["login"]), (&json!(anna.id), &json!("anna")));
}
