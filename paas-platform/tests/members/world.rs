//! A platform with a tenant of two networks, a directory beside it.

use super::directory::{Directory, PROJECT};
use crate::deploying::world::{client, policy};
use paas_client::rancher::{EnvironmentId, NewMember};
use paas_core::{
    access::{
        RancherIdentity,
        membership::{Options, Rules},
    },
    tenant::{Tenant, TenantNetwork},
};
use paas_platform::{
    Acting, Members, MembersOptions, MembersReport, Platform, PlatformBuilder,
    seam::SystemClock,
    store::{MemoryStore, Store},
};
use paas_sandbox::{Environment, Latencies, Sandbox};
use std::collections::BTreeMap;

pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) directory: Directory,
    pub(crate) dmz: Environment,
    pub(crate) core: Environment,
}

impl World {
    /// Anna administers, Bob is a senior member, Carl reads.
    pub(crate) fn new() -> Self {
        let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
        let (dmz, core) = (sandbox.environment("retail-dmz"), sandbox.environment("retail-core"));
        let directory = Directory::default();
        directory.set("anna", &["manager", "member", "reader"]);
        directory.set("bob", &["senior"]);
        directory.set("carl", &["reader"]);
        Self { sandbox, directory, dmz, core }
    }

    pub(crate) fn rules() -> Rules {
        let identities = r#"{ "rules": [{ "domain": "default",
            "rancher": { "external_id_type": "openldap_user", "external_id": "cn={name|dn},dc=bank,dc=test" } }] }"#;
        Rules::new(
            serde_json::from_str(identities).unwrap(),
            Options::new(RancherIdentity::new("rancher_id", "1a1")),
        )
    }

    pub(crate) async fn platform(&self, store: impl Store + 'static, rules: Rules) -> Platform {
        self.build(Platform::builder(), store, rules).await
    }

    /// The same, with more in it.
    pub(crate) async fn build(
        &self,
        builder: PlatformBuilder,
        store: impl Store + 'static,
        rules: Rules,
    ) -> Platform {
        let platform = builder
            .store(store)
            .rancher(client(&self.sandbox))
            .keystone(self.directory.client())
            .member_rules(rules)
            .policy(policy())
            .connect()
            .await
            .unwrap();
        let mut tenant = Tenant::new("retail");
        tenant.project = Some(PROJECT.to_owned());
        tenant.networks.push(TenantNetwork::new("dmz", "retail-dmz"));
        tenant.networks.push(TenantNetwork::new("core", &self.core.id));
        trusted(&platform).tenants().put(&tenant).await.unwrap();
        platform
    }

    pub(crate) async fn members(&self) -> Members {
        let store = MemoryStore::new(SystemClock::new());
        trusted(&self.platform(store, Self::rules()).await).members()
    }

    /// Who is a member of an environment, by their names in the directory, in which role.
    pub(crate) async fn there(&self, environment: &Environment) -> BTreeMap<String, String> {
        let id: EnvironmentId = environment.id.parse().unwrap();
        let members = client(&self.sandbox).list_members(&id).collect_all().await.unwrap();
        members.into_iter().map(|member| (short(&member.external_id), member.role)).collect()
    }

    /// Somebody sets the members by hand: those that are there, and one more.
    pub(crate) async fn put_by_hand(&self, environment: &Environment, name: &str, role: &str) {
        let client = client(&self.sandbox);
        let id: EnvironmentId = environment.id.parse().unwrap();
        let members = client.list_members(&id).collect_all().await.unwrap();
        let mut all: Vec<NewMember> = members
            .into_iter()
            .map(|member| NewMember::new(member.role, member.external_id_type, member.external_id))
            .filter(|member| short(&member.external_id) != name)
            .collect();
        all.push(NewMember::new(role, "openldap_user", long(name)));
        client.set_members(&id, &all).await.unwrap();
    }

    /// How often members were set.
    pub(crate) fn sets(&self) -> usize {
        let log = self.sandbox.requests();
        log.iter().filter(|request| request.query == "action=setmembers" && request.status == 200).count()
    }
}

pub(crate) fn trusted(platform: &Platform) -> Acting {
    platform.acting_as("anna@bank.test".parse().unwrap())
}

pub(crate) async fn apply(members: &Members) -> MembersReport {
    let report = members.apply("retail", MembersOptions::default()).await.unwrap();
    assert_eq!(report.failures, []);
    report
}

pub(crate) fn roles(roles: &[(&str, &str)]) -> BTreeMap<String, String> {
    roles.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned())).collect()
}

pub(crate) fn long(name: &str) -> String {
    format!("cn=name-of-{name},dc=bank,dc=test")
}

fn short(id: &str) -> String {
    id.trim_start_matches("cn=name-of-").trim_end_matches(",dc=bank,dc=test").to_owned()
}
