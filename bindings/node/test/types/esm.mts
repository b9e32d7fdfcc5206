// What type-checks, and what must not: `tsc` fails where an error is expected and there is none.

import paas, {
  type CheckOptions, type Diagnostic, type ErrorKind, type ScalingAction, type types, Operation, PaasError, Platform,
  Release, Sandbox, ScalingEngine, Timeline, check, checkSync, connect, explain, loadScalingEngine, newScalingEngine,
  simulateScaling, startSandbox, translate, translateSync, version,
} from 'paas-sdk'

const checked: types.Checked = await check('text', { file: 'bank.yaml', report: 'human', inputs: { size: 5 } })
const first: Diagnostic | undefined = checked.diagnostics[0]
if (first !== undefined) first.code satisfies string
const options: CheckOptions = { file: undefined }
checkSync('text', options).accepted satisfies boolean
explain('tosca.unknown_type').meaning satisfies string
version() satisfies string
paas.version() satisfies string

const release: Release = await translate('text', { target: { stack: 'shop' } })
release.files['dmz/docker-compose.yml'] satisfies string | undefined
release.toDict() satisfies types.Release
const picture: string = await release.graph({ format: 'svg' })
translateSync(picture) satisfies Release

const platform: Platform = await connect('anna', 'paas.db', { rancher: { url: 'https://rancher.bank.test' } })
const operation: Operation = await platform.applications.deploy('meridian', 'text', { loadBalancerImage: 'x' })
for await (const event of operation.events()) {
  event.kind satisfies types.EventKind
  event.percent satisfies number
}
const status = await operation.wait({ onEvent: (event) => console.log(event.message), signal: AbortSignal.timeout(5) })
status.percent satisfies number
await platform.applications.scale('meridian', 'shop', 'web', 5, { signal: AbortSignal.timeout(5) })
const all: Operation[] = await platform.operations.resumeInterrupted()
all.length satisfies number

{
  using sandbox: Sandbox = startSandbox({ instant: true, environments: ['dmz'] })
  sandbox.addFault({ fault: 'conflict', method: 'PUT', times: 3 })
  sandbox.credentials() satisfies types.RancherOptions
}

const [policy] = release.toDict().policies ?? []
if (policy !== undefined) {
  const timeline: Timeline = await simulateScaling(policy, { date: '2026-11-23', officeDay: 4, model: { start_seconds: 5 } })
  timeline.summary.container_hours satisfies number
  timeline.compare(timeline).comparison.first.lost?.share satisfies number | undefined
  timeline.compare(timeline.summary)
  const [row] = await timeline.rows()
  row?.count satisfies string | number | null | undefined
  const engine: ScalingEngine = newScalingEngine({ alarmTtlMs: 60_000 })
  const actions: ScalingAction[] = engine.upsert('shop/web', policy, 2, new Date(), { drainsItself: true })
  for (const action of actions) {
    if (action.kind === 'scale' && action.cause.because === 'alarm') action.cause.side satisfies 'upper' | 'lower'
    // @ts-expect-error only some of them go to another count
    action.to satisfies number
  }
  await engine.alarms([{ service: 'shop/web', rule: '0', state: 'firing', at: new Date() }], '2026-11-23T00:00:00Z')
  const snapshot: Uint8Array = await engine.snapshot()
  const loaded: ScalingEngine = await loadScalingEngine(snapshot)
  loaded.nextDeadline() satisfies string | null
  loaded.explain('shop/web', new Date())?.text satisfies string | undefined
  // @ts-expect-error an engine has no clock
  engine.advance()
  // @ts-expect-error a snapshot is no text
  await loadScalingEngine('AAAA')
  // @ts-expect-error what it comes to is not changed
  timeline.summary.least = 0
  // @ts-expect-error there is no such state
  engine.alarm('shop/web', '0', 'on', new Date())
}

{
  await platform.namespaces.setSyncRule('retail', 'retail-shop', { rule: { kind: 'automatic', period: 900 } })
  const { state } = await platform.images.read('retail-shop/web:1.4')
  if (state.kind === 'pending_sync') state.approval.digest satisfies string
  // @ts-expect-error nobody released what is in development
  if (state.kind === 'in_development') state.approval
  const copy = await platform.images.sync('retail-shop/web:1.4', { signal: AbortSignal.timeout(5) })
  for await (const { sent, bytes } of copy) [sent, bytes] satisfies number[]
  const end = await copy.wait()
  end?.what satisfies types.ImageHappening | undefined
  await using keeping = await platform.images.keep({ lookSeconds: 1 })
  for await (const { changes } of keeping) changes satisfies types.ImageChange[]
  platform.images.takeNotifications(Buffer.from('{}'), 'secret', { authorization: undefined }) satisfies number
  // @ts-expect-error there is no such state
  await platform.images.list('retail', { state: 'done' })
  // @ts-expect-error a copy is made by functions
  new paas.ImageCopy()
}

try {
  await translate('text')
} catch (error) {
  if (error instanceof PaasError) {
    error.kind satisfies ErrorKind
    error.help satisfies string | undefined
    error.diagnostics satisfies readonly Diagnostic[]
    if (error.kind === 'application_busy') error.retryable satisfies boolean
    // @ts-expect-error there is no such kind
    if (error.kind === 'busy') throw error
  }
}

// @ts-expect-error a template must be given
await check()
// @ts-expect-error there is no such option
await check('text', { fil: 'bank.yaml' })
// @ts-expect-error options of functions are written in camelCase
await platform.applications.deploy('meridian', 'text', { load_balancer_image: 'x' })
// @ts-expect-error there is no such style
await check('text', { report: 'long' })
// @ts-expect-error there is no such picture
await release.graph({ format: 'png' })
// @ts-expect-error a count is a number
await platform.applications.scale('meridian', 'shop', 'web', '5')
// @ts-expect-error there is no such fault
startSandbox().addFault({ fault: 'conflct' })
// @ts-expect-error files are not changed
release.files = {}
// @ts-expect-error nor is one of them
release.files['a'] = ''
// @ts-expect-error functions give releases
new Release()
// @ts-expect-error what computes takes no signal
await translate('text', { signal: AbortSignal.timeout(5) })
// @ts-expect-error what waits cannot be called at once
platform.tenants.listSync()
// @ts-expect-error an operation is no release
operation.files
// @ts-expect-error the default export is the package, not a module that has one again
paas.default
