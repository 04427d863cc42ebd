// A part of a page that asks the server for more carries the same proof as a form does.
// It is read from a form on the page, so that a stranger's page needs no cookie.
export function signOurRequests(body) {
  body.addEventListener('htmx:configRequest', (event) => {
    const proof = document.querySelector('input[name=csrfmiddlewaretoken]')
    if (proof) event.detail.headers['X-CSRFToken'] = proof.value
  })
}
