// Deploys the bank's application to a sandbox and shows how far it is: a bar on a terminal, lines elsewhere.
//
//   node examples/node/deploy.mjs

import { readFile } from 'node:fs/promises'
import { checkTenant, connect, startSandbox } from 'paas-sdk'

const [template, tenantFile] = await Promise.all([
  readFile('examples/bank/template.yaml', 'utf8'),
  readFile('examples/bank/tenant.yaml', 'utf8'),
])
const { tenant } = await checkTenant(tenantFile)

// In place of a Rancher server a stand-in, with an environment for each network of the tenant.
const sandbox = startSandbox()
for (const network of tenant.networks) {
  const { id } = sandbox.addEnvironment(network.environment)
  sandbox.addCertificate(id, 'www.bank.test')
}

const platform = await connect('anna@bank.test', ':memory:', {
  rancher: sandbox.credentials(),
  secrets: { database_password: 'only-an-example', card_api_key: 'another-example' },
})
await platform.tenants.put(tenant.name, { networks: tenant.networks, nfsServers: tenant.nfs_servers })

const operation = await platform.applications.deploy(tenant.name, template)
console.log(`operation ${operation.id}`)
for await (const event of operation.events()) show(event)
await operation.wait() // Tells if it stopped, and why.

const { networks } = await platform.applications.status(tenant.name, 'retail-banking')
for (const { network, services } of networks) {
  for (const { name, state, scale } of services) console.log(`${network}/${name}: ${state}, ${scale ?? 'no'} containers`)
}
sandbox.stop()

function show({ kind, percent, message }) {
  if (!process.stdout.isTTY) {
    if (kind === 'ended' || kind === 'done') console.log(`${String(percent).padStart(3)} % ${message}`)
    return
  }
  const bar = '█'.repeat(percent / 4).padEnd(25, '░')
  const width = Math.max(process.stdout.columns - 34, 0)
  process.stdout.write(`\r${bar} ${String(percent).padStart(3)} % ${message.slice(0, width).padEnd(width)}`)
  if (kind === 'done') process.stdout.write('\n')
}
