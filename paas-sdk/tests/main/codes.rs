//! The table of all codes.

use paas_sdk::{
    Code,
    codes::{self, ErrorCode, Found, Retryable},
};
use std::collections::BTreeSet;

fn all() -> Vec<ErrorCode> {
    codes::all().collect()
}

#[test]
fn no_code_is_in_two_tables() {
    let mut seen: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(seen.len(), Code::ALL.len());
    for error in all() {
        assert!(seen.insert(error.code), "{} is there twice", error.code);
    }
}

#[test]
fn every_code_says_what_it_means_and_what_to_do() {
    for ErrorCode { code, meaning, help, area, .. } in all() {
        let is_word = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '0'..='9' | '_' | '-'))
        };
        assert!(code.contains('.') && code.split('.').all(is_word), "{code}");
        assert!(meaning.starts_with(char::is_uppercase) && meaning.ends_with('.'), "{code}: {meaning}");
        assert!(meaning.len() > 10 && !meaning.contains("[`"), "{code}: {meaning}");
        assert!(help.starts_with(char::is_lowercase) && !help.ends_with('.'), "{code}: {help}");
        assert!(help.len() > 10 && !area.is_empty(), "{code}: {help}");
    }
}

#[test]
fn any_code_is_found() {
    for error in all() {
        assert_eq!(codes::find(error.code), Some(Found::Error(error)));
    }
    for code in Code::ALL {
        assert_eq!(codes::find(code.as_str()), Some(Found::Diagnostic(*code)));
    }
    for &system in paas_sdk::client::System::ALL {
        for kind in system.kinds() {
            assert!(codes::find(kind.code(system)).is_some(), "{}", kind.code(system));
        }
    }
    assert_eq!(codes::find("store"), None);
    assert_eq!(codes::closest("store.conflct"), Some("store.conflict"));
    assert_eq!(codes::closest("tosca.unknwn_type"), Some("tosca.unknown_type"));
    assert_eq!(codes::closest("something quite different"), None);
}

#[test]
fn the_table_and_the_errors_agree_on_asking_again() {
    use paas_sdk::platform::store::StoreError;

    let of = |code: &str| all().into_iter().find(|error| error.code == code).unwrap().retryable;
    let path = std::path::PathBuf::from("paas.db");
    for error in [
        StoreError::Closed,
        StoreError::NotEmpty,
        StoreError::Full { path: path.clone() },
        StoreError::Busy { path: path.clone(), waited_ms: 5 },
        StoreError::Locked { path, pid: None },
    ] {
        assert_eq!(of(error.code()), Retryable::from(error.is_retryable()), "{error}");
        let error = paas_sdk::platform::Error::from(error);
        assert_eq!(of(error.code()), Retryable::from(error.is_retryable()), "{error}");
    }
    assert_eq!(of("client.rancher.server"), Retryable::Depends);
    assert_eq!(of("client.rancher.forbidden"), Retryable::No);
}

#[test]
fn codes_of_calls_from_other_languages_are_in_the_table() {
    for code in codes::bindings::ALL {
        assert_eq!(codes::find(code.code), Some(Found::Error(*code)));
    }
    let json = serde_json::to_value(codes::bindings::REQUEST_INVALID).unwrap();
    assert_eq!((&json["code"], &json["retryable"]), (&"request.invalid".into(), &"no".into()));
}

/// Whoever has codes of his own, such as a portal, can make rows like those of the table.
#[test]
fn rows_can_be_made_by_others() {
    const CLOSED: ErrorCode = ErrorCode {
        code: "portal.closed",
        meaning: "The portal is closed at night.",
        help: "come back in the morning",
        retryable: Retryable::Yes,
        area: "The portal",
    };
    assert_eq!(serde_json::to_value(CLOSED).unwrap()["retryable"], "yes");
    assert!(all().iter().all(|error| error.code != CLOSED.code));
}
