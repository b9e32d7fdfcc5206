"""The types of documents: dictionaries, lists and texts, as JSON has them.

Made by `cargo xtask generate` from the interface of the library.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

__all__ = [
    "Access",
    "AccessAction",
    "AccessReason",
    "Action",
    "ActionActivateService",
    "ActionAwaitServices",
    "ActionCreateStack",
    "ActionEnsureVolume",
    "ActionRemoveStack",
    "ActionScaleService",
    "Activation",
    "Actor",
    "Affinity",
    "AffinityRule",
    "AffinityTo",
    "AffinityToContainer",
    "AffinityToContainerContainer",
    "AffinityToHost",
    "AffinityToHostHost",
    "AffinityToService",
    "AlarmRule",
    "AlarmShown",
    "AlarmState",
    "Allowed",
    "ApplicationState",
    "ApplicationStatus",
    "ApplicationSummary",
    "Awaited",
    "Backend",
    "BackendRancher",
    "Bounds",
    "Change",
    "Checked",
    "ChosenBy",
    "Class",
    "ClonedTemplate",
    "Code",
    "ConfigurationFile",
    "CookieMode",
    "CopyFailure",
    "CopyFailureKind",
    "CopyProgress",
    "CountInput",
    "CountSource",
    "Cycle",
    "CycleMonthly",
    "CycleWeekly",
    "Decision",
    "Decisions",
    "Details",
    "Diagnostic",
    "Diagnostics",
    "Difference",
    "DistributionRule",
    "DrainShown",
    "Environment",
    "EnvironmentChange",
    "EnvironmentChangeAdd",
    "EnvironmentChangeChange",
    "EnvironmentChangeRemove",
    "EnvironmentLink",
    "EnvironmentMembers",
    "EnvironmentPlan",
    "ErrorEnvelope",
    "ErrorKind",
    "Event",
    "EventKind",
    "ExecutionPolicyDocument",
    "Explanation",
    "Extent",
    "External",
    "ExternalGiven",
    "Failure",
    "Fate",
    "Fault",
    "FaultAnswer",
    "FaultAnsweredTwice",
    "FaultConflict",
    "FaultCutBody",
    "FaultDoneTwice",
    "FaultHugeAnswer",
    "FaultLostAnswer",
    "FaultLostRequest",
    "FaultNeverHealthy",
    "FaultSlow",
    "FaultStaysActivating",
    "FaultUnavailable",
    "FileContent",
    "FileContentInline",
    "FileContentSecret",
    "FixedCount",
    "FixedCountCount",
    "Flow",
    "FlowPort",
    "ForeignMembers",
    "Frozen",
    "GrantScope",
    "Graph",
    "HarborMember",
    "HarborOptions",
    "HarborRole",
    "HarborRoleMap",
    "HealthCheck",
    "HostMount",
    "Identities",
    "IdentityMap",
    "IdentityRule",
    "ImageApproval",
    "ImageChange",
    "ImageCopies",
    "ImageCopy",
    "ImageCopyId",
    "ImageDigest",
    "ImageEntry",
    "ImageHappening",
    "ImageName",
    "ImageNamespace",
    "ImageSources",
    "ImageStanding",
    "ImageStandingAbsent",
    "ImageStandingBehind",
    "ImageStandingConflict",
    "ImageStandingCopying",
    "ImageStandingInStep",
    "ImageStandingKept",
    "ImageStandingNotWanted",
    "ImageStandingOrigin",
    "ImageStandingUnknown",
    "ImageStatus",
    "ImageUse",
    "ImageVisibility",
    "ImageVisibilityOfficial",
    "ImageVisibilityPersonal",
    "ImageVisibilityPublic",
    "ImportedStack",
    "IntentResult",
    "ItemDifference",
    "ItemFate",
    "JournalEntry",
    "JournalEntryAbandoned",
    "JournalEntryBegun",
    "JournalEntryDone",
    "JournalEntryEnded",
    "JournalEntryFailed",
    "JournalEntryIntent",
    "JournalEntryOutcome",
    "JournalEntryProgress",
    "JournalEntryResumed",
    "JournalEntryRetry",
    "JournalEntryStopped",
    "Kept",
    "KeystoneOptions",
    "KeystoneUser",
    "KnownState",
    "Label",
    "LimitsDocument",
    "Link",
    "LinkKind",
    "LinkStrategy",
    "LogFiles",
    "LogSource",
    "Loss",
    "MallImage",
    "MappingDocument",
    "Matrix",
    "MatrixRow",
    "MemberBackend",
    "MembersEntry",
    "MembersFailure",
    "MembersNote",
    "MembersNoteIntent",
    "MembersNoteOutcome",
    "MembersNoteSettled",
    "MembersPlace",
    "MembersPlaceEnvironment",
    "MembersPlaceNetwork",
    "MembersPlaceProject",
    "MembersReport",
    "MembershipFinding",
    "MembershipFindingForeign",
    "MembershipFindingForeignRole",
    "MembershipFindingFuseBlown",
    "MembershipFindingNoAdministrator",
    "MembershipFindingNoRole",
    "MembershipFindingPlatformItself",
    "MembershipFindingSharedIdentity",
    "MembershipFindingUnmapped",
    "MembershipOptions",
    "MembershipPlan",
    "MembershipRules",
    "Mount",
    "NamespaceZones",
    "Network",
    "NetworkStatus",
    "NfsServer",
    "NfsServerInput",
    "OnFailure",
    "OpenWindow",
    "OperationDocument",
    "OperationId",
    "OperationState",
    "Output",
    "Part",
    "PendingCause",
    "PersonsCount",
    "Phase",
    "Place",
    "Plan",
    "PlanDocument",
    "PlanKind",
    "Port",
    "Position",
    "ProductionOfImage",
    "ProjectChange",
    "ProjectChangeAdd",
    "ProjectChangeChange",
    "ProjectChangeRemove",
    "ProjectMembers",
    "ProjectPlan",
    "PromotionState",
    "PromotionStateGone",
    "PromotionStateInDevelopment",
    "PromotionStateName",
    "PromotionStatePendingSync",
    "PromotionStateSynced",
    "PromotionStateSyncing",
    "Propagation",
    "Protocol",
    "PublicationEntry",
    "PublicationEntryRequested",
    "PublicationState",
    "PublicationStateApproved",
    "PublicationStateLapsed",
    "PublicationStateName",
    "PublicationStateRejected",
    "PublicationStateRequested",
    "PublicationStateWithdrawn",
    "PublicationStatus",
    "PublicationStatusRequested",
    "PublishedPort",
    "Question",
    "RancherIdentity",
    "RancherMember",
    "RancherOptions",
    "RancherRole",
    "RancherRoleMap",
    "RancherRule",
    "RancherVersion",
    "Ready",
    "Reason",
    "Registry",
    "RegistryOptions",
    "Release",
    "ReleasesCompared",
    "Reordered",
    "ReportStyle",
    "RequestRecord",
    "ResourceKind",
    "Resources",
    "Role",
    "RoleNames",
    "Roles",
    "Route",
    "RouteProtocol",
    "Rule",
    "RuleFixed",
    "RuleId",
    "RuleMetric",
    "SandboxAccess",
    "SandboxKey",
    "ScaleChange",
    "ScaledServiceInput",
    "ScalingAct",
    "ScalingActArm",
    "ScalingActCancelDrain",
    "ScalingActDrain",
    "ScalingActScale",
    "ScalingAction",
    "ScalingActionArm",
    "ScalingActionCancelDrain",
    "ScalingActionDrain",
    "ScalingActionScale",
    "ScalingAdvance",
    "ScalingAlarm",
    "ScalingCancelCause",
    "ScalingCancelCauseAlarm",
    "ScalingCancelCauseDisabled",
    "ScalingCancelCausePerson",
    "ScalingCancelCauseRemoved",
    "ScalingCancelCauseWindow",
    "ScalingCause",
    "ScalingCauseAlarm",
    "ScalingCauseBounds",
    "ScalingCauseDrained",
    "ScalingCauseRemoved",
    "ScalingCauseRestored",
    "ScalingCauseWindow",
    "ScalingEngineStatus",
    "ScalingExplained",
    "ScalingExplanation",
    "ScalingHold",
    "ScalingHoldAtMaximum",
    "ScalingHoldAtMinimum",
    "ScalingHoldCalm",
    "ScalingHoldDisabled",
    "ScalingHoldDraining",
    "ScalingHoldFixedWindow",
    "ScalingHoldLate",
    "ScalingHoldNoData",
    "ScalingHoldNotAll",
    "ScalingHoldNotSustained",
    "ScalingHoldQuiet",
    "ScalingHoldRepeated",
    "ScalingHoldRestarted",
    "ScalingHoldStaleAlarm",
    "ScalingHoldUnknownRule",
    "ScalingHoldUnknownService",
    "ScalingHoldWindowClosed",
    "ScalingPolicy",
    "ScalingPolicyLinted",
    "ScalingRemoval",
    "ScalingTrigger",
    "ScalingVerdict",
    "Secret",
    "SecretFile",
    "Security",
    "SeenInProduction",
    "Segment",
    "SegmentHost",
    "SegmentSecret",
    "Selector",
    "Service",
    "ServiceContainer",
    "ServiceDifference",
    "ServiceExternalAddresses",
    "ServiceExternalHost",
    "ServiceLoadBalancer",
    "ServiceStatus",
    "Severity",
    "Side",
    "Sidekick",
    "SimulationModel",
    "Stack",
    "StackInput",
    "StackQuestions",
    "Stage",
    "StandIn",
    "StandInBy",
    "StandInByAddress",
    "StandInByAddressAddressExternalAddresses",
    "StandInByAddressAddressExternalHost",
    "Step",
    "StepFailure",
    "StepResult",
    "Stickiness",
    "Subject",
    "SweepFailure",
    "SweepReport",
    "SyncPeriod",
    "SyncRule",
    "SyncRuleAutomatic",
    "SyncRuleManual",
    "TagFilter",
    "TagPattern",
    "TargetDocument",
    "Tenant",
    "TenantChecked",
    "TenantGrant",
    "TenantMember",
    "TenantNetwork",
    "TenantNetworkInput",
    "Text",
    "TextWithReferences",
    "Threshold",
    "TimeOfDay",
    "Timeline",
    "TimelineBand",
    "TimelineCompared",
    "TimelineComparison",
    "TimelineHeld",
    "TimelineLost",
    "TimelineMinute",
    "TimelinePassed",
    "TimelineRow",
    "TimelineStep",
    "TimelineSummary",
    "TimelinesCompared",
    "Timestamp",
    "Touch",
    "TouchedService",
    "UpdateStrategy",
    "UpgradeAction",
    "UpgradeStep",
    "Value",
    "ValuePath",
    "Volume",
    "WaitsFor",
    "WaitsForPerson",
    "WaitsForRule",
    "WaitsForTime",
    "Weekday",
    "Widening",
    "Window",
    "WrittenFiles",
    "Zone",
    "ZoneChange",
    "ZoneEntry",
    "ZoneEntryBelongs",
    "ZoneEntryConflict",
    "ZoneEntryCopied",
    "ZoneEntryFailed",
    "ZoneEntryGone",
    "ZoneEntryReplaced",
    "ZoneEntryRetried",
    "ZoneEntryTakenOver",
    "ZoneHappening",
    "ZoneHappeningBelongs",
    "ZoneHappeningConflict",
    "ZoneHappeningCopied",
    "ZoneHappeningFailed",
    "ZoneHappeningGone",
    "ZoneHappeningReplaced",
    "ZoneHappeningRetried",
    "ZoneHappeningTakenOver",
    "ZoneName",
    "ZoneOptions",
    "ZoneRule",
    "ZoneScan",
    "ZoneScanFailure",
    "ZoneStatus",
    "ZonedImage",
    "Zones",
]


Access: TypeAlias = Literal["one_writer", "many_readers", "many_writers"]
"""How a volume may be shared.

- `one_writer`: One container, reading and writing.
- `many_readers`: Any number of containers, reading.
- `many_writers`: Any number of containers, reading and writing.
"""


AccessAction: TypeAlias = Literal[
    "view",
    "create",
    "update",
    "delete",
    "operate",
    "authorise",
    "assign",
    "push",
    "pull",
    "sync",
    "approve",
]
"""What somebody does to a resource.

- `view`: See it: its settings, its state, its logs.
- `create`: Make a new one.
- `update`: Change its settings.
- `delete`: Take it away.
- `operate`: Start, stop, restart or scale it, or run a command in it.
- `authorise`: Give rights in it to somebody, or take them back.
- `assign`: Give it to a tenant, or take it back.
- `push`: Send an image.
- `pull`: Fetch an image.
- `sync`: Have it copied, or brought into line, now.
- `approve`: Say yes or no to a request.
"""


AccessReason: TypeAlias = Literal[
    "everywhere",
    "in_tenant",
    "in_namespace",
    "shared",
    "of_platform",
    "no_role",
    "role_too_low",
    "not_member",
    "frozen",
]
"""Why, in one word, for programs. `Decision` says it in a sentence.

- `everywhere`: Allowed: by a role for the whole platform.
- `in_tenant`: Allowed: by a role in the tenant.
- `in_namespace`: Allowed: by a role in the tenant, as a member of the image namespace.
- `shared`: Allowed: it is the platform's own, for all who have a role in some tenant.
- `of_platform`: Refused: it is the platform's own, and no role for the whole platform allows this.
- `no_role`: Refused: no role in the tenant.
- `role_too_low`: Refused: the roles in the tenant do not allow this.
- `not_member`: Refused: the roles allow this to members of the image namespace only.
- `frozen`: Refused: the tenant is disabled or deleted in Keystone.
"""


class ActionActivateService(TypedDict):
    """Starts a service."""

    kind: Literal["activate_service"]

    service: str
    """The service."""

    stack: "Stack"
    """The stack."""


class ActionAwaitServices(TypedDict):
    """Waits until services are up."""

    kind: Literal["await_services"]

    services: "list[Awaited]"
    """The services, and what each is waited for."""

    stack: "Stack"
    """The stack."""


class ActionCreateStack(TypedDict):
    """Makes a stack without starting it."""

    docker_compose: str
    """`docker-compose.yml`."""

    external_id: str
    """The whole key of this very one."""

    kind: Literal["create_stack"]

    rancher_compose: str
    """`rancher-compose.yml`."""

    secrets: NotRequired["list[Secret]"]
    """The secrets that the files name. Their values are asked for when the stack is created, and
    kept nowhere.
    """

    services: list[str]
    """The services that must be there afterwards."""

    stack: "Stack"
    """The stack."""


class ActionEnsureVolume(TypedDict):
    """Makes a volume that is not there yet."""

    driver: str
    """The driver."""

    environment: "Environment"
    """Where."""

    key: str
    """By which it is found again."""

    kind: Literal["ensure_volume"]

    name: str
    """The volume's name."""

    options: dict[str, str]
    """The driver's options."""


class ActionRemoveStack(TypedDict):
    """Removes a stack with its services; volumes of the environment stay."""

    kind: Literal["remove_stack"]

    stack: "Stack"
    """The stack."""


class ActionScaleService(TypedDict):
    """Sets how many containers a service shall have."""

    kind: Literal["scale_service"]

    scale: int
    """How many containers."""

    service: str
    """The service."""

    stack: "Stack"
    """The stack."""


class Activation(TypedDict):
    """That a service is activated."""

    network: str
    """The network that it is in."""

    service: str
    """The service."""


class Affinity(TypedDict):
    """A rule about the hosts that containers may run on."""

    rule: "AffinityRule"
    """Whether it must hold."""

    to: "AffinityTo"
    """What is looked at."""


AffinityRule: TypeAlias = Literal["must", "should", "must_not", "should_not"]
"""Whether an `Affinity` must hold.

- `must`: Only hosts with such a one.
- `should`: Rather hosts with such a one.
- `must_not`: Only hosts without one.
- `should_not`: Rather hosts without one.
"""


class AffinityToContainer(TypedDict):
    """Labels of the containers that run on the host."""

    container: "AffinityToContainerContainer"


class AffinityToContainerContainer(TypedDict):
    label: str
    """The label's name."""

    value: str
    """Its value."""


class AffinityToHost(TypedDict):
    """Labels of the host."""

    host: "AffinityToHostHost"


class AffinityToHostHost(TypedDict):
    label: str
    """The label's name."""

    value: str
    """Its value."""


class AffinityToService(TypedDict):
    """The containers of a service of the same network."""

    service: str


class AlarmRule(TypedDict):
    """What monitoring is to watch for a service: one side of a metric window."""

    id: "RuleId"
    """Its number, which comes back with each alarm."""

    metric: str
    """`cpu`, `memory` or any monitored name."""

    side: "Side"
    """Above or below the threshold."""

    sustained_for_ms: int
    """For so long the threshold must be passed before the alarm fires."""

    threshold: float
    """The threshold."""

    window: str
    """The window that it is for."""


class AlarmShown(TypedDict):
    """What is known of an alarm."""

    at: str
    """When monitoring spoke of it last."""

    believed_until: NotRequired[str]
    """Until when it is believed to fire, if it does and is not repeated."""

    rule: "RuleId"
    """The rule."""

    side: "Side"
    """Which threshold."""

    state: "KnownState"
    """Whether it fires."""

    value: NotRequired[float]
    """The value of then."""

    window: str
    """Its window."""


AlarmState: TypeAlias = Literal["firing", "resolved", "no_data"]
"""What an alarm is.

- `firing`: The threshold has been passed for as long as it must be.
- `resolved`: It is not passed any more.
- `no_data`: There is no measurement. That is not zero: nothing is scaled in because of it.
"""


class Allowed(TypedDict):
    """Who may do something."""

    platform_administrator: "Extent"
    """A platform administrator."""

    publication_auditor: "Extent"
    """A publication auditor."""

    read_only: "Extent"
    """A user who reads only."""

    restricted_member: "Extent"
    """A restricted member."""

    senior_member: "Extent"
    """A senior member."""

    shared: bool
    """Whether whoever has a role in some tenant may, if it is the platform's own."""

    tenant_administrator: "Extent"
    """A tenant administrator."""


ApplicationState: TypeAlias = Literal["deploying", "deployed", "incomplete", "removing", "removed"]
"""How an application is.

- `deploying`: It is being deployed for the first time.
- `deployed`: It is deployed.
- `incomplete`: An operation was abandoned, so a part of it may be there.
- `removing`: It is being removed.
- `removed`: It is gone.
"""


class ApplicationStatus(TypedDict):
    """How an application is: by the platform's record, and in the back end."""

    application: str
    """The application."""

    networks: "list[NetworkStatus]"
    """What is in each of its networks, in the order of the template."""

    operation: NotRequired["OperationId"]
    """The operation that has not ended."""

    release: int
    """The number of its latest release."""

    stack: str
    """The name of its stacks."""

    state: "ApplicationState"
    """How it is by the platform's record."""

    tenant: str
    """The tenant."""


class ApplicationSummary(TypedDict):
    """An application, and how it is by the platform's record."""

    name: str
    """Its name."""

    state: "ApplicationState"
    """How it is."""


class Awaited(TypedDict):
    """A service, and what makes it count as up."""

    check: NotRequired[str]
    """Its health check in words, for messages."""

    ready: "Ready"
    """When it is up."""

    scale: NotRequired[int]
    """How many containers it must have; absent: not looked at."""

    service: str
    """The service."""


class BackendRancher(TypedDict):
    """Rancher 1.x with its Cattle orchestration."""

    kind: Literal["rancher"]

    link_strategy: NotRequired["LinkStrategy"]
    """How services reach services in other environments; absent: no link crosses networks."""

    load_balancer_image: str
    """The image that load balancers run."""

    version: "RancherVersion"
    """The version of the server."""


class Bounds(TypedDict):
    """The least and the most count, both included."""

    max: int
    """The most."""

    min: int
    """The least."""


class Change(TypedDict):
    """That a value is another one, is new, or is no longer there."""

    new: NotRequired["Value"]
    """What it is; absent: it is no longer there. If there is neither, it only stands elsewhere."""

    old: NotRequired["Value"]
    """What it was; absent: it was not there."""

    path: "ValuePath"
    """Where it is."""

    position: NotRequired[int]
    """Where in its list it is, from 0, if it is new there or stands elsewhere."""


class Checked(TypedDict):
    """What checking a template tells."""

    accepted: bool
    """Whether there are no errors; there may be warnings."""

    diagnostics: "Diagnostics"
    """All problems, in the order of their places."""

    report: NotRequired[str]
    """The problems as text, if that was asked for."""


ChosenBy: TypeAlias = Literal["before", "person"]
"""Who chose a count.

- `before`: It stood before the window was entered.
- `person`: A person set it while the window was open.
"""


Class: TypeAlias = Literal["transient", "conflict", "unknown", "deadline", "permanent"]
"""The class of a failure: what is done about it.

- `transient`: It may pass: tried again after a pause.
- `conflict`: The world is not as it was thought: looked at again, then decided anew.
- `unknown`: It may have been done: looked for before anything is repeated.
- `deadline`: The step's time is over.
- `permanent`: Trying again would not help: the operation stops.
"""


class ClonedTemplate(TypedDict):
    """A template for another tenant."""

    diagnostics: "Diagnostics"
    """What checking the clone tells: warnings."""

    imports: dict[str, str]
    """The texts of imported files that had to be changed too, by their names."""

    template: str
    """Its text."""


Code: TypeAlias = Literal[
    "yaml.syntax",
    "yaml.not_utf8",
    "yaml.empty",
    "yaml.too_large",
    "yaml.too_deep",
    "yaml.too_many_nodes",
    "yaml.alias_expansion",
    "yaml.recursive_alias",
    "yaml.duplicate_key",
    "yaml.several_documents",
    "yaml.merge_key",
    "yaml.key_not_scalar",
    "yaml.unknown_tag",
    "file.unreadable",
    "file.not_ours",
    "file.unwritable",
    "csar.not_zip",
    "csar.name",
    "csar.entry",
    "csar.duplicate",
    "csar.too_large",
    "csar.damaged",
    "csar.metadata",
    "csar.no_template",
    "tosca.version_missing",
    "tosca.version_unknown",
    "tosca.dialect",
    "tosca.version_older",
    "tosca.not_supported",
    "tosca.not_executed",
    "tosca.unknown_keyword",
    "tosca.wrong_shape",
    "tosca.missing_keyword",
    "tosca.unknown_type",
    "tosca.type_cycle",
    "tosca.type_redefined",
    "tosca.unknown_property",
    "tosca.missing_property",
    "tosca.wrong_type",
    "tosca.unquoted_time",
    "tosca.constraint",
    "tosca.bad_constraint",
    "tosca.unknown_input",
    "tosca.input_missing",
    "tosca.function_arguments",
    "tosca.property_cycle",
    "tosca.unknown_node",
    "tosca.unknown_requirement",
    "tosca.missing_requirement",
    "tosca.too_many_requirements",
    "tosca.requirement_target",
    "tosca.unknown_capability",
    "tosca.unknown_relationship",
    "tosca.wrong_relationship",
    "tosca.unknown_member",
    "tosca.wrong_target",
    "tosca.abstract_type",
    "tosca.import_refused",
    "tosca.import_unreadable",
    "tosca.import_cycle",
    "tosca.import_limit",
    "tosca.import_conflict",
    "tosca.unknown_repository",
    "tosca.function_place",
    "tosca.unknown_artifact",
    "tosca.unknown_interface",
    "tosca.unknown_operation",
    "tosca.unfulfilled",
    "tosca.abstract_node",
    "tosca.capability_uses",
    "tosca.copy",
    "tosca.refinement",
    "tosca.trigger",
    "tosca.workflow",
    "tosca.substitution",
    "app.no_services",
    "app.service_name",
    "app.network_twice",
    "app.image_reference",
    "app.control_character",
    "app.environment_name",
    "app.label_name",
    "app.mount_path",
    "app.volume_name",
    "app.health_check",
    "app.resources",
    "app.log_path",
    "app.volume_writers",
    "app.port_conflict",
    "app.route_target",
    "app.route_certificate",
    "app.route",
    "app.external_address",
    "app.secret_place",
    "app.secret_default",
    "app.scale_conflict",
    "app.flow_port",
    "app.dependency_loop",
    "app.sidekick",
    "app.placement",
    "app.affinity",
    "app.secret_file",
    "app.configuration_file",
    "app.restart",
    "app.no_network",
    "app.stickiness",
    "app.security",
    "app.host_network_ports",
    "app.not_known_yet",
    "app.host_name",
    "app.volumes_from",
    "app.process",
    "app.rancher_keys",
    "scaling.window_days",
    "scaling.overlap",
    "scaling.bounds_disjoint",
    "scaling.bounds",
    "scaling.thresholds",
    "scaling.fixed_count",
    "scaling.time_zone",
    "scaling.time_zones_differ",
    "scaling.target",
    "scaling.never_acts",
    "scaling.out_of_reach",
    "scaling.step",
    "scaling.retrigger",
    "scaling.grace",
    "scaling.flapping",
    "scaling.fixed_outside",
    "scaling.from_zero",
    "scaling.one_way",
    "target.stack_name",
    "target.environment_name",
    "target.links_need_region",
    "target.scale_zero",
    "target.unknown_network",
    "target.configuration_file",
    "target.link_address",
    "tenant.unknown_key",
    "tenant.missing_key",
    "tenant.wrong_shape",
    "tenant.wrong_value",
    "tenant.duplicate",
    "resource.unknown_network",
    "resource.environment_missing",
    "resource.environment_inactive",
    "resource.environment_ambiguous",
    "resource.no_server",
    "resource.capacity",
    "resource.volume_missing",
    "resource.volume_differs",
    "resource.stack_exists",
    "resource.no_local_region",
    "resource.secret_missing",
    "resource.image_hidden",
    "resource.network_differs",
    "resource.network_ambiguous",
    "compose.version",
    "compose.template",
    "compose.interpolation",
    "compose.unknown_key",
    "compose.shape",
    "compose.value",
    "compose.service_name",
    "compose.reference",
    "compose.secret",
    "compose.unanswered",
    "compose.answer",
    "policy.privileged",
    "policy.host_network",
    "policy.host_pid",
    "policy.host_ipc",
    "policy.devices",
    "policy.added_capabilities",
    "policy.security_options",
    "policy.user_root",
    "policy.docker_socket",
    "policy.forbidden_host_paths",
    "policy.host_paths",
    "policy.reserved_labels",
    "policy.missing_limits",
    "policy.mutable_tags",
    "policy.registries",
    "policy.stateful_without_volume",
    "policy.time_zone_mismatch",
    "policy.rancher_keys",
    "policy_file.unknown_key",
    "policy_file.wrong_shape",
    "policy_file.wrong_value",
    "scaling_file.unknown_key",
    "scaling_file.missing_key",
    "scaling_file.wrong_shape",
    "scaling_file.wrong_value",
    "clone.unknown_key",
    "clone.wrong_shape",
    "clone.wrong_value",
    "clone.no_match",
    "clone.joined",
    "clone.fixed",
    "clone.differs",
    "clone.left",
]
"""The stable code of a diagnostic: `area.name`."""


class ConfigurationFile(TypedDict):
    """A file that is put into containers."""

    content: "FileContent"
    """What is in it."""

    path: str
    """An absolute path in the containers."""


CookieMode: TypeAlias = Literal["insert", "prefix", "rewrite"]
"""Who sets the cookie of a `Stickiness`.

- `insert`: The load balancer adds it.
- `prefix`: The load balancer puts something before the value that the service set.
- `rewrite`: The load balancer changes the value that the service set.
"""


class CopyFailure(TypedDict):
    """How a copy failed."""

    at: str
    """When that was known."""

    kind: "CopyFailureKind"
    """What went wrong, as a word."""

    message: str
    """What went wrong, in a sentence: without secrets, in one line."""


CopyFailureKind: TypeAlias = Literal[
    "unreachable",
    "unavailable",
    "storage_full",
    "content_damaged",
    "interrupted",
    "lease_lost",
    "unexpected",
    "namespace_missing",
    "source_missing",
    "tag_immutable",
    "tag_conflict",
    "denied",
    "quota_exceeded",
    "refused",
    "not_equal",
]
"""What went wrong with a copy. Its class says what follows from it.

- `unreachable`: A registry could not be reached, or broke off.
- `unavailable`: A registry answered that it cannot do it now.
- `storage_full`: A registry has no room left on its disk.
- `content_damaged`: What arrived was not what the digest says.
- `interrupted`: The copier was stopped.
- `lease_lost`: Nothing was heard of the copy until its lease had ended.
- `unexpected`: Something happened that has no word here.
- `namespace_missing`: Production has no namespace of that name.
- `source_missing`: What was released is no longer in the test registry.
- `tag_immutable`: Production does not let the tag be moved.
- `tag_conflict`: Under the tag, production holds what did not come there by a release.
- `denied`: A registry did not allow it.
- `quota_exceeded`: The namespace in production may not hold more.
- `refused`: Production does not take such an image.
- `not_equal`: After the copy, production held another digest.
"""


class CopyProgress(TypedDict):
    """How far a copy is."""

    bytes: int
    """The bytes of them, as far as is known."""

    bytes_done: int
    """How many of those production has; of contents on their way, what has been sent."""

    contents: int
    """The layers and configurations of the image, as far as is known: an index tells what it
    holds only by its children.
    """

    done: int
    """How many of them production has."""

    sent: int
    """The bytes that were sent by this copy. What production had already was not."""


class CountInput(TypedDict):
    """A count as the back end has it."""

    desired: int
    """How many containers there should be."""

    running: int
    """How many there are."""

    service: str
    """The service."""

    source: "CountSource"
    """Who set it. Only what a person or a template wants is intent."""


CountSource: TypeAlias = Literal["person", "template", "platform"]
"""Who set a count.

- `person`: A person.
- `template`: A template that changes the scale on purpose.
- `platform`: The platform: an echo of what the engine asked for, or what the back end happens to
  run. No intent.
"""


class CycleMonthly(TypedDict):
    """On these days of the month, 1 to 31; shorter months skip what they do not have."""

    monthly: list[int]


class CycleWeekly(TypedDict):
    """On these days of the week."""

    weekly: "list[Weekday]"


class Decision(TypedDict):
    """Whether a user may do something, and why."""

    allowed: bool
    """Whether the user may."""

    because: str
    """Why, in a sentence."""

    reason: "AccessReason"
    """Why, in a word."""

    role: NotRequired["Role"]
    """The highest role that allowed it, or that was not enough."""


class Decisions(TypedDict):
    """Many decisions, in the order of the questions."""

    allowed: list[bool]
    """Whether the user may."""

    reasons: "list[AccessReason]"
    """Why, in a word."""


class Details(TypedDict):
    """What else is known of a failed call."""

    answer: NotRequired[int]
    """The status to answer with, if it is about something that was posted to this program."""

    diagnostics: NotRequired["list[Diagnostic]"]
    """All problems of a template or another file."""

    endpoint: NotRequired[str]
    """The server that was asked last: scheme, host and port."""

    failures: NotRequired["list[StepFailure]"]
    """What kept an operation from its end: one for each step that failed."""

    field: NotRequired[str]
    """Where in the request the problem is, such as `limits.bytes`."""

    outcome_unknown: NotRequired[bool]
    """Whether the server may have done what was asked although there is no good answer."""

    request_id: NotRequired[str]
    """The id that the server gave to the failure; its log has it too."""

    status: NotRequired[int]
    """The status of the server's answer."""


class Diagnostic(TypedDict):
    """One problem."""

    code: "Code"
    """The stable code."""

    help: NotRequired[str]
    """What to do."""

    labels: "list[Label]"
    """Where; the first is the main place."""

    message: str
    """One sentence: lower case, no full stop, the user's words in backticks."""

    severity: "Severity"
    """Error or warning; the code's own unless `severity` changed it."""


class Difference(TypedDict):
    """All that is different in a new release of an application."""

    application: str
    """The application, by the name that it has in the new release."""

    environment_links: NotRequired["list[ItemDifference]"]
    """Which environments must be linked."""

    flows: NotRequired["list[ItemDifference]"]
    """Flows between networks: what the firewall team must open, and can close."""

    format: int
    """The version of this format."""

    images: NotRequired["list[ItemDifference]"]
    """Images."""

    log_sources: NotRequired["list[ItemDifference]"]
    """Log files to collect."""

    networks: NotRequired["list[ItemDifference]"]
    """Networks with services: their environments, what they must be, what stands in them for
    services elsewhere.
    """

    new_services: int
    """How many services the new release has."""

    old_services: int
    """How many services the old release has."""

    outputs: NotRequired["list[ItemDifference]"]
    """Outputs."""

    policies: NotRequired["list[ItemDifference]"]
    """Scaling policies, by the services that they are for."""

    ports: NotRequired["list[ItemDifference]"]
    """Ports that are taken on hosts."""

    release: NotRequired["list[ItemDifference]"]
    """What changed of the release as a whole: names, the stack, the back end."""

    reordered: NotRequired["list[Reordered]"]
    """Services that only stand elsewhere among those of their network, which changes nothing
    that runs.
    """

    secrets: NotRequired["list[ItemDifference]"]
    """Secret inputs."""

    services: NotRequired["list[ServiceDifference]"]
    """What became of services, each just once: in the order in which they are activated, then
    those that are no longer there. Those that are as they were are not among them.
    """

    stages: NotRequired["list[ItemDifference]"]
    """Stages: what is activated with what."""

    steps: NotRequired["list[UpgradeStep]"]
    """What an update does, in its order."""

    touched: NotRequired["list[TouchedService]"]
    """Services that an update touches because of others, though they may be as they were."""

    volumes: NotRequired["list[ItemDifference]"]
    """Volumes."""


class DistributionRule(TypedDict):
    """Which zones have the images of a namespace, and which of its tags. A namespace has one
    rule or none; without one its images stay where they were pushed.
    """

    tags: NotRequired["TagFilter"]
    """Which tags; all, if nothing is said."""

    zones: "list[ZoneName]"
    """The zones, two at least. The order says whose an image is that is found in several before
    anything is known of it.
    """


class DrainShown(TypedDict):
    """Containers that drain."""

    since: str
    """When it began."""

    to: int
    """The count that will be set."""

    until: str
    """When."""


class Environment(TypedDict):
    """An environment of the back end."""

    id: str
    """The back end's id."""

    name: str
    """Its name."""

    network: str
    """The tenant's network that it is."""


class EnvironmentChangeAdd(TypedDict):
    """It becomes a member."""

    change: Literal["add"]

    identity: "RancherIdentity"
    """Who."""

    role: "RancherRole"
    """Its role."""


EnvironmentChangeChange = TypedDict(
    "EnvironmentChangeChange",
    {
        "change": Literal["change"],
        "from": str,
        "identity": "RancherIdentity",
        "to": "RancherRole",
    },
)
"""Its role changes.

- `from`: Its role now.
- `identity`: Who.
- `to`: Its role then.
"""


class EnvironmentChangeRemove(TypedDict):
    """It is a member no longer."""

    change: Literal["remove"]

    identity: "RancherIdentity"
    """Who."""

    role: str
    """Its role now."""


EnvironmentLink = TypedDict(
    "EnvironmentLink",
    {
        "from": str,
        "to": str,
    },
)
"""That the environments of two networks must be linked.

- `from`: The network whose services reach out.
- `to`: The network that is reached.
"""


class EnvironmentMembers(TypedDict):
    """An environment with its members."""

    environment: str
    """The id of the environment (`1a7`)."""

    members: NotRequired["Sequence[RancherMember]"]
    """Its members, all of them."""

    ours: NotRequired["Sequence[RancherIdentity]"]
    """Those that the platform put there."""


class EnvironmentPlan(TypedDict):
    """What to do in one environment. Rancher takes the whole set at once (`setmembers`)."""

    changes: "list[EnvironmentChange]"
    """What becomes different, by identity. It may be nothing, if a member is only marked as
    ours.
    """

    environment: str
    """The id of the environment."""

    ours: "list[RancherIdentity]"
    """Those that are the platform's afterwards."""

    set: "list[RancherMember]"
    """All members afterwards, those that are left alone included; the platform is an owner."""


class ErrorEnvelope(TypedDict):
    """A failed call: what went wrong, where, and what to do. Nothing in it is secret."""

    code: str
    """The stable code, such as `platform.application_busy`; `docs/errors.md` and `explain` tell
    of each.
    """

    details: "Details"
    """What else is known."""

    help: NotRequired[str]
    """What to do."""

    kind: "ErrorKind"
    """What kind of failure it is; code decides by it."""

    labels: "list[Label]"
    """The places that it points at, the main one first."""

    message: str
    """What went wrong: lower case, no full stop, the caller's words in backticks."""

    operation: NotRequired[str]
    """The id of the operation that it is about."""

    retryable: bool
    """Whether asking again later may help without anybody doing something about it."""


ErrorKind: TypeAlias = Literal[
    "configuration",
    "store",
    "rancher",
    "harbor",
    "keystone",
    "invalid_name",
    "denied",
    "unknown_tenant",
    "tenant_conflict",
    "unknown_application",
    "unknown_service",
    "unknown_operation",
    "rejected",
    "application_deployed",
    "application_busy",
    "stale_plan",
    "operation_state",
    "operation_stopped",
    "operation_abandoned",
    "not_scalable",
    "unknown_namespace",
    "namespace_taken",
    "registry",
    "unknown_image",
    "image_state",
    "image_busy",
    "unknown_zone",
    "unknown_publication",
    "publication_refused",
    "members_busy",
    "members_fuse",
    "taken_over",
    "invalid_request",
    "files",
    "sandbox",
    "internal",
]
"""The kind of a failure; code decides by it."""


class Event(TypedDict):
    """Something that happened in an operation."""

    at: "Timestamp"
    """When."""

    kind: "EventKind"
    """What."""

    message: str
    """In words."""

    network: NotRequired[str]
    """The network of the step."""

    number: int
    """The number of the journal's entry that it comes of: later ones are higher."""

    percent: int
    """How many steps have ended, in percent."""

    stage: NotRequired[int]
    """The stage of the step, if it has one."""

    step: NotRequired[str]
    """The key of the step, if it is about one."""


EventKind: TypeAlias = Literal[
    "begun",
    "resumed",
    "doing",
    "progress",
    "retrying",
    "ended",
    "failed",
    "stopped",
    "done",
    "abandoned",
]
"""What kind of event it is.

- `begun`: The operation has begun.
- `resumed`: It goes on.
- `doing`: A step does something.
- `progress`: A step is further.
- `retrying`: A step is tried again.
- `ended`: A step has ended.
- `failed`: A step has failed for good.
- `stopped`: The operation has stopped before its end.
- `done`: The operation has reached its end.
- `abandoned`: The operation was abandoned.
"""


class ExecutionPolicyDocument(TypedDict):
    """What each step of a plan may take. What is not given is as usual."""

    call_seconds: NotRequired[int]
    """Seconds for a service to take a call that starts or scales it; 300 if not given."""

    lease_seconds: NotRequired[int]
    """Seconds for which an operation belongs to a process that says nothing; 60 if not given."""

    parallel: NotRequired[int]
    """How many steps are under way at once; 8 if not given."""

    ready_seconds: NotRequired[int]
    """Seconds for the services of a stage to be up; 900 if not given."""

    removal_seconds: NotRequired[int]
    """Seconds for a stack to be gone; 600 if not given."""

    stack_seconds: NotRequired[int]
    """Seconds for a stack to be read by the server; 300 if not given."""

    tries: NotRequired[int]
    """How often a step is tried; 10 if not given."""

    unhealthy_seconds: NotRequired[int]
    """Seconds for which a service may be unhealthy in one piece; 180 if not given, and never
    more than it may take to be up.
    """

    volume_seconds: NotRequired[int]
    """Seconds for a volume to be there; 120 if not given."""


class Explanation(TypedDict):
    """What is to be known of a code."""

    code: str
    """The code."""

    help: NotRequired[str]
    """What to do, for codes of errors."""

    meaning: str
    """What it means; for codes of problems also what to do."""

    right: NotRequired[str]
    """The same file put right."""

    wrong: NotRequired[str]
    """A file that gives it, for codes of problems."""


Extent: TypeAlias = Literal["none", "namespaces", "tenant", "platform"]
"""How far a role reaches.

- `none`: It may not.
- `namespaces`: In the image namespaces of its tenant that the user belongs to.
- `tenant`: In its tenant.
- `platform`: In every tenant, and of the platform's own.
"""


class ExternalGiven(TypedDict):
    """On this port of the hosts."""

    given: int


Failure = TypedDict(
    "Failure",
    {
        "class": "Class",
        "code": str,
        "help": NotRequired[str],
        "message": str,
    },
)
"""What went wrong in a step.

- `class`: What is done about it.
- `code`: A stable code: of a step, a diagnostic, or the client.
- `help`: What to do.
- `message`: What went wrong and where.
"""


Fate: TypeAlias = Literal[
    "added",
    "moved",
    "recreated",
    "upgraded",
    "relinked",
    "scaled",
    "recorded",
    "removed",
]
"""What became of a service: what an update has to do for it. Each is just one of these.

- `added`: It is new.
- `moved`: It is in another network: made there, then removed here.
- `recreated`: It cannot be changed in place: removed, then made anew.
- `upgraded`: New containers take the place of the old ones.
- `relinked`: It reaches other services; its containers stay.
- `scaled`: Only the number of its containers is another.
- `recorded`: What changed is for later: nothing that runs is touched.
- `removed`: It is no longer there.
"""


class FaultAnswer(TypedDict):
    """An answer of your own: HTML of a proxy, garbage, another status. Nothing is done."""

    body: NotRequired[str]
    """The body, as it is."""

    content_type: NotRequired[str]
    """Its content type."""

    fault: Literal["answer"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    status: int
    """The HTTP status."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultAnsweredTwice(TypedDict):
    """Done once, but the answer's bytes are sent twice on the connection, which is then closed."""

    fault: Literal["answered_twice"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultConflict(TypedDict):
    """409: the resource is busy. Nothing is done."""

    fault: Literal["conflict"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultCutBody(TypedDict):
    """Done, but half of the answer's body arrives before the connection is cut."""

    fault: Literal["cut_body"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultDoneTwice(TypedDict):
    """Done twice, as by a proxy that repeats a request; the answer is the second one."""

    fault: Literal["done_twice"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultHugeAnswer(TypedDict):
    """An answer as large as you like, of blanks within valid JSON. Nothing is done."""

    bytes: int
    """The size of its body."""

    fault: Literal["huge_answer"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultLostAnswer(TypedDict):
    """Done, but the connection is cut before any answer."""

    fault: Literal["lost_answer"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultLostRequest(TypedDict):
    """The connection is cut before anything is done."""

    fault: Literal["lost_request"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultNeverHealthy(TypedDict):
    """The service's health check never passes: `initializing`, then `unhealthy`. A service that
    runs once never ends.
    """

    fault: Literal["never_healthy"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultSlow(TypedDict):
    """The request is done at once, its answer comes late. The time is real, even where the clock
    is virtual.
    """

    fault: Literal["slow"]

    method: NotRequired[str]
    """Only requests of this method."""

    millis: int
    """How late."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultStaysActivating(TypedDict):
    """The service's containers do not start, so it stays `activating`."""

    fault: Literal["stays_activating"]

    message: NotRequired[str]
    """What its `transitioningMessage` says."""

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FaultUnavailable(TypedDict):
    """503, with `Retry-After` if it is given. Nothing is done."""

    fault: Literal["unavailable"]

    method: NotRequired[str]
    """Only requests of this method."""

    path: NotRequired[str]
    """Only requests whose path and query contain this text."""

    retry_after: NotRequired[int]
    """Seconds."""

    service: NotRequired[str]
    """Only the services of this name."""

    skip: NotRequired[int]
    """How many fitting requests pass first."""

    times: NotRequired[int]
    """How many requests it hits."""


class FileContentInline(TypedDict):
    """This text."""

    inline: "Text"


class FileContentSecret(TypedDict):
    """The secret of this name, which the platform has."""

    secret: str


class FixedCountCount(TypedDict):
    """Just this."""

    count: int


class Flow(TypedDict):
    """Traffic between networks: what the firewall team must open."""

    from_network: str
    """The network that it comes from."""

    from_service: str
    """The service that it comes from."""

    ports: "list[FlowPort]"
    """The ports; empty: the target declares none."""

    to_network: str
    """The network that it goes to."""

    to_service: str
    """The service that it goes to; for services of other applications the labels by which they
    are selected, such as `tier=quotes`.
    """


class FlowPort(TypedDict):
    """A port of a `Flow`."""

    port: int
    """The port."""

    protocol: "Protocol"
    """`tcp` or `udp`."""


ForeignMembers: TypeAlias = Literal["keep", "remove"]
"""What becomes of members that the platform did not put there.

- `keep`: They are reported and left alone.
- `remove`: They are removed, and those that Keystone knows get the roles that it says.
"""


Frozen: TypeAlias = Literal["missing", "disabled", "domain_disabled"]
"""Why nobody has a role at a place.

- `missing`: Keystone has no such project or domain, or none any more.
- `disabled`: It is disabled.
- `domain_disabled`: Its domain is disabled.
"""


GrantScope: TypeAlias = Literal["system", "project", "domain"]
"""Where a user has a role in Keystone.

- `system`: On the whole system.
- `project`: On a project: here, in a tenant.
- `domain`: On a domain. That is none on the projects in it: what they inherit stands at them.
"""


Graph: TypeAlias = Literal["mermaid", "dot", "svg"]
"""The language of a picture.

- `mermaid`: A Mermaid flowchart.
- `dot`: Graphviz.
- `svg`: An image.
"""


class HarborMember(TypedDict):
    """A member of a Harbor project."""

    group: NotRequired[bool]
    """Whether it is a group. The platform adds none."""

    id: int
    """The id of the membership, by which it is changed and removed."""

    name: str
    """The name of the user or the group."""

    role_id: int
    """The number of its role: it may be one that is not known here."""


class HarborOptions(TypedDict):
    """A Harbor and the user or robot that the platform is there."""

    allow_plain_http: NotRequired[bool]
    """Talk to a server without TLS, where anybody between can read the password. Addresses of
    this machine need no such word.
    """

    password: str
    """Its password or secret."""

    url: str
    """The address, such as `https://harbor.bank.test`."""

    username: str
    """The user, or the whole name of the robot, such as `robot$platform`."""


HarborRole: TypeAlias = Literal[
    "limited_guest",
    "guest",
    "developer",
    "maintainer",
    "project_admin",
]
"""The role of a member of a project of Harbor 2. Its numbers (`role_id`) are not in the order of
power.

- `limited_guest`: `limitedGuest` (5): fetches images, and sees neither members nor robots.
- `guest`: `guest` (3): fetches images.
- `developer`: `developer` (2): sends images, too.
- `maintainer`: `maintainer` (4): deletes images, too.
- `project_admin`: `projectAdmin` (1): all, members included.
"""


class HarborRoleMap(TypedDict):
    """Which role of a backend each role of a tenant is there; null: it is no member."""

    read_only: NotRequired["HarborRole"]
    """A user who reads only."""

    restricted_member: NotRequired["HarborRole"]
    """A restricted member."""

    senior_member: NotRequired["HarborRole"]
    """A senior member."""

    tenant_administrator: NotRequired["HarborRole"]
    """A tenant administrator."""

    widenings: NotRequired["Sequence[Widening]"]
    """What they may there although they may not here: each by name, and why."""


class HealthCheck(TypedDict):
    """How to see whether a container works."""

    healthy_threshold: int
    """So many good answers make it healthy."""

    initializing_ms: NotRequired[int]
    """Time that a new container has before checks count."""

    interval_ms: NotRequired[int]
    """Time between checks."""

    on_failure: "OnFailure"
    """What to do with an unhealthy container."""

    path: NotRequired[str]
    """The path of an HTTP request; absent: a TCP connection is enough."""

    port: int
    """The port to connect to."""

    timeout_ms: NotRequired[int]
    """Time to wait for an answer."""

    unhealthy_threshold: int
    """So many bad answers make it unhealthy."""


class HostMount(TypedDict):
    """A folder or file of the host in a container."""

    host_path: str
    """An absolute path on the host."""

    path: str
    """An absolute path in the containers."""

    propagation: NotRequired["Propagation"]
    """Who sees what is mounted below it later; absent: as Docker has it, nobody but who mounts
    it.
    """

    read_only: NotRequired[bool]
    """Whether it cannot be written."""


class Identities(TypedDict):
    """Who a user is; null: nobody there."""

    harbor: NotRequired[str]
    """In Harbor: the user's name there."""

    rancher: NotRequired["RancherIdentity"]
    """In Rancher."""


class IdentityMap(TypedDict):
    """Who Keystone's users are in Rancher and in Harbor: neither knows Keystone. A user stands
    in the table, or a rule for its domain tells who it is; else it is nobody there, which is
    reported and never guessed.
    """

    rules: NotRequired["Sequence[IdentityRule]"]
    """For all users of a domain."""

    users: NotRequired["Mapping[str, Identities]"]
    """For single users, by their ids in Keystone; before any rule."""


class IdentityRule(TypedDict):
    """Who the users of one domain are. `{name}` and `{id}` in a text stand for those of the
    Keystone user; `{name|dn}` is the name as it is written in a distinguished name (RFC 4514),
    which LDAP needs.
    """

    domain: str
    """The id of the domain."""

    harbor: NotRequired[str]
    """Their names in Harbor."""

    rancher: NotRequired["RancherRule | RancherIdentity"]
    """Who they are in Rancher."""


class ImageApproval(TypedDict):
    """What was released: exactly this, by whom and when."""

    at: str
    """When."""

    by: "Actor"
    """Who released it."""

    digest: "ImageDigest"
    """The digest that was released. Nothing else goes to production."""


ImageChange = TypedDict(
    "ImageChange",
    {
        "at": str,
        "attempt": NotRequired[int],
        "by": NotRequired["Actor"],
        "digest": NotRequired["ImageDigest"],
        "failure": NotRequired["CopyFailureKind"],
        "from": "PromotionStateName",
        "image": "ImageName",
        "message": NotRequired[str],
        "to": "PromotionStateName | None",
        "what": "ImageHappening",
    },
)
"""Something that happened to an image, for a journal, an audit and whoever is to be notified.

- `at`: When.
- `attempt`: The how-manieth copy it was, if it is about one.
- `by`: Who commanded it, if somebody did.
- `digest`: What it is about: what was pushed, released, copied, or seen in production.
- `failure`: What went wrong, if something did.
- `from`: How far the image was.
- `image`: The image.
- `message`: What went wrong, in a sentence; or what somebody said who asked for something.
- `to`: How far it is; null: it is gone.
- `what`: What it was.
"""


ImageCopies: TypeAlias = Literal["registry", "replication"]
"""What copies images.

- `registry`: This process, by the registries' own API: exactly what was released.
- `replication`: The Harbor of production fetches from that of test what is under the tag then. It
  takes both Harbors, and a login to that of production that is a system administrator's; with the
  user of `registry_test` it pulls.
"""


class ImageCopy(TypedDict):
    """A copy that runs, as far as is known, with its lease."""

    attempt: int
    """The how-manieth it is since the image was to be copied, from 1 on."""

    began: str
    """When it began."""

    id: "ImageCopyId"
    """Which one it is."""

    seconds: int
    """For how many seconds each word of it counts."""

    until: str
    """When it counts as lost, unless it says before that it is at work."""


ImageEntry = TypedDict(
    "ImageEntry",
    {
        "at": str,
        "attempt": NotRequired[int],
        "by": NotRequired["Actor"],
        "digest": NotRequired["ImageDigest"],
        "failure": NotRequired["CopyFailureKind"],
        "from": "PromotionStateName",
        "image": "ImageName",
        "message": NotRequired[str],
        "number": int,
        "to": "PromotionStateName | None",
        "what": "ImageHappening",
    },
)
"""An entry of the journal of an image.

- `at`: When.
- `attempt`: The how-manieth copy it was, if it is about one.
- `by`: Who commanded it, if somebody did.
- `digest`: What it is about: what was pushed, released, copied, or seen in production.
- `failure`: What went wrong, if something did.
- `from`: How far the image was.
- `image`: The image.
- `message`: What went wrong, in a sentence; or what somebody said who asked for something.
- `number`: Its number; the first is 1.
- `to`: How far it is; null: it is gone.
- `what`: What it was.
"""


ImageHappening: TypeAlias = Literal[
    "pushed",
    "deleted",
    "released",
    "withdrawn",
    "copy_began",
    "copy_failed",
    "copy_ended",
    "synced",
    "namespace_missing",
    "namespace_found",
    "production_differs",
    "production_seen",
    "release_wished",
    "sync_wished",
]
"""What happened, as a word.

- `pushed`: Something else was pushed under the name.
- `deleted`: It was deleted in test.
- `released`: A person released it for production.
- `withdrawn`: A person withdrew the release.
- `copy_began`: A copy began.
- `copy_failed`: A copy failed; or none could begin.
- `copy_ended`: A copy ended whose outcome does not count any more.
- `synced`: Production holds what was released.
- `namespace_missing`: Production has no namespace of that name.
- `namespace_found`: Production has a namespace of that name by now.
- `production_differs`: Production holds something else than what was released, or nothing.
- `production_seen`: Production was seen to hold something else than before.
- `release_wished`: Somebody who may not release it asks for a release.
- `sync_wished`: Somebody who may not have it synced asks for that.
"""


class ImageNamespace(TypedDict):
    """An image namespace of a tenant: what stands before the first slash of an image's name, and
    a project of Harbor.
    """

    id: NotRequired[str]
    """What no other namespace is called, not even one of the same name that is made when this
    one was deleted.
    """

    in_production: NotRequired[bool]
    """Whether it was opened in production: only then do images of it go there. Where the
    production registry has a Harbor, it is asked instead: whoever makes the project there opens the
    namespace.
    """

    members: NotRequired[list[str]]
    """The users that belong to it, by their ids in Keystone. The tenant's administrators need
    not.
    """

    name: str
    """Its name, which no other tenant's has."""

    pending: NotRequired[bool]
    """Whether its project in the test registry is still to be made."""

    personal: NotRequired[str]
    """The user, by its id in Keystone, to whom alone its images are shown; none: they are shown
    to the tenant. What is personal is not deployed from, and not published.
    """

    registries: NotRequired["list[Registry]"]
    """The registries in which there was no project of its name when it was made there: a project
    of its name is its own in these only.
    """

    sync_rule: NotRequired["SyncRule"]
    """When released images of it go to production; without a rule they do not."""

    tenant: str
    """The tenant."""


class ImageSources(TypedDict):
    """Which registries hold the images of a platform, and from which of them each environment
    takes its own.
    """

    environments: NotRequired["Mapping[str, ZoneName]"]
    """The zones from which environments take their images, by the names of environments."""

    open: NotRequired[Sequence[str]]
    """Image namespaces of the platform itself, which all tenants may use."""

    otherwise: NotRequired["ZoneName"]
    """The zone of all other environments; none: they take images from where templates say."""

    zones: "Zones"
    """The registries."""


class ImageStandingAbsent(TypedDict):
    """It was deleted in its zone, or is nobody's, and is not here."""

    kind: Literal["absent"]


class ImageStandingBehind(TypedDict):
    """It is to be copied there."""

    failure: NotRequired["CopyFailure"]
    """How the last copy failed, if one did."""

    kind: Literal["behind"]


class ImageStandingConflict(TypedDict):
    """The zone holds under the tag what nobody put there."""

    kind: Literal["conflict"]

    there: "ImageDigest"
    """What it holds."""


class ImageStandingCopying(TypedDict):
    """It is being copied there."""

    kind: Literal["copying"]


class ImageStandingInStep(TypedDict):
    """The zone holds the same."""

    kind: Literal["in_step"]


class ImageStandingKept(TypedDict):
    """It was deleted in its zone, and is kept here."""

    kind: Literal["kept"]


class ImageStandingNotWanted(TypedDict):
    """The rule is not about this tag."""

    kind: Literal["not_wanted"]


class ImageStandingOrigin(TypedDict):
    """It belongs to this zone."""

    kind: Literal["origin"]


class ImageStandingUnknown(TypedDict):
    """The zone, or the one that it belongs to, did not answer."""

    kind: Literal["unknown"]


class ImageStatus(TypedDict):
    """An image, as it is shown."""

    digest: "ImageDigest"
    """What is under that name in test, as far as was seen."""

    name: "ImageName"
    """What it is called, in test and in production."""

    production: "ProductionOfImage"
    """What production holds under that name, as far as is known."""

    pushed_at: str
    """When that was first seen."""

    rule: NotRequired["SyncRule"]
    """The rule of its namespace; none: nothing of it is copied."""

    state: "PromotionState"
    """How far it is."""

    status: "PromotionStateName"
    """How far it is, as a word."""

    tenant: str
    """The tenant whose it is."""

    waits_for: NotRequired["WaitsFor"]
    """What it waits for, if it is to be copied."""


class ImageUse(TypedDict):
    """An image and who uses it."""

    image: str
    """The image."""

    services: list[str]
    """The services, in the order of the template."""


class ImageVisibilityOfficial(TypedDict):
    """To all tenants: whoever has a role in one."""

    kind: Literal["official"]


class ImageVisibilityPersonal(TypedDict):
    """To one user, as long as it has a role in the tenant whose registry holds it."""

    kind: Literal["personal"]

    tenant: str
    """The id of the tenant."""

    user: str
    """The id of the user in Keystone."""


class ImageVisibilityPublic(TypedDict):
    """To the users of one tenant."""

    kind: Literal["public"]

    tenant: str
    """The id of the tenant."""


class ImportedStack(TypedDict):
    """What reading a stack tells."""

    accepted: bool
    """Whether there are no errors; something may be lost."""

    diagnostics: "Diagnostics"
    """All problems, in the order of their places."""

    inputs: "list[StackInput]"
    """The inputs of the template."""

    losses: "list[Loss]"
    """What is not the same, in the order of the files."""

    template: NotRequired[str]
    """The template, unless there are errors."""


IntentResult: TypeAlias = Literal["done", "adopted", "not_sent", "refused"]
"""What became of an intent.

- `done`: The back end did it, and said so.
- `adopted`: The back end did it, and was found to have: the answer was lost.
- `not_sent`: Nothing came of it: the call was not made, or did not arrive.
- `refused`: The back end refused, and nothing changed.
"""


class ItemDifference(TypedDict):
    """What became of something that a release lists: a volume, a policy, a port."""

    changes: NotRequired["list[Change]"]
    """What changed in it."""

    fate: "ItemFate"
    """What became of it."""

    item: NotRequired["Value"]
    """All of it: as it is if it was added, as it was if it was removed."""

    means: NotRequired[str]
    """What that means for an update, or for people."""

    name: str
    """What it is known by."""

    position: NotRequired[int]
    """Where in its list it is, from 0, if it was added or stands elsewhere."""


ItemFate: TypeAlias = Literal["added", "removed", "changed", "reordered"]
"""What became of something that a release lists.

- `added`: It is new.
- `removed`: It is no longer there.
- `changed`: It is another.
- `reordered`: It only stands elsewhere in its list.
"""


class JournalEntryAbandoned(TypedDict):
    """The operation was given up."""

    at: "Timestamp"
    """When it was written."""

    by: "Actor"
    """Who decided that."""

    note: Literal["abandoned"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


class JournalEntryBegun(TypedDict):
    """The operation has begun."""

    at: "Timestamp"
    """When it was written."""

    by: "Actor"
    """Who asked for it."""

    note: Literal["begun"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


class JournalEntryDone(TypedDict):
    """The operation has reached its end."""

    at: "Timestamp"
    """When it was written."""

    note: Literal["done"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


class JournalEntryEnded(TypedDict):
    """A step has ended."""

    at: "Timestamp"
    """When it was written."""

    how: "StepResult"
    """How."""

    id: NotRequired[str]
    """The back end's id of what it was about, if it was about one thing."""

    note: Literal["ended"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""

    step: str
    """The step."""


class JournalEntryFailed(TypedDict):
    """A step has failed for good."""

    at: "Timestamp"
    """When it was written."""

    failure: "StepFailure"
    """Which, and why."""

    note: Literal["failed"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


class JournalEntryIntent(TypedDict):
    """A call that changes something is about to be made. Written before the call."""

    at: "Timestamp"
    """When it was written."""

    call: str
    """The call, in the client's words: `create_stack`."""

    note: Literal["intent"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""

    step: str
    """The step."""

    target: str
    """What it is about."""


class JournalEntryOutcome(TypedDict):
    """What came of an intent."""

    at: "Timestamp"
    """When it was written."""

    id: NotRequired[str]
    """The back end's id of what was made or changed."""

    intent: int
    """The number of the intent's entry."""

    note: Literal["outcome"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""

    result: "IntentResult"
    """What became of it."""

    step: str
    """The step."""


class JournalEntryProgress(TypedDict):
    """How far a step is."""

    at: "Timestamp"
    """When it was written."""

    message: str
    """In words."""

    note: Literal["progress"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""

    step: str
    """The step."""


class JournalEntryResumed(TypedDict):
    """It goes on."""

    at: "Timestamp"
    """When it was written."""

    by: "Actor"
    """Who asked for that."""

    note: Literal["resumed"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


class JournalEntryRetry(TypedDict):
    """A step is tried again."""

    at: "Timestamp"
    """When it was written."""

    failure: "Failure"
    """Why."""

    note: Literal["retry"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""

    pause_ms: int
    """After so many milliseconds."""

    step: str
    """The step."""


class JournalEntryStopped(TypedDict):
    """The operation has stopped before its end."""

    at: "Timestamp"
    """When it was written."""

    note: Literal["stopped"]

    number: int
    """Its place in the journal: 1, 2, 3, …"""


Kept: TypeAlias = Literal["full", "partial", "none"]
"""How much of something was kept.

- `full`: All: it is written in another way and means the same.
- `partial`: Some: it means nearly the same, or only Rancher gets it, or its value is fixed.
- `none`: Nothing.
"""


class KeystoneOptions(TypedDict):
    """A Keystone and how to log in to it, as users of OpenStack say it: by `clouds.yaml` and
    variables `OS_*`.
    """

    allow_plain_http: NotRequired[bool]
    """Talk to a server without TLS, where anybody between can read tokens. Addresses of this
    machine need no such word.
    """

    cloud: NotRequired[str]
    """The name of the cloud in `clouds.yaml`; as the environment says if not given."""

    variables: NotRequired[Mapping[str, str]]
    """Variables such as `OS_AUTH_URL` and `OS_APPLICATION_CREDENTIAL_ID`, in place of files and
    the environment.
    """


class KeystoneUser(TypedDict):
    """A user of Keystone."""

    domain: str
    """The id of its domain."""

    id: str
    """Its id: what names it for ever."""

    name: str
    """Its name, unique in its domain."""


KnownState: TypeAlias = Literal["firing", "resolved", "no_data", "stale"]
"""What an alarm is, as far as is known.

- `firing`: It fires.
- `resolved`: It does not.
- `no_data`: The metric is missing.
- `stale`: It fired, and was not repeated in time.
"""


class Label(TypedDict):
    """A place with what is to be said about it. The first label of a diagnostic is the main one."""

    end: "Position"
    """The point after the last character."""

    file: str
    """The file's name as the caller gave it."""

    start: "Position"
    """The first point."""

    text: NotRequired[str]
    """What to say there; absent when the message says it all."""


class LimitsDocument(TypedDict):
    """What a template may cost at most."""

    bytes: NotRequired[int]
    """Bytes of the text of one file; 16 MiB if not given."""

    depth: NotRequired[int]
    """Depth of lists and maps; 64 if not given."""

    expanded_nodes: NotRequired[int]
    """Values after aliases are followed, in all files together; 4,000,000 if not given."""

    files: NotRequired[int]
    """Files, with the template and all that is imported; 256 if not given."""

    import_depth: NotRequired[int]
    """Files that import each other in one line; 32 if not given."""

    nodes: NotRequired[int]
    """Values in one file; 2,000,000 if not given."""

    total_bytes: NotRequired[int]
    """Bytes of text in all files together, and what an archive may unpack to; 32 MiB if not
    given.
    """

    total_nodes: NotRequired[int]
    """Values in all files together; 4,000,000 if not given."""


class Link(TypedDict):
    """That a service needs another."""

    alias: NotRequired[str]
    """The host name under which it is reached; absent: the service's own name."""

    kind: "LinkKind"
    """How it needs it."""

    to: str
    """The other service's name."""


LinkKind: TypeAlias = Literal["connection", "dependency"]
"""How a service needs another.

- `connection`: It talks to it (`tosca.relationships.ConnectsTo`).
- `dependency`: It must start strictly after it (`tosca.relationships.DependsOn`).
"""


LinkStrategy: TypeAlias = Literal["region_name", "environment_links", "external_service"]
"""How services reach services in other environments.

- `region_name`: By name, `environment/stack/service`, over the region that is the server itself
  (Rancher 1.6.15 and later).
- `environment_links`: By links between environments, which an administrator of Rancher makes when
  the environments are created (1.4.0 and later). An alias in the client's stack finds the service
  by its labels.
- `external_service`: By an external service in the client's stack that points at the published
  ports of the other environment (any version).
"""


class LogFiles(TypedDict):
    """Log files to collect."""

    directory: str
    """An absolute folder in the containers."""

    extensions: NotRequired[list[str]]
    """Endings of the files' names, without the dot; empty: all files."""


class LogSource(TypedDict):
    """Log files of a service."""

    directory: str
    """The folder inside its containers."""

    extensions: NotRequired[list[str]]
    """Endings without the dot; empty: all files."""

    network: str
    """The network."""

    service: str
    """The service."""


class Loss(TypedDict):
    """Something of a stack that is not the same in the application."""

    kept: "Kept"
    """How much of it was kept."""

    key: str
    """The key of the compose file, or the question."""

    place: "Place"
    """Where it stands."""

    service: NotRequired[str]
    """The service; absent: it concerns the stack."""

    why: str
    """What became of it, and why."""


class MallImage(TypedDict):
    """An image of the mall, as it is shown."""

    digest: "ImageDigest"
    """What is shown: whoever takes it takes this."""

    image: "ImageName"
    """What it is called."""

    owner: str
    """The tenant whose it is."""

    visibility: "ImageVisibility"
    """Whom it is shown to."""


class MappingDocument(TypedDict):
    """What a template names of a tenant's, and what its clone names instead."""

    inputs: NotRequired[Mapping[str, Any]]
    """Inputs, and their new defaults: texts as they are, anything else as YAML reads it."""

    name: NotRequired[str]
    """The new name of the application; it stays if not given."""

    networks: NotRequired[Mapping[str, str]]
    """Names of networks, and the new ones."""

    registries: NotRequired[Mapping[str, str]]
    """Registries of images, and the new ones: `host`, `host:port`, either with the beginning of
    a path. `docker.io` is where images without a registry come from.
    """

    servers: NotRequired[Mapping[str, str]]
    """File servers that volumes name, and the new ones."""

    tiers: NotRequired[Mapping[str, str]]
    """Tiers of volumes, and the new ones."""


class Matrix(TypedDict):
    """All rules."""

    markdown: str
    """The same as a table in Markdown."""

    rows: "list[MatrixRow]"
    """One row for each kind and action that has a rule. What has none may nobody."""


class MatrixRow(TypedDict):
    """What each role may do to one kind."""

    action: "AccessAction"
    """What is done to it."""

    allowed: "Allowed"
    """Who may."""

    kind: "ResourceKind"
    """The kind."""


MemberBackend: TypeAlias = Literal["rancher", "harbor"]
"""A backend.

- `rancher`: Rancher.
- `harbor`: Harbor.
"""


class MembersEntry(TypedDict):
    """An entry of the journal of a tenant's members."""

    at: "Timestamp"
    """When it was written."""

    note: "MembersNote"
    """What happened."""

    number: int
    """Its number; the first is 1."""


class MembersFailure(TypedDict):
    """Why members could not be read or changed somewhere."""

    code: str
    """What kind of failure it is."""

    message: str
    """What happened."""

    place: "MembersPlace"
    """Where."""

    retryable: bool
    """Whether it may pass by itself."""


class MembersNoteIntent(TypedDict):
    """Members are about to be changed: written before the call."""

    by: "Actor"
    """Who asked for it."""

    changes: list[str]
    """What is to become different, in the words of the backend."""

    note: Literal["intent"]

    place: "MembersPlace"
    """Where."""


class MembersNoteOutcome(TypedDict):
    """The call has ended."""

    failure: NotRequired[str]
    """Why it failed; it may have had its effect all the same if that is not known."""

    note: Literal["outcome"]

    place: "MembersPlace"
    """Where."""


class MembersNoteSettled(TypedDict):
    """The members there are now as they should be."""

    note: Literal["settled"]

    place: "MembersPlace"
    """Where."""


class MembersPlaceEnvironment(TypedDict):
    """An environment of Rancher."""

    environment: str
    """Its id."""

    place: Literal["environment"]


class MembersPlaceNetwork(TypedDict):
    """A network of the tenant that has no environment."""

    network: str
    """Its name."""

    place: Literal["network"]


class MembersPlaceProject(TypedDict):
    """A project of Harbor."""

    place: Literal["project"]

    project: str
    """Its name."""

    registry: "Registry"
    """The registry that it is in."""


class MembersReport(TypedDict):
    """What would become of a tenant's members, or has."""

    failures: NotRequired["list[MembersFailure]"]
    """Where something could not be read or done. Nothing else waits for it: it is tried again
    the next time.
    """

    frozen: NotRequired["Frozen"]
    """Why nobody has a role in it, if that is so: then nobody is to be a member that the
    platform put there.
    """

    plan: "MembershipPlan"
    """What is to be done, or was."""

    tenant: str
    """The tenant."""


class MembershipFindingForeign(TypedDict):
    """The platform did not put a member there."""

    finding: Literal["foreign"]

    identity: str
    """Who."""

    place: str
    """Where: an environment, or `registry/project`."""

    role: str
    """Its role there."""


class MembershipFindingForeignRole(TypedDict):
    """The platform did not put a member there, and Keystone says another role."""

    finding: Literal["foreign_role"]

    identity: str
    """Who."""

    place: str
    """Where: an environment, or `registry/project`."""

    role: str
    """Its role there."""

    wanted: str
    """The role that it would have."""


class MembershipFindingFuseBlown(TypedDict):
    """More members would lose rights than may by one plan."""

    finding: Literal["fuse_blown"]

    fuse: int
    """How many may."""

    losses: int
    """How many."""


class MembershipFindingNoAdministrator(TypedDict):
    """Nobody administers the tenant."""

    finding: Literal["no_administrator"]


class MembershipFindingNoRole(TypedDict):
    """A user belongs to an image namespace and has no role in its tenant."""

    finding: Literal["no_role"]

    namespace: str
    """The namespace."""

    registry: "Registry"
    """The registry."""

    user: str
    """The user, by its id in Keystone."""


class MembershipFindingPlatformItself(TypedDict):
    """A user would be the platform itself there."""

    backend: "MemberBackend"
    """Where."""

    finding: Literal["platform_itself"]

    user: "KeystoneUser"
    """The user."""


class MembershipFindingSharedIdentity(TypedDict):
    """Two or more users would be one there: none of them is a member."""

    backend: "MemberBackend"
    """Where."""

    finding: Literal["shared_identity"]

    identity: str
    """Who they would be."""

    users: "list[KeystoneUser]"
    """The users, by id."""


class MembershipFindingUnmapped(TypedDict):
    """Nobody says who a user is in a backend."""

    backend: "MemberBackend"
    """Where."""

    finding: Literal["unmapped"]

    user: "KeystoneUser"
    """The user."""


class MembershipOptions(TypedDict):
    """What a plan keeps to beside the roles."""

    foreign: NotRequired["ForeignMembers"]
    """What becomes of members that the platform did not put there."""

    fuse: NotRequired[int]
    """How many members may lose rights by one plan; null: any number."""

    platform: "RancherIdentity"
    """Who the platform is in Rancher: always an owner of every environment."""

    platform_in_harbor: NotRequired[str]
    """The name of the platform in Harbor, which makes the projects and so is a member of each:
    it is left alone.
    """


class MembershipPlan(TypedDict):
    """What to do so that the members are those that Keystone says."""

    blown: bool
    """Whether more lose rights than `fuse` lets pass: then nobody carries it out before a person
    has looked at it.
    """

    environments: NotRequired["list[EnvironmentPlan]"]
    """For each environment in which something changes."""

    findings: NotRequired["list[MembershipFinding]"]
    """What somebody should look at."""

    losses: int
    """How many members lose rights."""

    projects: NotRequired["list[ProjectPlan]"]
    """For each Harbor project in which something changes."""


class MembershipRules(TypedDict):
    """By which rules users of Keystone become members in Rancher and Harbor: the same for all
    tenants.
    """

    identities: "IdentityMap"
    """Who users of Keystone are in Rancher and Harbor."""

    production_roles: NotRequired["HarborRoleMap"]
    """Which roles they have in the production registry."""

    rancher_roles: NotRequired["RancherRoleMap"]
    """Which roles they have in Rancher."""

    role_names: NotRequired["RoleNames"]
    """Which role a role of Keystone is here."""

    settings: "MembershipOptions"
    """What else is to be kept to."""

    test_roles: NotRequired["HarborRoleMap"]
    """Which roles they have in the test registry."""


class Mount(TypedDict):
    """A volume in a container."""

    path: str
    """An absolute path in the containers."""

    read_only: NotRequired[bool]
    """Whether it cannot be written."""

    volume: str
    """The volume's name."""


class NamespaceZones(TypedDict):
    """How the zones stand with the images of a namespace."""

    namespace: str
    """The namespace."""

    rule: "DistributionRule"
    """Its rule."""

    scanned: NotRequired[str]
    """When all zones were last compared; never, by this rule, if there is nothing."""

    tenant: str
    """The tenant whose it is."""

    zones: "dict[str, ZoneStatus]"
    """How each zone of the rule stands."""


class Network(TypedDict):
    """A network that services are placed in: one flat partition with a security level."""

    chosen: NotRequired[bool]
    """Whether the template does not give it a name of its own, but says what it must be: if the
    tenant has none of this name, it is the only one with this security level and domain.
    """

    name: str
    """Its name among the tenant's networks."""

    security_domain: NotRequired[str]
    """The domain that it belongs to."""

    security_level: NotRequired[str]
    """`low`, `medium` or `high`."""


class NetworkStatus(TypedDict):
    """How the part of an application in one network is."""

    environment: str
    """The environment that it is."""

    environment_id: str
    """The environment's id."""

    network: str
    """The network."""

    services: "list[ServiceStatus]"
    """The services, by name."""

    stack_state: str | None
    """The state of the stack; null: it is not there."""


class NfsServer(TypedDict):
    """A file server (NFS) that holds volumes: one folder below `export_base` for each."""

    capacity_bytes: NotRequired[int]
    """How much it holds, in bytes; absent: not known, and so never too little."""

    export_base: str
    """The absolute path below which the volumes lie."""

    host: str
    """Its host name or address."""

    mount_options: NotRequired[str]
    """Options of the mount, such as `nfsvers=4`; absent: the driver's own."""

    name: str
    """Its name among the tenant's servers."""

    tier: str
    """The class of storage that it is, such as `gold`."""


class NfsServerInput(TypedDict):
    """A file server (NFS) that holds volumes: one folder below `export_base` for each."""

    capacity_bytes: NotRequired[int]
    """How much it holds, in bytes; not known if not given, and so never too little."""

    export_base: str
    """The absolute path below which the volumes lie."""

    host: str
    """Its host name or address."""

    mount_options: NotRequired[str]
    """Options of the mount, such as `nfsvers=4`; the driver's own if not given."""

    name: str
    """Its name among the tenant's servers."""

    tier: str
    """The class of storage that it is, such as `gold`."""


OnFailure: TypeAlias = Literal["none", "recreate", "recreate_on_quorum"]
"""What to do with an unhealthy container.

- `none`: Nothing.
- `recreate`: Replace it.
- `recreate_on_quorum`: Replace it while enough others are healthy.
"""


class OpenWindow(TypedDict):
    """A window that is open."""

    count: NotRequired[int]
    """The count that it holds, if it is a fixed one."""

    since: NotRequired[str]
    """Since when; absent: always."""

    until: NotRequired[str]
    """Until when; absent: for ever."""

    window: str
    """Its name."""


class OperationDocument(TypedDict):
    """How an operation stands, and how far it is."""

    application: str
    """The application."""

    begun_at: "Timestamp"
    """When it began."""

    by: "Actor"
    """Who asked for it."""

    ended_at: NotRequired["Timestamp"]
    """When it reached its end, stopped or was abandoned."""

    failures: NotRequired["list[StepFailure]"]
    """Why it stopped."""

    id: "OperationId"
    """Its id."""

    is_interrupted: bool
    """Whether it is running by its record, but nobody carries it out: its process has ended. It
    can be resumed.
    """

    kind: "PlanKind"
    """What it is for."""

    percent: int
    """How many of its steps have ended, in percent."""

    state: "OperationState"
    """Its state."""

    steps: int
    """How many steps it has."""

    steps_ended: int
    """How many of them have ended."""

    tenant: str
    """The tenant."""


OperationState: TypeAlias = Literal["running", "done", "stopped", "abandoned"]
"""The state of an operation.

- `running`: It is carried out, or was until its process ended: see `is_interrupted`.
- `done`: It has reached its end.
- `stopped`: A step failed for good. It can be resumed or abandoned.
- `abandoned`: It was given up.
"""


class Output(TypedDict):
    """A value that the application shows to whoever deploys it."""

    description: NotRequired[str]
    """What it is."""

    name: str
    """Its name."""

    pending: NotRequired[str]
    """What is missing in it until the application runs, such as an attribute of a service."""

    value: "Value"
    """Its value; secrets and host names in it stay references."""


class Part(TypedDict):
    """What runs in one network: one stack in one environment."""

    environment: str
    """The environment that is this network."""

    network: "Network"
    """The network."""

    services: "list[Service]"
    """The services, in the order of the template."""

    stand_ins: NotRequired["list[StandIn]"]
    """What stands here for services of other parts that its services connect to, sorted."""

    volumes: NotRequired[list[str]]
    """The names of the volumes that its services mount, sorted."""


PendingCause: TypeAlias = Literal["released", "production_differs"]
"""Why an image is to be copied.

- `released`: It was released.
- `production_differs`: It was in production, and production was found to hold something else, or
  nothing.
"""


class PersonsCount(TypedDict):
    """A count that a person set while no engine decided."""

    count: int
    """The count."""

    service: str
    """The service."""


Phase: TypeAlias = Literal["prepare", "stage", "finish"]
"""When a step is done.

- `prepare`: Before anything that runs is touched, but for a stack that is in the place of a new
  one.
- `stage`: In a stage: it begins when all services of the stages before it are up.
- `finish`: When all stages are up. Until then all can be rolled back.
"""


class Place(TypedDict):
    """A span of a file: `start` is the first point, `end` the point after the last character."""

    end: "Position"
    """The point after the last character."""

    file: str
    """The file's name as the caller gave it."""

    start: "Position"
    """The first point."""


class Plan(TypedDict):
    """What is to be done, and in which order."""

    application: str
    """The application."""

    id: str
    """The operation that it becomes: a plan is carried out once, however often that is asked
    for.
    """

    kind: "PlanKind"
    """What it is for."""

    steps: "list[Step]"
    """The steps, each after all that it comes after."""

    tenant: str
    """The tenant."""


class PlanDocument(TypedDict):
    """A plan with what is to be known of it."""

    diagnostics: "Diagnostics"
    """The warnings of the template."""

    id: "OperationId"
    """The id of the operation that it becomes."""

    plan: "Plan"
    """What will be done."""


PlanKind: TypeAlias = Literal["deploy", "scale", "remove"]
"""What a plan is for.

- `deploy`: An application is deployed that was not there.
- `scale`: The count of one service's containers changes.
- `remove`: An application goes; its volumes stay.
"""


class Port(TypedDict):
    """A port that containers listen on."""

    container: int
    """The port inside the containers."""

    external: NotRequired["External"]
    """Whether and where it is published on hosts."""

    protocol: "Protocol"
    """`tcp` or `udp`."""


class Position(TypedDict):
    """A point in a text."""

    column: int
    """The column in characters (Unicode scalar values), from 1."""

    line: int
    """The line, from 1."""

    offset: int
    """The offset in bytes of the UTF-8 text, from 0."""


class ProductionOfImage(TypedDict):
    """What production holds under the name of an image, as far as is known."""

    approval: NotRequired["ImageApproval"]
    """Who released what was last seen there, and when; absent: it did not come by a release, or
    that is not known.
    """

    perhaps: NotRequired["list[ImageDigest]"]
    """What copies may have put there since then: those of which nobody knows how they ended."""

    seen: NotRequired["SeenInProduction"]
    """What was last seen there; absent: nobody has looked yet."""


class ProjectChangeAdd(TypedDict):
    """It becomes a member."""

    change: Literal["add"]

    name: str
    """The name of the user."""

    role: "HarborRole"
    """Its role."""


ProjectChangeChange = TypedDict(
    "ProjectChangeChange",
    {
        "change": Literal["change"],
        "from": int,
        "id": int,
        "name": str,
        "to": "HarborRole",
    },
)
"""Its role changes.

- `from`: The number of its role now.
- `id`: The id of the membership.
- `name`: The name of the user.
- `to`: Its role then.
"""


class ProjectChangeRemove(TypedDict):
    """It is a member no longer."""

    change: Literal["remove"]

    id: int
    """The id of the membership."""

    name: str
    """The name of the user or the group."""

    role_id: int
    """The number of its role now."""


class ProjectMembers(TypedDict):
    """The Harbor project of an image namespace with its members."""

    members: NotRequired["Sequence[HarborMember]"]
    """The members of the project, all of them."""

    ours: NotRequired[Sequence[str]]
    """The names of those that the platform put there."""

    project: str
    """The name of the project: that of the namespace."""

    registry: "Registry"
    """The registry that it is in."""

    users: NotRequired[Sequence[str]]
    """The users that belong to the namespace, by their ids in Keystone. Tenant administrators
    need not stand in it.
    """


class ProjectPlan(TypedDict):
    """What to do in one Harbor project, member by member."""

    changes: "list[ProjectChange]"
    """What becomes different. It may be nothing, if a member is only marked as ours."""

    ours: list[str]
    """The names of those that are the platform's afterwards."""

    project: str
    """The name of the project."""

    registry: "Registry"
    """The registry."""


class PromotionStateGone(TypedDict):
    """It was deleted in test while it was being copied; it is kept until that copy has ended, so
    that there is never a second one beside it.
    """

    approval: "ImageApproval"
    """What was released, and is being copied."""

    cause: "PendingCause"
    """Why it was to be copied."""

    copy: "ImageCopy"
    """The copy, with its lease."""

    kind: Literal["gone"]

    since: str
    """Since when it was to be copied."""

    superseded: NotRequired[bool]
    """Whether something else was pushed since the copy began: when it has ended, the image is in
    development.
    """


class PromotionStateInDevelopment(TypedDict):
    """What every pushed image starts as."""

    kind: Literal["in_development"]


PromotionStateName: TypeAlias = Literal[
    "in_development",
    "pending_sync",
    "syncing",
    "superseded",
    "synced",
    "gone",
]
"""The states as words. One that is superseded has a word of its own.

- `in_development`: It was pushed, and nobody has released what is there now.
- `pending_sync`: A senior member has released it for production; the digest is pinned.
- `syncing`: It is being copied, under a lease.
- `superseded`: It is being copied, and something else was pushed since: what comes of the copy is
  recorded, and it is in development.
- `synced`: Production was seen to hold the digest that was released.
- `gone`: It was deleted while it was being copied; it is kept until the copy has ended.
"""


class PromotionStatePendingSync(TypedDict):
    """It was released, and is to be copied."""

    approval: "ImageApproval"
    """What was released."""

    attempts: int
    """How many copies did not get there since then."""

    cause: "PendingCause"
    """Why it is to be copied."""

    failure: NotRequired["CopyFailure"]
    """How the last of them failed."""

    kind: Literal["pending_sync"]

    namespace_missing: NotRequired[str]
    """When production was last found to have no namespace of that name; it is asked again each
    period.
    """

    since: str
    """Since when it is to be copied: a period is counted from here."""


class PromotionStateSynced(TypedDict):
    """Production holds the same digest."""

    approval: "ImageApproval"
    """What was released, and is in production."""

    at: str
    """When production was first seen to hold it."""

    kind: Literal["synced"]


class PromotionStateSyncing(TypedDict):
    """It is being copied."""

    approval: "ImageApproval"
    """What was released, and is being copied."""

    cause: "PendingCause"
    """Why it was to be copied."""

    copy: "ImageCopy"
    """The copy, with its lease."""

    kind: Literal["syncing"]

    since: str
    """Since when it was to be copied."""

    superseded: NotRequired[bool]
    """Whether something else was pushed since the copy began: when it has ended, the image is in
    development.
    """


Propagation: TypeAlias = Literal["private", "rprivate", "shared", "rshared", "slave", "rslave"]
"""Who sees what is mounted later below a path of the host that containers see. Those with `r` hold
for all mounts below it too.

- `private`: Only who mounts it.
- `rprivate`: As `private`, for all below.
- `shared`: The containers and the host.
- `rshared`: As `shared`, for all below.
- `slave`: The containers see what the host mounts, and not the other way round.
- `rslave`: As `slave`, for all below.
"""


Protocol: TypeAlias = Literal["tcp", "udp"]
"""The transport protocol of a port.

- `tcp`: TCP.
- `udp`: UDP.
"""


class PublicationEntry(TypedDict):
    """An entry of the journal of a publication: how it was from then on."""

    digest: "ImageDigest"
    """What is to be shown: exactly this."""

    image: "ImageName"
    """The image."""

    number: int
    """Its number; the first is 1."""

    requested: "PublicationEntryRequested"
    """Who asked."""

    state: "PublicationState"
    """What became of it."""

    tenant: str
    """The id of the tenant that owns it."""


class PublicationEntryRequested(TypedDict):
    """Who asked."""

    at: str
    """When."""

    by: "Actor"
    """What journals call the user."""

    reason: NotRequired[str]
    """Why, if that was said."""

    user: str
    """The id of the user in Keystone."""


class PublicationStateApproved(TypedDict):
    """An auditor said yes: it is shown to all."""

    at: str
    """When."""

    by: "Actor"
    """What journals call the user."""

    kind: Literal["approved"]

    reason: NotRequired[str]
    """Why, if that was said."""

    user: str
    """The id of the user in Keystone."""


class PublicationStateLapsed(TypedDict):
    """The image was deleted."""

    at: str
    """When that was seen."""

    kind: Literal["lapsed"]


PublicationStateName: TypeAlias = Literal[
    "requested",
    "approved",
    "rejected",
    "withdrawn",
    "lapsed",
]
"""Which `PublicationState` it is, as a word.

- `requested`: Asked for.
- `approved`: Shown to all.
- `rejected`: Not shown, or not any more.
- `withdrawn`: Taken back.
- `lapsed`: Gone with its image.
"""


class PublicationStateRejected(TypedDict):
    """An auditor said no, at once or later, with a reason."""

    at: str
    """When."""

    by: "Actor"
    """What journals call the user."""

    kind: Literal["rejected"]

    reason: NotRequired[str]
    """Why, if that was said."""

    user: str
    """The id of the user in Keystone."""


class PublicationStateRequested(TypedDict):
    """Nothing yet: an auditor is to look at it."""

    kind: Literal["requested"]


class PublicationStateWithdrawn(TypedDict):
    """The tenant took it back."""

    at: str
    """When."""

    by: "Actor"
    """What journals call the user."""

    kind: Literal["withdrawn"]

    reason: NotRequired[str]
    """Why, if that was said."""

    user: str
    """The id of the user in Keystone."""


class PublicationStatus(TypedDict):
    """A publication, as it is shown."""

    digest: "ImageDigest"
    """What is to be shown: exactly this."""

    image: "ImageName"
    """The image."""

    requested: "PublicationStatusRequested"
    """Who asked, when, and what was said to the auditor."""

    state: "PublicationState"
    """What became of it."""

    status: "PublicationStateName"
    """How far it is, as a word."""

    tenant: str
    """The tenant whose it is."""


class PublicationStatusRequested(TypedDict):
    """Who asked, when, and what was said to the auditor."""

    at: str
    """When."""

    by: "Actor"
    """What journals call the user."""

    reason: NotRequired[str]
    """Why, if that was said."""

    user: str
    """The id of the user in Keystone."""


class PublishedPort(TypedDict):
    """A port that a service takes on the hosts of its network."""

    container: int
    """The port inside its containers."""

    external: "External"
    """The port on hosts: given, or allocated by the platform."""

    network: str
    """The network."""

    protocol: "Protocol"
    """`tcp` or `udp`."""

    service: str
    """The service."""


class Question(TypedDict):
    """Something that a user wants to do."""

    action: "AccessAction"
    """What it wants to do."""

    kind: "ResourceKind"
    """To what kind of resource."""

    namespace: NotRequired[str]
    """The image namespace that it is in."""

    tenant: NotRequired[str]
    """The id of the tenant that owns it; the platform owns it if not given."""


class RancherIdentity(TypedDict):
    """An identity of Rancher's access control."""

    external_id: str
    """Its id there: for LDAP a distinguished name."""

    external_id_type: str
    """What sort of identity it is, such as `ldap_user` or `rancher_id`."""


class RancherMember(TypedDict):
    """A member of an environment."""

    identity: "RancherIdentity"
    """Who."""

    role: str
    """Its role, by its name in Rancher: it may be one that is not known here."""


class RancherOptions(TypedDict):
    """A Rancher server and the key to it. Without a URL and keys, those of the file are used,
    and without a file those of the environment: `RANCHER_URL`, `RANCHER_ACCESS_KEY`,
    `RANCHER_SECRET_KEY`.
    """

    access_key: NotRequired[str]
    """The access key of an API key."""

    allow_plain_http: NotRequired[bool]
    """Talk to a server without TLS, where anybody between can read the keys. Addresses of this
    machine need no such word.
    """

    credentials_file: NotRequired[str]
    """A file with lines `RANCHER_URL=…`, `RANCHER_ACCESS_KEY=…`, `RANCHER_SECRET_KEY=…` that
    only its owner can read.
    """

    proxy_of_environment: NotRequired[bool]
    """Use the proxy that the environment names."""

    secret_key: NotRequired[str]
    """The secret key that goes with it."""

    url: NotRequired[str]
    """The address, such as `https://rancher.bank.test`."""


RancherRole: TypeAlias = Literal["readonly", "restricted", "member", "owner"]
"""The role of a member of an environment of Rancher 1.6 (`projectMember.role`).

- `readonly`: Views. Environment variables are hidden from it.
- `restricted`: All but members, the stacks of the infrastructure, and hosts.
- `member`: All but members.
- `owner`: All, the environment itself included.
"""


class RancherRoleMap(TypedDict):
    """Which role of a backend each role of a tenant is there; null: it is no member."""

    read_only: NotRequired["RancherRole"]
    """A user who reads only."""

    restricted_member: NotRequired["RancherRole"]
    """A restricted member."""

    senior_member: NotRequired["RancherRole"]
    """A senior member."""

    tenant_administrator: NotRequired["RancherRole"]
    """A tenant administrator."""

    widenings: NotRequired["Sequence[Widening]"]
    """What they may there although they may not here: each by name, and why."""


class RancherRule(TypedDict):
    """Who the users of one domain are in Rancher."""

    external_id: str
    """Their ids there."""

    external_id_type: str
    """What sort of identity they are."""


Ready: TypeAlias = Literal["created", "active", "healthy", "started_once"]
"""When a service counts as up.

- `created`: It is there. (It shall have no containers.)
- `active`: It is active. (It has no health check.)
- `healthy`: It is active, and its health check passes.
- `started_once`: Its containers have run and ended. (It runs once.)
"""


Reason: TypeAlias = Literal[
    "kind_changed",
    "everywhere_changed",
    "unit_changed",
    "address_changed",
    "starts_first_with_its_address",
]
"""Why a service cannot be changed in place.

- `kind_changed`: Containers, a load balancer and something outside are different things.
- `everywhere_changed`: From a number of containers to one on every host, or back: an upgrade is
  refused.
- `unit_changed`: It became part of another service, or was one.
- `address_changed`: An upgrade does not touch something outside the platform.
- `starts_first_with_its_address`: Containers that keep their addresses cannot start before the old
  ones stop: an upgrade is refused.
"""


Registry: TypeAlias = Literal["test", "production"]
"""One of the two registries.

- `test`: Where tenants send their images.
- `production`: Where the platform alone sends them, once they are released.
"""


class RegistryOptions(TypedDict):
    """A container registry and as whom it is asked: as a user, by a token, or as nobody."""

    allow_plain_http: NotRequired[bool]
    """Talk to a server without TLS, where anybody between can read the password. Addresses of
    this machine need no such word.
    """

    password: NotRequired[str]
    """Its password, or what the registry's endpoint for tokens takes as one."""

    token: NotRequired[str]
    """A token that is sent as it is, in the place of a user."""

    url: str
    """The address, such as `https://registry.bank.test`."""

    username: NotRequired[str]
    """The user."""


class Release(TypedDict):
    """A checked application, split and staged: what is deployed. The files per network are
    renderings of it.
    """

    application: str
    """The application's name."""

    backend: "Backend"
    """What it is for, and how."""

    description: NotRequired[str]
    """The application's description."""

    environment_links: NotRequired["list[EnvironmentLink]"]
    """Which environments must be linked, each pair once."""

    flows: NotRequired["list[Flow]"]
    """What the firewall between networks must let through."""

    format: int
    """The version of this format."""

    images: NotRequired["list[ImageUse]"]
    """Images, each once, sorted."""

    log_sources: NotRequired["list[LogSource]"]
    """Log files to collect."""

    outputs: NotRequired["list[Output]"]
    """Outputs."""

    parts: "list[Part]"
    """One part for each network with services, in the order of the template. Each part is one
    stack.
    """

    policies: NotRequired["list[ScalingPolicy]"]
    """Scaling plans."""

    ports: NotRequired["list[PublishedPort]"]
    """Ports that are taken on hosts."""

    secrets: NotRequired["list[Secret]"]
    """Secret inputs and the answers that carry them."""

    stack: str
    """The name of the stack in every environment."""

    stages: "list[Stage]"
    """What is activated one after the other."""

    volumes: NotRequired["list[Volume]"]
    """The volumes that services mount."""


class ReleasesCompared(TypedDict):
    """The difference of two releases."""

    differ: bool
    """Whether anything is different."""

    difference: "Difference"
    """All of it."""

    mermaid: str
    """The services that changed, with their neighbours, as a Mermaid flowchart."""

    text: str
    """The same for people."""


class Reordered(TypedDict):
    """A service that only stands elsewhere among those of its network."""

    network: str
    """The network."""

    position: int
    """Where it stands now, from 0."""

    service: str
    """The service."""


ReportStyle: TypeAlias = Literal["human", "short"]
"""How problems are told as text.

- `human`: With the lines that they are in, and help.
- `short`: One line each.
"""


class RequestRecord(TypedDict):
    """A request that the sandbox got, and what became of it."""

    at: int
    """When it came, in milliseconds since the sandbox's start, by its clock."""

    body: Any
    """The body, if it was JSON."""

    fault: str | None
    """The fault that hit it, as faults are written in JSON."""

    id: str | None
    """The id of the resource that the answer shows."""

    method: str
    """The HTTP method."""

    number: int
    """Counts from 1."""

    path: str
    """The path, without the query."""

    query: str
    """The query, without the question mark; empty if there is none."""

    status: int
    """The status of the answer, also where a fault kept the answer from arriving; 0 if nothing
    was done.
    """


ResourceKind: TypeAlias = Literal[
    "tenant",
    "membership",
    "network",
    "environment",
    "environment_link",
    "host",
    "nfs_server",
    "volume",
    "port",
    "application",
    "service",
    "container",
    "template",
    "catalogue_entry",
    "scaling_policy",
    "alarm_rule",
    "log_source",
    "monitor_view",
    "audit_event",
    "image_namespace",
    "namespace_member",
    "image",
    "production_image",
    "image_state",
    "sync_rule",
    "publication",
]
"""A kind of resource.

- `tenant`: What the platform knows of a Keystone project: its networks and servers. The project
  itself is Keystone's.
- `membership`: Which users have which roles in a tenant.
- `network`: A flat network with its addresses and its security level.
- `environment`: What a network is in Rancher: a project.
- `environment_link`: What joins two environments of a tenant.
- `host`: A machine that runs containers.
- `nfs_server`: A file server that holds volumes.
- `volume`: A folder on a file server, for containers to mount.
- `port`: A port of hosts that is open to the outside.
- `application`: What one template describes: a stack in each network.
- `service`: Containers of one image, with a scale.
- `container`: One running container.
- `template`: A TOSCA template.
- `catalogue_entry`: A template that is offered for deployment.
- `scaling_policy`: When a service is scaled.
- `alarm_rule`: When somebody is told that something is wrong.
- `log_source`: Which logs are collected, and where they go.
- `monitor_view`: What monitoring shows of services and hosts.
- `audit_event`: Who did what, and when. Nobody changes one.
- `image_namespace`: A namespace of the image registries: a project of Harbor.
- `namespace_member`: Which users belong to an image namespace.
- `image`: An image in the test registry.
- `production_image`: An image in the production registry. The promotion of the platform alone sends
  it there.
- `image_state`: How far an image is on its way to production.
- `sync_rule`: When the images of a namespace go to production.
- `publication`: A request to show an image to other tenants, and what became of it.
"""


class Resources(TypedDict):
    """Limits and reservations of one container."""

    cpu_limit_millis: NotRequired[int]
    """The most CPU, in thousandths of a core."""

    cpu_reservation_millis: NotRequired[int]
    """CPU kept free for it, in thousandths of a core."""

    memory_limit_bytes: NotRequired[int]
    """The most memory, in bytes."""

    memory_reservation_bytes: NotRequired[int]
    """Memory kept free for it, in bytes."""


Role: TypeAlias = Literal[
    "platform_administrator",
    "tenant_administrator",
    "senior_member",
    "restricted_member",
    "read_only",
    "publication_auditor",
]
"""A role of the platform. Those of a tenant are ordered: each may all that the next may.

- `platform_administrator`: May everything in every tenant, but for approving publications and
  pushing to production.
- `tenant_administrator`: Manages what the tenant has, and authorises its users.
- `senior_member`: May everything in the tenant but for authorising users and operating basic
  resources (networks, environments, hosts, file servers).
- `restricted_member`: As a senior member; of images, pushes and pulls those of the namespaces that
  it belongs to.
- `read_only`: Views what the tenant has.
- `publication_auditor`: Approves publications, and may nothing else.
"""


class RoleNames(TypedDict):
    """Which role a role of Keystone is here, by its name. Names are compared without regard to
    case, as Keystone's policies do; those that are not in it give nothing.
    """

    project: NotRequired["Mapping[str, Role]"]
    """What roles on a project are: roles of a tenant."""

    system: NotRequired["Mapping[str, Role]"]
    """What roles on the system are: roles for the whole platform."""


class Route(TypedDict):
    """One rule of a load balancer."""

    host: NotRequired[str]
    """The host name asked for; absent: any."""

    listen: int
    """The port that listens."""

    path: NotRequired[str]
    """The path asked for; absent: any."""

    port: int
    """The port of that service's containers."""

    priority: NotRequired[int]
    """Rules with a lower number are tried first."""

    protocol: "RouteProtocol"
    """What is spoken there."""

    selector: NotRequired["Selector"]
    """The services that it leads to, if they are not of this application."""

    service: NotRequired[str]
    """The service that it leads to; empty if `selector` says which."""


RouteProtocol: TypeAlias = Literal["http", "https", "tcp", "tls", "sni"]
"""What a load balancer's port speaks.

- `http`: HTTP.
- `https`: HTTP over TLS, which ends here.
- `tcp`: Bytes.
- `tls`: Bytes over TLS, which ends here.
- `sni`: TLS passed on unopened, chosen by its server name.
"""


class RuleFixed(TypedDict):
    """The count is fixed."""

    count: "FixedCount"
    """At what."""

    kind: Literal["fixed"]


class RuleMetric(TypedDict):
    """The count follows a metric."""

    bounds: "Bounds"
    """The count stays within these."""

    kind: Literal["metric"]

    lower: NotRequired["float | Threshold"]
    """Below this it scales in."""

    metric: str
    """`cpu`, `memory` or any monitored name."""

    step: NotRequired[int]
    """By so many at a time, where the threshold is a bare number."""

    sustained_for_ms: NotRequired[int]
    """For so long a threshold that is a bare number must be passed, in milliseconds."""

    upper: NotRequired["float | Threshold"]
    """Above this it scales out."""


class SandboxAccess(TypedDict):
    """Where a sandbox is, and the administrator's key to it."""

    access_key: str
    """The access key."""

    secret_key: str
    """The secret key."""

    url: str
    """The address, such as `http://127.0.0.1:40123`."""


class SandboxKey(TypedDict):
    """The id of what was added, and a key to it."""

    access_key: str
    """The access key."""

    id: str
    """The id, such as `1a5`."""

    secret_key: str
    """The secret key."""


ScaleChange = TypedDict(
    "ScaleChange",
    {
        "elastic": NotRequired["Bounds"],
        "from": int,
        "to": int,
    },
)
"""The number of containers, before and after.

- `elastic`: The bounds of its scaling policy, if it has one: the count that this chose stays,
  unless they exclude it.
- `from`: How many there were to be.
- `to`: How many there are to be.
"""


class ScaledServiceInput(TypedDict):
    """A service to be put into an engine."""

    count: int
    """How many containers it has. Of a service that is there already nobody asks."""

    drains_itself: NotRequired[bool]
    """Whether its back end lets containers drain by itself, so that it is told the new count at
    once.
    """

    policy: "ScalingPolicy"
    """Its policy, as it stands in `release.json`."""

    service: str
    """The name of the service in the engine, such as `shop/web`."""


class ScalingActArm(TypedDict):
    """These alarm rules are the ones to watch from now on, and no others. Whoever watches all of
    them for ever need not do anything: alarms of closed windows are dropped.
    """

    kind: Literal["arm"]

    rules: "list[AlarmRule]"
    """The rules, in the order of the policy."""


class ScalingActCancelDrain(TypedDict):
    """Let all containers take requests again. The count has not changed."""

    cause: "ScalingCancelCause"
    """Why."""

    count: int
    """The count that stands."""

    kind: Literal["cancel_drain"]


ScalingActDrain = TypedDict(
    "ScalingActDrain",
    {
        "cause": "ScalingCause",
        "from": int,
        "kind": Literal["drain"],
        "to": int,
        "until": str,
    },
)
"""Let some of its containers take no new requests. A `scale` follows when the time has come, or a
`cancel_drain`. While one is going on, another changes how many are to drain, and until when.

- `cause`: Why.
- `from`: The count that stands.
- `to`: The count that will be set.
- `until`: When the containers are to be stopped.
"""


ScalingActScale = TypedDict(
    "ScalingActScale",
    {
        "cause": "ScalingCause",
        "from": int,
        "kind": Literal["scale"],
        "to": int,
    },
)
"""Set its count.

- `cause`: Why.
- `from`: The count that stood.
- `to`: The count to set.
"""


class ScalingActionArm(TypedDict):
    """These alarm rules are the ones to watch from now on, and no others. Whoever watches all of
    them for ever need not do anything: alarms of closed windows are dropped.
    """

    at: str
    """When it was decided."""

    kind: Literal["arm"]

    reason: str
    """Why, in a sentence."""

    rules: "list[AlarmRule]"
    """The rules, in the order of the policy."""

    sequence: int
    """Its number among all actions of its engine, from 1 on, without gaps."""

    service: str
    """The service."""


class ScalingActionCancelDrain(TypedDict):
    """Let all containers take requests again. The count has not changed."""

    at: str
    """When it was decided."""

    cause: "ScalingCancelCause"
    """Why."""

    count: int
    """The count that stands."""

    kind: Literal["cancel_drain"]

    reason: str
    """Why, in a sentence."""

    sequence: int
    """Its number among all actions of its engine, from 1 on, without gaps."""

    service: str
    """The service."""


ScalingActionDrain = TypedDict(
    "ScalingActionDrain",
    {
        "at": str,
        "cause": "ScalingCause",
        "from": int,
        "kind": Literal["drain"],
        "reason": str,
        "sequence": int,
        "service": str,
        "to": int,
        "until": str,
    },
)
"""Let some of its containers take no new requests. A `scale` follows when the time has come, or a
`cancel_drain`. While one is going on, another changes how many are to drain, and until when.

- `at`: When it was decided.
- `cause`: Why.
- `from`: The count that stands.
- `reason`: Why, in a sentence.
- `sequence`: Its number among all actions of its engine, from 1 on, without gaps.
- `service`: The service.
- `to`: The count that will be set.
- `until`: When the containers are to be stopped.
"""


ScalingActionScale = TypedDict(
    "ScalingActionScale",
    {
        "at": str,
        "cause": "ScalingCause",
        "from": int,
        "kind": Literal["scale"],
        "reason": str,
        "sequence": int,
        "service": str,
        "to": int,
    },
)
"""Set its count.

- `at`: When it was decided.
- `cause`: Why.
- `from`: The count that stood.
- `reason`: Why, in a sentence.
- `sequence`: Its number among all actions of its engine, from 1 on, without gaps.
- `service`: The service.
- `to`: The count to set.
"""


class ScalingAdvance(TypedDict):
    """What came due."""

    actions: "list[ScalingAction]"
    """What is to be done, in the order of deadlines."""

    is_done: bool
    """Whether all that was due has had its turn. If not, another call goes on."""


class ScalingAlarm(TypedDict):
    """What monitoring says of an alarm rule of a service."""

    at: NotRequired[str | datetime]
    """When monitoring saw it; now if not given."""

    never_resolves: NotRequired[bool]
    """Whether its sender never says that an alarm has resolved: one that is not repeated in time
    is over then.
    """

    rule: "RuleId"
    """The id of the rule."""

    service: str
    """The service."""

    state: "AlarmState"
    """What it is."""

    value: NotRequired[float]
    """The measured value, to be shown; nothing is decided by it."""


class ScalingCancelCauseAlarm(TypedDict):
    """An alarm asks for more."""

    because: Literal["alarm"]

    rule: "RuleId"
    """The rule that asked."""

    window: str
    """Its window."""


class ScalingCancelCauseDisabled(TypedDict):
    """Scaling of the service was disabled."""

    because: Literal["disabled"]


class ScalingCancelCausePerson(TypedDict):
    """A person set the count."""

    because: Literal["person"]


class ScalingCancelCauseRemoved(TypedDict):
    """The policy was taken away."""

    because: Literal["removed"]


class ScalingCancelCauseWindow(TypedDict):
    """A window's edge, or a new policy, asks for at least as many."""

    because: Literal["window"]


class ScalingCauseAlarm(TypedDict):
    """An alarm fired."""

    because: Literal["alarm"]

    rule: "RuleId"
    """The rule that asked."""

    side: "Side"
    """Out or in."""

    value: NotRequired[float]
    """The value that was measured last, if it was told."""

    window: str
    """Its window."""


class ScalingCauseBounds(TypedDict):
    """A new policy came while containers drained, and its least is higher than what they drained
    to.
    """

    because: Literal["bounds"]


class ScalingCauseDrained(TypedDict):
    """The time of those that drained is over."""

    because: Literal["drained"]


class ScalingCauseRemoved(TypedDict):
    """The policy was taken away, with the wish to go back to the count from before."""

    because: Literal["removed"]


class ScalingCauseRestored(TypedDict):
    """No fixed window is open any more: back to the count from before."""

    because: Literal["restored"]

    chosen_by: "ChosenBy"
    """Who chose the count that is gone back to."""

    trigger: "ScalingTrigger"
    """What brought it about."""

    window: NotRequired[str]
    """The window that was left."""


class ScalingCauseWindow(TypedDict):
    """A fixed window is open, and holds this count."""

    because: Literal["window"]

    trigger: "ScalingTrigger"
    """What brought it about."""

    window: str
    """The window."""


class ScalingEngineStatus(TypedDict):
    """What there is to be known of an engine."""

    now: str
    """The latest time that it was told; the beginning of 1970 if it was told none."""

    services: int
    """How many services it has."""

    time_zones: str
    """The version of its time zone database."""

    time_zones_were: NotRequired[str]
    """The version that its snapshot was made with, if that was another: edges may be others than
    before.
    """


class ScalingExplained(TypedDict):
    """What is open, armed and on hold for a service, until when, and why."""

    explanation: "ScalingExplanation"
    """All of it."""

    text: str
    """The same for people."""


class ScalingExplanation(TypedDict):
    """What is open, armed and on hold for a service, until when, and why."""

    active: bool
    """Whether the engine decides for it: its policy is enabled, and nobody has disabled it."""

    alarms: "list[AlarmShown]"
    """What is known of its alarms."""

    armed: "list[AlarmRule]"
    """The alarm rules that are watched now."""

    at: str
    """The instant that this is about."""

    baseline: NotRequired[int]
    """The count that it goes back to when no fixed window is open any more."""

    baseline_by: NotRequired["ChosenBy"]
    """Who chose that count."""

    bounds: "Bounds"
    """What alarms may move the count to now."""

    count: int
    """The count that stands."""

    drain: NotRequired["DrainShown"]
    """Containers that drain."""

    due: "list[ScalingAct]"
    """What has come due and was not asked for yet: the engine was not told of this instant."""

    hold: NotRequired["ScalingHold"]
    """Why no alarm moves the count; nothing if one does now."""

    next_edge: NotRequired[str]
    """The next edge of a window."""

    no_scale_in_until: NotRequired[str]
    """No alarm scales in before, since the engine was started again."""

    open: "list[OpenWindow]"
    """The windows that are open."""

    quiet_until: NotRequired[str]
    """No alarm acts before."""

    running: int
    """How many containers run, as was told last."""

    service: str
    """The service."""


class ScalingHoldAtMaximum(TypedDict):
    """The count is at its most, or beyond."""

    because: Literal["at_maximum"]

    most: int
    """The most."""


class ScalingHoldAtMinimum(TypedDict):
    """The count is at its least, or below."""

    because: Literal["at_minimum"]

    least: int
    """The least."""


class ScalingHoldCalm(TypedDict):
    """No alarm fires."""

    because: Literal["calm"]


class ScalingHoldDisabled(TypedDict):
    """Scaling of the service is disabled."""

    because: Literal["disabled"]


class ScalingHoldDraining(TypedDict):
    """Containers drain already."""

    because: Literal["draining"]

    until: str
    """Until when."""


class ScalingHoldFixedWindow(TypedDict):
    """A fixed window is open."""

    because: Literal["fixed_window"]

    window: str
    """The window."""


class ScalingHoldLate(TypedDict):
    """Something newer is known of this rule."""

    because: Literal["late"]


class ScalingHoldNoData(TypedDict):
    """A metric is missing, so that nobody knows: nothing is scaled in."""

    because: Literal["no_data"]


class ScalingHoldNotAll(TypedDict):
    """Other open rules do not ask to scale in."""

    because: Literal["not_all"]


class ScalingHoldNotSustained(TypedDict):
    """The threshold has not been passed for long enough since the window opened."""

    because: Literal["not_sustained"]

    until: str
    """When it will have been."""


class ScalingHoldQuiet(TypedDict):
    """After an action no alarm acts for a while."""

    because: Literal["quiet"]

    until: str
    """When what still fires is judged."""


class ScalingHoldRepeated(TypedDict):
    """This very notification has come before."""

    because: Literal["repeated"]


class ScalingHoldRestarted(TypedDict):
    """Nothing is scaled in soon after a restart."""

    because: Literal["restarted"]

    until: str
    """Until when."""


class ScalingHoldStaleAlarm(TypedDict):
    """An alarm was not repeated in time, so that nobody knows: nothing is scaled in."""

    because: Literal["stale_alarm"]


class ScalingHoldUnknownRule(TypedDict):
    """The service's policy has no such rule; it may have had one before it was changed."""

    because: Literal["unknown_rule"]


class ScalingHoldUnknownService(TypedDict):
    """No such service."""

    because: Literal["unknown_service"]


class ScalingHoldWindowClosed(TypedDict):
    """The window of the rule is closed: the alarm is dropped."""

    because: Literal["window_closed"]


class ScalingPolicy(TypedDict):
    """All scaling rules of one service."""

    bounds: "Bounds"
    """The count never leaves these by the plan's own act."""

    enabled: NotRequired[bool]
    """Whether it counts at all."""

    service: str
    """The service."""

    time_zone: str
    """The IANA time zone of all its windows."""

    windows: "list[Window]"
    """The windows, in the order of the template."""


class ScalingPolicyLinted(TypedDict):
    """What looking through a scaling policy tells."""

    accepted: bool
    """Whether there are no errors; there may be warnings."""

    diagnostics: "Diagnostics"
    """All problems, without places: they name the windows."""


ScalingRemoval: TypeAlias = Literal["restore", "leave"]
"""What becomes of the count when a policy is taken away.

- `restore`: It goes back to what it was before the fixed window that is open.
- `leave`: It stays.
"""


ScalingTrigger: TypeAlias = Literal["edge", "caught_up", "added", "replaced", "enabled"]
"""What brought a window's rule about.

- `edge`: Its time has come.
- `caught_up`: Edges were missed, while the engine did not run or was late. They are not made up
  for: this is what holds now.
- `added`: The service is new to the engine.
- `replaced`: The policy was replaced by another.
- `enabled`: Scaling of the service was enabled.
"""


class ScalingVerdict(TypedDict):
    """What an alarm leads to."""

    actions: "list[ScalingAction]"
    """What is to be done."""

    hold: NotRequired["ScalingHold"]
    """Why the alarm moves nothing, if it does not."""

    reason: NotRequired[str]
    """The same as a sentence."""


class Secret(TypedDict):
    """A secret input and the answer of the stack call that carries its value."""

    answer: str
    """The answer's name: the files say `${answer}`."""

    input: str
    """The input's name."""


class SecretFile(TypedDict):
    """A secret of the platform that containers read from a file below `FOLDER`."""

    file: str
    """The name of the file."""

    group: NotRequired[int]
    """The number of the group that the file belongs to."""

    mode: NotRequired[str]
    """Who may do what with it, in octal digits."""

    secret: str
    """The name of the secret in the environment."""

    user: NotRequired[int]
    """The number of the user who owns the file."""


class Security(TypedDict):
    """What containers may do beyond their own walls, and what is taken from them."""

    add_capabilities: NotRequired[list[str]]
    """Linux capabilities that are added, such as `NET_ADMIN`; `ALL`: all of them."""

    devices: NotRequired[list[str]]
    """Devices of the host: `/dev/x`, `/dev/x:/dev/y` or `/dev/x:/dev/y:rwm`."""

    drop_capabilities: NotRequired[list[str]]
    """Linux capabilities that are taken away; `ALL`: all of them."""

    host_ipc: NotRequired[bool]
    """Shares memory and semaphores with the host."""

    host_mounts: NotRequired["list[HostMount]"]
    """Folders and files of the host."""

    host_network: NotRequired[bool]
    """The network of the host instead of one of its own."""

    host_pid: NotRequired[bool]
    """Sees the processes of the host."""

    privileged: NotRequired[bool]
    """All that root of the host may do."""

    read_only_root: NotRequired[bool]
    """Whether the container's own file system cannot be written."""

    security_opt: NotRequired[list[str]]
    """Security options of Docker, such as `no-new-privileges`."""

    user: NotRequired[str]
    """The user that it runs as, `user` or `user:group`; absent: the image's."""


class SeenInProduction(TypedDict):
    """What was seen under a name."""

    at: str
    """When it was first seen to be so."""

    digest: NotRequired["ImageDigest"]
    """The digest; absent: there is nothing under that name."""


class SegmentHost(TypedDict):
    """The host name by which the service that reads the text reaches another."""

    host_of: str
    """The other service's name."""


class SegmentSecret(TypedDict):
    """The value of a secret input."""

    secret: str
    """The input's name."""


class Selector(TypedDict):
    """Services that a load balancer finds by their labels, whatever application they belong to."""

    environment: NotRequired[str]
    """The environment that this network is; known when the release is planned."""

    labels: dict[str, str]
    """Labels that they have."""

    network: NotRequired[str]
    """The network that they are on; absent: that of the load balancer."""


class ServiceContainer(TypedDict):
    """Containers of one image."""

    affinities: NotRequired["list[Affinity]"]
    """Rules about the hosts that it may run on."""

    anonymous_volumes: NotRequired[list[str]]
    """Absolute paths in the containers that are volumes without a name: each lives and dies with
    its container.
    """

    command: NotRequired["list[Text]"]
    """Arguments; empty: the image's own."""

    configuration_files: NotRequired["list[ConfigurationFile]"]
    """Files that are put into the containers."""

    entrypoint: NotRequired["list[Text]"]
    """Program and first arguments; empty: the image's own."""

    environment: NotRequired["dict[str, Text]"]
    """Environment variables."""

    everywhere: NotRequired[bool]
    """One container on every host; the scale means nothing then."""

    health_check: NotRequired["HealthCheck"]
    """How to see whether a container works."""

    host_affinity: NotRequired[dict[str, str]]
    """Labels that a host must have."""

    hostname: NotRequired[str]
    """What the container calls itself; absent: a name that the platform makes."""

    image: str
    """The image: `registry/repository:tag`."""

    kind: Literal["container"]

    labels: NotRequired["dict[str, Text]"]
    """Labels of the containers."""

    links: NotRequired["list[Link]"]
    """What it reaches and waits for, in the order of the template."""

    log_files: NotRequired["list[LogFiles]"]
    """Folders with log files to collect."""

    mounts: NotRequired["list[Mount]"]
    """Volumes that it uses."""

    name: str
    """Its name, unique in the application; others reach it by this name."""

    network: str
    """The name of the network that it is in."""

    ports: NotRequired["list[Port]"]
    """Ports that the containers listen on."""

    rancher: NotRequired["dict[str, Value]"]
    """Keys of Rancher's compose files that have no other word here, with their values. Only
    Rancher gets them.
    """

    resources: NotRequired["Resources"]
    """Limits and reservations."""

    restart_on_failure: NotRequired[bool]
    """Whether a job that fails is started again."""

    run_once: NotRequired[bool]
    """A job: started once, and done when it ends."""

    scale: int
    """The initial count of containers."""

    secret_files: NotRequired["list[SecretFile]"]
    """Secrets of the platform that the containers read from files."""

    security: NotRequired["Security"]
    """What it may do to its host, and what it gives up."""

    sidekick: NotRequired["Sidekick"]
    """The service that it runs beside."""

    stdin_open: NotRequired[bool]
    """Whether the input of the program stays open."""

    stop_grace_ms: NotRequired[int]
    """Time between asking a container to stop and stopping it."""

    tty: NotRequired[bool]
    """Whether the program has a terminal."""

    update: NotRequired["UpdateStrategy"]
    """How a new version replaces the old."""

    volumes_from: NotRequired[list[str]]
    """The names of services that run beside it whose volumes it sees, at the same paths, besides
    what its `sidekick` says.
    """

    working_dir: NotRequired[str]
    """The absolute folder that the program starts in; absent: the image's own."""


class ServiceDifference(TypedDict):
    """What became of one service that is not as it was."""

    beside: NotRequired[str]
    """The service that it runs beside: both are one unit, which is upgraded as a whole."""

    changes: NotRequired["list[Change]"]
    """All else that changed."""

    fate: "Fate"
    """What became of it."""

    links: NotRequired["list[Change]"]
    """What it reaches, and waits for, now and before."""

    moved_from: NotRequired[str]
    """The network that it was in before, if that was another."""

    network: str
    """The network that it is in; of one that was removed, was in."""

    position: NotRequired[int]
    """Where among the services of its network it is, from 0, if it was not in this network
    before.
    """

    reasons: NotRequired["list[Reason]"]
    """Why it cannot be changed in place."""

    scale: NotRequired["ScaleChange"]
    """The number of its containers, if it changed."""

    service: str
    """Its name."""

    stage: NotRequired[int]
    """Its stage, or that of the service that it runs beside, if the release has it."""

    stopped_first_for: NotRequired[list[str]]
    """The volumes because of which the old containers are stopped before the new ones start:
    both write to them, and they are not for several writers.
    """

    whole: NotRequired["Service"]
    """All of it, if it was added, as it is, or removed, as it was."""


class ServiceExternalAddresses(TypedDict):
    """By its IP addresses."""

    addresses: list[str]

    kind: Literal["external"]

    links: NotRequired["list[Link]"]
    """What it reaches and waits for, in the order of the template."""

    name: str
    """Its name, unique in the application; others reach it by this name."""

    network: str
    """The name of the network that it is in."""


class ServiceExternalHost(TypedDict):
    """By its host name."""

    host: str

    kind: Literal["external"]

    links: NotRequired["list[Link]"]
    """What it reaches and waits for, in the order of the template."""

    name: str
    """Its name, unique in the application; others reach it by this name."""

    network: str
    """The name of the network that it is in."""


class ServiceLoadBalancer(TypedDict):
    """A load balancer."""

    certificate: NotRequired[str]
    """The name of the certificate that ends encryption."""

    certificates: NotRequired[list[str]]
    """The names of further certificates, of which the host name asked for chooses one."""

    kind: Literal["load_balancer"]

    links: NotRequired["list[Link]"]
    """What it reaches and waits for, in the order of the template."""

    name: str
    """Its name, unique in the application; others reach it by this name."""

    network: str
    """The name of the network that it is in."""

    routes: "list[Route]"
    """Rules, in the order of the template."""

    scale: int
    """How many of it run."""

    stickiness: NotRequired["Stickiness"]
    """How it keeps a client with the same instance; absent: it does not."""


class ServiceStatus(TypedDict):
    """How a service is."""

    current_scale: NotRequired[int]
    """How many it has."""

    endpoints: NotRequired[list[str]]
    """Where it can be reached from outside: `address:port`, sorted."""

    health: NotRequired[str]
    """Its health, in Rancher's word."""

    image: NotRequired[str]
    """Its image, if it has one."""

    message: NotRequired[str]
    """What Rancher says of what is under way."""

    name: str
    """Its name."""

    scale: NotRequired[int]
    """How many containers it shall have."""

    state: str
    """Its state, in Rancher's word."""


Severity: TypeAlias = Literal["warning", "error"]
"""How much a diagnostic matters.

- `warning`: Worth knowing; the template is used as it is.
- `error`: The template cannot be used.
"""


Side: TypeAlias = Literal["upper", "lower"]
"""Which threshold of a metric window.

- `upper`: Passed when the metric is above it: out.
- `lower`: Passed when the metric is below it: in.
"""


class Sidekick(TypedDict):
    """That a service runs beside each container of another: on the same host, in the same
    number, started and stopped with it.
    """

    of: str
    """The name of the other service."""

    share_network: NotRequired[bool]
    """Whether it has the address and the ports of the other."""

    volumes_from: NotRequired[bool]
    """Whether it sees the volumes of the other."""


class SimulationModel(TypedDict):
    """What is assumed of a service and of those who watch it."""

    memory_busy: NotRequired[float]
    """The share of its memory that a busy container uses, where the trace says nothing of
    memory.
    """

    memory_idle: NotRequired[float]
    """The share of its memory that an idle container uses, where the trace says nothing of
    memory.
    """

    patience_seconds: NotRequired[int]
    """How long what cannot be served at once waits before it is lost; seconds."""

    sample_seconds: NotRequired[int]
    """How often metrics are measured; seconds."""

    start_seconds: NotRequired[int]
    """How long a new container takes until it serves; seconds."""


class Stack(TypedDict):
    """A stack of an application."""

    environment: "Environment"
    """Where it is."""

    key: str
    """What its key (`externalId`) begins with, so that one of somebody else is never taken for
    it.
    """

    name: str
    """Its name."""


class StackInput(TypedDict):
    """Something that is asked for: a question of a stack, or an input of a template."""

    default: NotRequired[str]
    """Its value if none is given, as text. Secrets have none."""

    description: NotRequired[str]
    """What it is for."""

    least: NotRequired[int]
    """The least whole number."""

    max_length: NotRequired[int]
    """The most characters."""

    min_length: NotRequired[int]
    """The fewest characters."""

    most: NotRequired[int]
    """The largest whole number."""

    name: str
    """Its name."""

    required: bool
    """Whether a value must be given."""

    secret: bool
    """Whether its value is a secret."""

    type: str
    """`string`, `integer` or `boolean`."""

    valid_values: NotRequired[list[str]]
    """The values that it can have; empty: any."""


class StackQuestions(TypedDict):
    """The questions of a stack."""

    questions: "list[StackInput]"
    """The questions, in the order of the file."""


class Stage(TypedDict):
    """What is activated together. A stage begins when everything of the stages before it is
    active and healthy.
    """

    activations: "list[Activation]"
    """In this order, without waiting in between."""

    number: int
    """From 1."""


class StandIn(TypedDict):
    """A service of a stack that leads to one of the same name in another environment."""

    by: "StandInBy"
    """How it leads there."""

    service: str
    """The name of both."""


class StandInByAddress(TypedDict):
    """By where it is reached from other environments."""

    address: "StandInByAddressAddressExternalHost | StandInByAddressAddressExternalAddresses"
    """Something outside the platform that services reach by the node's name."""


class StandInByAddressAddressExternalAddresses(TypedDict):
    """By its IP addresses."""

    addresses: list[str]


class StandInByAddressAddressExternalHost(TypedDict):
    """By its host name."""

    host: str


class Step(TypedDict):
    """One thing to do, under a key that is unique in its plan and stays the same however often
    it is tried.
    """

    action: "Action"
    """What it does."""

    after: NotRequired[list[str]]
    """The keys of the steps that must have ended before."""

    key: str
    """Its key: `stack/dmz`, `activate/core/ledger`."""

    stage: NotRequired[int]
    """The stage of the release that it belongs to, if it belongs to one."""


StepFailure = TypedDict(
    "StepFailure",
    {
        "class": "Class",
        "code": str,
        "help": NotRequired[str],
        "message": str,
        "step": str,
        "title": str,
    },
)
"""Why a step did not reach its end.

- `class`: What is done about it.
- `code`: A stable code: of a step, a diagnostic, or the client.
- `help`: What to do.
- `message`: What went wrong and where.
- `step`: The step's key.
- `title`: What it was to do, in words.
"""


StepResult: TypeAlias = Literal["done", "adopted", "already_so"]
"""How a step ended.

- `done`: It was done.
- `adopted`: It had been done by a call whose answer was lost.
- `already_so`: There was nothing to do.
"""


class Stickiness(TypedDict):
    """How a load balancer keeps a client with the same instance: by a cookie."""

    cookie: str
    """The cookie's name."""

    domain: NotRequired[str]
    """The domain that it is for."""

    indirect: NotRequired[bool]
    """Whether it is taken out before a request goes on to the service."""

    mode: "CookieMode"
    """Who sets it."""

    no_cache: NotRequired[bool]
    """Whether answers that set it are kept out of caches."""

    post_only: NotRequired[bool]
    """Whether only answers to `POST` requests set it."""


class Subject(TypedDict):
    """A user with all that decides what it may: its roles for the whole platform, its roles in
    tenants, and the image namespaces that it belongs to.
    """

    name: NotRequired[str]
    """Its name, to show."""

    namespaces: NotRequired[list[str]]
    """The image namespaces that it belongs to. Without a role in the tenant of a namespace that
    gives nothing.
    """

    platform: NotRequired["Roles"]
    """Its roles for the whole platform."""

    tenants: NotRequired["dict[str, TenantGrant]"]
    """Its roles in tenants, by the id of the tenant: that of its project in Keystone."""

    user: str
    """The id of the user in Keystone."""


class SweepFailure(TypedDict):
    """What a sweep could not look at, or did not believe. Nothing was concluded from it."""

    kind: "CopyFailureKind"
    """What went wrong, as a word."""

    message: str
    """What went wrong, in a sentence."""

    namespace: NotRequired[str]
    """The namespace, if it is about one."""

    what: NotRequired[str]
    """The repository, image or registry, if it is about one."""


class SweepReport(TypedDict):
    """What a sweep found."""

    changes: "list[ImageChange]"
    """What was not as it was recorded: it was pushed, deleted, or changed in production, and
    nobody had told of it.
    """

    failures: "list[SweepFailure]"
    """What could not be looked at, and what was seen and not believed."""

    images: int
    """How many images the test registry has in them."""

    namespaces: int
    """How many namespaces were looked at."""


class SyncRuleAutomatic(TypedDict):
    """By itself, so long after the release; a person can say so before."""

    kind: Literal["automatic"]

    period: "SyncPeriod"
    """The time between the release and the copy, and between questions for a namespace that
    production lacks.
    """


class SyncRuleManual(TypedDict):
    """When a person says so."""

    kind: Literal["manual"]


class TagFilter(TypedDict):
    """Which tags of a namespace: those of any pattern, if there are any, and of no excluded one."""

    exclude: NotRequired["list[TagPattern]"]
    """The tags that are not meant."""

    include: NotRequired["list[TagPattern]"]
    """The tags that are meant; none: all."""


class TargetDocument(TypedDict):
    """Where a release goes."""

    addresses: NotRequired[Mapping[str, Sequence[str]]]
    """Where the hosts of networks are reached from others: host names or IP addresses."""

    environments: NotRequired[Mapping[str, str]]
    """Environments of networks whose environment has another name than the network."""

    link_strategy: NotRequired["LinkStrategy"]
    """How services reach services in other environments; by name if not given and Rancher is
    1.6.15 or later.
    """

    load_balancer_image: NotRequired[str]
    """The image that load balancers run."""

    rancher: NotRequired[str]
    """The version of the Rancher server, such as `1.6.15`; `1.6.30` if not given."""

    stack: NotRequired[str]
    """The name of the stacks; the application's if not given."""


class Tenant(TypedDict):
    """A tenant, with its networks and its file servers."""

    name: str
    """Its name."""

    networks: NotRequired["list[TenantNetwork]"]
    """Its networks. Each is one environment."""

    nfs_servers: NotRequired["list[NfsServer]"]
    """The file servers that hold its volumes."""

    project: NotRequired[str]
    """The id of its project in Keystone, by which users have roles in it; absent: its name."""


class TenantChecked(TypedDict):
    """What checking a tenant file tells."""

    diagnostics: "Diagnostics"
    """All problems, in the order of their places."""

    tenant: NotRequired["Tenant"]
    """The tenant, unless there are errors."""


class TenantGrant(TypedDict):
    """The roles of a user in a tenant."""

    frozen: NotRequired[bool]
    """Whether the tenant is disabled or deleted in Keystone: then the roles give nothing until
    it is back.
    """

    roles: "Roles"
    """The roles."""


class TenantMember(TypedDict):
    """A user of the tenant with its roles there."""

    disabled: NotRequired[bool]
    """Whether it is disabled in Keystone."""

    roles: "Roles"
    """Its roles in the tenant. Those for the whole platform make nobody a member."""

    user: "KeystoneUser"
    """The user."""


class TenantNetwork(TypedDict):
    """A network of a tenant."""

    environment: str
    """The environment that it is: its name, or its id (`1a7`)."""

    name: str
    """Its name, by which templates know it."""

    security_domain: NotRequired[str]
    """The security domain that it belongs to."""

    security_level: NotRequired[str]
    """How sensitive what runs in it is: `low`, `medium` or `high`; absent: nobody said."""


class TenantNetworkInput(TypedDict):
    """A network of a tenant."""

    environment: NotRequired[str]
    """The environment that it is: its name, or its id (`1a7`); the network's name if not given."""

    name: str
    """Its name, by which templates know it."""

    security_domain: NotRequired[str]
    """The security domain that it belongs to."""

    security_level: NotRequired[str]
    """How sensitive what runs in it is: `low`, `medium` or `high`; not known if not given."""


class TextWithReferences(TypedDict):
    """Strings and references, one after the other."""

    with_references: "list[Segment]"
    """The pieces."""


class Threshold(TypedDict):
    """What a metric must pass, for how long, and how far the count goes then."""

    step: NotRequired[int]
    """By so many at a time."""

    sustained_for_ms: NotRequired[int]
    """For so long it must be passed, in milliseconds."""

    value: float
    """The value to pass; of `cpu` and `memory` a share of what the service may use, from 0 to 1."""


Timeline = TypedDict(
    "Timeline",
    {
        "bounds": "Bounds",
        "counts": "list[TimelineStep]",
        "decisions": "list[ScalingAction]",
        "from": str,
        "held": "list[TimelineHeld]",
        "minutes": "list[TimelineMinute]",
        "service": str,
        "summary": "TimelineSummary",
        "time_zone": str,
        "until": str,
        "windows": "list[TimelineBand]",
    },
)
"""A plan over a stretch of time: counts, decisions with their causes, load, and what it comes to.

- `bounds`: What the policy allows.
- `counts`: The count from the beginning on, and each time that it changes.
- `decisions`: What the engine decided; rules that are armed are not listed.
- `from`: The first instant.
- `held`: Alarms that moved nothing, with the reason, each time that the reason changes.
- `minutes`: Each minute.
- `service`: The service.
- `summary`: What it comes to.
- `time_zone`: The time zone of its windows.
- `until`: The instant after the last.
- `windows`: When windows are open, in the order of the policy, each by time.
"""


TimelineBand = TypedDict(
    "TimelineBand",
    {
        "bounds": NotRequired["Bounds"],
        "count": NotRequired[int],
        "from": str,
        "until": str,
        "window": str,
    },
)
"""A window that is open.

- `bounds`: Where the count stays, if it is a metric one.
- `count`: The count that it holds, if it is a fixed one.
- `from`: Since when, in the time that is shown.
- `until`: Until when, in the time that is shown.
- `window`: Its name.
"""


class TimelineCompared(TypedDict):
    """What one of them comes to."""

    changes: int
    """How often the count changed."""

    container_hours: float
    """Containers times hours."""

    least: int
    """The lowest count."""

    lost: NotRequired["TimelineLost"]
    """What was lost because nobody could serve it, if the load tells."""

    most: int
    """The highest count."""

    seconds_above: int
    """Seconds in which some upper threshold was passed, of all windows together."""


class TimelineComparison(TypedDict):
    """What two time-lines of the same load come to."""

    first: "TimelineCompared"
    """The one."""

    second: "TimelineCompared"
    """The other."""


class TimelineHeld(TypedDict):
    """An alarm that moved nothing."""

    at: str
    """When."""

    hold: "ScalingHold"
    """Why it moved nothing."""

    reason: str
    """The same as a sentence."""

    rule: "RuleId"
    """The rule."""

    window: str
    """Its window."""


class TimelineLost(TypedDict):
    """What was lost because nobody could serve it."""

    container_hours: float
    """In hours of one container."""

    share: float
    """Of all that there was to do, from 0 to 1."""


class TimelineMinute(TypedDict):
    """How it stood at the beginning of a minute."""

    at: str
    """The minute."""

    count: int
    """How many containers there were."""

    demand: NotRequired[float]
    """What there was to do, in containers that it keeps busy, if the load tells."""

    metrics: list[float | None]
    """The metrics that rules look at, in the order of the summary's; none: not measured."""

    serving: int
    """How many of them served."""


class TimelinePassed(TypedDict):
    """For how long a threshold was passed."""

    metric: str
    """The metric."""

    seconds: int
    """For so many seconds."""

    side: "Side"
    """Upper or lower."""

    threshold: float
    """The threshold."""

    window: str
    """The window."""


class TimelineStep(TypedDict):
    """The count from an instant on."""

    at: str
    """The instant."""

    count: int
    """How many containers there are."""

    draining: int
    """How many of them take no new requests."""


class TimelineSummary(TypedDict):
    """What a time-line comes to."""

    above: "list[TimelinePassed]"
    """For how long each upper threshold was passed while its window was open."""

    container_hours: float
    """Containers, draining ones too, times hours."""

    least: int
    """The lowest count."""

    lost: NotRequired["TimelineLost"]
    """What was lost because nobody could serve it; nothing if the load tells no demand."""

    metrics: list[str]
    """The metrics that rules look at."""

    most: int
    """The highest count."""

    scaled_in: int
    """How often the count was lowered."""

    scaled_out: int
    """How often the count was raised."""


class TimelinesCompared(TypedDict):
    """Two time-lines beside each other."""

    comparison: "TimelineComparison"
    """What each of them comes to."""

    text: str
    """The same as a table for people."""


Touch: TypeAlias = Literal["recreated", "upgraded", "relinked", "rerouted"]
"""What is done to a service because of others.

- `recreated`: Made anew, in another stack or another environment.
- `upgraded`: New containers take the place of the old ones.
- `relinked`: Its links are set again; its containers stay.
- `rerouted`: The rules of a load balancer, or those by which load balancers reach it, are set
  again; its containers stay.
"""


class TouchedService(TypedDict):
    """A service that an update touches because of others: of one that is as it was, this is all
    that happens to it.
    """

    network: str
    """The network that it is in."""

    service: str
    """Its name."""

    stage: NotRequired[int]
    """Its stage, if the release has it."""

    touch: "Touch"
    """What is done to it."""

    why: str
    """Why."""


class UpdateStrategy(TypedDict):
    """How a new version replaces the old."""

    batch_size: int
    """So many containers at once."""

    interval_ms: NotRequired[int]
    """Time between batches."""

    start_first: bool
    """Start new containers before old ones are stopped."""


UpgradeAction: TypeAlias = Literal[
    "open_flow",
    "link_environments",
    "create_volume",
    "create_stack",
    "create_service",
    "stop_service",
    "upgrade_service",
    "relink_service",
    "reroute_service",
    "scale_service",
    "finish_upgrade",
    "remove_service",
    "remove_stack",
    "set_policy",
    "remove_policy",
    "collect_logs",
    "leave_logs",
    "free_port",
    "close_flow",
]
"""What a step does.

- `open_flow`: People open a flow between networks.
- `link_environments`: People make sure that two environments are linked.
- `create_volume`: Makes a volume, if it is not there.
- `create_stack`: Makes a stack without starting it.
- `create_service`: Makes a service and starts it.
- `stop_service`: Stops the containers of a service.
- `upgrade_service`: Puts new containers in the place of old ones.
- `relink_service`: Sets the links of a service.
- `reroute_service`: Sets the rules by which load balancers lead to services.
- `scale_service`: Sets how many containers a service has.
- `finish_upgrade`: Removes the old containers of an upgraded service, which cannot be rolled back
  then.
- `remove_service`: Removes a service.
- `remove_stack`: Removes a stack with all that is in it; volumes stay.
- `set_policy`: Gives a scaling policy to what carries it out.
- `remove_policy`: Takes a scaling policy away from what carries it out.
- `collect_logs`: Collects log files, or those that changed.
- `leave_logs`: No longer collects log files.
- `free_port`: A port of hosts is free for others.
- `close_flow`: People can close a flow between networks.
"""


class UpgradeStep(TypedDict):
    """One thing that an update does. Steps are to be shown; their order is the one in which they
    are done.
    """

    action: "UpgradeAction"
    """What is done."""

    name: str
    """To what: the name of a service, a volume, a stack, a flow."""

    network: NotRequired[str]
    """The network in which it is done."""

    phase: "Phase"
    """When it is done."""

    stage: NotRequired[int]
    """The stage of the new release in which it is done, if it is done in one."""

    why: NotRequired[str]
    """Why."""


class Volume(TypedDict):
    """Storage that outlives containers: a folder on a file server."""

    access: NotRequired["Access"]
    """Who may write; absent: whatever the storage allows."""

    existing: bool
    """Whether the tenant has it already."""

    name: str
    """Its name within the tenant."""

    server: NotRequired[str]
    """The server that holds it; without one the tier decides."""

    size_bytes: NotRequired[int]
    """Size in bytes."""

    tier: NotRequired[str]
    """The class of storage, such as `gold`."""


class WaitsForPerson(TypedDict):
    """For a person who says so: by the rule, or because what went wrong does not pass by itself."""

    kind: Literal["person"]


class WaitsForRule(TypedDict):
    """For a rule: the namespace has none."""

    kind: Literal["rule"]


class WaitsForTime(TypedDict):
    """For a time."""

    at: str
    """When it comes."""

    kind: Literal["time"]


Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
"""A day of the week.

- `mon`: Monday.
- `tue`: Tuesday.
- `wed`: Wednesday.
- `thu`: Thursday.
- `fri`: Friday.
- `sat`: Saturday.
- `sun`: Sunday.
"""


class Widening(TypedDict):
    """A right that a role has in a backend although it has it not here."""

    action: "AccessAction"
    """What it does."""

    kind: "ResourceKind"
    """To what."""

    reason: str
    """Why that is accepted, and what holds it in check."""

    role: "Role"
    """Whose."""


Window = TypedDict(
    "Window",
    {
        "cycle": NotRequired["Cycle"],
        "enabled": NotRequired[bool],
        "from": "TimeOfDay",
        "grace_ms": NotRequired[int],
        "name": str,
        "retrigger_ms": NotRequired[int],
        "rule": "Rule",
        "to": "TimeOfDay",
    },
)
"""A half-open span `[from, to)` of local time in a cycle, with one rule. `from > to` crosses
midnight, `from == to` is the whole day.

- `cycle`: The days.
- `enabled`: Whether it counts.
- `from`: When it begins.
- `grace_ms`: On scale-in: time between "take no new traffic" and "stop", in milliseconds.
- `name`: The policy's name in the template.
- `retrigger_ms`: After an action alarms cause none for this long, in milliseconds.
- `rule`: What holds inside it.
- `to`: When it ends.
"""


class WrittenFiles(TypedDict):
    """What was written. Paths are below the folder, with `/`."""

    created: list[str]
    """Files that were not there before."""

    folder: str
    """The folder."""

    removed: list[str]
    """Files of an earlier translation that are no longer part of it."""

    replaced: list[str]
    """Files that took the place of an older one."""

    unchanged: list[str]
    """Files that were already as they should be, and were not touched."""


class Zone(TypedDict):
    """A zone with its registry."""

    name: "ZoneName"
    """What it is called."""

    registry: str
    """Its registry, as images name it: `host` or `host:port`, maybe with folders that all images
    there are below.
    """


class ZoneChange(TypedDict):
    """Something that happened to an image."""

    image: "ImageName"
    """The image."""

    what: "ZoneHappening"
    """What happened."""


class ZoneEntryBelongs(TypedDict):
    """The tag belongs to this zone from now on."""

    at: str
    """When it was written."""

    kind: Literal["belongs"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryConflict(TypedDict):
    """A zone holds under the tag what nobody put there."""

    at: str
    """When it was written."""

    kind: Literal["conflict"]

    number: int
    """Its number; the first is 1."""

    there: "ImageDigest"
    """What it holds."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryCopied(TypedDict):
    """It was copied to a zone."""

    at: str
    """When it was written."""

    digest: "ImageDigest"
    """What was copied."""

    kind: Literal["copied"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryFailed(TypedDict):
    """A copy to a zone failed."""

    at: str
    """When it was written."""

    digest: "ImageDigest"
    """What was to be copied."""

    failure: "CopyFailure"
    """How it failed."""

    kind: Literal["failed"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryGone(TypedDict):
    """It is in no zone any more."""

    at: str
    """When it was written."""

    kind: Literal["gone"]

    number: int
    """Its number; the first is 1."""


class ZoneEntryReplaced(TypedDict):
    """A person said that what a zone holds may be replaced."""

    at: str
    """When it was written."""

    digest: "ImageDigest"
    """What may be replaced there."""

    kind: Literal["replaced"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryRetried(TypedDict):
    """A person had a copy to a zone tried again."""

    at: str
    """When it was written."""

    kind: Literal["retried"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneEntryTakenOver(TypedDict):
    """A person said that what a zone holds is the right one."""

    at: str
    """When it was written."""

    kind: Literal["taken_over"]

    number: int
    """Its number; the first is 1."""

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningBelongs(TypedDict):
    """The tag belongs to this zone from now on."""

    kind: Literal["belongs"]

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningConflict(TypedDict):
    """A zone holds under the tag what nobody put there."""

    kind: Literal["conflict"]

    there: "ImageDigest"
    """What it holds."""

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningCopied(TypedDict):
    """It was copied to a zone."""

    digest: "ImageDigest"
    """What was copied."""

    kind: Literal["copied"]

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningFailed(TypedDict):
    """A copy to a zone failed."""

    digest: "ImageDigest"
    """What was to be copied."""

    failure: "CopyFailure"
    """How it failed."""

    kind: Literal["failed"]

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningGone(TypedDict):
    """It is in no zone any more."""

    kind: Literal["gone"]


class ZoneHappeningReplaced(TypedDict):
    """A person said that what a zone holds may be replaced."""

    digest: "ImageDigest"
    """What may be replaced there."""

    kind: Literal["replaced"]

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningRetried(TypedDict):
    """A person had a copy to a zone tried again."""

    kind: Literal["retried"]

    zone: "ZoneName"
    """The zone."""


class ZoneHappeningTakenOver(TypedDict):
    """A person said that what a zone holds is the right one."""

    kind: Literal["taken_over"]

    zone: "ZoneName"
    """The zone."""


class ZoneOptions(TypedDict):
    """A zone with its registry, and as whom that is asked: as a user, by a token, or as nobody."""

    allow_plain_http: NotRequired[bool]
    """Talk to a server without TLS, where anybody between can read the password. Addresses of
    this machine need no such word.
    """

    name: "ZoneName"
    """What the zone is called, such as `north`."""

    password: NotRequired[str]
    """Its password, or what the registry's endpoint for tokens takes as one."""

    registry: NotRequired[str]
    """Its registry, as images name it, if that is not the host and port of the address:
    `registry.north.bank.test/images`.
    """

    token: NotRequired[str]
    """A token that is sent as it is, in the place of a user."""

    url: str
    """The address of the registry, such as `https://registry.north.bank.test`."""

    username: NotRequired[str]
    """The user."""


class ZoneRule(TypedDict):
    """Which zones have the images of a namespace."""

    namespace: str
    """The namespace."""

    rule: NotRequired["DistributionRule"]
    """The rule; none: images stay where they were pushed."""

    tenant: str
    """The tenant whose it is."""


class ZoneScan(TypedDict):
    """What a scan found."""

    behind: int
    """How many images are to be copied to a zone, or are being copied."""

    changes: "list[ZoneChange]"
    """What nobody had told of."""

    failures: "list[ZoneScanFailure]"
    """What could not be looked at. Nothing was concluded from it."""

    images: int
    """How many images there are in them, in any zone."""

    namespaces: int
    """How many namespaces were looked at: those with a rule."""


class ZoneScanFailure(TypedDict):
    """What a scan could not look at."""

    kind: "CopyFailureKind"
    """What went wrong, as a word."""

    message: str
    """What went wrong, in a sentence."""

    namespace: str
    """The namespace."""

    repository: NotRequired[str]
    """The repository, if it is about one."""

    zone: "ZoneName"
    """The zone."""


class ZoneStatus(TypedDict):
    """How a zone stands with all images of a rule, or of several."""

    behind: int
    """Images that are to be copied there, or are being copied."""

    conflicts: int
    """Images of which the zone holds what nobody put there."""

    in_step: int
    """Images that are as they should be."""

    last_error: NotRequired["CopyFailure"]
    """The last failure of a copy to that zone that has not been made up for."""

    unknown: int
    """Images of which nobody knows."""


class ZonedImage(TypedDict):
    """An image in its zones, as it was last seen."""

    digest: NotRequired["ImageDigest"]
    """What that zone holds; none: it was deleted there, or nobody knows."""

    image: "ImageName"
    """The image."""

    origin: NotRequired["ZoneName"]
    """The zone that the tag belongs to; none, if zones hold different things and nobody knows
    which is right.
    """

    standings: "dict[str, ImageStanding]"
    """How it stands in each zone."""

    tenant: str
    """The tenant whose it is."""


Action: TypeAlias = (
    ActionEnsureVolume
    | ActionCreateStack
    | ActionScaleService
    | ActionActivateService
    | ActionAwaitServices
    | ActionRemoveStack
)
"""What a step does."""


Actor: TypeAlias = str
"""Who asks for something: a person, a program, a role. It stands in the journal and in the
audit.
"""


AffinityTo: TypeAlias = AffinityToHost | AffinityToContainer | AffinityToService
"""What an `Affinity` looks at."""


Backend: TypeAlias = BackendRancher
"""What a release is for."""


Cycle: TypeAlias = Literal["daily"] | CycleWeekly | CycleMonthly
"""The days on which a window begins."""


Diagnostics: TypeAlias = list[Diagnostic]
"""All problems found in one pass."""


EnvironmentChange: TypeAlias = (
    EnvironmentChangeAdd | EnvironmentChangeChange | EnvironmentChangeRemove
)
"""What becomes different for one identity."""


External: TypeAlias = Literal["none"] | ExternalGiven | Literal["allocated"]
"""Where a port is published."""


Fault: TypeAlias = (
    FaultConflict
    | FaultUnavailable
    | FaultAnswer
    | FaultHugeAnswer
    | FaultSlow
    | FaultCutBody
    | FaultLostAnswer
    | FaultLostRequest
    | FaultDoneTwice
    | FaultAnsweredTwice
    | FaultStaysActivating
    | FaultNeverHealthy
)
"""Something that goes wrong on purpose, with what it happens to and how often."""


FileContent: TypeAlias = FileContentInline | FileContentSecret
"""What is in a `ConfigurationFile`."""


FixedCount: TypeAlias = Literal["min"] | Literal["max"] | FixedCountCount
"""The count of a fixed window."""


ImageCopyId: TypeAlias = str
"""Which copy something is about. Whoever lets a copy begin gives it one that no other copy of
that image ever had; so that what an older copy says late is not taken for the word of the one that
is running.
"""


ImageDigest: TypeAlias = str
"""What content is known by: an algorithm and a sum, such as `sha256:9f86…`. Two contents of one
digest are the same.
"""


ImageName: TypeAlias = str
"""An image of a registry, without the registry: `repository:tag`."""


ImageStanding: TypeAlias = (
    ImageStandingOrigin
    | ImageStandingInStep
    | ImageStandingCopying
    | ImageStandingBehind
    | ImageStandingConflict
    | ImageStandingKept
    | ImageStandingAbsent
    | ImageStandingUnknown
    | ImageStandingNotWanted
)
"""How an image stands in a zone."""


ImageVisibility: TypeAlias = (
    ImageVisibilityOfficial | ImageVisibilityPublic | ImageVisibilityPersonal
)
"""Whom an image is shown to. Platform administrators see all."""


JournalEntry: TypeAlias = (
    JournalEntryBegun
    | JournalEntryResumed
    | JournalEntryIntent
    | JournalEntryOutcome
    | JournalEntryProgress
    | JournalEntryRetry
    | JournalEntryEnded
    | JournalEntryFailed
    | JournalEntryStopped
    | JournalEntryDone
    | JournalEntryAbandoned
)
"""One entry of an operation's journal."""


MembersNote: TypeAlias = MembersNoteIntent | MembersNoteOutcome | MembersNoteSettled
"""What happens with the members of a tenant."""


MembersPlace: TypeAlias = MembersPlaceEnvironment | MembersPlaceProject | MembersPlaceNetwork
"""Where members are."""


MembershipFinding: TypeAlias = (
    MembershipFindingUnmapped
    | MembershipFindingSharedIdentity
    | MembershipFindingPlatformItself
    | MembershipFindingForeign
    | MembershipFindingForeignRole
    | MembershipFindingNoRole
    | MembershipFindingNoAdministrator
    | MembershipFindingFuseBlown
)
"""Something about members that no plan mends."""


OperationId: TypeAlias = str
"""The id of an operation. Later ones sort after earlier ones."""


ProjectChange: TypeAlias = ProjectChangeAdd | ProjectChangeChange | ProjectChangeRemove
"""What becomes different for one member."""


PromotionState: TypeAlias = (
    PromotionStateInDevelopment
    | PromotionStatePendingSync
    | PromotionStateSyncing
    | PromotionStateSynced
    | PromotionStateGone
)
"""How far an image is on its way to production."""


PublicationState: TypeAlias = (
    PublicationStateRequested
    | PublicationStateApproved
    | PublicationStateRejected
    | PublicationStateWithdrawn
    | PublicationStateLapsed
)
"""What became of a request."""


RancherVersion: TypeAlias = str
"""A version of Rancher, such as `1.6.30`."""


Roles: TypeAlias = list[Role]


Rule: TypeAlias = RuleMetric | RuleFixed
"""What holds inside a window."""


RuleId: TypeAlias = str
"""The number of an alarm rule."""


ScalingAct: TypeAlias = ScalingActScale | ScalingActDrain | ScalingActCancelDrain | ScalingActArm
"""What is to be done with a service."""


ScalingAction: TypeAlias = (
    ScalingActionScale | ScalingActionDrain | ScalingActionCancelDrain | ScalingActionArm
)
"""What is to be done with a service, and why: an action as it is kept in journals and given to
programs in other languages, with the service's name and a sentence.
"""


ScalingCancelCause: TypeAlias = (
    ScalingCancelCauseAlarm
    | ScalingCancelCauseWindow
    | ScalingCancelCausePerson
    | ScalingCancelCauseDisabled
    | ScalingCancelCauseRemoved
)
"""Why containers need not drain any more."""


ScalingCause: TypeAlias = (
    ScalingCauseWindow
    | ScalingCauseRestored
    | ScalingCauseAlarm
    | ScalingCauseDrained
    | ScalingCauseBounds
    | ScalingCauseRemoved
)
"""Why a count changes."""


ScalingHold: TypeAlias = (
    ScalingHoldUnknownService
    | ScalingHoldUnknownRule
    | ScalingHoldDisabled
    | ScalingHoldWindowClosed
    | ScalingHoldLate
    | ScalingHoldRepeated
    | ScalingHoldFixedWindow
    | ScalingHoldQuiet
    | ScalingHoldNotSustained
    | ScalingHoldAtMaximum
    | ScalingHoldAtMinimum
    | ScalingHoldStaleAlarm
    | ScalingHoldNoData
    | ScalingHoldNotAll
    | ScalingHoldDraining
    | ScalingHoldRestarted
    | ScalingHoldCalm
)
"""Why an alarm moves nothing, now."""


Segment: TypeAlias = str | SegmentSecret | SegmentHost
"""A piece of a `Text`."""


Service: TypeAlias = (
    ServiceContainer | ServiceLoadBalancer | ServiceExternalHost | ServiceExternalAddresses
)
"""A node of the application: a container image with a count, a load balancer, or a name for
something outside.
"""


StandInBy: TypeAlias = Literal["labels"] | StandInByAddress
"""How a `StandIn` leads to its service."""


SyncPeriod: TypeAlias = int
"""A time between two looks, in whole seconds: from a minute to thirty days. In documents it is a
number of seconds.
"""


SyncRule: TypeAlias = SyncRuleManual | SyncRuleAutomatic
"""When the released images of a namespace are copied to production. A namespace has one rule or
none; without one nothing of it is copied. Another rule takes its place, for all that is waiting
too.
"""


TagPattern: TypeAlias = str
"""Some tags: by their text (`1.*`), or as versions (`versions >=1.2, <3`)."""


Text: TypeAlias = str | TextWithReferences
"""A string that may hold references to secret inputs, whose values are never in it, and to the
host names of services, which depend on who reads them.
"""


TimeOfDay: TypeAlias = str
"""A local time of day, to the minute: `22:30`."""


TimelineRow: TypeAlias = dict[str, str | float | None]
"""A minute as a record: `at`, `local` (the clock of the time zone), `window`, `count`,
`draining`, `serving`, `demand`, and each metric that rules look at under its name (with `metric_`
before it where another column has that name). What was not measured is null.
"""


Timestamp: TypeAlias = int
"""A point in time: milliseconds since the Unix epoch."""


ValuePath: TypeAlias = str
"""Where a value is, such as `ports[8080/tcp].external`."""


WaitsFor: TypeAlias = WaitsForTime | WaitsForPerson | WaitsForRule
"""What an image waits for that is to be copied."""


ZoneEntry: TypeAlias = (
    ZoneEntryBelongs
    | ZoneEntryConflict
    | ZoneEntryCopied
    | ZoneEntryFailed
    | ZoneEntryReplaced
    | ZoneEntryTakenOver
    | ZoneEntryRetried
    | ZoneEntryGone
)
"""An entry of the journal of an image in its zones."""


ZoneHappening: TypeAlias = (
    ZoneHappeningBelongs
    | ZoneHappeningConflict
    | ZoneHappeningCopied
    | ZoneHappeningFailed
    | ZoneHappeningReplaced
    | ZoneHappeningTakenOver
    | ZoneHappeningRetried
    | ZoneHappeningGone
)
"""Something that happened to an image in its zones."""


ZoneName: TypeAlias = str
"""What a zone is called: lower-case letters, digits and `-` between them, 63 characters at most."""


Zones: TypeAlias = Sequence[Zone]
"""All zones of a platform: each name once, each with a registry of its own."""


Value: TypeAlias = bool | int | float | Text | list["Value"] | dict[str, "Value"] | None
"""What JSON can say, with secrets as references: a value of an output, or of a key that only a
back end knows.
"""
