/// <reference lib="esnext.disposable" />
import type * as types from './types.cjs'

/** What can be said to every function that waits. */
export interface CallOptions {
  /**
   * Gives the call up: it rejects with the signal's reason. What a server was already asked for may happen all the same,
   * and an operation that was waited for goes on.
   */
  signal?: AbortSignal | undefined
}

/** What can be said to `operation.wait`. */
export interface WaitOptions extends CallOptions {
  /**
   * Is called with each event, from the operation's beginning on, and waited for if it gives a promise. If it throws,
   * `wait` rejects with that; the operation goes on.
   */
  onEvent?: ((event: types.Event) => unknown) | undefined
}

declare class Handle {
  protected constructor()
}

export class Release extends Handle {
  /** The files, by their paths below a folder: `dmz/docker-compose.yml`. */
  readonly files: Readonly<Record<string, string>>
  /** The warnings of the template. */
  readonly diagnostics: readonly types.Diagnostic[]
  /** As `documentSync`. */
  toDict(): types.Release
  /** As `documentSync`: `JSON.stringify(release)` writes the document. */
  toJSON(): types.Release
}

export class Timeline extends Handle {
  /** What it comes to: container hours, changes of the count, time above thresholds, what was lost. */
  readonly summary: Readonly<types.TimelineSummary>
  /** What the engine decided, each with its cause; rules that are armed are not listed. */
  readonly decisions: readonly types.ScalingAction[]
  /**
   * Compares what two time-lines come to.
   *
   * @param other The other one, or what was kept of it: its `summary`.
   */
  compare(other: Timeline | Readonly<types.TimelineSummary>): types.TimelinesCompared
  /** As `documentSync`. */
  toDict(): types.Timeline
  /** As `documentSync`: `JSON.stringify(timeline)` writes the document. */
  toJSON(): types.Timeline
}

export class ScalingEngine extends Handle {}

export class Platform extends Handle {
  /** Who acts. */
  readonly actor: string
  /** As `close`: `await using platform = await connect(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}

export class Plan extends Handle {
  /** As `document`. */
  toDict(): types.PlanDocument
  /** As `document`: `JSON.stringify(plan)` writes the document. */
  toJSON(): types.PlanDocument
}

export class Operation extends Handle {
  /** The id of the operation, by which any process can open it again. */
  readonly id: string
  /**
   * Follows the events of the operation, from its beginning on. Nothing is missed, whenever one begins to follow.
   *
   * ```js
   * for await (const event of operation.events()) console.log(event)
   * ```
   */
  events(options?: CallOptions): Events
  /**
   * Waits for the operation's end. Fails with kind `operation_stopped` and what failed, or `operation_abandoned`; with
   * `operation_state` if nobody carries it out. If the call is given up, the operation goes on.
   */
  wait(options?: WaitOptions): Promise<types.OperationDocument>
  toJSON(): { id: string }
}

/** The events of an operation, from its beginning on, and then as they happen. */
export class Events implements AsyncIterableIterator<types.Event> {
  private constructor()
  /** The next event; done after the last one: when the operation has ended, stopped, or was left by its process. */
  next(): Promise<IteratorResult<types.Event, undefined>>
  /** Follows no longer. The operation goes on. */
  return(): Promise<IteratorResult<types.Event, undefined>>
  [Symbol.asyncIterator](): this
  [Symbol.asyncDispose](): Promise<void>
}

export class ImageCopy extends Handle {
  /** The id of the copy, as the image's state has it while it is being copied. */
  readonly id: string
  /** Which image it is: `retail-shop/web:1.4`. */
  readonly image: string
  /**
   * How far it is, each time it is further, until it has ended. After `break` it goes on.
   *
   * ```js
   * for await (const { sent, bytes } of copy) console.log(sent, bytes)
   * ```
   */
  [Symbol.asyncIterator](): AsyncGenerator<types.CopyProgress, void, undefined>
  toJSON(): { id: string, image: string }
}

export class KeepingImages extends Handle {
  /** What each sweep found, until it is stopped. What keeps it from going on is thrown; it tries again by itself. */
  [Symbol.asyncIterator](): AsyncGenerator<types.SweepReport, void, undefined>
  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void>
}

export class ZoneCopy extends Handle {
  /** Which image it is: `retail-shop/web:1.4`. */
  readonly image: string
  /** The zone that it comes from. */
  readonly source: string
  /** The zone that it goes to. */
  readonly destination: string
  toJSON(): { image: string, source: string, destination: string }
}

export class KeepingZones extends Handle {
  /** What each scan found, until it is stopped. What keeps it from going on is thrown; it tries again by itself. */
  [Symbol.asyncIterator](): AsyncGenerator<types.ZoneScan, void, undefined>
  /** As `stop`. */
  [Symbol.asyncDispose](): Promise<void>
}

/** A stand-in for Rancher 1.6 on this machine. It runs until it is stopped or the process ends. */
export class Sandbox extends Handle {
  /** Stops the sandbox, with all its connections. Again: nothing happens. */
  stop(): void
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}
