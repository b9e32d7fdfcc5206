//! Canaries: passwords and tokens show in nothing that is printed, logged or thrown, however hard a server tries.

use super::{PASSWORD, canned, is_login, issued, login};
use crate::{log::Log, virtual_time::VirtualTime};
use paas_client::{
    ExposeSecret, KeystoneClient,
    keystone::{ApplicationCredentialKey, AuthToken, Login, ProjectQuery, UserKey},
    transport::{Request, Response, TransportError, TransportErrorKind},
};
use tracing::Dispatch;

const OWN: &str = "gAAAAAB-OWNCANARY";
const THEIRS: &str = "gAAAAAB-THEIRCANARY";
const NEW: &str = "gAAAAAB-NEWCANARY";
const QUOTED: &str = "PASS\"WORD\\CANARY";
/// The same within JSON.
const ESCAPED: &str = "PASS\\\"WORD\\\\CANARY";

fn assert_clean(text: &str) {
    for secret in [PASSWORD, OWN, THEIRS, NEW, QUOTED, ESCAPED] {
        assert!(!text.contains(secret), "{secret} shows in: {text}");
    }
}

/// All ways in which a server or network can say a secret back.
fn echoes(echo: &str) -> Vec<Result<Response, TransportError>> {
    let json = |status: u16| {
        let body = format!(r#"{{"error":{{"code":{status},"message":"{echo}","title":"{echo}"}}}}"#);
        Ok(Response::new(status, body).header("x-openstack-request-id", echo))
    };
    vec![
        json(400),
        json(401),
        json(403),
        json(404),
        json(409),
        json(500),
        Ok(Response::new(502, format!("<html><title>{echo}</title>"))),
        Ok(Response::new(404, echo)),
        Ok(Response::new(200, echo)),
        Ok(Response::new(200, format!(r#"{{"token":"{echo}"}}"#))),
        Ok(Response::new(200, format!(r#"{{"projects":"{echo}","links":"{echo}"}}"#))),
        Ok(Response::new(302, "").header("Location", &format!("https://{echo}@x.example/{echo}"))),
        Err(TransportError::new(TransportErrorKind::Interrupted, echo)),
        Err(TransportError::new(TransportErrorKind::Connect, echo)),
        Err(TransportError::new(TransportErrorKind::Tls, echo)),
    ]
}

#[test]
fn no_error_and_no_log_shows_a_token_or_a_password() {
    let log = Log::default();
    // While there is one subscriber only, tracing asks the thread that comes to a place first, and that may be another
    // test's, whether it is wanted. With two it asks them.
    let _second = Dispatch::new(Log::default());
    let guard = log.listen();
    tracing::callsite::rebuild_interest_cache();
    let theirs: AuthToken = THEIRS.parse().unwrap();
    for n in 0..echoes("").len() {
        for at_login in [false, true] {
            let time = VirtualTime::default();
            let (client, server) = canned(time.clone(), move |request: &Request| {
                if is_login(request) && !at_login {
                    return Ok(issued(OWN, 59));
                }
                // All that was sent, and the password whatever was sent.
                let sent = request.secrets.iter().map(|(_, secret)| secret.expose_secret().to_owned());
                let echo: Vec<String> = sent.chain([PASSWORD.to_owned()]).collect();
                echoes(&echo.join(" ")).swap_remove(n)
            });
            let errors = time.run(async {
                vec![
                    client.validate(&theirs).await.unwrap_err(),
                    client.validate_self(&theirs).await.unwrap_err(),
                    client.revoke(&theirs).await.unwrap_err(),
                    client.list_projects(&ProjectQuery::default()).collect_all().await.unwrap_err(),
                ]
            });
            for error in errors {
                assert_clean(&format!("{error} {error:?}"));
            }
            assert_clean(&format!("{client:?} {:?} {:?}", server.requests(), client.acting_as(&theirs)));
        }
    }
    drop(guard);
    let log = log.text();
    assert_clean(&log);
    for part in [
        "span keystone",
        "span operation=\"validate\"",
        "span path=\"/v3/auth/tokens\"",
        "recorded status=404",
    ] {
        assert!(log.contains(part), "`{part}` is missing in: {log}");
    }
}

#[test]
fn a_login_that_is_not_the_clients_own_is_struck_out_too() {
    for (login, echo, escaped) in [
        (Login::password(UserKey::named("anna", "bank"), QUOTED), QUOTED, ESCAPED),
        (
            Login::application_credential(ApplicationCredentialKey::Id("a1".to_owned()), QUOTED),
            QUOTED,
            ESCAPED,
        ),
        (Login::token(THEIRS.parse().unwrap()), THEIRS, THEIRS),
    ] {
        for answer in [
            Response::new(401, format!(r#"{{"error":{{"code":401,"message":"{escaped}","title":"t"}}}}"#)),
            Response::new(400, format!("no {echo}")),
            Response::new(400, format!("no {escaped}")),
            // A token that was made, told in a body that is none.
            Response::new(201, format!("made {NEW} for {echo}")).header("X-Subject-Token", NEW),
            Response::new(201, format!(r#"{{"token":{{"user":"{NEW}"}}}}"#)).header("X-Subject-Token", NEW),
        ] {
            let time = VirtualTime::default();
            let (client, server) = canned(time.clone(), move |_: &Request| Ok(answer.clone()));
            let error = time.run(client.authenticate(&login)).unwrap_err();
            assert_clean(&format!("{error} {error:?} {login:?} {:?}", server.requests()));
        }
    }
}

#[test]
fn no_value_shows_a_secret_when_it_is_printed() {
    let builder = KeystoneClient::builder().url("https://keystone.example").login(login());
    assert_clean(&format!("{builder:?} {:?} {:?}", login(), builder.clone().build().unwrap()));
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_: &Request| Ok(issued(OWN, 59)));
    let issued = time.run(client.own_token()).unwrap();
    assert_clean(&format!("{issued:?} {client:?}"));
    assert_eq!(client.quotable(&format!("a {PASSWORD}")), "a [redacted]");
    let careless = KeystoneClient::builder().url(format!("https://anna:{PASSWORD}@keystone.example"));
    let error = careless.clone().build().unwrap_err();
    assert_clean(&format!("{careless:?} {error} {error:?}"));
}
