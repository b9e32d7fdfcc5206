import assert from 'node:assert/strict'
import test from 'node:test'
import { connect, startSandbox } from 'paas-sdk'
import { push, registry, skip } from './registries.mjs'

const IMAGE = 'retail-shop/web:1.4'
const DIGEST = `sha256:${'0f'.repeat(32)}`
const REGISTRY = 'registry.bank.test'
const SHOP = `
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web:
      type: paas.nodes.Service
      properties:
        image: ${REGISTRY}/${IMAGE}
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
      requirements: [ network: dmz ]
`

async function connected(options) {
  const platform = await connect('anna', ':memory:', options)
  await platform.tenants.put('retail', { project: '7c3e0b6f' })
  await platform.tenants.put('treasury', {
    project: '9c41', networks: [{ name: 'dmz', environment: 'treasury-dmz' }],
  })
  await platform.namespaces.create('retail', 'retail-shop')
  return platform
}

const senior = (platform) => platform.actingFor({
  user: '5f3c', name: 'ben', tenants: { '7c3e0b6f': { roles: ['senior_member'] } },
})
const auditor = (platform) => platform.actingFor({ user: 'a1', platform: ['publication_auditor'] })

test('what nobody asked for is unknown', async () => {
  const platform = await connected()
  const { mall } = platform
  assert.deepEqual(await mall.list(), [])
  assert.deepEqual(await mall.publications({ tenant: 'retail', state: 'requested' }), [])
  assert.deepEqual(await mall.journal(IMAGE, DIGEST), [])
  await assert.rejects(mall.publish(IMAGE, DIGEST), { kind: 'unknown_image' })
  await assert.rejects(mall.approve(IMAGE, DIGEST), { kind: 'unknown_publication', help: /publications/ })
  await assert.rejects(senior(platform).mall.approve(IMAGE, DIGEST), { kind: 'denied' })
  await assert.rejects(mall.list({ tenant: 'nobody' }), { kind: 'unknown_tenant' })
  await platform.close()
})

test('a tenant is shown, and deploys, what an auditor approved', { skip }, async (t) => {
  const [from, to] = [await registry(t), await registry(t)]
  const sandbox = startSandbox({ environments: ['treasury-dmz'], instant: true })
  t.after(() => sandbox.stop())
  const imageSources = {
    zones: [
      { name: 'north', registry: REGISTRY },
      { name: 'south', registry: 'registry.south.test:5000/images' },
    ],
    otherwise: 'south',
  }
  const platform = await connected({
    rancher: sandbox.credentials(), registryTest: { url: from }, registryProduction: { url: to }, imageSources,
  })
  const [ben, carl] = [senior(platform), auditor(platform)]
  const digest = await push(from, 'retail-shop/web', '1.4', [Buffer.from('a layer')])
  await platform.images.look(IMAGE)
  await assert.rejects(platform.applications.plan('treasury', SHOP), (error) => {
    assert.deepEqual(error.diagnostics.map(({ code }) => code), ['resource.image_hidden'])
    return error.kind === 'rejected'
  })
  const asked = await ben.mall.publish(IMAGE, digest, { note: 'a front for all' })
  assert.deepEqual([asked.status, asked.requested.reason], ['requested', 'a front for all'])
  assert.deepEqual(await carl.mall.publications({ state: 'requested' }), [asked])
  await assert.rejects(platform.actingAs('ben').mall.approve(IMAGE, digest), {
    kind: 'publication_refused', help: 'have another auditor look at it',
  })
  assert.equal((await carl.mall.approve(IMAGE, digest)).status, 'approved')
  const [shown] = await platform.mall.list({ tenant: 'treasury', official: true, search: 'web' })
  assert.deepEqual(shown, { image: IMAGE, digest, visibility: { kind: 'official' }, owner: 'retail' })

  await (await platform.applications.deploy('treasury', SHOP)).wait()
  const release = await platform.applications.release('treasury', 'shop')
  assert.deepEqual(
    release.toDict().images.map(({ image }) => image),
    [`registry.south.test:5000/images/retail-shop/web@${digest}`],
  )

  await assert.rejects(carl.mall.reject(IMAGE, digest, ' '), { kind: 'publication_refused' })
  assert.equal((await carl.mall.reject(IMAGE, digest, 'too old')).state.reason, 'too old')
  await ben.mall.publish(IMAGE, digest)
  assert.equal((await ben.mall.withdraw(IMAGE, digest)).status, 'withdrawn')
  assert.equal((await platform.mall.journal(IMAGE, digest)).length, 5)

  const personal = await platform.namespaces.setPersonal('retail', 'retail-shop', { user: '88' })
  assert.equal(personal.personal, '88')
  assert.deepEqual(await ben.mall.list(), [])
  await assert.rejects(ben.mall.publish(IMAGE, digest), { kind: 'publication_refused', message: /personal/ })
  await platform.close()
})

test('sources of images are checked', async () => {
  const zones = [{ name: 'north', registry: REGISTRY }]
  await assert.rejects(connect('anna', ':memory:', { imageSources: { zones, otherwise: 'west' } }), {
    code: 'request.invalid', message: /there is no zone `west`/,
  })
})
