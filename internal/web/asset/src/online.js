// <hold-clock> says how long a time is still kept for somebody of the public.
// Without script the page says until when.
import { digits } from './words.js'

class HoldClock extends HTMLElement {
  connectedCallback() {
    this.end = Date.now() + Number(this.dataset.left) * 1000
    this.timer = setInterval(() => this.show(), 1000)
    this.show()
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  show() {
    const left = Math.max(0, Math.ceil((this.end - Date.now()) / 1000))
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    const written = digits(clock, document.documentElement.lang)
    this.querySelector('span').textContent = left ? this.dataset.text.replace('{clock}', `\u2066${written}\u2069`) : this.dataset.over
    if (!left) clearInterval(this.timer)
  }
}

customElements.define('hold-clock', HoldClock)
