// Everything here is an extra: each page works without it.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from 'govuk-frontend'
import { findByLetters } from './find.js'
import { leaveQuickly } from './leave.js'
import { mindOffline } from './offline/every-page.js'
import { letPeoplePrint } from './print.js'
import { signOurRequests } from './requests.js'

function wake(scope) {
  for (const part of [Button, Checkboxes, ErrorSummary, Radios, SkipLink]) {
    createAll(part, undefined, { scope })
  }
}

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
wake(document)
leaveQuickly(document)
findByLetters(document)
letPeoplePrint(document)
signOurRequests(document.body)
mindOffline(document)
document.body.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) wake(event.target)
})
