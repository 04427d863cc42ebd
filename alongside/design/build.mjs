// Builds the look of the house from the packages npm fetched at set-up: `npm run build`.
// Everything lands in static/build/, which is never committed.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { compile } from 'sass'
import { icon } from './icons.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const packages = resolve(here, '../../node_modules')
const out = join(here, 'static/build')

// Font faces we take, and no more: a borrowed phone pays for every byte.
const fonts = ['atkinson-hyperlegible-next/wght.css', 'literata/wght.css']

// The packages write left and right; we write start and end, so that Arabic and Farsi read right to left.
const logical = [
  [/\b(margin|padding)-left\b/g, '$1-inline-start'],
  [/\b(margin|padding)-right\b/g, '$1-inline-end'],
  [/\bborder-left\b/g, 'border-inline-start'],
  [/\bborder-right\b/g, 'border-inline-end'],
  [/([{;]\s*)left:/g, '$1inset-inline-start:'],
  [/([{;]\s*)right:/g, '$1inset-inline-end:'],
  [/(text-align|float|clear):\s*left\b/g, '$1:inline-start'],
  [/(text-align|float|clear):\s*right\b/g, '$1:inline-end'],
  [/text-align:inline-/g, 'text-align:'],
]

function fontFaces() {
  mkdirSync(join(out, 'fonts'), { recursive: true })
  return fonts.map((name) => {
    const source = join(packages, '@fontsource-variable', name)
    const css = readFileSync(source, 'utf8')
    return css.replace(/url\(\.\/files\/([\w.-]+)\) format\('woff2-variations'\)/g, (_, file) => {
      cpSync(join(dirname(source), 'files', file), join(out, 'fonts', file))
      return `url(fonts/${file}) format('woff2')`
    })
  }).join('\n').replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ')
}

function styles() {
  const { css } = compile(join(here, 'scss/alongside.scss'), {
    loadPaths: [packages],
    style: 'compressed',
    quietDeps: true,
    charset: false,
  })
  const turned = logical.reduce((text, [from, to]) => text.replace(from, to), css)
  writeFileSync(join(out, 'alongside.css'), `@charset "utf-8";${fontFaces()}${turned}`)
}

function script(entry, outfile, format, define = {}) {
  return build({
    entryPoints: [entry],
    outfile: join(out, outfile),
    bundle: true,
    format,
    minify: true,
    target: 'es2020',
    legalComments: 'none',
    nodePaths: [packages],
    define,
  })
}

// What a phone keeps so that the offline page opens without a signal: nothing with people in it.
const shell = [
  'build/alongside.css', 'build/alongside.js', 'build/htmx.js', 'build/offline.js', 'design/mark.svg',
  'build/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2', 'build/fonts/literata-latin-wght-normal.woff2',
]

// Last, because it knows the others by their digest: when one of them changed, phones fetch all of them anew.
function serviceWorker() {
  const digest = createHash('sha256')
  for (const name of shell) digest.update(readFileSync(join(here, 'static', name)))
  return script(join(here, 'js/offline/worker.js'), 'service-worker.js', 'iife', {
    BUILD: JSON.stringify(digest.digest('hex').slice(0, 12)),
    SHELL: JSON.stringify(shell.map((name) => `/static/${name}`)),
  })
}

function icons() {
  mkdirSync(join(out, 'icons'), { recursive: true })
  for (const size of [192, 512]) {
    writeFileSync(join(out, `icons/mark-${size}.png`), icon(size, 0.84))
    writeFileSync(join(out, `icons/mark-maskable-${size}.png`), icon(size, 0.56))
  }
}

function leaflet() {
  const source = join(packages, 'leaflet/dist')
  const target = join(out, 'leaflet')
  cpSync(join(source, 'images'), join(target, 'images'), { recursive: true })
  cpSync(join(source, 'leaflet.css'), join(target, 'leaflet.css'))
  // A map's credits are ours to word: the package's link to its own site stays out, and so does
  // the pointer to a source map we do not ship.
  for (const name of ['leaflet.js', 'leaflet.css']) {
    const text = readFileSync(join(source, name), 'utf8')
    const ours = text
      .replace(/\/\/# sourceMappingURL=.*\s*$/, '')
      .replace(/prefix:'<a href=[^]*?"Leaflet<\/a>"/, 'prefix:false')
      .replace(/https:\/\//g, '')
    writeFileSync(join(target, name), ours)
  }
}

// The packages' own terms travel with what we built from them.
function licences() {
  const names = ['leaflet/LICENSE', 'htmx.org/LICENSE', 'idb/LICENSE', ...fonts.map((name) => `@fontsource-variable/${dirname(name)}/LICENSE`)]
  const texts = names.map((name) => `== ${name}\n${readFileSync(join(packages, name), 'utf8')}`)
  const govuk = JSON.parse(readFileSync(join(packages, 'govuk-frontend/package.json'), 'utf8'))
  texts.push(`== govuk-frontend ${govuk.version}\n${govuk.license}, Crown copyright (Government Digital Service)\n`)
  writeFileSync(join(out, 'licences.txt'), texts.join('\n'))
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
styles()
leaflet()
icons()
licences()
await Promise.all([
  script(join(here, 'js/alongside.js'), 'alongside.js', 'esm'),
  script(join(here, 'js/offline/page.js'), 'offline.js', 'esm'),
  script(join(packages, 'htmx.org/dist/htmx.js'), 'htmx.js', 'iife'),
])
await serviceWorker()
for (const name of ['alongside.css', 'alongside.js', 'offline.js', 'service-worker.js', 'htmx.js', 'leaflet/leaflet.js']) {
  console.log(`${name}  ${(statSync(join(out, name)).size / 1024).toFixed(1)} kB`)
}
