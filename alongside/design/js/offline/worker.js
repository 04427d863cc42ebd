// The service worker: the offline page opens without a signal, and what waits is sent. It keeps our own styles,
// scripts and one page with nobody in it; a page with people in it is never kept.
/* global BUILD, SHELL */
import { SYNC } from './keep.js'
import { send, state } from './send.js'
import { forgetWhose, own, waiting } from './store.js'

const PAGE = '/offline/'
// The server writes the page's own digest in front of this script, so that a changed page is fetched anew.
const CACHE = `alongside-${BUILD}-${self.pageDigest || 'page'}`
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

const ASKED = {
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
