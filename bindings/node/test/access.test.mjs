import assert from 'node:assert/strict'
import test from 'node:test'
import { connect, decide, decideAll, decideAllSync, grantRoles, matrix, planMembersSync } from 'paas-sdk'

const anna = {
  user: '5f3c',
  tenants: { retail: { roles: ['restricted_member'] } },
  namespaces: ['retail-shop'],
}
const platform = { external_id_type: 'rancher_id', external_id: '1a1' }

test('a decision says why', () => {
  const yes = decide(anna, 'push', 'image', { tenant: 'retail', namespace: 'retail-shop' })
  assert.deepEqual([yes.allowed, yes.reason], [true, 'in_namespace'])
  const no = decide(anna, 'operate', 'network', { tenant: 'retail' })
  assert.equal(no.allowed, false)
  assert.match(no.because, /^a restricted member may not operate a network: that takes /)
  assert.throws(() => decide(anna, 'frobnicate', 'network'), { code: 'request.invalid' })
})

test('many decisions are the same', async () => {
  const { rows } = matrix()
  const questions = rows.map(({ action, kind }) => ({ action, kind, tenant: 'retail' }))
  const many = decideAllSync(anna, questions)
  assert.deepEqual(await decideAll(anna, questions), many)
  const single = rows.map(({ action, kind }) => decide(anna, action, kind, { tenant: 'retail' }))
  assert.deepEqual(many.allowed, single.map(({ allowed }) => allowed))
  assert.ok(many.allowed.includes(true) && many.allowed.includes(false))
})

test('roles of Keystone', () => {
  const subject = grantRoles({ user: '5f3c' }, 'project', ['admin'], { tenant: 'retail' })
  assert.deepEqual(subject.tenants, { retail: { roles: ['tenant_administrator'] } })
  assert.ok(decide(subject, 'authorise', 'membership', { tenant: 'retail' }).allowed)
  assert.ok(!decide(subject, 'authorise', 'membership', { tenant: 'cards' }).allowed)
})

test('members follow Keystone', () => {
  const identities = { users: { '5f3c': { harbor: 'anna' } } }
  const members = [{ user: { id: '5f3c', name: 'anna', domain: 'default' }, roles: ['restricted_member'] }]
  const projects = [
    { registry: 'test', project: 'retail-shop', users: ['5f3c'] },
    { registry: 'production', project: 'retail-shop', users: ['5f3c'] },
    { registry: 'test', project: 'retail-web' },
  ]
  const plan = planMembersSync(members, identities, { platform }, { projects })
  assert.deepEqual(plan.projects.map(({ registry, project, changes }) => [registry, project, changes[0].role]), [
    ['test', 'retail-shop', 'developer'],
    ['production', 'retail-shop', 'guest'],
  ])
})

test('a platform asks for the right of each call', async () => {
  const trusted = await connect('anna', ':memory:')
  await trusted.tenants.put('retail', { project: '7c3e0b6f' })
  const reader = trusted.actingFor({ user: '5f3c', tenants: { '7c3e0b6f': { roles: ['read_only'] } } })
  assert.equal(reader.actor, '5f3c')
  await assert.rejects(reader.applications.remove('retail', 'shop'), { code: 'platform.denied' })
  const stranger = trusted.actingFor({ user: '77aa', tenants: { retail: { roles: ['read_only'] } } })
  assert.deepEqual(await stranger.tenants.list(), [])
  await trusted.close()
})
