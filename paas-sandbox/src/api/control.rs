use super::{Reply, Request};
use crate::{Fault, world::World};
use serde_json::{Value, json};

/// The addresses below `/sandbox`, which no Rancher has: they need no key.
pub(super) fn answer(world: &mut World, request: &Request, rest: &[&str]) -> Reply {
    match (request.method.as_str(), rest) {
        ("GET", []) => Reply::json(200, &index(&request.origin)),
        ("GET", ["requests"]) => Reply::json(200, &json!({ "requests": world.log })),
        ("DELETE", ["requests"]) => {
            world.log.clear();
            Reply::json(200, &json!({}))
        }
        ("GET", ["faults"]) => Reply::json(200, &json!({ "faults": world.faults.list() })),
        ("DELETE", ["faults"]) => {
            world.faults.clear();
            Reply::json(200, &json!({}))
        }
        ("POST", ["faults"]) => match fault(&request.body) {
            Ok(fault) => {
                world.faults.add(fault);
                Reply::json(201, &json!({ "faults": world.faults.list() }))
            }
            Err(message) => Reply::json(422, &json!({ "message": message })),
        },
        ("GET", ["clock"]) => Reply::json(200, &clock(world)),
        ("POST", ["clock"]) => advance(world, request),
        _ => Reply::json(
            404,
            &json!({"message": "the sandbox has no such address", "see": index(&request.origin)}),
        ),
    }
}

fn index(origin: &str) -> Value {
    json!({
        "about": "a stand-in for Rancher 1.6 and Harbor, no evidence of what real ones do",
        "api": format!("{origin}/v2-beta"),
        "harbor": format!("{origin}/api/v2.0"),
        "requests": format!("{origin}/sandbox/requests"),
        "faults": format!("{origin}/sandbox/faults"),
        "clock": format!("{origin}/sandbox/clock"),
    })
}

/// Reads a fault; a key that it does not have is an error, so that a slip does not make a fault of everything.
fn fault(body: &[u8]) -> Result<Fault, String> {
    let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let known = [
        "fault",
        "method",
        "path",
        "service",
        "skip",
        "times",
        "retry_after",
        "status",
        "body",
        "content_type",
    ];
    let more = ["bytes", "millis", "message"];
    let unknown = value.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    if let Some(key) = unknown.into_iter().find(|key| !known.contains(key) && !more.contains(key)) {
        return Err(format!("a fault has no `{key}`"));
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn advance(world: &mut World, request: &Request) -> Reply {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let Some(millis) = body.get("advance_millis").and_then(Value::as_u64) else {
        return Reply::json(422, &json!({"message": "send {\"advance_millis\": 1000}"}));
    };
    if !world.clock.advance(millis) {
        return Reply::json(409, &json!({"message": "the clock is real and goes by itself"}));
    }
    world.catch_up();
    Reply::json(200, &clock(world))
}

fn clock(world: &World) -> Value {
    json!({"millis": world.now(), "date": world.clock.date(world.now())})
}
