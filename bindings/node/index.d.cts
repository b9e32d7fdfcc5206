export * from './lib/generated.cjs'
export { PaasError } from './lib/error.cjs'
