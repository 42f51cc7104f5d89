// The form of a patient. Enter goes to the next field, as people who type all
// day and readers of cards expect, and never sends half a form; Ctrl+Enter
// sends it. Tags complete one after another; a value that somebody else wrote
// can be taken over.
const moves = '[data-enter-moves]'
const field = 'input:not([type="hidden"]):not([type="checkbox"]):not([type="file"]), select, textarea'

// moving is the form in which an Enter goes on, if it does.
function moving(event) {
  if (event.key !== 'Enter' || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null
  return event.target.matches?.(field) && !event.target.matches('textarea') ? event.target.closest(moves) : null
}

// A browser sends the form by the character, which some readers send alone.
document.addEventListener('keypress', (event) => moving(event) && event.preventDefault())
document.addEventListener('keydown', (event) => {
  const form = moving(event)
  if (!form) return
  event.preventDefault()
  const all = [...form.querySelectorAll(field)].filter((e) => e.checkVisibility())
  const next = all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)]
  if (next) next.focus()
  else form.querySelector('button:not([type="button"])')?.focus()
})

// A datalist completes the whole field, so each offer carries the tags before.
document.addEventListener('input', ({ target }) => {
  if (!target.matches?.('[list="tags-in-use"]')) return
  const before = /^(?:.*[,،;؛]\s*)?/.exec(target.value)[0]
  for (const option of target.list?.options ?? []) {
    option.dataset.tag ??= option.value
    option.value = before + option.dataset.tag
  }
})

// The buttons beside what somebody else wrote work by script only.
function offerToTake() {
  for (const button of document.querySelectorAll('[data-take]')) {
    const to = document.getElementById(button.dataset.take)
    if (!to) continue
    button.hidden = false
    button.addEventListener('click', () => {
      if (to.type === 'checkbox') to.checked = button.dataset.value === 'yes'
      else to.value = button.dataset.value
      button.closest('tr').remove()
      to.focus()
    })
  }
}

// What is wrong or filled in must not hide in a closed part.
function show() {
  const wrong = document.querySelector(`${moves} [aria-invalid]`)
  const part = wrong?.closest('details')
  if (part) part.open = true
}

offerToTake()
show()
