// Single-letter keys of what is on show, the search, the list and the help.
// Letters are matched by their place on the keyboard. They rest while a field
// is written in, and a person can switch them off (WCAG 2.1.4).
const storage = 'single-keys'
const writing = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]'

const off = () => localStorage.getItem(storage) === 'off'

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return
  if ((event.ctrlKey || event.metaKey) && !event.altKey) return chord(event)
  if (event.altKey || event.target.closest?.(writing) || off()) return
  if (event.code === 'Slash' && event.shiftKey) return run(event, help)
  if (event.shiftKey) return
  if ((event.code === 'KeyJ' || event.code === 'KeyK') && !document.querySelector('dialog[open]')) return run(event, () => step(event.code === 'KeyJ' ? 1 : -1))
  const own = [...(event.target.closest?.('tr')?.querySelectorAll(`[data-row-key="${event.code}"]`) ?? [])].find((e) => e.checkVisibility())
  if (own) return run(event, () => own.click())
  const scope = document.querySelector('.sheet') ?? document.querySelector('dialog[open]') ?? document
  const target = [...scope.querySelectorAll(`[data-key="${event.code}"]:not([data-key-shift])`)].find((e) => e.checkVisibility())
  if (target) run(event, () => (target.matches(writing) ? target.select() || target.focus() : target.click()))
})

function run(event, action) {
  event.preventDefault()
  action()
}

function chord(event) {
  const form = event.target.form ?? event.target.closest?.('form')
  if (event.key === 'Enter' && form) run(event, () => form.requestSubmit())
  else if (event.code === 'KeyK' && !event.shiftKey) run(event, () => document.dispatchEvent(new CustomEvent('palette')))
}

function step(by) {
  const names = [...document.querySelectorAll('name-menu > a')]
  if (!names.length) return
  const at = names.indexOf(document.activeElement)
  const next = names[Math.min(names.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
  next.focus()
}

function help() {
  const dialog = document.getElementById('keys')
  const box = document.getElementById('single-keys')
  if (!dialog || dialog.open) return
  if (box) box.checked = !off()
  dialog.showModal()
}

document.addEventListener('click', (event) => event.target.closest('[data-opens="keys"]') && help())
document.addEventListener('change', (event) => event.target.id === storage && localStorage.setItem(storage, event.target.checked ? 'on' : 'off'))
