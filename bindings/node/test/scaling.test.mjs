import assert from 'node:assert/strict'
import test from 'node:test'
import { lintScalingPolicy, lintScalingPolicySync } from 'paas-sdk'
import { policy } from './policy.mjs'

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
