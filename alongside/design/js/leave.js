// Leaving quickly, for someone who is being watched: the link works without this.
// With it, the page empties at once, its place in the history is taken by the weather,
// and pressing Esc three times within two seconds does the same.
const PRESSES = 3
const WITHIN = 2000

export function leaveQuickly(page) {
  const link = page.querySelector('[data-leave]')
  if (!link) return
  const leave = () => {
    page.title = link.dataset.leaveTitle
    page.body.hidden = true
    page.defaultView.location.replace(link.dataset.leave)
  }
  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  onPresses(page, leave)
  // Coming back with the back button must not leave an empty page for its owner.
  page.defaultView.addEventListener('pageshow', () => { page.body.hidden = false })
}

function onPresses(page, leave) {
  let times = []
  page.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') { times = []; return }
    if (event.repeat) return
    times = [...times, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN)
    if (times.length >= PRESSES) leave()
  }, true)
}
