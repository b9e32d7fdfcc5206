//! What becomes of a request, whether it came over a socket or not.

use crate::{
    Trouble,
    api::{self, ApiError, Reply},
    harbor,
    log::RequestRecord,
    world::World,
};

/// The largest body that a request may have.
pub(crate) const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// How many requests the log holds; beyond that the oldest are forgotten.
const LONGEST_LOG: usize = 100_000;

/// An answer and how it goes out.
#[derive(Debug)]
pub(crate) enum Delivery {
    Whole(Reply),
    /// Half of the body, then the connection is cut.
    Half(Reply),
    /// The same bytes twice, then the connection is closed.
    Twice(Reply),
    /// Nothing: the connection is cut.
    Nothing,
}

/// Answers a request, with the fault that hits it, and writes it into the log. The number is by how many milliseconds
/// the answer is to be late.
pub(crate) fn decide(world: &mut World, request: &api::Request) -> (Delivery, Option<u64>) {
    if request.segments.first().is_some_and(|first| first == "sandbox") {
        return (Delivery::Whole(api::answer(world, request)), None);
    }
    world.catch_up();
    let Some(trouble) = world.faults.hit(&request.method, &request.target()) else {
        return (Delivery::Whole(done(world, request, None)), None);
    };
    let word = trouble.word();
    let undone = |world: &mut World, reply: Reply| {
        note(world, request, reply.status, None, Some(word));
        (Delivery::Whole(reply), None)
    };
    match trouble {
        Trouble::Conflict => {
            let reply = match harbor::is_asked(request) {
                true => harbor::faulty(world, 409),
                false => Reply::error(&ApiError::conflict(), &world.error_id()),
            };
            undone(world, reply)
        }
        Trouble::Unavailable { retry_after } => {
            let error = ApiError::new(503, "ServiceUnavailable").message("Service Unavailable");
            let mut reply = match harbor::is_asked(request) {
                true => harbor::faulty(world, 503),
                false => Reply::error(&error, &world.error_id()),
            };
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

/// The answer to a request with a body beyond [`LARGEST_BODY`].
pub(crate) fn too_large(world: &mut World) -> Delivery {
    let error = ApiError::new(413, "RequestEntityTooLarge");
    Delivery::Whole(Reply::error(&error, &world.error_id()))
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
