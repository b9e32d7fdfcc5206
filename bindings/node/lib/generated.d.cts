// Written by `cargo xtask generate` from schema/interface.json: change the library, not this file.
import type { CallOptions } from './bases.cjs'
import * as bases from './bases.cjs'
import type * as types from './types.cjs'

export { CallOptions, Events, WaitOptions } from './bases.cjs'

/** What can be said to `check`. */
export interface CheckOptions {
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The text of a policy file: what templates may do; the default policy if not given. */
  policy?: string | undefined
  /** Tell the problems as text too, in this style. */
  report?: types.ReportStyle | undefined
}

/** What can be said to `translate`. */
export interface TranslateOptions {
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The text of a policy file: what templates may do; the default policy if not given. */
  policy?: string | undefined
  /** Where the release goes. */
  target?: types.TargetDocument | undefined
}

/** What can be said to `importStack`. */
export interface ImportStackOptions {
  /** Answers to what the stack asks, as texts. Without one the default of the question counts. */
  answers?: Record<string, string> | undefined
  /** The name of the environment, for files that ask for it; the network's if not given. */
  environment?: string | undefined
  /** The name of the application; that of the catalogue entry if not given. */
  name?: string | undefined
  /** The network that the services are placed in; `default` if not given. */
  network?: string | undefined
  /** The text of `rancher-compose.yml`. */
  rancherCompose?: string | undefined
}

/** What can be said to `exportTemplate`. */
export interface ExportTemplateOptions {
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The text of a policy file: what templates may do; the default policy if not given. */
  policy?: string | undefined
}

/** What can be said to `cloneTemplate`. */
export interface CloneTemplateOptions {
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The text of a policy file: what the clone may do; the default policy if not given. */
  policy?: string | undefined
  /**
   * The text of the file of the other tenant, which must have all that the clone names; not asked if not
   * given.
   */
  tenant?: string | undefined
}

/** What can be said to `checkTenant`. */
export interface CheckTenantOptions {
  /** The file's name in the places of problems; `tenant.yaml` if not given. */
  file?: string | undefined
}

/** What can be said to `simulateScaling`. */
export interface SimulateScalingOptions {
  /** For so long an alarm that fires is believed after its last notification; five minutes if not given. */
  alarmTtlMs?: number | undefined
  /** In place of a trace: so many containers are kept busy all the time. */
  constant?: number | undefined
  /** How many containers the service has before; the policy's least if not given. */
  count?: number | undefined
  /**
   * The day, such as `2026-11-23`, from midnight to midnight in the policy's time zone. A trace with instants
   * is taken from its beginning to its end if nothing is given.
   */
  date?: string | undefined
  /** In place of a day: until this instant, at most eight weeks later. */
  end?: string | Date | undefined
  /**
   * The load as CSV with a heading: `time` (times of a day, or instants), and `demand` (how many containers
   * it keeps busy) or metrics of each container such as `cpu` (from 0 to 1), best with the `count` of
   * containers of then. If no load is given: a working day that needs 70 percent of what the policy allows.
   */
  load?: string | undefined
  /** What is assumed of the service and of monitoring. */
  model?: types.SimulationModel | undefined
  /** In place of a trace: a working day that keeps at most so many containers busy. */
  officeDay?: number | undefined
  /** In place of a day: from this instant on. */
  start?: string | Date | undefined
}

/** What can be said to `newScalingEngine`. */
export interface NewScalingEngineOptions {
  /**
   * For so long an alarm that fires is believed after its last notification; five minutes if not given.
   * Senders repeat theirs within half of it.
   */
  alarmTtlMs?: number | undefined
}

/** What can be said to `decide`. */
export interface DecideOptions {
  /** The image namespace that it is in. */
  namespace?: string | undefined
  /** The id of the tenant that owns it; the platform owns it if not given. */
  tenant?: string | undefined
}

/** What can be said to `grantRoles`. */
export interface GrantRolesOptions {
  /** Which role a role of Keystone is here; the default names if not given. */
  names?: types.RoleNames | undefined
  /** The id of the project that they are on, with the scope `project`. */
  tenant?: string | undefined
}

/** What can be said to `planMembers`. */
export interface PlanMembersOptions {
  /** Its environments with those who are members now. */
  environments?: readonly types.EnvironmentMembers[] | undefined
  /** Whether the tenant is disabled or deleted in Keystone. */
  frozen?: boolean | undefined
  /** Which roles they have in the production registry; the default if not given. */
  productionRoles?: types.HarborRoleMap | undefined
  /** The Harbor projects of its image namespaces with those who are members now. */
  projects?: readonly types.ProjectMembers[] | undefined
  /** Which roles they have in Rancher; the default if not given. */
  rancherRoles?: types.RancherRoleMap | undefined
  /** Which roles they have in the test registry; the default if not given. */
  testRoles?: types.HarborRoleMap | undefined
}

/** What can be said to `connect`. */
export interface ConnectOptions extends CallOptions {
  /** The Harbor of the production registry. */
  harborProduction?: types.HarborOptions | undefined
  /** The Harbor of the test registry. */
  harborTest?: types.HarborOptions | undefined
  /** What copies images to production; `registry` if not given. */
  imageCopies?: types.ImageCopies | undefined
  /** Shows in the Harbor of the test registry by labels how far images are. */
  imageLabels?: boolean | undefined
  /**
   * Where the images of templates come from: what they name of these registries must be shown to their
   * tenant, and is taken from the registry of the zone that it is deployed in. Without it, images are taken
   * as templates say, and nobody asks whose they are.
   */
  imageSources?: types.ImageSources | undefined
  /** The Keystone that has users, projects and roles. Members are kept as it says. */
  keystone?: types.KeystoneOptions | undefined
  /** By which rules users of Keystone become members of environments and Harbor projects. */
  memberRules?: types.MembershipRules | undefined
  /** What each step may take. */
  policy?: types.ExecutionPolicyDocument | undefined
  /**
   * The name under which this process holds what it carries out, the same again after a restart. Processes
   * that share a store need one each.
   */
  process?: string | undefined
  /** The Rancher server. Without one, what is recorded can be read, and nothing deployed. */
  rancher?: types.RancherOptions | undefined
  /** The production registry, by its own API: where released images go. The login may push there. */
  registryProduction?: types.RegistryOptions | undefined
  /**
   * The test registry, by its own API: where images are pushed to. It goes together with the one of
   * production.
   */
  registryTest?: types.RegistryOptions | undefined
  /**
   * The values of secret inputs, by the inputs' names. They are sent with the calls that need them and kept
   * nowhere.
   */
  secrets?: Record<string, string> | undefined
  /**
   * The text of a policy file: what templates may do, whoever deploys them; the default policy if not given.
   */
  templatePolicy?: string | undefined
  /** The zones with their registries, between which images are kept in step. */
  zones?: readonly types.ZoneOptions[] | undefined
}

/** What can be said to `startSandbox`. */
export interface StartSandboxOptions {
  /** Environments to begin with. */
  environments?: readonly string[] | undefined
  /** How many hosts each new environment has; 1 if not given. */
  hosts?: number | undefined
  /** Let everything happen at once, where a real Rancher takes its time. */
  instant?: boolean | undefined
  /** The port; any free one if not given. */
  port?: number | undefined
  /** What ids, keys and jitter follow from: the same number gives the same answers; 1 if not given. */
  seed?: number | undefined
  /** The version that it says it is; `v1.6.30` if not given. */
  version?: string | undefined
  /** A clock that stands still until it is moved. */
  virtualClock?: boolean | undefined
}

/** What can be said to `graph`. */
export interface ReleaseGraphOptions {
  /** The language of the picture; Mermaid if not given. */
  format?: types.Graph | undefined
}

/** What can be said to `write`. */
export interface ReleaseWriteOptions {
  /** Overwrite files that no translation wrote, or that were changed since. */
  force?: boolean | undefined
}

/** What can be said to `upsert`. */
export interface ScalingEngineUpsertOptions {
  /** Whether its back end lets containers drain by itself, so that it is told the new count at once. */
  drainsItself?: boolean | undefined
}

/** What can be said to `remove`. */
export interface ScalingEngineRemoveOptions {
  /** What becomes of the count; it stays if not given. */
  removal?: types.ScalingRemoval | undefined
}

/** What can be said to `alarm`. */
export interface ScalingEngineAlarmOptions {
  /** When monitoring saw it; now if not given. */
  at?: string | Date | undefined
  /**
   * Whether its sender never says that an alarm has resolved: one that is not repeated in time is over then.
   */
  neverResolves?: boolean | undefined
  /** The measured value, to be shown; nothing is decided by it. */
  value?: number | undefined
}

/** What can be said to `advance`. */
export interface ScalingEngineAdvanceOptions {
  /**
   * At most so many services have their turn, so that calls stay short; then `is_done` says whether to call
   * again. All that are due if not given.
   */
  budget?: number | undefined
}

/** What can be said to `takeOver`. */
export interface ScalingEngineTakeOverOptions {
  /** Counts that people set meanwhile. */
  persons?: readonly types.PersonsCount[] | undefined
}

/** What can be said to `tenants.put`. */
export interface PlatformTenantsPutOptions extends CallOptions {
  /** Its networks. Each is one environment. */
  networks?: readonly types.TenantNetworkInput[] | undefined
  /** The file servers that hold its volumes. */
  nfsServers?: readonly types.NfsServerInput[] | undefined
  /** The id of its project in Keystone, by which users have roles in it; its name if not given. */
  project?: string | undefined
}

/** What can be said to `applications.check`. */
export interface PlatformApplicationsCheckOptions extends CallOptions {
  /** Where the hosts of networks are reached from others: host names or IP addresses. */
  addresses?: Record<string, string[]> | undefined
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /**
   * How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
   */
  linkStrategy?: types.LinkStrategy | undefined
  /** The image that load balancers run. */
  loadBalancerImage?: string | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** Tell the problems as text too, in this style. */
  report?: types.ReportStyle | undefined
  /** The name of the stacks; the application's if not given. */
  stack?: string | undefined
}

/** What can be said to `applications.plan`. */
export interface PlatformApplicationsPlanOptions extends CallOptions {
  /** Where the hosts of networks are reached from others: host names or IP addresses. */
  addresses?: Record<string, string[]> | undefined
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /**
   * How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
   */
  linkStrategy?: types.LinkStrategy | undefined
  /** The image that load balancers run. */
  loadBalancerImage?: string | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The name of the stacks; the application's if not given. */
  stack?: string | undefined
}

/** What can be said to `applications.deploy`. */
export interface PlatformApplicationsDeployOptions extends CallOptions {
  /** Where the hosts of networks are reached from others: host names or IP addresses. */
  addresses?: Record<string, string[]> | undefined
  /** Whether `template` is an archive (CSAR), in base64. Then what is imported is in the archive. */
  csar?: boolean | undefined
  /** The template's name in the places of problems, such as `bank.yaml`; `template.yaml` if not given. */
  file?: string | undefined
  /**
   * The local folder below which imported files may lie; no local file is read if it is not given. Not with
   * `imports`.
   */
  folder?: string | undefined
  /** Texts of files that can be imported, by their paths from the template's folder. */
  imports?: Record<string, string> | undefined
  /** Values of inputs: texts as they are, anything else as YAML reads it. Secrets do not belong here. */
  inputs?: Record<string, unknown> | undefined
  /** What the template may cost at most. */
  limits?: types.LimitsDocument | undefined
  /**
   * How services reach services in other environments; by name if not given and Rancher is 1.6.15 or later.
   */
  linkStrategy?: types.LinkStrategy | undefined
  /** The image that load balancers run. */
  loadBalancerImage?: string | undefined
  /** The application's name where the template gives none; the file's name if not given. */
  name?: string | undefined
  /** The name of the stacks; the application's if not given. */
  stack?: string | undefined
}

/** What can be said to `members.plan`. */
export interface PlatformMembersPlanOptions extends CallOptions {
  /** What becomes of members that the platform did not put there; as the rules say if not given. */
  foreign?: types.ForeignMembers | undefined
  /** How many members may lose rights; as the rules say if not given. */
  fuse?: number | undefined
}

/** What can be said to `members.apply`. */
export interface PlatformMembersApplyOptions extends CallOptions {
  /** What becomes of members that the platform did not put there; as the rules say if not given. */
  foreign?: types.ForeignMembers | undefined
  /** How many members may lose rights; as the rules say if not given. */
  fuse?: number | undefined
}

/** What can be said to `namespaces.setSyncRule`. */
export interface PlatformNamespacesSetSyncRuleOptions extends CallOptions {
  /**
   * The rule: `{"kind": "manual"}`, or `{"kind": "automatic", "period": 900}` with seconds from the release
   * on. Without one the namespace has none from now on, and its images do not go to production.
   */
  rule?: types.SyncRule | undefined
}

/** What can be said to `namespaces.setPersonal`. */
export interface PlatformNamespacesSetPersonalOptions extends CallOptions {
  /** The user, by its id in Keystone; none: the images are shown to the tenant. */
  user?: string | undefined
}

/** What can be said to `images.list`. */
export interface PlatformImagesListOptions extends CallOptions {
  /** Only those of this namespace. */
  namespace?: string | undefined
  /** Only those in this state. */
  state?: types.PromotionStateName | undefined
}

/** What can be said to `images.askForRelease`. */
export interface PlatformImagesAskForReleaseOptions extends CallOptions {
  /** What is said with it: one line, of at most 500 characters. */
  note?: string | undefined
}

/** What can be said to `images.askForSync`. */
export interface PlatformImagesAskForSyncOptions extends CallOptions {
  /** What is said with it: one line, of at most 500 characters. */
  note?: string | undefined
}

/** What can be said to `images.sweep`. */
export interface PlatformImagesSweepOptions extends CallOptions {
  /**
   * Whether what is missing in the test registry was deleted, however much it is: a person has seen to that.
   */
  acceptDeletions?: boolean | undefined
  /** Only this namespace. */
  namespace?: string | undefined
}

/** What can be said to `images.carryOn`. */
export interface PlatformImagesCarryOnOptions extends CallOptions {
  /**
   * How many copies this process carries out at once; 4 if not given. What does not fit is due the next time.
   */
  most?: number | undefined
}

/** What can be said to `images.keep`. */
export interface PlatformImagesKeepOptions extends CallOptions {
  /** How many copies this process carries out at once; 4 if not given. */
  copies?: number | undefined
  /** Seconds between two looks at what is due; 5 if not given. */
  lookSeconds?: number | undefined
  /** Seconds between two sweeps; 600 if not given. */
  sweepSeconds?: number | undefined
}

/** What can be said to `images.takeNotifications`. */
export interface PlatformImagesTakeNotificationsOptions {
  /** The header `Authorization` that came with it, if one came. */
  authorization?: string | undefined
}

/** What can be said to `images.takeHarborWebhook`. */
export interface PlatformImagesTakeHarborWebhookOptions {
  /** The header `Authorization` that came with it, if one came. */
  authorization?: string | undefined
}

/** What can be said to `mall.list`. */
export interface PlatformMallListOptions extends CallOptions {
  /** Only what is shown to all. */
  official?: boolean | undefined
  /** Only images with this text in their names. */
  search?: string | undefined
  /** Only what is shown to this tenant as a whole: what its applications may use. */
  tenant?: string | undefined
}

/** What can be said to `mall.publications`. */
export interface PlatformMallPublicationsOptions extends CallOptions {
  /** Only those that are so far. */
  state?: types.PublicationStateName | undefined
  /** Only those of this tenant's images. */
  tenant?: string | undefined
}

/** What can be said to `mall.publish`. */
export interface PlatformMallPublishOptions extends CallOptions {
  /** What is said to the auditor: one line, of at most 500 characters. */
  note?: string | undefined
}

/** What can be said to `zones.images`. */
export interface PlatformZonesImagesOptions extends CallOptions {
  /** Only those that are not in step. */
  onlyBehind?: boolean | undefined
}

/** What can be said to `zones.setRule`. */
export interface PlatformZonesSetRuleOptions extends CallOptions {
  /**
   * The rule: `{"zones": ["north", "south"], "tags": {"include": ["v*"]}}`. Without one the images of the
   * namespace stay where they are from now on; what was copied is kept.
   */
  rule?: types.DistributionRule | undefined
}

/** What can be said to `zones.carryOn`. */
export interface PlatformZonesCarryOnOptions extends CallOptions {
  /**
   * How many copies this process carries out at once; 4 if not given. What does not fit is due the next time.
   */
  most?: number | undefined
}

/** What can be said to `zones.keep`. */
export interface PlatformZonesKeepOptions extends CallOptions {
  /** How many copies this process carries out at once; 4 if not given. */
  copies?: number | undefined
  /** Seconds between two looks at what is due; 5 if not given. */
  lookSeconds?: number | undefined
  /** Seconds between two scans of a namespace; 600 if not given. */
  scanSeconds?: number | undefined
}

/** What can be said to `zones.takeNotifications`. */
export interface PlatformZonesTakeNotificationsOptions {
  /** The header `Authorization` that came with it, if one came. */
  authorization?: string | undefined
}

/** What can be said to `zones.takeHarborWebhook`. */
export interface PlatformZonesTakeHarborWebhookOptions {
  /** The header `Authorization` that came with it, if one came. */
  authorization?: string | undefined
}

/** What can be said to `operations.list`. */
export interface PlatformOperationsListOptions extends CallOptions {
  /** Only those of this tenant. */
  tenant?: string | undefined
}

/**
 * Checks a TOSCA template: all problems in one pass, each with its place. A template with problems is no
 * error of the call.
 *
 * @param template The text of the template; with `csar`, the archive.
 */
export function check(template: string, options?: CheckOptions): Promise<types.Checked>

/** As `check`, but on this thread, which does nothing else meanwhile. */
export function checkSync(template: string, options?: CheckOptions): types.Checked

/**
 * Translates a TOSCA template to a release: the files for each network, stages, links, ports. Fails with kind
 * `rejected` and all problems if there are errors.
 *
 * @param template The text of the template; with `csar`, the archive.
 */
export function translate(template: string, options?: TranslateOptions): Promise<Release>

/** As `translate`, but on this thread, which does nothing else meanwhile. */
export function translateSync(template: string, options?: TranslateOptions): Release

/**
 * Reads a stack of Rancher: Docker Compose of version 1 or 2 with `rancher-compose.yml`. Tells the TOSCA
 * template that says the same, and everything that is not the same. A stack with problems is no error of the
 * call.
 *
 * @param dockerCompose The text of `docker-compose.yml`.
 */
export function importStack(dockerCompose: string, options?: ImportStackOptions): Promise<types.ImportedStack>

/** As `importStack`, but on this thread, which does nothing else meanwhile. */
export function importStackSync(dockerCompose: string, options?: ImportStackOptions): types.ImportedStack

/**
 * What somebody who installs a stack of Rancher's catalogue is asked.
 *
 * @param rancherCompose The text of `rancher-compose.yml`.
 */
export function stackQuestions(rancherCompose: string): Promise<types.StackQuestions>

/** As `stackQuestions`, but on this thread, which does nothing else meanwhile. */
export function stackQuestionsSync(rancherCompose: string): types.StackQuestions

/**
 * Writes what a TOSCA template says as one template in the profile, for people to read: imports, functions
 * and other types resolved, secrets as inputs. Fails with kind `rejected` and all problems if there are
 * errors.
 *
 * @param template The text of the template; with `csar`, the archive.
 */
export function exportTemplate(template: string, options?: ExportTemplateOptions): Promise<string>

/** As `exportTemplate`, but on this thread, which does nothing else meanwhile. */
export function exportTemplateSync(template: string, options?: ExportTemplateOptions): string

/**
 * Takes a template to another tenant: the same text, in which only what a mapping names is changed. The clone
 * is read again, and is the old application with other names, and nothing else. Fails with kind `rejected`
 * and all problems if there are errors.
 *
 * @param template The text of the template; with `csar`, the archive.
 * @param mapping What the template names, and what the clone shall name instead.
 */
export function cloneTemplate(
  template: string,
  mapping: types.MappingDocument,
  options?: CloneTemplateOptions,
): Promise<types.ClonedTemplate>

/** As `cloneTemplate`, but on this thread, which does nothing else meanwhile. */
export function cloneTemplateSync(
  template: string,
  mapping: types.MappingDocument,
  options?: CloneTemplateOptions,
): types.ClonedTemplate

/**
 * Checks a tenant file: whose networks and file servers there are.
 *
 * @param text The text of the file.
 */
export function checkTenant(text: string, options?: CheckTenantOptions): Promise<types.TenantChecked>

/** As `checkTenant`, but on this thread, which does nothing else meanwhile. */
export function checkTenantSync(text: string, options?: CheckTenantOptions): types.TenantChecked

/**
 * Tells the difference of two releases: what became of each service, what else changed, and what an update
 * does. Fails with kind `invalid_request` if one is no release that this version reads.
 *
 * @param before The document of what there is: that of a translated template, or `release.json`.
 * @param after The document of what there is to be, likewise.
 */
export function diffReleases(before: unknown, after: unknown): Promise<types.ReleasesCompared>

/** As `diffReleases`, but on this thread, which does nothing else meanwhile. */
export function diffReleasesSync(before: unknown, after: unknown): types.ReleasesCompared

/**
 * Looks through a scaling policy: all that is wrong with it; and if nothing is, what it can hardly mean, such
 * as windows that never act and thresholds that flap, as warnings with the numbers. A policy with problems is
 * no error of the call.
 *
 * @param policy The policy, as it stands in `release.json`.
 */
export function lintScalingPolicy(policy: types.ScalingPolicy): Promise<types.ScalingPolicyLinted>

/** As `lintScalingPolicy`, but on this thread, which does nothing else meanwhile. */
export function lintScalingPolicySync(policy: types.ScalingPolicy): types.ScalingPolicyLinted

/**
 * The alarm rules of a policy: what monitoring is to watch for the service, with the id that comes back in
 * each alarm. The same rule has the same id always.
 *
 * @param policy The policy, as it stands in `release.json`.
 */
export function scalingAlarmRules(policy: types.ScalingPolicy): types.AlarmRule[]

/**
 * Tries a scaling policy out on a load, before anybody lets it loose: with the real engine, and small models
 * of the service and of monitoring. Fails with kind `rejected` and all problems of the policy, if it has any.
 *
 * @param policy The policy, as it stands in `release.json`.
 */
export function simulateScaling(
  policy: types.ScalingPolicy,
  options?: SimulateScalingOptions,
): Promise<Timeline>

/** As `simulateScaling`, but on this thread, which does nothing else meanwhile. */
export function simulateScalingSync(policy: types.ScalingPolicy, options?: SimulateScalingOptions): Timeline

/** A scaling engine without services. */
export function newScalingEngine(options?: NewScalingEngineOptions): ScalingEngine

/**
 * A scaling engine as it was when a snapshot of it was made: the same calls lead to the same actions. After a
 * time in which nobody decided, `take_over` is to be called next. Fails with kind `invalid_request` and the
 * code `scaling.snapshot_refused` if the bytes are no snapshot, or are damaged.
 *
 * @param snapshot What `snapshot` gave.
 */
export function loadScalingEngine(snapshot: Uint8Array): Promise<ScalingEngine>

/** As `loadScalingEngine`, but on this thread, which does nothing else meanwhile. */
export function loadScalingEngineSync(snapshot: Uint8Array): ScalingEngine

/**
 * Tells whether a user may do something to a resource, and why. A refusal is an answer, no error.
 *
 * @param subject The user with its roles.
 * @param action What it wants to do.
 * @param kind To what kind of resource.
 */
export function decide(
  subject: types.Subject,
  action: types.AccessAction,
  kind: types.ResourceKind,
  options?: DecideOptions,
): types.Decision

/**
 * Decides many times for one user: for lists and menus.
 *
 * @param subject The user with its roles.
 * @param questions What it wants to do, to what.
 */
export function decideAll(
  subject: types.Subject,
  questions: readonly types.Question[],
): Promise<types.Decisions>

/** As `decideAll`, but on this thread, which does nothing else meanwhile. */
export function decideAllSync(subject: types.Subject, questions: readonly types.Question[]): types.Decisions

/** Gives all rules: who may what. */
export function matrix(): types.Matrix

/**
 * Adds what roles of Keystone are here to a user, such as those of a token that Keystone has validated.
 *
 * @param subject The user.
 * @param scope Where it has the roles.
 * @param roles The names of the roles in Keystone, implied and inherited ones included.
 */
export function grantRoles(
  subject: types.Subject,
  scope: types.GrantScope,
  roles: readonly string[],
  options?: GrantRolesOptions,
): types.Subject

/**
 * Says what to do so that the members of a tenant's environments and Harbor projects are those that Keystone
 * says. Fails with kind `invalid_request` if roles in a backend give more than those here.
 *
 * @param members The users of the tenant with their roles.
 * @param identities Who the users are in Rancher and Harbor.
 * @param settings What else is to be kept to.
 */
export function planMembers(
  members: readonly types.TenantMember[],
  identities: types.IdentityMap,
  settings: types.MembershipOptions,
  options?: PlanMembersOptions,
): Promise<types.MembershipPlan>

/** As `planMembers`, but on this thread, which does nothing else meanwhile. */
export function planMembersSync(
  members: readonly types.TenantMember[],
  identities: types.IdentityMap,
  settings: types.MembershipOptions,
  options?: PlanMembersOptions,
): types.MembershipPlan

/**
 * Explains a code, of a problem or of an error: what it means and what to do. Fails with kind
 * `invalid_request` if there is no such code.
 *
 * @param code The code, such as `tosca.unknown_type` or `platform.application_busy`.
 */
export function explain(code: string): types.Explanation

/** The version of the library, such as `0.1.0`. */
export function version(): string

/**
 * Opens the store and sets up the platform for an actor. Rancher is not asked for anything yet. Fails with
 * kind `rejected` and all problems if the template policy cannot be read.
 *
 * @param actor Who acts: a person, a program.
 * @param store The SQLite file that keeps everything; it is made if it is not there. `:memory:` keeps
 *   everything until the process ends.
 */
export function connect(actor: string, store: string, options?: ConnectOptions): Promise<Platform>

/**
 * Starts a stand-in for Rancher on a port of this machine. It stops when it is told to, and with the process.
 * Fails with kind `sandbox` if the port is taken.
 */
export function startSandbox(options?: StartSandboxOptions): Sandbox

/** A translated template: the files for each network, and what they were made from. It never changes. */
export class Release extends bases.Release {
  private constructor()

  /** All of the release as a document: parts, services, stages, links, ports, images. */
  document(): Promise<types.Release>

  /** As `document`, but on this thread, which does nothing else meanwhile. */
  documentSync(): types.Release

  /** A picture of networks, services and stages. */
  graph(options?: ReleaseGraphOptions): Promise<string>

  /** As `graph`, but on this thread, which does nothing else meanwhile. */
  graphSync(options?: ReleaseGraphOptions): string

  /** A table of networks and services in HTML, for notebooks and consoles. */
  html(): Promise<string>

  /** As `html`, but on this thread, which does nothing else meanwhile. */
  htmlSync(): string

  /**
   * The release as one template in the profile, for people to read. What stands only in the template that it
   * was made from is not in it: comments, functions, inputs that are not secret, placement policies.
   */
  exportTemplate(): Promise<string>

  /** As `exportTemplate`, but on this thread, which does nothing else meanwhile. */
  exportTemplateSync(): string

  /**
   * Writes `release.json` and the files of each network below a folder: all or none. Fails with kind `files`
   * if something is in the way that no translation wrote.
   *
   * @param folder The folder; it is made if it is not there.
   */
  write(folder: string, options?: ReleaseWriteOptions): Promise<types.WrittenFiles>

  /** As `write`, but on this thread, which does nothing else meanwhile. */
  writeSync(folder: string, options?: ReleaseWriteOptions): types.WrittenFiles
}

/**
 * A scaling plan tried out on a load: counts, decisions with their causes, and what it comes to. It never
 * changes.
 */
export class Timeline extends bases.Timeline {
  private constructor()

  /**
   * All of it as a document: windows, counts, minutes, decisions, alarms that moved nothing, what it comes
   * to.
   */
  document(): Promise<types.Timeline>

  /** As `document`, but on this thread, which does nothing else meanwhile. */
  documentSync(): types.Timeline

  /** Each minute as a record with the same columns, as tables and data frames take them. */
  rows(): Promise<types.TimelineRow[]>

  /** As `rows`, but on this thread, which does nothing else meanwhile. */
  rowsSync(): types.TimelineRow[]

  /** A picture: windows as bands, the count as steps, the load as a line, decisions as marks. */
  svg(): Promise<string>

  /** As `svg`, but on this thread, which does nothing else meanwhile. */
  svgSync(): string

  /** Some lines for people: the windows, the decisions with their causes, what it comes to. */
  text(): Promise<string>

  /** As `text`, but on this thread, which does nothing else meanwhile. */
  textSync(): string
}

/**
 * Carries the scaling plans of many services out. It has no clock, and does nothing by itself: each call says
 * what time it is, and gives what is to be done. Time does not run backwards: what is before the latest time
 * that it was told counts as that. Calls are answered one after the other, and the same calls lead to the
 * same actions.
 */
export class ScalingEngine extends bases.ScalingEngine {
  private constructor()

  /**
   * Puts a service in, or gives it another policy, and gives what is to be done. A new service enters the
   * windows that are open. Fails with kind `rejected` and all problems of the policy, if it has any; nothing
   * has happened then.
   *
   * @param service The name of the service in the engine, such as `shop/web`.
   * @param policy Its policy, as it stands in `release.json`.
   * @param count How many containers it has. Of a service that is there already nobody asks: a new policy
   *   does not move the count back.
   * @param now What time it is.
   */
  upsert(
    service: string,
    policy: types.ScalingPolicy,
    count: number,
    now: string | Date,
    options?: ScalingEngineUpsertOptions,
  ): types.ScalingAction[]

  /**
   * Puts many services in, as `upsert` for each, one after the other. Fails with kind `rejected` and all
   * problems of all policies, if there are any; nothing has happened then.
   *
   * @param services The services.
   * @param now What time it is.
   */
  upsertAll(services: readonly types.ScaledServiceInput[], now: string | Date): Promise<types.ScalingAction[]>

  /** As `upsertAll`, but on this thread, which does nothing else meanwhile. */
  upsertAllSync(services: readonly types.ScaledServiceInput[], now: string | Date): types.ScalingAction[]

  /**
   * Takes a service out, and gives what is to be done. Nothing happens if there is none of that name.
   *
   * @param service The service.
   * @param now What time it is.
   */
  remove(service: string, now: string | Date, options?: ScalingEngineRemoveOptions): types.ScalingAction[]

  /**
   * Disables scaling of a service, or enables it again, and gives what is to be done. Disabled, it keeps its
   * count. Nothing happens if there is none of that name.
   *
   * @param service The service.
   * @param enabled Whether it is to be scaled.
   * @param now What time it is.
   */
  setEnabled(service: string, enabled: boolean, now: string | Date): types.ScalingAction[]

  /**
   * Takes in what monitoring says of an alarm rule, and gives what is to be done, or why nothing is: of a
   * service that is not there too.
   *
   * @param service The service.
   * @param rule The id of the rule.
   * @param state What it is.
   * @param now What time it is.
   */
  alarm(
    service: string,
    rule: types.RuleId,
    state: types.AlarmState,
    now: string | Date,
    options?: ScalingEngineAlarmOptions,
  ): types.ScalingVerdict

  /**
   * Takes many alarms in, as `alarm` for each, one after the other, and gives what each of them leads to, in
   * their order.
   *
   * @param alarms The alarms.
   * @param now What time it is.
   */
  alarms(alarms: readonly types.ScalingAlarm[], now: string | Date): Promise<types.ScalingVerdict[]>

  /** As `alarms`, but on this thread, which does nothing else meanwhile. */
  alarmsSync(alarms: readonly types.ScalingAlarm[], now: string | Date): types.ScalingVerdict[]

  /**
   * Is told a count as the back end has it, and gives what is to be done. What a person sets stays until the
   * next edge of a window. Nothing happens if there is no service of that name.
   *
   * @param service The service.
   * @param desired How many containers there should be.
   * @param running How many there are.
   * @param source Who set it. Only what a person or a template wants is intent.
   * @param now What time it is.
   */
  observeCount(
    service: string,
    desired: number,
    running: number,
    source: types.CountSource,
    now: string | Date,
  ): types.ScalingAction[]

  /**
   * Is told many counts, as by `observe_count` for each, one after the other.
   *
   * @param counts The counts.
   * @param now What time it is.
   */
  observeCounts(counts: readonly types.CountInput[], now: string | Date): Promise<types.ScalingAction[]>

  /** As `observeCounts`, but on this thread, which does nothing else meanwhile. */
  observeCountsSync(counts: readonly types.CountInput[], now: string | Date): types.ScalingAction[]

  /**
   * Gives a turn to all services whose deadline has come, and gives what is to be done.
   *
   * @param now What time it is.
   */
  advance(now: string | Date, options?: ScalingEngineAdvanceOptions): types.ScalingAdvance

  /**
   * When `advance` has something to do next: the instant to wait for, unless an alarm comes first. Nothing:
   * never.
   */
  nextDeadline(): string | null

  /**
   * Begins to decide after a time in which nobody did, as with a snapshot from before a restart: goes to what
   * the plans ask for now, once, and does not make up for edges that were missed. For one retrigger time no
   * alarm scales in.
   *
   * @param now What time it is.
   */
  takeOver(now: string | Date, options?: ScalingEngineTakeOverOptions): Promise<types.ScalingAction[]>

  /** As `takeOver`, but on this thread, which does nothing else meanwhile. */
  takeOverSync(now: string | Date, options?: ScalingEngineTakeOverOptions): types.ScalingAction[]

  /**
   * What is open, armed and on hold for a service, until when, and why. It changes nothing. Nothing: there is
   * no such service.
   *
   * @param service The service.
   * @param now The instant that it is about.
   */
  explain(service: string, now: string | Date): types.ScalingExplained | null

  /**
   * The count that stands for a service: what was decided last, or what a person chose. Nothing: there is no
   * such service.
   *
   * @param service The service.
   */
  count(service: string): number | null

  /** How many services there are, the latest time that was told, and the version of the time zones. */
  status(): types.ScalingEngineStatus

  /**
   * All that the engine knows, as bytes with a check sum, for `load_scaling_engine` of this version or a
   * newer one.
   */
  snapshot(): Promise<Buffer>

  /** As `snapshot`, but on this thread, which does nothing else meanwhile. */
  snapshotSync(): Buffer
}

/** The functions of a Platform for tenants. */
export interface PlatformTenants {
  /**
   * Records a tenant, in place of what was recorded of it. Nothing happens in Rancher. Fails with kind
   * `rejected` and all problems if it cannot be like that; with `tenant_conflict` if another tenant has one
   * of its environments or folders. If the call is given up, it may have been recorded.
   *
   * @param name The tenant's name.
   */
  put(name: string, options?: PlatformTenantsPutOptions): Promise<void>

  /**
   * What is recorded of a tenant. Fails with kind `unknown_tenant`.
   *
   * @param name The tenant's name.
   */
  read(name: string, options?: CallOptions): Promise<types.Tenant>

  /** All tenants, by name. */
  list(options?: CallOptions): Promise<types.Tenant[]>
}

/** The functions of a Platform for applications. */
export interface PlatformApplications {
  /**
   * Checks a template, and then whether the tenant and Rancher have what it needs. Nothing is changed. A
   * template with problems is no error of the call. Fails with kind `unknown_tenant`; with `rancher` for what
   * the server says.
   *
   * @param tenant The tenant.
   * @param template The text of the template; with `csar`, the archive.
   */
  check(tenant: string, template: string, options?: PlatformApplicationsCheckOptions): Promise<types.Checked>

  /**
   * Checks, and plans the deployment: what will be done, to be shown and begun. Nothing is changed. Fails
   * with kind `rejected` and all problems if there are errors; with `application_deployed` or
   * `application_busy` if the application is there already or being worked on; with `unknown_tenant`; with
   * `rancher` for what the server says.
   *
   * @param tenant The tenant.
   * @param template The text of the template; with `csar`, the archive.
   */
  plan(tenant: string, template: string, options?: PlatformApplicationsPlanOptions): Promise<Plan>

  /**
   * Plans a deployment and begins it. Fails as planning does. If the call is given up, it may have begun.
   *
   * @param tenant The tenant.
   * @param template The text of the template; with `csar`, the archive.
   */
  deploy(tenant: string, template: string, options?: PlatformApplicationsDeployOptions): Promise<Operation>

  /**
   * Plans a new count of containers for a service. Nothing is changed. Fails with kind `unknown_application`,
   * `unknown_service`, `not_scalable` or `application_busy`.
   *
   * @param tenant The tenant.
   * @param application The application.
   * @param service The service.
   * @param count How many containers it shall have.
   */
  planScale(
    tenant: string,
    application: string,
    service: string,
    count: number,
    options?: CallOptions,
  ): Promise<Plan>

  /**
   * Plans and begins to scale a service. Fails as planning does. If the call is given up, it may have begun.
   *
   * @param tenant The tenant.
   * @param application The application.
   * @param service The service.
   * @param count How many containers it shall have.
   */
  scale(
    tenant: string,
    application: string,
    service: string,
    count: number,
    options?: CallOptions,
  ): Promise<Operation>

  /**
   * Plans to remove an application: its stacks go, those that started last first. Volumes and what is in them
   * stay. Nothing is changed. Fails with kind `unknown_application` or `application_busy`.
   *
   * @param tenant The tenant.
   * @param application The application.
   */
  planRemoval(tenant: string, application: string, options?: CallOptions): Promise<Plan>

  /**
   * Plans and begins to remove an application. Fails as planning does. If the call is given up, it may have
   * begun.
   *
   * @param tenant The tenant.
   * @param application The application.
   */
  remove(tenant: string, application: string, options?: CallOptions): Promise<Operation>

  /**
   * How an application is: by the platform's record, and in Rancher. Fails with kind `unknown_application`.
   *
   * @param tenant The tenant.
   * @param application The application.
   */
  status(tenant: string, application: string, options?: CallOptions): Promise<types.ApplicationStatus>

  /**
   * The applications of a tenant. Fails with kind `unknown_tenant`.
   *
   * @param tenant The tenant.
   */
  list(tenant: string, options?: CallOptions): Promise<types.ApplicationSummary[]>

  /**
   * The latest release of an application. Fails with kind `unknown_application`.
   *
   * @param tenant The tenant.
   * @param application The application.
   */
  release(tenant: string, application: string, options?: CallOptions): Promise<Release>
}

/** The functions of a Platform for members. */
export interface PlatformMembers {
  /**
   * Tells what `members.apply` would do; nothing is changed. Fails with kind `unknown_tenant`, `denied`, and
   * `configuration` without Keystone, rules, or the id of the tenant's project; with `keystone` if that
   * fails. What cannot be read in a back end stands in the report.
   *
   * @param tenant The tenant's name.
   */
  plan(tenant: string, options?: PlatformMembersPlanOptions): Promise<types.MembersReport>

  /**
   * Makes the members of a tenant's environments and Harbor projects those that Keystone says. Done twice,
   * the second time does nothing. Fails as `members.plan`; with kind `members_fuse` if more members would
   * lose rights than may, with `members_busy` if that is done already: then nothing was changed. What fails
   * in a back end stands in the report, and the rest is done. If the call is given up, what was under way may
   * have happened; the next time finds it.
   *
   * @param tenant The tenant's name.
   */
  apply(tenant: string, options?: PlatformMembersApplyOptions): Promise<types.MembersReport>

  /**
   * The journal of a tenant's members, from its beginning: which calls were made, and by whom.
   *
   * @param tenant The tenant's name.
   */
  journal(tenant: string, options?: CallOptions): Promise<types.MembersEntry[]>
}

/** The functions of a Platform for namespaces. */
export interface PlatformNamespaces {
  /**
   * Makes an image namespace for a tenant, and its project in the test registry if the platform has one.
   * Again for the same tenant, it is the same. Fails with kind `namespace_taken` if it is another tenant's,
   * or if the registry has a project of that name already; with `harbor` if that fails: asking again goes on.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   */
  create(tenant: string, name: string, options?: CallOptions): Promise<types.ImageNamespace>

  /**
   * Deletes an image namespace with its project in the test registry, and its rules. Fails with kind `harbor`
   * if Harbor has images in it, and with `namespace_taken` if images of it are recorded, in zones too, or if
   * it is in production: then nothing was changed.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   */
  delete(tenant: string, name: string, options?: CallOptions): Promise<void>

  /**
   * The image namespaces of a tenant that the actor may see, by name.
   *
   * @param tenant The tenant's name.
   */
  list(tenant: string, options?: CallOptions): Promise<types.ImageNamespace[]>

  /**
   * Adds a user of the tenant to an image namespace. In Harbor it becomes a member with the next
   * `members.apply`.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   * @param user The id of the user in Keystone.
   */
  addMember(tenant: string, name: string, user: string, options?: CallOptions): Promise<types.ImageNamespace>

  /**
   * Takes a user out of an image namespace.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   * @param user The id of the user in Keystone.
   */
  removeMember(
    tenant: string,
    name: string,
    user: string,
    options?: CallOptions,
  ): Promise<types.ImageNamespace>

  /**
   * Opens an image namespace in the production registry, so that images of it can go there; its project is
   * made there if that registry has a Harbor. Again, it is the same. Fails with kind `namespace_taken` if
   * production has a project of that name that is not the namespace's; with `harbor` if that fails: asking
   * again goes on.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   */
  openInProduction(tenant: string, name: string, options?: CallOptions): Promise<types.ImageNamespace>

  /**
   * Says when released images of a namespace go to production, in the place of the rule that there was, for
   * images that wait as well.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   */
  setSyncRule(
    tenant: string,
    name: string,
    options?: PlatformNamespacesSetSyncRuleOptions,
  ): Promise<types.ImageNamespace>

  /**
   * Says to which user of the tenant alone the images of a namespace are shown; the user belongs to it from
   * then on. What is personal is not deployed from, and not published. Fails with kind `publication_refused`
   * as long as images of it are published, or are to be.
   *
   * @param tenant The tenant's name.
   * @param name The name of the namespace.
   */
  setPersonal(
    tenant: string,
    name: string,
    options?: PlatformNamespacesSetPersonalOptions,
  ): Promise<types.ImageNamespace>
}

/** The functions of a Platform for images. */
export interface PlatformImages {
  /**
   * The images of a tenant that the actor may see, by name. Fails with kind `unknown_tenant`.
   *
   * @param tenant The tenant's name.
   */
  list(tenant: string, options?: PlatformImagesListOptions): Promise<types.ImageStatus[]>

  /**
   * An image, as it is recorded: how far it is, and what it waits for. Fails with kind `unknown_image`,
   * `unknown_namespace`, `denied`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  read(image: types.ImageName, options?: CallOptions): Promise<types.ImageStatus>

  /**
   * The journal of an image, from its beginning; it outlives the image. Fails with kind `unknown_namespace`,
   * `denied`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  journal(image: types.ImageName, options?: CallOptions): Promise<types.ImageEntry[]>

  /**
   * Releases an image for production: exactly this digest, which the person has seen. It is copied when the
   * rule of its namespace says so. Fails as `images.read`; with kind `image_state` if something else is under
   * the name by now, or if the image is in no state for it: then nothing was changed.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest What is released: `sha256:9f86…`, as `images.read` gives it.
   */
  release(
    image: types.ImageName,
    digest: types.ImageDigest,
    options?: CallOptions,
  ): Promise<types.ImageStatus>

  /**
   * Takes a release back, before the image is copied. Fails as `images.read`; with kind `image_state` if the
   * image is in no state for it: then nothing was changed.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  withdraw(image: types.ImageName, options?: CallOptions): Promise<types.ImageStatus>

  /**
   * Asks those who may for an image to be released, with a note of one line: it is in the journal of the
   * image, and nothing else happens. Whoever may change the image in test may ask. Fails as `images.read`;
   * with kind `image_state` if nobody could release it now.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  askForRelease(image: types.ImageName, options?: PlatformImagesAskForReleaseOptions): Promise<void>

  /**
   * Asks those who may for a released image to be copied to production, as `images.ask_for_release` does.
   * Fails as that; with kind `image_state` if nobody could have it copied now.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  askForSync(image: types.ImageName, options?: PlatformImagesAskForSyncOptions): Promise<void>

  /**
   * Has a released image copied to production now, by this process. Fails as `images.read`; with kind
   * `image_state` if the image is in no state for it, its namespace has no rule, or production lacks the
   * namespace; with `registry` if production did not say whether it has it; with `configuration` without
   * registries. If the call is given up, the copy may have begun, and goes on.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  sync(image: types.ImageName, options?: CallOptions): Promise<ImageCopy>

  /**
   * Looks what is under a name in the test registry now, and records it; gives the image, or nothing if there
   * is none. Fails with kind `unknown_namespace`, `denied`, `configuration` without registries, `registry` if
   * the test registry does not answer: then nothing was changed.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  look(image: types.ImageName, options?: CallOptions): Promise<types.ImageStatus | null>

  /**
   * Compares what the registries hold with what is recorded, in all namespaces whose images the actor may
   * have copied, and mends the records. What registries say stands in the report, and so do records that
   * cannot be read. If so many released images are missing in the test registry that it may be the wrong
   * storage, or an old backup, no deletion is recorded, and the report has a failure of kind
   * `source_missing`, until somebody accepts it. Fails with kind `configuration` without registries; of one
   * namespace with `denied` and `unknown_namespace`. If the call is given up, what was seen so far is
   * recorded.
   */
  sweep(options?: PlatformImagesSweepOptions): Promise<types.SweepReport>

  /**
   * Does what is due by now, once: released images whose period has passed begin to be copied by this
   * process, and copies whose lease has ended count as lost. Gives the copies that began. `images.keep` does
   * it again and again; this is for programs with timers of their own. Fails with kind `configuration`
   * without registries.
   */
  carryOn(options?: PlatformImagesCarryOnOptions): Promise<ImageCopy[]>

  /**
   * Keeps images on their way: looks what is due, looks at what registries told of, and sweeps, at once and
   * then after each period. It goes on until it is stopped, the platform is closed, or the process ends,
   * whether or not anybody holds it. Several processes may do this. Fails with kind `configuration` without
   * registries.
   */
  keep(options?: PlatformImagesKeepOptions): Promise<KeepingImages>

  /**
   * Says that something happened to images in the test registry: each is looked at soon by `images.keep` in
   * this process, once however often it was said.
   *
   * @param images The images, such as `retail-shop/web:1.4`.
   */
  notice(images: readonly types.ImageName[]): void

  /**
   * Takes what the test registry posted, a plain one: each image that was pushed or whose tag was removed is
   * looked at soon by `images.keep` in this process. Gives how many names it told of. The body is nothing but
   * a hint: the registry itself is looked at. Fails with kind `denied` if the header is another, and
   * `invalid_request` if the body is no list of events; `details.answer` is the status to answer with.
   *
   * @param payload The body of the request, as it came.
   * @param secret What was agreed on as the whole header `Authorization`, of 16 characters at least.
   */
  takeNotifications(
    payload: Uint8Array,
    secret: string,
    options?: PlatformImagesTakeNotificationsOptions,
  ): number

  /**
   * The same of the test registry's Harbor: takes what its webhook posted. Fails as
   * `images.take_notifications`.
   *
   * @param payload The body of the request, as it came.
   * @param secret What was agreed on as the whole header `Authorization`, of 16 characters at least.
   */
  takeHarborWebhook(
    payload: Uint8Array,
    secret: string,
    options?: PlatformImagesTakeHarborWebhookOptions,
  ): number
}

/** The functions of a Platform for mall. */
export interface PlatformMall {
  /**
   * The images that the actor is shown, by name: those that are published to all, exactly as they were
   * published; and those of its tenants, as they are in test now, in the namespaces that it may see. Fails
   * with kind `unknown_tenant`, for those who may see all.
   */
  list(options?: PlatformMallListOptions): Promise<types.MallImage[]>

  /** The publications that the actor may see, by image: all, for auditors; else those of its tenants. */
  publications(options?: PlatformMallPublicationsOptions): Promise<types.PublicationStatus[]>

  /**
   * What was said of a publication, from its beginning: how it was from then on. It outlives the image. Fails
   * with kind `unknown_namespace`, `denied`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest Which of it: `sha256:9f86…`.
   */
  journal(
    image: types.ImageName,
    digest: types.ImageDigest,
    options?: CallOptions,
  ): Promise<types.PublicationEntry[]>

  /**
   * Asks for an image to be shown to all: exactly this of it, which is under that name in test, in production
   * or in its zone. Nobody is shown anything before an auditor has said yes. Fails with kind `denied`,
   * `unknown_namespace`, `unknown_image`; with `publication_refused` if something else is under the name by
   * now, if that was asked already and nobody has said no, or if the namespace is personal: then nothing was
   * changed.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest What is to be shown: `sha256:9f86…`, as `images.read` gives it.
   */
  publish(
    image: types.ImageName,
    digest: types.ImageDigest,
    options?: PlatformMallPublishOptions,
  ): Promise<types.PublicationStatus>

  /**
   * Says yes to a publication: it is shown to all from now on. Fails with kind `denied`, `unknown_namespace`,
   * `unknown_publication`; with `publication_refused` if it was not asked for, or not any more, or if whoever
   * says it has asked for it: then nothing was changed.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest Which of it: `sha256:9f86…`.
   */
  approve(
    image: types.ImageName,
    digest: types.ImageDigest,
    options?: CallOptions,
  ): Promise<types.PublicationStatus>

  /**
   * Says no to a publication, or takes a yes back. What runs already goes on running. Fails as
   * `mall.approve`; with kind `publication_refused` without a reason.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest Which of it: `sha256:9f86…`.
   * @param reason Why: one line, of at most 500 characters.
   */
  reject(
    image: types.ImageName,
    digest: types.ImageDigest,
    reason: string,
    options?: CallOptions,
  ): Promise<types.PublicationStatus>

  /**
   * Takes a publication of the tenant's own back, before an auditor has looked at it or after. What runs
   * already goes on running. Fails as `mall.approve`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param digest Which of it: `sha256:9f86…`.
   */
  withdraw(
    image: types.ImageName,
    digest: types.ImageDigest,
    options?: CallOptions,
  ): Promise<types.PublicationStatus>
}

/** The functions of a Platform for zones. */
export interface PlatformZones {
  /** The zones of the platform, in their order; none if it has none. */
  list(): types.Zone[]

  /**
   * How each zone stands with the namespaces of a tenant that have a rule: in step, behind by so many, with
   * the last error, as was last seen; no registry is asked. Fails with kind `unknown_tenant`, for those who
   * may see all.
   *
   * @param tenant The tenant's name.
   */
  status(tenant: string, options?: CallOptions): Promise<types.NamespaceZones[]>

  /**
   * The images of a tenant that are in zones, as they were last seen, by name. Fails with kind
   * `unknown_tenant`, for those who may see all.
   *
   * @param tenant The tenant's name.
   */
  images(tenant: string, options?: PlatformZonesImagesOptions): Promise<types.ZonedImage[]>

  /**
   * An image in its zones, as it was last seen. Fails with kind `unknown_image`, `unknown_namespace`,
   * `denied`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  read(image: types.ImageName, options?: CallOptions): Promise<types.ZonedImage>

  /**
   * The journal of an image in its zones, from its beginning; it outlives the image. Fails with kind
   * `unknown_namespace`, `denied`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  journal(image: types.ImageName, options?: CallOptions): Promise<types.ZoneEntry[]>

  /**
   * Looks at an image in all zones now, and records what it finds; gives it, or nothing if it is nowhere.
   * What is to be copied is copied by `zones.carry_on` or `zones.keep`. Fails with kind `unknown_namespace`,
   * `denied`, `configuration` without zones.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   */
  look(image: types.ImageName, options?: CallOptions): Promise<types.ZonedImage | null>

  /**
   * Which zones have the images of a namespace. Fails with kind `unknown_namespace`, `denied`.
   *
   * @param namespace The namespace.
   */
  rule(namespace: string, options?: CallOptions): Promise<types.ZoneRule>

  /**
   * Says which zones have the images of a namespace, and which of its tags, in the place of the rule that
   * there was. All its images are looked at soon by `zones.keep`. Fails with kind `unknown_namespace`,
   * `denied`; `unknown_zone` for one that the platform does not have, `configuration` without zones.
   *
   * @param namespace The namespace.
   */
  setRule(namespace: string, options?: PlatformZonesSetRuleOptions): Promise<types.ZoneRule>

  /**
   * Has what a zone holds under a name replaced by what is right: exactly this digest, which the person has
   * seen, and which nobody of the platform put there. Fails with kind `unknown_namespace`, `unknown_zone`,
   * `denied`; `unknown_image` if nobody knows what is right; `configuration` without zones.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param zone The zone.
   * @param digest What may be replaced there: `sha256:9f86…`, as `zones.read` gives it.
   */
  replace(
    image: types.ImageName,
    zone: types.ZoneName,
    digest: types.ImageDigest,
    options?: CallOptions,
  ): Promise<types.ZonedImage>

  /**
   * Says that what a zone holds under a name is right: the tag belongs to that zone from now on, and what
   * copies put elsewhere is replaced. Fails as `zones.replace`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param zone The zone.
   */
  takeOver(image: types.ImageName, zone: types.ZoneName, options?: CallOptions): Promise<types.ZonedImage>

  /**
   * Has a copy to a zone tried again now, also if it failed in a way that does not pass by itself. Fails as
   * `zones.replace`.
   *
   * @param image The image, such as `retail-shop/web:1.4`.
   * @param zone The zone that it goes to.
   */
  retry(image: types.ImageName, zone: types.ZoneName, options?: CallOptions): Promise<types.ZonedImage>

  /**
   * Compares what the zones hold, in all namespaces with a rule whose images the actor may have copied, and
   * mends the records. What registries say stands in the report. Fails with kind `configuration` without
   * zones. If the call is given up, what was seen so far is recorded.
   */
  scan(options?: CallOptions): Promise<types.ZoneScan>

  /**
   * Copies what is due by now, once: what lacks in a zone, and what failed and is to be tried again. Gives
   * the copies that began. `zones.keep` does it again and again; this is for programs with timers of their
   * own. Fails with kind `configuration` without zones.
   */
  carryOn(options?: PlatformZonesCarryOnOptions): Promise<ZoneCopy[]>

  /**
   * Keeps the zones in step: looks at what registries told of, copies what is due, and compares the zones of
   * each namespace once its rule was set and then after each period. It goes on until it is stopped, the
   * platform is closed, or the process ends, whether or not anybody holds it. Several processes may do this.
   * Fails with kind `configuration` without zones.
   */
  keep(options?: PlatformZonesKeepOptions): Promise<KeepingZones>

  /**
   * Says that images were pushed or deleted in a zone: each is looked at soon by `zones.keep` in this
   * process, once however often it was said. Of a zone that the platform does not have, nothing is noticed.
   *
   * @param zone The zone.
   * @param images The images, such as `retail-shop/web:1.4`.
   */
  notice(zone: types.ZoneName, images: readonly types.ImageName[]): void

  /**
   * Takes what the registry of a zone posted, a plain one: each image that was pushed or whose tag was
   * removed is looked at soon by `zones.keep` in this process. Gives how many names it told of. Fails with
   * kind `denied` if the header is another, and `invalid_request` if the body is no list of events;
   * `details.answer` is the status to answer with.
   *
   * @param zone The zone whose registry posted it.
   * @param payload The body of the request, as it came.
   * @param secret What was agreed on as the whole header `Authorization`, of 16 characters at least.
   */
  takeNotifications(
    zone: types.ZoneName,
    payload: Uint8Array,
    secret: string,
    options?: PlatformZonesTakeNotificationsOptions,
  ): number

  /**
   * The same of the Harbor of a zone: takes what its webhook posted. Fails as `zones.take_notifications`.
   *
   * @param zone The zone whose Harbor posted it.
   * @param payload The body of the request, as it came.
   * @param secret What was agreed on as the whole header `Authorization`, of 16 characters at least.
   */
  takeHarborWebhook(
    zone: types.ZoneName,
    payload: Uint8Array,
    secret: string,
    options?: PlatformZonesTakeHarborWebhookOptions,
  ): number
}

/** The functions of a Platform for operations. */
export interface PlatformOperations {
  /**
   * Opens an operation by its id. Fails with kind `unknown_operation`.
   *
   * @param id The operation's id.
   */
  open(id: string, options?: CallOptions): Promise<Operation>

  /** The operations that there are, the latest first. */
  list(options?: PlatformOperationsListOptions): Promise<types.OperationDocument[]>

  /**
   * Resumes all operations that were left by their process. A program calls this when it starts. Fails if one
   * of them could not be resumed; the others are resumed all the same.
   */
  resumeInterrupted(options?: CallOptions): Promise<Operation[]>
}

/**
 * The platform for one actor: tenants, applications, operations, kept in a store, carried out in Rancher.
 */
export class Platform extends bases.Platform {
  private constructor()

  /** The functions for tenants. */
  readonly tenants: PlatformTenants

  /** The functions for applications. */
  readonly applications: PlatformApplications

  /** The functions for members. */
  readonly members: PlatformMembers

  /** The functions for namespaces. */
  readonly namespaces: PlatformNamespaces

  /** The functions for images. */
  readonly images: PlatformImages

  /** The functions for mall. */
  readonly mall: PlatformMall

  /** The functions for zones. */
  readonly zones: PlatformZones

  /** The functions for operations. */
  readonly operations: PlatformOperations

  /**
   * The same platform for another actor.
   *
   * @param actor Who acts: a person, a program.
   */
  actingAs(actor: string): Platform

  /**
   * The same platform for a user with its roles: every call is decided by them, and fails with kind `denied`
   * if they do not allow it.
   *
   * @param subject The user with its roles. Its tenants are the ids of their projects, as `tenants.put`
   *   said them.
   */
  actingFor(subject: types.Subject): Platform

  /**
   * Lets go of the store, so that another process can open it. What is under way here is left as if the
   * process had ended: resuming what was interrupted goes on with it. Whatever is called later, of this
   * handle and of those that came of it, fails with `store.closed`. Again: nothing happens. A store in memory
   * stays as it is.
   */
  close(options?: CallOptions): Promise<void>
}

/** A plan: what will be done, to be shown, and then begun. */
export class Plan extends bases.Plan {
  private constructor()

  /** The plan as a document: its steps, in their order, and the warnings of the template. */
  document(): types.PlanDocument

  /** The plan as text: a line for each step, by stages. */
  text(): string

  /** The plan as a table in HTML, for notebooks and consoles. */
  html(): string

  /** What will be deployed. Fails with kind `invalid_request` for a plan that deploys nothing. */
  release(): Promise<Release>

  /** As `release`, but on this thread, which does nothing else meanwhile. */
  releaseSync(): Release

  /**
   * Begins what was planned. The same plan twice is the same operation. Fails with kind `stale_plan` if
   * something has changed since. If the call is given up, it may have begun.
   */
  begin(options?: CallOptions): Promise<Operation>
}

/** An operation. It goes on whether or not anybody holds it, and can be opened again by its id. */
export class Operation extends bases.Operation {
  private constructor()

  /** How the operation stands. */
  status(options?: CallOptions): Promise<types.OperationDocument>

  /** What the operation is to do. */
  plan(options?: CallOptions): Promise<types.Plan>

  /** All of the operation's journal. */
  journal(options?: CallOptions): Promise<types.JournalEntry[]>

  /**
   * Goes on with the operation, after it stopped or its process ended. If it is under way here, nothing
   * changes. Fails with kind `operation_state` if it has ended.
   */
  resume(options?: CallOptions): Promise<void>

  /**
   * Gives the operation up: nothing more is done, and its application is free again. What it has made stays
   * until the application is removed. Fails with kind `operation_state` if it has ended.
   */
  abandon(options?: CallOptions): Promise<void>
}

/**
 * A copy of an image to production, which this process carries out. It goes on whether or not anybody holds
 * it.
 */
export class ImageCopy extends bases.ImageCopy {
  private constructor()

  /** How far the copy is. */
  progress(): types.CopyProgress

  /**
   * How far the copy is as soon as it is further than this handle told last; waits for it. Nothing if it has
   * ended.
   */
  nextProgress(options?: CallOptions): Promise<types.CopyProgress | null>

  /**
   * Waits until the copy has ended, and gives what was written of its end: `what` is `synced`, or
   * `copy_failed` with the `failure` and a `message`. Nothing if that could not be written, or if another
   * process took over: reading the image tells how far it is. If the call is given up, the copy goes on.
   */
  wait(options?: CallOptions): Promise<types.ImageChange | null>

  /**
   * Ends the copy before its time: the image waits to be copied again, and what has arrived is not sent
   * again. It has ended when waiting for it ends.
   */
  interrupt(): void
}

/**
 * Images kept on their way by this process, until it is stopped, the platform is closed, or the process ends.
 */
export class KeepingImages extends bases.KeepingImages {
  private constructor()

  /**
   * What the next sweep found; waits for it. Nothing after the end. Fails with what keeps it from going on,
   * which it tries again by itself. Of more than 16 reports that nobody asked for, the oldest are forgotten.
   */
  nextReport(options?: CallOptions): Promise<types.SweepReport | null>

  /**
   * Ends it, and waits until what is being looked at has ended. Copies that are under way go on. Again:
   * nothing happens.
   */
  stop(options?: CallOptions): Promise<void>
}

/**
 * A copy of an image from zone to zone, which this process carries out. It goes on whether or not anybody
 * holds it.
 */
export class ZoneCopy extends bases.ZoneCopy {
  private constructor()

  /** How far the copy is. */
  progress(): types.CopyProgress

  /**
   * Waits until the copy has ended, and gives what was written of its end: of kind `copied`, or `failed` with
   * the failure. Nothing if another process took over. If the call is given up, the copy goes on.
   */
  wait(options?: CallOptions): Promise<types.ZoneHappening[]>
}

/**
 * Images kept in step between zones by this process, until it is stopped, the platform is closed, or the
 * process ends.
 */
export class KeepingZones extends bases.KeepingZones {
  private constructor()

  /**
   * What the next scan found; waits for it. Nothing after the end. Fails with what keeps it from going on,
   * which it tries again by itself. Of more than 16 reports that nobody asked for, the oldest are forgotten.
   */
  nextReport(options?: CallOptions): Promise<types.ZoneScan | null>

  /**
   * Ends it, and waits until what is being looked at has ended. Copies that are under way go on. Again:
   * nothing happens.
   */
  stop(options?: CallOptions): Promise<void>
}

/** A stand-in for Rancher 1.6 on this machine. It is no evidence of what a real Rancher does. */
export class Sandbox extends bases.Sandbox {
  private constructor()

  /**
   * Where the sandbox is, and the administrator's key to it: what connecting takes as `rancher`. The key
   * opens nothing else.
   */
  credentials(): types.SandboxAccess

  /**
   * Adds an environment that is active at once, with hosts and a key of its own.
   *
   * @param name Its name.
   */
  addEnvironment(name: string): types.SandboxKey

  /**
   * Adds a person, who sees only the environments whose members name the account.
   *
   * @param name The person's name.
   */
  addPerson(name: string): types.SandboxKey

  /**
   * Adds a certificate to an environment, for load balancers that name it.
   *
   * @param environment The id of the environment.
   * @param name The certificate's name.
   */
  addCertificate(environment: string, name: string): void

  /**
   * Lets something go wrong.
   *
   * @param fault What, to what, and how often: `{"fault": "conflict", "method": "PUT", "path":
   *   "/services/", "times": 3}`.
   */
  addFault(fault: types.Fault): void

  /** Lets nothing go wrong any more. Services that waited for that go on. */
  clearFaults(): void

  /**
   * Moves a virtual clock on, and lets everything happen that is due by then. Fails with kind `sandbox` if
   * the clock is a real one.
   *
   * @param millis By how many milliseconds.
   */
  advance(millis: number): void

  /** The requests so far, in the order in which they came. */
  requests(): types.RequestRecord[]

  /** Forgets the requests so far. */
  clearRequests(): void

  /**
   * All resources of a type that are not removed, as Rancher's API shows them to an administrator.
   *
   * @param kind The type, such as `project`, `stack`, `service` or `volume`.
   */
  resources(kind: string): unknown[]

  /**
   * Writes the address and the administrator's key to a file that only its owner can read.
   *
   * @param path The path of the file.
   */
  writeCredentials(path: string): void
}

/** The types of all documents, also of those whose name is that of a class. */
export type * as types from './types.cjs'

export type {
  Access,
  AccessAction,
  AccessReason,
  Action,
  ActionActivateService,
  ActionAwaitServices,
  ActionCreateStack,
  ActionEnsureVolume,
  ActionRemoveStack,
  ActionScaleService,
  Activation,
  Actor,
  Affinity,
  AffinityRule,
  AffinityTo,
  AffinityToContainer,
  AffinityToContainerContainer,
  AffinityToHost,
  AffinityToHostHost,
  AffinityToService,
  AlarmRule,
  AlarmShown,
  AlarmState,
  Allowed,
  ApplicationState,
  ApplicationStatus,
  ApplicationSummary,
  Awaited,
  Backend,
  BackendRancher,
  Bounds,
  Change,
  Checked,
  ChosenBy,
  Class,
  ClonedTemplate,
  Code,
  ConfigurationFile,
  CookieMode,
  CopyFailure,
  CopyFailureKind,
  CopyProgress,
  CountInput,
  CountSource,
  Cycle,
  CycleMonthly,
  CycleWeekly,
  Decision,
  Decisions,
  Details,
  Diagnostic,
  Diagnostics,
  Difference,
  DistributionRule,
  DrainShown,
  Environment,
  EnvironmentChange,
  EnvironmentChangeAdd,
  EnvironmentChangeChange,
  EnvironmentChangeRemove,
  EnvironmentLink,
  EnvironmentMembers,
  EnvironmentPlan,
  ErrorEnvelope,
  ErrorKind,
  Event,
  EventKind,
  ExecutionPolicyDocument,
  Explanation,
  Extent,
  External,
  ExternalGiven,
  Failure,
  Fate,
  Fault,
  FaultAnswer,
  FaultAnsweredTwice,
  FaultConflict,
  FaultCutBody,
  FaultDoneTwice,
  FaultHugeAnswer,
  FaultLostAnswer,
  FaultLostRequest,
  FaultNeverHealthy,
  FaultSlow,
  FaultStaysActivating,
  FaultUnavailable,
  FileContent,
  FileContentInline,
  FileContentSecret,
  FixedCount,
  FixedCountCount,
  Flow,
  FlowPort,
  ForeignMembers,
  Frozen,
  GrantScope,
  Graph,
  HarborMember,
  HarborOptions,
  HarborRole,
  HarborRoleMap,
  HealthCheck,
  HostMount,
  Identities,
  IdentityMap,
  IdentityRule,
  ImageApproval,
  ImageChange,
  ImageCopies,
  ImageCopyId,
  ImageDigest,
  ImageEntry,
  ImageHappening,
  ImageName,
  ImageNamespace,
  ImageSources,
  ImageStanding,
  ImageStandingAbsent,
  ImageStandingBehind,
  ImageStandingConflict,
  ImageStandingCopying,
  ImageStandingInStep,
  ImageStandingKept,
  ImageStandingNotWanted,
  ImageStandingOrigin,
  ImageStandingUnknown,
  ImageStatus,
  ImageUse,
  ImageVisibility,
  ImageVisibilityOfficial,
  ImageVisibilityPersonal,
  ImageVisibilityPublic,
  ImportedStack,
  IntentResult,
  ItemDifference,
  ItemFate,
  JournalEntry,
  JournalEntryAbandoned,
  JournalEntryBegun,
  JournalEntryDone,
  JournalEntryEnded,
  JournalEntryFailed,
  JournalEntryIntent,
  JournalEntryOutcome,
  JournalEntryProgress,
  JournalEntryResumed,
  JournalEntryRetry,
  JournalEntryStopped,
  Kept,
  KeystoneOptions,
  KeystoneUser,
  KnownState,
  Label,
  LimitsDocument,
  Link,
  LinkKind,
  LinkStrategy,
  LogFiles,
  LogSource,
  Loss,
  MallImage,
  MappingDocument,
  Matrix,
  MatrixRow,
  MemberBackend,
  MembersEntry,
  MembersFailure,
  MembersNote,
  MembersNoteIntent,
  MembersNoteOutcome,
  MembersNoteSettled,
  MembersPlace,
  MembersPlaceEnvironment,
  MembersPlaceNetwork,
  MembersPlaceProject,
  MembersReport,
  MembershipFinding,
  MembershipFindingForeign,
  MembershipFindingForeignRole,
  MembershipFindingFuseBlown,
  MembershipFindingNoAdministrator,
  MembershipFindingNoRole,
  MembershipFindingPlatformItself,
  MembershipFindingSharedIdentity,
  MembershipFindingUnmapped,
  MembershipOptions,
  MembershipPlan,
  MembershipRules,
  Mount,
  NamespaceZones,
  Network,
  NetworkStatus,
  NfsServer,
  NfsServerInput,
  OnFailure,
  OpenWindow,
  OperationDocument,
  OperationId,
  OperationState,
  Output,
  Part,
  PendingCause,
  PersonsCount,
  Phase,
  Place,
  PlanDocument,
  PlanKind,
  Port,
  Position,
  ProductionOfImage,
  ProjectChange,
  ProjectChangeAdd,
  ProjectChangeChange,
  ProjectChangeRemove,
  ProjectMembers,
  ProjectPlan,
  PromotionState,
  PromotionStateGone,
  PromotionStateInDevelopment,
  PromotionStateName,
  PromotionStatePendingSync,
  PromotionStateSynced,
  PromotionStateSyncing,
  Propagation,
  Protocol,
  PublicationEntry,
  PublicationEntryRequested,
  PublicationState,
  PublicationStateApproved,
  PublicationStateLapsed,
  PublicationStateName,
  PublicationStateRejected,
  PublicationStateRequested,
  PublicationStateWithdrawn,
  PublicationStatus,
  PublicationStatusRequested,
  PublishedPort,
  Question,
  RancherIdentity,
  RancherMember,
  RancherOptions,
  RancherRole,
  RancherRoleMap,
  RancherRule,
  RancherVersion,
  Ready,
  Reason,
  Registry,
  RegistryOptions,
  ReleasesCompared,
  Reordered,
  ReportStyle,
  RequestRecord,
  ResourceKind,
  Resources,
  Role,
  RoleNames,
  Roles,
  Route,
  RouteProtocol,
  Rule,
  RuleFixed,
  RuleId,
  RuleMetric,
  SandboxAccess,
  SandboxKey,
  ScaleChange,
  ScaledServiceInput,
  ScalingAct,
  ScalingActArm,
  ScalingActCancelDrain,
  ScalingActDrain,
  ScalingActScale,
  ScalingAction,
  ScalingActionArm,
  ScalingActionCancelDrain,
  ScalingActionDrain,
  ScalingActionScale,
  ScalingAdvance,
  ScalingAlarm,
  ScalingCancelCause,
  ScalingCancelCauseAlarm,
  ScalingCancelCauseDisabled,
  ScalingCancelCausePerson,
  ScalingCancelCauseRemoved,
  ScalingCancelCauseWindow,
  ScalingCause,
  ScalingCauseAlarm,
  ScalingCauseBounds,
  ScalingCauseDrained,
  ScalingCauseRemoved,
  ScalingCauseRestored,
  ScalingCauseWindow,
  ScalingEngineStatus,
  ScalingExplained,
  ScalingExplanation,
  ScalingHold,
  ScalingHoldAtMaximum,
  ScalingHoldAtMinimum,
  ScalingHoldCalm,
  ScalingHoldDisabled,
  ScalingHoldDraining,
  ScalingHoldFixedWindow,
  ScalingHoldLate,
  ScalingHoldNoData,
  ScalingHoldNotAll,
  ScalingHoldNotSustained,
  ScalingHoldQuiet,
  ScalingHoldRepeated,
  ScalingHoldRestarted,
  ScalingHoldStaleAlarm,
  ScalingHoldUnknownRule,
  ScalingHoldUnknownService,
  ScalingHoldWindowClosed,
  ScalingPolicy,
  ScalingPolicyLinted,
  ScalingRemoval,
  ScalingTrigger,
  ScalingVerdict,
  Secret,
  SecretFile,
  Security,
  SeenInProduction,
  Segment,
  SegmentHost,
  SegmentSecret,
  Selector,
  Service,
  ServiceContainer,
  ServiceDifference,
  ServiceExternalAddresses,
  ServiceExternalHost,
  ServiceLoadBalancer,
  ServiceStatus,
  Severity,
  Side,
  Sidekick,
  SimulationModel,
  Stack,
  StackInput,
  StackQuestions,
  Stage,
  StandIn,
  StandInBy,
  StandInByAddress,
  StandInByAddressAddressExternalAddresses,
  StandInByAddressAddressExternalHost,
  Step,
  StepFailure,
  StepResult,
  Stickiness,
  Subject,
  SweepFailure,
  SweepReport,
  SyncPeriod,
  SyncRule,
  SyncRuleAutomatic,
  SyncRuleManual,
  TagFilter,
  TagPattern,
  TargetDocument,
  Tenant,
  TenantChecked,
  TenantGrant,
  TenantMember,
  TenantNetwork,
  TenantNetworkInput,
  Text,
  TextWithReferences,
  Threshold,
  TimeOfDay,
  TimelineBand,
  TimelineCompared,
  TimelineComparison,
  TimelineHeld,
  TimelineLost,
  TimelineMinute,
  TimelinePassed,
  TimelineRow,
  TimelineStep,
  TimelineSummary,
  TimelinesCompared,
  Timestamp,
  Touch,
  TouchedService,
  UpdateStrategy,
  UpgradeAction,
  UpgradeStep,
  Value,
  ValuePath,
  Volume,
  WaitsFor,
  WaitsForPerson,
  WaitsForRule,
  WaitsForTime,
  Weekday,
  Widening,
  Window,
  WrittenFiles,
  Zone,
  ZoneChange,
  ZoneEntry,
  ZoneEntryBelongs,
  ZoneEntryConflict,
  ZoneEntryCopied,
  ZoneEntryFailed,
  ZoneEntryGone,
  ZoneEntryReplaced,
  ZoneEntryRetried,
  ZoneEntryTakenOver,
  ZoneHappening,
  ZoneHappeningBelongs,
  ZoneHappeningConflict,
  ZoneHappeningCopied,
  ZoneHappeningFailed,
  ZoneHappeningGone,
  ZoneHappeningReplaced,
  ZoneHappeningRetried,
  ZoneHappeningTakenOver,
  ZoneName,
  ZoneOptions,
  ZoneRule,
  ZoneScan,
  ZoneScanFailure,
  ZoneStatus,
  ZonedImage,
  Zones,
} from './types.cjs'
