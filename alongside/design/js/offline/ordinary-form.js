// The ordinary page "What happened with …?", sent where there is no signal: the service worker holds what was
// filled in, and seals it as the offline page would.
const ADDRESS = /^\/people\/([0-9a-f-]{36})\/moments\/new\/$/
const LONGEST_WRITING = 12 * 3600
const A_DAY = 24 * 60

// Whose page a moment is being sent to; undefined where this is something else.
export const sentTo = ({ method, mode, url }) =>
  method === 'POST' && mode === 'navigate' ? ADDRESS.exec(new URL(url).pathname)?.[1] : undefined

// What `keep` takes: the moment, the page's own id for it, and the account that page was opened by.
export function filledIn(person, form, now = Date.now()) {
  const text = (name) => (form.get(name) || '').trim()
  const moment = {
    person,
    words: form.get('words') || '',
    kind: text('kind') || undefined,
    audience: text('audience') || undefined,
    language: text('language') || undefined,
    there_too: form.getAll('there_too'),
    day: day(text('day_day'), text('day_month'), text('day_year')),
    minutes_together: minutes(text('minutes_together'), text('minutes_other')),
    seconds_recording: seconds(text('opened'), now),
    later: form.has('later') || undefined,
  }
  return { moment, clientId: text('client_id') || undefined, account: text('account') || undefined }
}

// As it was typed: the place says it where there is no such day, and asks again.
function day(ofMonth, month, year) {
  if (!ofMonth && !month && !year) return undefined
  return `${year}-${month.padStart(2, '0')}-${ofMonth.padStart(2, '0')}`
}

function minutes(chosen, other) {
  const said = /^\d+$/.test(chosen) ? chosen : other
  return /^\d+$/.test(said) && Number(said) <= A_DAY ? Number(said) : undefined
}

function seconds(opened, now) {
  if (!/^\d+$/.test(opened)) return undefined
  return Math.max(0, Math.min(Math.round(now / 1000) - Number(opened), LONGEST_WRITING))
}
