//! Inputs, values that come from them, and comments.

use crate::templates::whole;
use paas_core::{
    application::{Application, Container, Link, Network, Port, Segment, Service, ServiceKind, Text, Volume},
    policy::TemplatePolicy,
};
use paas_tosca::{
    Checked, Options, Source, check,
    export::{self, Constraint, Extras, Input, InputKind, Piece, Remark},
};

fn shop() -> Application {
    let mut shop = Application::new("shop");
    shop.networks = vec![Network::new("dmz")];
    let mut web = Container::new("registry.bank.test/web:1.4");
    web.environment.insert("DB_HOST".to_owned(), Text::from("db"));
    web.environment.insert("MODE".to_owned(), Text::from("test"));
    web.command = vec![Text::from("serve"), Text::from("--fast")];
    web.ports = vec![Port::new(8080)];
    let mut web = Service::new("web", "dmz", web);
    web.links = vec![Link::connection("db")];
    shop.services = vec![web, Service::new("db", "dmz", Container::new("registry.bank.test/db:5"))];
    shop
}

fn container(application: &Application) -> &Container {
    application.services[0].container().unwrap()
}

fn read(text: &str, inputs: &[(&str, &str)]) -> Checked {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    options.inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    check(&Source::new("t.yaml", text), &options)
}

fn well(text: &str, inputs: &[(&str, &str)]) -> Application {
    let checked = read(text, inputs);
    checked.application.unwrap_or_else(|| panic!("{}\n{text}", whole(&checked.diagnostics)))
}

fn input(name: &str, kind: InputKind, default: Option<&str>) -> Input {
    let mut input = Input::new(name, kind);
    input.default = default.map(str::to_owned);
    input
}

fn with_inputs() -> Extras {
    let mut extras = Extras::default();
    let mut tag = input("tag", InputKind::String, Some("1.4"));
    tag.description = Some("Which version: `latest`?".to_owned());
    tag.constraints =
        vec![Constraint::MinLength(1), Constraint::MaxLength(20), Constraint::Pattern("[0-9.]+".to_owned())];
    let mut count = input("count", InputKind::Integer, Some("3"));
    count.constraints = vec![Constraint::GreaterOrEqual(1), Constraint::LessOrEqual(9)];
    let mut mode = input("mode", InputKind::String, Some("no"));
    mode.constraints = vec![Constraint::ValidValues(vec!["no".to_owned(), "yes".to_owned()])];
    let mut size = input("size", InputKind::Integer, Some("512"));
    size.constraints = vec![Constraint::ValidValues(vec!["512".to_owned(), "1024".to_owned()])];
    extras.inputs = vec![tag, count, mode, size, input("fast", InputKind::Boolean, Some("true"))];
    let mut optional = input("db_host", InputKind::String, None);
    optional.required = false;
    extras.inputs.push(optional);
    let uses = &mut extras.uses;
    uses.add("web", ["image"], [Piece::literal("registry.bank.test/web:"), Piece::input("tag")]);
    uses.add("web", ["scale"], [Piece::input("count")]);
    uses.add("web", ["environment", "MODE"], [Piece::input("mode")]);
    uses.add("web", ["environment", "COUNT"], [Piece::input("count")]);
    uses.add("web", ["command", "1"], [Piece::literal("--"), Piece::input("fast"), Piece::literal("-1")]);
    uses.add("web", ["command", "2"], [Piece::input("count")]);
    uses.add("web", ["ports", "0", "external"], [Piece::input("count")]);
    uses.add("web", ["resources", "memory_limit"], [Piece::input("size"), Piece::literal(" MiB")]);
    uses.add("web", ["labels", "fast"], [Piece::input("fast")]);
    uses.add("web", ["entrypoint", "0"], []);
    uses.add("web", ["image", "tag"], [Piece::input("tag")]);
    uses.add("web", ["ports", "7"], [Piece::input("tag")]);
    uses.add("nobody", ["image"], [Piece::input("tag")]);
    extras
}

#[test]
fn values_come_from_inputs() {
    let text = export::template(&shop(), &with_inputs());
    insta::assert_snapshot!(text);
    let shop = well(&text, &[("tag", "1.5"), ("count", "7"), ("fast", "false"), ("size", "1024")]);
    let web = container(&shop);
    assert_eq!((web.image.as_str(), web.scale), ("registry.bank.test/web:1.5", 7));
    assert_eq!(web.environment["COUNT"], Text::from("7"));
    assert_eq!(web.environment["MODE"], Text::from("no"));
    assert_eq!(web.command, ["serve", "--false-1", "7"].map(Text::from));
    assert_eq!(web.resources.memory_limit_bytes, Some(1 << 30));
    assert_eq!(web.labels["fast"], Text::from("false"));
    assert_eq!(web.entrypoint, [Text::from("")]);
}

#[test]
fn constraints_hold() {
    let text = export::template(&shop(), &with_inputs());
    for (name, value) in [("tag", "latest"), ("tag", ""), ("count", "10"), ("mode", "maybe"), ("size", "513")]
    {
        let checked = read(&text, &[(name, value)]);
        assert!(checked.diagnostics.has_errors(), "{name}");
    }
}

#[test]
fn secrets_are_inputs_without_a_value() {
    let mut shop = shop();
    let secret = |name: &str| Segment::Secret { secret: name.to_owned() };
    let ServiceKind::Container(web) = &mut shop.services[0].kind else { unreachable!() };
    web.environment.insert("A".to_owned(), Text::from_segments([secret("plain")]));
    web.environment
        .insert("B".to_owned(), Text::from_segments([secret("a, b"), Segment::Literal("1".to_owned())]));
    web.environment.insert("C".to_owned(), Text::from_segments([secret("given"), Segment::host_of("db")]));
    shop.secrets = ["given", "plain", "a, b"].map(str::to_owned).to_vec();
    let mut extras = Extras::default();
    let mut given = input("given", InputKind::Integer, Some("hunter2"));
    given.description = Some("A password.".to_owned());
    extras.inputs = vec![given];
    let text = export::template(&shop, &extras);
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains("secret_inputs: 'given, plain'"), "{text}");
    assert!(text.contains("'a, b': { type: string, metadata: { secret: 'true' } }"), "{text}");
    assert!(text.contains("given: { type: string, description: A password. }"), "{text}");
    assert_eq!(well(&text, &[]), shop);
    // One that the application forgot to list is secret all the same.
    shop.secrets.clear();
    shop.secrets.push("plain".to_owned());
    assert_eq!(well(&export::template(&shop, &extras), &[]).secrets.len(), 3);
}

#[test]
fn an_input_that_nobody_declared_is_a_string() {
    let mut extras = Extras::default();
    extras.uses.add("db", ["environment", "NAME"], [Piece::input("name")]);
    let text = export::template(&shop(), &extras);
    let db = &well(&text, &[("name", "12")]).services[1];
    assert_eq!(db.container().unwrap().environment["NAME"], Text::from("12"));
}

#[test]
fn remarks_stand_where_they_belong() {
    let mut extras = Extras::default();
    extras.remarks = vec![
        Remark::new("Imported.\nNot all was\r\n\u{2028}kept: \u{1b}[31m#"),
        Remark::new("first").of_service("web"),
        Remark::new("`cpuset` is not kept").of_service("web").of_property("environment"),
        Remark::new("second").of_service("web").of_property("links"),
        Remark::new("lost").of_service("nobody").of_property("image"),
        Remark::new("").of_service("db").of_property("image"),
    ];
    let text = export::template(&shop(), &extras);
    let comments: Vec<&str> = text.lines().filter(|line| line.contains('#')).collect();
    assert_eq!(
        comments,
        [
            "# Imported. Not all was kept: ?[31m#",
            "# lost",
            "    # first",
            "    # second",
            "        # `cpuset` is not kept",
            "        #",
        ]
    );
    assert!(text.contains("\n\n    # first\n    # second\n    web:\n"), "{text}");
    assert_eq!(well(&text, &[]), shop());
}

#[test]
fn nodes_of_one_name_are_told_apart() {
    let mut shop = shop();
    shop.networks = vec![Network::new("web"), Network::new("web-network"), Network::new("db")];
    shop.networks[2].chosen = false;
    shop.volumes = vec![Volume::new("web"), Volume::new("db")];
    for service in &mut shop.services {
        "web".clone_into(&mut service.network);
    }
    let ServiceKind::Container(db) = &mut shop.services[1].kind else { unreachable!() };
    db.mounts = vec![paas_core::application::Mount::new("db", "/data")];
    let text = export::template(&shop, &Extras::default());
    for node in ["web-network:\n", "web-network-network:\n", "db-network:\n", "web-volume:\n", "db-volume:\n"]
    {
        assert!(text.contains(&format!("\n    {node}")), "{node}{text}");
    }
    assert_eq!(well(&text, &[]), shop);
}

#[test]
fn an_application_without_anything_is_a_template() {
    let text = export::template(&Application::new(""), &Extras::default());
    let checked = read(&text, &[]);
    assert!(!checked.diagnostics.has_errors(), "{}\n{text}", whole(&checked.diagnostics));
}
