// Whose phone this is, as the place says it: the account, the key to seal with, what the time is there.
import { mark, own, writeSince } from './store.js'

const ADDRESS = '/offline/whose/'

// What the place said last; undefined where nobody signed in on this phone.
export const lastKnown = () => own.get('place')

// Ask the place. null: it did not answer. {account: null}: nobody is signed in, or somebody signed out meanwhile.
export async function askWhose() {
  const since = await mark()
  const said = await answer()
  if (!said) return null
  const stands = await writeSince(since, (store) => write(said, store))
  return stands ? said : { account: null }
}

async function write({ account, key, now }, store) {
  const before = await store.get('place')
  if (before && before.account !== account) await store.clear()
  if (account) await store.put({ account, key, known: { server: now, device: new Date().toISOString() } }, 'place')
}

async function answer() {
  try {
    const response = await fetch(ADDRESS, { headers: { Accept: 'application/json' }, cache: 'no-store' })
    return response.ok ? await response.json() : null
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return null
    throw error
  }
}
