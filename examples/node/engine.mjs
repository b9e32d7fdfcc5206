// Drives the scaling engine by hand through a day of two services: with a clock of its own, so that the day is over at
// once.
//
//   node examples/node/engine.mjs [TEMPLATE]

import { readFile } from 'node:fs/promises'
import { loadScalingEngine, newScalingEngine, scalingAlarmRules, translate } from 'paas-sdk'

const [path = 'examples/bank/template.yaml'] = process.argv.slice(2)
const { policies } = await (await translate(await readFile(path, 'utf8'))).document()
const policyOf = (name) => policies.find(({ service }) => service === name)
const at = (time) => new Date(`2026-11-23T${time}:00+08:00`)
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Shanghai' })

/** Tells what a back end would be asked for. */
function show(actions) {
  for (const { at, service, reason, ...act } of actions) {
    const what = {
      scale: () => `${act.from} -> ${act.to}`,
      drain: () => `${act.from - act.to} drain`,
      cancel_drain: () => `${act.count} stay`,
      arm: () => `${act.rules.length} alarm rules to watch`,
    }[act.kind]()
    console.log(`${clock.format(new Date(at))}  ${service}: ${what}; ${reason}`)
  }
}

/** Lets happen what is due. A program would wait for the deadline, or for an alarm. */
function goOn(engine, until) {
  for (let next = engine.nextDeadline(); next !== null && new Date(next) <= until; next = engine.nextDeadline()) {
    show(engine.advance(next).actions)
  }
}

let engine = newScalingEngine()
const services = ['web-front', 'payments'].map((name) => (
  { service: `retail/${name}`, policy: policyOf(name), count: 3 }
))
show(await engine.upsertAll(services, at('06:00')))

// What monitoring says of the web front: when, which threshold, and what it is.
const rules = Object.fromEntries(scalingAlarmRules(policyOf('web-front')).map(({ side, id }) => [side, id]))
for (const [time, side, state] of [
  ['09:10', 'upper', 'firing'],
  ['09:14', 'upper', 'firing'],
  ['09:17', 'upper', 'resolved'],
  ['13:00', 'lower', 'firing'],
  ['13:02', 'lower', 'resolved'],
]) {
  goOn(engine, at(time))
  const { actions, reason } = engine.alarm('retail/web-front', rules[side], state, at(time))
  show(actions)
  if (reason !== undefined) console.log(`${time}:00  the ${side} alarm is ${state}: ${reason}`)
}

// The process ends here, and another one goes on with what it knew.
engine = await loadScalingEngine(await engine.snapshot())
goOn(engine, at('15:00'))
show(engine.observeCount('retail/web-front', 6, 6, 'person', at('15:00')))
console.log(engine.explain('retail/web-front', at('15:00')).text)
goOn(engine, new Date('2026-11-24T06:00:00+08:00'))
console.log(`${engine.status().services} services; ${engine.nextDeadline()} is next`)
