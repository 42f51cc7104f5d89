// <money-input> groups an amount while it is typed, in the reader's digits,
// with the caret staying where it was, and says it in words below. What it
// cannot read it leaves alone: the server says why it refuses.
import { digits, group, inWords, latin, tomansInWords } from './words.js'

const separators = /[,٬\u200e\u200f\u2066-\u2069\s]/g
const amount = /^(\d{1,16})(?:[.٫](\d{0,2}))?$/

class MoneyInput extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input')
    this.output = this.querySelector('output')
    if (!this.input) return
    this.lang = document.documentElement.lang
    this.currency = document.body.dataset.currency
    this.input.addEventListener('input', () => this.show())
    const mark = () => this.input.dataset.select !== undefined && this.input.select()
    this.input.addEventListener('focus', mark)
    if (document.activeElement === this.input) mark() // a page may give the focus before this runs
    this.show()
  }

  show() {
    const { input } = this
    const plain = latin(input.value).replace(separators, '')
    const read = amount.exec(plain)
    if (this.output) this.output.textContent = read && this.lang === 'fa' ? this.said(read, plain) : ''
    if (!read || (this.currency === 'IRR' && plain !== read[1])) return
    const before = countDigits(input.value.slice(0, input.selectionStart))
    const whole = read[1].replace(/^0+(?=\d)/, '')
    const dropped = read[1].length - whole.length
    let text = group(whole, this.lang)
    if (/[.٫]/.test(plain)) text += (this.lang === 'en' ? '.' : '٫') + digits(read[2] ?? '', this.lang)
    if (text === input.value) return
    input.value = text
    if (document.activeElement === input) {
      const at = after(text, Math.max(0, before - dropped))
      input.setSelectionRange(at, at)
    }
  }

  // said is the amount in words, as the server will read it.
  said(read, plain) {
    const tomans = this.currency === 'IRT'
    if (tomans ? (read[2] ?? '0').length !== 1 : this.currency !== 'IRR' || plain !== read[1]) return ''
    const rials = tomans ? Number(read[1] + (read[2] ?? '0')) : Number(read[1])
    if (rials === 0) return ''
    return tomans ? tomansInWords(rials) : inWords(rials)
  }
}

const digit = /[0-9۰-۹٠-٩.٫]/

function countDigits(text) {
  return [...text].filter((c) => digit.test(c)).length
}

// after is the place behind the n-th digit of text.
function after(text, n) {
  let at = 0
  while (n > 0 && at < text.length) if (digit.test(text[at++])) n--
  return at
}

customElements.define('money-input', MoneyInput)
