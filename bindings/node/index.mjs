// Written by `cargo xtask generate` from schema/interface.json: change the library, not this file.
import paas from './index.cjs'

export const {
  Events,
  PaasError,
  Release,
  Platform,
  Plan,
  Operation,
  Sandbox,
  check,
  checkSync,
  translate,
  translateSync,
  importStack,
  importStackSync,
  stackQuestions,
  stackQuestionsSync,
  exportTemplate,
  exportTemplateSync,
  cloneTemplate,
  cloneTemplateSync,
  checkTenant,
  checkTenantSync,
  diffReleases,
  diffReleasesSync,
  explain,
  version,
  connect,
  startSandbox,
} = paas

export default paas
