import assert from 'node:assert/strict'
import test from 'node:test'
import { inspect } from 'node:util'
import { PaasError, check, checkSync, connect, explain, startSandbox, translate, translateSync } from 'paas-sdk'
import { SMALL } from './bank.mjs'

const WRONG = SMALL.replaceAll('paas.nodes.Service', 'paas.nodes.Servce')

function caught(act) {
  try {
    act()
  } catch (error) {
    return error
  }
  assert.fail('nothing was thrown')
}

/** How many lines of its trace come before those of a file. */
function framesBefore({ stack }, file) {
  return stack.split('\n').filter((line) => line.startsWith('    at ')).findIndex((line) => line.includes(file))
}

test('a failure is the same whether it comes at once or later', async () => {
  const now = caught(() => translateSync(WRONG))
  const later = await translate(WRONG).then(assert.fail, (error) => error)
  for (const error of [now, later]) {
    assert.ok(error instanceof PaasError && error instanceof Error)
    assert.equal(error.name, 'PaasError')
    assert.equal(error.code, 'platform.rejected')
    assert.equal(error.kind, 'rejected')
    assert.equal(error.retryable, false)
    assert.equal(error.operation, undefined)
    assert.equal(typeof error.help, 'string')
    assert.ok(error.diagnostics.length > 0 && error.labels.length > 0)
    assert.ok(!('cause' in error))
    assert.match(error.stack, /^PaasError: /)
    const before = framesBefore(error, 'errors.test.mjs')
    assert.ok(before === 0 || before === 1, error.stack)
  }
  assert.deepEqual(now.toJSON(), later.toJSON())
  assert.equal(now.message, later.message)
})

test('the trace leads to the caller, even if nobody awaits', async () => {
  const platform = await connect('anna', ':memory:')
  const rejected = new Promise((resolve) => { platform.tenants.read('nobody').catch(resolve) })
  const { stack } = await rejected
  assert.match(stack, /^PaasError: there is no tenant `nobody`\n {4}at /)
  assert.ok([0, 1].includes(framesBefore({ stack }, 'errors.test.mjs')), stack)
})

test('a template with problems is no error of checking it', async () => {
  const { accepted, diagnostics, report } = await check(WRONG, { file: 'wrong.yaml', report: 'short' })
  assert.equal(accepted, false)
  assert.equal(diagnostics[0].labels[0].file, 'wrong.yaml')
  assert.match(report, /wrong\.yaml/)
})

test('failures that wait have code, kind and help as well', async () => {
  const platform = await connect('anna', ':memory:')
  await assert.rejects(platform.tenants.read('nobody'), {
    name: 'PaasError', code: 'platform.unknown_tenant', kind: 'unknown_tenant', retryable: false,
  })
  await assert.rejects(platform.operations.open('no-id'), (error) => error instanceof PaasError)
})

test('an unknown field or option is named, with those that there are', async () => {
  await assert.rejects(translate(WRONG, { target: { stak: 'x' } }), (error) => {
    assert.equal(error.code, 'request.invalid')
    assert.equal(error.kind, 'invalid_request')
    assert.match(error.message, /unknown field `stak`, expected one of `rancher`, `environments`, `stack`/)
    return true
  })
  await assert.rejects(translate(WRONG, { nmae: 'x' }), {
    code: 'request.invalid',
    message: 'unknown option `nmae`, expected one of `csar`, `file`, `folder`, `imports`, `inputs`, `limits`, `name`, `policy`, `target`',
  })
  assert.throws(() => translateSync(WRONG, { signal: new AbortController().signal }), /unknown option `signal`/)
  const platform = await connect('anna', ':memory:')
  await assert.rejects(platform.tenants.list({ tenant: 'a' }), /unknown option `tenant`, expected one of `signal`/)
  await assert.rejects(translate(WRONG, 'name.yaml'), { code: 'request.invalid' })
})

test('the package refuses in the words of the library, and the trace leads to the caller', async () => {
  const nested = { a: { b: { c: { d: { e: { f: { g: { h: NaN } } } } } } } }
  const now = caught(() => checkSync(SMALL, { inputs: nested }))
  const later = await check(SMALL, { inputs: nested }).catch((error) => error)
  for (const error of [now, later]) {
    assert.equal(error.help, explain(error.code).help)
    assert.deepEqual(error.details, { field: 'inputs.a.b.c.d.e.f.g.h' })
    const before = framesBefore(error, 'errors.test.mjs')
    assert.ok(before === 0 || before === 1, error.stack)
  }
})

test('what must be given and is not is named', async () => {
  await assert.rejects(translate(), { code: 'request.invalid', message: 'missing field `template`' })
  assert.throws(() => explain(), { message: 'missing field `code`' })
  await assert.rejects(connect('anna'), { message: 'missing field `store`' })
  await assert.rejects(check(WRONG, { file: undefined, name: undefined }).then(() => assert.fail('done')), /done/)
})

test('secrets are in no message', async () => {
  const secret = 'hunter2-hunter2'
  const wrong = [
    { secrets: secret },
    { secrets: [secret] },
    { secrets: { password: { secret } } },
    { secrets: { password: Symbol(secret) } },
    { rancher: { url: 'https://rancher.bank.test', access_key: secret } },
    { rancher: { secret_key: [secret] } },
    { rancher: { secret_key: `${secret}\ud800` } },
  ]
  for (const options of wrong) {
    const error = await connect('anna', ':memory:', options).then(() => assert.fail(inspect(options)), (error) => error)
    assert.equal(error.code, 'request.invalid')
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(secret), inspect(error))
  }
  const sandbox = startSandbox()
  const { access_key: accessKey, secret_key: secretKey } = sandbox.credentials()
  const platform = await connect('anna', ':memory:', { rancher: sandbox.credentials(), secrets: { secret } })
  for (const object of [sandbox, platform]) {
    const shown = inspect(object, { depth: 9, showHidden: true }) + JSON.stringify(object)
    for (const hidden of [accessKey, secretKey, secret]) assert.ok(!shown.includes(hidden), shown)
  }
  sandbox.stop()
})

test('a function without its object is told', () => {
  const { documentSync } = translateSync(SMALL)
  assert.throws(() => documentSync(), { code: 'request.invalid', message: /without the object/ })
})
