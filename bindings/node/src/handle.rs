//! Handles as objects of JavaScript.

use crate::{
    answer::Value,
    guard::guarded,
    promise::{Cancel, promise},
};
use napi::{Env, Error, Result, bindgen_prelude::Object};
use napi_derive::napi;
use paas_ffi::Request;
use std::collections::HashMap;

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

    /// Calls a function that does not wait for anything, on this thread. `texts` are fields of the request that are not
    /// in its JSON.
    ///
    /// # Errors
    ///
    /// What the function says: the envelope is the message.
    #[napi]
    pub fn call(
        &self,
        function: String,
        request: String,
        texts: Option<HashMap<String, String>>,
    ) -> Result<Value> {
        let request = with_texts(request, texts);
        guarded(move || self.inner.call(&function, request)).map_err(Error::from)
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
        texts: Option<HashMap<String, String>>,
        cancel: Option<&Cancel>,
    ) -> Result<Object<'env>> {
        let handle = self.inner.clone();
        let request = with_texts(request, texts);
        promise(env, async move { handle.start(&function, request).await }, cancel)
    }
}

fn with_texts(request: String, texts: Option<HashMap<String, String>>) -> Request {
    texts
        .into_iter()
        .flatten()
        .fold(request.into(), |request: Request, (field, text)| request.with_text(field, text))
}
