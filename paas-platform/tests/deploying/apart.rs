//! Tenants share nothing, and slips of the finger do no harm.

use super::{
    direct::{Direct, begun, planned, run},
    world::{bank_template, meridian},
};
use paas_core::tenant::{NfsServer, Tenant, TenantNetwork};
use paas_platform::{Deploy, ErrorKind};

#[test]
fn two_tenants_cannot_have_the_same_environment_or_folder() {
    run(async {
        let server = Direct::furnished();
        let anna = server.anna().await;
        let mut other = Tenant::new("other");
        other.networks.push(TenantNetwork::new("front", "meridian-dmz"));
        let error = anna.tenants().put(&other).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TenantConflict);
        assert_eq!(error.to_string(), "the tenant `meridian` has the environment `meridian-dmz` already");
        assert_eq!(
            anna.tenants().read("other").await.unwrap_err().kind(),
            ErrorKind::UnknownTenant,
            "nothing is recorded"
        );

        other.networks[0].environment = "other-dmz".to_owned();
        other.nfs_servers.push(NfsServer::new("mine", "10.0.0.5", "/exports/meridian", "gold"));
        let error = anna.tenants().put(&other).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the tenant `meridian` has the folder `/exports/meridian` of `10.0.0.5` already"
        );

        other.nfs_servers[0].export_base = "/exports/other".to_owned();
        anna.tenants().put(&other).await.unwrap();
        // A tenant is in its own way never.
        anna.tenants().put(&meridian()).await.unwrap();
    });
}

#[test]
fn a_volume_that_was_made_for_another_tenant_is_left_alone() {
    run(async {
        let server = Direct::furnished();
        let environment =
            &server.resources("project").into_iter().find(|each| each["name"] == "meridian-core").unwrap();
        let id = environment["id"].as_str().unwrap().parse().unwrap();
        let volume = paas_client::rancher::NewVolume::new("ledger-data", "rancher-nfs")
            .description("paas://other/-/volumes/ledger-data")
            .driver_opt("host", "10.0.0.5")
            .driver_opt("exportBase", "/exports/meridian");
        server.client().environment(&id).create_volume(&volume).await.unwrap();
        let anna = server.anna().await;
        let error = anna.applications().deploy(&Deploy::new("meridian", bank_template())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rejected);
        assert!(error.to_string().contains("it is another tenant's"), "{error}");
    });
}

#[test]
fn a_plan_is_stale_once_its_tenant_has_changed() {
    run(async {
        let server = Direct::furnished();
        let anna = server.anna().await;
        let plan = planned(&anna).await;
        let mut tenant = meridian();
        tenant.nfs_servers[0].export_base = "/exports/elsewhere".to_owned();
        anna.tenants().put(&tenant).await.unwrap();
        let error = anna.applications().begin(&plan).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StalePlan);
        assert!(server.resources("stack").is_empty());
    });
}

#[test]
fn nobody_gets_four_billion_containers() {
    run(async {
        let server = Direct::furnished();
        let anna = server.anna().await;
        begun(&anna).await.wait().await.unwrap();
        let scale = |count| {
            let applications = anna.applications();
            async move { applications.plan_scale("meridian", "retail-banking", "web-front", count).await }
        };
        assert!(scale(10_000).await.is_ok());
        let error = scale(u32::MAX).await.unwrap_err();
        assert_eq!(error.to_string(), "4294967295 containers of `web-front` are more than 10000");
    });
}
