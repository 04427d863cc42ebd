// Who, and words. Kept means: sealed and on the disk. Until then the words stand in the page and nowhere else.
import { keep, sendLater } from './keep.js'
import { waiting } from './store.js'

const LONGEST_WRITING = 12 * 3600

export class MomentForm {
  constructor(root) {
    this.root = root
    this.form = root.querySelector('[data-moment]')
    this.people = []
    this.onKept = () => null
    this.form.addEventListener('input', () => { this.began ||= Date.now() })
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.submit() })
  }

  // Words that were typed are never taken from sight, also when somebody turns out to be signed out.
  open(place) {
    this.form.hidden = !place && !this.form.words.value.trim()
  }

  // Those who were taken along can be chosen with one tap.
  offer(people) {
    this.people = people
    const pick = this.form.querySelector('[data-pick]')
    const one = document.getElementById('pick-one').content.firstElementChild
    pick.replaceChildren(...people.map((person) => {
      const button = one.cloneNode(true)
      button.textContent = person.called
      button.addEventListener('click', () => { this.form.who.value = person.called; this.form.words.focus() })
      return button
    }))
    pick.hidden = !people.length
  }

  // Somebody's own page was asked for, and there is no signal: they are meant, if they were taken along.
  isAbout(key) {
    const person = this.people.find((each) => each.person === key)
    if (person) this.form.who.value ||= person.called
  }

  async submit() {
    if (this.busy || !this.complete()) return
    this.busy = true
    let item
    try {
      item = await keep(this.moment())
    } catch (error) {
      // Whatever went wrong, the words stay where they were typed.
      this.outcome('not-kept')
      throw error
    } finally {
      this.busy = false
    }
    this.form.reset()
    this.began = 0
    this.outcome('kept')
    window.keptEver = (window.keptEver || 0) + 1
    await sendLater(await navigator.serviceWorker?.getRegistration())
    await this.onKept()
    this.became(await waiting.get(item.client_id))
  }

  // What became of this one: let go because the place has it, still waiting, or not taken.
  became(item) {
    if (!item) this.outcome('sent')
    else if (item.refused) this.outcome('stayed')
  }

  moment() {
    const { who, words, day, minutes } = this.form
    const called = who.value.trim()
    const same = this.people.filter((person) => person.called.toLowerCase() === called.toLowerCase())
    const seconds = Math.min(Math.round((Date.now() - (this.began || Date.now())) / 1000), LONGEST_WRITING)
    return {
      person: same.length === 1 ? same[0].person : undefined,
      who: called,
      words: words.value,
      day: day.value || undefined,
      minutes_together: /^\d{1,4}$/.test(minutes.value.trim()) ? Number(minutes.value) : undefined,
      seconds_recording: seconds,
    }
  }

  complete() {
    const missing = ['who', 'words'].filter((name) => this.slip(name, !this.form[name].value.trim()))
    if (missing.length) this.form[missing[0]].focus()
    return !missing.length
  }

  slip(name, shown) {
    const group = this.form.querySelector(`[data-field=${name}]`)
    group.classList.toggle('govuk-form-group--error', shown)
    group.querySelector('[data-slip]').hidden = !shown
    this.form[name].toggleAttribute('aria-invalid', shown)
    return shown
  }

  outcome(name) {
    const place = this.root.querySelector('[data-outcome]')
    for (const each of place.querySelectorAll('[data-say]')) each.hidden = each.dataset.say !== name
    place.focus()
  }
}
