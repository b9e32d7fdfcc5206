// Tries the scaling plan of the bank's web front out on a day, and a thriftier one beside it.
//
//   node examples/node/simulate.mjs [TEMPLATE]

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lintScalingPolicy, simulateScaling, translate } from 'paas-sdk'

const [path = 'examples/bank/template.yaml'] = process.argv.slice(2)
const { policies } = await (await translate(await readFile(path, 'utf8'))).document()
const policy = policies.find(({ service }) => service === 'web-front')

// What there was to do, in containers that it keeps busy: from a trace, or made up as here.
const load = ['time,demand', '00:00,0.5', '06:00,0.5', '10:30,8.5', '12:30,5', '15:00,8', '18:00,4', '22:00,1'].join('\n')

const timeline = await simulateScaling(policy, { date: '2026-11-23', load, count: 3 })
console.log(await timeline.text())
const picture = join(await mkdtemp(join(tmpdir(), 'paas-')), 'web-front.svg')
await writeFile(picture, await timeline.svg())
console.log(`the same as a picture is in ${picture}`)
console.table((await timeline.rows()).filter((_, minute) => minute % 180 === 0), ['local', 'count', 'demand', 'cpu'])

// One container at a time, and later: what does it save, and what does it cost?
const upper = { value: 0.9, sustained_for_ms: 300_000, step: 1 }
const windows = policy.windows.map((window) => (
  window.rule.kind === 'metric' ? { ...window, rule: { ...window.rule, upper } } : window
))
const thrifty = { ...policy, windows }
const { diagnostics } = await lintScalingPolicy(thrifty)
for (const { severity, code, message } of diagnostics) console.log(`${severity}[${code}]: ${message}`)
const other = await simulateScaling(thrifty, { date: '2026-11-23', load, count: 3 })
console.log(timeline.compare(other).text)
