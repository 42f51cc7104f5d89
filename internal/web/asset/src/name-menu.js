// <name-menu> makes the link of a patient's name a menu button: a click opens
// the menu, arrows move, letters by their place on the keyboard choose, Esc
// gives the focus back. With Ctrl, Shift or the middle button it stays a link.
import { openWindow } from './window.js'

let open = null // the one menu that is open

class NameMenu extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector('a')
    if (!this.link || !document.getElementById('name-menu')) return
    this.link.setAttribute('aria-haspopup', 'menu')
    this.link.setAttribute('aria-expanded', 'false')
    this.link.addEventListener('click', (event) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      if (open === this) this.close(true)
      else this.show()
    })
    this.link.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      this.show(event.key === 'ArrowUp' ? -1 : 0)
    })
  }

  disconnectedCallback() {
    if (open === this) open = null
  }

  show(at = 0) {
    open?.close()
    this.menu = document.getElementById('name-menu').content.firstElementChild.cloneNode(true)
    this.menu.setAttribute('aria-label', this.link.textContent)
    for (const item of this.menu.querySelectorAll('[data-path]')) item.href = item.dataset.path.replace('{id}', encodeURIComponent(this.dataset.id))
    for (const item of this.menu.querySelectorAll('[data-copy-of]')) {
      item.dataset.copy = this.dataset[item.dataset.copyOf] ?? ''
      if (!item.dataset.copy) item.remove()
    }
    this.items = [...this.menu.querySelectorAll('[role="menuitem"]')]
    this.append(this.menu)
    this.menu.showPopover()
    this.place()
    this.menu.addEventListener('keydown', (event) => this.key(event))
    this.menu.addEventListener('click', (event) => this.choose(event))
    this.menu.addEventListener('focusout', (event) => !this.contains(event.relatedTarget) && this.close())
    this.menu.addEventListener('pointermove', (event) => event.target.closest('[role="menuitem"]')?.focus())
    this.link.setAttribute('aria-expanded', 'true')
    open = this
    this.items.at(at).focus()
  }

  // The menu hangs under the name, from its start; above it when there is no
  // room below.
  place() {
    const name = this.link.getBoundingClientRect()
    const rtl = document.documentElement.dir === 'rtl'
    const start = rtl ? document.documentElement.clientWidth - name.x - name.width : name.x
    const below = name.y + name.height + 6
    const fits = below + this.menu.offsetHeight <= innerHeight - 8
    this.menu.style.setProperty('inset-inline-start', `${Math.max(8, start - 8)}px`)
    this.menu.style.setProperty('inset-block-start', `${fits ? below : Math.max(8, name.y - this.menu.offsetHeight - 6)}px`)
  }

  close(back = false) {
    if (!this.menu) return
    const menu = this.menu
    this.menu = null
    if (open === this) open = null
    this.link.setAttribute('aria-expanded', 'false')
    if (back) this.link.focus({ preventScroll: true })
    menu.remove()
  }

  key(event) {
    const at = this.items.indexOf(document.activeElement)
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (step !== undefined) this.items.at(step % this.items.length).focus()
    else if (event.key === 'Escape') this.close(true)
    else if (event.key === 'Tab') return this.close()
    else if (event.key === ' ') document.activeElement.click()
    else if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Enter' || event.key.length > 1) return
    else this.letter(event, at)
    event.preventDefault()
    event.stopPropagation()
  }

  // A letter chooses by its place on the keyboard, so that the Persian layout
  // works; any other goes to the next entry that begins with it.
  letter(event, at) {
    const chosen = this.items.find((item) => item.dataset.key === event.code)
    if (chosen) return chosen.click()
    const ring = [...this.items.slice(at + 1), ...this.items.slice(0, at + 1)]
    ring.find((item) => item.querySelector('span').textContent.trim().startsWith(event.key))?.focus()
  }

  choose(event) {
    const item = event.target.closest('[role="menuitem"]')
    if (!item) return
    if (item.dataset.copy) {
      this.close(true)
      document.dispatchEvent(new CustomEvent('copy-text', { detail: { value: item.dataset.copy, what: item.dataset.what } }))
      return
    }
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey
    const { href } = item
    this.close(true)
    if (plain && item.dataset.layer !== undefined && openWindow(href, this.link)) event.preventDefault()
  }
}

document.addEventListener('pointerdown', (event) => open && !open.contains(event.target) && open.close())
addEventListener('scroll', () => open?.place(), { passive: true })
addEventListener('resize', () => open?.place())

customElements.define('name-menu', NameMenu)
