import paas = require('./index.cjs')

export * from './index.cjs'
export default paas
