use super::{Id, Resource, World};
use serde_json::{Map, Value, json};

impl World {
    /// The words of the server if a container mounts an external volume that its environment does not have.
    pub(super) fn missing_volume(&self, container: &Resource) -> Option<String> {
        let missing = self.mounts(container).into_iter().any(|mount| {
            mount.template.flag("external")
                && self.volume_named(container.project, mount.template.name()).is_none()
        });
        let unit = container.text("deploymentUnitUuid").unwrap_or_default();
        missing.then(|| format!("Failed to locate volume for instance of deployment unit [{unit}]"))
    }

    /// Mounts the volumes that a container names, and makes those of its stack that are not there yet.
    pub(super) fn mount_volumes(&mut self, container: &Resource) {
        let mounts: Vec<(Resource, String)> =
            self.mounts(container).into_iter().map(|mount| (mount.template.clone(), mount.path)).collect();
        for (template, path) in mounts {
            let existing = if template.flag("external") {
                self.volume_named(container.project, template.name())
            } else {
                self.volume_of_template(&template, container)
            };
            let Some(volume) = existing.or_else(|| self.add_volume(&template, container)) else { continue };
            let mount = json!({
                "type": "mountEntry",
                "instanceId": container.id_text(),
                "instanceName": container.name(),
                "path": path,
                "volumeId": self.id_text(volume),
                "volumeName": self.get(volume).map(Resource::name),
            });
            if let Some(volume) = self.get_mut(volume)
                && let Some(mounts) =
                    volume.fields.entry("mounts").or_insert_with(|| json!([])).as_array_mut()
            {
                mounts.push(mount);
            }
            self.try_begin(volume, "activate");
        }
    }

    /// Takes a removed container out of the volumes that it had mounted.
    pub(super) fn release_volumes(&mut self, container: Id) {
        let name = self.id_text(container);
        let of_container = |mount: &Value| mount.get("instanceId").and_then(Value::as_str) == Some(&name);
        let mut idle = Vec::new();
        for volume in self.resources.values_mut().filter(|each| each.kind.name == "volume") {
            if let Some(mounts) = volume.fields.get_mut("mounts").and_then(Value::as_array_mut) {
                let before = mounts.len();
                mounts.retain(|mount| !of_container(mount));
                if mounts.is_empty() && before > 0 {
                    idle.push(volume.id);
                }
            }
        }
        for volume in idle {
            self.try_begin(volume, "deactivate");
        }
    }

    fn mounts(&self, container: &Resource) -> Vec<Mount<'_>> {
        let volumes = container.fields.get("dataVolumes").and_then(Value::as_array);
        let stack = container.text("stackId").unwrap_or_default().to_owned();
        let mount = |text: &str| {
            let (source, rest) = text.split_once(':')?;
            let path = rest.split_once(':').map_or(rest, |(path, _)| path);
            let mut templates = self.all("volumeTemplate").filter(|each| each.is_live());
            let template = templates
                .find(|each| each.name() == source && each.text("stackId") == Some(stack.as_str()))?;
            Some(Mount { template, path: path.to_owned() })
        };
        volumes.into_iter().flatten().filter_map(Value::as_str).filter_map(mount).collect()
    }

    fn volume_named(&self, project: Option<Id>, name: &str) -> Option<Id> {
        let fits = |volume: &&Resource| {
            volume.project == project && volume.removed.is_none() && volume.name() == name
        };
        self.all("volume").find(fits).map(|volume| volume.id)
    }

    fn volume_of_template(&self, template: &Resource, container: &Resource) -> Option<Id> {
        let (template_id, unit) =
            (template.id_text(), container.text("deploymentUnitUuid").unwrap_or_default());
        let fits = |volume: &&Resource| !template.flag("perContainer") || volume.name().contains(unit);
        self.live_with("volume", "volumeTemplateId", &template_id).find(fits).map(|volume| volume.id)
    }

    fn add_volume(&mut self, template: &Resource, container: &Resource) -> Option<Id> {
        let kind = self.schema.named("volume")?;
        let stack = container.text("stackId")?.to_owned();
        let stack_name = self.find(self.schema.named("stack")?, &stack)?.name().to_owned();
        let tail = self.chance.word(5, "0123456789abcdef");
        let mut name = format!("{stack_name}_{}_", template.name());
        if template.flag("perContainer") {
            let index = container.number("createIndex").unwrap_or_default();
            name.push_str(&format!("{index}_{}_", container.text("deploymentUnitUuid").unwrap_or_default()));
        }
        let mut fields = Map::new();
        for field in ["driver", "driverOpts"] {
            fields.extend(template.fields.get(field).map(|value| (field.to_owned(), value.clone())));
        }
        fields.insert("name".to_owned(), (name + &tail).into());
        fields.insert("stackId".to_owned(), stack.into());
        fields.insert("volumeTemplateId".to_owned(), template.id_text().into());
        let id = self.insert(kind, container.project, fields);
        if let Some(volume) = self.get_mut(id) {
            volume.state = "registering";
        }
        Some(id)
    }
}

struct Mount<'a> {
    template: &'a Resource,
    path: String,
}
