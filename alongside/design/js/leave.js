// Leaving quickly, for someone who is being watched: without this, a press signs out and goes.
// With it, the page empties at once, its place in the history is taken by the weather, signing out
// happens unseen behind it, and pressing Esc three times within two seconds does the same.
const PRESSES = 3
const WITHIN = 2000

export function leaveQuickly(page) {
  const way = page.querySelector('form[data-leave]')
  if (!way) return
  const leave = () => {
    page.title = way.dataset.leaveTitle
    page.body.hidden = true
    // A beacon outlives the page. Where it is not taken, the press itself goes to the house first.
    if (!page.defaultView.navigator.sendBeacon?.(way.action)) return way.submit()
    page.defaultView.location.replace(way.dataset.leave)
  }
  way.addEventListener('submit', (event) => {
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
