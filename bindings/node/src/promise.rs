//! Calls that are answered later.

use crate::{
    answer::Value,
    guard::{Failure, Outcome, outcome},
    runtime::runtime,
};
use napi::{Env, Error, JsDeferred, bindgen_prelude::Object};
use napi_derive::napi;
use paas_ffi::{Answer, Result as Answered};
use std::{future::Future, sync::Mutex};
use tokio::task::{AbortHandle, JoinError};

/// Gives up the call that it was handed to.
#[napi]
#[derive(Default)]
pub struct Cancel {
    call: Mutex<Option<AbortHandle>>,
}

#[napi]
impl Cancel {
    /// One that has no call yet.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the call up, if it is not over.
    #[napi]
    pub fn cancel(&self) {
        if let Ok(Some(call)) = self.call.lock().as_deref() {
            call.abort();
        }
    }
}

/// A promise of what a call gives.
pub(crate) fn promise<'env>(
    env: &'env Env,
    call: impl Future<Output = Answered<Answer>> + Send + 'static,
    cancel: Option<&Cancel>,
) -> napi::Result<Object<'env>> {
    let runtime = runtime()?;
    let (deferred, promise): (Deferred, _) = env.create_deferred()?;
    let call = runtime.spawn(call);
    if let Some(Ok(mut held)) = cancel.map(|cancel| cancel.call.lock()) {
        *held = Some(call.abort_handle());
    }
    // Another task, so that the promise is settled whatever becomes of the call.
    runtime
        .spawn(async move { settle(deferred, call.await.map_or_else(|error| not_ended(&error), outcome)) });
    Ok(promise)
}

type Deferred = JsDeferred<Value, Box<dyn FnOnce(Env) -> napi::Result<Value>>>;

fn settle(deferred: Deferred, outcome: Outcome) {
    match outcome {
        Ok(value) => deferred.resolve(Box::new(move |_| Ok(value))),
        Err(failure) => deferred.reject(Error::from(failure)),
    }
}

fn not_ended(error: &JoinError) -> Outcome {
    Err(if error.is_cancelled() { Failure::cancelled() } else { Failure::panicked() })
}
