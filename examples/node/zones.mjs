// Keeps images in step between the registries of two zones: a push in the one, a push where it does not belong in the
// other, and what a person decides of that.
//
//   node examples/node/zones.mjs
//
// The registries are small ones in this program. With `REGISTRY_NORTH_URL` and `REGISTRY_SOUTH_URL` they are real ones
// that let everybody in; something is pushed there as `retail-shop/web:1.4`.

import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { connect } from 'paas-sdk'

const IMAGE = 'retail-shop/web:1.4'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

const north = process.env.REGISTRY_NORTH_URL ?? (await startRegistry())
const south = process.env.REGISTRY_SOUTH_URL ?? (await startRegistry())
// A portal has a store that stays: 'paas.db'. With a login: `username`, `password`, and `https:` in the address.
const platform = await connect('zones', ':memory:', {
  zones: [{ name: 'north', url: north }, { name: 'south', url: south }],
})
const { zones } = platform
await platform.tenants.put('retail')
await platform.namespaces.create('retail', 'retail-shop')
await zones.setRule('retail-shop', { rule: { zones: ['north', 'south'] } })

console.log('Something is pushed in the north.')
await push(north, 'the first build')
await carryOut()

console.log('Somebody pushes something else in the south, under the same name.')
const other = await push(south, 'not the first build')
await carryOut()

console.log('A person has looked at it: the north is right.')
await zones.replace(IMAGE, 'south', other)
await carryOut()
for (const { number, kind } of await zones.journal(IMAGE)) console.log(`  ${number}  ${kind}`)
await platform.close()

/** Compares the zones once, and copies what lacks. A portal has `zones.keep` do it. */
async function carryOut() {
  const { failures } = await zones.scan()
  for (const { zone, message } of failures) console.log(`  ${zone}: ${message}`)
  for (const copy of await zones.carryOn()) {
    const { image, source, destination } = copy
    for (const { kind } of await copy.wait()) console.log(`  ${image}, ${source} -> ${destination}: ${kind}`)
  }
  const { standings } = await zones.read(IMAGE)
  for (const [zone, { kind }] of Object.entries(standings)) console.log(`  ${zone}: ${kind}`)
}

/** Pushes an image of one layer, as `docker push` does; gives its digest. */
async function push(registry, layer) {
  const [repository, tag] = IMAGE.split(':')
  const at = `${registry}/v2/${repository}`
  const send = async (method, url, body, type = 'application/octet-stream') => {
    const answer = await fetch(url, { method, body, headers: { 'content-type': type } })
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
    return answer.headers.get('location')
  }
  const blob = async (mediaType, content) => {
    const upload = new URL(await send('POST', `${at}/blobs/uploads/`, ''))
    upload.searchParams.set('digest', digestOf(content))
    await send('PUT', upload, content)
    return { mediaType, digest: digestOf(content), size: content.length }
  }
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux' }))
  const manifest = Buffer.from(JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: await blob('application/vnd.oci.image.config.v1+json', config),
    layers: [await blob('application/vnd.oci.image.layer.v1.tar', Buffer.from(layer))],
  }))
  await send('PUT', `${at}/manifests/${tag}`, manifest, MANIFEST)
  return digestOf(manifest)
}

function digestOf(content) {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

/** A registry in memory, as far as this program needs one; gives its address. */
function startRegistry() {
  const [kept, uploads] = [new Map(), new Map()]
  let address

  const answerTo = (method, path, type, content) => {
    if (path.endsWith('/blobs/uploads/')) {
      const place = `${path}${randomUUID()}`
      uploads.set(place, Buffer.alloc(0))
      return [202, { location: `${address}${place}`, range: '0-0' }]
    }
    if (uploads.has(path)) {
      const blob = Buffer.concat([uploads.get(path), content])
      uploads.set(path, blob)
      if (method === 'PATCH') return [202, { location: `${address}${path}`, range: `0-${blob.length - 1}` }]
      uploads.delete(path)
      const place = `${path.split('uploads/')[0]}${digestOf(blob)}`
      kept.set(place, { type: 'application/octet-stream', content: blob })
      return [201, { location: place, 'docker-content-digest': digestOf(blob) }]
    }
    if (method === 'PUT') {
      const folder = path.slice(0, path.lastIndexOf('/'))
      for (const name of [path, `${folder}/${digestOf(content)}`]) kept.set(name, { type, content })
      return [201, { 'docker-content-digest': digestOf(content) }]
    }
    const manifests = [...kept.keys()].map((name) => name.split('/manifests/')).filter(([, tag]) => tag !== undefined)
    if (path === '/v2/_catalog') {
      const repositories = [...new Set(manifests.map(([at]) => at.slice('/v2/'.length)))]
      return [200, {}, JSON.stringify({ repositories })]
    }
    if (path.endsWith('/tags/list')) {
      const of = path.slice(0, -'/tags/list'.length)
      const tags = manifests.filter(([at, tag]) => at === of && !tag.includes(':')).map(([, tag]) => tag)
      return [200, {}, JSON.stringify({ name: of.slice('/v2/'.length), tags })]
    }
    const found = kept.get(path)
    if (found === undefined) return [path === '/v2/' ? 200 : 404, {}]
    return [200, { 'content-type': found.type, 'docker-content-digest': digestOf(found.content) }, found.content]
  }

  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers: given } = request
    const [path] = url.split('?')
    const [status, headers, body = ''] = answerTo(method, path, given['content-type'], Buffer.concat(chunks))
    const common = { 'docker-distribution-api-version': 'registry/2.0', 'content-length': Buffer.byteLength(body) }
    response.writeHead(status, { ...common, ...headers }).end(method === 'HEAD' ? undefined : body)
  })
  // Neither it nor who is connected to it keeps this program from ending.
  server.unref()
  server.on('connection', (socket) => socket.unref())
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${server.address().port}`
      resolve(address)
    })
  })
}
