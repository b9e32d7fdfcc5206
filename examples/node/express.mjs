// An Express application behind the gateway that asks the library for decisions.
//
//   npm install express && node examples/node/express.mjs
//
// The gateway validates the token of a request with Keystone, drops what a client says of itself, and sends who it is in
// headers, by the names of Keystone's own middleware. So nobody may reach this application but through the gateway.

import express from 'express'
import { decide, grantRoles } from 'paas-sdk'

/** The user that the gateway has confirmed, with its roles. */
function subjectOf(request) {
  if (request.get('x-identity-status') !== 'Confirmed') return undefined
  const subject = { user: request.get('x-user-id') }
  const roles = (request.get('x-roles') ?? '').split(',').filter(Boolean)
  const tenant = request.get('x-project-id')
  if (tenant) return grantRoles(subject, 'project', roles, { tenant })
  return request.get('openstack-system-scope') === 'all' ? grantRoles(subject, 'system', roles) : subject
}

/** Lets a request through if the user may do this, in the tenant of its token. */
function authorised(action, kind) {
  return (request, response, next) => {
    const subject = subjectOf(request)
    if (!subject) return response.status(401).json({ because: 'the gateway has not confirmed who this is' })
    const decision = decide(subject, action, kind, { tenant: request.get('x-project-id') })
    if (!decision.allowed) return response.status(403).json({ because: decision.because })
    request.subject = subject
    next()
  }
}

const application = express()
const done = (request, response) => response.json({ done: `${request.method} ${request.path}` })
application.get('/volumes/:name', authorised('view', 'volume'), done)
application.post('/volumes/:name', authorised('create', 'volume'), done)
application.post('/members/:user', authorised('authorise', 'membership'), done)

const server = application.listen(0, '127.0.0.1')
await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject))
const anna = {
  'X-Identity-Status': 'Confirmed',
  'X-User-Id': '5f3c',
  'X-Project-Id': '7c3e0b6f',
  'X-Roles': 'reader,member',
}
for (const [method, path, headers] of [
  ['GET', '/volumes/data', anna],
  ['POST', '/volumes/data', anna],
  ['POST', '/members/bob', anna],
  ['POST', '/members/bob', { ...anna, 'X-Roles': 'manager' }],
  ['GET', '/volumes/data', { 'X-User-Id': '5f3c' }],
]) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method, headers })
  console.log(`${method} ${path}: ${response.status} ${await response.text()}`)
}
server.closeAllConnections()
server.close()
