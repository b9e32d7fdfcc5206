// Translates a template and writes the files.
//
//   node examples/node/translate.mjs [TEMPLATE [FOLDER]]

import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { PaasError, check, translate } from 'paas-sdk'

const [path = 'examples/bank/template.yaml', folder = await mkdtemp(join(tmpdir(), 'paas-'))] = process.argv.slice(2)
const template = await readFile(path, 'utf8')

try {
  const release = await translate(template, { file: basename(path) })
  for (const [name, text] of Object.entries(release.files)) {
    console.log(`${name}: ${text.split('\n').length - 1} lines`)
  }
  const { created, replaced, unchanged } = await release.write(folder)
  console.log(`${created.length + replaced.length + unchanged.length} files are in ${folder}`)
} catch (error) {
  if (!(error instanceof PaasError)) throw error
  // All problems at once, each with its place and what to do.
  const { report } = await check(template, { file: basename(path), report: 'human' })
  console.error(report || `${error.message}\n${error.help}`)
  process.exitCode = 1
}
