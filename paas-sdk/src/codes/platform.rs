//! The codes of the platform, its steps, its store and its client.

use super::{ErrorCode, Retryable};
use paas_client::System;
use paas_platform::{ErrorKind, StepFailureKind, store::StoreErrorKind};

pub(super) fn all() -> impl Iterator<Item = ErrorCode> {
    let calls = ErrorKind::ALL.iter().map(|kind| ErrorCode {
        code: kind.code(),
        meaning: kind.meaning(),
        help: kind.help(),
        retryable: match kind {
            ErrorKind::Store
            | ErrorKind::Rancher
            | ErrorKind::Keystone
            | ErrorKind::Harbor
            | ErrorKind::Registry => Retryable::Depends,
            _ => Retryable::No,
        },
        area: "Calls of the platform",
    });
    let steps = StepFailureKind::ALL.iter().map(|kind| ErrorCode {
        code: kind.code(),
        meaning: kind.meaning(),
        help: kind.help(),
        retryable: kind.is_retryable().into(),
        area: "Steps of an operation",
    });
    let store = StoreErrorKind::ALL.iter().map(|kind| ErrorCode {
        code: kind.code(),
        meaning: kind.meaning(),
        help: kind.help(),
        retryable: kind.is_retryable().into(),
        area: "The store",
    });
    let clients = System::ALL.iter().flat_map(|&system| {
        system.kinds().into_iter().map(move |kind| ErrorCode {
            code: kind.code(system),
            meaning: kind.meaning(system),
            help: kind.help(system),
            retryable: kind.is_retryable().map_or(Retryable::Depends, Retryable::from),
            area: match system {
                System::Keystone => "The client of Keystone",
                System::Harbor => "The client of Harbor",
                System::Registry => "The client of registries",
                _ => "The client of Rancher",
            },
        })
    });
    calls.chain(steps).chain(store).chain(clients)
}
