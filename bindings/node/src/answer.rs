//! Answers as values of JavaScript.

use crate::handle::Handle;
use napi::bindgen_prelude::Either5;
use std::collections::BTreeMap;

/// `undefined`, a string (a text or a document in JSON: the caller knows which the function gives), an object of strings,
/// a handle, a list of handles.
pub(crate) type Value = Either5<(), String, BTreeMap<String, String>, Handle, Vec<Handle>>;

/// What JavaScript gets of an answer.
pub(crate) fn value(answer: paas_ffi::Answer) -> Option<Value> {
    use paas_ffi::Answer;
    Some(match answer {
        Answer::Nothing => Either5::A(()),
        Answer::Text(text) | Answer::Document(text) => Either5::B(text),
        Answer::Texts(texts) => Either5::C(texts),
        Answer::Handle(handle) => Either5::D(handle.into()),
        Answer::Handles(handles) => Either5::E(handles.into_iter().map(Into::into).collect()),
        _ => return None,
    })
}
