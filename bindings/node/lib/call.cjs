'use strict'

// From a function of JavaScript to a function of the native half, and back.

const { PaasError, translated } = require('./error.cjs')
const { nativeOf, wrap } = require('./handle.cjs')
const native = require('./native.cjs')
const { read } = require('./options.cjs')

/** Calls a function that does not wait for anything. */
function call(handle, description, required, options) {
  try {
    const { request: { json, texts } } = read(description, required, options)
    const target = nativeOf(handle, description.name)
    return decoded(description, own(() => target.call(description.name, json, texts)))
  } catch (error) {
    throw traced(error, here(call))
  }
}

/** Calls any function; a signal among the options gives the call up. */
async function start(handle, description, required, options) {
  const origin = here(start)
  try {
    const { request: { json, texts }, signal } = read(description, required, options)
    const target = nativeOf(handle, description.name)
    const begin = (cancel) => own(() => target.start(description.name, json, texts, cancel))
    return decoded(description, await (signal === undefined ? begin() : abortable(begin, signal)))
  } catch (error) {
    throw traced(error, origin)
  }
}

async function abortable(begin, signal) {
  signal.throwIfAborted()
  const cancel = new native.Cancel()
  const forget = onAbort(signal, cancel)
  try {
    return await begin(cancel)
  } catch (error) {
    throw error.code === 'call.cancelled' ? signal.reason : error
  } finally {
    forget()
  }
}

/** The calls that each signal gives up, with one listener for all: Node warns of a leak where there are more than ten. */
const given = new WeakMap()

/** Gives a call up once the signal is aborted; returns what ends that. */
function onAbort(signal, cancel) {
  if (!given.has(signal)) {
    const cancels = new Set()
    const abort = () => { for (const each of cancels) each.cancel() }
    signal.addEventListener('abort', abort, { once: true })
    given.set(signal, { cancels, abort })
  }
  const { cancels, abort } = given.get(signal)
  cancels.add(cancel)
  return () => {
    cancels.delete(cancel)
    if (cancels.size > 0) return
    signal.removeEventListener('abort', abort)
    given.delete(signal)
  }
}

/** Lets what the native half throws, or rejects with, be errors of this package. */
function own(act) {
  const fail = (error) => { throw translated(error) }
  try {
    const answer = act()
    // A promise may be one of another realm, as under test runners that give each test its own.
    return typeof answer?.catch === 'function' ? answer.catch(fail) : answer
  } catch (error) {
    return fail(error)
  }
}

/**
 * Where the package was called. Calls that are answered later ask before they begin: perhaps nobody awaits them, and then
 * no later trace leads back.
 */
function here(from) {
  const origin = {}
  Error.captureStackTrace(origin, from)
  return origin
}

/** Lets the trace of an error begin where the package was called, not within it. */
function traced(error, origin) {
  if (error instanceof PaasError) {
    const [, ...frames] = String(origin.stack).split('\n    at ')
    const stack = [`${error.name}: ${error.message}`, ...frames].join('\n    at ')
    Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true })
  }
  return error
}

function decoded({ answer: shape }, answer) {
  switch (shape) {
    case 'document':
      return JSON.parse(answer)
    case 'handle':
      return wrap(answer)
    case 'handles':
      return answer.map(wrap)
    default:
      return answer
  }
}

module.exports = { call, here, onAbort, start, traced }
