// The calendar beyond its links: free times are one stop of the Tab key with
// arrows among them, appointments are moved by hand or by keys, and what
// colleagues change comes in. A move is a form like any other: the server
// decides, and a refusal is its page.
import htmx from 'htmx.org'
import { digits } from './words.js'

const lang = document.documentElement.lang
const ahead = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
const hold = 450 // ms that a finger rests on a card until it is picked up
const slack = 6 // px that a hand moves before it drags

const calendar = () => document.getElementById('calendar')
const board = () => document.querySelector('#calendar .board')
const scroller = () => document.querySelector('[data-board-scroll]')
const columns = () => [...(board()?.querySelectorAll('.board-column') ?? [])].filter((c) => c.checkVisibility())
const say = (text) => (document.getElementById('calendar-says').textContent = text)
const clock = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
const busy = () => document.querySelector('dialog[open]')

// What is picked up: the card, where it would go, and how it was picked up.
let held = null

// ready prepares a board that was just shown: one free time is a stop of the Tab
// key, and the window is at the time of now.
function ready() {
  if (!calendar()) return
  for (const [i, slot] of [...document.querySelectorAll('#calendar .slot')].entries()) slot.tabIndex = i === 0 ? 0 : -1
  tick()
}

function settle() {
  const box = scroller()
  if (!box) return
  const kept = sessionStorage.getItem('calendar-scroll')
  sessionStorage.removeItem('calendar-scroll')
  const changed = box.querySelector('.ap.changed')
  if (kept) box.scrollTop = Number(kept)
  else if (changed) changed.scrollIntoView({ block: 'center' })
  else {
    const from = box.querySelector('.now-line') ?? box.querySelector('.ap')
    if (from) box.scrollTop += from.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3
  }
  const url = new URL(location.href)
  if (!url.searchParams.has('done')) return
  url.searchParams.delete('done') // loading the page again tells nothing twice
  history.replaceState(history.state, '', url)
}

// tick moves the line of now and counts the minutes that people wait.
function tick() {
  for (const line of document.querySelectorAll('#calendar [data-now]')) {
    if (!line.dataset.shown) line.dataset.shown = String(Date.now())
    const first = Number(board().dataset.first)
    const begun = Number(line.dataset.begun ?? (line.dataset.begun = String(rowOf(line))))
    const row = begun + Math.floor((Date.now() - Number(line.dataset.shown)) / 300000)
    if (row * 5 + first < Number(board().dataset.last)) line.style.gridRowStart = String(row + 1)
  }
  for (const wait of document.querySelectorAll('#calendar [data-since]')) {
    if (!wait.dataset.base) {
      wait.dataset.base = String(Date.now())
      wait.dataset.minutes = wait.textContent.replace(/[۰-۹]/g, (d) => '۰۱۲۳۴۵۶۷۸۹'.indexOf(d)).replace(/\D/g, '')
    }
    const minutes = Number(wait.dataset.minutes) + Math.floor((Date.now() - Number(wait.dataset.base)) / 60000)
    const text = wait.dataset.words.replace('{n}', digits(String(minutes), lang))
    if (wait.textContent !== text) wait.textContent = text
  }
}

// rowOf is the row of a thing in its column, from 0.
function rowOf(thing) {
  const lane = thing.closest('.lane').getBoundingClientRect()
  return Math.round((thing.getBoundingClientRect().top - lane.top) / unit())
}

const unit = () => parseFloat(getComputedStyle(board()).getPropertyValue('--unit'))

// Free times: arrows move among them.
function step(slot, key) {
  const column = slot.closest('.board-column')
  const own = [...column.querySelectorAll('.slot')]
  let to
  if (key === 'ArrowUp' || key === 'ArrowDown') to = own[own.indexOf(slot) + (key === 'ArrowDown' ? 1 : -1)]
  else {
    const all = columns()
    const by = key === ahead ? 1 : -1
    for (let i = all.indexOf(column) + by; all[i] && !to; i += by) {
      const there = [...all[i].querySelectorAll('.slot')]
      const near = (s) => Math.abs(Number(s.dataset.from) - Number(slot.dataset.from))
      to = there.sort((a, b) => near(a) - near(b))[0]
    }
  }
  if (!to) return
  slot.tabIndex = -1
  to.tabIndex = 0
  to.focus()
}

// grab picks a card up. By keys it begins where it is.
function grab(card, by) {
  if (held) leave()
  const column = card.closest('.board-column')
  const ghost = card.cloneNode(true)
  ghost.removeAttribute('id')
  for (const part of ghost.querySelectorAll('[id], details')) part.matches('details') ? part.remove() : part.removeAttribute('id')
  ghost.setAttribute('aria-hidden', 'true')
  ghost.inert = true
  ghost.classList.add('ghost')
  ghost.classList.remove('changed')
  card.classList.add('grabbed')
  held = { card, ghost, column, by, minute: Number(card.dataset.from), day: column.dataset, from: column, at: Number(card.dataset.from) }
  put()
}

// put shows the card where it would go.
function put(speaks = false) {
  const { ghost, column, card } = held
  const first = Number(board().dataset.first)
  const length = Number(card.dataset.minutes)
  held.minute = Math.max(first, Math.min(held.minute, Number(board().dataset.last) - length))
  if (ghost.parentElement !== column.querySelector('.lane')) column.querySelector('.lane').append(ghost)
  ghost.style.gridRow = `${(held.minute - first) / 5 + 1} / span ${length / 5}`
  const time = digits(`${clock(held.minute)}–${clock(held.minute + length)}`, lang)
  const text = ghost.querySelector('.ap-text bdi')
  if (text) text.textContent = time
  if (speaks) {
    ghost.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const words = { day: held.day.long, clock: digits(clock(held.minute), lang), provider: column.dataset.name }
    say(Object.entries(words).reduce((all, [key, value]) => all.replace(`{${key}}`, value), board().dataset.at))
  }
}

function leave(said = board()?.dataset.left) {
  if (!held) return
  held.ghost.remove()
  held.card.classList.remove('grabbed')
  document.documentElement.classList.remove('dragging')
  if (said) say(said)
  held = null
}

// drop sends the form that moves the card, when it would go elsewhere.
function drop() {
  const { card, column, minute, day, from, at } = held
  if (column === from && minute === at && day === from.dataset) return leave()
  const form = document.getElementById('calendar-move')
  const url = new URL(form.elements.then.value, location.href)
  if (day.day !== from.dataset.day && calendar().dataset.view === 'day') url.searchParams.set('day', day.day)
  url.searchParams.set('done', card.dataset.id)
  const values = { day: day.typed, clock: clock(minute), provider: column.dataset.provider, minutes: card.dataset.minutes, version: card.dataset.version }
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value
  form.elements.then.value = url.pathname + url.search + `#ap-${card.dataset.id}`
  form.action = `/appointments/${card.dataset.id}/move`
  sessionStorage.setItem('calendar-scroll', String(scroller().scrollTop))
  leave(board().dataset.dropped)
  form.requestSubmit()
}

// By keys: M picks up, arrows move, Enter drops, Esc gives up.
function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !board() || busy()) return
  const target = event.target
  if (held?.by === 'keys') return carry(event)
  const card = target.closest?.('.ap.movable')
  if (event.code === 'KeyM' && card && !event.shiftKey && board().dataset.moves !== undefined && localStorage.getItem('single-keys') !== 'off' && !target.closest('.menu')) {
    stop(event)
    grab(card, 'keys')
    held.focus = target
    say(board().dataset.grabbed.replace('{name}', card.querySelector('.name')?.textContent ?? ''))
    return
  }
  if (!event.key.startsWith('Arrow')) return
  if (target.matches?.('.slot')) {
    stop(event)
    step(target, event.key)
  } else if (target === scroller() && (target.scrollHeight > target.clientHeight || target.scrollWidth > target.clientWidth)) event.stopPropagation()
}

function carry(event) {
  const all = columns()
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  const across = { [ahead]: 1, [back]: -1 }[event.key]
  const days = { PageUp: -1, PageDown: 1 }[event.key]
  if (event.key === 'Tab') return leave()
  if (event.key === 'Shift') return
  stop(event)
  if (event.key === 'Escape') return leave()
  if (event.key === 'Enter') return drop()
  if (by) held.minute += by * Number(held.column.dataset.step)
  else if (across) {
    const to = all[all.indexOf(held.column) + across]
    if (!to) return
    if (held.day === held.column.dataset) held.day = to.dataset
    held.column = to
  } else if (days && calendar().dataset.view === 'day') {
    const strip = [...document.querySelectorAll('.strip [data-day]')]
    const to = strip[strip.findIndex((d) => d.dataset.day === held.day.day) + days]
    if (!to) return
    held.day = to.dataset.day === held.column.dataset.day ? held.column.dataset : to.dataset
  } else return
  put(true)
}

function stop(event) {
  event.preventDefault()
  event.stopPropagation()
}

// By hand: a mouse drags at once, a finger after it has rested.
let press = null

function down(event) {
  const card = event.target.closest?.('.ap.movable')
  if (!card || event.button !== 0 || held || board()?.dataset.moves === undefined || event.target.closest('.menu, details')) return
  const top = card.getBoundingClientRect().top
  press = { card, x: event.clientX, y: event.clientY, id: event.pointerId, grip: event.clientY - top, touch: event.pointerType !== 'mouse' }
  if (press.touch && matchMedia('(max-width: 900px)').matches) press = null // a list has no times to drop on
  else if (press.touch) press.timer = setTimeout(lift, hold)
}

function lift() {
  grab(press.card, 'hand')
  document.documentElement.classList.add('dragging')
}

function move(event) {
  if (!press || event.pointerId !== press.id) return
  const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > slack
  if (!held) {
    if (press.touch && far) return forget()
    if (press.touch || !far) return
    lift()
  }
  event.preventDefault()
  const under = columns().find((c) => {
    const box = c.getBoundingClientRect()
    return event.clientX >= box.left && event.clientX < box.right
  })
  if (under) {
    held.column = under
    held.day = under.dataset
  }
  const lane = held.column.querySelector('.lane').getBoundingClientRect()
  const every = Math.max(5, Number(held.column.dataset.step))
  const minute = Number(board().dataset.first) + ((event.clientY - press.grip - lane.top) / unit()) * 5
  held.minute = Math.round(minute / every) * every
  put()
  const box = scroller().getBoundingClientRect()
  if (event.clientY > box.bottom - 40) scroller().scrollBy(0, 14)
  else if (event.clientY < box.top + 80) scroller().scrollBy(0, -14)
}

function forget() {
  clearTimeout(press?.timer)
  press = null
}

function up(event) {
  if (!press || event.pointerId !== press.id) return
  const dragged = held?.by === 'hand'
  forget()
  if (!dragged) return
  document.addEventListener('click', stop, { capture: true, once: true }) // the name is no click
  setTimeout(() => document.removeEventListener('click', stop, { capture: true }), 50)
  drop()
}

// The list of what to do with a card floats: the board would cut it off.
function float(event) {
  const details = event.target
  if (!details.matches?.('.ap-do') || !details.open) return
  const pop = details.querySelector('.pop')
  const at = details.getBoundingClientRect()
  pop.classList.add('floats')
  const rtl = document.documentElement.dir === 'rtl'
  const start = rtl ? document.documentElement.clientWidth - at.right : at.left
  const room = document.documentElement.clientWidth - pop.offsetWidth - 8
  pop.style.insetInlineStart = `${Math.max(8, Math.min(start, room))}px`
  pop.style.insetBlockStart = `${at.bottom + pop.offsetHeight + 8 > innerHeight ? at.top - pop.offsetHeight - 2 : at.bottom + 2}px`
}

// follow keeps an open list beside its card while the board scrolls, and closes
// it when its card has left the board. It never closes one for a scroll that
// began before: the board puts itself in place while the page opens.
function follow(event) {
  if (event.target !== scroller()) return
  const board = event.target.getBoundingClientRect()
  for (const details of document.querySelectorAll('.ap-do[open]')) {
    const at = details.getBoundingClientRect()
    if (at.bottom < board.top || at.top > board.bottom) details.open = false
    else float({ target: details })
  }
}

// touched says whether a hand or a menu is on the board.
const touched = () => held || press || document.querySelector('#calendar details[open], #calendar [aria-expanded="true"]') || document.activeElement?.matches('#calendar input, #calendar select')

// renew takes in what colleagues changed. It waits while the board is touched, and
// moves neither scroll nor focus.
async function renew() {
  const now = calendar()
  if (!now) return
  if (touched()) {
    setTimeout(renew, 600)
    return
  }
  let answer = null
  try {
    const got = await fetch(now.dataset.url, { headers: { 'HX-Request': 'true', 'Daftar-Live': '1' } })
    answer = got.ok && new DOMParser().parseFromString(await got.text(), 'text/html').getElementById('calendar')
  } catch {
    return // offline: the stream says later what was missed
  }
  if (!answer || calendar()?.dataset.url !== answer.dataset.url) return
  if (touched()) {
    setTimeout(renew, 600) // what was fetched is old by the time the board is left
    return
  }
  await htmx.swap({ text: answer.outerHTML, target: calendar(), select: '#calendar', swap: 'outerMorph', sourceElement: document.body, live: true })
}

document.addEventListener('keydown', key, true)
document.addEventListener('pointerdown', down)
document.addEventListener('pointermove', move, { passive: false })
document.addEventListener('pointerup', up)
document.addEventListener('pointercancel', () => {
  forget()
  if (held?.by === 'hand') leave()
})
document.addEventListener('touchmove', (event) => held?.by === 'hand' && event.preventDefault(), { passive: false })
document.addEventListener('dragstart', (event) => event.target.closest?.('.ap') && event.preventDefault())
document.addEventListener('contextmenu', (event) => held?.by === 'hand' && event.preventDefault())
document.addEventListener('keydown', (event) => event.key === 'Escape' && held?.by === 'hand' && (forget(), leave()), true)
document.addEventListener('toggle', float, true)
document.addEventListener('scroll', follow, true)
document.addEventListener('calendar-news', renew)
document.addEventListener('htmx:after:swap', ready)
setInterval(tick, 30000)
ready()
settle()
