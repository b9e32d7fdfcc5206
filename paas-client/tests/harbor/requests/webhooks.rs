use super::Ask;
use paas_client::{
    HarborClient,
    harbor::{
        NewWebhookPolicy, NewWebhookTarget, PayloadFormat, ProjectId, ProjectKey, ProjectName,
        WebhookEventKind, WebhookPolicyId,
    },
    notification::HeaderSecret,
};

fn policy() -> NewWebhookPolicy {
    let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
    let target = NewWebhookTarget::new("https://paas.bank.test/hooks/harbor", secret)
        .format(PayloadFormat::CloudEvents)
        .skip_certificate_check();
    NewWebhookPolicy::new("paas", target, [WebhookEventKind::Pushed, WebhookEventKind::Deleted])
        .description("x")
        .enabled(true)
}

/// The methods about webhooks, in all ways in which they ask for different things.
pub(super) fn all() -> Vec<(&'static str, Ask)> {
    const POLICY: WebhookPolicyId = WebhookPolicyId::new(8);
    let mut all: Vec<(&'static str, Ask)> = Vec::new();
    let name: ProjectName = "2026".parse().unwrap();
    for project in [ProjectKey::from(ProjectId::new(7)), ProjectKey::from(name)] {
        let [read, create, update, delete, last, executions] = [(); 6].map(|()| project.clone());
        ask!(all, list_webhook_policies, |c| c.list_webhook_policies(project).collect_all());
        ask!(all, read_webhook_policy, |c| c.read_webhook_policy(read, POLICY));
        ask!(all, create_webhook_policy, |c| c.create_webhook_policy(create, &policy()));
        ask!(all, update_webhook_policy, |c| c.update_webhook_policy(update, POLICY, &policy()));
        ask!(all, delete_webhook_policy, |c| c.delete_webhook_policy(delete, POLICY));
        ask!(all, webhook_last_triggers, |c| c.webhook_last_triggers(last));
        ask!(all, list_webhook_executions, |c| c.list_webhook_executions(executions, POLICY).collect_all());
    }
    all
}
