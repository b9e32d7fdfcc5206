// Measures processor time of warm calls: `translate.mjs ROUNDS TEMPLATE`, one JSON object.

import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { translateSync } from 'paas-sdk'

const [rounds, path] = [Number(process.argv[2]), process.argv[3]]
const template = readFileSync(path, 'utf8')
const options = { file: basename(path) }

/** All threads of the process count: also those that collect garbage. */
function cpuMs(call) {
  const before = process.cpuUsage()
  call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function median(times) {
  const sorted = times.toSorted((one, other) => one - other)
  return (sorted[Math.floor((rounds - 1) / 2)] + sorted[Math.floor(rounds / 2)]) / 2
}

const files = () => translateSync(template, options).files
const document = () => translateSync(template, options).toDict()

/** All rounds of one before the other, so that neither cleans up after the other. */
function measured(call) {
  call()
  return median(Array.from({ length: rounds }, () => cpuMs(call)))
}

console.log(JSON.stringify({ files_ms: measured(files), document_ms: measured(document) }))
