// The service worker: the offline page opens without a signal, and what waits is sent. It keeps our own styles,
// scripts and one page with nobody in it; a page with people in it is never kept.
/* global BUILD, SHELL */
import { SYNC, keep, sendLater } from './keep.js'
import { filledIn, sentTo } from './ordinary-form.js'
import { askWhose, lastKnown } from './place.js'
import { send, state } from './send.js'
import { forgetWhose, own, waiting } from './store.js'

const PAGE = '/offline/'
// The server writes the page's own digest in front of this script, so that a changed page is fetched anew.
const CACHE = `alongside-${BUILD}-${self.pageDigest || 'page'}`
// Longer than the slowest answer; a phone between two signals waits for ever otherwise.
const SLOW = 10_000
// What stands before the place says these while the place is not there.
const NOT_THERE = [502, 503, 504]
const KNOWN_FOR = 3_600_000
const channel = new BroadcastChannel('alongside')

self.addEventListener('install', (event) => event.waitUntil(fetchShell().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(dropOldShells().then(() => self.clients.claim())))

async function fetchShell() {
  const cache = await caches.open(CACHE)
  // As a stranger gets them: no cookie goes along, so nothing of anybody can come back.
  const asked = [PAGE, ...SHELL].map((url) => new Request(url, { cache: 'reload', credentials: 'omit' }))
  await cache.addAll(asked)
}

async function dropOldShells() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  const person = sentTo(request)
  if (person && url.origin === self.location.origin) event.respondWith(sentOrKept(request, person))
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(url.pathname === PAGE ? shell(request) : page(request))
  else if (SHELL.includes(url.pathname)) event.respondWith(part(request))
})

const fromCache = async (url) => (await caches.open(CACHE)).match(url, { ignoreSearch: true, ignoreVary: true })

// The offline page opens at once, whatever the signal.
const shell = async (request) => (await fromCache(PAGE)) || fetch(request)

async function page(request) {
  try {
    return await fetch(request)
  } catch (error) {
    return (await fromCache(PAGE)) || Promise.reject(error)
  }
}

// A moment sent from its ordinary page: where the place does not answer, it is sealed and waits like the others.
// The page's own id goes along, so that one whose answer was lost on the way is still there once.
async function sentOrKept(request, person) {
  const form = request.clone().formData()
  const answer = await Promise.race([fetch(request).catch(() => null), later(SLOW)])
  if (answer && !NOT_THERE.includes(answer.status)) return answer
  try {
    const { moment, clientId, account } = filledIn(person, await form, await placeTime())
    await keep(moment, clientId, account)
    await sendLater(self.registration)
  } catch (error) {
    // It cannot be kept here (nobody known, a full disk): the browser says that there is no answer, and the
    // words stand in the page behind it.
    console.error(error)
    return answer || Response.error()
  }
  return Response.redirect(`${PAGE}?kept=yes`, 303)
}

const later = (wait) => new Promise((resolve) => setTimeout(() => resolve(null), wait))

async function placeTime() {
  const place = await lastKnown()
  const ahead = place ? new Date(place.known.server) - new Date(place.known.device) : 0
  return Date.now() + ahead
}

async function part(request) {
  try {
    return await fetch(request)
  } catch (error) {
    return (await fromCache(request.url)) || Promise.reject(error)
  }
}

self.addEventListener('sync', (event) => {
  if (event.tag === SYNC) event.waitUntil(sendNow().then(askedAgain))
})

// The browser tries again later when this fails.
function askedAgain(said) {
  if (said.state === state.noSignal || said.state === state.trouble) throw new Error(said.state)
}

// A page of somebody who walks with people was opened: know whose phone this is before the signal goes. A page that
// was on its way while this began is not among those taken on at the beginning, and is taken on here.
async function ready({ account }) {
  await self.clients.claim()
  const place = await lastKnown()
  const fresh = place?.account === account && Date.now() - new Date(place.known.device) < KNOWN_FOR
  return fresh ? null : askWhose()
}

const ASKED = {
  ready: (asked) => ready(asked).then(() => ({ ready: true })),
  send: ({ again }) => sendNow({ again }),
  count: () => counted(),
  leave: () => forgetWhose().then(() => ({ left: true })),
}

self.addEventListener('message', (event) => {
  const asked = ASKED[event.data?.ask]
  if (asked) event.waitUntil(asked(event.data).then((said) => event.ports[0]?.postMessage(said)))
})

async function sendNow(options) {
  const said = await send(options)
  if (said.state !== state.idle) channel.postMessage({ state: said.state })
  return said
}

// How many wait: of whoever is signed in here, and of everybody.
async function counted() {
  const all = await waiting.all()
  const place = await own.get('place')
  return { all: all.length, mine: all.filter((item) => item.account === place?.account).length }
}
