// The mark as pictures for a phone's home screen, drawn from the same shapes as static/design/mark.svg.
import { deflateSync } from 'node:zlib'

const PAPER = [251, 246, 236]
const BRICK = [176, 82, 47]
const PINE = [47, 122, 108]
const GROUND = [138, 119, 103]
const BOX = 48
const FINE = 4 // samples a pixel, each way

const round = (x, y, [cx, cy], radius) => (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2

// A body: a half circle above, a lightly curved hem below.
function body(x, y, { left, right, shoulder, hem }) {
  if (x < left || x > right) return false
  const middle = (left + right) / 2
  if (y < shoulder && !round(x, y, [middle, shoulder], (right - left) / 2)) return false
  const t = (right - x) / (right - left)
  const [a, b, c, d] = hem
  return y <= a * (1 - t) ** 3 + 3 * b * (1 - t) ** 2 * t + 3 * c * (1 - t) * t ** 2 + d * t ** 3
}

const groundPoints = Array.from({ length: 121 }, (_, step) => {
  const t = step / 120
  return [4 * (1 - t) ** 3 + 39 * (1 - t) ** 2 * t + 105 * (1 - t) * t ** 2 + 44 * t ** 3, 44 - 12 * t * (1 - t)]
})

function colourAt(x, y) {
  const taller = { left: 6.5, right: 26.5, shoulder: 29, hem: [39.5, 38.7, 39.1, 40.5] }
  const smaller = { left: 24, right: 42, shoulder: 33.5, hem: [40, 38.4, 38.4, 40] }
  if (round(x, y, [16.5, 10.5], 6.5) || body(x, y, taller)) return PINE
  if (round(x, y, [33, 18], 5.5) || body(x, y, smaller)) return BRICK
  return y > 39 && groundPoints.some((point) => round(x, y, point, 1.25)) ? GROUND : PAPER
}

// `share`: how much of the picture the mark takes; a phone may cut a mask out of the rest.
function pixels(size, share) {
  const rows = Buffer.alloc(size * (size * 3 + 1))
  const scale = BOX / (size * share)
  const margin = (size * (1 - share)) / 2
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0]
      for (let sample = 0; sample < FINE * FINE; sample++) {
        const x = (column + ((sample % FINE) + 0.5) / FINE - margin) * scale
        const y = (row + (Math.floor(sample / FINE) + 0.5) / FINE - margin) * scale
        colourAt(x, y).forEach((value, which) => { sum[which] += value })
      }
      const at = row * (size * 3 + 1) + 1 + column * 3
      sum.forEach((value, which) => { rows[at + which] = Math.round(value / FINE ** 2) })
    }
  }
  return rows
}

function crc(data) {
  let sum = 0xffffffff
  for (const byte of data) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  const check = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc(named))
  return Buffer.concat([length, named, check])
}

export function icon(size, share) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 2, 0, 0, 0], 8) // eight bits, red, green and blue
  const begin = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const data = deflateSync(pixels(size, share), { level: 9 })
  return Buffer.concat([begin, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}
