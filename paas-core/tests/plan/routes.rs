//! Routes of load balancers.

use super::*;
use paas_core::application::RouteProtocol::{Http, Https, Sni, Tls};

#[test]
fn routes_lead_to_connected_services() {
    insta::assert_snapshot!(problems(bank([
        load_balancer("lb", "dmz", [
            Route::new(80, Http, "web", 8080),
            Route::new(81, Http, "wbe", 8080),
            Route::new(82, Http, "api", 8080),
            Route::new(83, Http, "later", 8080),
            Route::new(84, Http, "swift", 8080),
        ]).connects("web").depends("later").connects("swift"),
        container("web", "dmz"),
        container("api", "dmz"),
        container("later", "dmz"),
        external("swift", "dmz"),
    ])), @r"
    bank.yaml:15:5: error[app.route_target]: `lb` routes to `wbe`, which is no service of the application
      help: did you mean `web`?
    bank.yaml:16:5: error[app.route_target]: `lb` routes to `api`, but has no connection to it
      help: give `lb` the requirement `connection: api`
    bank.yaml:17:5: error[app.route_target]: `lb` routes to `later`, but has no connection to it
      help: give `lb` the requirement `connection: later`
    bank.yaml:18:5: error[app.route_target]: `lb` routes to `swift`, which is outside the platform
      help: routes lead to services; put a proxy in between, as a service of its own
    ");
}

#[test]
fn encryption_that_ends_here_needs_a_certificate() {
    let routes = || {
        [
            Route::new(80, Http, "web", 8080),
            Route::new(443, Https, "web", 8080),
            Route::new(444, Tls, "web", 8080),
            Route::new(445, Sni, "web", 8443),
        ]
    };
    let web = || container("web", "dmz");
    insta::assert_snapshot!(problems(bank([load_balancer("lb", "dmz", routes()).connects("web"), web()])), @r"
    bank.yaml:13:5: error[app.route_certificate]: `lb` ends `https` on port 443, but has no certificate
      help: name a `certificate` for `lb`, or pass TLS on unopened with `sni`
    bank.yaml:14:5: error[app.route_certificate]: `lb` ends `tls` on port 444, but has no certificate
      help: name a `certificate` for `lb`, or pass TLS on unopened with `sni`
    ");
    let mut certified = LoadBalancer::new(routes());
    certified.certificate = Some("www".to_owned());
    release(bank([Service::new("lb", "dmz", certified).connects("web"), web()]));
}

#[test]
fn load_balancers_lead_to_load_balancers_of_their_own_network_only() {
    let applications = |network| {
        bank([
            load_balancer("front", "dmz", [Route::new(80, Http, "inner", 8080)]).connects("inner"),
            load_balancer("inner", network, [Route::new(8080, Http, "web", 80)]).connects("web"),
            container("web", network),
        ])
    };
    release(applications("dmz"));
    insta::assert_snapshot!(problems(applications("app")), @r"
    bank.yaml:11:5: error[app.route_target]: `front` leads to `inner`, a load balancer in another network
      help: let `front` lead to what `inner` leads to
    ");
}

#[test]
fn names_of_targets_are_no_numbers() {
    let of = |name: &str| {
        bank([
            load_balancer("lb", "dmz", [Route::new(80, Http, name, 80)]).connects(name),
            container(name, "dmz"),
        ])
    };
    insta::assert_snapshot!(problems(of("007")), @r"
    bank.yaml:12:5: error[app.service_name]: `lb` cannot route to `007`: Rancher reads its name as a number
      help: give the service a name with a letter
    ");
    release(of("007a"));
}
