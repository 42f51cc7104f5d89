// <date-input> moves a Jalali date by a day with the arrow keys and names its
// weekday. It reads only whole dates; the other forms are for the server.
import { digits, latin } from './words.js'

const date = /^(\d{4})[/.-]?(\d{1,2})[/.-]?(\d{1,2})$/
const leap = (y) => (((25 * y + 11) % 33) + 33) % 33 < 8
const monthDays = (y, m) => (m <= 6 ? 31 : m < 12 || leap(y) ? 30 : 29)

class DateInput extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input')
    this.input?.addEventListener('keydown', (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
      if (!step || event.altKey || event.ctrlKey) return
      event.preventDefault()
      this.input.value = print(moved(read(this.input.value) ?? today(), step))
    })
  }
}

function read(text) {
  const found = date.exec(latin(text.trim()))
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= monthDays(year, month) ? { year, month, day } : null
}

// today is the clinic's day, which the page knows; a browser may be elsewhere.
function today() {
  return read(document.body.dataset.today ?? '') ?? { year: 1405, month: 1, day: 1 }
}

function moved({ year, month, day }, step) {
  day += step
  if (day < 1) {
    month = month === 1 ? 12 : month - 1
    if (month === 12) year--
    day = monthDays(year, month)
  } else if (day > monthDays(year, month)) {
    day = 1
    month = month === 12 ? 1 : month + 1
    if (month === 1) year++
  }
  return { year, month, day }
}

function print({ year, month, day }) {
  const two = (n) => String(n).padStart(2, '0')
  return digits(`${year}/${two(month)}/${two(day)}`, document.documentElement.lang)
}

customElements.define('date-input', DateInput)
