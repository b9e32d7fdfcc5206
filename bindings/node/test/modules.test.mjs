import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import paas, * as named from 'paas-sdk'
import { SMALL } from './bank.mjs'

const require = createRequire(import.meta.url)
const required = require('paas-sdk')

test('import and require give the same things', () => {
  const { default: whole, ...names } = named
  assert.equal(whole, required)
  assert.deepEqual({ ...names }, { ...required })
  assert.equal(paas.version(), required.version())
})

test('objects and errors of one are those of the other', async () => {
  assert.ok(required.translateSync(SMALL) instanceof named.Release)
  await assert.rejects(required.translate(''), (error) => error instanceof named.PaasError)
  assert.throws(() => named.translateSync(''), (error) => error instanceof required.PaasError)
})

test('both halves are of one version', () => {
  assert.equal(paas.version(), require('paas-sdk/package.json').version)
})

/** A copy of the package without its native half. */
function alone() {
  const folder = mkdtempSync(join(tmpdir(), 'paas-sdk-'))
  const here = dirname(require.resolve('paas-sdk/package.json'))
  for (const name of ['index.cjs', 'lib', 'package.json']) cpSync(join(here, name), join(folder, name), { recursive: true })
  return folder
}

test('without the native half, it is told what to install', () => {
  assert.throws(() => require(join(alone(), 'index.cjs')), ({ code, message }) => {
    assert.equal(code, 'ERR_PAAS_SDK_NATIVE')
    assert.match(message, new RegExp(`cannot be loaded: install @paas-sdk/${process.platform}-${process.arch}`))
    return true
  })
})

/** A folder with a native half of ours for every libc. */
function withNative(file, text) {
  const folder = alone()
  for (const build of ['', '-gnu', '-musl', '-msvc']) {
    const native = join(folder, 'node_modules', '@paas-sdk', `${process.platform}-${process.arch}${build}`)
    mkdirSync(native, { recursive: true })
    writeFileSync(join(native, file), text)
    writeFileSync(join(native, 'package.json'), JSON.stringify({ main: file }))
  }
  return folder
}

test('a native half that is broken, or of another version, is told', () => {
  assert.throws(() => require(join(withNative('it.node', 'no library'), 'index.cjs')), /although it is there: .*it\.node/)
  const other = "module.exports = { library: () => ({ call: () => '9.9.9' }) }"
  assert.throws(() => require(join(withNative('it.cjs', other), 'index.cjs')), /its native half is 9\.9\.9: install both/)
})
