//! Canaries: tokens show in nothing that is logged, counted, said or printed.

use crate::{
    log::Log,
    support::{Keystone, TestClock, builder, in_project, parts},
};
use http::Method;
use paas_gateway::{AuditQueue, NotValidated};

const GOOD: &str = "gAAAAAB-GOODCANARY";
const BAD: &str = "gAAAAAB-BADCANARY";
const SERVICE: &str = "gAAAAAB-SERVICECANARY";

fn assert_clean(what: &str, text: &str) {
    assert!(!text.contains("CANARY"), "{what}: {text}");
}

#[test]
fn no_token_shows() {
    let log = Log::default();
    let guard = log.listen();
    tracing::callsite::rebuild_interest_cache();
    let keystone = Keystone::default()
        .with(GOOD, in_project("u1", "p1", &["reader"]))
        .with(SERVICE, in_project("nova", "p1", &["service"]));
    let (queue, mut events) = AuditQueue::new(100);
    let clock = TestClock::default();
    let gateway = builder(&keystone, &clock).audit(queue).service_token_roles(["service"]).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let mut refused = 0;
    for down in [false, true] {
        clock.pass(std::time::Duration::from_secs(400));
        keystone.is_down(down);
        for user in [GOOD, BAD, "two CANARY", ""] {
            for service in [None, Some(SERVICE), Some(BAD), Some("two CANARY")] {
                for method in [Method::GET, Method::POST, Method::DELETE] {
                    let path = if method == Method::DELETE {
                        "/v1/tenants/p1/volumes/1"
                    } else {
                        "/v1/tenants/p1/volumes"
                    };
                    let mut request = parts(&method, path, user);
                    if let Some(service) = service {
                        request.headers.insert("x-service-token", service.parse().unwrap());
                    }
                    match runtime.block_on(gateway.admit(&mut request)) {
                        Ok(authorized) => {
                            assert_clean("authorized", &format!("{authorized:?}"));
                            assert_clean("headers", &format!("{:?}", request.headers));
                        }
                        Err(refusal) => {
                            refused += 1;
                            assert_clean(
                                "refusal",
                                &format!("{refusal} {refusal:?} {:?}", refusal.response::<String>()),
                            );
                        }
                    }
                }
            }
        }
    }
    assert!(refused > 20, "{refused}");
    let mut told = 0;
    while let Some(event) = events.try_next() {
        told += 1;
        assert_clean("event", &format!("{event:?} {}", serde_json::to_string(&event).unwrap()));
    }
    assert!(told > 20, "{told}");
    let metrics = gateway.metrics();
    assert_clean("metrics", &format!("{metrics} {metrics:?}"));
    for user in ["u1", "Müller", "p1", "/v1"] {
        assert!(!metrics.to_string().contains(user), "{metrics}");
    }
    assert_clean("gateway", &format!("{gateway:?} {:?} {:?}", gateway.layer(), gateway.in_front_of(())));
    assert_clean("error", &format!("{:?}", NotValidated::unavailable("x")));
    drop(guard);
    // It did look.
    assert!(log.text().contains("could not be validated"), "{}", log.text());
    assert_clean("log", &log.text());
}

#[test]
fn metrics_are_what_prometheus_reads() {
    let keystone = Keystone::default().with(GOOD, in_project("u1", "p1", &["reader"]));
    let (gateway, _) = crate::support::gateway(&keystone);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    for token in [GOOD, GOOD, BAD] {
        let _ = runtime.block_on(gateway.admit(&mut parts(&Method::GET, "/v1/volumes", token)));
    }
    let text = gateway.metrics().to_string();
    for line in [
        "# TYPE paas_gateway_requests_total counter",
        "paas_gateway_requests_total{outcome=\"allowed\"} 2",
        "paas_gateway_requests_total{outcome=\"unauthenticated\"} 1",
        "paas_gateway_token_lookups_total{result=\"hit\"} 1",
        "paas_gateway_token_lookups_total{result=\"miss\"} 2",
        "paas_gateway_validations_total{result=\"invalid\"} 1",
        "paas_gateway_decision_seconds_bucket{le=\"+Inf\"} 3",
        "paas_gateway_decision_seconds_count 3",
        "paas_gateway_valid_tokens 1",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    // Each family is said once, before its samples; each line has a name and a number.
    let families: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    assert_eq!(families.len(), 8, "{families:?}");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("paas_gateway_") && value.parse::<f64>().is_ok(), "{line}");
    }
}
