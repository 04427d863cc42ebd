// Today's people, taken along by those who chose that on this phone: sealed with a key that the browser made
// and that no script can read out. docs/adr/0011-offline.md says what this protects from, and what it does not.
import { mark, own, writeSince } from './store.js'

const ADDRESS = '/offline/people/'
// A clock that was set back further than this is not believed.
const LEEWAY = 5 * 60 * 1000

const bytes = (text) => new TextEncoder().encode(text)

export const chosen = async () => Boolean(await own.get('choice'))

export async function choose(yes, proof) {
  if (!yes) { await own.remove('choice'); await leaveBehind(); return null }
  await own.put('choice', true)
  return take(proof)
}

export const leaveBehind = () => own.remove('along')

// Fetch them anew: each is a look, which the place writes down. null where it did not answer, or somebody signed out.
export async function take(proof) {
  const since = await mark()
  const said = await fetched(proof)
  if (!said) return null
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = bytes(said.account)
  const text = bytes(JSON.stringify(said.people))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, text)
  const { account, lasts_seconds: lasts } = said
  const along = { account, key, iv, sealed, taken: Date.now(), lasts: lasts * 1000 }
  // Also where they were left behind while the place was being asked.
  const write = async (store) => { if (await store.get('choice')) await store.put(along, 'along') }
  return (await writeSince(since, write)) ? said.people : null
}

async function fetched(proof) {
  try {
    const headers = { 'X-CSRFToken': proof, Accept: 'application/json' }
    const response = await fetch(ADDRESS, { method: 'POST', headers, cache: 'no-store', redirect: 'error' })
    return response.ok ? await response.json() : null
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null
    throw error
  }
}

// {people, taken} while their time lasts; null where there is nothing, and what is too old is gone then.
export async function carried(account, now = Date.now()) {
  const kept = await own.get('along')
  if (!kept) return null
  const inTime = now >= kept.taken - LEEWAY && now < kept.taken + kept.lasts
  if (!inTime || kept.account !== account) { await leaveBehind(); return null }
  const how = { name: 'AES-GCM', iv: kept.iv, additionalData: bytes(account) }
  const text = new TextDecoder().decode(await crypto.subtle.decrypt(how, kept.key, kept.sealed))
  return { people: JSON.parse(text), taken: new Date(kept.taken), until: new Date(kept.taken + kept.lasts) }
}
