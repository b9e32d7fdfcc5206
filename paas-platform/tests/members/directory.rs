//! A Keystone that answers what a test wants, in the words of the real one.

use paas_client::{
    KeystoneClient,
    transport::{Canned, Request, Response},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

pub(crate) const PROJECT: &str = "7c3e0b6f5d2a4f0e9b1c";

/// What it knows. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Directory(Arc<Mutex<Known>>);

pub(crate) struct Known {
    /// The users by id, and the names of their roles in the project, as `effective` lists them.
    pub(crate) users: BTreeMap<String, BTreeSet<&'static str>>,
    /// Those who are disabled, and those who are gone although roles of theirs are listed.
    pub(crate) disabled: BTreeSet<String>,
    pub(crate) gone: BTreeSet<String>,
    /// Whether the project is there, and whether it is enabled.
    pub(crate) project: Option<bool>,
    /// What it answers to everything.
    pub(crate) broken: Option<u16>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            users: BTreeMap::new(),
            disabled: BTreeSet::new(),
            gone: BTreeSet::new(),
            project: Some(true),
            broken: None,
        }
    }
}

impl Directory {
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap()
    }

    /// Gives a user exactly these roles.
    pub(crate) fn set(&self, user: &str, roles: &[&'static str]) {
        self.known().users.insert(user.to_owned(), roles.iter().copied().collect());
    }

    pub(crate) fn client(&self) -> KeystoneClient {
        let this = self.clone();
        let transport = Canned::new(move |request: &Request| Ok(this.answer(request)));
        let client = KeystoneClient::builder().url("https://keystone.bank.test").transport(transport);
        client.build().unwrap().acting_as(&"gAAAAAB-members".parse().unwrap())
    }

    fn answer(&self, request: &Request) -> Response {
        let known = self.known();
        if let Some(status) = known.broken {
            return error(status);
        }
        let role = |name: &str| json!({ "id": format!("r-{name}"), "name": name });
        let all = ["admin", "manager", "senior", "member", "reader"];
        match request.path().strip_prefix("/v3/").unwrap().split('/').collect::<Vec<_>>().as_slice() {
            ["projects", PROJECT] => match known.project {
                None => error(404),
                Some(enabled) => answer(&json!({ "project": {
                    "id": PROJECT, "name": "retail", "domain_id": "default", "enabled": enabled,
                } })),
            },
            ["domains"] => answer(
                &json!({ "domains": [{ "id": "default", "name": "Default", "enabled": true }], "links": {} }),
            ),
            ["roles"] => answer(&json!({ "roles": all.map(role), "links": {} })),
            ["role_inferences"] => answer(&json!({ "role_inferences": [
                { "prior_role": role("admin"), "implies": [role("manager")] },
                { "prior_role": role("manager"), "implies": [role("member")] },
                { "prior_role": role("member"), "implies": [role("reader")] },
            ] })),
            ["role_assignments"] => {
                assert!(request.query().contains("effective"), "{}", request.query());
                let rows = known.users.iter().flat_map(|(user, roles)| {
                    roles.iter().map(move |name| {
                        json!({ "role": role(name), "user": { "id": user }, "scope": { "project": { "id": PROJECT } } })
                    })
                });
                answer(&json!({ "role_assignments": rows.collect::<Vec<_>>(), "links": {} }))
            }
            ["users", id] if !known.gone.contains(*id) => answer(&json!({ "user": {
                "id": id, "name": format!("name-of-{id}"), "domain_id": "default",
                "enabled": !known.disabled.contains(*id),
            } })),
            _ => error(404),
        }
    }
}

fn answer(body: &Value) -> Response {
    Response::new(200, body.to_string())
}

fn error(status: u16) -> Response {
    Response::new(status, json!({ "error": { "code": status, "message": "no", "title": "No" } }).to_string())
}
