//! The published types of two real servers, read from beside the checkout.

use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What a server of 2017 said of its types, and what a client of 2018 knew of them.
pub(crate) struct Schemas {
    dump: Value,
    later: Value,
    folder: PathBuf,
}

/// What a request does with the fields that it sends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Use {
    Create,
    Update,
}

impl Schemas {
    /// The types, or nothing where the data are not there.
    pub(crate) fn load() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/rancher");
        let read = |name: &str| -> Option<Value> {
            Some(serde_json::from_str(&fs::read_to_string(folder.join(name)).ok()?).unwrap())
        };
        let dump = read("api/schemas-v2-beta-2017-01.json");
        let later = read("api/types-go-rancher-v2.json");
        let (Some(dump), Some(later)) = (dump, later) else {
            eprintln!("skipped: there is no ../shared/data/rancher beside the checkout");
            return None;
        };
        Some(Self { dump, later, folder })
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }

    /// A type of the dump.
    pub(crate) fn old_type(&self, name: &str) -> Option<&Value> {
        self.dump["data"].as_array().unwrap().iter().find(|schema| schema["id"] == name)
    }

    /// A type of the later client.
    pub(crate) fn later_type(&self, name: &str) -> Option<&Value> {
        self.later.get(name)
    }

    /// Holds a body against a type: each field is known, may be written, and has the right form. Gives the fields back
    /// that only the later client knows.
    pub(crate) fn check(&self, name: &str, how: Use, body: &Value) -> BTreeSet<String> {
        let mut only_later = BTreeSet::new();
        self.check_into(name, how, body, &mut only_later);
        only_later
    }

    fn check_into(&self, name: &str, how: Use, body: &Value, only_later: &mut BTreeSet<String>) {
        let (old, new) = (self.old_type(name), self.later_type(name));
        assert!(old.is_some() || new.is_some(), "no type `{name}`");
        for (field, value) in body.as_object().unwrap() {
            let place = format!("{name}.{field}");
            let old_field = old.and_then(|old| old["resourceFields"].get(field));
            let new_field = new.and_then(|new| new["fields"].get(field)).and_then(Value::as_str);
            assert!(new_field.is_some(), "`{place}` is not known to the later client");
            self.check_later_form(&place, new_field.unwrap(), value);
            let Some(old_field) = old_field else {
                only_later.insert(place);
                continue;
            };
            let key = match how {
                Use::Create => "create",
                Use::Update => "update",
            };
            assert_eq!(old_field[key], true, "`{place}` may not be written ({how:?})");
            self.check_form(&place, old_field["type"].as_str().unwrap(), how, value, only_later);
        }
    }

    fn check_form(
        &self,
        place: &str,
        form: &str,
        how: Use,
        value: &Value,
        only_later: &mut BTreeSet<String>,
    ) {
        let within = |outer: &str| form.strip_prefix(outer).and_then(|rest| rest.strip_suffix(']'));
        if let Some(items) = within("array[") {
            for item in value.as_array().unwrap_or_else(|| panic!("`{place}` is no list")) {
                self.check_form(place, items, how, item, only_later);
            }
        } else if let Some(values) = within("map[") {
            for value in value.as_object().unwrap_or_else(|| panic!("`{place}` is no map")).values() {
                self.check_form(place, values, how, value, only_later);
            }
        } else {
            match form {
                "string" | "enum" | "date" => assert!(value.is_string(), "`{place}` is no text"),
                _ if form.starts_with("reference[") => assert!(value.is_string(), "`{place}` is no id"),
                "int" => assert!(value.is_i64(), "`{place}` is no number"),
                "boolean" => assert!(value.is_boolean(), "`{place}` is no boolean"),
                "json" => {}
                other => self.check_into(other, how, value, only_later),
            }
        }
    }

    fn check_later_form(&self, place: &str, form: &str, value: &Value) {
        let right = match form {
            "string" => value.is_string(),
            "bool" => value.is_boolean(),
            "int64" => value.is_i64(),
            "map[string]interface{}" => value.is_object(),
            "[]string" => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
            _ if form.starts_with("[]") => {
                value.as_array().is_some_and(|items| items.iter().all(Value::is_object))
            }
            _ if form.starts_with('*') => value.is_object(),
            other => panic!("`{place}` has the form `{other}`, which this test does not know"),
        };
        assert!(right, "`{place}` is no `{form}`: {value}");
    }
}
