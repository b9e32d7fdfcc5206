//! The language of a container PaaS and its pure rules.
//!
//! Nothing here reads a file, a clock or a network: everything is a function from values to values.
//!
//! | module | what |
//! | --- | --- |
//! | [`application`] | [`Application`](application::Application): what one template describes |
//! | [`scaling`] | scaling plans: types and validation |
//! | [`release`] | [`Release`](release::Release): an application split by network and ordered into stages; pictures of it |
//! | [`diagnostic`] | problems with places, and the table of their codes |

pub mod application;
pub mod diagnostic;
pub mod release;
pub mod scaling;
