//! Canaries: the key shows in nothing that is printed, logged or thrown, however hard a server tries.

use crate::{ACCESS, SECRET, canned, credentials, environment, log::Log, virtual_time::VirtualTime};
use paas_client::{
    Credentials, Progress, RancherClient,
    rancher::{EnvironmentQuery, NewStack, NewVolume, Setting, Stack},
    transport::{Request, Response, Tls, TransportError, TransportErrorKind},
};
use tracing::Dispatch;

/// `ACCESS:SECRET` in Base64, as the header has it.
const TOKEN: &str = "QUNDRVNTQ0FOQVJZNDcxMTpTRUNSRVRDQU5BUlkwODE1";
/// What a user gives the server to keep.
const ANSWER: &str = "ANSWERCANARY";

fn assert_clean(text: &str) {
    for secret in [ACCESS, SECRET, TOKEN, ANSWER] {
        assert!(!text.contains(secret), "{secret} shows in: {text}");
    }
}

/// All ways in which a server or network can say the key back.
fn echoes() -> Vec<Result<Response, TransportError>> {
    let echo = format!("{ACCESS} {SECRET} Basic {TOKEN}");
    let json = |status: u16| {
        let body = format!(
            r#"{{"id":"{echo}","type":"error","status":{status},"code":"{ACCESS}","message":"{echo}","detail":"{echo}","fieldName":"{echo}"}}"#
        );
        Ok(Response::new(status, body))
    };
    vec![
        json(400),
        json(401),
        json(409),
        json(422),
        json(500),
        Ok(Response::new(502, format!("<html><title>{echo}</title>"))),
        Ok(Response::new(404, echo.clone())),
        Ok(Response::new(200, echo.clone())),
        Ok(Response::new(200, format!(r#"{{"id":"{echo}","type":"stack"}}"#))),
        Ok(Response::new(
            200,
            format!(r#"{{"id":"1st7","type":"stack","transitioningProgress":[],"actions":"{echo}"}}"#),
        )),
        Ok(Response::new(302, "")
            .header("Location", &format!("https://{ACCESS}:{SECRET}@x.example/{TOKEN}"))),
        Err(TransportError::new(TransportErrorKind::Interrupted, echo.clone())),
        Err(TransportError::new(TransportErrorKind::Connect, echo.clone())),
        Err(TransportError::new(TransportErrorKind::Tls, echo)),
    ]
}

#[test]
fn no_error_and_no_log_shows_the_key() {
    let log = Log::default();
    // While there is one subscriber only, tracing asks the thread that comes to a place first, and that may be another
    // test's, whether it is wanted. With two it asks them.
    let _second = Dispatch::new(Log::default());
    let guard = log.listen();
    tracing::callsite::rebuild_interest_cache();
    let stack = NewStack::new("shop")
        .docker_compose(format!("# {ANSWER}"))
        .environment([("PASSWORD".to_owned(), ANSWER.to_owned())]);
    for answer in echoes() {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_: &Request| answer.clone());
        let environment = environment(&client);
        let id = "1st7".parse().unwrap();
        let errors = time.run(async {
            vec![
                environment.create_stack(&stack).await.unwrap_err(),
                environment.read_stack(&id).await.unwrap_err(),
                environment.delete_stack(&id).await.unwrap_err(),
                client.list_environments(&EnvironmentQuery::default()).collect_all().await.unwrap_err(),
                environment
                    .wait_until(&id, |_| true, std::time::Duration::from_secs(9))
                    .await
                    .map_err(|error| {
                        assert_clean(&format!("{error} {error:?}"));
                        paas_client::Error::from(error)
                    })
                    .unwrap_err(),
            ]
        });
        for error in errors {
            assert_clean(&format!("{error} {error:?}"));
        }
        assert_clean(&format!("{client:?} {environment:?} {server:?} {:?} {stack:?}", server.requests()));
        // The key was sent all the same.
        let requests = server.requests();
        use paas_client::ExposeSecret;
        assert_eq!(requests[0].authorization.as_ref().unwrap().expose_secret(), format!("Basic {TOKEN}"));
    }
    drop(guard);
    let log = log.text();
    assert_clean(&log);
    for part in [
        "span rancher",
        "span operation=\"create_stack\"",
        "span method=\"POST\"",
        "span path=\"/v2-beta/projects/{environment}/stacks/{stack}\"",
        "recorded status=409",
        "recorded attempt=5",
        "event code=\"client.rancher.conflict\"",
    ] {
        assert!(log.contains(part), "`{part}` is missing in: {log}");
    }
    // The template, so that logs can be counted; never the id.
    assert!(!log.contains("1st7"), "{log}");
}

#[test]
fn a_state_that_shows_the_key_is_cleaned_before_it_is_told() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_: &Request| {
        let message = format!("cannot log in with {SECRET}");
        Ok(Response::new(
            200,
            format!(
                r#"{{"id":"1st7","type":"stack","state":"activating","transitioningMessage":"{message}"}}"#
            ),
        ))
    });
    let wait = environment(&client);
    let id = "1st7".parse().unwrap();
    let error = time
        .run(wait.wait_until::<paas_client::rancher::StackId, bool>(
            &id,
            |_| false,
            std::time::Duration::ZERO,
        ))
        .unwrap_err();
    assert_clean(&format!("{error} {error:?}"));
    assert_eq!(error.transitioning_message(), Some("cannot log in with [redacted]"));
    // Conditions like to quote it.
    let quoting = |stack: &Stack| Progress::Failed(stack.transitioning_message.clone().unwrap());
    let error = time.run(wait.wait_until(&id, quoting, std::time::Duration::ZERO)).unwrap_err();
    assert_clean(&format!("{error} {error:?}"));
}

#[test]
fn no_value_shows_the_key_when_it_is_printed() {
    let builder = RancherClient::builder().url("https://rancher.example").credentials(credentials());
    let from_file = Credentials::from_variables(|name| {
        Some(if name == "RANCHER_URL" {
            format!("https://{ACCESS}:{SECRET}@rancher.example")
        } else {
            SECRET.to_owned()
        })
    })
    .unwrap();
    let error = RancherClient::builder().credentials(from_file.clone()).build().unwrap_err();
    assert_clean(&format!("{error} {error:?}"));
    let stack = Stack::from_json(&format!(
        r#"{{"id":"1st7","type":"stack","dockerCompose":"{ANSWER}","environment":{{"A":"{ANSWER}"}}}}"#
    ))
    .unwrap();
    assert_eq!(stack.environment.answer("A"), Some(ANSWER));
    let setting: Setting = serde_json::from_str(&format!(
        r#"{{"id":"a.b","type":"setting","value":"{ANSWER}","activeValue":"{ANSWER}"}}"#
    ))
    .unwrap();
    let tls = Tls::default().identity("chain", SECRET);
    assert_clean(&format!(
        "{builder:?} {:?} {from_file:?} {stack:?} {setting:?} {tls:?}",
        builder.clone().tls(tls.clone())
    ));
    assert_clean(&format!("{:?}", builder.build().unwrap()));
    let careless = RancherClient::builder().url(format!("https://{ACCESS}:{SECRET}@rancher.example"));
    assert_clean(&format!("{careless:?}"));
    // What is not secret does show.
    assert!(format!("{:?}", NewVolume::new("shared", "rancher-nfs")).contains("shared"));
}
