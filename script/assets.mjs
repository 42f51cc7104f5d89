// Builds internal/web/asset/dist from internal/web/asset/src: everything that
// the browser is sent, under names that carry a hash of the content, so that
// they can be cached for ever. dist/manifest.json maps the plain name to the
// hashed one: {"app.css": "app.3f2a9c1b.css", …}. The same sources give the
// same bytes. Text files get a .gz twin, made once here and not per request.
//
//   src/app.css       → app.css    by Tailwind; url(NAME) is rewritten to the hashed name
//   src/app.js        → app.js     by esbuild, bundled with what it imports
//   src/icons.txt     → icons.svg  one <symbol id="NAME"> for each Lucide icon listed, one a line
//   src/*.svg|png|ico → as they are
//   Vazirmatn         → vazirmatn-400.woff2 …, static weights only: a variable
//                       font becomes Type 3 in a printed PDF
//
// A path given as the first argument is built into instead of dist.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const src = join(root, 'internal/web/asset/src')
const dist = resolve(process.argv[2] ?? join(root, 'internal/web/asset/dist'))
const modules = join(root, 'node_modules')

const weights = { 400: 'Regular', 500: 'Medium', 600: 'SemiBold', 700: 'Bold', 800: 'ExtraBold' }
const compressed = new Set(['.css', '.js', '.svg'])

const files = new Map() // hashed name → bytes
const manifest = new Map() // plain name → hashed name

function add(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  const hashed = name.replace(/(\.[^.]+)$/, `.${hash}$1`)
  files.set(hashed, bytes)
  manifest.set(name, hashed)
}

function addFonts() {
  for (const [weight, style] of Object.entries(weights)) {
    add(`vazirmatn-${weight}.woff2`, readFileSync(join(modules, `vazirmatn/fonts/webfonts/Vazirmatn-${style}.woff2`)))
  }
}

function addPictures() {
  for (const name of readdirSync(src).sort()) {
    if (['.svg', '.png', '.ico'].includes(extname(name))) add(name, readFileSync(join(src, name)))
  }
}

function addIcons() {
  const names = readFileSync(join(src, 'icons.txt'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)
  const symbols = [...new Set(names)].sort().map(symbol)
  add('icons.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`))
}

function symbol(name) {
  const path = join(modules, `lucide-static/icons/${name}.svg`)
  if (!existsSync(path)) throw new Error(`icons.txt: Lucide has no icon ${name}`)
  const drawing = readFileSync(path, 'utf8')
    .replace(/<!--.*?-->/gs, '')
    .replace(/^\s*<svg[^>]*>/s, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/\s*\n\s*/g, '')
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`
}

async function addScript() {
  const result = await build({
    entryPoints: [join(src, 'app.js')],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
  add('app.js', Buffer.from(result.outputFiles[0].contents))
}

// Runs last: its url() may name any file added before it.
function addStyle() {
  const scratch = mkdtempSync(join(tmpdir(), 'daftar-css-'))
  try {
    const out = join(scratch, 'app.css')
    const cli = join(modules, '@tailwindcss/cli/dist/index.mjs')
    execFileSync(process.execPath, [cli, '--input', join(src, 'app.css'), '--output', out, '--minify'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    add('app.css', Buffer.from(readFileSync(out, 'utf8').replace(/url\(\s*(['"]?)(.*?)\1\s*\)/g, rewrite)))
  } catch (err) {
    throw err.stderr?.length ? new Error(`app.css: ${err.stderr}`) : err
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function rewrite(whole, _quote, target) {
  if (/^(data:|#|%23)/.test(target)) return whole
  const hashed = manifest.get(target.replace(/^.*\//, ''))
  if (!hashed) throw new Error(`app.css: url(${target}) names no file of the asset folder`)
  return `url(${hashed})`
}

// The folder is made beside dist and renamed, so a failed build leaves the old
// one whole.
function write() {
  const fresh = `${dist}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  for (const [name, bytes] of files) {
    writeFileSync(join(fresh, name), bytes)
    if (compressed.has(extname(name))) writeFileSync(join(fresh, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
  const rows = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(join(fresh, 'manifest.json'), JSON.stringify(rows, null, 2) + '\n')
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}

try {
  addFonts()
  addPictures()
  addIcons()
  await addScript()
  addStyle()
  write()
} catch (err) {
  console.error(`assets: ${err.message}`)
  process.exit(1)
}
