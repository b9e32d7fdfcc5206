'use strict'

// From what a function was called with to its request.

const { invalid } = require('./error.cjs')
const { encode, isPlain, shown } = require('./encode.cjs')

/** What a function of the native half takes and gives. Options are named as in documents; callers write camelCase. */
function describe(name, answer, options = [], waits = false) {
  return { name, answer, options: new Map(options.map((option) => [camel(option), option])), waits }
}

/** The request, encoded, and the signal that gives the call up. */
function read({ options: known, waits }, required, options) {
  if (options === undefined) return { request: encode(required) }
  // An AbortSignal, a Map or a class would be taken for an object without options, and nobody would be told.
  if (!isPlain(options)) throw invalid('the last argument holds the options: a plain object is expected')
  const request = { ...required }
  let signal
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue
    if (waits && name === 'signal') {
      signal = checked(value)
      continue
    }
    const field = known.get(name)
    if (field === undefined) throw unknown(name, [...known.keys(), ...(waits ? ['signal'] : [])])
    request[field] = value
  }
  return { request: encode(request), signal }
}

function unknown(name, allowed) {
  const expected = allowed.length === 0
    ? 'there are none'
    : `expected one of ${allowed.map((each) => `\`${each}\``).join(', ')}`
  return invalid(`unknown option \`${shown(name)}\`, ${expected}`, shown(name))
}

function checked(signal) {
  if (typeof signal?.addEventListener !== 'function' || typeof signal.throwIfAborted !== 'function') {
    throw invalid('`signal`: an AbortSignal is expected', 'signal')
  }
  return signal
}

/** `load_balancer_image` becomes `loadBalancerImage`. */
function camel(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
}

module.exports = { describe, read, unknown }
