// The sheets of appointments: a free time that is pressed goes into the fields
// of its form, and a day that the arrows change brings its own times.
const tell = (field, kind) => field.dispatchEvent(new Event(kind, { bubbles: true }))

function take(form, name, value) {
  const field = form.elements[name]
  if (!field || !value || field.value === value) return false
  field.value = value
  tell(field, 'input')
  return true
}

document.addEventListener('click', (event) => {
  const chip = event.target.closest('[data-slot]')
  const refresh = event.target.closest('[data-refresh-times]')
  if (!chip && !refresh) return
  event.preventDefault()
  const form = event.target.closest('form')
  if (refresh) return tell(form.elements.day, 'change')
  const elsewhere = [take(form, 'provider', chip.dataset.provider), take(form, 'day', chip.dataset.day)].some(Boolean)
  take(form, 'clock', chip.dataset.clock)
  for (const other of form.querySelectorAll('[data-slot]')) {
    const on = ['starts', 'day', 'clock'].every((key) => other.dataset[key] === chip.dataset[key]) && other.dataset.provider === chip.dataset.provider
    other.setAttribute('aria-pressed', String(on))
    other.classList.toggle('on', on)
  }
  form.elements.clock.focus()
  if (elsewhere) tell(form.elements.day, 'change')
})

document.addEventListener('keyup', (event) => {
  if (event.target.id === 'day' && /^Arrow(Up|Down)$/.test(event.key) && event.target.form?.querySelector('#free-times')) tell(event.target, 'change')
})
