// What type-checks, and what must not: `tsc` fails where an error is expected and there is none.

import paas, {
  type CheckOptions, type Diagnostic, type ErrorKind, type types, Operation, PaasError, Platform, Release, Sandbox,
  check, checkSync, connect, explain, startSandbox, translate, translateSync, version,
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
