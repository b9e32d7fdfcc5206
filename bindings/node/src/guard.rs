//! How calls fail: the envelope travels as the message of a JavaScript error, and a panic is an envelope too.

use crate::answer::{Value, value};
use paas_ffi::{Answer, ErrorEnvelope};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a call gives JavaScript.
pub(crate) type Outcome = Result<Value, Failure>;

/// The error envelope, in JSON.
pub(crate) struct Failure(String);

/// A fault of the library. The panic itself has been told on the error output by then.
const PANICKED: &str = r#"{"code":"internal.failure","kind":"internal","message":"the library panicked","help":"report it: this is a fault of the library","retryable":false,"details":{},"labels":[]}"#;

/// An answer that this version does not know.
const STRANGE: &str = r#"{"code":"internal.failure","kind":"internal","message":"the answer is of an unknown shape","help":"report it: this is a fault of the library","retryable":false,"details":{},"labels":[]}"#;

/// The call was given up by whoever made it. The code is not one of the library: the caller knows why, and says so.
const CANCELLED: &str = r#"{"code":"call.cancelled","kind":"internal","message":"the call was given up","retryable":false,"details":{},"labels":[]}"#;

/// Calls, and takes a panic for a failure of this call alone.
pub(crate) fn guarded(call: impl FnOnce() -> Result<Answer, Box<ErrorEnvelope>>) -> Outcome {
    // Handles are values that never change, or have locks of their own that see to a panic.
    catch_unwind(AssertUnwindSafe(call)).map_or_else(|_| Err(Failure::panicked()), outcome)
}

/// What JavaScript gets of the outcome of a call.
pub(crate) fn outcome(outcome: Result<Answer, Box<ErrorEnvelope>>) -> Outcome {
    match outcome {
        Ok(answer) => value(answer).ok_or_else(|| Failure(STRANGE.to_owned())),
        Err(envelope) => Err(Failure(envelope.to_json())),
    }
}

impl Failure {
    pub(crate) fn panicked() -> Self {
        Self(PANICKED.to_owned())
    }

    pub(crate) fn cancelled() -> Self {
        Self(CANCELLED.to_owned())
    }
}

impl From<Failure> for napi::Error {
    fn from(Failure(envelope): Failure) -> Self {
        Self::from_reason(envelope)
    }
}
