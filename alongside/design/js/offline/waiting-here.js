// What waits on this phone, and why: times only, because the phone cannot read what it sealed.
import { send, state } from './send.js'
import { waiting } from './store.js'

export class Waiting {
  constructor(root) {
    this.root = root.querySelector('[data-waiting]')
    this.list = this.root.querySelector('[data-list]')
    this.answers = {}
    this.state = state.idle
    this.root.querySelector('[data-send]').addEventListener('click', () => this.sendNow({ again: true }))
  }

  async sendNow(options) {
    const said = await send(options)
    this.state = said.state
    Object.assign(this.answers, said.answers)
    await this.show(this.place)
    return said
  }

  async show(place) {
    this.place = place
    const all = await waiting.all()
    const mine = all.filter((item) => item.account === place?.account)
    this.root.hidden = !all.length
    this.list.replaceChildren(...mine.map((item) => this.one(item)))
    this.say('signed-out', all.length > 0 && this.state === state.signedOut)
    this.say('trouble', this.state === state.trouble)
    this.say('others', all.length > mine.length)
    this.root.querySelector('[data-count]').textContent = all.length - mine.length
  }

  say(name, shown) {
    this.root.querySelector(`[data-say=${name}]`).hidden = !shown
  }

  one(item) {
    const card = document.getElementById('waiting-one').content.firstElementChild.cloneNode(true)
    const when = card.querySelector('[data-when]')
    when.dateTime = item.kept_at
    when.textContent = new Date(item.kept_at).toLocaleString(document.documentElement.lang, { dateStyle: 'full', timeStyle: 'short' })
    const answer = this.answers[item.client_id]
    const refused = card.querySelector('[data-slot=refused]')
    refused.hidden = answer?.answer !== 'refused'
    card.querySelector('[data-slot=waits]').hidden = !refused.hidden
    if (!refused.hidden) this.fill(card, item, answer)
    return card
  }

  fill(card, item, answer) {
    card.querySelector('[data-sentence]').textContent = answer.sentence
    const form = card.querySelector('[data-open]')
    form.client_id.value = item.client_id
    form.envelope.value = item.envelope
    form.csrfmiddlewaretoken.value = answer.proof
  }
}
