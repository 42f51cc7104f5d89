// Choosing rows of a list for the export, and the way from the search box to
// what it found.
const find = document.getElementById('find')
let wanted = false // the first row is asked for before it is there

document.addEventListener('change', ({ target }) => {
  const boxes = [...document.querySelectorAll('[data-pick]')]
  if (target.matches?.('[data-pick-all]')) for (const box of boxes) box.checked = target.checked
  else if (!target.matches?.('[data-pick]')) return
  const all = document.querySelector('[data-pick-all]')
  const chosen = boxes.filter((box) => box.checked).length
  all.checked = chosen === boxes.length
  all.indeterminate = chosen > 0 && chosen < boxes.length
})

const first = () => document.querySelector('#patients name-menu > a')

// found reports whether the list shows what is in the box.
const found = () => {
  const url = document.getElementById('patients')?.dataset.url
  return url !== undefined && (new URL(url, location.href).searchParams.get('q') ?? '') === find.value.trim()
}

function go() {
  if (found()) first()?.focus()
  else wanted = true
}

find?.addEventListener('input', () => (wanted = false))
find?.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !find.hasAttribute('hx-get')) return
  event.preventDefault()
  go()
})

// Enter sends the form, which leads to the list; where the list is, to what was
// found.
find?.form.addEventListener('submit', (event) => {
  if (!find.hasAttribute('hx-get')) return
  event.preventDefault()
  go()
})

document.addEventListener('htmx:after:swap', () => {
  if (!wanted || !found()) return
  wanted = false
  if (document.activeElement === find) first()?.focus()
})

// A page that a search led to goes on at what it found.
if (find?.value && document.activeElement === document.body) first()?.focus({ preventScroll: true })
