// What this phone keeps: sealed moments, the key of the place, and today's people for those who chose that.
// No words and no names are ever written here except sealed.
import { openDB } from 'idb'

const NAME = 'alongside'
let opened = null

function database() {
  opened ||= openDB(NAME, 2, {
    upgrade(db) {
      const made = (name, how) => db.objectStoreNames.contains(name) || db.createObjectStore(name, how)
      // Sealed moments by the id this phone gave them: {client_id, account, envelope, kept_at, refused}.
      made('waiting', { keyPath: 'client_id' })
      // One row each, by name: `place` (whose phone, the key), `along` (today's people), `choice`.
      made('own')
      // One row, `mark`: made by chance, taken away whenever `own` is wiped.
      made('since')
    },
    // Another page wants to delete or renew the database: step out of its way.
    blocking() { opened?.then((db) => db.close()); opened = null },
    terminated() { opened = null },
  })
  // An opening that failed is tried again by whoever asks next.
  opened.catch(() => { opened = null })
  return opened
}

export const waiting = {
  async put(item) {
    // `strict`: the words are on the disk before we say that they are kept.
    const change = (await database()).transaction('waiting', 'readwrite', { durability: 'strict' })
    await Promise.all([change.store.put(item), change.done])
  },
  async get(clientId) { return (await database()).get('waiting', clientId) },
  async all() {
    const found = await (await database()).getAll('waiting')
    return found.sort((one, other) => one.kept_at.localeCompare(other.kept_at))
  },
  async remove(clientId) { await (await database()).delete('waiting', clientId) },
}

export const own = {
  async get(name) { return (await database()).get('own', name) },
  async put(name, value) { await (await database()).put('own', value, name) },
  async remove(name) { await (await database()).delete('own', name) },
}

// Taken before the place is asked, and shown when its answer is written down: see `writeSince`.
export async function mark() {
  const change = (await database()).transaction('since', 'readwrite')
  const found = (await change.store.get('mark')) || crypto.randomUUID()
  await change.store.put(found, 'mark')
  await change.done
  return found
}

// Write what the place answered, unless all was wiped since it was asked: an answer that was on its way when
// somebody signed out must not say again whose phone this is. `write` is given the store. Whether it was written.
export async function writeSince(since, write) {
  const change = (await database()).transaction(['own', 'since'], 'readwrite')
  const stands = (await change.objectStore('since').get('mark')) === since
  if (stands) await write(change.objectStore('own'))
  await change.done
  return stands
}

// Signing out: who this phone belongs to, its people and its choice go. What is sealed stays, see the ADR.
export async function forgetWhose() {
  const change = (await database()).transaction(['own', 'since'], 'readwrite', { durability: 'strict' })
  await Promise.all([change.objectStore('own').clear(), change.objectStore('since').clear(), change.done])
}
