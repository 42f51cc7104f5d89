// Small helps of the page: copying, toasts, print, forms that are sent
// once.
// <toast-line> stays eight seconds, longer while it is pointed at or focused.
class ToastLine extends HTMLElement {
  connectedCallback() {
    this.wait()
    this.addEventListener('pointerenter', () => clearTimeout(this.timer))
    this.addEventListener('pointerleave', () => this.wait())
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
  }

  wait() {
    this.timer = setTimeout(() => this.remove(), 8000)
  }
}

class CopyText extends HTMLElement {
  connectedCallback() {
    this.tabIndex = 0
    this.role = 'button'
    this.addEventListener('click', () => copy(this.dataset.value, this.dataset.what))
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      copy(this.dataset.value, this.dataset.what)
    })
  }
}

async function copy(value, what) {
  await navigator.clipboard?.writeText(value)
  toast(document.body.dataset.copied.replace('{what}', what))
}

// toast says something for a moment, inside the open dialog when there is one,
// since the page behind it is out of reach.
function toast(text, tone = 'ok') {
  const line = document.createElement('toast-line')
  line.className = `toast ${tone}`
  line.setAttribute('role', 'status')
  line.dataset.testid = 'toast'
  const b = document.createElement('b')
  b.textContent = text
  line.append(b)
  const place = document.querySelector('dialog[open] .toasts') ?? document.getElementById('toasts')
  place.replaceChildren(line)
}

document.addEventListener('copy-text', (event) => copy(event.detail.value, event.detail.what))
document.addEventListener('toast', (event) => toast(event.detail.text, event.detail.tone))
document.addEventListener('htmx:error', () => toast(document.body.dataset.offline, 'due'))
document.addEventListener('click', (event) => event.target.closest('[data-print]') && print())

// One more line of the cashier: its amount is what comes next.
document.addEventListener('toggle', ({ target }) => target.matches?.('.more') && target.open && target.querySelector('input')?.focus(), true)

// A form that is sent disables its button; an answer that did not come gives
// it back. The request key of the form makes a second sending harmless.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-once]')
  const button = form?.querySelector('button:not([type="button"])')
  if (!button) return
  if (button.disabled) return event.preventDefault()
  setTimeout(() => busy(button, true))
})
document.addEventListener('htmx:finally:request', (event) => {
  const form = event.detail.ctx?.sourceElement
  if (form?.matches?.('[data-once]')) busy(form.querySelector('button:not([type="button"])'), false)
})
addEventListener('pageshow', () => document.querySelectorAll('[data-once] button').forEach((button) => busy(button, false)))

function busy(button, on) {
  if (!button) return
  const text = button.querySelector('span')
  button.disabled = on
  if (!text || !button.dataset.busy) return
  if (on) button.dataset.idle = text.textContent
  text.textContent = on ? button.dataset.busy : (button.dataset.idle ?? text.textContent)
}

customElements.define('toast-line', ToastLine)
customElements.define('copy-text', CopyText)
