'use strict'

module.exports = { ...require('./lib/generated.cjs'), PaasError: require('./lib/error.cjs').PaasError }
