// Written by `cargo xtask generate` from schema/interface.json: change the library, not this file.
'use strict'

const bases = require('./bases.cjs')
const { call, start } = require('./call.cjs')
const { classes, group, library } = require('./handle.cjs')
const { describe } = require('./options.cjs')

const CHECK = describe(
  'check',
  'document',
  ['csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'name', 'policy', 'report'],
)
const TRANSLATE = describe(
  'translate',
  'handle',
  ['csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'name', 'policy', 'target'],
)
const IMPORT_STACK = describe(
  'import_stack',
  'document',
  ['answers', 'environment', 'name', 'network', 'rancher_compose'],
)
const STACK_QUESTIONS = describe('stack_questions', 'document')
const EXPORT_TEMPLATE = describe(
  'export_template',
  'text',
  ['csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'name', 'policy'],
)
const CLONE_TEMPLATE = describe(
  'clone_template',
  'document',
  ['csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'name', 'policy', 'tenant'],
)
const CHECK_TENANT = describe('check_tenant', 'document', ['file'])
const DIFF_RELEASES = describe('diff_releases', 'document')
const LINT_SCALING_POLICY = describe('lint_scaling_policy', 'document')
const SCALING_ALARM_RULES = describe('scaling_alarm_rules', 'document')
const SIMULATE_SCALING = describe(
  'simulate_scaling',
  'handle',
  ['alarm_ttl_ms', 'constant', 'count', 'date', 'end', 'load', 'model', 'office_day', 'start'],
)
const NEW_SCALING_ENGINE = describe('new_scaling_engine', 'handle', ['alarm_ttl_ms'])
const LOAD_SCALING_ENGINE = describe('load_scaling_engine', 'handle')
const DECIDE = describe('decide', 'document', ['namespace', 'tenant'])
const DECIDE_ALL = describe('decide_all', 'document')
const MATRIX = describe('matrix', 'document')
const GRANT_ROLES = describe('grant_roles', 'document', ['names', 'tenant'])
const PLAN_MEMBERS = describe(
  'plan_members',
  'document',
  ['environments', 'frozen', 'production_roles', 'projects', 'rancher_roles', 'test_roles'],
)
const EXPLAIN = describe('explain', 'document')
const VERSION = describe('version', 'text')
const CONNECT = describe(
  'connect',
  'handle',
  ['harbor_production', 'harbor_test', 'image_copies', 'image_labels', 'image_sources', 'keystone', 'member_rules', 'policy', 'process', 'rancher', 'registry_production', 'registry_test', 'secrets', 'template_policy', 'zones'],
  true,
)
const START_SANDBOX = describe(
  'start_sandbox',
  'handle',
  ['environments', 'hosts', 'instant', 'port', 'seed', 'version', 'virtual_clock'],
)
const RELEASE_DOCUMENT = describe('document', 'document')
const RELEASE_GRAPH = describe('graph', 'text', ['format'])
const RELEASE_HTML = describe('html', 'text')
const RELEASE_EXPORT_TEMPLATE = describe('export_template', 'text')
const RELEASE_WRITE = describe('write', 'document', ['force'])
const TIMELINE_DOCUMENT = describe('document', 'document')
const TIMELINE_ROWS = describe('rows', 'document')
const TIMELINE_SVG = describe('svg', 'text')
const TIMELINE_TEXT = describe('text', 'text')
const SCALING_ENGINE_UPSERT = describe('upsert', 'document', ['drains_itself'])
const SCALING_ENGINE_UPSERT_ALL = describe('upsert_all', 'document')
const SCALING_ENGINE_REMOVE = describe('remove', 'document', ['removal'])
const SCALING_ENGINE_SET_ENABLED = describe('set_enabled', 'document')
const SCALING_ENGINE_ALARM = describe('alarm', 'document', ['at', 'never_resolves', 'value'])
const SCALING_ENGINE_ALARMS = describe('alarms', 'document')
const SCALING_ENGINE_OBSERVE_COUNT = describe('observe_count', 'document')
const SCALING_ENGINE_OBSERVE_COUNTS = describe('observe_counts', 'document')
const SCALING_ENGINE_ADVANCE = describe('advance', 'document', ['budget'])
const SCALING_ENGINE_NEXT_DEADLINE = describe('next_deadline', 'document')
const SCALING_ENGINE_TAKE_OVER = describe('take_over', 'document', ['persons'])
const SCALING_ENGINE_EXPLAIN = describe('explain', 'document')
const SCALING_ENGINE_COUNT = describe('count', 'document')
const SCALING_ENGINE_STATUS = describe('status', 'document')
const SCALING_ENGINE_SNAPSHOT = describe('snapshot', 'bytes')
const PLATFORM_ACTING_AS = describe('acting_as', 'handle')
const PLATFORM_ACTING_FOR = describe('acting_for', 'handle')
const PLATFORM_CLOSE = describe('close', 'nothing', [], true)
const PLATFORM_TENANTS_PUT = describe('tenants.put', 'nothing', ['networks', 'nfs_servers', 'project'], true)
const PLATFORM_TENANTS_READ = describe('tenants.read', 'document', [], true)
const PLATFORM_TENANTS_LIST = describe('tenants.list', 'document', [], true)
const PLATFORM_APPLICATIONS_CHECK = describe(
  'applications.check',
  'document',
  ['addresses', 'csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'link_strategy', 'load_balancer_image', 'name', 'report', 'stack'],
  true,
)
const PLATFORM_APPLICATIONS_PLAN = describe(
  'applications.plan',
  'handle',
  ['addresses', 'csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'link_strategy', 'load_balancer_image', 'name', 'stack'],
  true,
)
const PLATFORM_APPLICATIONS_DEPLOY = describe(
  'applications.deploy',
  'handle',
  ['addresses', 'csar', 'file', 'folder', 'imports', 'inputs', 'limits', 'link_strategy', 'load_balancer_image', 'name', 'stack'],
  true,
)
const PLATFORM_APPLICATIONS_PLAN_SCALE = describe('applications.plan_scale', 'handle', [], true)
const PLATFORM_APPLICATIONS_SCALE = describe('applications.scale', 'handle', [], true)
const PLATFORM_APPLICATIONS_PLAN_REMOVAL = describe('applications.plan_removal', 'handle', [], true)
const PLATFORM_APPLICATIONS_REMOVE = describe('applications.remove', 'handle', [], true)
const PLATFORM_APPLICATIONS_STATUS = describe('applications.status', 'document', [], true)
const PLATFORM_APPLICATIONS_LIST = describe('applications.list', 'document', [], true)
const PLATFORM_APPLICATIONS_RELEASE = describe('applications.release', 'handle', [], true)
const PLATFORM_MEMBERS_PLAN = describe('members.plan', 'document', ['foreign', 'fuse'], true)
const PLATFORM_MEMBERS_APPLY = describe('members.apply', 'document', ['foreign', 'fuse'], true)
const PLATFORM_MEMBERS_JOURNAL = describe('members.journal', 'document', [], true)
const PLATFORM_NAMESPACES_CREATE = describe('namespaces.create', 'document', [], true)
const PLATFORM_NAMESPACES_DELETE = describe('namespaces.delete', 'nothing', [], true)
const PLATFORM_NAMESPACES_LIST = describe('namespaces.list', 'document', [], true)
const PLATFORM_NAMESPACES_ADD_MEMBER = describe('namespaces.add_member', 'document', [], true)
const PLATFORM_NAMESPACES_REMOVE_MEMBER = describe('namespaces.remove_member', 'document', [], true)
const PLATFORM_NAMESPACES_OPEN_IN_PRODUCTION = describe('namespaces.open_in_production', 'document', [], true)
const PLATFORM_NAMESPACES_SET_SYNC_RULE = describe('namespaces.set_sync_rule', 'document', ['rule'], true)
const PLATFORM_NAMESPACES_SET_PERSONAL = describe('namespaces.set_personal', 'document', ['user'], true)
const PLATFORM_IMAGES_LIST = describe('images.list', 'document', ['namespace', 'state'], true)
const PLATFORM_IMAGES_READ = describe('images.read', 'document', [], true)
const PLATFORM_IMAGES_JOURNAL = describe('images.journal', 'document', [], true)
const PLATFORM_IMAGES_RELEASE = describe('images.release', 'document', [], true)
const PLATFORM_IMAGES_WITHDRAW = describe('images.withdraw', 'document', [], true)
const PLATFORM_IMAGES_ASK_FOR_RELEASE = describe('images.ask_for_release', 'nothing', ['note'], true)
const PLATFORM_IMAGES_ASK_FOR_SYNC = describe('images.ask_for_sync', 'nothing', ['note'], true)
const PLATFORM_IMAGES_SYNC = describe('images.sync', 'handle', [], true)
const PLATFORM_IMAGES_LOOK = describe('images.look', 'document', [], true)
const PLATFORM_IMAGES_SWEEP = describe('images.sweep', 'document', ['accept_deletions', 'namespace'], true)
const PLATFORM_IMAGES_CARRY_ON = describe('images.carry_on', 'handles', ['most'], true)
const PLATFORM_IMAGES_KEEP = describe(
  'images.keep',
  'handle',
  ['copies', 'look_seconds', 'sweep_seconds'],
  true,
)
const PLATFORM_IMAGES_NOTICE = describe('images.notice', 'nothing')
const PLATFORM_IMAGES_TAKE_NOTIFICATIONS = describe(
  'images.take_notifications',
  'document',
  ['authorization'],
)
const PLATFORM_IMAGES_TAKE_HARBOR_WEBHOOK = describe(
  'images.take_harbor_webhook',
  'document',
  ['authorization'],
)
const PLATFORM_MALL_LIST = describe('mall.list', 'document', ['official', 'search', 'tenant'], true)
const PLATFORM_MALL_PUBLICATIONS = describe('mall.publications', 'document', ['state', 'tenant'], true)
const PLATFORM_MALL_JOURNAL = describe('mall.journal', 'document', [], true)
const PLATFORM_MALL_PUBLISH = describe('mall.publish', 'document', ['note'], true)
const PLATFORM_MALL_APPROVE = describe('mall.approve', 'document', [], true)
const PLATFORM_MALL_REJECT = describe('mall.reject', 'document', [], true)
const PLATFORM_MALL_WITHDRAW = describe('mall.withdraw', 'document', [], true)
const PLATFORM_ZONES_LIST = describe('zones.list', 'document')
const PLATFORM_ZONES_STATUS = describe('zones.status', 'document', [], true)
const PLATFORM_ZONES_IMAGES = describe('zones.images', 'document', ['only_behind'], true)
const PLATFORM_ZONES_READ = describe('zones.read', 'document', [], true)
const PLATFORM_ZONES_JOURNAL = describe('zones.journal', 'document', [], true)
const PLATFORM_ZONES_LOOK = describe('zones.look', 'document', [], true)
const PLATFORM_ZONES_RULE = describe('zones.rule', 'document', [], true)
const PLATFORM_ZONES_SET_RULE = describe('zones.set_rule', 'document', ['rule'], true)
const PLATFORM_ZONES_REPLACE = describe('zones.replace', 'document', [], true)
const PLATFORM_ZONES_TAKE_OVER = describe('zones.take_over', 'document', [], true)
const PLATFORM_ZONES_RETRY = describe('zones.retry', 'document', [], true)
const PLATFORM_ZONES_SCAN = describe('zones.scan', 'document', [], true)
const PLATFORM_ZONES_CARRY_ON = describe('zones.carry_on', 'handles', ['most'], true)
const PLATFORM_ZONES_KEEP = describe('zones.keep', 'handle', ['copies', 'look_seconds', 'scan_seconds'], true)
const PLATFORM_ZONES_NOTICE = describe('zones.notice', 'nothing')
const PLATFORM_ZONES_TAKE_NOTIFICATIONS = describe('zones.take_notifications', 'document', ['authorization'])
const PLATFORM_ZONES_TAKE_HARBOR_WEBHOOK = describe(
  'zones.take_harbor_webhook',
  'document',
  ['authorization'],
)
const PLATFORM_OPERATIONS_OPEN = describe('operations.open', 'handle', [], true)
const PLATFORM_OPERATIONS_LIST = describe('operations.list', 'document', ['tenant'], true)
const PLATFORM_OPERATIONS_RESUME_INTERRUPTED = describe('operations.resume_interrupted', 'handles', [], true)
const PLAN_DOCUMENT = describe('document', 'document')
const PLAN_TEXT = describe('text', 'text')
const PLAN_HTML = describe('html', 'text')
const PLAN_RELEASE = describe('release', 'handle')
const PLAN_BEGIN = describe('begin', 'handle', [], true)
const OPERATION_STATUS = describe('status', 'document', [], true)
const OPERATION_PLAN = describe('plan', 'document', [], true)
const OPERATION_JOURNAL = describe('journal', 'document', [], true)
const OPERATION_RESUME = describe('resume', 'nothing', [], true)
const OPERATION_ABANDON = describe('abandon', 'nothing', [], true)
const IMAGE_COPY_PROGRESS = describe('progress', 'document')
const IMAGE_COPY_NEXT_PROGRESS = describe('next_progress', 'document', [], true)
const IMAGE_COPY_WAIT = describe('wait', 'document', [], true)
const IMAGE_COPY_INTERRUPT = describe('interrupt', 'nothing')
const KEEPING_IMAGES_NEXT_REPORT = describe('next_report', 'document', [], true)
const KEEPING_IMAGES_STOP = describe('stop', 'nothing', [], true)
const ZONE_COPY_PROGRESS = describe('progress', 'document')
const ZONE_COPY_WAIT = describe('wait', 'document', [], true)
const KEEPING_ZONES_NEXT_REPORT = describe('next_report', 'document', [], true)
const KEEPING_ZONES_STOP = describe('stop', 'nothing', [], true)
const SANDBOX_CREDENTIALS = describe('credentials', 'document')
const SANDBOX_ADD_ENVIRONMENT = describe('add_environment', 'document')
const SANDBOX_ADD_PERSON = describe('add_person', 'document')
const SANDBOX_ADD_CERTIFICATE = describe('add_certificate', 'nothing')
const SANDBOX_ADD_FAULT = describe('add_fault', 'nothing')
const SANDBOX_CLEAR_FAULTS = describe('clear_faults', 'nothing')
const SANDBOX_ADVANCE = describe('advance', 'nothing')
const SANDBOX_REQUESTS = describe('requests', 'document')
const SANDBOX_CLEAR_REQUESTS = describe('clear_requests', 'nothing')
const SANDBOX_RESOURCES = describe('resources', 'document')
const SANDBOX_WRITE_CREDENTIALS = describe('write_credentials', 'nothing')

function check(template, options) {
  return start(library, CHECK, { template }, options)
}

function checkSync(template, options) {
  return call(library, CHECK, { template }, options)
}

function translate(template, options) {
  return start(library, TRANSLATE, { template }, options)
}

function translateSync(template, options) {
  return call(library, TRANSLATE, { template }, options)
}

function importStack(dockerCompose, options) {
  return start(library, IMPORT_STACK, { docker_compose: dockerCompose }, options)
}

function importStackSync(dockerCompose, options) {
  return call(library, IMPORT_STACK, { docker_compose: dockerCompose }, options)
}

function stackQuestions(rancherCompose, options) {
  return start(library, STACK_QUESTIONS, { rancher_compose: rancherCompose }, options)
}

function stackQuestionsSync(rancherCompose, options) {
  return call(library, STACK_QUESTIONS, { rancher_compose: rancherCompose }, options)
}

function exportTemplate(template, options) {
  return start(library, EXPORT_TEMPLATE, { template }, options)
}

function exportTemplateSync(template, options) {
  return call(library, EXPORT_TEMPLATE, { template }, options)
}

function cloneTemplate(template, mapping, options) {
  return start(library, CLONE_TEMPLATE, { template, mapping }, options)
}

function cloneTemplateSync(template, mapping, options) {
  return call(library, CLONE_TEMPLATE, { template, mapping }, options)
}

function checkTenant(text, options) {
  return start(library, CHECK_TENANT, { text }, options)
}

function checkTenantSync(text, options) {
  return call(library, CHECK_TENANT, { text }, options)
}

function diffReleases(before, after, options) {
  return start(library, DIFF_RELEASES, { before, after }, options)
}

function diffReleasesSync(before, after, options) {
  return call(library, DIFF_RELEASES, { before, after }, options)
}

function lintScalingPolicy(policy, options) {
  return start(library, LINT_SCALING_POLICY, { policy }, options)
}

function lintScalingPolicySync(policy, options) {
  return call(library, LINT_SCALING_POLICY, { policy }, options)
}

function scalingAlarmRules(policy, options) {
  return call(library, SCALING_ALARM_RULES, { policy }, options)
}

function simulateScaling(policy, options) {
  return start(library, SIMULATE_SCALING, { policy }, options)
}

function simulateScalingSync(policy, options) {
  return call(library, SIMULATE_SCALING, { policy }, options)
}

function newScalingEngine(options) {
  return call(library, NEW_SCALING_ENGINE, {}, options)
}

function loadScalingEngine(snapshot, options) {
  return start(library, LOAD_SCALING_ENGINE, { snapshot }, options)
}

function loadScalingEngineSync(snapshot, options) {
  return call(library, LOAD_SCALING_ENGINE, { snapshot }, options)
}

function decide(subject, action, kind, options) {
  return call(library, DECIDE, { subject, action, kind }, options)
}

function decideAll(subject, questions, options) {
  return start(library, DECIDE_ALL, { subject, questions }, options)
}

function decideAllSync(subject, questions, options) {
  return call(library, DECIDE_ALL, { subject, questions }, options)
}

function matrix(options) {
  return call(library, MATRIX, {}, options)
}

function grantRoles(subject, scope, roles, options) {
  return call(library, GRANT_ROLES, { subject, scope, roles }, options)
}

function planMembers(members, identities, settings, options) {
  return start(library, PLAN_MEMBERS, { members, identities, settings }, options)
}

function planMembersSync(members, identities, settings, options) {
  return call(library, PLAN_MEMBERS, { members, identities, settings }, options)
}

function explain(code, options) {
  return call(library, EXPLAIN, { code }, options)
}

function version(options) {
  return call(library, VERSION, {}, options)
}

function connect(actor, store, options) {
  return start(library, CONNECT, { actor, store }, options)
}

function startSandbox(options) {
  return call(library, START_SANDBOX, {}, options)
}

class Release extends bases.Release {
  document(options) {
    return start(this, RELEASE_DOCUMENT, {}, options)
  }

  documentSync(options) {
    return call(this, RELEASE_DOCUMENT, {}, options)
  }

  graph(options) {
    return start(this, RELEASE_GRAPH, {}, options)
  }

  graphSync(options) {
    return call(this, RELEASE_GRAPH, {}, options)
  }

  html(options) {
    return start(this, RELEASE_HTML, {}, options)
  }

  htmlSync(options) {
    return call(this, RELEASE_HTML, {}, options)
  }

  exportTemplate(options) {
    return start(this, RELEASE_EXPORT_TEMPLATE, {}, options)
  }

  exportTemplateSync(options) {
    return call(this, RELEASE_EXPORT_TEMPLATE, {}, options)
  }

  write(folder, options) {
    return start(this, RELEASE_WRITE, { folder }, options)
  }

  writeSync(folder, options) {
    return call(this, RELEASE_WRITE, { folder }, options)
  }
}

class Timeline extends bases.Timeline {
  document(options) {
    return start(this, TIMELINE_DOCUMENT, {}, options)
  }

  documentSync(options) {
    return call(this, TIMELINE_DOCUMENT, {}, options)
  }

  rows(options) {
    return start(this, TIMELINE_ROWS, {}, options)
  }

  rowsSync(options) {
    return call(this, TIMELINE_ROWS, {}, options)
  }

  svg(options) {
    return start(this, TIMELINE_SVG, {}, options)
  }

  svgSync(options) {
    return call(this, TIMELINE_SVG, {}, options)
  }

  text(options) {
    return start(this, TIMELINE_TEXT, {}, options)
  }

  textSync(options) {
    return call(this, TIMELINE_TEXT, {}, options)
  }
}

class ScalingEngine extends bases.ScalingEngine {
  upsert(service, policy, count, now, options) {
    return call(this, SCALING_ENGINE_UPSERT, { service, policy, count, now }, options)
  }

  upsertAll(services, now, options) {
    return start(this, SCALING_ENGINE_UPSERT_ALL, { services, now }, options)
  }

  upsertAllSync(services, now, options) {
    return call(this, SCALING_ENGINE_UPSERT_ALL, { services, now }, options)
  }

  remove(service, now, options) {
    return call(this, SCALING_ENGINE_REMOVE, { service, now }, options)
  }

  setEnabled(service, enabled, now, options) {
    return call(this, SCALING_ENGINE_SET_ENABLED, { service, enabled, now }, options)
  }

  alarm(service, rule, state, now, options) {
    return call(this, SCALING_ENGINE_ALARM, { service, rule, state, now }, options)
  }

  alarms(alarms, now, options) {
    return start(this, SCALING_ENGINE_ALARMS, { alarms, now }, options)
  }

  alarmsSync(alarms, now, options) {
    return call(this, SCALING_ENGINE_ALARMS, { alarms, now }, options)
  }

  observeCount(service, desired, running, source, now, options) {
    return call(this, SCALING_ENGINE_OBSERVE_COUNT, { service, desired, running, source, now }, options)
  }

  observeCounts(counts, now, options) {
    return start(this, SCALING_ENGINE_OBSERVE_COUNTS, { counts, now }, options)
  }

  observeCountsSync(counts, now, options) {
    return call(this, SCALING_ENGINE_OBSERVE_COUNTS, { counts, now }, options)
  }

  advance(now, options) {
    return call(this, SCALING_ENGINE_ADVANCE, { now }, options)
  }

  nextDeadline(options) {
    return call(this, SCALING_ENGINE_NEXT_DEADLINE, {}, options)
  }

  takeOver(now, options) {
    return start(this, SCALING_ENGINE_TAKE_OVER, { now }, options)
  }

  takeOverSync(now, options) {
    return call(this, SCALING_ENGINE_TAKE_OVER, { now }, options)
  }

  explain(service, now, options) {
    return call(this, SCALING_ENGINE_EXPLAIN, { service, now }, options)
  }

  count(service, options) {
    return call(this, SCALING_ENGINE_COUNT, { service }, options)
  }

  status(options) {
    return call(this, SCALING_ENGINE_STATUS, {}, options)
  }

  snapshot(options) {
    return start(this, SCALING_ENGINE_SNAPSHOT, {}, options)
  }

  snapshotSync(options) {
    return call(this, SCALING_ENGINE_SNAPSHOT, {}, options)
  }
}

class PlatformTenants {
  put(name, options) {
    return start(this, PLATFORM_TENANTS_PUT, { name }, options)
  }

  read(name, options) {
    return start(this, PLATFORM_TENANTS_READ, { name }, options)
  }

  list(options) {
    return start(this, PLATFORM_TENANTS_LIST, {}, options)
  }
}

class PlatformApplications {
  check(tenant, template, options) {
    return start(this, PLATFORM_APPLICATIONS_CHECK, { tenant, template }, options)
  }

  plan(tenant, template, options) {
    return start(this, PLATFORM_APPLICATIONS_PLAN, { tenant, template }, options)
  }

  deploy(tenant, template, options) {
    return start(this, PLATFORM_APPLICATIONS_DEPLOY, { tenant, template }, options)
  }

  planScale(tenant, application, service, count, options) {
    return start(this, PLATFORM_APPLICATIONS_PLAN_SCALE, { tenant, application, service, count }, options)
  }

  scale(tenant, application, service, count, options) {
    return start(this, PLATFORM_APPLICATIONS_SCALE, { tenant, application, service, count }, options)
  }

  planRemoval(tenant, application, options) {
    return start(this, PLATFORM_APPLICATIONS_PLAN_REMOVAL, { tenant, application }, options)
  }

  remove(tenant, application, options) {
    return start(this, PLATFORM_APPLICATIONS_REMOVE, { tenant, application }, options)
  }

  status(tenant, application, options) {
    return start(this, PLATFORM_APPLICATIONS_STATUS, { tenant, application }, options)
  }

  list(tenant, options) {
    return start(this, PLATFORM_APPLICATIONS_LIST, { tenant }, options)
  }

  release(tenant, application, options) {
    return start(this, PLATFORM_APPLICATIONS_RELEASE, { tenant, application }, options)
  }
}

class PlatformMembers {
  plan(tenant, options) {
    return start(this, PLATFORM_MEMBERS_PLAN, { tenant }, options)
  }

  apply(tenant, options) {
    return start(this, PLATFORM_MEMBERS_APPLY, { tenant }, options)
  }

  journal(tenant, options) {
    return start(this, PLATFORM_MEMBERS_JOURNAL, { tenant }, options)
  }
}

class PlatformNamespaces {
  create(tenant, name, options) {
    return start(this, PLATFORM_NAMESPACES_CREATE, { tenant, name }, options)
  }

  delete(tenant, name, options) {
    return start(this, PLATFORM_NAMESPACES_DELETE, { tenant, name }, options)
  }

  list(tenant, options) {
    return start(this, PLATFORM_NAMESPACES_LIST, { tenant }, options)
  }

  addMember(tenant, name, user, options) {
    return start(this, PLATFORM_NAMESPACES_ADD_MEMBER, { tenant, name, user }, options)
  }

  removeMember(tenant, name, user, options) {
    return start(this, PLATFORM_NAMESPACES_REMOVE_MEMBER, { tenant, name, user }, options)
  }

  openInProduction(tenant, name, options) {
    return start(this, PLATFORM_NAMESPACES_OPEN_IN_PRODUCTION, { tenant, name }, options)
  }

  setSyncRule(tenant, name, options) {
    return start(this, PLATFORM_NAMESPACES_SET_SYNC_RULE, { tenant, name }, options)
  }

  setPersonal(tenant, name, options) {
    return start(this, PLATFORM_NAMESPACES_SET_PERSONAL, { tenant, name }, options)
  }
}

class PlatformImages {
  list(tenant, options) {
    return start(this, PLATFORM_IMAGES_LIST, { tenant }, options)
  }

  read(image, options) {
    return start(this, PLATFORM_IMAGES_READ, { image }, options)
  }

  journal(image, options) {
    return start(this, PLATFORM_IMAGES_JOURNAL, { image }, options)
  }

  release(image, digest, options) {
    return start(this, PLATFORM_IMAGES_RELEASE, { image, digest }, options)
  }

  withdraw(image, options) {
    return start(this, PLATFORM_IMAGES_WITHDRAW, { image }, options)
  }

  askForRelease(image, options) {
    return start(this, PLATFORM_IMAGES_ASK_FOR_RELEASE, { image }, options)
  }

  askForSync(image, options) {
    return start(this, PLATFORM_IMAGES_ASK_FOR_SYNC, { image }, options)
  }

  sync(image, options) {
    return start(this, PLATFORM_IMAGES_SYNC, { image }, options)
  }

  look(image, options) {
    return start(this, PLATFORM_IMAGES_LOOK, { image }, options)
  }

  sweep(options) {
    return start(this, PLATFORM_IMAGES_SWEEP, {}, options)
  }

  carryOn(options) {
    return start(this, PLATFORM_IMAGES_CARRY_ON, {}, options)
  }

  keep(options) {
    return start(this, PLATFORM_IMAGES_KEEP, {}, options)
  }

  notice(images, options) {
    return call(this, PLATFORM_IMAGES_NOTICE, { images }, options)
  }

  takeNotifications(payload, secret, options) {
    return call(this, PLATFORM_IMAGES_TAKE_NOTIFICATIONS, { payload, secret }, options)
  }

  takeHarborWebhook(payload, secret, options) {
    return call(this, PLATFORM_IMAGES_TAKE_HARBOR_WEBHOOK, { payload, secret }, options)
  }
}

class PlatformMall {
  list(options) {
    return start(this, PLATFORM_MALL_LIST, {}, options)
  }

  publications(options) {
    return start(this, PLATFORM_MALL_PUBLICATIONS, {}, options)
  }

  journal(image, digest, options) {
    return start(this, PLATFORM_MALL_JOURNAL, { image, digest }, options)
  }

  publish(image, digest, options) {
    return start(this, PLATFORM_MALL_PUBLISH, { image, digest }, options)
  }

  approve(image, digest, options) {
    return start(this, PLATFORM_MALL_APPROVE, { image, digest }, options)
  }

  reject(image, digest, reason, options) {
    return start(this, PLATFORM_MALL_REJECT, { image, digest, reason }, options)
  }

  withdraw(image, digest, options) {
    return start(this, PLATFORM_MALL_WITHDRAW, { image, digest }, options)
  }
}

class PlatformZones {
  list(options) {
    return call(this, PLATFORM_ZONES_LIST, {}, options)
  }

  status(tenant, options) {
    return start(this, PLATFORM_ZONES_STATUS, { tenant }, options)
  }

  images(tenant, options) {
    return start(this, PLATFORM_ZONES_IMAGES, { tenant }, options)
  }

  read(image, options) {
    return start(this, PLATFORM_ZONES_READ, { image }, options)
  }

  journal(image, options) {
    return start(this, PLATFORM_ZONES_JOURNAL, { image }, options)
  }

  look(image, options) {
    return start(this, PLATFORM_ZONES_LOOK, { image }, options)
  }

  rule(namespace, options) {
    return start(this, PLATFORM_ZONES_RULE, { namespace }, options)
  }

  setRule(namespace, options) {
    return start(this, PLATFORM_ZONES_SET_RULE, { namespace }, options)
  }

  replace(image, zone, digest, options) {
    return start(this, PLATFORM_ZONES_REPLACE, { image, zone, digest }, options)
  }

  takeOver(image, zone, options) {
    return start(this, PLATFORM_ZONES_TAKE_OVER, { image, zone }, options)
  }

  retry(image, zone, options) {
    return start(this, PLATFORM_ZONES_RETRY, { image, zone }, options)
  }

  scan(options) {
    return start(this, PLATFORM_ZONES_SCAN, {}, options)
  }

  carryOn(options) {
    return start(this, PLATFORM_ZONES_CARRY_ON, {}, options)
  }

  keep(options) {
    return start(this, PLATFORM_ZONES_KEEP, {}, options)
  }

  notice(zone, images, options) {
    return call(this, PLATFORM_ZONES_NOTICE, { zone, images }, options)
  }

  takeNotifications(zone, payload, secret, options) {
    return call(this, PLATFORM_ZONES_TAKE_NOTIFICATIONS, { zone, payload, secret }, options)
  }

  takeHarborWebhook(zone, payload, secret, options) {
    return call(this, PLATFORM_ZONES_TAKE_HARBOR_WEBHOOK, { zone, payload, secret }, options)
  }
}

class PlatformOperations {
  open(id, options) {
    return start(this, PLATFORM_OPERATIONS_OPEN, { id }, options)
  }

  list(options) {
    return start(this, PLATFORM_OPERATIONS_LIST, {}, options)
  }

  resumeInterrupted(options) {
    return start(this, PLATFORM_OPERATIONS_RESUME_INTERRUPTED, {}, options)
  }
}

class Platform extends bases.Platform {
  tenants = group(this, PlatformTenants)
  applications = group(this, PlatformApplications)
  members = group(this, PlatformMembers)
  namespaces = group(this, PlatformNamespaces)
  images = group(this, PlatformImages)
  mall = group(this, PlatformMall)
  zones = group(this, PlatformZones)
  operations = group(this, PlatformOperations)

  actingAs(actor, options) {
    return call(this, PLATFORM_ACTING_AS, { actor }, options)
  }

  actingFor(subject, options) {
    return call(this, PLATFORM_ACTING_FOR, { subject }, options)
  }

  close(options) {
    return start(this, PLATFORM_CLOSE, {}, options)
  }
}

class Plan extends bases.Plan {
  document(options) {
    return call(this, PLAN_DOCUMENT, {}, options)
  }

  text(options) {
    return call(this, PLAN_TEXT, {}, options)
  }

  html(options) {
    return call(this, PLAN_HTML, {}, options)
  }

  release(options) {
    return start(this, PLAN_RELEASE, {}, options)
  }

  releaseSync(options) {
    return call(this, PLAN_RELEASE, {}, options)
  }

  begin(options) {
    return start(this, PLAN_BEGIN, {}, options)
  }
}

class Operation extends bases.Operation {
  status(options) {
    return start(this, OPERATION_STATUS, {}, options)
  }

  plan(options) {
    return start(this, OPERATION_PLAN, {}, options)
  }

  journal(options) {
    return start(this, OPERATION_JOURNAL, {}, options)
  }

  resume(options) {
    return start(this, OPERATION_RESUME, {}, options)
  }

  abandon(options) {
    return start(this, OPERATION_ABANDON, {}, options)
  }
}

class ImageCopy extends bases.ImageCopy {
  progress(options) {
    return call(this, IMAGE_COPY_PROGRESS, {}, options)
  }

  nextProgress(options) {
    return start(this, IMAGE_COPY_NEXT_PROGRESS, {}, options)
  }

  wait(options) {
    return start(this, IMAGE_COPY_WAIT, {}, options)
  }

  interrupt(options) {
    return call(this, IMAGE_COPY_INTERRUPT, {}, options)
  }
}

class KeepingImages extends bases.KeepingImages {
  nextReport(options) {
    return start(this, KEEPING_IMAGES_NEXT_REPORT, {}, options)
  }

  stop(options) {
    return start(this, KEEPING_IMAGES_STOP, {}, options)
  }
}

class ZoneCopy extends bases.ZoneCopy {
  progress(options) {
    return call(this, ZONE_COPY_PROGRESS, {}, options)
  }

  wait(options) {
    return start(this, ZONE_COPY_WAIT, {}, options)
  }
}

class KeepingZones extends bases.KeepingZones {
  nextReport(options) {
    return start(this, KEEPING_ZONES_NEXT_REPORT, {}, options)
  }

  stop(options) {
    return start(this, KEEPING_ZONES_STOP, {}, options)
  }
}

class Sandbox extends bases.Sandbox {
  credentials(options) {
    return call(this, SANDBOX_CREDENTIALS, {}, options)
  }

  addEnvironment(name, options) {
    return call(this, SANDBOX_ADD_ENVIRONMENT, { name }, options)
  }

  addPerson(name, options) {
    return call(this, SANDBOX_ADD_PERSON, { name }, options)
  }

  addCertificate(environment, name, options) {
    return call(this, SANDBOX_ADD_CERTIFICATE, { environment, name }, options)
  }

  addFault(fault, options) {
    return call(this, SANDBOX_ADD_FAULT, { fault }, options)
  }

  clearFaults(options) {
    return call(this, SANDBOX_CLEAR_FAULTS, {}, options)
  }

  advance(millis, options) {
    return call(this, SANDBOX_ADVANCE, { millis }, options)
  }

  requests(options) {
    return call(this, SANDBOX_REQUESTS, {}, options)
  }

  clearRequests(options) {
    return call(this, SANDBOX_CLEAR_REQUESTS, {}, options)
  }

  resources(kind, options) {
    return call(this, SANDBOX_RESOURCES, { kind }, options)
  }

  writeCredentials(path, options) {
    return call(this, SANDBOX_WRITE_CREDENTIALS, { path }, options)
  }
}

for (const Class of [
  Release,
  Timeline,
  ScalingEngine,
  Platform,
  Plan,
  Operation,
  ImageCopy,
  KeepingImages,
  ZoneCopy,
  KeepingZones,
  Sandbox,
]) classes.set(Class.name, Class)

module.exports = {
  Events: bases.Events,
  Release,
  Timeline,
  ScalingEngine,
  Platform,
  Plan,
  Operation,
  ImageCopy,
  KeepingImages,
  ZoneCopy,
  KeepingZones,
  Sandbox,
  check,
  checkSync,
  translate,
  translateSync,
  importStack,
  importStackSync,
  stackQuestions,
  stackQuestionsSync,
  exportTemplate,
  exportTemplateSync,
  cloneTemplate,
  cloneTemplateSync,
  checkTenant,
  checkTenantSync,
  diffReleases,
  diffReleasesSync,
  lintScalingPolicy,
  lintScalingPolicySync,
  scalingAlarmRules,
  simulateScaling,
  simulateScalingSync,
  newScalingEngine,
  loadScalingEngine,
  loadScalingEngineSync,
  decide,
  decideAll,
  decideAllSync,
  matrix,
  grantRoles,
  planMembers,
  planMembersSync,
  explain,
  version,
  connect,
  startSandbox,
}
