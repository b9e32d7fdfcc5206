import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { connect, startSandbox, translate } from 'paas-sdk'
import { BANK } from './bank.mjs'

/** Runs a program in a process of its own; it must end by itself. */
function run(program, ...rest) {
  const words = ['--input-type=module', '--eval', program, '--', ...rest]
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const options = { cwd, timeout: 60_000, encoding: 'utf8' }
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, words, options)
  assert.equal(signal, null, `it did not end by itself: ${stderr}`)
  return { status, stdout, stderr }
}

test('translations leave the event loop free', async () => {
  let turns = 0
  const timer = setInterval(() => { turns += 1 }, 1)
  const releases = await Promise.all(Array.from({ length: 40 }, () => translate(BANK)))
  clearInterval(timer)
  assert.equal(releases.length, 40)
  assert.ok(turns > 3, `${turns} turns`)
})

test('a process ends by itself, whatever it holds', () => {
  const { status, stdout, stderr } = run(`
    import { SMALL, shop } from './bank.mjs'
    const { sandbox, platform } = await shop()
    sandbox.addFault({ fault: 'stays_activating', service: 'cache', times: 100 })
    const operation = await platform.applications.deploy('meridian', SMALL)
    const leaving = new AbortController()
    const waiting = operation.wait({ signal: leaving.signal })
    const events = operation.events()
    await events.next()
    leaving.abort(new Error('left'))
    await waiting.catch((error) => console.log(error.message))
    // The operation is under way, the sandbox runs, the events were never read to their end.
  `)
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'left\n', stderr: '' })
})

test('an operation that its process left goes on in another one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paas-sdk-'))
  const [store, keys] = ['paas.db', 'keys'].map((name) => join(folder, name))
  const sandbox = startSandbox({ instant: true, environments: ['front'] })
  sandbox.writeCredentials(keys)
  sandbox.addFault({ fault: 'stays_activating', service: 'cache', times: 100 })
  const { status, stdout, stderr } = run(`
    import { connect } from 'paas-sdk'
    import { SMALL } from './bank.mjs'
    const [store, keys] = process.argv.slice(-2)
    const platform = await connect('anna', store, { rancher: { credentials_file: keys }, process: 'one' })
    await platform.tenants.put('meridian', { networks: [{ name: 'front' }] })
    const operation = await platform.applications.deploy('meridian', SMALL)
    for await (const { kind } of operation.events()) if (kind === 'doing') break
    console.log(operation.id)
  `, store, keys)
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' })

  sandbox.clearFaults()
  const rancher = { credentials_file: keys }
  const platform = await connect('anna', store, { rancher, process: 'one' })
  const [operation, ...others] = await platform.operations.resumeInterrupted()
  assert.equal(operation.id, stdout.trim())
  assert.deepEqual(others, [])
  assert.equal((await operation.wait()).percent, 100)
  sandbox.stop()
})

test('an exit in the midst of work is no crash', () => {
  const { status, stderr } = run(`
    import { BANK } from './bank.mjs'
    import { translate } from 'paas-sdk'
    for (let count = 0; count < 20; count += 1) translate(BANK)
    setTimeout(() => process.exit(3), 20)
  `)
  assert.deepEqual({ status, stderr }, { status: 3, stderr: '' })
})

test('threads have the package too', () => {
  const { status, stdout, stderr } = run(`
    import { Worker } from 'node:worker_threads'
    for (let count = 0; count < 3; count += 1) {
      const worker = new Worker('./thread.mjs', { execArgv: [] })
      worker.on('error', (error) => { console.error(error); process.exitCode = 1 })
      worker.on('message', (message) => console.log(message))
    }
  `)
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '2\n2\n2\n', stderr: '' })
})
