import assert from 'node:assert/strict'
import test from 'node:test'
import { checkSync, cloneTemplate, cloneTemplateSync } from 'paas-sdk'
import { SMALL } from './bank.mjs'

const mapping = { networks: { front: 'outer' } }

test('a clone is the same text with other names', async () => {
  const cloned = await cloneTemplate(SMALL, mapping)
  assert.match(cloned.template, /network_name: outer/)
  assert.deepEqual(cloned.imports, {})
  assert.deepEqual(cloned, cloneTemplateSync(SMALL, mapping))
  assert.equal(cloneTemplateSync(SMALL, {}).template, SMALL)
  assert.ok(checkSync(cloned.template).accepted)
  const back = cloneTemplateSync(cloned.template, { networks: { outer: 'front' } })
  assert.match(back.template, /network_name: front/)
})

test('what is no clone is refused', async () => {
  await assert.rejects(cloneTemplate(SMALL, { networks: { frnt: 'outer' } }), (error) => {
    assert.equal(error.kind, 'rejected')
    assert.deepEqual(error.diagnostics.map(({ code }) => code), ['clone.no_match'])
    return true
  })
  assert.throws(() => cloneTemplateSync(SMALL, mapping, { tenant: 'tenant: b\nnetworks: []\n' }), /outer|b/)
  assert.throws(() => cloneTemplateSync(SMALL, { network: {} }), { code: 'request.invalid' })
})
