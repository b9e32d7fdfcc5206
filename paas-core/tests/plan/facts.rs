//! Images, log files, plans, outputs, secrets.

use super::*;
use paas_core::{
    application::{LogFiles, Output, Text, Value},
    scaling::{Bounds, ScalingPolicy},
};

#[test]
fn images_are_listed_once_with_those_who_run_them() {
    let mut target = Target::default();
    target.load_balancer_image = "registry.example/a:1".to_owned();
    let bank = bank([
        load_balancer("lb", "dmz", []),
        container("b", "dmz"),
        container("c", "app").runs(|container| container.image = "registry.example/b:1".to_owned()),
        container("a", "core"),
        external("swift", "core"),
    ]);
    let release = Release::plan(bank, &target).release.unwrap();
    let images: Vec<_> = release.images.iter().map(|it| (it.image.as_str(), it.services.join(" "))).collect();
    assert_eq!(
        images,
        [("registry.example/a:1", "lb a".to_owned()), ("registry.example/b:1", "b c".to_owned())]
    );
}

#[test]
fn log_files_are_listed_in_the_order_of_the_template() {
    let logs = |service: Service, directory: &str| {
        service.runs(|it| it.log_files.push(LogFiles::new(directory, ["log".to_owned()])))
    };
    let release = release(bank([
        logs(logs(container("web", "dmz"), "/var/log/web"), "/spool"),
        container("quiet", "dmz"),
        logs(container("api", "app"), "/logs"),
    ]));
    let sources: Vec<_> = release
        .log_sources
        .iter()
        .map(|it| format!("{}/{} {}", it.network, it.service, it.directory))
        .collect();
    assert_eq!(sources, ["dmz/web /var/log/web", "dmz/web /spool", "app/api /logs"]);
    assert_eq!(release.log_sources[0].extensions, ["log"]);
}

#[test]
fn plans_outputs_and_secrets_are_kept() {
    let mut bank = bank([container("web", "dmz")]);
    bank.policies = vec![ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 2 })];
    bank.outputs = vec![Output {
        name: "url".to_owned(),
        description: None,
        value: Value::Text(Text::from("x")),
        pending: None,
    }];
    bank.secrets = vec!["db-password".to_owned()];
    let (policies, outputs) = (bank.policies.clone(), bank.outputs.clone());
    let release = release(bank);
    assert_eq!((release.policies, release.outputs), (policies, outputs));
    assert_eq!(
        (release.secrets[0].input.as_str(), release.secrets[0].answer.as_str()),
        ("db-password", "db_password")
    );
}

#[test]
fn plans_are_checked() {
    let mut bank = bank([container("web", "dmz")]);
    let mut policy = ScalingPolicy::new("wep", "Europe/Belin", Bounds { min: 3, max: 2 });
    policy.origin = line(50);
    bank.policies.push(policy);
    insta::assert_snapshot!(problems(bank), @r"
    bank.yaml:50:5: error[scaling.bounds]: the scaling plan of `wep` has at least 3 instances and at most 2
      help: `min_instances` is no more than `max_instances`
    bank.yaml:50:5: error[scaling.time_zone]: the scaling plan of `wep` is in `Europe/Belin`, which is not a time zone
      help: did you mean `Europe/Berlin`?
    bank.yaml:50:5: error[tosca.unknown_node]: a scaling plan is for `wep`, which is no service of the application
      help: did you mean `web`?
    ");
}
