//! Creates, changes and actions under failure: nothing twice, nothing without a look.

use crate::{asked, canned, environment, refused, service, virtual_time::VirtualTime};
use paas_client::{
    ErrorKind,
    rancher::{NewEnvironment, NewStack, NewVolume, ServiceId, ServiceLink, State},
    transport::{Method, Request, Response, TransportError, TransportErrorKind},
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const ONE: &str = "/v2-beta/projects/1a5/services/1s7";

fn id() -> ServiceId {
    "1s7".parse().unwrap()
}

fn lost() -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, "connection reset")
}

/// Answers of a list, one after the other; the last again and again.
fn in_turn(
    answers: Vec<Result<Response, TransportError>>,
) -> impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static {
    let next = Arc::new(AtomicUsize::new(0));
    move |_| {
        let n = next.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1);
        answers[n].clone()
    }
}

#[test]
fn a_create_is_sent_once_whatever_becomes_of_its_answer() {
    for answer in [
        Err(lost()),
        Err(TransportError::new(TransportErrorKind::Timeout, "no answer")),
        Ok(Response::new(500, "")),
        Ok(Response::new(504, "")),
        Ok(refused(409, "Conflict")),
        Ok(Response::new(408, "")),
        Ok(Response::new(201, "{\"id\":")),
        Ok(Response::new(201, "<html>")),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), in_turn(vec![answer]));
        let environment = environment(&client);
        time.run(async {
            for error in [
                client.create_environment(&NewEnvironment::new("a")).await.unwrap_err(),
                environment.create_stack(&NewStack::new("a")).await.unwrap_err(),
                environment.create_volume(&NewVolume::new("a", "rancher-nfs")).await.unwrap_err(),
            ] {
                assert!(error.outcome_unknown(), "{error}");
                assert_eq!(error.attempts(), 1, "{error}");
            }
        });
        assert_eq!(server.requests().len(), 3);
    }
}

#[test]
fn a_create_that_cannot_have_arrived_is_sent_again() {
    for answer in [
        Err(TransportError::new(TransportErrorKind::Connect, "refused")),
        Ok(Response::new(429, "").header("Retry-After", "2")),
    ] {
        let time = VirtualTime::default();
        let good = Response::new(201, r#"{"id":"1st7","type":"stack"}"#);
        let (client, server) = canned(time.clone(), in_turn(vec![answer, Ok(good)]));
        time.run(environment(&client).create_stack(&NewStack::new("a"))).unwrap();
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn an_action_is_asked_for_only_if_a_fresh_read_offers_it() {
    let time = VirtualTime::default();
    let (client, server) =
        canned(time.clone(), in_turn(vec![Ok(service("active", &["upgrade", "deactivate"]))]));
    let error = time.run(environment(&client).activate_service(&id())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ActionNotAvailable);
    assert_eq!(error.available_actions(), ["deactivate", "upgrade"]);
    assert_eq!(
        error.to_string(),
        format!(
            "activate_service `{ONE}`: the resource does not offer `activate` in its state `active`; \
             it offers `deactivate`, `upgrade`"
        )
    );
    assert_eq!(asked(&server), [format!("GET {ONE}")]);
    assert!(!error.outcome_unknown() && !error.is_retryable());
}

#[test]
fn an_action_goes_to_our_own_address_whatever_the_resource_says() {
    let time = VirtualTime::default();
    let answers = vec![Ok(service("inactive", &["activate"])), Ok(service("activating", &[]))];
    let (client, server) = canned(time.clone(), in_turn(answers));
    let service = time.run(environment(&client).activate_service(&id())).unwrap();
    assert_eq!(service.state, State::Activating);
    assert_eq!(asked(&server), [format!("GET {ONE}"), format!("POST {ONE}/?action=activate")]);
    assert!(server.requests().iter().all(|request| request.url.starts_with("https://rancher.example/")));
    assert_eq!(server.requests()[1].body, None);
}

#[test]
fn a_lost_answer_to_an_action_is_found_by_reading() {
    let time = VirtualTime::default();
    let answers =
        vec![Ok(service("inactive", &["activate"])), Err(lost()), Ok(service("active", &["deactivate"]))];
    let (client, server) = canned(time.clone(), in_turn(answers));
    assert_eq!(time.run(environment(&client).activate_service(&id())).unwrap().state, State::Active);
    assert_eq!(
        asked(&server),
        [format!("GET {ONE}"), format!("POST {ONE}/?action=activate"), format!("GET {ONE}")]
    );
}

#[test]
fn a_conflict_is_answered_by_reading_and_asking_again() {
    let read = format!("GET {ONE}");
    let (activate, deactivate) =
        (format!("POST {ONE}/?action=activate"), format!("POST {ONE}/?action=deactivate"));
    let time = VirtualTime::default();
    let answers = vec![
        Ok(service("inactive", &["activate"])),
        Ok(refused(409, "Conflict")),
        Ok(service("inactive", &["activate"])),
        Ok(service("activating", &[])),
    ];
    let (client, server) = canned(time.clone(), in_turn(answers));
    time.run(environment(&client).activate_service(&id())).unwrap();
    assert_eq!(asked(&server), [read.clone(), activate.clone(), read.clone(), activate]);

    // Meanwhile somebody else stopped it: that is what was wanted.
    let answers = vec![
        Ok(service("active", &["deactivate"])),
        Ok(refused(409, "Conflict")),
        Ok(service("deactivating", &[])),
    ];
    let (client, server) = canned(time.clone(), in_turn(answers));
    time.run(environment(&client).deactivate_service(&id())).unwrap();
    assert_eq!(asked(&server), [read.clone(), deactivate, read]);
}

#[test]
fn a_scale_is_put_again_only_if_it_does_not_hold_yet() {
    let scaled = |scale: u32| {
        Ok(Response::new(200, format!(r#"{{"id":"1s7","type":"service","state":"active","scale":{scale}}}"#)))
    };
    let (read, put) = (format!("GET {ONE}"), format!("PUT {ONE}"));
    for (answers, expected) in [
        (vec![scaled(5)], vec![&put]),
        (vec![Err(lost()), scaled(5)], vec![&put, &read]),
        (vec![Ok(refused(409, "Conflict")), scaled(1), scaled(5)], vec![&put, &read, &put]),
        (vec![Ok(Response::new(500, "")), scaled(5)], vec![&put, &read]),
        // Nothing was sent, so there is nothing to look for.
        (vec![Err(TransportError::new(TransportErrorKind::Connect, "refused")), scaled(5)], vec![&put, &put]),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), in_turn(answers));
        assert_eq!(time.run(environment(&client).scale_service(&id(), 5)).unwrap().scale, Some(5));
        assert_eq!(asked(&server), expected.into_iter().cloned().collect::<Vec<_>>());
        assert_eq!(server.requests()[0].body.as_deref(), Some(&br#"{"scale":5}"#[..]));
    }
}

#[test]
fn a_change_without_an_answer_worth_reading_is_read() {
    let scaled =
        || Response::new(200, r#"{"id":"1s7","type":"service","state":"updating-active","scale":5}"#);
    for (empty, then) in
        [(Response::new(204, ""), service("active", &[])), (Response::new(200, "OK"), scaled())]
    {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), in_turn(vec![Ok(empty), Ok(then)]));
        time.run(environment(&client).scale_service(&id(), 5)).unwrap();
        assert_eq!(asked(&server), [format!("PUT {ONE}"), format!("GET {ONE}")]);
    }
    // Somebody else answered, and nothing has changed.
    for page in ["OK", "{}", "<title>Maintenance</title>"] {
        let time = VirtualTime::default();
        let unchanged = service("inactive", &["activate"]);
        let answers = vec![Ok(unchanged.clone()), Ok(Response::new(200, page)), Ok(unchanged)];
        let (client, server) = canned(time.clone(), in_turn(answers));
        let error = time.run(environment(&client).activate_service(&id())).unwrap_err();
        assert!(error.kind() == ErrorKind::Protocol && error.outcome_unknown(), "{error}");
        assert_eq!(server.requests().len(), 3);
    }
    // Behind a page for logging in there is nothing to read either.
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), in_turn(vec![Ok(Response::new(200, "<title>Log in</title>"))]));
    let error = time.run(environment(&client).scale_service(&id(), 5)).unwrap_err();
    assert!(error.kind() == ErrorKind::Protocol && error.outcome_unknown());
}

#[test]
fn a_delete_ends_when_the_resource_goes() {
    let stack =
        |state: &str| Ok(Response::new(200, format!(r#"{{"id":"1st7","type":"stack","state":"{state}"}}"#)));
    for (answers, expected) in [
        (vec![stack("removing")], vec!["DELETE"]),
        (vec![Err(lost()), stack("removed")], vec!["DELETE", "GET"]),
        (
            vec![Ok(refused(409, "Conflict")), stack("active"), stack("removing")],
            vec!["DELETE", "GET", "DELETE"],
        ),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), in_turn(answers));
        assert!(
            time.run(environment(&client).delete_stack(&"1st7".parse().unwrap())).unwrap().state.is_gone()
        );
        let methods: Vec<_> = server.requests().iter().map(|request| request.method.as_str()).collect();
        assert_eq!(methods, expected);
    }
    // Purged meanwhile: there is nothing any more.
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), in_turn(vec![Err(lost()), Ok(refused(404, "NotFound"))]));
    let error = time.run(environment(&client).delete_stack(&"1st7".parse().unwrap())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(!error.outcome_unknown());
}

#[test]
fn a_change_that_never_succeeds_ends_and_says_what_is_not_known() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        if request.method == Method::Get { Ok(service("inactive", &["activate"])) } else { Err(lost()) }
    });
    let error = time.run(environment(&client).activate_service(&id())).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 5));
    assert!(error.outcome_unknown());
    let posts = server.requests().iter().filter(|request| request.method == Method::Post).count();
    assert_eq!(posts, 5);

    // The key is withdrawn in between.
    let answers = vec![Ok(service("inactive", &["activate"])), Err(lost()), Ok(Response::new(401, ""))];
    let (client, _) = canned(time.clone(), in_turn(answers));
    let error = time.run(environment(&client).activate_service(&id())).unwrap_err();
    assert!(error.kind() == ErrorKind::Unauthorized && error.outcome_unknown());
}

#[test]
fn links_are_replaced_whole() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), in_turn(vec![Ok(service("active", &["setservicelinks"]))]));
    let links =
        [ServiceLink::to("1s4".parse().unwrap()).alias("db"), ServiceLink::by_name("far", "r2/e/s/x")];
    time.run(environment(&client).set_service_links(&id(), &links)).unwrap();
    time.run(environment(&client).set_service_links(&id(), &[])).unwrap();
    let bodies: Vec<String> = server
        .requests()
        .into_iter()
        .filter_map(|request| request.body)
        .map(|body| String::from_utf8(body).unwrap())
        .collect();
    assert_eq!(
        bodies,
        [
            r#"{"serviceLinks":[{"name":"db","serviceId":"1s4"},{"name":"far","service":"r2/e/s/x"}]}"#,
            r#"{"serviceLinks":[]}"#
        ]
    );
}
