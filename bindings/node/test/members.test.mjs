import assert from 'node:assert/strict'
import test from 'node:test'
import { connect, startSandbox } from 'paas-sdk'

const rules = {
  identities: { rules: [{ domain: 'default', harbor: '{name}' }] },
  settings: { platform: { external_id_type: 'rancher_id', external_id: '1a1' } },
}

test('namespaces are of one tenant', async () => {
  const platform = await connect('anna', ':memory:')
  await platform.tenants.put('retail', { project: '7c3e0b6f' })
  await platform.tenants.put('wealth', { project: '88aa' })
  const { id, ...namespace } = await platform.namespaces.create('retail', 'retail-shop')
  assert.deepEqual(namespace, { name: 'retail-shop', tenant: 'retail' })
  assert.match(id, /^[0-9a-f]{32}$/)
  await assert.rejects(platform.namespaces.create('wealth', 'retail-shop'), { code: 'platform.namespace_taken' })
  const { members } = await platform.namespaces.addMember('retail', 'retail-shop', '5f3c')
  assert.deepEqual(members, ['5f3c'])
  const senior = platform.actingFor({ user: '77aa', tenants: { '7c3e0b6f': { roles: ['senior_member'] } } })
  await assert.rejects(senior.namespaces.addMember('retail', 'retail-shop', '77aa'), { code: 'platform.denied' })
  await senior.namespaces.delete('retail', 'retail-shop')
  assert.deepEqual(await platform.namespaces.list('retail'), [])
  await platform.close()
})

test('members need Keystone and rules', async () => {
  const sandbox = startSandbox()
  const platform = await connect('anna', ':memory:', { rancher: sandbox.credentials(), memberRules: rules })
  await platform.tenants.put('retail', { project: '7c3e0b6f' })
  await assert.rejects(platform.members.plan('retail'), { code: 'platform.configuration' })
  assert.deepEqual(await platform.members.journal('retail'), [])
  await platform.close()
  await sandbox.stop()
})

test('rules that widen are refused', async () => {
  const wide = { tenant_administrator: 'owner', senior_member: 'owner', restricted_member: null, read_only: null }
  await assert.rejects(connect('anna', ':memory:', { memberRules: { ...rules, rancher_roles: wide } }), {
    code: 'request.invalid',
    message: /could authorise membership/,
  })
})
