'use strict'

// The one class of errors: what went wrong, and what to do. Calls that wait fail with the same as calls that do not.

class PaasError extends Error {
  /** Made from an error envelope, as the library gives it. */
  constructor({ code, kind, message, help, retryable = false, operation, details = {}, labels = [] }) {
    super(message)
    this.code = code
    this.kind = kind
    this.help = help
    this.retryable = retryable
    this.operation = operation
    // Not shown with an error that nobody catches, where they can be long; `toJSON` has them.
    Object.defineProperty(this, 'details', { value: details })
    Object.defineProperty(this, 'labels', { value: labels })
  }

  get diagnostics() {
    return this.details.diagnostics ?? []
  }

  toJSON() {
    const { code, kind, message, help, retryable, operation, details, labels } = this
    return { code, kind, message, help, retryable, operation, details, labels }
  }
}

Object.defineProperty(PaasError.prototype, 'name', { value: 'PaasError', writable: true, configurable: true })

/** The request is not one that the function takes; `field` is where in it. */
function invalid(message, field) {
  return new PaasError({
    code: 'request.invalid',
    kind: 'invalid_request',
    message,
    help: 'pass what the function takes; its documentation names each field',
    details: field === undefined ? {} : { field },
  })
}

/** From what the native half throws: its message is the envelope in JSON. */
function translated(error) {
  try {
    return new PaasError(JSON.parse(error.message))
  } catch {
    return new PaasError({
      code: 'internal.failure',
      kind: 'internal',
      message: String(error?.message ?? error),
      help: 'report it: this is a fault of the library',
    })
  }
}

module.exports = { PaasError, invalid, translated }
