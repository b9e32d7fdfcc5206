import assert from 'node:assert/strict'
import test from 'node:test'
import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { connect, Events, Operation, PaasError, Plan, Platform, Sandbox, startSandbox } from 'paas-sdk'
import { BANK, SMALL, shop } from './bank.mjs'

const QUICK = { policy: { ready_seconds: 2, unhealthy_seconds: 1, tries: 1 } }

test('an application is deployed, scaled and removed', async () => {
  const { sandbox, platform } = await shop()
  const { applications, operations } = platform
  const plan = await applications.plan('meridian', SMALL)
  assert.ok(plan instanceof Plan)
  assert.match(plan.text(), /web/)
  const operation = await plan.begin()
  assert.ok(operation instanceof Operation)
  assert.equal(operation.id, plan.toDict().id)
  const kinds = []
  let percent = 0
  for await (const event of operation.events()) {
    kinds.push(event.kind)
    assert.ok(event.percent >= percent)
    percent = event.percent
  }
  assert.equal(kinds[0], 'begun')
  assert.equal(kinds.at(-1), 'done')
  assert.equal(percent, 100)
  const ended = await operation.wait()
  assert.equal(ended.percent, 100)

  const { networks } = await applications.status('meridian', 'shop')
  const scales = () => networks[0].services.map(({ name, scale }) => [name, scale])
  assert.deepEqual(scales(), [['cache', 1], ['web', 2]])
  const seen = []
  await (await applications.scale('meridian', 'shop', 'web', 4)).wait({ onEvent: ({ kind }) => seen.push(kind) })
  assert.equal(seen.at(-1), 'done')
  const after = await applications.status('meridian', 'shop')
  assert.equal(after.networks[0].services.find(({ name }) => name === 'web').scale, 4)
  await assert.rejects(applications.scale('meridian', 'shop', 'wbe', 4), { kind: 'unknown_service' })

  await (await applications.remove('meridian', 'shop')).wait()
  assert.deepEqual(sandbox.resources('stack').filter(({ name }) => name === 'shop'), [])
  assert.equal((await operations.list({ tenant: 'meridian' })).length, 3)
  assert.ok((await operation.journal()).length > 0)
  sandbox.stop()
})

test('what fails stops the operation, which goes on by its id', async () => {
  const { sandbox, platform } = await shop(QUICK)
  sandbox.addFault({ fault: 'never_healthy', service: 'cache', times: 100 })
  const { id } = await platform.applications.deploy('meridian', SMALL)
  const error = await (await platform.operations.open(id)).wait().then(assert.fail, (error) => error)
  assert.ok(error instanceof PaasError)
  assert.equal(error.kind, 'operation_stopped')
  assert.equal(error.operation, id)
  assert.ok(error.details.failures.length > 0, inspect(error.details))
  assert.equal((await (await platform.operations.open(id)).status()).percent < 100, true)

  sandbox.clearFaults()
  const operation = await platform.actingAs('ben').operations.open(id)
  await operation.resume()
  assert.equal((await operation.wait()).percent, 100)
  await assert.rejects(operation.resume(), { kind: 'operation_state' })
  sandbox.stop()
})

test('an exception in a callback rejects, and the operation goes on', async () => {
  const { sandbox, platform } = await shop()
  const operation = await platform.applications.deploy('meridian', SMALL)
  const thrown = new RangeError('of the callback')
  await assert.rejects(operation.wait({ onEvent: () => { throw thrown } }), thrown)
  await assert.rejects(operation.wait({ onEvent: async () => { throw thrown } }), thrown)
  assert.equal((await operation.wait()).percent, 100)
  await assert.rejects(operation.wait({ onEvnt: () => {} }), /unknown option `onEvnt`, expected one of `onEvent`, `signal`/)
  await assert.rejects(operation.wait({ onEvent: 5 }), { code: 'request.invalid' })
  const { signal } = new AbortController()
  for (const options of [() => {}, signal, 5, [], null]) {
    await assert.rejects(operation.wait(options), { code: 'request.invalid', message: /a plain object is expected/ })
  }
  sandbox.stop()
})

test('events can be left, and asked for by many at once', async () => {
  const { sandbox, platform } = await shop()
  const operation = await platform.applications.deploy('meridian', SMALL)
  const events = operation.events()
  assert.ok(events instanceof Events)
  for await (const event of events) {
    assert.equal(event.kind, 'begun')
    break
  }
  assert.deepEqual(await events.next(), { value: undefined, done: true })

  const [first, second] = await Promise.all([operation.events(), operation.events()].map((each) => each.next()))
  assert.deepEqual(first, second)
  const all = operation.events()
  const several = await Promise.all([all.next(), all.next(), all.next()])
  const numbers = several.map(({ value }) => value.number)
  assert.deepEqual(numbers, numbers.toSorted((a, b) => a - b))
  assert.equal(new Set(numbers).size, 3)
  await all.return()
  sandbox.stop()
})

test('a wait that is given up rejects with its reason, and the operation goes on', async () => {
  const { sandbox, platform } = await shop()
  sandbox.addFault({ fault: 'stays_activating', service: 'cache', times: 100 })
  const operation = await platform.applications.deploy('meridian', SMALL)
  const gone = new Error('somebody left')
  for (const wait of [
    (signal) => operation.wait({ signal }),
    (signal) => operation.wait({ signal, onEvent() {} }),
    (signal) => operation.wait({ signal, onEvent: () => new Promise(() => {}) }),
    async (signal) => { for await (const _ of operation.events({ signal })); },
  ]) {
    const leaving = new AbortController()
    const waiting = wait(leaving.signal)
    setTimeout(() => leaving.abort(gone), 50)
    await assert.rejects(waiting, gone)
  }
  await assert.rejects(operation.wait({ signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' })
  await assert.rejects(operation.wait({ signal: AbortSignal.abort(gone) }), gone)
  await assert.rejects(operation.wait({ signal: {} }), { code: 'request.invalid' })
  const pending = operation.events()
  for (let event = await pending.next(); event.value.kind !== 'doing'; event = await pending.next());
  const left = (async () => { while (!(await pending.next()).done); return 'left' })()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await pending.return()
  assert.equal(await left, 'left')

  sandbox.clearFaults()
  const { percent } = await operation.wait({ signal: new AbortController().signal })
  assert.equal(percent, 100)
  sandbox.stop()
})

test('many calls share a signal, and leave nothing on it', async (context) => {
  const warned = context.mock.method(process, 'emitWarning', () => {})
  const { sandbox, platform } = await shop()
  sandbox.addFault({ fault: 'stays_activating', service: 'cache', times: 100 })
  const operation = await platform.applications.deploy('meridian', SMALL)
  const left = new AbortController()
  const waits = Array.from({ length: 100 }, () => operation.wait({ signal: left.signal }))
  assert.equal(getEventListeners(left.signal, 'abort').length, 1)
  left.abort('left')
  for (const { reason } of await Promise.allSettled(waits)) assert.equal(reason, 'left')
  assert.equal(getEventListeners(left.signal, 'abort').length, 0)
  assert.equal(warned.mock.callCount(), 0)
  sandbox.stop()
})

test('the sandbox tells and forgets', async () => {
  const sandbox = startSandbox({ virtualClock: true, environments: ['a'], seed: 7 })
  assert.ok(sandbox instanceof Sandbox)
  const { id } = sandbox.addEnvironment('b')
  sandbox.addCertificate(id, 'www.bank.test')
  assert.throws(() => sandbox.addCertificate('1a999', 'x'), { code: 'sandbox.unknown_environment', kind: 'sandbox' })
  assert.deepEqual(sandbox.resources('project').map(({ name }) => name).slice(-2), ['a', 'b'])
  sandbox.advance(1000)
  assert.deepEqual(sandbox.requests(), [])
  assert.throws(() => sandbox.addFault({ fault: 'conflct' }), { message: /`conflct`.*`conflict`/ })
  sandbox.stop()
  sandbox.stop()
  assert.equal(inspect(sandbox), 'Sandbox { stopped }')
  assert.throws(() => sandbox.credentials(), { code: 'sandbox.stopped' })
})

test('a sandbox can be disposed of', { skip: Symbol.dispose === undefined && 'not in this Node' }, () => {
  const sandbox = startSandbox()
  sandbox[Symbol.dispose]()
  assert.throws(() => sandbox.credentials(), { code: 'sandbox.stopped' })
})

test('the bank is checked against its tenant', async () => {
  const { sandbox, platform } = await shop()
  assert.ok(platform instanceof Platform)
  assert.equal(platform.actor, 'anna')
  assert.equal(platform.actingAs('ben').actor, 'ben')
  assert.throws(() => platform.actingAs(''), { code: 'request.invalid', details: { field: 'actor' } })
  const { accepted, diagnostics } = await platform.applications.check('meridian', BANK)
  assert.equal(accepted, false)
  const error = await platform.applications.deploy('meridian', BANK).then(assert.fail, (error) => error)
  assert.equal(error.kind, 'rejected')
  assert.deepEqual(error.diagnostics, diagnostics)
  sandbox.stop()
})

test('a store is held by one platform at a time, until it is closed', async () => {
  const { sandbox, platform, store } = await shop()
  await assert.rejects(connect('ben', store), { code: 'store.locked' })
  await (await platform.applications.deploy('meridian', SMALL)).wait()
  const release = await platform.applications.release('meridian', 'shop')
  assert.deepEqual(Object.keys(release.files), ['front/docker-compose.yml', 'front/rancher-compose.yml'])
  assert.deepEqual(await platform.actingAs('ben').applications.list('meridian'), [{ name: 'shop', state: 'deployed' }])
  assert.deepEqual(await platform.operations.resumeInterrupted(), [])
  await platform.close()
  await assert.rejects(platform.tenants.list(), { code: 'store.closed' })
  const again = await connect('ben', store)
  assert.deepEqual((await again.tenants.list()).map(({ name }) => name), ['meridian'])
  await again[Symbol.asyncDispose]()
  await assert.rejects(again.tenants.list(), { code: 'store.closed' })
  sandbox.stop()
})
