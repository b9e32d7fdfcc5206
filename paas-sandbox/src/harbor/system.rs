use super::rights::Caller;
use crate::api::{Reply, Request};
use serde_json::json;

/// The version that it says it is of, so that nobody takes it for a real one.
const VERSION: &str = "v2.16.0-sandbox";

pub(super) fn health() -> Reply {
    let components = ["core", "database", "jobservice", "portal", "redis", "registry", "registryctl"];
    let components = components.map(|name| json!({"name": name, "status": "healthy"}));
    Reply::json(200, &json!({"status": "healthy", "components": components}))
}

/// Who is not logged in is not told the version.
pub(super) fn info(request: &Request, caller: &Caller, now: &str) -> Reply {
    let mut info = json!({
        "auth_mode": "db_auth",
        "primary_auth_mode": false,
        "self_registration": false,
        "banner_message": "",
    });
    if let (Ok(_), Some(info)) = (caller.user(), info.as_object_mut()) {
        let host = request.origin.split_once("://").map_or(request.origin.as_str(), |(_, host)| host);
        info.insert("harbor_version".to_owned(), VERSION.into());
        info.insert("registry_url".to_owned(), host.into());
        info.insert("external_url".to_owned(), request.origin.as_str().into());
        info.insert("project_creation_restriction".to_owned(), "everyone".into());
        info.insert("read_only".to_owned(), false.into());
        info.insert("current_time".to_owned(), now.into());
    }
    Reply::json(200, &info)
}
