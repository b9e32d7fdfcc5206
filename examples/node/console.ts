// The beginning of an admin console: what is under way, what stopped and why, and how an application is. Several people
// ask at once, and nobody waits for the others.
//
//   tsc --project examples/node --outDir FOLDER && node FOLDER/console.js

import { type ApplicationStatus, type Sandbox, PaasError, Platform, connect, startSandbox } from 'paas-sdk'

const TEMPLATE = `
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop, template_version: 1.0.0 }
topology_template:
  node_templates:
    front:
      type: paas.nodes.Network
      properties: { network_name: front }
    web:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/web:1.0', scale: 2, health_check: { port: 8080 } }
      requirements: [ { network: front } ]
`

/** What the console says to a person. Codes and kinds are for programs, messages and help for people. */
function explained(error: unknown): string {
  if (!(error instanceof PaasError)) throw error
  switch (error.code) {
    case 'platform.unknown_application':
      return 'there is no such application'
    case 'platform.operation_stopped':
      return `operation ${error.operation} stopped: ${error.details.failures?.length ?? 0} steps failed`
    default:
      return `${error.message}; ${error.help ?? ''}${error.retryable ? ' (later it may work)' : ''}`
  }
}

async function operations(platform: Platform): Promise<string[]> {
  const all = await platform.operations.list()
  return all.map(({ id, application, percent }) => `${id}  ${application}  ${percent} %`)
}

async function services(platform: Platform, application: string): Promise<string[]> {
  const status: ApplicationStatus = await platform.applications.status('meridian', application)
  return status.networks.flatMap(({ network, services }) =>
    services.map(({ name, state, scale }) => `${network}/${name}: ${state}, ${scale ?? 'no'} containers`),
  )
}

async function show(title: string, lines: Promise<string[]>): Promise<void> {
  const told = await lines.catch((error: unknown) => [explained(error)])
  console.log([title, ...told.map((line) => `  ${line}`)].join('\n'))
}

/** A platform with an application whose deployment stopped. */
async function prepared(sandbox: Sandbox): Promise<Platform> {
  const policy = { ready_seconds: 2, unhealthy_seconds: 1, tries: 1 }
  const platform = await connect('anna@bank.test', ':memory:', { rancher: sandbox.credentials(), policy })
  await platform.tenants.put('meridian', { networks: [{ name: 'front' }] })
  sandbox.addFault({ fault: 'never_healthy', service: 'web', times: 100 })
  const operation = await platform.applications.deploy('meridian', TEMPLATE)
  await show('Deployment', operation.wait().then(() => ['done']))
  return platform
}

const sandbox = startSandbox({ instant: true, environments: ['front'] })
const platform = await prepared(sandbox)
await Promise.all([
  show('Operations', operations(platform)),
  show('Application `shop`', services(platform, 'shop')),
  show('Application `shpo`', services(platform, 'shpo')),
  show('Deployed again', platform.applications.deploy('meridian', TEMPLATE).then(({ id }) => [id])),
])

// Somebody put right what was wrong, and the operation goes on.
sandbox.clearFaults()
const [stopped] = await platform.operations.list({ tenant: 'meridian' })
if (stopped !== undefined) {
  const operation = await platform.operations.open(stopped.id)
  await operation.resume()
  await show('Resumed', operation.wait({ signal: AbortSignal.timeout(60_000) }).then(({ percent }) => [`${percent} %`]))
}
sandbox.stop()
