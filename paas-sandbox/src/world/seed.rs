use super::{Id, World, keys::ADMIN};
use serde_json::{Map, json};

/// What a sandbox can be filled with beforehand. All of it is ready at once.
impl World {
    /// An environment that is active; answers its id.
    pub(crate) fn seed_environment(&mut self, name: &str) -> Option<(Id, String)> {
        let kind = self.schema.named("project")?;
        let name = json!({ "name": name });
        let fields = self.project_fields(ADMIN, name.as_object().cloned().unwrap_or_default()).ok()?;
        let id = self.insert_active(kind, None, fields);
        self.project_made(id, self.settings.hosts);
        Some((id, self.id_text(id)))
    }

    /// A person who is no administrator; answers the id of the account.
    pub(crate) fn seed_person(&mut self, name: &str) -> String {
        let number = self.numbers.entry("project").or_default();
        *number += 1;
        let number = *number;
        self.people.insert(number, name.to_owned());
        format!("1a{number}")
    }

    /// A key of an account; answers both halves.
    pub(crate) fn seed_key(&mut self, account: &str) -> (String, String) {
        let fields = self.key_fields(account, Map::new());
        let half =
            |field: &str| fields.get(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let pair = (half("publicValue"), half("secretValue"));
        if let Some(kind) = self.schema.named("apiKey") {
            self.insert_active(kind, None, fields);
        }
        pair
    }

    /// A certificate that load balancers may name.
    pub(crate) fn seed_certificate(&mut self, project: Id, name: &str) {
        if let Some(kind) = self.schema.named("certificate") {
            let fields = json!({"name": name, "CN": name, "cert": "", "key": ""});
            self.insert_active(kind, Some(project), fields.as_object().cloned().unwrap_or_default());
        }
    }
}
