// The same package from CommonJS.

import paas = require('paas-sdk')
import { type Checked, PaasError, translateSync } from 'paas-sdk'

const checked: Checked = paas.checkSync('text')
const release: paas.Release = translateSync('text')
release.files satisfies Readonly<Record<string, string>>
const operation = async (platform: paas.Platform): Promise<paas.types.OperationDocument> => {
  const { id } = await platform.applications.remove('meridian', 'shop')
  return (await platform.operations.open(id)).wait()
}
operation satisfies Function
export const isBusy = (error: unknown) => error instanceof PaasError && error.kind === 'application_busy'
if (!checked.accepted) process.exitCode = 1

// @ts-expect-error there is no such function
paas.chekc('text')
// @ts-expect-error a module has no default here
paas.default
