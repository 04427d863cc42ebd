// Sends what waits, as often as it takes: the place knows each moment by its id and keeps it once.
import { askWhose } from './place.js'
import { own, waiting } from './store.js'

const ADDRESS = '/offline/moments/'
const AT_ONCE = 10

export const state = { idle: 'idle', noSignal: 'no-signal', signedOut: 'signed-out', sent: 'sent', trouble: 'trouble' }

let running = null

// One at a time; whoever asks meanwhile gets the same answer: {state, answers}, answers by client id.
export function send(options) {
  running ||= once(options).finally(() => { running = null })
  return running
}

async function once({ again = false } = {}) {
  const all = await waiting.all()
  // A page that holds nothing of anybody's asks for nothing.
  if (!all.length && !(await own.get('along'))) return { state: state.idle, answers: {} }
  const whose = await askWhose()
  if (!whose) return { state: state.noSignal, answers: {} }
  if (!whose.account) return { state: all.length ? state.signedOut : state.idle, answers: {} }
  const mine = all.filter((item) => item.account === whose.account && (again || !item.refused))
  return inTurn(mine, whose)
}

async function inTurn(mine, whose) {
  const answers = {}
  let found = mine.length ? state.sent : state.idle
  for (const items of inLots(mine)) {
    const said = await post(items, whose)
    for (const each of said.answers) {
      answers[each.client_id] = each
      await heard(each)
    }
    if (said.state === state.noSignal || said.state === state.signedOut) return { state: said.state, answers }
    if (said.state === state.trouble) found = state.trouble
  }
  return { state: found, answers }
}

function inLots(items) {
  const lots = []
  for (let at = 0; at < items.length; at += AT_ONCE) lots.push(items.slice(at, at + AT_ONCE))
  return lots
}

// What the place cannot take together it is given one by one: a single one must never hold up the others.
async function post(items, whose) {
  const said = await posted(items, whose)
  if (said.state !== state.trouble || items.length === 1) return said
  const all = { state: state.sent, answers: [] }
  for (const item of items) {
    const one = await posted([item], whose)
    if (one.state === state.noSignal || one.state === state.signedOut) return { ...one, answers: all.answers }
    if (one.state === state.trouble) all.state = state.trouble
    all.answers.push(...one.answers)
  }
  return all
}

async function posted(items, whose) {
  const moments = items.map(({ client_id, envelope }) => ({ client_id, envelope }))
  let response
  try {
    response = await fetch(ADDRESS, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': whose.proof, Accept: 'application/json' },
      body: JSON.stringify({ account: whose.account, clock: new Date().toISOString(), moments }),
      redirect: 'error',
    })
    if (response.ok) return { state: state.sent, ...(await response.json()) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error.name === 'AbortError') return { state: state.noSignal, answers: [] }
    throw error
  }
  return { state: [401, 403].includes(response.status) ? state.signedOut : state.trouble, answers: [] }
}

// Only what the place says it has is let go. Why it refused is not written down: it may name somebody.
async function heard({ client_id: clientId, answer }) {
  if (answer === 'kept' || answer === 'here') return waiting.remove(clientId)
  const item = await waiting.get(clientId)
  if (item) await waiting.put({ ...item, refused: true })
}
