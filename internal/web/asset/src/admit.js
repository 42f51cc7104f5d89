// The sheet of a new admission: a search that offers services while one types,
// Enter that leads from line to line, and the receipt that is printed.

// <service-pick> makes its field a combobox over the services that fit. Arrows
// move, Enter picks, Esc closes the list; what was picked stands in the hidden
// field until the text is changed.
class ServicePick extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input:not([type="hidden"])')
    this.id_ = this.querySelector('input[type="hidden"]')
    if (!this.input || this.list) return
    this.list = document.createElement('ul')
    this.list.id = this.input.id + '-list'
    this.list.className = 'pick-list'
    this.list.role = 'listbox'
    this.list.hidden = true
    this.list.setAttribute('aria-label', this.querySelector('label').textContent)
    this.append(this.list)
    this.input.role = 'combobox'
    this.input.setAttribute('aria-autocomplete', 'list')
    this.input.setAttribute('aria-controls', this.list.id)
    this.input.setAttribute('aria-expanded', 'false')
    this.input.addEventListener('input', () => {
      this.id_.value = ''
      this.ask()
    })
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('blur', () => this.close())
    this.list.addEventListener('pointerdown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => this.pick(event.target.closest('[role=option]')))
  }

  // ask shows what fits now; an answer to an older text is dropped.
  async ask() {
    const text = this.input.value.trim()
    this.asked = text
    if (!text) return this.close()
    const answer = await fetch(this.dataset.url + '?q=' + encodeURIComponent(text), { headers: { 'HX-Request': 'true' } }).catch(() => null)
    if (!answer?.ok || this.asked !== text || document.activeElement !== this.input) return
    this.list.innerHTML = await answer.text()
    if (this.asked !== text) return
    if (!this.list.querySelector('[role=option]')) {
      const none = document.createElement('li')
      none.className = 'none'
      none.role = 'presentation'
      none.textContent = this.dataset.none
      this.list.append(none)
    }
    this.list.hidden = false
    this.input.setAttribute('aria-expanded', 'true')
    this.mark(this.list.querySelector('[role=option]'))
  }

  mark(option) {
    for (const o of this.list.querySelectorAll('[aria-selected=true]')) o.setAttribute('aria-selected', 'false')
    if (!option) return this.input.removeAttribute('aria-activedescendant')
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    this.input.setAttribute('aria-activedescendant', option.id)
  }

  key(event) {
    if (this.list.hidden) {
      if (event.key === 'ArrowDown' && this.input.value.trim()) {
        event.preventDefault()
        this.ask()
      }
      return
    }
    const options = [...this.list.querySelectorAll('[role=option]')]
    const at = options.findIndex((o) => o.ariaSelected === 'true')
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && options.length) {
      event.preventDefault()
      this.mark(options[(at + step + options.length) % options.length])
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && options[at]) {
      event.preventDefault()
      this.pick(options[at])
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    }
  }

  pick(option) {
    if (!option) return
    this.input.value = option.dataset.name
    this.id_.value = option.dataset.id
    this.close()
    this.input.dispatchEvent(new CustomEvent('picked', { bubbles: true }))
    this.id_.dispatchEvent(new Event('input', { bubbles: true }))
    const quantity = this.closest('fieldset')?.querySelector('.qty input')
    quantity?.focus()
    quantity?.select()
  }

  close() {
    this.asked = null
    this.list.hidden = true
    this.list.replaceChildren()
    this.input.setAttribute('aria-expanded', 'false')
    this.input.removeAttribute('aria-activedescendant')
  }
}

// Enter in a line leads to the next service; in an empty service it leads to
// the main button, since nothing is left to add. Ctrl+Enter records.
document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('#admit')
  if (!form || event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    form.querySelector('[data-main]').click()
    return
  }
  if (!event.target.matches('.admit-line input, .admit-line select')) return
  event.preventDefault()
  const pick = event.target.closest('service-pick')
  if (pick && !event.target.value.trim()) form.querySelector('[data-main]').focus()
  else form.querySelector('[data-add-line]').click()
})

// So Enter in a line never records, however it reached the form: the button that
// stands for it is there for pages without script.
document.addEventListener(
  'submit',
  (event) => {
    if (event.target.id !== 'admit' || event.submitter?.dataset.byEnter === undefined) return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  true,
)

// <open-page> opens the page of its link in a tab of its own, once; when the
// browser does not let it, the link stays.
class OpenPage extends HTMLElement {
  connectedCallback() {
    if (this.opened) return
    this.opened = true
    window.open(this.dataset.url, '_blank')
  }
}

customElements.define('service-pick', ServicePick)
customElements.define('open-page', OpenPage)

if (document.querySelector('[data-print-now]')) addEventListener('load', () => print())
