// The page that opens without a signal. All its sentences stand in the page itself, so that they can be translated.
import { Along } from './people-here.js'
import { MomentForm } from './moment-form.js'
import { askWhose, lastKnown } from './place.js'
import { mindStayed } from './stayed.js'
import { Waiting } from './waiting-here.js'

const say = (within, name, shown) => { within.querySelector(`[data-say=${name}]`).hidden = !shown }

async function open(page) {
  const root = page.querySelector('main [data-offline]')
  if (!root || !globalThis.crypto?.subtle || !globalThis.indexedDB) return
  page.querySelector('[data-needs-script]').hidden = true
  root.hidden = false
  const form = new MomentForm(root)
  const waiting = new Waiting(root)
  const along = new Along(root, (people) => form.offer(people))
  form.onKept = () => waiting.sendNow()
  const refresh = async () => {
    const whose = await askWhose()
    const place = await lastKnown()
    const root_ = root.querySelector('[data-status]')
    say(root_, 'here', Boolean(place && whose))
    say(root_, 'away', Boolean(place && !whose))
    say(root, 'nobody', !place)
    form.open(place)
    await along.show(place, whose)
    await waiting.show(place)
    return whose
  }
  // What this phone knows stands there before the place has answered.
  const known = await lastKnown()
  form.open(known)
  await along.show(known, null)
  await waiting.show(known)
  came(form)
  if (await refresh()) await waiting.sendNow({ again: true })
  window.addEventListener('online', refresh)
  window.addEventListener('offline', refresh)
  new BroadcastChannel('alongside').onmessage = () => lastKnown().then((place) => waiting.show(place))
}

// From an ordinary page, which had no signal, or from a moment that was put where it belongs.
function came(form) {
  const { pathname, search } = window.location
  const asked = new URLSearchParams(search)
  if (asked.has('kept')) form.outcome('kept')
  if (asked.has('arrived')) form.outcome('sent')
  if (search) window.history.replaceState(null, '', pathname)
  form.isAbout(pathname.split('/')[2])
}

open(document)
mindStayed(document)
