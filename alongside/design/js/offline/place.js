// Whose phone this is, as the place says it: the account, the key to seal with, what the time is there.
import { forgetWhose, own } from './store.js'

const ADDRESS = '/offline/whose/'

// What the place said last; undefined where nobody signed in on this phone.
export const lastKnown = () => own.get('place')

// Ask the place. null: it did not answer. {account: null}: nobody is signed in.
export async function askWhose() {
  const said = await answer()
  if (!said) return null
  const before = await lastKnown()
  if (before && before.account !== said.account) await forgetWhose()
  if (said.account) {
    const { account, key, now } = said
    await own.put('place', { account, key, known: { server: now, device: new Date().toISOString() } })
  }
  return said
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
