// A thread that translates, and ends before all of its translations have.

import { parentPort } from 'node:worker_threads'
import { translate, translateSync } from 'paas-sdk'
import { BANK, SMALL } from './bank.mjs'

await translate(SMALL)
parentPort?.postMessage(Object.keys(translateSync(SMALL).files).length)
for (let count = 0; count < 10; count += 1) void translate(BANK)
process.exit()
