import assert from 'node:assert/strict'
import test from 'node:test'
import { lintScalingPolicy, lintScalingPolicySync } from 'paas-sdk'

const policy = (lower) => ({
  service: 'web',
  time_zone: 'Asia/Shanghai',
  bounds: { min: 1, max: 8 },
  windows: [
    {
      name: 'busy',
      from: '08:00',
      to: '20:00',
      rule: {
        kind: 'metric',
        metric: 'cpu',
        upper: { value: 0.7, step: 2 },
        lower,
        bounds: { min: 2, max: 8 },
      },
    },
    { name: 'night', from: '20:00', to: '08:00', rule: { kind: 'fixed', count: 'min' } },
  ],
})

test('a policy is looked through', async () => {
  assert.deepEqual(lintScalingPolicySync(policy(0.3)), { accepted: true, diagnostics: [] })
  const flaps = await lintScalingPolicy(policy(0.5))
  assert.deepEqual(flaps.diagnostics.map(({ code, severity }) => [code, severity]), [['scaling.flapping', 'warning']])
  assert.ok(flaps.accepted)
})

test('what is wrong is told at once', () => {
  const { windows, ...rest } = policy(0.3)
  const wrong = { ...rest, time_zone: 'Mars', windows: windows.map((window) => ({ ...window, name: 'same' })) }
  const linted = lintScalingPolicySync(wrong)
  assert.equal(linted.accepted, false)
  assert.deepEqual(linted.diagnostics.map(({ code }) => code), ['scaling.time_zone', 'yaml.duplicate_key'])
  assert.throws(() => lintScalingPolicySync({ service: 'web' }), { code: 'request.invalid' })
})
