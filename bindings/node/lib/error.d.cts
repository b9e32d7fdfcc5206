import type * as types from './types.cjs'

/** A failed call: what went wrong, where, and what to do. Calls that wait reject with it, other calls throw it. */
export class PaasError extends Error {
  /** From an error envelope, for tests of programs that handle errors. */
  constructor(envelope: Partial<types.ErrorEnvelope> & Pick<types.ErrorEnvelope, 'code' | 'kind' | 'message'>)
  readonly name: 'PaasError'
  /** The stable code, such as `platform.application_busy`; `explain` tells what each means. */
  readonly code: string
  /** What kind of failure it is; programs decide by it. */
  readonly kind: types.ErrorKind
  /** What to do. */
  readonly help: string | undefined
  /** Whether asking again later may help without anybody doing something about it. */
  readonly retryable: boolean
  /** The id of the operation that it is about. */
  readonly operation: string | undefined
  /** What else is known. */
  readonly details: types.ErrorEnvelope['details']
  /** The places that it points at, the main one first. */
  readonly labels: types.ErrorEnvelope['labels']
  /** All problems of a template or another file; none for other failures. */
  readonly diagnostics: readonly types.Diagnostic[]
  /** The error envelope. */
  toJSON(): types.ErrorEnvelope
}
