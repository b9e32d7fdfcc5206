import assert from 'node:assert/strict'
import test from 'node:test'
import { diffReleases, diffReleasesSync, translateSync } from 'paas-sdk'
import { SMALL } from './bank.mjs'

test('two releases are compared', async () => {
  const [old, newer] = [SMALL, SMALL.replace('web:1.0', 'web:1.1')].map((template) => translateSync(template).toDict())
  const compared = await diffReleases(old, newer)
  assert.equal(compared.differ, true)
  const [service] = compared.difference.services
  assert.equal(service.fate, 'upgraded')
  assert.equal(service.changes[0].path, 'image')
  assert.match(compared.text, /~ image: registry\.bank\.test\/web:1\.0 → registry\.bank\.test\/web:1\.1/)
  assert.match(compared.mermaid, /^flowchart/)
  assert.deepEqual(diffReleasesSync(old, newer), compared)
  assert.equal(diffReleasesSync(old, old).differ, false)
})

test('what is no release is refused', async () => {
  await assert.rejects(diffReleases({ format: 9 }, {}), { code: 'request.invalid', message: /this version reads 1/ })
})
