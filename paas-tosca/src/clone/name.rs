//! The name of a template.

use super::{
    edit,
    insert::{self, Entry},
    plan::{Planner, nowhere},
    scalar::{self, Quotes},
    trace::Stuck,
};
use crate::yaml::NodeRef;

impl Planner<'_, '_> {
    /// Gives the template another name.
    pub(super) fn name(&mut self) {
        let Some(new) = self.mapping.name.as_deref() else { return };
        let cause = self.mapping.origins.of("name");
        if let Err(stuck) = self.set_name(new) {
            self.stuck(stuck, cause);
        }
    }

    fn set_name(&mut self, new: &str) -> Result<(), Stuck> {
        const KEY: &str = "template_name";
        let root = self.tracer.root;
        let (file, text) = self.text(root)?;
        let metadata = root.entry("metadata");
        let in_metadata = metadata.and_then(|(_, map)| map.entry(KEY));
        let is_said =
            |entry: &(NodeRef<'_>, NodeRef<'_>)| entry.1.text().is_some_and(|text| !text.is_empty());
        let value = scalar::string(new, Quotes::None, "");
        let edits = match in_metadata.or_else(|| root.entry(KEY).filter(is_said)) {
            Some((_, old)) if old.text() == Some(new) => Vec::new(),
            Some((_, old)) if !old.is_null() => edit::set_string(text, old, new),
            Some((key, old)) => insert::fill(text, key, old, &value).into_iter().collect(),
            None => {
                let edit = match metadata {
                    Some((key, map)) if map.is_null() => {
                        insert::fill(text, key, map, &format!("{{ {KEY}: {value} }}"))
                    }
                    Some((_, map)) => insert::add(text, map, &[], &Entry { keys: &[KEY], value: &value }),
                    None => {
                        let keys = ["metadata", KEY];
                        let after = ["tosca_definitions_version"];
                        insert::add(text, root, &after, &Entry { keys: &keys, value: &value })
                    }
                };
                vec![edit.ok_or_else(|| nowhere(root))?]
            }
        };
        self.push(file, edits);
        Ok(())
    }
}
