'use strict'

// Finds the native half: beside this package where it was built, else in the package of this platform, which npm
// installs as an optional dependency. Bundlers cannot follow this: they must leave the package out of the bundle.

const { existsSync } = require('node:fs')
const { join } = require('node:path')

/** The builds that can run on a platform; the package manager installs those that fit. */
const BUILDS = {
  'darwin-arm64': ['darwin-arm64'],
  'linux-arm64': ['linux-arm64-gnu', 'linux-arm64-musl'],
  'linux-x64': ['linux-x64-gnu', 'linux-x64-musl'],
  'win32-x64': ['win32-x64-msvc'],
}

function load() {
  const platform = `${process.platform}-${process.arch}`
  const builds = BUILDS[platform] ?? []
  const failures = []
  for (const build of builds) {
    const beside = join(__dirname, '..', `paas-sdk.${build}.node`)
    const source = existsSync(beside) ? beside : `@paas-sdk/${build}`
    try {
      return require(source)
    } catch (error) {
      failures.push(error)
    }
  }
  // One that is there and cannot be loaded tells more than those that are not there.
  const cause = failures.find(({ code }) => code !== 'MODULE_NOT_FOUND') ?? failures[0]
  throw Object.assign(new Error(explain(platform, builds, cause), { cause }), { code: 'ERR_PAAS_SDK_NATIVE' })
}

function explain(platform, builds, cause) {
  if (builds.length === 0) {
    return `paas-sdk is not built for ${platform}; it is for ${Object.keys(BUILDS).join(', ')}`
  }
  const packages = builds.map((build) => `@paas-sdk/${build}`).join(' or ')
  const failed = `the native half of paas-sdk for ${platform} cannot be loaded`
  if (cause.code !== 'MODULE_NOT_FOUND') {
    return `${failed} although it is there: ${cause.message}; install it anew, or on a system that it fits`
  }
  return `${failed}: install ${packages} in the version of paas-sdk, and do not leave out optional dependencies`
}

module.exports = load()
