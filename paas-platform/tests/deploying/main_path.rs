//! The bank: deployed, looked at, scaled, removed.

use super::world::{anna, deploy, sandbox, wait};
use paas_platform::{ApplicationState, EventKind, OperationState};

#[test]
fn the_bank_is_deployed_scaled_and_removed() {
    let sandbox = sandbox();
    wait(async {
        let anna = anna(&sandbox).await;
        let operation = deploy(&anna).await;
        let mut events = operation.events().await.unwrap();
        let mut seen = Vec::new();
        while let Some(event) = events.next().await.unwrap() {
            println!("{event}");
            seen.push(event.kind);
        }
        assert_eq!((seen.first(), seen.last()), (Some(&EventKind::Begun), Some(&EventKind::Done)));
        let status = operation.wait().await.unwrap();
        assert_eq!((status.state, status.percent()), (OperationState::Done, 100));

        let applications = anna.applications();
        let before = applications.status("meridian", "retail-banking").await.unwrap();
        assert_eq!(before.state, ApplicationState::Deployed);
        let services: usize = before.networks.iter().map(|network| network.services.len()).sum();
        assert_eq!(services, 11);

        applications.scale("meridian", "retail-banking", "web-front", 5).await.unwrap().wait().await.unwrap();
        let after = applications.status("meridian", "retail-banking").await.unwrap();
        let changes: Vec<String> = after
            .changes_since(&before)
            .iter()
            .map(|change| {
                format!("{} {}: {} -> {}", change.service, change.what, change.before, change.after)
            })
            .collect();
        assert_eq!(changes, ["web-front scale: 3 -> 5", "web-front containers: 3 -> 5"]);

        applications.remove("meridian", "retail-banking").await.unwrap().wait().await.unwrap();
        assert!(applications.list("meridian").await.unwrap().is_empty());
        // And again.
        deploy(&anna).await.wait().await.unwrap();
    });
}
