use super::machine;
use crate::schema::Type;
use serde_json::{Map, Value};

/// What tells one resource from all others of the sandbox.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Id {
    pub(crate) family: &'static str,
    pub(crate) number: u64,
}

/// One resource of the sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) id: Id,
    pub(crate) kind: &'static Type,
    /// The environment it belongs to.
    pub(crate) project: Option<Id>,
    pub(crate) state: &'static str,
    /// What it is waiting for, or why it failed.
    pub(crate) message: Option<String>,
    pub(crate) failed: bool,
    pub(crate) uuid: String,
    pub(crate) created: u64,
    pub(crate) removed: Option<u64>,
    /// Counts the processes begun, so that the end of one that was overtaken is not taken for the end of the next.
    pub(crate) turn: u64,
    pub(crate) fields: Map<String, Value>,
    /// Whether it is to be removed as soon as it is inactive.
    pub(crate) doomed: bool,
    /// The services that are started before this one when its stack starts by itself.
    pub(crate) after: Vec<Id>,
}

impl Resource {
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field).and_then(Value::as_str)
    }

    pub(crate) fn flag(&self, field: &str) -> bool {
        self.fields.get(field).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(crate) fn number(&self, field: &str) -> Option<i64> {
        self.fields.get(field).and_then(Value::as_i64)
    }

    pub(crate) fn name(&self) -> &str {
        self.text("name").unwrap_or_default()
    }

    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    /// The id as the API writes it.
    pub(crate) fn id_text(&self) -> String {
        if self.kind.machine == "setting" {
            return format!("{}!{}", self.kind.prefix, self.name());
        }
        format!("{}{}", self.kind.prefix, self.id.number)
    }

    pub(crate) fn transitioning(&self) -> &'static str {
        if machine::is_transitioning(self.kind.machine, self.state) {
            "yes"
        } else if self.failed {
            "error"
        } else {
            "no"
        }
    }

    /// Whether it is neither removed nor about to be.
    pub(crate) fn is_live(&self) -> bool {
        self.removed.is_none() && self.state != "removing"
    }

    /// A label of a service's main container.
    pub(crate) fn label(&self, label: &str) -> Option<&str> {
        self.fields.get("launchConfig")?.get("labels")?.get(label)?.as_str()
    }

    pub(crate) fn has_label_true(&self, label: &str) -> bool {
        self.label(label).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}
