//! What an audit is told.

use crate::support::{Keystone, NOW, TestClock, builder, in_project, parts, status};
use http::Method;
use paas_core::access::{AccessEvent, AccessSink, Action};
use paas_gateway::AuditQueue;
use serde_json::json;

const PATH: &str = "/v1/tenants/p1/volumes";

#[tokio::test]
async fn refusals_and_changes_are_told_and_allowed_views_are_not() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["member"]));
    let (queue, mut events) = AuditQueue::new(10);
    let gateway = builder(&keystone, &TestClock::default()).audit(queue.clone()).build().unwrap();
    let mut request = parts(&Method::POST, PATH, "t");
    request.headers.insert("x-request-id", "req-7".parse().unwrap());
    gateway.admit(&mut request).await.unwrap();
    let event = events.try_next().unwrap();
    assert_eq!(
        serde_json::to_value(&event).unwrap(),
        json!({
            "at": NOW * 1_000, "user": "u1", "name": "u1 Müller", "action": "create", "kind": "volume", "tenant": "p1",
            "allowed": true, "reason": "in_tenant", "because": "a restricted member may create a volume in its tenant",
            "request": "req-7",
        })
    );
    assert_eq!(status(&gateway, &Method::GET, PATH, "t").await, 200);
    assert!(events.try_next().is_none());
    let mut request = parts(&Method::GET, "/v1/tenants/p2/volumes", "t");
    request.headers.insert("x-request-id", "two\tlines".parse().unwrap());
    gateway.admit(&mut request).await.unwrap_err();
    let event = events.try_next().unwrap();
    assert_eq!(
        (event.allowed, event.user.as_deref(), event.tenant.as_deref(), event.request),
        (false, Some("u1"), Some("p2"), None)
    );
    assert_eq!(status(&gateway, &Method::DELETE, &format!("{PATH}/1"), "junk").await, 401);
    let event = events.try_next().unwrap();
    assert_eq!(
        (event.action, event.user, event.because.as_str()),
        (Action::Delete, None, "the token is not valid")
    );
    assert_eq!(queue.lost(), 0);
}

#[tokio::test]
async fn an_audit_that_takes_nothing_holds_nobody_up() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["member"]));
    let (queue, _events) = AuditQueue::new(2);
    let gateway = builder(&keystone, &TestClock::default()).audit(queue.clone()).build().unwrap();
    for _ in 0..10 {
        assert_eq!(status(&gateway, &Method::POST, PATH, "t").await, 200);
    }
    assert_eq!(queue.lost(), 8);
}

#[tokio::test]
async fn a_sink_says_what_it_wants() {
    #[derive(Clone)]
    struct All(AuditQueue);
    impl AccessSink for All {
        fn record(&self, event: AccessEvent) {
            self.0.record(event);
        }
        fn wants(&self, _: Action, _: bool) -> bool {
            true
        }
    }
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["member"]));
    let (queue, mut events) = AuditQueue::new(10);
    let gateway = builder(&keystone, &TestClock::default()).audit(All(queue)).build().unwrap();
    assert_eq!(status(&gateway, &Method::GET, PATH, "t").await, 200);
    assert!(events.try_next().is_some_and(|event| event.allowed));
}
