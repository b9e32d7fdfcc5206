//! The interface as a document.

use crate::{
    answer::Handle,
    envelope::{ErrorEnvelope, Kind},
    function::{Function, Shape, Work},
};
use paas_sdk::core::schema;
use schemars::{SchemaGenerator, generate::Contract};
use serde_json::{Map, Value, json};

/// All functions, with the JSON Schema (2020-12) of what they take and give.
///
/// - `handles`: each with `name`, `description` and `functions`; each of these with `name` (with a dot where it belongs
///   to a group), `work` (`instant`, `computes`, `waits`), `request` (a schema) and `answer`: its `shape` (`nothing`, `text`, `texts`,
///   `bytes`, `document`, `handle`, `handles`), and with it the `handle` or the `schema` of the document.
/// - `$defs`: the schemas by their names, to which `#/$defs/NAME` refers.
/// - `kinds`: the kinds of errors, each with `name` and `help`.
/// - `error`: the schema of [`ErrorEnvelope`].
///
/// ```
/// let interface = paas_ffi::interface();
/// assert_eq!(interface["handles"][0]["functions"][0]["name"], "check");
/// assert!(interface["$defs"]["Diagnostic"]["properties"]["code"].is_object());
/// ```
#[must_use]
pub fn interface() -> Value {
    // What goes in and what comes out are other types, so one generator for each direction.
    let mut requests = schema::settings(Contract::Deserialize).into_generator();
    let mut answers = schema::settings(Contract::Serialize).into_generator();
    let handles: Vec<Value> = Handle::all_functions()
        .into_iter()
        .map(|(name, functions)| {
            let functions: Vec<Value> =
                functions.iter().map(|each| function(each, &mut requests, &mut answers)).collect();
            json!({ "name": name, "description": description(name), "functions": functions })
        })
        .collect();
    let error = answers.subschema_for::<ErrorEnvelope>().to_value();
    let kinds: Vec<Value> =
        Kind::all().into_iter().map(|(kind, help)| json!({ "name": kind.as_str(), "help": help })).collect();
    let mut types: Map<String, Value> = answers.take_definitions(true);
    types.extend(requests.take_definitions(true));
    json!({ "handles": handles, "$defs": types, "kinds": kinds, "error": error })
}

fn function(function: &Function, requests: &mut SchemaGenerator, answers: &mut SchemaGenerator) -> Value {
    let mut answer = Map::new();
    answer.insert("shape".to_owned(), shape(function.shape).into());
    if let Some(handle) = function.handle {
        answer.insert("handle".to_owned(), handle.into());
    }
    if let Some(document) = function.document {
        answer.insert("schema".to_owned(), document(answers).to_value());
    }
    json!({
        "name": function.name,
        "work": work(function.work),
        "request": (function.request)(requests).to_value(),
        "answer": answer,
    })
}

const fn work(work: Work) -> &'static str {
    match work {
        Work::Instant => "instant",
        Work::Computes => "computes",
        Work::Waits => "waits",
    }
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Nothing => "nothing",
        Shape::Text => "text",
        Shape::Texts => "texts",
        Shape::Bytes => "bytes",
        Shape::Document => "document",
        Shape::Handle => "handle",
        Shape::Handles => "handles",
    }
}

/// What a handle is, in a sentence.
fn description(handle: &str) -> &'static str {
    match handle {
        "Release" => {
            "A translated template: the files for each network, and what they were made from. It never changes."
        }
        "Timeline" => {
            "A scaling plan tried out on a load: counts, decisions with their causes, and what it comes to. It never changes."
        }
        "ScalingEngine" => {
            "Carries the scaling plans of many services out. It has no clock, and does nothing by itself: each call says what time \
             it is, and gives what is to be done. Time does not run backwards: what is before the latest time that it was told \
             counts as that. Calls are answered one after the other, and the same calls lead to the same actions."
        }
        "Platform" => {
            "The platform for one actor: tenants, applications, operations, kept in a store, carried out in Rancher."
        }
        "Plan" => "A plan: what will be done, to be shown, and then begun.",
        "Operation" => {
            "An operation. It goes on whether or not anybody holds it, and can be opened again by its id."
        }
        "Events" => "The events of an operation, from its beginning on, and then as they happen.",
        "ImageCopy" => {
            "A copy of an image to production, which this process carries out. It goes on whether or not anybody holds it."
        }
        "KeepingImages" => {
            "Images kept on their way by this process, until it is stopped, the platform is closed, or the process ends."
        }
        "ZoneCopy" => {
            "A copy of an image from zone to zone, which this process carries out. It goes on whether or not anybody holds it."
        }
        "KeepingZones" => {
            "Images kept in step between zones by this process, until it is stopped, the platform is closed, or the process ends."
        }
        "Sandbox" => {
            "A stand-in for Rancher 1.6 on this machine. It is no evidence of what a real Rancher does."
        }
        _ => "The functions that need no handle, and those that give the first ones.",
    }
}
