//! `paas members`, with a real Keystone and stand-ins for Rancher and Harbor.

#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "shared with the tests of the client; what it did not expect ends a test"
)]
#[path = "../../../paas-client/tests/real_keystone/seed.rs"]
mod seed;

use crate::scratch::{Ran, Scratch};
use paas_client::{
    keystone::Grant,
    rancher::{EnvironmentId, RancherClient},
};
use paas_sandbox::{Environment, Latencies, Sandbox};
use seed::Seed;
use serde_json::json;
use std::collections::BTreeMap;

/// A tenant of a project in Keystone, with one network and one image namespace's registry.
struct World {
    seed: Seed,
    sandbox: Sandbox,
    environment: Environment,
    scratch: Scratch,
    project: String,
}

impl World {
    async fn new(seed: Seed, project: &str) -> Self {
        let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().expect("a sandbox");
        let environment = sandbox.environment("retail-dmz");
        let scratch = Scratch::new();
        sandbox.write_credentials(scratch.path("key")).expect("written");
        let tenant = format!(
            "tenant: retail\nproject: {project}\nnetworks: [ {{ name: dmz, environment: retail-dmz }} ]\n"
        );
        scratch.put("tenant.yaml", tenant);
        let rules = json!({
            "identities": { "rules": [{
                "domain": seed.domain,
                "rancher": { "external_id_type": "openldap_user", "external_id": "cn={name|dn},dc=bank,dc=test" },
            }] },
            "role_names": { "project": {
                "manager": "tenant_administrator", "member": "restricted_member", "reader": "read_only",
                (seed.name("senior")): "senior_member",
            } },
            "settings": { "platform": { "external_id_type": "rancher_id", "external_id": "1a1" }, "fuse": 3 },
        });
        scratch.put("rules.json", rules.to_string());
        Self { seed, sandbox, environment, scratch, project: project.to_owned() }
    }

    fn run(&self, command: &str, more: &[&str]) -> Ran {
        let words = ["members", command, "--tenant", "tenant.yaml", "--rules", "rules.json"];
        // Variables `OS_…` of the Keystone are in the environment.
        self.scratch.run(&[&words[..], &["--credentials", "key", "--as", "anna"], more].concat())
    }

    async fn there(&self) -> BTreeMap<String, String> {
        let credentials = paas_client::Credentials::new(self.sandbox.access_key(), self.sandbox.secret_key());
        let client = RancherClient::builder()
            .url(self.sandbox.url())
            .credentials(credentials)
            .build()
            .expect("a client");
        let id: EnvironmentId = self.environment.id.parse().expect("an id");
        let members = client.list_members(&id).collect_all().await.expect("members");
        let name = |id: &str| id.trim_start_matches("cn=").trim_end_matches(",dc=bank,dc=test").to_owned();
        members.into_iter().map(|member| (name(&member.external_id), member.role)).collect()
    }
}

fn roles(roles: &[(&str, &str)]) -> BTreeMap<String, String> {
    roles.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned())).collect()
}

mod real_keystone {
    use super::{Grant, Seed, World, json, roles};

    /// Groups, projects in projects, inherited and implied roles, users and projects that are disabled: all as Keystone
    /// says it, and nothing of it twice.
    #[test]
    fn members_follow_keystone() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(follow());
    }

    async fn follow() {
        let Some(seed) = Seed::new().await else { return };
        let parent = seed.project("retail", None).await;
        let project = seed.project("retail-dev", Some(&parent)).await;
        let [anna, bob, carl, dora] = [
            seed.user("anna").await,
            seed.user("bob").await,
            seed.user("carl").await,
            seed.user("dora").await,
        ];
        let group = seed.group("developers", &[&bob, &carl]).await;
        let senior = seed.role("senior").await;
        let [manager, member, reader] = [
            seed.standard_role("manager").await,
            seed.standard_role("member").await,
            seed.standard_role("reader").await,
        ];
        seed.imply(&senior, &member).await;
        let id = |text: &str| text.parse().expect("an id");
        let of = |user: &str, role: &str| {
            Grant::to_user(user.parse().expect("an id"), role.parse().expect("an id"))
        };
        let inherited = of(&anna, &manager).in_project(id(&parent)).inherited();
        let by_group = Grant::to_group(group.parse().expect("an id"), reader.parse().expect("an id"))
            .in_project(id(&project));
        // One in the parent only holds there only.
        let elsewhere = of(&dora, &manager).in_project(id(&parent));
        let direct = of(&bob, &senior).in_project(id(&project));
        for grant in [&inherited, &by_group, &elsewhere, &direct] {
            seed.admin.assign_role(grant).await.expect("granted");
        }
        let world = World::new(seed, &project).await;
        let all = roles(&[("1a1", "owner"), ("anna", "owner"), ("bob", "restricted"), ("carl", "readonly")]);

        let planned = world.run("plan", &[]).ended(0);
        for line in [
            "+ openldap_user:cn=anna,dc=bank,dc=test: owner",
            "+ openldap_user:cn=bob,dc=bank,dc=test: restricted",
        ] {
            assert!(planned.out.contains(line), "{}", planned.out);
        }
        assert_eq!(world.there().await.len(), 1, "a plan changes nothing");
        assert!(!world.scratch.path("paas.db").exists());
        world.run("apply", &[]).ended(0);
        assert_eq!(world.there().await, all);
        assert_eq!(world.run("apply", &[]).out, "retail: all members are as Keystone says\n");

        // Bob leaves the role and Carl the group; Anna is disabled.
        world.seed.admin.unassign_role(&direct).await.expect("taken");
        let path = format!("groups/{group}/users/{carl}");
        world.seed.ask(paas_client::transport::Method::Delete, &path, None).await;
        world.seed.set(&format!("users/{anna}"), "user", json!({ "enabled": false })).await;
        world.run("apply", &[]).ended(0);
        assert_eq!(world.there().await, roles(&[("1a1", "owner"), ("bob", "readonly")]));
        world.seed.set(&format!("users/{anna}"), "user", json!({ "enabled": true })).await;
        world.seed.admin.assign_role(&direct).await.expect("granted");
        world.seed.ask(paas_client::transport::Method::Put, &path, None).await;
        world.run("apply", &["--format", "json"]).ended(0);
        assert_eq!(world.there().await, all);

        // A disabled project freezes access; a removed one, too. More losses than the fuse lets pass need a word.
        world.seed.set(&format!("projects/{}", world.project), "project", json!({ "enabled": false })).await;
        let refused = world.run("apply", &["--fuse", "2"]).ended(1);
        assert!(refused.err.contains("platform.members_fuse"), "{}", refused.err);
        assert_eq!(world.there().await, all);
        world.run("apply", &[]).ended(0);
        assert_eq!(world.there().await, roles(&[("1a1", "owner")]));
        world.seed.set(&format!("projects/{}", world.project), "project", json!({ "enabled": true })).await;
        world.run("apply", &[]).ended(0);
        assert_eq!(world.there().await, all);
        let path = format!("projects/{}", world.project);
        world.seed.ask(paas_client::transport::Method::Delete, &path, None).await;
        world.run("apply", &[]).ended(0);
        assert_eq!(world.there().await, roles(&[("1a1", "owner")]));
    }
}

/// What is wrong is told before anybody is asked.
#[test]
fn rules_that_cannot_be_followed_are_refused() {
    let scratch = Scratch::new();
    for (rules, told) in [
        ("{", "`rules.json` is no file of rules: EOF"),
        (r#"{"identities": {}, "settings": {}}"#, "missing field `platform`"),
        (r#"{"identities": {}, "setings": {}}"#, "unknown field `setings`"),
        (
            r#"{"identities": {}, "settings": {"platform": {"external_id_type": "rancher_id", "external_id": "1a1"}},
                "rancher_roles": {"tenant_administrator": null, "senior_member": "member", "restricted_member": null, "read_only": null}}"#,
            "`senior_member` could operate network",
        ),
    ] {
        scratch.put("rules.json", rules);
        let ran = scratch.run(&["members", "plan", "--tenant", "retail", "--rules", "rules.json"]).ended(1);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
    let ran = scratch.run(&["members", "plan", "--tenant", "retail", "--rules", "missing.json"]).ended(1);
    assert!(ran.err.contains("`missing.json` cannot be read"), "{}", ran.err);
}
