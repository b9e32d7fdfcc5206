use super::Ask;
use paas_client::{
    HarborClient,
    harbor::{
        ExecutionId, ExecutionQuery, NewRegistry, NewReplicationPolicy, RegistryChange, RegistryCredential,
        RegistryId, RegistryKind, ReplicationDirection, ReplicationFilter, ReplicationPolicyId,
        ReplicationState, ReplicationTrigger, TaskId,
    },
};

fn registries() -> [NewRegistry; 2] {
    let plain = NewRegistry::new("zone-b", RegistryKind::DockerRegistry, "https://b.bank.test");
    let whole = NewRegistry::new("production", RegistryKind::Harbor, "https://registry.bank.test")
        .credential(RegistryCredential::basic("robot$copy", "hidden"))
        .insecure()
        .certificate_authority("-----BEGIN CERTIFICATE-----")
        .description("where the customers are");
    [plain, whole]
}

fn changes() -> [RegistryChange; 2] {
    let whole = RegistryChange::default()
        .name("production")
        .url("https://registry.bank.test")
        .description("x")
        .insecure(false)
        .certificate_authority("-----BEGIN CERTIFICATE-----")
        .credential(RegistryCredential::basic("robot$copy", "hidden"));
    [RegistryChange::default().name("zone-c"), whole]
}

fn policies() -> [NewReplicationPolicy; 3] {
    let to = ReplicationDirection::PushTo(RegistryId::new(3));
    let from = ReplicationDirection::PullFrom(RegistryId::new(3));
    let labels = ReplicationFilter::Labels { names: vec!["released".to_owned()], excludes: true };
    let whole = NewReplicationPolicy::new("retail", from)
        .description("x")
        .trigger(ReplicationTrigger::Scheduled { cron: "0 0 3 * * *".to_owned() })
        .filter(ReplicationFilter::name("retail/**"))
        .filter(ReplicationFilter::tag("v*"))
        .filter(labels)
        .filter(ReplicationFilter::Resource("image".to_owned()))
        .destination_in_place_of("prod", 1)
        .overrides(true)
        .deletes(true)
        .enabled(false)
        .speed(1_024)
        .by_chunk()
        .single_active();
    let on_event =
        NewReplicationPolicy::new("b", to).trigger(ReplicationTrigger::OnEvent).destination("prod");
    [NewReplicationPolicy::new("a", to), whole, on_event]
}

/// The methods about other registries and copies to them, in all ways in which they ask for different things.
pub(super) fn all() -> Vec<(&'static str, Ask)> {
    const REGISTRY: RegistryId = RegistryId::new(3);
    const POLICY: ReplicationPolicyId = ReplicationPolicyId::new(4);
    const EXECUTION: ExecutionId = ExecutionId::new(5);
    let mut all: Vec<(&'static str, Ask)> = Vec::new();
    ask!(all, list_registries, |c| c.list_registries().collect_all());
    ask!(all, find_registry, |c| c.find_registry("zone b"));
    ask!(all, read_registry, |c| c.read_registry(REGISTRY));
    for n in 0..2 {
        ask!(all, create_registry, |c| c.create_registry(&registries()[n]));
        ask!(all, ping_new_registry, |c| c.ping_new_registry(&registries()[n]));
        ask!(all, update_registry, |c| c.update_registry(REGISTRY, &changes()[n]));
    }
    ask!(all, delete_registry, |c| c.delete_registry(REGISTRY));
    ask!(all, ping_registry, |c| c.ping_registry(REGISTRY));
    ask!(all, registry_info, |c| c.registry_info(REGISTRY));
    ask!(all, list_replication_policies, |c| c.list_replication_policies().collect_all());
    ask!(all, find_replication_policy, |c| c.find_replication_policy("retail"));
    ask!(all, read_replication_policy, |c| c.read_replication_policy(POLICY));
    for n in 0..3 {
        ask!(all, create_replication_policy, |c| c.create_replication_policy(&policies()[n]));
        ask!(all, update_replication_policy, |c| c.update_replication_policy(POLICY, &policies()[n]));
    }
    ask!(all, delete_replication_policy, |c| c.delete_replication_policy(POLICY));
    ask!(all, start_replication, |c| c.start_replication(POLICY));
    ask!(all, list_replication_executions, |c| c
        .list_replication_executions(&ExecutionQuery::default())
        .collect_all());
    ask!(all, list_replication_executions, |c| c
        .list_replication_executions(
            &ExecutionQuery::default().policy(POLICY).state(ReplicationState::InProgress)
        )
        .collect_all());
    ask!(all, read_replication_execution, |c| c.read_replication_execution(EXECUTION));
    ask!(all, stop_replication, |c| c.stop_replication(EXECUTION));
    ask!(all, list_replication_tasks, |c| c.list_replication_tasks(EXECUTION).collect_all());
    ask!(all, read_replication_log, |c| c.read_replication_log(EXECUTION, TaskId::new(6)));
    all
}
