//! Answers as values of JavaScript.

use crate::handle::Handle;
use napi::bindgen_prelude::{Buffer, Either6};
use std::collections::BTreeMap;

/// `undefined`, a string (a text or a document in JSON: the caller knows which the function gives), an object of strings,
/// a handle, a list of handles, bytes.
pub(crate) type Value = Either6<(), String, BTreeMap<String, String>, Handle, Vec<Handle>, Buffer>;

/// What JavaScript gets of an answer.
pub(crate) fn value(answer: paas_ffi::Answer) -> Option<Value> {
    use paas_ffi::Answer;
    Some(match answer {
        Answer::Nothing => Either6::A(()),
        Answer::Text(text) | Answer::Document(text) => Either6::B(text),
        Answer::Texts(texts) => Either6::C(texts),
        Answer::Handle(handle) => Either6::D(handle.into()),
        Answer::Handles(handles) => Either6::E(handles.into_iter().map(Into::into).collect()),
        Answer::Bytes(bytes) => Either6::F(bytes.into()),
        _ => return None,
    })
}
