// Registries that run for a test, and an image for them.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const PROGRAM = process.env.PAAS_DOCKER_REGISTRY

/** For `test`: why a test is skipped that needs a registry. */
export const skip = PROGRAM ? false : 'there is no `PAAS_DOCKER_REGISTRY`, the program `docker-registry`'

/** A registry of the distribution project that lets everybody in, until the test ends; gives its address. */
export async function registry(test) {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'))
  const port = await freePort()
  const configuration = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: `127.0.0.1:${port}` },
  }
  const path = join(folder, 'configuration.yml')
  writeFileSync(path, JSON.stringify(configuration)) // JSON is YAML.
  const child = spawn(PROGRAM, ['serve', path], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  test.after(async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true })
  })
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries === 600 || child.exitCode !== null) throw new Error('the registry does not answer')
    await setTimeout(50)
  }
  return `http://127.0.0.1:${port}`
}

/** Pushes an image of these layers; gives its digest. */
export async function push(at, repository, tag, layers) {
  const place = `${at}/v2/${repository}`
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux' }))
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: await blob(place, 'application/vnd.oci.image.config.v1+json', config),
    layers: await Promise.all(layers.map((one) => blob(place, 'application/vnd.oci.image.layer.v1.tar', one))),
  }
  const content = Buffer.from(JSON.stringify(manifest))
  await send('PUT', `${place}/manifests/${tag}`, content, MANIFEST)
  return digest(content)
}

async function blob(place, mediaType, content) {
  const upload = new URL(await send('POST', `${place}/blobs/uploads/`, '', 'application/octet-stream'))
  upload.searchParams.set('digest', digest(content))
  await send('PUT', upload, content, 'application/octet-stream')
  return { mediaType, digest: digest(content), size: content.length }
}

async function send(method, url, body, type) {
  const answer = await fetch(url, { method, body, headers: { 'content-type': type } })
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
  return answer.headers.get('location')
}

function digest(content) {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
