use super::{Field, Kind, Role, Schema, Type};
use crate::api::ApiError;
use serde_json::{Map, Number, Value};

/// What a request's body is held against.
pub(crate) struct Check<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) role: Role,
    /// Whether there is a resource of a type with an id.
    pub(crate) exists: &'a dyn Fn(&str, &str) -> bool,
    /// Whether another resource of the type has this value in a field that must be unique.
    pub(crate) taken: &'a dyn Fn(&str, &Value) -> bool,
}

impl Check<'_> {
    /// What of a body counts when a resource is created: fields that are unknown or may not be written are dropped.
    pub(crate) fn create(
        &self,
        kind: &Type,
        body: &Map<String, Value>,
    ) -> Result<Map<String, Value>, ApiError> {
        let mut kept = self.written(kind, body, 'c')?;
        for field in kind.fields.values() {
            if let (false, Some(default)) = (kept.contains_key(field.name), &field.default) {
                kept.insert(field.name.to_owned(), default.clone());
            }
            if field.required && field.may(self.role, 'c') && kept.get(field.name).is_none_or(Value::is_null)
            {
                return Err(ApiError::invalid("MissingRequired", field.name));
            }
        }
        Ok(kept)
    }

    /// What of a body counts when a resource is updated.
    pub(crate) fn update(
        &self,
        kind: &Type,
        body: &Map<String, Value>,
    ) -> Result<Map<String, Value>, ApiError> {
        self.written(kind, body, 'u')
    }

    fn written(
        &self,
        kind: &Type,
        body: &Map<String, Value>,
        right: char,
    ) -> Result<Map<String, Value>, ApiError> {
        let mut kept = Map::new();
        for (name, value) in body {
            let Some(field) = kind.fields.get(name.as_str()).filter(|field| field.may(self.role, right))
            else {
                continue;
            };
            if value.is_null() {
                if field.required {
                    return Err(ApiError::invalid("NotNullable", field.name));
                }
                if right == 'u' {
                    kept.insert(name.clone(), Value::Null);
                }
                continue;
            }
            let value = self.convert(field.name, &field.kind, value)?;
            match &value {
                Value::Array(items) => items.iter().try_for_each(|item| within(field, item))?,
                Value::Object(_) => {}
                value => within(field, value)?,
            }
            if field.unique && (self.taken)(field.name, &value) {
                return Err(ApiError::invalid("NotUnique", field.name));
            }
            kept.insert(name.clone(), value);
        }
        Ok(kept)
    }

    fn convert(&self, name: &str, kind: &Kind, value: &Value) -> Result<Value, ApiError> {
        let wrong = || ApiError::invalid("InvalidFormat", name);
        match kind {
            Kind::Json => Ok(value.clone()),
            Kind::Text | Kind::Password | Kind::Enum | Kind::Date => {
                text(value).map(Value::String).ok_or_else(wrong)
            }
            Kind::Integer => integer(value).map(|number| Value::Number(number.into())).ok_or_else(wrong),
            Kind::Boolean => boolean(value).map(Value::Bool).ok_or_else(wrong),
            Kind::Reference(to) => {
                let id = text(value).ok_or_else(wrong)?;
                if !(self.exists)(to, &id) {
                    return Err(ApiError::invalid("InvalidReference", name));
                }
                Ok(Value::String(id))
            }
            Kind::List(of) => {
                let items = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
                if items.iter().any(Value::is_null) {
                    return Err(ApiError::invalid("NotNullable", name));
                }
                items.iter().map(|item| self.convert(name, of, item)).collect()
            }
            Kind::Map(of) => {
                let entries = value.as_object().ok_or_else(wrong)?;
                let converted = entries.iter().map(|(key, item)| {
                    let item = if item.is_null() { Value::Null } else { self.convert(name, of, item)? };
                    Ok((key.clone(), item))
                });
                Ok(Value::Object(converted.collect::<Result<_, ApiError>>()?))
            }
            Kind::Value(of) => {
                let of = self.schema.named(of).ok_or_else(wrong)?;
                let empty = Map::new();
                self.create(of, value.as_object().unwrap_or(&empty)).map(Value::Object)
            }
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        #[expect(clippy::cast_possible_truncation, reason = "the server cuts a fraction too")]
        Value::Number(number) => Number::as_i64(number).or_else(|| number.as_f64().map(|float| float as i64)),
        _ => None,
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Holds one value against a field's limits.
fn within(field: &Field, value: &Value) -> Result<(), ApiError> {
    let fail = |code| Err(ApiError::invalid(code, field.name));
    match value {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            if field.min.is_some_and(|min| number < min) {
                return fail("MinLimitExceeded");
            }
            if field.max.is_some_and(|max| number > max) {
                return fail("MaxLimitExceeded");
            }
        }
        Value::String(text) => {
            let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            if field.min.is_some_and(|min| length < min) {
                return fail("MinLengthExceeded");
            }
            if field.max.is_some_and(|max| length > max) {
                return fail("MaxLengthExceeded");
            }
            if field.kind == Kind::Enum && !field.options.contains(&text.as_str()) {
                return fail("InvalidOption");
            }
            let punctuation = field.chars.map(|chars| chars.trim_start_matches("a-zA-Z0-9"));
            let odd =
                |c: char| punctuation.is_some_and(|more| !c.is_ascii_alphanumeric() && !more.contains(c));
            if text.chars().any(odd) {
                return fail("InvalidCharacters");
            }
        }
        _ => {}
    }
    Ok(())
}
