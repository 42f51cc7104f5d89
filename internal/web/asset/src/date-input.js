// <date-input> moves a date by a day with the arrow keys and names the weekday
// of what is typed, in any form that the server reads: 1404/06/04, 14040604,
// 4/6/4, today, +3. A date is kept as a number of days since 1970, so that both
// calendars are one sum.
import { digits, latin } from './words.js'

const signs = /^(\d{4}|\d{1,2})([/.-])(\d{1,2})\2(\d{1,2})$/
const words = { امروز: 0, دیروز: -1, فردا: 1, today: 0, yesterday: -1, tomorrow: 1 }
const perDay = 86400000
const gregorianFrom = 1700

const mod = (a, b) => ((a % b) + b) % b
const div = (a, b) => (a - mod(a, b)) / b
const leap = (y) => mod(25 * y + 11, 33) < 8
const monthDays = (y, m) => (m <= 6 ? 31 : m < 12 || leap(y) ? 30 : 29)
// 1405/01/01 is day 20533.
const yearStart = (y) => 20533 + 365 * (y - 1405) + div(8 * y + 21, 33) - div(8 * 1405 + 21, 33)
const before = (m) => (m <= 7 ? 31 * (m - 1) : 186 + 30 * (m - 7))

function fromJalali(y, m, d) {
  return m >= 1 && m <= 12 && d >= 1 && d <= monthDays(y, m) ? yearStart(y) + before(m) + d - 1 : null
}

function fromGregorian(y, m, d) {
  const day = Date.UTC(y, m - 1, d)
  const back = new Date(day)
  return back.getUTCMonth() === m - 1 && back.getUTCDate() === d ? day / perDay : null
}

function toJalali(day) {
  let y = new Date(day * perDay).getUTCFullYear() - 621
  if (day < yearStart(y)) y--
  const rest = day - yearStart(y)
  const m = rest >= 186 ? 7 + div(rest - 186, 30) : div(rest, 31) + 1
  return [y, m, rest - before(m) + 1]
}

function toGregorian(day) {
  const at = new Date(day * perDay)
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
}

// today is the clinic's day, which the page knows in the reader's calendar; a
// browser may be elsewhere.
function today() {
  const [y, m, d] = (document.body.dataset.today || '1405/01/01').split('/').map(Number)
  return y >= gregorianFrom ? { day: fromGregorian(y, m, d), gregorian: true } : { day: fromJalali(y, m, d), gregorian: false }
}

// read is the day that a text means, null when it is none.
export function read(typed, now = today()) {
  const text = latin(typed.trim()).toLowerCase().replaceAll('ي', 'ی').replaceAll('−', '-')
  if (text in words) return now.day + words[text]
  if (/^[+-]\d{1,4}$/.test(text)) return now.day + Number(text)
  const found = /^\d{8}$/.test(text) ? [text, text.slice(0, 4), '', text.slice(4, 6), text.slice(6)] : signs.exec(text)
  if (!found) return null
  let y = Number(found[1])
  const [m, d] = [Number(found[3]), Number(found[4])]
  if (found[1].length === 4) return y >= gregorianFrom ? fromGregorian(y, m, d) : fromJalali(y, m, d)
  const from = (now.gregorian ? toGregorian(now.day) : toJalali(now.day))[0] - 50
  y = from + mod(y - from, 100)
  return now.gregorian ? fromGregorian(y, m, d) : fromJalali(y, m, d)
}

// print writes a day as the reader's calendar does.
export function print(day, now = today()) {
  const [y, ...rest] = now.gregorian ? toGregorian(day) : toJalali(day)
  return digits([String(y).padStart(4, '0'), ...rest.map((n) => String(n).padStart(2, '0'))].join('/'), document.documentElement.lang)
}

// weekday names the day of the week, with the date where the text did not say
// it.
function weekday(typed) {
  const day = typed.trim() && read(typed)
  if (typeof day !== 'number') return ''
  const { lang } = document.documentElement
  const name = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(day * perDay)
  return /^\D*\d{4}/.test(latin(typed.trim())) ? name : `${name} \u2068${print(day)}\u2069`
}

class DateInput extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input')
    if (!this.input || this.said) return
    this.said = document.createElement('span')
    this.said.className = 'weekday'
    this.said.setAttribute('aria-live', 'polite')
    this.input.after(this.said)
    this.input.addEventListener('input', () => this.say())
    this.input.addEventListener('keydown', (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
      if (!step || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      const now = today()
      this.input.value = print((read(this.input.value, now) ?? now.day) + step, now)
      this.say()
    })
    this.say()
  }

  say() {
    this.said.textContent = weekday(this.input.value)
  }
}

customElements.define('date-input', DateInput)
