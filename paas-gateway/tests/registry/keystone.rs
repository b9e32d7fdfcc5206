//! A Keystone that knows a few users, whose passwords are `canary-` and their names.

use paas_client::{
    BoxFuture, ExposeSecret,
    transport::{Canned, Method, Request, Response, Transport, TransportError},
};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

/// A user, where it has a role, and that role.
type Row = (&'static str, &'static str, &'static str);

/// What users have where.
#[derive(Clone)]
pub(super) struct Keystone {
    roles: Arc<Mutex<Vec<Row>>>,
    /// The status with which all is answered, unless it is zero.
    pub(super) status: Arc<AtomicU16>,
    canned: Arc<Mutex<Option<Canned>>>,
}

impl Default for Keystone {
    fn default() -> Self {
        let roles = vec![
            ("admin", "system", "admin"),
            ("manager", "a", "manager"),
            ("senior", "a", "senior"),
            ("member", "a", "member"),
            ("reader", "a", "reader"),
            ("of-b", "b", "member"),
            ("two", "a", "manager"),
            ("two", "b", "manager"),
            // In Keystone, `admin` in a project is not one of the platform.
            ("project-admin", "b", "admin"),
        ];
        Self { roles: Arc::new(Mutex::new(roles)), status: Arc::default(), canned: Arc::default() }
    }
}

impl Keystone {
    pub(super) fn transport(&self) -> Canned {
        let this = self.clone();
        let canned = Canned::new(move |request| Ok(this.answer(request)));
        *self.canned.lock().unwrap() = Some(canned.clone());
        canned
    }

    /// How often it was asked.
    pub(super) fn asked(&self) -> usize {
        self.canned.lock().unwrap().as_ref().unwrap().requests().len()
    }

    pub(super) fn take_role(&self, user: &str, scope: &str) {
        self.roles.lock().unwrap().retain(|(owner, at, _)| (*owner, *at) != (user, scope));
    }

    fn answer(&self, request: &Request) -> Response {
        match self.status.load(Ordering::Relaxed) {
            0 => {}
            // Of somebody in between.
            401 => return Response::new(401, "<html>no</html>"),
            status => return refused(status),
        }
        match request.method {
            Method::Get => {
                let subject = request.secrets.iter().find(|(name, _)| *name == "x-subject-token").unwrap();
                self.token(subject.1.expose_secret()).map_or_else(|| refused(404), |(_, answer)| answer)
            }
            _ => {
                let body: Value = serde_json::from_slice(request.body.as_ref().unwrap()).unwrap();
                self.issued(&body["auth"]).unwrap_or_else(|| refused(401))
            }
        }
    }

    fn issued(&self, auth: &Value) -> Option<Response> {
        let identity = &auth["identity"];
        let scope = match &auth["scope"] {
            scope if scope["system"]["all"] == true => "system".to_owned(),
            scope => scope["project"]["id"].as_str().unwrap_or("none").to_owned(),
        };
        let name = match identity["methods"][0].as_str()? {
            "password" => {
                let user = &identity["password"]["user"];
                let name = user["name"].as_str()?;
                let is_right =
                    user["password"] == format!("canary-{name}") && user["domain"]["name"] == "Default";
                let is_known =
                    name == "promotion" || self.roles.lock().unwrap().iter().any(|(user, ..)| *user == name);
                (is_right && is_known).then(|| format!("{name}|{scope}"))?
            }
            "token" => {
                let token = identity["token"]["id"].as_str()?;
                // It would allow more than we ask for: any token for any scope.
                let (name, _) = token.strip_prefix("canary-token-")?.split_once('|')?;
                format!("{name}|{scope}")
            }
            _ => {
                let credential = &identity["application_credential"];
                let id = credential["id"].as_str()?;
                (credential["secret"] == format!("canary-{id}")).then(|| format!("manager|a|{id}"))?
            }
        };
        let token = format!("canary-token-{name}");
        let (has_role, mut answer) = self.token(&token)?;
        if scope != "none" && !has_role {
            return None;
        }
        answer.status = 201;
        Some(answer.header("X-Subject-Token", &token))
    }

    /// What a token tells: whose it is and where it is good stands in it.
    fn token(&self, token: &str) -> Option<(bool, Response)> {
        let mut parts = token.strip_prefix("canary-token-")?.split('|');
        let (name, scope, credential) = (parts.next()?, parts.next()?, parts.next());
        let roles = self.roles.lock().unwrap();
        let roles: Vec<Value> = roles
            .iter()
            .filter(|(user, at, _)| (*user, *at) == (name, scope))
            .map(|(_, _, role)| json!({ "id": format!("id-{role}"), "name": role }))
            .collect();
        let ends = if name == "of-b" { "2026-11-21T21:07:58.000000Z" } else { "2026-11-21T22:05:58.000000Z" };
        let mut told = json!({
            "user": { "id": name, "name": name }, "methods": ["password"], "audit_ids": ["a"],
            "issued_at": "2026-11-21T21:00:00.000000Z", "expires_at": ends,
        });
        let has_role = !roles.is_empty();
        match scope {
            "none" => {}
            "system" => told["system"] = json!({ "all": true }),
            project => told["project"] = json!({ "id": project }),
        }
        if scope != "none" {
            told["roles"] = roles.into();
        }
        match credential {
            Some("ruled") => {
                let rules = [
                    ("image", "GET", "/v2/team-a/**"),
                    ("image", "PUT", "/v2/team-a/ci"),
                    ("compute", "DELETE", "**"),
                ]
                .map(|(service, method, path)| json!({ "service": service, "method": method, "path": path }));
                told["application_credential"] = json!({ "id": "ruled", "access_rules": rules });
            }
            Some("trust") => told["OS-TRUST:trust"] = json!({ "id": "t1" }),
            Some(other) => told["application_credential"] = json!({ "id": other }),
            None => {}
        }
        Some((has_role, Response::new(200, json!({ "token": told }).to_string())))
    }
}

fn refused(status: u16) -> Response {
    let error = json!({ "error": { "code": status, "message": "canary-message", "title": "no" } });
    Response::new(status, error.to_string())
}

/// Lets others on before it answers, as a server far away does.
#[derive(Debug)]
pub(super) struct Waits(pub(super) Canned);

impl Transport for Waits {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.send(request).await
        })
    }
}
