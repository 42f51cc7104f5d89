// What colleagues change while a page is open. News comes by server-sent
// events, only while the tab is looked at, and holds ids: what is on show is
// fetched again and morphed in. Focus, scroll and what is being typed stay.
import htmx from 'htmx.org'
import { sheet, sheetURL, statement } from './window.js'
import { digits } from './words.js'

const parts = document.getElementById('live')
const rowsButton = document.getElementById('live-rows')
const lists = '#patients, #admissions'
const settle = 150 // ms in which news gathers before it is fetched
const again = 400 // ms until something that was in use is looked at again

let since = document.body.dataset.news
let source = null // the open stream
let watched = '' // the patient that the stream was opened for
let people = [] // who else has that patient on show
let patience = 5000 // ms until a stream that was refused is tried again
let typedIn = null // the field that had the focus last
let sent = 0 // when the person last sent a form from this page
const timers = {}

const lang = document.documentElement.lang
const say = (name, values) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), parts.dataset[name])
const copyOf = (selector) => parts.content.querySelector(selector).cloneNode(true)

// editForm is the form of a patient's details on a page of its own.
const editForm = () => document.querySelector('main form[action^="/patients/"][action$="/edit"]')

// onShow is the patient whose window or form is open, "" for none.
const onShow = () => statement()?.dataset.patient ?? /\d+/.exec(editForm()?.getAttribute('action') ?? '')?.[0] ?? ''

function connect() {
  if (!since || !parts || document.hidden) return
  if (source && source.readyState !== EventSource.CLOSED && watched === onShow()) return
  disconnect()
  watched = onShow()
  source = new EventSource(`/events?${new URLSearchParams({ since, patient: watched })}`)
  source.addEventListener('change', hear)
  source.addEventListener('together', hear)
  source.addEventListener('many', hear)
  source.addEventListener('resync', hear)
  source.addEventListener('open', () => (patience = 5000))
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED) return // it comes back by itself
    later('connect', patience, connect)
    patience = Math.min(patience * 2, 120000)
  })
}

function disconnect() {
  source?.close()
  source = null
  meet([])
}

// later runs do after a while, once however often it was asked for.
function later(name, ms, todo) {
  clearTimeout(timers[name])
  timers[name] = setTimeout(todo, ms)
}

function hear(event) {
  if (event.lastEventId) since = event.lastEventId
  const news = JSON.parse(event.data)
  if (event.type === 'together') return meet(news.people ?? [])
  if (event.type !== 'change') {
    if (!sheet()) later('window', settle, () => renew()) // a stale sheet is refused when it is sent
    later('calendar', settle, renewCalendar)
    return later('list', settle, renewList)
  }
  if (news.patient === onShow()) hearOfPatient(news)
  hearOfList(news)
}

// hearOfPatient takes in a change of the patient on show. What this page just
// sent itself is in the answer already.
function hearOfPatient(news) {
  if (news.mine && (performance.now() - sent < 2000 || document.querySelector('form.htmx-request'))) return
  if (sheet()) return later('banner', settle, () => warn(news))
  if (statement()) return later('window', settle, () => renew())
  const form = editForm()
  if (form && news.action === 'patient.edit') banner(form.querySelector('.register-news') ?? form, `${news.says}. ${parts.dataset.edit}`)
}

// inUse: a menu or a field of the window is being used, so that it must not
// change under the hand.
function inUse() {
  const focused = document.activeElement
  return document.querySelector('#statement details[data-popover][open]') || (statement()?.contains(focused) && !focused.closest('.sheet') && focused.matches('input:not([type="checkbox"]):not([type="radio"]), textarea, select'))
}

// page fetches a page of this site, null when there is none to show.
async function page(url) {
  try {
    const answer = await fetch(url, { headers: { 'HX-Request': 'true', 'Daftar-Live': '1' } })
    if (answer.redirected && new URL(answer.url).pathname === '/login') location.reload()
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
  } catch {
    return null // offline: the stream comes back and says what was missed
  }
}

// renew fetches the window again and puts in what changed. An open sheet stays
// as it is. It returns the sheet of the page that was fetched, if that has one.
async function renew(url = statement()?.dataset.url) {
  if (!url) return null
  if (inUse()) {
    later('window', again, () => renew())
    return null
  }
  const patient = statement().dataset.patient
  const answer = await page(url)
  const fresh = answer?.getElementById('statement')
  const now = statement()
  const behind = fresh?.querySelector('#sheet')?.cloneNode(true)
  if (!fresh || now?.dataset.patient !== patient) return null
  if (url === now.dataset.url || sheet()) {
    const merged = fresh.dataset.patient !== patient // into another file, which stands for both
    if (!merged) fresh.dataset.url = now.dataset.url
    const known = new Set([...now.querySelectorAll('.rows [data-testid]')].map((row) => row.dataset.testid))
    const open = now.querySelector('#sheet')
    open?.setAttribute('hx-morph-skip', '')
    for (const field of now.querySelectorAll('[autofocus]')) field.removeAttribute('autofocus') // a swap would go there
    fresh.querySelector('#sheet')?.replaceChildren()
    await htmx.swap({ text: fresh.outerHTML, target: now, select: '#statement', swap: 'outerMorph', sourceElement: document.body, live: true })
    open?.removeAttribute('hx-morph-skip')
    for (const row of statement().querySelectorAll('.rows [data-testid^="row-"]')) row.classList.toggle('arrived', !known.has(row.dataset.testid))
    showPeople()
    if (merged) connect()
  }
  return behind
}

// warn tells whoever is typing in a sheet what a colleague did, with the
// balance of now.
async function warn(news) {
  const answer = await page(statement()?.dataset.url ?? location.href)
  const open = sheet()
  if (!open) return renew()
  const balance = answer?.querySelector('[data-testid="header-balance"]')?.textContent.replace(/\s+/g, ' ').trim()
  const place = open.querySelector('.sheet-body') ?? open
  banner(place, news.says + (balance ? say('now', { balance }) : ''), see).scrollIntoView({ block: 'nearest' })
}

// banner puts a line above what is being filled in, in place of an older one.
function banner(place, text, act) {
  const line = copyOf('.live-banner')
  line.querySelector('span').textContent = text
  const button = line.querySelector('[data-live-see]')
  if (act) button.addEventListener('click', () => act(line))
  else button.remove()
  place.querySelector(':scope > .live-banner')?.remove()
  place.prepend(line)
  return line
}

// see renews the window behind the sheet, and the figures in it: whoever sends
// it now has seen them. What was typed stays.
async function see(line) {
  const form = line.closest('form')
  const fresh = await renew(sheetURL || location.href)
  if (!fresh) return
  const seen = fresh.querySelector('[name="seen_version"]')
  const field = form?.querySelector('[name="seen_version"]')
  if (seen && field) field.value = seen.value
  line.remove()
  form?.dispatchEvent(new Event('input', { bubbles: true }))
  if (form?.contains(typedIn)) typedIn.focus({ preventScroll: true })
}

// meet notes who else has the patient on show.
function meet(names) {
  people = names
  showPeople()
}

function showPeople() {
  document.querySelector('.live-with')?.remove()
  const place = statement()?.querySelector('.who .end')
  if (!place || !people.length || statement().dataset.patient !== watched) return
  const pill = copyOf('.live-with')
  const text = say('together', { people: people.join(parts.dataset.join) })
  pill.querySelector('span').textContent = text
  pill.title = text
  place.before(pill)
}

// Rows of a list and the patient of each.
const rowsOf = (list) => [...list.querySelectorAll('tbody tr[id]')]
const patientOf = (row) => row.querySelector('name-menu')?.dataset.id

// hearOfList looks at the list again when it shows the patient, or when there
// may be a new row in it.
function hearOfList(news) {
  if (document.getElementById('calendar') && /^(appointment|waitlist|admission)\./.test(news.action)) later('calendar', 2 * settle, renewCalendar)
  const list = document.querySelector(lists)
  if (!list) return
  const shown = rowsOf(list).some((row) => patientOf(row) === news.patient)
  const adds = list.id === 'patients' ? news.action === 'patient.register' : news.action.startsWith('admission.')
  if (shown) later('list', settle, renewList)
  else if (adds) later('list', 10 * settle, renewList)
}

// renewCalendar tells the calendar that it may be old; it waits for a hand that
// holds an appointment.
function renewCalendar() {
  document.dispatchEvent(new CustomEvent('calendar-news'))
}

// renewList changes the cells of rows on show and counts the rows that are
// new; they come in when the person asks, as they would move the others.
async function renewList() {
  const list = document.querySelector(lists)
  const url = list?.dataset.url
  const answer = url && (await page(url))
  const fresh = answer?.getElementById(list.id)
  if (!fresh || !list.isConnected || list.dataset.url !== url) return
  const now = new Map(rowsOf(list).map((row) => [row.id, row]))
  let added = 0
  for (const row of rowsOf(fresh)) {
    const old = now.get(row.id)
    if (old) renewRow(old, row)
    else added++
  }
  offerRows(added)
}

function renewRow(old, row) {
  if (old.querySelector('[aria-expanded="true"]')) return later('list', again, renewList)
  for (const [i, cell] of [...row.cells].entries()) {
    const was = old.cells[i]
    if (!was || was.textContent.trim() === cell.textContent.trim() || was.contains(document.activeElement)) continue
    was.replaceChildren(...cell.childNodes)
    was.classList.add('arrived')
    was.addEventListener('animationend', () => was.classList.remove('arrived'), { once: true })
    htmx.process(was)
  }
}

function offerRows(n) {
  if (!rowsButton) return
  rowsButton.hidden = n === 0
  rowsButton.querySelector('span').textContent = rowsButton.dataset.text.replace('{n}', digits(String(n), lang))
}

rowsButton?.addEventListener('click', async () => {
  const list = document.querySelector(lists)
  const answer = list && (await page(list.dataset.url))
  const fresh = answer?.getElementById(list.id)
  if (fresh) await htmx.swap({ text: fresh.outerHTML, target: list, select: `#${list.id}`, swap: 'outerMorph', sourceElement: document.body, live: true })
  offerRows(0)
})

document.addEventListener('htmx:before:request', (event) => {
  if (event.detail.ctx?.request?.method === 'POST' && !event.detail.ctx.sourceElement?.closest('#outcome')) sent = performance.now()
})
document.addEventListener('htmx:after:swap', (event) => {
  if (event.detail.ctx?.live) return
  if (event.detail.ctx?.target?.matches?.(lists)) offerRows(0)
  showPeople()
})
document.addEventListener('focusin', (event) => event.target.matches('input, textarea, select') && (typedIn = event.target))
document.addEventListener('window-changed', connect)
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()))
addEventListener('pagehide', disconnect)
addEventListener('pageshow', (event) => event.persisted && connect())
connect()
