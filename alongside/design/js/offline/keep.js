// A moment is sealed as soon as somebody says "keep it", and only what is sealed is written down.
import { lastKnown } from './place.js'
import { seal } from './seal.js'
import { waiting } from './store.js'

export const SYNC = 'alongside-moments'
export const contextOf = (account, clientId) => ['moment', account, clientId]

export class NobodyHere extends Error {}

// `moment`: {person, who, words, day, minutes_together, seconds_recording}; what is not known is left out.
// `writtenBy` is whoever wrote it, where that is not the last who signed in here.
// Gives what was kept. Raises NobodyHere where nobody has signed in on this phone.
export async function keep(moment, clientId = crypto.randomUUID(), writtenBy = undefined) {
  const place = await lastKnown()
  if (!place) throw new NobodyHere('nobody has signed in on this phone')
  const keptAt = new Date().toISOString()
  const whole = JSON.stringify({ ...moment, at: keptAt, known: place.known })
  const account = writtenBy || place.account
  const envelope = await seal(whole, contextOf(account, clientId), place.key)
  const item = { client_id: clientId, account, envelope, kept_at: keptAt }
  await waiting.put(item)
  return item
}

// The browser sends by itself once there is a signal, also when this page is closed, where it can do that.
export async function sendLater(registration) {
  try {
    await registration?.sync?.register(SYNC)
  } catch (error) {
    // Not allowed here (private window, no permission): every page sends when it is opened.
    if (!(error instanceof DOMException)) throw error
  }
}
