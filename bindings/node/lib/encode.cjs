'use strict'

// From values of JavaScript to the JSON of a request. What JSON cannot hold, or would silently change, is an error that
// names the field, and never its value, which could be a secret.

const { types } = require('node:util')
const { invalid } = require('./error.cjs')

/** As deep as a request may be; the library refuses more as well. */
const DEPTH = 100

/** Fields that are instants: a `Date` will do. */
const INSTANTS = new Set(['at', 'end', 'now', 'start'])

/** Fields that are bytes. */
const BYTES = new Set(['payload', 'snapshot'])

/** Fields that are texts of so many characters are not written as JSON. */
const LONG = 4096

/**
 * The request as JSON, and long texts beside it. What is written is a copy of what was looked at: getters are asked once,
 * and no `toJSON` of the caller's changes anything.
 */
function encode(request) {
  const copy = checked(request, [], new Set())
  const long = Object.entries(copy).filter(([, value]) => typeof value === 'string' && value.length >= LONG)
  for (const [name] of long) delete copy[name]
  return { json: JSON.stringify(copy), texts: long.length === 0 ? undefined : Object.fromEntries(long) }
}

function checked(value, path, within) {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) {
        throw refused(path, 'a text is expected, not half a character (a lone surrogate in it)')
      }
      return value
    case 'number':
      return checkedNumber(value, path)
    case 'bigint':
      throw refused(path, 'a number is expected, not a BigInt; convert it with `Number`')
    case 'function':
    case 'symbol':
      throw refused(path, `a value of JSON is expected, not a ${typeof value}`)
    case 'undefined':
      throw refused(path, 'a value is expected, not `undefined`')
    case 'object':
      return value === null ? null : checkedObject(value, path, within)
    default:
      return value
  }
}

function checkedNumber(value, path) {
  if (!Number.isFinite(value)) throw refused(path, 'a number is expected, not NaN or infinity')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw refused(path, 'this number is too large to be exact (above 2^53)')
  }
  return value
}

function checkedObject(value, path, within) {
  const field = path.at(-1)
  if (types.isDate(value) && INSTANTS.has(field)) return instant(value, path)
  if (types.isUint8Array(value) && BYTES.has(field)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
  }
  if (within.has(value)) throw refused(path, 'the value contains itself')
  if (path.length > DEPTH) throw refused(path.slice(0, 3), 'the value is nested too deeply')
  within.add(value)
  const copy = Array.isArray(value) ? checkedList(value, path, within) : checkedMap(value, path, within)
  within.delete(value)
  return copy
}

function instant(date, path) {
  const time = Date.prototype.getTime.call(date)
  if (Number.isNaN(time)) throw refused(path, 'an instant is expected, and this `Date` is none')
  return new Date(time).toISOString()
}

function checkedList(list, path, within) {
  // Holes are `undefined` here, and so are found as well.
  return Array.from(list, (each, index) => checked(each, [...path, index], within))
}

function checkedMap(map, path, within) {
  if (!isPlain(map)) {
    throw refused(path, `a text, a list or a plain object is expected, not an object of \`${className(map)}\``)
  }
  // Without a prototype, so that `__proto__` is a name like any other.
  const copy = Object.create(null)
  for (const [name, inner] of Object.entries(map)) {
    if (!name.isWellFormed()) throw refused(path, 'a name has half a character (a lone surrogate)')
    // As in JSON, what is undefined is not given.
    if (inner !== undefined) copy[name] = checked(inner, [...path, name], within)
  }
  return copy
}

/** Whether it is an object literal, of this realm or of another one. */
function isPlain(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function className(value) {
  return shown(String(value.constructor?.name || 'a class'))
}

function refused(path, reason) {
  const field = path.reduce((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? shown(step) : `${text}.${shown(step)}`
  }, '')
  return invalid(`\`${field}\`: ${reason}`, field)
}

/** The caller's word, fit for one line. */
function shown(word) {
  return word.toWellFormed().replace(/\p{Cc}/gu, '').slice(0, 80)
}

module.exports = { encode, isPlain, shown }
