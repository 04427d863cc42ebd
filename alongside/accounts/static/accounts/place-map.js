// An extra on top of the drawn map: the same shapes in a map that moves. No tiles, nothing from elsewhere.
const box = document.querySelector('[data-moving-map]')

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function look(kind) {
  const mine = kind !== 'official'
  return {
    color: colour(mine ? '--brick' : '--edge'),
    fillColor: colour(mine ? '--lamp' : '--sage-tint'),
    weight: mine ? 3 : 1.5,
    dashArray: kind === 'drawn' ? '8 5' : null,
    fillOpacity: mine ? 0.4 : 0.8,
  }
}

function named(name, slug) {
  const link = document.createElement('a')
  link.href = `${box.dataset.pages}${encodeURIComponent(slug)}/`
  link.textContent = name
  return link
}

async function show(target) {
  const answer = await fetch(box.dataset.shapes)
  if (!answer.ok) throw new Error(`the shapes did not come: ${answer.status}`)
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = window.L.map(target, { attributionControl: false, zoomSnap: 0.25, zoomAnimation: !still, fadeAnimation: !still })
  const layer = window.L.geoJSON(await answer.json(), {
    style: (feature) => look(feature.properties.kind),
    pointToLayer: (feature, at) => window.L.circleMarker(at, { radius: 14, ...look(feature.properties.kind) }),
    onEachFeature: (feature, shape) => shape.bindPopup(named(feature.properties.name, feature.properties.page)),
  }).addTo(map)
  map.fitBounds(layer.getBounds(), { padding: [24, 24] })
  // Only a map that has a view can lift what residents drew or told over the official shapes.
  layer.eachLayer((shape) => { if (shape.feature.properties.kind !== 'official') shape.bringToFront() })
  return map
}

if (box && window.L) {
  const button = box.querySelector('button')
  const target = box.querySelector('.place-moving__map')
  let shown
  box.hidden = false
  button.addEventListener('click', () => {
    target.hidden = !target.hidden
    button.setAttribute('aria-expanded', String(!target.hidden))
    if (!shown) {
      shown = show(target).catch((error) => {
        shown = undefined
        target.hidden = true
        button.setAttribute('aria-expanded', 'false')
        console.error(error)
      })
    }
  })
}
