//! Values of properties: editors and the reader agree on which are right.

use super::{
    codes::is_unseen,
    marks,
    types::{data, inherited, is_required, properties},
};
use paas_core::diagnostic::{Code, Diagnostic};
use paas_tosca::{Source, check};
use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value, json};

#[test]
fn right_values_of_every_property_are_taken_by_both() {
    let mut tried = 0;
    for property in properties() {
        for value in right(&property.definition).into_iter().chain(functions(&property.definition)) {
            let template = property.template(Some(value));
            assert_eq!((editor(&template), reader(&template)), (None, None), "{property:?}: {template}");
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried}");
}

#[test]
fn wrong_values_of_every_property_are_seen_by_both() {
    let mut tried = 0;
    for property in properties() {
        let missing = is_required(&property.definition).then_some(None);
        let wrong = wrong(&property.definition).into_iter().map(Some).chain(missing);
        for value in wrong {
            let template = property.template(value);
            let seen = (editor(&template).is_some(), reader(&template).is_some());
            assert_eq!(seen, (true, true), "{property:?}: {template}: {:?}", reader(&template));
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried}");
}

proptest! {
    #[test]
    fn both_agree_on_whatever_value(property in select(properties()), value in anything()) {
        let template = property.template(Some(value));
        let (editor, reader) = (editor(&template), reader(&template));
        prop_assert_eq!(editor.is_some(), reader.is_some(), "{}: {:?}, {:?}", template, editor, reader);
    }
}

/// What an editor marks first.
fn editor(template: &Value) -> Option<String> {
    marks(template).into_iter().next()
}

/// The first error of the reader that an editor can see. (JSON is YAML with all texts in quotes.)
fn reader(template: &Value) -> Option<String> {
    let text = template.to_string();
    let checked = check(&Source::new("template.yaml", text.as_str()), &crate::templates::options());
    // What text a function makes of others an editor does not work out.
    let is_of_made_text = |found: &Diagnostic| {
        let at = text.get(found.labels[0].place.start.offset as usize..).unwrap_or_default();
        let value = serde_json::Deserializer::from_str(at).into_iter::<Value>().next();
        let entries = value.and_then(Result::ok).and_then(|value| value.as_object().cloned());
        let call = entries.filter(|entries| entries.len() == 1).unwrap_or_default();
        found.code != Code::FunctionArguments
            && ["concat", "join", "token"].into_iter().any(|word| call.get(word).is_some_and(Value::is_array))
            && !found.message.ends_with("makes a text")
    };
    // Of days an editor knows each by itself, not how they go together.
    let is_seen = |found: &&Diagnostic| match found.code {
        Code::WindowDays => found.message.ends_with("is not a day") && !is_of_made_text(found),
        code => !is_unseen(code) && !is_of_made_text(found),
    };
    let seen = checked.diagnostics.iter().filter(|found| found.is_error()).find(is_seen);
    seen.map(ToString::to_string)
}

/// Functions that stand for any value, and for any that is written as a text.
fn functions(definition: &Value) -> Vec<Value> {
    let [input, text] = all_functions();
    if holds_text(definition) { vec![input, text] } else { vec![input] }
}

fn all_functions() -> [Value; 2] {
    [json!({ "get_input": "any" }), json!({ "concat": ["5", { "get_input": ["any", "key"] }] })]
}

fn holds_text(definition: &Value) -> bool {
    match definition["type"].as_str().unwrap() {
        "list" | "map" | "range" => false,
        name if data(name).is_some() => of_data(name, |_| false).unwrap_or_else(|base| holds_text(&base)),
        _ => true,
    }
}

/// Values of all shapes: those that are right somewhere, and others.
fn anything() -> impl Strategy<Value = Value> {
    const TEXTS: [&str; 22] = [
        "",
        "x",
        "5",
        "5 s",
        " .5E3 MiB ",
        "5 parsecs",
        "1e s",
        "08:00",
        "24:00",
        "tcp",
        "min",
        "low",
        "mon",
        "9",
        "UTC",
        "utc",
        "1.2.3",
        "2026-01-31",
        "UNBOUNDED",
        "one_writer",
        "http",
        "yes",
    ];
    const KEYS: [&str; 7] = ["k", "container", "port", "directory", "listen", "service", "concat"];
    let call = prop_oneof![
        select(all_functions().to_vec()),
        Just(json!({ "token": ["a:b", ":"] })),
        Just(json!({ "get_attribute": ["dmz"] })),
        Just(json!({ "concat": [] })),
        Just(json!({ "concat": [""] })),
        Just(json!({ "concat": ["x", 5] })),
        Just(json!({ "join": [["a"], ","] })),
        Just(json!({ "concat": [true] })),
        Just(json!({ "get_input": [] })),
        Just(json!({ "get_property": "dmz" })),
    ];
    let single = prop_oneof![
        select(&TEXTS[..]).prop_map(Value::from),
        select(&[0_i64, 1, 4, 7, 65_535, 65_536][..]).prop_map(Value::from),
        select(&[-0.5_f64, 0.5, 1.5][..]).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        call,
    ];
    single.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(select(&KEYS[..]), inner, 0..4).prop_map(|entries| {
                Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

/// Right literals by a definition, each of another kind.
pub(super) fn right(definition: &Value) -> Vec<Value> {
    let constraints = constraints(definition);
    if let Some(valid) = constraints.iter().find_map(|rule| rule["valid_values"].as_array()) {
        return valid.clone();
    }
    let entries = || right(&entry(definition));
    match definition["type"].as_str().unwrap() {
        "string" if is_time_of_day(&constraints) => vec![json!("00:00"), json!("19:30"), json!("23:59")],
        "string" => vec![json!("UTC")],
        "integer" => integers(&constraints),
        "float" => vec![json!(0.5), json!(3)],
        "boolean" => vec![json!(true), json!(false)],
        "version" => vec![json!("1.0"), json!("1.0.0.beta-1"), json!(1)],
        "timestamp" => vec![json!("2026-01-31"), json!("2026-01-31T10:00:00Z")],
        "scalar-unit.size" => vec![json!("512 MiB"), json!("1.5gb")],
        "scalar-unit.time" => vec![json!("5 s"), json!("250MS")],
        "scalar-unit.frequency" => vec![json!("2.4 GHz")],
        "scalar-unit.bitrate" => vec![json!("10 Mbps")],
        "range" => vec![json!([1, 5])],
        // The days of the profile are a list of texts, of which it takes some.
        "list" if is_days(definition) => vec![json!(["mon", "sun"]), json!(["1", "31"])],
        "list" => vec![json!([entries()[0]]), json!(entries()), json!([all_functions()[0]])],
        "map" => {
            let entries = entries();
            vec![json!({ "k": entries[0] }), json!({ "k": all_functions()[0], "token": entries[0] })]
        }
        name => of_data(name, |properties| {
            let value = |all: bool| -> Value {
                let given = properties.iter().filter(|(_, definition)| all || is_required(definition));
                given
                    .map(|(name, definition)| (name.clone(), right(definition).remove(0)))
                    .collect::<Map<_, _>>()
                    .into()
            };
            vec![value(false), value(true)]
        })
        .unwrap_or_else(|base| right(&base)),
    }
}

/// Wrong literals by a definition.
fn wrong(definition: &Value) -> Vec<Value> {
    let constraints = constraints(definition);
    let mut all = vec![Value::Null, json!({ "token": ["a", "b"] })];
    if !holds_text(definition) {
        all.extend([all_functions()[1].clone(), json!({ "concat": [""] }), json!({ "join": [["a"]] })]);
    }
    if constraints.iter().any(|rule| rule.get("valid_values").is_some()) {
        all.extend([json!("none of these"), json!(-77)]);
    }
    let others = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect::<Vec<_>>();
    match definition["type"].as_str().unwrap() {
        "string" => {
            all.extend([
                json!({ "get_inputs": "any" }),
                json!(5),
                json!(0.5),
                json!(true),
                json!([]),
                json!({}),
            ]);
            if is_time_of_day(&constraints) {
                all.extend(others(&["24:00", "7:00", "07:60", "x", "07:00 ", "107:00"]));
            }
        }
        "integer" => {
            all.extend([json!("5"), json!(1.5), json!(true), json!([]), json!({})]);
            all.extend(beyond(&constraints));
        }
        "float" => {
            all.extend([json!("0.5"), json!(true), json!([]), json!({})]);
            all.extend(constraints.iter().filter_map(|rule| rule.get("greater_than").cloned()));
        }
        "boolean" => all.extend([json!("true"), json!(1), json!([]), json!({})]),
        "version" | "timestamp" => all.extend([json!("x"), json!(true), json!([]), json!({})]),
        unit if unit.starts_with("scalar-unit") => {
            all.extend(others(&["5", "5 parsecs", "s", "-5 s", "5 s s"]));
            all.extend([json!(5), json!(true), json!([]), json!({})]);
        }
        "range" => all.extend([json!([1]), json!(["1", 2]), json!(1), json!([1, 2, 3]), json!([0, 99_999])]),
        "list" => {
            all.extend([json!("x"), json!({}), json!(5), json!([null])]);
            all.extend(wrong(&entry(definition)).into_iter().map(|entry| json!([entry])));
            if is_days(definition) {
                all.extend([json!(["monday"]), json!(["32"]), json!([1])]);
            }
        }
        "map" => {
            all.extend([json!("x"), json!([]), json!(5), json!({ "k": null })]);
            all.extend(wrong(&entry(definition)).into_iter().map(|entry| json!({ "k": entry })));
        }
        name => {
            let more = of_data(name, |properties| {
                let whole = right(definition).remove(0);
                let mut wrong_ones = vec![json!("x"), json!([]), json!(5)];
                let mut put = |name: &str, value: Option<Value>| {
                    let mut changed = whole.as_object().unwrap().clone();
                    changed.remove(name);
                    changed.extend(value.map(|value| (name.to_owned(), value)));
                    wrong_ones.push(changed.into());
                };
                put("unheard_of", Some(json!("x")));
                for (name, definition) in properties {
                    if is_required(definition) {
                        put(name, None);
                    }
                    wrong(definition).into_iter().for_each(|value| put(name, Some(value)));
                }
                wrong_ones
            });
            all.extend(more.unwrap_or_else(|base| wrong(&base)));
        }
    }
    all
}

/// Something of the properties of a data type; otherwise its definition over a simple type.
fn of_data<T>(name: &str, of: impl Fn(&Map<String, Value>) -> T) -> Result<T, Value> {
    let definition = data(name).unwrap_or_else(|| panic!("{name} is no data type"));
    let base = definition["derived_from"].as_str().unwrap_or("tosca.datatypes.Root");
    if data(base).is_none() {
        return Err(json!({ "type": base, "constraints": definition["constraints"] }));
    }
    Ok(of(&inherited("data_types", name, "properties")))
}

fn entry(definition: &Value) -> Value {
    definition.get("entry_schema").cloned().unwrap_or_else(|| json!({ "type": "string" }))
}

fn constraints(definition: &Value) -> Vec<Value> {
    definition["constraints"].as_array().cloned().unwrap_or_default()
}

fn is_time_of_day(constraints: &[Value]) -> bool {
    constraints.iter().any(|rule| rule.get("pattern").is_some())
}

fn is_days(definition: &Value) -> bool {
    definition["description"].as_str().is_some_and(|text| text.starts_with("Days on which the window opens"))
}

/// The ends of what constraints allow, and one inside.
fn integers(constraints: &[Value]) -> Vec<Value> {
    let (low, high) = bounds(constraints);
    let mut all = vec![json!(low.unwrap_or(1)), json!(low.unwrap_or(1) + 3)];
    all.extend(high.map(|high| json!(high)));
    all
}

fn beyond(constraints: &[Value]) -> Vec<Value> {
    let (low, high) = bounds(constraints);
    low.map(|low| json!(low - 1)).into_iter().chain(high.map(|high| json!(high + 1))).collect()
}

fn bounds(constraints: &[Value]) -> (Option<i64>, Option<i64>) {
    let of = |operator: &str| constraints.iter().find_map(|rule| rule.get(operator));
    let range = of("in_range").and_then(Value::as_array);
    let low = of("greater_or_equal").and_then(Value::as_i64);
    (low.or(range.and_then(|range| range[0].as_i64())), range.and_then(|range| range[1].as_i64()))
}
