import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import { inspect } from 'node:util'
import { connect } from 'paas-sdk'
import { push, registry, skip } from './registries.mjs'

const IMAGE = 'retail-shop/web:1.4'
const DIGEST = `sha256:${'0f'.repeat(32)}`
const SECRET = 'Bearer a-word-that-two-know'

async function withNamespace(options) {
  const platform = await connect('anna', ':memory:', options)
  await platform.tenants.put('retail', { project: '7c3e0b6f' })
  await platform.namespaces.create('retail', 'retail-shop')
  return platform
}

test('what nobody pushed is unknown', async () => {
  const platform = await withNamespace()
  const { images } = platform
  assert.deepEqual(await images.list('retail', { namespace: 'retail-shop', state: 'synced' }), [])
  assert.deepEqual(await images.journal(IMAGE), [])
  for (const call of [images.read(IMAGE), images.release(IMAGE, DIGEST), images.withdraw(IMAGE)]) {
    await assert.rejects(call, { kind: 'unknown_image', help: /push it/ })
  }
  const reader = platform.actingFor({
    user: '5f3c', tenants: { '7c3e0b6f': { roles: ['read_only'] } }, namespaces: ['retail-shop'],
  })
  await assert.rejects(reader.images.release(IMAGE, DIGEST), { kind: 'denied' })
  await assert.rejects(images.read('retail-shop/web'), { code: 'request.invalid', message: /repository:tag/ })
  for (const call of [images.sync(IMAGE), images.look(IMAGE), images.sweep(), images.carryOn(), images.keep()]) {
    await assert.rejects(call, { kind: 'configuration', message: /without the registries/ })
  }
  await platform.close()
})

test('what registries post is taken', async () => {
  const platform = await withNamespace()
  const target = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: DIGEST, size: 500, repository: 'retail-shop/web', tag: '1.4',
  }
  const event = { id: '1', timestamp: '2026-11-23T08:00:00Z', action: 'push', target }
  const payload = Buffer.from(JSON.stringify({ events: [event] }))
  assert.equal(platform.images.takeNotifications(payload, SECRET, { authorization: SECRET }), 1)
  const refused = (status) => (error) => error.details.answer === status
  assert.throws(() => platform.images.takeNotifications(payload, SECRET), refused(401))
  const authorization = SECRET
  assert.throws(() => platform.images.takeHarborWebhook(new Uint8Array(2), SECRET, { authorization }), refused(400))
  await platform.close()
})

test('an image goes the whole way', { skip }, async (t) => {
  const [from, to] = [await registry(t), await registry(t)]
  const platform = await withNamespace({ registryTest: { url: from }, registryProduction: { url: to } })
  const { images, namespaces } = platform
  const digest = await push(from, 'retail-shop/web', '1.4', [randomBytes(3_000_000), randomBytes(70_000)])
  assert.equal((await images.look(IMAGE)).digest, digest)
  await assert.rejects(images.sync(IMAGE), { kind: 'image_state', help: 'release it first' })
  await images.askForRelease(IMAGE, { note: 'for the fair' })
  await images.release(IMAGE, digest)
  await assert.rejects(images.askForRelease(IMAGE), { kind: 'image_state' })
  await images.askForSync(IMAGE)
  await namespaces.setSyncRule('retail', 'retail-shop', { rule: { kind: 'manual' } })
  await assert.rejects(images.sync(IMAGE), { kind: 'image_state', message: /no namespace/, help: /open_in_production/ })
  await namespaces.openInProduction('retail', 'retail-shop')

  const copy = await images.sync(IMAGE)
  assert.equal(inspect(copy, { breakLength: 120 }), `ImageCopy { image: '${IMAGE}', id: '${copy.id}' }`)
  const seen = []
  for await (const progress of copy) seen.push(progress)
  const end = await copy.wait()
  assert.deepEqual([end.what, end.digest], ['synced', digest])
  const last = seen.at(-1)
  assert.deepEqual(last, copy.progress())
  assert.ok(last.done === last.contents && last.sent === last.bytes && last.sent > 3_070_000, inspect(last))
  assert.equal(await copy.nextProgress(), null)
  assert.equal((await images.read(IMAGE)).state.kind, 'synced')
  const what = (await images.journal(IMAGE)).map((entry) => entry.what)
  assert.deepEqual(what, [
    ...['pushed', 'release_wished', 'released', 'sync_wished'],
    ...['namespace_missing', 'namespace_found', 'copy_began', 'synced'],
  ])

  const keeping = await images.keep({ lookSeconds: 1 })
  for await (const { images: count, changes } of keeping) {
    assert.deepEqual([count, changes], [1, []])
    break
  }
  await keeping.stop()
  assert.equal(await keeping.nextReport(), null)
  await platform.close()
})
