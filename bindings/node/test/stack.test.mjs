import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import {
  exportTemplate,
  exportTemplateSync,
  importStack,
  importStackSync,
  stackQuestions,
  stackQuestionsSync,
  translateSync,
} from 'paas-sdk'
import { SMALL } from './bank.mjs'

const read = (name) => readFileSync(new URL(`../../../examples/stack/${name}`, import.meta.url), 'utf8')
const docker = read('docker-compose.yml')
const rancherCompose = read('rancher-compose.yml')

test('a stack becomes a template', async () => {
  const options = { rancherCompose, network: 'dmz', answers: { PORT: '9090' } }
  const imported = await importStack(docker, options)
  assert.ok(imported.accepted)
  assert.deepEqual(imported.diagnostics, [])
  assert.match(imported.template, /default: 9090/)
  const lost = imported.losses.filter(({ kept }) => kept === 'none')
  assert.deepEqual(lost.map(({ service, key }) => [service, key]), [['db', 'drain_timeout_ms']])
  assert.deepEqual(importStackSync(docker, options), imported)
})

test('questions are told', async () => {
  const { questions } = await stackQuestions(rancherCompose)
  assert.deepEqual(questions.map(({ name }) => name), ['VERSION', 'PORT', 'LEVEL', 'DB_PASSWORD'])
  assert.deepEqual(stackQuestionsSync(rancherCompose), { questions })
})

test('a template is written again', async () => {
  const again = await exportTemplate(SMALL)
  assert.equal(exportTemplateSync(again), again)
  assert.deepEqual(translateSync(again).files, translateSync(SMALL).files)
})
