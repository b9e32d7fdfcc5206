//! Scaling policies as documents.

use super::{call, document, handle};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use paas_ffi::{Answer, ErrorEnvelope, Handle};
use serde_json::{Value, json};

fn linted(lower: f64, max: u32) -> Value {
    let rule = json!({
        "kind": "metric", "metric": "cpu", "upper": 0.7, "lower": { "value": lower }, "bounds": { "min": 1, "max": max },
    });
    let policy = json!({
        "service": "web", "time_zone": "UTC", "bounds": { "min": 1, "max": 8 },
        "windows": [{ "name": "busy", "from": "08:00", "to": "20:00", "rule": rule }],
    });
    document(call(&Handle::library(), "lint_scaling_policy", &json!({ "policy": policy })).unwrap())
}

#[test]
fn a_policy_is_looked_through() {
    assert_eq!(linted(0.3, 8), json!({ "accepted": true, "diagnostics": [] }));
    let flaps = linted(0.5, 8);
    assert_eq!((&flaps["accepted"], &flaps["diagnostics"][0]["severity"]), (&json!(true), &json!("warning")));
    assert_eq!(flaps["diagnostics"][0]["code"], "scaling.flapping");
    let wrong = linted(0.5, 9);
    assert_eq!((&wrong["accepted"], wrong["diagnostics"].as_array().unwrap().len()), (&json!(false), 1));
    assert_eq!(wrong["diagnostics"][0]["code"], "scaling.bounds");
}

#[test]
fn what_is_no_policy_is_refused() {
    let policy = json!({ "service": "web", "time_zone": "UTC", "bounds": { "min": 1, "max": 8 }, "windows": [{ "name": "x" }] });
    let error = call(&Handle::library(), "lint_scaling_policy", &json!({ "policy": policy })).unwrap_err();
    assert_eq!(error.code, "request.invalid");
}

/// By day the CPU decides, at night two containers hold the shop; with half a minute of grace.
fn policy() -> Value {
    let rule = json!({
        "kind": "metric", "metric": "cpu", "bounds": { "min": 2, "max": 8 },
        "upper": { "value": 0.7, "sustained_for_ms": 60000, "step": 2 }, "lower": { "value": 0.3, "sustained_for_ms": 60000 },
    });
    json!({
        "service": "web", "time_zone": "Asia/Shanghai", "bounds": { "min": 1, "max": 8 },
        "windows": [
            { "name": "day", "from": "08:00", "to": "20:00", "rule": rule, "grace_ms": 30000 },
            { "name": "night", "from": "20:00", "to": "08:00", "rule": { "kind": "fixed", "count": { "count": 2 } } },
        ],
    })
}

fn simulated(request: &Value) -> Result<Handle, Box<ErrorEnvelope>> {
    let mut whole = json!({ "policy": policy() });
    whole.as_object_mut().unwrap().extend(request.as_object().unwrap().clone());
    call(&Handle::library(), "simulate_scaling", &whole).map(handle)
}

fn told(on: &Handle, function: &str, request: &Value) -> Value {
    document(call(on, function, request).unwrap())
}

fn engine() -> Handle {
    handle(call(&Handle::library(), "new_scaling_engine", &json!({})).unwrap())
}

fn bytes(engine: &Handle) -> Vec<u8> {
    let Answer::Bytes(bytes) = call(engine, "snapshot", &json!({})).unwrap() else { panic!("no bytes") };
    bytes
}

fn loaded(snapshot: &[u8]) -> Result<Handle, Box<ErrorEnvelope>> {
    let request = json!({ "snapshot": BASE64_STANDARD.encode(snapshot) });
    call(&Handle::library(), "load_scaling_engine", &request).map(handle)
}

#[test]
fn a_policy_is_tried_out() {
    let timeline = simulated(&json!({ "date": "2026-11-23", "office_day": 4 })).unwrap();
    let whole = told(&timeline, "document", &json!({}));
    assert_eq!(whole["from"], "2026-11-22T16:00:00Z");
    assert_eq!(
        (&whole["summary"], &whole["decisions"]),
        (&told(&timeline, "summary", &json!({})), &told(&timeline, "decisions", &json!({})))
    );
    let rows = told(&timeline, "rows", &json!({}));
    assert_eq!(rows.as_array().unwrap().len(), 24 * 60);
    assert_eq!((&rows[600]["local"], &rows[600]["window"]), (&json!("2026-11-23 10:00"), &json!("day")));
    let Answer::Text(text) = call(&timeline, "text", &json!({})).unwrap() else { panic!("no text") };
    assert!(
        text.starts_with(
            "`web` from 2026-11-23 00:00 to 2026-11-24 00:00 (Asia/Shanghai), beginning with 1\n"
        ),
        "{text}"
    );
    let Answer::Text(svg) = call(&timeline, "svg", &json!({})).unwrap() else { panic!("no picture") };
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));

    // The same again, of what was kept; and one with more to do.
    let other = simulated(&json!({ "date": "2026-11-23", "office_day": 7 })).unwrap();
    let compared = told(&timeline, "compare", &json!({ "other": told(&other, "summary", &json!({})) }));
    let (first, second) = (&compared["comparison"]["first"], &compared["comparison"]["second"]);
    assert_eq!(first["container_hours"], whole["summary"]["container_hours"]);
    assert!(first["container_hours"].as_f64() < second["container_hours"].as_f64());
    assert!(compared["text"].as_str().unwrap().contains("container hours"));
}

#[test]
fn a_load_is_a_trace_or_made_up() {
    let most =
        |request: Value| told(&simulated(&request).unwrap(), "summary", &json!({}))["most"].as_u64().unwrap();
    assert_eq!(most(json!({ "date": "2026-11-23", "constant": 0 })), 2);
    assert_eq!(most(json!({ "date": "2026-11-23", "constant": 5.5 })), 8);
    assert_eq!(
        most(json!({ "date": "2026-11-23" })),
        most(json!({ "date": "2026-11-23", "office_day": 0.7 * 8.0 }))
    );
    assert_eq!(most(json!({ "date": "2026-11-23", "load": "time,demand\n00:00,5.5\n" })), 8);
    assert_eq!(most(json!({ "date": "2026-11-23", "constant": 0, "count": 7 })), 7);
    // Containers that never start: the count goes up to its most.
    assert_eq!(
        most(json!({ "date": "2026-11-23", "constant": 1.5, "model": { "start_seconds": 86400 } })),
        8
    );

    let instants = "time,demand\n2026-11-23T01:00:00Z,1\n2026-11-23T03:00:00Z,1\n";
    let of_trace = told(&simulated(&json!({ "load": instants })).unwrap(), "document", &json!({}));
    assert_eq!(
        (&of_trace["from"], &of_trace["until"]),
        (&json!("2026-11-23T01:00:00Z"), &json!("2026-11-23T03:00:00Z"))
    );
    let span =
        json!({ "start": "2026-11-23T09:30:00+08:00", "end": "2026-11-23T02:00:00Z", "load": instants });
    let of_span = told(&simulated(&span).unwrap(), "document", &json!({}));
    assert_eq!(
        (&of_span["from"], &of_span["until"]),
        (&json!("2026-11-23T01:30:00Z"), &json!("2026-11-23T02:00:00Z"))
    );
}

#[test]
fn what_cannot_be_tried_out_says_why() {
    let refused = |request: Value| {
        let error = simulated(&request).unwrap_err();
        assert_eq!(error.code, "request.invalid");
        (error.details.field.clone().unwrap(), error.message.clone())
    };
    let cases = [
        (json!({}), "date", "give the day, such as `2026-11-23`, or `start` and `end`"),
        (json!({ "date": "23.11." }), "date", "`23.11.` is not a day: write `2026-11-23`, from 1970 to 2105"),
        (json!({ "start": "2026-11-23T00:00:00Z" }), "end", "`start` needs an `end`"),
        (json!({ "end": "2026-11-23T00:00:00Z" }), "start", "`end` needs a `start`"),
        (
            json!({ "date": "2026-11-23", "start": "2026-11-23T00:00:00Z", "end": "2026-11-24T00:00:00Z" }),
            "date",
            "either a day is simulated, or from `start` to `end`",
        ),
        (
            json!({ "start": "2026-11-23T00:00:00Z", "end": "2026-11-23T00:00:00Z" }),
            "end",
            "what is simulated ends after it begins, and at most eight weeks after",
        ),
        (
            json!({ "date": "2026-11-23", "load": "time,demand\n25:00,1\n08:00,many\n" }),
            "load",
            "line 2: `25:00` is neither a time of day nor an instant; line 3: the `demand` is `many`, which is not a number",
        ),
        (
            json!({ "date": "2026-11-23", "constant": -1 }),
            "constant",
            "a number of containers is expected, from 0 on",
        ),
        (
            json!({ "date": "2026-11-23", "constant": 1, "office_day": 2 }),
            "load",
            "there is one load: `load`, `constant` or `office_day`",
        ),
        (
            json!({ "start": "soon", "end": "2026-11-23T00:00:00Z" }),
            "start",
            "an instant is written `2026-11-23T08:00:00Z`, or with an offset such as `+08:00`, from 1970 to 2105",
        ),
    ];
    for (request, field, reason) in cases {
        assert_eq!(refused(request), (field.to_owned(), format!("`{field}`: {reason}")));
    }
    let mut wrong = policy();
    wrong["time_zone"] = json!("Mars");
    wrong["windows"][1]["name"] = json!("day");
    let error =
        call(&Handle::library(), "simulate_scaling", &json!({ "policy": wrong, "date": "2026-11-23" }))
            .unwrap_err();
    assert_eq!((error.code.as_str(), error.kind.as_str()), ("platform.rejected", "rejected"));
    assert_eq!(error.details.diagnostics.len(), 2);
}

#[test]
fn an_engine_goes_through_a_day() {
    let engine = engine();
    let rules = told(&Handle::library(), "scaling_alarm_rules", &json!({ "policy": policy() }));
    let (above, below) = (&rules[0]["id"], &rules[1]["id"]);
    let night = "2026-11-23T03:00:00+08:00";
    let actions = told(
        &engine,
        "upsert",
        &json!({ "service": "shop/web", "policy": policy(), "count": 4, "now": night }),
    );
    assert_eq!(
        (&actions[0]["kind"], &actions[0]["from"], &actions[0]["to"]),
        (&json!("scale"), &json!(4), &json!(2))
    );
    assert_eq!(actions[0]["service"], "shop/web");
    let held = told(
        &engine,
        "alarm",
        &json!({ "service": "shop/web", "rule": above, "state": "firing", "now": night }),
    );
    assert_eq!(held["hold"], json!({ "because": "window_closed" }));

    let morning = told(&engine, "next_deadline", &json!({}));
    assert_eq!(morning, "2026-11-23T00:00:00Z");
    let advance = told(&engine, "advance", &json!({ "now": morning }));
    let kinds: Vec<&Value> =
        advance["actions"].as_array().unwrap().iter().map(|action| &action["kind"]).collect();
    assert_eq!(kinds, ["scale", "arm"]);
    assert_eq!(advance["actions"][0]["to"], 4);
    assert_eq!(advance["actions"][1]["rules"], rules);

    // Out, not out again at once, and in with half a minute of grace.
    let fire = |rule: &Value, state: &str, now: &str| {
        told(
            &engine,
            "alarm",
            &json!({ "service": "shop/web", "rule": rule, "state": state, "now": now, "value": 0.9 }),
        )
    };
    let verdict = fire(above, "firing", "2026-11-23T00:05:00Z");
    assert_eq!((&verdict["actions"][0]["to"], &verdict["hold"]), (&json!(6), &Value::Null));
    assert_eq!(verdict["actions"][0]["cause"]["value"], 0.9);
    let quiet = fire(above, "firing", "2026-11-23T00:06:00Z");
    assert_eq!(quiet["hold"], json!({ "because": "quiet", "until": "2026-11-23T00:10:00Z" }));
    assert_eq!(quiet["reason"], "an action was not long ago: alarms wait until 2026-11-23T00:10:00Z");
    fire(above, "resolved", "2026-11-23T00:07:00Z");
    let drain = fire(below, "firing", "2026-11-23T00:20:00Z");
    assert_eq!((&drain["actions"][0]["kind"], &drain["actions"][0]["to"]), (&json!("drain"), &json!(5)));
    let explained =
        told(&engine, "explain", &json!({ "service": "shop/web", "now": "2026-11-23T00:20:10Z" }));
    assert_eq!(explained["explanation"]["drain"]["to"], 5);
    assert!(
        explained["text"]
            .as_str()
            .unwrap()
            .contains("containers drain until 2026-11-23T00:20:30Z, down to 5")
    );
    let ended = told(&engine, "advance", &json!({ "now": "2026-11-23T00:20:30Z" }));
    assert_eq!(ended["actions"][0]["cause"], json!({ "because": "drained" }));
    assert_eq!(told(&engine, "count", &json!({ "service": "shop/web" })), 5);

    // A person, a pause, an end.
    let person = json!({ "service": "shop/web", "desired": 3, "running": 3, "source": "person", "now": "2026-11-23T01:00:00Z" });
    assert_eq!(told(&engine, "observe_count", &person), json!([]));
    assert_eq!(told(&engine, "count", &json!({ "service": "shop/web" })), 3);
    let paused = told(
        &engine,
        "set_enabled",
        &json!({ "service": "shop/web", "enabled": false, "now": "2026-11-23T02:00:00Z" }),
    );
    assert_eq!(
        paused[0],
        json!({ "service": "shop/web", "sequence": paused[0]["sequence"], "at": "2026-11-23T02:00:00Z",
        "kind": "arm", "rules": [], "reason": "no alarm can move the count now" })
    );
    told(
        &engine,
        "set_enabled",
        &json!({ "service": "shop/web", "enabled": true, "now": "2026-11-23T13:00:00Z" }),
    );
    let removed = told(
        &engine,
        "remove",
        &json!({ "service": "shop/web", "now": "2026-11-23T13:00:00Z", "removal": "restore" }),
    );
    assert_eq!((&removed[0]["service"], &removed[0]["to"]), (&json!("shop/web"), &json!(3)));
    assert_eq!(told(&engine, "status", &json!({}))["services"], 0);
    assert_eq!(told(&engine, "next_deadline", &json!({})), Value::Null);
}

#[test]
fn a_service_that_is_not_there_moves_nothing() {
    let engine = engine();
    let now = "2026-11-23T00:00:00Z";
    let rule =
        told(&Handle::library(), "scaling_alarm_rules", &json!({ "policy": policy() }))[0]["id"].clone();
    let verdict = told(
        &engine,
        "alarm",
        &json!({ "service": "shop/web", "rule": rule, "state": "firing", "now": now }),
    );
    assert_eq!(
        verdict,
        json!({ "actions": [], "hold": { "because": "unknown_service" }, "reason": "no such service is scaled" })
    );
    let alarms = json!({ "alarms": [{ "service": "shop/web", "rule": rule, "state": "firing" }], "now": "2026-11-23T00:01:00Z" });
    assert_eq!(told(&engine, "alarms", &alarms), json!([verdict]));
    // Time has gone on all the same.
    assert_eq!(told(&engine, "status", &json!({}))["now"], "2026-11-23T00:01:00Z");
    let person = json!({ "service": "shop/web", "desired": 3, "running": 3, "source": "person", "now": now });
    assert_eq!(told(&engine, "observe_count", &person), json!([]));
    assert_eq!(
        told(&engine, "set_enabled", &json!({ "service": "shop/web", "enabled": true, "now": now })),
        json!([])
    );
    assert_eq!(told(&engine, "remove", &json!({ "service": "shop/web", "now": now })), json!([]));
    assert_eq!(told(&engine, "explain", &json!({ "service": "shop/web", "now": now })), Value::Null);
    assert_eq!(told(&engine, "count", &json!({ "service": "shop/web" })), Value::Null);
}

#[test]
fn many_go_together_and_a_wrong_policy_keeps_all_out() {
    let engine = engine();
    let mut wrong = policy();
    wrong["bounds"]["max"] = json!(0);
    wrong["time_zone"] = json!("Mars");
    let service = |name: &str, policy: &Value| json!({ "service": name, "policy": policy, "count": 4 });
    let now = "2026-11-22T19:00:00Z";
    let services = json!([service("a", &policy()), service("b", &wrong), service("c", &wrong)]);
    let error = call(&engine, "upsert_all", &json!({ "services": services, "now": now })).unwrap_err();
    assert_eq!(error.kind.as_str(), "rejected");
    let told_of: Vec<&str> = error.details.diagnostics.iter().map(|problem| &problem.message[..3]).collect();
    assert!(told_of.contains(&"`b`") && told_of.contains(&"`c`") && !told_of.contains(&"`a`"), "{told_of:?}");
    assert_eq!(told(&engine, "status", &json!({}))["services"], 0);

    let names = ["a", "b", "c"];
    let services: Vec<Value> = names.iter().map(|name| service(name, &policy())).collect();
    let actions = told(&engine, "upsert_all", &json!({ "services": services, "now": now }));
    let scaled: Vec<&Value> = actions.as_array().unwrap().iter().map(|action| &action["service"]).collect();
    assert_eq!(scaled, names);
    // One service at a time, and none is left out.
    let mut actions = Vec::new();
    let mut calls = 0;
    loop {
        let advance = told(&engine, "advance", &json!({ "now": "2026-11-23T00:00:00Z", "budget": 1 }));
        actions.extend(advance["actions"].as_array().unwrap().clone());
        calls += 1;
        if advance["is_done"] == json!(true) {
            break;
        }
    }
    assert_eq!((calls, actions.iter().filter(|action| action["kind"] == "scale").count()), (3, 3));
    let budget = call(&engine, "advance", &json!({ "now": now, "budget": 0 })).unwrap_err();
    assert_eq!(budget.message, "`budget`: at least one service must have its turn");

    let rule =
        told(&Handle::library(), "scaling_alarm_rules", &json!({ "policy": policy() }))[0]["id"].clone();
    let alarm = |service: &str| json!({ "service": service, "rule": rule, "state": "firing" });
    let alarms =
        json!({ "alarms": [alarm("a"), alarm("x"), alarm("c"), alarm("a")], "now": "2026-11-23T00:05:00Z" });
    let verdicts = told(&engine, "alarms", &alarms);
    let outcomes: Vec<String> = verdicts
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| {
            let acted = verdict["actions"][0]["service"].as_str().map(ToOwned::to_owned);
            acted.unwrap_or_else(|| verdict["hold"]["because"].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(outcomes, ["a", "unknown_service", "c", "repeated"]);
    let counts = json!([
        { "service": "a", "desired": 8, "running": 8, "source": "person" },
        { "service": "b", "desired": 7, "running": 6, "source": "platform" },
    ]);
    assert_eq!(
        told(&engine, "observe_counts", &json!({ "counts": counts, "now": "2026-11-23T00:06:00Z" })),
        json!([])
    );
    let count = |service: &str| told(&engine, "count", &json!({ "service": service }));
    assert_eq!((count("a"), count("b")), (json!(8), json!(4)));
}

#[test]
fn time_does_not_run_backwards() {
    let engine = engine();
    told(
        &engine,
        "upsert",
        &json!({ "service": "web", "policy": policy(), "count": 4, "now": "2026-11-23T04:00:00Z" }),
    );
    let advance = told(&engine, "advance", &json!({ "now": "2026-11-22T19:00:00Z" }));
    assert_eq!(advance, json!({ "actions": [], "is_done": true }));
    assert_eq!(told(&engine, "status", &json!({}))["now"], "2026-11-23T04:00:00Z");
    let explained = told(&engine, "explain", &json!({ "service": "web", "now": "2026-11-22T19:00:00Z" }));
    assert_eq!(explained["explanation"]["at"], "2026-11-23T04:00:00Z");
}

#[test]
fn a_snapshot_and_the_rest_are_the_whole() {
    let (first, mut second) = (engine(), engine());
    let rules = told(&Handle::library(), "scaling_alarm_rules", &json!({ "policy": policy() }));
    let upsert = json!({ "service": "web", "policy": policy(), "count": 4, "now": "2026-11-22T19:00:00Z" });
    assert_eq!(told(&first, "upsert", &upsert), told(&second, "upsert", &upsert));
    for quarter in 0..200_u32 {
        let now = 1_795_374_000 + quarter * 900;
        let (rule, state) = (
            &rules[usize::from(quarter % 3 == 0)]["id"],
            if quarter % 2 == 0 { "firing" } else { "resolved" },
        );
        let alarm = json!({ "service": "web", "rule": rule, "state": state, "now": now });
        for (function, request) in [("advance", json!({ "now": now })), ("alarm", alarm)] {
            assert_eq!(told(&first, function, &request), told(&second, function, &request));
        }
        if quarter % 7 == 0 {
            second = loaded(&bytes(&second)).unwrap();
        }
    }
    assert_eq!(bytes(&first), bytes(&second));

    // After a time without an engine: what holds now, once; a person's count is what is gone back to.
    let later = "2026-11-27T19:00:00Z";
    let restored = loaded(&bytes(&first)).unwrap();
    let persons = json!([{ "service": "web", "count": 7 }]);
    let actions = told(&restored, "take_over", &json!({ "now": later, "persons": persons }));
    assert_eq!((&actions[0]["to"], &actions[0]["cause"]["trigger"]), (&json!(2), &json!("caught_up")));
    let back = told(&restored, "advance", &json!({ "now": "2026-11-28T00:00:00Z" }));
    assert_eq!(back["actions"][0]["to"], 7);
}

#[test]
fn what_is_no_snapshot_is_refused() {
    let engine = engine();
    told(
        &engine,
        "upsert",
        &json!({ "service": "web", "policy": policy(), "count": 4, "now": "2026-11-22T19:00:00Z" }),
    );
    let whole = bytes(&engine);
    let refused = |bytes: &[u8]| {
        let error = loaded(bytes).unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.kind.as_str()),
            ("scaling.snapshot_refused", "invalid_request")
        );
        error.message.clone()
    };
    assert_eq!(refused(b"hello"), "this is not a snapshot of a scaling engine");
    let damaged = "the snapshot is damaged: take an older one, or put the services in anew";
    assert_eq!(refused(&whole[..whole.len() - 1]), damaged);
    let mut flipped = whole.clone();
    flipped[20] ^= 1;
    assert_eq!(refused(&flipped), damaged);
    let error =
        call(&Handle::library(), "load_scaling_engine", &json!({ "snapshot": "no base64!" })).unwrap_err();
    assert_eq!(
        (error.code.as_str(), error.message.as_str()),
        ("request.invalid", "`snapshot`: bytes are expected, in base64")
    );
}

/// Many threads, one engine: each call is whole.
#[test]
fn an_engine_is_asked_from_many_threads() {
    let engine = engine();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let engine = engine.clone();
            std::thread::spawn(move || {
                for each in 0..50 {
                    let service = format!("{thread}/{each}");
                    told(
                        &engine,
                        "upsert",
                        &json!({ "service": service, "policy": policy(), "count": 4, "now": 1_795_374_000 }),
                    );
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(told(&engine, "status", &json!({}))["services"], 200);
    let actions = told(&engine, "advance", &json!({ "now": "2026-11-24T00:00:00Z" }));
    let mut sequences: Vec<u64> =
        actions["actions"].as_array().unwrap().iter().map(|one| one["sequence"].as_u64().unwrap()).collect();
    let in_order = sequences.clone();
    sequences.sort_unstable();
    assert_eq!(sequences, in_order);
}
