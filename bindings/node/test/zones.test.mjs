import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as rest } from 'node:timers/promises'
import { inspect } from 'node:util'
import { connect } from 'paas-sdk'
import { push, registry, skip } from './registries.mjs'

const IMAGE = 'retail-shop/web:1.4'
const SECRET = 'Bearer a-word-that-two-know'
const RULE = { zones: ['north', 'south'] }

async function connected(options) {
  const platform = await connect('anna', ':memory:', options)
  await platform.tenants.put('retail', { project: '7c3e0b6f' })
  await platform.namespaces.create('retail', 'retail-shop')
  return platform
}

test('without zones there is nothing to keep in step', async () => {
  const platform = await connected()
  const { zones } = platform
  assert.deepEqual(zones.list(), [])
  assert.deepEqual(await zones.status('retail'), [])
  assert.deepEqual(await zones.images('retail', { onlyBehind: true }), [])
  assert.equal((await zones.rule('retail-shop')).rule, undefined)
  await assert.rejects(zones.read(IMAGE), { kind: 'unknown_image' })
  const without = [zones.scan(), zones.carryOn(), zones.keep(), zones.look(IMAGE), zones.setRule('retail-shop', { rule: RULE })]
  for (const call of without) await assert.rejects(call, { kind: 'configuration', message: /zones/ })
  await platform.close()
})

test('zones are told when the platform is connected', async () => {
  const north = { name: 'north', url: 'https://registry.north.bank.test/' }
  const south = { name: 'south', url: 'https://r.test', registry: 'registry.south.test/images' }
  const platform = await connected({ zones: [north, south] })
  assert.deepEqual(platform.zones.list(), [
    { name: 'north', registry: 'registry.north.bank.test' },
    { name: 'south', registry: 'registry.south.test/images' },
  ])
  await assert.rejects(platform.zones.setRule('retail-shop', { rule: { zones: ['north', 'moon'] } }), {
    kind: 'unknown_zone',
  })
  await assert.rejects(platform.zones.setRule('retail-shop', { rule: { zones: ['north'] } }), {
    code: 'request.invalid', message: /two zones at least/,
  })
  assert.deepEqual((await platform.zones.setRule('retail-shop', { rule: RULE })).rule.zones, RULE.zones)
  assert.equal((await platform.zones.setRule('retail-shop')).rule, undefined)
  await platform.close()
  await assert.rejects(connect('anna', ':memory:', { zones: [north, north] }), { kind: 'configuration' })
})

test('what is pushed in one zone comes to the other', { skip }, async (t) => {
  const [north, south] = [await registry(t), await registry(t)]
  const platform = await connected({ zones: [{ name: 'north', url: north }, { name: 'south', url: south }] })
  const { zones } = platform
  await zones.setRule('retail-shop', { rule: RULE })
  const digest = await push(north, 'retail-shop/web', '1.4', [Buffer.from('a layer')])
  const scan = await zones.scan()
  assert.deepEqual([scan.images, scan.behind], [1, 1])
  const [copy] = await zones.carryOn()
  assert.deepEqual(copy.toJSON(), { image: IMAGE, source: 'north', destination: 'south' })
  assert.match(inspect(copy), /^ZoneCopy \{ image: 'retail-shop\/web:1.4', source: 'north'/)
  assert.deepEqual(await copy.wait(), [{ kind: 'copied', zone: 'south', digest }])
  assert.ok(copy.progress().bytes > 0)
  assert.equal((await zones.read(IMAGE)).standings.south.kind, 'in_step')

  const other = await push(south, 'retail-shop/web', '1.4', [Buffer.from('another layer')])
  assert.deepEqual((await zones.look(IMAGE)).standings.south, { kind: 'conflict', there: other })
  await zones.replace(IMAGE, 'south', other)
  for (const again of await zones.carryOn()) assert.equal((await again.wait())[0].kind, 'copied')
  assert.equal((await zones.takeOver(IMAGE, 'south')).origin, 'south')
  assert.equal((await zones.retry(IMAGE, 'north')).origin, 'south')
  const kinds = (await zones.journal(IMAGE)).map(({ kind }) => kind)
  assert.deepEqual(kinds.slice(0, 2), ['belongs', 'copied'])
  await platform.close()
})

test('what registries post is looked at and copied', { skip }, async (t) => {
  const [north, south] = [await registry(t), await registry(t)]
  const platform = await connected({ zones: [{ name: 'north', url: north }, { name: 'south', url: south }] })
  const { zones } = platform
  await zones.setRule('retail-shop', { rule: RULE })
  const keeping = await zones.keep({ lookSeconds: 1, scanSeconds: 3600, copies: 2 })
  for await (const report of keeping) {
    assert.equal(report.images, 0)
    break
  }
  const digest = await push(north, 'retail-shop/web', '1.4', [Buffer.from('a layer')])
  const target = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 500, repository: 'retail-shop/web', tag: '1.4',
  }
  const event = { id: '1', timestamp: '2026-11-23T08:00:00Z', action: 'push', target }
  const payload = Buffer.from(JSON.stringify({ events: [event] }))
  const refused = (status) => (error) => error.details.answer === status
  assert.throws(() => zones.takeNotifications('north', payload, SECRET), refused(401))
  const authorization = SECRET
  assert.throws(() => zones.takeHarborWebhook('north', new Uint8Array(2), SECRET, { authorization }), refused(400))
  assert.equal(zones.takeNotifications('north', payload, SECRET, { authorization }), 1)
  zones.notice('north', [IMAGE])
  let copied = []
  for (let tries = 0; tries < 300 && copied.length === 0; tries += 1) {
    await rest(100)
    copied = (await zones.journal(IMAGE)).filter(({ kind }) => kind === 'copied')
  }
  assert.deepEqual(copied.map(({ zone }) => zone), ['south'])
  await keeping.stop()
  assert.equal(await keeping.nextReport(), null)
  await platform.close()
})
