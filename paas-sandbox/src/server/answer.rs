use super::{Shared, deliver::Delivery, lock};
use crate::{
    Trouble,
    api::{self, ApiError, Reply},
    log::RequestRecord,
    world::World,
};
use http_body_util::{BodyExt, Limited};
use hyper::{Request, body::Incoming};
use std::time::Duration;

/// The largest body that a request may have.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// How many requests the log holds; beyond that the oldest are forgotten.
const LONGEST_LOG: usize = 100_000;

/// Answers a request, with the fault that hits it, and writes it into the log.
pub(super) async fn answer(world: &Shared, request: Request<Incoming>) -> Delivery {
    let Some(request) = read(request).await else {
        let error = ApiError::new(413, "RequestEntityTooLarge");
        let reply = Reply::error(&error, &lock(world).error_id());
        return Delivery::Whole(reply);
    };
    let (delivery, pause) = decide(&mut lock(world), &request);
    if let Some(millis) = pause {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    delivery
}

fn decide(world: &mut World, request: &api::Request) -> (Delivery, Option<u64>) {
    if request.segments.first().is_some_and(|first| first == "sandbox") {
        return (Delivery::Whole(api::answer(world, request)), None);
    }
    world.catch_up();
    let path_and_query = if request.raw_query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, request.raw_query)
    };
    let Some(trouble) = world.faults.hit(&request.method, &path_and_query) else {
        return (Delivery::Whole(done(world, request, None)), None);
    };
    let word = trouble.word();
    let undone = |world: &mut World, reply: Reply| {
        note(world, request, reply.status, None, Some(word));
        (Delivery::Whole(reply), None)
    };
    match trouble {
        Trouble::Conflict => {
            let reply = Reply::error(&ApiError::conflict(), &world.error_id());
            undone(world, reply)
        }
        Trouble::Unavailable { retry_after } => {
            let error = ApiError::new(503, "ServiceUnavailable").message("Service Unavailable");
            let mut reply = Reply::error(&error, &world.error_id());
            if let Some(seconds) = retry_after {
                reply.header("Retry-After", seconds.to_string());
            }
            undone(world, reply)
        }
        Trouble::Answer { status, body, content_type } => {
            undone(world, Reply::raw(status, &content_type, body.into_bytes()))
        }
        Trouble::HugeAnswer { bytes } => {
            let mut body = vec![b' '; bytes.max(2)];
            if let [first, .., last] = body.as_mut_slice() {
                (*first, *last) = (b'{', b'}');
            }
            undone(world, Reply::raw(200, "application/json", body))
        }
        Trouble::LostRequest => {
            note(world, request, 0, None, Some(word));
            (Delivery::Nothing, None)
        }
        Trouble::DoneTwice => {
            done(world, request, Some(word));
            (Delivery::Whole(done(world, request, Some(word))), None)
        }
        trouble => {
            let reply = done(world, request, Some(word));
            match trouble {
                Trouble::Slow { millis } => (Delivery::Whole(reply), Some(millis)),
                Trouble::CutBody => (Delivery::Half(reply), None),
                Trouble::LostAnswer => (Delivery::Nothing, None),
                Trouble::AnsweredTwice => (Delivery::Twice(reply), None),
                _ => (Delivery::Whole(reply), None),
            }
        }
    }
}

fn done(world: &mut World, request: &api::Request, fault: Option<&str>) -> Reply {
    let reply = api::answer(world, request);
    note(world, request, reply.status, reply.id.clone(), fault);
    reply
}

fn note(world: &mut World, request: &api::Request, status: u16, id: Option<String>, fault: Option<&str>) {
    let record = RequestRecord {
        number: world.log.last().map_or(1, |last| last.number + 1),
        at: world.now(),
        method: request.method.clone(),
        path: request.path.clone(),
        query: request.raw_query.clone(),
        body: serde_json::from_slice(&request.body).ok(),
        status,
        id,
        fault: fault.map(str::to_owned),
    };
    if world.log.len() >= LONGEST_LOG {
        world.log.drain(..LONGEST_LOG / 10);
    }
    world.log.push(record);
}

async fn read(request: Request<Incoming>) -> Option<api::Request> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await.ok()?.to_bytes().to_vec();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let path = parts.uri.path().to_owned();
    let raw_query = parts.uri.query().unwrap_or_default().to_owned();
    Some(api::Request {
        method: parts.method.as_str().to_owned(),
        segments: path.split('/').filter(|part| !part.is_empty()).map(decoded).collect(),
        query: form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect(),
        origin: format!("http://{}", header("host").unwrap_or_else(|| "127.0.0.1".to_owned())),
        authorization: header("authorization"),
        project: header("x-api-project-id"),
        path,
        raw_query,
        body,
    })
}

/// A part of a path without its percent signs; a plus stays one.
fn decoded(part: &str) -> String {
    let escaped = part.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(escaped.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}
