//! What the bindings for Python and Node expose, and nothing of either language.
//!
//! Each call is one function: a request, which is a document, goes in; an [`Answer`] or an [`ErrorEnvelope`] comes out.
//! What holds a connection or something large is a [`Handle`], with functions of its own; [`Library`] is the first one.
//! `interface` describes all of it, and the bindings are written from that description.
//!
//! ```
//! use paas_ffi::{Answer, Handle};
//!
//! let request = r#"{"template": "tosca_definitions_version: tosca_simple_yaml_1_9"}"#;
//! let Answer::Document(checked) = Handle::library().call("check", request)? else { unreachable!() };
//! assert!(checked.contains(r#""accepted":false"#));
//!
//! let error = Handle::library().call("check", r#"{"templte": ""}"#).unwrap_err();
//! assert_eq!(error.code, "request.invalid");
//! assert!(error.message.starts_with("unknown field `templte`, expected one of `template`"));
//! # Ok::<(), Box<paas_ffi::ErrorEnvelope>>(())
//! ```
//!
//! # Features
//!
//! - `schema`: `interface`, the description of everything that can be called.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a request is handed over, whether or not all of it is kept: one shape for all functions"
)]

mod access;
mod answer;
mod clone;
mod copy;
mod difference;
mod envelope;
mod function;
mod keeping;
mod library;
mod operation;
mod plan;
mod platform;
mod release;
mod request;
mod sandbox;
mod scaling;
mod stack;
mod template;
mod zone_copy;

#[cfg(feature = "schema")]
mod interface;

pub use access::{
    DecideAllRequest, DecideRequest, Decisions, GrantRolesRequest, Matrix, MatrixRequest, PlanMembersRequest,
    Question,
};
pub use answer::{Answer, Handle};
pub use clone::{CloneTemplateRequest, ClonedTemplate, MappingDocument};
pub use copy::{
    CopyIdRequest, CopyImageRequest, CopyProgressRequest, ImageCopy, InterruptCopyRequest,
    NextCopyProgressRequest, WaitForCopyRequest,
};
pub use difference::{DiffReleasesRequest, ReleasesCompared};
pub use envelope::{Details, ErrorEnvelope, Kind, Result};
pub use function::{BoxFuture, Function, Shape, Work};
#[cfg(feature = "schema")]
pub use interface::interface;
pub use keeping::{
    KeepingImages, KeepingZones, NextReportRequest, NextScanRequest, StopKeepingRequest,
    StopKeepingZonesRequest,
};
pub use library::{ExplainRequest, Explanation, Library, TenantCheckRequest, TenantChecked, VersionRequest};
pub use operation::{
    AbandonRequest, Events, JournalRequest, NextEventRequest, Operation, OperationDocument,
    OperationEventsRequest, OperationIdRequest, OperationPlanRequest, OperationStatusRequest, ResumeRequest,
    WaitRequest,
};
pub use plan::{
    BeginRequest, Plan, PlanDocument, PlanDocumentRequest, PlanHtmlRequest, PlanReleaseRequest,
    PlanTextRequest,
};
pub use platform::{
    ActingAsRequest, ActingForRequest, ActorRequest, AddNamespaceMemberRequest, ApplicationSummary,
    ApplyTenantMembersRequest, ApprovePublicationRequest, AskForReleaseRequest, AskForSyncRequest,
    CarryOnImagesRequest, CarryOnZonesRequest, CheckApplicationRequest, CloseRequest, ConnectRequest,
    CreateNamespaceRequest, DeleteNamespaceRequest, DeployRequest, ExecutionPolicyDocument, HarborOptions,
    ImageCopies, ImageJournalRequest, KeepImagesRequest, KeepZonesRequest, KeystoneOptions,
    ListApplicationsRequest, ListImagesRequest, ListMallRequest, ListNamespacesRequest,
    ListOperationsRequest, ListPublicationsRequest, ListTenantsRequest, ListZonedImagesRequest,
    ListZonesRequest, LookAtImageRequest, LookInZonesRequest, MembersJournalRequest, NfsServerInput,
    NoticeImagesRequest, NoticeInZoneRequest, OpenInProductionRequest, OpenOperationRequest,
    PlanRemovalRequest, PlanRequest, PlanScaleRequest, PlanTenantMembersRequest, Platform,
    PublicationJournalRequest, PublishImageRequest, PutTenantRequest, RancherOptions, ReadImageRequest,
    ReadReleaseRequest, ReadTenantRequest, ReadZoneRuleRequest, ReadZonedImageRequest, RegistryOptions,
    RejectPublicationRequest, ReleaseImageRequest, RemoveNamespaceMemberRequest, RemoveRequest,
    ReplaceInZoneRequest, ResumeInterruptedRequest, RetryZoneRequest, ScaleRequest, ScanZonesRequest,
    SetPersonalRequest, SetSyncRuleRequest, SetZoneRuleRequest, StatusRequest, SweepImagesRequest,
    SyncImageRequest, TakeHarborWebhookRequest, TakeNotificationsRequest, TakeOverZoneRequest,
    TakeZoneHarborWebhookRequest, TakeZoneNotificationsRequest, TenantNetworkInput, WithdrawImageRequest,
    WithdrawPublicationRequest, ZoneOptions, ZonedImageJournalRequest, ZonesStatusRequest,
};
pub use release::{
    ExportReleaseRequest, FilesRequest, Graph, GraphRequest, HtmlRequest, Release, ReleaseDiagnosticsRequest,
    ReleaseDocumentRequest, WriteRequest, WrittenFiles,
};
pub use request::{Bytes, Request};
pub use sandbox::{
    AddCertificateRequest, AddEnvironmentRequest, AddFaultRequest, AddPersonRequest, AdvanceRequest,
    ClearFaultsRequest, ClearRequestsRequest, CredentialsRequest, RequestsRequest, ResourcesRequest, Sandbox,
    SandboxAccess, SandboxKey, StartSandboxRequest, StopRequest, WriteCredentialsRequest,
};
pub use scaling::{
    AdvanceEngineRequest, AlarmRequest, AlarmsRequest, CompareRequest, CountInput, CountRequest,
    DecisionsRequest, EngineStatusRequest, ExplainServiceRequest, LintScalingPolicyRequest,
    LoadScalingEngineRequest, NewScalingEngineRequest, NextDeadlineRequest, ObserveCountRequest,
    ObserveCountsRequest, PersonsCount, RemoveServiceRequest, RowsRequest, ScaledServiceInput,
    ScalingAdvance, ScalingAlarm, ScalingAlarmRulesRequest, ScalingEngine, ScalingEngineStatus,
    ScalingExplained, ScalingPolicyLinted, ScalingVerdict, SetEnabledRequest, SimulateScalingRequest,
    SnapshotRequest, SummaryRequest, SvgRequest, TakeOverRequest, Timeline, TimelineDocumentRequest,
    TimelineTextRequest, TimelinesCompared, UpsertAllRequest, UpsertRequest,
};
pub use stack::{ImportStackRequest, ImportedStack, StackInput, StackQuestions, StackQuestionsRequest};
pub use template::{
    CheckRequest, Checked, ExportTemplateRequest, LimitsDocument, ReportStyle, TargetDocument,
    TranslateRequest,
};
pub use zone_copy::{
    WaitForZoneCopyRequest, ZoneCopy, ZoneCopyDestinationRequest, ZoneCopyImageRequest,
    ZoneCopyProgressRequest, ZoneCopySourceRequest,
};
