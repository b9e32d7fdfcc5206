import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { exportTemplate, exportTemplateSync, translate, translateSync } from 'paas-sdk'
import { BANK } from './bank.mjs'

test('a release has its files, its document, pictures and a table', async () => {
  const release = await translate(BANK, { file: 'bank.yaml', target: { environments: { dmz: 'meridian-dmz' } } })
  assert.equal(release.files, release.files)
  assert.match(release.files['dmz/docker-compose.yml'], /web-front/)
  assert.throws(() => { release.files['dmz/docker-compose.yml'] = '' }, TypeError)
  assert.deepEqual(release.diagnostics, [])
  const document = await release.document()
  assert.deepEqual(release.toDict(), document)
  assert.deepEqual(JSON.parse(JSON.stringify({ release })), { release: document })
  assert.match(await release.graph(), /^flowchart|^graph/m)
  assert.match(release.graphSync({ format: 'svg' }), /<svg/)
  assert.match(await release.graph({ format: 'dot' }), /digraph/)
  await assert.rejects(release.graph({ format: 'png' }), { code: 'request.invalid', message: /^`format`: .*`mermaid`/ })
  assert.match(await release.html(), /<table/)
})

test('templates are written again', async () => {
  const release = translateSync(BANK, { file: 'bank.yaml' })
  const again = await exportTemplate(BANK, { file: 'bank.yaml' })
  assert.match(again, /^metadata: \{ template_name: retail-banking, secret_inputs:/m)
  assert.equal(exportTemplateSync(again), again)
  for (const text of [again, await release.exportTemplate()]) {
    assert.deepEqual((await translate(text)).files, release.files)
  }
  await assert.rejects(exportTemplate('a: b'), { kind: 'rejected' })
})

test('a release writes its files', async () => {
  const release = translateSync(BANK)
  const folder = mkdtempSync(join(tmpdir(), 'paas-sdk-'))
  const { created } = await release.write(folder)
  assert.ok(created.includes('release.json'))
  for (const [name, text] of Object.entries(release.files)) assert.equal(readFileSync(join(folder, name), 'utf8'), text)
  assert.deepEqual((await release.write(folder)).created, [])
})
