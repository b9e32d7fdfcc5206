'use strict'

// Handles: objects of JavaScript, each with an object of the native half behind it.

const { invalid } = require('./error.cjs')
const native = require('./native.cjs')
const { version } = require('../package.json')

/** The native half of each handle, and of each group of functions. */
const natives = new WeakMap()

/** The classes of handles by their kinds; the generated code adds them. */
const classes = new Map()

/** What only this file gives to the constructor of a handle. */
const KEY = Symbol('paas-sdk')

/** What all handles are. */
class Handle {
  constructor(key, handle) {
    if (key !== KEY) throw new TypeError(`${this.constructor.name} has no public constructor: functions give it`)
    natives.set(this, handle)
  }
}

/** An object of the native half as an object of its class. */
function wrap(handle) {
  return new (classes.get(handle.kind))(KEY, handle)
}

/** The functions of a group, which share the native half of their handle. */
function group(handle, Group) {
  const functions = new Group()
  natives.set(functions, natives.get(handle))
  return functions
}

/** The native half; `name` is the function that asks. */
function nativeOf(handle, name) {
  const found = natives.get(handle)
  if (found === undefined) throw invalid(`\`${name}\` was called without the object that it belongs to`)
  return found
}

/** What functions that need no handle are called on. */
const library = new Handle(KEY, sameVersion(native.library()))

/** Package managers that flatten, or keep, folders can leave the native half of another version behind. */
function sameVersion(handle) {
  const found = handle.call('version', '{}')
  if (found === version) return handle
  throw new Error(`paas-sdk is ${version}, but its native half is ${found}: install both in one version`)
}

module.exports = { Handle, classes, group, library, nativeOf, wrap }
