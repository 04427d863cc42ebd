// Ctrl+K, for people whose work it is: a few letters find a person, a page or something to do.
// It reads the page behind the "Find" link, which works without this, so that what may be found is
// decided in one place. A combobox: the arrows choose, Enter goes there, Esc closes.
const PAUSE = 150

export function findByLetters(page) {
  const link = page.querySelector('a[data-find]')
  if (!link || typeof page.defaultView.HTMLDialogElement !== 'function') return
  let palette
  const open = (event) => {
    event.preventDefault()
    palette ??= new Palette(page, link)
    palette.open()
  }
  link.addEventListener('click', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event)
  })
  page.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') open(event)
  })
}

function made(page, tag, attributes, inside = []) {
  const one = page.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value)
  one.append(...inside)
  return one
}

class Palette {
  constructor(page, link) {
    this.page = page
    this.url = link.href
    this.asked = 0
    this.chosen = -1
    const words = link.dataset
    this.empty = words.findNone
    this.box = made(page, 'input', {
      id: 'find-box', type: 'text', class: 'govuk-input', role: 'combobox', autocomplete: 'off', autocapitalize: 'off',
      spellcheck: 'false', 'aria-expanded': 'true', 'aria-controls': 'find-list', 'aria-autocomplete': 'list',
    })
    this.list = made(page, 'ul', { id: 'find-list', class: 'find__list', role: 'listbox', 'aria-label': words.findLabel })
    this.status = made(page, 'p', { class: 'quiet find__none', role: 'status' })
    const label = made(page, 'label', { class: 'govuk-label', for: 'find-box' }, [words.findLabel])
    const shut = made(page, 'button', { type: 'button', class: 'text-button' }, [words.findClose])
    this.dialog = made(page, 'dialog', { class: 'find', 'aria-label': words.findLabel }, [label, this.box, this.status, this.list, shut])
    page.body.append(this.dialog)
    shut.addEventListener('click', () => this.dialog.close())
    this.dialog.addEventListener('click', (event) => { if (event.target === this.dialog) this.dialog.close() })
    this.box.addEventListener('input', () => this.later())
    this.box.addEventListener('keydown', (event) => this.pressed(event))
    this.list.addEventListener('click', (event) => this.go(event.target.closest('[role=option]')))
  }

  open() {
    if (this.dialog.open) return this.box.focus()
    this.box.value = ''
    this.dialog.showModal()
    this.box.focus()
    this.ask()
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    const mine = ++this.asked
    const url = new URL(this.url)
    url.searchParams.set('q', this.box.value)
    let text = ''
    try {
      const answer = await fetch(url, { credentials: 'same-origin' })
      if (answer.redirected || !answer.ok) return this.page.defaultView.location.assign(url)
      text = await answer.text()
    } catch {
      // No connection: the plain page says so better than an empty list would.
      return this.page.defaultView.location.assign(url)
    }
    if (mine !== this.asked) return // something newer was asked meanwhile
    this.show([...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('#found li')])
  }

  show(found) {
    const options = found.map((one, number) => {
      const link = one.querySelector('a')
      const about = made(this.page, 'span', { class: 'quiet' }, [one.querySelector('span').textContent])
      const option = made(this.page, 'li', { role: 'option', id: `find-${number}`, 'aria-selected': 'false' }, [link.textContent, ' ', about])
      option.dataset.url = link.getAttribute('href')
      return option
    })
    this.list.replaceChildren(...options)
    this.status.textContent = options.length ? '' : this.empty
    this.choose(options.length ? 0 : -1)
  }

  choose(number) {
    const options = [...this.list.children]
    options.forEach((option, place) => option.setAttribute('aria-selected', String(place === number)))
    this.chosen = number
    if (number < 0) return this.box.removeAttribute('aria-activedescendant')
    this.box.setAttribute('aria-activedescendant', options[number].id)
    options[number].scrollIntoView({ block: 'nearest' })
  }

  pressed(event) {
    const last = this.list.children.length - 1
    const step = { ArrowDown: () => (this.chosen < last ? this.chosen + 1 : 0), ArrowUp: () => (this.chosen > 0 ? this.chosen - 1 : last) }[event.key]
    if (step && last >= 0) {
      event.preventDefault()
      this.choose(step())
    } else if (event.key === 'Enter') {
      event.preventDefault()
      this.go(this.list.children[this.chosen])
    }
  }

  go(option) {
    if (option) this.page.defaultView.location.assign(option.dataset.url)
  }
}
