'use strict'

// What handles are beyond the functions of the library: the generated classes extend these.

const { inspect } = require('node:util')
const { call, here, onAbort, start, traced } = require('./call.cjs')
const { isPlain } = require('./encode.cjs')
const { Events } = require('./events.cjs')
const { invalid } = require('./error.cjs')
const { Handle } = require('./handle.cjs')
const { describe, read } = require('./options.cjs')

const FILES = describe('files', 'texts')
const DIAGNOSTICS = describe('diagnostics', 'document')
const RELEASE_DOCUMENT = describe('document', 'document')
const TIMELINE_DOCUMENT = describe('document', 'document')
const SUMMARY = describe('summary', 'document')
const DECISIONS = describe('decisions', 'document')
const COMPARE = describe('compare', 'document')
const ENGINE_STATUS = describe('status', 'document')
const ACTOR = describe('actor', 'text')
const PLAN_DOCUMENT = describe('document', 'document')
const ID = describe('id', 'text')
const IMAGE = describe('image', 'text')
const SOURCE = describe('source', 'text')
const DESTINATION = describe('destination', 'text')
const WAIT = describe('wait', 'document', [], true)
const STOP = describe('stop', 'nothing')

/** Follows an operation: an option that is no part of a request. */
const ON_EVENT = describe('wait', 'nothing', ['on_event'], true)

class Release extends Handle {
  #files
  #diagnostics

  get files() {
    this.#files ??= Object.freeze(call(this, FILES, {}))
    return this.#files
  }

  get diagnostics() {
    this.#diagnostics ??= Object.freeze(call(this, DIAGNOSTICS, {}))
    return this.#diagnostics
  }

  toDict() {
    return call(this, RELEASE_DOCUMENT, {})
  }

  toJSON() {
    return this.toDict()
  }

  [inspect.custom](depth, options) {
    return `Release ${inspect({ files: Object.keys(this.files) }, options)}`
  }
}

class Timeline extends Handle {
  #summary
  #decisions

  get summary() {
    this.#summary ??= Object.freeze(call(this, SUMMARY, {}))
    return this.#summary
  }

  get decisions() {
    this.#decisions ??= Object.freeze(call(this, DECISIONS, {}))
    return this.#decisions
  }

  compare(other, options) {
    return call(this, COMPARE, { other: other instanceof Timeline ? other.summary : other }, options)
  }

  toDict() {
    return call(this, TIMELINE_DOCUMENT, {})
  }

  toJSON() {
    return this.toDict()
  }

  [inspect.custom](depth, options) {
    const { container_hours: containerHours, least, most } = this.summary
    return `Timeline ${inspect({ containerHours, least, most }, options)}`
  }
}

class ScalingEngine extends Handle {
  [inspect.custom](depth, options) {
    const { services } = call(this, ENGINE_STATUS, {})
    return `ScalingEngine ${inspect({ services }, options)}`
  }
}

class Platform extends Handle {
  get actor() {
    return call(this, ACTOR, {})
  }

  [inspect.custom](depth, options) {
    return `Platform ${inspect({ actor: this.actor }, options)}`
  }
}

class Plan extends Handle {
  toDict() {
    return call(this, PLAN_DOCUMENT, {})
  }

  toJSON() {
    return this.toDict()
  }

  [inspect.custom](depth, options) {
    const { id, plan } = this.toDict()
    return `Plan ${inspect({ id, steps: plan.steps.length }, options)}`
  }
}

class Operation extends Handle {
  #id

  get id() {
    this.#id ??= call(this, ID, {})
    return this.#id
  }

  events(options) {
    const { signal } = refusing(Operation.prototype.events, () => read(WAIT, {}, options))
    return new Events(this, signal)
  }

  async wait(options) {
    const { onEvent, signal } = refusing(Operation.prototype.wait, () => followed(options))
    if (onEvent !== undefined) {
      const left = aborted(signal)
      try {
        for await (const event of new Events(this, signal)) await Promise.race([onEvent(event), left.promise])
      } finally {
        left.forget()
      }
    }
    return start(this, WAIT, {}, { signal })
  }

  toJSON() {
    return { id: this.id }
  }

  [inspect.custom](depth, options) {
    return `Operation ${inspect({ id: this.id }, options)}`
  }
}

class ImageCopy extends Handle {
  #id
  #image

  get id() {
    this.#id ??= call(this, ID, {})
    return this.#id
  }

  get image() {
    this.#image ??= call(this, IMAGE, {})
    return this.#image
  }

  [Symbol.asyncIterator]() {
    return following(() => this.nextProgress())
  }

  toJSON() {
    return { id: this.id, image: this.image }
  }

  [inspect.custom](depth, options) {
    return `ImageCopy ${inspect({ image: this.image, id: this.id }, options)}`
  }
}

class KeepingImages extends Handle {
  [Symbol.asyncIterator]() {
    return following(() => this.nextReport())
  }
}

class ZoneCopy extends Handle {
  #image
  #source
  #destination

  get image() {
    this.#image ??= call(this, IMAGE, {})
    return this.#image
  }

  get source() {
    this.#source ??= call(this, SOURCE, {})
    return this.#source
  }

  get destination() {
    this.#destination ??= call(this, DESTINATION, {})
    return this.#destination
  }

  toJSON() {
    return { image: this.image, source: this.source, destination: this.destination }
  }

  [inspect.custom](depth, options) {
    return `ZoneCopy ${inspect(this.toJSON(), options)}`
  }
}

class KeepingZones extends Handle {
  [Symbol.asyncIterator]() {
    return following(() => this.nextReport())
  }
}

/** What comes, one after the other, until there is nothing more. */
async function * following(next) {
  for (let each = await next(); each !== null; each = await next()) yield each
}

/** Reads arguments; what is wrong with them is told where `from` was called. */
function refusing(from, read) {
  try {
    return read()
  } catch (error) {
    throw traced(error, here(from))
  }
}

/** A promise that rejects with the reason of a signal, until that is forgotten; it never ends otherwise. */
function aborted(signal) {
  let reject
  const promise = new Promise((_, rejected) => { reject = rejected })
  promise.catch(() => {})
  const forget = signal === undefined ? () => {} : onAbort(signal, { cancel: () => reject(signal.reason) })
  return { promise, forget }
}

function followed(options) {
  const { onEvent, ...rest } = isPlain(options) ? options : {}
  // `onEvent` is no part of a request: only its name is.
  const { signal } = read(ON_EVENT, {}, isPlain(options) ? { ...rest, onEvent: null } : options)
  if (onEvent !== undefined && typeof onEvent !== 'function') {
    throw invalid('`onEvent`: a function is expected', 'onEvent')
  }
  return { onEvent, signal }
}

/** Sandboxes that were not stopped: one lives on though nobody holds it, since others know its address. */
const running = new Set()

class Sandbox extends Handle {
  constructor(key, handle) {
    super(key, handle)
    running.add(this)
  }

  stop() {
    call(this, STOP, {})
    running.delete(this)
  }

  // Neither keys nor what is in it.
  [inspect.custom]() {
    return running.has(this) ? 'Sandbox {}' : 'Sandbox { stopped }'
  }
}

// `using sandbox = startSandbox()`, `await using platform = await connect(…)`, where the language has it.
dispose(Sandbox, Symbol.dispose, function stop() { this.stop() })
dispose(Sandbox, Symbol.asyncDispose, async function stop() { this.stop() })
dispose(Platform, Symbol.asyncDispose, async function close() { await this.close() })
dispose(KeepingImages, Symbol.asyncDispose, async function stop() { await this.stop() })
dispose(KeepingZones, Symbol.asyncDispose, async function stop() { await this.stop() })
dispose(Events, Symbol.asyncDispose, async function end() { await this.return() })

function dispose(Class, symbol, value) {
  if (symbol !== undefined) Object.defineProperty(Class.prototype, symbol, { value, writable: true, configurable: true })
}

module.exports = {
  Events,
  ImageCopy,
  KeepingImages,
  KeepingZones,
  Operation,
  Plan,
  Platform,
  Release,
  Sandbox,
  ScalingEngine,
  Timeline,
  ZoneCopy,
}
