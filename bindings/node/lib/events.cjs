'use strict'

// The events of an operation, as an async iterator.

const { here, start, traced } = require('./call.cjs')
const { Handle, classes } = require('./handle.cjs')
const { describe } = require('./options.cjs')

const EVENTS = describe('events', 'handle', [], true)
const NEXT = describe('next', 'document', [], true)

/** The handle behind `Events`. */
classes.set('Events', class EventsHandle extends Handle {})

class Events {
  #operation
  #signal
  #ending = new AbortController()
  #handle
  #last = Promise.resolve()

  /** Nothing is asked of the operation before somebody asks for the first event. */
  constructor(operation, signal) {
    if (!(operation instanceof Handle)) throw new TypeError('Events has no public constructor: an operation gives it')
    this.#operation = operation
    this.#signal = signal === undefined ? this.#ending.signal : AbortSignal.any([signal, this.#ending.signal])
  }

  next() {
    // Those who ask at once are answered in turn.
    const origin = here(Events.prototype.next)
    const next = this.#last.then(() => this.#next()).catch((error) => { throw traced(error, origin) })
    this.#last = next.catch(() => {})
    return next
  }

  async #next() {
    if (this.#ending.signal.aborted) return { value: undefined, done: true }
    const options = { signal: this.#signal }
    try {
      this.#handle ??= await start(this.#operation, EVENTS, {}, options)
      const event = await start(this.#handle, NEXT, {}, options)
      if (event !== null) return { value: event, done: false }
    } catch (error) {
      if (!this.#ending.signal.aborted) throw error
    }
    this.#ending.abort()
    return { value: undefined, done: true }
  }

  async return(value) {
    // Whoever still waits for an event is told that there is none.
    this.#ending.abort()
    return { value: await value, done: true }
  }

  [Symbol.asyncIterator]() {
    return this
  }
}

module.exports = { Events }
