// The command palette on Ctrl+K: patients, actions and pages by a few letters.
// The focus stays in the box; arrows move through the offers, Enter opens one
// as soon as the answer to what was typed is there.
import { openWindow, sheet, statement } from './window.js'

const dialog = document.getElementById('palette')
const input = document.getElementById('palette-input')
const place = document.getElementById('palette-answer')
const wait = 90 // ms after the last letter

let timer = 0
let asked = null // what the answer on show, or under way, was asked with
let under = null // the request under way
let enter = null // an Enter that waits for the answer
let behind = null // what had the focus before

const options = () => [...place.querySelectorAll('[role="option"]')]
const chosen = () => place.querySelector('[aria-selected="true"]')

function open() {
  if (!dialog || dialog.open) return
  behind = document.activeElement
  document.querySelector('[popover]:popover-open')?.hidePopover()
  input.value = ''
  forget()
  place.replaceChildren()
  dialog.showModal()
  ask()
}

// forget drops what was asked and not yet answered.
function forget() {
  under?.abort()
  under = enter = asked = null
  clearTimeout(timer)
}

// ask fetches the offers for what is typed.
async function ask() {
  const query = input.value.trim()
  if (query === asked) return
  asked = query
  under?.abort()
  const mine = (under = new AbortController())
  try {
    const patient = statement()?.dataset.patient ?? ''
    const answer = await fetch(`/palette?${new URLSearchParams({ q: query, patient })}`, { headers: { 'HX-Request': 'true' }, signal: mine.signal })
    if (answer.redirected) return location.reload()
    const text = await answer.text()
    if (mine !== under) return
    under = null
    if (!answer.ok) return fail()
    place.innerHTML = text
    mark(options()[0])
    if (enter) choose(enter)
  } catch (err) {
    if (err.name !== 'AbortError') fail()
  }
}

function fail() {
  forget()
  dialog.close()
  document.dispatchEvent(new CustomEvent('toast', { detail: { text: document.body.dataset.offline, tone: 'due' } }))
}

// mark makes an option the chosen one.
function mark(option) {
  chosen()?.setAttribute('aria-selected', 'false')
  input.removeAttribute('aria-activedescendant')
  if (!option) return
  option.setAttribute('aria-selected', 'true')
  option.scrollIntoView({ block: 'nearest' })
  input.setAttribute('aria-activedescendant', option.id)
}

function move(event) {
  const all = options()
  const at = all.indexOf(chosen())
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return false
  // With text in the box Home and End belong to its caret.
  if ((event.key === 'Home' || event.key === 'End') && input.value && !event.ctrlKey) return false
  mark(all.at(to % Math.max(all.length, 1)))
  return true
}

// choose opens the chosen option; Shift leads to the cashier, Ctrl to another
// tab.
function choose({ alt, tab }) {
  enter = null
  const option = chosen()
  if (!option) return
  const { does } = option.dataset
  const url = (alt && option.dataset.alt) || option.getAttribute('href')
  dialog.close()
  if (does) return doings[does]?.()
  if (tab) return window.open(url, '_blank', 'noopener')
  lead(url)
}

// lead goes to an address of this site: over the list that is on show when it
// is a patient's window, and never away from a sheet that is being filled in.
function lead(url) {
  const to = new URL(url, location.href)
  const patient = /^\/patients\/(\d+)\//.exec(to.pathname)?.[1]
  if (sheet()) return window.open(url, '_blank', 'noopener')
  const quick = patient === statement()?.dataset.patient && [...document.querySelectorAll('.quick a')].find((a) => new URL(a.href).pathname === to.pathname)
  if (quick) return quick.click()
  const windowed = patient && /\/(statement|cashier|admit)(\/|$)/.test(to.pathname) && document.querySelector('#patients, #admissions, [data-live-list]')
  if (windowed && openWindow(url, behind)) return
  location.assign(url)
}

// next chooses the preference after the one that holds.
function next(name) {
  const all = [...document.querySelectorAll(`[data-testid="form-preferences"] [name="${name}"]`)]
  if (!all.length) return
  all[(all.findIndex((radio) => radio.checked) + 1) % all.length].checked = true
  all[0].form.requestSubmit()
}

const doings = {
  print: () => print(),
  theme: () => next('theme'),
  language: () => next('lang'),
  keys: () => document.querySelector('[data-opens="keys"]')?.click(),
  logout: () => document.querySelector('[data-testid="form-logout"]')?.requestSubmit(),
}

document.addEventListener('palette', open)
document.addEventListener('click', (event) => event.target.closest('[data-opens="palette"]') && open())
dialog?.addEventListener('close', () => dialog.open || forget()) // it comes late: the dialog may be open again
dialog?.addEventListener('click', (event) => event.target === dialog && dialog.close())
input?.addEventListener('input', () => {
  enter = null
  clearTimeout(timer)
  timer = setTimeout(ask, wait)
})
input?.addEventListener('keydown', (event) => {
  if (event.isComposing) return
  if (event.key === 'Enter') {
    const how = { alt: event.shiftKey, tab: event.ctrlKey || event.metaKey }
    if (under || asked !== input.value.trim()) {
      enter = how
      clearTimeout(timer)
      ask()
    } else choose(how)
  } else if (event.key === 'Tab' || !move(event)) {
    if (event.key !== 'Tab') return
  }
  event.preventDefault()
  event.stopPropagation()
})
place?.addEventListener('pointermove', (event) => {
  const option = event.target.closest('[role="option"]')
  if (option && option !== chosen()) mark(option)
})
place?.addEventListener('click', (event) => {
  const option = event.target.closest('[role="option"]')
  if (!option || (event.button === 0 && (event.ctrlKey || event.metaKey) && !option.dataset.does)) return
  event.preventDefault()
  mark(option)
  choose({ alt: event.shiftKey })
})
addEventListener('popstate', () => dialog?.close())
