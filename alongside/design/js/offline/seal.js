// Seals words with the place's public key, so that this phone itself cannot read them again.
// alongside/kernel/sealing.py opens them, and says how an envelope is built.
const ABOUT = 'alongside sealed 1'
const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
// The length of what is sealed says nothing about the words: they are filled up with spaces to the next step.
const STEP = 256

const bytes = (text) => new TextEncoder().encode(text)

export function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

export function fromText(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
}

function filledUp(text) {
  const plain = bytes(text)
  const filled = new Uint8Array(Math.ceil((plain.length || 1) / STEP) * STEP).fill(0x20)
  filled.set(plain)
  return filled
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}

// `key` is {id, point} as the place gives it; `context` the short texts that the envelope is bound to.
export async function seal(text, context, key) {
  const { subtle } = globalThis.crypto
  const place = fromText(key.point)
  const theirs = await subtle.importKey('raw', place, CURVE, false, [])
  const own = await subtle.generateKey(CURVE, false, ['deriveBits'])
  const ephemeral = new Uint8Array(await subtle.exportKey('raw', own.publicKey))
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256)
  const base = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: joined(ephemeral, place), info: bytes(ABOUT) }
  const made = new Uint8Array(await subtle.deriveBits(hkdf, base, 44 * 8))
  const aes = await subtle.importKey('raw', made.slice(0, 32), 'AES-GCM', false, ['encrypt'])
  const additionalData = bytes([ABOUT, ...context].join('\n'))
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv: made.slice(32), additionalData }, aes, filledUp(text))
  return ['1', key.id, toText(ephemeral), toText(sealed)].join('.')
}
