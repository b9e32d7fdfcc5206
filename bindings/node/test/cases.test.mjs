import assert from 'node:assert/strict'
import test from 'node:test'
import * as paas from 'paas-sdk'
import { inProject } from './bank.mjs'

/** Wrong files, with what every language must say of them. */
const { cases } = JSON.parse(inProject('testdata/bindings/cases.json'))
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
const asJson = (value) => JSON.parse(JSON.stringify(value))

test('there are cases', () => assert.ok(cases.length > 20))

for (const { name, function: called, request, answer, error } of cases) {
  test(`${name} is told as in every language`, async () => {
    const { template, text, ...options } = request
    assert.deepEqual(await paas[camel(called)](template ?? text, options), answer)
    assert.deepEqual(paas[`${camel(called)}Sync`](template ?? text, options), answer)
    if (error === undefined) return
    assert.throws(() => paas.translateSync(template, options), (thrown) => {
      assert.deepEqual(asJson(thrown), error)
      return true
    })
    const rejected = await paas.translate(template, options).then(assert.fail, (rejected) => rejected)
    assert.deepEqual(asJson(rejected), error)
  })
}
