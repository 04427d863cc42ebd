// On every page, where this browser has our service worker: send what waits, and mind what signing out means.
// A phone gets the service worker only from a page that says data-offline: one of those who walk with people.
const SCRIPT = '/service-worker.js'
const PATIENCE = 2000

export function mindOffline(page) {
  const { serviceWorker } = page.defaultView.navigator
  if (!serviceWorker) return
  // Private windows have none; the page itself works all the same.
  const theirs = page.querySelector('[data-offline]')
  if (theirs) serviceWorker.register(SCRIPT).catch(() => null)
  if (theirs?.dataset.offline) serviceWorker.ready.then(({ active }) => active.postMessage({ ask: 'ready', account: theirs.dataset.offline }))
  const send = () => serviceWorker.controller?.postMessage({ ask: 'send' })
  send()
  page.defaultView.addEventListener('online', send)
  page.addEventListener('visibilitychange', () => { if (!page.hidden) send() })
  for (const form of page.querySelectorAll('form[data-sign-out]')) mindSignOut(form, serviceWorker)
  sayHowMany(page, serviceWorker)
}

// What the service worker answers; null where there is none, or it does not answer in time.
export function ask(serviceWorker, asked) {
  const worker = serviceWorker.controller
  if (!worker) return Promise.resolve(null)
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => resolve(data)
    setTimeout(() => resolve(null), asked.patience || PATIENCE)
    worker.postMessage(asked, [port2])
  })
}

function mindSignOut(form, serviceWorker) {
  form.addEventListener('submit', async (event) => {
    if (!serviceWorker.controller || form.dataset.minded) return
    event.preventDefault()
    form.dataset.minded = 'yes'
    const wait = await ask(serviceWorker, { ask: 'count' })
    // A page of its own asks first, and says how many; signing out there is meant.
    if (wait?.mine && form.dataset.signOut) { delete form.dataset.minded; location.assign(form.dataset.signOut); return }
    await ask(serviceWorker, { ask: 'leave' })
    if (wait && wait.all === 0) form.append(nothingWaits())
    form.submit()
  })
}

// Told this, the place has the browser throw away all it holds, and not only what we can name.
function nothingWaits() {
  const field = document.createElement('input')
  Object.assign(field, { type: 'hidden', name: 'nothing_waits', value: 'yes' })
  return field
}

async function sayHowMany(page, serviceWorker) {
  const place = page.querySelector('[data-waiting-here]')
  if (!place) return
  const wait = await ask(serviceWorker, { ask: 'count' })
  if (!wait?.mine) return
  place.querySelector('[data-count]').textContent = wait.mine
  place.hidden = false
}
