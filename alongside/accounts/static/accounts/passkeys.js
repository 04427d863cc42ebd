// Passkeys: asks the browser for a key and puts its answer into the form. Everything else is a plain form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const key = structuredClone(options.publicKey);
  key.challenge = bytes(key.challenge);
  if (key.user) key.user.id = bytes(key.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key };
}

function answered(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsFor(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.askAt, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`asking for a key: ${answer.status}`);
  return (await answer.json()).request_options;
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const sorry = form.querySelector("[data-passkey-sorry]");
  sorry.hidden = true;
  try {
    const options = asked(await optionsFor(form));
    const credential = await navigator.credentials[form.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(answered(credential));
    form.submit();
  } catch (problem) {
    console.info(problem);
    sorry.hidden = false;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("disabled");
  }
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) form.addEventListener("submit", submit);
}
