import assert from 'node:assert/strict'
import test from 'node:test'
import { runInNewContext } from 'node:vm'
import { check, checkSync, connect, translate } from 'paas-sdk'
import { SMALL } from './bank.mjs'

const START = 'tosca_definitions_version: tosca_simple_yaml_1_3\n'

/** Values that JSON cannot hold as they are, and what is said of each as the input `x`. */
const circle = { a: {} }
circle.a.b = [circle]
const ODD = [
  [NaN, '`inputs.x`: a number is expected, not NaN or infinity'],
  [-Infinity, '`inputs.x`: a number is expected, not NaN or infinity'],
  [2 ** 53, '`inputs.x`: this number is too large to be exact (above 2^53)'],
  [{ deep: [1, -(2 ** 60)] }, '`inputs.x.deep[1]`: this number is too large to be exact (above 2^53)'],
  [5n, '`inputs.x`: a number is expected, not a BigInt; convert it with `Number`'],
  [() => 1, '`inputs.x`: a value of JSON is expected, not a function'],
  [Symbol('x'), '`inputs.x`: a value of JSON is expected, not a symbol'],
  [[1, undefined], '`inputs.x[1]`: a value is expected, not `undefined`'],
  // eslint-disable-next-line no-sparse-arrays
  [[, 1], '`inputs.x[0]`: a value is expected, not `undefined`'],
  ['a\ud800b', '`inputs.x`: a text is expected, not half a character (a lone surrogate in it)'],
  [{ '\udc00': 1 }, '`inputs.x`: a name has half a character (a lone surrogate)'],
  [circle, '`inputs.x.a.b[0]`: the value contains itself'],
  [new Map(), '`inputs.x`: a text, a list or a plain object is expected, not an object of `Map`'],
  [new Date(), '`inputs.x`: a text, a list or a plain object is expected, not an object of `Date`'],
  [Buffer.from('a'), '`inputs.x`: a text, a list or a plain object is expected, not an object of `Buffer`'],
]

test('what JSON cannot hold is refused, and the field named', async () => {
  for (const [value, message] of ODD) {
    const refused = { name: 'PaasError', code: 'request.invalid', kind: 'invalid_request', message }
    assert.throws(() => checkSync(SMALL, { inputs: { x: value } }), refused)
    await assert.rejects(check(SMALL, { inputs: { x: value } }), refused)
  }
  await assert.rejects(translate(Buffer.from(SMALL)), { message: /^`template`: .* not an object of `Buffer`/ })
  assert.throws(() => checkSync('\ud800'), { message: /^`template`: / })
})

test('what is looked at is what is sent', async () => {
  let asked = 0
  const changing = { get a() { asked += 1; return asked > 1 ? NaN : 1 } }
  const own = (value, toJSON) => Object.defineProperty(value, 'toJSON', { value: toJSON })
  for (const value of [changing, own({ a: 1 }, () => 5n), own([1], () => { throw new RangeError('asked') })]) {
    await check(SMALL, { inputs: { x: value } })
  }
  assert.equal(asked, 1)
  const { diagnostics } = checkSync(SMALL, { inputs: JSON.parse('{ "__proto__": 1 }') })
  assert.match(diagnostics[0].message, /`__proto__` is given/)
})

test('options are a plain object, so that nothing is taken for no options', async () => {
  const refused = { code: 'request.invalid', message: 'the last argument holds the options: a plain object is expected' }
  const { signal } = new AbortController()
  for (const options of [signal, new Map([['file', 'x']]), new Date(), Object.create({ file: 'x' }), () => {}, null, [], 5]) {
    assert.throws(() => checkSync(SMALL, options), refused)
    await assert.rejects(check(SMALL, options), refused)
  }
  const platform = await connect('anna', ':memory:')
  await assert.rejects(platform.tenants.list(signal), refused)
})

test('nesting has a limit, and is no crash', () => {
  let deep = 1
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
  assert.throws(() => checkSync(SMALL, { inputs: { x: deep } }), { message: /nested too deeply/ })
})

test('values that JSON can hold pass', async () => {
  const template = `${START}topology_template:\n  inputs:\n    size: { type: integer }\n    name: { type: string }\n`
  const inputs = runInNewContext('({ size: 9007199254740991, name: "\\u{1f600} \\u0000" })')
  const { diagnostics } = await check(template, { inputs })
  assert.deepEqual(diagnostics.filter(({ message }) => message.includes('size')), [])
  const bare = Object.assign(Object.create(null), { size: -0, name: '' })
  await check(template, { inputs: bare })
})

test('five megabytes are checked', async () => {
  const line = '# This line is here to be long, and says nothing at all about what is deployed.\n'
  const text = SMALL + line.repeat(Math.ceil(5e6 / line.length))
  assert.ok(text.length >= 5e6)
  const { accepted, diagnostics } = await check(text)
  assert.ok(accepted, JSON.stringify(diagnostics))
  const release = await translate(text)
  assert.deepEqual(Object.keys(release.files), ['front/docker-compose.yml', 'front/rancher-compose.yml'])
})

test('a long text is read as a short one is', async () => {
  const description = '"quoted" \\ \u2028 \u{1f600} \u0001\n'
  const template = `${START}description: ${JSON.stringify(description)}\n`
  const long = `${template}# ${'x'.repeat(10_000)}\n`
  assert.deepEqual(await check(long), await check(template))
  assert.deepEqual(checkSync(long, { file: 'a.yaml' }), checkSync(template, { file: 'a.yaml' }))
  for (const odd of [`\ud800${long}`, `${long}\udc00`]) {
    assert.throws(() => checkSync(odd), { message: /^`template`: a text is expected, not half a character/ })
  }
  await assert.rejects(check(long, { file: ' '.repeat(5000), inputs: 5 }), { message: '`inputs`: a map is expected, not this number' })
})

test('a number with a fraction, or below nothing, is no count', async () => {
  for (const bytes of [1.5, -1, '5', null]) {
    const given = check(SMALL, { limits: { bytes } })
    if (bytes === null) await given
    else await assert.rejects(given, { code: 'request.invalid', message: /^`limits.bytes`: / })
  }
  await assert.rejects(connect('anna', ':memory:', { policy: { tries: 2 ** 40 } }), { message: /^`policy.tries`: / })
})
