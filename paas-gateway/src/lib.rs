//! Authorisation in front of services: who sends a request, and whether the permission model lets it through.
//!
//! | item | what |
//! | --- | --- |
//! | [`holder`] | the subject that a token of Keystone stands for |

mod holder;

pub use holder::holder;
