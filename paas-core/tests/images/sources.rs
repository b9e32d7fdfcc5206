//! Which images a template may name, and where they are taken from.

use paas_core::{
    application::{
        Application, Container, Link, LoadBalancer, Network, Route, RouteProtocol, Service, Sidekick,
    },
    diagnostic::{Code, Diagnostics, Place},
    images::{
        Digest,
        distribution::{Zone, Zones},
        sources::{ImageSources, InvalidSources, Seen, Wanted},
    },
    release::{Backend, Release, Target},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const EAST: &str = "registry.east.bank.test";
const NORTH: &str = "registry.north.bank.test:5000/images";

fn digest(number: u8) -> Digest {
    format!("sha256:{number:064x}").parse().unwrap()
}

/// East and north; `shop-dmz` is in the north, all else in the east.
fn sources() -> ImageSources {
    let zones =
        [("east", EAST), ("north", NORTH)].map(|(name, registry)| Zone::new(name.parse().unwrap(), registry));
    let sources = ImageSources::new(Zones::new(zones).unwrap());
    let sources = sources.environment("shop-dmz", "north".parse().unwrap()).unwrap();
    sources.otherwise("east".parse().unwrap()).unwrap().open("library").unwrap()
}

/// A service in the `dmz` for each of the images, and one in the `core`.
fn release<'i>(dmz: impl IntoIterator<Item = &'i str>, core: impl IntoIterator<Item = &'i str>) -> Release {
    let mut application = Application::new("shop");
    for (network, images) in
        [("dmz", dmz.into_iter().collect::<Vec<_>>()), ("core", core.into_iter().collect())]
    {
        application.networks.push(Network::new(network));
        for (number, image) in images.into_iter().enumerate() {
            let mut container = Container::new(image);
            container.origins.note("image", Place::start_of("shop.yaml"));
            application.services.push(Service::new(format!("{network}-{number}"), network, container));
        }
    }
    plan(&application, &target())
}

fn target() -> Target {
    let mut target = Target::default();
    for network in ["dmz", "core"] {
        target.environments.insert(network.into(), format!("shop-{network}"));
    }
    target
}

fn plan(application: &Application, target: &Target) -> Release {
    let planned = Release::plan(application.clone(), target);
    planned.release.unwrap_or_else(|| panic!("{:?}", planned.diagnostics))
}

/// `retail` is the tenant's own, `treasury/cache` published with digest 7, `own` personal.
fn seen(wanted: &Wanted) -> Seen {
    match (wanted.namespace(), wanted.repository.as_str()) {
        ("retail", _) => Seen::Own,
        ("own", _) => Seen::Personal,
        (_, "treasury/cache") => Seen::Published(digest(7)),
        _ => Seen::Hidden,
    }
}

fn settle(release: &mut Release) -> Diagnostics {
    sources().settle(release, "meridian", seen)
}

fn images(release: &Release) -> Vec<String> {
    let services = release.parts.iter().flat_map(|part| &part.services);
    services.filter_map(|service| Some(service.container()?.image.clone())).collect()
}

#[test]
fn each_environment_takes_its_images_from_its_zone() {
    let image = format!("{EAST}/retail/web:1.4");
    let pinned = format!("{EAST}/retail/web:1.4@{}", digest(1));
    let other = format!("{NORTH}/retail/front/web:1.4");
    let (cache, exactly) =
        (format!("{EAST}/treasury/cache:7"), format!("{NORTH}/treasury/cache@{}", digest(7)));
    let (base, elsewhere) = (format!("{EAST}/library/nginx"), "docker.io/treasury/web");
    let all = [&image, &pinned, &other, &cache, &exactly, &base, elsewhere];
    let mut release = release(all, all);
    assert!(settle(&mut release).is_empty());
    let found = images(&release);
    assert_eq!(
        found[..7],
        [
            format!("{NORTH}/retail/web:1.4"),
            format!("{NORTH}/retail/web:1.4@{}", digest(1)),
            format!("{NORTH}/retail/front/web:1.4"),
            format!("{NORTH}/treasury/cache@{}", digest(7)),
            format!("{NORTH}/treasury/cache@{}", digest(7)),
            format!("{NORTH}/library/nginx"),
            elsewhere.to_owned(),
        ]
    );
    assert_eq!(
        found[7..],
        [
            image.clone(),
            pinned.clone(),
            format!("{EAST}/retail/front/web:1.4"),
            format!("{EAST}/treasury/cache@{}", digest(7)),
            format!("{EAST}/treasury/cache@{}", digest(7)),
            base.clone(),
            elsewhere.to_owned(),
        ]
    );
    // Each once, sorted, with all who use it.
    let used: Vec<&str> = release.images.iter().map(|used| used.image.as_str()).collect();
    let sorted: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(used, sorted.into_iter().collect::<Vec<_>>());
    let cache = release.images.iter().find(|used| used.image == found[3]).unwrap();
    assert_eq!(cache.services, ["dmz-3", "dmz-4"]);
    // What is settled is settled.
    let before = release.clone();
    assert!(settle(&mut release).is_empty());
    assert_eq!(release, before);
}

#[test]
fn what_is_not_shown_is_told_whatever_it_looks_like() {
    let zeros = "0".repeat(64);
    let wrong = [
        (format!("{NORTH}/treasury/web:1"), "is not shown to the tenant `meridian`"),
        (format!("{EAST}/own/web:1"), "is shown to one user alone, and not to the tenant `meridian`"),
        (format!("{EAST}/web:1"), "is in no image namespace"),
        (format!("{EAST}/retail/../treasury/web:1"), "is none that Docker takes"),
        (format!("{EAST}/retail//web"), "is none that Docker takes"),
        (format!("{EAST}/retail/Web:1"), "is none that Docker takes"),
        (format!("{EAST}/retail/web:not a tag"), "is none that Docker takes"),
        (format!("{EAST}/retail/web@sha256:{}", &zeros[1..]), "is none that Docker takes"),
        // What Rancher's agent passes over.
        (format!("docker:{EAST}/treasury/web:1"), "is none that Docker takes"),
        (format!(" {EAST}/treasury/web:1"), "is none that Docker takes"),
        (format!("https://{EAST}/treasury/web:1"), "is none that Docker takes"),
        // Something else of the published repository.
        (format!("{EAST}/treasury/cache@{}", digest(8)), "is not shown to the tenant `meridian`"),
        (format!("{EAST}/treasury/cache:7@{}", digest(8)), "is not shown to the tenant `meridian`"),
        // The same server, to Docker.
        ("REGISTRY.East.bank.test:443/treasury/web:1".to_owned(), "is not shown to the tenant `meridian`"),
        ("registry.east.bank.test./treasury/web:1".to_owned(), "is not shown to the tenant `meridian`"),
    ];
    for (image, why) in &wrong {
        let mut release = release([image.as_str()], []);
        let before = release.clone();
        let problems = settle(&mut release);
        let [problem] = &problems.iter().collect::<Vec<_>>()[..] else { panic!("{image}: {problems:?}") };
        assert_eq!(problem.code, Code::ResourceImageHidden);
        assert!(problem.message.ends_with(why), "{problem}");
        assert_eq!(problem.labels[0].place, Place::start_of("shop.yaml"));
        assert!(problem.help.is_some());
        assert_eq!(release, before, "nothing is changed of it");
    }
    // All at once, and by their services.
    let mut release = release(wrong.iter().map(|(image, _)| image.as_str()), []);
    assert_eq!(settle(&mut release).iter().count(), wrong.len());
    // Where images may come from besides is not asked here.
    let mut other = self::release([&*format!("{}/elsewhere/web:1", &NORTH[..NORTH.len() - 7])], []);
    assert!(settle(&mut other).is_empty());
}

#[test]
fn what_runs_beside_a_service_is_looked_at_too() {
    let mut application = Application::new("shop");
    application.networks.push(Network::new("dmz"));
    application.services.push(Service::new("web", "dmz", Container::new(format!("{EAST}/retail/web:1"))));
    let mut agent = Container::new(format!("{EAST}/hr/agent:1"));
    agent.sidekick = Some(Sidekick::new("web"));
    application.services.push(Service::new("agent", "dmz", agent));
    let mut target = target();
    target.environments.remove("core");
    let mut release = plan(&application, &target);
    let problems = settle(&mut release);
    let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [format!("the image `{EAST}/hr/agent:1` of `agent` is not shown to the tenant `meridian`")]
    );
}

#[test]
fn load_balancers_follow_if_all_are_in_one_zone() {
    let balanced = |networks: &[&str], image: &str| {
        let mut application = Application::new("shop");
        for network in ["dmz", "core"] {
            application.networks.push(Network::new(network));
            let web = Container::new(format!("{EAST}/retail/web:1"));
            application.services.push(Service::new(format!("web-{network}"), network, web));
        }
        for network in networks {
            let web = format!("web-{network}");
            let route = Route::new(80, RouteProtocol::Http, &web, 80);
            let balancer = LoadBalancer::new([route]);
            let mut service = Service::new(format!("lb-{network}"), *network, balancer);
            service.links.push(Link::connection(web));
            application.services.push(service);
        }
        let mut target = target();
        image.clone_into(&mut target.load_balancer_image);
        let mut release = plan(&application, &target);
        let problems = settle(&mut release);
        let Backend::Rancher(rancher) = release.backend else { panic!() };
        assert_eq!(
            release.images.iter().any(|used| used.image == rancher.load_balancer_image),
            !networks.is_empty()
        );
        (
            rancher.load_balancer_image,
            problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>(),
        )
    };
    let image = format!("{EAST}/library/haproxy:1");
    assert_eq!(balanced(&["dmz"], &image), (format!("{NORTH}/library/haproxy:1"), vec![]));
    assert_eq!(balanced(&["core"], &image), (image.clone(), vec![]));
    assert_eq!(balanced(&["dmz", "core"], &image), (image.clone(), vec![]));
    let hidden = format!("{EAST}/hr/haproxy:1");
    let told = format!("the image `{hidden}` of the load balancers is not shown to the tenant `meridian`");
    assert_eq!(balanced(&["dmz"], &hidden), (hidden.clone(), vec![told]));
    // Nothing runs it.
    assert_eq!(balanced(&[], &hidden), (hidden, vec![]));
}

#[test]
fn sources_are_read_and_checked() {
    let text = serde_json::to_value(sources()).unwrap();
    assert_eq!(
        text,
        serde_json::json!({
            "zones": [{ "name": "east", "registry": EAST }, { "name": "north", "registry": NORTH }],
            "environments": { "shop-dmz": "north" },
            "otherwise": "east",
            "open": ["library"],
        })
    );
    assert_eq!(serde_json::from_value::<ImageSources>(text.clone()).unwrap(), sources());
    for (key, value, expected) in [
        ("otherwise", serde_json::json!("west"), "there is no zone `west`"),
        ("environments", serde_json::json!({ "shop-dmz": "west" }), "there is no zone `west`"),
        ("open", serde_json::json!(["a/b"]), "`a/b` cannot be the name of an image namespace"),
        ("other", serde_json::json!(1), "unknown field `other`"),
    ] {
        let mut wrong = text.clone();
        wrong[key] = value;
        let error = serde_json::from_value::<ImageSources>(wrong).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    let west = "west".parse().unwrap();
    assert_eq!(sources().environment("x", west), Err(InvalidSources::UnknownZone("west".parse().unwrap())));
    // Without a zone, images stay where templates say.
    let zones = Zones::new([Zone::new("east".parse().unwrap(), EAST)]).unwrap();
    assert_eq!(ImageSources::new(zones).zone_of("shop-dmz"), None);
}

proptest! {
    /// Nothing that is not shown gets through, and what gets through is in the registry of the zone.
    #[test]
    fn only_what_is_shown_gets_through(
        registry in prop::sample::select(vec![EAST, NORTH, "docker.io", "REGISTRY.EAST.bank.test:443"]),
        path in "(retail|treasury|own|hr|library|\\.\\.|)/(cache|web|)(/x)?",
        tag in "(:7|:1\\.4|:|)",
        pin in prop::option::of(7_u8..9),
        is_in_dmz in any::<bool>(),
    ) {
        let pin = pin.map(|number| format!("@{}", digest(number))).unwrap_or_default();
        let image = format!("{registry}/{path}{tag}{pin}");
        let mut release = if is_in_dmz { release([image.as_str()], []) } else { release([], [image.as_str()]) };
        let problems = settle(&mut release);
        let after = images(&release).remove(0);
        if registry == "docker.io" {
            prop_assert_eq!(after, image);
            return Ok(());
        }
        if !problems.is_empty() {
            prop_assert_eq!(after, image);
            return Ok(());
        }
        let zone = if is_in_dmz { NORTH } else { EAST };
        let is_there = after.to_lowercase().strip_prefix(zone).is_some_and(|rest| rest.starts_with('/'))
            || (!is_in_dmz && after.starts_with("REGISTRY.EAST.bank.test:443/"));
        prop_assert!(is_there, "{after} {zone}");
        let is_own = ["/retail/", "/library/"].iter().any(|own| after.contains(own));
        let is_published = after.contains(&*format!("/treasury/cache@{}", digest(7)))
            || after.contains("/treasury/cache:") && after.ends_with(&*digest(7).to_string());
        prop_assert!(is_own || is_published, "{after}");
    }
}
