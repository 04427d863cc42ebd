// What this phone keeps: sealed moments, the key of the place, and today's people for those who chose that.
// No words and no names are ever written here except sealed.
import { openDB } from 'idb'

const NAME = 'alongside'
let opened = null

function database() {
  opened ||= openDB(NAME, 1, {
    upgrade(db) {
      // Sealed moments by the id this phone gave them: {client_id, account, envelope, kept_at, refused}.
      db.createObjectStore('waiting', { keyPath: 'client_id' })
      // One row each, by name: `place` (whose phone, the key), `along` (today's people), `choice`.
      db.createObjectStore('own')
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

// Signing out: who this phone belongs to, its people and its choice go. What is sealed stays, see the ADR.
export async function forgetWhose() {
  const db = await database()
  const change = db.transaction('own', 'readwrite', { durability: 'strict' })
  await Promise.all([change.store.clear(), change.done])
}
