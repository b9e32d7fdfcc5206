//! One cloud: which of them, and what its keys say. The rules are those of openstacksdk.

use super::{super::configuration, CloudFiles};
use crate::Result;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use yaml_serde::{Mapping, Value};

/// What variables are called that choose or change a cloud, and describe none.
const SELECTORS: [&str; 5] =
    ["OS_CLOUD", "OS_REGION_NAME", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME"];

/// Variables of test tools.
const OF_OTHERS: [&str; 3] = ["OS_TEST", "OS_STD", "OS_LOG"];

/// Keys that come from outside of `auth` first: there the variables are. All others come from `auth` first.
const OUTSIDE_FIRST: [&str; 10] = [
    "domain_id",
    "domain_name",
    "user_domain_id",
    "user_domain_name",
    "project_domain_id",
    "project_domain_name",
    "token",
    "auth_token",
    "project_id",
    "project_name",
];

/// A cloud with all of its keys, `-` in their names written as `_`.
pub(super) struct Cloud {
    pub(super) name: String,
    auth: BTreeMap<String, Value>,
    outside: BTreeMap<String, Value>,
    /// What `OS_REGION_NAME` chooses.
    region: Option<String>,
}

impl Cloud {
    /// The cloud that is named, or that `OS_CLOUD` names; else the one that variables describe; else the only one.
    pub(super) fn choose(
        named: Option<&str>,
        files: &CloudFiles,
        variables: &BTreeMap<String, String>,
    ) -> Result<Self> {
        let variable = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        let mut clouds = section("clouds.yaml", files.clouds.as_ref(), "clouds")?;
        merge(&mut clouds, section("secure.yaml", files.secure.as_ref(), "clouds")?);

        let own_name = variable("OS_CLOUD_NAME").map_or("envvars", String::as_str);
        let described = described(variables);
        if !described.is_empty() && clouds.contains_key(own_name) {
            return Err(configuration(format!(
                "a cloud of `clouds.yaml` is called `{own_name}`, as the one that the variables `OS_*` describe; rename it, \
                 or set `OS_CLOUD_NAME`"
            )));
        }
        let region = variable("OS_REGION_NAME").cloned();
        let name = match named.or_else(|| variable("OS_CLOUD").map(String::as_str)) {
            Some(name) => name.to_owned(),
            None if !described.is_empty() => own_name.to_owned(),
            None => only(&clouds)?,
        };
        if name == own_name && !described.is_empty() {
            let outside = described.into_iter().map(|(key, value)| (key, Value::String(value))).collect();
            return Ok(Self { name, auth: BTreeMap::new(), outside, region });
        }
        let Some(entry) = clouds.get(name.as_str()) else {
            return Err(configuration(format!("no cloud is called `{name}`; there is {}", listed(&clouds))));
        };
        let entry = mapping(entry, &format!("the cloud `{name}`"))?;
        let mut this = Self { name, auth: BTreeMap::new(), outside: BTreeMap::new(), region };
        this.lay_profile(entry, files)?;
        this.lay(entry)?;
        Ok(this)
    }

    /// What a profile says that the cloud refers to: laid below its own words.
    fn lay_profile(&mut self, entry: &Mapping, files: &CloudFiles) -> Result<()> {
        let Some(name) = entry.get("profile").or_else(|| entry.get("cloud")).and_then(Value::as_str) else {
            return Ok(());
        };
        let profiles = section("clouds-public.yaml", files.public.as_ref(), "public-clouds")?;
        let profile = profiles.get(name).ok_or_else(|| {
            configuration(format!(
                "the cloud `{}` refers to the profile `{name}`, which is not in `clouds-public.yaml`; profiles that \
                 OpenStack's own tools bring along are not known here",
                self.name
            ))
        })?;
        self.lay(mapping(profile, &format!("the profile `{name}`"))?)
    }

    fn lay(&mut self, entry: &Mapping) -> Result<()> {
        for (key, value) in entry {
            let Some(key) = key.as_str().map(normal) else { continue };
            if key != "auth" {
                self.outside.insert(key, value.clone());
                continue;
            }
            if value.is_null() {
                continue;
            }
            for (key, value) in mapping(value, &format!("`auth` of the cloud `{}`", self.name))? {
                if let Some(key) = key.as_str() {
                    self.auth.insert(normal(key), value.clone());
                }
            }
        }
        Ok(())
    }

    fn value(&self, key: &str) -> Option<&Value> {
        let (first, second) = if OUTSIDE_FIRST.contains(&key) || key.starts_with("tenant") {
            (&self.outside, &self.auth)
        } else {
            (&self.auth, &self.outside)
        };
        let given = |value: Option<&'_ Value>| {
            value.is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
        };
        if given(first.get(key)) { first.get(key) } else { second.get(key) }
    }

    /// A text; numbers and truths count as such. Nothing and an empty text count as not given.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>> {
        match self.value(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::Bool(truth)) => Ok(Some(truth.to_string())),
            Some(_) => Err(configuration(format!("`{key}` is not a text"))),
        }
    }

    /// The first of several keys that is given.
    pub(super) fn first(&self, keys: &[&str]) -> Result<Option<String>> {
        for key in keys {
            if let Some(text) = self.text(key)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// A text that is secret. It must be one in the file too: readers do not agree on what `0123` is.
    pub(super) fn secret(&self, key: &str) -> Result<Option<SecretString>> {
        match self.value(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str().into())),
            Some(_) => Err(configuration(format!("`{key}` is not a text; put it in quotes"))),
        }
    }

    /// Yes or no; a variable says `true` or anything else.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>> {
        match self.value(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => {
                Ok(Some(matches!(text.to_lowercase().as_str(), "true" | "yes" | "1")))
            }
            Some(_) => Err(configuration(format!("`{key}` is neither `true` nor `false`"))),
        }
    }

    /// The region that is chosen: one of those that the cloud has, if it says which it has.
    pub(super) fn region(&self) -> Result<Option<String>> {
        let known: Vec<String> = match self.outside.get("regions") {
            Some(Value::Sequence(regions)) => {
                regions.iter().filter_map(|region| name(region).map(str::to_owned)).collect()
            }
            _ => self.text("region_name")?.into_iter().collect(),
        };
        match &self.region {
            Some(region) if known.is_empty() || known.contains(region) => Ok(Some(region.clone())),
            Some(region) => Err(configuration(format!(
                "`OS_REGION_NAME` is `{region}`, which is none of its regions: `{}`",
                known.join("`, `")
            ))),
            None => Ok(known.into_iter().next()),
        }
    }
}

/// A region is a name, or a mapping with one.
fn name(region: &Value) -> Option<&str> {
    region.as_str().or_else(|| region.as_mapping()?.get("name")?.as_str())
}

/// What the variables say of a cloud, if they describe one: `OS_AUTH_URL` is `auth_url`.
fn described(variables: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let is_ours =
        |name: &str| name.starts_with("OS_") && !OF_OTHERS.iter().any(|other| name.starts_with(other));
    let ours = variables.iter().filter(|(name, value)| is_ours(name) && !value.is_empty());
    let all: BTreeMap<&String, &String> = ours.collect();
    if all.keys().all(|name| SELECTORS.contains(&name.as_str())) {
        return BTreeMap::new();
    }
    let key = |name: &str| name.trim_start_matches("OS_").to_lowercase();
    all.into_iter().map(|(name, value)| (key(name), value.clone())).collect()
}

/// The clouds of a file, or its profiles.
fn section(file: &str, text: Option<&SecretString>, key: &str) -> Result<Mapping> {
    let Some(text) = text else { return Ok(Mapping::new()) };
    let document: Value = yaml_serde::from_str(text.expose_secret()).map_err(|error| {
        // What the parser says could show parts of a password: only where it is.
        let place = error
            .location()
            .map_or_else(String::new, |place| format!(", line {} column {}", place.line(), place.column()));
        configuration(format!("`{file}` is not YAML{place}"))
    })?;
    match document {
        Value::Null => Ok(Mapping::new()),
        Value::Mapping(document) => match document.get(key) {
            None | Some(Value::Null) => Ok(Mapping::new()),
            Some(Value::Mapping(clouds)) => Ok(clouds.clone()),
            Some(_) => Err(configuration(format!("`{key}` of `{file}` is not a mapping"))),
        },
        _ => Err(configuration(format!("`{file}` is not a mapping with `{key}`"))),
    }
}

/// Lays one mapping over another, mappings in it too.
fn merge(below: &mut Mapping, above: Mapping) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Mapping(below)), Value::Mapping(above)) => merge(below, above),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

fn only(clouds: &Mapping) -> Result<String> {
    match (clouds.len(), clouds.keys().next().and_then(Value::as_str)) {
        (0, _) => Err(configuration(
            "there is no cloud: no `clouds.yaml` describes one, and no variables `OS_*` do; set `OS_AUTH_URL` and the \
             others, or write `clouds.yaml`",
        )),
        (1, Some(name)) => Ok(name.to_owned()),
        _ => Err(configuration(format!("`OS_CLOUD` does not say which cloud; there is {}", listed(clouds)))),
    }
}

fn listed(clouds: &Mapping) -> String {
    let names: Vec<&str> = clouds.keys().filter_map(Value::as_str).take(20).collect();
    if names.is_empty() { "none".to_owned() } else { format!("`{}`", names.join("`, `")) }
}

fn mapping<'a>(value: &'a Value, what: &str) -> Result<&'a Mapping> {
    value.as_mapping().ok_or_else(|| configuration(format!("{what} is not a mapping")))
}

fn normal(key: &str) -> String {
    key.replace('-', "_")
}
