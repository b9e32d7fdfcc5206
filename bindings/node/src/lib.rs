//! The native half of the npm package `paas-sdk`: [`paas_ffi`] for Node, and nothing more. The other half, in
//! JavaScript, gives it names, types and errors of its language.

mod answer;
mod guard;
mod handle;
mod promise;
mod runtime;

use napi_derive::napi;

/// The first handle.
#[napi]
#[must_use]
pub fn library() -> handle::Handle {
    paas_ffi::Handle::library().into()
}
