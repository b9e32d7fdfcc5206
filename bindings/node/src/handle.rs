//! Handles as objects of JavaScript.

use crate::{
    answer::Value,
    guard::guarded,
    promise::{Cancel, promise},
};
use napi::{Env, Error, Result, bindgen_prelude::Object};
use napi_derive::napi;

/// What stays between calls.
#[napi]
pub struct Handle {
    inner: paas_ffi::Handle,
}

impl From<paas_ffi::Handle> for Handle {
    fn from(inner: paas_ffi::Handle) -> Self {
        Self { inner }
    }
}

#[napi]
impl Handle {
    /// What kind of handle it is: `Release`.
    #[napi(getter)]
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.inner.kind()
    }

    /// Calls a function that does not wait for anything, on this thread.
    ///
    /// # Errors
    ///
    /// What the function says: the envelope is the message.
    #[napi]
    pub fn call(&self, function: String, request: String) -> Result<Value> {
        guarded(move || self.inner.call(&function, &request)).map_err(Error::from)
    }

    /// Calls any function, elsewhere. `cancel` gives it up.
    ///
    /// # Errors
    ///
    /// Only where there is no promise to be had; what the function says is what the promise is rejected with.
    #[napi]
    pub fn start<'env>(
        &self,
        env: &'env Env,
        function: String,
        request: String,
        cancel: Option<&Cancel>,
    ) -> Result<Object<'env>> {
        let handle = self.inner.clone();
        promise(env, async move { handle.start(&function, request).await }, cancel)
    }
}
