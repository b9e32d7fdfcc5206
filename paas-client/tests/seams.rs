//! The seams: no runtime is needed when transport and clock come from outside.

use crate::{canned, credentials, environment, virtual_time::VirtualTime};
use paas_client::{
    BoxFuture, Clock, Credentials, Error, ErrorKind, Limits, RancherClient, RetryPolicy,
    rancher::{EnvironmentClient, NewStack, StackId},
    transport::{Canned, HttpTransport, Request, Response, Transport, TransportError},
};
use std::{
    pin::pin,
    task::{Context, Waker},
    time::Duration,
};

/// A network on which each answer takes as long as it is told.
#[derive(Debug)]
struct Slow {
    time: VirtualTime,
    takes: Duration,
}

impl Transport for Slow {
    fn send(&self, _: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async {
            self.time.sleep(self.takes).await;
            Ok(Response::new(200, r#"{"id":"1st7","type":"stack"}"#))
        })
    }
}

#[test]
fn time_outs_run_on_the_given_clock() {
    let id: StackId = "1st7".parse().unwrap();
    let limits = Limits { total: Duration::from_secs(10), ..Limits::default() };
    for (takes, expected) in [(9, None), (11, Some(ErrorKind::Timeout))] {
        let time = VirtualTime::default();
        let client = RancherClient::builder()
            .url("https://rancher.example")
            .credentials(credentials())
            .limits(limits)
            .transport(Slow { time: time.clone(), takes: Duration::from_secs(takes) })
            .clock(time.clone())
            .build()
            .unwrap();
        let result = time.run(environment(&client).read_stack(&id));
        assert_eq!(result.err().map(|error| error.kind()), expected);
        let result = time.run(environment(&client).create_stack(&NewStack::new("shop")));
        assert_eq!(result.err().map(|error| error.outcome_unknown()), expected.map(|_| true));
    }
}

#[test]
fn a_place_that_does_not_come_free_is_a_time_out_of_what_was_not_sent() {
    let time = VirtualTime::default();
    let limits = Limits { total: Duration::from_secs(10), concurrent: 1, ..Limits::default() };
    let client = RancherClient::builder()
        .url("https://rancher.example")
        .credentials(credentials())
        .limits(limits)
        // What was not sent may be tried again; here it would then find a place.
        .retry(RetryPolicy::never())
        .transport(Slow { time: time.clone(), takes: Duration::from_secs(60) })
        .clock(time.clone())
        .build()
        .unwrap();
    let environment = environment(&client);
    let stack = NewStack::new("shop");
    time.run(async {
        let mut first = pin!(environment.create_stack(&stack));
        // It takes the only place.
        assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        let second = environment.create_stack(&stack).await.unwrap_err();
        assert_eq!((second.kind(), second.outcome_unknown()), (ErrorKind::Timeout, false));
        assert!(first.await.unwrap_err().outcome_unknown());
    });
}

#[test]
fn the_version_is_asked_for_once() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| {
        Ok(Response::new(
            200,
            r#"{"id":"rancher.server.version","type":"activeSetting","value":"v1.6.30","activeValue":"v1.6.30"}"#,
        ))
    });
    for _ in 0..3 {
        assert_eq!(time.run(client.clone().server_version()).unwrap().to_string(), "v1.6.30");
    }
    assert_eq!(crate::asked(&server), ["GET /v2-beta/settings/rancher.server.version"]);

    let (client, _) = canned(time.clone(), |_| {
        Ok(Response::new(
            200,
            r#"{"id":"rancher.server.version","type":"activeSetting","value":null,"activeValue":"master"}"#,
        ))
    });
    let error = time.run(client.server_version()).unwrap_err();
    assert_eq!((error.kind(), error.server_message()), (ErrorKind::Protocol, Some("master")));
}

#[test]
fn handles_go_between_threads_and_so_do_their_futures() {
    fn handle<T: Clone + Send + Sync + 'static>() {}
    fn send<T: Send>(_: &T) {}
    handle::<RancherClient>();
    handle::<EnvironmentClient>();
    handle::<Canned>();
    handle::<HttpTransport>();
    handle::<Credentials>();
    handle::<Error>();
    let (client, _) = canned(VirtualTime::default(), |_| Ok(Response::new(200, "")));
    let environment = environment(&client);
    let id: StackId = "1st7".parse().unwrap();
    send(&environment.read_stack(&id));
    send(&environment.create_stack(&NewStack::new("shop")));
    send(&environment.delete_stack(&id));
    send(&environment.wait_until(&id, |_| true, Duration::ZERO));
    send(&environment.list_stacks(&paas_client::rancher::StackQuery::default()).collect_all());
}
