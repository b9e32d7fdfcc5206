use super::{Field, Kind, Role, Schema, Type};
use serde_json::{Map, Value, json};

/// The types as `/schemas` answers them, for a role; `base` is the address that paths are put behind.
pub(crate) fn schemas(schema: &Schema, role: Role, base: &str) -> Vec<Value> {
    schema
        .types
        .values()
        .filter(|kind| kind.name != "common" && (!kind.is_resource() || kind.may(role, 'r')))
        .map(|kind| one(kind, role, base))
        .collect()
}

fn one(kind: &Type, role: Role, base: &str) -> Value {
    let mut links = json!({"self": format!("{base}/schemas/{}", kind.name.to_ascii_lowercase())});
    if let (true, Some(links)) = (kind.is_resource(), links.as_object_mut()) {
        links.insert("collection".to_owned(), format!("{base}/{}", kind.plural.to_ascii_lowercase()).into());
    }
    let methods = |pairs: &[(char, &str)]| -> Vec<String> {
        pairs
            .iter()
            .filter(|(right, _)| kind.may(role, *right))
            .map(|(_, method)| (*method).to_owned())
            .collect()
    };
    let fields = kind.fields.values().filter(|field| "cruo".chars().any(|right| field.may(role, right)));
    let actions = kind.actions.iter().map(|(name, input)| {
        let output = if kind.is_service() { "service" } else { kind.name };
        ((*name).to_owned(), json!({"input": input, "output": output}))
    });
    json!({
        "id": kind.name,
        "type": "schema",
        "baseType": "schema",
        "links": links,
        "actions": {},
        "pluralName": if kind.plural.is_empty() { format!("{}s", kind.name) } else { kind.plural.to_owned() },
        "collectionMethods": methods(&[('r', "GET"), ('c', "POST")]),
        "resourceMethods": methods(&[('r', "GET"), ('u', "PUT"), ('d', "DELETE")]),
        "resourceActions": actions.collect::<Map<_, _>>(),
        "resourceFields": fields.map(|each| (each.name.to_owned(), field(each, role))).collect::<Map<_, _>>(),
        "collectionActions": {},
        "collectionFields": {},
        "collectionFilters": {},
        "includeableLinks": [],
    })
}

fn field(field: &Field, role: Role) -> Value {
    let mut shown = json!({
        "type": word(&field.kind),
        "create": field.may(role, 'c'),
        "update": field.may(role, 'u'),
        "nullable": !field.required,
        "readOnCreateOnly": field.may(role, 'o'),
    });
    let length = matches!(field.kind, Kind::Text | Kind::Password);
    let more = [
        ("required", field.required.then(|| true.into())),
        ("unique", field.unique.then(|| true.into())),
        ("default", field.default.clone()),
        (if length { "minLength" } else { "min" }, field.min.map(Value::from)),
        (if length { "maxLength" } else { "max" }, field.max.map(Value::from)),
        ("validChars", field.chars.map(Value::from)),
        ("options", (!field.options.is_empty()).then(|| json!(field.options))),
    ];
    if let Some(shown) = shown.as_object_mut() {
        for (name, value) in more {
            shown.extend(value.map(|value| (name.to_owned(), value)));
        }
    }
    shown
}

fn word(kind: &Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Password => "password".to_owned(),
        Kind::Enum => "enum".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Integer => "int".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Json => "json".to_owned(),
        Kind::Value(name) => (*name).to_owned(),
        Kind::Reference(to) => format!("reference[{to}]"),
        Kind::List(of) => format!("array[{}]", word(of)),
        Kind::Map(of) => format!("map[{}]", word(of)),
    }
}
