// Today's people on the page: only for those who chose it on this phone.
import { carried, choose, chosen, take } from './along.js'

export class Along {
  constructor(root, offer) {
    this.root = root.querySelector('[data-along]')
    this.offer = offer
    this.root.querySelector('[data-take]').addEventListener('click', () => this.change(true))
    this.root.querySelector('[data-leave-behind]').addEventListener('click', () => this.change(false))
  }

  async change(yes) {
    await choose(yes, this.proof)
    await this.draw()
  }

  // `whose` is what the place just said; null without a signal.
  async show(place, whose) {
    this.place = place
    this.proof = whose?.proof
    this.root.hidden = !place
    // Those who chose it have them each morning without another tap.
    if (whose?.account && (await chosen()) && !(await carried(whose.account))) await take(this.proof)
    await this.draw()
  }

  async draw() {
    const found = this.place ? await carried(this.place.account) : null
    const one = document.getElementById('person-one').content.firstElementChild
    const people = found?.people || []
    this.root.querySelector('[data-people]').replaceChildren(...people.map((person) => drawn(one, person)))
    this.say('none', !people.length)
    this.say('until', Boolean(found))
    if (found) this.root.querySelector('[data-until]').textContent = found.until.toLocaleString(document.documentElement.lang, { weekday: 'long', hour: '2-digit', minute: '2-digit' })
    this.root.querySelector('[data-take]').hidden = !this.proof
    this.root.querySelector('[data-leave-behind]').hidden = !found && !(await chosen())
    this.offer(people)
  }

  say(name, shown) {
    this.root.querySelector(`[data-say=${name}]`).hidden = !shown
  }
}

function drawn(one, person) {
  const card = one.cloneNode(true)
  card.querySelector('[data-name]').textContent = person.called
  card.querySelector('[data-where]').textContent = person.where || ''
  card.querySelector('[data-facts]').replaceChildren(...person.brief.flatMap(({ title, lines }) => {
    const heading = document.createElement('h3')
    heading.textContent = title
    const list = document.createElement('ul')
    list.append(...lines.map((line) => { const item = document.createElement('li'); item.textContent = line; return item }))
    return [heading, list]
  }))
  return card
}
