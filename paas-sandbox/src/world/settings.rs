use super::World;
use serde_json::json;

/// What a sandbox is set to.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) version: String,
    /// Hosts of each new environment.
    pub(crate) hosts: u32,
    /// The name of the region that is the sandbox's own, if it has one.
    pub(crate) region: Option<String>,
    pub(crate) balancer_image: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: "v1.6.30".to_owned(),
            hosts: 1,
            region: Some("local".to_owned()),
            balancer_image: "rancher/lb-service-haproxy:v0.9.14".to_owned(),
        }
    }
}

impl World {
    /// Fills in what a fresh server has: its settings, its own region and the administrator's key.
    pub(crate) fn furnish(&mut self, url: &str) -> (String, String) {
        let values = [
            ("api.host", url.to_owned()),
            ("lb.instance.image", self.settings.balancer_image.clone()),
            ("rancher.server.version", self.settings.version.clone()),
            ("sandbox", "true".to_owned()),
        ];
        if let Some(kind) = self.schema.named("setting") {
            for (name, value) in values {
                let fields = json!({
                    "name": name, "value": value, "activeValue": value, "inDb": false, "source": "Sandbox",
                });
                self.insert_active(kind, None, fields.as_object().cloned().unwrap_or_default());
            }
        }
        if let (Some(kind), Some(name)) = (self.schema.named("region"), self.settings.region.clone()) {
            let (public, secret) = self.key_pair();
            let fields = json!({"name": name, "url": url, "local": true, "publicValue": public, "secretValue": secret});
            self.insert_active(kind, None, fields.as_object().cloned().unwrap_or_default());
        }
        self.seed_key(super::keys::ADMIN)
    }
}
