//! What templates name of the platform's registries: whether the tenant is shown it, and where it is taken from.

use super::world::{Hands, Shelf, digest, name};
use crate::deploying::direct::{Direct, run};
use paas_core::{
    diagnostic::Code,
    images::{
        distribution::{Zone, Zones},
        sources::ImageSources,
    },
    tenant::{Tenant, TenantNetwork},
};
use paas_platform::{Acting, Deploy, Planning};
use paas_tosca::{Source, resolve::InMemory};
use std::sync::Arc;

const VERSION: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";
const NORTH: &str = "registry.north.bank.test";
const SOUTH: &str = "registry.south.bank.test:5000/images";

/// What stands for the store of the shop.
const STORE: &str = "
topology_template:
  substitution_mappings:
    node_type: bank.Store
    requirements: [ network: [ db, network ] ]
  node_templates:
    db:
      type: paas.nodes.Service
      properties: { image: '{store}', resources: { cpu_limit: 1, memory_limit: 1 GiB } }
imports: [ types.yaml ]
";

const TYPES: &str = "
node_types:
  bank.Store:
    derived_from: tosca.nodes.Root
    requirements:
      - network: { capability: tosca.capabilities.Node, node: paas.nodes.Network, relationship: paas.relationships.PlacedIn, occurrences: [ 0, 1 ] }
";

const SHOP: &str = "
metadata: { template_name: shop }
imports: [ types.yaml, store.yaml ]
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    core: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties:
        image: '{web}'
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
      requirements: [ { network: dmz } ]
    cache:
      type: paas.nodes.Service
      properties: { image: '{cache}', resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
      requirements: [ { network: core } ]
    store: { type: bank.Store, directives: [ substitute ], requirements: [ network: core ] }
";

fn deploy(web: &str, cache: &str, store: &str) -> Deploy {
    let shop = SHOP.replace("{web}", web).replace("{cache}", cache);
    let mut deploy = Deploy::new("meridian", Source::new("shop.yaml", format!("{VERSION}{shop}")));
    let files = [("types.yaml", TYPES.to_owned()), ("store.yaml", STORE.replace("{store}", store))];
    let files: InMemory = files.into_iter().map(|(path, text)| (path, format!("{VERSION}{text}"))).collect();
    deploy.options.resolver = Arc::new(files);
    deploy
}

/// `core` is in the south, all else stays where templates say.
fn sources() -> ImageSources {
    let zones = [("north", NORTH), ("south", SOUTH)]
        .map(|(name, registry)| Zone::new(name.parse().unwrap(), registry));
    let sources = ImageSources::new(Zones::new(zones).unwrap());
    sources.environment("meridian-core", "south".parse().unwrap()).unwrap()
}

struct Bank {
    server: Direct,
    test: Shelf,
    anna: Acting,
    /// Who judges what she asks for.
    carl: Acting,
}

impl Bank {
    /// A tenant `meridian` with the namespace `meridian`, and `treasury` with `treasury`.
    async fn new(sources: Option<ImageSources>) -> Self {
        let server = Direct::furnished();
        let (test, production) = (Shelf::default(), Shelf::default());
        let mut platform =
            server.platform(server.store()).registries(test.clone(), production, Hands::default());
        if let Some(sources) = sources {
            platform = platform.image_sources(sources);
        }
        let platform = platform.connect().await.unwrap();
        let [anna, carl] = ["anna", "carl"].map(|name| platform.acting_as(name.parse().unwrap()));
        for name in ["meridian", "treasury"] {
            let mut tenant = Tenant::new(name);
            if name == "meridian" {
                for network in ["dmz", "core"] {
                    tenant.networks.push(TenantNetwork::new(network, format!("meridian-{network}")));
                }
            }
            anna.tenants().put(&tenant).await.unwrap();
            anna.namespaces().create(name, name).await.unwrap();
        }
        Self { server, test, anna, carl }
    }

    /// Pushes an image of the treasury, and has it published.
    async fn publish(&self, image: &str, number: u8) {
        self.test.put(image, &digest(number));
        self.anna.images().look(&name(image)).await.unwrap();
        self.anna.mall().request(&name(image), &digest(number), "").await.unwrap();
        self.carl.mall().approve(&name(image), &digest(number)).await.unwrap();
    }

    async fn plan(&self, deploy: &Deploy) -> Planning {
        self.anna.applications().plan(deploy).await.unwrap()
    }
}

fn told(planning: &Planning) -> Vec<String> {
    let line = |diagnostic: &paas_core::diagnostic::Diagnostic| {
        let place = diagnostic.place().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}{}", diagnostic.message)
    };
    planning.diagnostics.iter().map(line).collect()
}

#[test]
fn images_are_pinned_to_what_is_published_and_taken_from_the_zone() {
    run(async {
        let bank = Bank::new(Some(sources())).await;
        bank.publish("treasury/cache:7", 7).await;
        // What is pushed later is not what was published.
        bank.test.put("treasury/cache:7", &digest(8));
        bank.anna.images().look(&name("treasury/cache:7")).await.unwrap();
        let deploy = deploy(
            &format!("{NORTH}/meridian/web:1.4"),
            &format!("{NORTH}/treasury/cache:7"),
            &format!("{NORTH}/meridian/store:13.4"),
        );
        let planning = bank.plan(&deploy).await;
        assert_eq!(told(&planning), [""; 0]);
        let planned = planning.planned.unwrap();
        let files: Vec<String> = paas_tosca::rancher::render(planned.release().unwrap())
            .into_iter()
            .map(|files| format!("# {}\n{}", files.network, files.docker_compose))
            .collect();
        insta::assert_snapshot!("the_shop_in_the_south", files.join("\n"));
        bank.anna.applications().begin(&planned).await.unwrap().wait().await.unwrap();
        // It is what the server got.
        let launched: Vec<String> = bank
            .server
            .resources("service")
            .iter()
            .filter_map(|service| Some(service["launchConfig"]["imageUuid"].as_str()?.to_owned()))
            .collect();
        assert!(launched.contains(&format!("docker:{SOUTH}/treasury/cache@{}", digest(7))), "{launched:?}");
        assert!(launched.contains(&format!("docker:{NORTH}/meridian/web:1.4")), "{launched:?}");
        // What is taken back goes on running, and is not deployed again.
        bank.anna.mall().withdraw(&name("treasury/cache:7"), &digest(7)).await.unwrap();
        assert_eq!(bank.anna.applications().status("meridian", "shop").await.unwrap().networks.len(), 2);
        let refused = bank.anna.applications().check(&deploy).await.unwrap();
        assert!(refused.iter().any(|problem| problem.code == Code::ResourceImageHidden));
    });
}

#[test]
fn what_the_tenant_is_not_shown_is_told_with_its_place_and_nothing_is_deployed() {
    run(async {
        let bank = Bank::new(Some(sources())).await;
        // Asked for, and not approved.
        bank.test.put("treasury/cache:7", &digest(7));
        bank.anna.images().look(&name("treasury/cache:7")).await.unwrap();
        bank.anna.mall().request(&name("treasury/cache:7"), &digest(7), "").await.unwrap();
        bank.anna.namespaces().create("meridian", "dora").await.unwrap();
        bank.anna.namespaces().set_personal("meridian", "dora", Some("88")).await.unwrap();
        let deploy = deploy(
            &format!("{NORTH}/dora/web:1.4"),
            &format!("{NORTH}/treasury/cache:7"),
            &format!("{SOUTH}/nobody/store:13.4"),
        );
        let planning = bank.plan(&deploy).await;
        assert!(planning.planned.is_none());
        assert_eq!(
            told(&planning),
            [
                format!(
                    "shop.yaml:12:16: the image `{NORTH}/dora/web:1.4` of `web` is shown to one user alone, and not to the tenant `meridian`"
                ),
                format!(
                    "shop.yaml:17:28: the image `{NORTH}/treasury/cache:7` of `cache` is not shown to the tenant `meridian`"
                ),
                format!(
                    "store.yaml:10:28: the image `{SOUTH}/nobody/store:13.4` of `store-db` is not shown to the tenant `meridian`"
                ),
            ]
        );
        let refused = bank.anna.applications().deploy(&deploy).await.unwrap_err();
        assert_eq!(refused.diagnostics().unwrap().iter().count(), 3);
        assert_eq!(bank.server.names("stack"), [""; 0]);
        assert!(bank.anna.applications().list("meridian").await.unwrap().is_empty());
    });
}

#[test]
fn without_sources_nobody_asks_whose_images_are() {
    run(async {
        let bank = Bank::new(None).await;
        let image = format!("{NORTH}/treasury/cache:7");
        let planning = bank.plan(&deploy(&image, &image, &image)).await;
        let release = planning.planned.unwrap().release().unwrap().clone();
        assert_eq!(release.images.len(), 1);
        assert_eq!(release.images[0].image, image);
    });
}
