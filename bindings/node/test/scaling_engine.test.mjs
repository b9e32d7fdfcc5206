import assert from 'node:assert/strict'
import test from 'node:test'
import { inspect } from 'node:util'
import {
  Timeline, loadScalingEngine, loadScalingEngineSync, newScalingEngine, scalingAlarmRules, simulateScaling,
  simulateScalingSync,
} from 'paas-sdk'
import { policy } from './policy.mjs'

/** Eight o'clock in Shanghai. */
const MORNING = '2026-11-23T00:00:00Z'

const [above, below] = scalingAlarmRules(policy(0.3)).map(({ id }) => id)

function wrongPolicy() {
  const { windows, ...rest } = policy(0.3)
  return { ...rest, time_zone: 'Mars', windows: windows.map((window) => ({ ...window, name: 'same' })) }
}

/** An engine with a service that goes back to its count in the morning. */
function engineAtNight() {
  const engine = newScalingEngine()
  engine.upsert('shop/web', policy(0.3), 4, '2026-11-22T19:00:00Z')
  return engine
}

test('a policy is tried out', async () => {
  const timeline = await simulateScaling(policy(0.3), { date: '2026-11-23', officeDay: 4 })
  assert.ok(timeline instanceof Timeline)
  const whole = await timeline.document()
  assert.deepEqual(whole.summary, { ...timeline.summary })
  assert.deepEqual(whole.decisions, [...timeline.decisions])
  assert.deepEqual(timeline.toDict(), whole)
  assert.deepEqual(JSON.parse(JSON.stringify(timeline)), whole)
  assert.match(await timeline.text(), /^`web` from 2026-11-23 00:00/)
  assert.match(timeline.svgSync(), /^<svg [^]*<\/svg>\s*$/)
  assert.match(inspect(timeline), /^Timeline \{ containerHours: [\d.]+, least: 1, most: \d \}$/)
  assert.deepEqual(simulateScalingSync(policy(0.3), { date: '2026-11-23', officeDay: 4 }).toDict(), whole)
  assert.throws(() => { timeline.summary.least = 0 }, TypeError)
})

test('rows fit tables', async () => {
  const rows = await simulateScalingSync(policy(0.3), { date: '2026-11-23', constant: 3 }).rows()
  assert.equal(rows.length, 24 * 60)
  const columns = ['at', 'local', 'window', 'count', 'draining', 'serving', 'demand', 'cpu']
  for (const row of rows) assert.deepEqual(Object.keys(row), columns)
  assert.deepEqual([rows[600].local, rows[600].window], ['2026-11-23 10:00', 'busy'])
  assert.equal(new Date(rows[1].at) - new Date(rows[0].at), 60_000)
})

test('two plans are compared', () => {
  const [lean, rich] = ['time,demand\n00:00,1\n', 'time,demand\n00:00,5.5\n'].map((load) => (
    simulateScalingSync(policy(0.3), { date: '2026-11-23', load, count: 2 })
  ))
  const compared = lean.compare(rich)
  assert.ok(compared.comparison.first.most < compared.comparison.second.most)
  assert.match(compared.text, /container hours/)
  // Of the other one, what was kept in a file is enough.
  assert.deepEqual(lean.compare(JSON.parse(JSON.stringify(rich.summary))), compared)
  assert.throws(() => lean.compare(rich, { x: 1 }), { code: 'request.invalid', message: /unknown option `x`/ })
  assert.throws(() => lean.compare('rich'), { code: 'request.invalid', message: /^`other`: / })
})

test('a Date is an instant', () => {
  const [start, end] = [new Date('2026-11-23T09:00:00+08:00'), new Date('2026-11-23T11:00:00+08:00')]
  const { from, until } = simulateScalingSync(policy(0.3), { start, end }).toDict()
  assert.deepEqual([from, until], ['2026-11-23T01:00:00Z', '2026-11-23T03:00:00Z'])
  const engine = engineAtNight()
  engine.advance(new Date('2026-11-22T23:59:59.999Z'))
  assert.equal(engine.status().now, '2026-11-22T23:59:59Z')
  const at = new Date('2026-11-22T23:59:00Z')
  engine.advance(MORNING)
  engine.alarm('shop/web', above, 'resolved', MORNING, { at })
  engine.alarmsSync([{ service: 'shop/web', rule: below, state: 'resolved', at }], MORNING)
  const { explanation } = engine.explain('shop/web', new Date(MORNING))
  assert.deepEqual(explanation.alarms.map((alarm) => alarm.at), ['2026-11-22T23:59:00Z', '2026-11-22T23:59:00Z'])
  assert.throws(() => engine.advance(new Date('soon')), {
    code: 'request.invalid',
    message: '`now`: an instant is expected, and this `Date` is none',
  })
  assert.throws(() => engine.advance(new Date(-1_000)), { code: 'request.invalid', message: /from 1970 to 2105/ })
  assert.throws(() => simulateScalingSync(policy(0.3), { date: start }), { message: /^`date`: .* object of `Date`/ })
})

test('what cannot be tried out says why', async () => {
  await assert.rejects(simulateScaling(wrongPolicy(), { date: '2026-11-23' }), ({ kind, diagnostics }) => {
    assert.equal(kind, 'rejected')
    assert.deepEqual(diagnostics.map(({ code }) => code), ['scaling.time_zone', 'yaml.duplicate_key'])
    return true
  })
  const load = 'time,demand\n25:00,1\n08:00,x\n'
  assert.throws(() => simulateScalingSync(policy(0.3), { date: '2026-11-23', load }), {
    code: 'request.invalid',
    message: /line 2: `25:00` is neither .*; line 3: /,
  })
  assert.throws(() => simulateScalingSync(policy(0.3)), { message: /^`date`: give the day/ })
})

test('an engine goes through a day', () => {
  const engine = newScalingEngine({ alarmTtlMs: 120_000 })
  const [night] = engine.upsert('shop/web', policy(0.3), 4, '2026-11-23T03:00:00+08:00')
  assert.deepEqual([night.kind, night.service, night.from, night.to], ['scale', 'shop/web', 4, 1])
  const closed = engine.alarm('shop/web', above, 'firing', '2026-11-22T19:00:00Z')
  assert.deepEqual(closed.hold, { because: 'window_closed' })

  assert.equal(engine.nextDeadline(), MORNING)
  const { actions: [scale, arm], is_done: isDone } = engine.advance(MORNING)
  assert.ok(isDone)
  assert.deepEqual([scale.kind, scale.to, arm.kind], ['scale', 4, 'arm'])
  assert.deepEqual(arm.rules.map(({ id }) => id), [above, below])

  const { actions: [out] } = engine.alarm('shop/web', above, 'firing', '2026-11-23T00:05:00Z', { value: 0.9 })
  assert.equal(out.to, 6)
  assert.deepEqual(out.cause, { because: 'alarm', rule: above, window: 'busy', side: 'upper', value: 0.9 })
  const quiet = engine.alarm('shop/web', above, 'firing', '2026-11-23T00:06:00Z')
  assert.deepEqual(quiet.hold, { because: 'quiet', until: '2026-11-23T00:10:00Z' })
  assert.equal(quiet.reason, 'an action was not long ago: alarms wait until 2026-11-23T00:10:00Z')
  const { explanation, text } = engine.explain('shop/web', '2026-11-23T00:07:00Z')
  assert.equal(explanation.count, 6)
  assert.equal(explanation.alarms[0].believed_until, '2026-11-23T00:08:00Z')
  assert.match(text, /^`shop\/web` has a count of 6 at 2026-11-23T00:07:00Z\n/)

  assert.deepEqual(engine.observeCount('shop/web', 3, 3, 'person', '2026-11-23T01:00:00Z'), [])
  assert.equal(engine.count('shop/web'), 3)
  const [disarm] = engine.setEnabled('shop/web', false, '2026-11-23T02:00:00Z')
  assert.deepEqual([disarm.kind, disarm.rules], ['arm', []])
  engine.setEnabled('shop/web', true, '2026-11-23T13:00:00Z')
  const [back] = engine.remove('shop/web', '2026-11-23T13:00:00Z', { removal: 'restore' })
  assert.deepEqual([back.service, back.to], ['shop/web', 3])
  assert.equal(inspect(engine), 'ScalingEngine { services: 0 }')
  assert.equal(engine.nextDeadline(), null)
})

test('many go together', async () => {
  const engine = newScalingEngine()
  const services = ['a', 'b', 'c'].map((service) => ({ service, policy: policy(0.3), count: 4 }))
  const wrong = [...services, { service: 'd', policy: wrongPolicy(), count: 1 }]
  await assert.rejects(engine.upsertAll(wrong, MORNING), ({ kind, message, diagnostics }) => {
    assert.equal(kind, 'rejected')
    assert.match(message, /`d`: /)
    assert.equal(diagnostics.length, 2)
    return true
  })
  assert.equal(engine.status().services, 0)

  const scaled = await engine.upsertAll(services, '2026-11-22T19:00:00Z')
  assert.deepEqual(scaled.map(({ service }) => service), ['a', 'b', 'c'])
  const actions = []
  for (let isDone = false; !isDone;) {
    const advance = engine.advance(MORNING, { budget: 1 })
    actions.push(...advance.actions)
    isDone = advance.is_done
  }
  assert.deepEqual(actions.filter(({ kind }) => kind === 'scale').map(({ service }) => service), ['a', 'b', 'c'])
  assert.throws(() => engine.advance(MORNING, { budget: 0 }), { code: 'request.invalid', message: /^`budget`: / })

  const alarms = ['a', 'x', 'a'].map((service) => ({ service, rule: above, state: 'firing' }))
  const verdicts = await engine.alarms(alarms, '2026-11-23T00:05:00Z')
  assert.deepEqual(verdicts.map(({ hold }) => hold?.because), [undefined, 'unknown_service', 'repeated'])
  const counts = [['b', 'person'], ['c', 'platform']].map(([service, source]) => (
    { service, desired: 8, running: 8, source }
  ))
  engine.observeCountsSync(counts, '2026-11-23T00:06:00Z')
  assert.deepEqual(['a', 'b', 'c', 'x'].map((service) => engine.count(service)), [6, 8, 4, null])
})

test('a service that is not there moves nothing', () => {
  const engine = engineAtNight()
  assert.deepEqual(engine.alarm('shop/wbe', above, 'firing', MORNING), {
    actions: [],
    hold: { because: 'unknown_service' },
    reason: 'no such service is scaled',
  })
  assert.deepEqual(engine.observeCount('shop/wbe', 1, 1, 'person', MORNING), [])
  assert.deepEqual(engine.setEnabled('shop/wbe', true, MORNING), [])
  assert.deepEqual(engine.remove('shop/wbe', MORNING), [])
  assert.equal(engine.explain('shop/wbe', MORNING), null)
  assert.throws(() => engine.alarm('shop/web', 'above', 'firing', MORNING), {
    code: 'request.invalid',
    message: /sixteen hexadecimal digits/,
  })
})

test('time does not run backwards', () => {
  const engine = engineAtNight()
  engine.advance('2026-11-23T04:00:00Z')
  assert.deepEqual(engine.advance(MORNING), { actions: [], is_done: true })
  assert.equal(engine.status().now, '2026-11-23T04:00:00Z')
})

test('a snapshot and the rest are the whole', async () => {
  const first = engineAtNight()
  let second = engineAtNight()
  const begin = Date.parse('2026-11-22T19:00:00Z')
  for (let quarter = 0; quarter < 200; quarter += 1) {
    const now = new Date(begin + quarter * 900_000)
    const rule = quarter % 3 === 0 ? below : above
    const state = quarter % 2 === 0 ? 'firing' : 'resolved'
    assert.deepEqual(first.advance(now), second.advance(now))
    assert.deepEqual(first.alarm('shop/web', rule, state, now), second.alarm('shop/web', rule, state, now))
    if (quarter % 7 === 0) second = loadScalingEngineSync(second.snapshotSync())
  }
  const snapshot = await first.snapshot()
  assert.ok(Buffer.isBuffer(snapshot))
  assert.deepEqual(snapshot, second.snapshotSync())

  // After some days without an engine: what holds then, once.
  const restored = await loadScalingEngine(new Uint8Array(snapshot))
  const persons = [{ service: 'shop/web', count: 7 }]
  const [action] = await restored.takeOver('2026-11-27T19:00:00Z', { persons })
  assert.equal(action.to, 1)
  assert.deepEqual(action.cause, { because: 'window', window: 'night', trigger: 'caught_up' })
})

test('what is no snapshot is refused', async () => {
  const snapshot = engineAtNight().snapshotSync()
  const flipped = Buffer.from(snapshot)
  flipped[20] ^= 1
  for (const [damaged, message] of [
    [Buffer.from('hello'), /this is not a snapshot/],
    [snapshot.subarray(0, -1), /damaged/],
    [flipped, /damaged/],
  ]) {
    await assert.rejects(loadScalingEngine(damaged), { code: 'scaling.snapshot_refused', kind: 'invalid_request', message })
  }
  assert.throws(() => loadScalingEngineSync('no base64!'), { message: '`snapshot`: bytes are expected, in base64' })
  assert.throws(() => loadScalingEngineSync([1, 2]), { code: 'request.invalid' })
})
