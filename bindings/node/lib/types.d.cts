// Written by `cargo xtask generate` from schema/interface.json: change the library, not this file.

/** How a volume may be shared. */
export type Access =
  /** One container, reading and writing. */
  | 'one_writer'
  /** Any number of containers, reading. */
  | 'many_readers'
  /** Any number of containers, reading and writing. */
  | 'many_writers'

/** What somebody does to a resource. */
export type AccessAction =
  /** See it: its settings, its state, its logs. */
  | 'view'
  /** Make a new one. */
  | 'create'
  /** Change its settings. */
  | 'update'
  /** Take it away. */
  | 'delete'
  /** Start, stop, restart or scale it, or run a command in it. */
  | 'operate'
  /** Give rights in it to somebody, or take them back. */
  | 'authorise'
  /** Give it to a tenant, or take it back. */
  | 'assign'
  /** Send an image. */
  | 'push'
  /** Fetch an image. */
  | 'pull'
  /** Have it copied, or brought into line, now. */
  | 'sync'
  /** Say yes or no to a request. */
  | 'approve'

/** Why, in one word, for programs. `Decision` says it in a sentence. */
export type AccessReason =
  /** Allowed: by a role for the whole platform. */
  | 'everywhere'
  /** Allowed: by a role in the tenant. */
  | 'in_tenant'
  /** Allowed: by a role in the tenant, as a member of the image namespace. */
  | 'in_namespace'
  /** Allowed: it is the platform's own, for all who have a role in some tenant. */
  | 'shared'
  /** Refused: it is the platform's own, and no role for the whole platform allows this. */
  | 'of_platform'
  /** Refused: no role in the tenant. */
  | 'no_role'
  /** Refused: the roles in the tenant do not allow this. */
  | 'role_too_low'
  /** Refused: the roles allow this to members of the image namespace only. */
  | 'not_member'
  /** Refused: the tenant is disabled or deleted in Keystone. */
  | 'frozen'

/** What a step does. */
export type Action =
  | ActionEnsureVolume
  | ActionCreateStack
  | ActionScaleService
  | ActionActivateService
  | ActionAwaitServices
  | ActionRemoveStack

/** Starts a service. */
export interface ActionActivateService {
  kind: 'activate_service'
  /** The service. */
  service: string
  /** The stack. */
  stack: Stack
}

/** Waits until services are up. */
export interface ActionAwaitServices {
  kind: 'await_services'
  /** The services, and what each is waited for. */
  services: Awaited[]
  /** The stack. */
  stack: Stack
}

/** Makes a stack without starting it. */
export interface ActionCreateStack {
  /** `docker-compose.yml`. */
  docker_compose: string
  /** The whole key of this very one. */
  external_id: string
  kind: 'create_stack'
  /** `rancher-compose.yml`. */
  rancher_compose: string
  /**
   * The secrets that the files name. Their values are asked for when the stack is created, and kept nowhere.
   */
  secrets?: Secret[] | undefined
  /** The services that must be there afterwards. */
  services: string[]
  /** The stack. */
  stack: Stack
}

/** Makes a volume that is not there yet. */
export interface ActionEnsureVolume {
  /** The driver. */
  driver: string
  /** Where. */
  environment: Environment
  /** By which it is found again. */
  key: string
  kind: 'ensure_volume'
  /** The volume's name. */
  name: string
  /** The driver's options. */
  options: Record<string, string>
}

/** Removes a stack with its services; volumes of the environment stay. */
export interface ActionRemoveStack {
  kind: 'remove_stack'
  /** The stack. */
  stack: Stack
}

/** Sets how many containers a service shall have. */
export interface ActionScaleService {
  kind: 'scale_service'
  /** How many containers. */
  scale: number
  /** The service. */
  service: string
  /** The stack. */
  stack: Stack
}

/** That a service is activated. */
export interface Activation {
  /** The network that it is in. */
  network: string
  /** The service. */
  service: string
}

/** Who asks for something: a person, a program, a role. It stands in the journal and in the audit. */
export type Actor = string

/** A rule about the hosts that containers may run on. */
export interface Affinity {
  /** Whether it must hold. */
  rule: AffinityRule
  /** What is looked at. */
  to: AffinityTo
}

/** Whether an `Affinity` must hold. */
export type AffinityRule =
  /** Only hosts with such a one. */
  | 'must'
  /** Rather hosts with such a one. */
  | 'should'
  /** Only hosts without one. */
  | 'must_not'
  /** Rather hosts without one. */
  | 'should_not'

/** What an `Affinity` looks at. */
export type AffinityTo =
  | AffinityToHost
  | AffinityToContainer
  | AffinityToService

/** Labels of the containers that run on the host. */
export interface AffinityToContainer {
  container: AffinityToContainerContainer
}

export interface AffinityToContainerContainer {
  /** The label's name. */
  label: string
  /** Its value. */
  value: string
}

/** Labels of the host. */
export interface AffinityToHost {
  host: AffinityToHostHost
}

export interface AffinityToHostHost {
  /** The label's name. */
  label: string
  /** Its value. */
  value: string
}

/** The containers of a service of the same network. */
export interface AffinityToService {
  service: string
}

/** What monitoring is to watch for a service: one side of a metric window. */
export interface AlarmRule {
  /** Its number, which comes back with each alarm. */
  id: RuleId
  /** `cpu`, `memory` or any monitored name. */
  metric: string
  /** Above or below the threshold. */
  side: Side
  /** For so long the threshold must be passed before the alarm fires. */
  sustained_for_ms: number
  /** The threshold. */
  threshold: number
  /** The window that it is for. */
  window: string
}

/** What is known of an alarm. */
export interface AlarmShown {
  /** When monitoring spoke of it last. */
  at: string
  /** Until when it is believed to fire, if it does and is not repeated. */
  believed_until?: string | undefined
  /** The rule. */
  rule: RuleId
  /** Which threshold. */
  side: Side
  /** Whether it fires. */
  state: KnownState
  /** The value of then. */
  value?: number | undefined
  /** Its window. */
  window: string
}

/** What an alarm is. */
export type AlarmState =
  /** The threshold has been passed for as long as it must be. */
  | 'firing'
  /** It is not passed any more. */
  | 'resolved'
  /** There is no measurement. That is not zero: nothing is scaled in because of it. */
  | 'no_data'

/** Who may do something. */
export interface Allowed {
  /** A platform administrator. */
  platform_administrator: Extent
  /** A publication auditor. */
  publication_auditor: Extent
  /** A user who reads only. */
  read_only: Extent
  /** A restricted member. */
  restricted_member: Extent
  /** A senior member. */
  senior_member: Extent
  /** Whether whoever has a role in some tenant may, if it is the platform's own. */
  shared: boolean
  /** A tenant administrator. */
  tenant_administrator: Extent
}

/** How an application is. */
export type ApplicationState =
  /** It is being deployed for the first time. */
  | 'deploying'
  /** It is deployed. */
  | 'deployed'
  /** An operation was abandoned, so a part of it may be there. */
  | 'incomplete'
  /** It is being removed. */
  | 'removing'
  /** It is gone. */
  | 'removed'

/** How an application is: by the platform's record, and in the back end. */
export interface ApplicationStatus {
  /** The application. */
  application: string
  /** What is in each of its networks, in the order of the template. */
  networks: NetworkStatus[]
  /** The operation that has not ended. */
  operation?: OperationId | undefined
  /** The number of its latest release. */
  release: number
  /** The name of its stacks. */
  stack: string
  /** How it is by the platform's record. */
  state: ApplicationState
  /** The tenant. */
  tenant: string
}

/** An application, and how it is by the platform's record. */
export interface ApplicationSummary {
  /** Its name. */
  name: string
  /** How it is. */
  state: ApplicationState
}

/** A service, and what makes it count as up. */
export interface Awaited {
  /** Its health check in words, for messages. */
  check?: string | undefined
  /** When it is up. */
  ready: Ready
  /** How many containers it must have; absent: not looked at. */
  scale?: number | undefined
  /** The service. */
  service: string
}

/** What a release is for. */
export type Backend =
  | BackendRancher

/** Rancher 1.x with its Cattle orchestration. */
export interface BackendRancher {
  kind: 'rancher'
  /** How services reach services in other environments; absent: no link crosses networks. */
  link_strategy?: LinkStrategy | undefined
  /** The image that load balancers run. */
  load_balancer_image: string
  /** The version of the server. */
  version: RancherVersion
}

/** The least and the most count, both included. */
export interface Bounds {
  /** The most. */
  max: number
  /** The least. */
  min: number
}

/** That a value is another one, is new, or is no longer there. */
export interface Change {
  /** What it is; absent: it is no longer there. If there is neither, it only stands elsewhere. */
  new?: Value | undefined
  /** What it was; absent: it was not there. */
  old?: Value | undefined
  /** Where it is. */
  path: ValuePath
  /** Where in its list it is, from 0, if it is new there or stands elsewhere. */
  position?: number | undefined
}

/** What checking a template tells. */
export interface Checked {
  /** Whether there are no errors; there may be warnings. */
  accepted: boolean
  /** All problems, in the order of their places. */
  diagnostics: Diagnostics
  /** The problems as text, if that was asked for. */
  report?: string | undefined
}

/** Who chose a count. */
export type ChosenBy =
  /** It stood before the window was entered. */
  | 'before'
  /** A person set it while the window was open. */
  | 'person'

/** The class of a failure: what is done about it. */
export type Class =
  /** It may pass: tried again after a pause. */
  | 'transient'
  /** The world is not as it was thought: looked at again, then decided anew. */
  | 'conflict'
  /** It may have been done: looked for before anything is repeated. */
  | 'unknown'
  /** The step's time is over. */
  | 'deadline'
  /** Trying again would not help: the operation stops. */
  | 'permanent'

/** A template for another tenant. */
export interface ClonedTemplate {
  /** What checking the clone tells: warnings. */
  diagnostics: Diagnostics
  /** The texts of imported files that had to be changed too, by their names. */
  imports: Record<string, string>
  /** Its text. */
  template: string
}

/** The stable code of a diagnostic: `area.name`. */
export type Code =
  | 'yaml.syntax'
  | 'yaml.not_utf8'
  | 'yaml.empty'
  | 'yaml.too_large'
  | 'yaml.too_deep'
  | 'yaml.too_many_nodes'
  | 'yaml.alias_expansion'
  | 'yaml.recursive_alias'
  | 'yaml.duplicate_key'
  | 'yaml.several_documents'
  | 'yaml.merge_key'
  | 'yaml.key_not_scalar'
  | 'yaml.unknown_tag'
  | 'file.unreadable'
  | 'file.not_ours'
  | 'file.unwritable'
  | 'csar.not_zip'
  | 'csar.name'
  | 'csar.entry'
  | 'csar.duplicate'
  | 'csar.too_large'
  | 'csar.damaged'
  | 'csar.metadata'
  | 'csar.no_template'
  | 'tosca.version_missing'
  | 'tosca.version_unknown'
  | 'tosca.dialect'
  | 'tosca.version_older'
  | 'tosca.not_supported'
  | 'tosca.not_executed'
  | 'tosca.unknown_keyword'
  | 'tosca.wrong_shape'
  | 'tosca.missing_keyword'
  | 'tosca.unknown_type'
  | 'tosca.type_cycle'
  | 'tosca.type_redefined'
  | 'tosca.unknown_property'
  | 'tosca.missing_property'
  | 'tosca.wrong_type'
  | 'tosca.unquoted_time'
  | 'tosca.constraint'
  | 'tosca.bad_constraint'
  | 'tosca.unknown_input'
  | 'tosca.input_missing'
  | 'tosca.function_arguments'
  | 'tosca.property_cycle'
  | 'tosca.unknown_node'
  | 'tosca.unknown_requirement'
  | 'tosca.missing_requirement'
  | 'tosca.too_many_requirements'
  | 'tosca.requirement_target'
  | 'tosca.unknown_capability'
  | 'tosca.unknown_relationship'
  | 'tosca.wrong_relationship'
  | 'tosca.unknown_member'
  | 'tosca.wrong_target'
  | 'tosca.abstract_type'
  | 'tosca.import_refused'
  | 'tosca.import_unreadable'
  | 'tosca.import_cycle'
  | 'tosca.import_limit'
  | 'tosca.import_conflict'
  | 'tosca.unknown_repository'
  | 'tosca.function_place'
  | 'tosca.unknown_artifact'
  | 'tosca.unknown_interface'
  | 'tosca.unknown_operation'
  | 'tosca.unfulfilled'
  | 'tosca.abstract_node'
  | 'tosca.capability_uses'
  | 'tosca.copy'
  | 'tosca.refinement'
  | 'tosca.trigger'
  | 'tosca.workflow'
  | 'tosca.substitution'
  | 'app.no_services'
  | 'app.service_name'
  | 'app.network_twice'
  | 'app.image_reference'
  | 'app.control_character'
  | 'app.environment_name'
  | 'app.label_name'
  | 'app.mount_path'
  | 'app.volume_name'
  | 'app.health_check'
  | 'app.resources'
  | 'app.log_path'
  | 'app.volume_writers'
  | 'app.port_conflict'
  | 'app.route_target'
  | 'app.route_certificate'
  | 'app.route'
  | 'app.external_address'
  | 'app.secret_place'
  | 'app.secret_default'
  | 'app.scale_conflict'
  | 'app.flow_port'
  | 'app.dependency_loop'
  | 'app.sidekick'
  | 'app.placement'
  | 'app.affinity'
  | 'app.secret_file'
  | 'app.configuration_file'
  | 'app.restart'
  | 'app.no_network'
  | 'app.stickiness'
  | 'app.security'
  | 'app.host_network_ports'
  | 'app.not_known_yet'
  | 'app.host_name'
  | 'app.volumes_from'
  | 'app.process'
  | 'app.rancher_keys'
  | 'scaling.window_days'
  | 'scaling.overlap'
  | 'scaling.bounds_disjoint'
  | 'scaling.bounds'
  | 'scaling.thresholds'
  | 'scaling.fixed_count'
  | 'scaling.time_zone'
  | 'scaling.time_zones_differ'
  | 'scaling.target'
  | 'scaling.never_acts'
  | 'scaling.out_of_reach'
  | 'scaling.step'
  | 'scaling.retrigger'
  | 'scaling.grace'
  | 'scaling.flapping'
  | 'scaling.fixed_outside'
  | 'scaling.from_zero'
  | 'scaling.one_way'
  | 'target.stack_name'
  | 'target.environment_name'
  | 'target.links_need_region'
  | 'target.scale_zero'
  | 'target.unknown_network'
  | 'target.configuration_file'
  | 'target.link_address'
  | 'tenant.unknown_key'
  | 'tenant.missing_key'
  | 'tenant.wrong_shape'
  | 'tenant.wrong_value'
  | 'tenant.duplicate'
  | 'resource.unknown_network'
  | 'resource.environment_missing'
  | 'resource.environment_inactive'
  | 'resource.environment_ambiguous'
  | 'resource.no_server'
  | 'resource.capacity'
  | 'resource.volume_missing'
  | 'resource.volume_differs'
  | 'resource.stack_exists'
  | 'resource.no_local_region'
  | 'resource.secret_missing'
  | 'resource.image_hidden'
  | 'resource.network_differs'
  | 'resource.network_ambiguous'
  | 'compose.version'
  | 'compose.template'
  | 'compose.interpolation'
  | 'compose.unknown_key'
  | 'compose.shape'
  | 'compose.value'
  | 'compose.service_name'
  | 'compose.reference'
  | 'compose.secret'
  | 'compose.unanswered'
  | 'compose.answer'
  | 'policy.privileged'
  | 'policy.host_network'
  | 'policy.host_pid'
  | 'policy.host_ipc'
  | 'policy.devices'
  | 'policy.added_capabilities'
  | 'policy.security_options'
  | 'policy.user_root'
  | 'policy.docker_socket'
  | 'policy.forbidden_host_paths'
  | 'policy.host_paths'
  | 'policy.reserved_labels'
  | 'policy.missing_limits'
  | 'policy.mutable_tags'
  | 'policy.registries'
  | 'policy.stateful_without_volume'
  | 'policy.time_zone_mismatch'
  | 'policy.rancher_keys'
  | 'policy_file.unknown_key'
  | 'policy_file.wrong_shape'
  | 'policy_file.wrong_value'
  | 'scaling_file.unknown_key'
  | 'scaling_file.missing_key'
  | 'scaling_file.wrong_shape'
  | 'scaling_file.wrong_value'
  | 'clone.unknown_key'
  | 'clone.wrong_shape'
  | 'clone.wrong_value'
  | 'clone.no_match'
  | 'clone.joined'
  | 'clone.fixed'
  | 'clone.differs'
  | 'clone.left'

/** A file that is put into containers. */
export interface ConfigurationFile {
  /** What is in it. */
  content: FileContent
  /** An absolute path in the containers. */
  path: string
}

/** Who sets the cookie of a `Stickiness`. */
export type CookieMode =
  /** The load balancer adds it. */
  | 'insert'
  /** The load balancer puts something before the value that the service set. */
  | 'prefix'
  /** The load balancer changes the value that the service set. */
  | 'rewrite'

/** How a copy failed. */
export interface CopyFailure {
  /** When that was known. */
  at: string
  /** What went wrong, as a word. */
  kind: CopyFailureKind
  /** What went wrong, in a sentence: without secrets, in one line. */
  message: string
}

/** What went wrong with a copy. Its class says what follows from it. */
export type CopyFailureKind =
  /** A registry could not be reached, or broke off. */
  | 'unreachable'
  /** A registry answered that it cannot do it now. */
  | 'unavailable'
  /** A registry has no room left on its disk. */
  | 'storage_full'
  /** What arrived was not what the digest says. */
  | 'content_damaged'
  /** The copier was stopped. */
  | 'interrupted'
  /** Nothing was heard of the copy until its lease had ended. */
  | 'lease_lost'
  /** Something happened that has no word here. */
  | 'unexpected'
  /** Production has no namespace of that name. */
  | 'namespace_missing'
  /** What was released is no longer in the test registry. */
  | 'source_missing'
  /** Production does not let the tag be moved. */
  | 'tag_immutable'
  /** Under the tag, production holds what did not come there by a release. */
  | 'tag_conflict'
  /** A registry did not allow it. */
  | 'denied'
  /** The namespace in production may not hold more. */
  | 'quota_exceeded'
  /** Production does not take such an image. */
  | 'refused'
  /** After the copy, production held another digest. */
  | 'not_equal'

/** How far a copy is. */
export interface CopyProgress {
  /** The bytes of them, as far as is known. */
  bytes: number
  /** How many of those production has; of contents on their way, what has been sent. */
  bytes_done: number
  /**
   * The layers and configurations of the image, as far as is known: an index tells what it holds only by its
   * children.
   */
  contents: number
  /** How many of them production has. */
  done: number
  /** The bytes that were sent by this copy. What production had already was not. */
  sent: number
}

/** A count as the back end has it. */
export interface CountInput {
  /** How many containers there should be. */
  desired: number
  /** How many there are. */
  running: number
  /** The service. */
  service: string
  /** Who set it. Only what a person or a template wants is intent. */
  source: CountSource
}

/** Who set a count. */
export type CountSource =
  /** A person. */
  | 'person'
  /** A template that changes the scale on purpose. */
  | 'template'
  /** The platform: an echo of what the engine asked for, or what the back end happens to run. No intent. */
  | 'platform'

/** The days on which a window begins. */
export type Cycle =
  | 'daily'
  | CycleWeekly
  | CycleMonthly

/** On these days of the month, 1 to 31; shorter months skip what they do not have. */
export interface CycleMonthly {
  monthly: number[]
}

/** On these days of the week. */
export interface CycleWeekly {
  weekly: Weekday[]
}

/** Whether a user may do something, and why. */
export interface Decision {
  /** Whether the user may. */
  allowed: boolean
  /** Why, in a sentence. */
  because: string
  /** Why, in a word. */
  reason: AccessReason
  /** The highest role that allowed it, or that was not enough. */
  role?: Role | undefined
}

/** Many decisions, in the order of the questions. */
export interface Decisions {
  /** Whether the user may. */
  allowed: boolean[]
  /** Why, in a word. */
  reasons: AccessReason[]
}

/** What else is known of a failed call. */
export interface Details {
  /** The status to answer with, if it is about something that was posted to this program. */
  answer?: number | undefined
  /** All problems of a template or another file. */
  diagnostics?: Diagnostic[] | undefined
  /** The server that was asked last: scheme, host and port. */
  endpoint?: string | undefined
  /** What kept an operation from its end: one for each step that failed. */
  failures?: StepFailure[] | undefined
  /** Where in the request the problem is, such as `limits.bytes`. */
  field?: string | undefined
  /** Whether the server may have done what was asked although there is no good answer. */
  outcome_unknown?: boolean | undefined
  /** The id that the server gave to the failure; its log has it too. */
  request_id?: string | undefined
  /** The status of the server's answer. */
  status?: number | undefined
}

/** One problem. */
export interface Diagnostic {
  /** The stable code. */
  code: Code
  /** What to do. */
  help?: string | undefined
  /** Where; the first is the main place. */
  labels: Label[]
  /** One sentence: lower case, no full stop, the user's words in backticks. */
  message: string
  /** Error or warning; the code's own unless `severity` changed it. */
  severity: Severity
}

/** All problems found in one pass. */
export type Diagnostics = Diagnostic[]

/** All that is different in a new release of an application. */
export interface Difference {
  /** The application, by the name that it has in the new release. */
  application: string
  /** Which environments must be linked. */
  environment_links?: ItemDifference[] | undefined
  /** Flows between networks: what the firewall team must open, and can close. */
  flows?: ItemDifference[] | undefined
  /** The version of this format. */
  format: number
  /** Images. */
  images?: ItemDifference[] | undefined
  /** Log files to collect. */
  log_sources?: ItemDifference[] | undefined
  /**
   * Networks with services: their environments, what they must be, what stands in them for services
   * elsewhere.
   */
  networks?: ItemDifference[] | undefined
  /** How many services the new release has. */
  new_services: number
  /** How many services the old release has. */
  old_services: number
  /** Outputs. */
  outputs?: ItemDifference[] | undefined
  /** Scaling policies, by the services that they are for. */
  policies?: ItemDifference[] | undefined
  /** Ports that are taken on hosts. */
  ports?: ItemDifference[] | undefined
  /** What changed of the release as a whole: names, the stack, the back end. */
  release?: ItemDifference[] | undefined
  /** Services that only stand elsewhere among those of their network, which changes nothing that runs. */
  reordered?: Reordered[] | undefined
  /** Secret inputs. */
  secrets?: ItemDifference[] | undefined
  /**
   * What became of services, each just once: in the order in which they are activated, then those that are no
   * longer there. Those that are as they were are not among them.
   */
  services?: ServiceDifference[] | undefined
  /** Stages: what is activated with what. */
  stages?: ItemDifference[] | undefined
  /** What an update does, in its order. */
  steps?: UpgradeStep[] | undefined
  /** Services that an update touches because of others, though they may be as they were. */
  touched?: TouchedService[] | undefined
  /** Volumes. */
  volumes?: ItemDifference[] | undefined
}

/**
 * Which zones have the images of a namespace, and which of its tags. A namespace has one rule or none;
 * without one its images stay where they were pushed.
 */
export interface DistributionRule {
  /** Which tags; all, if nothing is said. */
  tags?: TagFilter | undefined
  /**
   * The zones, two at least. The order says whose an image is that is found in several before anything is
   * known of it.
   */
  zones: ZoneName[]
}

/** Containers that drain. */
export interface DrainShown {
  /** When it began. */
  since: string
  /** The count that will be set. */
  to: number
  /** When. */
  until: string
}

/** An environment of the back end. */
export interface Environment {
  /** The back end's id. */
  id: string
  /** Its name. */
  name: string
  /** The tenant's network that it is. */
  network: string
}

/** What becomes different for one identity. */
export type EnvironmentChange =
  | EnvironmentChangeAdd
  | EnvironmentChangeChange
  | EnvironmentChangeRemove

/** It becomes a member. */
export interface EnvironmentChangeAdd {
  change: 'add'
  /** Who. */
  identity: RancherIdentity
  /** Its role. */
  role: RancherRole
}

/** Its role changes. */
export interface EnvironmentChangeChange {
  change: 'change'
  /** Its role now. */
  from: string
  /** Who. */
  identity: RancherIdentity
  /** Its role then. */
  to: RancherRole
}

/** It is a member no longer. */
export interface EnvironmentChangeRemove {
  change: 'remove'
  /** Who. */
  identity: RancherIdentity
  /** Its role now. */
  role: string
}

/** That the environments of two networks must be linked. */
export interface EnvironmentLink {
  /** The network whose services reach out. */
  from: string
  /** The network that is reached. */
  to: string
}

/** An environment with its members. */
export interface EnvironmentMembers {
  /** The id of the environment (`1a7`). */
  environment: string
  /** Its members, all of them. */
  members?: RancherMember[] | undefined
  /** Those that the platform put there. */
  ours?: RancherIdentity[] | undefined
}

/** What to do in one environment. Rancher takes the whole set at once (`setmembers`). */
export interface EnvironmentPlan {
  /** What becomes different, by identity. It may be nothing, if a member is only marked as ours. */
  changes: EnvironmentChange[]
  /** The id of the environment. */
  environment: string
  /** Those that are the platform's afterwards. */
  ours: RancherIdentity[]
  /** All members afterwards, those that are left alone included; the platform is an owner. */
  set: RancherMember[]
}

/** A failed call: what went wrong, where, and what to do. Nothing in it is secret. */
export interface ErrorEnvelope {
  /** The stable code, such as `platform.application_busy`; `docs/errors.md` and `explain` tell of each. */
  code: string
  /** What else is known. */
  details: Details
  /** What to do. */
  help?: string | undefined
  /** What kind of failure it is; code decides by it. */
  kind: ErrorKind
  /** The places that it points at, the main one first. */
  labels: Label[]
  /** What went wrong: lower case, no full stop, the caller's words in backticks. */
  message: string
  /** The id of the operation that it is about. */
  operation?: string | undefined
  /** Whether asking again later may help without anybody doing something about it. */
  retryable: boolean
}

/** The kind of a failure; code decides by it. */
export type ErrorKind =
  | 'configuration'
  | 'store'
  | 'rancher'
  | 'harbor'
  | 'keystone'
  | 'invalid_name'
  | 'denied'
  | 'unknown_tenant'
  | 'tenant_conflict'
  | 'unknown_application'
  | 'unknown_service'
  | 'unknown_operation'
  | 'rejected'
  | 'application_deployed'
  | 'application_busy'
  | 'stale_plan'
  | 'operation_state'
  | 'operation_stopped'
  | 'operation_abandoned'
  | 'not_scalable'
  | 'unknown_namespace'
  | 'namespace_taken'
  | 'registry'
  | 'unknown_image'
  | 'image_state'
  | 'image_busy'
  | 'unknown_zone'
  | 'unknown_publication'
  | 'publication_refused'
  | 'members_busy'
  | 'members_fuse'
  | 'taken_over'
  | 'invalid_request'
  | 'files'
  | 'sandbox'
  | 'internal'

/** Something that happened in an operation. */
export interface Event {
  /** When. */
  at: Timestamp
  /** What. */
  kind: EventKind
  /** In words. */
  message: string
  /** The network of the step. */
  network?: string | undefined
  /** The number of the journal's entry that it comes of: later ones are higher. */
  number: number
  /** How many steps have ended, in percent. */
  percent: number
  /** The stage of the step, if it has one. */
  stage?: number | undefined
  /** The key of the step, if it is about one. */
  step?: string | undefined
}

/** What kind of event it is. */
export type EventKind =
  /** The operation has begun. */
  | 'begun'
  /** It goes on. */
  | 'resumed'
  /** A step does something. */
  | 'doing'
  /** A step is further. */
  | 'progress'
  /** A step is tried again. */
  | 'retrying'
  /** A step has ended. */
  | 'ended'
  /** A step has failed for good. */
  | 'failed'
  /** The operation has stopped before its end. */
  | 'stopped'
  /** The operation has reached its end. */
  | 'done'
  /** The operation was abandoned. */
  | 'abandoned'

/** What each step of a plan may take. What is not given is as usual. */
export interface ExecutionPolicyDocument {
  /** Seconds for a service to take a call that starts or scales it; 300 if not given. */
  call_seconds?: number | undefined
  /** Seconds for which an operation belongs to a process that says nothing; 60 if not given. */
  lease_seconds?: number | undefined
  /** How many steps are under way at once; 8 if not given. */
  parallel?: number | undefined
  /** Seconds for the services of a stage to be up; 900 if not given. */
  ready_seconds?: number | undefined
  /** Seconds for a stack to be gone; 600 if not given. */
  removal_seconds?: number | undefined
  /** Seconds for a stack to be read by the server; 300 if not given. */
  stack_seconds?: number | undefined
  /** How often a step is tried; 10 if not given. */
  tries?: number | undefined
  /**
   * Seconds for which a service may be unhealthy in one piece; 180 if not given, and never more than it may
   * take to be up.
   */
  unhealthy_seconds?: number | undefined
  /** Seconds for a volume to be there; 120 if not given. */
  volume_seconds?: number | undefined
}

/** What is to be known of a code. */
export interface Explanation {
  /** The code. */
  code: string
  /** What to do, for codes of errors. */
  help?: string | undefined
  /** What it means; for codes of problems also what to do. */
  meaning: string
  /** The same file put right. */
  right?: string | undefined
  /** A file that gives it, for codes of problems. */
  wrong?: string | undefined
}

/** How far a role reaches. */
export type Extent =
  /** It may not. */
  | 'none'
  /** In the image namespaces of its tenant that the user belongs to. */
  | 'namespaces'
  /** In its tenant. */
  | 'tenant'
  /** In every tenant, and of the platform's own. */
  | 'platform'

/** Where a port is published. */
export type External =
  | 'none'
  | ExternalGiven
  | 'allocated'

/** On this port of the hosts. */
export interface ExternalGiven {
  given: number
}

/** What went wrong in a step. */
export interface Failure {
  /** What is done about it. */
  class: Class
  /** A stable code: of a step, a diagnostic, or the client. */
  code: string
  /** What to do. */
  help?: string | undefined
  /** What went wrong and where. */
  message: string
}

/** What became of a service: what an update has to do for it. Each is just one of these. */
export type Fate =
  /** It is new. */
  | 'added'
  /** It is in another network: made there, then removed here. */
  | 'moved'
  /** It cannot be changed in place: removed, then made anew. */
  | 'recreated'
  /** New containers take the place of the old ones. */
  | 'upgraded'
  /** It reaches other services; its containers stay. */
  | 'relinked'
  /** Only the number of its containers is another. */
  | 'scaled'
  /** What changed is for later: nothing that runs is touched. */
  | 'recorded'
  /** It is no longer there. */
  | 'removed'

/** Something that goes wrong on purpose, with what it happens to and how often. */
export type Fault =
  | FaultConflict
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

/** An answer of your own: HTML of a proxy, garbage, another status. Nothing is done. */
export interface FaultAnswer {
  /** The body, as it is. */
  body?: string | undefined
  /** Its content type. */
  content_type?: string | undefined
  fault: 'answer'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** The HTTP status. */
  status: number
  /** How many requests it hits. */
  times?: number | undefined
}

/** Done once, but the answer's bytes are sent twice on the connection, which is then closed. */
export interface FaultAnsweredTwice {
  fault: 'answered_twice'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** 409: the resource is busy. Nothing is done. */
export interface FaultConflict {
  fault: 'conflict'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** Done, but half of the answer's body arrives before the connection is cut. */
export interface FaultCutBody {
  fault: 'cut_body'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** Done twice, as by a proxy that repeats a request; the answer is the second one. */
export interface FaultDoneTwice {
  fault: 'done_twice'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** An answer as large as you like, of blanks within valid JSON. Nothing is done. */
export interface FaultHugeAnswer {
  /** The size of its body. */
  bytes: number
  fault: 'huge_answer'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** Done, but the connection is cut before any answer. */
export interface FaultLostAnswer {
  fault: 'lost_answer'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** The connection is cut before anything is done. */
export interface FaultLostRequest {
  fault: 'lost_request'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/**
 * The service's health check never passes: `initializing`, then `unhealthy`. A service that runs once never
 * ends.
 */
export interface FaultNeverHealthy {
  fault: 'never_healthy'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** The request is done at once, its answer comes late. The time is real, even where the clock is virtual. */
export interface FaultSlow {
  fault: 'slow'
  /** Only requests of this method. */
  method?: string | undefined
  /** How late. */
  millis: number
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** The service's containers do not start, so it stays `activating`. */
export interface FaultStaysActivating {
  fault: 'stays_activating'
  /** What its `transitioningMessage` says. */
  message?: string | undefined
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** 503, with `Retry-After` if it is given. Nothing is done. */
export interface FaultUnavailable {
  fault: 'unavailable'
  /** Only requests of this method. */
  method?: string | undefined
  /** Only requests whose path and query contain this text. */
  path?: string | undefined
  /** Seconds. */
  retry_after?: number | undefined
  /** Only the services of this name. */
  service?: string | undefined
  /** How many fitting requests pass first. */
  skip?: number | undefined
  /** How many requests it hits. */
  times?: number | undefined
}

/** What is in a `ConfigurationFile`. */
export type FileContent =
  | FileContentInline
  | FileContentSecret

/** This text. */
export interface FileContentInline {
  inline: Text
}

/** The secret of this name, which the platform has. */
export interface FileContentSecret {
  secret: string
}

/** The count of a fixed window. */
export type FixedCount =
  | 'min'
  | 'max'
  | FixedCountCount

/** Just this. */
export interface FixedCountCount {
  count: number
}

/** Traffic between networks: what the firewall team must open. */
export interface Flow {
  /** The network that it comes from. */
  from_network: string
  /** The service that it comes from. */
  from_service: string
  /** The ports; empty: the target declares none. */
  ports: FlowPort[]
  /** The network that it goes to. */
  to_network: string
  /**
   * The service that it goes to; for services of other applications the labels by which they are selected,
   * such as `tier=quotes`.
   */
  to_service: string
}

/** A port of a `Flow`. */
export interface FlowPort {
  /** The port. */
  port: number
  /** `tcp` or `udp`. */
  protocol: Protocol
}

/** What becomes of members that the platform did not put there. */
export type ForeignMembers =
  /** They are reported and left alone. */
  | 'keep'
  /** They are removed, and those that Keystone knows get the roles that it says. */
  | 'remove'

/** Why nobody has a role at a place. */
export type Frozen =
  /** Keystone has no such project or domain, or none any more. */
  | 'missing'
  /** It is disabled. */
  | 'disabled'
  /** Its domain is disabled. */
  | 'domain_disabled'

/** Where a user has a role in Keystone. */
export type GrantScope =
  /** On the whole system. */
  | 'system'
  /** On a project: here, in a tenant. */
  | 'project'
  /** On a domain. That is none on the projects in it: what they inherit stands at them. */
  | 'domain'

/** The language of a picture. */
export type Graph =
  /** A Mermaid flowchart. */
  | 'mermaid'
  /** Graphviz. */
  | 'dot'
  /** An image. */
  | 'svg'

/** A member of a Harbor project. */
export interface HarborMember {
  /** Whether it is a group. The platform adds none. */
  group?: boolean | undefined
  /** The id of the membership, by which it is changed and removed. */
  id: number
  /** The name of the user or the group. */
  name: string
  /** The number of its role: it may be one that is not known here. */
  role_id: number
}

/** A Harbor and the user or robot that the platform is there. */
export interface HarborOptions {
  /**
   * Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need
   * no such word.
   */
  allow_plain_http?: boolean | undefined
  /** Its password or secret. */
  password: string
  /** The address, such as `https://harbor.bank.test`. */
  url: string
  /** The user, or the whole name of the robot, such as `robot$platform`. */
  username: string
}

/** The role of a member of a project of Harbor 2. Its numbers (`role_id`) are not in the order of power. */
export type HarborRole =
  /** `limitedGuest` (5): fetches images, and sees neither members nor robots. */
  | 'limited_guest'
  /** `guest` (3): fetches images. */
  | 'guest'
  /** `developer` (2): sends images, too. */
  | 'developer'
  /** `maintainer` (4): deletes images, too. */
  | 'maintainer'
  /** `projectAdmin` (1): all, members included. */
  | 'project_admin'

/** Which role of a backend each role of a tenant is there; null: it is no member. */
export interface HarborRoleMap {
  /** A user who reads only. */
  read_only?: HarborRole | undefined
  /** A restricted member. */
  restricted_member?: HarborRole | undefined
  /** A senior member. */
  senior_member?: HarborRole | undefined
  /** A tenant administrator. */
  tenant_administrator?: HarborRole | undefined
  /** What they may there although they may not here: each by name, and why. */
  widenings?: Widening[] | undefined
}

/** How to see whether a container works. */
export interface HealthCheck {
  /** So many good answers make it healthy. */
  healthy_threshold: number
  /** Time that a new container has before checks count. */
  initializing_ms?: number | undefined
  /** Time between checks. */
  interval_ms?: number | undefined
  /** What to do with an unhealthy container. */
  on_failure: OnFailure
  /** The path of an HTTP request; absent: a TCP connection is enough. */
  path?: string | undefined
  /** The port to connect to. */
  port: number
  /** Time to wait for an answer. */
  timeout_ms?: number | undefined
  /** So many bad answers make it unhealthy. */
  unhealthy_threshold: number
}

/** A folder or file of the host in a container. */
export interface HostMount {
  /** An absolute path on the host. */
  host_path: string
  /** An absolute path in the containers. */
  path: string
  /** Who sees what is mounted below it later; absent: as Docker has it, nobody but who mounts it. */
  propagation?: Propagation | undefined
  /** Whether it cannot be written. */
  read_only?: boolean | undefined
}

/** Who a user is; null: nobody there. */
export interface Identities {
  /** In Harbor: the user's name there. */
  harbor?: string | undefined
  /** In Rancher. */
  rancher?: RancherIdentity | undefined
}

/**
 * Who Keystone's users are in Rancher and in Harbor: neither knows Keystone. A user stands in the table, or a
 * rule for its domain tells who it is; else it is nobody there, which is reported and never guessed.
 */
export interface IdentityMap {
  /** For all users of a domain. */
  rules?: IdentityRule[] | undefined
  /** For single users, by their ids in Keystone; before any rule. */
  users?: Record<string, Identities> | undefined
}

/**
 * Who the users of one domain are. `{name}` and `{id}` in a text stand for those of the Keystone user;
 * `{name|dn}` is the name as it is written in a distinguished name (RFC 4514), which LDAP needs.
 */
export interface IdentityRule {
  /** The id of the domain. */
  domain: string
  /** Their names in Harbor. */
  harbor?: string | undefined
  /** Who they are in Rancher. */
  rancher?: RancherRule | undefined
}

/** What was released: exactly this, by whom and when. */
export interface ImageApproval {
  /** When. */
  at: string
  /** Who released it. */
  by: Actor
  /** The digest that was released. Nothing else goes to production. */
  digest: ImageDigest
}

/** Something that happened to an image, for a journal, an audit and whoever is to be notified. */
export interface ImageChange {
  /** When. */
  at: string
  /** The how-manieth copy it was, if it is about one. */
  attempt?: number | undefined
  /** Who commanded it, if somebody did. */
  by?: Actor | undefined
  /** What it is about: what was pushed, released, copied, or seen in production. */
  digest?: ImageDigest | undefined
  /** What went wrong, if something did. */
  failure?: CopyFailureKind | undefined
  /** How far the image was. */
  from: PromotionStateName
  /** The image. */
  image: ImageName
  /** What went wrong, in a sentence; or what somebody said who asked for something. */
  message?: string | undefined
  /** How far it is; null: it is gone. */
  to: PromotionStateName | null
  /** What it was. */
  what: ImageHappening
}

/** What copies images. */
export type ImageCopies =
  /** This process, by the registries' own API: exactly what was released. */
  | 'registry'
  /**
   * The Harbor of production fetches from that of test what is under the tag then. It takes both Harbors, and
   * a login to that of production that is a system administrator's; with the user of `registry_test` it
   * pulls.
   */
  | 'replication'

/** A copy that runs, as far as is known, with its lease. */
export interface ImageCopy {
  /** The how-manieth it is since the image was to be copied, from 1 on. */
  attempt: number
  /** When it began. */
  began: string
  /** Which one it is. */
  id: ImageCopyId
  /** For how many seconds each word of it counts. */
  seconds: number
  /** When it counts as lost, unless it says before that it is at work. */
  until: string
}

/**
 * Which copy something is about. Whoever lets a copy begin gives it one that no other copy of that image ever
 * had; so that what an older copy says late is not taken for the word of the one that is running.
 */
export type ImageCopyId = string

/**
 * What content is known by: an algorithm and a sum, such as `sha256:9f86…`. Two contents of one digest are
 * the same.
 */
export type ImageDigest = string

/** An entry of the journal of an image. */
export interface ImageEntry {
  /** When. */
  at: string
  /** The how-manieth copy it was, if it is about one. */
  attempt?: number | undefined
  /** Who commanded it, if somebody did. */
  by?: Actor | undefined
  /** What it is about: what was pushed, released, copied, or seen in production. */
  digest?: ImageDigest | undefined
  /** What went wrong, if something did. */
  failure?: CopyFailureKind | undefined
  /** How far the image was. */
  from: PromotionStateName
  /** The image. */
  image: ImageName
  /** What went wrong, in a sentence; or what somebody said who asked for something. */
  message?: string | undefined
  /** Its number; the first is 1. */
  number: number
  /** How far it is; null: it is gone. */
  to: PromotionStateName | null
  /** What it was. */
  what: ImageHappening
}

/** What happened, as a word. */
export type ImageHappening =
  /** Something else was pushed under the name. */
  | 'pushed'
  /** It was deleted in test. */
  | 'deleted'
  /** A person released it for production. */
  | 'released'
  /** A person withdrew the release. */
  | 'withdrawn'
  /** A copy began. */
  | 'copy_began'
  /** A copy failed; or none could begin. */
  | 'copy_failed'
  /** A copy ended whose outcome does not count any more. */
  | 'copy_ended'
  /** Production holds what was released. */
  | 'synced'
  /** Production has no namespace of that name. */
  | 'namespace_missing'
  /** Production has a namespace of that name by now. */
  | 'namespace_found'
  /** Production holds something else than what was released, or nothing. */
  | 'production_differs'
  /** Production was seen to hold something else than before. */
  | 'production_seen'
  /** Somebody who may not release it asks for a release. */
  | 'release_wished'
  /** Somebody who may not have it synced asks for that. */
  | 'sync_wished'

/** An image of a registry, without the registry: `repository:tag`. */
export type ImageName = string

/**
 * An image namespace of a tenant: what stands before the first slash of an image's name, and a project of
 * Harbor.
 */
export interface ImageNamespace {
  /**
   * What no other namespace is called, not even one of the same name that is made when this one was deleted.
   */
  id?: string | undefined
  /**
   * Whether it was opened in production: only then do images of it go there. Where the production registry
   * has a Harbor, it is asked instead: whoever makes the project there opens the namespace.
   */
  in_production?: boolean | undefined
  /** The users that belong to it, by their ids in Keystone. The tenant's administrators need not. */
  members?: string[] | undefined
  /** Its name, which no other tenant's has. */
  name: string
  /** Whether its project in the test registry is still to be made. */
  pending?: boolean | undefined
  /**
   * The user, by its id in Keystone, to whom alone its images are shown; none: they are shown to the tenant.
   * What is personal is not deployed from, and not published.
   */
  personal?: string | undefined
  /**
   * The registries in which there was no project of its name when it was made there: a project of its name is
   * its own in these only.
   */
  registries?: Registry[] | undefined
  /** When released images of it go to production; without a rule they do not. */
  sync_rule?: SyncRule | undefined
  /** The tenant. */
  tenant: string
}

/** Which registries hold the images of a platform, and from which of them each environment takes its own. */
export interface ImageSources {
  /** The zones from which environments take their images, by the names of environments. */
  environments?: Record<string, ZoneName> | undefined
  /** Image namespaces of the platform itself, which all tenants may use. */
  open?: string[] | undefined
  /** The zone of all other environments; none: they take images from where templates say. */
  otherwise?: ZoneName | undefined
  /** The registries. */
  zones: Zones
}

/** How an image stands in a zone. */
export type ImageStanding =
  | ImageStandingOrigin
  | ImageStandingInStep
  | ImageStandingCopying
  | ImageStandingBehind
  | ImageStandingConflict
  | ImageStandingKept
  | ImageStandingAbsent
  | ImageStandingUnknown
  | ImageStandingNotWanted

/** It was deleted in its zone, or is nobody's, and is not here. */
export interface ImageStandingAbsent {
  kind: 'absent'
}

/** It is to be copied there. */
export interface ImageStandingBehind {
  /** How the last copy failed, if one did. */
  failure?: CopyFailure | undefined
  kind: 'behind'
}

/** The zone holds under the tag what nobody put there. */
export interface ImageStandingConflict {
  kind: 'conflict'
  /** What it holds. */
  there: ImageDigest
}

/** It is being copied there. */
export interface ImageStandingCopying {
  kind: 'copying'
}

/** The zone holds the same. */
export interface ImageStandingInStep {
  kind: 'in_step'
}

/** It was deleted in its zone, and is kept here. */
export interface ImageStandingKept {
  kind: 'kept'
}

/** The rule is not about this tag. */
export interface ImageStandingNotWanted {
  kind: 'not_wanted'
}

/** It belongs to this zone. */
export interface ImageStandingOrigin {
  kind: 'origin'
}

/** The zone, or the one that it belongs to, did not answer. */
export interface ImageStandingUnknown {
  kind: 'unknown'
}

/** An image, as it is shown. */
export interface ImageStatus {
  /** What is under that name in test, as far as was seen. */
  digest: ImageDigest
  /** What it is called, in test and in production. */
  name: ImageName
  /** What production holds under that name, as far as is known. */
  production: ProductionOfImage
  /** When that was first seen. */
  pushed_at: string
  /** The rule of its namespace; none: nothing of it is copied. */
  rule?: SyncRule | undefined
  /** How far it is. */
  state: PromotionState
  /** How far it is, as a word. */
  status: PromotionStateName
  /** The tenant whose it is. */
  tenant: string
  /** What it waits for, if it is to be copied. */
  waits_for?: WaitsFor | undefined
}

/** An image and who uses it. */
export interface ImageUse {
  /** The image. */
  image: string
  /** The services, in the order of the template. */
  services: string[]
}

/** Whom an image is shown to. Platform administrators see all. */
export type ImageVisibility =
  | ImageVisibilityOfficial
  | ImageVisibilityPublic
  | ImageVisibilityPersonal

/** To all tenants: whoever has a role in one. */
export interface ImageVisibilityOfficial {
  kind: 'official'
}

/** To one user, as long as it has a role in the tenant whose registry holds it. */
export interface ImageVisibilityPersonal {
  kind: 'personal'
  /** The id of the tenant. */
  tenant: string
  /** The id of the user in Keystone. */
  user: string
}

/** To the users of one tenant. */
export interface ImageVisibilityPublic {
  kind: 'public'
  /** The id of the tenant. */
  tenant: string
}

/** What reading a stack tells. */
export interface ImportedStack {
  /** Whether there are no errors; something may be lost. */
  accepted: boolean
  /** All problems, in the order of their places. */
  diagnostics: Diagnostics
  /** The inputs of the template. */
  inputs: StackInput[]
  /** What is not the same, in the order of the files. */
  losses: Loss[]
  /** The template, unless there are errors. */
  template?: string | undefined
}

/** What became of an intent. */
export type IntentResult =
  /** The back end did it, and said so. */
  | 'done'
  /** The back end did it, and was found to have: the answer was lost. */
  | 'adopted'
  /** Nothing came of it: the call was not made, or did not arrive. */
  | 'not_sent'
  /** The back end refused, and nothing changed. */
  | 'refused'

/** What became of something that a release lists: a volume, a policy, a port. */
export interface ItemDifference {
  /** What changed in it. */
  changes?: Change[] | undefined
  /** What became of it. */
  fate: ItemFate
  /** All of it: as it is if it was added, as it was if it was removed. */
  item?: Value | undefined
  /** What that means for an update, or for people. */
  means?: string | undefined
  /** What it is known by. */
  name: string
  /** Where in its list it is, from 0, if it was added or stands elsewhere. */
  position?: number | undefined
}

/** What became of something that a release lists. */
export type ItemFate =
  /** It is new. */
  | 'added'
  /** It is no longer there. */
  | 'removed'
  /** It is another. */
  | 'changed'
  /** It only stands elsewhere in its list. */
  | 'reordered'

/** One entry of an operation's journal. */
export type JournalEntry =
  | JournalEntryBegun
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

/** The operation was given up. */
export interface JournalEntryAbandoned {
  /** When it was written. */
  at: Timestamp
  /** Who decided that. */
  by: Actor
  note: 'abandoned'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** The operation has begun. */
export interface JournalEntryBegun {
  /** When it was written. */
  at: Timestamp
  /** Who asked for it. */
  by: Actor
  note: 'begun'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** The operation has reached its end. */
export interface JournalEntryDone {
  /** When it was written. */
  at: Timestamp
  note: 'done'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** A step has ended. */
export interface JournalEntryEnded {
  /** When it was written. */
  at: Timestamp
  /** How. */
  how: StepResult
  /** The back end's id of what it was about, if it was about one thing. */
  id?: string | undefined
  note: 'ended'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
  /** The step. */
  step: string
}

/** A step has failed for good. */
export interface JournalEntryFailed {
  /** When it was written. */
  at: Timestamp
  /** Which, and why. */
  failure: StepFailure
  note: 'failed'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** A call that changes something is about to be made. Written before the call. */
export interface JournalEntryIntent {
  /** When it was written. */
  at: Timestamp
  /** The call, in the client's words: `create_stack`. */
  call: string
  note: 'intent'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
  /** The step. */
  step: string
  /** What it is about. */
  target: string
}

/** What came of an intent. */
export interface JournalEntryOutcome {
  /** When it was written. */
  at: Timestamp
  /** The back end's id of what was made or changed. */
  id?: string | undefined
  /** The number of the intent's entry. */
  intent: number
  note: 'outcome'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
  /** What became of it. */
  result: IntentResult
  /** The step. */
  step: string
}

/** How far a step is. */
export interface JournalEntryProgress {
  /** When it was written. */
  at: Timestamp
  /** In words. */
  message: string
  note: 'progress'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
  /** The step. */
  step: string
}

/** It goes on. */
export interface JournalEntryResumed {
  /** When it was written. */
  at: Timestamp
  /** Who asked for that. */
  by: Actor
  note: 'resumed'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** A step is tried again. */
export interface JournalEntryRetry {
  /** When it was written. */
  at: Timestamp
  /** Why. */
  failure: Failure
  note: 'retry'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
  /** After so many milliseconds. */
  pause_ms: number
  /** The step. */
  step: string
}

/** The operation has stopped before its end. */
export interface JournalEntryStopped {
  /** When it was written. */
  at: Timestamp
  note: 'stopped'
  /** Its place in the journal: 1, 2, 3, … */
  number: number
}

/** How much of something was kept. */
export type Kept =
  /** All: it is written in another way and means the same. */
  | 'full'
  /** Some: it means nearly the same, or only Rancher gets it, or its value is fixed. */
  | 'partial'
  /** Nothing. */
  | 'none'

/**
 * A Keystone and how to log in to it, as users of OpenStack say it: by `clouds.yaml` and variables `OS_*`.
 */
export interface KeystoneOptions {
  /**
   * Talk to a server without TLS, where anybody between can read tokens. Addresses of this machine need no
   * such word.
   */
  allow_plain_http?: boolean | undefined
  /** The name of the cloud in `clouds.yaml`; as the environment says if not given. */
  cloud?: string | undefined
  /**
   * Variables such as `OS_AUTH_URL` and `OS_APPLICATION_CREDENTIAL_ID`, in place of files and the
   * environment.
   */
  variables?: Record<string, string> | undefined
}

/** A user of Keystone. */
export interface KeystoneUser {
  /** The id of its domain. */
  domain: string
  /** Its id: what names it for ever. */
  id: string
  /** Its name, unique in its domain. */
  name: string
}

/** What an alarm is, as far as is known. */
export type KnownState =
  /** It fires. */
  | 'firing'
  /** It does not. */
  | 'resolved'
  /** The metric is missing. */
  | 'no_data'
  /** It fired, and was not repeated in time. */
  | 'stale'

/** A place with what is to be said about it. The first label of a diagnostic is the main one. */
export interface Label {
  /** The point after the last character. */
  end: Position
  /** The file's name as the caller gave it. */
  file: string
  /** The first point. */
  start: Position
  /** What to say there; absent when the message says it all. */
  text?: string | undefined
}

/** What a template may cost at most. */
export interface LimitsDocument {
  /** Bytes of the text of one file; 16 MiB if not given. */
  bytes?: number | undefined
  /** Depth of lists and maps; 64 if not given. */
  depth?: number | undefined
  /** Values after aliases are followed, in all files together; 4,000,000 if not given. */
  expanded_nodes?: number | undefined
  /** Files, with the template and all that is imported; 256 if not given. */
  files?: number | undefined
  /** Files that import each other in one line; 32 if not given. */
  import_depth?: number | undefined
  /** Values in one file; 2,000,000 if not given. */
  nodes?: number | undefined
  /** Bytes of text in all files together, and what an archive may unpack to; 32 MiB if not given. */
  total_bytes?: number | undefined
  /** Values in all files together; 4,000,000 if not given. */
  total_nodes?: number | undefined
}

/** That a service needs another. */
export interface Link {
  /** The host name under which it is reached; absent: the service's own name. */
  alias?: string | undefined
  /** How it needs it. */
  kind: LinkKind
  /** The other service's name. */
  to: string
}

/** How a service needs another. */
export type LinkKind =
  /** It talks to it (`tosca.relationships.ConnectsTo`). */
  | 'connection'
  /** It must start strictly after it (`tosca.relationships.DependsOn`). */
  | 'dependency'

/** How services reach services in other environments. */
export type LinkStrategy =
  /**
   * By name, `environment/stack/service`, over the region that is the server itself (Rancher 1.6.15 and
   * later).
   */
  | 'region_name'
  /**
   * By links between environments, which an administrator of Rancher makes when the environments are created
   * (1.4.0 and later). An alias in the client's stack finds the service by its labels.
   */
  | 'environment_links'
  /**
   * By an external service in the client's stack that points at the published ports of the other environment
   * (any version).
   */
  | 'external_service'

/** Log files to collect. */
export interface LogFiles {
  /** An absolute folder in the containers. */
  directory: string
  /** Endings of the files' names, without the dot; empty: all files. */
  extensions?: string[] | undefined
}

/** Log files of a service. */
export interface LogSource {
  /** The folder inside its containers. */
  directory: string
  /** Endings without the dot; empty: all files. */
  extensions?: string[] | undefined
  /** The network. */
  network: string
  /** The service. */
  service: string
}

/** Something of a stack that is not the same in the application. */
export interface Loss {
  /** How much of it was kept. */
  kept: Kept
  /** The key of the compose file, or the question. */
  key: string
  /** Where it stands. */
  place: Place
  /** The service; absent: it concerns the stack. */
  service?: string | undefined
  /** What became of it, and why. */
  why: string
}

/** An image of the mall, as it is shown. */
export interface MallImage {
  /** What is shown: whoever takes it takes this. */
  digest: ImageDigest
  /** What it is called. */
  image: ImageName
  /** The tenant whose it is. */
  owner: string
  /** Whom it is shown to. */
  visibility: ImageVisibility
}

/** What a template names of a tenant's, and what its clone names instead. */
export interface MappingDocument {
  /** Inputs, and their new defaults: texts as they are, anything else as YAML reads it. */
  inputs?: Record<string, unknown> | undefined
  /** The new name of the application; it stays if not given. */
  name?: string | undefined
  /** Names of networks, and the new ones. */
  networks?: Record<string, string> | undefined
  /**
   * Registries of images, and the new ones: `host`, `host:port`, either with the beginning of a path.
   * `docker.io` is where images without a registry come from.
   */
  registries?: Record<string, string> | undefined
  /** File servers that volumes name, and the new ones. */
  servers?: Record<string, string> | undefined
  /** Tiers of volumes, and the new ones. */
  tiers?: Record<string, string> | undefined
}

/** All rules. */
export interface Matrix {
  /** The same as a table in Markdown. */
  markdown: string
  /** One row for each kind and action that has a rule. What has none may nobody. */
  rows: MatrixRow[]
}

/** What each role may do to one kind. */
export interface MatrixRow {
  /** What is done to it. */
  action: AccessAction
  /** Who may. */
  allowed: Allowed
  /** The kind. */
  kind: ResourceKind
}

/** A backend. */
export type MemberBackend =
  /** Rancher. */
  | 'rancher'
  /** Harbor. */
  | 'harbor'

/** An entry of the journal of a tenant's members. */
export interface MembersEntry {
  /** When it was written. */
  at: Timestamp
  /** What happened. */
  note: MembersNote
  /** Its number; the first is 1. */
  number: number
}

/** Why members could not be read or changed somewhere. */
export interface MembersFailure {
  /** What kind of failure it is. */
  code: string
  /** What happened. */
  message: string
  /** Where. */
  place: MembersPlace
  /** Whether it may pass by itself. */
  retryable: boolean
}

/** What happens with the members of a tenant. */
export type MembersNote =
  | MembersNoteIntent
  | MembersNoteOutcome
  | MembersNoteSettled

/** Members are about to be changed: written before the call. */
export interface MembersNoteIntent {
  /** Who asked for it. */
  by: Actor
  /** What is to become different, in the words of the backend. */
  changes: string[]
  note: 'intent'
  /** Where. */
  place: MembersPlace
}

/** The call has ended. */
export interface MembersNoteOutcome {
  /** Why it failed; it may have had its effect all the same if that is not known. */
  failure?: string | undefined
  note: 'outcome'
  /** Where. */
  place: MembersPlace
}

/** The members there are now as they should be. */
export interface MembersNoteSettled {
  note: 'settled'
  /** Where. */
  place: MembersPlace
}

/** Where members are. */
export type MembersPlace =
  | MembersPlaceEnvironment
  | MembersPlaceProject
  | MembersPlaceNetwork

/** An environment of Rancher. */
export interface MembersPlaceEnvironment {
  /** Its id. */
  environment: string
  place: 'environment'
}

/** A network of the tenant that has no environment. */
export interface MembersPlaceNetwork {
  /** Its name. */
  network: string
  place: 'network'
}

/** A project of Harbor. */
export interface MembersPlaceProject {
  place: 'project'
  /** Its name. */
  project: string
  /** The registry that it is in. */
  registry: Registry
}

/** What would become of a tenant's members, or has. */
export interface MembersReport {
  /**
   * Where something could not be read or done. Nothing else waits for it: it is tried again the next time.
   */
  failures?: MembersFailure[] | undefined
  /**
   * Why nobody has a role in it, if that is so: then nobody is to be a member that the platform put there.
   */
  frozen?: Frozen | undefined
  /** What is to be done, or was. */
  plan: MembershipPlan
  /** The tenant. */
  tenant: string
}

/** Something about members that no plan mends. */
export type MembershipFinding =
  | MembershipFindingUnmapped
  | MembershipFindingSharedIdentity
  | MembershipFindingPlatformItself
  | MembershipFindingForeign
  | MembershipFindingForeignRole
  | MembershipFindingNoRole
  | MembershipFindingNoAdministrator
  | MembershipFindingFuseBlown

/** The platform did not put a member there. */
export interface MembershipFindingForeign {
  finding: 'foreign'
  /** Who. */
  identity: string
  /** Where: an environment, or `registry/project`. */
  place: string
  /** Its role there. */
  role: string
}

/** The platform did not put a member there, and Keystone says another role. */
export interface MembershipFindingForeignRole {
  finding: 'foreign_role'
  /** Who. */
  identity: string
  /** Where: an environment, or `registry/project`. */
  place: string
  /** Its role there. */
  role: string
  /** The role that it would have. */
  wanted: string
}

/** More members would lose rights than may by one plan. */
export interface MembershipFindingFuseBlown {
  finding: 'fuse_blown'
  /** How many may. */
  fuse: number
  /** How many. */
  losses: number
}

/** Nobody administers the tenant. */
export interface MembershipFindingNoAdministrator {
  finding: 'no_administrator'
}

/** A user belongs to an image namespace and has no role in its tenant. */
export interface MembershipFindingNoRole {
  finding: 'no_role'
  /** The namespace. */
  namespace: string
  /** The registry. */
  registry: Registry
  /** The user, by its id in Keystone. */
  user: string
}

/** A user would be the platform itself there. */
export interface MembershipFindingPlatformItself {
  /** Where. */
  backend: MemberBackend
  finding: 'platform_itself'
  /** The user. */
  user: KeystoneUser
}

/** Two or more users would be one there: none of them is a member. */
export interface MembershipFindingSharedIdentity {
  /** Where. */
  backend: MemberBackend
  finding: 'shared_identity'
  /** Who they would be. */
  identity: string
  /** The users, by id. */
  users: KeystoneUser[]
}

/** Nobody says who a user is in a backend. */
export interface MembershipFindingUnmapped {
  /** Where. */
  backend: MemberBackend
  finding: 'unmapped'
  /** The user. */
  user: KeystoneUser
}

/** What a plan keeps to beside the roles. */
export interface MembershipOptions {
  /** What becomes of members that the platform did not put there. */
  foreign?: ForeignMembers | undefined
  /** How many members may lose rights by one plan; null: any number. */
  fuse?: number | undefined
  /** Who the platform is in Rancher: always an owner of every environment. */
  platform: RancherIdentity
  /**
   * The name of the platform in Harbor, which makes the projects and so is a member of each: it is left
   * alone.
   */
  platform_in_harbor?: string | undefined
}

/** What to do so that the members are those that Keystone says. */
export interface MembershipPlan {
  /**
   * Whether more lose rights than `fuse` lets pass: then nobody carries it out before a person has looked at
   * it.
   */
  blown: boolean
  /** For each environment in which something changes. */
  environments?: EnvironmentPlan[] | undefined
  /** What somebody should look at. */
  findings?: MembershipFinding[] | undefined
  /** How many members lose rights. */
  losses: number
  /** For each Harbor project in which something changes. */
  projects?: ProjectPlan[] | undefined
}

/** By which rules users of Keystone become members in Rancher and Harbor: the same for all tenants. */
export interface MembershipRules {
  /** Who users of Keystone are in Rancher and Harbor. */
  identities: IdentityMap
  /** Which roles they have in the production registry. */
  production_roles?: HarborRoleMap | undefined
  /** Which roles they have in Rancher. */
  rancher_roles?: RancherRoleMap | undefined
  /** Which role a role of Keystone is here. */
  role_names?: RoleNames | undefined
  /** What else is to be kept to. */
  settings: MembershipOptions
  /** Which roles they have in the test registry. */
  test_roles?: HarborRoleMap | undefined
}

/** A volume in a container. */
export interface Mount {
  /** An absolute path in the containers. */
  path: string
  /** Whether it cannot be written. */
  read_only?: boolean | undefined
  /** The volume's name. */
  volume: string
}

/** How the zones stand with the images of a namespace. */
export interface NamespaceZones {
  /** The namespace. */
  namespace: string
  /** Its rule. */
  rule: DistributionRule
  /** When all zones were last compared; never, by this rule, if there is nothing. */
  scanned?: string | undefined
  /** The tenant whose it is. */
  tenant: string
  /** How each zone of the rule stands. */
  zones: Record<string, ZoneStatus>
}

/** A network that services are placed in: one flat partition with a security level. */
export interface Network {
  /**
   * Whether the template does not give it a name of its own, but says what it must be: if the tenant has none
   * of this name, it is the only one with this security level and domain.
   */
  chosen?: boolean | undefined
  /** Its name among the tenant's networks. */
  name: string
  /** The domain that it belongs to. */
  security_domain?: string | undefined
  /** `low`, `medium` or `high`. */
  security_level?: string | undefined
}

/** How the part of an application in one network is. */
export interface NetworkStatus {
  /** The environment that it is. */
  environment: string
  /** The environment's id. */
  environment_id: string
  /** The network. */
  network: string
  /** The services, by name. */
  services: ServiceStatus[]
  /** The state of the stack; null: it is not there. */
  stack_state: string | null
}

/** A file server (NFS) that holds volumes: one folder below `export_base` for each. */
export interface NfsServer {
  /** How much it holds, in bytes; absent: not known, and so never too little. */
  capacity_bytes?: number | undefined
  /** The absolute path below which the volumes lie. */
  export_base: string
  /** Its host name or address. */
  host: string
  /** Options of the mount, such as `nfsvers=4`; absent: the driver's own. */
  mount_options?: string | undefined
  /** Its name among the tenant's servers. */
  name: string
  /** The class of storage that it is, such as `gold`. */
  tier: string
}

/** A file server (NFS) that holds volumes: one folder below `export_base` for each. */
export interface NfsServerInput {
  /** How much it holds, in bytes; not known if not given, and so never too little. */
  capacity_bytes?: number | undefined
  /** The absolute path below which the volumes lie. */
  export_base: string
  /** Its host name or address. */
  host: string
  /** Options of the mount, such as `nfsvers=4`; the driver's own if not given. */
  mount_options?: string | undefined
  /** Its name among the tenant's servers. */
  name: string
  /** The class of storage that it is, such as `gold`. */
  tier: string
}

/** What to do with an unhealthy container. */
export type OnFailure =
  /** Nothing. */
  | 'none'
  /** Replace it. */
  | 'recreate'
  /** Replace it while enough others are healthy. */
  | 'recreate_on_quorum'

/** A window that is open. */
export interface OpenWindow {
  /** The count that it holds, if it is a fixed one. */
  count?: number | undefined
  /** Since when; absent: always. */
  since?: string | undefined
  /** Until when; absent: for ever. */
  until?: string | undefined
  /** Its name. */
  window: string
}

/** How an operation stands, and how far it is. */
export interface OperationDocument {
  /** The application. */
  application: string
  /** When it began. */
  begun_at: Timestamp
  /** Who asked for it. */
  by: Actor
  /** When it reached its end, stopped or was abandoned. */
  ended_at?: Timestamp | undefined
  /** Why it stopped. */
  failures?: StepFailure[] | undefined
  /** Its id. */
  id: OperationId
  /**
   * Whether it is running by its record, but nobody carries it out: its process has ended. It can be resumed.
   */
  is_interrupted: boolean
  /** What it is for. */
  kind: PlanKind
  /** How many of its steps have ended, in percent. */
  percent: number
  /** Its state. */
  state: OperationState
  /** How many steps it has. */
  steps: number
  /** How many of them have ended. */
  steps_ended: number
  /** The tenant. */
  tenant: string
}

/** The id of an operation. Later ones sort after earlier ones. */
export type OperationId = string

/** The state of an operation. */
export type OperationState =
  /** It is carried out, or was until its process ended: see `is_interrupted`. */
  | 'running'
  /** It has reached its end. */
  | 'done'
  /** A step failed for good. It can be resumed or abandoned. */
  | 'stopped'
  /** It was given up. */
  | 'abandoned'

/** A value that the application shows to whoever deploys it. */
export interface Output {
  /** What it is. */
  description?: string | undefined
  /** Its name. */
  name: string
  /** What is missing in it until the application runs, such as an attribute of a service. */
  pending?: string | undefined
  /** Its value; secrets and host names in it stay references. */
  value: Value
}

/** What runs in one network: one stack in one environment. */
export interface Part {
  /** The environment that is this network. */
  environment: string
  /** The network. */
  network: Network
  /** The services, in the order of the template. */
  services: Service[]
  /** What stands here for services of other parts that its services connect to, sorted. */
  stand_ins?: StandIn[] | undefined
  /** The names of the volumes that its services mount, sorted. */
  volumes?: string[] | undefined
}

/** Why an image is to be copied. */
export type PendingCause =
  /** It was released. */
  | 'released'
  /** It was in production, and production was found to hold something else, or nothing. */
  | 'production_differs'

/** A count that a person set while no engine decided. */
export interface PersonsCount {
  /** The count. */
  count: number
  /** The service. */
  service: string
}

/** When a step is done. */
export type Phase =
  /** Before anything that runs is touched, but for a stack that is in the place of a new one. */
  | 'prepare'
  /** In a stage: it begins when all services of the stages before it are up. */
  | 'stage'
  /** When all stages are up. Until then all can be rolled back. */
  | 'finish'

/** A span of a file: `start` is the first point, `end` the point after the last character. */
export interface Place {
  /** The point after the last character. */
  end: Position
  /** The file's name as the caller gave it. */
  file: string
  /** The first point. */
  start: Position
}

/** What is to be done, and in which order. */
export interface Plan {
  /** The application. */
  application: string
  /** The operation that it becomes: a plan is carried out once, however often that is asked for. */
  id: string
  /** What it is for. */
  kind: PlanKind
  /** The steps, each after all that it comes after. */
  steps: Step[]
  /** The tenant. */
  tenant: string
}

/** A plan with what is to be known of it. */
export interface PlanDocument {
  /** The warnings of the template. */
  diagnostics: Diagnostics
  /** The id of the operation that it becomes. */
  id: OperationId
  /** What will be done. */
  plan: Plan
}

/** What a plan is for. */
export type PlanKind =
  /** An application is deployed that was not there. */
  | 'deploy'
  /** The count of one service's containers changes. */
  | 'scale'
  /** An application goes; its volumes stay. */
  | 'remove'

/** A port that containers listen on. */
export interface Port {
  /** The port inside the containers. */
  container: number
  /** Whether and where it is published on hosts. */
  external?: External | undefined
  /** `tcp` or `udp`. */
  protocol: Protocol
}

/** A point in a text. */
export interface Position {
  /** The column in characters (Unicode scalar values), from 1. */
  column: number
  /** The line, from 1. */
  line: number
  /** The offset in bytes of the UTF-8 text, from 0. */
  offset: number
}

/** What production holds under the name of an image, as far as is known. */
export interface ProductionOfImage {
  /**
   * Who released what was last seen there, and when; absent: it did not come by a release, or that is not
   * known.
   */
  approval?: ImageApproval | undefined
  /** What copies may have put there since then: those of which nobody knows how they ended. */
  perhaps?: ImageDigest[] | undefined
  /** What was last seen there; absent: nobody has looked yet. */
  seen?: SeenInProduction | undefined
}

/** What becomes different for one member. */
export type ProjectChange =
  | ProjectChangeAdd
  | ProjectChangeChange
  | ProjectChangeRemove

/** It becomes a member. */
export interface ProjectChangeAdd {
  change: 'add'
  /** The name of the user. */
  name: string
  /** Its role. */
  role: HarborRole
}

/** Its role changes. */
export interface ProjectChangeChange {
  change: 'change'
  /** The number of its role now. */
  from: number
  /** The id of the membership. */
  id: number
  /** The name of the user. */
  name: string
  /** Its role then. */
  to: HarborRole
}

/** It is a member no longer. */
export interface ProjectChangeRemove {
  change: 'remove'
  /** The id of the membership. */
  id: number
  /** The name of the user or the group. */
  name: string
  /** The number of its role now. */
  role_id: number
}

/** The Harbor project of an image namespace with its members. */
export interface ProjectMembers {
  /** The members of the project, all of them. */
  members?: HarborMember[] | undefined
  /** The names of those that the platform put there. */
  ours?: string[] | undefined
  /** The name of the project: that of the namespace. */
  project: string
  /** The registry that it is in. */
  registry: Registry
  /**
   * The users that belong to the namespace, by their ids in Keystone. Tenant administrators need not stand in
   * it.
   */
  users?: string[] | undefined
}

/** What to do in one Harbor project, member by member. */
export interface ProjectPlan {
  /** What becomes different. It may be nothing, if a member is only marked as ours. */
  changes: ProjectChange[]
  /** The names of those that are the platform's afterwards. */
  ours: string[]
  /** The name of the project. */
  project: string
  /** The registry. */
  registry: Registry
}

/** How far an image is on its way to production. */
export type PromotionState =
  | PromotionStateInDevelopment
  | PromotionStatePendingSync
  | PromotionStateSyncing
  | PromotionStateSynced
  | PromotionStateGone

/**
 * It was deleted in test while it was being copied; it is kept until that copy has ended, so that there is
 * never a second one beside it.
 */
export interface PromotionStateGone {
  /** What was released, and is being copied. */
  approval: ImageApproval
  /** Why it was to be copied. */
  cause: PendingCause
  /** The copy, with its lease. */
  copy: ImageCopy
  kind: 'gone'
  /** Since when it was to be copied. */
  since: string
  /**
   * Whether something else was pushed since the copy began: when it has ended, the image is in development.
   */
  superseded?: boolean | undefined
}

/** What every pushed image starts as. */
export interface PromotionStateInDevelopment {
  kind: 'in_development'
}

/** The states as words. One that is superseded has a word of its own. */
export type PromotionStateName =
  /** It was pushed, and nobody has released what is there now. */
  | 'in_development'
  /** A senior member has released it for production; the digest is pinned. */
  | 'pending_sync'
  /** It is being copied, under a lease. */
  | 'syncing'
  /**
   * It is being copied, and something else was pushed since: what comes of the copy is recorded, and it is in
   * development.
   */
  | 'superseded'
  /** Production was seen to hold the digest that was released. */
  | 'synced'
  /** It was deleted while it was being copied; it is kept until the copy has ended. */
  | 'gone'

/** It was released, and is to be copied. */
export interface PromotionStatePendingSync {
  /** What was released. */
  approval: ImageApproval
  /** How many copies did not get there since then. */
  attempts: number
  /** Why it is to be copied. */
  cause: PendingCause
  /** How the last of them failed. */
  failure?: CopyFailure | undefined
  kind: 'pending_sync'
  /** When production was last found to have no namespace of that name; it is asked again each period. */
  namespace_missing?: string | undefined
  /** Since when it is to be copied: a period is counted from here. */
  since: string
}

/** Production holds the same digest. */
export interface PromotionStateSynced {
  /** What was released, and is in production. */
  approval: ImageApproval
  /** When production was first seen to hold it. */
  at: string
  kind: 'synced'
}

/** It is being copied. */
export interface PromotionStateSyncing {
  /** What was released, and is being copied. */
  approval: ImageApproval
  /** Why it was to be copied. */
  cause: PendingCause
  /** The copy, with its lease. */
  copy: ImageCopy
  kind: 'syncing'
  /** Since when it was to be copied. */
  since: string
  /**
   * Whether something else was pushed since the copy began: when it has ended, the image is in development.
   */
  superseded?: boolean | undefined
}

/**
 * Who sees what is mounted later below a path of the host that containers see. Those with `r` hold for all
 * mounts below it too.
 */
export type Propagation =
  /** Only who mounts it. */
  | 'private'
  /** As `private`, for all below. */
  | 'rprivate'
  /** The containers and the host. */
  | 'shared'
  /** As `shared`, for all below. */
  | 'rshared'
  /** The containers see what the host mounts, and not the other way round. */
  | 'slave'
  /** As `slave`, for all below. */
  | 'rslave'

/** The transport protocol of a port. */
export type Protocol =
  /** TCP. */
  | 'tcp'
  /** UDP. */
  | 'udp'

/** An entry of the journal of a publication: how it was from then on. */
export interface PublicationEntry {
  /** What is to be shown: exactly this. */
  digest: ImageDigest
  /** The image. */
  image: ImageName
  /** Its number; the first is 1. */
  number: number
  /** Who asked. */
  requested: PublicationEntryRequested
  /** What became of it. */
  state: PublicationState
  /** The id of the tenant that owns it. */
  tenant: string
}

/** Who asked. */
export interface PublicationEntryRequested {
  /** When. */
  at: string
  /** What journals call the user. */
  by: Actor
  /** Why, if that was said. */
  reason?: string | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** What became of a request. */
export type PublicationState =
  | PublicationStateRequested
  | PublicationStateApproved
  | PublicationStateRejected
  | PublicationStateWithdrawn
  | PublicationStateLapsed

/** An auditor said yes: it is shown to all. */
export interface PublicationStateApproved {
  /** When. */
  at: string
  /** What journals call the user. */
  by: Actor
  kind: 'approved'
  /** Why, if that was said. */
  reason?: string | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** The image was deleted. */
export interface PublicationStateLapsed {
  /** When that was seen. */
  at: string
  kind: 'lapsed'
}

/** Which `PublicationState` it is, as a word. */
export type PublicationStateName =
  /** Asked for. */
  | 'requested'
  /** Shown to all. */
  | 'approved'
  /** Not shown, or not any more. */
  | 'rejected'
  /** Taken back. */
  | 'withdrawn'
  /** Gone with its image. */
  | 'lapsed'

/** An auditor said no, at once or later, with a reason. */
export interface PublicationStateRejected {
  /** When. */
  at: string
  /** What journals call the user. */
  by: Actor
  kind: 'rejected'
  /** Why, if that was said. */
  reason?: string | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** Nothing yet: an auditor is to look at it. */
export interface PublicationStateRequested {
  kind: 'requested'
}

/** The tenant took it back. */
export interface PublicationStateWithdrawn {
  /** When. */
  at: string
  /** What journals call the user. */
  by: Actor
  kind: 'withdrawn'
  /** Why, if that was said. */
  reason?: string | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** A publication, as it is shown. */
export interface PublicationStatus {
  /** What is to be shown: exactly this. */
  digest: ImageDigest
  /** The image. */
  image: ImageName
  /** Who asked, when, and what was said to the auditor. */
  requested: PublicationStatusRequested
  /** What became of it. */
  state: PublicationState
  /** How far it is, as a word. */
  status: PublicationStateName
  /** The tenant whose it is. */
  tenant: string
}

/** Who asked, when, and what was said to the auditor. */
export interface PublicationStatusRequested {
  /** When. */
  at: string
  /** What journals call the user. */
  by: Actor
  /** Why, if that was said. */
  reason?: string | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** A port that a service takes on the hosts of its network. */
export interface PublishedPort {
  /** The port inside its containers. */
  container: number
  /** The port on hosts: given, or allocated by the platform. */
  external: External
  /** The network. */
  network: string
  /** `tcp` or `udp`. */
  protocol: Protocol
  /** The service. */
  service: string
}

/** Something that a user wants to do. */
export interface Question {
  /** What it wants to do. */
  action: AccessAction
  /** To what kind of resource. */
  kind: ResourceKind
  /** The image namespace that it is in. */
  namespace?: string | undefined
  /** The id of the tenant that owns it; the platform owns it if not given. */
  tenant?: string | undefined
}

/** An identity of Rancher's access control. */
export interface RancherIdentity {
  /** Its id there: for LDAP a distinguished name. */
  external_id: string
  /** What sort of identity it is, such as `ldap_user` or `rancher_id`. */
  external_id_type: string
}

/** A member of an environment. */
export interface RancherMember {
  /** Who. */
  identity: RancherIdentity
  /** Its role, by its name in Rancher: it may be one that is not known here. */
  role: string
}

/**
 * A Rancher server and the key to it. Without a URL and keys, those of the file are used, and without a file
 * those of the environment: `RANCHER_URL`, `RANCHER_ACCESS_KEY`, `RANCHER_SECRET_KEY`.
 */
export interface RancherOptions {
  /** The access key of an API key. */
  access_key?: string | undefined
  /**
   * Talk to a server without TLS, where anybody between can read the keys. Addresses of this machine need no
   * such word.
   */
  allow_plain_http?: boolean | undefined
  /**
   * A file with lines `RANCHER_URL=…`, `RANCHER_ACCESS_KEY=…`, `RANCHER_SECRET_KEY=…` that only its owner can
   * read.
   */
  credentials_file?: string | undefined
  /** Use the proxy that the environment names. */
  proxy_of_environment?: boolean | undefined
  /** The secret key that goes with it. */
  secret_key?: string | undefined
  /** The address, such as `https://rancher.bank.test`. */
  url?: string | undefined
}

/** The role of a member of an environment of Rancher 1.6 (`projectMember.role`). */
export type RancherRole =
  /** Views. Environment variables are hidden from it. */
  | 'readonly'
  /** All but members, the stacks of the infrastructure, and hosts. */
  | 'restricted'
  /** All but members. */
  | 'member'
  /** All, the environment itself included. */
  | 'owner'

/** Which role of a backend each role of a tenant is there; null: it is no member. */
export interface RancherRoleMap {
  /** A user who reads only. */
  read_only?: RancherRole | undefined
  /** A restricted member. */
  restricted_member?: RancherRole | undefined
  /** A senior member. */
  senior_member?: RancherRole | undefined
  /** A tenant administrator. */
  tenant_administrator?: RancherRole | undefined
  /** What they may there although they may not here: each by name, and why. */
  widenings?: Widening[] | undefined
}

/** Who the users of one domain are in Rancher. */
export interface RancherRule {
  /** Their ids there. */
  external_id: string
  /** What sort of identity they are. */
  external_id_type: string
}

/** A version of Rancher, such as `1.6.30`. */
export type RancherVersion = string

/** When a service counts as up. */
export type Ready =
  /** It is there. (It shall have no containers.) */
  | 'created'
  /** It is active. (It has no health check.) */
  | 'active'
  /** It is active, and its health check passes. */
  | 'healthy'
  /** Its containers have run and ended. (It runs once.) */
  | 'started_once'

/** Why a service cannot be changed in place. */
export type Reason =
  /** Containers, a load balancer and something outside are different things. */
  | 'kind_changed'
  /** From a number of containers to one on every host, or back: an upgrade is refused. */
  | 'everywhere_changed'
  /** It became part of another service, or was one. */
  | 'unit_changed'
  /** An upgrade does not touch something outside the platform. */
  | 'address_changed'
  /** Containers that keep their addresses cannot start before the old ones stop: an upgrade is refused. */
  | 'starts_first_with_its_address'

/** One of the two registries. */
export type Registry =
  /** Where tenants send their images. */
  | 'test'
  /** Where the platform alone sends them, once they are released. */
  | 'production'

/** A container registry and as whom it is asked: as a user, by a token, or as nobody. */
export interface RegistryOptions {
  /**
   * Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need
   * no such word.
   */
  allow_plain_http?: boolean | undefined
  /** Its password, or what the registry's endpoint for tokens takes as one. */
  password?: string | undefined
  /** A token that is sent as it is, in the place of a user. */
  token?: string | undefined
  /** The address, such as `https://registry.bank.test`. */
  url: string
  /** The user. */
  username?: string | undefined
}

/** A checked application, split and staged: what is deployed. The files per network are renderings of it. */
export interface Release {
  /** The application's name. */
  application: string
  /** What it is for, and how. */
  backend: Backend
  /** The application's description. */
  description?: string | undefined
  /** Which environments must be linked, each pair once. */
  environment_links?: EnvironmentLink[] | undefined
  /** What the firewall between networks must let through. */
  flows?: Flow[] | undefined
  /** The version of this format. */
  format: number
  /** Images, each once, sorted. */
  images?: ImageUse[] | undefined
  /** Log files to collect. */
  log_sources?: LogSource[] | undefined
  /** Outputs. */
  outputs?: Output[] | undefined
  /** One part for each network with services, in the order of the template. Each part is one stack. */
  parts: Part[]
  /** Scaling plans. */
  policies?: ScalingPolicy[] | undefined
  /** Ports that are taken on hosts. */
  ports?: PublishedPort[] | undefined
  /** Secret inputs and the answers that carry them. */
  secrets?: Secret[] | undefined
  /** The name of the stack in every environment. */
  stack: string
  /** What is activated one after the other. */
  stages: Stage[]
  /** The volumes that services mount. */
  volumes?: Volume[] | undefined
}

/** The difference of two releases. */
export interface ReleasesCompared {
  /** Whether anything is different. */
  differ: boolean
  /** All of it. */
  difference: Difference
  /** The services that changed, with their neighbours, as a Mermaid flowchart. */
  mermaid: string
  /** The same for people. */
  text: string
}

/** A service that only stands elsewhere among those of its network. */
export interface Reordered {
  /** The network. */
  network: string
  /** Where it stands now, from 0. */
  position: number
  /** The service. */
  service: string
}

/** How problems are told as text. */
export type ReportStyle =
  /** With the lines that they are in, and help. */
  | 'human'
  /** One line each. */
  | 'short'

/** A request that the sandbox got, and what became of it. */
export interface RequestRecord {
  /** When it came, in milliseconds since the sandbox's start, by its clock. */
  at: number
  /** The body, if it was JSON. */
  body: unknown
  /** The fault that hit it, as faults are written in JSON. */
  fault: string | null
  /** The id of the resource that the answer shows. */
  id: string | null
  /** The HTTP method. */
  method: string
  /** Counts from 1. */
  number: number
  /** The path, without the query. */
  path: string
  /** The query, without the question mark; empty if there is none. */
  query: string
  /** The status of the answer, also where a fault kept the answer from arriving; 0 if nothing was done. */
  status: number
}

/** A kind of resource. */
export type ResourceKind =
  /**
   * What the platform knows of a Keystone project: its networks and servers. The project itself is
   * Keystone's.
   */
  | 'tenant'
  /** Which users have which roles in a tenant. */
  | 'membership'
  /** A flat network with its addresses and its security level. */
  | 'network'
  /** What a network is in Rancher: a project. */
  | 'environment'
  /** What joins two environments of a tenant. */
  | 'environment_link'
  /** A machine that runs containers. */
  | 'host'
  /** A file server that holds volumes. */
  | 'nfs_server'
  /** A folder on a file server, for containers to mount. */
  | 'volume'
  /** A port of hosts that is open to the outside. */
  | 'port'
  /** What one template describes: a stack in each network. */
  | 'application'
  /** Containers of one image, with a scale. */
  | 'service'
  /** One running container. */
  | 'container'
  /** A TOSCA template. */
  | 'template'
  /** A template that is offered for deployment. */
  | 'catalogue_entry'
  /** When a service is scaled. */
  | 'scaling_policy'
  /** When somebody is told that something is wrong. */
  | 'alarm_rule'
  /** Which logs are collected, and where they go. */
  | 'log_source'
  /** What monitoring shows of services and hosts. */
  | 'monitor_view'
  /** Who did what, and when. Nobody changes one. */
  | 'audit_event'
  /** A namespace of the image registries: a project of Harbor. */
  | 'image_namespace'
  /** Which users belong to an image namespace. */
  | 'namespace_member'
  /** An image in the test registry. */
  | 'image'
  /** An image in the production registry. The promotion of the platform alone sends it there. */
  | 'production_image'
  /** How far an image is on its way to production. */
  | 'image_state'
  /** When the images of a namespace go to production. */
  | 'sync_rule'
  /** A request to show an image to other tenants, and what became of it. */
  | 'publication'

/** Limits and reservations of one container. */
export interface Resources {
  /** The most CPU, in thousandths of a core. */
  cpu_limit_millis?: number | undefined
  /** CPU kept free for it, in thousandths of a core. */
  cpu_reservation_millis?: number | undefined
  /** The most memory, in bytes. */
  memory_limit_bytes?: number | undefined
  /** Memory kept free for it, in bytes. */
  memory_reservation_bytes?: number | undefined
}

/** A role of the platform. Those of a tenant are ordered: each may all that the next may. */
export type Role =
  /** May everything in every tenant, but for approving publications and pushing to production. */
  | 'platform_administrator'
  /** Manages what the tenant has, and authorises its users. */
  | 'tenant_administrator'
  /**
   * May everything in the tenant but for authorising users and operating basic resources (networks,
   * environments, hosts, file servers).
   */
  | 'senior_member'
  /** As a senior member; of images, pushes and pulls those of the namespaces that it belongs to. */
  | 'restricted_member'
  /** Views what the tenant has. */
  | 'read_only'
  /** Approves publications, and may nothing else. */
  | 'publication_auditor'

/**
 * Which role a role of Keystone is here, by its name. Names are compared without regard to case, as
 * Keystone's policies do; those that are not in it give nothing.
 */
export interface RoleNames {
  /** What roles on a project are: roles of a tenant. */
  project?: Record<string, Role> | undefined
  /** What roles on the system are: roles for the whole platform. */
  system?: Record<string, Role> | undefined
}

export type Roles = Role[]

/** One rule of a load balancer. */
export interface Route {
  /** The host name asked for; absent: any. */
  host?: string | undefined
  /** The port that listens. */
  listen: number
  /** The path asked for; absent: any. */
  path?: string | undefined
  /** The port of that service's containers. */
  port: number
  /** Rules with a lower number are tried first. */
  priority?: number | undefined
  /** What is spoken there. */
  protocol: RouteProtocol
  /** The services that it leads to, if they are not of this application. */
  selector?: Selector | undefined
  /** The service that it leads to; empty if `selector` says which. */
  service?: string | undefined
}

/** What a load balancer's port speaks. */
export type RouteProtocol =
  /** HTTP. */
  | 'http'
  /** HTTP over TLS, which ends here. */
  | 'https'
  /** Bytes. */
  | 'tcp'
  /** Bytes over TLS, which ends here. */
  | 'tls'
  /** TLS passed on unopened, chosen by its server name. */
  | 'sni'

/** What holds inside a window. */
export type Rule =
  | RuleMetric
  | RuleFixed

/** The count is fixed. */
export interface RuleFixed {
  /** At what. */
  count: FixedCount
  kind: 'fixed'
}

/** The number of an alarm rule. */
export type RuleId = string

/** The count follows a metric. */
export interface RuleMetric {
  /** The count stays within these. */
  bounds: Bounds
  kind: 'metric'
  /** Below this it scales in. */
  lower?: number | Threshold | undefined
  /** `cpu`, `memory` or any monitored name. */
  metric: string
  /** By so many at a time, where the threshold is a bare number. */
  step?: number | undefined
  /** For so long a threshold that is a bare number must be passed, in milliseconds. */
  sustained_for_ms?: number | undefined
  /** Above this it scales out. */
  upper?: number | Threshold | undefined
}

/** Where a sandbox is, and the administrator's key to it. */
export interface SandboxAccess {
  /** The access key. */
  access_key: string
  /** The secret key. */
  secret_key: string
  /** The address, such as `http://127.0.0.1:40123`. */
  url: string
}

/** The id of what was added, and a key to it. */
export interface SandboxKey {
  /** The access key. */
  access_key: string
  /** The id, such as `1a5`. */
  id: string
  /** The secret key. */
  secret_key: string
}

/** The number of containers, before and after. */
export interface ScaleChange {
  /**
   * The bounds of its scaling policy, if it has one: the count that this chose stays, unless they exclude it.
   */
  elastic?: Bounds | undefined
  /** How many there were to be. */
  from: number
  /** How many there are to be. */
  to: number
}

/** A service to be put into an engine. */
export interface ScaledServiceInput {
  /** How many containers it has. Of a service that is there already nobody asks. */
  count: number
  /** Whether its back end lets containers drain by itself, so that it is told the new count at once. */
  drains_itself?: boolean | undefined
  /** Its policy, as it stands in `release.json`. */
  policy: ScalingPolicy
  /** The name of the service in the engine, such as `shop/web`. */
  service: string
}

/** What is to be done with a service. */
export type ScalingAct =
  | ScalingActScale
  | ScalingActDrain
  | ScalingActCancelDrain
  | ScalingActArm

/**
 * These alarm rules are the ones to watch from now on, and no others. Whoever watches all of them for ever
 * need not do anything: alarms of closed windows are dropped.
 */
export interface ScalingActArm {
  kind: 'arm'
  /** The rules, in the order of the policy. */
  rules: AlarmRule[]
}

/** Let all containers take requests again. The count has not changed. */
export interface ScalingActCancelDrain {
  /** Why. */
  cause: ScalingCancelCause
  /** The count that stands. */
  count: number
  kind: 'cancel_drain'
}

/**
 * Let some of its containers take no new requests. A `scale` follows when the time has come, or a
 * `cancel_drain`. While one is going on, another changes how many are to drain, and until when.
 */
export interface ScalingActDrain {
  /** Why. */
  cause: ScalingCause
  /** The count that stands. */
  from: number
  kind: 'drain'
  /** The count that will be set. */
  to: number
  /** When the containers are to be stopped. */
  until: string
}

/** Set its count. */
export interface ScalingActScale {
  /** Why. */
  cause: ScalingCause
  /** The count that stood. */
  from: number
  kind: 'scale'
  /** The count to set. */
  to: number
}

/**
 * What is to be done with a service, and why: an action as it is kept in journals and given to programs in
 * other languages, with the service's name and a sentence.
 */
export type ScalingAction =
  | ScalingActionScale
  | ScalingActionDrain
  | ScalingActionCancelDrain
  | ScalingActionArm

/**
 * These alarm rules are the ones to watch from now on, and no others. Whoever watches all of them for ever
 * need not do anything: alarms of closed windows are dropped.
 */
export interface ScalingActionArm {
  /** When it was decided. */
  at: string
  kind: 'arm'
  /** Why, in a sentence. */
  reason: string
  /** The rules, in the order of the policy. */
  rules: AlarmRule[]
  /** Its number among all actions of its engine, from 1 on, without gaps. */
  sequence: number
  /** The service. */
  service: string
}

/** Let all containers take requests again. The count has not changed. */
export interface ScalingActionCancelDrain {
  /** When it was decided. */
  at: string
  /** Why. */
  cause: ScalingCancelCause
  /** The count that stands. */
  count: number
  kind: 'cancel_drain'
  /** Why, in a sentence. */
  reason: string
  /** Its number among all actions of its engine, from 1 on, without gaps. */
  sequence: number
  /** The service. */
  service: string
}

/**
 * Let some of its containers take no new requests. A `scale` follows when the time has come, or a
 * `cancel_drain`. While one is going on, another changes how many are to drain, and until when.
 */
export interface ScalingActionDrain {
  /** When it was decided. */
  at: string
  /** Why. */
  cause: ScalingCause
  /** The count that stands. */
  from: number
  kind: 'drain'
  /** Why, in a sentence. */
  reason: string
  /** Its number among all actions of its engine, from 1 on, without gaps. */
  sequence: number
  /** The service. */
  service: string
  /** The count that will be set. */
  to: number
  /** When the containers are to be stopped. */
  until: string
}

/** Set its count. */
export interface ScalingActionScale {
  /** When it was decided. */
  at: string
  /** Why. */
  cause: ScalingCause
  /** The count that stood. */
  from: number
  kind: 'scale'
  /** Why, in a sentence. */
  reason: string
  /** Its number among all actions of its engine, from 1 on, without gaps. */
  sequence: number
  /** The service. */
  service: string
  /** The count to set. */
  to: number
}

/** What came due. */
export interface ScalingAdvance {
  /** What is to be done, in the order of deadlines. */
  actions: ScalingAction[]
  /** Whether all that was due has had its turn. If not, another call goes on. */
  is_done: boolean
}

/** What monitoring says of an alarm rule of a service. */
export interface ScalingAlarm {
  /** When monitoring saw it; now if not given. */
  at?: string | Date | undefined
  /**
   * Whether its sender never says that an alarm has resolved: one that is not repeated in time is over then.
   */
  never_resolves?: boolean | undefined
  /** The id of the rule. */
  rule: RuleId
  /** The service. */
  service: string
  /** What it is. */
  state: AlarmState
  /** The measured value, to be shown; nothing is decided by it. */
  value?: number | undefined
}

/** Why containers need not drain any more. */
export type ScalingCancelCause =
  | ScalingCancelCauseAlarm
  | ScalingCancelCauseWindow
  | ScalingCancelCausePerson
  | ScalingCancelCauseDisabled
  | ScalingCancelCauseRemoved

/** An alarm asks for more. */
export interface ScalingCancelCauseAlarm {
  because: 'alarm'
  /** The rule that asked. */
  rule: RuleId
  /** Its window. */
  window: string
}

/** Scaling of the service was disabled. */
export interface ScalingCancelCauseDisabled {
  because: 'disabled'
}

/** A person set the count. */
export interface ScalingCancelCausePerson {
  because: 'person'
}

/** The policy was taken away. */
export interface ScalingCancelCauseRemoved {
  because: 'removed'
}

/** A window's edge, or a new policy, asks for at least as many. */
export interface ScalingCancelCauseWindow {
  because: 'window'
}

/** Why a count changes. */
export type ScalingCause =
  | ScalingCauseWindow
  | ScalingCauseRestored
  | ScalingCauseAlarm
  | ScalingCauseDrained
  | ScalingCauseBounds
  | ScalingCauseRemoved

/** An alarm fired. */
export interface ScalingCauseAlarm {
  because: 'alarm'
  /** The rule that asked. */
  rule: RuleId
  /** Out or in. */
  side: Side
  /** The value that was measured last, if it was told. */
  value?: number | undefined
  /** Its window. */
  window: string
}

/** A new policy came while containers drained, and its least is higher than what they drained to. */
export interface ScalingCauseBounds {
  because: 'bounds'
}

/** The time of those that drained is over. */
export interface ScalingCauseDrained {
  because: 'drained'
}

/** The policy was taken away, with the wish to go back to the count from before. */
export interface ScalingCauseRemoved {
  because: 'removed'
}

/** No fixed window is open any more: back to the count from before. */
export interface ScalingCauseRestored {
  because: 'restored'
  /** Who chose the count that is gone back to. */
  chosen_by: ChosenBy
  /** What brought it about. */
  trigger: ScalingTrigger
  /** The window that was left. */
  window?: string | undefined
}

/** A fixed window is open, and holds this count. */
export interface ScalingCauseWindow {
  because: 'window'
  /** What brought it about. */
  trigger: ScalingTrigger
  /** The window. */
  window: string
}

/** What there is to be known of an engine. */
export interface ScalingEngineStatus {
  /** The latest time that it was told; the beginning of 1970 if it was told none. */
  now: string
  /** How many services it has. */
  services: number
  /** The version of its time zone database. */
  time_zones: string
  /** The version that its snapshot was made with, if that was another: edges may be others than before. */
  time_zones_were?: string | undefined
}

/** What is open, armed and on hold for a service, until when, and why. */
export interface ScalingExplained {
  /** All of it. */
  explanation: ScalingExplanation
  /** The same for people. */
  text: string
}

/** What is open, armed and on hold for a service, until when, and why. */
export interface ScalingExplanation {
  /** Whether the engine decides for it: its policy is enabled, and nobody has disabled it. */
  active: boolean
  /** What is known of its alarms. */
  alarms: AlarmShown[]
  /** The alarm rules that are watched now. */
  armed: AlarmRule[]
  /** The instant that this is about. */
  at: string
  /** The count that it goes back to when no fixed window is open any more. */
  baseline?: number | undefined
  /** Who chose that count. */
  baseline_by?: ChosenBy | undefined
  /** What alarms may move the count to now. */
  bounds: Bounds
  /** The count that stands. */
  count: number
  /** Containers that drain. */
  drain?: DrainShown | undefined
  /** What has come due and was not asked for yet: the engine was not told of this instant. */
  due: ScalingAct[]
  /** Why no alarm moves the count; nothing if one does now. */
  hold?: ScalingHold | undefined
  /** The next edge of a window. */
  next_edge?: string | undefined
  /** No alarm scales in before, since the engine was started again. */
  no_scale_in_until?: string | undefined
  /** The windows that are open. */
  open: OpenWindow[]
  /** No alarm acts before. */
  quiet_until?: string | undefined
  /** How many containers run, as was told last. */
  running: number
  /** The service. */
  service: string
}

/** Why an alarm moves nothing, now. */
export type ScalingHold =
  | ScalingHoldUnknownService
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

/** The count is at its most, or beyond. */
export interface ScalingHoldAtMaximum {
  because: 'at_maximum'
  /** The most. */
  most: number
}

/** The count is at its least, or below. */
export interface ScalingHoldAtMinimum {
  because: 'at_minimum'
  /** The least. */
  least: number
}

/** No alarm fires. */
export interface ScalingHoldCalm {
  because: 'calm'
}

/** Scaling of the service is disabled. */
export interface ScalingHoldDisabled {
  because: 'disabled'
}

/** Containers drain already. */
export interface ScalingHoldDraining {
  because: 'draining'
  /** Until when. */
  until: string
}

/** A fixed window is open. */
export interface ScalingHoldFixedWindow {
  because: 'fixed_window'
  /** The window. */
  window: string
}

/** Something newer is known of this rule. */
export interface ScalingHoldLate {
  because: 'late'
}

/** A metric is missing, so that nobody knows: nothing is scaled in. */
export interface ScalingHoldNoData {
  because: 'no_data'
}

/** Other open rules do not ask to scale in. */
export interface ScalingHoldNotAll {
  because: 'not_all'
}

/** The threshold has not been passed for long enough since the window opened. */
export interface ScalingHoldNotSustained {
  because: 'not_sustained'
  /** When it will have been. */
  until: string
}

/** After an action no alarm acts for a while. */
export interface ScalingHoldQuiet {
  because: 'quiet'
  /** When what still fires is judged. */
  until: string
}

/** This very notification has come before. */
export interface ScalingHoldRepeated {
  because: 'repeated'
}

/** Nothing is scaled in soon after a restart. */
export interface ScalingHoldRestarted {
  because: 'restarted'
  /** Until when. */
  until: string
}

/** An alarm was not repeated in time, so that nobody knows: nothing is scaled in. */
export interface ScalingHoldStaleAlarm {
  because: 'stale_alarm'
}

/** The service's policy has no such rule; it may have had one before it was changed. */
export interface ScalingHoldUnknownRule {
  because: 'unknown_rule'
}

/** No such service. */
export interface ScalingHoldUnknownService {
  because: 'unknown_service'
}

/** The window of the rule is closed: the alarm is dropped. */
export interface ScalingHoldWindowClosed {
  because: 'window_closed'
}

/** All scaling rules of one service. */
export interface ScalingPolicy {
  /** The count never leaves these by the plan's own act. */
  bounds: Bounds
  /** Whether it counts at all. */
  enabled?: boolean | undefined
  /** The service. */
  service: string
  /** The IANA time zone of all its windows. */
  time_zone: string
  /** The windows, in the order of the template. */
  windows: Window[]
}

/** What looking through a scaling policy tells. */
export interface ScalingPolicyLinted {
  /** Whether there are no errors; there may be warnings. */
  accepted: boolean
  /** All problems, without places: they name the windows. */
  diagnostics: Diagnostics
}

/** What becomes of the count when a policy is taken away. */
export type ScalingRemoval =
  /** It goes back to what it was before the fixed window that is open. */
  | 'restore'
  /** It stays. */
  | 'leave'

/** What brought a window's rule about. */
export type ScalingTrigger =
  /** Its time has come. */
  | 'edge'
  /**
   * Edges were missed, while the engine did not run or was late. They are not made up for: this is what holds
   * now.
   */
  | 'caught_up'
  /** The service is new to the engine. */
  | 'added'
  /** The policy was replaced by another. */
  | 'replaced'
  /** Scaling of the service was enabled. */
  | 'enabled'

/** What an alarm leads to. */
export interface ScalingVerdict {
  /** What is to be done. */
  actions: ScalingAction[]
  /** Why the alarm moves nothing, if it does not. */
  hold?: ScalingHold | undefined
  /** The same as a sentence. */
  reason?: string | undefined
}

/** A secret input and the answer of the stack call that carries its value. */
export interface Secret {
  /** The answer's name: the files say `${answer}`. */
  answer: string
  /** The input's name. */
  input: string
}

/** A secret of the platform that containers read from a file below `FOLDER`. */
export interface SecretFile {
  /** The name of the file. */
  file: string
  /** The number of the group that the file belongs to. */
  group?: number | undefined
  /** Who may do what with it, in octal digits. */
  mode?: string | undefined
  /** The name of the secret in the environment. */
  secret: string
  /** The number of the user who owns the file. */
  user?: number | undefined
}

/** What containers may do beyond their own walls, and what is taken from them. */
export interface Security {
  /** Linux capabilities that are added, such as `NET_ADMIN`; `ALL`: all of them. */
  add_capabilities?: string[] | undefined
  /** Devices of the host: `/dev/x`, `/dev/x:/dev/y` or `/dev/x:/dev/y:rwm`. */
  devices?: string[] | undefined
  /** Linux capabilities that are taken away; `ALL`: all of them. */
  drop_capabilities?: string[] | undefined
  /** Shares memory and semaphores with the host. */
  host_ipc?: boolean | undefined
  /** Folders and files of the host. */
  host_mounts?: HostMount[] | undefined
  /** The network of the host instead of one of its own. */
  host_network?: boolean | undefined
  /** Sees the processes of the host. */
  host_pid?: boolean | undefined
  /** All that root of the host may do. */
  privileged?: boolean | undefined
  /** Whether the container's own file system cannot be written. */
  read_only_root?: boolean | undefined
  /** Security options of Docker, such as `no-new-privileges`. */
  security_opt?: string[] | undefined
  /** The user that it runs as, `user` or `user:group`; absent: the image's. */
  user?: string | undefined
}

/** What was seen under a name. */
export interface SeenInProduction {
  /** When it was first seen to be so. */
  at: string
  /** The digest; absent: there is nothing under that name. */
  digest?: ImageDigest | undefined
}

/** A piece of a `Text`. */
export type Segment =
  | string
  | SegmentSecret
  | SegmentHost

/** The host name by which the service that reads the text reaches another. */
export interface SegmentHost {
  /** The other service's name. */
  host_of: string
}

/** The value of a secret input. */
export interface SegmentSecret {
  /** The input's name. */
  secret: string
}

/** Services that a load balancer finds by their labels, whatever application they belong to. */
export interface Selector {
  /** The environment that this network is; known when the release is planned. */
  environment?: string | undefined
  /** Labels that they have. */
  labels: Record<string, string>
  /** The network that they are on; absent: that of the load balancer. */
  network?: string | undefined
}

/**
 * A node of the application: a container image with a count, a load balancer, or a name for something
 * outside.
 */
export type Service =
  | ServiceContainer
  | ServiceLoadBalancer
  | ServiceExternalHost
  | ServiceExternalAddresses

/** Containers of one image. */
export interface ServiceContainer {
  /** Rules about the hosts that it may run on. */
  affinities?: Affinity[] | undefined
  /**
   * Absolute paths in the containers that are volumes without a name: each lives and dies with its container.
   */
  anonymous_volumes?: string[] | undefined
  /** Arguments; empty: the image's own. */
  command?: Text[] | undefined
  /** Files that are put into the containers. */
  configuration_files?: ConfigurationFile[] | undefined
  /** Program and first arguments; empty: the image's own. */
  entrypoint?: Text[] | undefined
  /** Environment variables. */
  environment?: Record<string, Text> | undefined
  /** One container on every host; the scale means nothing then. */
  everywhere?: boolean | undefined
  /** How to see whether a container works. */
  health_check?: HealthCheck | undefined
  /** Labels that a host must have. */
  host_affinity?: Record<string, string> | undefined
  /** What the container calls itself; absent: a name that the platform makes. */
  hostname?: string | undefined
  /** The image: `registry/repository:tag`. */
  image: string
  kind: 'container'
  /** Labels of the containers. */
  labels?: Record<string, Text> | undefined
  /** What it reaches and waits for, in the order of the template. */
  links?: Link[] | undefined
  /** Folders with log files to collect. */
  log_files?: LogFiles[] | undefined
  /** Volumes that it uses. */
  mounts?: Mount[] | undefined
  /** Its name, unique in the application; others reach it by this name. */
  name: string
  /** The name of the network that it is in. */
  network: string
  /** Ports that the containers listen on. */
  ports?: Port[] | undefined
  /**
   * Keys of Rancher's compose files that have no other word here, with their values. Only Rancher gets them.
   */
  rancher?: Record<string, Value> | undefined
  /** Limits and reservations. */
  resources?: Resources | undefined
  /** Whether a job that fails is started again. */
  restart_on_failure?: boolean | undefined
  /** A job: started once, and done when it ends. */
  run_once?: boolean | undefined
  /** The initial count of containers. */
  scale: number
  /** Secrets of the platform that the containers read from files. */
  secret_files?: SecretFile[] | undefined
  /** What it may do to its host, and what it gives up. */
  security?: Security | undefined
  /** The service that it runs beside. */
  sidekick?: Sidekick | undefined
  /** Whether the input of the program stays open. */
  stdin_open?: boolean | undefined
  /** Time between asking a container to stop and stopping it. */
  stop_grace_ms?: number | undefined
  /** Whether the program has a terminal. */
  tty?: boolean | undefined
  /** How a new version replaces the old. */
  update?: UpdateStrategy | undefined
  /**
   * The names of services that run beside it whose volumes it sees, at the same paths, besides what its
   * `sidekick` says.
   */
  volumes_from?: string[] | undefined
  /** The absolute folder that the program starts in; absent: the image's own. */
  working_dir?: string | undefined
}

/** What became of one service that is not as it was. */
export interface ServiceDifference {
  /** The service that it runs beside: both are one unit, which is upgraded as a whole. */
  beside?: string | undefined
  /** All else that changed. */
  changes?: Change[] | undefined
  /** What became of it. */
  fate: Fate
  /** What it reaches, and waits for, now and before. */
  links?: Change[] | undefined
  /** The network that it was in before, if that was another. */
  moved_from?: string | undefined
  /** The network that it is in; of one that was removed, was in. */
  network: string
  /** Where among the services of its network it is, from 0, if it was not in this network before. */
  position?: number | undefined
  /** Why it cannot be changed in place. */
  reasons?: Reason[] | undefined
  /** The number of its containers, if it changed. */
  scale?: ScaleChange | undefined
  /** Its name. */
  service: string
  /** Its stage, or that of the service that it runs beside, if the release has it. */
  stage?: number | undefined
  /**
   * The volumes because of which the old containers are stopped before the new ones start: both write to
   * them, and they are not for several writers.
   */
  stopped_first_for?: string[] | undefined
  /** All of it, if it was added, as it is, or removed, as it was. */
  whole?: Service | undefined
}

/** By its IP addresses. */
export interface ServiceExternalAddresses {
  addresses: string[]
  kind: 'external'
  /** What it reaches and waits for, in the order of the template. */
  links?: Link[] | undefined
  /** Its name, unique in the application; others reach it by this name. */
  name: string
  /** The name of the network that it is in. */
  network: string
}

/** By its host name. */
export interface ServiceExternalHost {
  host: string
  kind: 'external'
  /** What it reaches and waits for, in the order of the template. */
  links?: Link[] | undefined
  /** Its name, unique in the application; others reach it by this name. */
  name: string
  /** The name of the network that it is in. */
  network: string
}

/** A load balancer. */
export interface ServiceLoadBalancer {
  /** The name of the certificate that ends encryption. */
  certificate?: string | undefined
  /** The names of further certificates, of which the host name asked for chooses one. */
  certificates?: string[] | undefined
  kind: 'load_balancer'
  /** What it reaches and waits for, in the order of the template. */
  links?: Link[] | undefined
  /** Its name, unique in the application; others reach it by this name. */
  name: string
  /** The name of the network that it is in. */
  network: string
  /** Rules, in the order of the template. */
  routes: Route[]
  /** How many of it run. */
  scale: number
  /** How it keeps a client with the same instance; absent: it does not. */
  stickiness?: Stickiness | undefined
}

/** How a service is. */
export interface ServiceStatus {
  /** How many it has. */
  current_scale?: number | undefined
  /** Where it can be reached from outside: `address:port`, sorted. */
  endpoints?: string[] | undefined
  /** Its health, in Rancher's word. */
  health?: string | undefined
  /** Its image, if it has one. */
  image?: string | undefined
  /** What Rancher says of what is under way. */
  message?: string | undefined
  /** Its name. */
  name: string
  /** How many containers it shall have. */
  scale?: number | undefined
  /** Its state, in Rancher's word. */
  state: string
}

/** How much a diagnostic matters. */
export type Severity =
  /** Worth knowing; the template is used as it is. */
  | 'warning'
  /** The template cannot be used. */
  | 'error'

/** Which threshold of a metric window. */
export type Side =
  /** Passed when the metric is above it: out. */
  | 'upper'
  /** Passed when the metric is below it: in. */
  | 'lower'

/**
 * That a service runs beside each container of another: on the same host, in the same number, started and
 * stopped with it.
 */
export interface Sidekick {
  /** The name of the other service. */
  of: string
  /** Whether it has the address and the ports of the other. */
  share_network?: boolean | undefined
  /** Whether it sees the volumes of the other. */
  volumes_from?: boolean | undefined
}

/** What is assumed of a service and of those who watch it. */
export interface SimulationModel {
  /** The share of its memory that a busy container uses, where the trace says nothing of memory. */
  memory_busy?: number | undefined
  /** The share of its memory that an idle container uses, where the trace says nothing of memory. */
  memory_idle?: number | undefined
  /** How long what cannot be served at once waits before it is lost; seconds. */
  patience_seconds?: number | undefined
  /** How often metrics are measured; seconds. */
  sample_seconds?: number | undefined
  /** How long a new container takes until it serves; seconds. */
  start_seconds?: number | undefined
}

/** A stack of an application. */
export interface Stack {
  /** Where it is. */
  environment: Environment
  /** What its key (`externalId`) begins with, so that one of somebody else is never taken for it. */
  key: string
  /** Its name. */
  name: string
}

/** Something that is asked for: a question of a stack, or an input of a template. */
export interface StackInput {
  /** Its value if none is given, as text. Secrets have none. */
  default?: string | undefined
  /** What it is for. */
  description?: string | undefined
  /** The least whole number. */
  least?: number | undefined
  /** The most characters. */
  max_length?: number | undefined
  /** The fewest characters. */
  min_length?: number | undefined
  /** The largest whole number. */
  most?: number | undefined
  /** Its name. */
  name: string
  /** Whether a value must be given. */
  required: boolean
  /** Whether its value is a secret. */
  secret: boolean
  /** `string`, `integer` or `boolean`. */
  type: string
  /** The values that it can have; empty: any. */
  valid_values?: string[] | undefined
}

/** The questions of a stack. */
export interface StackQuestions {
  /** The questions, in the order of the file. */
  questions: StackInput[]
}

/**
 * What is activated together. A stage begins when everything of the stages before it is active and healthy.
 */
export interface Stage {
  /** In this order, without waiting in between. */
  activations: Activation[]
  /** From 1. */
  number: number
}

/** A service of a stack that leads to one of the same name in another environment. */
export interface StandIn {
  /** How it leads there. */
  by: StandInBy
  /** The name of both. */
  service: string
}

/** How a `StandIn` leads to its service. */
export type StandInBy =
  | 'labels'
  | StandInByAddress

/** By where it is reached from other environments. */
export interface StandInByAddress {
  /** Something outside the platform that services reach by the node's name. */
  address: StandInByAddressAddressExternalHost | StandInByAddressAddressExternalAddresses
}

/** By its IP addresses. */
export interface StandInByAddressAddressExternalAddresses {
  addresses: string[]
}

/** By its host name. */
export interface StandInByAddressAddressExternalHost {
  host: string
}

/** One thing to do, under a key that is unique in its plan and stays the same however often it is tried. */
export interface Step {
  /** What it does. */
  action: Action
  /** The keys of the steps that must have ended before. */
  after?: string[] | undefined
  /** Its key: `stack/dmz`, `activate/core/ledger`. */
  key: string
  /** The stage of the release that it belongs to, if it belongs to one. */
  stage?: number | undefined
}

/** Why a step did not reach its end. */
export interface StepFailure {
  /** What is done about it. */
  class: Class
  /** A stable code: of a step, a diagnostic, or the client. */
  code: string
  /** What to do. */
  help?: string | undefined
  /** What went wrong and where. */
  message: string
  /** The step's key. */
  step: string
  /** What it was to do, in words. */
  title: string
}

/** How a step ended. */
export type StepResult =
  /** It was done. */
  | 'done'
  /** It had been done by a call whose answer was lost. */
  | 'adopted'
  /** There was nothing to do. */
  | 'already_so'

/** How a load balancer keeps a client with the same instance: by a cookie. */
export interface Stickiness {
  /** The cookie's name. */
  cookie: string
  /** The domain that it is for. */
  domain?: string | undefined
  /** Whether it is taken out before a request goes on to the service. */
  indirect?: boolean | undefined
  /** Who sets it. */
  mode: CookieMode
  /** Whether answers that set it are kept out of caches. */
  no_cache?: boolean | undefined
  /** Whether only answers to `POST` requests set it. */
  post_only?: boolean | undefined
}

/**
 * A user with all that decides what it may: its roles for the whole platform, its roles in tenants, and the
 * image namespaces that it belongs to.
 */
export interface Subject {
  /** Its name, to show. */
  name?: string | undefined
  /**
   * The image namespaces that it belongs to. Without a role in the tenant of a namespace that gives nothing.
   */
  namespaces?: string[] | undefined
  /** Its roles for the whole platform. */
  platform?: Roles | undefined
  /** Its roles in tenants, by the id of the tenant: that of its project in Keystone. */
  tenants?: Record<string, TenantGrant> | undefined
  /** The id of the user in Keystone. */
  user: string
}

/** What a sweep could not look at, or did not believe. Nothing was concluded from it. */
export interface SweepFailure {
  /** What went wrong, as a word. */
  kind: CopyFailureKind
  /** What went wrong, in a sentence. */
  message: string
  /** The namespace, if it is about one. */
  namespace?: string | undefined
  /** The repository, image or registry, if it is about one. */
  what?: string | undefined
}

/** What a sweep found. */
export interface SweepReport {
  /**
   * What was not as it was recorded: it was pushed, deleted, or changed in production, and nobody had told of
   * it.
   */
  changes: ImageChange[]
  /** What could not be looked at, and what was seen and not believed. */
  failures: SweepFailure[]
  /** How many images the test registry has in them. */
  images: number
  /** How many namespaces were looked at. */
  namespaces: number
}

/**
 * A time between two looks, in whole seconds: from a minute to thirty days. In documents it is a number of
 * seconds.
 */
export type SyncPeriod = number

/**
 * When the released images of a namespace are copied to production. A namespace has one rule or none; without
 * one nothing of it is copied. Another rule takes its place, for all that is waiting too.
 */
export type SyncRule =
  | SyncRuleManual
  | SyncRuleAutomatic

/** By itself, so long after the release; a person can say so before. */
export interface SyncRuleAutomatic {
  kind: 'automatic'
  /**
   * The time between the release and the copy, and between questions for a namespace that production lacks.
   */
  period: SyncPeriod
}

/** When a person says so. */
export interface SyncRuleManual {
  kind: 'manual'
}

/** Which tags of a namespace: those of any pattern, if there are any, and of no excluded one. */
export interface TagFilter {
  /** The tags that are not meant. */
  exclude?: TagPattern[] | undefined
  /** The tags that are meant; none: all. */
  include?: TagPattern[] | undefined
}

/** Some tags: by their text (`1.*`), or as versions (`versions >=1.2, <3`). */
export type TagPattern = string

/** Where a release goes. */
export interface TargetDocument {
  /** Where the hosts of networks are reached from others: host names or IP addresses. */
  addresses?: Record<string, string[]> | undefined
  /** Environments of networks whose environment has another name than the network. */
  environments?: Record<string, string> | undefined
  /**
   * How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
   */
  link_strategy?: LinkStrategy | undefined
  /** The image that load balancers run. */
  load_balancer_image?: string | undefined
  /** The version of the Rancher server, such as `1.6.15`; `1.6.30` if not given. */
  rancher?: string | undefined
  /** The name of the stacks; the application's if not given. */
  stack?: string | undefined
}

/** A tenant, with its networks and its file servers. */
export interface Tenant {
  /** Its name. */
  name: string
  /** Its networks. Each is one environment. */
  networks?: TenantNetwork[] | undefined
  /** The file servers that hold its volumes. */
  nfs_servers?: NfsServer[] | undefined
  /** The id of its project in Keystone, by which users have roles in it; absent: its name. */
  project?: string | undefined
}

/** What checking a tenant file tells. */
export interface TenantChecked {
  /** All problems, in the order of their places. */
  diagnostics: Diagnostics
  /** The tenant, unless there are errors. */
  tenant?: Tenant | undefined
}

/** The roles of a user in a tenant. */
export interface TenantGrant {
  /** Whether the tenant is disabled or deleted in Keystone: then the roles give nothing until it is back. */
  frozen?: boolean | undefined
  /** The roles. */
  roles: Roles
}

/** A user of the tenant with its roles there. */
export interface TenantMember {
  /** Whether it is disabled in Keystone. */
  disabled?: boolean | undefined
  /** Its roles in the tenant. Those for the whole platform make nobody a member. */
  roles: Roles
  /** The user. */
  user: KeystoneUser
}

/** A network of a tenant. */
export interface TenantNetwork {
  /** The environment that it is: its name, or its id (`1a7`). */
  environment: string
  /** Its name, by which templates know it. */
  name: string
  /** The security domain that it belongs to. */
  security_domain?: string | undefined
  /** How sensitive what runs in it is: `low`, `medium` or `high`; absent: nobody said. */
  security_level?: string | undefined
}

/** A network of a tenant. */
export interface TenantNetworkInput {
  /** The environment that it is: its name, or its id (`1a7`); the network's name if not given. */
  environment?: string | undefined
  /** Its name, by which templates know it. */
  name: string
  /** The security domain that it belongs to. */
  security_domain?: string | undefined
  /** How sensitive what runs in it is: `low`, `medium` or `high`; not known if not given. */
  security_level?: string | undefined
}

/**
 * A string that may hold references to secret inputs, whose values are never in it, and to the host names of
 * services, which depend on who reads them.
 */
export type Text =
  | string
  | TextWithReferences

/** Strings and references, one after the other. */
export interface TextWithReferences {
  /** The pieces. */
  with_references: Segment[]
}

/** What a metric must pass, for how long, and how far the count goes then. */
export interface Threshold {
  /** By so many at a time. */
  step?: number | undefined
  /** For so long it must be passed, in milliseconds. */
  sustained_for_ms?: number | undefined
  /** The value to pass; of `cpu` and `memory` a share of what the service may use, from 0 to 1. */
  value: number
}

/** A local time of day, to the minute: `22:30`. */
export type TimeOfDay = string

/** A plan over a stretch of time: counts, decisions with their causes, load, and what it comes to. */
export interface Timeline {
  /** What the policy allows. */
  bounds: Bounds
  /** The count from the beginning on, and each time that it changes. */
  counts: TimelineStep[]
  /** What the engine decided; rules that are armed are not listed. */
  decisions: ScalingAction[]
  /** The first instant. */
  from: string
  /** Alarms that moved nothing, with the reason, each time that the reason changes. */
  held: TimelineHeld[]
  /** Each minute. */
  minutes: TimelineMinute[]
  /** The service. */
  service: string
  /** What it comes to. */
  summary: TimelineSummary
  /** The time zone of its windows. */
  time_zone: string
  /** The instant after the last. */
  until: string
  /** When windows are open, in the order of the policy, each by time. */
  windows: TimelineBand[]
}

/** A window that is open. */
export interface TimelineBand {
  /** Where the count stays, if it is a metric one. */
  bounds?: Bounds | undefined
  /** The count that it holds, if it is a fixed one. */
  count?: number | undefined
  /** Since when, in the time that is shown. */
  from: string
  /** Until when, in the time that is shown. */
  until: string
  /** Its name. */
  window: string
}

/** What one of them comes to. */
export interface TimelineCompared {
  /** How often the count changed. */
  changes: number
  /** Containers times hours. */
  container_hours: number
  /** The lowest count. */
  least: number
  /** What was lost because nobody could serve it, if the load tells. */
  lost?: TimelineLost | undefined
  /** The highest count. */
  most: number
  /** Seconds in which some upper threshold was passed, of all windows together. */
  seconds_above: number
}

/** What two time-lines of the same load come to. */
export interface TimelineComparison {
  /** The one. */
  first: TimelineCompared
  /** The other. */
  second: TimelineCompared
}

/** An alarm that moved nothing. */
export interface TimelineHeld {
  /** When. */
  at: string
  /** Why it moved nothing. */
  hold: ScalingHold
  /** The same as a sentence. */
  reason: string
  /** The rule. */
  rule: RuleId
  /** Its window. */
  window: string
}

/** What was lost because nobody could serve it. */
export interface TimelineLost {
  /** In hours of one container. */
  container_hours: number
  /** Of all that there was to do, from 0 to 1. */
  share: number
}

/** How it stood at the beginning of a minute. */
export interface TimelineMinute {
  /** The minute. */
  at: string
  /** How many containers there were. */
  count: number
  /** What there was to do, in containers that it keeps busy, if the load tells. */
  demand?: number | undefined
  /** The metrics that rules look at, in the order of the summary's; none: not measured. */
  metrics: (number | null)[]
  /** How many of them served. */
  serving: number
}

/** For how long a threshold was passed. */
export interface TimelinePassed {
  /** The metric. */
  metric: string
  /** For so many seconds. */
  seconds: number
  /** Upper or lower. */
  side: Side
  /** The threshold. */
  threshold: number
  /** The window. */
  window: string
}

/**
 * A minute as a record: `at`, `local` (the clock of the time zone), `window`, `count`, `draining`, `serving`,
 * `demand`, and each metric that rules look at under its name (with `metric_` before it where another column
 * has that name). What was not measured is null.
 */
export type TimelineRow = { [name: string]: string | number | null }

/** The count from an instant on. */
export interface TimelineStep {
  /** The instant. */
  at: string
  /** How many containers there are. */
  count: number
  /** How many of them take no new requests. */
  draining: number
}

/** What a time-line comes to. */
export interface TimelineSummary {
  /** For how long each upper threshold was passed while its window was open. */
  above: TimelinePassed[]
  /** Containers, draining ones too, times hours. */
  container_hours: number
  /** The lowest count. */
  least: number
  /** What was lost because nobody could serve it; nothing if the load tells no demand. */
  lost?: TimelineLost | undefined
  /** The metrics that rules look at. */
  metrics: string[]
  /** The highest count. */
  most: number
  /** How often the count was lowered. */
  scaled_in: number
  /** How often the count was raised. */
  scaled_out: number
}

/** Two time-lines beside each other. */
export interface TimelinesCompared {
  /** What each of them comes to. */
  comparison: TimelineComparison
  /** The same as a table for people. */
  text: string
}

/** A point in time: milliseconds since the Unix epoch. */
export type Timestamp = number

/** What is done to a service because of others. */
export type Touch =
  /** Made anew, in another stack or another environment. */
  | 'recreated'
  /** New containers take the place of the old ones. */
  | 'upgraded'
  /** Its links are set again; its containers stay. */
  | 'relinked'
  /**
   * The rules of a load balancer, or those by which load balancers reach it, are set again; its containers
   * stay.
   */
  | 'rerouted'

/**
 * A service that an update touches because of others: of one that is as it was, this is all that happens to
 * it.
 */
export interface TouchedService {
  /** The network that it is in. */
  network: string
  /** Its name. */
  service: string
  /** Its stage, if the release has it. */
  stage?: number | undefined
  /** What is done to it. */
  touch: Touch
  /** Why. */
  why: string
}

/** How a new version replaces the old. */
export interface UpdateStrategy {
  /** So many containers at once. */
  batch_size: number
  /** Time between batches. */
  interval_ms?: number | undefined
  /** Start new containers before old ones are stopped. */
  start_first: boolean
}

/** What a step does. */
export type UpgradeAction =
  /** People open a flow between networks. */
  | 'open_flow'
  /** People make sure that two environments are linked. */
  | 'link_environments'
  /** Makes a volume, if it is not there. */
  | 'create_volume'
  /** Makes a stack without starting it. */
  | 'create_stack'
  /** Makes a service and starts it. */
  | 'create_service'
  /** Stops the containers of a service. */
  | 'stop_service'
  /** Puts new containers in the place of old ones. */
  | 'upgrade_service'
  /** Sets the links of a service. */
  | 'relink_service'
  /** Sets the rules by which load balancers lead to services. */
  | 'reroute_service'
  /** Sets how many containers a service has. */
  | 'scale_service'
  /** Removes the old containers of an upgraded service, which cannot be rolled back then. */
  | 'finish_upgrade'
  /** Removes a service. */
  | 'remove_service'
  /** Removes a stack with all that is in it; volumes stay. */
  | 'remove_stack'
  /** Gives a scaling policy to what carries it out. */
  | 'set_policy'
  /** Takes a scaling policy away from what carries it out. */
  | 'remove_policy'
  /** Collects log files, or those that changed. */
  | 'collect_logs'
  /** No longer collects log files. */
  | 'leave_logs'
  /** A port of hosts is free for others. */
  | 'free_port'
  /** People can close a flow between networks. */
  | 'close_flow'

/** One thing that an update does. Steps are to be shown; their order is the one in which they are done. */
export interface UpgradeStep {
  /** What is done. */
  action: UpgradeAction
  /** To what: the name of a service, a volume, a stack, a flow. */
  name: string
  /** The network in which it is done. */
  network?: string | undefined
  /** When it is done. */
  phase: Phase
  /** The stage of the new release in which it is done, if it is done in one. */
  stage?: number | undefined
  /** Why. */
  why?: string | undefined
}

/**
 * What JSON can say, with secrets as references: a value of an output, or of a key that only a back end
 * knows.
 */
export type Value =
  | null
  | boolean
  | number
  | Text
  | Value[]
  | { [name: string]: Value }

/** Where a value is, such as `ports[8080/tcp].external`. */
export type ValuePath = string

/** Storage that outlives containers: a folder on a file server. */
export interface Volume {
  /** Who may write; absent: whatever the storage allows. */
  access?: Access | undefined
  /** Whether the tenant has it already. */
  existing: boolean
  /** Its name within the tenant. */
  name: string
  /** The server that holds it; without one the tier decides. */
  server?: string | undefined
  /** Size in bytes. */
  size_bytes?: number | undefined
  /** The class of storage, such as `gold`. */
  tier?: string | undefined
}

/** What an image waits for that is to be copied. */
export type WaitsFor =
  | WaitsForTime
  | WaitsForPerson
  | WaitsForRule

/** For a person who says so: by the rule, or because what went wrong does not pass by itself. */
export interface WaitsForPerson {
  kind: 'person'
}

/** For a rule: the namespace has none. */
export interface WaitsForRule {
  kind: 'rule'
}

/** For a time. */
export interface WaitsForTime {
  /** When it comes. */
  at: string
  kind: 'time'
}

/** A day of the week. */
export type Weekday =
  /** Monday. */
  | 'mon'
  /** Tuesday. */
  | 'tue'
  /** Wednesday. */
  | 'wed'
  /** Thursday. */
  | 'thu'
  /** Friday. */
  | 'fri'
  /** Saturday. */
  | 'sat'
  /** Sunday. */
  | 'sun'

/** A right that a role has in a backend although it has it not here. */
export interface Widening {
  /** What it does. */
  action: AccessAction
  /** To what. */
  kind: ResourceKind
  /** Why that is accepted, and what holds it in check. */
  reason: string
  /** Whose. */
  role: Role
}

/**
 * A half-open span `[from, to)` of local time in a cycle, with one rule. `from > to` crosses midnight, `from
 * == to` is the whole day.
 */
export interface Window {
  /** The days. */
  cycle?: Cycle | undefined
  /** Whether it counts. */
  enabled?: boolean | undefined
  /** When it begins. */
  from: TimeOfDay
  /** On scale-in: time between "take no new traffic" and "stop", in milliseconds. */
  grace_ms?: number | undefined
  /** The policy's name in the template. */
  name: string
  /** After an action alarms cause none for this long, in milliseconds. */
  retrigger_ms?: number | undefined
  /** What holds inside it. */
  rule: Rule
  /** When it ends. */
  to: TimeOfDay
}

/** What was written. Paths are below the folder, with `/`. */
export interface WrittenFiles {
  /** Files that were not there before. */
  created: string[]
  /** The folder. */
  folder: string
  /** Files of an earlier translation that are no longer part of it. */
  removed: string[]
  /** Files that took the place of an older one. */
  replaced: string[]
  /** Files that were already as they should be, and were not touched. */
  unchanged: string[]
}

/** A zone with its registry. */
export interface Zone {
  /** What it is called. */
  name: ZoneName
  /**
   * Its registry, as images name it: `host` or `host:port`, maybe with folders that all images there are
   * below.
   */
  registry: string
}

/** Something that happened to an image. */
export interface ZoneChange {
  /** The image. */
  image: ImageName
  /** What happened. */
  what: ZoneHappening
}

/** An entry of the journal of an image in its zones. */
export type ZoneEntry =
  | ZoneEntryBelongs
  | ZoneEntryConflict
  | ZoneEntryCopied
  | ZoneEntryFailed
  | ZoneEntryReplaced
  | ZoneEntryTakenOver
  | ZoneEntryRetried
  | ZoneEntryGone

/** The tag belongs to this zone from now on. */
export interface ZoneEntryBelongs {
  /** When it was written. */
  at: string
  kind: 'belongs'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** A zone holds under the tag what nobody put there. */
export interface ZoneEntryConflict {
  /** When it was written. */
  at: string
  kind: 'conflict'
  /** Its number; the first is 1. */
  number: number
  /** What it holds. */
  there: ImageDigest
  /** The zone. */
  zone: ZoneName
}

/** It was copied to a zone. */
export interface ZoneEntryCopied {
  /** When it was written. */
  at: string
  /** What was copied. */
  digest: ImageDigest
  kind: 'copied'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** A copy to a zone failed. */
export interface ZoneEntryFailed {
  /** When it was written. */
  at: string
  /** What was to be copied. */
  digest: ImageDigest
  /** How it failed. */
  failure: CopyFailure
  kind: 'failed'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** It is in no zone any more. */
export interface ZoneEntryGone {
  /** When it was written. */
  at: string
  kind: 'gone'
  /** Its number; the first is 1. */
  number: number
}

/** A person said that what a zone holds may be replaced. */
export interface ZoneEntryReplaced {
  /** When it was written. */
  at: string
  /** What may be replaced there. */
  digest: ImageDigest
  kind: 'replaced'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** A person had a copy to a zone tried again. */
export interface ZoneEntryRetried {
  /** When it was written. */
  at: string
  kind: 'retried'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** A person said that what a zone holds is the right one. */
export interface ZoneEntryTakenOver {
  /** When it was written. */
  at: string
  kind: 'taken_over'
  /** Its number; the first is 1. */
  number: number
  /** The zone. */
  zone: ZoneName
}

/** Something that happened to an image in its zones. */
export type ZoneHappening =
  | ZoneHappeningBelongs
  | ZoneHappeningConflict
  | ZoneHappeningCopied
  | ZoneHappeningFailed
  | ZoneHappeningReplaced
  | ZoneHappeningTakenOver
  | ZoneHappeningRetried
  | ZoneHappeningGone

/** The tag belongs to this zone from now on. */
export interface ZoneHappeningBelongs {
  kind: 'belongs'
  /** The zone. */
  zone: ZoneName
}

/** A zone holds under the tag what nobody put there. */
export interface ZoneHappeningConflict {
  kind: 'conflict'
  /** What it holds. */
  there: ImageDigest
  /** The zone. */
  zone: ZoneName
}

/** It was copied to a zone. */
export interface ZoneHappeningCopied {
  /** What was copied. */
  digest: ImageDigest
  kind: 'copied'
  /** The zone. */
  zone: ZoneName
}

/** A copy to a zone failed. */
export interface ZoneHappeningFailed {
  /** What was to be copied. */
  digest: ImageDigest
  /** How it failed. */
  failure: CopyFailure
  kind: 'failed'
  /** The zone. */
  zone: ZoneName
}

/** It is in no zone any more. */
export interface ZoneHappeningGone {
  kind: 'gone'
}

/** A person said that what a zone holds may be replaced. */
export interface ZoneHappeningReplaced {
  /** What may be replaced there. */
  digest: ImageDigest
  kind: 'replaced'
  /** The zone. */
  zone: ZoneName
}

/** A person had a copy to a zone tried again. */
export interface ZoneHappeningRetried {
  kind: 'retried'
  /** The zone. */
  zone: ZoneName
}

/** A person said that what a zone holds is the right one. */
export interface ZoneHappeningTakenOver {
  kind: 'taken_over'
  /** The zone. */
  zone: ZoneName
}

/** What a zone is called: lower-case letters, digits and `-` between them, 63 characters at most. */
export type ZoneName = string

/** A zone with its registry, and as whom that is asked: as a user, by a token, or as nobody. */
export interface ZoneOptions {
  /**
   * Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need
   * no such word.
   */
  allow_plain_http?: boolean | undefined
  /** What the zone is called, such as `north`. */
  name: ZoneName
  /** Its password, or what the registry's endpoint for tokens takes as one. */
  password?: string | undefined
  /**
   * Its registry, as images name it, if that is not the host and port of the address:
   * `registry.north.bank.test/images`.
   */
  registry?: string | undefined
  /** A token that is sent as it is, in the place of a user. */
  token?: string | undefined
  /** The address of the registry, such as `https://registry.north.bank.test`. */
  url: string
  /** The user. */
  username?: string | undefined
}

/** Which zones have the images of a namespace. */
export interface ZoneRule {
  /** The namespace. */
  namespace: string
  /** The rule; none: images stay where they were pushed. */
  rule?: DistributionRule | undefined
  /** The tenant whose it is. */
  tenant: string
}

/** What a scan found. */
export interface ZoneScan {
  /** How many images are to be copied to a zone, or are being copied. */
  behind: number
  /** What nobody had told of. */
  changes: ZoneChange[]
  /** What could not be looked at. Nothing was concluded from it. */
  failures: ZoneScanFailure[]
  /** How many images there are in them, in any zone. */
  images: number
  /** How many namespaces were looked at: those with a rule. */
  namespaces: number
}

/** What a scan could not look at. */
export interface ZoneScanFailure {
  /** What went wrong, as a word. */
  kind: CopyFailureKind
  /** What went wrong, in a sentence. */
  message: string
  /** The namespace. */
  namespace: string
  /** The repository, if it is about one. */
  repository?: string | undefined
  /** The zone. */
  zone: ZoneName
}

/** How a zone stands with all images of a rule, or of several. */
export interface ZoneStatus {
  /** Images that are to be copied there, or are being copied. */
  behind: number
  /** Images of which the zone holds what nobody put there. */
  conflicts: number
  /** Images that are as they should be. */
  in_step: number
  /** The last failure of a copy to that zone that has not been made up for. */
  last_error?: CopyFailure | undefined
  /** Images of which nobody knows. */
  unknown: number
}

/** An image in its zones, as it was last seen. */
export interface ZonedImage {
  /** What that zone holds; none: it was deleted there, or nobody knows. */
  digest?: ImageDigest | undefined
  /** The image. */
  image: ImageName
  /**
   * The zone that the tag belongs to; none, if zones hold different things and nobody knows which is right.
   */
  origin?: ZoneName | undefined
  /** How it stands in each zone. */
  standings: Record<string, ImageStanding>
  /** The tenant whose it is. */
  tenant: string
}

/** All zones of a platform: each name once, each with a registry of its own. */
export type Zones = Zone[]
