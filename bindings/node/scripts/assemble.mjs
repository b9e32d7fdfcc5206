// Puts together the npm packages of a release: `paas-sdk`, and one for each platform that was built.
//
//   node scripts/assemble.mjs FOLDER linux-x64-gnu=path/to/libpaas_node.so …
//
// Then `npm pack` or `npm publish` in FOLDER/paas-sdk and in FOLDER/@paas-sdk/*; those of the platforms first.

import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = join(dirname(fileURLToPath(import.meta.url)), '..')
const [folder, ...builds] = process.argv.slice(2)
if (folder === undefined || builds.length === 0) {
  console.error('usage: assemble.mjs FOLDER PLATFORM=LIBRARY …')
  process.exit(2)
}

const { private: _, scripts, devDependencies, ...manifest } = JSON.parse(readFileSync(join(here, 'package.json')))
manifest.optionalDependencies = {}
for (const build of builds) {
  const [platform, library] = build.split('=')
  assemblePlatform(platform, library)
  manifest.optionalDependencies[`@paas-sdk/${platform}`] = manifest.version
}
const main = empty(join(folder, 'paas-sdk'))
for (const name of ['index.cjs', 'index.mjs', 'index.d.cts', 'index.d.mts', 'lib', 'README.md']) {
  cpSync(join(here, name), join(main, name), { recursive: true })
}
finish(main, manifest)

function assemblePlatform(platform, library) {
  const [os, cpu, libc] = platform.split('-')
  const file = `paas-sdk.${platform}.node`
  const target = empty(join(folder, '@paas-sdk', platform))
  copyFileSync(library, join(target, file))
  writeFileSync(join(target, 'README.md'), `# @paas-sdk/${platform}\n\nThe native half of \`paas-sdk\` for ${platform}.\n`)
  const { version, license, engines } = manifest
  finish(target, {
    name: `@paas-sdk/${platform}`,
    version,
    description: `The native half of paas-sdk for ${platform}`,
    license,
    main: file,
    files: [file],
    engines,
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' ? { libc: [libc === 'gnu' ? 'glibc' : libc] } : {}),
  })
}

function empty(target) {
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  return target
}

function finish(target, manifest) {
  copyFileSync(join(here, '..', '..', 'LICENSE'), join(target, 'LICENSE'))
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(target)
}
