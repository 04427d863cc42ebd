// A moment that stayed on this phone, opened by the place for its writer: where it goes, or put away knowingly.
import { lastKnown } from './place.js'
import { waiting } from './store.js'

export function mindStayed(page) {
  for (const form of page.querySelectorAll('form[data-clocked]')) {
    form.addEventListener('submit', () => { form.clock.value = new Date().toISOString() })
  }
  const part = page.querySelector('[data-put-away]')
  if (!part) return
  part.hidden = false
  part.querySelector('[data-put-away-now]').addEventListener('click', () => putAway(page, part.dataset.putAway))
}

// Only the writer's own, and only here: no other place has these words.
async function putAway(page, clientId) {
  const [item, place] = [await waiting.get(clientId), await lastKnown()]
  if (item && item.account === place?.account) await waiting.remove(clientId)
  else if (item) return
  page.querySelector('[data-stayed]').hidden = true
  const gone = page.querySelector('[data-gone]')
  gone.firstElementChild.hidden = false
  gone.focus()
}
