// <session-watch> knows when the session ends. It warns two minutes before, and
// when it has ended it hides the page and asks for the password over it: the
// page and what was typed in it stay as they were.
import { digits } from './words.js'

const warning = 120
const retry = 30

class SessionWatch extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector('dialog')
    this.note({ left: Number(this.dataset.left), final: this.dataset.final === 'true', person: this.dataset.person })
    const back = () => document.hidden || Date.now() < this.look || this.ask()
    addEventListener('focus', back)
    document.addEventListener('visibilitychange', back)
    document.addEventListener('session-over', () => this.ask())
    document.addEventListener('submit', (event) => this.guard(event), true)
    this.dialog.addEventListener('cancel', (event) => this.over && event.preventDefault())
    this.dialog.addEventListener('close', () => this.over && this.dialog.showModal())
    this.dialog.addEventListener('keydown', (event) => event.stopPropagation()) // no keys of the page behind
    this.find('[data-stay]').addEventListener('click', () => this.ask('/session/renew', 'POST'))
    this.find('[data-later]').addEventListener('click', () => this.dialog.close())
    this.find('[data-again]').addEventListener('click', () => this.show('over'))
    this.dialog.addEventListener('submit', (event) => this.signIn(event))
  }

  disconnectedCallback() {
    clearTimeout(this.timer)
    clearInterval(this.clock)
  }

  find(selector) {
    return this.querySelector(selector)
  }

  // ask learns how much is left. It does not count as use, unless it renews.
  async ask(path = '/session', method = 'GET') {
    try {
      const answer = await fetch(path, { method, headers: { 'HX-Request': 'true' } })
      this.note(answer.status === 401 ? { left: 0 } : await answer.json())
    } catch {
      this.wait(retry)
    }
  }

  // note takes in what the server says of the session.
  note({ left, final, person }) {
    this.end = Date.now() + left * 1000
    if (left > 0 && person !== this.dataset.person) return location.reload() // somebody else signed in
    this.over = left <= 0
    if (this.over) return this.show('over')
    if (left > warning) {
      this.dialog.close()
      return this.wait(left - warning)
    }
    this.find('[data-lengthens]').hidden = this.find('[data-stay]').hidden = final
    this.find('[data-is-final]').hidden = this.find('[data-again]').hidden = this.find('[data-later]').hidden = !final
    // Who put the last warning off is not asked again until the end.
    if (!final || !this.warned) this.show('warn')
    this.warned = true
    this.wait(left)
  }

  // wait asks again after some seconds; sooner when the person comes back later
  // than that, as a sleeping machine counts none.
  wait(seconds) {
    clearTimeout(this.timer)
    this.look = Date.now() + seconds * 1000
    this.timer = setTimeout(() => this.ask(), seconds * 1000)
  }

  // show opens a part of the dialog. One that is open already is left alone:
  // news of the same end must not take the focus from a password half typed.
  show(part) {
    if (this.dialog.open && !this.find(`[data-part=${part}]`).hidden) return this.tick()
    for (const section of this.querySelectorAll('[data-part]')) {
      section.hidden = section.dataset.part !== part
      const title = section.querySelector('[data-title]')
      title.id = section.hidden ? '' : 'session-title'
    }
    this.dialog.classList.toggle('locked', this.over)
    this.tick()
    clearInterval(this.clock)
    if (part === 'warn') this.clock = setInterval(() => this.tick(), 1000)
    if (!this.dialog.open) this.dialog.showModal()
    this.begin()
  }

  // begin puts the focus on the first thing that is to be done.
  begin() {
    const todo = [...this.dialog.querySelectorAll('input:not([type=hidden]), button')]
    todo.find((e) => !e.value && e.checkVisibility())?.focus()
  }

  tick() {
    const left = Math.max(0, Math.round((this.end - Date.now()) / 1000))
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    this.find('[data-clock]').textContent = digits(text, document.documentElement.lang)
  }

  // guard keeps a form that is sent after the end: it can be sent again when the
  // person has signed in.
  guard(event) {
    if (this.contains(event.target) || Date.now() < this.end) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.ask()
  }

  // signIn sends the password, and the code when one is asked for, without
  // leaving the page.
  async signIn(event) {
    event.preventDefault()
    const form = event.target
    const button = form.querySelector('button')
    button.disabled = true
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
      if (new URL(answer.url).pathname === '/session') {
        this.over = false
        this.warned = false
        this.find('[name=password]')?.form.reset()
        return this.note(await answer.json())
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.querySelector('form[data-testid^="form-login"]')
      if (!next) return location.assign(answer.url)
      next.removeAttribute('data-once')
      form.replaceWith(document.adoptNode(next))
      this.begin()
    } catch {
      document.dispatchEvent(new CustomEvent('toast', { detail: { text: document.body.dataset.offline, tone: 'due' } }))
    } finally {
      button.disabled = false
    }
  }
}

customElements.define('session-watch', SessionWatch)
