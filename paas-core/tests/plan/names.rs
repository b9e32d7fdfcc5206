//! Names of stacks, services and aliases.

use super::*;

fn stack(application: &str, given: Option<&str>) -> Result<String, String> {
    let mut target = Target::default();
    target.stack = given.map(str::to_owned);
    let mut bank = bank([container("web", "dmz")]);
    bank.name = application.to_owned();
    let planned = Release::plan(bank, &target);
    planned.release.map(|release| release.stack).ok_or_else(|| show(&planned.diagnostics))
}

#[test]
fn the_stack_is_called_like_the_application_or_as_the_caller_says() {
    assert_eq!(stack("retail", None).unwrap(), "retail");
    assert_eq!(stack("retail bank (v2)", None).unwrap(), "retail-bank-v2");
    assert_eq!(stack("retail bank", Some("Shop-1")).unwrap(), "Shop-1");
    assert_eq!(stack("", Some("x")).unwrap(), "x");
}

#[test]
fn a_name_that_the_caller_gives_is_not_changed() {
    insta::assert_snapshot!(stack("retail", Some("retail bank")).unwrap_err(), @r"
    error[target.stack_name]: `retail bank` cannot be the name of a stack: a space is no letter from a to z, digit or dash
      help: `retail-bank` would do
    ");
    insta::assert_snapshot!(stack("retail", Some("")).unwrap_err(), @"error[target.stack_name]: the name of a stack is empty");
}

#[test]
fn a_name_without_anything_of_use_is_a_problem() {
    insta::assert_snapshot!(stack("银行", None).unwrap_err(), @r"
    error[target.stack_name]: no name of a stack can be made of the application's name `银行`: it has no letter from a to z and no digit
      help: say how to call the stacks with `--stack`
    ");
    insta::assert_snapshot!(stack("", None).unwrap_err(), @r"
    error[target.stack_name]: the application has no name that its stacks could have
      help: say how to call the stacks with `--stack`
    ");
}

#[test]
fn names_of_services_are_host_names() {
    insta::assert_snapshot!(problems(bank([
        container("web_front", "dmz"),
        container("-web", "dmz"),
        container("web-", "app"),
        container("", "app"),
        container("front end", "app"),
        container(&"x".repeat(64), "app"),
        external("bank.example", "app"),
    ])), @r"
    bank.yaml:10:5: error[app.service_name]: `web_front` cannot be the name of a service: `_` is no letter from a to z, digit or dash
      help: `web-front` would do
    bank.yaml:20:5: error[app.service_name]: `-web` cannot be the name of a service: it begins with a dash
      help: `web` would do
    bank.yaml:30:5: error[app.service_name]: `web-` cannot be the name of a service: it ends with a dash
      help: `web` would do
    bank.yaml:40:5: error[app.service_name]: the name of a service is empty
    bank.yaml:50:5: error[app.service_name]: `front end` cannot be the name of a service: a space is no letter from a to z, digit or dash
      help: `front-end` would do
    bank.yaml:60:5: error[app.service_name]: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` cannot be the name of a service: it has 64 characters, and 63 are the most
      help: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` would do
    bank.yaml:70:5: error[app.service_name]: `bank.example` cannot be the name of a service: `.` is no letter from a to z, digit or dash
      help: `bank-example` would do
    ");
}

#[test]
fn names_of_services_differ_from_each_other() {
    insta::assert_snapshot!(problems(bank([
        container("web", "dmz"),
        container("Web", "app"),
        external("web", "core"),
    ])), @r"
    bank.yaml:20:5: error[app.service_name]: `Web` and `web` are the same host name
      20: here again
      10: `web` is first used here
      help: rename one of them; upper and lower case make no difference
    bank.yaml:30:5: error[app.service_name]: two services are called `web`
      30: here again
      10: `web` is first used here
      help: rename one of them; upper and lower case make no difference
    ");
}

#[test]
fn aliases_are_host_names_of_one_service_each() {
    let link = |to: &str, alias: &str| {
        let mut link = Link::connection(to);
        link.alias = Some(alias.to_owned());
        link
    };
    insta::assert_snapshot!(problems(bank([
        container("db", "app"),
        container("old-db", "app"),
        container("web", "app").with(|web| web.links = vec![
            link("db", "my_db"),
            link("old-db", "DB"),
            link("db", "other"),
            Link::connection("db"),
        ]),
    ])), @r"
    bank.yaml:31:5: error[app.service_name]: `my_db` cannot be an alias: `_` is no letter from a to z, digit or dash
      help: `my-db` would do
    bank.yaml:34:5: error[app.service_name]: `web` would reach both `old-db` and `db` by the name `db`
      34: leads to `db`
      32: leads to `old-db`
      help: give one of them another alias
    ");
}

#[test]
fn a_service_may_be_reached_twice_and_by_several_names() {
    let mut alias = Link::connection("db");
    alias.alias = Some("database".to_owned());
    let mut other = Link::connection("cache");
    other.alias = Some("queue".to_owned());
    release(bank([
        container("db", "app"),
        container("cache", "app"),
        container("queue", "app"),
        // A dependency on `queue` gives it no name: the name may be another's.
        container("web", "app").connects("db").depends("db").depends("queue").with(|web| {
            web.links.extend([alias, other]);
        }),
    ]));
}
