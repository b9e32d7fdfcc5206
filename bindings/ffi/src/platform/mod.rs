//! The platform for one actor.

mod applications;
mod connect;
mod images;
mod mall;
mod members;
mod operations;
mod tenants;
mod zones;

pub use applications::{
    ApplicationSummary, CheckApplicationRequest, DeployRequest, ListApplicationsRequest, PlanRemovalRequest,
    PlanRequest, PlanScaleRequest, ReadReleaseRequest, RemoveRequest, ScaleRequest, StatusRequest,
};
pub use connect::{
    ConnectRequest, ExecutionPolicyDocument, HarborOptions, ImageCopies, KeystoneOptions, RancherOptions,
    RegistryOptions, ZoneOptions,
};
pub use images::{
    AskForReleaseRequest, AskForSyncRequest, CarryOnImagesRequest, ImageJournalRequest, KeepImagesRequest,
    ListImagesRequest, LookAtImageRequest, NoticeImagesRequest, ReadImageRequest, ReleaseImageRequest,
    SweepImagesRequest, SyncImageRequest, TakeHarborWebhookRequest, TakeNotificationsRequest,
    WithdrawImageRequest,
};
pub use mall::{
    ApprovePublicationRequest, ListMallRequest, ListPublicationsRequest, PublicationJournalRequest,
    PublishImageRequest, RejectPublicationRequest, WithdrawPublicationRequest,
};
pub use members::{
    AddNamespaceMemberRequest, ApplyTenantMembersRequest, CreateNamespaceRequest, DeleteNamespaceRequest,
    ListNamespacesRequest, MembersJournalRequest, OpenInProductionRequest, PlanTenantMembersRequest,
    RemoveNamespaceMemberRequest, SetPersonalRequest, SetSyncRuleRequest,
};
pub use operations::{ListOperationsRequest, OpenOperationRequest, ResumeInterruptedRequest};
pub use tenants::{
    ListTenantsRequest, NfsServerInput, PutTenantRequest, ReadTenantRequest, TenantNetworkInput,
};
pub use zones::{
    CarryOnZonesRequest, KeepZonesRequest, ListZonedImagesRequest, ListZonesRequest, LookInZonesRequest,
    NoticeInZoneRequest, ReadZoneRuleRequest, ReadZonedImageRequest, ReplaceInZoneRequest, RetryZoneRequest,
    ScanZonesRequest, SetZoneRuleRequest, TakeOverZoneRequest, TakeZoneHarborWebhookRequest,
    TakeZoneNotificationsRequest, ZonedImageJournalRequest, ZonesStatusRequest,
};

use crate::{
    copy::ImageCopy,
    envelope::{ErrorEnvelope, Result},
    function::functions,
    keeping::{KeepingImages, KeepingZones},
    operation::{Operation, OperationDocument},
    plan::Plan,
    release::Release,
    template::Checked,
    zone_copy::ZoneCopy,
};
use paas_sdk::{
    Acting, Actor, ApplicationStatus, Tenant,
    access::Subject,
    core::images::distribution::Zone,
    platform::{
        ImageEntry, ImageStatus, MallImage, MembersEntry, MembersReport, Namespace, NamespaceZones,
        PublicationEntry, PublicationStatus, SweepReport, ZoneEntry, ZoneRule, ZoneScan, ZonedImage,
        store::SqliteStore,
    },
};
use serde::Deserialize;

/// The platform for one actor: tenants, applications, operations, kept in a store, carried out in Rancher. The journal and
/// the audit keep who it was.
#[derive(Debug, Clone)]
pub struct Platform {
    platform: paas_sdk::Platform,
    acting: Acting,
    /// Whether images can be looked at and copied.
    has_registries: bool,
    /// What is to be closed.
    store: Option<SqliteStore>,
}

/// The same platform for another actor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActingAsRequest {
    /// Who acts: a person, a program.
    pub actor: String,
}

/// The same platform for a user with its roles: every call is decided by them, and fails with kind `denied` if they do not
/// allow it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActingForRequest {
    /// The user with its roles. Its tenants are the ids of their projects, as `tenants.put` said them.
    pub subject: Subject,
}

/// Who acts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActorRequest {}

/// Lets go of the store, so that another process can open it. What is under way here is left as if the process had ended:
/// resuming what was interrupted goes on with it. Whatever is called later, of this handle and of those that came of it,
/// fails with `store.closed`. Again: nothing happens. A store in memory stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CloseRequest {}

functions!(Platform {
    instant "acting_as" acting_as(ActingAsRequest) -> handle (Platform);
    instant "acting_for" acting_for(ActingForRequest) -> handle (Platform);
    instant "actor" actor(ActorRequest) -> text;
    waits "close" close(CloseRequest) -> nothing;
    waits "tenants.put" put_tenant(PutTenantRequest) -> nothing;
    waits "tenants.read" read_tenant(ReadTenantRequest) -> document (Tenant);
    waits "tenants.list" list_tenants(ListTenantsRequest) -> document (Vec<Tenant>);
    waits "applications.check" check(CheckApplicationRequest) -> document (Checked);
    waits "applications.plan" plan(PlanRequest) -> handle (Plan);
    waits "applications.deploy" deploy(DeployRequest) -> handle (Operation);
    waits "applications.plan_scale" plan_scale(PlanScaleRequest) -> handle (Plan);
    waits "applications.scale" scale(ScaleRequest) -> handle (Operation);
    waits "applications.plan_removal" plan_removal(PlanRemovalRequest) -> handle (Plan);
    waits "applications.remove" remove(RemoveRequest) -> handle (Operation);
    waits "applications.status" status(StatusRequest) -> document (ApplicationStatus);
    waits "applications.list" list(ListApplicationsRequest) -> document (Vec<ApplicationSummary>);
    waits "applications.release" release(ReadReleaseRequest) -> handle (Release);
    waits "members.plan" plan_tenant_members(PlanTenantMembersRequest) -> document (MembersReport);
    waits "members.apply" apply_tenant_members(ApplyTenantMembersRequest) -> document (MembersReport);
    waits "members.journal" members_journal(MembersJournalRequest) -> document (Vec<MembersEntry>);
    waits "namespaces.create" create_namespace(CreateNamespaceRequest) -> document (Namespace);
    waits "namespaces.delete" delete_namespace(DeleteNamespaceRequest) -> nothing;
    waits "namespaces.list" list_namespaces(ListNamespacesRequest) -> document (Vec<Namespace>);
    waits "namespaces.add_member" add_namespace_member(AddNamespaceMemberRequest) -> document (Namespace);
    waits "namespaces.remove_member" remove_namespace_member(RemoveNamespaceMemberRequest) -> document (Namespace);
    waits "namespaces.open_in_production" open_in_production(OpenInProductionRequest) -> document (Namespace);
    waits "namespaces.set_sync_rule" set_sync_rule(SetSyncRuleRequest) -> document (Namespace);
    waits "namespaces.set_personal" set_personal(SetPersonalRequest) -> document (Namespace);
    waits "images.list" list_images(ListImagesRequest) -> document (Vec<ImageStatus>);
    waits "images.read" read_image(ReadImageRequest) -> document (ImageStatus);
    waits "images.journal" image_journal(ImageJournalRequest) -> document (Vec<ImageEntry>);
    waits "images.release" release_image(ReleaseImageRequest) -> document (ImageStatus);
    waits "images.withdraw" withdraw_image(WithdrawImageRequest) -> document (ImageStatus);
    waits "images.ask_for_release" ask_for_release(AskForReleaseRequest) -> nothing;
    waits "images.ask_for_sync" ask_for_sync(AskForSyncRequest) -> nothing;
    waits "images.sync" sync_image(SyncImageRequest) -> handle (ImageCopy);
    waits "images.look" look_at_image(LookAtImageRequest) -> document (Option<ImageStatus>);
    waits "images.sweep" sweep_images(SweepImagesRequest) -> document (SweepReport);
    waits "images.carry_on" carry_on_images(CarryOnImagesRequest) -> handles (ImageCopy);
    waits "images.keep" keep_images(KeepImagesRequest) -> handle (KeepingImages);
    instant "images.notice" notice_images(NoticeImagesRequest) -> nothing;
    instant "images.take_notifications" take_notifications(TakeNotificationsRequest) -> document (usize);
    instant "images.take_harbor_webhook" take_harbor_webhook(TakeHarborWebhookRequest) -> document (usize);
    waits "mall.list" list_mall(ListMallRequest) -> document (Vec<MallImage>);
    waits "mall.publications" list_publications(ListPublicationsRequest) -> document (Vec<PublicationStatus>);
    waits "mall.journal" publication_journal(PublicationJournalRequest) -> document (Vec<PublicationEntry>);
    waits "mall.publish" publish_image(PublishImageRequest) -> document (PublicationStatus);
    waits "mall.approve" approve_publication(ApprovePublicationRequest) -> document (PublicationStatus);
    waits "mall.reject" reject_publication(RejectPublicationRequest) -> document (PublicationStatus);
    waits "mall.withdraw" withdraw_publication(WithdrawPublicationRequest) -> document (PublicationStatus);
    instant "zones.list" list_zones(ListZonesRequest) -> document (Vec<Zone>);
    waits "zones.status" zones_status(ZonesStatusRequest) -> document (Vec<NamespaceZones>);
    waits "zones.images" list_zoned_images(ListZonedImagesRequest) -> document (Vec<ZonedImage>);
    waits "zones.read" read_zoned_image(ReadZonedImageRequest) -> document (ZonedImage);
    waits "zones.journal" zoned_image_journal(ZonedImageJournalRequest) -> document (Vec<ZoneEntry>);
    waits "zones.look" look_in_zones(LookInZonesRequest) -> document (Option<ZonedImage>);
    waits "zones.rule" read_zone_rule(ReadZoneRuleRequest) -> document (ZoneRule);
    waits "zones.set_rule" set_zone_rule(SetZoneRuleRequest) -> document (ZoneRule);
    waits "zones.replace" replace_in_zone(ReplaceInZoneRequest) -> document (ZonedImage);
    waits "zones.take_over" take_over_zone(TakeOverZoneRequest) -> document (ZonedImage);
    waits "zones.retry" retry_zone(RetryZoneRequest) -> document (ZonedImage);
    waits "zones.scan" scan_zones(ScanZonesRequest) -> document (ZoneScan);
    waits "zones.carry_on" carry_on_zones(CarryOnZonesRequest) -> handles (ZoneCopy);
    waits "zones.keep" keep_zones(KeepZonesRequest) -> handle (KeepingZones);
    instant "zones.notice" notice_in_zone(NoticeInZoneRequest) -> nothing;
    instant "zones.take_notifications" take_zone_notifications(TakeZoneNotificationsRequest) -> document (usize);
    instant "zones.take_harbor_webhook" take_zone_harbor_webhook(TakeZoneHarborWebhookRequest) -> document (usize);
    waits "operations.open" open(OpenOperationRequest) -> handle (Operation);
    waits "operations.list" list_operations(ListOperationsRequest) -> document (Vec<OperationDocument>);
    waits "operations.resume_interrupted" resume_interrupted(ResumeInterruptedRequest) -> handles (Operation);
});

impl Platform {
    /// What [`ActingAsRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if the text names nobody.
    pub fn acting_as(&self, request: ActingAsRequest) -> Result<Self> {
        let acting = self.platform.acting_as(actor(&request.actor)?);
        Ok(Self { acting, ..self.clone() })
    }

    /// What [`ActingForRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.invalid_name` if the user has no name or id that an actor can have.
    pub fn acting_for(&self, request: ActingForRequest) -> Result<Self> {
        let acting = self.platform.acting_for(request.subject)?;
        Ok(Self { acting, ..self.clone() })
    }

    /// What [`ActorRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn actor(&self, _: ActorRequest) -> Result<String> {
        Ok(self.acting.actor().to_string())
    }

    /// What [`CloseRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn close(&self, _: CloseRequest) -> Result<()> {
        if let Some(store) = &self.store {
            store.clone().close().await;
        }
        Ok(())
    }
}

fn actor(name: &str) -> Result<Actor> {
    name.parse().map_err(|why| ErrorEnvelope::invalid_field("actor", why))
}
