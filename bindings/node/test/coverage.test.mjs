import assert from 'node:assert/strict'
import test from 'node:test'
import * as paas from 'paas-sdk'
import { SMALL, inProject } from './bank.mjs'

const { handles } = JSON.parse(inProject('schema/interface.json'))
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

test('every function of the library is offered', async () => {
  const platform = await paas.connect('anna', ':memory:')
  const places = new Map([['Library', paas], ['Platform', platform]])
  let count = 0
  for (const { name: handle, functions } of handles) {
    const place = places.get(handle) ?? paas[handle].prototype
    for (const { name, work } of functions) {
      const path = name.split('.').map(camel)
      const holder = path.slice(0, -1).reduce((object, step) => object[step], place)
      const last = path.at(-1)
      assert.ok(last in holder, `${handle}.${name} is not offered`)
      if (work === 'computes') assert.equal(typeof holder[`${last}Sync`], 'function', `${handle}.${name} at once`)
      count += 1
    }
  }
  assert.ok(count > 40)
})

test('classes are made by functions only', () => {
  for (const { name } of handles) {
    if (name === 'Library') continue
    assert.equal(typeof paas[name], 'function', name)
    assert.throws(() => new paas[name](), TypeError, name)
  }
  assert.ok(paas.translateSync(SMALL) instanceof paas.Release)
})
