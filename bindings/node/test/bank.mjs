// What the tests deploy: a small application, and the bank's example.

import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, startSandbox } from 'paas-sdk'

/** A file of the project. */
export function inProject(path) {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
}

export const BANK = inProject('examples/bank/template.yaml')

/** Two services in one network. */
export const SMALL = `
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop, template_version: 1.0.0 }
topology_template:
  node_templates:
    front:
      type: paas.nodes.Network
      properties: { network_name: front }
    web:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/web:1.0', scale: 2, ports: [ { container: 8080 } ] }
      requirements: [ { network: front }, { connection: cache } ]
    cache:
      type: paas.nodes.Service
      properties: { image: 'registry.bank.test/cache:1.0', health_check: { port: 6379 }, ports: [ { container: 6379 } ] }
      requirements: [ { network: front } ]
`

/** A sandbox where nothing takes its time, and a platform with a tenant whose network \`front\` is there. */
export async function shop(options = {}) {
  const sandbox = startSandbox({ instant: true, environments: ['front'] })
  const store = join(mkdtempSync(join(tmpdir(), 'paas-sdk-')), 'paas.db')
  const platform = await connect('anna', store, { rancher: sandbox.credentials(), ...options })
  await platform.tenants.put('meridian', { networks: [{ name: 'front' }] })
  return { sandbox, platform, store }
}
