//! What webhooks tell of.

use crate::harbor::word::words;

words! {
    /// What a webhook tells of. It has one name in policies and in Harbor's own format, another in that of CloudEvents.
    ///
    /// What is not here, no webhook tells: a tag that is made or removed by [itself](crate::harbor::HarborClient::create_tag),
    /// a label, a repository.
    ///
    /// ```
    /// use paas_client::harbor::WebhookEventKind;
    /// assert_eq!(WebhookEventKind::from("PUSH_ARTIFACT"), WebhookEventKind::from("harbor.artifact.pushed"));
    /// assert_eq!(WebhookEventKind::from("BLESS_ARTIFACT").as_str(), "BLESS_ARTIFACT");
    /// ```
    WebhookEventKind {
        /// An artifact was pushed, copied here, or came by replication.
        Pushed "PUSH_ARTIFACT" | "harbor.artifact.pushed",
        /// One was pulled.
        Pulled "PULL_ARTIFACT" | "harbor.artifact.pulled",
        /// One was deleted, with all of its tags, of which one is told.
        Deleted "DELETE_ARTIFACT" | "harbor.artifact.deleted",
        /// A push was refused because the project may not hold more.
        QuotaExceeded "QUOTA_EXCEED" | "harbor.quota.exceeded",
        /// The project holds nearly as much as it may.
        QuotaWarned "QUOTA_WARNING" | "harbor.quota.warned",
        /// A task of a replication has ended.
        Replicated "REPLICATION" | "harbor.replication.status.changed",
        /// Looking for known weaknesses failed.
        ScanFailed "SCANNING_FAILED" | "harbor.scan.failed",
        /// It was stopped.
        ScanStopped "SCANNING_STOPPED" | "harbor.scan.stopped",
        /// It is done.
        ScanCompleted "SCANNING_COMPLETED" | "harbor.scan.completed",
        /// Old tags were removed by a rule of the project.
        TagRetention "TAG_RETENTION" | "harbor.tag_retention.finished",
    }
}
