// A print button shows only where it can do something.
export function letPeoplePrint(page) {
  for (const button of page.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => page.defaultView.print())
  }
}
