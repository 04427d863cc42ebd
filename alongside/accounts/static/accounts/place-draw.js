// Tapping the map writes points into the form; the form alone is enough without it.
const box = document.querySelector('[data-drawing]')
const text = document.querySelector('[data-points]')

function points() {
  return text.value.split('\n').map((line) => line.match(/^\s*(-?[\d.]+)\s*[,;\s]\s*(-?[\d.]+)\s*$/))
    .filter(Boolean).map((found) => ({ lat: Number(found[1]), lon: Number(found[2]) }))
}

function write(listed) {
  text.value = listed.map(({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`).join('\n')
  draw()
}

function make(name, className, attributes) {
  const made = document.createElementNS(svg.namespaceURI, name)
  made.setAttribute('class', className)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const svg = box?.querySelector('svg')
const frame = svg && Object.fromEntries(['west', 'north', 'perLon', 'perLat', 'edge'].map((key) => [key, Number(svg.dataset[key])]))

const pixel = ({ lat, lon }) => [frame.edge + (lon - frame.west) * frame.perLon, frame.edge + (frame.north - lat) * frame.perLat]

function degrees(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse())
  return { lat: frame.north - (at.y - frame.edge) / frame.perLat, lon: frame.west + (at.x - frame.edge) / frame.perLon }
}

function draw() {
  const listed = points()
  svg.querySelectorAll('.mine, .mine-point').forEach((old) => old.remove())
  if (listed.length > 1) svg.append(make('polygon', 'mine', { points: listed.map((each) => pixel(each).join(',')).join(' ') }))
  for (const each of listed) {
    const [cx, cy] = pixel(each)
    svg.append(make('circle', 'mine-point', { cx, cy, r: 7 }))
  }
  const said = box.querySelector('[data-said]')
  said.textContent = listed.length === 1 ? said.dataset.one : said.dataset.many.replace('%(n)s', listed.length)
}

if (svg && text) {
  svg.dataset.ready = ''
  box.querySelectorAll('[data-how], [data-tools]').forEach((part) => { part.hidden = false })
  svg.addEventListener('click', (event) => write([...points(), degrees(event)]))
  box.querySelector('[data-undo]').addEventListener('click', () => write(points().slice(0, -1)))
  box.querySelector('[data-clear]').addEventListener('click', () => write([]))
  text.addEventListener('input', draw)
  draw()
}
